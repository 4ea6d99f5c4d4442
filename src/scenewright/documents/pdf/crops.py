"""Parts of a page drawn as pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scenewright.documents.pdf.values import Box, Page, Word, union
from scenewright.documents.pictures import Pictures
from scenewright.documents.reading import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

_FIGURE_DPI = 200.0
_FORMULA_DPI = 400.0  # formulas are shown larger than they are printed
_POINTS = 72.0  # of an inch
_MARGIN = 2.0  # points around a formula
_AT_BAR = 4.0  # points between a fraction bar and what it divides
_GLOW = 0.5  # points that the smoothed edge of a letter reaches beyond its box


class Crops:
    """Draws regions of the pages of one file. Each picture knows its size on paper (pixels and dots per inch)."""

    def __init__(self, open_page: Callable[[int], Any], pictures: Pictures, limits: Limits) -> None:
        self._open_page, self._pictures, self._limits = open_page, pictures, limits

    def figure(self, page: int, box: Box) -> str | None:
        """The asset name; None if there is nothing to see."""
        return self._add(*self._drawn(page, box.grown(3), _FIGURE_DPI))

    def formula(self, page: Page, words: Sequence[Word]) -> str | None:
        """These words and the lines drawn among them, without anything of their neighbours."""
        if not words:
            return None
        words = _with_inner(page, words)
        ink = union(word.box for word in words)
        lines = [one for one in (*page.rules, *page.drawings) if one.area < ink.area and ink.grown(1).touches(one)]
        box = union([ink, *(line for line in lines if line.width < ink.width * 1.3)]).grown(_MARGIN)
        image, dots = self._drawn(page.number, box, _FORMULA_DPI)
        if image is None:
            return None
        own = {id(word) for word in words}
        others = [word.box for word in page.words if id(word) not in own and word.box.grown(1).touches(box)]
        kept = [*(word.box for word in words), *lines]
        return self._add(_trimmed(_without(image, others, kept, box, dots / _POINTS), dots), dots)

    def _drawn(self, number: int, box: Box, wanted: float) -> tuple[Image | None, float]:
        page = self._open_page(number)
        try:
            width, height = page.get_size()
            crop = (max(box.x0, 0), max(height - box.bottom, 0), max(width - box.x1, 0), max(box.top, 0))
            if width - crop[0] - crop[2] < 4 or height - crop[1] - crop[3] < 4:
                return None, 0.0
            scale = min(wanted / _POINTS, (self._limits.max_image_side - 1) / max(box.width, box.height, 1))
            return page.render(scale=scale, crop=crop).to_pil().convert("RGB"), scale * _POINTS
        finally:
            page.close()

    def _add(self, image: Image | None, dots: float) -> str | None:
        if image is None or len(image.convert("L").getcolors() or (0, 0)) == 1:
            return None
        return self._pictures.add_image(image, dots)


def _with_inner(page: Page, words: Sequence[Word]) -> list[Word]:
    """And what stands inside the formula or above and below its fraction bars, whatever it was taken for."""
    ink = union(word.box for word in words)
    bars = [one.grown(_AT_BAR) for one in page.rules if one.height < 2 and ink.grown(1).touches(one)]
    bars = [bar for bar in bars if bar.width < ink.width + 2 * _AT_BAR]
    own = {id(word) for word in words}
    reach = replace(ink, x0=ink.x0 - _AT_BAR, x1=ink.x1 + _AT_BAR * 2)
    inner = [word for word in page.words if id(word) not in own and (reach.holds(word.box) or _is_at(bars, word.box))]
    return [*words, *inner]


def _is_at(bars: Sequence[Box], box: Box) -> bool:
    return any(bar.touches(box) and bar.x0 <= box.x0 and box.x1 <= bar.x1 for bar in bars)


def _without(image: Image, others: Sequence[Box], kept: Sequence[Box], around: Box, scale: float) -> Image:
    """The picture with other words painted white, except where they reach into what is kept."""
    out = image.copy()
    for box in others:
        out.paste((255, 255, 255), _pixels(box.grown(_GLOW), around, scale, image))
    for box in kept if others else ():
        area = _pixels(box, around, scale, image)
        out.paste(image.crop(area), area)
    return out


def _trimmed(image: Image, dots: float) -> Image:
    """With the same margin on all sides. An empty picture stays as it is."""
    from PIL import ImageOps  # with the pictures, as in pictures.py

    ink = image.convert("L").point(lambda value: 255 if value < 250 else 0).getbbox()
    if ink is None:
        return image
    return ImageOps.expand(image.crop(ink), round(_MARGIN * dots / _POINTS), fill=(255, 255, 255))


def _pixels(box: Box, around: Box, scale: float, image: Image) -> tuple[int, int, int, int]:
    left, top = max(around.x0, 0.0), max(around.top, 0.0)
    x0, x1 = (min(max(round((x - left) * scale), 0), image.width) for x in (box.x0, box.x1))
    y0, y1 = (min(max(round((y - top) * scale), 0), image.height) for y in (box.top, box.bottom))
    return x0, y0, max(x0, x1), max(y0, y1)
