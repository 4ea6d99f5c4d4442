"""Nothing paid for is paid twice."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import dataclass, field, replace

import pytest

from scenewright.domain.calls import (
    Call,
    Message,
    ModelAnswer,
    ModelRequest,
    RateLimit,
    RateLimits,
    Sink,
    SpeechAnswer,
    SpeechRequest,
    no_sink,
)
from scenewright.domain.errors import CallFailed, FailureClass, NotRemembered, Withdrawn
from scenewright.domain.steps import StepId
from scenewright.limits import Fixed, Gate, Gated
from scenewright.memo import Memo
from scenewright.memo.codec import decode, encode
from scenewright.testing.virtualloop import run


@dataclass
class Rows:
    """An in-memory twin of the store's answers."""

    kept: dict[str, tuple[str, bytes | None]] = field(default_factory=dict)
    slow: float = 0.0  # seconds that a write takes

    async def get(self, key: str) -> tuple[str, bytes | None] | None:
        return self.kept.get(key)

    async def put(self, key: str, answer: str, body: bytes | None) -> None:
        await asyncio.sleep(self.slow)
        self.kept.setdefault(key, (answer, body))


@dataclass
class Counting:
    """Answers differently at every call, so that nothing passes by luck."""

    account: str = "counting"
    calls: int = 0
    finished: int = 0
    fails: bool = False

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        self.calls += 1
        nth = self.calls
        await asyncio.sleep(1)
        await sink(f"answer {nth}, ")
        await asyncio.sleep(1)
        if self.fails:
            raise CallFailed("broken", failure=FailureClass.TRANSIENT, received=True)
        await sink("end")
        self.finished += 1
        return ModelAnswer(text=f"answer {nth}, end")


def call(text: str = "q", take: int = 0, **other: str) -> Call[ModelRequest]:
    request = ModelRequest(model="m:1", messages=(Message(role="user", text=text),))
    return Call(
        request=request,
        work=other.get("work", "w"),
        step=StepId(name=other.get("step", "content"), scene=other.get("scene", "s1")),
        take=take,
    )


def test_the_same_request_is_paid_once_whoever_asks_from_wherever() -> None:
    async def twice() -> None:
        inner = Counting()
        memo = Memo(inner, Rows())
        first = await memo.perform(call(), no_sink)
        again = await memo.perform(call(work="other", scene="s9", step="actions"), no_sink)
        assert (first.text, again.text, inner.calls) == ("answer 1, end", "answer 1, end", 1)
        assert (first.remembered, again.remembered) == (False, True)

    run(twice())


@pytest.mark.parametrize("other", [call("Q"), call(take=1)])
def test_another_request_or_take_is_another_call(other: Call[ModelRequest]) -> None:
    async def both() -> int:
        inner = Counting()
        memo = Memo(inner, Rows())
        await memo.perform(call(), no_sink)
        await memo.perform(other, no_sink)
        return inner.calls

    assert run(both()) == 2


def test_askers_of_one_answer_share_one_flight_and_all_hear_it_whole() -> None:
    async def share() -> None:
        inner, heard = Counting(), ["", ""]
        memo = Memo(inner, Rows())

        async def listen(index: int, delay: float) -> ModelAnswer:
            async def sink(text: str) -> None:
                heard[index] += text

            await asyncio.sleep(delay)
            return await memo.perform(call(), sink)

        one, two = await asyncio.gather(listen(0, 0), listen(1, 1.5))
        assert heard == ["answer 1, end"] * 2
        assert (one.text, two.text, inner.calls) == ("answer 1, end", "answer 1, end", 1)

    run(share())


def test_the_flight_goes_on_while_somebody_listens_and_ends_with_the_last() -> None:
    async def leave() -> None:
        inner, rows = Counting(), Rows()
        memo = Memo(inner, rows)
        first = asyncio.ensure_future(memo.perform(call(), no_sink))
        second = asyncio.ensure_future(memo.perform(call(), no_sink))
        await asyncio.sleep(0.5)
        first.cancel()
        assert (await second).text == "answer 1, end"
        lonely = asyncio.ensure_future(memo.perform(call("other"), no_sink))
        await asyncio.sleep(0.5)
        lonely.cancel()
        await asyncio.wait({lonely})
        assert (inner.calls, inner.finished, len(rows.kept)) == (2, 1, 1)
        assert len(asyncio.all_tasks()) == 1

    run(leave())


def test_an_answer_that_has_arrived_is_stored_though_everybody_left() -> None:
    async def leave_late() -> None:
        inner, rows = Counting(), Rows(slow=5)
        memo = Memo(inner, rows)
        asking = asyncio.ensure_future(memo.perform(call(), no_sink))
        await asyncio.sleep(3)  # answered at 2, written from 2 to 7
        asking.cancel()
        await asyncio.wait({asking})
        assert len(rows.kept) == 1
        assert (await memo.perform(call(), no_sink)).remembered

    run(leave_late())


def test_a_failure_is_not_remembered() -> None:
    async def fail_then_work() -> None:
        inner = Counting(fails=True)
        memo = Memo(inner, Rows())
        with pytest.raises(CallFailed, match="broken"):
            await memo.perform(call(), no_sink)
        inner.fails = False
        assert (await memo.perform(call(), no_sink)).text == "answer 2, end"

    run(fail_then_work())


def test_recall_never_pays() -> None:
    async def recall() -> None:
        inner = Counting()
        memo = Memo(inner, Rows())
        with pytest.raises(NotRemembered):
            await memo.perform(replace(call(), recall=True), no_sink)
        await memo.perform(call(), no_sink)
        assert (await memo.perform(replace(call(), recall=True), no_sink)).remembered
        assert inner.calls == 1

    run(recall())


