"""What the tests of speech share."""

from __future__ import annotations

import io
import wave

import numpy as np
import numpy.typing as npt

from scenewright.domain.calls import Call, SpeechRequest
from scenewright.domain.steps import StepId

Samples = npt.NDArray[np.float32]


def call(text: str, voice: str = "", language: str = "en", **more: object) -> Call[SpeechRequest]:
    fields = {"engine": "espeak", "voice": voice, "language": language, "text": text, **more}
    return Call(request=SpeechRequest.model_validate(fields), work="w", step=StepId(name="clip", scene="s1"))


def seconds(audio: bytes) -> float:
    with wave.open(io.BytesIO(audio)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return float(file.getnframes() / file.getframerate())


def tone(length: float, *, level: float = 0.3, rate: int = 48_000, hertz: float = 997.0) -> Samples:
    """A sine of `length` seconds; `level` is its peak."""
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(length * rate)) / rate)).astype(np.float32)
