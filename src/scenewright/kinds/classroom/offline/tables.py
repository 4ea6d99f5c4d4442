"""Tables as they are shown: whole, in part, or as a chart; and what stands out in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scenewright.domain.document import Table
from scenewright.domain.slides import ChartBlock, Series, TableBlock
from scenewright.kinds.classroom.offline.phrases import phrases
from scenewright.text import inline
from scenewright.text.sentences import base

MOST_ROWS, MOST_COLUMNS = 8, 6
_NUMBER = re.compile(
    r"([<>≈~±]?\s?[$€£]?)\s?([-−+]?\d[\d\s.,'’]*\d|[-−+]?\d)\s?(%|[A-Za-zµμ°/²³\"]{0,8}|[\u4e00-\u9fff]{0,3})"
)
_DOT_GROUPS = frozenset(("de", "es", "it", "pt", "nl", "da", "tr", "id"))  # "1.000" is a thousand
_HEADER_UNIT = re.compile(r".*[(（\[]([^()（）\[\]]{1,12})[)）\]]\s*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    values: tuple[float, ...]
    unit: str


def shown_table(table: Table, block_id: str, language: str) -> TableBlock:
    """The table with its first rows and columns, saying so if some are left out."""
    rows = tuple(row for row in table.rows if any(cell.strip() for cell in row))
    width = min(max((len(row) for row in (*rows, table.header)), default=1), MOST_COLUMNS)
    caption = table.caption
    if len(rows) > MOST_ROWS:
        text = phrases(language).rows_shown.format(shown=MOST_ROWS, all=len(rows))
        caption = f"{caption} ({text})" if caption and text else caption or text
    return TableBlock(
        id=block_id,
        header=_row(table.header, width) if any(cell.strip() for cell in table.header) else (),
        rows=tuple(_row(row, width) for row in rows[:MOST_ROWS]),
        caption=caption,
    )


def chart(table: Table, block_id: str, language: str) -> ChartBlock | None:
    """A chart, where every column after the labels holds comparable positive numbers of one unit."""
    rows = [row for row in table.rows if any(cell.strip() for cell in row)]
    found = columns(table, language)
    if not (3 <= len(rows) <= MOST_ROWS and 1 <= len(found) <= 3 and len(found) == len(table.header) - 1):
        return None
    values = [value for column in found for value in column.values]
    labels = tuple(inline.plain(row[0]).strip() for row in rows)
    units = {column.unit for column in found}
    if (
        len(units) != 1
        or min(values) < 0
        or max(values) <= 0
        or max(values) > 200 * max(min(values), max(values) / 200.1)
    ):
        return None
    if len(set(labels)) != len(labels) or not all(labels) or max(map(len, labels)) > 24:
        return None
    if any(max(c.values) * 50 < max(values) for c in found):
        return None
    line = all(_YEAR.fullmatch(label) for label in labels)
    return ChartBlock(
        id=block_id,
        chart="line" if line else "bar",
        title=inline.plain(table.caption),
        unit=next(iter(units)),
        labels=labels,
        series=tuple(Series(name=column.name or "1", values=column.values) for column in found),
    )


def columns(table: Table, language: str) -> tuple[Column, ...]:
    """The columns after the first that hold numbers in every row."""
    rows = [row for row in table.rows if any(cell.strip() for cell in row)]
    found = []
    for index in range(1, len(table.header)):
        parsed = [_number(row[index], language) if index < len(row) else None for row in rows]
        numbers = [pair for pair in parsed if pair is not None]
        units = {unit for _, unit in numbers}
        if len(numbers) == len(rows) >= 2 and len(units) == 1:
            name = inline.plain(table.header[index]).strip()
            named = _HEADER_UNIT.fullmatch(name)
            unit = units.pop() or (named[1].strip() if named else "")
            found.append(Column(name=name, values=tuple(value for value, _ in numbers), unit=unit))
    return tuple(found)


def _number(cell: str, language: str) -> tuple[float, str] | None:
    found = _NUMBER.fullmatch(inline.plain(cell).strip())
    if not found:
        return None
    digits = re.sub(r"[\s'’]", "", found[2].replace("−", "-"))
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits) and (
        "," in digits or digits.count(".") > 1 or base(language) in _DOT_GROUPS
    ):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[-+]?\d+,\d+", digits):
        digits = digits.replace(",", ".")
    try:
        return float(digits), (found[1].strip() + found[3]).strip()
    except ValueError:
        return None


def _row(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells[:width], *("" for _ in range(width - len(cells))))
