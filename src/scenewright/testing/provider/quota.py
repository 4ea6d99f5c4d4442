"""Live quotas of a key: refuses what is too much, and says so in the headers that real providers send."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Quota:
    """What one key may do. None = no limit."""

    concurrent: int | None = None  # requests in flight
    per_minute: int | None = None  # requests; refilled evenly, so a full minute's worth may come at once
    minute: float = 60.0  # seconds that a "minute" lasts, for quick tests


class Meter:
    """Counts one key's requests against its quota. `now`: seconds of any steady clock."""

    def __init__(self, quota: Quota) -> None:
        self._quota = quota
        self.in_flight = 0
        self._left = float(quota.per_minute or 0)
        self._at: float | None = None

    def enter(self, now: float) -> float | None:
        """None if the request may go on (then `leave` must follow), otherwise the seconds to wait."""
        self._refill(now)
        quota = self._quota
        if quota.per_minute is not None and self._left < 1:
            return (1 - self._left) * quota.minute / quota.per_minute
        if quota.concurrent is not None and self.in_flight >= quota.concurrent:
            return min(1.0, quota.minute / 60)
        if quota.per_minute is not None:
            self._left -= 1
        self.in_flight += 1
        return None

    def leave(self) -> None:
        self.in_flight -= 1

    def headers(self, now: float) -> dict[str, str]:
        quota = self._quota
        if quota.per_minute is None:
            return {}
        self._refill(now)
        reset = (quota.per_minute - self._left) * quota.minute / quota.per_minute
        return {
            "x-ratelimit-limit-requests": str(quota.per_minute),
            "x-ratelimit-remaining-requests": str(int(self._left)),
            "x-ratelimit-reset-requests": f"{reset * 1000:.0f}ms",
        }

    def _refill(self, now: float) -> None:
        if self._quota.per_minute is not None and self._at is not None:
            gained = (now - self._at) * self._quota.per_minute / self._quota.minute
            self._left = min(float(self._quota.per_minute), self._left + gained)
        self._at = now
