"""From a kind's forecast to figures: what past runs have shown goes before what is assumed. Pure.

Three cases are reckoned through, little, likely and much, each with fitting amounts everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scenewright.domain.ranges import Range
from scenewright.kinds.plugin import Forecast, StepForecast, Where
from scenewright.limits.rates import Cost
from scenewright.observe import History, StepHistory
from scenewright.plan import Pool

Case = Literal[0, 1, 2]  # little, likely, much
CASES: tuple[Case, ...] = (0, 1, 2)

# Where there are no past runs. Seconds; for steps of this machine measured on a laptop's two cores.
WAIT, PER_TOKEN = Range(0.7, 1.5, 3.0), Range(1 / 100, 1 / 60, 1 / 35)  # until a model begins; for each token then
SPOKEN = Range(1 / 130, 1 / 85, 1 / 50)  # of a network voice, for a character
EMBEDDED = Range(0.1, 0.4, 0.8)  # of the embedded voice, for a clip
LOCAL = Range(0.02, 0.05, 0.3)  # of the offline author, for a step


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Who makes the steps of a name. `price`: US dollars for one call; None = unknown."""

    model: str  # as calls name it; "" for what is not called: the embedded voice, the offline author
    title: str  # for people
    price: Callable[[Cost], Decimal | None]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of all steps of one name, in one case."""

    name: str
    pool: Pool
    where: Where
    beside: bool
    steps: float
    calls: float
    input_tokens: float
    output_tokens: float
    characters: float
    parts: float  # of one step
    seconds: float  # of one step
    cost: Decimal | None  # US dollars; None = unknown
    seen: int  # past steps that the figures rest on; 0 = all of them are assumed


def figures(forecast: Forecast, makers: Mapping[str, Maker], history: History, case: Case) -> list[Figures]:
    return [_Reckoning(forecast, step, makers[step.name], history, case).figures() for step in forecast.steps]


class _Reckoning:
    def __init__(self, forecast: Forecast, step: StepForecast, maker: Maker, history: History, case: Case) -> None:
        self.step, self.maker, self.case = step, maker, case
        self.counted, self.scenes = forecast.counted, self._of(forecast.scenes)
        self.past = history.of(step.name, maker.model)
        self.per_token = history.of_model(maker.model)

    def figures(self) -> Figures:
        step, steps, calls = self.step, self._steps(), self._calls()
        output, characters = self._output(calls), self._characters()
        asked = self._asked()
        one = Cost(input_tokens=round(asked or characters), output_tokens=round(output))
        cost = self.maker.price(one)
        return Figures(
            name=step.name,
            pool=step.pool,
            where=step.where,
            beside=step.beside,
            steps=steps,
            calls=steps * calls,
            input_tokens=steps * calls * asked,
            output_tokens=steps * calls * output,
            characters=steps * calls * characters,
            parts=self._parts(),
            seconds=self._seconds(calls, output, characters),
            cost=None if cost is None else cost * Decimal(str(round(steps * calls, 3))),
            seen=self.past.seconds.count,
        )

    def _of(self, amount: Range) -> float:
        return amount.values[self.case]

    def _steps(self) -> float:
        """How many speeches a scene has, for instance, is seen; how many scenes there are is not."""
        seen = self.past.per_scene
        if self.step.pool == "voice" and not self.counted and seen.count:
            return self._of(seen.range()) * self.scenes
        return self._of(self.step.steps)

    def _calls(self) -> float:
        if self.step.pool == "cpu":
            return 0.0
        seen = self.past.calls
        if not seen.count or self.counted:
            return self._of(self.step.calls)
        return max(1.0, self._of(seen.range()))

    def _asked(self) -> float:
        seen = self.past.input_tokens
        return self._of(seen.range() if seen.count and not self.step.reads_source else self.step.input_tokens)

    def _parts(self) -> float:
        seen = self.past.parts
        several = seen.count and self.step.where == "scene" and not self.counted
        return self._of(seen.range() if several else self.step.parts)

    def _output(self, calls: float) -> float:
        """Of one call. What the whole work has one of grows with its parts."""
        past = self.past
        if self.step.where == "work" and past.per_part.count and calls:
            return self._of(past.per_part.range()) * self._of(self.step.parts) / calls
        return self._of(past.output_tokens.range() if past.output_tokens.count else self.step.output_tokens)

    def _characters(self) -> float:
        seen = self.past.characters
        return self._of(seen.range() if seen.count and not self.counted else self.step.characters)

    def _seconds(self, calls: float, output: float, characters: float) -> float:
        """Of one step."""
        past: StepHistory = self.past
        if self.step.pool == "voice":
            return self._speaking(calls * characters)
        if past.seconds.count and self.step.where != "work":
            return self._of(past.seconds.range())
        if self.step.pool == "cpu":
            return self._of(past.seconds.range() if past.seconds.count else LOCAL)
        if past.per_token.count or self.per_token.count:
            pace = past.per_token if past.per_token.count else self.per_token
            return calls * output * pace.mean
        return calls * (self._of(WAIT) + output * self._of(PER_TOKEN))

    def _speaking(self, characters: float) -> float:
        past = self.past
        if past.per_character.count:
            return characters * self._of(past.per_character.range())
        if past.seconds.count:
            return self._of(past.seconds.range())
        return characters * self._of(SPOKEN) if self.maker.model else self._of(EMBEDDED)
