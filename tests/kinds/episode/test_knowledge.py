"""What the author of a scene is told of the show, and what its people know when it begins."""

from __future__ import annotations

from scenewright.domain.brief import Brief
from scenewright.domain.screenplay import Slug
from scenewright.domain.show import Character, ContinuityFact, EpisodePlan, ScenePlan, SetPlace, Show
from scenewright.kinds.episode.details import EpisodeDetails
from scenewright.kinds.episode.knowledge import bible_for, known_before
from scenewright.plan import Step
from tests.kinds.episode.desk import Desk, dialogue

OPEN = ContinuityFact(id="pier", text="The pier is closed")
SECRET = ContinuityFact(id="debt", text="Bo owes the harbour", known_by=("bo",))
TWIN = ContinuityFact(id="twin", text="Cy has a twin", known_by=("cy",))
SHOW = Show(
    title="The Lantern Room",
    characters=tuple(
        Character(id=name, name=name.upper(), background=f"{name} was born", speaking_voice="v:1")
        for name in ("ada", "bo", "cy")
    ),
    sets=(
        SetPlace(id="room", name="Lamp Room", aliases=("Stairs",), layout="one door"),
        SetPlace(id="pier", name="Pier", layout="no railing"),
    ),
    facts=(OPEN, SECRET),
)


def scene(number: int, *people: str, place: str = "LAMP ROOM", reveals: tuple[ContinuityFact, ...] = ()) -> ScenePlan:
    return ScenePlan(id=f"s{number}", title="", slug=Slug(place=place), characters=people, reveals=reveals)


def test_a_secret_is_known_to_those_it_belongs_to_and_to_nobody_else() -> None:
    assert known_before(SHOW, (), scene(1, "ada", "bo")) == {
        "everybody": ["The pier is closed"],
        "known": {"ada": [], "bo": ["Bo owes the harbour"]},
        "unknown": {"ada": ["Bo owes the harbour"], "bo": []},
    }


def test_what_comes_out_is_known_from_there_on_to_those_who_were_there() -> None:
    earlier = (scene(1, "ada", "bo", reveals=(SECRET,)), scene(2, "cy", "ada", reveals=(TWIN,)))
    told = known_before(SHOW, earlier, scene(3, "ada", "bo", "cy"))
    assert told["known"]["ada"] == ["Bo owes the harbour", "Cy has a twin"]
    assert told["known"]["bo"] == ["Bo owes the harbour"]
    assert told["known"]["cy"] == ["Cy has a twin"]
    assert told["unknown"] == {"ada": [], "bo": ["Cy has a twin"], "cy": ["Bo owes the harbour"]}


def test_what_the_scene_itself_reveals_is_not_known_before_it() -> None:
    told = known_before(SHOW, (), scene(1, "ada", reveals=(TWIN,)))
    assert "Cy has a twin" not in str(told)


def test_the_bible_is_told_as_far_as_it_concerns_the_scene() -> None:
    told = bible_for(SHOW, scene(1, "ada", place="STAIRS"))
    assert [each["background"] for each in told["characters"]] == ["ada was born"]
    assert told["others"] == [{"id": "bo", "name": "BO"}, {"id": "cy", "name": "CY"}]
    assert [each["layout"] for each in told["sets"]] == ["one door"]  # found by the other name of the set
    assert "v:1" not in str(told)
    assert "facts" not in told  # who knows what says which of them may be spoken of


def test_dialogue_is_given_the_plans_before_its_own_and_what_they_reveal() -> None:
    plan = EpisodePlan(
        title="Fog", scenes=(scene(1, "ada", "bo", reveals=(TWIN,)), scene(2, "ada", "cy"), scene(3, "bo"))
    )
    given: dict[str, Step] = {}

    def noted(step: Step) -> dict[str, object]:
        given[step.id.scene] = step
        return dialogue(step)

    details = EpisodeDetails(show=SHOW, plan=plan).model_dump(mode="json")
    Desk({"dialogue": noted}).start(Brief(kind="episode", language="en", audio=False, details=details))
    earlier = {name: [each["id"] for each in step.given["earlier"]] for name, step in given.items()}
    assert earlier == {"s1": [], "s2": ["s1"], "s3": ["s1", "s2"]}
    assert "Cy has a twin" not in str(given["s1"].given["knows"])
    assert given["s2"].given["knows"]["known"] == {"ada": ["Cy has a twin"], "cy": ["Cy has a twin"]}
