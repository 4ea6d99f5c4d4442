"""Charts drawn from marks: title and legend above, then bars, lines or a pie. Too many values become a table."""

from __future__ import annotations

from collections.abc import Callable

from scenewright.domain.drawing import Box, Mark
from scenewright.domain.slides import ChartBlock, TableBlock
from scenewright.layout.blocks.axes import Data, data_of, figure, with_unit
from scenewright.layout.blocks.bars import columns_fit, draw_columns, draw_rows, rows_height
from scenewright.layout.blocks.curves import draw_curves
from scenewright.layout.blocks.pie import draw_pie
from scenewright.layout.blocks.table import table
from scenewright.layout.clean import one_line
from scenewright.layout.flow import Flexible, Part, Row, Solid, text_rows
from scenewright.layout.ink import figure_box, rect
from scenewright.layout.rich import Line, set_plain
from scenewright.layout.setting import Setting
from scenewright.text.inline import escape

_MOST_BARS = 24
_MOST_POINTS = 400
_MOST_SLICES = 8
_MOST_SERIES = 8


Plot = Callable[[float, float, float, float], list[Mark]]


def chart(block: ChartBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    data = data_of(block)
    if not data.labels or not data.names:
        return []
    sort = _sort(block, data)
    if sort == "table":
        return _as_table(block, data, width, setting)
    above = _above(block.title, data, sort, width, setting)
    head = sum(row.height + row.gap for row in above) + (6 if above else 0)
    if head > 120:
        return _as_table(block, data, width, setting)
    plot, lowest, ideal = _plot(sort, data, width, setting)
    if lowest + head > 380:
        return _as_table(block, data, width, setting)
    label = _spoken(block, data)

    def at(height: float) -> Part:
        def boxes(x: float, y: float) -> list[Box]:
            marks: list[Mark] = []
            top = y
            for row in above:
                top += row.gap
                marks += row.draw(x, top)
                top += row.height
            marks += plot(x, y + head, width, height - head)
            return [figure_box(block.id, (x, y, width, height), label, marks)]

        return Solid(height=height, boxes=boxes, space=setting.body * 0.8)

    return [Flexible(lowest=lowest + head, ideal=ideal + head, at=at, space=setting.body * 0.8)]


def _sort(block: ChartBlock, data: Data) -> str:
    """What is drawn: "columns", "rows", "curves", "pie" or "table"."""
    if not data.known or len(data.names) > _MOST_SERIES:
        return "table"
    if block.chart == "line":
        return "curves" if 2 <= len(data.labels) <= _MOST_POINTS else "bars"
    positive = [value for value in data.values[0] if value]
    whole = all(value >= 0 for value in data.known) and len(positive) == len(data.labels)
    if block.chart == "pie" and len(data.names) == 1 and len(data.labels) <= _MOST_SLICES and positive and whole:
        return "pie"
    return "bars" if len(data.labels) * len(data.names) <= 60 and len(data.labels) <= _MOST_BARS else "table"


def _plot(sort: str, data: Data, width: float, setting: Setting) -> tuple[Plot, float, float]:
    """The drawing function (x, y, width, height), its least height and its best."""
    if sort == "curves":
        return lambda x, y, w, h: draw_curves(data, x, y, w, h, setting), 150.0, min(360.0, width * 0.66)
    if sort == "pie":
        return lambda x, y, w, h: draw_pie(data, x, y, w, h, setting), 150.0, 290.0
    if columns_fit(data, width, setting):
        return lambda x, y, w, h: draw_columns(data, x, y, w, h, setting), 150.0, min(360.0, width * 0.66)
    tall = rows_height(data, width, setting)
    return lambda x, y, w, h: draw_rows(data, x, y, w, h, setting), tall, tall * 2.2


def _above(title: str, data: Data, sort: str, width: float, setting: Setting) -> list[Row]:
    theme = setting.theme
    lines = set_plain(title, setting.pen(setting.small * 1.1, theme.ink, bold=True), width)
    rows = text_rows(lines, 1.3)
    if sort != "pie" and (len(data.names) > 1 or not lines):
        rows += _legend(data.names, width, setting)
    return rows


def _legend(names: tuple[str, ...], width: float, setting: Setting) -> list[Row]:
    """Swatch and name, side by side, on as many lines as they need."""
    theme, size = setting.theme, setting.small
    swatch = size * 0.8
    pen = setting.pen(size, theme.muted)
    placed: list[list[tuple[float, int, str]]] = [[]]
    at = 0.0
    rows: list[Row] = []
    for index, name in enumerate(names):
        lines = set_plain(name, pen, width - swatch - size)
        wide = swatch + size * 0.4 + max((line.width for line in lines), default=0.0)
        if len(lines) > 1:  # a name as long as a line has lines of its own
            rows += _entry(lines, index, setting, swatch)
            continue
        if at and at + wide > width:
            placed.append([])
            at = 0.0
        placed[-1].append((at, index, name))
        at += wide + size * 1.2

    def row(entries: list[tuple[float, int, str]]) -> Row:
        def draw(x: float, y: float) -> list[Mark]:
            marks: list[Mark] = []
            for left, index, name in entries:
                colour = theme.series[index % len(theme.series)]
                marks.append(rect(x + left, y + size * 0.36, swatch, swatch, colour, radius=2))
                for line in set_plain(name, pen, width):
                    marks += line.marks(x + left + swatch + size * 0.4, y + size * 1.05)
            return marks

        return Row(size * 1.45, draw)

    return [*(row(entries) for entries in placed if entries), *rows]


def _entry(lines: tuple[Line, ...], index: int, setting: Setting, swatch: float) -> list[Row]:
    size = setting.small
    colour = setting.theme.series[index % len(setting.theme.series)]

    def mark(x: float, _: float, base: float) -> list[Mark]:
        return [rect(x, base - size * 0.7, swatch, swatch, colour, radius=2)]

    return text_rows(lines, 1.3, indent=swatch + size * 0.4, first=mark)


def _spoken(block: ChartBlock, data: Data) -> str:
    """Every value in words, for those who cannot see it."""
    sentences = [one_line(block.title).strip()] if block.title.strip() else []
    for name, values in zip(data.names, data.values, strict=True):
        pairs = ", ".join(
            f"{label} {with_unit(figure(value), data.unit) if value is not None else '–'}".strip()
            for label, value in zip(data.labels, values, strict=True)
        )
        sentences.append(f"{name}: {pairs}" if name else pairs)
    return ". ".join(sentences)


def _as_table(block: ChartBlock, data: Data, width: float, setting: Setting) -> list[Part | Flexible]:
    rows = tuple(
        (
            escape(label),
            *(
                escape(with_unit(figure(values[index] or 0.0), data.unit)) if values[index] is not None else "–"
                for values in data.values
            ),
        )
        for index, label in enumerate(data.labels)
    )
    header = ("", *(escape(name) for name in data.names)) if any(data.names) else ()
    return table(TableBlock(id=block.id, header=header, rows=rows, caption=escape(block.title)), width, setting)
