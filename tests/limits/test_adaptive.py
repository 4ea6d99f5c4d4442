"""The adaptive limit: what it does with each kind of ending, and what it finds out about accounts that say nothing."""

from __future__ import annotations

import asyncio
import itertools
import random
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.calls import Call, ModelAnswer, ModelRequest, Sink, no_sink
from scenewright.domain.errors import CallFailed
from scenewright.limits import Adaptive, Ending, Gate, Gated, Retry, RetryPolicy
from scenewright.limits.concurrency import Outcome
from scenewright.limits.pace import Pace
from scenewright.testing.accounts import Account, Counted, Hidden, Times
from scenewright.testing.virtualloop import run
from tests.limits.account import call, limited

CALL = 10.0  # seconds


class Feeding:
    """Feeds an adaptive limit as a gate would whose queue is never empty. All calls take equally long."""

    def __init__(self, adaptive: Adaptive, seconds: float = CALL) -> None:
        self.adaptive, self.seconds, self.now = adaptive, seconds, 0.0

    def end(self, outcome: Outcome = "ok", in_flight: int | None = None, seconds: float | None = None) -> None:
        most = self.adaptive.limit if in_flight is None else in_flight
        lasted = self.seconds if seconds is None else seconds
        self.adaptive.ended(self.now, Ending(outcome=outcome, in_flight=most, seconds=lasted))

    def round(self, outcome: Outcome = "ok", in_flight: int | None = None) -> int:
        """A call's time goes by; as many calls end as were in flight."""
        self.now += self.seconds
        for _ in range(self.adaptive.limit if in_flight is None else in_flight):
            self.adaptive.sent(self.now, self.adaptive.limit)
            self.end(outcome, in_flight)
        return self.adaptive.limit

    def refuse(self, in_flight: int, count: int = 1, retry_after: float | None = None, after: float = 0.1) -> int:
        """So many of the calls in flight, all just sent, are refused."""
        self.now += after
        for nth in range(count):
            ending = Ending(outcome="rate_limited", in_flight=in_flight - nth, retry_after=retry_after, seconds=after)
            self.adaptive.ended(self.now, ending)
        return self.adaptive.limit


def grown(to: int) -> Feeding:
    account = Feeding(Adaptive(most=1000))
    while account.adaptive.limit < to:
        account.round()
    return account


def settled(at: int) -> Feeding:
    """`at`: a power of two."""
    account = grown(2 * at)
    assert account.refuse(2 * at, count=at) == at
    return account


# Growing


def test_the_limit_doubles_with_each_round_that_goes_well() -> None:
    account = Feeding(Adaptive())
    assert [account.round() for _ in range(6)] == [4, 8, 16, 32, 64, 64]


def test_the_limit_never_exceeds_the_ceiling_it_was_given() -> None:
    account = Feeding(Adaptive(most=5))
    assert [account.round() for _ in range(3)] == [4, 5, 5]
    assert Adaptive(most=1).limit == 1


