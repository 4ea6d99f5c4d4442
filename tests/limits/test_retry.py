"""Patience with quotas, on the virtual clock: exact times."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.calls import no_sink
from scenewright.domain.errors import CallFailed, FailureClass, Withdrawn
from scenewright.limits import Fixed, Gate, Gated, Retry, RetryPolicy
from scenewright.testing.virtualloop import run
from tests.limits.account import Account, Highest, call, fatal, limited, transient


def ask(account: Account, **policy: float) -> CallFailed | None:
    async def main() -> CallFailed | None:
        try:
            await Retry(account, RetryPolicy(**policy), Highest()).perform(call(), no_sink)  # type: ignore[arg-type]
        except CallFailed as failed:
            return failed
        return None

    return run(main())


def test_refusals_for_want_of_quota_use_up_no_attempts() -> None:
    account = Account(lambda nth: limited(10) if nth <= 9 else None)
    assert ask(account, attempts=2) is None
    assert account.times == [0, 10, 20, 30, 40, 56, 86, 116, 146, 176]  # from the fifth on the backoff is longer


@dataclass
class Noting(random.Random):
    """Keeps between what each wait was drawn, and draws the longest."""

    drawn: list[tuple[float, float]] = field(default_factory=list)

    def uniform(self, a: float, b: float) -> float:
        self.drawn.append((a, b))
        return b


def test_the_jitter_is_full_and_doubles_up_to_a_cap() -> None:
    rng = Noting()
    account = Account(lambda nth: transient() if nth <= 6 else None)
    run(Retry(account, RetryPolicy(attempts=9, base=1, cap=10), rng).perform(call(), no_sink))
    assert rng.drawn == [(0, 1), (0, 2), (0, 4), (0, 8), (0, 10), (0, 10)]
    assert account.times == [0, 1, 3, 7, 15, 25, 35]


def test_who_backs_off_keeps_no_place_at_the_gate() -> None:
    account, gate = Account(lambda nth: transient() if nth == 1 else None, seconds=5), Gate(Fixed(1))
    retry = Retry(Gated(account, gate), RetryPolicy(base=60, cap=60), Highest())

    async def main() -> None:
        await asyncio.gather(*(retry.perform(call(text), no_sink) for text in ("failed", "second", "third")))

    run(main())
    assert account.times == [0, 0, 5, 60]
    assert account.answered == ["second", "third", "failed"]


def test_patience_with_quotas_ends_and_says_how_long_it_was() -> None:
    account = Account(lambda _: limited(100))
    failed = ask(account, patience=350)
    assert failed is not None
    assert account.times == [0, 100, 200, 300]
    assert failed.failure is FailureClass.RATE_LIMIT
    assert str(failed) == "scripted has had enough; still so after waiting 300 s in all. Resume later."


def test_transient_failures_and_refusals_are_counted_apart() -> None:
    account = Account(lambda nth: transient() if nth in (2, 4) else limited(1) if nth < 6 else None)
    assert ask(account, attempts=3, base=1) is None
    assert account.times == [0, 1, 2, 4, 6, 10]


def test_a_dead_key_ends_it_also_after_refusals() -> None:
    account = Account(lambda nth: limited(1) if nth == 1 else fatal())
    failed = ask(account)
    assert failed is not None
    assert (failed.failure, len(account.times)) == (FailureClass.FATAL, 2)


def test_a_pause_ends_the_patience_at_once() -> None:
    async def main() -> float:
        leave = asyncio.Event()
        retry = Retry(Account(lambda _: limited(500)), RetryPolicy(), Highest())
        asking = asyncio.ensure_future(retry.perform(call(leave=leave), no_sink))
        await asyncio.sleep(7)
        leave.set()
        with pytest.raises(Withdrawn):
            await asking
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == 1
        return asyncio.get_running_loop().time()

    assert run(main()) == 7


def test_who_was_refused_asks_again_when_somebody_elses_answer_has_ended() -> None:
    account = Account(seconds=20, concurrent=1)
    retry = Retry(account, RetryPolicy(base=500, cap=500), Highest())

    async def main() -> float:
        await asyncio.gather(*(retry.perform(call(str(number)), no_sink) for number in range(3)))
        return asyncio.get_running_loop().time()

    assert run(main()) == 60
    assert account.answered == ["0", "1", "2"]


def test_but_never_before_the_time_that_it_was_told() -> None:
    account = Account(seconds=20, concurrent=1, retry_after=50)
    retry = Retry(account, RetryPolicy(), Highest())

    async def main() -> None:
        await asyncio.gather(*(retry.perform(call(str(number)), no_sink) for number in range(2)))

    run(main())
    assert account.times == [0, 0, 50]


@pytest.mark.parametrize("how", ["pause", "cancel"])
def test_the_line_is_left_at_once_by_those_who_stand_in_it_and_those_behind_it(how: str) -> None:
    account = Account(lambda nth: limited(500) if nth == 1 else None)

    async def main() -> tuple[float, float]:
        loop, leave = asyncio.get_running_loop(), asyncio.Event()
        retry = Retry(account, RetryPolicy(), Highest())
        first = asyncio.ensure_future(retry.perform(call("refused", leave=leave), no_sink))
        await asyncio.sleep(1)
        behind = asyncio.ensure_future(retry.perform(call("new", leave=leave), no_sink))
        other = asyncio.ensure_future(retry.perform(call("of another run"), no_sink))
        await asyncio.sleep(1)
        assert account.times == [0]
        if how == "pause":
            leave.set()
        else:
            first.cancel()
        await asyncio.wait({first, behind})
        left = loop.time()
        assert (await other).text == "of another run"
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == 1
        return left, loop.time()

    assert run(main()) == (2, 2)


def test_new_calls_wait_until_the_refused_one_is_let_in_but_not_for_its_answer() -> None:
    account = Account(lambda nth: limited(5) if nth == 1 else None, seconds=30)

    async def main() -> list[str]:
        retry = Retry(account, RetryPolicy(base=0), Highest())

        async def new() -> None:
            await asyncio.sleep(1)
            await retry.perform(call("new"), no_sink)

        await asyncio.gather(retry.perform(call("refused"), no_sink), new())
        return account.answered

    assert run(main()) == ["refused", "new"]
    assert account.times == [0, 5, 7]


@settings(deadline=None, max_examples=40)
@given(
    seed=st.integers(),
    parallel=st.integers(2, 6),
    seconds=st.sampled_from([1.0, 15.0, 60.0]),
    retry_after=st.sampled_from([None, 0.0, 1.0, 20.0]),
)
def test_a_key_with_room_for_one_gets_everything_done_whatever_is_asked_of_it(
    seed: int, parallel: int, seconds: float, retry_after: float | None
) -> None:
    """New calls come as soon as old ones have ended, so they always find the free place first."""
    account = Account(seconds=seconds, concurrent=1, retry_after=retry_after)
    gate = Gate(Fixed(parallel))
    retry = Retry(Gated(account, gate), RetryPolicy(), random.Random(seed))
    todo = iter(range(60))

    async def worker() -> None:
        for number in todo:
            await retry.perform(call(str(number)), no_sink)

    async def main() -> float:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(parallel):
                tasks.create_task(worker())
        return asyncio.get_running_loop().time()

    took = run(main())
    assert sorted(map(int, account.answered)) == list(range(60))
    # In the worst case everybody is refused once for every call that is let in.
    assert took <= 60 * (seconds + (retry_after or 0) + 2) * 1.2 + 60
