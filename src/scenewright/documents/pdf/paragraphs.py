"""Lines of a column to paragraphs: prose, headings, list items, code, formulas, footnotes."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scenewright.documents.pdf.flow import Line
from scenewright.documents.pdf.headings import Headings
from scenewright.documents.pdf.regions import CAPTION
from scenewright.documents.pdf.tables import looks_aligned
from scenewright.documents.pdf.values import Box, union

Sort = Literal["prose", "heading", "item", "code", "formula", "note", "table"]
_BULLET = re.compile(r"^(?:[•‣◦▪●○■□∙⁃➢➤►▶✓✔–—*·\uf0b7\uf0a7\uf076-]|[\u2212])(?=\s)")
_ENUMERATED = re.compile(r"^(?:\(?(?P<number>\d{1,2})[.)]|\(?[a-z][.)]|\([ivx]{1,4}\)|\[\w{1,8}\])(?=\s)")
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*(?:[\divxlc]+(?:\s?[,–-]\s?[\divxlc]+)*,?)?$|…{2,}\s*\d*$")
_EQUATION_NUMBER = re.compile(r"\(\s*[A-Z]?\.?\d+(?:\.\d+)*[a-z]?\s*\)")
_ENDED = re.compile(r"[.!?:。！？：][\"”’)\]]*$")


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    sort: Sort
    lines: tuple[Line, ...]
    page: int  # from 1
    level: int = 0  # of a heading
    ordered: bool = False  # an item with a number
    ended: bool = True  # False if it may go on in the next column or page

    @property
    def box(self) -> Box:
        return union(line.box for line in self.lines)


def paragraphs(found: Sequence[Line], page: int, headings: Headings) -> list[Paragraph]:
    """The paragraphs of one column in order. Lines of a table of contents are left out."""
    kept = [line for line in found if not _LEADERS.search(line.text)]
    if not kept:
        return []
    column = _measures(kept, headings.body)
    out: list[list[Line]] = []
    sorts: list[Sort] = []
    for index, line in enumerate(kept):
        sort = _sort(line, column, headings, kept, index)
        if out and _goes_on(sorts[-1], sort, out[-1], line, column, headings):
            out[-1].append(line)
        else:
            out.append([line])
            sorts.append(sort)
    made = [_paragraph(sort, group, page, headings, column) for sort, group in zip(sorts, out, strict=True)]
    return _without_orphans(_tables(made))


@dataclass(frozen=True, kw_only=True)
class _Measures:
    left: float
    right: float
    leading: float  # points from baseline to baseline
    bottom_of_body: float  # below this there are only footnotes


def _measures(found: Sequence[Line], body: float) -> _Measures:
    steps = [b.base - a.base for a, b in pairwise(found) if 0 < b.base - a.base < 3 * body]
    full = [line for line in found if abs(line.size - body) < 0.06 * body]
    lefts = sorted(line.box.x0 for line in full or found)
    rights = sorted(line.box.x1 for line in full or found)
    return _Measures(
        left=lefts[len(lefts) // 10],
        right=rights[-1 - len(rights) // 10],
        leading=statistics.median(steps) if steps else body * 1.2,
        bottom_of_body=max((line.base for line in full), default=float("inf")),
    )


def _sort(line: Line, column: _Measures, headings: Headings, found: Sequence[Line], index: int) -> Sort:
    above = found[index - 1] if index else None
    gap = line.base - above.base if above else float("inf")
    if headings.is_heading(line, gap=gap, leading=column.leading, next_line=_next(found, index)):
        return "heading"
    if line.mono and (len(line.text) > 3 or (above is not None and above.mono)):
        return "code"
    if is_display(line, column.left, column.right):
        return "formula"
    small = line.size < headings.body * 0.93
    if small and line.base > column.bottom_of_body and re.match(r"^(?:\d{1,3}|[*†‡§])\s?\S", line.text):
        return "note"
    if _BULLET.match(line.text) or _ENUMERATED.match(line.text):
        return "item"
    return "prose"


def is_display(line: Line, left: float, right: float) -> bool:
    """Mostly mathematical symbols, hardly any words, and not filling the line from its left edge as text does."""
    if line.math < 0.25:
        return False
    words = [w for w in line.words if not w.face.math and re.fullmatch(r"[^\W\d_]{3,}[,.;:]?", w.text)]
    indented = line.box.x0 > left + 1.2 * line.size
    if words and words[0] is line.words[0] and not indented and words[0].text.islower():
        return False  # the end of a sentence
    few = len(words) <= max(1, len(line.words) // 6)
    return few and (indented or line.math > 0.6 or bool(_EQUATION_NUMBER.search(line.text[-8:])))


def _goes_on(sort: Sort, now: Sort, group: list[Line], line: Line, column: _Measures, headings: Headings) -> bool:
    """True if the line belongs to the paragraph that is open."""
    last = group[-1]
    gap = line.base - last.base
    if sort == "code":
        return now == "code" and gap < 3.2 * column.leading
    if sort == "formula":
        return (now == "formula" and gap < 2.2 * column.leading) or (line.math > 0 and _overlaps(last, line))
    if now == "formula" and _overlaps(last, line) and last.math > 0.1:
        return False
    if sort == "heading":
        return now == "heading" and headings.continues(last, line, gap)
    if now in ("heading", "code", "formula") or (now in ("item", "note")):
        return now == "item" and sort == "prose" and not _starts_item(group, line, gap, column)
    if abs(line.size - last.size) > 0.09 * last.size and min(line.size, last.size) < 0.95 * max(line.size, last.size):
        return False
    if gap > 1.38 * max(column.leading, line.size * 1.05) or gap <= 0:
        return False
    if sort in ("item", "note"):
        return line.box.x0 > group[0].box.x0 + 0.4 * line.size or sort == "note"
    return not _begins(group, line, column)


def _begins(group: list[Line], line: Line, column: _Measures) -> bool:
    """An indented first line, or a line after one that ended early with a full stop."""
    last = group[-1]
    if line.box.x0 > last.box.x0 + 0.8 * line.size and line.box.x0 < column.left + 4 * line.size and len(group) > 1:
        return True
    if line.box.x0 > column.left + 0.8 * line.size and abs(last.box.x0 - column.left) < 2 and _ENDED.search(last.text):
        return not _is_centred(line, column)
    if len(group) > 1 and group[1].box.x0 > line.box.x0 + 0.8 * line.size and abs(group[0].box.x0 - line.box.x0) < 2:
        return not _is_centred(last, column)  # hanging: only first lines stand at the edge
    short = last.box.x1 < column.right - 0.15 * (column.right - column.left)
    return short and bool(_ENDED.search(last.text))


def _is_centred(line: Line, column: _Measures) -> bool:
    left, right = line.box.x0 - column.left, column.right - line.box.x1
    return left > line.size and abs(left - right) < 0.6 * line.size


def _starts_item(group: list[Line], line: Line, gap: float, column: _Measures) -> bool:
    """ "1." or "-" at the start of a line inside a paragraph is an item only if something sets it apart."""
    if _BULLET.match(line.text) and not line.text.startswith(("-", "–", "—", "*")):
        return True
    return gap > 1.15 * column.leading or group[-1].text.endswith((":", ".", ";")) or line.box.x0 > column.left + 4


def _overlaps(last: Line, line: Line) -> bool:
    return line.box.top < last.box.bottom + 0.35 * line.size


def _next(found: Sequence[Line], index: int) -> Line | None:
    return found[index + 1] if index + 1 < len(found) else None


def _paragraph(sort: Sort, group: list[Line], page: int, headings: Headings, column: _Measures) -> Paragraph:
    if sort == "formula" and not any(line.math > 0.3 and len(line.text.strip()) > 2 for line in group):
        sort = "prose"
    number = _ENUMERATED.match(group[0].text) if sort == "item" else None
    text = group[-1].text
    return Paragraph(
        sort=sort,
        lines=tuple(group),
        page=page,
        level=headings.level(group) if sort == "heading" else 0,
        ordered=bool(number and number["number"]),
        ended=bool(re.search(r"[.!?:;。！？：；][\"”’)\]]*$", text)) or bool(CAPTION.match(group[0].text)),
    )


def _tables(found: list[Paragraph]) -> list[Paragraph]:
    """Neighbouring lines of several parts each that stand in columns."""
    out: list[Paragraph] = []
    run: list[Paragraph] = []
    for one in [*found, None]:
        if one is not None and one.sort in ("prose", "item") and all(len(line.segments) > 1 for line in one.lines):
            run.append(one)
            continue
        lines = tuple(line for paragraph in run for line in paragraph.lines)
        if run and looks_aligned(lines):
            out.append(Paragraph(sort="table", lines=lines, page=run[0].page))
        else:
            out += run
        run = []
        if one is not None:
            out.append(one)
    return out


def _without_orphans(found: list[Paragraph]) -> list[Paragraph]:
    """A fragment beside a formula (a limit of a sum, a denominator, an equation number) belongs to it."""
    out: list[Paragraph] = []
    for one in found:
        if out and out[-1].sort == "formula" and _is_part(out[-1], one):
            last = out.pop()
            one = Paragraph(sort="formula", lines=(*last.lines, *one.lines), page=last.page)
        out.append(one)
    return out


def _is_part(formula: Paragraph, one: Paragraph) -> bool:
    """True for what begins beside the formula: the rest of it, or a few characters."""
    inside = one.lines[0].box.top < formula.box.bottom - 1
    if one.sort == "formula":
        return inside
    text = "".join(line.text for line in one.lines).strip()
    if len(text) > 8 or one.sort != "prose" or one.lines[0].box.top >= formula.box.bottom + 6:
        return False
    return inside or one.lines[0].math > 0 or bool(_EQUATION_NUMBER.fullmatch(text))
