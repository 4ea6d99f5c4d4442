"""The bodies of chat completions, whole and streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from scenewright.domain.base import Json
from scenewright.testing.provider.pieces import Piece
from scenewright.testing.provider.script import Behaviour, Seen
from scenewright.testing.provider.tokens import asked, written

_THOUGHT = 'Let me think. The answer could be {"draft": [1, 2]}, but that is not it.'


def shaped(text: str, behaviour: Behaviour) -> str:
    """The answer as this model's manners make it."""
    match behaviour.shape:
        case "fenced":
            return f"```json\n{text}\n```"
        case "chatty":
            return f"Sure! Here is what you asked for:\n\n{text}\n\nLet me know if you need anything else."
        case "thinking":
            return f"<think>\n{_THOUGHT}\n</think>\n\n{text}"
        case "malformed":
            return _malformed(text)
        case "empty":
            return ""
        case _:
            return text


def thought(behaviour: Behaviour) -> str:
    """What is told apart from the answer."""
    return _THOUGHT if behaviour.shape == "reasoning" else ""


def whole(seen: Seen, text: str, behaviour: Behaviour) -> Json:
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if behaviour.shape == "reasoning":
        message["reasoning_content"] = _THOUGHT
    choice = {"index": 0, "message": message, "finish_reason": finish(behaviour), "logprobs": None}
    body = {**_head(seen), "object": "chat.completion", "choices": [choice]}
    return {**body, "usage": _usage(seen, text, behaviour)} if behaviour.usage else body


def opening(seen: Seen) -> str:
    """The first of a stream's server-sent events."""
    return _event(seen, {"role": "assistant", "content": ""})


def event(seen: Seen, piece: Piece) -> str:
    return _event(seen, {"reasoning_content" if piece.thought else "content": piece.text})


def tail(seen: Seen, text: str, behaviour: Behaviour) -> Iterator[str]:
    """What ends a stream properly."""
    yield _event(seen, {}, finish(behaviour))
    options = seen.body.get("stream_options")
    if behaviour.usage and isinstance(options, dict) and options.get("include_usage"):
        yield _data({**_chunk(seen), "choices": [], "usage": _usage(seen, text, behaviour)})
    yield "data: [DONE]\n\n"


def finish(behaviour: Behaviour) -> str:
    return "length" if behaviour.truncate_after is not None else behaviour.finish


def error(status: int, code: str, message: str) -> Mapping[str, Json]:
    kind = code or {400: "invalid_request_error", 401: "invalid_request_error", 404: "invalid_request_error"}.get(
        status, "server_error"
    )
    return {"error": {"message": message, "type": kind, "param": None, "code": code or None}}


def _head(seen: Seen) -> dict[str, Any]:
    return {"id": f"chatcmpl-{seen.index}", "created": 1_700_000_000, "model": seen.model}


def _chunk(seen: Seen) -> dict[str, Any]:
    return {**_head(seen), "object": "chat.completion.chunk"}


def _event(seen: Seen, delta: Mapping[str, str], reason: str | None = None) -> str:
    return _data({**_chunk(seen), "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})


def _data(value: Json) -> str:
    return f"data: {json.dumps(value)}\n\n"


def _usage(seen: Seen, text: str, behaviour: Behaviour) -> Json:
    into, out = asked(seen), written(text)
    return {
        "prompt_tokens": into,
        "completion_tokens": out,
        "total_tokens": into + out,
        "prompt_tokens_details": {"cached_tokens": min(behaviour.cached_tokens, into)},
    }


def _malformed(text: str) -> str:
    """Wrong in the ways that models are: a trailing comma, Python's words, a missing bracket at the end."""
    broken = text.rstrip()
    if broken[-1:] in ("}", "]"):
        broken = f"{broken[:-1]}, {'' if broken[-1] == ']' else broken[-1]}"
    return broken.replace(": true", ": True").replace(": null", ": None")
