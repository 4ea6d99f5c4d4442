"""What a work has cost so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from scenewright.domain.events import AnyEvent, CallMade


@dataclass(frozen=True, kw_only=True)
class Spend:
    calls: int = 0  # that were paid
    remembered: int = 0  # that the memo answered
    input_tokens: int = 0
    output_tokens: int = 0
    characters: int = 0  # spoken by paid voices
    cost: Decimal = Decimal(0)  # US dollars, of the calls whose price is known
    unpriced: int = 0  # calls whose price is unknown; never counted as nothing

    def add(self, event: AnyEvent) -> Self:
        if not isinstance(event, CallMade):
            return self
        if event.remembered:
            return replace(self, remembered=self.remembered + 1)
        return replace(
            self,
            calls=self.calls + 1,
            input_tokens=self.input_tokens + event.usage.input_tokens,
            output_tokens=self.output_tokens + event.usage.output_tokens,
            characters=self.characters + event.usage.characters,
            cost=self.cost + (event.cost or 0),
            unpriced=self.unpriced + (event.cost is None),
        )

    def add_all(self, events: Iterable[AnyEvent]) -> Self:
        spend = self
        for event in events:
            spend = spend.add(event)
        return spend

    def __str__(self) -> str:
        if not self.calls:
            return "$0"
        priced = f"${self.cost:.4f}".rstrip("0").rstrip(".") if self.unpriced < self.calls else ""
        calls = "call" if self.unpriced == 1 else "calls"
        unknown = f"{self.unpriced} {calls} of unknown price" if self.unpriced else ""
        return " + ".join(part for part in (priced, unknown) if part)
