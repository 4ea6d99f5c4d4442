"""What is not known exactly: between which bounds it lies, and where most likely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Range:
    """0 <= low <= likely <= high, in the unit of whoever uses it. Raises: ValueError: it is not so."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not (0 <= self.low <= self.likely <= self.high and math.isfinite(self.high)):
            raise ValueError(f"not a range: {self.low}, {self.likely}, {self.high}")

    @classmethod
    def exactly(cls, value: float) -> Self:
        return cls(value, value, value)

    @classmethod
    def around(cls, likely: float, down: float, up: float) -> Self:
        """From `down` to `up` times the likely value."""
        return cls(likely * down, likely, likely * up)

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def values(self) -> tuple[float, float, float]:
        return self.low, self.likely, self.high

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def __mul__(self, factor: Range | float) -> Range:
        by = factor if isinstance(factor, Range) else Range.exactly(factor)
        return Range(self.low * by.low, self.likely * by.likely, self.high * by.high)

    def at_most(self, most: float) -> Range:
        return Range(min(self.low, most), min(self.likely, most), min(self.high, most))


NONE = Range(0, 0, 0)
ONE = Range(1, 1, 1)
