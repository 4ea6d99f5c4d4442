"""What results were made from, so that making them anew has a price before it is asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scenewright.domain.events import AnyEvent, CallMade, StepAdopted
from scenewright.domain.steps import StepId
from scenewright.observe import Spend


@dataclass(frozen=True, kw_only=True)
class StaleStep:
    """`spend`: what its result was made from, as if every call were paid again."""

    step: StepId
    spend: Spend
    planning: bool = False  # of the whole work, before its scenes


def made_from(events: Iterable[AnyEvent]) -> Mapping[StepId, Spend]:
    """For each step with a result: the calls that it took, remembered ones too, each once."""
    made: dict[StepId, Spend] = {}
    calls: dict[StepId, dict[str, CallMade]] = {}
    for event in events:
        if isinstance(event, CallMade):
            of_step = calls.setdefault(event.step, {})
            of_step[event.key or f"#{len(of_step)}"] = event.model_copy(update={"remembered": False})
        elif isinstance(event, StepAdopted):
            made[event.step] = Spend().add_all(calls.pop(event.step, {}).values())
    return made


def total(stale: Iterable[StaleStep]) -> Spend:
    """All of them together."""
    spends = [step.spend for step in stale]
    return Spend(
        calls=sum(spend.calls for spend in spends),
        input_tokens=sum(spend.input_tokens for spend in spends),
        output_tokens=sum(spend.output_tokens for spend in spends),
        characters=sum(spend.characters for spend in spends),
        cost=sum((spend.cost for spend in spends), start=Spend().cost),
        unpriced=sum(spend.unpriced for spend in spends),
    )
