"""The gate of an account: everything that calls a provider passes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from scenewright.domain.errors import Withdrawn
from scenewright.limits.concurrency import Concurrency, Ending
from scenewright.limits.leaving import PAUSES, unless_left
from scenewright.limits.queue import Admission, Queue, Rank, Waiting
from scenewright.limits.rates import Cost, Rates

LONGEST_HOLD = 600.0  # seconds; an account that asks for more is a reason to pause, not to wait
MOMENT = 1e-9  # seconds; a timer may fire so much early
ONE, NONE = Cost(), Cost(requests=0)


class Gate:
    """At most `concurrency.limit` calls at a time, at the pace of `rates`, fairly between works: see `Queue`.

    Only the head of the queue is looked at: a call that needs more of the quota than is left keeps smaller ones behind
    it, or it would never go. Leaving the queue is immediate. `on_change`: called when the limit has changed.
    """

    def __init__(self, concurrency: Concurrency, rates: Rates | None = None) -> None:
        self.concurrency, self.rates = concurrency, rates
        self.in_flight = 0
        self.on_change: list[Callable[[], None]] = []
        self._queue = Queue()
        self._open_at = 0.0  # loop time, seconds
        self._timer: asyncio.TimerHandle | None = None
        self._limit = concurrency.limit  # as it was last told

    @property
    def limit(self) -> int:
        return self.concurrency.limit

    @asynccontextmanager
    async def enter(
        self,
        work: str = "",
        rank: Rank = (),
        cost: Cost | Callable[[], Cost] = ONE,
        leave: asyncio.Event | None = None,
    ) -> AsyncIterator[Admission]:
        """Waits for the turn, and keeps the place inside the block.

        `cost`: or a function of what is known by then, asked when it is the call's turn.

        Raises: Withdrawn: `leave` was set before the turn came.
        """
        turn: asyncio.Future[Admission] = asyncio.get_running_loop().create_future()
        expected = cost if callable(cost) else lambda: cost
        admission = await self._turn(Waiting(work=work, rank=rank, cost=expected, turn=turn), leave)
        try:
            yield admission
        finally:
            self._leave(work, admission)

    def hold(self, seconds: float) -> None:
        """Nobody enters for so long; a longer hold that is already set stays."""
        self._open_at = max(self._open_at, asyncio.get_running_loop().time() + seconds)
        self._admit()

    def statistics(self) -> dict[str, int]:
        return {"limit": self.limit, "in_flight": self.in_flight, "waiting": len(self._queue)}

    def __repr__(self) -> str:
        return f"Gate({self.statistics()}, {self.concurrency!r}, {self.rates!r})"

    # Coming and going

    async def _turn(self, entry: Waiting, leave: asyncio.Event | None) -> Admission:
        if leave is not None and leave.is_set():
            raise Withdrawn(PAUSES)
        self._queue.push(entry)
        self._admit()
        turn = entry.turn
        try:
            if not turn.done():
                await unless_left(leave, turn)
            if leave is not None and leave.is_set():
                raise Withdrawn(PAUSES)
        except BaseException:
            self._withdraw(entry)
            raise
        return turn.result()

    def _withdraw(self, entry: Waiting) -> None:
        turn = entry.turn
        if turn.done() and not turn.cancelled():  # let in and gone in the same moment
            turn.result().used = NONE
            self._leave(entry.work, turn.result())
        else:
            turn.cancel()
            self._admit()  # whoever is the head now may need less

    def _leave(self, work: str, admission: Admission) -> None:
        now = asyncio.get_running_loop().time()
        if admission.outcome == "rate_limited":
            self._open_at = max(self._open_at, now + (admission.retry_after or 0.0))
        self._learn(now, admission)
        self.in_flight -= 1
        self._queue.ended(work)
        self._admit()

    def _learn(self, now: float, admission: Admission) -> None:
        if self.rates is not None and (reserved := admission.reservation) is not None:
            self.rates.settle(now, reserved, admission.used or reserved.cost)
            if admission.said is not None:
                self.rates.told(now, admission.said, reserved)
        ending = Ending(
            outcome=admission.outcome,
            retry_after=admission.retry_after,
            in_flight=self.in_flight,
            first=admission.first,
            seconds=now - admission.at,
            output_tokens=admission.output_tokens,
        )
        self.concurrency.ended(now, ending)

    # Whose turn it is

    def _admit(self) -> None:
        now, wake = asyncio.get_running_loop().time(), None
        while self.in_flight < self.limit and (head := self._queue.head()):
            cost = head.cost()
            if (wait := self._wait(now, cost)) > MOMENT:
                wake = now + wait
                break
            self._let_in(now, head, cost)
        self._wake(wake)
        self._tell()

    def _wait(self, now: float, cost: Cost) -> float:
        rated = self.rates.wait(now, cost) if self.rates is not None else 0.0
        return max(self._open_at - now, self.concurrency.wait(now), rated)

    def _let_in(self, now: float, head: Waiting, cost: Cost) -> None:
        self._queue.pop(head)
        self.in_flight += 1
        reservation = self.rates.reserve(now, cost) if self.rates is not None else None
        self.concurrency.sent(now, self.in_flight)
        head.turn.set_result(Admission(at=now, reservation=reservation))

    def _wake(self, at: float | None) -> None:
        """One timer at most, at the very moment when the head may go."""
        if self._timer is not None:
            if self._timer.when() == at:
                return
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(at, self._woken) if at is not None else None

    def _woken(self) -> None:
        self._timer = None
        self._admit()

    def _tell(self) -> None:
        if self._limit != self.limit:
            self._limit = self.limit
            for listener in tuple(self.on_change):
                listener()
