"""How slides look: one value holds every colour and size."""

from __future__ import annotations

from scenewright.domain.base import Value
from scenewright.domain.drawing import Colour


class Tone(Value):
    accent: Colour
    soft: Colour  # tinted background; ink on it keeps a contrast of at least 7:1


class Theme(Value):
    """Sizes are font sizes in canvas units (the canvas is 1000 x 562.5)."""

    background: Colour = "#ffffff"
    ink: Colour = "#1b2230"
    muted: Colour = "#59637a"
    faint: Colour = "#8b94a7"
    line: Colour = "#d4dae5"
    panel: Colour = "#f4f6fa"
    accent: Colour = "#2a4fb0"
    soft: Colour = "#e9eefb"
    code_ink: Colour = "#24306b"
    series: tuple[Colour, ...] = (
        "#2a4fb0",
        "#d9742b",
        "#1f8a70",
        "#b13a74",
        "#7a62c9",
        "#a98412",
        "#4293c7",
        "#8a5a3c",
    )
    key: Tone = Tone(accent="#2a4fb0", soft="#e9eefb")
    tip: Tone = Tone(accent="#1b7d62", soft="#e4f4ee")
    info: Tone = Tone(accent="#2b7a9e", soft="#e5f2f8")
    warning: Tone = Tone(accent="#b4570f", soft="#fcf0e3")

    margin: float = 56.0  # left and right
    top: float = 40.0
    bottom: float = 36.0
    opening: float = 46.0
    title: float = 34.0
    title_floor: float = 20.0
    heading: float = 25.0
    body: float = 22.0
    floor: float = 14.0
    small: float = 16.0  # captions, chart and diagram labels
    small_floor: float = 12.0
    code: float = 17.0
    code_floor: float = 12.0
    leading: float = 1.36  # line height of running text, in font sizes


DEFAULT = Theme()
