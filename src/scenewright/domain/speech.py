"""Audio of what is said."""

from __future__ import annotations

from scenewright.domain.base import Value


class Cue(Value):
    """One caption line of a clip."""

    start: float  # seconds from the start of the clip
    end: float  # seconds
    text: str


class Clip(Value):
    """The audio of one utterance, stored as a blob."""

    blob: str  # SHA-256 of the bytes, 64 hexadecimal digits
    media_type: str  # "audio/ogg" (Opus), "audio/mp4" (AAC) or "audio/wav"
    duration: float  # seconds
    cues: tuple[Cue, ...] = ()
