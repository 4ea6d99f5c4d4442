"""Headings, paragraphs, bullets, steps, callouts, comparisons and quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scenewright.domain.drawing import Mark
from scenewright.domain.slides import (
    BulletsBlock,
    CalloutBlock,
    ComparisonBlock,
    HeadingBlock,
    ParagraphBlock,
    QuoteBlock,
    StepsBlock,
)
from scenewright.layout.blocks.icons import icon
from scenewright.layout.flow import Columns, Flexible, Frame, Part, Row, Rows, text_rows
from scenewright.layout.ink import circle, fill, rect
from scenewright.layout.rich import Pen, set_lines, set_plain
from scenewright.layout.setting import Setting
from scenewright.layout.theme import Theme, Tone


def heading(block: HeadingBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    pen = setting.pen(setting.heading, setting.theme.accent, bold=True)
    rows = text_rows(set_lines(block.text, pen, width, balanced=True), 1.25)
    return _some(
        Rows(
            block=block.id,
            width=width,
            rows=tuple(rows),
            role="heading",
            space=setting.body * 1.0,
            keep=True,
            least=len(rows),
        )
    )


def paragraph(block: ParagraphBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    rows = text_rows(set_lines(block.text, setting.pen(setting.body), width), setting.theme.leading)
    return _some(Rows(block=block.id, width=width, rows=tuple(rows), space=setting.body * 0.7, least=2))


def bullets(block: BulletsBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    pen = setting.pen(setting.body)
    rows = _listed(block.items, pen, width, setting, colour=setting.theme.accent, items=True)
    return _some(Rows(block=block.id, width=width, rows=tuple(rows), space=setting.body * 0.7))


def steps(block: StepsBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    pen = setting.pen(setting.body)
    indent = setting.body * 2.0
    rows: list[Row] = []
    for index, text in enumerate(block.items):
        lines = set_lines(text, pen, width - indent) or set_plain("\u2013", pen, width - indent)
        found = text_rows(
            lines,
            setting.theme.leading,
            indent=indent,
            item=index,
            gap=setting.body * 0.55,
            first=_number(index + 1, setting),
        )
        found[0] = _taller(found[0], setting.body * 1.6)
        rows += found
    return _some(Rows(block=block.id, width=width, rows=tuple(rows), space=setting.body * 0.8))


def quote(block: QuoteBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    theme = setting.theme
    size = setting.body * 1.08
    indent = size * 1.6
    rows = text_rows(set_lines(block.text, setting.pen(size, italic=True), width - indent), 1.42, indent=indent)
    if block.attribution.strip():
        by = set_plain("\u2014 " + block.attribution, setting.pen(setting.small, theme.muted), width - indent)
        if rows:
            rows[-1] = Row(rows[-1].height, rows[-1].draw, None, rows[-1].gap, keep=True)
        rows += text_rows(by, 1.35, indent=indent, gap=size * 0.35)

    def frame(x: float, y: float, w: float, h: float) -> list[Mark]:
        return [
            rect(x, y, max(3.0, size * 0.16), h, theme.accent, radius=size * 0.08),
            *(fill(outline, theme.line) for outline in icon("quote", x + size * 0.5, y + size * 0.35, size * 0.8)),
        ]

    return _some(
        Rows(
            block=block.id,
            width=width,
            rows=tuple(rows),
            role="quote",
            space=setting.body * 0.9,
            frame=frame,
            pad=(size * 0.25, size * 0.25),
        )
    )


def callout(block: CalloutBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    tone: Tone = getattr(setting.theme, block.tone)
    size = setting.body
    left, right = size * 2.5, size * 0.9
    pen = setting.pen(size, plain=True)
    rows = text_rows(set_lines(block.text, pen, width - left - right), setting.theme.leading, indent=left)

    def frame(x: float, y: float, w: float, h: float) -> list[Mark]:
        middle = y + size * 0.6 + size * setting.theme.leading / 2
        return [
            rect(x, y, w, h, tone.soft, radius=8),
            rect(x, y, 5, h, tone.accent, radius=2.5),
            fill(circle(x + size * 1.4, middle, size * 0.58), tone.accent),
            *(
                fill(outline, "#ffffff")
                for outline in icon(block.tone, x + size * 1.4 - size * 0.36, middle - size * 0.36, size * 0.72)
            ),
        ]

    return _some(
        Rows(
            block=block.id,
            width=width,
            rows=tuple(rows),
            space=setting.body * 0.9,
            frame=frame,
            pad=(size * 0.6, size * 0.6),
            least=2,
        )
    )


def comparison(block: ComparisonBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    """Item 0 is the left side, item 1 the right side."""
    theme = setting.theme
    gap = 24.0
    each = (width - gap) / 2
    sides = (
        _card(block.id, 0, block.left_title, block.left, each, setting, theme.key),
        _card(block.id, 1, block.right_title, block.right, each, setting, theme.tip),
    )
    if not any(side.rows for side in sides):
        return []
    return [Columns(columns=sides, offsets=(0.0, each + gap), space=setting.body * 0.8)]


def _card(block: str, item: int, title: str, lines: Sequence[str], width: float, setting: Setting, tone: Tone) -> Rows:
    pad = setting.body * 0.85
    inner = width - 2 * pad
    pen = setting.pen(setting.body * 1.02, tone.accent, bold=True, plain=True)
    rows = text_rows(set_lines(title, pen, inner, balanced=True), 1.3, indent=pad, item=item)
    if rows:
        rows[-1] = Row(rows[-1].height, rows[-1].draw, item, rows[-1].gap, keep=bool(lines))
    body = setting.pen(setting.body * 0.92, plain=True)
    listed = _listed(lines, body, inner, setting, colour=tone.accent, items=False, shift=pad)
    rows += [Row(row.height, row.draw, item, row.gap, row.keep) for row in listed]
    return Rows(
        block=block,
        width=width,
        rows=tuple(rows),
        frame=_panel(setting.theme, tone),
        pad=(pad, pad),
    )


def _panel(theme: Theme, tone: Tone) -> Frame:
    def frame(x: float, y: float, w: float, h: float) -> list[Mark]:
        return [rect(x, y, w, h, theme.panel, radius=8), rect(x, y, w, 5, tone.accent, radius=2.5)]

    return frame


def _listed(
    texts: Sequence[str],
    pen: Pen,
    width: float,
    setting: Setting,
    *,
    colour: str,
    items: bool,
    shift: float = 0.0,
) -> list[Row]:
    indent = pen.size * 1.15
    rows: list[Row] = []

    def dot(x: float, _: float, base: float) -> list[Mark]:
        return [fill(circle(x + shift + pen.size * 0.36, base - pen.size * 0.3, pen.size * 0.155), colour)]

    for index, text in enumerate(texts):
        lines = set_lines(text, pen, width - indent)
        rows += text_rows(
            lines,
            setting.theme.leading,
            indent=shift + indent,
            item=index if items else None,
            gap=pen.size * 0.42,
            first=dot,
        )
    return rows


def _number(number: int, setting: Setting) -> Callable[[float, float, float], list[Mark]]:
    size = setting.body
    label = set_plain(str(number), setting.pen(size * (0.8 if number < 10 else 0.68), "#ffffff", bold=True), size * 3)[
        0
    ]

    def draw(x: float, top: float, base: float) -> list[Mark]:
        radius = size * 0.74
        middle_x, middle_y = x + size * 0.8, max(base - size * 0.32, top + radius)
        return [
            fill(circle(middle_x, middle_y, radius), setting.theme.accent),
            *label.marks(middle_x - label.width / 2, middle_y + label.pen.size * 0.33),
        ]

    return draw


def _taller(row: Row, height: float) -> Row:
    """At least this high, with what it draws in the middle."""
    down = max(0.0, height - row.height) / 2
    return Row(row.height + 2 * down, lambda x, y: row.draw(x, y + down), row.item, row.gap)


def _some(rows: Rows) -> list[Part | Flexible]:
    return [rows] if rows.rows else []
