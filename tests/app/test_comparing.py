"""Texts in sections, and two of them compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scenewright.app.comparing import SceneDiff, compared
from scenewright.app.sections import Section, sections

SCRIPT = """Title: Fog

# ACT ONE

> ACT ONE <

## Lamps

INT. LAMP ROOM - NIGHT #1#

BO
INT. is short for interior.

> END OF ACT ONE <

===

# ACT TWO

> ACT TWO <

EXT. PIER - DAY #2#

Gulls.
"""


def test_a_script_is_cut_above_the_headings_and_numbers_are_no_text() -> None:
    front, first, second = sections(SCRIPT, ["s1", "s2"])
    assert (front.key, front.number, front.lines) == ("", 0, ("Title: Fog",))
    assert (first.key, first.heading, first.lines[0]) == ("s1", "INT. LAMP ROOM - NIGHT", "# ACT ONE")
    assert (second.key, second.number, second.lines[0]) == ("s2", 2, "> END OF ACT ONE <")
    assert second.heading == "EXT. PIER - DAY"


def test_without_ids_a_scene_is_named_by_its_heading() -> None:
    text = "# Bread\n\n## Dough\n\nFlour.\n\n## Dough\n\nWater.\n"
    assert [section.key for section in sections(text)] == ["", "## Dough", "## Dough'"]


def scene(key: str, *lines: str) -> Section:
    return Section(key=key, number=1, heading=key, lines=lines)


def one(before: list[Section], after: list[Section]) -> SceneDiff:
    (found,) = compared(before, after)
    return found


def test_a_changed_line_shows_its_words() -> None:
    found = one([scene("a", "BO", "I like the sea a lot.")], [scene("a", "BO", "I like the soup a lot.")])
    assert [(line.sign, line.text) for line in found.lines] == [
        (" ", "BO"),
        ("-", "I like the sea a lot."),
        ("+", "I like the soup a lot."),
    ]
    assert [piece.text for line in found.lines for piece in line.pieces if piece.changed] == ["sea", "soup"]


def test_far_lines_that_are_the_same_are_left_out() -> None:
    lines = [f"line {number}" for number in range(20)]
    found = one([scene("a", *lines)], [scene("a", *lines[:10], "new", *lines[10:])])
    assert [line.sign for line in found.lines] == ["~", *"   ", "+", *"   ", "~"]


def test_a_scene_that_was_moved_is_not_one_taken_out_and_one_put_in() -> None:
    a, b, c = scene("a", "1"), scene("b", "2"), scene("c", "3")
    assert [(each.key, each.change) for each in compared([a, b, c], [b, c, a])] == [("a", "moved")]
    changes = [(each.key, each.change) for each in compared([a, b], [b, c])]
    assert changes == [("a", "removed"), ("c", "added")]


TEXTS = st.lists(st.lists(st.sampled_from(["a", "b", "a b", "a c", ""]), max_size=6), max_size=4)


def listed(texts: list[list[str]]) -> list[Section]:
    return [scene(str(number), *lines) for number, lines in enumerate(texts)]


@given(TEXTS, TEXTS)
def test_what_is_shown_leads_from_one_text_to_the_other(before: list[list[str]], after: list[list[str]]) -> None:
    found = {each.key: each for each in compared(listed(before), listed(after))}
    for number in range(max(len(before), len(after))):
        one = before[number] if number < len(before) else []
        two = after[number] if number < len(after) else []
        if str(number) not in found:
            assert one == two
            continue
        lines = found[str(number)].lines
        if not any(line.sign == "~" for line in lines):
            assert [line.text for line in lines if line.sign in " -"] == one
            assert [line.text for line in lines if line.sign in " +"] == two


@given(TEXTS)
def test_the_same_text_has_no_difference(text: list[list[str]]) -> None:
    assert compared(listed(text), listed(text)) == ()
