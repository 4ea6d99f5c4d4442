"""What every block needs to know to be laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scenewright.domain.base import Value
from scenewright.domain.drawing import Colour
from scenewright.layout.fonts import is_cjk
from scenewright.layout.rich import Pen
from scenewright.layout.theme import Theme


class ImageSize(Value):
    """Pixels, as the file says."""

    width: int
    height: int
    density: float = 0.0  # pixels per inch, if the file says so: how large it was meant to be; 0 = unknown


@dataclass(frozen=True, kw_only=True)
class Setting:
    """`scale` multiplies every font size, down to the theme's floors."""

    theme: Theme
    language: str
    images: Mapping[str, ImageSize]
    scale: float = 1.0

    def at(self, scale: float) -> Setting:
        return replace(self, scale=scale)

    @property
    def cjk(self) -> bool:
        return is_cjk(self.language)

    @property
    def body(self) -> float:
        return max(self.theme.floor, self.theme.body * self.scale)

    @property
    def heading(self) -> float:
        return max(self.theme.floor + 1, self.theme.heading * self.scale)

    @property
    def small(self) -> float:
        return max(self.theme.small_floor, self.theme.small * self.scale)

    @property
    def code(self) -> float:
        return max(self.theme.code_floor, self.theme.code * self.scale)

    def pen(
        self,
        size: float,
        colour: Colour | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
        plain: bool = False,
    ) -> Pen:
        """`plain`: code within the text stands on white (on coloured panels)."""
        theme = self.theme
        return Pen(
            size=size,
            colour=colour or theme.ink,
            bold=bold,
            italic=italic,
            cjk=self.cjk,
            code_colour=theme.code_ink,
            code_back="#ffffff" if plain else "#eef1f7",
        )
