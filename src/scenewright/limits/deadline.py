"""No call waits for ever, and no stream stalls for ever."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Generic

from scenewright.domain.calls import A, Call, Provider, Q, Sink
from scenewright.domain.errors import CallFailed, FailureClass


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    first: float = 180.0  # seconds until something of the answer arrives
    stall: float = 60.0  # seconds between two pieces of a stream
    total: float = 900.0  # seconds for the whole call


class Deadline(Generic[Q, A]):
    """Turns a call that is late into a transient failure."""

    def __init__(self, inner: Provider[Q, A], deadlines: Deadlines) -> None:
        self._inner = inner
        self._deadlines = deadlines

    @property
    def account(self) -> str:
        return self._inner.account

    async def perform(self, call: Call[Q], sink: Sink) -> A:
        loop = asyncio.get_running_loop()
        start, received = loop.time(), False
        end = start + self._deadlines.total
        try:
            async with asyncio.timeout_at(min(end, start + self._deadlines.first)) as timer:

                async def watched(text: str) -> None:
                    nonlocal received
                    received = received or bool(text)
                    nonlocal end
                    timer.reschedule(None)  # the provider is not to blame for what its reader does
                    given = loop.time()
                    await sink(text)
                    end += loop.time() - given
                    timer.reschedule(min(end, loop.time() + self._deadlines.stall))

                return await self._inner.perform(call, watched)
        except TimeoutError as exc:
            if not timer.expired():  # somebody else's
                raise
            raise CallFailed(
                f"{self.account} gave no answer within {loop.time() - start:.0f} s"
                + (" (the stream stalled)" if received else ""),
                failure=FailureClass.TRANSIENT,
                received=received,
            ) from exc
