"""Quotas as buckets: exact waiting times, what headers teach, and that nothing waits for ever."""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.calls import RateLimit, RateLimits
from scenewright.limits.rates import Cost, Rates, Reservation

ONE = Cost(model="m")


def requests(limit: int, remaining: int, reset: float | None = None, *, at: float | None = None) -> RateLimits:
    found = RateLimit(of="requests", limit=limit, remaining=remaining, reset=reset)
    return RateLimits(model="m", at=at, limits=(found,))


def send(rates: Rates, now: float, count: int, cost: Cost = ONE) -> list[Reservation]:
    return [rates.reserve(now, cost) for _ in range(count)]


def test_without_a_limit_there_is_nothing_to_wait_for() -> None:
    rates = Rates()
    send(rates, 0, 10_000, Cost(input_tokens=10**9))
    assert rates.wait(0, Cost(input_tokens=10**9)) == 0


def test_a_minutes_worth_may_go_at_once_then_one_in_so_many_seconds() -> None:
    rates = Rates(requests=30)
    send(rates, 0, 30)
    assert rates.wait(0, ONE) == 2.0
    assert rates.wait(1.5, ONE) == 0.5
    assert rates.wait(2, ONE) == 0
    send(rates, 2, 1)
    assert rates.wait(2, ONE) == 2.0


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_of_nothing_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Rates(tokens=limit)


def test_tokens_wait_for_as_many_as_are_missing() -> None:
    rates = Rates(input_tokens=6_000, output_tokens=600)
    rates.reserve(0, Cost(input_tokens=5_000, output_tokens=500))
    assert rates.wait(0, Cost(input_tokens=1_000, output_tokens=100)) == 0
    assert rates.wait(0, Cost(input_tokens=3_000)) == 20.0
    assert rates.wait(0, Cost(input_tokens=3_000, output_tokens=400)) == 30.0


def test_input_and_output_share_a_limit_of_both() -> None:
    rates = Rates(tokens=600)
    rates.reserve(0, Cost(input_tokens=300, output_tokens=200))
    assert rates.wait(0, Cost(input_tokens=100, output_tokens=10)) == 1.0


def test_what_was_reserved_and_not_used_goes_back_and_the_rest_is_taken() -> None:
    rates = Rates(tokens=600)
    first = rates.reserve(0, Cost(input_tokens=100, output_tokens=500))
    rates.settle(0, first, Cost(input_tokens=100, output_tokens=200))
    assert rates.wait(0, Cost(output_tokens=300)) == 0
    second = rates.reserve(0, Cost(output_tokens=100))
    rates.settle(0, second, Cost(output_tokens=350))
    rates.settle(0, second, Cost(output_tokens=999))  # only the first time counts
    assert rates.wait(0, Cost(output_tokens=1)) == pytest.approx(5.1)


def test_a_call_larger_than_the_bucket_goes_when_it_is_full_and_is_paid_for_afterwards() -> None:
    rates, huge = Rates(tokens=600), Cost(input_tokens=1_200)
    rates.reserve(0, Cost(input_tokens=60))
    assert rates.wait(0, huge) == 6.0
    assert rates.wait(6, huge) == 0
    rates.reserve(6, huge)
    assert rates.wait(6, Cost(input_tokens=60)) == 66.0


def test_what_an_account_tells_is_kept_to_for_that_model_only() -> None:
    rates = Rates()
    (sent,) = send(rates, 0, 1)
    rates.told(1, requests(60, 0, 60), sent)
    assert rates.wait(1, ONE) == 1.0
    assert rates.wait(1, Cost(model="another")) == 0
    assert rates.wait(2, ONE) == 0


def test_what_a_person_set_holds_beside_what_the_account_tells() -> None:
    rates = Rates(requests=6)
    (sent,) = send(rates, 0, 1)
    rates.told(0, requests(600, 599, 0.1), sent)
    send(rates, 0, 5)
    assert rates.wait(0, ONE) == 10.0


def test_what_was_sent_after_the_answers_own_call_may_be_missing_in_its_headers() -> None:
    rates = Rates()
    first, *later = send(rates, 0, 4)
    rates.told(1, requests(10, 9, 6, at=1), first)
    assert [rates.wait(1, cost) for cost in (Cost(requests=6, model="m"), Cost(requests=7, model="m"))] == [0, 6.0]
    rates.told(1, requests(10, 6, 24, at=1), later[-1])
    assert rates.wait(1, Cost(requests=6, model="m")) == 0


def test_what_was_sent_after_headers_came_is_surely_missing_in_them() -> None:
    rates = Rates()
    (slow,) = send(rates, 0, 1)
    send(rates, 30, 5)
    rates.told(30, requests(10, 9, 6, at=1), slow)  # its stream took 29 seconds
    assert rates.wait(30, Cost(requests=5, model="m")) == 0
    assert rates.wait(30, Cost(requests=6, model="m")) == 6.0


