from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.providers.waits import retry_after as understood
from scenewright.testing.provider.quota import Meter, Quota, Refused, Tokens
from scenewright.testing.provider.telling import refusal, retry_after, span, standing


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (0.02, "20ms"), (1, "1s"), (8.64, "8.64s"), (360, "6m0s"), (90.951, "1m30.951s"), (3600, "1h0m0s"),
     (86_400, "24h0m0s"), (0.0001, "1ms"), (0.9999, "1s")],
)  # fmt: skip
def test_spans_are_written_as_openai_writes_them(seconds: float, text: str) -> None:
    assert span(seconds) == text


@given(st.floats(0, 200_000))
def test_a_span_is_read_as_no_less_than_it_was_and_hardly_more(seconds: float) -> None:
    read = understood({"x-ratelimit-reset-tokens": span(seconds)})
    assert read is not None
    assert seconds - 1e-6 <= read <= seconds + 0.0011


def test_headers_tell_real_seconds() -> None:
    meter = Meter(Quota(per_minute=60, tokens=6000))
    meter.enter(Tokens(both=600), 0)
    assert standing(meter, 0, 0.1) == {
        "x-ratelimit-limit-requests": "60",
        "x-ratelimit-remaining-requests": "59",
        "x-ratelimit-reset-requests": "100ms",
        "x-ratelimit-limit-tokens": "6000",
        "x-ratelimit-remaining-tokens": "5400",
        "x-ratelimit-reset-tokens": "600ms",
    }
    assert standing(Meter(Quota(per_minute=60, hidden=True)), 0, 1) == {}
    assert standing(Meter(Quota(concurrent=3)), 0, 1) == {}


@pytest.mark.parametrize(
    ("quota", "headers"),
    [
        (Quota(), {"retry-after": "3", "retry-after-ms": "2500"}),
        (Quota(retry_after="milliseconds"), {"retry-after-ms": "2500"}),
        (
            Quota(retry_after="date"),
            {"date": "Thu, 01 Jan 1970 00:00:10 GMT", "retry-after": "Thu, 01 Jan 1970 00:00:13 GMT"},
        ),
        (Quota(retry_after="none"), {}),
        (Quota(hidden=True), {}),
        (Quota(hidden=True, retry_after="milliseconds"), {"retry-after-ms": "2500"}),
    ],
)
def test_ways_to_say_when_to_come_again(quota: Quota, headers: dict[str, str]) -> None:
    assert retry_after(Meter(quota), 2.5, 10.5) == headers
    assert retry_after(Meter(quota), math.inf, 10.5) == {}


@given(st.floats(0.001, 5000), st.floats(0, 2e9), st.sampled_from(["seconds", "date", "milliseconds"]))
def test_what_is_told_is_enough(wait: float, wall: float, way: str) -> None:
    told = understood(retry_after(Meter(Quota(retry_after=way)), wait, wall))  # type: ignore[arg-type]
    assert told is not None
    assert wait - 1e-6 <= told <= wait + 2


def test_errors_say_what_was_used_up() -> None:
    refused = Refused(limit="tokens", per="tokens per min (TPM)", allowed=1000, used=800, asked=400, wait=12)
    assert refusal(refused, "m", 12) == {
        "error": {
            "message": "Rate limit reached for m on tokens per min (TPM): "
            "Limit 1000, Used 800, Requested 400. Please try again in 12s.",
            "type": "tokens",
            "param": None,
            "code": "rate_limit_exceeded",
        }
    }
    assert "Request too large for m" in refusal(refused, "m", math.inf)["error"]["message"]
