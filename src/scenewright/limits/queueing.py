"""Whether a server that never refuses has calls waiting: from its time to the first token and its speed. Pure.

Never from the length of calls: a long answer is no slow server.
"""

from __future__ import annotations

from typing import Literal

from scenewright.limits.concurrency import Ending

ENOUGH = 16  # calls before a mean says anything; it then weighs a new call by 1 / ENOUGH
FORGETS = 3600.0  # seconds in which the best time is taken for twice as long
MUCH = 0.35  # of one call's time, more than usual
SPARE = 1.04  # what is tried, of the calls that seem to be worked on
WAITS = 0.12  # of a call's time, more than usual

Advice = Literal["grow", "stay", "settle"]


class Queueing:
    """Proves by trying that calls wait at the server, since some models only think before their first token.

    Calls wait longer than at best: the limit stays while that is measured. Then only so many are sent as seem to be
    worked on. If the waiting is gone and there are as many tokens a second as before, that is the right limit. If not,
    the wait was no queue: it is usual from now on, and the limit is what it was.
    """

    def __init__(self) -> None:
        self._first: float | None = None  # seconds to the first token at best
        self._at = 0.0
        self._usual = 0.0  # share of a call's time before the first token that is no queue
        self._phase: Literal["free", "measuring", "trying"] = "free"
        self._before = (0, 0.0, 0.0)  # limit, waiting, tokens a second of all calls
        self._restart(0.0)

    def ended(self, now: float, ending: Ending, limit: int) -> tuple[Advice, int]:
        """A call that went well has ended: whether the limit may grow, and what it shall be."""
        if ending.first is None or ending.seconds <= 0 or ending.output_tokens <= 0:
            return "grow", limit
        self._hear_best(now, ending.first)
        if now - ending.seconds >= self._since:
            self._take(ending)
        if self._count >= ENOUGH:
            return self._judge(now, limit)
        return ("grow" if self._phase == "free" and not self._waited(ending) else "stay"), limit

    def _waited(self, ending: Ending) -> bool:
        """Whether this one call seems to have waited long. Nobody is sent after it before that is known for sure."""
        share = ((ending.first or 0.0) - (self._first or 0.0)) / ending.seconds
        return share > self._usual + MUCH

    def _judge(self, now: float, limit: int) -> tuple[Advice, int]:
        excess = self._waiting - self._usual
        self._usual = min(self._usual, self._usual + excess / (4 * ENOUGH))
        worked_on = limit * (1 - self._waiting) / max(1e-3, 1 - self._usual)
        match self._phase:
            case "free" if excess > WAITS:
                return self._enter(now, "measuring", limit)
            case "measuring" if excess > WAITS:
                self._before = (limit, excess, limit * self._speed)
                return self._enter(now, "trying", max(1, min(limit, round(SPARE * worked_on + 0.25))))
            case "measuring":
                return self._enter(now, "free", limit)
            case "trying":
                return self._decide(now, limit, excess)
        return "grow", limit

    def _decide(self, now: float, limit: int, excess: float) -> tuple[Advice, int]:
        before, waited, tokens = self._before
        kept, gone = limit / before, 1 - excess / waited
        # 1: as many tokens as with more calls; 0: fewer in the same measure.
        as_many = (limit * self._speed / tokens - kept) / (1 - kept) if kept < 1 else 1.0
        if gone + as_many >= 1:
            self._enter(now, "free", limit)
            return "settle", limit
        self._usual = self._waiting
        self._enter(now, "free", before)
        return "grow", before

    def _enter(self, now: float, phase: Literal["free", "measuring", "trying"], limit: int) -> tuple[Advice, int]:
        self._phase = phase
        self._restart(now)
        return ("grow" if phase == "free" else "stay"), limit

    def _restart(self, now: float) -> None:
        """Calls sent before tell of another limit."""
        self._since, self._count, self._means = now, 0, [0.0, 0.0, 0.0]

    def _hear_best(self, now: float, first: float) -> None:
        best = first if self._first is None else self._first * (1 + (now - self._at) / FORGETS)
        self._first, self._at = min(first, best), now

    @property
    def _waiting(self) -> float:
        """Share of the calls' time; of sums, or short calls would count for more than they are."""
        return self._means[1] / self._means[0]

    @property
    def _speed(self) -> float:
        return self._means[2] / self._means[0]

    def _take(self, ending: Ending) -> None:
        self._count += 1
        weight = max(1 / ENOUGH, 1 / self._count)
        waited = (ending.first or 0.0) - (self._first or 0.0)
        for at, seen in enumerate((ending.seconds, waited, ending.output_tokens)):
            self._means[at] += (seen - self._means[at]) * weight
