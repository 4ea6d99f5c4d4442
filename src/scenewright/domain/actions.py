"""The timeline of a scene: what is said, and what is pointed at while it is said.

An action that is not a speech takes effect when the next speech starts (at the end, if none follows).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenewright.domain.base import Value


class Speech(Value):
    type: Literal["speech"] = "speech"
    id: str  # unique within the scene
    speaker: str  # a speaker id
    text: str  # plain words, as they are to be spoken and captioned


class Pointer(Value):
    """Points at a block (or question) of the scene's content, or at one item of it, counted from 0."""

    id: str
    target: str
    item: int | None = Field(default=None, ge=0)


class Spotlight(Pointer):
    """Dims everything else."""

    type: Literal["spotlight"] = "spotlight"


class Laser(Pointer):
    """A dot on the target."""

    type: Literal["laser"] = "laser"


class Reveal(Pointer):
    """The target was hidden and appears. What no reveal names is visible from the start."""

    type: Literal["reveal"] = "reveal"


Action = Annotated[Speech | Spotlight | Laser | Reveal, Field(discriminator="type")]
