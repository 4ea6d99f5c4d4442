"""Calls to providers: what is asked, what comes back, and the one interface that providers and wrappers share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from scenewright.domain.base import Value, digest
from scenewright.domain.steps import StepId
from scenewright.domain.usage import Usage

if TYPE_CHECKING:
    import asyncio

    from scenewright.domain.events import AnyEvent

__all__ = [
    "Answer",
    "Call",
    "Message",
    "ModelAnswer",
    "ModelRequest",
    "Note",
    "Provider",
    "RateLimit",
    "RateLimits",
    "Sink",
    "SpeechAnswer",
    "SpeechRequest",
    "Usage",
    "no_note",
    "no_sink",
]


class Message(Value):
    role: Literal["system", "user", "assistant"]
    text: str


class ModelRequest(Value):
    """One request to a language model, as rendered. Its canonical JSON and the take are its address in the memo."""

    type: Literal["model"] = "model"
    model: str  # "provider:model"
    base_url: str = ""  # an OpenAI-compatible address, or empty for the provider's own
    messages: tuple[Message, ...]
    answer_schema: dict[str, Any] | None = None  # JSON schema of the answer; None = plain text
    schema_name: str = "answer"
    temperature: float | None = None
    max_tokens: int | None = None  # of the answer


class RateLimit(Value):
    """One limit as an account told it in the headers of an answer. What it did not tell, or not sensibly, is None."""

    of: Literal["requests", "input_tokens", "output_tokens", "tokens"]  # "tokens" = input and output together
    limit: int | None = None  # per window
    remaining: int | None = None  # when the headers were sent
    reset: float | None = None  # seconds from then until all of the limit is there again
    window: float | None = None  # seconds; None = not told


class RateLimits(Value):
    """What an account told about its limits: with an answer, or with a refusal."""

    model: str = ""  # whom the limits concern; empty = the whole account
    at: float | None = None  # loop time when the headers came, seconds
    limits: tuple[RateLimit, ...] = ()


class ModelAnswer(Value):
    type: Literal["model"] = "model"
    text: str
    usage: Usage = Usage()
    cost: Decimal | None = None  # US dollars; None = price unknown
    finish: str = "stop"  # "stop", "length" (truncated), "refused", "other"
    remembered: bool = False  # came from the memo: nothing was paid
    limits: RateLimits | None = None  # of that moment; never stored


class SpeechRequest(Value):
    """One chunk of speech to be spoken."""

    type: Literal["speech"] = "speech"
    engine: str  # "espeak", "openai" ...
    base_url: str = ""
    model: str = ""
    voice: str
    language: str  # BCP 47
    text: str
    rate: float = 1.0  # 1.0 = the voice's own pace


class SpeechAnswer(Value):
    """`audio` is a complete WAV file, 16-bit PCM mono."""

    type: Literal["speech"] = "speech"
    audio: bytes
    characters: int = 0
    cost: Decimal | None = None  # US dollars; 0 for embedded voices; None = price unknown
    remembered: bool = False  # came from the memo: nothing was paid
    limits: RateLimits | None = None  # of that moment; never stored


Answer = ModelAnswer | SpeechAnswer

Q = TypeVar("Q", bound=ModelRequest | SpeechRequest)
A = TypeVar("A", bound=ModelAnswer | SpeechAnswer)
A_co = TypeVar("A_co", bound=ModelAnswer | SpeechAnswer, covariant=True)

Sink = Callable[[str], Awaitable[None]]
"""Takes the text of an answer as it streams, piece by piece. What it raises ends the call."""


async def no_sink(_: str) -> None:
    """For callers who only want the whole answer."""


Note = Callable[["AnyEvent"], Awaitable[None]]


async def no_note(_: AnyEvent) -> None:
    """For callers who keep no log."""


@dataclass(frozen=True, kw_only=True)
class Call(Generic[Q]):
    """A request and on whose behalf it is made."""

    request: Q
    work: str
    step: StepId
    take: int = 0
    rank: tuple[int, ...] = ()  # lower goes first where calls queue
    recall: bool = False  # only if it is remembered; raises NotRemembered otherwise, and nothing is paid
    note: Note = no_note  # where wrappers tell what happened to the call
    leave: asyncio.Event | None = None  # once set, a call that waits to be sent leaves; raises Withdrawn

    @property
    def address(self) -> str:
        """Where the memo keeps the answer: the request as rendered and the take, never position, work or run."""
        return digest([self.request.model_dump(mode="json"), self.take])


class Provider(Protocol[Q, A_co]):
    """Real providers and every wrapper (memo, retry, gate, deadline, record) are this.

    `perform` streams the answer's text into `sink` while it arrives and returns the whole.
    Raises: CallFailed: classified once, by the provider; other exceptions are bugs.
    """

    @property
    def account(self) -> str:
        """Whose limits apply, for example "openai" or "openai@http://127.0.0.1:8080/v1"; never the key."""

    async def perform(self, call: Call[Q], sink: Sink) -> A_co: ...
