"""How long something takes, or how much of it there is, when it is not always the same."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from scenewright.domain.errors import BadInput
from scenewright.testing.provider.times import Lognormal, Spread, Uniform

Distribution = Spread

__all__ = ["Distribution", "Fixed", "Lognormal", "Uniform", "parse"]


@dataclass(frozen=True)
class Fixed:
    """Always the same. Draws nothing from the generator."""

    value: float

    @property
    def mean(self) -> float:
        return self.value

    def draw(self, rng: random.Random) -> float:
        return self.value


_NUMBER = r"\s*(\d+(?:\.\d+)?)\s*"
_FORMS = (
    (re.compile(rf"{_NUMBER}"), lambda value: Fixed(value)),
    (re.compile(rf"{_NUMBER}(?:-|\.\.){_NUMBER}"), lambda low, high: Uniform(low, high)),
    (re.compile(rf"{_NUMBER}~{_NUMBER}"), lambda mean, spread: Lognormal(mean, spread)),
)


def parse(text: str) -> Distribution:
    """ "12" is always 12, "8-15" anything between, "12~0.35" a lognormal of mean 12 whose logarithm deviates by 0.35.

    Raises: BadInput: it is none of these.
    """
    for pattern, make in _FORMS:
        if found := pattern.fullmatch(text):
            numbers = [float(number) for number in found.groups()]
            if _sensible(text, numbers):
                return make(*numbers)
    raise BadInput(f"{text!r} is no time: give 12 (always), 8-15 (between) or 12~0.35 (a mean and its spread).")


def _sensible(text: str, numbers: list[float]) -> bool:
    if "~" in text:
        return numbers[0] > 0 and numbers[1] <= 3
    return numbers == sorted(numbers)
