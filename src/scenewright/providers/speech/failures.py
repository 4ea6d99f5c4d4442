"""What an HTTP answer that is not a sound means: classified once, worded readably, never with the key in it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping

from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.providers.quotas import day_back_in, is_daily, is_long, moment, rate_limits
from scenewright.providers.waits import asked_in, retry_after

SAID = 240  # characters of the provider's own words that are shown

_KEYLIKE = re.compile(r"\b(?:sk|pk|key|Bearer)[-_ ][\w*.-]{6,}", re.IGNORECASE)
# Out of money, as the usual providers word it. It comes as a 429 and does not pass by waiting.
_SPENT = re.compile(r"insufficient_quota|billing_hard_limit|billing_not_active|exceeded your current quota")


def failed(
    status: int, headers: Mapping[str, str], body: bytes, *, service: str, key: str = "", model: str = ""
) -> CallFailed:
    """The failure for an answer with this status (not 200). `headers`: names in any case."""
    failure = _classified(status, headers, body, service, _colon(said_by(body, key)))
    loop = asyncio.get_running_loop()
    failure.limits = rate_limits(headers, model=model, at=loop.time())
    return failure


def _classified(status: int, headers: Mapping[str, str], body: bytes, service: str, said: str) -> CallFailed:
    words = body[:16_384].decode(errors="replace")
    if status == 429 and not _SPENT.search(words):
        return _limited(headers, words, service, said)
    if status >= 500 or status in (408, 409, 425):
        message = f"{service} is having trouble (HTTP {status}){said}"
        return CallFailed(message, failure=FailureClass.TRANSIENT, retry_after=retry_after(headers))
    return CallFailed(f"{_reason(status, service)}{said}", failure=FailureClass.FATAL)


def _limited(headers: Mapping[str, str], words: str, service: str, said: str) -> CallFailed:
    """Enough for now, or for today."""
    wait = retry_after(headers)
    wait = asked_in(words) if wait is None else wait
    day = is_daily(words)
    if day or is_long(wait):
        back = day_back_in(headers, words) if day else wait or 0.0
        why = "the quota for the day is used up" if day else "there are too many requests for a long while"
        message = f"{service} says that {why}; resume after {moment(back)}{said}"
        return CallFailed(message, failure=FailureClass.FATAL, retry_after=back)
    shown = f", and asks to wait {wait:.0f} seconds" if wait else ""
    message = f"{service} says that there are too many requests{shown}{said}"
    return CallFailed(message, failure=FailureClass.RATE_LIMIT, retry_after=wait)


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
