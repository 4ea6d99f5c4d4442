"""How long things take at a provider: numbers, or distributions that are drawn from with a seed."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Spread(Protocol):
    """A distribution of seconds."""

    @property
    def mean(self) -> float: ...

    def draw(self, rng: random.Random) -> float: ...


Time = float | Spread  # a number is always the same


def drawn(time: Time, rng: random.Random) -> float:
    """Seconds, never less than 0."""
    return max(0.0, float(time) if isinstance(time, int | float) else time.draw(rng))


def expected(time: Time) -> float:
    """The mean, in seconds."""
    return float(time) if isinstance(time, int | float) else time.mean


@dataclass(frozen=True)
class Uniform:
    low: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2

    def draw(self, rng: random.Random) -> float:
        return rng.uniform(self.low, self.high)


@dataclass(frozen=True)
class Lognormal:
    """What latencies of models look like: many short ones and a long tail. `sigma`: of the logarithm."""

    mean: float
    sigma: float

    @classmethod
    def of(cls, mu: float, sigma: float) -> Lognormal:
        """By the logarithm's mean, as `random.lognormvariate` takes it."""
        return cls(math.exp(mu + sigma**2 / 2), sigma)

    def draw(self, rng: random.Random) -> float:
        if self.mean <= 0:
            return 0.0
        return rng.lognormvariate(math.log(self.mean) - self.sigma**2 / 2, self.sigma)


@dataclass(frozen=True)
class Exponential:
    mean: float

    def draw(self, rng: random.Random) -> float:
        return rng.expovariate(1 / self.mean) if self.mean > 0 else 0.0


@dataclass(frozen=True)
class Measured:
    """Any of these, as often as it stands here: what was seen of a real provider."""

    samples: tuple[float, ...]

    @property
    def mean(self) -> float:
        return sum(self.samples) / len(self.samples)

    def draw(self, rng: random.Random) -> float:
        return rng.choice(self.samples)


@dataclass(frozen=True)
class Mixed:
    """Each of several, by its weight: `Mixed(((0.95, Uniform(0.2, 0.4)), (0.05, 20.0)))` is slow now and then."""

    parts: tuple[tuple[float, Time], ...]

    @property
    def mean(self) -> float:
        return sum(weight * expected(time) for weight, time in self.parts) / sum(weight for weight, _ in self.parts)

    def draw(self, rng: random.Random) -> float:
        times: Sequence[Time] = [time for _, time in self.parts]
        return drawn(rng.choices(times, [weight for weight, _ in self.parts])[0], rng)
