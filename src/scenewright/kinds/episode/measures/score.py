"""The quality of a script, 0 to 1, computed from its text, the bible and the plan. No model is asked.

It is the weighted geometric mean of its parts: a part that is lost pulls everything down, and no other part can buy it
back. What cannot be measured (no plan, no marks of jokes) is left out and its weight goes to the others.
What a model found that read the text is one part more, where it is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from scenewright.domain.assessment import Assessment, Finding, Part
from scenewright.domain.screenplay import Script
from scenewright.domain.show import EpisodePlan, Joke, Show
from scenewright.kinds.episode.measures.order import order
from scenewright.kinds.episode.measures.pacing import pacing
from scenewright.kinds.episode.measures.reading import Reading, read
from scenewright.kinds.episode.measures.reviewing import review
from scenewright.kinds.episode.measures.running import running
from scenewright.kinds.episode.measures.threads import threads
from scenewright.kinds.episode.measures.variety import variety
from scenewright.kinds.episode.measures.voices import voices
from scenewright.kinds.episode.measures.world import world

THRESHOLD = 0.75
WEIGHTS: Mapping[str, float] = {
    "voices": 0.25,
    "variety": 0.2,
    "threads": 0.2,
    "order": 0.15,
    "pacing": 0.1,
    "running time": 0.05,
    "world": 0.05,
}
REVIEW = 0.15  # weight of what a model found, where one has read the text; the others share the rest as they do
FLOOR = 0.05  # what a part that is lost altogether counts as, so that the others are still seen


def assess(
    script: Script,
    show: Show,
    plan: EpisodePlan | None = None,
    jokes: Sequence[Joke] | None = None,
    *,
    threshold: float = THRESHOLD,
    reviewed: Sequence[Finding] | None = None,
) -> Assessment:
    """Measures the script. The same text always gives the same figures.

    `jokes`: None if nobody has looked for them; then pacing is not judged.
    `reviewed`: what a model found when it read the text; None if none has, and then nothing else changes.
    """
    reading = read(script)
    parts = _weighed(_parts(reading, show, plan, jokes))
    if reviewed is not None:
        parts = (*_lighter(parts), review(reading, reviewed, REVIEW))
    return Assessment(quality=_quality(parts) if reading.lines else 0.0, threshold=threshold, parts=parts)


def _parts(reading: Reading, show: Show, plan: EpisodePlan | None, jokes: Sequence[Joke] | None) -> Sequence[Part]:
    return (
        voices(reading, show, WEIGHTS["voices"]),
        variety(reading, show, plan, WEIGHTS["variety"]),
        threads(reading, show, plan, WEIGHTS["threads"]),
        order(reading, show, plan, WEIGHTS["order"]),
        pacing(reading, jokes, WEIGHTS["pacing"]),
        running(reading, show, plan, WEIGHTS["running time"]),
        world(reading, show, WEIGHTS["world"]),
    )


def _weighed(parts: Sequence[Part]) -> tuple[Part, ...]:
    """With weights that add up to 1 over the parts that have a value."""
    whole = sum(part.weight for part in parts if part.value is not None)
    return tuple(
        part.model_copy(update={"weight": 0.0 if part.value is None else part.weight / whole}) for part in parts
    )


def _lighter(parts: Sequence[Part]) -> Sequence[Part]:
    """With room for the review."""
    return [part.model_copy(update={"weight": part.weight * (1 - REVIEW)}) for part in parts]


def _quality(parts: Sequence[Part]) -> float:
    return round(exp(sum(part.weight * log(max(FLOOR, part.value)) for part in parts if part.value is not None)), 4)
