"""What a simulated run gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from scenewright.domain.base import Json
from scenewright.simulation.bounds import Bounds
from scenewright.simulation.settings import Setting

WORK = -1  # the scene of an interval that belongs to the whole work


class Interval(NamedTuple):
    """One start of a step, in seconds from the beginning of the run."""

    step: str
    scene: int  # from 0, or WORK
    item: str
    start: float
    end: float
    ended: Literal["done", "failed", "left"]


class Stalls(NamedTuple):
    """Of a listener who starts at the first release and hears every scene to its end."""

    times: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Calls:
    """What the accounts were asked."""

    sent: int = 0
    refused: int = 0  # answered 429
    failed: int = 0  # answered 5xx

    @property
    def refused_share(self) -> float:
        return self.refused / self.sent if self.sent else 0.0


@dataclass(frozen=True, kw_only=True)
class Report:
    """Seconds throughout. A share is of 1."""

    setting: Setting
    scenes: int
    outcome: Literal["done", "failed", "paused", "cancelled"]
    makespan: float
    first_scene: float | None  # until the first release; None if there was none
    stalls: Stalls
    bounds: Bounds  # no schedule within this setting ends sooner
    model_use: float  # share of the places for models that were used on average; nan if there is no limit
    voice_use: float
    calls: Calls
    failed_scenes: int
    pauses: int  # how often the run paused, and was resumed at once
    releases: Sequence[float]  # when each scene was released, in order
    intervals: Sequence[Interval]

    @property
    def steps(self) -> int:
        return len(self.intervals)

    @property
    def over_bound(self) -> float:
        """Makespan / max(work of a pool / its limit, longest path)."""
        return self.makespan / self.bounds.simple if self.bounds.simple else 1.0

    def summary(self) -> dict[str, Json]:
        """All but the intervals and releases, as JSON."""
        return {
            "setting": self.setting.name,
            "scenes": self.scenes,
            "outcome": self.outcome,
            "makespan": _tidy(self.makespan),
            "first_scene": _tidy(self.first_scene),
            "stalls": self.stalls.times,
            "stalled": _tidy(self.stalls.seconds),
            "lower_bound": _tidy(self.bounds.simple),
            "tight_bound": _tidy(self.bounds.tight),
            "model_use": _tidy(self.model_use, 4),
            "voice_use": _tidy(self.voice_use, 4),
            "calls": self.calls.sent,
            "refused": self.calls.refused,
            "failed_calls": self.calls.failed,
            "failed_scenes": self.failed_scenes,
            "pauses": self.pauses,
            "steps": self.steps,
        }


def stalls(releases: Sequence[float], seconds: Sequence[float]) -> Stalls:
    """`releases`: when each scene heard was released, in order; `seconds`: how long each plays."""
    times, waited, at = 0, 0.0, releases[0] if releases else 0.0
    for released, plays in zip(releases, seconds, strict=True):
        if released > at + 1e-9:
            times, waited, at = times + 1, waited + released - at, released
        at += plays
    return Stalls(times, waited)


def in_use(intervals: Sequence[Interval], steps: frozenset[str], limit: int | None, makespan: float) -> float:
    """Share of `limit` places that these steps used on average."""
    if not limit or not makespan:
        return float("nan")
    return sum(each.end - each.start for each in intervals if each.step in steps) / (limit * makespan)


def _tidy(value: float | None, digits: int = 3) -> Any:
    return None if value is None or value != value else round(value, digits)
