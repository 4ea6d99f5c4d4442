"""The gate on the virtual clock: who goes when, to the very moment, and what the account's limits are told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.calls import Call, ModelAnswer, ModelRequest, RateLimit, RateLimits, Sink, Usage, no_sink
from scenewright.domain.errors import CallFailed, FailureClass, Withdrawn
from scenewright.limits import Cost, Ending, Fixed, Gate, Gated, Rates
from scenewright.memo import Memo
from scenewright.testing.virtualloop import run
from tests.limits.account import Account, call, fatal, limited, transient
from tests.memo.test_memo import Rows


def now() -> float:
    return asyncio.get_running_loop().time()


@dataclass(frozen=True)
class Visit:
    """`seconds`: how long it stays. `gone`: after so many seconds it is cancelled or leaves, whatever it does."""

    work: str = "w"
    rank: int = 0
    at: float = 0.0
    seconds: float = 1.0
    gone: float | None = None
    by: str = "cancel"


class Door:
    """Sends visits through a gate and keeps who was let in, when, and how many were in at most."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.entered: list[tuple[float, str]] = []
        self.most = 0
        self.served = 0

    async def visit(self, visit: Visit, name: str = "") -> None:
        await asyncio.sleep(visit.at)
        leave = asyncio.Event()
        inside = asyncio.ensure_future(self._inside(visit, name or visit.work, leave))
        if visit.gone is not None:
            gone = leave.set if visit.by == "leave" else inside.cancel
            asyncio.get_running_loop().call_later(visit.gone, gone)
        with suppress(asyncio.CancelledError, Withdrawn):
            await inside

    async def _inside(self, visit: Visit, name: str, leave: asyncio.Event) -> None:
        async with self.gate.enter(visit.work, (visit.rank,), Cost(), leave):
            self.entered.append((now(), name))
            self.most = max(self.most, self.gate.in_flight)
            await asyncio.sleep(visit.seconds)
            self.served += 1

    async def all(self, *visits: tuple[str, Visit]) -> list[tuple[float, str]]:
        await asyncio.gather(*(self.visit(visit, name) for name, visit in visits))
        return self.entered


def through(gate: Callable[[], Gate], *visits: tuple[str, Visit]) -> list[tuple[float, str]]:
    async def go() -> list[tuple[float, str]]:
        return await Door(gate()).all(*visits)

    return run(go())


def one() -> Gate:
    return Gate(Fixed(1))


# Whose turn it is


def test_within_a_work_the_lowest_rank_goes_first_then_who_came_first() -> None:
    ranks = (("a", 1), ("b", 1), ("c", 2), ("d", 0), ("e", 2))
    order = through(lambda: Gate(Fixed(2)), *((name, Visit(rank=rank)) for name, rank in ranks))
    assert order == [(0, "a"), (0, "b"), (1, "d"), (1, "c"), (2, "e")]


def test_works_take_turns_however_much_one_of_them_asks_for() -> None:
    large = [(f"large {nth}", Visit(work="large")) for nth in range(4)]
    order = through(one, *large, ("small", Visit(work="small", rank=9, at=0.5)))
    assert [name for _, name in order] == ["large 0", "small", "large 1", "large 2", "large 3"]


def test_the_work_with_the_fewest_calls_in_flight_goes_next() -> None:
    first = [("a long", Visit(work="a", seconds=10)), ("a short", Visit(work="a")), ("b", Visit(work="b", seconds=10))]
    later = [("a more", Visit(work="a", at=0.1)), ("b more", Visit(work="b", at=0.2)), ("c", Visit(work="c", at=0.3))]
    order = through(lambda: Gate(Fixed(3)), *first, *later)
    assert order[3:] == [(1, "c"), (2, "a more"), (3, "b more")]


def test_among_equals_the_work_that_was_served_longest_ago_goes_next() -> None:
    visits = [(f"{work}{nth}", Visit(work=work)) for work in "abc" for nth in range(2)]
    assert [name for _, name in through(one, *visits)] == ["a0", "b0", "c0", "a1", "b1", "c1"]


