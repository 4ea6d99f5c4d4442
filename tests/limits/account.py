"""Shared by the tests of this folder: an account on the virtual clock, and calls to it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scenewright.domain.calls import Call, Message, ModelAnswer, ModelRequest, Sink, Usage
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.steps import StepId


def transient(message: str = "scripted failed on its side (503): overloaded.", *, received: bool = False) -> CallFailed:
    return CallFailed(message, failure=FailureClass.TRANSIENT, received=received)


def limited(retry_after: float | None = None) -> CallFailed:
    return CallFailed("scripted has had enough.", failure=FailureClass.RATE_LIMIT, retry_after=retry_after)


def fatal() -> CallFailed:
    return CallFailed("scripted did not accept the key.", failure=FailureClass.FATAL)


Script = Callable[[int], CallFailed | None]
"""(n-th attempt, from 1) -> how it fails, or None."""


@dataclass
class Account:
    """Answers after `seconds`; refuses what is more than `concurrent` at a time. Keeps when it was asked."""

    script: Script = lambda _: None
    seconds: float = 0.0
    concurrent: int | None = None
    retry_after: float | None = None
    cost: Decimal | None = None
    account: str = "scripted"
    times: list[float] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    refused: int = 0
    in_flight: int = 0

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        self.times.append(asyncio.get_running_loop().time())
        if (failure := self.script(len(self.times))) is not None:
            raise failure
        if self.concurrent is not None and self.in_flight >= self.concurrent:
            self.refused += 1
            raise limited(self.retry_after)
        self.in_flight += 1
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self.in_flight -= 1
        text = call.request.messages[0].text
        self.answered.append(text)
        await sink(text)
        return ModelAnswer(text=text, usage=Usage(input_tokens=10, output_tokens=100), cost=self.cost)


class Highest(random.Random):
    """No jitter: always the longest wait."""

    def uniform(self, a: float, b: float) -> float:
        return b


def call(text: str = "hello", *, step: str = "content", model: str = "test:m", **fields: Any) -> Call[ModelRequest]:
    request = ModelRequest(model=model, messages=(Message(role="user", text=text),))
    return Call(request=request, **{"work": "w", "step": StepId(name=step, scene="s1"), **fields})
