"""WAV files of 16-bit mono samples, the one form in which speech travels between our parts."""

from __future__ import annotations

import io
import wave


def wav(pcm: bytes, rate: int) -> bytes:
    """A complete file from 16-bit little-endian mono samples at `rate` Hz."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm[: len(pcm) // 2 * 2])
    return out.getvalue()


def silence(seconds: float, rate: int) -> bytes:
    return wav(bytes(2 * round(seconds * rate)), rate)
