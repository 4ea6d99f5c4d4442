"""How a step is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True, kw_only=True)
class StepId:
    """`name` is the kind's word ("content"); `scene` is empty for steps of the whole work; `item` tells twins apart.

    Not a `Value`: it is looked up many times for every event, and a plain dataclass is hashed several times faster.
    Read from JSON, it is checked like one.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: str
    scene: str = ""
    item: str = ""

    def __str__(self) -> str:
        return self.name + (f"@{self.scene}" if self.scene else "") + (f"/{self.item}" if self.item else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        head, _, item = text.partition("/")
        name, _, scene = head.partition("@")
        return cls(name=name, scene=scene, item=item)
