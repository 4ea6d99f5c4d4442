"""Bar charts: upright while the labels fit under their bars, lying where they do not."""

from __future__ import annotations

from scenewright.domain.drawing import Mark
from scenewright.layout.blocks.axes import Data, Scale, figure, scale_of, with_unit
from scenewright.layout.ink import rect
from scenewright.layout.rich import Line, Pen, set_plain
from scenewright.layout.setting import Setting

_LABEL_LINES = 2  # under an upright bar
_LABEL = 0.94  # size of axis labels against the small size


def columns_fit(data: Data, width: float, setting: Setting) -> bool:
    """Whether every label fits under its group in two lines, without breaking a word."""
    scale = scale_of(data.known, zero=True)
    slot = (width - axis_width(scale, data.unit, setting)) / len(data.labels)
    if slot < 12 * len(data.names) or slot < 26:
        return False
    pen = _pen(setting)
    for label in data.labels:
        lines = set_plain(label, pen, slot - 6)
        words = max((line.width for word in label.split() for line in set_plain(word, pen, 1e6)), default=0.0)
        if len(lines) > _LABEL_LINES or words > slot - 6:
            return False
    return True


def draw_columns(data: Data, x: float, y: float, width: float, height: float, setting: Setting) -> list[Mark]:
    theme = setting.theme
    scale = scale_of(data.known, zero=True)
    pen = _pen(setting)
    left = axis_width(scale, data.unit, setting)
    slot = (width - left) / len(data.labels)
    labels = [set_plain(label, pen, slot - 6) for label in data.labels]
    under = max(0.6, *(len(lines) * 1.25 for lines in labels)) * pen.size + 8
    top, tall = y + pen.size * 1.3, height - under - pen.size * 1.3
    marks = grid(scale, data.unit, x, top, width, tall, left, setting)
    zero = top + tall * (1 - scale.at(0.0))
    each, inset = _bar_width(slot, len(data.names))
    roomy = each >= 24 or len(data.names) == 1
    for index in range(len(data.labels)):
        start = x + left + slot * index + inset
        for series, values in enumerate(data.values):
            value = values[index]
            if value is None:
                continue
            end = top + tall * (1 - scale.at(value))
            bar = (start + each * series, min(zero, end), each - (2 if len(data.names) > 1 else 0), abs(end - zero))
            marks.append(rect(*bar, theme.series[series % len(theme.series)], radius=min(3.0, bar[3] / 2)))
            if roomy:
                marks += _over(figure(value), bar, end, value < 0, slot if len(data.names) == 1 else each, setting)
        for row, line in enumerate(labels[index]):
            middle = x + left + slot * (index + 0.5) - line.width / 2
            marks += line.marks(middle, y + height - under + 6 + pen.size * (1.25 * row + 0.95))
    marks.append(rect(x + left, zero - 0.6, width - left, 1.2, theme.faint))
    return marks


def rows_height(data: Data, width: float, setting: Setting) -> float:
    """The least height that lying bars need."""
    _, labels, tall = _lying(data, width, setting)
    return sum(max(len(lines) * tall, tall * max(1.0, 0.75 * len(data.names))) + 4 for lines in labels) + tall * 1.6


