"""Tables: columns as wide as their contents ask, numbers to the right, the header repeated on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scenewright.domain.drawing import Mark
from scenewright.domain.slides import TableBlock
from scenewright.layout.blocks.code import caption_under
from scenewright.layout.flow import Draw, Flexible, Part, Row, Rows
from scenewright.layout.ink import rect
from scenewright.layout.rich import Line, Pen, baseline, line_height, set_lines, set_plain
from scenewright.layout.setting import Setting
from scenewright.text.inline import plain

_NUMBER = re.compile(
    r"[-+−–±~≈<>≤≥]?\s?[$€£¥₹]?\s?\d[\d.,'\s\u00a0\u202f]*(?:[eE][-+]?\d+)?\s?(?:%|‰|[$€£¥₹]|[a-zA-Zµ°Ω]{1,3})?|[-–—]|n/?a|"
)
_SHORT = 8.0  # em; a cell up to this width is not broken as long as there is room
_TALLEST = 220.0  # units; a taller row is cut between its lines
_NARROWEST = 64.0  # units; with less for each column the table is shown in several groups of columns
_LEADING = 1.3


@dataclass(frozen=True)
class Grid:
    """Every row as long as the longest; `header` may be empty."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]

    @property
    def columns(self) -> int:
        return len(self.numeric)

    def only(self, columns: Sequence[int]) -> Grid:
        return Grid(
            tuple(self.header[c] for c in columns) if self.header else (),
            tuple(tuple(row[c] for c in columns) for row in self.rows),
            tuple(self.numeric[c] for c in columns),
        )


