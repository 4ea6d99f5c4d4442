"""What is known, and what is made once from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.base import digest
from scenewright.domain.events import PartAppended, StepFailed, StepReset, StepStarted
from scenewright.domain.steps import StepId
from scenewright.plan import Known, Step


def test_something_is_made_once_from_the_very_same_facts() -> None:
    known, facts = Known(), ({"a": 1}, "s1", True)
    first = known.once("key", facts, lambda: object())
    assert known.once("key", facts, lambda: object()) is first
    assert known.once("other", facts, lambda: object()) is not first


def test_equal_facts_that_are_other_objects_count_as_others() -> None:
    """1 and 1.0 are equal and are written differently, so equality would not do."""
    known = Known()
    first = known.once("key", ({"a": 1},), lambda: object())
    assert known.once("key", ({"a": 1.0},), lambda: object()) is not first


def test_one_more_fact_counts() -> None:
    known = Known()
    first = known.once("key", ("a",), lambda: object())
    assert known.once("key", ("a", "b"), lambda: object()) is not first


def test_parts_that_no_longer_count_start_the_step_afresh() -> None:
    step, known = StepId(name="content", scene="s1"), Known()
    first, other = StepStarted(step=step, reads="a"), StepStarted(step=step, reads="b")
    assert not known.starts_afresh(first)
    known.replay([first, PartAppended(step=step, index=0, value={})])
    assert not known.starts_afresh(first)
    assert known.starts_afresh(other)


names = st.builds(StepId, name=st.sampled_from("ab"), scene=st.sampled_from(["", "s1", "s2"]))


@given(st.lists(st.tuples(names, st.sampled_from(["mark", "pause", None]))))
def test_failures_are_told_by_step_by_scene_and_by_what_they_hold_up(told: list[tuple[StepId, str | None]]) -> None:
    known = Known()
    expected: dict[StepId, str] = {}
    for step, policy in told:
        if policy is None:
            known.apply(StepReset(step=step))
            expected.pop(step, None)
        elif step not in expected:
            known.apply(StepFailed.model_validate({"step": step, "policy": policy, "reason": "r"}))
            expected[step] = policy
    assert {step: failed.policy for step, failed in known.failed.items()} == expected
    assert list(known.pausing) == [step for step, policy in expected.items() if policy == "pause"]
    first = {step.scene: step for step in reversed(expected) if step.scene}
    assert {scene: failed.step for scene, failed in known.failed_scenes.items()} == first


def test_what_a_step_reads_is_the_digest_of_both_digests() -> None:
    step = Step(id=StepId(name="a"), pool="cpu", inputs={"b": 1}, context=None)
    assert step.context_digest == digest(None)
    assert step.reads == digest([step.inputs_digest, step.context_digest])
