"""The step that speaks one utterance."""

from __future__ import annotations

from typing import Any

from scenewright.domain.calls import Call, SpeechAnswer, SpeechRequest
from scenewright.kinds.plugin import Tools
from scenewright.plan import Desk, Performer, Step
from scenewright.providers.speech.clip import speak


def clip_performer(tools: Tools) -> Performer:
    async def clip(step: Step, desk: Desk) -> dict[str, Any]:
        given = step.given

        async def say(request: SpeechRequest, index: int) -> SpeechAnswer:
            call = Call(
                request=request,
                work=tools.work,
                step=step.id,
                take=step.take,
                rank=(*step.rank, index),
                note=desk.note,
                leave=desk.leave,
            )
            return await tools.say(call)

        spoken = await speak(
            given["text"],
            voice=tools.voice(given["voice"], given["language"]),
            lexicon=given["lexicon"],
            language=given["language"],
            say=say,
            put_blob=tools.put_blob,
            encoding=given["encoding"],
        )
        return spoken.model_dump(mode="json")

    return clip
