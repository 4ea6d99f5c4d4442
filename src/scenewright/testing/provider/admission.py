"""Who is let in: the keys' quotas, changeable at any time and from any thread, and storms of refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenewright.testing.provider.quota import Meter, Quota
from scenewright.testing.provider.script import Behaviour, Seen

Quotas = Quota | Mapping[str, Quota]  # of every key, or by key ("*": of all the others)
_FREE = Quota()


@dataclass(kw_only=True)
class Storm:
    """Every request gets this, the next so many or for so long from the first one that meets it."""

    behaviour: Behaviour
    requests: int | None
    seconds: float | None  # described
    until: float | None = None

    def hits(self, now: float) -> bool:
        if self.seconds is not None and self.until is None:
            self.until = now + self.seconds
        if self.until is not None and now >= self.until:
            return False
        if self.requests is not None:
            self.requests -= 1
            return self.requests >= 0
        return True


class Admission:
    def __init__(self, quota: Quotas | None, speech_quota: Quotas | None) -> None:
        # Written from any thread, each in one piece; meters, which belong to the server's, notice at the next request.
        self.quota: Quotas = quota or _FREE
        self.speech_quota: Quotas | None = speech_quota
        self.storm: Storm | None = None
        self._meters: dict[tuple[str, bool], Meter] = {}

    def meter(self, seen: Seen, now: float) -> Meter:
        """The key's own; a second one for speech if that has a quota of its own."""
        key, apart = seen.authorisation.removeprefix("Bearer "), seen.speech and self.speech_quota is not None
        wanted = _of((self.speech_quota if apart else self.quota) or _FREE, key)
        meter = self._meters.get((key, apart))
        if meter is None:
            meter = self._meters[key, apart] = Meter(wanted)
        elif meter.quota is not wanted:
            meter.change(wanted, now)
        return meter

    def stormed(self, now: float) -> Behaviour | None:
        storm = self.storm
        if storm is None:
            return None
        if storm.hits(now):
            return storm.behaviour
        if self.storm is storm:
            self.storm = None
        return None

    def in_flight(self) -> list[int]:
        """Of each key, in the order of their first requests; keys themselves are told to nobody."""
        return [meter.in_flight for meter in list(self._meters.values())]


def _of(quota: Quotas, key: str) -> Quota:
    return quota if isinstance(quota, Quota) else quota.get(key) or quota.get("*") or _FREE
