"""One quota as a bucket. Pure: the time is passed in, seconds of any steady clock."""

from __future__ import annotations

MINUTE = 60.0
_WINDOWS = (MINUTE, 3_600.0, 86_400.0)  # seconds, as quotas are usually meant
_COARSE = 2.0  # seconds: resets are told as whole seconds, and so is the date they are counted from
_ALIKE = 0.1


class Bucket:
    """Holds up to `capacity` and refills evenly, `capacity` in `window` seconds; full at the start.

    It may be told to refill in one go instead, at one moment (`full_at`); after that it refills evenly again.
    What is larger than the bucket passes when it is full, and leaves a debt.
    """

    def __init__(self, capacity: float, now: float, window: float = MINUTE) -> None:
        self.capacity, self.window = capacity, window
        self.level = capacity
        self.full_at: float | None = None
        self._at = now

    def __repr__(self) -> str:
        return f"Bucket({self.level:g} of {self.capacity:g} per {self.window:g} s)"

    def wait(self, now: float, need: float) -> float:
        """Seconds until `need` may be taken, or until the bucket is full if it is larger; 0 = now."""
        self._flow(now)
        lacks = min(need, self.capacity) - self.level
        if lacks <= 1e-9 * self.capacity:  # or a rounding error would be waited for
            return 0.0
        return lacks * self.window / self.capacity if self.full_at is None else self.full_at - now

    def take(self, now: float, amount: float) -> None:
        """A negative amount is given back."""
        self._flow(now)
        self.level = min(self.capacity, self.level - amount)

    def resize(self, now: float, capacity: float, window: float, full_at: float | None) -> None:
        """Another size or way of refilling. What has been taken stays taken."""
        self._flow(now)
        self.level = min(capacity, self.level + capacity - self.capacity)
        self.capacity, self.window, self.full_at = capacity, window, full_at

    def narrow(self, now: float, lowest: float, highest: float) -> None:
        """What is in it is known to lie between these."""
        self._flow(now)
        self.level = min(self.capacity, max(lowest, min(self.level, highest)))

    def _flow(self, now: float) -> None:
        if self.full_at is not None and now >= self.full_at:
            self.level, self._at, self.full_at = self.capacity, self.full_at, None
        if self.full_at is None:
            self.level = min(self.capacity, self.level + (now - self._at) * self.capacity / self.window)
        self._at = now


def refills_in(window: float | None, limit: int, remaining: int, reset: float) -> float | None:
    """The window (seconds) of a quota that refills evenly and has `remaining` of `limit` and is full after `reset`.

    `window`: as told, or None for one of the usual ones. None: it does not refill evenly, but in one go.
    """
    used = 1 - remaining / limit
    for seconds in _WINDOWS if window is None else (window,):
        slack = _COARSE + _ALIKE * used * seconds
        # Remaining is told in whole numbers: there may be nearly one more. Too vague for windows that are only guessed.
        vague = seconds / limit if seconds in (window, MINUTE) else 0.0
        if used * seconds - vague - slack <= reset <= used * seconds + slack:
            return seconds
    return None
