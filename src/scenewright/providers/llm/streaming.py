"""One streamed request: our values in, pydantic-ai in the middle, text and a `ModelAnswer` out."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scenewright.domain.base import writable
from scenewright.domain.calls import Message, ModelAnswer, ModelRequest, Sink, Usage
from scenewright.domain.errors import CallFailed
from scenewright.providers.llm.names import ModelRef
from scenewright.providers.llm.prices import NONE, cost_of
from scenewright.providers.llm.thinking import WithoutThinking
from scenewright.providers.prices import Prices

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage
    from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
    from pydantic_ai.settings import ModelSettings

_FINISH = {"stop": "stop", "length": "length", "content_filter": "refused", None: "stop"}
_ABOUT_THE_FORM = ("schema", "response_format", "structured output", "output_config", "grammar")
_REFUSED = ("(400)", "(422)", "(500)", "(501)", "refused the request")


class Stream:
    """A request on its way. `received` tells whether anything of the answer has come, thinking included."""

    def __init__(
        self, ref: ModelRef, model: Model, request: ModelRequest, *, prompted: bool, prices: Prices = NONE
    ) -> None:
        self.received = False
        self._prices = prices
        self._ref, self._model, self._request = ref, model, request
        self._native = request.answer_schema is not None and not prompted and _knows_schemas(model)
        self._text: list[str] = []
        self._thinking = WithoutThinking()

    @property
    def model(self) -> str:
        """As it was asked for: "provider:model"."""
        return self._request.model

    def schema_refused(self, failure: CallFailed) -> bool:
        """Whether the server refused the schema's form, not the request."""
        said = str(failure).lower()
        refused = any(status in said for status in _REFUSED) and any(word in said for word in _ABOUT_THE_FORM)
        return self._native and not self.received and refused

    async def run(self, sink: Sink, clock: asyncio.Timeout, stall: float) -> ModelAnswer:
        """`clock` is pushed `stall` seconds ahead whenever text has been taken by the sink."""
        from pydantic_ai.direct import model_request_stream

        loop = asyncio.get_running_loop()
        opened = model_request_stream(
            self._model,
            messages(self._request.messages),
            model_settings=self._settings(),
            model_request_parameters=self._parameters(),
            instrument=False,
        )
        async with opened as stream:
            async for event in stream:
                delta, thought = _content(event)
                if not (delta or thought):
                    continue
                self.received = True
                if shown := self._thinking.feed(delta):
                    clock.reschedule(None)  # how long the sink takes is not the provider's fault
                    await self._give(shown, sink)
                    clock.reschedule(loop.time() + stall)
                elif (due := clock.when()) is not None:
                    clock.reschedule(max(due, loop.time() + stall))
            clock.reschedule(None)
            if held := self._thinking.end():
                await self._give(held, sink)
            return self._answer(stream)

    async def _give(self, text: str, sink: Sink) -> None:
        whole = str(writable(text))  # a server may escape half a character, which no store takes
        self._text.append(whole)
        await sink(whole)

    def _settings(self) -> ModelSettings:
        from pydantic_ai.settings import ModelSettings

        settings = ModelSettings()
        if _understands_retries(self._model):
            settings["max_retries"] = 0  # retrying is decided in one place, above
        if self._request.temperature is not None:
            settings["temperature"] = self._request.temperature
        if self._request.max_tokens is not None:
            settings["max_tokens"] = self._request.max_tokens
        if self._model.profile.get("supports_cache") and not self._ref.provider.startswith(("openai", "azure")):
            # Our prompts begin with what all scenes share; the rest is never read again. OpenAI caches unasked.
            settings["cache"] = {"messages": False}
        return settings

    def _parameters(self) -> ModelRequestParameters:
        from pydantic_ai.models import ModelRequestParameters
        from pydantic_ai.output import OutputObjectDefinition

        if self._request.answer_schema is None:
            return ModelRequestParameters()
        wanted = OutputObjectDefinition(json_schema=self._request.answer_schema, name=self._request.schema_name)
        if self._native:
            return ModelRequestParameters(output_mode="native", output_object=wanted)
        return ModelRequestParameters(output_mode="prompted", output_object=wanted)

    def _answer(self, stream: StreamedResponse) -> ModelAnswer:
        response = stream.get()
        used = response.usage
        usage = Usage(
            input_tokens=used.input_tokens, output_tokens=used.output_tokens, cached_tokens=used.cache_read_tokens
        )
        cost: Decimal | None = cost_of(
            used, self._ref, response.model_name, written=self._request.model, prices=self._prices
        )
        finish = _FINISH.get(response.finish_reason, "other")
        return ModelAnswer(text="".join(self._text), usage=usage, cost=cost, finish=finish)


def _content(event: Any) -> tuple[str, str]:
    """The text and the thinking that an event brings."""
    from pydantic_ai import messages as theirs

    if isinstance(event, theirs.PartStartEvent):
        part: Any = event.part
    elif isinstance(event, theirs.PartDeltaEvent):
        part = event.delta
    else:
        return "", ""
    if isinstance(part, theirs.TextPart):
        return part.content, ""
    if isinstance(part, theirs.TextPartDelta):
        return part.content_delta, ""
    if isinstance(part, theirs.ThinkingPart):
        return "", part.content
    if isinstance(part, theirs.ThinkingPartDelta):
        return "", part.content_delta or ""
    return "", ""


def messages(ours: tuple[Message, ...]) -> list[ModelMessage]:
    """Neighbouring system and user messages are one request, an assistant's message is one response."""
    from pydantic_ai import messages as theirs

    found: list[ModelMessage] = []
    for message in ours:
        if message.role == "assistant":
            found.append(theirs.ModelResponse(parts=[theirs.TextPart(content=message.text)]))
            continue
        part: Any = (theirs.SystemPromptPart if message.role == "system" else theirs.UserPromptPart)(message.text)
        if found and isinstance(found[-1], theirs.ModelRequest):
            found[-1] = theirs.ModelRequest(parts=[*found[-1].parts, part])
        else:
            found.append(theirs.ModelRequest(parts=[part]))
    return found


def _knows_schemas(model: Model) -> bool:
    return bool(model.profile.get("supports_json_schema_output"))


def _understands_retries(model: Model) -> bool:
    return "max_retries" not in model.unsupported_settings
