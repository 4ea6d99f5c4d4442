"""What must hold whatever goes wrong: the disk, a performer, a pause, a change of what was asked for."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.calls import Call, Message, ModelAnswer, ModelRequest, Sink, no_sink
from scenewright.domain.errors import BadAnswer, CallFailed, FailureClass, StoreError
from scenewright.domain.events import AnyEvent, PartAppended, RunEnded, StepFailed
from scenewright.limits import Fixed, Gate, Gated, Retry, RetryPolicy
from scenewright.plan import Desk, Step
from scenewright.scheduler import Limits
from scenewright.testing.virtualloop import run
from tests.scheduler.scripted import Author, Stage, brief, document

WIDE = Limits(model=4, voice=4)


def staged(author: Author | None = None, scenes: int = 3) -> Stage:
    return Stage(author=author or Author(scenes=scenes)).set(brief(scenes))


def changed(stage: Stage, *texts: str, **fields: Any) -> Stage:
    return stage.set(brief(len(texts)).model_copy(update={"documents": (document(texts),), **fields}))


async def alone(work: Any) -> Any:
    """What `work` gives; and no task is left behind, however it ends."""
    try:
        return await work
    finally:
        for _ in range(2):  # what was cancelled last may take a turn to end
            await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}


def released(stage: Stage) -> list[str]:
    return [event.scene for _, event in stage.of("scene.released")]


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 75), st.sampled_from([Limits(), WIDE]), st.booleans())
def test_the_disk_may_be_full_at_any_event(full_at: int, limits: Limits, for_good: bool) -> None:
    whole = staged()
    run(whole.run(limits))
    stage = staged()
    written: list[AnyEvent] = []

    def fill(event: AnyEvent) -> None:
        written.append(event)
        if len(written) == full_at or (for_good and len(written) > full_at):
            stage.events.pop()
            stage.times.pop()
            raise StoreError("disk full")

    try:
        run(alone(stage.run(limits, fill)))
    except StoreError:
        pass
    else:
        assert full_at > len(written)
    adopted = {str(event.step) for event in stage.events if event.type == "step.adopted"}
    kept = [event for event in stage.events if isinstance(event, PartAppended)]
    before = len(stage.author.performed)
    assert run(alone(stage.run(limits))).outcome == "done"
    assert not adopted & set(stage.author.performed[before:])
    parts = [event for event in stage.events if isinstance(event, PartAppended)]
    assert parts[: len(kept)] == kept
    assert max(Counter((str(part.step), part.index) for part in parts).values()) == 1
    assert released(stage) == ["s1", "s2", "s3"]
    assert _values(stage) == _values(whole)


def _values(stage: Stage) -> dict[str, Any]:
    return {str(step): adopted.value for step, adopted in stage.board().known.adopted.items()}


def test_a_pause_that_cannot_be_written_down_stops_the_run_and_raises_nothing_elsewhere() -> None:
    stage = staged()

    def fill(event: AnyEvent) -> None:
        if event.type == "run.pausing":
            raise StoreError("disk full")

    async def pause() -> None:
        running = asyncio.ensure_future(stage.run(on_event=fill))
        await asyncio.sleep(7)
        await stage.runs[0].pause()
        with pytest.raises(StoreError):
            await running

    run(alone(pause()))


@pytest.mark.parametrize("end", ["done", "failed", "paused", "cancelled"])
def test_no_task_outlives_its_run(end: str) -> None:
    def fail(step: Step) -> None:
        if end == "failed" and str(step.id) == "content@s2":
            raise BadAnswer("no")

    stage = staged(Author(fail=fail))

    async def go() -> str:
        running = asyncio.ensure_future(stage.run(WIDE))
        await asyncio.sleep(7)
        if end == "paused":
            await asyncio.gather(*(stage.runs[0].pause() for _ in range(3)))
        if end == "cancelled":
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            return "cancelled"
        return (await running).outcome

    assert run(alone(go())) == end
    ended = stage.events[-1]
    assert isinstance(ended, RunEnded)
    assert ended.outcome == end
    assert [event.type for event in stage.events].count("run.pausing") == (end == "paused")


def test_a_pause_after_the_end_writes_nothing() -> None:
    stage = staged()

    async def late() -> None:
        await stage.run()
        await stage.runs[0].pause()

    run(late())
    assert stage.events[-1].type == "run.ended"


def test_a_performer_that_meets_a_foreign_cancellation_fails_its_step_once() -> None:
    async def cancelled(step: Step, desk: Desk) -> dict[str, Any]:
        raise asyncio.CancelledError

    class Broken(Author):
        def performers(self) -> dict[str, Any]:
            return {**super().performers(), "content": cancelled}

    stage = staged(Broken())
    assert run(alone(stage.run())).reason == "3 of 3 scenes failed"
    assert [event.reason for _, event in stage.of("step.failed")] == ["internal error in content: CancelledError"] * 3


@dataclass
class Waiting(Author):
    """Its contents are calls through a real gate to an account that answers 429."""

    account: Retry[ModelRequest, ModelAnswer] = field(kw_only=True)

    async def _content(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed.append(str(step.id))
        request = ModelRequest(model="t:m", messages=(Message(role="user", text=str(step.id)),))
        call = Call(request=request, work="w", step=step.id, note=desk.note, leave=desk.leave)
        await self.account.perform(call, no_sink)
        return {"type": "slide", "title": "x", "blocks": [{"type": "paragraph", "id": "b1", "text": "t"}]}


class Limited:
    account = "limited"
    calls = 0

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        self.calls += 1
        await asyncio.sleep(2)
        raise CallFailed("slow down", failure=FailureClass.RATE_LIMIT, retry_after=500)


def test_pausing_leaves_the_gate_and_the_backoff_at_once() -> None:
    gate, provider = Gate(Fixed(1)), Limited()
    author = Waiting(account=Retry(Gated(provider, gate), RetryPolicy(), random.Random(1)))
    stage = staged(author)

    async def pause() -> tuple[RunEnded, float]:
        running = asyncio.ensure_future(stage.run(WIDE))
        await asyncio.sleep(100)
        await stage.runs[0].pause()
        return await running, asyncio.get_running_loop().time()

    ended, at = run(alone(pause()))
    assert (ended.outcome, at, provider.calls) == ("paused", 100, 1)
    assert not [event for event in stage.events if isinstance(event, StepFailed)]
    assert gate.statistics() == {"limit": 1, "in_flight": 0, "waiting": 0}


def test_an_account_that_asks_for_hours_pauses_the_work_instead_of_failing_scene_after_scene() -> None:
    def fail(step: Step) -> None:
        if step.id.name == "content":
            raise CallFailed("tomorrow", failure=FailureClass.RATE_LIMIT, retry_after=40_000)

    stage = staged(Author(fail=fail))
    assert run(stage.run()).outcome == "paused"
    assert stage.author.performed == ["outline", "content@s1"]


def test_a_paused_failure_lets_earlier_scenes_finish_and_bars_the_rest() -> None:
    failing = {"clip@s2/a1"}

    def fail(step: Step) -> None:
        if str(step.id) in failing:
            raise CallFailed("mute", failure=FailureClass.TRANSIENT)

    stage = staged(Author(fail=fail))
    assert run(alone(stage.run(WIDE))).outcome == "paused"
    assert released(stage) == ["s1"]  # scene 3 waits for its turn, even if it is complete
    failing.clear()
    assert run(stage.run(WIDE)).outcome == "done"
    assert released(stage) == ["s1", "s2", "s3"]


def test_a_scene_is_released_once_and_again_only_after_it_changed() -> None:
    failing = {"content@s2"}

    def fail(step: Step) -> None:
        if str(step.id) in failing:
            raise BadAnswer("no")

    stage = staged(Author(fail=fail))
    assert run(stage.run()).outcome == "failed"
    assert released(stage) == ["s1", "s3"]
    failing.clear()
    run(stage.run())
    assert released(stage) == ["s1", "s3", "s2"]
    run(changed(stage, "text 1", "text 2", "other").run())
    assert released(stage) == ["s1", "s3", "s2", "s3"]


def test_nothing_is_written_or_spoken_from_what_is_about_to_be_replaced() -> None:
    """Stopped in scene 2 with speeches unspoken; then its section changes."""
    failing = {"clip@s2/a1"}

    def fail(step: Step) -> None:
        if str(step.id) in failing:
            raise CallFailed("mute", failure=FailureClass.TRANSIENT)

    stage = staged(Author(fail=fail))
    assert run(stage.run()).outcome == "paused"
    failing.clear()
    done = len(stage.author.performed)
    changed(stage, "text 1", "changed", "text 3")
    assert run(stage.run(WIDE)).outcome == "done"
    again = Counter(stage.author.performed[done:])
    assert max(again.values()) == 1
    assert "clip@s1/a1" not in again
    spoken = [step.given["text"] for step in stage.board().steps("s2").values() if step.id.name == "clip"]
    assert all("changed" in text for text in spoken)


def test_a_scene_that_must_be_written_again_waits_for_the_one_before_that_must_be_too() -> None:
    stage = staged()
    run(stage.run())
    done = len(stage.author.performed)
    run(changed(stage, "one", "text 2", "three").run(WIDE))
    assert max(Counter(stage.author.performed[done:]).values()) == 1
    assert [str(step.id) for step in stage.board().stale()] == ["outline", "actions@s2"]


def test_another_audience_plans_anew_and_old_scenes_wait_for_the_new_plan() -> None:
    """The old outline's scenes have clips to speak and contents to write; none of that is begun any more."""
    stage = staged()

    async def stop_in_scene_two() -> None:
        running = asyncio.ensure_future(stage.run())
        await asyncio.sleep(30)
        await stage.runs[0].pause()
        await running

    run(stop_in_scene_two())
    done = len(stage.author.performed)
    stage.author.scenes = 2
    changed(stage, "text 1", "text 2", "text 3", audience="children")
    assert run(alone(stage.run(WIDE))).outcome == "done"
    again = stage.author.performed[done:]
    assert again[0] == "outline"
    assert max(Counter(again).values()) == 1
    assert tuple(stage.board().scenes) == ("s1", "s2")


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 70), st.sampled_from([Limits(), WIDE]), st.sampled_from(["audience", "document"]))
def test_killed_at_any_event_and_changed_before_resuming_the_work_is_as_if_made_anew(
    moment: int, limits: Limits, what: str
) -> None:
    whole = staged()
    run(whole.run(limits))
    cut = Stage(author=Author(), events=whole.events[: moment + 1], times=whole.times[: moment + 1])
    fields = {"audience": "children"} if what == "audience" else {}
    texts = ("text 1", "text 2" if fields else "changed", "text 3")
    assert run(alone(changed(cut, *texts, **fields).run(limits))).outcome == "done"
    assert max(Counter(cut.author.performed).values()) == 1
    anew = changed(Stage(), *texts, **fields)
    run(anew.run(limits))
    contents = {step: value for step, value in _values(anew).items() if step.startswith("content")}
    assert {step: value for step, value in _values(cut).items() if step.startswith("content")} == contents


