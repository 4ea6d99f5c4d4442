"""What a scripted provider does with a request: plain values, so that a test reads like a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from scenewright.domain.base import Json

Shape = Literal["plain", "fenced", "chatty", "thinking", "reasoning", "malformed", "empty"]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One request as it arrived."""

    index: int  # 0 for the first request of the server
    attempt: int  # 1 the first time that exactly this was asked, then 2 ...
    path: str  # "/v1/chat/completions", "/v1/audio/speech"
    body: Mapping[str, Any]
    digest: str  # of the canonical body
    authorisation: str  # the header as sent; "" if there was none
    headers: Mapping[str, str]  # lower-case names

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON schema that was asked for, or None."""
        wanted = self.body.get("response_format")
        if not isinstance(wanted, dict) or wanted.get("type") != "json_schema":
            return None
        found = wanted.get("json_schema", {}).get("schema")
        return found if isinstance(found, dict) else None

    @property
    def text(self) -> str:
        """All messages (or the text to be spoken), joined by blank lines."""
        if "input" in self.body:
            return str(self.body["input"])
        return "\n\n".join(_content(message) for message in self.body.get("messages", ()))


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """How one request is answered. The default answers well and at once.

    Times are real seconds. Characters are counted in the text of the answer, before any escaping.
    """

    latency: float = 0.0  # before the first byte
    pace: float = 0.0  # between two pieces of a stream
    piece: int = 16  # characters in a piece
    shape: Shape = "plain"
    answer: str | Json | None = None  # instead of a generated one; not a str: sent as JSON
    status: int = 200  # 400 and more: an error, `code` and `message` in its body
    code: str = ""
    message: str = "scripted failure"
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False  # nothing at all is sent
    stall_after: int | None = None  # silence after so many characters
    cut_after: int | None = None  # the connection closes after so many characters
    cut_after_items: int | None = None  # ... after so many whole items of the answer's (first) list
    truncate_after: int | None = None  # ends properly after so many characters, finish_reason "length"
    finish: str = "stop"
    cached_tokens: int = 0  # reported as read from the cache
    usage: bool = True  # whether token counts are reported


Script = Callable[[Seen], Behaviour]

OK = Behaviour()


def always(behaviour: Behaviour = OK) -> Script:
    return lambda _: behaviour


def in_order(*first: Behaviour, then: Behaviour = OK) -> Script:
    """The n-th request of the server gets the n-th behaviour, later ones `then`."""
    return lambda seen: first[seen.index] if seen.index < len(first) else then


def per_request(*first: Behaviour, then: Behaviour = OK) -> Script:
    """The n-th time that exactly the same is asked it gets the n-th behaviour, afterwards `then`.

    `per_request(rate_limited(0.1))` makes every request fail once.
    """
    return lambda seen: first[seen.attempt - 1] if seen.attempt <= len(first) else then


def rate_limited(retry_after: float | str | None = 1, **headers: str) -> Behaviour:
    """429. `retry_after`: seconds, an HTTP date as text, or None for no header. `headers`: "_" stands for "-"."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if retry_after is not None:
        sent["retry-after"] = retry_after if isinstance(retry_after, str) else f"{retry_after:g}"
    return Behaviour(status=429, code="rate_limit_exceeded", message="Rate limit reached", headers=sent)


def failing(status: int = 500, code: str = "", message: str = "scripted failure") -> Behaviour:
    return Behaviour(status=status, code=code, message=message)


def out_of_credit() -> Behaviour:
    """The 429 that waiting does not help."""
    return failing(429, "insufficient_quota", "You exceeded your current quota")


def answering(answer: str | Json, behaviour: Behaviour = OK) -> Behaviour:
    return replace(behaviour, answer=answer)


def _content(message: Any) -> str:
    content = message.get("content", "") if isinstance(message, dict) else ""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return str(content or "")
