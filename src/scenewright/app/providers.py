"""Providers with their wrappers, one stack an account. The only place that names concrete providers."""

from __future__ import annotations

import os
import random
from contextlib import AsyncExitStack

from scenewright.app.settings import Settings
from scenewright.domain.calls import (
    A,
    Call,
    ModelAnswer,
    ModelRequest,
    Provider,
    Q,
    SpeechAnswer,
    SpeechRequest,
    no_sink,
)
from scenewright.limits import Deadline, Deadlines, Fixed, Gate, Gated, Record, Retry, RetryPolicy
from scenewright.memo import Answers, Memo

OFF = 1  # calls in flight per account when parallelism is off
Models = Provider[ModelRequest, ModelAnswer]
Voices = Provider[SpeechRequest, SpeechAnswer]


class Providers:
    """Made when first asked for, closed together. Two works in one process share an account's gate."""

    def __init__(self, settings: Settings, answers: Answers, closing: AsyncExitStack) -> None:
        self._settings, self._answers, self._closing = settings, answers, closing
        self._gates: dict[str, Gate] = {}
        self._models: dict[str, Models] = {}
        self._voices: dict[tuple[str, str], Voices] = {}

    async def model(self, model: str, base_url: str) -> Models:
        """Raises: BadSettings: the model is unknown or its key is missing; nothing has been paid."""
        from scenewright.providers.llm.names import account_of
        from scenewright.providers.llm.provider import LlmProvider

        account = account_of(model, base_url)
        if account not in self._models:
            first, stall = self._settings.first_answer, self._settings.stall
            bare = await self._closing.enter_async_context(LlmProvider(model, base_url, first=first, stall=stall))
            bare.prepare()
            self._models[account] = Record(Memo(self._limited(bare, OFF), self._answers))
        return self._models[account]

    async def voice(self, engine: str, base_url: str) -> Voices:
        """Raises: BadSettings: the engine's key is missing."""
        from scenewright.providers.speech.espeak import Espeak
        from scenewright.providers.speech.openai import OpenAIVoices, key_from_environment

        if (engine, base_url) not in self._voices:
            # What costs nothing is not worth keeping, and may use every core.
            if engine == "espeak":
                embedded = await self._closing.enter_async_context(Espeak())
                self._voices[engine, base_url] = self._limited(embedded, os.cpu_count() or 1)
            else:
                key = key_from_environment(base_url)
                wait, stall = self._settings.first_answer, self._settings.stall
                voices = OpenAIVoices(base_url=base_url, key=key, deadline=wait, stall=stall)
                paid = await self._closing.enter_async_context(voices)
                self._voices[engine, base_url] = Record(Memo(self._limited(paid, OFF), self._answers))
        return self._voices[engine, base_url]

    async def say(self, call: Call[SpeechRequest]) -> SpeechAnswer:
        stack = await self.voice(call.request.engine, call.request.base_url)
        return await stack.perform(call, no_sink)

    def _limited(self, bare: Provider[Q, A], limit: int) -> Retry[Q, A]:
        settings = self._settings
        gate = self._gates.setdefault(bare.account, Gate(Fixed(limit)))
        # Silence is judged by the providers, who hear a model think; here is only an end to everything.
        total = settings.longest_call
        deadlines = Deadlines(first=total, stall=total, total=total)
        policy = RetryPolicy(attempts=settings.attempts, base=settings.backoff)
        return Retry(Gated(Deadline(bare, deadlines), gate), policy, random.Random())
