"""Pages: the title, then the blocks in one of a few layouts, as large as they fit, on as few pages as they need."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.domain.drawing import HEIGHT, WIDTH, Drawing
from scenewright.domain.slides import CodeBlock, DiagramBlock, ImageBlock, Slide, SlideBlock, TableBlock
from scenewright.layout.blocks import parts_of
from scenewright.layout.blocks.table import natural_width
from scenewright.layout.flow import Flexible, Part, Rows, text_rows
from scenewright.layout.setting import Setting
from scenewright.layout.stacking import Placed, down, fit, flowing, height_of, lowered
from scenewright.layout.titles import Title, opening_of, page_number, title_boxes, title_of

_SPARSE = (1.2, 1.1)  # larger sizes for slides that say little: only if they stay under this share of the page
_SPARSE_SHARE = 0.8
_SCALES = (1.0, 0.93, 0.86, 0.8, 0.74, 0.69, 0.64)
_SIDE_BY_SIDE_FROM = 0.86  # down to this size, columns are preferred to one block under the other
_FLOWING = (0.86, 0.8, 0.74)  # sizes of text that goes on over several pages: the largest with the fewest pages
_SIDE_SHARES = (0.44, 0.5, 0.56)  # of the width for the text beside a figure
_TALL_SHARES = (0.62, 0.5)  # beside a tall image
_GUTTER = 36.0
_FIGURES = ("image", "chart", "diagram", "code", "table")


def pages_of(slide: Slide, setting: Setting) -> tuple[Drawing, ...]:
    if opening := opening_of(slide, setting):
        return (opening,)
    title = title_of(slide.title, setting)
    top = setting.theme.top + title.height
    room = HEIGHT - setting.theme.bottom - top
    bodies = _bodies(slide, title, room, setting)
    drawings: list[Drawing] = []
    for number, body in enumerate(bodies, start=1):
        boxes = [*title_boxes(title, setting)]
        boxes += [box for part, x, y in body for box in part.draw(setting.theme.margin + x, top + y)]
        if len(bodies) > 1:
            boxes.append(page_number(number, len(bodies), setting))
        drawings.append(Drawing(background=setting.theme.background, boxes=tuple(boxes)))
    return tuple(drawings)


def _bodies(slide: Slide, title: Title, room: float, setting: Setting) -> list[list[Placed]]:
    """The placed parts of each page, relative to the top left corner of the body."""
    width = WIDTH - 2 * setting.theme.margin
    blocks = slide.blocks
    if not title.rest:
        scales = (*_SPARSE, *_SCALES)
        large = [scale for scale in scales if scale >= _SIDE_BY_SIDE_FROM]
        small = [scale for scale in scales if scale < _SIDE_BY_SIDE_FROM]
        for arrange, at_scales in ((_beside, large), (_stacked, scales), (_beside, small)):
            if arrange(blocks, width, room, room, setting.at(at_scales[-1])) is None:
                continue  # what does not fit at its smallest fits at no size
            for scale in at_scales:
                limit = room * _SPARSE_SHARE if scale > 1 else room
                placed = arrange(blocks, width, limit, room, setting.at(scale))
                if placed is not None:
                    return [lowered(placed, room)]
    lead: list[Part | Flexible] = []
    if title.rest:
        rows = text_rows(title.rest, 1.25)
        lead.append(Rows(block="title", width=width, rows=tuple(rows), role="title"))
    tried = []
    for scale in _FLOWING:
        parts = [*lead, *(part for block in blocks for part in parts_of(block, width, setting.at(scale)))]
        tried.append(flowing(parts, room))
    return min(tried, key=len) or [[]]


def _stacked(
    blocks: Sequence[SlideBlock], width: float, limit: float, room: float, setting: Setting
) -> list[Placed] | None:
    """Everything one under the other on one page, or None."""
    parts = [part for block in blocks for part in parts_of(block, width, setting)]
    fitted = fit(parts, limit, room)
    return down(fitted, room) if fitted is not None else None


def _beside(
    blocks: Sequence[SlideBlock], width: float, limit: float, room: float, setting: Setting
) -> list[Placed] | None:
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
) -> list[Placed] | None:
    wide = width * share - _GUTTER / 2
    columns = []
    for blocks, each in ((left, wide), (right, width - wide - _GUTTER)):
        fitted = fit([part for block in blocks for part in parts_of(block, each, setting)], limit, limit)
        if fitted is None:
            return None
        columns.append(fitted)
    if not all(columns):
        return None
    heights = [height_of(column) for column in columns]
    if min(heights) < 0.25 * max(heights) and max(heights) > 0.9 * room:
        return None  # one column full, the other nearly empty: better one under the other
    placed: list[Placed] = []
    tallest = max(heights)
    for column, x, height in zip(columns, (0.0, wide + _GUTTER), heights, strict=True):
        shift = (tallest - height) / 2 if len(column) == 1 else 0.0
        placed += [(part, x + px, y + shift) for part, px, y in down(column, max(height, min(room, tallest)))]
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
