"""The account in memory: what it takes, what it refuses, and what it counts."""

from __future__ import annotations

import asyncio

import pytest

from scenewright.domain.calls import no_sink
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.testing.accounts import Account, Counted, Hidden, Times
from scenewright.testing.virtualloop import run
from tests.limits.account import call

EVEN = Times(seconds=(2.302585092994046, 0.0), first=(0.0, 0.0), travel=(0.0, 0.0))  # 10 s, the first token after 1 s


def asked(hidden: Hidden, *times: float) -> tuple[list[float | None], Counted]:
    """Asks at these times; seconds each took to be answered, or None: refused."""

    async def one(account: Account, at: float) -> float | None:
        await asyncio.sleep(at)
        try:
            await account.perform(call(), no_sink)
        except CallFailed:
            return None
        return round(asyncio.get_running_loop().time() - at, 6)

    async def go() -> tuple[list[float | None], Counted]:
        account = Account(hidden, times=EVEN)
        answered = await asyncio.gather(*(one(account, at) for at in times))
        return list(answered), account.count_anew()

    return run(go())


def test_calls_beyond_the_room_are_refused_until_one_has_ended() -> None:
    answered, counted = asked(Hidden(in_flight=2), 0, 1, 2, 10.5)
    assert answered == [10, 10, None, 10]
    assert (counted.asked, counted.refused, counted.answered, counted.most) == (4, 1, 3, 2)
    assert counted.busy == pytest.approx(30)


def test_a_bucket_is_refilled_evenly() -> None:
    answered, _ = asked(Hidden(per_minute=6, burst=2), 0, 0.5, 1, 10, 11, 20)
    assert answered == [10, 10, None, 10, None, 10]


def test_a_sliding_minute_forgets_what_is_a_minute_ago() -> None:
    answered, _ = asked(Hidden(per_minute=2, window="sliding"), 0, 30, 59, 60, 61)
    assert answered == [10, 10, None, 10, None]


def test_slots_refuse_nobody_and_keep_the_order() -> None:
    answered, counted = asked(Hidden(slots=1), 0, 1, 2)
    assert answered == [10, 19, 28]
    assert counted.first == pytest.approx([1, 10, 19])


def test_a_refusal_may_say_when_to_come_again() -> None:
    async def go() -> float | None:
        account = Account(Hidden(per_minute=6, burst=1, tells=True), times=EVEN)
        await account.perform(call(), no_sink)
        first = asyncio.ensure_future(account.perform(call(), no_sink))
        await asyncio.sleep(2.5)
        with pytest.raises(CallFailed) as refused:
            await account.perform(call(), no_sink)
        await first
        assert refused.value.failure is FailureClass.RATE_LIMIT
        return refused.value.retry_after

    assert run(go()) == 8
