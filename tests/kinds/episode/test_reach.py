"""What a change reaches."""

from __future__ import annotations

from typing import Any

from scenewright.domain.brief import Brief
from scenewright.domain.events import BriefSet, SceneEdited
from scenewright.domain.show import VoiceProfile
from tests.kinds.episode.desk import SHOW, Desk, brief


def changed(wanted: Brief, *, who: str, plans: dict[str, Any] | None = None) -> Brief:
    """The brief with another voice for somebody."""
    people = [
        each.model_copy(update={"voice": VoiceProfile(tics=("mind you",))}) if each.id == who else each
        for each in SHOW.characters
    ]
    show = SHOW.model_copy(update={"characters": tuple(people)}).model_dump(mode="json")
    return wanted.model_copy(update={"details": {**wanted.details, "show": show}})


def only_ada_in(wanted: Brief, scene: str) -> Brief:
    planned = wanted.details["plan"]
    scenes = [{**each, "characters": ["ada"]} if each["id"] == scene else each for each in planned["scenes"]]
    return wanted.model_copy(update={"details": {**wanted.details, "plan": {**planned, "scenes": scenes}}})


def test_a_changed_character_reaches_the_scenes_that_he_is_in() -> None:
    wanted = only_ada_in(brief(), "s2")
    desk = Desk().start(wanted)
    desk.performed.clear()
    desk.tell(BriefSet(brief=changed(wanted, who="bo"))).run()
    assert desk.performed == ["dialogue@s1", "directions@s1", "dialogue@s3", "directions@s3"]
    assert "outline" in {str(step.id) for step in desk.board.stale()}  # and the plan is shown as stale


def test_what_a_person_wrote_outlives_a_plan_without_the_scene() -> None:
    desk = Desk().start(brief(3))
    text = desk.best.text["s3"]
    desk.tell(SceneEdited(scene="s3", value={"scene": text.model_dump(mode="json"), "act": "TAG", "cast": []}))
    desk.tell(BriefSet(brief=brief(2))).run()
    assert list(desk.best.text) == ["s1", "s2", "s3"]
    assert desk.board.finished()
    desk.tell(BriefSet(brief=brief(4))).run()
    assert list(desk.best.text) == ["s1", "s2", "s3", "s4"]
    assert desk.best.text["s3"] == text


def test_a_scene_added_at_the_end_reaches_no_other() -> None:
    desk = Desk().start(brief(3))
    desk.performed.clear()
    desk.tell(BriefSet(brief=brief(4))).run()
    assert [step for step in desk.performed if "@" in step] == ["dialogue@s4", "directions@s4"]
