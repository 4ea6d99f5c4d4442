"""What past works took, read from logs that are written here by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.events import (
    AnyEvent,
    CallMade,
    Logged,
    PartAppended,
    RunStarted,
    SceneReleased,
    StepAdopted,
    StepFailed,
    StepStarted,
)
from scenewright.domain.steps import StepId
from scenewright.domain.usage import Usage
from scenewright.observe import History, Samples

CONTENT = StepId(name="content", scene="s1")
MODEL = "openai:m"


def log(*timed: tuple[float, AnyEvent]) -> list[Logged]:
    return [Logged(seq=seq, at=at, event=event) for seq, (at, event) in enumerate(timed, 1)]


def started(step: StepId = CONTENT) -> StepStarted:
    return StepStarted(step=step, reads="r")


def adopted(step: StepId = CONTENT) -> StepAdopted:
    return StepAdopted(step=step, inputs="i", context="c", value={})


def call(step: StepId = CONTENT, *, remembered: bool = False, model: str = MODEL, **usage: int) -> CallMade:
    return CallMade(
        step=step, account="a", model=model, key="k", remembered=remembered, usage=Usage(**usage), cost=Decimal(0)
    )


def test_a_step_is_timed_from_its_start_until_it_is_adopted() -> None:
    history = History().add(
        log(
            (100, RunStarted(run="r")),
            (101, started()),
            (104, call(input_tokens=900, output_tokens=60)),
            (105, adopted()),
        )
    )
    found = history.of("content", MODEL)
    assert (found.seconds.mean, found.calls.mean, found.seconds.count) == (4, 1, 1)
    assert (found.input_tokens.mean, found.output_tokens.mean) == (900, 60)
    assert found.per_token.mean == pytest.approx(4 / 60)
    assert history.of_model(MODEL).mean == pytest.approx(4 / 60)
    assert history.works == 1


def test_a_question_asked_again_is_two_calls_of_one_step() -> None:
    history = History().add(
        log((1, started()), (2, call(output_tokens=10)), (3, call(output_tokens=30)), (4, adopted()))
    )
    found = history.of("content", MODEL)
    assert (found.calls.mean, found.output_tokens.mean, found.output_tokens.count) == (2, 20, 2)


def test_what_the_memo_answered_says_nothing() -> None:
    history = History().add(log((1, started()), (1.01, call(remembered=True, output_tokens=50)), (1.02, adopted())))
    assert history.of("content", MODEL).seconds.count == 0
    assert history.of("content", MODEL).output_tokens.count == 0
    assert history.works == 0


def test_a_killed_run_leaves_no_time_behind_but_what_was_paid_counts() -> None:
    history = History().add(
        log(
            (1, RunStarted(run="a")),
            (2, started()),
            (3, call(output_tokens=40)),
            (5000, RunStarted(run="b")),
            (5001, started()),
            (5002, call(remembered=True, output_tokens=40)),
            (5002, adopted()),
        )
    )
    found = history.of("content", MODEL)
    assert (found.seconds.count, found.output_tokens.count) == (0, 1)


def test_a_failed_step_is_not_timed() -> None:
    failed = StepFailed(step=CONTENT, policy="mark", reason="no")
    assert not History().add(log((1, started()), (9, failed), (9, adopted()))).steps


def test_a_clock_that_was_set_back_is_not_believed() -> None:
    assert History().add(log((100, started()), (50, adopted()))).of("content", "").seconds.count == 0


def test_parts_and_clips_are_counted_and_only_of_whole_scenes() -> None:
    actions = StepId(name="actions", scene="s1")
    clips = [StepId(name="clip", scene=scene, item=item) for scene in ("s1", "s2") for item in ("a1", "a2", "a3")]
    events: list[tuple[float, AnyEvent]] = [(1, started(actions))]
    events += [(1, PartAppended(step=actions, index=index, value={})) for index in range(4)]
    events += [(2, call(actions, output_tokens=200)), (3, adopted(actions))]
    for clip in clips[:4]:  # of the second scene only the first is there
        events += [(4, started(clip)), (6, call(clip, model="tts", characters=80)), (6, adopted(clip))]
    history = History().add(log(*events, (7, SceneReleased(scene="s1"))))
    assert history.of("actions", MODEL).parts.mean == 4
    assert history.of("actions", MODEL).per_part.mean == 50
    spoken = history.of("clip", "tts")
    assert (spoken.per_scene.count, spoken.per_scene.mean) == (1, 3)
    assert (spoken.characters.mean, spoken.per_character.mean) == (80, 2 / 80)


def test_models_are_told_apart() -> None:
    history = History().add(log((1, started()), (2, call(output_tokens=10)), (3, adopted())))
    assert history.of("content", "openai:other").seconds.count == 0


def test_few_samples_say_little_of_their_spread() -> None:
    samples = Samples()
    samples.add(10)
    assert samples.range().values == pytest.approx((7, 10, 14))


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_the_range_of_samples_holds_their_mean(values: list[float]) -> None:
    samples = Samples()
    for value in values:
        samples.add(value)
    found = samples.range()
    assert samples.count == len(values)
    assert found.likely == pytest.approx(sum(values) / len(values), rel=1e-9, abs=1e-9)
    assert found.low <= found.likely <= found.high


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_what_is_no_amount_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Samples().add(value)
