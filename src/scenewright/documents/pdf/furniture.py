"""Running headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scenewright.documents.pdf.flow import Line
from scenewright.documents.pdf.values import Page

_EDGE = 0.11  # of the page's height, at its top and at its bottom
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:page|seite|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|von)\s*\d{1,4})?[-–—\s]*", re.I
)


def running(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[str]:
    """What stands at the edge of several pages, digits aside; as keys for `is_running`."""
    counts = Counter[str]()
    for page, found in zip(pages, lines, strict=True):
        counts.update({_key(line) for line in found if _at_edge(page, line)})
    least = 2 if len(pages) <= 4 else 3
    return {key for key, count in counts.items() if count >= least}


def is_running(page: Page, line: Line, keys: set[str]) -> bool:
    if not _at_edge(page, line):
        return False
    return bool(_PAGE_NUMBER.fullmatch(line.text)) or _key(line) in keys


def _at_edge(page: Page, line: Line) -> bool:
    return line.box.bottom < page.height * _EDGE or line.box.top > page.height * (1 - _EDGE)


def _key(line: Line) -> str:
    where = "top" if line.box.top < 300 else "bottom"
    return where + re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold()).strip()
