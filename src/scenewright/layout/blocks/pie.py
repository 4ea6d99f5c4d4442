"""Pie charts: a ring, largest first as given, and a legend with values and shares."""

from __future__ import annotations

import math

from scenewright.domain.drawing import Mark
from scenewright.layout.blocks.axes import Data, figure, with_unit
from scenewright.layout.ink import Outline, Step, fill, rect
from scenewright.layout.rich import set_plain
from scenewright.layout.setting import Setting


def draw_pie(data: Data, x: float, y: float, width: float, height: float, setting: Setting) -> list[Mark]:
    theme = setting.theme
    values = [value or 0.0 for value in data.values[0]]
    whole = sum(values) or 1.0
    radius = max(10.0, min(height / 2 - 4, width * 0.24))
    middle_x, middle_y = x + radius + 4, y + height / 2
    marks: list[Mark] = []
    at = -math.pi / 2
    for index, value in enumerate(values):
        turn = 2 * math.pi * value / whole
        colour = theme.series[index % len(theme.series)]
        marks.append(fill(_slice(middle_x, middle_y, radius, radius * 0.56, at, at + turn), colour))
        at += turn
    return marks + _legend(data, values, whole, middle_x + radius + 28, y, x + width, height, setting)


def _legend(
    data: Data, values: list[float], whole: float, x: float, y: float, right: float, height: float, setting: Setting
) -> list[Mark]:
    theme = setting.theme
    size = setting.small
    marks: list[Mark] = []
    while True:
        pen, strong = setting.pen(size, theme.ink), setting.pen(size, theme.muted)
        figures = [
            set_plain(f"{100 * v / whole:.0f}%" if data.unit in ("", "%") else _both(v, whole, data.unit), strong, 1e6)[
                0
            ]
            for v in values
        ]
        room = right - x - size * 1.4 - max(line.width for line in figures) - size
        names = [set_plain(label, pen, max(room, size * 2)) for label in data.labels]
        total = sum(max(1, len(lines)) * size * 1.3 + size * 0.35 for lines in names)
        if total <= height or size <= 5:
            break
        size *= 0.94
    top = y + (height - total) / 2
    for index, lines in enumerate(names):
        marks.append(
            rect(x, top + size * 0.28, size * 0.8, size * 0.8, theme.series[index % len(theme.series)], radius=2)
        )
        for row, line in enumerate(lines):
            marks += line.marks(x + size * 1.4, top + size * (1.3 * row + 0.98))
        marks += figures[index].marks(right - figures[index].width, top + size * 0.98)
        top += max(1, len(lines)) * size * 1.3 + size * 0.35
    return marks


def _both(value: float, whole: float, unit: str) -> str:
    if unit in ("", "%"):
        return f"{100 * value / whole:.0f}%"
    return f"{with_unit(figure(value), unit)}  {100 * value / whole:.0f}%"


def _slice(x: float, y: float, outer: float, inner: float, start: float, end: float) -> Outline:
    """A sector of a ring, its arcs as cubic curves of at most an eighth of a turn."""
    end = min(end, start + 2 * math.pi - 1e-4)
    steps: list[Step] = [("M", (x + outer * math.cos(start), y + outer * math.sin(start)))]
    steps += _arc(x, y, outer, start, end)
    steps.append(("L", (x + inner * math.cos(end), y + inner * math.sin(end))))
    steps += _arc(x, y, inner, end, start)
    return Outline((*steps, ("Z", ())))


def _arc(x: float, y: float, radius: float, start: float, end: float) -> list[Step]:
    count = max(1, math.ceil(abs(end - start) / (math.pi / 4)))
    turn = (end - start) / count
    pull = 4 / 3 * math.tan(turn / 4)
    steps: list[Step] = []
    for index in range(count):
        a, b = start + turn * index, start + turn * (index + 1)
        steps.append(
            (
                "C",
                (
                    x + radius * (math.cos(a) - pull * math.sin(a)),
                    y + radius * (math.sin(a) + pull * math.cos(a)),
                    x + radius * (math.cos(b) + pull * math.sin(b)),
                    y + radius * (math.sin(b) - pull * math.cos(b)),
                    x + radius * math.cos(b),
                    y + radius * math.sin(b),
                ),
            )
        )
    return steps