@pytest.mark.parametrize("most", [0, -3])
def test_a_ceiling_below_one_is_refused(most: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Adaptive(most=most)


@pytest.mark.parametrize(("in_flight", "limit"), [(13, 17), (12, 16)])
def test_it_grows_only_while_most_of_it_is_in_use(in_flight: int, limit: int) -> None:
    account = grown(16)
    account.now += CALL
    for _ in range(100):
        account.end(in_flight=in_flight)
    assert account.adaptive.limit == limit


def test_an_overload_stops_growth_without_cutting_until_calls_go_well_again() -> None:
    account = grown(16)
    account.now += CALL
    account.end("overloaded")
    for _ in range(8):
        account.end()
    assert account.adaptive.limit == 16
    account.end()
    assert account.adaptive.limit == 17


def test_endless_overload_neither_cuts_nor_grows() -> None:
    account = grown(16)
    for _ in range(5):
        account.round("overloaded")
    assert account.adaptive.limit == 16


@pytest.mark.parametrize("seconds", [0.1, 600.0])
def test_how_long_calls_take_is_no_reason_for_anything(seconds: float) -> None:
    account = grown(32)
    account.seconds = seconds
    account.now += seconds
    assert [account.round() for _ in range(2)] == [64, 128]


OUTCOMES = st.lists(st.sampled_from(["ok", "rate_limited", "overloaded"]), max_size=60)


@given(outcomes=OUTCOMES, seed=st.integers(0, 5))
def test_neutral_endings_change_nothing(outcomes: list[Outcome], seed: int) -> None:
    def limits(neutral: bool) -> list[int]:
        rng, account, seen = random.Random(seed), Feeding(Adaptive()), []
        for outcome in outcomes:
            account.now += rng.random()
            if neutral:
                account.end("neutral")
            account.end(outcome, seconds=rng.random())
            seen.append(account.adaptive.limit)
        return seen

    assert limits(neutral=True) == limits(neutral=False)


@given(
    endings=st.lists(
        st.tuples(
            st.sampled_from(["ok", "rate_limited", "overloaded", "neutral"]),
            st.integers(1, 100),
            st.floats(0, 100),
            st.none() | st.floats(0, 700),
            st.none() | st.floats(0, 20),
            st.integers(0, 5000),
        ),
        max_size=150,
    ),
    most=st.integers(1, 70),
)
def test_whatever_happens_the_limit_stays_in_its_bounds_and_waits_end(
    endings: list[tuple[Outcome, int, float, float | None, float | None, int]], most: int
) -> None:
    adaptive, now = Adaptive(most=most), 0.0
    for outcome, in_flight, seconds, retry_after, first, tokens in endings:
        adaptive.sent(now, in_flight)
        now += seconds / 3
        ending = Ending(
            outcome=outcome,
            in_flight=in_flight,
            seconds=min(seconds, now),
            retry_after=retry_after,
            first=first,
            output_tokens=tokens,
        )
        adaptive.ended(now, ending)
        assert 1 <= adaptive.limit <= most
        assert 0 <= adaptive.wait(now) <= 120
    assert adaptive.wait(now + 200) == 0


# Refusals


def test_the_first_refusal_sets_the_limit_to_what_was_not_refused() -> None:
    account = grown(64)
    assert account.refuse(in_flight=41) == 40


def test_many_refusals_of_calls_sent_together_are_one_cut() -> None:
    account = grown(64)
    assert account.refuse(in_flight=64, count=24) == 40


def test_a_late_refusal_of_a_call_sent_before_the_cut_belongs_to_it() -> None:
    account = settled(32)
    account.now += 5
    account.end("rate_limited", in_flight=32, seconds=5.2)
    assert account.adaptive.limit == 32
    assert account.adaptive.wait(account.now) == 0


def test_one_episode_never_takes_more_than_half() -> None:
    account = grown(64)
    assert account.refuse(in_flight=64, count=64) == 32


def test_a_quota_of_one_is_found_with_a_single_refusal() -> None:
    account = Feeding(Adaptive())
    assert account.refuse(in_flight=2) == 1


def test_after_a_refusal_it_stays_then_tries_a_little_more_ever_more_seldom() -> None:
    account = settled(32)
    tried: list[float] = []
    since = account.now
    while len(tried) < 6:
        if account.round() > 32:
            tried.append(account.now - since)
            assert account.refuse(in_flight=33) == 32
            since = account.now
    # The first is soon: whether it was room that was missing deserves a second opinion. A round is 10 s long.
    assert tried[0] <= 20
    assert tried[1:] == [pytest.approx(gap, abs=20) for gap in (60, 120, 240, 480, 480)]


def test_it_does_not_try_more_before_enough_calls_went_by() -> None:
    account = settled(1)
    while account.adaptive.limit == 1:
        account.round()
    account.refuse(in_flight=2)  # the second opinion
    rounds = 0
    while account.adaptive.limit == 1:
        account.round()
        rounds += 1
    assert rounds > 100


def test_nothing_grows_before_the_time_that_the_account_asked_for() -> None:
    account = grown(64)
    account.refuse(in_flight=41, count=1, retry_after=300)
    while account.now < 300:
        assert account.round() == 40


def test_a_refusal_at_what_had_been_fine_pauses_everybody_and_soon_halves_the_limit() -> None:
    account = settled(32)
    for _ in range(4):
        if account.round() > 32:
            assert account.refuse(in_flight=33) == 32  # the second opinion
    account.now += 5
    assert account.refuse(in_flight=32) == 32  # it may be the rate, so that is tried first
    assert 1 <= account.adaptive.wait(account.now) <= 20
    account.now += account.adaptive.wait(account.now)
    assert account.refuse(in_flight=32) == 16
    assert account.adaptive.wait(account.now) >= 2


def test_a_rate_that_is_learnt_spaces_calls_evenly_and_is_tried_again() -> None:
    pace = Pace()
    for second in range(60):
        pace.sent(float(second))
        pace.grow(second + 0.5)
    assert pace.wait(60.0) == 0
    pace.cut(60.0)
    assert pace.per_minute == pytest.approx(0.97 * 59)  # the request at 0 s is more than a minute ago
    assert pace.wait(60.0) == 2.0  # then 58 were accepted in the minute
    times = [60.0]
    while (pace.per_minute or 0) < 59:
        times.append(times[-1] + pace.wait(times[-1]))
        pace.sent(times[-1])
        pace.grow(times[-1])
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 60 / 59
    assert times[-1] >= 70  # a step is tried for ten seconds


# What it finds out about an account that says nothing


@dataclass
class Hour:
    counted: Counted
    failed: int
    gate: Gate


def hour(hidden: Hidden, warm_up: float, seconds: float, times: Times | None = None, seed: int = 1) -> Hour:
    """Demand without end; counted for `seconds` after the warm-up."""

    async def go() -> Hour:
        account, gate = Account(hidden, times=times, seed=seed), Gate(Adaptive(most=500))
        stack = Retry(Gated(account, gate), RetryPolicy(), random.Random(seed))
        failures: list[CallFailed] = []

        async def caller() -> None:
            while True:
                try:
                    await stack.perform(call(), no_sink)
                except CallFailed as failed:
                    failures.append(failed)

        tasks = [asyncio.ensure_future(caller()) for _ in range(120)]
        await asyncio.sleep(warm_up)
        account.count_anew()
        await asyncio.sleep(seconds)
        counted = account.count_anew()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert gate.statistics() == {"limit": gate.limit, "in_flight": 0, "waiting": 0}
        return Hour(counted, len(failures), gate)

    return run(go())


@pytest.mark.parametrize(("quota", "rounds"), [(1, 3), (4, 4), (10, 6), (40, 8)])
def test_hidden_room_is_found_and_used(quota: int, rounds: int) -> None:
    found = hour(Hidden(in_flight=quota), warm_up=11.7 * rounds, seconds=3600 if quota < 10 else 900)
    assert found.counted.busy / (3600 if quota < 10 else 900) >= 0.88 * quota
    assert found.counted.refused <= 0.015 * found.counted.asked
    assert found.failed == 0


@pytest.mark.parametrize("window", ["bucket", "sliding"])
@pytest.mark.parametrize("tells", [False, True])
def test_a_hidden_rate_is_found_and_used(window: str, tells: bool) -> None:
    hidden = Hidden(per_minute=60, window="sliding" if window == "sliding" else "bucket", tells=tells)
    found = hour(hidden, warm_up=11.7 * 6, seconds=3600)
    assert found.counted.asked - found.counted.refused >= 0.88 * 3600
    assert found.counted.refused <= 0.015 * found.counted.asked
    assert found.failed == 0


def test_a_server_that_only_queues_is_kept_busy_with_a_short_queue() -> None:
    found = hour(Hidden(slots=8), warm_up=120, seconds=1800)
    assert found.counted.tokens / 1800 >= 0.88 * 8 * 57  # 57 tokens a second of a call, all in all
    assert found.gate.limit <= 16
    assert sum(found.counted.first) / len(found.counted.first) < 6


def test_a_model_that_thinks_before_it_writes_is_no_queue() -> None:
    thinking = Times(seconds=(2.6, 0.35), first=(1.5, 0.6))
    found = hour(Hidden(in_flight=20), warm_up=200, seconds=900, times=thinking)
    assert found.counted.busy / 900 >= 0.88 * 20


def test_one_request_a_second_is_not_taken_for_room_for_one_call() -> None:
    found = hour(Hidden(per_minute=60, burst=1), warm_up=200, seconds=3600)
    assert found.counted.asked - found.counted.refused >= 0.6 * 3600
    assert found.counted.refused <= 0.015 * found.counted.asked


@dataclass
class Hiccup:
    """An account without limits that refuses everybody for three seconds."""

    inner: Account
    at: float
    account: str = "hiccup"
    refused: int = 0

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        if self.at <= asyncio.get_running_loop().time() < self.at + 3:
            self.refused += 1
            raise limited(retry_after=1.0)
        return await self.inner.perform(call, sink)


@pytest.mark.parametrize("at", [10.0, 18.0, 30.0])
def test_refusals_in_the_first_minute_do_not_slow_a_work_down_for_long(at: float) -> None:
    """80 calls of 11.7 s take 70 s without them, and 320 s three at a time."""

    async def seconds(seed: int) -> float:
        rng = random.Random(seed)
        hiccup = Hiccup(Account(Hidden(), seed=seed), at)
        stack = Retry(Gated(hiccup, Gate(Adaptive())), RetryPolicy(), rng)
        async with asyncio.TaskGroup() as tasks:
            for _ in range(80):
                tasks.create_task(stack.perform(call(), no_sink))
        assert hiccup.refused
        return asyncio.get_running_loop().time()

    assert max(run(seconds(seed)) for seed in (1, 2, 3)) < 300
