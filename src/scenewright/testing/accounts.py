"""An account in memory: answers that take their time, behind quotas that it keeps to itself."""

from __future__ import annotations

import asyncio
import math
import random
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from scenewright.domain.calls import Call, ModelAnswer, ModelRequest, Sink
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.usage import Usage

MINUTE = 60.0


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """What an account takes. None = no limit. It tells nobody; beyond it, calls are refused with a 429.

    `slots` refuses nobody: so many calls are worked on, the others wait in the order they came.
    """

    in_flight: int | None = None
    per_minute: int | None = None
    window: Literal["bucket", "sliding"] = "bucket"
    burst: int = 5  # requests that a bucket holds
    slots: int | None = None
    tells: bool = False  # Retry-After with each 429: seconds until a request fits; 1 s for calls in flight
    errors: float = 0.0  # share of calls that end with a 500


@dataclass(frozen=True, kw_only=True)
class Times:
    """Seconds, as lognormal (mu, sigma) where two are given. The defaults are those of a scene's content."""

    seconds: tuple[float, float] = (2.4, 0.35)  # mean 11.7
    first: tuple[float, float] = (-0.6, 0.3)  # until the first token, part of the above
    travel: tuple[float, float] = (0.03, 0.08)  # there, and the same back for a refusal
    pace: float = 60.0  # tokens a second of one call


@dataclass
class Counted:
    """Since the account was made, or `Account.count_anew`."""

    asked: int = 0
    refused: int = 0
    failed: int = 0
    answered: int = 0
    tokens: int = 0
    first: list[float] = field(default_factory=list)  # seconds from arrival to the first token
    busy: float = 0.0  # call-seconds of admitted calls
    most: int = 0  # admitted at a time


class Account:
    """A provider of models. `hidden` may be replaced at any time. Runs on the loop's clock."""

    def __init__(self, hidden: Hidden, *, times: Times | None = None, seed: int = 0, account: str = "twin") -> None:
        self.hidden, self.times, self.account = hidden, times or Times(), account
        self.counted = Counted()
        self.in_flight = 0
        self._rng = random.Random(seed)
        self._recent: deque[float] = deque()
        self._level, self._level_at = float(hidden.burst), 0.0
        self._free = asyncio.Semaphore(hidden.slots or 1)
        self._busy_at = 0.0

    def count_anew(self) -> Counted:
        """What was counted so far."""
        self._tick(0)
        counted, self.counted = self.counted, Counted()
        return counted

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        travel = self._rng.uniform(*self.times.travel)
        await asyncio.sleep(travel)
        self.counted.asked += 1
        if (wait := self._missing()) is not None:
            self.counted.refused += 1
            await asyncio.sleep(travel)
            retry_after = float(math.ceil(wait)) if self.hidden.tells else None
            raise CallFailed("too many requests", failure=FailureClass.RATE_LIMIT, retry_after=retry_after)
        self._tick(1)
        try:
            return await self._answer(sink)
        finally:
            self._tick(-1)

    def _missing(self) -> float | None:
        """Seconds until the request would fit; None: it does, and is counted."""
        now, hidden = asyncio.get_running_loop().time(), self.hidden
        if hidden.in_flight is not None and self.in_flight >= hidden.in_flight:
            return 1.0
        if hidden.per_minute is None:
            return None
        return self._bucket(now, hidden) if hidden.window == "bucket" else self._sliding(now, hidden.per_minute)

    def _bucket(self, now: float, hidden: Hidden) -> float | None:
        per_second = (hidden.per_minute or 0) / MINUTE
        self._level = min(hidden.burst, self._level + (now - self._level_at) * per_second)
        self._level_at = now
        if self._level < 1 - 1e-9:
            return (1 - self._level) / per_second
        self._level -= 1
        return None

    def _sliding(self, now: float, per_minute: int) -> float | None:
        while self._recent and self._recent[0] <= now - MINUTE:
            self._recent.popleft()
        if len(self._recent) >= per_minute:
            return self._recent[-per_minute] + MINUTE - now
        self._recent.append(now)
        return None

    async def _answer(self, sink: Sink) -> ModelAnswer:
        if self.hidden.slots is None:
            return await self._write(asyncio.get_running_loop().time(), sink)
        came = asyncio.get_running_loop().time()
        async with self._free:
            return await self._write(came, sink)

    async def _write(self, came: float, sink: Sink) -> ModelAnswer:
        rng, times, loop = self._rng, self.times, asyncio.get_running_loop()
        first, seconds = rng.lognormvariate(*times.first), rng.lognormvariate(*times.seconds)
        if rng.random() < self.hidden.errors:
            await asyncio.sleep(first)
            self.counted.failed += 1
            raise CallFailed("internal server error", failure=FailureClass.TRANSIENT)
        await asyncio.sleep(min(first, seconds))
        self.counted.first.append(loop.time() - came)
        await sink("{")
        await asyncio.sleep(max(0.0, seconds - first))
        tokens = max(1, round(max(0.0, seconds - first) * times.pace))
        self.counted.answered += 1
        self.counted.tokens += tokens
        return ModelAnswer(text="{}", usage=Usage(input_tokens=800, output_tokens=tokens))

    def _tick(self, more: int) -> None:
        now = asyncio.get_running_loop().time()
        self.counted.busy += self.in_flight * (now - self._busy_at)
        self._busy_at = now
        self.in_flight += more
        self.counted.most = max(self.counted.most, self.in_flight)
