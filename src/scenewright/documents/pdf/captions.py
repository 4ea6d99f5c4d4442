"""Captions find their figures and tables; the parts of one figure become one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scenewright.documents.grid import Row
from scenewright.documents.pdf.paragraphs import Paragraph
from scenewright.documents.pdf.values import Box, union
from scenewright.domain.document import Inline

_NUMBER = r"\s*(?:[A-Z]?[\d.\-]*\d|[A-Z]|[IVX]+)\b"
_FIGURE = re.compile(rf"^(?:figure|fig\.?|abbildung|abb\.|bild|图|圖){_NUMBER}(?P<mark>\s*[:.–—|：])?", re.I)
_TABLE = re.compile(rf"^(?:table|tab\.|tabelle|表){_NUMBER}(?P<mark>\s*[:.–—|：])?", re.I)
_LABEL = 60  # characters; text between the parts of a figure
_FAR = 90.0  # points between the parts of one figure
_FURTHER = 300.0  # points; a caption with one thing between is not further from its figure


@dataclass(kw_only=True)
class Region:
    """A table (`rows`) or a figure; `caption` is found later."""

    page: int
    box: Box
    rows: Sequence[Row] = ()
    header: int = 0
    caption: Inline = ""


Item = Paragraph | Region


def captioned(items: Sequence[Item], body: float, text: Callable[[Paragraph], Inline]) -> list[Item]:
    """Captions go to the figure before them or the table after them, or else to the other neighbour.

    `body`: size of the running text, points. A caption without a neighbour stays where it is.
    """
    items = _whole_figures(items, body)
    taken: set[int] = set()
    for index, item in enumerate(items):
        if isinstance(item, Region) or not is_caption(item, body):
            continue
        is_figure = bool(_FIGURE.match(item.lines[0].text))
        for step in (-1, 1, -2, 2) if is_figure else (1, -1, 2, -2):
            other = items[index + step] if 0 <= index + step < len(items) else None
            if not isinstance(other, Region) or other.caption or other.page != item.page:
                continue
            if (is_figure and other.rows) or (abs(step) == 2 and _apart(item.box, other.box) > _FURTHER):
                continue
            other.caption = text(item)
            taken.add(index)
            break
    return [item for index, item in enumerate(items) if index not in taken]


def is_caption(item: Paragraph, body: float) -> bool:
    """ "Figure 1: ...", and "Figure 1 The ..." if it is set apart: smaller, or with its number in bold."""
    if item.sort != "prose":
        return False
    first = item.lines[0]
    found = _FIGURE.match(first.text) or _TABLE.match(first.text)
    if not found:
        return False
    if found["mark"]:
        return True
    rest = first.text[found.end() :].strip()
    return (first.size < 0.95 * body or first.words[0].face.bold) and not rest[:1].islower()


def _whole_figures(items: Sequence[Item], body: float) -> list[Item]:
    """The pictures that stand one after the other above one caption, and the labels between them, are one figure."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, Paragraph) and is_caption(item, body) and _FIGURE.match(item.lines[0].text):
            start = _first_part(out, item.page, body)
            parts = out[start:]
            if sum(isinstance(part, Region) for part in parts) > 1 or (parts and len(parts) > 1):
                out[start:] = [Region(page=item.page, box=union(part.box for part in parts))]
        out.append(item)
    return out


def _first_part(items: Sequence[Item], page: int, body: float) -> int:
    """Where the figure begins that ends with the last item; the number of items if it is none."""
    start = at = len(items)
    while at:
        one = items[at - 1]
        if one.page != page or not (_is_picture(one) or _is_label(one, body)):
            break
        if start < len(items) and _apart(one.box, items[at].box) > _FAR:
            break
        at -= 1
        if _is_picture(one):
            start = at
    return start


def _is_picture(item: Item) -> bool:
    return isinstance(item, Region) and not item.rows and not item.caption


def _is_label(item: Item, body: float) -> bool:
    if isinstance(item, Region) or item.sort not in ("prose", "item") or is_caption(item, body):
        return False
    return len(item.lines) == 1 and item.lines[0].size < 0.93 * body and len(item.lines[0].text) <= _LABEL


def _apart(one: Box, other: Box) -> float:
    """The upright distance, points; 0 if they stand side by side."""
    return max(0.0, one.top - other.bottom, other.top - one.bottom)
