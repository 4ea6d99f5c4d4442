"""What an HTTP answer that is not a sound means: classified once, worded readably, never with the key in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.providers.waits import retry_after

LONGEST_WAIT = 86_400.0  # seconds; a provider that asks for more means "not today"
SAID = 240  # characters of the provider's own words that are shown

_KEYLIKE = re.compile(r"\b(?:sk|pk|key|Bearer)[-_ ][\w*.-]{6,}", re.IGNORECASE)
# Out of money, as the usual providers word it. It comes as a 429 and does not pass by waiting.
_SPENT = re.compile(r"insufficient_quota|billing_hard_limit|billing_not_active|exceeded your current quota")


def failed(status: int, headers: Mapping[str, str], body: bytes, *, service: str, key: str = "") -> CallFailed:
    """The failure for an answer with this status (not 200). `headers`: names in any case."""
    said = said_by(body, key)
    if status == 429 and not _SPENT.search(body[:4096].decode(errors="replace")):
        wait = _wait(headers)
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
            retry_after=_wait(headers),
        )
    return CallFailed(f"{_reason(status, service)}{_colon(said)}", failure=FailureClass.FATAL)


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, at most a day."""
    wait = retry_after(headers)
    return None if wait is None else min(wait, LONGEST_WAIT)


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
