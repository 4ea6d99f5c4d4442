"""The memo as a wrapper of a provider, with one flight per address."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, cast

from scenewright.domain.calls import A, Call, ModelAnswer, Provider, Q, Sink
from scenewright.domain.errors import NotRemembered, OverBudget, Withdrawn
from scenewright.memo.codec import decode, encode
from scenewright.memo.flight import Flight


class Answers(Protocol):
    """Where answers are kept: `get` gives (JSON, bytes) or None; `put` is durable when it returns."""

    async def get(self, key: str) -> tuple[str, bytes | None] | None: ...

    async def put(self, key: str, answer: str, body: bytes | None) -> None: ...


class Memo(Generic[Q, A]):
    """Asks `inner` only for what was never answered.

    Several askers of one address share one flight; the last of them to leave aborts it. An answer that has
    arrived is stored before anyone gets it, and even if everyone has left by then.
    """

    def __init__(self, inner: Provider[Q, A], answers: Answers) -> None:
        self._inner = inner
        self._answers = answers
        self._flights: dict[str, Flight[A]] = {}

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        key = call.address
        while (flight := self._flights.get(key)) is not None:
            if flight.abandoned:  # its last follower has left; see what became of it
                await flight.landed()
                continue
            try:
                return await self._shared(flight, sink)
            except (Withdrawn, OverBudget):
                if call.leave is not None and call.leave.is_set():
                    raise  # otherwise it was the run of another asker that pauses, or its budget
        if call.recall:
            return await self._recalled(key, sink)
        flight = self._flights[key] = Flight(self._fly(key, call))
        return await self._shared(flight, sink)

    async def _shared(self, flight: Flight[A], sink: Sink) -> A:
        """The answer of a flight; the first who gets it is the one who paid."""
        answer = await flight.follow(sink)
        if flight.claim():
            return answer
        return cast(A, answer.model_copy(update={"remembered": True}))

    async def _recalled(self, key: str, sink: Sink) -> A:
        if (kept := await self._kept(key, sink)) is None:
            raise NotRemembered("This call has not been answered before.")
        return kept

    async def _kept(self, key: str, sink: Sink) -> A | None:
        if (row := await self._answers.get(key)) is None:
            return None
        answer = decode(*row)
        if isinstance(answer, ModelAnswer):
            await sink(answer.text)
        return cast(A, answer)  # the address fixes the type of the answer

    def _fly(self, key: str, call: Call[Q]) -> Callable[[Sink], Awaitable[A]]:
        """Looking up is part of the flight: who asks meanwhile finds it in the air, never a gap."""

        async def fly(sink: Sink) -> A:
            if (kept := await self._kept(key, sink)) is not None:
                return kept
            answer = await self._inner.perform(call, sink)
            await _surely(self._answers.put(key, *encode(answer)))
            return answer

        async def fly_and_land(sink: Sink) -> A:
            try:
                return await fly(sink)
            finally:
                del self._flights[key]

        return fly_and_land

    def __repr__(self) -> str:
        return f"Memo({self._inner!r}, in_flight={len(self._flights)})"


async def _surely(put: Awaitable[None]) -> None:
    """Finishes `put` even if cancelled meanwhile: its answer was paid for."""
    task = asyncio.ensure_future(put)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
