"""How a step of any kind has an utterance spoken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenewright.domain.calls import Call, SpeechAnswer, SpeechRequest
from scenewright.domain.speech import Clip
from scenewright.kinds.plugin import Tools
from scenewright.plan import Desk, Step
from scenewright.providers.speech.clip import speak


async def spoken(tools: Tools, step: Step, desk: Desk, utterance: Mapping[str, Any], *rank: int) -> Clip:
    """The clip of one utterance, stored. `utterance`: {"text", "voice"}; `rank`: its place within the step.

    The step's inputs say the rest: {"language", "lexicon", "encoding"}. Raises: as `providers.speech.clip.speak`.
    """
    given = step.given

    async def say(request: SpeechRequest, index: int) -> SpeechAnswer:
        call = Call(
            request=request,
            work=tools.work,
            step=step.id,
            take=step.take,
            rank=(*step.rank, *rank, index),
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
