"""A WAV file with a tone in it."""

from __future__ import annotations

import io
import math
import struct
import wave

RATE = 24_000  # samples per second, as OpenAI's speech
HEADER = 44  # bytes before the samples
_PER_CHARACTER = 0.06  # seconds


def spoken(text: str, speed: float = 1.0, pitch: float = 220.0, mark: bytes = b"") -> bytes:
    """16-bit mono; 60 ms per character at speed 1. `pitch`: Hz. `mark`: the first samples; cannot be heard."""
    seconds = max(0.05, len(text) * _PER_CHARACTER / max(speed, 0.25))
    period = round(RATE / pitch)
    once = b"".join(struct.pack("<h", round(9000 * math.sin(2 * math.pi * n / period))) for n in range(period))
    frames = int(seconds * RATE)
    marks = b"".join(struct.pack("<h", byte) for byte in mark)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((marks + once * (frames // period + 1))[: frames * 2])
    return out.getvalue()
