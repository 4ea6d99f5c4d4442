"""What an HTTP answer that is not a sound means: classified once, worded readably, never with the key in it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from scenewright.domain.errors import CallFailed, FailureClass

LONGEST_WAIT = 86_400.0  # seconds; a provider that asks for more means "not today"
SAID = 240  # characters of the provider's own words that are shown

_RESETS = ("x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "x-ratelimit-reset")
_SPAN = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_KEYLIKE = re.compile(r"\b(?:sk|pk|key|Bearer)[-_ ][\w*.-]{6,}", re.IGNORECASE)
# Out of money, as the usual providers word it. It comes as a 429 and does not pass by waiting.
_SPENT = re.compile(r"insufficient_quota|billing_hard_limit|billing_not_active|exceeded your current quota")


def failed(status: int, headers: Mapping[str, str], body: bytes, *, service: str, key: str = "") -> CallFailed:
    """The failure for an answer with this status (not 200). `headers`: names in any case."""
    lower = {name.lower(): value for name, value in headers.items()}
    said = said_by(body, key)
    if status == 429 and not _SPENT.search(body[:4096].decode(errors="replace")):
        wait = retry_after(lower)
        shown = f", and asks to wait {wait:.0f} seconds" if wait else ""
        return CallFailed(
            f"{service} says that there are too many requests{shown}{_colon(said)}",
            failure=FailureClass.RATE_LIMIT,
            retry_after=wait,
        )
    if status >= 500 or status in (408, 409, 425):
        return CallFailed(
            f"{service} is having trouble (HTTP {status}){_colon(said)}",
            failure=FailureClass.TRANSIENT,
            retry_after=retry_after(lower),
        )
    return CallFailed(f"{_reason(status, service)}{_colon(said)}", failure=FailureClass.FATAL)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from lower-case headers: Retry-After as seconds or a date, or a rate limit's reset."""
    if (milliseconds := _number(headers.get("retry-after-ms", ""))) is not None:
        return min(milliseconds / 1000, LONGEST_WAIT)
    if value := headers.get("retry-after", "").strip():
        seconds = _number(value)
        if seconds is None:
            seconds = _until(value, headers.get("date", ""))
        if seconds is not None:
            return min(max(seconds, 0.0), LONGEST_WAIT)
    spans = [span for name in _RESETS if (span := _span(headers.get(name, ""))) is not None]
    return min(max(spans), LONGEST_WAIT) if spans else None


def said_by(body: bytes, key: str) -> str:
    """The provider's own message, shortened, on one line, with anything like a key blotted out."""
    text = body[:16_384].decode(errors="replace")
    try:
        found = json.loads(text)
    except ValueError:
        found = text if "<html" not in text[:500].lower() else ""
    for name in ("error", "message", "detail"):
        if isinstance(found, dict) and name in found:
            found = found[name]
    words = found if isinstance(found, str) else json.dumps(found) if found else ""
    if key:
        words = words.replace(key, "***")
    words = " ".join("".join(char if char.isprintable() else " " for char in _KEYLIKE.sub("***", words)).split())
    return words if len(words) <= SAID else words[:SAID] + "…"


def _reason(status: int, service: str) -> str:
    match status:
        case 401:
            return f"{service} does not accept the key: check the key in the environment"
        case 403:
            return f"{service} does not allow this with the given key"
        case 404:
            return f"{service} does not know this model, voice or address: check --voice and the base URL"
        case 402 | 429:
            return f"{service} says that the account has no credit left: top it up, or choose another voice"
        case 413:
            return f"{service} says that the text is too long"
        case _ if 300 <= status < 400:
            return f"{service} sends us to another address (HTTP {status}): set the base URL to the final one"
        case _:
            return f"{service} refuses the request (HTTP {status})"


def _colon(said: str) -> str:
    return f": {said}" if said else "."


def _number(value: str) -> float | None:
    return float(value) if re.fullmatch(r"\d{1,12}(\.\d{1,9})?", value.strip()) else None


def _until(value: str, date: str) -> float | None:
    """Seconds from the server's own clock (or ours, if it does not tell) to an HTTP date."""
    try:
        then = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    try:
        now = parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        now = time.time()
    return then - now


def _span(value: str) -> float | None:
    """Seconds in "6m0s", "1.5s", "20ms", "12" or a Unix time."""
    if (number := _number(value)) is not None:
        return max(0.0, number - time.time()) if number > 1e9 else number
    found = _SPAN.fullmatch(value.strip())
    if not value.strip() or not found:
        return None
    days, hours, minutes, seconds, milliseconds = (float(part or 0) for part in found.groups())
    return days * 86_400 + hours * 3_600 + minutes * 60 + seconds + milliseconds / 1000
