"""Trying again, by failure class, on the loop's clock."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from dataclasses import dataclass
from typing import Generic

from scenewright.domain.calls import A, Call, Provider, Q, Sink
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.events import CallRetried
from scenewright.limits.gate import LONGEST_HOLD
from scenewright.limits.leaving import unless_left

LET_IN = 2.0  # seconds after which a call that asked again and was not refused counts as let in


@dataclass(kw_only=True)
class Tries:
    """What has become of one call so far."""

    failed: int = 0  # transient failures
    refused: int = 0  # for want of quota
    waited: float = 0.0  # seconds, after refusals

    def count(self, failed: CallFailed) -> None:
        if failed.failure is FailureClass.RATE_LIMIT:
            self.refused += 1
        else:
            self.failed += 1


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """Backoff with full jitter: repeat n waits a random time up to `base` * 2 ** (n - 1), at most `cap`.

    A refusal for want of quota is no failure: it uses up `patience`, not `attempts`.
    """

    attempts: int = 5  # calls in all that may fail, the first included
    base: float = 1.0  # seconds
    cap: float = 30.0  # seconds
    patience: float = 900.0  # seconds that one call waits for quota in all
    longest_hold: float = LONGEST_HOLD  # seconds

    def wait(self, failed: CallFailed, tries: Tries, rng: random.Random) -> float | None:
        """Seconds to wait before the next attempt; None: give up. `tries`: this failure included."""
        if failed.failure in (FailureClass.FATAL, FailureClass.REFUSED) or failed.received:
            return None
        limited = failed.failure is FailureClass.RATE_LIMIT
        asked = failed.retry_after or 0.0
        if asked > self.longest_hold or (not limited and tries.failed >= self.attempts):
            return None
        nth = tries.refused if limited else tries.failed
        wait = max(asked, rng.uniform(0, min(self.cap, self.base * 2 ** min(nth - 1, 32))))
        return None if limited and tries.waited + wait > self.patience else wait


class Line:
    """Calls of an account that were refused for want of quota, in the order in which they may ask again.

    Whoever is first asks again at once when somebody else's answer has ended: a place may have become free. Calls that
    are new wait until all in the line have been let in, or they would always find the free place first.
    """

    def __init__(self) -> None:
        self.standing: deque[asyncio.Event] = deque()  # those who may ask at any moment
        self._places: set[Place] = set()
        self._empty = asyncio.Event()
        self._empty.set()

    def __repr__(self) -> str:
        return f"Line({len(self._places)})"

    def __bool__(self) -> bool:
        """Whether anybody is in it."""
        return bool(self._places)

    async def pass_by(self) -> None:
        """Returns when nobody is in the line."""
        await self._empty.wait()

    def join(self) -> Place:
        self._places.add(place := Place(self))
        self._empty.clear()
        return place

    def leave(self, place: Place) -> None:
        """Does nothing for a place that has been left."""
        self._places.discard(place)
        if not self._places:
            self._empty.set()

    def next(self) -> None:
        """An answer has ended."""
        if self.standing:
            self.standing.popleft().set()


class Place:
    """A place in the line, until it is left."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._timer: asyncio.TimerHandle | None = None

    async def stand(self, asked: float, wait: float) -> float:
        """Until it may ask again: not before `asked` seconds, at the latest after `wait`. Returns how long it was."""
        loop, turn, standing = asyncio.get_running_loop(), asyncio.Event(), self._line.standing
        start = loop.time()
        await asyncio.sleep(asked)
        standing.append(turn)
        try:
            async with asyncio.timeout_at(start + wait):
                await turn.wait()
        except TimeoutError:
            pass
        finally:
            if turn in standing:
                standing.remove(turn)
        # Refusals come quickly: who is not refused by then has been let in, or is first at the gate.
        self._timer = loop.call_later(LET_IN, self.leave)
        return loop.time() - start

    def leave(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._line.leave(self)


class Retry(Generic[Q, A]):
    """Repeats a call that failed before any of its answer arrived.

    The wait is outside the gate, and ends when the run pauses.
    What had already arrived is paid for: continuing from it is the business of whoever made the call.
    """

    def __init__(self, inner: Provider[Q, A], policy: RetryPolicy, rng: random.Random) -> None:
        self._inner = inner
        self._policy = policy
        self._rng = rng
        self._line = Line()

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        if self._line:
            await unless_left(call.leave, self._line.pass_by())
        tries, place = Tries(), Place(self._line)  # not in the line yet
        try:
            while True:
                try:
                    answer = await self._inner.perform(call, _watched(sink, place))
                    self._line.next()
                    return answer
                except CallFailed as failed:
                    wait = await self._judge(call, failed, tries)
                    asked, limited = failed.retry_after or 0.0, failed.failure is FailureClass.RATE_LIMIT
                if limited:
                    before, place = place, self._line.join()
                    before.leave()  # only now, or those who are new would slip by
                    tries.waited += await unless_left(call.leave, place.stand(asked, wait))
                else:
                    await unless_left(call.leave, asyncio.sleep(wait))
        finally:
            place.leave()

    async def _judge(self, call: Call[Q], failed: CallFailed, tries: Tries) -> float:
        """Seconds to wait. Raises: CallFailed: it is not repeated."""
        tries.count(failed)
        wait = self._policy.wait(failed, tries, self._rng)
        if wait is None:
            raise _given_up(failed, tries) from failed.__cause__
        nth = tries.failed + tries.refused
        await call.note(CallRetried(step=call.step, account=self.account, attempt=nth, wait=wait, reason=str(failed)))
        return wait


def _watched(sink: Sink, place: Place) -> Sink:
    """The sink; its first piece shows that the call was let in."""

    async def watched(text: str) -> None:
        place.leave()
        await sink(text)

    return watched


def _given_up(failed: CallFailed, tries: Tries) -> CallFailed:
    """The failure; after refusals it says how long was waited."""
    if failed.failure is not FailureClass.RATE_LIMIT or not tries.waited:
        return failed
    text = f"{str(failed).rstrip('.')}; still so after waiting {tries.waited:.0f} s in all. Resume later."
    return CallFailed(text, failure=failed.failure, retry_after=failed.retry_after, limits=failed.limits)
