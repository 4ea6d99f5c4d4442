"""Pages: the title, then the blocks in one of a few layouts, as large as they fit, on as few pages as they need."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.domain.drawing import HEIGHT, WIDTH, Box, Drawing
from scenewright.domain.slides import CodeBlock, DiagramBlock, ImageBlock, ParagraphBlock, Slide, SlideBlock, TableBlock
from scenewright.layout.blocks import parts_of
from scenewright.layout.blocks.table import natural_width
from scenewright.layout.flow import Flexible, Part, Rows, text_rows
from scenewright.layout.ink import near, rect
from scenewright.layout.rich import Line, set_lines, set_plain
from scenewright.layout.setting import Setting
from scenewright.text.inline import plain

_SPARSE = (1.2, 1.1)  # larger sizes for slides that say little: only if they stay under this share of the page
_SPARSE_SHARE = 0.8
_SCALES = (1.0, 0.93, 0.86, 0.8, 0.74, 0.69, 0.64)
_SIDE_BY_SIDE_FROM = 0.86  # down to this size, columns are preferred to one block under the other
_LOWERED = 0.3  # a page that is not full starts this share of its free height lower ...
_LOWERED_MOST = 30.0  # ... but at most so many units; a lone block twice as many
_FLOWING = (0.86, 0.8, 0.74)  # sizes of text that goes on over several pages: the largest with the fewest pages
_SIDE_SHARES = (0.44, 0.5, 0.56)  # of the width for the text beside a figure
_TALL_SHARES = (0.62, 0.5)  # beside a tall image
_GUTTER = 36.0
_FIGURES = ("image", "chart", "diagram", "code", "table")
_STRETCH = 1.7  # spaces between parts grow up to this where there is room


@dataclass(frozen=True)
class Title:
    """The title as set; `rest` is what is too long to stand there."""

    lines: tuple[Line, ...]
    rest: tuple[Line, ...]
    height: float


def pages_of(slide: Slide, setting: Setting) -> tuple[Drawing, ...]:
    if opening := _opening(slide, setting):
        return (opening,)
    title = _title(slide.title, setting)
    top = setting.theme.top + title.height
    room = HEIGHT - setting.theme.bottom - top
    bodies = _bodies(slide, title, room, setting)
    drawings: list[Drawing] = []
    for number, body in enumerate(bodies, start=1):
        boxes = [*_title_boxes(title, setting)]
        boxes += [box for part, x, y in body for box in part.draw(setting.theme.margin + x, top + y)]
        if len(bodies) > 1:
            boxes.append(_page_number(number, len(bodies), setting))
        drawings.append(Drawing(background=setting.theme.background, boxes=tuple(boxes)))
    return tuple(drawings)


_Placed = tuple[Part, float, float]


def _bodies(slide: Slide, title: Title, room: float, setting: Setting) -> list[list[_Placed]]:
    """The placed parts of each page, relative to the top left corner of the body."""
    width = WIDTH - 2 * setting.theme.margin
    blocks = slide.blocks
    if not title.rest:
        scales = (*_SPARSE, *_SCALES)
        large = [scale for scale in scales if scale >= _SIDE_BY_SIDE_FROM]
        small = [scale for scale in scales if scale < _SIDE_BY_SIDE_FROM]
        for arrange, at_scales in ((_beside, large), (_stacked, scales), (_beside, small)):
            for scale in at_scales:
                limit = room * _SPARSE_SHARE if scale > 1 else room
                placed = arrange(blocks, width, limit, room, setting.at(scale))
                if placed is not None:
                    return [_lowered(placed, room)]
    lead: list[Part | Flexible] = []
    if title.rest:
        rows = text_rows(title.rest, 1.25)
        lead.append(Rows(block="title", width=width, rows=tuple(rows), role="title"))
    tried = []
    for scale in _FLOWING:
        parts = [*lead, *(part for block in blocks for part in parts_of(block, width, setting.at(scale)))]
        tried.append(_flowing(parts, room))
    return min(tried, key=len) or [[]]


def _lowered(placed: list[_Placed], room: float) -> list[_Placed]:
    """A page that is not full sits a little lower, so that it does not hang from its title."""
    bottom = max((y + part.height for part, _, y in placed), default=0.0)
    most = _LOWERED_MOST * (2 if len(placed) < 3 else 1)
    shift = min(most, max(0.0, room - bottom) * _LOWERED)
    return [(part, x, y + shift) for part, x, y in placed]


def _stacked(
    blocks: Sequence[SlideBlock], width: float, limit: float, room: float, setting: Setting
) -> list[_Placed] | None:
    """Everything one under the other on one page, or None."""
    parts = [part for block in blocks for part in parts_of(block, width, setting)]
    fitted = _fit(parts, limit, room)
    return _down(fitted, room) if fitted is not None else None


def _beside(
    blocks: Sequence[SlideBlock], width: float, limit: float, room: float, setting: Setting
) -> list[_Placed] | None:
    """Text on the left and one figure on the right, or two figures side by side; None if that is no good."""
    figures = [block for block in blocks if block.type in _FIGURES]
    words = [block for block in blocks if block.type not in _FIGURES]
    if any(block.type == "comparison" for block in words):
        return None
    if len(figures) == 2 and not words:
        return _two(figures[:1], figures[1:], width, 0.5, limit, room, setting)
    if len(figures) != 1 or not words:
        return None
    for share in _TALL_SHARES if _is_tall(figures[0], setting) else _SIDE_SHARES:
        if not _suits(figures[0], (1 - share) * width - _GUTTER, setting):
            continue
        text_first = blocks.index(figures[0]) > 0
        left, right = (words, figures) if text_first else (figures, words)
        placed = _two(left, right, width, share if text_first else 1 - share, limit, room, setting)
        if placed is not None:
            return placed
    return None


def _two(
    left: Sequence[SlideBlock],
    right: Sequence[SlideBlock],
    width: float,
    share: float,
    limit: float,
    room: float,
    setting: Setting,
) -> list[_Placed] | None:
    wide = width * share - _GUTTER / 2
    columns = []
    for blocks, each in ((left, wide), (right, width - wide - _GUTTER)):
        fitted = _fit([part for block in blocks for part in parts_of(block, each, setting)], limit, limit)
        if fitted is None:
            return None
        columns.append(fitted)
    if not all(columns):
        return None
    heights = [_height(column) for column in columns]
    if min(heights) < 0.25 * max(heights) and max(heights) > 0.9 * room:
        return None  # one column full, the other nearly empty: better one under the other
    placed: list[_Placed] = []
    tallest = max(heights)
    for column, x, height in zip(columns, (0.0, wide + _GUTTER), heights, strict=True):
        shift = (tallest - height) / 2 if len(column) == 1 else 0.0
        placed += [(part, x + px, y + shift) for part, px, y in _down(column, max(height, min(room, tallest)))]
    return placed


def _suits(block: SlideBlock, width: float, setting: Setting) -> bool:
    """Whether a figure can be read at this width."""
    match block:
        case CodeBlock():
            longest = max((len(line.expandtabs(4)) for line in block.code.splitlines()), default=0)
            return longest * 0.6 * max(setting.theme.floor, setting.code * 0.85) <= width - 32
        case TableBlock():
            return natural_width(block, setting) <= width
        case DiagramBlock():
            return len(block.nodes) <= 7
        case ImageBlock():
            size = setting.images.get(block.asset)
            return size is None or size.width < 2.6 * size.height
        case _:
            return True


def _is_tall(block: SlideBlock, setting: Setting) -> bool:
    size = setting.images.get(block.asset) if isinstance(block, ImageBlock) else None
    return size is not None and size.width < 0.9 * size.height


def _fit(parts: Sequence[Part | Flexible], limit: float, room: float) -> list[Part] | None:
    """All parts at fixed heights within `limit`; figures share what is left of it. None if they do not fit."""
    spaces = sum(part.space for part in parts[1:])
    rigid = sum(part.height for part in parts if not isinstance(part, Flexible))
    flexible = [part for part in parts if isinstance(part, Flexible)]
    free = (room if flexible else limit) - spaces - rigid - sum(part.lowest for part in flexible)
    if free < -1e-6 or (flexible and rigid + spaces > limit):
        return None
    fitted: list[Part] = []
    wishes = sum(part.ideal - part.lowest for part in flexible)
    for part in parts:
        if isinstance(part, Flexible):
            share = min(1.0, free / wishes) if wishes > 0 else 0.0
            fitted.append(part.at(part.lowest + (part.ideal - part.lowest) * share))
        else:
            fitted.append(part)
    return fitted


def _height(parts: Sequence[Part]) -> float:
    return sum(part.height for part in parts) + sum(part.space for part in parts[1:])


def _down(parts: Sequence[Part], room: float) -> list[_Placed]:
    """One under the other, with a little more air where there is room."""
    spaces = sum(part.space for part in parts[1:])
    stretch = min(_STRETCH, 1 + max(0.0, room - _height(parts)) / spaces) if spaces else 1.0
    placed: list[_Placed] = []
    y = 0.0
    for index, part in enumerate(parts):
        if index:
            gap = part.space
            y += gap if parts[index - 1].keep else gap * stretch
        placed.append((part, 0.0, y))
        y += part.height
    return placed


def _flowing(parts: Sequence[Part | Flexible], room: float) -> list[list[_Placed]]:
    """Page after page; parts are split between their rows, figures shrink a little rather than leave a hole."""
    queue = deque(parts)
    pages: list[list[Part]] = []
    page: list[Part] = []

    def turn() -> None:
        nonlocal page
        back: list[Part] = []
        while len(page) > 1 and page[-1].keep:
            back.append(page.pop())
        pages.append(page)
        queue.extendleft(back)
        page = []

    while queue:
        part = queue.popleft()
        left = room - _height(page) - (part.space if page else 0.0)
        if isinstance(part, Flexible):
            if left >= part.lowest or not page:
                page.append(part.at(min(part.ideal, max(left, 1.0))))
            else:
                queue.appendleft(part)
                turn()
            continue
        head, rest = part.split(left)
        if head is None and not page:
            head, rest = part.forced(left) if isinstance(part, Rows) else (part, None)
        if head is not None:
            page.append(head)
        if rest is not None:
            queue.appendleft(rest)
            turn()
    if page:
        pages.append(page)
    return [_down(page, room) for page in pages]


def _title(text: str, setting: Setting) -> Title:
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


def _title_boxes(title: Title, setting: Setting) -> list[Box]:
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


def _page_number(number: int, of: int, setting: Setting) -> Box:
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


def _opening(slide: Slide, setting: Setting) -> Drawing | None:
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
