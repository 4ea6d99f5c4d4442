"""Formulas and images."""

from __future__ import annotations

from scenewright.domain.drawing import Box, ImageMark, Mark
from scenewright.domain.slides import CodeBlock, FormulaBlock, ImageBlock
from scenewright.layout.blocks.code import caption_under, code
from scenewright.layout.clean import one_line
from scenewright.layout.flow import Flexible, Part, Row, Rows, Solid, text_rows
from scenewright.layout.formula import Formula, typeset_lines
from scenewright.layout.ink import figure_box, near, rect
from scenewright.layout.rich import set_lines
from scenewright.layout.setting import ImageSize, Setting
from scenewright.text.inline import plain

_TALLEST_FORMULA = 240.0
_PER_PIXEL, _PER_POINT = 3.0, 2.4  # canvas units
_LEAST_FORMULA = 0.62  # of its wanted size; smaller than that it is broken, then shown as source


def formula(block: FormulaBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    """Centred; broken before relations where it is too wide; its source where it cannot be drawn."""
    size = setting.body * 1.15
    lines = typeset_lines(block.latex, round(width / (setting.theme.body * 0.92)))
    widest = max((line.width for line in lines), default=0.0)
    tallest = max((line.ascent + line.descent for line in lines), default=0.0)
    if not lines:
        return _source(block, width, setting)
    size = min(size, width / widest, _TALLEST_FORMULA / max(tallest, 1e-6))
    if size < setting.theme.floor * _LEAST_FORMULA:
        return _source(block, width, setting)
    rows = [_line(line, size, width, setting, index > 0) for index, line in enumerate(lines)]
    found: list[Part | Flexible] = [
        Rows(
            block=block.id,
            width=width,
            rows=tuple(rows),
            role="formula",
            space=setting.body * 0.7,
            label=one_line(block.latex),
            mathml="".join(line.mathml for line in lines) if len(lines) == 1 else _whole(block.latex),
            pad=(size * 0.15, size * 0.15),
            keep=bool(block.caption.strip()),
        )
    ]
    return found + caption_under(block.id, block.caption, width, setting, align=0.5)


def _whole(latex: str) -> str:
    return "".join(line.mathml for line in typeset_lines(latex, 1e9))


def _line(line: Formula, size: float, width: float, setting: Setting, further: bool) -> Row:
    def draw(x: float, y: float) -> list[Mark]:
        left = x + max(0.0, (width - line.width * size) / 2)
        return list(line.marks(left, y + line.ascent * size + size * 0.1, size, setting.theme.ink))

    return Row((line.ascent + line.descent + 0.2) * size, draw, gap=size * 0.35 if further else 0.0)


def _source(block: FormulaBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    return code(CodeBlock(id=block.id, code=block.latex, language="", caption=block.caption), width, setting)


def image(block: ImageBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    """Keeps its aspect, has its caption under it, and is not enlarged far beyond the size it was meant to have."""
    size = setting.images.get(block.asset)
    if size is None or size.width < 1 or size.height < 1:
        return _missing(block, width, setting)
    aspect = size.width / size.height
    lines = set_lines(block.caption, setting.pen(setting.small, setting.theme.muted), width, balanced=True)
    caption = text_rows(lines, 1.3, align=0.5, width=width)
    below = sum(row.height for row in caption) + (setting.small * 0.5 if caption else 0.0)
    if below > 120:  # a caption as long as a page flows on its own
        under = caption_under(block.id, block.caption, width, setting)
        bare = image(block.model_copy(update={"caption": ""}), width, setting)
        return [*bare, *under]
    natural = min(width / aspect, size.height * _enlarged(size))

    def at(height: float) -> Part:
        tall = max(1.0, min(height - below, natural))
        wide = min(width, tall * aspect)
        tall = min(tall, wide / aspect)

        def boxes(x: float, y: float) -> list[Box]:
            left = x + (width - wide) / 2
            marks: list[Mark] = [
                ImageMark(
                    asset=block.asset,
                    x=near(left),
                    y=near(y),
                    width=near(wide),
                    height=near(tall),
                    alt=block.alt or plain(block.caption),
                )
            ]
            top = y + tall + (setting.small * 0.5 if caption else 0.0)
            for row in caption:
                marks += row.draw(x, top)
                top += row.height
            label = block.alt or plain(block.caption)
            edges = (left, wide) if not caption else (x, width)
            return [figure_box(block.id, (edges[0], y, edges[1], top - y), label, marks)]

        return Solid(height=tall + below, boxes=boxes, space=setting.body * 0.8)

    lowest = min(natural, 150.0) + below
    return [Flexible(lowest=lowest, ideal=natural + below, at=at, space=setting.body * 0.8)]


def _enlarged(size: ImageSize) -> float:
    """Canvas units per pixel, at most. Ten-point print becomes about as large as the text of a slide."""
    return min(_PER_PIXEL, _PER_POINT * 72 / size.density) if size.density else _PER_PIXEL


def _missing(block: ImageBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    """A picture that the work does not have: its words stand in its place."""
    pad = setting.body * 0.7
    words = "\n".join(text for text in (block.alt.strip(), plain(block.caption).strip()) if text) or "…"
    pen = setting.pen(setting.small * 1.1, setting.theme.muted, italic=True)
    rows = text_rows(set_lines(words, pen, width - 2 * pad), 1.35, indent=pad)

    def frame(x: float, y: float, w: float, h: float) -> list[Mark]:
        return [rect(x + 0.5, y + 0.5, w - 1, h - 1, setting.theme.panel, radius=8, edge=setting.theme.line)]

    return [
        Rows(
            block=block.id,
            width=width,
            rows=tuple(rows),
            role="figure",
            space=setting.body * 0.8,
            frame=frame,
            pad=(pad, pad),
            label=block.alt,
        )
    ]
