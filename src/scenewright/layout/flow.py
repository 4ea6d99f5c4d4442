"""What flows down a page: parts that know their height, can be split between rows and are drawn where they land."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from scenewright.domain.drawing import Box, Mark
from scenewright.layout.ink import near
from scenewright.layout.rich import Line, baseline, line_height

Draw = Callable[[float, float], list[Mark]]
Frame = Callable[[float, float, float, float], list[Mark]]


class Part(Protocol):
    """Something with a fixed height. `space` is kept above it unless it starts a page."""

    @property
    def space(self) -> float: ...

    @property
    def height(self) -> float: ...

    @property
    def keep(self) -> bool:
        """Stays on the page of the part that follows."""

    def split(self, room: float) -> tuple[Part | None, Part | None]:
        """What fits into `room` (None: nothing does) and the rest (None: all fits)."""

    def draw(self, x: float, y: float) -> list[Box]: ...


@dataclass(frozen=True)
class Row:
    """One line that is never split; `draw` gets its top left corner. `gap` is kept above it unless it comes first."""

    height: float
    draw: Draw
    item: int | None = None
    gap: float = 0.0
    keep: bool = False  # not the last on its page


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A block made of rows, with or without a frame. `header` rows are repeated where it goes on."""

    block: str
    width: float
    rows: tuple[Row, ...]
    role: str = "text"
    space: float = 0.0
    header: tuple[Row, ...] = ()
    frame: Frame | None = None  # gets x, y, width, height of the whole
    pad: tuple[float, float] = (0.0, 0.0)  # above and below the rows, inside the frame
    keep: bool = False
    label: str = ""
    mathml: str = ""
    least: int = 1  # rows that stay together at a split, where there are as many

    @property
    def height(self) -> float:
        return self.pad[0] + self.pad[1] + _stacked(self.header + self.rows)

    def split(self, room: float) -> tuple[Part | None, Part | None]:
        if not self.rows or self.height <= room + 1e-6:
            return self, None
        used = self.pad[0] + self.pad[1] + _stacked(self.header)
        count = 0
        for row in self.rows:
            used += row.height + (row.gap if count or self.header else 0.0)
            if used > room:
                break
            count += 1
        count = min(count, len(self.rows) - 1)
        while count and self.rows[count - 1].keep:
            count -= 1
        if len(self.rows) - count < self.least:
            count = max(0, len(self.rows) - self.least)
        if count < min(self.least, len(self.rows) - 1):
            count = 0
        if count == 0:
            return None, self
        return replace(self, rows=self.rows[:count]), replace(self, rows=self.rows[count:])

    def forced(self, room: float) -> tuple[Part, Part | None]:
        """As many rows as fit, one at least, whatever should stay together: for a page with nothing else on it."""
        free = replace(self, rows=tuple(replace(row, keep=False) for row in self.rows), least=1)
        head, rest = free.split(room)
        if head is not None:
            return head, rest
        if len(self.rows) <= 1:
            return self, None
        return replace(self, rows=self.rows[:1]), replace(self, rows=self.rows[1:])

    def draw(self, x: float, y: float) -> list[Box]:
        return self.draw_in(x, y, self.height)

    def draw_in(self, x: float, y: float, height: float) -> list[Box]:
        """Drawn with a frame of at least `height`."""
        height = max(height, self.height)
        boxes: list[Box] = []
        behind = self.frame(x, y, self.width, height) if self.frame else []
        rows = self.header + self.rows
        if behind and any(row.item is not None for row in rows):
            boxes.append(self._box(None, x, y, height, behind, whole=True))
            behind = []
        at = y + self.pad[0]
        placed: list[tuple[Row, float]] = []
        for index, row in enumerate(rows):
            at += row.gap if index else 0.0
            placed.append((row, at))
            at += row.height
        for item, together in groupby(placed, key=lambda pair: pair[0].item):
            group = list(together)
            marks = [*behind, *(mark for row, top in group for mark in row.draw(x, top))]
            top, bottom = group[0][1], group[-1][1] + group[-1][0].height
            if behind:  # the only group: its box is the frame's
                top, bottom = y, y + height
            boxes.append(self._box(item, x, top, bottom - top, marks, whole=len(boxes) == 0))
            behind = []
        return boxes

    def _box(self, item: int | None, x: float, y: float, height: float, marks: list[Mark], *, whole: bool) -> Box:
        role = "list-item" if item is not None and self.role == "text" else self.role
        return Box(
            block=self.block,
            item=item,
            x=near(x),
            y=near(y),
            width=near(self.width),
            height=near(height),
            role=role,
            label=self.label if whole else "",
            mathml=self.mathml if whole else "",
            marks=tuple(marks),
        )


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Rows side by side, with frames of equal height; split together."""

    columns: tuple[Rows, ...]
    offsets: tuple[float, ...]
    space: float = 0.0
    keep: bool = False

    @property
    def height(self) -> float:
        return max(column.height for column in self.columns)

    def split(self, room: float) -> tuple[Part | None, Part | None]:
        heads: list[Rows] = []
        rests: list[Rows] = []
        for column in self.columns:
            head, rest = column.split(room)
            if not isinstance(head, Rows):
                return None, self
            heads.append(head)
            rests.append(rest if isinstance(rest, Rows) else replace(column, rows=()))
        if not any(rest.rows for rest in rests):
            return self, None
        return replace(self, columns=tuple(heads)), replace(self, columns=tuple(rests))

    def draw(self, x: float, y: float) -> list[Box]:
        height = self.height
        pairs = zip(self.columns, self.offsets, strict=True)
        return [box for column, offset in pairs if column.rows for box in column.draw_in(x + offset, y, height)]


@dataclass(frozen=True, kw_only=True)
class Solid:
    """A drawing of a fixed height that is never split."""

    height: float
    boxes: Callable[[float, float], list[Box]]
    space: float = 0.0
    keep: bool = False

    def split(self, room: float) -> tuple[Part | None, Part | None]:
        return (self, None) if self.height <= room + 1e-6 else (None, self)

    def draw(self, x: float, y: float) -> list[Box]:
        return self.boxes(x, y)


@dataclass(frozen=True, kw_only=True)
class Flexible:
    """A figure that fills the height it is given: at least `lowest`, best `ideal`."""

    lowest: float
    ideal: float
    at: Callable[[float], Part]
    space: float = 0.0


def text_rows(
    lines: Sequence[Line],
    leading: float,
    *,
    indent: float = 0.0,
    item: int | None = None,
    gap: float = 0.0,
    align: float = 0.0,
    width: float = 0.0,
    first: Callable[[float, float, float], list[Mark]] | None = None,
) -> list[Row]:
    """One row for each line. `align`: 0 left, 0.5 centred, 1 right within `width`.

    `first` draws something beside the first line (a bullet): it gets x, top and the baseline.
    """
    rows: list[Row] = []
    for index, (line, height) in enumerate(zip(lines, line_height(tuple(lines), leading), strict=True)):
        shift = indent + align * max(0.0, width - line.width)
        marker = first if index == 0 else None
        rows.append(Row(height, _drawn(line, height, shift, marker), item, gap if index == 0 else 0.0))
    return rows


def _drawn(line: Line, height: float, shift: float, marker: Callable[[float, float, float], list[Mark]] | None) -> Draw:
    down = baseline(line, height)

    def draw(x: float, y: float) -> list[Mark]:
        beside = marker(x, y, y + down) if marker else []
        return [*beside, *line.marks(x + shift, y + down)]

    return draw


def _stacked(rows: Sequence[Row]) -> float:
    return sum(row.height for row in rows) + sum(row.gap for row in rows[1:])
