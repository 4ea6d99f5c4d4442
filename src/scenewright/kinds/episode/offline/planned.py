"""What a scene is planned to tell, in one form. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.domain.show import ScenePlan


@dataclass(frozen=True)
class Telling:
    text: str
    terms: tuple[str, ...]
    known_by: tuple[str, ...] = ()


def setups(plan: ScenePlan) -> Sequence[Telling]:
    return [Telling(each.text, each.terms) for each in plan.setups]


def payoffs(plan: ScenePlan) -> Sequence[Telling]:
    """What is paid off, and what is called back."""
    return [
        *(Telling(each.text, each.terms) for each in plan.payoffs),
        *(Telling(each.text, each.terms) for each in plan.callbacks),
    ]


def reveals(plan: ScenePlan) -> Sequence[Telling]:
    return [Telling(each.text, each.terms, each.known_by) for each in plan.reveals]


def terms_of(plan: ScenePlan) -> Sequence[str]:
    """All words that the plan looks for in the scene."""
    told = (*setups(plan), *payoffs(plan), *reveals(plan))
    return [*(term for each in told for term in each.terms), *plan.act_out_terms]
