"""The step that speaks one scene of the table read, utterance after utterance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenewright.domain.calls import Call, SpeechAnswer, SpeechRequest
from scenewright.domain.errors import Withdrawn
from scenewright.domain.speech import Clip
from scenewright.kinds.episode.aloud.reading import part_id
from scenewright.kinds.plugin import Tools
from scenewright.plan import Desk, Performer, Step
from scenewright.providers.speech.clip import speak


def read_performer(tools: Tools) -> Performer:
    """Emits {"id", "text", "clip"} for every utterance, in order; parts that are there already are not spoken again."""

    async def read(step: Step, desk: Desk) -> dict[str, Any]:
        parts = [dict(part) for part in desk.parts]
        for number, utterance in enumerate(step.given["utterances"]):
            if number < len(parts):
                continue
            if desk.leave.is_set():
                raise Withdrawn("The run pauses; the next line has not been spoken.")
            clip = await _spoken(tools, step, desk, number, utterance)
            part = {
                "id": part_id(utterance["element"]),
                "text": utterance["text"],
                "clip": clip.model_dump(mode="json"),
            }
            await desk.part(part)
            parts.append(part)
        return {"parts": parts}

    return read


async def _spoken(tools: Tools, step: Step, desk: Desk, number: int, utterance: Mapping[str, Any]) -> Clip:
    given = step.given

    async def say(request: SpeechRequest, index: int) -> SpeechAnswer:
        call = Call(
            request=request,
            work=tools.work,
            step=step.id,
            take=step.take,
            rank=(*step.rank, number, index),
            note=desk.note,
            leave=desk.leave,
        )
        return await tools.say(call)

    return await speak(
        utterance["text"],
        voice=tools.voice(utterance["voice"], given["language"]),
        lexicon=given["lexicon"],
        language=given["language"],
        say=say,
        put_blob=tools.put_blob,
        encoding=given["encoding"],
    )