def test_a_work_that_asks_again_and_again_does_not_keep_the_others_out() -> None:
    visits = [(f"b{nth}", Visit(work="b", at=nth)) for nth in range(9)] + [
        ("a", Visit(work="a")),
        ("c", Visit(work="c")),
    ]
    order = [name for _, name in through(one, *visits)]
    assert order[:3] == ["b0", "a", "c"]


# When it is


def test_quotas_are_waited_for_to_the_very_moment() -> None:
    async def go() -> list[tuple[float, str]]:
        door = Door(Gate(Fixed(9), Rates(requests=2)))
        return await door.all(*((str(nth), Visit()) for nth in range(4)))

    assert run(go()) == [(0, "0"), (0, "1"), (30, "2"), (60, "3")]


def test_a_call_that_leaves_the_queue_uses_up_nothing() -> None:
    async def go() -> list[tuple[float, str]]:
        door = Door(Gate(Fixed(9), Rates(requests=1)))
        gone = [(f"gone {by}", Visit(gone=20, by=by)) for by in ("cancel", "leave")]
        return await door.all(("first", Visit()), *gone, ("last", Visit()))

    assert run(go()) == [(0, "first"), (pytest.approx(60), "last")]


def test_a_large_call_comes_to_its_turn_and_its_leaving_lets_the_small_ones_go() -> None:
    async def go(leaves: bool) -> list[tuple[float, str]]:
        gate, times, leave = Gate(Fixed(9), Rates(tokens=600)), list[tuple[float, str]](), asyncio.Event()

        async def enter(name: str, tokens: int) -> None:
            async with gate.enter("w", (), Cost(input_tokens=tokens), leave if name == "large" else None):
                times.append((now(), name))

        if leaves:
            asyncio.get_running_loop().call_later(5, leave.set)
        entering = [enter("first", 600), enter("large", 600), enter("small", 10)]
        await asyncio.gather(*entering, return_exceptions=True)
        return times

    assert run(go(leaves=False)) == [(0, "first"), (60, "large"), (61, "small")]
    assert run(go(leaves=True)) == [(0, "first"), (5, "small")]


class Paced(Fixed):
    """Lets one in every ten seconds, and counts how often it is asked."""

    next, asked = 0.0, 0

    def wait(self, now: float) -> float:
        self.asked += 1
        return self.next - now

    def sent(self, now: float, in_flight: int) -> None:
        self.next = now + 10


def test_a_pace_is_kept_exactly_and_nobody_polls() -> None:
    paced = Paced(9)
    order = through(lambda: Gate(paced), *((str(nth), Visit(seconds=0.1)) for nth in range(5)))
    assert [at for at, _ in order] == [0, 10, 20, 30, 40]
    assert paced.asked <= 25


class Growing(Fixed):
    """Allows one more with each call that ends."""

    def ended(self, now: float, ending: Ending) -> None:
        self._limit += 1


def test_whoever_depends_on_the_limit_is_told_when_it_changes() -> None:
    async def go() -> list[int]:
        gate, seen = Gate(Growing(1)), list[int]()
        gate.on_change.append(lambda: seen.append(gate.limit))
        await Door(gate).all(*((str(nth), Visit()) for nth in range(4)))
        return seen

    assert run(go()) == [2, 3, 4, 5]


def test_a_raised_limit_is_used_at_once() -> None:
    order = through(lambda: Gate(Growing(1)), *((str(nth), Visit()) for nth in range(6)))
    assert [at for at, _ in order] == [0, 1, 1, 2, 2, 2]


# Coming, going, and nobody forgotten

VISITS = st.builds(
    Visit,
    work=st.sampled_from("abc"),
    rank=st.integers(0, 2),
    at=st.integers(0, 8).map(float),
    seconds=st.integers(0, 4).map(float),
    gone=st.none() | st.integers(0, 6).map(float),
    by=st.sampled_from(["cancel", "leave"]),
)


