"""The step that speaks one utterance."""

from __future__ import annotations

from typing import Any

from scenewright.kinds.plugin import Tools
from scenewright.kinds.speaking import spoken
from scenewright.plan import Desk, Performer, Step


def clip_performer(tools: Tools) -> Performer:
    async def clip(step: Step, desk: Desk) -> dict[str, Any]:
        return (await spoken(tools, step, desk, step.given)).model_dump(mode="json")

    return clip
