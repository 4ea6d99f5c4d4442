"""How long a provider asks to wait. Pure: headers and words in, seconds out."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SPAN = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>ms|d|h|m|s)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_RESETS = re.compile(r"^(?:x-ratelimit-reset|x-ratelimit-reset-.+|anthropic-ratelimit-.+-reset)$")
_EPOCH = 1_000_000_000  # a number above this is a date, not a span
_ASKED = re.compile(r"(?:try again|retry) (?:in|after) ((?:\d+(?:\.\d+)?(?:ms|d|h|m|s)){1,5})", re.IGNORECASE)


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds to wait, or None if the headers do not say.

    `retry-after-ms`, then `Retry-After` (seconds or a date), then the reset of the limit that is used up
    (`x-ratelimit-reset*`, `anthropic-ratelimit-*-reset`). A date is counted from the answer's own `Date`, so that a
    wrong clock here does no harm. `now`: seconds since 1970 where there is no such header; None = this machine's.
    """
    low = lower(headers)
    sent = sent_at(low, now)
    if (milliseconds := number(low.get("retry-after-ms", ""))) is not None:
        return milliseconds / 1000
    if (wait := until(low.get("retry-after", ""), sent)) is not None:
        return wait
    used_up, untold, left = _resets(low, sent)
    # Where something is left of every limit, it was not enough for this request: the nearest one may do.
    return max(used_up or untold, default=min(left, default=None))


def longest_told(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds until all that is used up is there again: the longest of `Retry-After` and the resets of such limits."""
    low = lower(headers)
    used_up, _, _ = _resets(low, sent_at(low, now))
    asked = retry_after({name: value for name, value in low.items() if not _RESETS.match(name)}, now)
    return max([*used_up, *([] if asked is None else [asked])], default=None)


def asked_in(words: str) -> float | None:
    """Seconds, from words such as "Please try again in 7m12s"."""
    found = _ASKED.search(words)
    return _span(found[1]) if found else None


def lower(headers: Mapping[str, str]) -> dict[str, str]:
    """Lower-case names, values without spaces around them."""
    return {name.lower(): value.strip() for name, value in headers.items()}


def sent_at(headers: Mapping[str, str], now: float | None = None) -> float:
    """When these (lower-case) headers were sent, seconds since 1970."""
    stamped = _http_date(headers.get("date", ""))
    if stamped is not None:
        return stamped
    return time.time() if now is None else now


def _resets(headers: Mapping[str, str], sent: float) -> tuple[list[float], list[float], list[float]]:
    """(of limits that are used up, of those that do not tell, of those of which something is left)."""
    used_up: list[float] = []
    untold: list[float] = []
    left: list[float] = []
    for name, value in headers.items():
        if not _RESETS.match(name) or (wait := until(value, sent)) is None:
            continue
        remaining = number(headers.get(name.replace("reset", "remaining"), ""))
        (untold if remaining is None else left if remaining else used_up).append(wait)
    return used_up, untold, left


def until(text: str, sent: float) -> float | None:
    """Seconds from `sent`, for a number of them, a span ("6m0s") or a date in any of the usual forms."""
    told = number(text)
    if told is not None:
        if told > _EPOCH * 1000:
            told /= 1000
        return max(0.0, told - sent) if told > _EPOCH else told
    if (span := _span(text)) is not None:
        return span
    moment = _http_date(text) or _iso_date(text)
    return None if moment is None else max(0.0, moment - sent)


def number(text: str) -> float | None:
    """None for what is not a number of 0 or more."""
    try:
        told = float(text)
    except ValueError:
        return None
    return told if math.isfinite(told) and told >= 0 else None


def _span(text: str) -> float | None:
    """ "6m0s", "20ms", "1.5s"."""
    found = list(_SPAN.finditer(text))
    if not found or "".join(part[0] for part in found) != text:
        return None
    span = sum(float(part["number"]) * _SECONDS[part["unit"]] for part in found)
    return span if math.isfinite(span) else None


def _http_date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def _iso_date(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