def test_answers_out_of_order_do_not_give_back_what_is_used() -> None:
    rates = Rates()
    calls = send(rates, 0, 10)
    rates.told(1, requests(10, 0, 60, at=1), calls[9])
    assert rates.wait(1, ONE) == 6.0
    rates.told(1, requests(10, 9, 6, at=1), calls[0])
    assert rates.wait(1, ONE) == 6.0


def test_somebody_else_with_the_same_key_is_noticed() -> None:
    rates = Rates()
    (first,) = send(rates, 0, 1)
    rates.told(0, requests(60, 59, 1), first)
    rates.settle(0, first, ONE)
    (second,) = send(rates, 10, 1)
    rates.told(10, requests(60, 0, 60), second)
    assert rates.wait(10, ONE) == 1.0


def test_a_call_that_the_account_did_not_count_is_noticed() -> None:
    rates = Rates()
    (first,) = send(rates, 0, 1)
    rates.told(0, requests(10, 9, 6), first)
    rates.settle(0, first, ONE)
    for reservation in send(rates, 0, 9):
        rates.settle(0, reservation, ONE)
    assert rates.wait(0, ONE) == 6.0
    (last,) = send(rates, 0, 1)
    rates.told(0, requests(10, 8, 12), last)
    assert rates.wait(0, Cost(requests=8, model="m")) == 0


@pytest.mark.parametrize(
    ("limit", "remaining", "reset", "wait"),
    [
        (60, 0, 60.0, 1.0),  # evenly, in a minute
        (14_400, 0, 86_400.0, 6.0),  # evenly, in a day
        (60, 0, 25.0, 25.0),  # in one go: a minute that is over in 25 seconds
        (60, 0, None, 1.0),
        (60, 0, 0.0, 1.0),
        (50, 0, 61.0, 1.2),  # told in whole seconds
        (60, 60, 0.0, 0.0),
    ],
)
def test_resets_say_how_a_quota_refills(limit: int, remaining: int, reset: float | None, wait: float) -> None:
    rates = Rates()
    (sent,) = send(rates, 0, 1)
    rates.told(0, requests(limit, remaining, reset), sent)
    assert rates.wait(0, ONE) == pytest.approx(wait)


def test_a_quota_that_comes_back_in_one_go_is_all_there_then() -> None:
    rates = Rates()
    (sent,) = send(rates, 0, 1)
    rates.told(0, requests(60, 0, 25), sent)
    assert rates.wait(24.5, ONE) == 0.5
    send(rates, 25, 60)
    assert rates.wait(25, ONE) == 1.0


def test_headers_about_a_window_that_is_over_say_nothing_about_the_new_one() -> None:
    rates = Rates()
    (sent,) = send(rates, 0, 1)
    rates.told(0, requests(60, 59, 25), sent)
    send(rates, 30, 60)
    rates.told(31, requests(60, 0, 25, at=0), sent)
    assert rates.wait(31, ONE) == 0
    send(rates, 31, 1)
    assert rates.wait(31, ONE) == 1.0


def test_headers_about_a_window_that_is_over_do_not_change_what_the_new_one_is_known_to_be() -> None:
    rates = Rates()
    slow, quick = send(rates, 0, 2)
    rates.told(50, requests(60, 0, 40, at=50), quick)
    rates.told(50, requests(60, 58, 25, at=0), slow)
    assert rates.wait(50, ONE) == 40.0


def test_a_spent_day_is_left_to_the_account_to_say() -> None:
    rates = Rates()
    (sent,) = send(rates, 0, 1)
    day = RateLimit(of="requests", limit=100, remaining=0, reset=40_000, window=86_400)
    rates.told(0, RateLimits(model="m", limits=(day,)), sent)
    assert rates.wait(0, ONE) == 0


def test_an_account_may_grow_and_shrink() -> None:
    rates = Rates()
    (sent,) = send(rates, 0, 1)
    rates.told(0, requests(60, 10, 50), sent)
    rates.told(0, requests(600, 550, 5), sent)
    assert rates.wait(0, Cost(requests=550, model="m")) == 0
    rates.told(0, requests(6, 1, 50), sent)
    assert rates.wait(0, Cost(requests=2, model="m")) == 10.0