def draw_rows(data: Data, x: float, y: float, width: float, height: float, setting: Setting) -> list[Mark]:
    theme = setting.theme
    column, labels, tall = _lying(data, width, setting)
    pen = _pen(setting)
    scale = scale_of(data.known, zero=True)
    widest = max((_text(_valued(v, data.unit), setting).width for v in data.known), default=0.0) + 10
    least = [max(len(lines) * tall, tall * max(1.0, 0.75 * len(data.names))) + 4 for lines in labels]
    extra = max(0.0, height - rows_height(data, width, setting)) / len(labels)
    start, room = x + column + 10, width - column - 10 - widest
    if scale.low < 0:
        start, room = start + widest, room - widest
    zero = start + room * scale.at(0.0)
    marks: list[Mark] = []
    top = y + 4
    for index, lines in enumerate(labels):
        slot = least[index] + extra
        for row, line in enumerate(lines):
            base = top + slot / 2 + tall * (row - len(lines) / 2) + tall * 0.72
            marks += line.marks(x + column - line.width, base)
        band = min(slot * 0.8, 30.0 * len(data.names))
        each = band / len(data.names)
        for series, values in enumerate(data.values):
            value = values[index]
            if value is None:
                continue
            end = start + room * scale.at(value)
            at = top + (slot - band) / 2 + each * series
            colour = theme.series[series % len(theme.series)]
            marks.append(rect(min(zero, end), at, abs(end - zero), each - 1.5, colour, radius=min(3.0, each / 3)))
            text = _text(_valued(value, data.unit), setting)
            if each >= text.pen.size * 0.95 or len(data.names) == 1:
                side = end - text.width - 6 if value < 0 else end + 6
                marks += text.marks(side, at + each / 2 + text.pen.size * 0.33)
        top += slot
    marks.append(rect(zero - 0.6, y + 2, 1.2, top - y - 2, theme.faint))
    if data.unit and not _short(data.unit):
        unit = set_plain(data.unit, setting.pen(pen.size * 0.95, theme.muted), width * 0.5)[:1]
        for line in unit:
            marks += line.marks(x + width - line.width, y + height - tall * 0.35)
    return marks


def grid(
    scale: Scale, unit: str, x: float, y: float, width: float, height: float, left: float, setting: Setting
) -> list[Mark]:
    """Horizontal lines with their figures; the unit stands at the topmost."""
    theme = setting.theme
    marks: list[Mark] = []
    for tick in scale.ticks:
        at = y + height * (1 - scale.at(tick))
        text = with_unit(figure(tick, scale.step), unit) if _short(unit) else figure(tick, scale.step)
        line = _text(text, setting)
        marks.append(rect(x + left, at - 0.4, width - left, 0.8, theme.line))
        marks += line.marks(x + left - line.width - 8, at + line.pen.size * 0.33)
    if unit and not _short(unit):
        for line in set_plain(unit, setting.pen(_pen(setting).size * 0.95, theme.muted), width)[:1]:
            marks += line.marks(x, y - line.pen.size * 0.62)
    return marks


def axis_width(scale: Scale, unit: str, setting: Setting) -> float:
    texts = [with_unit(figure(t, scale.step), unit) if _short(unit) else figure(t, scale.step) for t in scale.ticks]
    return max(_text(text, setting).width for text in texts) + 12


def _valued(value: float, unit: str) -> str:
    return with_unit(figure(value), unit) if _short(unit) else figure(value)


def _short(unit: str) -> bool:
    return len(unit) <= 2


def _lying(data: Data, width: float, setting: Setting) -> tuple[float, list[tuple[Line, ...]], float]:
    """Width of the label column, the labels and the height of a label line."""
    pen = _pen(setting)
    labels = [set_plain(label, pen, width * 0.36) for label in data.labels]
    column = max((line.width for lines in labels for line in lines), default=0.0)
    return column, labels, pen.size * 1.25


def _bar_width(slot: float, series: int) -> tuple[float, float]:
    """Width of one bar, and the space left of the group."""
    band = min(slot * 0.72, 84.0 * series)
    return band / series, (slot - band) / 2


def _over(
    text: str, bar: tuple[float, float, float, float], end: float, negative: bool, room: float, setting: Setting
) -> list[Mark]:
    line = _text(text, setting, strong=True)
    if line.width > room - 2:
        return []
    base = end + line.pen.size * 0.95 if negative else end - line.pen.size * 0.38
    return line.marks(bar[0] + bar[2] / 2 - line.width / 2, base)


def _text(text: str, setting: Setting, *, strong: bool = False) -> Line:
    pen = setting.pen(_pen(setting).size * 0.95, setting.theme.ink if strong else setting.theme.muted)
    return set_plain(text, pen, 1e6)[0]


def _pen(setting: Setting) -> Pen:
    return setting.pen(max(setting.theme.small_floor, setting.small * _LABEL), setting.theme.ink)
