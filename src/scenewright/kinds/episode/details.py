"""What only an episode's brief holds: the show, the outline if there is one already, and how it is revised."""

from __future__ import annotations

from pydantic import Field

from scenewright.domain.base import Json, Value
from scenewright.domain.brief import Brief
from scenewright.domain.show import EpisodePlan, Show

MOST_ROUNDS = 10


class EpisodeDetails(Value):
    """`Brief.details` of a completed brief. The premise is the brief's topic."""

    show: Show = Show(title="")  # without a title: it is still to be invented
    plan: EpisodePlan | None = None  # a ready outline; None = one is written
    title: str = ""  # of the episode; empty = found
    transform: str = ""  # what becomes of an existing premise: "this 1950s sitcom, on a space station"
    rounds: int = Field(default=3, ge=0, le=MOST_ROUNDS)  # of refinement, at most
    threshold: float = Field(default=0.75, ge=0, le=1)  # the quality from which on nothing is refined
    narrator: bool = True  # reads headings and directions at the table


def details_of(brief: Brief) -> EpisodeDetails:
    return EpisodeDetails.model_validate(brief.details)


def wishes_of(brief: Brief) -> Json:
    """What every writing step is told of the brief."""
    return {"language": brief.language, "audience": brief.audience, "instructions": brief.instructions}
