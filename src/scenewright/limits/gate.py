"""The gate of an account: everything that calls a provider passes it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Generic

from scenewright.domain.calls import A, Call, Provider, Q, Sink
from scenewright.domain.errors import CallFailed, FailureClass, Withdrawn
from scenewright.limits.leaving import unless_left

LONGEST_HOLD = 600.0  # seconds; an account that asks for more is a reason to pause, not to wait


class Gate:
    """At most `limit` calls at a time; the lowest rank first, then first come, first served.

    `hold(seconds)` closes it for everybody, as an account that answers 429 asks. Leaving the queue is immediate.
    """

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError(f"a gate needs a limit of 1 or more, got {limit}")
        self.limit = limit
        self.in_flight = 0
        self._queue: list[tuple[tuple[int, ...], int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._open_at = 0.0  # loop time, seconds
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def enter(self, rank: tuple[int, ...] = (), leave: asyncio.Event | None = None) -> AsyncIterator[None]:
        """Raises: Withdrawn: `leave` was set before the turn came."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (rank, next(self._order), turn))
        self._admit()
        try:
            await unless_left(leave, turn)
        except (asyncio.CancelledError, Withdrawn):
            if turn.done() and not turn.cancelled():  # admitted and cancelled in the same moment
                self._leave()
            raise
        if leave is not None and leave.is_set():
            self._leave()
            raise Withdrawn("The run pauses; this call has not been sent.")
        try:
            yield
        finally:
            self._leave()

    def hold(self, seconds: float) -> None:
        """Nobody enters for so long; a longer hold that is already set stays."""
        self._open_at = max(self._open_at, asyncio.get_running_loop().time() + seconds)

    def statistics(self) -> dict[str, int]:
        waiting = sum(not turn.done() for _, _, turn in self._queue)
        return {"limit": self.limit, "in_flight": self.in_flight, "waiting": waiting}

    def __repr__(self) -> str:
        return f"Gate({self.statistics()})"

    def _leave(self) -> None:
        self.in_flight -= 1
        self._admit()

    def _admit(self) -> None:
        loop = asyncio.get_running_loop()
        if (wait := self._open_at - loop.time()) > 0:
            if self._timer is None:
                self._timer = loop.call_later(wait, self._reopen)
            return
        while self._queue and self.in_flight < self.limit:
            _, _, turn = heapq.heappop(self._queue)
            if not turn.done():
                turn.set_result(None)
                self.in_flight += 1

    def _reopen(self) -> None:
        self._timer = None
        self._admit()


class Gated(Generic[Q, A]):
    """A provider behind its account's gate. A 429 closes it before the next in the queue could enter."""

    def __init__(self, inner: Provider[Q, A], gate: Gate) -> None:
        self._inner = inner
        self._gate = gate

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        async with self._gate.enter(call.rank, call.leave):
            try:
                return await self._inner.perform(call, sink)
            except CallFailed as failed:
                if failed.failure is FailureClass.RATE_LIMIT and (failed.retry_after or 0) <= LONGEST_HOLD:
                    self._gate.hold(failed.retry_after or 0.0)
                raise
