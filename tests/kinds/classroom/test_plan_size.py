"""A long classroom costs what a short one costs, scene for scene."""

from __future__ import annotations

from typing import Any

from scenewright.domain.brief import Brief
from scenewright.domain.events import BriefSet, PartAppended, SceneSkipped, StepAdopted, StepStarted
from scenewright.kinds.classroom.plan import NEAR, OUTLINE, ClassroomPlan, actions_of, content_of
from scenewright.plan import Known, Step

SCENES = 2 * NEAR


def known() -> Known:
    """An outline of many scenes; the first has said something."""
    plan, work = ClassroomPlan(), Known()
    work.apply(BriefSet(brief=Brief(topic="t", language="en")))
    (outline,) = plan.work_steps(work)
    work.apply(StepStarted(step=OUTLINE, reads=outline.reads))
    titles = [f"S{number}" for number in range(SCENES)]
    parts: list[dict[str, Any]] = [{"type": "header", "title": "T", "language": "en", "planned": titles}]
    parts += [{"type": "scene", "id": title.lower(), "title": title} for title in titles]
    for index, part in enumerate(parts):
        work.apply(PartAppended(step=OUTLINE, index=index, value=part))
    said = {"type": "speech", "id": "a1", "speaker": "teacher", "text": "So it is."}
    work.apply(StepAdopted(step=actions_of("s0"), inputs="", context="", value={"parts": [said]}))
    return work


def steps(work: Known, position: int) -> dict[str, Step]:
    return {step.id.name: step for step in ClassroomPlan().scene_steps(work, f"s{position}", position, "s0")}


def test_a_scene_reads_all_titles_up_to_its_own_while_they_are_few() -> None:
    asked = steps(known(), NEAR - 1)
    assert asked["content"].given["header"]["planned"] == [f"S{number}" for number in range(NEAR)]
    assert asked["actions"].context["carry"]["covered"] == [f"S{number}" for number in range(NEAR - 1)]


def test_a_late_scene_of_a_long_work_reads_the_nearest_titles() -> None:
    asked = steps(known(), SCENES - 1)
    assert asked["content"].given["header"]["planned"] == [f"S{number}" for number in range(SCENES - NEAR, SCENES)]
    covered = asked["actions"].context["carry"]["covered"]
    assert covered == [f"S{number}" for number in range(SCENES - 1 - NEAR, SCENES - 1)]
    assert asked["actions"].context["last"]


def test_a_skipped_scene_is_not_told_of_and_the_last_one_left_says_goodbye() -> None:
    work = known()
    before = steps(work, SCENES - 2)["actions"].context
    work.apply(SceneSkipped(scene=f"s{SCENES - 1}"))
    work.apply(SceneSkipped(scene=f"s{SCENES - 5}"))
    after = steps(work, SCENES - 2)["actions"].context
    assert (before["last"], after["last"]) == (False, True)
    assert f"S{SCENES - 5}" in before["carry"]["covered"]
    assert f"S{SCENES - 5}" not in after["carry"]["covered"]


def test_nothing_new_known_gives_the_very_same_steps() -> None:
    work, plan = known(), ClassroomPlan()
    before = plan.scene_steps(work, "s1", 1, "s0")
    work.apply(StepAdopted(step=content_of("s5"), inputs="", context="", value={"type": "slide"}))
    assert plan.scene_steps(work, "s1", 1, "s0") is before


def test_another_brief_gives_other_steps() -> None:
    work, plan = known(), ClassroomPlan()
    before = plan.scene_steps(work, "s1", 1, "s0")
    work.apply(BriefSet(brief=Brief(topic="t", language="en", instructions="shorter")))
    after = plan.scene_steps(work, "s1", 1, "s0")
    assert [step.inputs_digest for step in before[:1]] != [step.inputs_digest for step in after[:1]]


def test_more_said_before_is_another_context_for_what_follows() -> None:
    work, plan = known(), ClassroomPlan()
    before = plan.scene_steps(work, "s1", 1, "s0")[1].context_digest
    said = {"type": "speech", "id": "a1", "speaker": "teacher", "text": "Or not."}
    work.apply(StepAdopted(step=actions_of("s0"), inputs="", context="", value={"parts": [said]}))
    assert plan.scene_steps(work, "s1", 1, "s0")[1].context_digest != before
