from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.episode import Patch
from scenewright.domain.screenplay import Action, Dialogue, ScriptScene, Slug
from scenewright.kinds.episode.patches import base_of, patched

SCENE = ScriptScene(
    id="s1",
    number="1",
    slug=Slug(place="LAMP ROOM"),
    elements=(
        Action(id="d1", text="Fog."),
        Dialogue(id="l1", character="ada", text="Where is the sea?", parenthetical="low"),
        Dialogue(id="l2", character="bo", text="Where it was."),
    ),
)


def patch(element: str, **fields: Any) -> Patch:
    base = next((base_of(each) for each in SCENE.elements if each.id == element), "gone")
    return Patch(**{"scene": "s1", "element": element, "base": base, **fields})


def texts(*patches: Patch) -> list[str]:
    return [each.text for each in patched(SCENE, patches)[0].elements]


def test_a_line_is_rewritten_and_stays_how_it_is_said() -> None:
    scene, (change,) = patched(SCENE, [patch("l1", text="Where has the sea gone?", why="rhythm")], "refine 1")
    assert scene.elements[1] == Dialogue(id="l1", character="ada", text="Where has the sea gone?", parenthetical="low")
    assert (change.step, change.before, change.patch.why) == ("refine 1", "Where is the sea?", "rhythm")


def test_how_it_is_said_can_be_taken_away() -> None:
    scene, _ = patched(SCENE, [patch("l1", text="Where?", parenthetical="")])
    assert scene.elements[1] == Dialogue(id="l1", character="ada", text="Where?")


def test_lines_and_directions_are_put_in_behind_others() -> None:
    line, direction = patch("l1", op="insert", text="Ada?", character="bo"), patch("l1", op="insert", text="A gull.")
    scene, _ = patched(SCENE, [line, direction])
    assert [each.id for each in scene.elements] == ["d1", "l1", "l1-1", "l1-2", "l2"]
    assert scene.elements[2] == Dialogue(id="l1-1", character="bo", text="Ada?")
    assert scene.elements[3] == Action(id="l1-2", text="A gull.")


def test_a_line_is_taken_out() -> None:
    assert texts(patch("l2", op="remove")) == ["Fog.", "Where is the sea?"]


def test_what_was_made_for_another_text_is_dropped() -> None:
    stale = [patch("l1", text="No.", base="other"), patch("l9", text="No."), patch("l1", text="No.", scene="s2")]
    assert patched(SCENE, stale) == (SCENE, ())


@given(order=st.permutations(("l1", "l2", "d1")))
def test_patches_of_several_lines_do_not_meet(order: list[str]) -> None:
    assert texts(*(patch(name, text=f"New {name}.") for name in order)) == ["New d1.", "New l1.", "New l2."]
