from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.providers.waits import retry_after

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0.5"}, 0.5),
        ({"Retry-After": "Fri, 15 Jan 2027 08:00:20 GMT"}, 20.0),
        ({"Retry-After": "Fri, 15 Jan 2027 07:00:00 GMT"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"x-ratelimit-reset-requests": "6m0s"}, 360.0),
        ({"x-ratelimit-reset-tokens": "20ms"}, 0.02),
        (
            {
                "x-ratelimit-reset-requests": "1s",
                "x-ratelimit-remaining-requests": "5",
                "x-ratelimit-reset-tokens": "9s",
                "x-ratelimit-remaining-tokens": "0",
            },
            9.0,
        ),
        (
            {
                "x-ratelimit-reset-requests": "1s",
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-tokens": "9s",
                "x-ratelimit-remaining-tokens": "100",
            },
            1.0,
        ),
        (  # a day of which much is left, and a minute of which too little is
            {
                "x-ratelimit-reset-requests": "20h0m0s",
                "x-ratelimit-remaining-requests": "900",
                "x-ratelimit-reset-tokens": "5s",
                "x-ratelimit-remaining-tokens": "120",
            },
            5.0,
        ),
        ({"X-RateLimit-Reset": "1800000012000"}, 12.0),
        ({"X-RateLimit-Reset": "1800000012"}, 12.0),
        ({"anthropic-ratelimit-requests-reset": "2027-01-15T08:00:05Z"}, 5.0),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == pytest.approx(seconds)


@given(st.dictionaries(st.sampled_from(["retry-after", "retry-after-ms", "x-ratelimit-reset", "date"]), st.text()))
def test_no_header_breaks_it(headers: dict[str, str]) -> None:
    wait = retry_after(headers, NOW)
    assert wait is None or wait >= 0
