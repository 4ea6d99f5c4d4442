"""What holds for every slide whatever it says: everything lies where it belongs, nothing is lost."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import HealthCheck, given, settings

from scenewright.domain.drawing import HEIGHT, WIDTH, Box, Drawing, ImageMark, Mark, PathMark, RectMark, TextMark
from scenewright.domain.slides import Slide
from scenewright.layout import lay_out
from scenewright.layout.fonts import measure
from scenewright.layout.rich import ASCENT, DESCENT
from tests.layout.strategies import IMAGES, languages, slides
from tests.layout.words import words_of

EPSILON = 0.06  # coordinates are rounded to hundredths

lenient = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def extent(mark: Mark) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    if isinstance(mark, TextMark):
        # a run in a smaller font on the line keeps within the line's own height
        return mark.x, mark.y - ASCENT * mark.size, mark.x + mark.width, mark.y + DESCENT * mark.size
    if isinstance(mark, PathMark):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", mark.data)]
        half = mark.stroke_width / 2 if mark.stroke else 0.0
        return (
            min(numbers[::2]) - half,
            min(numbers[1::2]) - half,
            max(numbers[::2]) + half,
            max(numbers[1::2]) + half,
        )
    assert isinstance(mark, RectMark | ImageMark)
    half = mark.stroke_width / 2 if isinstance(mark, RectMark) and mark.stroke else 0.0
    return mark.x - half, mark.y - half, mark.x + mark.width + half, mark.y + mark.height + half


def assert_inside(box: Box) -> None:
    for mark in box.marks:
        left, top, right, bottom = extent(mark)
        assert left >= box.x - EPSILON, (box.block, mark)
        assert right <= box.x + box.width + EPSILON, (box.block, box.x + box.width, mark)
        assert top >= box.y - EPSILON, (box.block, box.y, mark)
        assert bottom <= box.y + box.height + EPSILON, (box.block, box.y + box.height, mark)


def assert_sound(drawing: Drawing) -> None:
    for box in drawing.boxes:
        assert_inside(box)
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= WIDTH + EPSILON
        assert box.y + box.height <= HEIGHT + EPSILON, box
    for index, one in enumerate(drawing.boxes):
        for two in drawing.boxes[index + 1 :]:
            if one.block != two.block or (not one.block and not two.block):
                across = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
                down = min(one.y + one.height, two.y + two.height) - max(one.y, two.y)
                assert across <= EPSILON or down <= EPSILON, (one, two)


@given(slides, languages)
@lenient
def test_every_mark_lies_in_its_box_and_every_box_has_its_own_place(slide: Slide, language: str) -> None:
    drawings = lay_out(slide, language=language, images=IMAGES)
    assert drawings
    for drawing in drawings:
        assert_sound(drawing)


@given(slides, languages)
@lenient
def test_no_word_is_lost_and_their_order_stays(slide: Slide, language: str) -> None:
    drawings = lay_out(slide, language=language, images=IMAGES)
    for block, wanted in words_of(slide).items():
        boxes = [
            box
            for number, drawing in enumerate(drawings)
            for index, box in enumerate(drawing.boxes)
            if box.block == block and not (number and index == 0 and block == "title")  # the repeated title
        ]
        drawn = "".join(mark.text for box in boxes for mark in box.marks if isinstance(mark, TextMark))
        heard = " ".join(dict.fromkeys(box.label for box in boxes if box.label))
        for run in wanted:
            text = letters(run)
            assert text in letters(drawn) or text in letters(heard), (block, run, drawn)


def letters(text: str) -> str:
    """Without white space, inserted hyphens and invisible characters; composed."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        char
        for char in text
        if not char.isspace()
        and char != "\u2010"
        and unicodedata.category(char) not in ("Cc", "Cf", "Cn", "Cs", "Co")
        and not 0xFE00 <= ord(char) <= 0xFE0F
        and not 0x1F3FB <= ord(char) <= 0x1F3FF
    )


@given(slides, languages)
@settings(parent=lenient, max_examples=20)
def test_widths_are_those_of_the_fonts_and_equal_slides_give_equal_drawings(slide: Slide, language: str) -> None:
    drawings = lay_out(slide, language=language, images=IMAGES)
    assert drawings == lay_out(slide, language=language, images=dict(reversed(IMAGES.items())))
    for drawing in drawings:
        for box in drawing.boxes:
            for mark in box.marks:
                if isinstance(mark, TextMark):
                    cjk = language.startswith("zh") and mark.font == "sans"
                    width = measure(mark.text, mark.size, mark.font, mark.bold, mark.italic, cjk)
                    assert abs(width - mark.width) <= 0.05 + 0.002 * width, mark
