"""Text set into lines."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scenewright.domain.drawing import RectMark, TextMark
from scenewright.layout.clean import one_line, visible
from scenewright.layout.rich import Line, Pen, set_lines, set_plain

PEN = Pen(size=20, colour="#000000")
CHINESE = Pen(size=20, colour="#000000", cjk=True)


def said(line: Line) -> str:
    return "".join(mark.text for mark in line.marks(0, 0) if isinstance(mark, TextMark))


def texts(text: str, width: float, pen: Pen = PEN) -> list[str]:
    return [said(line) for line in set_lines(text, pen, width)]


def test_nothing_makes_no_line() -> None:
    assert set_lines("", PEN, 100) == ()
    assert set_lines(" \n\t ", PEN, 100) == ()


def test_lines_break_at_spaces_and_fit() -> None:
    lines = set_lines("the quick brown fox jumps over the lazy dog " * 4, PEN, 200)
    assert len(lines) > 3
    assert all(line.width <= 200 for line in lines)


def test_a_hyphenated_word_breaks_after_its_hyphen() -> None:
    assert texts("Mathematisch-naturwissenschaftlich", 190) == ["Mathematisch-", "naturwissenschaftlich"]


def test_a_long_word_breaks_between_syllables_with_a_hyphen() -> None:
    found = texts("Donaudampfschifffahrtsgesellschaft", 130)
    assert len(found) > 1
    assert all(part.endswith("\u2010") for part in found[:-1])
    assert "".join(found).replace("\u2010", "") == "Donaudampfschifffahrtsgesellschaft"


@pytest.mark.parametrize(
    ("word", "signs"),
    [("https://example.org/a/long/path/to/some/page.html?x=1", "/.?="), ("some_very_long_snake_case_name_here", "_")],
)
def test_addresses_and_names_break_after_their_signs_without_a_hyphen(word: str, signs: str) -> None:
    found = texts(word, 110)
    assert len(found) > 2
    assert "".join(found) == word
    assert all(part[-1] in signs for part in found[:-1])


def test_camel_case_breaks_at_its_humps() -> None:
    assert texts("getElementsByClassName", 110)[0] in ("getElements", "getElementsBy")


def test_chinese_breaks_between_characters_but_keeps_the_rules() -> None:
    text = "你好，世界。“中文排版”需要禁则处理，例如《标点》不能出现在行首（括号也是）。" * 3
    for width in range(120, 300, 7):
        found = texts(text, width, CHINESE)
        assert "".join(found) == text
        assert not any(line[0] in "，。”》）" for line in found)
        assert not any(line[-1] in "“《（" for line in found)


def test_chinese_and_latin_stand_a_little_apart() -> None:
    together = set_lines("用Python写", CHINESE, 900)[0]
    alone = sum(set_lines(text, CHINESE, 900)[0].width for text in ("用", "Python", "写"))
    assert alone < together.width < alone + 20


def test_styles_become_runs() -> None:
    marks = set_lines("plain **bold** *slanted* `code`", PEN, 900)[0].marks(0, 0)
    runs = [(m.text, m.bold, m.italic, m.font) for m in marks if isinstance(m, TextMark)]
    assert runs == [
        ("plain", False, False, "sans"),
        ("bold", True, False, "sans"),
        ("slanted", False, True, "sans"),
        ("code", False, False, "mono"),
    ]


def test_a_code_span_has_one_ground_on_each_line() -> None:
    marks = set_lines("run `git commit -m x` now", PEN, 900)[0].marks(0, 0)
    assert len([mark for mark in marks if isinstance(mark, RectMark)]) == 1
    assert [mark.text for mark in marks if isinstance(mark, TextMark)] == ["run", "git commit -m x", "now"]


def test_runs_do_not_overlap() -> None:
    marks = [m for m in set_lines("a **b** `c` d 中 e", PEN, 900)[0].marks(5, 0) if isinstance(m, TextMark)]
    assert marks[0].x == 5
    for one, two in pairwise(marks):
        assert one.x + one.width <= two.x + 0.02


def test_balanced_lines_are_of_like_length() -> None:
    text = "A title that is somewhat longer than one line can be"
    full = set_lines(text, PEN, 400)
    even = set_lines(text, PEN, 400, balanced=True)
    assert len(full) == len(even) == 2
    assert abs(even[0].width - even[1].width) < abs(full[0].width - full[1].width)


def test_a_last_line_is_not_a_lone_short_word_if_that_can_be_helped() -> None:
    text = "The ebb and flow of the sea arise from the actions of the Sun and the Moon on it"
    for width in range(300, 420, 5):
        lines = set_lines(text, PEN, width)
        assert len(lines) == 1 or lines[-1].width > 0.1 * width


def test_plain_text_has_no_marks() -> None:
    assert said(set_plain("**not bold** $5", PEN, 900)[0]) == "**not bold** $5"


def test_a_formula_stands_on_the_baseline_of_its_text() -> None:
    line = set_lines("so $x^2$ holds", PEN, 900)[0]
    assert [mark.type for mark in line.marks(0, 0)] == ["text", "path", "text"]


def test_a_formula_that_cannot_be_drawn_is_shown_as_written() -> None:
    assert r"\frac{1" in said(set_lines(r"so $\frac{1$ holds", PEN, 900)[0])


def test_a_tall_formula_makes_its_line_taller() -> None:
    low = set_lines("x", PEN, 900)[0]
    tall = set_lines(r"$\frac{\frac{a}{b}}{\frac{c}{d}}$", PEN, 900)[0]
    assert tall.ascent + tall.descent > low.ascent + low.descent


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\u202eb", "ab"),
        ("a\u00adb", "ab"),
        ("e\u0301", "é"),
        ("👩\u200d👧", "👩👧"),
        ("👍🏽", "👍"),
        ("a \n\t b", "a b"),
        ("\x00a\x07", "a"),
    ],
)
def test_what_would_draw_nothing_or_turn_the_line_round_is_left_out(raw: str, clean: str) -> None:
    assert one_line(raw) == clean


def test_white_space_of_code_stays() -> None:
    assert visible("a\n\tb  c") == "a\n\tb  c"
