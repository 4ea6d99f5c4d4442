"""What a scene shows: a slide of typed blocks. Text is `Inline` (see document.py) unless said otherwise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenewright.domain.base import Value
from scenewright.domain.document import Inline


class Block(Value):
    """`id` is unique within its scene; actions point at it."""

    id: str


class HeadingBlock(Block):
    type: Literal["heading"] = "heading"
    text: Inline


class BulletsBlock(Block):
    type: Literal["bullets"] = "bullets"
    items: tuple[Inline, ...]


class ParagraphBlock(Block):
    type: Literal["paragraph"] = "paragraph"
    text: Inline


class FormulaBlock(Block):
    type: Literal["formula"] = "formula"
    latex: str
    caption: Inline = ""


class CodeBlock(Block):
    type: Literal["code"] = "code"
    language: str = ""
    code: str
    caption: Inline = ""


class TableBlock(Block):
    type: Literal["table"] = "table"
    header: tuple[Inline, ...] = ()
    rows: tuple[tuple[Inline, ...], ...]
    caption: Inline = ""


class Series(Value):
    name: str
    values: tuple[float, ...]  # as many as the chart has labels


class ChartBlock(Block):
    type: Literal["chart"] = "chart"
    chart: Literal["bar", "line", "pie"] = "bar"
    title: str = ""
    unit: str = ""
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class ImageBlock(Block):
    type: Literal["image"] = "image"
    asset: str  # the name of an asset of the document
    alt: str = ""
    caption: Inline = ""


class CalloutBlock(Block):
    type: Literal["callout"] = "callout"
    tone: Literal["key", "tip", "info", "warning"] = "key"
    text: Inline


class StepsBlock(Block):
    type: Literal["steps"] = "steps"
    items: tuple[Inline, ...]


class ComparisonBlock(Block):
    type: Literal["comparison"] = "comparison"
    left_title: Inline
    left: tuple[Inline, ...]
    right_title: Inline
    right: tuple[Inline, ...]


class QuoteBlock(Block):
    type: Literal["quote"] = "quote"
    text: Inline
    attribution: str = ""


class DiagramNode(Value):
    id: str
    label: str


class DiagramEdge(Value):
    source: str  # node id
    target: str  # node id
    label: str = ""


class DiagramBlock(Block):
    type: Literal["diagram"] = "diagram"
    nodes: tuple[DiagramNode, ...]
    edges: tuple[DiagramEdge, ...] = ()
    direction: Literal["right", "down"] = "right"
    caption: Inline = ""


SlideBlock = Annotated[
    HeadingBlock
    | BulletsBlock
    | ParagraphBlock
    | FormulaBlock
    | CodeBlock
    | TableBlock
    | ChartBlock
    | ImageBlock
    | CalloutBlock
    | StepsBlock
    | ComparisonBlock
    | QuoteBlock
    | DiagramBlock,
    Field(discriminator="type"),
]


class Slide(Value):
    type: Literal["slide"] = "slide"
    title: Inline
    blocks: tuple[SlideBlock, ...]
