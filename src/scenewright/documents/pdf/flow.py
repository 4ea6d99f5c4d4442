"""Reading order: words to segments, segments to columns, columns to lines."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.documents.pdf.values import Box, Segment, Word, union

_MIN_COLUMN = 5  # lines; fewer side by side are no column
_STEPS = 60  # places tried for a gutter


@dataclass(frozen=True, kw_only=True)
class Line:
    """Segments on one baseline. Shares count characters."""

    segments: tuple[Segment, ...]
    box: Box
    base: float
    size: float
    bold: bool
    italic: bool
    mono: bool
    math: float  # share of characters in mathematical fonts
    text: str

    @property
    def words(self) -> list[Word]:
        return [word for segment in self.segments for word in segment.words]


def segments(words: Sequence[Word]) -> list[Segment]:
    """In the order of the file: a word continues a segment if it stands right of it without a wide gap."""
    out: list[list[Word]] = []
    for word in words:
        last = out[-1][-1] if out else None
        if last and _continues(last, word, out[-1]):
            out[-1].append(word)
        else:
            out.append([word])
    return [_segment(group) for group in out]


def columns(found: Sequence[Segment], depth: int = 0) -> list[list[Segment]]:
    """The segments in groups to be read one after the other, each from top to bottom."""
    gutter = _gutter(found) if depth < 3 else None
    if gutter is None:
        return [list(found)] if found else []
    across = _across(found, gutter)
    out: list[list[Segment]] = []
    crossing_ids = {id(one) for one in across}
    rest = [one for one in found if id(one) not in crossing_ids]
    for crossing in [*across, None]:
        limit = crossing.base if crossing else float("inf")
        before = [one for one in rest if one.base < limit]
        rest = [one for one in rest if one.base >= limit]
        sides = ([one for one in before if one.box.x1 <= gutter], [one for one in before if one.box.x0 >= gutter])
        for side in sides:
            if side:
                out += columns(side, depth + 1)
        if crossing:
            if before or not out or not _is_across(out[-1], gutter):
                out.append([])
            out[-1].append(crossing)
    return [group for group in out if group]


def lines(group: Sequence[Segment]) -> list[Line]:
    """The lines of one column, from top to bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(group, key=lambda one: (one.base, one.box.x0)):
        if rows and _same_row(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [_line(row) for row in rows]


def _continues(last: Word, word: Word, group: Sequence[Word]) -> bool:
    size = max(last.face.size, word.face.size)
    gap = word.box.x0 - last.box.x1
    shift = abs(word.base - last.base)
    if not -0.6 * size < gap < 1.1 * size:
        return False
    raised = word.face.size < last.face.size * 0.92 or last.face.size < word.face.size * 0.92
    if raised and shift < 0.62 * size:
        return True
    return shift < 0.2 * size or any(abs(word.base - one.base) < 0.2 * size for one in group[-4:])


def _segment(words: Sequence[Word]) -> Segment:
    sizes = Counter[float]()
    for word in words:
        sizes[word.face.size] += len(word.text)
    size = max(sizes.items(), key=lambda item: (item[1], item[0]))[0]
    base = next(word.base for word in words if word.face.size == size)
    return Segment(words=tuple(words), box=union(word.box for word in words), base=base, size=size)


def _gutter(found: Sequence[Segment]) -> float | None:
    """The place between two columns of text: few segments cross it, and both sides are filled with long ones."""
    if len(found) < 2 * _MIN_COLUMN:
        return None
    around = union(one.box for one in found)
    best: tuple[int, float, float] | None = None
    for step in range(_STEPS):
        x = around.x0 + around.width * (0.22 + 0.56 * step / _STEPS)
        crossing = sum(1 for one in found if one.box.x0 < x < one.box.x1)
        candidate = (crossing, abs(x - (around.x0 + around.x1) / 2), x)
        if best is None or candidate < best:
            best = candidate
    if best is None:
        return None
    x = best[2]
    left = [one for one in found if one.box.x1 <= x]
    right = [one for one in found if one.box.x0 >= x]
    if not (_is_column(left, x - around.x0) and _is_column(right, around.x1 - x)):
        return None
    beside = min(max(one.base for one in left), max(one.base for one in right)) - max(
        min(one.box.top for one in left), min(one.box.top for one in right)
    )
    return x if beside > 3 * statistics.median(one.size for one in found) and best[0] * 2 < len(found) else None


def _is_column(side: Sequence[Segment], width: float) -> bool:
    if len(side) < _MIN_COLUMN:
        return False
    by_row: dict[int, float] = {}
    for one in side:
        row = round(one.base / max(one.size, 1.0))
        by_row[row] = by_row.get(row, 0.0) + one.box.width
    filled = statistics.median(by_row.values())
    characters = statistics.mean(sum(len(word.text) for word in one.words) for one in side)
    return len(by_row) >= _MIN_COLUMN and filled >= 0.5 * width and characters >= 12


def _across(found: Sequence[Segment], gutter: float) -> list[Segment]:
    """What crosses the gutter, and the short last line of a text that does: nothing stands beside it."""
    across = [one for one in found if one.box.x0 < gutter < one.box.x1]
    last_lines = [
        one for one in found if one.words and one.box.x1 <= gutter and _ends_across(one, across, found, gutter)
    ]
    return sorted([*across, *last_lines], key=lambda one: one.box.top)


def _ends_across(line: Segment, across: Sequence[Segment], found: Sequence[Segment], gutter: float) -> bool:
    for above in across:
        down = line.base - above.base
        if not (above.words and 0.8 * line.size < down < 1.45 * line.size and abs(above.size - line.size) < 0.3):
            continue
        if abs(above.box.x0 - line.box.x0) > 2:
            continue
        beside = (one for one in found if one is not line and one.box.x0 >= gutter and one.words)
        return not any(abs(one.base - line.base) < 1.2 * line.size for one in beside)
    return False


def _is_across(group: Sequence[Segment], gutter: float) -> bool:
    return any(one.box.x0 < gutter < one.box.x1 for one in group)


def _same_row(row: Sequence[Segment], segment: Segment) -> bool:
    last = row[0]
    return abs(segment.base - last.base) < 0.35 * min(segment.size, last.size) + 0.5


def _line(row: Sequence[Segment]) -> Line:
    ordered = sorted(row, key=lambda one: one.box.x0)
    words = [word for segment in ordered for word in segment.words]
    total = sum(len(word.text) for word in words) or 1
    sizes = Counter[float]()
    for word in words:
        sizes[word.face.size] += len(word.text)

    def share(name: str) -> float:
        return sum(len(word.text) for word in words if getattr(word.face, name)) / total

    return Line(
        segments=tuple(ordered),
        box=union(one.box for one in ordered),
        base=ordered[0].base,
        size=max(sizes.items(), key=lambda item: (item[1], item[0]))[0],
        bold=share("bold") > 0.85,
        italic=share("italic") > 0.85,
        mono=share("mono") > 0.75,
        math=share("math"),
        text=text_of(words),
    )


def text_of(words: Sequence[Word]) -> str:
    return "".join((" " if index and word.spaced else "") + word.text for index, word in enumerate(words))
