"""Just enough of the protocols that are not OpenAI's chat completions: one streamed answer each, or an error."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenewright.testing.provider.serve import Receive, Scope, Send

TEXT = '{"title": "T", "scenes": ["a"]}'
THOUGHT = "Hm, {perhaps}."


def anthropic() -> Sequence[Any]:
    usage = {"input_tokens": 1000, "cache_read_input_tokens": 500, "cache_creation_input_tokens": 0, "output_tokens": 1}
    message: dict[str, Any] = {
        "id": "m", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5", "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": usage,
    }  # fmt: skip
    return [
        {"type": "message_start", "message": message},
        {
            "type": "content_block_start",
            "index": 0,
            "content_block": {"type": "thinking", "thinking": "", "signature": ""},
        },
        {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": THOUGHT}},
        {"type": "content_block_stop", "index": 0},
        {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": TEXT[:9]}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": TEXT[9:]}},
        {"type": "content_block_stop", "index": 1},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 100},
        },
        {"type": "message_stop"},
    ]


def google() -> Sequence[Any]:
    def part(text: str, *, thought: bool = False, **more: Any) -> Any:
        content = {"role": "model", "parts": [{"text": text, "thought": thought}]}
        return {"candidates": [{"content": content, "index": 0, **more}], "modelVersion": "gemini-3.8-flash"}

    usage = {
        "promptTokenCount": 1500,
        "candidatesTokenCount": 100,
        "cachedContentTokenCount": 500,
        "totalTokenCount": 1600,
    }
    return [
        part(THOUGHT, thought=True),
        part(TEXT[:9]),
        {**part(TEXT[9:], finishReason="STOP"), "usageMetadata": usage},
    ]


def openai_responses() -> Sequence[Any]:
    item = {"id": "i", "type": "message", "role": "assistant", "status": "completed", "content": []}
    part = {"type": "output_text", "text": TEXT, "annotations": []}
    head = {
        "id": "r", "object": "response", "created_at": 1, "model": "gpt-6-luna", "output": [], "tools": [],
        "tool_choice": "auto", "parallel_tool_calls": False, "status": "in_progress",
    }  # fmt: skip
    usage = {
        "input_tokens": 1500, "input_tokens_details": {"cached_tokens": 500}, "output_tokens": 100,
        "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 1600,
    }  # fmt: skip
    where = {"item_id": "i", "output_index": 0, "content_index": 0}
    events: list[dict[str, Any]] = [
        {"type": "response.created", "response": head},
        {"type": "response.output_item.added", "output_index": 0, "item": item},
        {"type": "response.content_part.added", **where, "part": {**part, "text": ""}},
        {"type": "response.output_text.delta", **where, "delta": TEXT[:9], "logprobs": []},
        {"type": "response.output_text.delta", **where, "delta": TEXT[9:], "logprobs": []},
        {"type": "response.output_text.done", **where, "text": TEXT, "logprobs": []},
        {"type": "response.content_part.done", **where, "part": part},
        {"type": "response.output_item.done", "output_index": 0, "item": {**item, "content": [part]}},
        {
            "type": "response.completed",
            "response": {**head, "status": "completed", "output": [{**item, "content": [part]}], "usage": usage},
        },
    ]
    return [{**event, "sequence_number": number} for number, event in enumerate(events)]


@dataclass
class Protocol:
    """Streams the events (or answers with `status` and `body`) and keeps what it was asked."""

    events: Sequence[Any] = ()
    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while (event := await receive()) and event["type"] == "http.request":
            body += event["body"]
            if not event.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.asked.append((scope["path"], headers, json.loads(body or b"null")))
        streamed = self.status == 200 and self.body is None
        kind = b"text/event-stream" if streamed else b"application/json"
        told = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        head = {"type": "http.response.start", "status": self.status, "headers": [(b"content-type", kind), *told]}
        await send(head)
        if not streamed:
            await send({"type": "http.response.body", "body": json.dumps(self.body).encode()})
            return
        for one in self.events:
            named = f"event: {one['type']}\n" if "type" in one else ""
            text = f"{named}data: {json.dumps(one)}\r\n\r\n"
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b""})
