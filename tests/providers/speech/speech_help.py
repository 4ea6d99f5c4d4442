"""What the tests of speech share."""

from __future__ import annotations

import io
import wave

import numpy as np
import numpy.typing as npt

from scenewright.domain.calls import Call, SpeechRequest
from scenewright.domain.steps import StepId

Samples = npt.NDArray[np.float32]


def call(text: str, **more: object) -> Call[SpeechRequest]:
    """A call for `text` in English with the default voice; `more` are the request's other fields."""
    return asked(
        SpeechRequest.model_validate({"engine": "espeak", "voice": "", "language": "en", "text": text, **more})
    )


def asked(request: SpeechRequest) -> Call[SpeechRequest]:
    return Call(request=request, work="w", step=StepId(name="clip", scene="s1"))


def seconds(audio: bytes) -> float:
    with wave.open(io.BytesIO(audio)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return float(file.getnframes() / file.getframerate())


def tone(length: float, *, level: float = 0.3, rate: int = 48_000, hertz: float = 997.0) -> Samples:
    """A sine of `length` seconds; `level` is its peak."""
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(length * rate)) / rate)).astype(np.float32)
