"""Small pictures drawn as filled outlines in a unit square."""

from __future__ import annotations

from typing import Literal

from scenewright.layout.ink import Outline, circle, polygon

IconName = Literal["key", "tip", "info", "warning", "quote"]

_STAR = polygon(
    (0.5, 0.02),
    (0.64, 0.34),
    (0.99, 0.37),
    (0.73, 0.60),
    (0.81, 0.95),
    (0.5, 0.76),
    (0.19, 0.95),
    (0.27, 0.60),
    (0.01, 0.37),
    (0.36, 0.34),
)
_BULB = (
    Outline(
        (
            ("M", (0.5, 0.0)),
            ("C", (0.27, 0.0, 0.14, 0.17, 0.14, 0.35)),
            ("C", (0.14, 0.52, 0.30, 0.56, 0.33, 0.72)),
            ("L", (0.67, 0.72)),
            ("C", (0.70, 0.56, 0.86, 0.52, 0.86, 0.35)),
            ("C", (0.86, 0.17, 0.73, 0.0, 0.5, 0.0)),
            ("Z", ()),
        )
    )
    + polygon((0.35, 0.78), (0.65, 0.78), (0.65, 0.87), (0.35, 0.87))
    + polygon((0.41, 0.92), (0.59, 0.92), (0.54, 1.0), (0.46, 1.0))
)
_INFO = circle(0.5, 0.14, 0.12) + polygon((0.4, 0.36), (0.6, 0.36), (0.6, 0.98), (0.4, 0.98))
_WARNING = circle(0.5, 0.88, 0.115) + polygon((0.385, 0.03), (0.615, 0.03), (0.575, 0.68), (0.425, 0.68))
_MARK = Outline(
    (
        ("M", (0.40, 0.10)),
        ("C", (0.18, 0.18, 0.04, 0.38, 0.04, 0.64)),
        ("C", (0.04, 0.80, 0.13, 0.88, 0.24, 0.88)),
        ("C", (0.35, 0.88, 0.43, 0.80, 0.43, 0.69)),
        ("C", (0.43, 0.58, 0.35, 0.51, 0.24, 0.51)),
        ("C", (0.26, 0.36, 0.33, 0.26, 0.45, 0.19)),
        ("Z", ()),
    )
)
_QUOTE = _MARK + Outline(
    tuple((c, tuple(n + (0.5 if not i % 2 else 0) for i, n in enumerate(ns))) for c, ns in _MARK.steps)
)

_ICONS: dict[str, Outline] = {"key": _STAR, "tip": _BULB, "info": _INFO, "warning": _WARNING, "quote": _QUOTE}


def icon(name: IconName, x: float, y: float, size: float) -> list[Outline]:
    """The outline of a picture with its top left corner at (x, y)."""
    steps = _ICONS[name].steps
    return [
        Outline(
            tuple((c, tuple(n * size + (y if i % 2 else x) for i, n in enumerate(numbers))) for c, numbers in steps)
        )
    ]
