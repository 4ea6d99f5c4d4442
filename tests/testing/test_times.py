from __future__ import annotations

import random
import statistics

import pytest

from scenewright.testing.provider import Exponential, Lognormal, Measured, Mixed, Spread, Uniform
from scenewright.testing.provider.times import drawn, expected


@pytest.mark.parametrize(
    "spread",
    [
        Uniform(1, 3),
        Lognormal(11.7, 0.35),
        Exponential(2),
        Measured((1.0, 2.0, 6.0)),
        Mixed(((0.9, Uniform(0, 1)), (0.1, 20.0))),
    ],
    ids=repr,
)
def test_draws_have_the_mean_that_is_told_and_repeat_with_the_seed(spread: Spread) -> None:
    samples = [drawn(spread, rng) for rng in [random.Random(7)] for _ in range(4000)]
    again = random.Random(7)
    assert samples[:5] == [drawn(spread, again) for _ in range(5)]
    assert statistics.mean(samples) == pytest.approx(expected(spread), rel=0.1)
    assert min(samples) >= 0


def test_a_lognormal_by_its_logarithm_is_pythons() -> None:
    assert Lognormal.of(2.4, 0.35).mean == pytest.approx(11.72, abs=0.01)
    ours, theirs = random.Random(1), random.Random(1)
    assert Lognormal.of(2.4, 0.35).draw(ours) == pytest.approx(theirs.lognormvariate(2.4, 0.35))


def test_numbers_are_always_the_same_and_nothing_is_negative() -> None:
    rng = random.Random(0)
    assert (drawn(2, rng), drawn(-1, rng), drawn(Uniform(-3, -2), rng), expected(4)) == (2, 0, 0, 4)
    assert (Lognormal(0, 1).draw(rng), Exponential(0).draw(rng)) == (0, 0)
