"""Trying again, by failure class, on the loop's clock."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import Generic

from scenewright.domain.calls import A, Call, Provider, Q, Sink
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.events import CallRetried
from scenewright.limits.gate import LONGEST_HOLD
from scenewright.limits.leaving import unless_left


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """Backoff with full jitter: attempt n waits a random time up to `base` * 2 ** (n - 1), at most `cap`."""

    attempts: int = 5  # calls in all, the first included
    base: float = 1.0  # seconds
    cap: float = 30.0  # seconds
    longest_hold: float = LONGEST_HOLD  # seconds

    def wait(self, failed: CallFailed, attempt: int, rng: random.Random) -> float | None:
        """Seconds to wait before the next attempt; None: give up."""
        if failed.failure in (FailureClass.FATAL, FailureClass.REFUSED) or failed.received or attempt >= self.attempts:
            return None
        if (failed.retry_after or 0) > self.longest_hold:
            return None
        backoff = rng.uniform(0, min(self.cap, self.base * 2 ** (attempt - 1)))
        return max(failed.retry_after or 0.0, backoff)


class Retry(Generic[Q, A]):
    """Repeats a call that failed before any of its answer arrived.

    The wait is outside the gate, and ends when the run pauses.
    What had already arrived is paid for: continuing from it is the business of whoever made the call.
    """

    def __init__(self, inner: Provider[Q, A], policy: RetryPolicy, rng: random.Random) -> None:
        self._inner = inner
        self._policy = policy
        self._rng = rng

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._inner.perform(call, sink)
            except CallFailed as failed:
                wait = self._policy.wait(failed, attempt, self._rng)
                if wait is None:
                    raise
                await call.note(
                    CallRetried(step=call.step, account=self.account, attempt=attempt, wait=wait, reason=str(failed))
                )
            await unless_left(call.leave, asyncio.sleep(wait))
