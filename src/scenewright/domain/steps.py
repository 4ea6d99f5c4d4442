"""How a step is named."""

from __future__ import annotations

from typing import Self

from scenewright.domain.base import Value


class StepId(Value):
    """`name` is the kind's word ("content"); `scene` is empty for steps of the whole work; `item` tells twins apart."""

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
