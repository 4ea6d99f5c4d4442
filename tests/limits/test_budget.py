"""A budget is kept before the money is spent."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.calls import ModelRequest, no_sink
from scenewright.domain.errors import BadSettings, CallFailed, OverBudget, Withdrawn
from scenewright.limits import Budget, Budgeted, Cost, Expecting, Fixed, Gate, Gated
from scenewright.limits.budget import dollars
from scenewright.memo import Memo
from scenewright.testing.virtualloop import run
from tests.limits.account import Account, call, limited, transient
from tests.memo.test_memo import Rows


def cents(amount: float) -> Decimal:
    return Decimal(str(amount)) / 100


def a_dime(_: ModelRequest, cost: Cost) -> Decimal | None:
    return cents(10)


def stack(account: Account, budget: Budget | None, price: object = a_dime) -> Budgeted:  # type: ignore[type-arg]
    return Budgeted(account, lambda _: budget, price)  # type: ignore[arg-type]


def ask(account: Account, budget: Budget | None, times: int = 1) -> str:
    async def main() -> None:
        for _ in range(times):
            await stack(account, budget).perform(call(), no_sink)

    try:
        run(main())
    except (OverBudget, CallFailed) as exc:
        return str(exc)
    return ""


def test_a_call_that_would_exceed_it_is_not_sent_and_the_reason_says_the_numbers() -> None:
    account, budget = Account(cost=cents(11)), Budget(Decimal("2.50"), Decimal("2.31"))
    assert ask(account, budget, 3) == (
        "the budget of $2.50 would be exceeded: spent $2.42, the next call is expected at $0.10; raise it and resume"
    )
    assert len(account.times) == 1
    assert (budget.spent, budget.reserved) == (Decimal("2.42"), Decimal(0))


def test_a_budget_may_be_used_to_the_last_cent() -> None:
    account, budget = Account(cost=cents(10)), Budget(cents(30))
    assert "would be exceeded" in ask(account, budget, 4)
    assert len(account.times) == 3
    assert budget.spent == cents(30)


def three_at_once(account: Account, budget: Budget) -> tuple[list[object], float]:
    """What became of them, and when the last had ended."""

    async def main() -> tuple[list[object], float]:
        asked = (stack(account, budget).perform(call(str(number)), no_sink) for number in range(3))
        found = await asyncio.gather(*asked, return_exceptions=True)
        return list(found), asyncio.get_running_loop().time()

    return run(main())


def test_a_call_waits_while_those_on_their_way_may_leave_enough_for_it() -> None:
    account, budget = Account(seconds=5, cost=cents(4)), Budget(cents(25))
    found, end = three_at_once(account, budget)
    assert not any(isinstance(one, Exception) for one in found)
    assert (budget.spent, budget.reserved, end) == (cents(12), Decimal(0), 10.0)


def test_when_they_have_not_left_enough_it_is_not_sent() -> None:
    account, budget = Account(seconds=5, cost=cents(10)), Budget(cents(25))
    found, _ = three_at_once(account, budget)
    (over,) = [one for one in found if isinstance(one, OverBudget)]
    assert "spent $0.20, the next call is expected at $0.10" in str(over)
    assert (budget.spent, budget.reserved) == (cents(20), Decimal(0))


def test_a_pause_ends_the_waiting() -> None:
    async def main() -> object:
        leave, budget = asyncio.Event(), Budget(cents(10))
        asked = [
            asyncio.ensure_future(stack(Account(seconds=5), budget).perform(call(str(number), leave=leave), no_sink))
            for number in range(2)
        ]
        await asyncio.sleep(1)
        leave.set()
        (await asyncio.wait([asked[1]]))[0].pop()
        assert asyncio.get_running_loop().time() == 1
        await asked[0]
        return asked[1].exception()

    assert isinstance(run(main()), Withdrawn)


def test_without_a_budget_nothing_is_counted_and_no_price_is_needed() -> None:
    async def main() -> None:
        await stack(Account(), None, lambda *_: None).perform(call(), no_sink)

    run(main())


def test_an_unknown_price_is_refused_before_anything_is_sent() -> None:
    account = Account()

    async def main() -> None:
        await stack(account, Budget(cents(100)), lambda *_: None).perform(call(), no_sink)

    with pytest.raises(BadSettings, match=r"test:m costs is not known.*--price"):
        run(main())
    assert account.times == []


@pytest.mark.parametrize(("failure", "spent"), [(limited(), 0), (transient(), 0), (transient(received=True), 10)])
def test_what_failed_costs_what_had_arrived(failure: CallFailed, spent: int) -> None:
    budget = Budget(cents(100))
    assert ask(Account(lambda _: failure), budget)
    assert (budget.spent, budget.reserved) == (cents(spent), Decimal(0))


def test_what_was_cut_off_counts_and_what_left_the_queue_does_not() -> None:
    budget, gate, account = Budget(cents(100)), Gate(Fixed(1)), Account(seconds=10)

    async def main() -> None:
        leave = asyncio.Event()
        both = [
            asyncio.ensure_future(
                Budgeted(Gated(account, gate), lambda _: budget, a_dime).perform(call(leave=leave), no_sink)
            )
            for _ in range(2)
        ]
        await asyncio.sleep(1)
        assert budget.reserved == cents(20)
        leave.set()
        with pytest.raises(Withdrawn):
            await both[1]
        both[0].cancel()
        await asyncio.wait(both)

    run(main())
    assert (budget.spent, budget.reserved) == (cents(10), Decimal(0))


def test_an_answer_of_unknown_cost_counts_as_expected() -> None:
    budget = Budget(cents(100))
    ask(Account(cost=None), budget, 2)
    assert budget.spent == cents(20)


def test_the_memo_is_free() -> None:
    account, budget = Account(cost=cents(10)), Budget(cents(10))

    async def main() -> None:
        memo = Memo(stack(account, budget), Rows())
        for _ in range(3):
            await memo.perform(call(), no_sink)

    run(main())
    assert (len(account.times), budget.spent) == (1, cents(10))


def test_another_works_budget_does_not_stop_one_that_shares_its_call() -> None:
    account, budgets = Account(seconds=1, cost=cents(1)), {"poor": Budget(cents(1)), "rich": Budget(cents(99))}

    async def main() -> list[object]:
        memo = Memo(Budgeted(account, budgets.get, a_dime), Rows())
        asked = [memo.perform(call(work=work, leave=asyncio.Event()), no_sink) for work in ("poor", "rich")]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    poor, rich = run(main())
    assert isinstance(poor, OverBudget)
    assert not isinstance(rich, BaseException)


def test_the_expected_price_follows_what_answers_used() -> None:
    asked: list[Cost] = []

    def price(_: ModelRequest, cost: Cost) -> Decimal | None:
        asked.append(cost)
        return Decimal(0)

    async def main() -> None:
        budgeted = Budgeted(Account(), lambda _: Budget(cents(1)), price, Expecting(start=700))
        for step in ("content", "content", "actions"):
            await budgeted.perform(call(step=step), no_sink)

    run(main())
    assert [cost.output_tokens for cost in asked] == [700, 100, 700]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=30), st.integers(0, 200))
def test_what_is_spent_exceeds_it_by_no_more_than_what_was_misjudged(calls: list[tuple[int, int]], limit: int) -> None:
    budget, surprise = Budget(Decimal(limit)), 0
    for expected, paid in calls:
        try:
            budget.reserve(Decimal(expected))
        except OverBudget:
            continue
        budget.settle(Decimal(expected), Decimal(paid))
        surprise += max(0, paid - expected)
    assert budget.spent <= limit + surprise
    assert budget.reserved == 0


@pytest.mark.parametrize("limit", ["-1", "NaN", "Infinity"])
def test_a_budget_is_an_amount(limit: str) -> None:
    with pytest.raises(BadSettings, match="amount of US dollars"):
        Budget(Decimal(limit))


@pytest.mark.parametrize(
    ("amount", "text"),
    [("2.5", "$2.50"), ("0", "$0.00"), ("0.0021", "$0.0021"), ("12", "$12.00"), ("0.00001", "$0.00")],
)
def test_dollars(amount: str, text: str) -> None:
    assert dollars(Decimal(amount)) == text
