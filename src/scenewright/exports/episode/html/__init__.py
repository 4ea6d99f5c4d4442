"""The reader of an episode: one page for the browser, with the script, its figures and its table read."""

from scenewright.exports.episode.html.page import AUDIO, notices, page_html

__all__ = ["AUDIO", "notices", "page_html"]
