"""A second opinion on the first refusal: was it one call too many, or only two at the same moment? Pure."""

from __future__ import annotations

from typing import Literal

from scenewright.limits.concurrency import Ending

CLOSE = 1.0  # seconds between two calls that may be taken for a burst
EVEN = 0.9  # of the mean time between calls; with all of it, places would stay empty
WEIGHT = 0.1  # of a call in the mean


class Bursts:
    """Some accounts take one request a second rather than 60 a minute. Such a one refuses the second of two calls sent
    at once, which looks like room for one. So once, soon, one more is tried again, but sent apart from the others. If
    that goes well, calls are sent evenly from then on.
    """

    def __init__(self) -> None:
        self._asks: Literal["never yet", "soon", "now", "known"] = "never yet"
        self._evenly = False
        self._last, self._close = -CLOSE, False
        self._seconds = 0.0  # of a call, in the mean

    def wait(self, now: float, limit: int) -> float:
        return self._last + EVEN * self._seconds / limit - now if self._evenly else 0.0

    def sent(self, now: float) -> None:
        self._close = now < self._last + CLOSE
        self._last = now

    def refused(self) -> None:
        """One more than there seems to be room for."""
        if self._asks == "never yet":
            self._asks = "soon" if self._close else "known"
        elif self._asks != "soon":  # apart from the others, too: it was the room, or a rate that is met again without
            self._asks, self._evenly = "known", False

    def went_well(self, ending: Ending, *, beyond: bool) -> None:
        """`beyond`: with more in flight than there seemed to be room for."""
        self._seconds += (ending.seconds - self._seconds) * (WEIGHT if self._seconds else 1.0)
        if beyond and self._asks == "now":
            self._asks = "known"

    def ask(self, settled: bool) -> bool:
        """Whether to try one more now. `settled`: a round has gone well since."""
        if self._asks != "soon" or not settled:
            return False
        self._asks, self._evenly = "now", True
        return True
