"""Steps that only take time, on the loop's clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from scenewright.domain.calls import Sink, no_sink
from scenewright.plan import Desk, Performer, Step
from scenewright.simulation.kind import SimulatedKind, number
from scenewright.simulation.workload import Drawn


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a call is to take: so many seconds, in so many equal pieces."""

    seconds: float
    pieces: int = 1


class Ask(Protocol):
    """Makes the call of a step; `sink` is given something for each piece, when it is there."""

    def __call__(self, step: Step, desk: Desk, asked: Asked, sink: Sink) -> Awaitable[None]: ...


async def take_time(asked: Asked, sink: Sink) -> None:
    each = asked.seconds / asked.pieces
    for _ in range(asked.pieces):
        await asyncio.sleep(each)
        await sink("piece")


async def no_account(step: Step, desk: Desk, asked: Asked, sink: Sink) -> None:
    """Nothing is limited and nothing fails."""
    await take_time(asked, sink)


class Performing:
    """The performers of a simulated work."""

    def __init__(self, drawn: Drawn, kind: SimulatedKind, ask: Ask = no_account) -> None:
        self._drawn, self._kind, self._ask = drawn, kind, ask

    def performers(self) -> Mapping[str, Performer]:
        return {"outline": self._outline, "content": self._content, "actions": self._actions, "clip": self._clip}

    async def _outline(self, step: Step, desk: Desk) -> dict[str, Any]:
        return await self._stream(step, desk, self._drawn.outline, self._kind.outline_part, self._drawn.scenes)

    async def _content(self, step: Step, desk: Desk) -> dict[str, Any]:
        await self._ask(step, desk, Asked(seconds=self._drawn.content[number(step.id.scene)]), no_sink)
        return {"text": f"content of {step.id.scene}"}

    async def _actions(self, step: Step, desk: Desk) -> dict[str, Any]:
        scene, drawn = step.id.scene, self._drawn
        seconds = drawn.actions[number(scene)]
        return await self._stream(step, desk, seconds, lambda at: self._kind.action_part(scene, at), drawn.parts)

    async def _clip(self, step: Step, desk: Desk) -> dict[str, Any]:
        clip = self._drawn.nth_clip[int(step.id.item) - 1]
        await self._ask(step, desk, Asked(seconds=self._drawn.clips[number(step.id.scene)][clip]), no_sink)
        return {"of": step.given["text"]}

    async def _stream(
        self, step: Step, desk: Desk, seconds: float, part: Callable[[int], dict[str, Any]], count: int
    ) -> dict[str, Any]:
        """Goes on behind the parts that are there."""
        parts = list(map(dict, desk.parts))

        async def one(_: str = "") -> None:
            parts.append(part(len(parts)))
            await desk.part(parts[-1])

        missing, streams = count - len(parts), self._drawn.streams
        if missing:
            asked = Asked(seconds=seconds * missing / count, pieces=missing if streams else 1)
            await self._ask(step, desk, asked, one if streams else no_sink)
        while len(parts) < count:
            await one()
        return {"parts": parts}
