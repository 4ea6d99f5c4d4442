"""Outlines in em that are placed on the canvas, and the rounding that keeps drawings small and equal everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.domain.drawing import Box, Colour, Mark, PathMark, RectMark

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_COORDINATES = {"M": 2, "L": 2, "C": 6, "Q": 4, "Z": 0}

Step = tuple[str, tuple[float, ...]]


def near(value: float) -> float:
    """Hundredths of a unit: finer than any screen shows."""
    return round(value, 2) + 0.0  # no negative zero


@dataclass(frozen=True)
class Outline:
    """Path steps M, L, C, Q, Z with absolute coordinates."""

    steps: tuple[Step, ...] = ()

    def placed(self, x: float, y: float, scale: float = 1.0) -> str:
        """SVG path data, scaled about the origin and then moved."""
        words: list[str] = []
        for command, numbers in self.steps:
            words.append(command)
            for index, number in enumerate(numbers):
                words.append(f"{near(number * scale + (y if index % 2 else x)):g}")
        return " ".join(words)

    def __add__(self, other: Outline) -> Outline:
        return Outline(self.steps + other.steps)


def read_path(data: str) -> Outline:
    """Reads path data made of absolute M, L, H, V, C, Q and Z.

    Raises: ValueError: for any other command or a coordinate missing.
    """
    steps: list[Step] = []
    tokens = _TOKEN.findall(data)
    command, at, pen = "", 0, (0.0, 0.0)
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        if command in ("H", "V"):
            value, at = float(tokens[at]), at + 1
            pen = (value, pen[1]) if command == "H" else (pen[0], value)
            steps.append(("L", pen))
            continue
        count = _COORDINATES.get(command)
        if count is None or at + count > len(tokens):
            raise ValueError(f"path data with {command!r} cannot be read")
        numbers = tuple(float(token) for token in tokens[at : at + count])
        at += count
        pen = (numbers[-2], numbers[-1]) if numbers else pen
        steps.append((command, numbers))
    return Outline(tuple(steps))


def polygon(*points: tuple[float, float]) -> Outline:
    first, *rest = points
    return Outline((("M", first), *(("L", point) for point in rest), ("Z", ())))


def polyline(*points: tuple[float, float]) -> Outline:
    first, *rest = points
    return Outline((("M", first), *(("L", point) for point in rest)))


def circle(x: float, y: float, radius: float) -> Outline:
    """Four cubic curves; 0.5523 of the radius makes them round to 0.03 %."""
    c = radius * 0.5523
    return Outline(
        (
            ("M", (x + radius, y)),
            ("C", (x + radius, y + c, x + c, y + radius, x, y + radius)),
            ("C", (x - c, y + radius, x - radius, y + c, x - radius, y)),
            ("C", (x - radius, y - c, x - c, y - radius, x, y - radius)),
            ("C", (x + c, y - radius, x + radius, y - c, x + radius, y)),
            ("Z", ()),
        )
    )


def fill(outline: Outline, colour: Colour) -> PathMark:
    return PathMark(data=outline.placed(0, 0), fill=colour)


def stroke(outline: Outline, colour: Colour, width: float) -> PathMark:
    return PathMark(data=outline.placed(0, 0), stroke=colour, stroke_width=near(width))


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    colour: Colour | None = None,
    *,
    radius: float = 0.0,
    edge: Colour | None = None,
    edge_width: float = 1.0,
) -> RectMark:
    return RectMark(
        x=near(x),
        y=near(y),
        width=near(max(0.0, width)),
        height=near(max(0.0, height)),
        radius=near(radius),
        fill=colour,
        stroke=edge,
        stroke_width=edge_width,
    )


def figure_box(
    block: str,
    area: tuple[float, float, float, float],
    label: str,
    marks: Sequence[Mark],
    item: int | None = None,
) -> Box:
    """Something drawn rather than written. `area`: left, top, width, height; `label`: what a screen reader says."""
    x, y, width, height = (near(value) for value in area)
    return Box(
        block=block,
        item=item,
        x=x,
        y=y,
        width=width,
        height=height,
        role="figure",
        label=label,
        marks=tuple(marks),
    )