def test_speech_keeps_its_bytes() -> None:
    class Voice:
        account = "voice"

        async def perform(self, call: Call[SpeechRequest], sink: Sink) -> SpeechAnswer:
            return SpeechAnswer(audio=b"RIFF\x00\xff", characters=5)

    async def speak() -> None:
        memo = Memo(Voice(), Rows())
        request = SpeechRequest(engine="e", voice="v", language="en", text="hello")
        asked = Call(request=request, work="w", step=StepId(name="clip"))
        await memo.perform(asked, no_sink)
        again = await memo.perform(asked, no_sink)
        assert again == SpeechAnswer(audio=b"RIFF\x00\xff", characters=5, remembered=True)

    run(speak())


def test_whoever_asks_while_an_abandoned_flight_is_still_ending_gets_an_answer() -> None:
    async def leave_and_join() -> None:
        inner, rows = Counting(), Rows(slow=5)
        memo = Memo(inner, rows)
        first = asyncio.ensure_future(memo.perform(call(), no_sink))
        await asyncio.sleep(3)  # answered at 2, written from 2 to 7
        first.cancel()
        await asyncio.sleep(1)
        joined = await memo.perform(call(), no_sink)
        assert (joined.text, joined.remembered, inner.calls) == ("answer 1, end", True, 1)

    run(leave_and_join())


def test_a_flight_that_was_aborted_is_flown_again_for_the_next_asker() -> None:
    class Slow(Counting):
        async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
            try:
                return await super().perform(call, sink)
            except asyncio.CancelledError:
                await asyncio.sleep(4)  # closing a connection takes a while
                raise

    async def leave_and_join() -> None:
        inner = Slow()
        memo = Memo(inner, Rows())
        first = asyncio.ensure_future(memo.perform(call(), no_sink))
        await asyncio.sleep(0.5)
        first.cancel()
        await asyncio.sleep(0.5)
        joined = await memo.perform(call(), no_sink)
        assert (joined.text, joined.remembered) == ("answer 2, end", False)
        assert len(asyncio.all_tasks()) == 1

    run(leave_and_join())


def test_askers_who_look_up_at_the_same_time_pay_once_however_slow_the_look() -> None:
    class SlowRows(Rows):
        asked = 0

        async def get(self, key: str) -> tuple[str, bytes | None] | None:
            self.asked += 1
            found = self.kept.get(key)  # seen now, told later
            await asyncio.sleep(10 if self.asked == 2 else 0)
            return found

    async def both() -> None:
        inner = Counting()
        memo = Memo(inner, SlowRows())
        answers = await asyncio.gather(memo.perform(call(), no_sink), memo.perform(call(), no_sink))
        assert inner.calls == 1
        assert sorted(answer.remembered for answer in answers) == [False, True]

    run(both())


def test_when_the_payer_leaves_another_follower_is_told_that_it_was_paid() -> None:
    async def leave() -> None:
        memo = Memo(Counting(), Rows())
        first = asyncio.ensure_future(memo.perform(call(), no_sink))
        second = asyncio.ensure_future(memo.perform(call(), no_sink))
        await asyncio.sleep(0.5)
        first.cancel()
        assert not (await second).remembered

    run(leave())


def test_a_failure_that_nobody_waits_for_is_no_noise() -> None:
    class Stubborn(Counting):
        async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
            try:
                await asyncio.sleep(9)
            finally:
                raise CallFailed("while leaving", failure=FailureClass.TRANSIENT)

    async def leave() -> list[object]:
        noise: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: noise.append(context))
        asking = asyncio.ensure_future(Memo(Stubborn(), Rows()).perform(call(), no_sink))
        await asyncio.sleep(0.5)
        asking.cancel()
        await asyncio.wait({asking})
        del asking
        gc.collect()
        return noise

    assert run(leave()) == []


def test_a_reader_who_fails_ends_the_flight_only_for_himself() -> None:
    async def listen() -> None:
        inner = Counting()
        memo = Memo(inner, Rows())

        async def full(_: str) -> None:
            raise OSError("no room")

        failing = asyncio.ensure_future(memo.perform(call(), full))
        other = asyncio.ensure_future(memo.perform(call(), no_sink))
        with pytest.raises(OSError, match="no room"):
            await failing
        assert (await other).text == "answer 1, end"
        with pytest.raises(OSError, match="no room"):
            await memo.perform(call("alone"), full)
        assert (inner.calls, inner.finished, len(asyncio.all_tasks())) == (2, 1, 1)

    run(listen())


def test_a_pause_of_the_run_that_asked_first_does_not_reach_another_run() -> None:
    async def pause() -> None:
        inner, gate = Counting(), Gate(Fixed(1))
        memo = Memo(Gated(inner, gate), Rows())
        mine, yours = asyncio.Event(), asyncio.Event()
        async with gate.enter():
            first = asyncio.ensure_future(memo.perform(replace(call(), leave=mine), no_sink))
            second = asyncio.ensure_future(memo.perform(replace(call(), leave=yours), no_sink))
            await asyncio.sleep(1)
            mine.set()
            with pytest.raises(Withdrawn):
                await first
        assert (await second).text == "answer 1, end"

    run(pause())


def test_what_an_account_told_of_its_limits_is_not_kept() -> None:
    told = RateLimits(limits=(RateLimit(of="requests", limit=60, remaining=1),))
    for answer in (ModelAnswer(text="a", limits=told), SpeechAnswer(audio=b"b", limits=told)):
        assert decode(*encode(answer)) == answer.model_copy(update={"limits": None, "remembered": True})
