"""Providers with their wrappers, one stack an account. The only place that names concrete providers."""

from __future__ import annotations

import os
import random
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Literal

from scenewright.app.parallel import Parallel
from scenewright.app.purse import Purse
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
from scenewright.limits import (
    Adaptive,
    Breaker,
    Broken,
    Budgeted,
    Concurrency,
    Deadline,
    Deadlines,
    Expecting,
    Fixed,
    Gate,
    Gated,
    Rates,
    Record,
    Retry,
    RetryPolicy,
)
from scenewright.memo import Answers, Memo

WORKERS = 4  # of the embedded voice, on a machine with as many cores
Sort = Literal["model", "voice"]
Models = Provider[ModelRequest, ModelAnswer]
Voices = Provider[SpeechRequest, SpeechAnswer]


@dataclass(frozen=True, kw_only=True)
class Account:
    """What all calls of an account share."""

    gate: Gate
    breaker: Breaker
    expecting: Expecting


class Providers:
    """Made when first asked for, closed together. Two works in one process share an account's gates.

    An account has one gate for its models and one for its voices: they are limited, and set, apart.
    """

    def __init__(self, settings: Settings, answers: Answers, closing: AsyncExitStack, purse: Purse) -> None:
        self._settings, self._answers, self._closing, self._purse = settings, answers, closing, purse
        self._accounts: dict[tuple[Sort, str], Account] = {}
        self._models: dict[str, Models] = {}
        self._voices: dict[tuple[str, str], Voices] = {}

    async def model(self, model: str, base_url: str) -> Models:
        """Raises: BadSettings: the model is unknown or its key is missing; nothing has been paid."""
        from scenewright.providers.llm.names import account_of
        from scenewright.providers.llm.provider import LlmProvider

        account = account_of(model, base_url)
        if account not in self._models:
            first, stall = self._settings.first_answer, self._settings.stall
            provider = LlmProvider(model, base_url, first=first, stall=stall, prices=self._purse.prices)
            bare = await self._closing.enter_async_context(provider)
            bare.prepare()
            limits = self._account("model", account, self._settings.for_models)
            purse, limited = self._purse, self._limited(bare, limits)
            within = Budgeted(limited, purse.budget, purse.of_model, limits.expecting)
            self._models[account] = Record(Memo(within, self._answers))
        return self._models[account]

    async def voice(self, engine: str, base_url: str) -> Voices:
        """Raises: BadSettings: the engine's key is missing."""
        if (engine, base_url) not in self._voices:
            make = self._embedded() if engine == "espeak" else self._network_voice(base_url)
            self._voices[engine, base_url] = await make
        return self._voices[engine, base_url]

    async def model_gate(self, model: str, base_url: str) -> Gate:
        """What limits the calls of a model. Raises: BadSettings: as `model`."""
        stack = await self.model(model, base_url)
        return self._accounts["model", stack.account].gate

    async def voice_gate(self, engine: str, base_url: str) -> Gate:
        """What limits the calls of a voice. Raises: BadSettings: as `voice`."""
        stack = await self.voice(engine, base_url)
        return self._accounts["voice", stack.account].gate

    async def say(self, call: Call[SpeechRequest]) -> SpeechAnswer:
        stack = await self.voice(call.request.engine, call.request.base_url)
        return await stack.perform(call, no_sink)

    async def _embedded(self) -> Voices:
        """What costs nothing is not worth keeping, and may use every core unless it is told not to."""
        from scenewright.providers.speech.espeak import Espeak

        settings = self._settings
        cores = Parallel(most=min(WORKERS, os.cpu_count() or 1))
        wanted = settings.for_voices if settings.voice_parallel and not settings.for_voices.adaptive else cores
        embedded = await self._closing.enter_async_context(Espeak(workers=wanted.most))
        return self._limited(embedded, self._account("voice", embedded.account, wanted))

    async def _network_voice(self, base_url: str) -> Voices:
        from scenewright.providers.speech.openai import OpenAIVoices, key_from_environment

        key = key_from_environment(base_url)
        wait, stall = self._settings.first_answer, self._settings.stall
        prices = self._purse.prices
        voices = OpenAIVoices(base_url=base_url, key=key, deadline=wait, stall=stall, prices=prices)
        paid = await self._closing.enter_async_context(voices)
        limits = self._account("voice", paid.account, self._settings.for_voices)
        purse, limited = self._purse, self._limited(paid, limits)
        within = Budgeted(limited, purse.budget, purse.of_speech, limits.expecting)
        return Record(Memo(within, self._answers))

    def _account(self, sort: Sort, account: str, parallel: Parallel) -> Account:
        if (sort, account) not in self._accounts:
            settings = self._settings
            rates = Rates(requests=settings.rpm, tokens=settings.tpm) if sort == "model" else Rates()
            self._accounts[sort, account] = Account(
                gate=Gate(_concurrency(parallel), rates), breaker=Breaker(), expecting=Expecting()
            )
        return self._accounts[sort, account]

    def _limited(self, bare: Provider[Q, A], limits: Account) -> Retry[Q, A]:
        settings = self._settings
        # Silence is judged by the providers, who hear a model think; here is only an end to everything.
        total = settings.longest_call
        deadlines = Deadlines(first=total, stall=total, total=total)
        policy = RetryPolicy(attempts=settings.attempts, base=settings.backoff)
        # Inside the gate, so that what waits there stays in when the breaker opens; each attempt counts.
        broken = Broken(Deadline(bare, deadlines), limits.breaker)
        return Retry(Gated(broken, limits.gate, limits.expecting), policy, random.Random())


def _concurrency(parallel: Parallel) -> Concurrency:
    return Adaptive(most=parallel.most) if parallel.adaptive else Fixed(parallel.most)
