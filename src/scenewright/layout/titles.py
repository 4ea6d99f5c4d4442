"""Titles: over the blocks, or alone in the middle of an opening page."""

from __future__ import annotations

from dataclasses import dataclass

from scenewright.domain.drawing import HEIGHT, WIDTH, Box, Drawing
from scenewright.domain.slides import ParagraphBlock, Slide
from scenewright.layout.blocks import parts_of
from scenewright.layout.flow import Flexible, Rows, text_rows
from scenewright.layout.ink import near, rect
from scenewright.layout.rich import Line, set_lines, set_plain
from scenewright.layout.setting import Setting
from scenewright.text.inline import plain


@dataclass(frozen=True)
class Title:
    """The title as set; `rest` is what is too long to stand there."""

    lines: tuple[Line, ...]
    rest: tuple[Line, ...]
    height: float


def title_of(text: str, setting: Setting) -> Title:
    theme = setting.theme
    width = WIDTH - 2 * theme.margin - 60  # a title as wide as the page looks cramped
    for size, most in ((theme.title, 1), (theme.title * 0.88, 2), (theme.title * 0.72, 2), (theme.title_floor, 3)):
        pen = setting.pen(size, theme.ink, bold=True, plain=True)
        lines = set_lines(text, pen, width, balanced=True)
        if len(lines) <= most:
            break
    shown, rest = lines[:3], lines[3:]
    if not shown:
        return Title((), (), 8.0)
    height = sum(row.height for row in text_rows(shown, 1.22))
    return Title(shown, rest, height + 30)


def title_boxes(title: Title, setting: Setting) -> list[Box]:
    if not title.lines:
        return []
    theme = setting.theme
    rows = Rows(
        block="title",
        width=WIDTH - 2 * theme.margin - 60,
        rows=tuple(text_rows(title.lines, 1.22)),
        role="title",
    )
    bar = rect(theme.margin, theme.top + rows.height + 6, 54, 3.5, theme.accent, radius=1.75)
    under = Box(block="", x=bar.x, y=bar.y, width=bar.width, height=bar.height, role="decoration", marks=(bar,))
    return [*rows.draw(theme.margin, theme.top), under]


def page_number(number: int, of: int, setting: Setting) -> Box:
    theme = setting.theme
    line = set_plain(f"{number}/{of}", setting.pen(13.0, theme.faint), 60)[0]
    x, y = WIDTH - theme.margin - line.width, HEIGHT - theme.bottom + 8
    return Box(
        block="",
        x=near(x),
        y=near(y),
        width=near(line.width + 0.01),
        height=18,
        role="decoration",
        marks=tuple(line.marks(x, y + 13)),
    )


def opening_of(slide: Slide, setting: Setting) -> Drawing | None:
    """A large title in the middle with at most a paragraph under it; None if the slide has more to show."""
    theme = setting.theme
    if len(slide.blocks) > 1 or not isinstance(slide.blocks[0] if slide.blocks else None, ParagraphBlock | None):
        return None
    if len(plain(slide.title)) > 90 or any(len(plain(block.text)) > 240 for block in slide.blocks):  # type: ignore[union-attr]
        return None
    width = WIDTH - 2 * theme.margin - 80
    pen = setting.pen(theme.opening, theme.ink, bold=True, plain=True)
    lines = set_lines(slide.title, pen, width, balanced=True)
    if not lines or len(lines) > 3:
        return None
    title = Rows(block="title", width=width, rows=tuple(text_rows(lines, 1.2)), role="title")
    below = [part for block in slide.blocks for part in parts_of(block, width * 0.86, setting.at(1.15))]
    parts = [part for part in below if not isinstance(part, Flexible)]
    total = title.height + sum(part.height + 46 for part in parts)
    if total > HEIGHT - theme.top - theme.bottom:
        return None
    x, y = theme.margin + 28, (HEIGHT - total) / 2 - 10
    bar = rect(theme.margin, y + 6, 6, title.height - 8, theme.accent, radius=3)
    side = Box(block="", x=bar.x, y=bar.y, width=bar.width, height=bar.height, role="decoration", marks=(bar,))
    boxes = [side, *title.draw(x, y)]
    y += title.height
    for part in parts:
        boxes += part.draw(x, y + 30)
        y += 30 + part.height
    return Drawing(background=theme.background, boxes=tuple(boxes))
