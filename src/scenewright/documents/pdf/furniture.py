"""Running headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scenewright.documents.pdf.flow import Line
from scenewright.documents.pdf.values import Page

_EDGE = 0.11  # of the page's height, at its top and at its bottom
_WIDE_EDGE = 0.15  # for what is the first or the last line of a page and is repeated
_LOW_EDGE = 0.2  # for a number in the middle of the line
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:page|seite|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|von)\s*\d{1,4})?[-–—\s]*", re.I
)


def running(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[str]:
    """What stands at the edge of several pages, digits aside; as keys for `is_running`."""
    counts = Counter[str]()
    for page, found in zip(pages, lines, strict=True):
        ordered = sorted(found, key=lambda line: line.base)
        outer = [line for line in (*ordered[:2], *ordered[-2:]) if _at_edge(page, line, _WIDE_EDGE)]
        inner = [line for line in found if _at_edge(page, line, _EDGE)]
        counts.update({_key(line) for line in (*outer, *inner)})
    least = 2 if len(pages) <= 4 else 3
    return {key for key, count in counts.items() if count >= least}


def is_running(page: Page, line: Line, keys: set[str]) -> bool:
    if _PAGE_NUMBER.fullmatch(line.text):
        centred = abs(line.box.x0 + line.box.x1 - page.width) < 24
        return _at_edge(page, line, _LOW_EDGE if centred else _EDGE)
    return _at_edge(page, line, _WIDE_EDGE) and _key(line) in keys


def _at_edge(page: Page, line: Line, edge: float) -> bool:
    return line.box.bottom < page.height * edge or line.box.top > page.height * (1 - edge)


def _key(line: Line) -> str:
    where = "top" if line.box.top < 300 else "bottom"
    return where + re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold()).strip()
