"""A slide as it is drawn: explicit boxes holding a short list of marks, the same for page, PPTX, PDF and video.

The canvas is 1000 x 562.5 units (16:9), origin top left, y down. Marks carry absolute canvas coordinates.
Colours are names from the theme's palette resolved to "#rrggbb". Nothing here is ever interpreted as markup.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenewright.domain.base import Value

WIDTH, HEIGHT = 1000.0, 562.5

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
PathData = Annotated[str, Field(pattern=r"^[MmLlHhVvCcSsQqTtAaZz0-9eE ,.+-]*$")]
FontName = Literal["sans", "mono"]


class TextMark(Value):
    """One run of text on one line, in one style."""

    type: Literal["text"] = "text"
    x: float  # left edge
    y: float  # baseline
    text: str
    width: float  # advance as measured with the real font
    size: float  # font size in units
    font: FontName = "sans"
    bold: bool = False
    italic: bool = False
    colour: Colour = "#1a1a1a"


class RectMark(Value):
    type: Literal["rect"] = "rect"
    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 1.0


class PathMark(Value):
    """SVG path data in canvas units."""

    type: Literal["path"] = "path"
    data: PathData
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 1.0


class ImageMark(Value):
    type: Literal["image"] = "image"
    asset: str
    x: float
    y: float
    width: float
    height: float
    alt: str = ""


Mark = Annotated[TextMark | RectMark | PathMark | ImageMark, Field(discriminator="type")]


class Box(Value):
    """One thing on the slide that an action can point at. Every mark lies inside it."""

    block: str  # the block's id; "" for decoration and "title" for the slide's title
    item: int | None = None  # which item of the block, counted from 0; None = the whole block
    x: float
    y: float
    width: float
    height: float
    role: str = "text"  # for screen readers: title, heading, text, list-item, code, table, figure, formula, quote
    label: str = ""  # what a screen reader says for figures and formulas
    mathml: str = ""  # presentation MathML from our own converter (allow-listed elements), for formulas
    marks: tuple[Mark, ...] = ()


class Drawing(Value):
    """One page of a scene. Boxes are in reading order, which is also the order of painting."""

    background: Colour = "#ffffff"
    boxes: tuple[Box, ...] = ()
