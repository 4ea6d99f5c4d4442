"""A provider behind its account's gate, and what each call teaches the account's limits."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Generic

from scenewright.domain.calls import A, Call, ModelAnswer, Provider, Q, Sink
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.limits.concurrency import Outcome
from scenewright.limits.expecting import Expecting
from scenewright.limits.gate import LONGEST_HOLD, ONE, Gate
from scenewright.limits.queue import Admission
from scenewright.limits.rates import Cost

OUTCOMES: dict[FailureClass, Outcome] = {
    FailureClass.RATE_LIMIT: "rate_limited",
    FailureClass.TRANSIENT: "overloaded",
}


class Gated(Generic[Q, A]):
    """Every call, and every repeat of one, waits for its turn. A 429 closes the gate before the next could enter.

    `expecting`: what calls will use up; only for a gate with rates.
    """

    def __init__(self, inner: Provider[Q, A], gate: Gate, expecting: Expecting | None = None) -> None:
        self._inner = inner
        self._gate = gate
        self._expecting = expecting or Expecting()

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        async with self._gate.enter(call.work, call.rank, partial(self._expected, call), call.leave) as admission:
            try:
                answer = await self._inner.perform(call, _watched(sink, admission))
            except CallFailed as failed:
                self._refused(failed, admission)
                raise
            self._answered(call, answer, admission)
            return answer

    def _expected(self, call: Call[Q]) -> Cost:
        return self._expecting.cost(call) if self._gate.rates is not None else ONE

    def _answered(self, call: Call[Q], answer: A, admission: Admission) -> None:
        admission.outcome, admission.said = "ok", answer.limits
        if isinstance(answer, ModelAnswer):
            admission.output_tokens = answer.usage.output_tokens
        if self._gate.rates is not None:
            admission.used = self._expecting.used(call, answer)

    def _refused(self, failed: CallFailed, admission: Admission) -> None:
        admission.said = failed.limits
        # An account that asks for hours is no reason to learn a number, nor to wait here: the run pauses.
        if (failed.retry_after or 0.0) <= LONGEST_HOLD:
            admission.outcome = OUTCOMES.get(failed.failure, "neutral")
            admission.retry_after = failed.retry_after
        if not failed.received:
            admission.used = ONE


def _watched(sink: Sink, admission: Admission) -> Sink:
    """The sink, noting when the first piece of the answer came."""
    loop = asyncio.get_running_loop()

    async def watched(text: str) -> None:
        if text and admission.first is None:
            admission.first = loop.time() - admission.at
        await sink(text)

    return watched