@settings(max_examples=150, deadline=None)
@given(visits=st.lists(VISITS, max_size=25), limit=st.integers(1, 4), per_minute=st.sampled_from([None, 30]))
def test_whatever_comes_and_goes_the_limit_holds_and_nobody_is_forgotten(
    visits: list[Visit], limit: int, per_minute: int | None
) -> None:
    async def go() -> Door:
        door = Door(Gate(Fixed(limit), Rates(requests=per_minute)))
        await door.all(*((str(nth), visit) for nth, visit in enumerate(visits)))
        return door

    door = run(go())  # a wake-up that is lost ends in Stuck
    assert door.most <= limit
    assert door.served >= sum(visit.gone is None for visit in visits)
    assert door.gate.statistics() == {"limit": limit, "in_flight": 0, "waiting": 0}
    assert door.gate._timer is None


@settings(max_examples=60, deadline=None)
@given(sizes=st.lists(st.integers(1, 12), min_size=1, max_size=4), limit=st.integers(1, 6))
def test_no_work_is_ever_two_ahead_of_another_that_waits(sizes: list[int], limit: int) -> None:
    visits = [(f"{work}", Visit(work=str(work))) for work, size in enumerate(sizes) for _ in range(size)]
    order = through(lambda: Gate(Fixed(limit)), *visits)
    left = Counter(name for _, name in order)
    assert [left[str(work)] for work in range(len(sizes))] == sizes
    # All come at 0 with equal lengths; the first `limit` find the gate open, then each second is shared out.
    for second in {at for at, _ in order if at}:
        taken = Counter(name for at, name in order if at == second)
        waiting = {name for at, name in order if at > second}
        assert all(taken[name] + 1 >= max(taken.values()) for name in waiting)


def test_leaving_the_queue_is_immediate_and_keeps_the_count() -> None:
    async def leave() -> dict[str, int]:
        gate = Gate(Fixed(1))

        async def wait() -> None:
            async with gate.enter():
                await asyncio.sleep(10)

        first, second = asyncio.ensure_future(wait()), asyncio.ensure_future(wait())
        await asyncio.sleep(1)
        second.cancel()
        await asyncio.wait({second})
        assert asyncio.get_running_loop().time() == 1
        await first
        return gate.statistics()

    assert run(leave()) == {"limit": 1, "in_flight": 0, "waiting": 0}


@pytest.mark.parametrize("limit", [0, -1])
def test_a_gate_without_room_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Gate(Fixed(limit))


def test_a_429_closes_the_gate_before_the_next_in_the_queue_can_enter() -> None:
    account = Account(script=lambda nth: limited(20) if nth == 1 else None, seconds=2)
    gated = Gated(account, Gate(Fixed(1)))

    async def both() -> None:
        await asyncio.gather(
            gated.perform(call("a"), no_sink), gated.perform(call("b"), no_sink), return_exceptions=True
        )

    run(both())
    assert account.times == [0, 20]


def test_a_longer_hold_stays_and_nobody_leaves_before_it_ends() -> None:
    async def hold() -> list[float]:
        gate, times = Gate(Fixed(1)), list[float]()

        async def enter() -> None:
            async with gate.enter():
                times.append(asyncio.get_running_loop().time())

        gate.hold(5)
        waiting = [asyncio.ensure_future(enter()) for _ in range(3)]
        await asyncio.sleep(1)
        gate.hold(30)
        gate.hold(2)
        waiting.pop().cancel()
        await asyncio.wait(waiting)
        assert gate.statistics() == {"limit": 1, "in_flight": 0, "waiting": 0}
        return times

    assert run(hold()) == [31, 31]


@pytest.mark.parametrize("who", ["cancel", "leave", "both"])
def test_admitted_and_gone_in_the_same_moment_the_place_is_free_again(who: str) -> None:
    async def race() -> dict[str, int]:
        gate, leave = Gate(Fixed(1)), asyncio.Event()

        async def wait() -> None:
            async with gate.enter(leave=leave):
                pytest.fail("it had left")

        async with gate.enter():
            waiting = asyncio.ensure_future(wait())
            await asyncio.sleep(1)
        if who != "leave":
            waiting.cancel()
        if who != "cancel":
            leave.set()
        with pytest.raises((asyncio.CancelledError, Withdrawn)):
            await waiting
        return gate.statistics()

    assert run(race()) == {"limit": 1, "in_flight": 0, "waiting": 0}


# What the account's limits are told


