"""Telling the log what was paid."""

from __future__ import annotations

from typing import Generic

from scenewright.domain.calls import A, Call, ModelAnswer, Provider, Q, Sink
from scenewright.domain.events import CallMade
from scenewright.domain.usage import Usage


class Record(Generic[Q, A]):
    """The outermost wrapper: one `call.made` for every answer, also for those that cost nothing."""

    def __init__(self, inner: Provider[Q, A]) -> None:
        self._inner = inner

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        answer = await self._inner.perform(call, sink)
        usage = answer.usage if isinstance(answer, ModelAnswer) else Usage(characters=answer.characters)
        await call.note(
            CallMade(
                step=call.step,
                account=self.account,
                model=call.request.model,
                key=call.address,
                remembered=answer.remembered,
                usage=usage,
                cost=answer.cost,
            )
        )
        return answer
