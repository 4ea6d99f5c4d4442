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


@dataclass
class Tally:
    """What one account has seen so far."""

    sent: int = 0
    refused: int = 0
    failed: int = 0
    busy: float = 0.0  # seconds, summed over the calls that it answered


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
class Course:
    """What ran when: enough to draw it."""

    scenes: int
    makespan: float  # seconds
    intervals: Sequence[Interval]
    releases: Sequence[tuple[int, float]] = ()  # scene, from 0, and when it was released; in order


@dataclass(frozen=True, kw_only=True)
class Report:
    """Seconds throughout. A share is of 1."""

    setting: Setting
    scenes: int
    outcome: Literal["done", "failed", "paused", "cancelled"]
    makespan: float
    first_scene: float | None  # until the first release; None if there was none
    stalls: Stalls
    bounds: Bounds | None  # no schedule ends sooner; None if some was not done, or waited for a listener
    model_use: float | None  # share of the places for models that were used on average; None if there is no limit
    voice_use: float | None
    calls: Calls
    failed_scenes: int
    pauses: int  # how often the run paused, and was resumed at once
    releases: Sequence[tuple[int, float]]  # scene, from 0, and when it was released; in order
    intervals: Sequence[Interval]

    @property
    def steps(self) -> int:
        return len(self.intervals)

    @property
    def over_bound(self) -> float | None:
        """Makespan / max(work of a pool / its limit, longest path); None where there are no bounds."""
        return self.makespan / self.bounds.simple if self.bounds and self.bounds.simple else None

    @property
    def course(self) -> Course:
        return Course(scenes=self.scenes, makespan=self.makespan, intervals=self.intervals, releases=self.releases)

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
            "lower_bound": _tidy(self.bounds.simple if self.bounds else None),
            "tight_bound": _tidy(self.bounds.tight if self.bounds else None),
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


def _tidy(value: float | None, digits: int = 3) -> Any:
    return None if value is None else round(value, digits)
