"""The encodings a clip can have. Apart from the code that makes them, which is heavy to import."""

from __future__ import annotations

from typing import Final, Literal

Encoding = Literal["opus", "aac", "wav"]

MEDIA_TYPES: Final[dict[Encoding, str]] = {"opus": "audio/ogg", "aac": "audio/mp4", "wav": "audio/wav"}
SUFFIXES: Final[dict[Encoding, str]] = {"opus": ".ogg", "aac": ".m4a", "wav": ".wav"}
