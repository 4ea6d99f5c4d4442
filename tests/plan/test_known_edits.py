"""What a person wrote or locked, as it is known: it stands until a person wants it otherwise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.events import (
    AnyEvent,
    PartAppended,
    SceneEdited,
    SceneLocked,
    ScenesArranged,
    SceneUnlocked,
    StepAdopted,
    StepFailed,
    StepRetaken,
    StepStarted,
)
from scenewright.domain.steps import StepId
from scenewright.plan import Known, Step

STEP = StepId(name="verse", scene="s1")


def made(*events: AnyEvent) -> Known:
    step = Step(id=STEP, pool="cpu", inputs={"a": 1})
    adopted = StepAdopted(step=STEP, inputs=step.inputs_digest, context=step.context_digest, value={"v": 1})
    return Known().replay([adopted, *events])


def edited(text: str = "Mine.") -> SceneEdited:
    return SceneEdited(scene="s1", value={"text": text})


CHANGED = Step(id=STEP, pool="cpu", inputs={"a": 2})


def test_a_result_stays_though_its_inputs_have_changed_in_a_scene_that_a_person_wrote_or_locked() -> None:
    assert made().result(CHANGED) is None
    assert made(edited()).result(CHANGED) == {"v": 1}
    assert made(SceneLocked(scene="s1")).result(CHANGED) == {"v": 1}
    assert made(SceneLocked(scene="s1"), SceneUnlocked(scene="s1")).result(CHANGED) is None
    assert made(SceneLocked(scene="s2")).result(CHANGED) is None


def test_what_was_under_way_when_a_scene_was_locked_leaves_nothing_in_it() -> None:
    def begun(index: int) -> PartAppended:
        return PartAppended(step=STEP, index=index, value={"id": f"p{index}"})

    known = made(StepStarted(step=STEP, reads="other"), begun(0), SceneLocked(scene="s1"), begun(1))
    assert known.parts.get(STEP) is None
    assert not known.names(STEP)


def test_another_take_gives_the_edit_up_unless_the_scene_is_locked() -> None:
    again = StepRetaken(step=STEP, take=1)
    assert not made(edited(), again).kept("s1")
    locked = made(edited(), SceneLocked(scene="s1"), again)
    assert locked.edits["s1"].value == {"text": "Mine."}
    assert locked.result(CHANGED) == {"v": 1}


def test_who_writes_a_scene_that_had_failed_has_mended_it() -> None:
    failed = StepFailed(step=STEP, policy="pause", reason="r")
    known = made(failed, edited())
    assert (known.failed, known.failed_scenes, known.pausing) == ({}, {}, {})


def test_another_step_that_has_failed_stays_so() -> None:
    elsewhere = StepFailed(step=StepId(name="verse", scene="s2"), policy="pause", reason="r")
    assert list(made(elsewhere, edited()).failed) == [elsewhere.step]


def test_the_edits_that_somebody_holds_are_not_changed_under_his_hands() -> None:
    known = made(edited())
    held = known.edits
    known.replay([edited("Other."), StepRetaken(step=STEP, take=1)])
    assert held["s1"].value == {"text": "Mine."}
    assert not known.edits


HAPPENINGS = st.sampled_from(
    [
        edited(),
        edited("Other."),
        StepRetaken(step=STEP, take=1),
        SceneLocked(scene="s1"),
        SceneUnlocked(scene="s1"),
        ScenesArranged(scenes=("s2", "s1")),
    ]
)


@given(st.lists(HAPPENINGS))
def test_the_last_word_counts(happened: list[AnyEvent]) -> None:
    known = made(*happened)
    edits = [event for event in happened if isinstance(event, SceneEdited)]
    assert known.edited.get("s1", 0) == len(edits)
    changes = [event for event in happened if isinstance(event, (SceneLocked, SceneUnlocked))]
    assert ("s1" in known.locked) == (bool(changes) and isinstance(changes[-1], SceneLocked))
    if edits and isinstance(happened[-1], SceneEdited):
        assert known.edits["s1"] is edits[-1]
