"""The pages of a script in the industry's layout: pagination is ours and pure, Typst draws the lines."""

from scenewright.exports.episode.pdf.draw import draw
from scenewright.exports.episode.pdf.lengths import Length, scene_lengths
from scenewright.exports.episode.pdf.model import PAPERS, Layout, Line, Page, Paper, PaperName, Role
from scenewright.exports.episode.pdf.screenplay import lay_out

__all__ = [
    "PAPERS",
    "Layout",
    "Length",
    "Line",
    "Page",
    "Paper",
    "PaperName",
    "Role",
    "draw",
    "lay_out",
    "scene_lengths",
]
