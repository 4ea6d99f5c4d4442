"""How long a scene is on paper, as a breakdown counts it: its pages, and eighths of a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from scenewright.exports.episode.pdf.model import Layout


@dataclass(frozen=True, kw_only=True)
class Length:
    """`eighths`: of a page, rounded, 1 at least."""

    first: int  # page
    last: int  # page
    lines: int  # from its first to its last, on each page, blank ones between included
    eighths: int


def scene_lengths(layout: Layout) -> dict[str, Length]:
    """By the id of the scene, in their order."""
    seen: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
    for page in layout.pages:
        for line in page.lines:
            if line.scene:
                seen[line.scene].setdefault(page.number, []).append(line.y)
    return {scene: _length(pages, layout.paper.lines) for scene, pages in seen.items()}


def _length(pages: dict[int, list[int]], lines: int) -> Length:
    taken = sum(max(ys) - min(ys) + 1 for ys in pages.values())
    return Length(first=min(pages), last=max(pages), lines=taken, eighths=max(1, round(taken * 8 / lines)))
