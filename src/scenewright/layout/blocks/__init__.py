"""One module for each sort of block: a block and a width become parts that flow, or a figure that fills a height."""

from __future__ import annotations

from scenewright.domain.slides import SlideBlock
from scenewright.layout.blocks.chart import chart
from scenewright.layout.blocks.code import code
from scenewright.layout.blocks.diagram import diagram
from scenewright.layout.blocks.figure import formula, image
from scenewright.layout.blocks.table import table
from scenewright.layout.blocks.words import bullets, callout, comparison, heading, paragraph, quote, steps
from scenewright.layout.flow import Flexible, Part
from scenewright.layout.setting import Setting


def parts_of(block: SlideBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    """What the block is made of at this width; nothing if there is nothing to show."""
    match block.type:
        case "heading":
            return heading(block, width, setting)
        case "bullets":
            return bullets(block, width, setting)
        case "paragraph":
            return paragraph(block, width, setting)
        case "formula":
            return formula(block, width, setting)
        case "code":
            return code(block, width, setting)
        case "table":
            return table(block, width, setting)
        case "chart":
            return chart(block, width, setting)
        case "image":
            return image(block, width, setting)
        case "callout":
            return callout(block, width, setting)
        case "steps":
            return steps(block, width, setting)
        case "comparison":
            return comparison(block, width, setting)
        case "quote":
            return quote(block, width, setting)
        case "diagram":
            return diagram(block, width, setting)


__all__ = ["parts_of"]
