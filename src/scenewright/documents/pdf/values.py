"""What a PDF page holds, in points from the top left corner of the page as it is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def grown(self, by: float) -> Box:
        return Box(x0=self.x0 - by, top=self.top - by, x1=self.x1 + by, bottom=self.bottom + by)

    def touches(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """True if the other's centre lies inside."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all. Raises: ValueError: if there is none."""
    found = list(boxes)
    return Box(
        x0=min(box.x0 for box in found),
        top=min(box.top for box in found),
        x1=max(box.x1 for box in found),
        bottom=max(box.bottom for box in found),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """How characters are set."""

    size: float  # points
    bold: bool = False
    italic: bool = False
    mono: bool = False
    math: bool = False  # a font of mathematical symbols or letters


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    text: str
    box: Box
    base: float  # the baseline, from the top
    face: Face
    spaced: bool = True  # False if nothing separates it from the word before


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """Words that stand side by side without a wide gap."""

    words: tuple[Word, ...]
    box: Box
    base: float
    size: float


@dataclass(frozen=True, kw_only=True)
class Page:
    number: int  # from 1
    width: float
    height: float
    words: list[Word]
    rules: list[Box] = field(default_factory=list)  # thin straight lines
    drawings: list[Box] = field(default_factory=list)  # everything else that is drawn
    images: list[Box] = field(default_factory=list)  # and figures put in from other files
    unmapped: int = 0  # characters whose meaning the file does not tell
