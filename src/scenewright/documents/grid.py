"""Tables with merged cells as plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.documents.reading import Limits
from scenewright.domain.document import Inline, Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell as written: it may span columns and rows."""

    text: Inline
    columns: int = 1
    rows: int = 1
    heading: bool = False


Row = Sequence[Cell]


def table(rows: Sequence[Row], limits: Limits, *, headers: int | None = None, caption: Inline = "") -> Table | None:
    """The table with its merged cells spread out, or None if it has no text.

    `headers`: how many of the first rows are the header; None = those whose cells are all headings.
    A cell that spans rows is repeated in each of them. One that spans columns stands in the first of them; in a
    header of several rows it is repeated and the rows are joined, so that every column keeps its full name.
    """
    count = _header_rows(rows) if headers is None else headers
    limited = list(rows[: limits.max_table_rows + count])
    spread = _spread(limited, limits.max_table_columns, count)
    width = max((len(row) for row in spread), default=0)
    padded = [(*row, *[""] * (width - len(row))) for row in spread]
    columns = [index for index in range(width) if any(row[index] for row in padded)]
    kept = [tuple(row[index] for index in columns) for row in padded]
    header = _one_header(kept[:count])
    body = tuple(row for row in kept[count:] if any(row))
    if not body and header:
        header, body = (), (header,)
    if not body:
        return None
    return Table(header=header, rows=body, caption=caption)


def is_cut(rows: Sequence[Row], limits: Limits) -> bool:
    """True if `table` has to drop rows or columns."""
    too_wide = any(sum(min(cell.columns, 1000) for cell in row) > limits.max_table_columns for row in rows)
    return len(rows) > limits.max_table_rows or too_wide


def _header_rows(rows: Sequence[Row]) -> int:
    count = 0
    for row in rows:
        if not row or not all(cell.heading or not cell.text for cell in row):
            break
        count += 1
    return count if count < len(rows) else min(count, 1)


def _spread(rows: Sequence[Row], most: int, headers: int) -> list[list[Inline]]:
    out: list[list[Inline]] = []
    pending: dict[int, tuple[Inline, int]] = {}  # column -> text and how many further rows it covers
    for number, row in enumerate(rows):
        line: list[Inline] = []
        cells = list(row)
        while cells or len(line) in pending:
            if len(line) >= most:
                break
            if len(line) in pending:
                text, left = pending.pop(len(line))
                if left > 1:
                    pending[len(line)] = (text, left - 1)
                line.append(text)
                continue
            cell = cells.pop(0)
            for offset in range(min(cell.columns, most - len(line))):
                text = cell.text if offset == 0 or number < headers else ""
                if cell.rows > 1:
                    pending[len(line)] = (text, min(cell.rows, len(rows)) - 1)
                line.append(text)
        out.append(line)
    return out


def _one_header(rows: Sequence[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    names: list[Inline] = []
    for column in zip(*rows, strict=True):
        parts: list[Inline] = []
        for part in column:
            if part and (not parts or parts[-1] != part):
                parts.append(part)
        names.append(" – ".join(parts))
    return tuple(names)
