from __future__ import annotations

from typing import Any

from scenewright.domain.screenplay import Action
from scenewright.domain.show import EpisodePlan
from scenewright.kinds.episode.assemble import assembled
from scenewright.kinds.episode.kind import EpisodeKind
from scenewright.kinds.episode.measures import assess
from scenewright.plan import Step
from tests.kinds.episode.desk import Desk, brief, no_comedy, plan, rewrite
from tests.kinds.episode.measures.samples import SAMPLES


def test_callbacks_are_told_as_far_as_their_lines_are_there() -> None:
    def comedy(step: Step) -> dict[str, Any]:
        there = {"scene": "s1", "element": "l2", "to": "sea", "text": "The sea again.", "planned": True}
        return {**no_comedy(step), "callbacks": [there, {**there, "element": "l9"}]}

    (callback,) = assembled(Desk({"comedy": comedy}).start(brief()).known).callbacks
    assert (callback.element, callback.to, callback.planned) == ("l2", "sea", True)


def test_what_changed_and_why_goes_along() -> None:
    def review(step: Step) -> dict[str, Any]:
        finding = {"kind": "other", "scene": "s2", "element": "l1", "text": "It is dull.", "by": "model"}
        return {"quality": 0.5 if step.id.item == "1" else 0.8, "assessment": {}, "findings": [finding]}

    desk = Desk({"review": review, "refine": lambda step: rewrite(step, "l1", "News.")})
    (change,) = assembled(desk.start(brief(threshold=1.0, rounds=1)).known).changes
    assert (change.step, change.patch.scene, change.before) == ("refine 1", "s2", "Is this the fog of s2, take 0?")


def test_the_phases_of_a_physical_gag_stay_with_its_directions() -> None:
    def directions(step: Step) -> dict[str, Any]:
        phases = ("setup", "escalation", "climax", "resolution")
        return {"parts": [{"id": f"d{n}", "text": f"Bo, {it}.", "comedy": it} for n, it in enumerate(phases)]}

    scene = assembled(Desk({"directions": directions}).start(brief()).known).scene(1)
    played = [each.comedy for each in scene.elements if isinstance(each, Action)]
    assert played == ["setup", "escalation", "climax", "resolution"]


def test_a_last_round_for_nothing_is_told() -> None:
    qualities = iter((0.5, 0.4))

    def review(step: Step) -> dict[str, Any]:
        finding = {"kind": "other", "scene": "s2", "element": "l1", "text": "It is dull."}
        return {"quality": next(qualities), "assessment": {}, "findings": [finding]}

    desk = Desk({"review": review, "refine": lambda step: rewrite(step, "l1", "Worse.")})
    told = EpisodeKind().summary(desk.start(brief(threshold=1.0)).known)
    assert told[-1] == "Round 1 of refinement made nothing better: what stood before it is kept."


def test_stories_told_one_after_the_other_are_noted() -> None:
    sample = SAMPLES["lowtide"]

    def noted(stories: str) -> bool:
        told = zip(plan(4).scenes, stories, strict=True)
        scenes = tuple(scene.model_copy(update={"story": story}) for scene, story in told)
        notes = assess(sample.script, sample.show, EpisodePlan(title="x", scenes=scenes)).notes
        return any("take turns" in note for note in notes)

    assert noted("AABB")
    assert not noted("ABAB")
    assert not noted("AAAB")
