from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from scenewright.testing.provider.quota import Meter, Quota, Refused, Standing, Ticket, Tokens

ASK = Tokens(input=100, output=400, both=400)


def admitted(entered: Ticket | Refused) -> Ticket:
    assert isinstance(entered, Ticket), entered
    return entered


def refused(entered: Ticket | Refused) -> Refused:
    assert isinstance(entered, Refused)
    return entered


def test_requests_of_a_minute() -> None:
    meter = Meter(Quota(per_minute=2))
    tickets = [admitted(meter.enter(ASK, 0)) for _ in range(2)]
    assert meter.standing("requests", 0) == Standing(allowed=2, left=0, reset=60)
    no = refused(meter.enter(ASK, 0))
    assert (no.limit, no.per, no.allowed, no.used, no.asked, no.wait) == (
        "requests", "requests per min (RPM)", 2, 2, 1, 30,
    )  # fmt: skip
    for ticket in tickets:
        meter.leave(ticket, ASK, 1)
    assert isinstance(meter.enter(ASK, 29), Refused)
    assert isinstance(meter.enter(ASK, 30), Ticket)


def test_tokens_are_reserved_by_the_estimate_and_corrected_at_the_end() -> None:
    meter = Meter(Quota(tokens=1000))
    first, second = admitted(meter.enter(ASK, 0)), admitted(meter.enter(ASK, 0))
    assert meter.standing("tokens", 0) == Standing(allowed=1000, left=200, reset=48)
    assert refused(meter.enter(ASK, 0)).wait == 12
    meter.leave(first, Tokens(input=100, output=50, both=150), 0)
    assert meter.standing("tokens", 0) == Standing(allowed=1000, left=450, reset=33)
    meter.leave(second, Tokens(input=100, output=1000, both=1100), 0)
    assert meter.standing("tokens", 0) == Standing(allowed=1000, left=0, reset=75)  # 250 more than there were


def test_input_and_output_have_limits_of_their_own_and_the_tighter_one_is_told() -> None:
    meter = Meter(Quota(input_tokens=1000, output_tokens=500))
    admitted(meter.enter(ASK, 0))
    assert meter.standing("tokens", 0) == Standing(allowed=500, left=100, reset=48)
    assert refused(meter.enter(ASK, 0)).per == "output tokens per min (TPM)"


def test_a_request_that_is_larger_than_the_limit_never_passes() -> None:
    no = refused(Meter(Quota(tokens=300)).enter(ASK, 0))
    assert (no.wait, no.limit, no.asked) == (math.inf, "tokens", 400)


def test_the_longest_wait_counts() -> None:
    meter = Meter(Quota(per_minute=1, per_day=1))
    admitted(meter.enter(ASK, 0))
    no = refused(meter.enter(ASK, 0))
    assert (no.per, no.wait) == ("requests per day (RPD)", 86_400)


def test_places_come_free_when_somebody_leaves() -> None:
    meter = Meter(Quota(concurrent=1))
    ticket = admitted(meter.enter(ASK, 0))
    assert refused(meter.enter(ASK, 0)).limit == "concurrent"
    meter.leave(ticket, ASK, 0)
    assert isinstance(meter.enter(ASK, 0), Ticket)
    assert meter.in_flight == 1


def test_refused_requests_may_count() -> None:
    meter = Meter(Quota(per_minute=2, window="sliding", refused_count=True))
    admitted(meter.enter(ASK, 0))
    admitted(meter.enter(ASK, 0))
    assert refused(meter.enter(ASK, 30)).wait == 30
    admitted(meter.enter(ASK, 60))
    assert refused(meter.enter(ASK, 60)).wait == 60  # there are those of 30, of 60, and now this one


def test_who_is_refused_for_asking_too_often_is_told_what_that_cost() -> None:
    meter = Meter(Quota(per_minute=1, refused_count=True))
    admitted(meter.enter(ASK, 0))
    assert [refused(meter.enter(ASK, 0)).wait for _ in range(3)] == [120, 180, 240]


def test_a_quota_changes_while_requests_are_in_flight() -> None:
    meter = Meter(Quota(per_minute=3, concurrent=9))
    tickets = [admitted(meter.enter(ASK, 0)) for _ in range(3)]
    meter.change(Quota(per_minute=5, tokens=1000, window="sliding"), 0)
    assert meter.standing("requests", 0) == Standing(allowed=5, left=2, reset=60)
    for ticket in tickets:  # admitted when tokens did not count, so they give none back
        meter.leave(ticket, Tokens(), 0)
    assert meter.standing("tokens", 0) == Standing(allowed=1000, left=1000, reset=0)
    meter.change(Quota(), 0)
    assert meter.standing("requests", 0) is None
    assert meter.in_flight == 0


@given(
    st.lists(st.tuples(st.floats(0, 5), st.integers(0, 300), st.integers(0, 600)), max_size=40),
    st.sampled_from(["bucket", "sliding", "fixed"]),
)
def test_who_comes_and_goes_leaves_the_meter_as_it_was(asked: list[tuple[float, int, int]], window: str) -> None:
    """In-flight is exact, and what was used less than reserved is given back to the last token."""
    meter, now, used = Meter(Quota(concurrent=3, tokens=10**6, window=window, minute=1000)), 0.0, 0  # type: ignore[arg-type]
    inside: list[tuple[Ticket, Tokens]] = []
    for pause, reserved, really in asked:
        now += pause
        entered = meter.enter(Tokens(both=reserved), now)
        assert isinstance(entered, Ticket) == (len(inside) < 3)
        if isinstance(entered, Ticket):
            inside.append((entered, Tokens(both=really)))
        else:
            for ticket, tokens in inside:
                meter.leave(ticket, tokens, now)
                used += tokens.both
            inside.clear()
        assert meter.in_flight == len(inside)
    for ticket, tokens in inside:
        meter.leave(ticket, tokens, now)
        used += tokens.both
    standing = meter.standing("tokens", now)
    assert standing is not None
    if window == "bucket":
        assert standing.left >= 10**6 - used
    else:
        assert standing.left == 10**6 - used