class Hearing(Fixed):
    def __init__(self, limit: int = 9) -> None:
        super().__init__(limit)
        self.endings: list[tuple[float, Ending]] = []

    def ended(self, now: float, ending: Ending) -> None:
        self.endings.append((now, ending))


class Writing:
    """Waits 2 s, writes, and ends 3 s later."""

    account = "writing"

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        await asyncio.sleep(2)
        for piece in ("", "{", "}"):
            await sink(piece)
        await asyncio.sleep(3)
        return ModelAnswer(text="{}", usage=Usage(input_tokens=10, output_tokens=70))


def test_an_answer_tells_its_times_and_tokens() -> None:
    hearing = Hearing()
    run(Gated(Writing(), Gate(hearing)).perform(call(), no_sink))
    assert hearing.endings == [
        (5, Ending(outcome="ok", in_flight=1, first=2, seconds=5, output_tokens=70)),
    ]


@pytest.mark.parametrize(
    ("failure", "outcome", "retry_after"),
    [
        (limited(7), "rate_limited", 7),
        (limited(), "rate_limited", None),
        (limited(40_000), "neutral", None),  # a spent day: the run pauses, and there is nothing to learn
        (transient(), "overloaded", None),
        (fatal(), "neutral", None),
        (CallFailed("no", failure=FailureClass.REFUSED), "neutral", None),
    ],
)
def test_a_failure_tells_what_it_says_of_the_accounts_room(
    failure: CallFailed, outcome: str, retry_after: float | None
) -> None:
    hearing = Hearing()
    with pytest.raises(CallFailed):
        run(Gated(Account(script=lambda _: failure), Gate(hearing)).perform(call(), no_sink))
    [(_, ending)] = hearing.endings
    assert (ending.outcome, ending.retry_after, ending.in_flight) == (outcome, retry_after, 1)


def test_a_spent_day_does_not_close_the_gate() -> None:
    async def go() -> float:
        gate = Gate(Fixed(1))
        with pytest.raises(CallFailed):
            await Gated(Account(script=lambda _: limited(40_000)), gate).perform(call(), no_sink)
        async with gate.enter():
            return now()

    assert run(go()) == 0


def test_a_cancelled_call_says_nothing_of_the_accounts_room() -> None:
    hearing = Hearing()

    async def go() -> None:
        asking = asyncio.ensure_future(Gated(Writing(), Gate(hearing)).perform(call(), no_sink))
        await asyncio.sleep(4)
        asking.cancel()
        await asyncio.wait({asking})

    run(go())
    assert [ending.outcome for _, ending in hearing.endings] == ["neutral"]


def test_what_the_memo_answers_says_nothing_of_the_accounts_room() -> None:
    hearing = Hearing()
    memo = Memo(Gated(Writing(), Gate(hearing)), Rows())

    async def twice() -> list[bool]:
        return [(await memo.perform(call(), no_sink)).remembered for _ in range(2)]

    assert run(twice()) == [False, True]
    assert len(hearing.endings) == 1


class Telling(Account):
    """Says with its first answer that nothing is left for so long."""

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        answer = await super().perform(call, sink)
        said = RateLimit(of="requests", limit=60, remaining=0, reset=60.0)
        return answer.model_copy(update={"limits": RateLimits(at=now(), limits=(said,))})


def test_what_an_account_tells_of_its_quota_is_kept_from_then_on() -> None:
    account = Telling(seconds=1)

    async def go() -> None:
        gated = Gated(account, Gate(Fixed(1), Rates()))
        await asyncio.gather(*(gated.perform(call(), no_sink) for _ in range(3)))

    run(go())
    assert account.times[0] == 0
    assert account.times[1] == 2.0  # nothing left at 1 s, one request a second


def test_what_was_reserved_too_much_is_given_back() -> None:
    account = Account(seconds=1)  # uses 110 tokens where 1,200 are expected of an unknown model's answer

    async def go() -> None:
        gated = Gated(account, Gate(Fixed(1), Rates(tokens=1500)))
        await asyncio.gather(*(gated.perform(call(), no_sink) for _ in range(5)))

    run(go())
    assert account.times == [0, 1, 2, 3, 4]