def test_the_output_of_calls_in_flight_may_still_come() -> None:
    rates = Rates()
    cost = Cost(input_tokens=100, output_tokens=1_000, model="m")
    slow, quick = rates.reserve(0, cost), rates.reserve(0, cost)
    rates.settle(5, quick, cost)
    of_both = RateLimit(of="tokens", limit=60_000, remaining=50_000, reset=10)
    rates.told(5, RateLimits(model="m", at=5, limits=(of_both,)), quick)
    assert rates.wait(5, Cost(input_tokens=48_000, model="m")) == 0
    assert rates.wait(5, Cost(input_tokens=48_500, model="m")) == 0.5
    rates.settle(6, slow, cost)


def test_a_limit_without_a_count_is_a_limit() -> None:
    rates = Rates()
    rates.told(0, RateLimits(limits=(RateLimit(of="requests", limit=2),)))
    send(rates, 0, 2)
    assert rates.wait(0, ONE) == 30.0
    assert "requests" in repr(rates)


Sends = st.lists(st.tuples(st.floats(0, 30), st.integers(1, 40)), min_size=1, max_size=60)


@given(capacity=st.integers(1, 60), sends=Sends)
def test_no_window_admits_more_than_the_quota_and_nothing_waits_for_ever(
    capacity: int, sends: list[tuple[float, int]]
) -> None:
    rates, now = Rates(tokens=capacity), 0.0
    admitted: list[tuple[float, int]] = []
    for pause, tokens in sends:
        now += pause
        cost = Cost(input_tokens=tokens)
        wait = rates.wait(now, cost)
        # What was admitted before, and not more than a bucket of this.
        assert wait <= (sum(before for _, before in admitted) + min(tokens, capacity)) * 60 / capacity + 1e-6
        now += wait
        assert rates.wait(now, cost) < 1e-6
        rates.reserve(now, cost)
        admitted.append((now, tokens))
    for first, last in itertools.combinations(range(len(admitted)), 2):
        # The last may be larger than the bucket: it is paid for afterwards.
        some = sum(tokens for _, tokens in admitted[first:last]) + min(admitted[last][1], capacity)
        seconds = admitted[last][0] - admitted[first][0]
        overdrawn = max(0, max(tokens for _, tokens in admitted[first:last]) - capacity)
        assert some <= capacity + seconds * capacity / 60 + overdrawn + 1e-6


@dataclass
class Account:
    """Counts requests as they arrive, refills evenly, and tells it in whole numbers."""

    capacity: int
    level: float
    at: float = 0.0
    refused: int = 0

    def arrives(self, now: float) -> RateLimits:
        self.level = min(self.capacity, self.level + (now - self.at) * self.capacity / 60)
        self.at = now
        if self.level < 1 - 1e-6:
            self.refused += 1
        else:
            self.level -= 1
        left = max(0, math.floor(self.level + 1e-6))
        reset = (self.capacity - self.level) * 60 / self.capacity
        return requests(self.capacity, left, reset, at=now)


def asked(account: Account, places: int, durations: list[float], *, streams: bool, seconds: float = 600) -> int:
    """How many calls are made, `places` at a time, the first alone. Headers are told at the end of an answer; of a
    stream they came at its start."""
    rates, now, sent, told = Rates(), 0.0, 0, False
    ends: list[tuple[float, int, Reservation, RateLimits]] = []
    while now < seconds:
        free = len(ends) < (places if told else 1)
        wait = rates.wait(now, ONE) if free else math.inf
        if ends and ends[0][0] <= now + wait:
            now, _, reservation, said = heapq.heappop(ends)
            rates.settle(now, reservation, ONE)
            rates.told(now, said, reservation)
            told = True
            continue
        now += wait
        reservation, said = rates.reserve(now, ONE), account.arrives(now)
        end = now + durations[sent % len(durations)]
        sent += 1
        heapq.heappush(ends, (end, sent, reservation, said if streams else said.model_copy(update={"at": end})))
    return sent


Accounts = st.builds(
    lambda capacity, part: Account(capacity, 1 + part * (capacity - 1)), st.integers(1, 200), st.floats(0, 1)
)


@given(Accounts, st.integers(1, 12), st.lists(st.floats(0.01, 40), min_size=8, max_size=8))
def test_an_account_whose_answers_stream_is_not_asked_in_vain(
    account: Account, places: int, durations: list[float]
) -> None:
    assert asked(account, places, durations, streams=True) > 0
    assert account.refused == 0


@given(Accounts, st.lists(st.floats(0.01, 0.5), min_size=8, max_size=8), st.booleans())
def test_an_account_is_used_in_full(account: Account, durations: list[float], streams: bool) -> None:
    full = account.level + account.capacity * 3
    sent = asked(account, account.capacity, durations, streams=streams, seconds=180)
    # Told in whole numbers, so up to one less is known than there is; and the refill during the first call is lost.
    assert full - 2 - account.capacity / 60 <= sent - account.refused <= full + 1
    assert account.refused <= 0.01 * sent
