from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.testing.provider.windows import KINDS, Bucket, Fixed, Kind, Rate, Sliding

MINUTE = Rate(amount=60)
ASKED = st.lists(st.tuples(st.floats(0, 40), st.integers(1, 12)), max_size=60)  # (seconds since the last, how much)
every_kind = pytest.mark.parametrize("kind", ["bucket", "sliding", "fixed"])


def test_a_bucket_is_refilled_evenly() -> None:
    bucket = Bucket(MINUTE)
    bucket.take(60, 0)
    assert bucket.left(0) == 0
    assert bucket.wait(1, 0) == 1
    assert bucket.wait(10, 4) == 6
    assert bucket.left(30) == 30
    assert bucket.reset(30) == 30


def test_a_burst_is_the_most_that_comes_at_once() -> None:
    bucket = Bucket(Rate(amount=60, burst=0.1))
    assert bucket.left(0) == 6
    bucket.take(6, 0)
    assert bucket.wait(1, 0) == 1
    assert bucket.left(100) == 6
    assert bucket.wait(7, 100) == math.inf


def test_a_sliding_window_frees_what_is_a_minute_old() -> None:
    window = Sliding(MINUTE)
    window.take(20, 0)
    window.take(40, 10)
    assert (window.wait(20, 10), window.wait(21, 10), window.reset(10)) == (50, 60, 60)
    assert window.left(60) == 20
    assert window.left(70) == 60


def test_a_fixed_window_begins_anew() -> None:
    window = Fixed(MINUTE)
    window.take(60, 59)
    assert (window.wait(1, 59), window.reset(59)) == (1, 1)
    assert window.left(60) == 60
    assert window.reset(60) == 0


@pytest.mark.parametrize(("window", "later"), [(Bucket(MINUTE), 0), (Sliding(MINUTE), 0), (Fixed(MINUTE), 0)])
def test_what_was_reserved_is_corrected(window: Any, later: float) -> None:
    taken = window.take(50, 1)
    window.settle(taken, -30, 1)
    assert window.left(1) == 40
    taken = window.take(10, 1)
    window.settle(taken, 40, 1)
    assert window.left(1) == -10


def test_what_is_corrected_too_late_gives_nothing_back_but_costs_what_was_missing() -> None:
    window: Any
    for window, left in ((Sliding(MINUTE), 60), (Fixed(MINUTE), 60)):
        early, other = window.take(50, 1), window.take(5, 1)
        window.settle(early, -20, 70)
        assert window.left(70) == left
        window.settle(other, 20, 70)
        assert window.left(70) == 40


@every_kind
def test_nothing_passes_a_limit_of_none_at_all(kind: Kind) -> None:
    assert KINDS[kind](Rate(amount=0)).wait(1, 0) == math.inf


@every_kind
@given(asked=ASKED)
def test_more_than_the_limit_never_passes(kind: Kind, asked: list[tuple[float, int]]) -> None:
    window, now, passed = KINDS[kind](Rate(amount=20)), 0.0, []
    for pause, amount in asked:
        now += pause
        if window.wait(amount, now) == 0:
            window.take(amount, now)
            passed.append((now, amount))
    for index, (start, _) in enumerate(passed):
        within = sum(amount for when, amount in passed[index:] if when < start + 60 - 1e-5)
        assert within <= {"bucket": 40, "sliding": 20, "fixed": 40}[kind]  # a burst and what flows in; both sides


@every_kind
@given(asked=ASKED)
def test_who_waits_as_long_as_he_is_told_gets_in_and_not_sooner(kind: Kind, asked: list[tuple[float, int]]) -> None:
    window, now = KINDS[kind](Rate(amount=20)), 0.0
    for pause, amount in asked:
        now += pause
        wait = window.wait(amount, now)
        if wait > 0.01:
            assert window.wait(amount, now + wait - 0.005) > 0
        now += wait
        assert window.wait(amount, now) == 0
        window.take(amount, now)


@every_kind
@given(asked=ASKED)
def test_after_the_reset_everything_is_free(kind: Kind, asked: list[tuple[float, int]]) -> None:
    window, now = KINDS[kind](Rate(amount=20)), 0.0
    for pause, amount in asked:
        now += pause
        window.take(amount, now)
    now += window.reset(now)
    assert window.left(now) == pytest.approx(20, abs=1e-4)


@every_kind
def test_a_changed_rate_keeps_what_was_used(kind: Kind) -> None:
    window = KINDS[kind](Rate(amount=20))
    window.take(15, 1)
    window.change(Rate(amount=100), 1)
    assert window.left(1) == 85
    window.change(Rate(amount=15), 1)
    assert window.left(1) == 0
    assert window.wait(1, 1) > 0
