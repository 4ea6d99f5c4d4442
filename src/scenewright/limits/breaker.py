"""An account that keeps failing is left alone."""

from __future__ import annotations

import asyncio
from typing import Generic
from weakref import WeakSet

from scenewright.domain.calls import A, Call, Provider, Q, Sink
from scenewright.domain.errors import CallFailed, FailureClass

IN_A_ROW = 8


class Breaker:
    """One for each account. Opens after `limit` transient failures in a row, over all calls; a success closes it.

    A run that met it open gets nothing more out. A later run may try: the first failure is enough for that one.
    Runs are told apart by what makes their calls leave (`Call.leave`).
    """

    def __init__(self, limit: int = IN_A_ROW) -> None:
        if limit < 1:
            raise ValueError(f"a breaker needs a limit of 1 or more, got {limit}")
        self.limit = limit
        self.failures = 0  # in a row
        self.reason = ""  # why it is open; empty = closed
        self._barred: WeakSet[asyncio.Event] = WeakSet()

    def __repr__(self) -> str:
        return f"Breaker({'open' if self.reason else 'closed'}, {self.failures} of {self.limit})"

    def bars(self, run: asyncio.Event | None) -> bool:
        return run is not None and run in self._barred

    def succeeded(self) -> None:
        self.failures, self.reason = 0, ""

    def failed(self, account: str, failed: CallFailed, run: asyncio.Event | None) -> bool:
        """Whether that was one too many."""
        if failed.failure is not FailureClass.TRANSIENT:
            return False  # it is there, and answers
        self.failures += 1
        if self.failures < self.limit and not self.reason:
            return False
        last = str(failed).removeprefix(account).strip().rstrip(".")
        times = f"{self.failures} times in a row" if self.failures > 1 else "once more"
        self.reason = f"{account} failed {times} ({last}); nothing more is sent in this run. Resume later."
        if run is not None:
            self._barred.add(run)
        return True


class Broken(Generic[Q, A]):
    """A provider behind its account's breaker. Inside the gate, so that what waits there when it opens stays in;
    inside the retries, so that each attempt counts."""

    def __init__(self, inner: Provider[Q, A], breaker: Breaker) -> None:
        self._inner = inner
        self._breaker = breaker

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        """Raises: CallFailed: also, as fatal, what the breaker says when it is open."""
        if self._breaker.bars(call.leave):
            raise CallFailed(self._breaker.reason or _CLOSED_AGAIN, failure=FailureClass.FATAL)
        try:
            answer = await self._inner.perform(call, sink)
        except CallFailed as failed:
            if self._breaker.failed(self.account, failed, call.leave):
                raise CallFailed(self._breaker.reason, failure=FailureClass.FATAL, limits=failed.limits) from failed
            raise
        self._breaker.succeeded()
        return answer


_CLOSED_AGAIN = "This run has met too many failures in a row; nothing more is sent in it. Resume the work."
