"""What headers and words tell of quotas, as OpenAI, Anthropic, Groq, Cerebras, Azure and Google write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.calls import RateLimit
from scenewright.providers.quotas import day_back_in, is_daily, moment, rate_limits
from scenewright.providers.waits import asked_in

NOW = 1_800_000_000.0  # 2027-01-15 08:00 UTC


def told(headers: dict[str, str]) -> tuple[RateLimit, ...]:
    found = rate_limits(headers, model="m", at=5.0, now=NOW)
    return found.limits if found else ()


def test_openais_headers() -> None:
    assert told(
        {
            "X-RateLimit-Limit-Requests": "5000",
            "X-RateLimit-Remaining-Requests": "4999",
            "X-RateLimit-Reset-Requests": "12ms",
            "x-ratelimit-limit-tokens": "160000",
            "x-ratelimit-remaining-tokens": "159976",
            "x-ratelimit-reset-tokens": "1m0.5s",
            "x-ratelimit-limit-tokens_usage_based": "1",
        }
    ) == (
        RateLimit(of="requests", limit=5000, remaining=4999, reset=0.012),
        RateLimit(of="tokens", limit=160_000, remaining=159_976, reset=60.5),
    )


def test_anthropics_headers_with_dates_counted_from_the_answers_own() -> None:
    names = ("requests", "input-tokens", "output-tokens", "tokens")
    headers = {"date": "Fri, 15 Jan 2027 07:00:00 GMT"}
    for name in names:
        headers |= {
            f"anthropic-ratelimit-{name}-limit": "50",
            f"anthropic-ratelimit-{name}-remaining": "49",
            f"anthropic-ratelimit-{name}-reset": "2027-01-15T07:00:02Z",
        }
    assert [limit.of for limit in told(headers)] == ["requests", "input_tokens", "output_tokens", "tokens"]
    assert {(limit.limit, limit.remaining, limit.reset) for limit in told(headers)} == {(50, 49, 2.0)}


def test_windows_that_the_name_tells() -> None:
    found = told(
        {
            "x-ratelimit-limit-requests-day": "14400",
            "x-ratelimit-remaining-requests-day": "14399",
            "x-ratelimit-reset-requests-day": "33011.382",
            "x-ratelimit-limit-tokens-minute": "60000",
            "x-ratelimit-limit-req-minute": "30",
        }
    )
    assert found == (
        RateLimit(of="requests", limit=14_400, remaining=14_399, reset=33_011.382, window=86_400),
        RateLimit(of="tokens", limit=60_000, window=60),
        RateLimit(of="requests", limit=30, window=60),
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-ratelimit-limit-requests": "-1", "x-ratelimit-remaining-requests": "-1"},  # Azure, when it does not know
        {"x-ratelimit-limit-requests": "nan"},
        {"x-ratelimit-limit-requests": "inf"},
        {"x-ratelimit-limit-requests": "0"},
        {"x-ratelimit-limit-requests": "9" * 4000},
        {"x-ratelimit-limit-requests": "1e300"},
        {"x-ratelimit-limit-requests": "100, 100;window=60"},
        {"x-ratelimit-limit-requests": "many"},
        {"x-ratelimit-remaining-requests": "5"},
        {"x-ratelimit-limit-budget": "5"},
        {"anthropic-ratelimit-unified-limit": "5"},
    ],
)
def test_what_is_not_sensible_tells_nothing(headers: dict[str, str]) -> None:
    assert rate_limits(headers, now=NOW) is None


@pytest.mark.parametrize("reset", ["", "never", "-5", "nan", "99999999s", "9" * 400 + "s", "9999-12-31T00:00:00Z"])
def test_a_reset_that_is_not_sensible_is_left_out(reset: str) -> None:
    headers = {"x-ratelimit-limit-requests": "5", "x-ratelimit-reset-requests": reset}
    assert told(headers) == (RateLimit(of="requests", limit=5),)


NAMES = [
    f"{family}-{tail}"
    for family, tail in [
        ("x-ratelimit-limit", "requests"),
        ("x-ratelimit-remaining", "requests"),
        ("x-ratelimit-reset", "requests"),
        ("anthropic-ratelimit-tokens", "limit"),
        ("anthropic-ratelimit-tokens", "reset"),
    ]
]
NUMBERS = st.one_of(
    st.text(), st.floats().map(str), st.integers().map(str), st.datetimes().map(lambda at: at.isoformat())
)


@given(st.dictionaries(st.sampled_from([*NAMES, "date"]), NUMBERS))
def test_no_header_breaks_it_or_gets_through_with_nonsense(headers: dict[str, str]) -> None:
    for limit in told(headers):
        assert limit.limit is not None
        assert 1 <= limit.limit <= 10**12
        assert limit.remaining is None or 0 <= limit.remaining <= 10**12
        assert limit.reset is None or 0 <= limit.reset <= 31 * 86_400


@pytest.mark.parametrize(
    ("words", "daily"),
    [
        ("Rate limit reached for gpt-x in organization org-1 on requests per day (RPD): Limit 200, Used 200.", True),
        ("Rate limit reached for model `m` on tokens per day (TPD): Limit 500000, Used 499000, Requested 3000", True),
        ("Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day", True),
        ('{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}', True),
        ('{"quotaId": "RequestsPerMinutePerModel"}, {"quotaId": "GenerateRequestsPerDayPerProjectPerModel"}', True),
        ("You have reached your daily request limit", True),
        ("Rate limit reached for gpt-x on requests per min (RPM): Limit 3, Used 3. Please try again in 20s.", False),
        ("Rate limit reached on tokens per min (TPM): Limit 30000", False),
        ("Too many requests. Plans allow 60 requests per minute and 1000 requests per day.", False),
        ('{"quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}', False),
        ("Resource has been exhausted (e.g. check quota).", False),
        ("", False),
    ],
)
def test_a_spent_day_is_told_from_a_spent_minute(words: str, daily: bool) -> None:
    assert is_daily(words) is daily


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Please try again in 7m12s. Visit", 432.0),
        ("Please try again in 20s.", 20.0),
        ("Please try again in 1h2m3.5s.", 3723.5),
        ("Please try again in 343ms", 0.343),
        ("Please retry in 27.537s.", 27.537),
        ("try again in a moment", None),
        ("try again in " + "9" * 400 + "s", None),
    ],
)
def test_the_wait_that_words_ask_for(words: str, seconds: float | None) -> None:
    assert asked_in(words) == seconds


@pytest.mark.parametrize(
    ("headers", "words", "seconds"),
    [
        (
            {"retry-after": "432", "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "20h"},
            "",
            72_000,
        ),
        ({"retry-after": "432", "x-ratelimit-remaining-tokens": "9", "x-ratelimit-reset-tokens": "20h"}, "", 432),
        ({}, "Please try again in 7m12s.", 432),
        ({}, "", 86_400),
        ({"retry-after": "1e30"}, "", 31 * 86_400),
    ],
)
def test_when_a_day_is_over(headers: dict[str, str], words: str, seconds: float) -> None:
    assert day_back_in(headers, words) == seconds


@pytest.mark.parametrize(("hour", "hours"), [(8, 24), (7, 1), (20, 12)])
def test_googles_days_end_at_midnight_in_california(hour: int, hours: int) -> None:
    now = datetime(2027, 1, 15, hour, tzinfo=UTC)
    assert day_back_in({"retry-after": "3"}, "Please retry in 3s.", google=True, now=now) == hours * 3600


def test_people_are_told_a_local_date_that_is_not_too_early() -> None:
    now = datetime(2027, 1, 15, 8, 0, 1, tzinfo=UTC)
    back = datetime.strptime(moment(3600, now), "%Y-%m-%d %H:%M").astimezone()
    assert timedelta(0) <= back - (now + timedelta(hours=1)) <= timedelta(minutes=1)
    assert moment(1e300, now).startswith("2027-02-15")
