"""What a scripted provider sees and does: plain values, so that a test reads like a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from scenewright.domain.base import Json
from scenewright.testing.provider.times import Time

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
    at: float = 0.0  # described seconds since the server's first request

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON schema that was asked for, or None."""
        found = self._wanted.get("schema")
        return found if isinstance(found, dict) else None

    @property
    def asks_for(self) -> str:
        """The name of the JSON schema that was asked for; "speech", or "" if neither."""
        return "speech" if self.speech else str(self._wanted.get("name", ""))

    @property
    def speech(self) -> bool:
        return self.path.endswith("/speech")

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream")) and not self.speech

    @property
    def text(self) -> str:
        """All messages (or the text to be spoken), joined by blank lines."""
        if "input" in self.body:
            return str(self.body["input"])
        messages = self.body.get("messages")
        return "\n\n".join(_content(message) for message in messages) if isinstance(messages, list) else ""

    @property
    def _wanted(self) -> Mapping[str, Any]:
        wanted = self.body.get("response_format")
        if not isinstance(wanted, dict) or wanted.get("type") != "json_schema":
            return {}
        found = wanted.get("json_schema")
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """How one request is answered. The default answers well and at once.

    Times are described seconds: real ones are `scale` (of the server) times as long. Each is a number or a
    distribution. A piece arrives at the end of the time that it takes; an answer that is not streamed arrives when its
    last piece would. Characters are counted in the text of the answer, before any escaping (of speech: bytes).
    """

    latency: Time = 0.0  # before the first byte
    first: Time | None = None  # from there to the first piece; None: what the piece takes
    pace: Time = 0.0  # for each piece
    per_token: Time = 0.0  # for each token of a piece (four characters), in addition
    lasts: Time | None = None  # for all pieces together (after `first`), evenly, instead of `pace` and `per_token`
    piece: int | Literal["item"] = 16  # characters in a piece, or whole items of the answer's longest list
    shape: Shape = "plain"
    answer: str | Json | None = None  # instead of a generated one; not a str: sent as JSON
    raw: str | None = None  # the whole body, whatever was asked: a proxy's HTML page, half a JSON
    status: int = 200  # 400 and more: an error, `code` and `message` in its body
    code: str = ""
    message: str = "scripted failure"
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False  # nothing at all is sent
    stall_after: int | None = None  # silence after so many characters
    cut_after: int | None = None  # the connection closes after so many characters
    cut_after_items: int | None = None  # ... after so many whole items of the answer's (first) list
    reset_after: int | None = None  # the connection is reset (RST) after so many characters; 0: before any byte
    truncate_after: int | None = None  # ends properly after so many characters, finish_reason "length"
    finish: str = "stop"
    cached_tokens: int = 0  # reported as read from the cache
    usage: bool = True  # whether token counts are reported


Script = Callable[[Seen], Behaviour]

OK = Behaviour()


def _content(message: Any) -> str:
    content = message.get("content", "") if isinstance(message, dict) else ""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return str(content or "")
