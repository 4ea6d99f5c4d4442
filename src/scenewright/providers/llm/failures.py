"""What a failed call means, decided once, in a class of failure and a sentence that says what to do."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.providers.llm.secrets import chain
from scenewright.providers.quotas import day_back_in, is_daily, is_long, moment
from scenewright.providers.waits import asked_in, retry_after

# Codes that say "no money" under a 429, where waiting does not help.
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "credits_exhausted"})
_UNWANTED = frozenset({"content_filter", "content_policy_violation"})
_TRANSIENT_STATUS = frozenset({408, 409, 425})
_LOOKED_AT = 16_384  # characters of an error's body
_LONGEST = 300  # characters of a provider's own words in a message


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who was asked for what, for the sentence."""

    account: str
    model: str
    key_variables: tuple[str, ...]
    received: bool  # part of an answer had come


def classify(exc: BaseException, asked: Asked) -> CallFailed | None:
    """The failure as the rest of the program knows it; None if `exc` is none of a provider's (a bug)."""
    from pydantic_ai.exceptions import ContentFilterError, ModelAPIError, ModelHTTPError, UnexpectedModelBehavior

    if isinstance(exc, ModelHTTPError):
        return _by_status(exc, asked)
    if isinstance(exc, ContentFilterError):
        return _failed(
            asked, f"refused to answer: {_brief(exc)}. Change the text that is asked about.", FailureClass.REFUSED
        )
    if isinstance(exc, ModelAPIError):
        return _without_status(exc, asked)
    if isinstance(exc, UnexpectedModelBehavior):
        return _failed(asked, f"sent an answer that cannot be read: {_brief(exc)}.", FailureClass.TRANSIENT)
    if isinstance(exc, TimeoutError):
        return _failed(asked, "stopped answering in time.", FailureClass.TRANSIENT)
    if _of_the_network(exc):
        return _cut(exc, asked)
    return None


def stalled(asked: Asked, seconds: float) -> CallFailed:
    """Nothing has come for too long."""
    what = "stopped in the middle of its answer" if asked.received else "did not begin to answer"
    return _failed(asked, f"{what}: nothing came for {seconds:g} seconds.", FailureClass.TRANSIENT)


def _by_status(exc: Any, asked: Asked) -> CallFailed:
    status, said = exc.status_code, _said(exc)
    if status == 429 or _is(exc, "ModelRateLimitError") or _is(exc, "ModelQuotaExceededError"):
        return _limited(exc, asked, said)
    if status == 402:
        return _no_credit(asked, said)
    if status in _TRANSIENT_STATUS or status >= 500:
        wait = retry_after(exc.headers or {}) if "retry-after" in (exc.headers or {}) else exc.retry_after
        return _failed(asked, f"failed on its side ({status}){said}", FailureClass.TRANSIENT, wait)
    if _is(exc, "ModelContextWindowExceededError"):
        return _failed(
            asked, f"says that the request is longer than {asked.model} can read{said}", FailureClass.REFUSED
        )
    if status in (401, 403) or _is(exc, "ModelAuthenticationError"):
        return _failed(asked, f"did not accept the key ({status}). {_key_remedy(asked)}{said}")
    if status == 404 or _is(exc, "ModelNotFoundError"):
        return _failed(asked, f"does not know the model {asked.model}, or its address is wrong ({status}){said}")
    if _says(exc, _UNWANTED):
        return _failed(asked, f"refused to answer ({status}){said}", FailureClass.REFUSED)
    return _failed(asked, f"refused the request ({status}){said}")


def _limited(exc: Any, asked: Asked, said: str) -> CallFailed:
    """Enough for now, for today, or for ever."""
    headers, words = getattr(exc, "headers", None) or {}, _words(exc)
    if is_daily(words):
        google = asked.account.startswith("google")
        return _until(asked, "its quota for the day is used up", day_back_in(headers, words, google=google), said)
    if _is(exc, "ModelQuotaExceededError") or _says(exc, _NO_MONEY):
        return _no_credit(asked, said)
    waits = (retry_after(headers), exc.retry_after, asked_in(words))
    wait = next((wait for wait in waits if wait is not None), None)
    if wait is not None and is_long(wait):
        return _until(asked, "it has had enough requests for a long while", wait, said)
    asks = f" and asks to wait {wait:g} s" if wait is not None else ""
    return _failed(asked, f"has had enough requests for now{asks} (429){said}", FailureClass.RATE_LIMIT, wait)


