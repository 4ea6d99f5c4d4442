"""Whether a server that never refuses has calls waiting: from its time to the first token and its speed. Pure.

Never from the length of calls: a long answer is no slow server.
"""

from __future__ import annotations

from scenewright.limits.concurrency import Ending

WEIGHT = 1 / 12  # of a call in the means
ENOUGH = 8  # calls before a mean says anything
FORGETS = 3600.0  # seconds in which the best is forgotten
WAITS, SLOWER = 0.12, 0.9  # of a call's time; of the best speed


class Queueing:
    """Two signs must agree: calls wait longer for their first token than they once did, and each gets fewer tokens a
    second, so that more calls give no more tokens.
    """

    def __init__(self) -> None:
        self._first: float | None = None  # seconds to the first token at best
        self._speed = 0.0  # tokens a second of one call at best
        self._at = 0.0
        self._since = 0.0  # calls sent before tell of another limit
        self._count = 0
        self._waiting = self._pace = 0.0  # means: share of a call's time spent waiting, tokens a second

    def ended(self, now: float, ending: Ending) -> None:
        if ending.first is None or ending.seconds <= 0 or ending.output_tokens <= 0:
            return
        forgotten = min(1.0, (now - self._at) / FORGETS)
        self._at = now
        best = ending.first if self._first is None else self._first
        self._first = min(ending.first, best + (ending.first - best) * forgotten)
        if now - ending.seconds < self._since:
            return
        self._take((ending.first - self._first) / ending.seconds, ending.output_tokens / ending.seconds)
        if self._count >= ENOUGH:
            self._speed = max(self._pace, self._speed + (self._pace - self._speed) * forgotten)

    def changed(self, now: float) -> None:
        """The limit was cut: what is known of the time before no longer counts."""
        self._since, self._count = now, 0

    @property
    def waits(self) -> bool:
        return self._count >= ENOUGH and self._waiting > WAITS and self._pace < SLOWER * self._speed

    def served(self, in_flight: int) -> int:
        """So many of these calls are worked on; the others wait."""
        share = max(1 - self._waiting, self._pace / self._speed if self._speed else 1.0)
        return max(1, round(in_flight * share))

    def _take(self, waiting: float, pace: float) -> None:
        self._count += 1
        weight = max(WEIGHT, 1 / self._count)
        self._waiting += (waiting - self._waiting) * weight
        self._pace += (pace - self._pace) * weight
