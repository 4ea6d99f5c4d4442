"""Retry and deadline on the virtual clock: exact times, no waiting."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest

from scenewright.domain.calls import Call, Message, ModelAnswer, ModelRequest, Sink, no_sink
from scenewright.domain.errors import CallFailed, FailureClass, Withdrawn
from scenewright.domain.events import AnyEvent, CallRetried
from scenewright.domain.steps import StepId
from scenewright.limits import Deadline, Deadlines, Fixed, Gate, Gated, Retry, RetryPolicy
from scenewright.testing.virtualloop import run

Answer = Callable[[int, Sink], Awaitable[ModelAnswer]]


@dataclass
class Scripted:
    """A provider whose nth call does what the script says."""

    answer: Answer
    account: str = "scripted"
    times: list[float] = field(default_factory=list)
    in_flight: int = 0
    most: int = 0

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        self.times.append(asyncio.get_running_loop().time())
        self.in_flight += 1
        self.most = max(self.most, self.in_flight)
        try:
            return await self.answer(len(self.times), sink)
        finally:
            self.in_flight -= 1


def call(text: str = "hello", rank: tuple[int, ...] = (), note: list[AnyEvent] | None = None) -> Call[ModelRequest]:
    async def keep(event: AnyEvent) -> None:
        if note is not None:
            note.append(event)

    request = ModelRequest(model="test:m", messages=(Message(role="user", text=text),))
    return Call(request=request, work="w", step=StepId(name="content", scene="s1"), rank=rank, note=keep)


def failing(times: int, failure: CallFailed) -> Answer:
    async def answer(nth: int, sink: Sink) -> ModelAnswer:
        if nth <= times:
            raise failure
        return ModelAnswer(text="ok")

    return answer


def no_jitter(provider: Scripted, gate: Gate | None = None, **policy: float) -> Retry[ModelRequest, ModelAnswer]:
    gate = gate or Gate(Fixed(1))
    return Retry(Gated(provider, gate), RetryPolicy(**policy), _Highest())  # type: ignore[arg-type]


class _Highest(random.Random):
    def uniform(self, a: float, b: float) -> float:
        return b


def test_a_transient_failure_backs_off_and_doubles() -> None:
    provider = Scripted(failing(3, CallFailed("boom", failure=FailureClass.TRANSIENT)))
    notes: list[AnyEvent] = []
    answer = run(no_jitter(provider).perform(call(note=notes), no_sink))
    assert answer.text == "ok"
    assert provider.times == [0, 1, 3, 7]
    assert [note.attempt for note in notes if isinstance(note, CallRetried)] == [1, 2, 3]


@pytest.mark.parametrize("failure", [FailureClass.FATAL, FailureClass.REFUSED])
def test_what_will_fail_again_is_not_repeated(failure: FailureClass) -> None:
    provider = Scripted(failing(9, CallFailed("no such key", failure=failure)))
    with pytest.raises(CallFailed, match="no such key"):
        run(no_jitter(provider).perform(call(), no_sink))
    assert provider.times == [0]


def test_what_has_partly_arrived_is_not_repeated_here() -> None:
    provider = Scripted(failing(9, CallFailed("reset", failure=FailureClass.TRANSIENT, received=True)))
    with pytest.raises(CallFailed):
        run(no_jitter(provider).perform(call(), no_sink))
    assert provider.times == [0]


def test_retry_after_holds_everybody_at_the_gate() -> None:
    provider = Scripted(failing(1, CallFailed("slow down", failure=FailureClass.RATE_LIMIT, retry_after=20)))
    gate = Gate(Fixed(1))
    retry = no_jitter(provider, gate)

    async def both() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(retry.perform(call("a"), no_sink))
            tasks.create_task(retry.perform(call("b"), no_sink))

    run(both())
    assert provider.times == [0, 20, 20]
    assert gate.statistics() == {"limit": 1, "in_flight": 0, "waiting": 0}


def test_an_account_that_asks_for_hours_is_not_waited_for() -> None:
    provider = Scripted(failing(1, CallFailed("tomorrow", failure=FailureClass.RATE_LIMIT, retry_after=40_000)))
    with pytest.raises(CallFailed, match="tomorrow"):
        run(no_jitter(provider).perform(call(), no_sink))


def test_a_silent_call_ends_at_its_deadline() -> None:
    async def answer(nth: int, sink: Sink) -> ModelAnswer:
        await asyncio.sleep(1e6)
        return ModelAnswer(text="")

    async def timed() -> float:
        with pytest.raises(CallFailed) as caught:
            await Deadline(Scripted(answer), Deadlines(first=30)).perform(call(), no_sink)
        assert caught.value.failure is FailureClass.TRANSIENT
        assert not caught.value.received
        return asyncio.get_running_loop().time()

    assert run(timed()) == 30


def test_a_stream_that_stalls_ends_and_says_that_text_had_come() -> None:
    async def answer(nth: int, sink: Sink) -> ModelAnswer:
        for _ in range(3):
            await asyncio.sleep(4)
            await sink("word ")
        await asyncio.sleep(1e6)
        return ModelAnswer(text="")

    async def timed() -> float:
        with pytest.raises(CallFailed, match="stalled") as caught:
            await Deadline(Scripted(answer), Deadlines(first=5, stall=7)).perform(call(), no_sink)
        assert caught.value.received
        return asyncio.get_running_loop().time()

    assert run(timed()) == 19


def test_a_slow_reader_is_not_the_providers_fault() -> None:
    async def answer(nth: int, sink: Sink) -> ModelAnswer:
        await sink("one")
        await sink("two")
        return ModelAnswer(text="onetwo")

    async def slow(_: str) -> None:
        await asyncio.sleep(100)

    answered = run(Deadline(Scripted(answer), Deadlines(first=5, stall=5)).perform(call(), slow))
    assert answered.text == "onetwo"


def test_leaving_ends_a_backoff_at_once() -> None:
    provider = Scripted(failing(9, CallFailed("boom", failure=FailureClass.TRANSIENT)))

    async def leave() -> float:
        event = asyncio.Event()
        asking = asyncio.ensure_future(no_jitter(provider, base=100.0, cap=100.0).perform(_leaving(event), no_sink))
        await asyncio.sleep(3)
        event.set()
        with pytest.raises(Withdrawn):
            await asking
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == 1
        return asyncio.get_running_loop().time()

    assert run(leave()) == 3


def _leaving(event: asyncio.Event) -> Call[ModelRequest]:
    return replace(call(), leave=event)


def test_a_timeout_that_is_not_the_deadlines_is_passed_on_as_it_is() -> None:
    async def answer(nth: int, sink: Sink) -> ModelAnswer:
        raise TimeoutError("of the disk")

    with pytest.raises(TimeoutError, match="of the disk"):
        run(Deadline(Scripted(answer), Deadlines()).perform(call(), no_sink))


def test_cancelling_a_call_is_never_taken_for_its_deadline() -> None:
    async def answer(nth: int, sink: Sink) -> ModelAnswer:
        await asyncio.sleep(1e6)
        return ModelAnswer(text="")

    async def cancel() -> bool:
        asking = asyncio.ensure_future(Deadline(Scripted(answer), Deadlines(first=5)).perform(call(), no_sink))
        await asyncio.sleep(5)  # the very moment of the deadline
        asking.cancel()
        await asyncio.wait({asking})
        return asking.cancelled()

    assert run(cancel())


def test_a_reader_who_takes_long_does_not_use_up_the_whole_calls_time() -> None:
    async def answer(nth: int, sink: Sink) -> ModelAnswer:
        await sink("one")
        await asyncio.sleep(1)
        return ModelAnswer(text="one")

    async def slow(_: str) -> None:
        await asyncio.sleep(1000)

    answered = run(Deadline(Scripted(answer), Deadlines(first=5, stall=5, total=20)).perform(call(), slow))
    assert answered.text == "one"


def test_a_stream_that_drips_for_ever_ends_with_the_whole_calls_time() -> None:
    async def answer(nth: int, sink: Sink) -> ModelAnswer:
        while True:
            await asyncio.sleep(1)
            await sink("drip")

    async def timed() -> float:
        with pytest.raises(CallFailed):
            await Deadline(Scripted(answer), Deadlines(first=5, stall=5, total=20)).perform(call(), no_sink)
        return asyncio.get_running_loop().time()

    assert run(timed()) == 20
