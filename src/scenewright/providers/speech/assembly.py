"""From the sounds of the chunks to the bytes of a clip. All computation: runs in a thread, off the event loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenewright.domain.errors import BadInput, CallFailed, FailureClass
from scenewright.domain.speech import Cue
from scenewright.providers.speech.codec import RATE, Samples, decode, encode, to_wav
from scenewright.providers.speech.encodings import Encoding
from scenewright.providers.speech.joining import join, sounding
from scenewright.providers.speech.sanity import longest, problem
from scenewright.providers.speech.splitting import Border

EMPTY = 0.3  # seconds of silence for a speech without words
SPARE = 5.0  # seconds of silence around a chunk that are not held against it


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What came back for a chunk. `text` is what was sent, `caption` what was written."""

    text: str
    caption: str
    border: Border
    language: str
    rate: float
    audio: bytes


def assemble(heard: Sequence[Spoken], encoding: Encoding) -> tuple[bytes, float, tuple[Cue, ...]]:
    """(file, seconds, one caption for each chunk).

    Raises: CallFailed: a sound is damaged or cannot be its text.
    """
    if not heard:
        return encode(np.zeros(round(EMPTY * RATE), np.float32), encoding), EMPTY, ()
    joined = join([_checked(chunk) for chunk in heard], [chunk.border for chunk in heard])
    cues = tuple(
        Cue(start=round(start, 3), end=round(end, 3), text=chunk.caption)
        for chunk, (start, end) in zip(heard, joined.spans, strict=True)
    )
    return encode(joined.samples, encoding), round(len(joined.samples) / RATE, 3), cues


def heard(audio: bytes, text: str, language: str, rate: float) -> tuple[bytes, str]:
    """(a 16-bit mono WAV, what is wrong with it as this text or ""): a provider's look at what it returns.

    Raises: BadInput: damaged, not a sound, or without end.
    """
    file = to_wav(audio, max_seconds=longest(text, language, rate) + SPARE)
    return file, _wrong(decode(file), text, language, rate)


def _checked(chunk: Spoken) -> Samples:
    try:
        samples = decode(chunk.audio, max_seconds=longest(chunk.text, chunk.language, chunk.rate) + SPARE)
    except BadInput as exc:
        raise CallFailed(f"The voice's answer cannot be used: {exc}", failure=FailureClass.REFUSED) from exc
    if wrong := _wrong(samples, chunk.text, chunk.language, chunk.rate):
        raise CallFailed(wrong, failure=FailureClass.REFUSED)
    return samples


def _wrong(samples: Samples, text: str, language: str, rate: float) -> str:
    first, last = sounding(samples)
    return problem(text, language, seconds=(last - first) / RATE, rate=rate)
