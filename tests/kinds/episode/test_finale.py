from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.events import RefreshAsked, SceneEdited, SceneLocked, SceneSkipped, StepRetaken
from scenewright.domain.screenplay import ScriptScene
from scenewright.kinds.episode.story import dialogue_of, directions_of
from scenewright.plan import Step
from tests.kinds.episode.desk import Desk, brief, patch, rewrite


def judging(*qualities: float, named: str = "s2"):  # type: ignore[no-untyped-def]
    """A review that gives these qualities, one a round, and always names a line."""

    def review(step: Step) -> dict[str, Any]:
        finding = {"kind": "other", "scene": named, "element": "l1", "text": "It is dull.", "by": "model"}
        return {"quality": qualities[int(step.id.item) - 1], "assessment": {}, "findings": [finding]}

    return review


def refining(step: Step) -> dict[str, Any]:
    number = step.id.item.partition(".")[0]
    return rewrite(step, "l1", f"Round {number}.")


def test_the_best_version_is_kept_and_not_the_last() -> None:
    desk = Desk({"review": judging(0.5, 0.7, 0.6), "refine": refining}).start(brief(threshold=1.0))
    assert desk.lines("s2")[0] == "Round 1."
    assert [change.step for change in desk.best.changes] == ["refine 1"]
    assert desk.best.quality == 0.7


def test_it_stops_where_nothing_gets_better() -> None:
    desk = Desk({"review": judging(0.5, 0.5, 0.9), "refine": refining}).start(brief(threshold=1.0))
    assert [step for step in desk.performed if step.startswith("review")] == ["review/1", "review/2"]
    assert desk.best.changes == ()


def test_a_good_script_is_not_refined() -> None:
    desk = Desk({"review": judging(0.75), "refine": refining}).start(brief())
    assert not [step for step in desk.performed if step.startswith("refine")]


@given(qualities=st.lists(st.floats(0, 1), min_size=5, max_size=5), rounds=st.integers(0, 4))
def test_refinement_never_lowers_the_quality(qualities: list[float], rounds: int) -> None:
    desk = Desk({"review": judging(*qualities), "refine": refining}).start(brief(threshold=1.0, rounds=rounds))
    judged = [qualities[n] for n in range(sum(step.startswith("review") for step in desk.performed))]
    assert desk.best.quality == max(judged)
    assert len(judged) <= rounds + 1


def test_the_comedy_pass_changes_the_text() -> None:
    def comedy(step: Step) -> dict[str, Any]:
        scene = ScriptScene.model_validate(step.context["text"][0])
        patches = [patch(scene, "l2", "It is soup.", why="shorter")]
        return {"jokes": [], "patches": patches, "callbacks": [], "made_for": step.context["made_for"]}

    desk = Desk({"comedy": comedy}).start(brief())
    assert "It is soup." in desk.lines("s1")
    (change,) = desk.best.changes
    assert (change.step, change.before, change.patch.why) == ("comedy", "It is the sea of s1, take 0.", "shorter")


def test_a_note_on_one_scene_changes_no_other_line_and_costs_no_other_step() -> None:
    desk = Desk({"review": judging(0.5, 0.8), "refine": refining}).start(brief(threshold=1.0, rounds=1))
    before = {scene: desk.lines(scene) for scene in ("s1", "s2", "s3")}
    desk.performed.clear()
    again = [StepRetaken(step=step, take=1, note="faster") for step in (dialogue_of("s3"), directions_of("s3"))]
    desk.tell(*again).run()
    assert desk.performed == ["dialogue@s3", "directions@s3"]
    assert {scene: desk.lines(scene) for scene in ("s1", "s2")} == {scene: before[scene] for scene in ("s1", "s2")}
    assert desk.lines("s3") != before["s3"]
    assert {str(step.id) for step in desk.board.stale()} == {"comedy", "review/1", "review/2"}


def test_a_rewritten_scene_drops_its_own_patches_only() -> None:
    desk = Desk({"review": judging(0.5, 0.8), "refine": refining}).start(brief(threshold=1.0, rounds=1))
    desk.tell(StepRetaken(step=dialogue_of("s2"), take=1)).run()
    assert desk.lines("s2")[0] == "Is this the fog of s2, take 1?"


def test_a_refresh_does_the_finale_again() -> None:
    desk = Desk({"review": judging(0.5, 0.8), "refine": refining}).start(brief(threshold=1.0, rounds=1))
    desk.tell(StepRetaken(step=dialogue_of("s2"), take=1)).run()
    desk.performed.clear()
    desk.tell(RefreshAsked()).run()
    assert "comedy" in desk.performed
    assert "outline" not in desk.performed
    assert desk.lines("s2")[0] == "Round 1."
    assert not desk.board.stale()


def edited(desk: Desk, scene: str, text: str) -> SceneEdited:
    now = desk.best.text[scene]
    line = now.elements[0].model_copy(update={"text": text})
    news = now.model_copy(update={"elements": (line, *now.elements[1:])})
    return SceneEdited(scene=scene, value={"scene": news.model_dump(mode="json"), "act": "", "cast": []})


def test_what_a_person_wrote_stands_against_earlier_patches() -> None:
    desk = Desk({"review": judging(0.5, 0.8), "refine": refining}).start(brief(threshold=1.0, rounds=1))
    desk.tell(edited(desk, "s2", "Is this the fog of s2, take 0?")).run()  # as it was before the patch
    assert desk.lines("s2")[0] == "Is this the fog of s2, take 0?"


def test_what_a_person_wrote_is_refined_when_that_is_asked_for() -> None:
    desk = Desk({"review": judging(0.5, 0.8), "refine": refining}).start(brief(threshold=1.0, rounds=1))
    desk.tell(edited(desk, "s2", "Mine.")).tell(RefreshAsked()).run()
    assert desk.lines("s2")[0] == "Round 1."


def test_a_locked_scene_is_changed_by_nothing() -> None:
    desk = Desk({"review": judging(0.5, 0.8), "refine": refining}).start(brief(threshold=1.0, rounds=1))
    desk.tell(edited(desk, "s2", "Mine."), SceneLocked(scene="s2"), RefreshAsked()).run()
    assert desk.lines("s2")[0] == "Mine."


def test_the_finale_goes_on_without_a_skipped_scene() -> None:
    desk = Desk().start(brief())
    desk.tell(SceneSkipped(scene="s2"), RefreshAsked()).run()
    assert list(desk.best.text) == ["s1", "s3"]


@pytest.mark.parametrize("narrator", [True, False])
def test_a_line_is_spoken_when_nothing_rewrites_it_any_more(narrator: bool) -> None:
    desk = Desk({"review": judging(0.5, 0.8), "refine": refining})
    desk.start(brief(audio=True, threshold=1.0, rounds=1, narrator=narrator))
    first = desk.performed.index("read/s1")
    assert first > desk.performed.index("review/2")
    said = desk.known.adopted[next(step for step in desk.known.adopted if step.item == "s2" and step.name == "read")]
    assert [part["text"] for part in said.value["parts"] if part["id"] == "l1"] == ["Round 1."]
    assert any(part["id"] == "heading" for part in said.value["parts"]) is narrator
