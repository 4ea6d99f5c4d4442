"""What a work may cost: reserved before a call is sent, reconciled with what it did cost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from decimal import Decimal
from typing import Generic

from scenewright.domain.calls import A, Call, Provider, Q, Sink
from scenewright.domain.errors import BadSettings, CallFailed, OverBudget, Withdrawn
from scenewright.limits.expecting import Expecting
from scenewright.limits.leaving import unless_left
from scenewright.limits.rates import Cost


class Budget:
    """US dollars. `spent`: by earlier runs of the work."""

    def __init__(self, limit: Decimal, spent: Decimal = Decimal(0)) -> None:
        if not limit.is_finite() or limit < 0:
            raise BadSettings(f"A budget is an amount of US dollars, 0 or more, not {limit}.")
        self.limit, self.spent = limit, spent
        self.reserved = Decimal(0)  # for calls on their way
        self._settled = asyncio.Event()  # the next of them has ended

    def __repr__(self) -> str:
        return f"Budget({dollars(self.spent)} + {dollars(self.reserved)} of {dollars(self.limit)})"

    async def hold(self, expected: Decimal, leave: asyncio.Event | None = None) -> None:
        """Reserves, and waits for it as long as calls on their way may turn out cheaper than they are expected.

        Raises: OverBudget: it might not be enough; Withdrawn: `leave` was set before.
        """
        while self.reserved and self.spent + expected <= self.limit < self.spent + self.reserved + expected:
            await unless_left(leave, self._settled.wait())
        self.reserve(expected)

    def reserve(self, expected: Decimal) -> None:
        """Raises: OverBudget: it might not be enough."""
        if self.spent + self.reserved + expected > self.limit:
            on_its_way = f", {dollars(self.reserved)} is on its way" if self.reserved else ""
            raise OverBudget(
                f"the budget of {dollars(self.limit)} would be exceeded: spent {dollars(self.spent)}{on_its_way}, "
                f"the next call is expected at {dollars(expected)}; raise it and resume"
            )
        self.reserved += expected

    def settle(self, expected: Decimal, paid: Decimal) -> None:
        """A call that was reserved for has ended."""
        self.reserved -= expected
        self.spent += paid
        self._settled.set()
        self._settled = asyncio.Event()


class Budgeted(Generic[Q, A]):
    """Sends a call only if the budget of its work allows. Under the memo, for its answers are free; above the retries.

    `budgets`: work -> its budget, None = without one. `price`: US dollars for a request that uses so much, None =
    unknown. What was cut off counts as expected: nobody knows what is charged for it.
    """

    def __init__(
        self,
        inner: Provider[Q, A],
        budgets: Callable[[str], Budget | None],
        price: Callable[[Q, Cost], Decimal | None],
        expecting: Expecting | None = None,
    ) -> None:
        self._inner = inner
        self._budgets, self._price = budgets, price
        self._expecting = expecting or Expecting()

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        """Raises: OverBudget: it was not sent; BadSettings: its price is not known, and it was not sent."""
        budget = self._budgets(call.work)
        if budget is None:
            return await self._inner.perform(call, sink)
        expected = self._expected(call)
        await budget.hold(expected, call.leave)
        paid = expected
        try:
            answer = await self._inner.perform(call, sink)
            self._expecting.used(call, answer)
            paid = expected if answer.cost is None else answer.cost
            return answer
        except Withdrawn:
            paid = Decimal(0)
            raise
        except CallFailed as failed:
            paid = expected if failed.received else Decimal(0)
            raise
        finally:
            budget.settle(expected, paid)

    def _expected(self, call: Call[Q]) -> Decimal:
        expected = self._price(call.request, self._expecting.cost(call))
        if expected is None:
            model = call.request.model or "the voice"
            raise BadSettings(
                f"What {model} costs is not known, so no budget can be kept: give its price with --price, or no budget."
            )
        return expected


def dollars(amount: Decimal) -> str:
    """ "$2.50"; small amounts with as many digits as they need, up to a hundredth of a cent."""
    exact = f"{amount:.4f}".rstrip("0")
    whole, _, part = exact.partition(".")
    return f"${whole}.{part.ljust(2, '0')}"
