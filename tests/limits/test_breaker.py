"""An account that keeps failing is left alone, one run at a time."""

from __future__ import annotations

import asyncio

import pytest

from scenewright.domain.calls import no_sink
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.limits import Breaker, Broken, Fixed, Gate, Gated, Retry, RetryPolicy
from scenewright.testing.virtualloop import run
from tests.limits.account import Account, Highest, call, fatal, limited, transient


async def ask(broken: Broken, leave: asyncio.Event | None) -> CallFailed | None:  # type: ignore[type-arg]
    try:
        await broken.perform(call(leave=leave), no_sink)
    except CallFailed as failed:
        return failed
    return None


def outcomes(account: Account, runs: list[int], limit: int = 3) -> list[str]:
    """Calls one after another, each of the run with that number."""

    async def main() -> list[str]:
        leaves = {number: asyncio.Event() for number in runs}
        broken, found = Broken(account, Breaker(limit)), []
        for number in runs:
            failed = await ask(broken, leaves[number])
            found.append(str(failed.failure) if failed else "ok")
        return found

    return run(main())


def test_it_opens_after_so_many_in_a_row_and_nothing_more_is_sent_in_that_run() -> None:
    account = Account(lambda _: transient())
    assert outcomes(account, [1, 1, 1, 1, 1]) == ["transient", "transient", "fatal", "fatal", "fatal"]
    assert len(account.times) == 3


def test_the_reason_can_be_read() -> None:
    async def main() -> list[str]:
        leave, broken = asyncio.Event(), Broken(Account(lambda _: transient()), Breaker(2))
        return [str(await ask(broken, leave)) for _ in range(3)][1:]

    reason = (
        "scripted failed 2 times in a row (failed on its side (503): overloaded); nothing more is sent in this run. "
        "Resume later."
    )
    assert run(main()) == [reason, reason]


def test_a_success_begins_the_count_anew() -> None:
    account = Account(lambda nth: None if nth % 3 == 0 else transient())
    assert outcomes(account, [1] * 9) == ["transient", "transient", "ok"] * 3


def test_an_account_that_refuses_is_alive() -> None:
    account = Account(lambda nth: fatal() if nth % 2 else limited())
    assert "ok" not in outcomes(account, [1] * 8)
    assert len(account.times) == 8


@pytest.mark.parametrize("recovers", [True, False])
def test_a_new_run_may_try_once(recovers: bool) -> None:
    account = Account(lambda nth: None if recovers and nth > 3 else transient())
    found = outcomes(account, [1, 1, 1, 2, 2, 2, 1])
    assert found[3:] == (["ok", "ok", "ok", "fatal"] if recovers else ["fatal"] * 4)
    assert len(account.times) == (6 if recovers else 4)


def test_each_attempt_counts_and_what_waits_at_the_gate_stays_in() -> None:
    account, gate = Account(lambda _: transient()), Gate(Fixed(1))

    async def main() -> tuple[set[FailureClass], float]:
        leave = asyncio.Event()
        stack = Retry(Gated(Broken(account, Breaker(4)), gate), RetryPolicy(attempts=5), Highest())
        asked = (stack.perform(call(str(number), leave=leave), no_sink) for number in range(6))
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert all(isinstance(failed, CallFailed) for failed in found)
        kinds = {failed.failure for failed in found if isinstance(failed, CallFailed)}
        return kinds, asyncio.get_running_loop().time()

    assert run(main()) == ({FailureClass.FATAL}, 1)  # the first three learn it when their backoff is over
    assert len(account.times) == 4


def test_a_breaker_without_a_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Breaker(0)