def _until(asked: Asked, why: str, wait: float, said: str) -> CallFailed:
    """Not worth waiting for: whoever started the run is told when to come back."""
    what = f"says that {why}; resume after {moment(wait)}{said}"
    return _failed(asked, what, FailureClass.FATAL, wait)


def _without_status(exc: Any, asked: Asked) -> CallFailed:
    said = f": {_brief(exc)}."
    if _is(exc, "ModelQuotaExceededError") or _is(exc, "ModelRateLimitError"):
        return _limited(exc, asked, said)
    if _is(exc, "ModelRequestRejectedError"):
        return _failed(asked, f"refused the request{said}")
    if _is(exc, "ModelConnectionError"):
        return _cut(exc, asked)
    if "finish_reason" in str(exc):
        return _failed(asked, "broke off in the middle of its answer.", FailureClass.TRANSIENT)
    return _failed(asked, f"failed{said}", FailureClass.TRANSIENT, exc.retry_after)


def _cut(exc: BaseException, asked: Asked) -> CallFailed:
    if asked.received:
        what = "broke off in the middle of its answer: the connection was lost."
    elif any(isinstance(link, ConnectionRefusedError) or "onnect call failed" in str(link) for link in chain(exc)):
        what = "does not answer at all: nothing listens at that address. Start the server, or mend the address."
    else:
        what = f"could not be reached ({type(exc).__name__}). Check the network and the address."
    return _failed(asked, what, FailureClass.TRANSIENT)


def _no_credit(asked: Asked, said: str) -> CallFailed:
    return _failed(asked, f"says that the account has no credit or quota left; top it up or use another model{said}")


def _failed(
    asked: Asked, what: str, failure: FailureClass = FailureClass.FATAL, wait: float | None = None
) -> CallFailed:
    return CallFailed(f"{asked.account} {what}", failure=failure, retry_after=wait, received=asked.received)


def _key_remedy(asked: Asked) -> str:
    names = " or ".join(asked.key_variables) or "the key's environment variable"
    return f"Set {names} to a valid one with access to {asked.model}"


def _says(exc: Any, codes: frozenset[str]) -> bool:
    """Whether the error's body carries one of the codes."""
    body = exc.body if isinstance(exc.body, dict) else {}
    inner = body.get("error")
    bodies = [body, inner if isinstance(inner, dict) else {}]
    return any(str(found.get(name)) in codes for found in bodies for name in ("code", "type"))


def _words(exc: Any) -> str:
    """All that it wrote, for looking for words in it."""
    try:
        return json.dumps(exc.body, ensure_ascii=False)[:_LOOKED_AT]
    except (TypeError, ValueError):
        return str(exc.body)[:_LOOKED_AT]


def _said(exc: Any) -> str:
    """The provider's own words, in short."""
    body = exc.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        body = inner.get("message") if isinstance(inner, dict) else inner
    text = " ".join(str(body or "").split())
    return f": {_short(text)}" if text else "."


def _brief(exc: BaseException) -> str:
    return _short(" ".join(str(exc).split()) or type(exc).__name__).rstrip(".")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _is(exc: BaseException, name: str) -> bool:
    from pydantic_ai import exceptions

    return isinstance(exc, getattr(exceptions, name))


def _of_the_network(exc: BaseException) -> bool:
    """Raised by the sockets or by the HTTP library, unwrapped."""
    if isinstance(exc, (OSError, asyncio.IncompleteReadError)):
        return True
    packages = ("httpx", "httpx2", "httpcore", "httpcore2", "aiohttp")
    return any(kind.__module__.partition(".")[0] in packages for kind in type(exc).__mro__)
