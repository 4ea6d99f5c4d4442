"""Words for voices that every engine shares."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scenewright.domain.base import Value

Gender = Literal["female", "male", "neutral"]


class Voice(Value):
    """One voice that can be asked for. `id` is what a brief or `--voice` says, for example "espeak:en-us+f3"."""

    id: str
    language: str  # BCP 47; "" = speaks many
    name: str  # for people
    gender: Gender = "neutral"


class VoiceSpec(Value):
    """A voice with everything a request needs."""

    engine: str  # "espeak", "openai"
    model: str = ""  # "" for engines that have none
    base_url: str = ""  # an OpenAI-compatible address, or empty for the engine's own
    voice: str  # the engine's own name of it
    language: str = ""  # BCP 47 that it was chosen for
    rate: float = Field(default=1.0, ge=0.25, le=4.0)  # 1.0 = the voice's own pace

    @property
    def id(self) -> str:
        """As a person writes it."""
        model = f"/{self.model}" if self.model else ""
        return f"{self.engine}{model}:{self.voice}" + (f"@{self.rate:g}" if self.rate != 1.0 else "")
