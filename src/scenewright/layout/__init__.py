"""Slides laid out: typed blocks become explicit boxes of marks on a fixed canvas, measured with real fonts."""

from __future__ import annotations

from collections.abc import Mapping

from scenewright.domain.drawing import Drawing
from scenewright.domain.slides import Slide
from scenewright.layout.images import image_size
from scenewright.layout.pages import pages_of
from scenewright.layout.setting import ImageSize, Setting
from scenewright.layout.subsets import FontFace, font_subsets, glyphs
from scenewright.layout.theme import DEFAULT, Theme, Tone


def lay_out(
    slide: Slide, *, language: str, images: Mapping[str, ImageSize], theme: Theme = DEFAULT
) -> tuple[Drawing, ...]:
    """The slide as one page or more; the title is repeated on each.

    `language`: BCP 47; decides about full-width punctuation. `images`: pixel sizes by asset name; an image that is
    not among them shows its words instead.

    Pure and deterministic. Every mark lies in its box, every box on the canvas, boxes of different blocks are apart,
    and no word of the slide is lost. The boxes of one item of a block carry its index; together, the boxes of a block
    cover all that it shows.
    """
    return pages_of(slide, Setting(theme=theme, language=language, images=images))


__all__ = [
    "DEFAULT",
    "FontFace",
    "ImageSize",
    "Theme",
    "Tone",
    "font_subsets",
    "glyphs",
    "image_size",
    "lay_out",
]
