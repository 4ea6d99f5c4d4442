from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.screenplay import Action, Dialogue, Transition
from scenewright.kinds.episode.draft import Beat, Line, woven

LINES = (Line(id="l1", character="ada", text="Fog."), Line(id="l2", character="bo", text="Sea.", parenthetical="dry"))


def ids(*beats: Beat) -> list[str]:
    return [element.id for element in woven(LINES, beats)]


def test_a_beat_stands_where_it_says() -> None:
    opening, closing = Beat(id="d1", text="Dark."), Beat(id="d4", text="Dark again.", where="after")
    before, after = Beat(id="d2", text="A", line="l2"), Beat(id="d3", text="B", line="l1", where="after")
    assert ids(opening, before, after, closing) == ["d1", "l1", "d3", "d2", "l2", "d4"]


def test_a_short_beat_with_a_line_stands_in_brackets() -> None:
    (spoken, _) = woven(LINES, [Beat(id="d1", text="Wiping the glass.", line="l1", where="with")])
    assert isinstance(spoken, Dialogue)
    assert spoken.parenthetical == "wiping the glass"


def test_a_long_one_or_a_second_one_stands_before_it() -> None:
    long = Beat(id="d1", text="Wiping the glass of the lamp as if it had insulted his mother.", line="l1", where="with")
    second = Beat(id="d2", text="He nods.", line="l2", where="with")  # the line says already how it is said
    assert ids(long, second) == ["d1", "l1", "d2", "l2"]


def test_a_beat_of_a_line_that_is_not_there_belongs_to_the_scene() -> None:
    assert ids(Beat(id="d1", text="Thunder.", line="l9", where="after")) == ["l1", "l2", "d1"]


def test_cameras_and_transitions_are_what_they_are() -> None:
    camera = Beat(id="d1", text="CLOSE ON the lamp.", camera=True)
    found = woven(LINES, [camera, Beat(id="d2", text="SMASH CUT TO:", where="after", transition=True)])
    assert found[0] == Action(id="d1", text="CLOSE ON the lamp.", camera=True)
    assert found[-1] == Transition(id="d2", text="SMASH CUT TO:")


BEATS = st.lists(
    st.builds(
        Beat,
        id=st.uuids().map(str),
        text=st.text(max_size=80),
        where=st.sampled_from(("before", "with", "after")),
        line=st.sampled_from(("", "l1", "l2", "l3")),
        camera=st.booleans(),
        transition=st.booleans(),
    ),
    max_size=8,
)


@given(beats=BEATS)
def test_every_line_and_every_beat_is_there_once(beats: list[Beat]) -> None:
    found = woven(LINES, beats)
    beside = sum(isinstance(each, Dialogue) and each.id == "l1" and bool(each.parenthetical) for each in found)
    names = [each.id for each in found]
    assert [name for name in names if name in ("l1", "l2")] == ["l1", "l2"]
    assert len(set(names)) == len(names)
    assert len(beats) - 1 <= len(names) - 2 + beside <= len(beats)