def table(block: TableBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    """Item n is row n of the body."""
    grid = _grid(block)
    found: list[Part | Flexible] = []
    for group in _groups(grid.columns, width):
        found.append(_rows(block.id, grid.only(group), width, setting))
    if not found:
        return caption_under(block.id, block.caption, width, setting)
    return found + caption_under(block.id, block.caption, width, setting)


def natural_width(block: TableBlock, setting: Setting) -> float:
    """What the table would take if no cell had to be broken."""
    grid = _grid(block)
    size = _size(setting)
    return sum(_column(grid, c, setting, size)[1] for c in range(grid.columns))


def _grid(block: TableBlock) -> Grid:
    columns = max([len(block.header), *(len(row) for row in block.rows)], default=0)
    header = (*block.header, *[""] * (columns - len(block.header))) if any(block.header) else ()
    rows = tuple((*row, *[""] * (columns - len(row))) for row in block.rows)
    if not header and not rows:
        columns = 0
    numeric = tuple(
        any(row[c].strip() for row in rows) and all(_NUMBER.fullmatch(plain(row[c]).strip()) for row in rows)
        for c in range(columns)
    )
    return Grid(header, rows, numeric)


def _groups(columns: int, width: float) -> list[list[int]]:
    """All columns together, or groups that repeat the first one."""
    most = max(2, int(width / _NARROWEST))
    if columns <= most:
        return [list(range(columns))] if columns else []
    rest = list(range(1, columns))
    return [[0, *rest[at : at + most - 1]] for at in range(0, len(rest), most - 1)]


def _size(setting: Setting) -> float:
    return max(setting.theme.floor - 1, setting.body * 0.84)


def _rows(block: str, grid: Grid, width: float, setting: Setting) -> Rows:
    size = _size(setting)
    widths = _widths(grid, width, setting, size)
    bold = setting.pen(size, setting.theme.ink, bold=True, plain=True)
    header = _cells(grid.header, grid, widths, bold, size, item=None, setting=setting, head=True)
    body: list[Row] = []
    for index, row in enumerate(grid.rows):
        body += _cells(row, grid, widths, setting.pen(size), size, item=index, setting=setting, head=False)
    total = sum(widths)
    repeated = tuple(header) if sum(row.height for row in header) <= _TALLEST / 2 and body else ()
    return Rows(
        block=block,
        width=total,
        rows=tuple(body) if repeated else (*header, *body),
        header=repeated,
        role="table",
        space=setting.body * 0.8,
    )


def _widths(grid: Grid, width: float, setting: Setting, size: float) -> list[float]:
    """Between the widest word and the widest line of each column, as in a browser."""
    spans = [_column(grid, c, setting, size) for c in range(grid.columns)]
    least, best = [low for low, _ in spans], [high for _, high in spans]
    if sum(best) <= width:
        spare = width - sum(best)
        if sum(best) < 0.5 * width:  # a small table stays small
            spare = min(spare, 56.0 * grid.columns)
        return [one + spare / grid.columns for one in best]
    whole = [max(low, min(high, _SHORT * size)) for low, high in spans]
    if sum(whole) <= width:
        least, spans = whole, list(zip(whole, best, strict=True))
    if sum(least) <= width:
        wish = [high - low for low, high in spans]
        share = (width - sum(least)) / max(1e-6, sum(wish))
        return [low + wished * share for low, wished in zip(least, wish, strict=True)]
    floor = min(_NARROWEST, width / grid.columns)
    over = [max(0.0, low - floor) for low in least]
    share = (width - floor * grid.columns) / max(1e-6, sum(over))
    return [floor + extra * share if extra else floor for extra in over]


def _column(grid: Grid, column: int, setting: Setting, size: float) -> tuple[float, float]:
    """Widths with padding: of the longest stretch that should not be broken, and of the longest cell."""
    pad = 2 * _pad(size)
    least = best = size
    for row, bold in [(grid.header, True), *((row, False) for row in grid.rows)]:
        if not row or not row[column]:
            continue
        whole, word = _measures(row[column], bold, setting.cjk)
        best = max(best, whole * size)
        least = max(least, min(word * size, 260.0))
    return min(least, best) + pad, best + pad + 0.5


@lru_cache(maxsize=4096)
def _measures(text: str, bold: bool, cjk: bool) -> tuple[float, float]:
    """Widths in em: of the whole text on one line, and of its longest word."""
    pen = Pen(size=1.0, colour="#000000", bold=bold, cjk=cjk)
    word = max(plain(text).split(), key=len, default="")
    whole = sum(line.width for line in set_lines(text, pen, 1e6))
    return whole, max((line.width for line in set_plain(word, pen, 20.0)), default=0.0)


def _pad(size: float) -> float:
    return size * 0.62


def _cells(
    texts: Sequence[str],
    grid: Grid,
    widths: list[float],
    pen: Pen,
    size: float,
    *,
    item: int | None,
    setting: Setting,
    head: bool,
) -> list[Row]:
    """One row of the table; more than one where it is too tall for a page."""
    if not texts:
        return []
    pad = _pad(size)
    cells = [set_lines(text, pen, width - 2 * pad) for text, width in zip(texts, widths, strict=True)]
    heights = [line_height(lines, _LEADING) for lines in cells]
    chunks = _chunks(cells, heights)
    rows: list[Row] = []
    for index, chunk in enumerate(chunks):
        last = index == len(chunks) - 1
        tall = max([size * _LEADING, *(sum(h for _, h in lines) for lines in chunk)])
        height = tall + (pad if index == 0 else pad * 0.2) * 0.8 + (pad if last else pad * 0.2) * 0.8
        draw = _drawn(chunk, widths, grid.numeric, pad, height, setting, head=head, last=last, first=index == 0)
        rows.append(Row(height, draw, item, keep=head and last))
    return rows


_Chunk = list[list[tuple[Line, float]]]


def _chunks(cells: list[tuple[Line, ...]], heights: list[list[float]]) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    left = [list(zip(lines, tall, strict=True)) for lines, tall in zip(cells, heights, strict=True)]
    while not chunks or any(left):
        chunk: _Chunk = []
        for column in left:
            taken: list[tuple[Line, float]] = []
            while column and (not taken or sum(h for _, h in taken) + column[0][1] <= _TALLEST):
                taken.append(column.pop(0))
            chunk.append(taken)
        chunks.append(chunk)
    return chunks


def _drawn(
    chunk: _Chunk,
    widths: list[float],
    numeric: tuple[bool, ...],
    pad: float,
    height: float,
    setting: Setting,
    *,
    head: bool,
    first: bool,
    last: bool,
) -> Draw:
    theme = setting.theme

    def draw(x: float, y: float) -> list[Mark]:
        total = sum(widths)
        marks: list[Mark] = [rect(x, y, total, height, theme.soft)] if head else []
        if last:
            weight = 1.6 if head else 0.8
            marks.append(rect(x, y + height - weight, total, weight, theme.accent if head else theme.line))
        at = x
        for lines, width, right in zip(chunk, widths, numeric, strict=True):
            top = y + pad * 0.8 * (1.0 if first else 0.2)
            for line, tall in lines:
                left = at + width - pad - line.width if right else at + pad
                marks += line.marks(left, top + baseline(line, tall))
                top += tall
            at += width
        return marks

    return draw
