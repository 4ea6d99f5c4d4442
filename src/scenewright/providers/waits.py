"""How long a provider asks to wait. Pure: headers in, seconds out."""

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


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds to wait, or None if the headers do not say.

    `retry-after-ms`, then `Retry-After` (seconds or a date), then the reset of the limit that is used up
    (`x-ratelimit-reset*`, `anthropic-ratelimit-*-reset`). A date is counted from the answer's own `Date`, so that a
    wrong clock here does no harm. `now`: seconds since 1970 where there is no such header; None = this machine's.
    """
    low = {name.lower(): value.strip() for name, value in headers.items()}
    sent = _sent(low, now)
    if (milliseconds := _number(low.get("retry-after-ms", ""))) is not None:
        return milliseconds / 1000
    if (wait := _wait(low.get("retry-after", ""), sent)) is not None:
        return wait
    return _reset(low, sent)


def _sent(headers: Mapping[str, str], now: float | None) -> float:
    stamped = _http_date(headers.get("date", ""))
    if stamped is not None:
        return stamped
    return time.time() if now is None else now


def _reset(headers: Mapping[str, str], sent: float) -> float | None:
    used_up: list[float] = []
    others: list[float] = []
    for name, value in headers.items():
        if not _RESETS.match(name) or (wait := _wait(value, sent)) is None:
            continue
        left = headers.get(name.replace("reset", "remaining"), "")
        (used_up if _number(left) == 0 else others).append(wait)
    waits = used_up or others
    return max(waits) if waits else None


def _wait(text: str, sent: float) -> float | None:
    number = _number(text)
    if number is not None:
        if number > _EPOCH * 1000:
            number /= 1000
        return max(0.0, number - sent) if number > _EPOCH else number
    if (span := _span(text)) is not None:
        return span
    moment = _http_date(text) or _iso_date(text)
    return None if moment is None else max(0.0, moment - sent)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _span(text: str) -> float | None:
    """ "6m0s", "20ms", "1.5s"."""
    found = list(_SPAN.finditer(text))
    if not found or "".join(part[0] for part in found) != text:
        return None
    return sum(float(part["number"]) * _SECONDS[part["unit"]] for part in found)


def _http_date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def _iso_date(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
