"""An edited draft keeps the ids of what it did not touch."""

from __future__ import annotations

from hypothesis import given, settings

from scenewright.documents.fountain import read_fountain
from scenewright.documents.redraft import matched
from scenewright.domain.screenplay import Act, Action, Dialogue, Person, Script, ScriptScene, Slug
from scenewright.exports.episode.fountain import to_fountain
from tests.documents.scripts import scripts

HALL = ScriptScene(
    id="hall",
    number="1",
    seconds=40.0,
    slug=Slug(place="Hall", time="DAY"),
    elements=(
        Action(id="a7", text="He waits.", camera=True),
        Dialogue(id="d3", character="p", text="Who is there?"),
        Action(id="a9", text="Nobody."),
    ),
)
YARD = ScriptScene(
    id="yard", number="2", slug=Slug(interior="EXT.", place="Yard"), elements=(Action(id="x", text="Rain."),)
)
BASE = Script(title="T", cast=(Person(id="p", name="Paul"),), acts=(Act(name="", scenes=(HALL, YARD)),))


def test_lines_keep_their_ids_and_new_ones_get_new_ids() -> None:
    for ids in (True, False):  # some programs drop notes
        text = to_fountain(BASE, ids=ids).replace("Who is there?", "Who is it?").replace("Nobody.", "A cat.\n\nNobody.")
        hall, yard = matched(read_fountain(text.encode(), "d", BASE), BASE).scenes
        assert [element.id for element in hall.elements] == ["a7", "d3", "e4", "a9"]
        assert (hall.id, hall.seconds, hall.elements[0]) == ("hall", 40.0, HALL.elements[0])
        assert yard == YARD


def test_scenes_that_moved_are_still_themselves() -> None:
    moved = BASE.model_copy(update={"acts": (Act(name="", scenes=(YARD, HALL)),)})
    back = matched(read_fountain(to_fountain(moved, scene_numbers=True).encode(), "d", BASE), BASE)
    assert back.scenes == (YARD, HALL)


def test_a_new_scene_never_takes_the_id_of_another() -> None:
    base = BASE.model_copy(update={"acts": (Act(name="", scenes=(HALL.model_copy(update={"id": "new-2"}),)),)})
    text = to_fountain(base) + "\nINT. CELLAR - NIGHT\n\nDark.\n"
    assert [scene.id for scene in matched(read_fountain(text.encode(), "d", base), base).scenes] == ["new-2", "new-2x"]


@settings(max_examples=40, deadline=None)
@given(scripts())
def test_an_untouched_draft_is_the_script(script: Script) -> None:
    assert matched(read_fountain(to_fountain(script).encode(), "d", script), script) == script
