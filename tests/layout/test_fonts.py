"""The font files, their metrics, and the subsets that an export carries."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from scenewright.domain.drawing import Box, Drawing, TextMark
from scenewright.domain.errors import BadSettings
from scenewright.layout import FontFace, font_subsets, glyphs
from scenewright.layout.fonts import FONT_PACKAGES, advance, face_of, font_file, measure, read_font


def drawing(*texts: str, bold: bool = False, italic: bool = False) -> Drawing:
    marks = tuple(TextMark(x=0, y=20, text=text, width=1, size=20, bold=bold, italic=italic) for text in texts)
    return Drawing(boxes=(Box(block="b", x=0, y=0, width=900, height=30, marks=marks),))


def has(face: FontFace, char: str) -> bool:
    with TTFont(BytesIO(face.data)) as font:
        return ord(char) in font.getBestCmap()


def test_every_package_has_its_licence_and_ranges() -> None:
    for package in FONT_PACKAGES:
        assert font_file(f"{package.package}.unicode.json").is_file()
        assert "SIL Open Font License" in read_font(f"{package.package}.LICENSE").decode()


def test_every_ideograph_is_one_em_wide_in_every_slice() -> None:
    for weight in (400, 700):
        for file in font_file("").iterdir():
            if not (file.name.startswith("noto-sans-sc-") and file.name.endswith(f"-{weight}-normal.woff2")):
                continue
            with TTFont(BytesIO(file.read_bytes()), lazy=True) as font:
                widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
                for code, glyph in font.getBestCmap().items():
                    if 0x4E00 <= code <= 0x9FFF or 0x3041 <= code <= 0x3096 or 0x30A1 <= code <= 0x30FA:
                        assert widths[glyph][0] == units, (file.name, hex(code))


@pytest.mark.parametrize(
    ("char", "package"),
    [
        ("a", "source-sans-3"),
        ("ж", "source-sans-3"),
        ("潮", "noto-sans-sc"),
        ("，", "noto-sans-sc"),
        ("→", "noto-sans-sc"),
        ("ℝ", "noto-sans-math"),
        ("✗", "noto-sans-symbols-2"),
        ("🚀", "noto-emoji"),
    ],
)
def test_a_character_is_drawn_by_the_font_that_is_meant_for_it(char: str, package: str) -> None:
    face = face_of(char, "sans", False, False, False)
    assert face
    assert face.package == package


def test_box_drawing_keeps_its_column_in_code() -> None:
    assert advance("├", "mono") == pytest.approx(advance("x", "mono"))


def test_quotes_are_full_width_in_chinese_only() -> None:
    assert advance("“", "sans", cjk=True) == 1.0
    assert advance("“", "sans", cjk=False) < 0.6


def test_a_script_that_no_font_has_still_takes_room() -> None:
    assert face_of("한", "sans", False, False, False) is None
    assert advance("한") == 1.0
    assert 0 < advance("ع") < 1


def test_measuring_is_the_sum_of_advances() -> None:
    whole = measure("Ebbe & Flut", 22, "sans", True, False, False)
    assert whole == pytest.approx(sum(advance(char, "sans", True) for char in "Ebbe & Flut") * 22)


def test_a_missing_file_says_what_to_do() -> None:
    with pytest.raises(BadSettings, match=r"install Scenewright again"):
        read_font("no-such-font.woff2")


def test_a_subset_holds_what_is_drawn_and_little_more() -> None:
    faces = font_subsets([drawing("潮汐 tide")], language="zh")
    assert {face.family for face in faces} == {"sans"}
    assert any(has(face, "潮") for face in faces)
    assert any(has(face, "t") for face in faces)
    assert not any(has(face, "z") for face in faces)
    assert sum(len(face.data) for face in faces) < 12_000


def test_a_subset_has_no_kerning_and_no_ligatures() -> None:
    for face in font_subsets([drawing("fi AV -> !=")], language="en"):
        with TTFont(BytesIO(face.data)) as font:
            assert not {"GPOS", "GSUB", "kern"} & set(font.keys())


def test_subset_widths_are_those_that_were_measured() -> None:
    for face in font_subsets([drawing("Grüße‐\u00a0x 潮", bold=True)], language="de"):
        with TTFont(BytesIO(face.data)) as font:
            units = font["head"].unitsPerEm
            for code, glyph in font.getBestCmap().items():
                width = font["hmtx"].metrics[glyph][0] / units
                assert width == pytest.approx(advance(chr(code), "sans", True)), hex(code)


def test_italic_chinese_is_declared_italic_so_that_a_browser_finds_it() -> None:
    faces = font_subsets([drawing("潮", italic=True)], language="zh")
    assert [face.style for face in faces if has(face, "潮")] == ["italic"]


def test_the_page_can_ask_for_more_text() -> None:
    faces = font_subsets([], language="en", extra={("sans", True, False): "Play"})
    assert [(face.weight, has(face, "P")) for face in faces] == [(700, True)]


def test_the_same_characters_give_the_same_bytes() -> None:
    one = font_subsets([drawing("abc")], language="en")
    two = font_subsets([drawing("cba"), drawing("b")], language="en")
    assert one == two


def test_unicode_ranges_of_one_style_do_not_overlap() -> None:
    faces = font_subsets([drawing("Tide 潮汐 → 🚀 ж ά")], language="en")
    seen: set[int] = set()
    for face in faces:
        for part in face.unicode_range.split(","):
            first, _, last = part.removeprefix("U+").partition("-")
            codes = set(range(int(first, 16), int(last or first, 16) + 1))
            assert not codes & seen
            seen |= codes


def test_glyphs_are_listed_by_style() -> None:
    assert glyphs([drawing("ab"), drawing("c", bold=True)]) == {
        ("sans", False, False): frozenset("ab"),
        ("sans", True, False): frozenset("c"),
    }
