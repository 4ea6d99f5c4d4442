"""A request rate that an account keeps to itself, learnt from its refusals. Pure: the time is passed in."""

from __future__ import annotations

import math
from collections import deque

MINUTE = 60.0
UNDER = 0.97  # of what was accepted in the minute before a refusal
STEP, STEP_SECONDS, STEP_CALLS = 1.05, 10.0, 5  # growth, and how long each step is tried at least
GUESS_STEP, GUESS_CALLS = 2.0, 2  # the same while the rate is only guessed
IN_USE = 0.9  # of the rate, before it grows
ANSWERED = 1.0  # seconds in which a refusal comes
FORGETS = 300.0  # seconds
LEAST = 3  # accepted requests; from fewer no rate is guessed, or one hiccup at the start would cost minutes
FULL = 0.85  # of the most ever accepted in a minute: from here a refusal may be about the rate


class Pace:
    """Counts what the account accepted in the last minute. Once that was too much, spaces requests evenly below it.

    Evenly, since some accounts count a minute that slides and others fill a bucket drop by drop: who is even and below
    satisfies both.
    """

    def __init__(self) -> None:
        self.per_minute: float | None = None  # None: no such limit has been met
        self.growing = False
        self._most = self._earlier = 0  # accepted in any minute of this period, and of the one before
        self._most_at = 0.0
        self._under, self._before = UNDER, math.inf
        self._next = 0.0  # when the next request may be sent
        self._step_at, self._in_step = 0.0, 0
        self._first: float | None = None  # when the first request was sent
        self._guessed = False  # the rate was cut to what was accepted in less than a minute, so it may be far too low
        self._cut_to = 0.0
        self._sent: deque[float] = deque()
        self._fresh: deque[float] = deque()  # those of them that may yet be refused
        self._refused: deque[float] = deque()

    def wait(self, now: float) -> float:
        if self.per_minute is None:
            return 0.0
        self._forget(now)
        allowed = -int(-self.per_minute // 1)
        full = self._sent[-allowed] + MINUTE if self.accepted >= allowed else 0.0
        return max(0.0, self._next - now, full - now)

    def sent(self, now: float) -> None:
        self._forget(now)
        self._first = now if self._first is None else self._first
        self._sent.append(now)
        self._fresh.append(now)
        self._in_step += 1
        if self.per_minute is not None:
            self._next = now + MINUTE / self.per_minute

    def refused(self, now: float, sent_at: float) -> None:
        if sent_at > now - MINUTE:
            self._refused.append(sent_at)

    @property
    def accepted(self) -> int:
        """Requests of the last minute that were not refused, as of the last time that was told."""
        return len(self._sent) - len(self._refused)

    @property
    def tried(self) -> bool:
        """Whether it is higher than it was cut to."""
        return self.growing and self.per_minute is not None and self.per_minute > self._cut_to

    def suspect(self, now: float) -> bool:
        """Whether a refusal may be about the rate: hardly more than this is or was accepted in a minute."""
        self._forget(now)
        if self.per_minute is None and self.accepted < LEAST:
            return False
        return self.accepted >= FULL * min(max(self._most, self._earlier), self.per_minute or math.inf)

    def cut(self, now: float, share: float = 1.0) -> None:
        """The rate was too much. The first time it may have been a short burst that was, so the rate grows again."""
        self._forget(now)
        self._under, self._before = UNDER * share, self.per_minute or math.inf
        self._guessed = self._first is not None and now < self._first + MINUTE
        self.growing, self._step_at, self._in_step = self._guessed or self.per_minute is None, now, 0
        self.correct(now)
        self._next = now + MINUTE / (self.per_minute or 1.0)

    def correct(self, now: float) -> None:
        """One more call that was sent before the cut was refused: so much less was accepted."""
        self._forget(now)
        self.per_minute = self._cut_to = max(1.0, self._under * min(self.accepted, self._before))

    def grow(self, now: float) -> None:
        """A call went well. A rate that is not used up need not grow."""
        self._remember(now)
        lasted, (step, calls) = now - self._step_at, (GUESS_STEP, GUESS_CALLS) if self._guessed else (STEP, STEP_CALLS)
        if self.per_minute is None or not self.growing or lasted < STEP_SECONDS or self._in_step < calls:
            return
        if self._in_step >= IN_USE * lasted * self.per_minute / MINUTE:
            self.per_minute *= step
        self._step_at, self._in_step = now, 0

    def _remember(self, now: float) -> None:
        self._forget(now)
        self._most = max(self._most, self.accepted - len(self._fresh))
        if now >= self._most_at + FORGETS:
            self._most, self._earlier, self._most_at = self.accepted, self._most, now

    def _forget(self, now: float) -> None:
        for times, age in ((self._sent, MINUTE), (self._refused, MINUTE), (self._fresh, ANSWERED)):
            while times and times[0] <= now - age:
                times.popleft()
