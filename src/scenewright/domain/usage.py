"""What a call used up."""

from __future__ import annotations

from scenewright.domain.base import Value


class Usage(Value):
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0  # part of input_tokens that the provider read from its cache
    characters: int = 0  # spoken, for voices
