"""Steps that only take time, on the loop's clock."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from scenewright.plan import Desk, Performer, Step
from scenewright.simulation.kind import SimulatedKind, number
from scenewright.simulation.workload import Drawn


class Sleeping:
    """Performs every step by waiting as long as it was drawn to take. No account, so no quota and no failure."""

    def __init__(self, drawn: Drawn, kind: SimulatedKind) -> None:
        self._drawn, self._kind = drawn, kind

    def performers(self) -> Mapping[str, Performer]:
        return {"outline": self._outline, "content": self._content, "actions": self._actions, "clip": self._clip}

    async def _outline(self, step: Step, desk: Desk) -> dict[str, Any]:
        parts = [self._kind.outline_part(position) for position in range(self._drawn.scenes)]
        return await self._emit(parts, self._drawn.outline, desk)

    async def _content(self, step: Step, desk: Desk) -> dict[str, Any]:
        await asyncio.sleep(self._drawn.content[number(step.id.scene)])
        return {"text": f"content of {step.id.scene}"}

    async def _actions(self, step: Step, desk: Desk) -> dict[str, Any]:
        parts = [self._kind.action_part(step.id.scene, index) for index in range(self._drawn.parts)]
        return await self._emit(parts, self._drawn.actions[number(step.id.scene)], desk)

    async def _clip(self, step: Step, desk: Desk) -> dict[str, Any]:
        await asyncio.sleep(clip_seconds(self._drawn, step))
        return {"of": step.given["text"]}

    async def _emit(self, parts: list[dict[str, Any]], seconds: float, desk: Desk) -> dict[str, Any]:
        missing = parts[len(desk.parts) :]
        each = seconds / len(parts)
        if not self._drawn.streams:
            await asyncio.sleep(each * len(missing))
        for part in missing:
            if self._drawn.streams:
                await asyncio.sleep(each)
            await desk.part(part)
        return {"parts": parts}


def clip_seconds(drawn: Drawn, step: Step) -> float:
    scene, clip = number(step.id.scene), int(step.id.item) - 1
    return drawn.clips[scene][drawn.nth_clip[clip]]
