"""Speech: a tone as long as the text would take to say, in the format that was asked for."""

from __future__ import annotations

import hashlib
import random

from scenewright.testing.provider.answering import Answer, breaks
from scenewright.testing.provider.pieces import course
from scenewright.testing.provider.script import Behaviour, Seen
from scenewright.testing.provider.tone import HEADER, RATE, spoken


def sounded(seen: Seen, behaviour: Behaviour, rng: random.Random, *, vary: bool) -> Answer | str:
    """The answer, or the format that is not scripted."""
    audio, kind = _audio(seen, behaviour, vary), "audio/wav"
    form = str(seen.body.get("response_format", "mp3"))
    if form == "pcm":
        kind, audio = f"audio/pcm;rate={RATE}", audio[HEADER:]
    elif form != "wav":
        return form
    shown = course(seen.text, "", behaviour, rng)
    return Answer(text=seen.text, shown=shown, broken=breaks(behaviour), audio=audio, kind=kind)


def _audio(seen: Seen, behaviour: Behaviour, vary: bool) -> bytes:
    if behaviour.answer is not None:
        return str(behaviour.answer).encode()
    text = "" if behaviour.shape == "empty" else seen.text
    mark = hashlib.sha256(f"{seen.digest}/{seen.attempt if vary else 0}".encode()).digest()
    pitch = 180 + sum(str(seen.body.get("voice")).encode()) % 160
    return spoken(text, _speed(seen), pitch, mark[:16])


def _speed(seen: Seen) -> float:
    found = seen.body.get("speed")
    return float(found) if isinstance(found, int | float) and found > 0 else 1.0
