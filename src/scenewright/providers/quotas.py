"""What an account tells of its quotas, in headers and in words. Pure, and nothing in it is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from scenewright.domain.calls import RateLimit, RateLimits
from scenewright.limits.rates import LONGEST_WAIT
from scenewright.providers.waits import asked_in, longest_told, lower, number, sent_at, until

_MOST = 10**12  # of requests or tokens; a limit above it is none
_LONGEST = 31 * 86_400.0  # seconds; nothing further away is believed
_DAY = timedelta(hours=24)

# x-ratelimit-remaining-tokens (OpenAI and most others), ...-tokens-minute (Cerebras, SambaNova), and Anthropic's.
_OF = r"(?P<of>requests|req|tokens|input-tokens|output-tokens)"
_WHAT = r"(?P<what>limit|remaining|reset)"
_NAMES = (
    re.compile(rf"x-ratelimit-{_WHAT}-{_OF}(?:-(?P<window>second|minute|hour|day|month))?"),
    re.compile(rf"anthropic-ratelimit-{_OF}-{_WHAT}(?P<window>)"),
)
_WINDOWS = {"second": 1.0, "minute": 60.0, "hour": 3_600.0, "day": 86_400.0, "month": 30 * 86_400.0}

# "on requests per day (RPD)", "free-models-per-day", quotaId "GenerateRequestsPerDayPerProject...", "daily limit".
_PER_DAY = re.compile(r"per[-_ ]?day\b|\b(?:requests|tokens)/day\b|\b[RT]PD\b|\bdaily\b.{0,20}\b(?:limit|quota)", re.I)
_GOOGLE_PER_DAY = re.compile(r"\w+PerDay\w*")
_PER_MINUTE = re.compile(r"per[-_ ]?min(?:ute)?\b|\b[RT]PM\b", re.I)


def rate_limits(
    headers: Mapping[str, str], *, model: str = "", at: float | None = None, now: float | None = None
) -> RateLimits | None:
    """The limits that headers tell of; None if they tell of none. What is not sensible is passed over.

    `at`: loop time when they came. `now`: see `waits.retry_after`.
    """
    low = lower(headers)
    sent = sent_at(low, now)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for of, window, what, text in _named(low):
        if (value := until(text, sent) if what == "reset" else _count(text)) is not None:
            found.setdefault((of, window), {})[what] = value
    limits = tuple(
        RateLimit.model_validate({"of": of, "window": _WINDOWS.get(window), **_sane(told)})
        for (of, window), told in found.items()
        if told.get("limit")
    )
    return RateLimits(model=model, at=at, limits=limits) if limits else None


def is_daily(words: str) -> bool:
    """Whether a refusal is about what may be used in a day, going by all that the provider wrote."""
    if _GOOGLE_PER_DAY.search(words):
        return True
    # Some explain all their limits whenever one is reached.
    return bool(_PER_DAY.search(words)) and not _PER_MINUTE.search(words)


def day_back_in(headers: Mapping[str, str], words: str, *, google: bool = False, now: datetime | None = None) -> float:
    """Seconds until a quota of a day is there again: as told, or else 24 hours, which is the longest it can take.

    `google`: their days end at midnight in California, and what else they tell is about minutes.
    """
    here = now or datetime.now(UTC)
    if google and (midnight := _midnight_in_california(here)) is not None:
        return (midnight - here).total_seconds()
    told = longest_told(headers, here.timestamp())
    told = asked_in(words) if told is None else told
    return _DAY.total_seconds() if told is None else min(told, _LONGEST)


def is_long(wait: float | None) -> bool:
    """Whether this is a reason to pause rather than to wait."""
    return wait is not None and wait > LONGEST_WAIT


def moment(wait: float, now: datetime | None = None) -> str:
    """The local date and time in so many seconds, for people: "2026-11-21 09:00"."""
    then = (now or datetime.now(UTC)) + timedelta(seconds=min(wait, _LONGEST) + 59)  # never a minute too early
    return f"{then.astimezone():%Y-%m-%d %H:%M}"


def _named(headers: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    for name, text in headers.items():
        for pattern in _NAMES:
            if found := pattern.fullmatch(name):
                of = "requests" if found["of"] == "req" else found["of"].replace("-", "_")
                yield of, found["window"] or "", found["what"], text


def _count(text: str) -> int | None:
    told = number(text)
    return int(told) if told is not None and told <= _MOST else None


def _sane(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return {what: value for what, value in told.items() if what != "reset" or value <= _LONGEST}


def _midnight_in_california(now: datetime) -> datetime | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        there = now.astimezone(ZoneInfo("America/Los_Angeles"))
    except ZoneInfoNotFoundError:  # a machine without a list of time zones
        return None
    return (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
