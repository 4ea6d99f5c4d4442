"""Shared by the tests of this folder."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.calls import Call, Message, ModelAnswer, ModelRequest
from scenewright.domain.errors import CallFailed
from scenewright.domain.steps import StepId
from scenewright.providers.llm.provider import LlmProvider

MODEL = "openai:m"
SCHEMA = {
    "title": "Plan",
    "type": "object",
    "properties": {"title": {"type": "string"}, "scenes": {"type": "array", "items": {"type": "string"}}},
    "required": ["title", "scenes"],
}


@dataclass
class Heard:
    """What streamed into the sink, and how the call ended."""

    pieces: list[str] = field(default_factory=list)
    answer: ModelAnswer | None = None
    failure: CallFailed | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def call(model: str, base_url: str, schema: dict[str, Any] | None = None, **fields: Any) -> Call[ModelRequest]:
    fields.setdefault("messages", (Message(role="system", text="Be brief."), Message(role="user", text="Say it.")))
    request = ModelRequest(model=model, base_url=base_url, answer_schema=schema, **fields)
    return Call(request=request, work="w", step=StepId(name="content", scene="s1"))


async def ask(
    provider: LlmProvider, model: str = MODEL, base_url: str = "", schema: dict[str, Any] | None = None, **fields: Any
) -> Heard:
    heard = Heard()

    async def sink(text: str) -> None:
        heard.pieces.append(text)

    try:
        heard.answer = await provider.perform(call(model, base_url, schema, **fields), sink)
    except CallFailed as exc:
        heard.failure = exc
    return heard


def ask_once(
    base_url: str,
    model: str = MODEL,
    schema: dict[str, Any] | None = None,
    first: float = 5.0,
    stall: float = 5.0,
    **options: Any,
) -> Heard:
    """One call by a provider of its own, closed afterwards."""

    async def main() -> Heard:
        async with LlmProvider(model, base_url, first=first, stall=stall, **options) as provider:
            return await ask(provider, model, base_url, schema)

    return asyncio.run(main())
