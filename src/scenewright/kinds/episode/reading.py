"""The step that speaks one scene of the table read, utterance after utterance."""

from __future__ import annotations

from typing import Any

from scenewright.domain.errors import Withdrawn
from scenewright.kinds.episode.aloud.reading import part_id
from scenewright.kinds.plugin import Tools
from scenewright.kinds.speaking import spoken
from scenewright.plan import Desk, Performer, Step


def read_performer(tools: Tools) -> Performer:
    """Emits {"id", "text", "clip"} for every utterance, in order; parts that are there already are not spoken again."""

    async def read(step: Step, desk: Desk) -> dict[str, Any]:
        parts = [dict(part) for part in desk.parts]
        for number, utterance in enumerate(step.given["utterances"]):
            if number < len(parts):
                continue
            if desk.leave.is_set():
                raise Withdrawn("The run pauses; the next line has not been spoken.")
            clip = await spoken(tools, step, desk, utterance, number)
            part = {
                "id": part_id(utterance["element"]),
                "text": utterance["text"],
                "clip": clip.model_dump(mode="json"),
            }
            await desk.part(part)
            parts.append(part)
        return {"parts": parts}

    return read