def test_many_failed_scenes_are_tried_again_without_asking_everything_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing = [True]

    def fail(step: Step) -> None:
        if failing and step.id.name == "content":
            raise BadAnswer("no")

    scenes = 300
    stage = Stage(author=Author(scenes=scenes, fail=fail)).set(brief(scenes, audio=False))
    assert run(stage.run()).reason == f"{scenes} of {scenes} scenes failed"
    asked = _counted_asks(stage, monkeypatch)
    assert asked < 12 * scenes


def _counted_asks(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the kind is asked for a scene while every failure is forgotten."""
    from scenewright.domain.events import StepReset

    board = stage.board()
    kind, asks = board.kind, [0]
    ask = kind.scene_steps

    def counting(*args: Any) -> Any:
        asks[0] += 1
        return ask(*args)

    monkeypatch.setattr(kind, "scene_steps", counting)
    for step in list(board.known.failed):
        board.tell(StepReset(step=step))
    return asks[0]


@pytest.mark.parametrize("value", [{"n": float("inf")}, {"text": "half a \ud83d"}])
def test_what_cannot_be_written_down_fails_its_step_and_the_work_can_still_be_opened(value: dict[str, Any]) -> None:
    async def broken(step: Step, desk: Desk) -> dict[str, Any]:
        return value

    class Broken(Author):
        def performers(self) -> dict[str, Any]:
            return {**super().performers(), "content": broken}

    stage = staged(Broken())
    assert run(stage.run()).outcome == "failed"
    assert tuple(stage.board().scenes) == ("s1", "s2", "s3")
