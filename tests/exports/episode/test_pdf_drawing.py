"""The file itself, measured: what the reference layout says in inches is where the ink is."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.exports.episode.pdf import PaperName, draw, lay_out
from tests.exports.episode.pdf_sample import EVERY, action, said, script_of


def origins(pdf: bytes, page: int = 1) -> list[tuple[str, float, float]]:
    """Each character with its origin: inches from the left edge, and from the upper one to its baseline."""
    opened = pypdfium2.PdfDocument(pdf)
    sheet = opened[page]
    text = sheet.get_textpage()
    found, x, y = [], ctypes.c_double(), ctypes.c_double()
    for n in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, n))
        if raw.FPDFText_GetCharOrigin(text, n, x, y) and character.strip():
            found.append((character, x.value / 72, (sheet.get_height() - y.value) / 72))
    for each in (text, sheet, opened):
        each.close()
    return found


def words(pdf: bytes, page: int = 1) -> dict[str, tuple[float, float]]:
    """The first place of each run of characters without a gap, in inches."""
    found: dict[str, tuple[float, float]] = {}
    word, start, end = "", (0.0, 0.0), (0.0, 0.0)
    for character, x, y in [*origins(pdf, page), ("", -1.0, -1.0)]:
        if word and (abs(x - end[0]) > 0.01 or abs(y - end[1]) > 0.01):
            found.setdefault(word, start)
            word = ""
        start = start if word else (x, y)
        word, end = word + character, (x + 0.1, y)
    return found


@pytest.mark.parametrize(("paper", "right"), [("letter", 7.5), ("a4", 7.2)])
def test_each_element_is_drawn_where_the_reference_says(paper: PaperName, right: float) -> None:
    at = words(draw(lay_out(script_of(*EVERY), paper=paper, scene_numbers=True)))
    baseline = 1 + 9 / 72  # inches: of the first line
    expected = {
        "INT.": (1.5, 0),
        "swings": (2.2, 2),
        "CLOSE": (1.5, 4),
        "ADA": (3.7, 6),
        "(to": (3.1, 7),
        "floats.": (2.8, 8),
        "BO": (2.3, 10),
        "TO:": (right - 0.3, 13),
    }
    for word, (x, line) in expected.items():
        assert list(at[word]) == pytest.approx([x, baseline + line / 6], abs=0.005), word


def placed(pdf: bytes, page: int = 1) -> dict[str, tuple[float, float]]:
    """As `words`, with the line on the page for the height."""
    return {word: (round(x, 2), round((y - 1 - 9 / 72) * 6, 1)) for word, (x, y) in words(pdf, page).items()}


def test_the_edges_of_a_scene_and_lines_at_once_are_drawn_where_the_reference_says() -> None:
    at = placed(draw(lay_out(script_of(*EVERY, act="Act one", number="17"), scene_numbers=True)))
    assert at["17"] == (1.1, 3)  # ends at 1.3
    assert {word: at[word] for word in ("ACT", "INT.", "QUILL", "sank", "rose", "END")} == {
        "ACT": (4.1, 0),  # seven characters around the middle of 1.5 and 7.5
        "INT.": (1.5, 3),
        "QUILL": (2.6, 13),  # a name that begins at 1.5 + 0.8
        "sank": (1.8, 14),  # the left half begins at 1.5
        "rose": (5.0, 14),  # the right one at 4.7
        "END": (3.9, 19),
    }


def test_a_multi_camera_page_is_drawn_as_the_reference_says() -> None:
    at = placed(draw(lay_out(script_of(*EVERY, camera="multi"), scene_numbers=True)))
    assert at["(7)"] == (7.2, -2)  # ends at 7.5, under the page number
    assert at["INT."] == (1.5, 0)
    assert at["(ADA,"] == (1.5, 1)
    assert at["SWINGS"] == (2.2, 3)
    assert at["(O.S.)"] == (4.1, 7)  # behind a name at 3.7
    assert (at["(TO"], at["floats."]) == ((2.5, 9), (4.2, 9))  # double-spaced: a blank line below the name


def test_the_title_page_is_drawn_from_three_and_a_half_inches_down() -> None:
    at = words(draw(lay_out(script_of(*EVERY))), page=0)
    assert list(at["LOW"]) == pytest.approx([4.1, 3.5 + 9 / 72], abs=0.005)
    assert at["Written"][0] == pytest.approx(4.0, abs=0.005)


def test_sixty_characters_are_six_inches() -> None:
    xs = [x for _, x, _ in origins(draw(lay_out(script_of(action("m" * 60))))) if x >= 1.5][-60:]
    assert xs == pytest.approx([1.5 + n / 10 for n in range(60)], abs=0.01)


def test_the_page_number_is_half_an_inch_below_the_edge() -> None:
    at = words(draw(lay_out(script_of(*[action("Rain.")] * 40))), page=2)
    assert list(at["2."]) == pytest.approx([7.3, 0.5 + 9 / 72], abs=0.005)


def test_the_sheets_have_their_sizes_and_the_font_is_in_the_file() -> None:
    for paper, size in (("letter", (612, 792)), ("a4", (595.276, 841.89))):
        pdf = draw(lay_out(script_of(*EVERY), paper=paper))  # type: ignore[arg-type]
        opened = pypdfium2.PdfDocument(pdf)
        assert opened[0].get_size() == pytest.approx(size, abs=0.01)
        assert len(opened) == 2
        assert opened.get_metadata_dict()["Title"] == "The Anchor"
        opened.close()
        assert b"CourierPrime" in pdf
        assert b"/FontFile2" in pdf


HOSTILE = '#set page(fill: red) #read("/etc/passwd") $x^2$ *a* _b_ `c` \\ "d" <e> @f // g /* h */ [i] {j} -- ~'


def test_what_is_written_is_drawn_and_never_run() -> None:
    pdf = draw(lay_out(script_of(action(HOSTILE), said("bo", HOSTILE, parenthetical=HOSTILE))))
    drawn = "".join(character for character, _, _ in origins(pdf))
    assert HOSTILE.replace(" ", "") in drawn
    assert drawn.count("#read") == 3


def test_other_scripts_keep_to_the_columns() -> None:
    found = origins(draw(lay_out(script_of(action("小船 жизнь x")))))
    places = {character: x for character, x, y in found if y > 1.4}
    assert places["船"] == pytest.approx(1.7, abs=0.005)
    assert places["x"] == pytest.approx(2.6, abs=0.005)


def test_the_same_script_gives_the_same_bytes() -> None:
    assert draw(lay_out(script_of(*EVERY))) == draw(lay_out(script_of(*EVERY)))


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
def test_any_text_can_be_drawn(text: str) -> None:
    script = script_of(action(text), said("ada", text)).model_copy(update={"title": text, "language": text})
    assert draw(lay_out(script)).startswith(b"%PDF")
