"""From the words inside a table's box to its cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from scenewright.documents.grid import Cell, Row
from scenewright.documents.pdf.flow import Line, lines, segments
from scenewright.documents.pdf.regions import Grid
from scenewright.documents.pdf.text import runs_of
from scenewright.documents.pdf.values import Box, Word
from scenewright.documents.runs import to_inline

_GAP = 0.75  # of the type size; a wider gap separates cells

Interval = tuple[float, float]


def rows_of(grid: Grid, words: Sequence[Word]) -> tuple[list[Row], int]:
    """The rows and how many of them are the header; no rows if this is no table."""
    inside = [word for word in words if grid.box.grown(2).holds(word.box)]
    if grid.columns is None:
        first = grid.rows[1] if grid.header else grid.box.top
        found = aligned(lines(segments(inside)), keep_under=grid.rows)
        header = sum(1 for top, _ in found if top < first)
        rows = [row for _, row in found]
        return (rows, header if header < len(rows) else 0) if _is_table(rows) else ([], 0)
    rows = []
    for top, bottom in pairwise(grid.rows):
        cells = [Box(x0=x0, top=top, x1=x1, bottom=bottom) for x0, x1 in pairwise(grid.columns)]
        rows.append([_cell([word for word in inside if cell.holds(word.box)]) for cell in cells])
    rows = [row for row in rows if any(cell.text for cell in row)]
    return (rows, 1 if len(rows) > 1 else 0) if _is_table(rows) else ([], 0)


def aligned(found: Sequence[Line], keep_under: Sequence[float] = ()) -> list[tuple[float, Row]]:
    """Rows with their tops, the columns being told from gaps that stand above each other.

    A line with nothing in the first column continues the row before, unless a rule (`keep_under`) lies between.
    """
    split = [(line, _split(line)) for line in found]
    columns = _columns([_interval(cell) for _, cells in split for cell in cells])
    placed: list[tuple[float, list[list[Word]]]] = []
    last: Line | None = None
    for line, cells in split:
        row: list[list[Word]] = [[] for _ in columns]
        for cell in cells:
            row[_column_of(_interval(cell), columns)] += cell
        if last and placed and _wraps(row, last, line, keep_under):
            for target, more in zip(placed[-1][1], row, strict=True):
                target += more
        else:
            placed.append((line.box.top, row))
        last = line
    return [(top, [_cell(words) for words in row]) for top, row in placed]


def looks_aligned(found: Sequence[Line]) -> bool:
    """True if lines without any rules are a table: short cells in columns, most of them filled."""
    if len(found) < 3:
        return False
    rows = [row for _, row in aligned(found)]
    if not rows or len(rows) < 3:
        return False
    filled = [sum(1 for cell in row if cell.text) for row in rows]
    cells = [cell.text for row in rows for cell in row if cell.text]
    width = max(len(row) for row in rows)
    return (
        2 <= width <= 12
        and sum(filled) >= 0.7 * width * len(rows)
        and sum(map(len, cells)) / len(cells) < 32
        and all(count >= 2 for count in filled)
    )


def _is_table(rows: Sequence[Row]) -> bool:
    filled = [sum(1 for cell in row if cell.text) for row in rows]
    return len(rows) >= 2 and sum(1 for count in filled if count >= 2) * 2 >= len(rows)


def _cell(words: Sequence[Word]) -> Cell:
    found = lines(segments(words))
    return Cell(text=to_inline(runs_of([line.words for line in found])))


def _split(line: Line) -> list[list[Word]]:
    cells: list[list[Word]] = []
    for word in line.words:
        if cells and word.box.x0 - cells[-1][-1].box.x1 < _GAP * line.size:
            cells[-1].append(word)
        else:
            cells.append([word])
    return cells


def _interval(cell: Sequence[Word]) -> Interval:
    return min(word.box.x0 for word in cell), max(word.box.x1 for word in cell)


def _columns(intervals: Sequence[Interval]) -> list[Interval]:
    """Narrow cells first: what then lies across two columns is a cell that spans them and makes none."""
    columns: list[Interval] = []
    for x0, x1 in sorted(intervals, key=lambda one: one[1] - one[0]):
        touched = [one for one in columns if one[0] < x1 and x0 < one[1]]
        if not touched:
            columns.append((x0, x1))
        elif len(touched) == 1:
            columns.remove(touched[0])
            columns.append((min(x0, touched[0][0]), max(x1, touched[0][1])))
    return sorted(columns)


def _column_of(cell: Interval, columns: Sequence[Interval]) -> int:
    overlaps = [min(cell[1], x1) - max(cell[0], x0) for x0, x1 in columns]
    touched = [index for index, overlap in enumerate(overlaps) if overlap > 0]
    return touched[0] if len(touched) > 1 else max(range(len(overlaps)), key=overlaps.__getitem__)


def _wraps(row: Sequence[Sequence[Word]], last: Line, line: Line, keep_under: Sequence[float]) -> bool:
    if row[0] or line.base - last.base > 1.6 * line.size:
        return False
    return not any(last.base < rule < line.base for rule in keep_under)
