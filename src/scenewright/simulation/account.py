"""A provider that takes the time a step was drawn to take, within quotas, and fails now and then."""

from __future__ import annotations

import asyncio
import math
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal

from scenewright.domain.calls import (
    A,
    Call,
    Q,
    RateLimit,
    RateLimits,
    Sink,
    SpeechAnswer,
    Usage,
)
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.steps import StepId
from scenewright.simulation.performing import Asked, take_time
from scenewright.simulation.report import Tally
from scenewright.simulation.workload import Failures
from scenewright.testing.provider.quota import Meter, Quota, Refused, Tokens

REFUSAL = 0.2  # seconds until an account has said no
FAILURE = 1.0  # seconds until a server has said that it is broken


@dataclass
class SimulatedAccount(Generic[Q, A]):
    """`asked`: what each step's call is to take; whoever calls writes it there first."""

    account: str
    answer: A
    quota: Quota = field(default_factory=Quota)
    failures: Mapping[str, Failures] = field(default_factory=dict)  # by step
    tokens: Mapping[str, Tokens] = field(default_factory=dict)  # by step
    seed: int = 0
    asked: dict[StepId, Asked] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self._meter = Meter(self.quota)
        self._tries: Counter[StepId] = Counter()

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        clock = asyncio.get_running_loop().time
        self.tally.sent += 1
        used = self.tokens.get(call.step.name, Tokens())
        ticket = self._meter.enter(used, clock())
        if isinstance(ticket, Refused):
            raise await self._refusal(ticket)
        begun = clock()
        try:
            await self._fail(call.step)
            await take_time(self.asked[call.step], sink)
            self.tally.busy += clock() - begun
            return _told(self.answer, self._limits(clock()), used)
        finally:
            self._meter.leave(ticket, used, clock())

    async def _refusal(self, refused: Refused) -> CallFailed:
        self.tally.refused += 1
        limits = self._limits(asyncio.get_running_loop().time())
        await asyncio.sleep(REFUSAL)
        wait = None if self.quota.hidden or math.isinf(refused.wait) else refused.wait
        said = f"{self.account}: the limit of {refused.per} is reached"
        return CallFailed(said, failure=FailureClass.RATE_LIMIT, retry_after=wait, limits=limits)

    async def _fail(self, step: StepId) -> None:
        """The n-th call of a step has the same luck under every setting."""
        if (failures := self.failures.get(step.name)) is None:
            return
        self._tries[step] += 1
        lot = random.Random(f"{self.seed} {step} {self._tries[step]}").random()
        if lot < failures.transient + failures.permanent:
            self.tally.failed += 1
            await asyncio.sleep(FAILURE)
            kind = FailureClass.TRANSIENT if lot < failures.transient else FailureClass.REFUSED
            raise CallFailed(f"{self.account}: simulated failure", failure=kind)

    def _limits(self, now: float) -> RateLimits | None:
        if self.quota.hidden:
            return None
        kinds: tuple[Literal["requests", "tokens"], ...] = ("requests", "tokens")
        told = tuple(
            RateLimit(of=of, limit=one.allowed, remaining=one.left, reset=one.reset)
            for of in kinds
            if (one := self._meter.standing(of, now))
        )
        return RateLimits(at=now, limits=told) if told else None


def _told(answer: A, limits: RateLimits | None, used: Tokens) -> A:
    if isinstance(answer, SpeechAnswer):
        return answer.model_copy(update={"limits": limits, "characters": used.input})
    usage = Usage(input_tokens=used.input, output_tokens=used.output)
    return answer.model_copy(update={"limits": limits, "usage": usage})
