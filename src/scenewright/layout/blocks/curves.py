"""Line charts."""

from __future__ import annotations

from scenewright.domain.drawing import Mark
from scenewright.layout.blocks.axes import Data, figure, scale_of
from scenewright.layout.blocks.bars import axis_width, grid
from scenewright.layout.ink import Outline, circle, fill, near, rect, stroke
from scenewright.layout.rich import set_plain
from scenewright.layout.setting import Setting

_LABELLED = 8  # points; more would be a clutter of figures


def draw_curves(data: Data, x: float, y: float, width: float, height: float, setting: Setting) -> list[Mark]:
    """Points joined by straight lines, broken where a value is missing. Labels that would touch are thinned out;
    the box's spoken label has them all."""
    theme = setting.theme
    scale = scale_of(data.known, zero=False)
    size = max(theme.small_floor, setting.small * 0.94)
    pen = setting.pen(size, theme.ink)
    left = axis_width(scale, data.unit, setting)
    lines = [(set_plain(label, pen, 1e6) or (None,))[0] for label in data.labels]
    ends = max((line.width / 2 for line in (lines[0], lines[-1]) if line), default=0.0)
    inset = min(max(14.0, ends - left * 0.5), width * 0.2)
    top, tall = y + size * 1.4, height - size * 3.2
    first, last = x + left + inset, x + width - max(inset, min(ends, width * 0.2))
    step = (last - first) / (len(data.labels) - 1)
    marks = grid(scale, data.unit, x, top, width, tall, left, setting)

    taken = float("-inf")
    for index, line in enumerate(lines):
        if line is None or line.width > width * 0.4:
            continue
        start = min(max(first + step * index - line.width / 2, x), x + width - line.width)
        if start > taken + 8:
            marks += line.marks(start, y + height - size * 0.45)
            taken = start + line.width
    for series, values in enumerate(data.values):
        colour = theme.series[series % len(theme.series)]
        points = [
            None if value is None else (near(first + step * i), near(top + tall * (1 - scale.at(value))))
            for i, value in enumerate(values)
        ]
        marks += _curve(points, colour)
        if len(data.labels) <= 40:
            marks += [fill(circle(px, py, 3.6), colour) for px, py in (p for p in points if p)]
        if len(data.names) == 1 and len(values) <= _LABELLED:
            for point, value in zip(points, values, strict=True):
                if point and value is not None:
                    text = set_plain(figure(value), setting.pen(size * 0.95, theme.ink), 1e6)[0]
                    at = min(max(point[0] - text.width / 2, x + left), x + width - text.width)
                    ground = rect(at - 2, point[1] - size * 1.42, text.width + 4, size * 1.02, theme.background)
                    marks += [ground, *text.marks(at, point[1] - size * 0.62)]
    return marks


def _curve(points: list[tuple[float, float] | None], colour: str) -> list[Mark]:
    steps = []
    fresh = True
    for point in points:
        if point is not None:
            steps.append(("M" if fresh else "L", point))
        fresh = point is None
    return [stroke(Outline(tuple(steps)), colour, 2.6)] if steps else []
