"""Where each line of a script stands, and what stays together where a page ends."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.screenplay import Act, Script, ScriptScene, Slug, Transition
from scenewright.exports.episode.pdf import PAPERS, Layout, Line, PaperName, lay_out, scene_lengths
from scenewright.exports.episode.pdf.cells import clean, width, wrap
from tests.exports.episode.pdf_sample import EVERY, action, said, script_of, scripts

PAPER = st.sampled_from(sorted(PAPERS))


def shown(layout: Layout, page: int = 1) -> list[tuple[float, int, str]]:
    return [(round(line.x, 2), line.y, line.text) for line in layout.pages[page].lines]


def texts(layout: Layout, page: int) -> list[str]:
    return [line.text for line in layout.pages[page].lines]


def test_every_element_of_a_single_camera_script_stands_in_its_column() -> None:
    assert shown(lay_out(script_of(*EVERY, act="Act one"), scene_numbers=True)) == [
        (4.1, 0, "ACT ONE"),
        (1.2, 3, "7"),
        (7.7, 3, "7"),
        (1.5, 3, "INT. BOAT SHED - NIGHT"),
        (1.5, 5, "A lamp swings over an upturned hull."),
        (1.5, 7, "CLOSE ON THE KEEL."),
        (3.7, 9, "ADA (O.S.)"),
        (3.1, 10, "(to the hull)"),
        (2.5, 11, "It floats. It has to."),
        (2.3, 13, "BO QUILL"),
        (5.5, 13, "ADA"),
        (1.5, 14, "It sank twice."),
        (4.7, 14, "It rose twice."),
        (6.8, 16, "CUT TO:"),
        (3.9, 19, "END OF SHOW"),
    ]


def test_a_multi_camera_script_doubles_its_speeches_and_writes_directions_in_capitals() -> None:
    layout = lay_out(script_of(*EVERY[:3], camera="multi"), scene_numbers=True)
    assert shown(layout) == [
        (7.2, -2, "(7)"),
        (1.5, 0, "INT. BOAT SHED - NIGHT"),
        (1.5, 1, "(ADA)"),
        (1.5, 3, "A LAMP SWINGS OVER AN UPTURNED HULL."),
        (1.5, 5, "CLOSE ON THE KEEL."),
        (3.7, 7, "ADA (O.S.)"),
        (2.5, 9, "(TO THE HULL) It floats. It has to."),
    ]
    assert [line.text for line in layout.pages[1].lines if line.underline] == ["INT. BOAT SHED - NIGHT"]


def test_a4_keeps_the_columns_and_moves_the_right_margin() -> None:
    layout = lay_out(script_of(*EVERY), paper="a4", scene_numbers=True)
    assert (1.5, 0, "INT. BOAT SHED - NIGHT") in shown(layout)
    assert (6.5, 13, "CUT TO:") in shown(layout)
    assert (7.4, 0, "7") in shown(layout)


def test_the_title_page_is_not_counted_and_has_no_number() -> None:
    layout = lay_out(script_of(*EVERY))
    assert shown(layout, 0) == [
        (4.1, 15, "LOW TIDE"),
        (3.9, 18, '"The Anchor"'),
        (4.0, 23, "Written by"),
        (4.0, 26, "The author"),
    ]
    assert (layout.count, len(layout.pages)) == (1, 2)


def test_page_numbers_begin_on_the_second_page_of_the_script() -> None:
    layout = lay_out(script_of(*[action("Rain.")] * 60))
    assert not [line for line in layout.pages[1].lines if line.role == "page_number"]
    assert [shown(layout, page)[0] for page in (2, 3)] == [(7.3, -3, "2."), (7.3, -3, "3.")]


LONG = "Nobody asked the boat about it, not once. "  # 42 characters: two lines of a speech


def test_a_speech_breaks_between_sentences_and_says_so_twice() -> None:
    layout = lay_out(script_of(*[action("Rain.")] * 24, said("ada", LONG * 6, extension="V.O.")))
    assert texts(layout, 1)[-4:] == ["ADA (V.O.)", "Nobody asked the boat about it, not", "once.", "(MORE)"]
    assert [line.y for line in layout.pages[1].lines[-4:]] == [50, 51, 52, 53]
    assert texts(layout, 2)[:3] == ["2.", "ADA (V.O.) (CONT'D)", "Nobody asked the boat about it, not"]


def test_a_speech_of_one_sentence_moves_whole() -> None:
    layout = lay_out(script_of(*[action("Rain.")] * 24, said("ada", "and so on " * 12)))
    assert texts(layout, 1)[-1] == "Rain."
    assert texts(layout, 2)[1] == "ADA"


def test_a_sentence_of_more_than_half_a_page_breaks_between_lines() -> None:
    layout = lay_out(script_of(said("ada", "and so on " * 300)))
    assert layout.count == 2
    assert texts(layout, 1)[-1] == "(MORE)"
    assert texts(layout, 2)[1] == "ADA (CONT'D)"
    said_all = " ".join(line.text for page in layout.pages for line in page.lines if line.role == "dialogue")
    assert said_all.split() == ("and so on " * 300).split()


@pytest.mark.parametrize("before", [48, 49, 50, 51, 52])
def test_a_heading_never_stands_alone_at_the_foot(before: int) -> None:
    rain = [action("Rain.")] * (before // 2)
    first = ScriptScene(id="s1", number="1", slug=Slug(place="Shed"), elements=tuple(rain))
    second = first.model_copy(update={"id": "s2", "elements": (said("ada", "One line."),)})
    layout = lay_out(Script(title="T", cast=(), acts=(Act(name="", scenes=(first, second)),)))
    for page in layout.pages:
        assert not page.lines or page.lines[-1].role != "heading"


def test_scenes_without_text_stand_below_each_other() -> None:
    scenes = tuple(ScriptScene(id=f"s{n}", number=f"{n}", slug=Slug(place="Shed")) for n in range(40))
    layout = lay_out(Script(title="T", acts=(Act(name="Act one", scenes=scenes),)))
    assert layout.count == 3


def test_shot_after_shot_fills_the_page_and_the_heading_keeps_the_first() -> None:
    shots = tuple(action("Close on the keel.", camera=True) for _ in range(60))
    for rain in range(20, 27):
        first = script_of(*[action("Rain.")] * rain).scenes[0]
        second = first.model_copy(update={"id": "s2", "elements": shots})
        layout = lay_out(Script(title="T", acts=(Act(name="", scenes=(first, second)),)))
        assert layout.count <= 5
        page = next(
            page for page in layout.pages if any(line.role == "heading" and line.scene == "s2" for line in page.lines)
        )
        assert page.lines[-1].role == "shot"


def test_a_transition_takes_the_end_of_what_is_before_it_along() -> None:
    for count in range(22, 27):
        layout = lay_out(script_of(*[action("Rain.")] * count, said("ada", "One."), Transition(id="t", text="CUT TO:")))
        last = layout.pages[-1].lines
        assert [line.text for line in last][-3:] == ["ADA", "One.", "CUT TO:"]


def test_a_character_who_goes_on_after_a_direction_is_marked() -> None:
    cues = script_of(said("ada", "So."), action("Rain."), said("ada", "Yes."), said("bo", "No."), said("ada", "Yes."))
    found = [line.text for line in lay_out(cues).pages[1].lines if line.role == "character"]
    assert found == ["ADA", "ADA (CONT'D)", "BO QUILL", "ADA"]


def test_the_length_of_a_scene_is_counted_on_its_pages() -> None:
    lengths = scene_lengths(lay_out(script_of(*[action("Rain.")] * 40)))
    assert (lengths["s1"].first, lengths["s1"].last) == (1, 2)
    assert lengths["s1"].lines == 53 + 27
    assert lengths["s1"].eighths == 12


def test_characters_that_turn_the_direction_of_writing_are_not_printed() -> None:
    assert clean("a\u202eb\x00c\td\r\n\n e\ud800 ") == "abc d\ne\ufffd"


@given(st.text(max_size=200), st.integers(2, 60))
def test_wrapping_keeps_every_character_and_the_measure(text: str, columns: int) -> None:
    lines = wrap(clean(text), columns)
    assert "".join(lines).replace(" ", "") == clean(text).replace("\n", "").replace(" ", "")
    assert all(width(line) <= columns for line in lines)


@settings(max_examples=120, deadline=None)
@given(scripts(), PAPER, st.booleans())
def test_no_word_is_lost_and_none_is_outside_the_margins(script: Script, paper: PaperName, numbers: bool) -> None:
    layout = lay_out(script, paper=paper, scene_numbers=numbers)
    lines = [line for page in layout.pages[1:] for line in page.lines]
    assert _letters(lines, "action", "shot", "dialogue", "transition", "parenthetical") == _written(script)
    for line in lines:
        end = line.x + width(line.text) * 0.1
        if line.role == "page_number":
            assert line.y in (-3, -2)
        else:
            assert 0 <= line.y < layout.paper.lines
        if line.role != "scene_number":
            assert line.x >= 1.5 - 1e-9
            assert end <= layout.paper.right + 1e-9
        assert 0.5 < line.x < end < layout.paper.width or not width(line.text)


@settings(max_examples=120, deadline=None)
@given(scripts(), PAPER)
def test_each_more_is_answered_on_the_next_page(script: Script, paper: PaperName) -> None:
    pages = lay_out(script, paper=paper).pages[1:]
    for page, following in zip_longest(pages, pages[1:]):
        more = [n for n, line in enumerate(page.lines) if line.role == "more"]
        assert more in ([], [len(page.lines) - 1])
        if more:
            assert following is not None
            body = [line for line in following.lines if line.role != "page_number"]
            assert body[0].role == "character"
            cue = " ".join(line.text for line in body[:3] if line.role == "character")
            assert "(CONT'D)" in cue
            assert [line.role for line in page.lines[-3:]] == ["dialogue", "dialogue", "more"]
            assert [line.role for line in body if line.role != "character"][:2] == ["dialogue", "dialogue"]


@settings(max_examples=120, deadline=None)
@given(scripts(), PAPER)
def test_headings_shots_and_cues_are_never_the_last_of_a_page(script: Script, paper: PaperName) -> None:
    pages = lay_out(script, paper=paper).pages[1:]
    for page, following in pairwise(pages):
        last, first = page.lines[-1], next(line for line in following.lines if line.role != "page_number")
        if last.role in ("heading", "shot") and first.role != last.role and last.scene == first.scene:
            pytest.fail(f"{last.text} stands alone")
        assert last.role != "parenthetical" or first.role != "dialogue"
        assert not any(a.y == b.y and a.x == b.x for a, b in pairwise(page.lines))


def _written(script: Script) -> Counter[str]:
    found = [text for scene in script.scenes for each in scene.elements for text in _texts_of(each)]
    return _count("".join(map(clean, found)))


def _texts_of(element: object) -> list[str]:
    return [getattr(element, "text", ""), getattr(element, "parenthetical", "")]


def _letters(lines: list[Line], *roles: str) -> Counter[str]:
    return _count("".join(line.text for line in lines if line.role in roles))


def _count(text: str) -> Counter[str]:
    """Capitals are no loss; brackets are ours."""
    return Counter(re.sub(r"[\s()]", "", text.upper()))


@pytest.mark.parametrize("words", range(300, 420, 3))
def test_the_end_of_an_endless_shot_goes_with_the_transition_behind_it(words: int) -> None:
    layout = lay_out(
        script_of(action("Close on the keel. " + "and on " * words, camera=True), Transition(id="t", text="CUT TO:"))
    )
    assert [line.role for line in layout.pages[-1].lines if line.role != "page_number"][-3:] == [
        "shot",
        "shot",
        "transition",
    ]
