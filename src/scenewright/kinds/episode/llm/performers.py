"""The writing steps of an episode, performed by a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenewright.kinds.episode.llm import comedy as comedies
from scenewright.kinds.episode.llm import outline as outlines
from scenewright.kinds.episode.llm import refine as refining
from scenewright.kinds.episode.llm import review as reviews
from scenewright.kinds.episode.llm import scenes
from scenewright.plan import Desk, Performer, Step
from scenewright.providers.llm.asking import Asker, ModelChoice


def performers(choose: Callable[[str], ModelChoice]) -> dict[str, Performer]:
    """`choose` gives the model for a step name."""

    async def outline(step: Step, desk: Desk) -> dict[str, Any]:
        choice = choose("outline")
        return {"parts": await outlines.outline(Asker(choice, step, desk), step, desk, choice.window)}

    async def dialogue(step: Step, desk: Desk) -> dict[str, Any]:
        choice = choose("dialogue")
        return {"parts": await scenes.dialogue(Asker(choice, step, desk), step, choice.window)}

    async def directions(step: Step, desk: Desk) -> dict[str, Any]:
        return {"parts": await scenes.directions(Asker(choose("directions"), step, desk), step)}

    async def comedy(step: Step, desk: Desk) -> dict[str, Any]:
        choice = choose("comedy")
        return await comedies.comedy(Asker(choice, step, desk), step, choice.window)

    async def review(step: Step, desk: Desk) -> dict[str, Any]:
        choice = choose("review")
        return await reviews.review(Asker(choice, step, desk), step, choice.window)

    async def refine(step: Step, desk: Desk) -> dict[str, Any]:
        return await refining.refine(Asker(choose("refine"), step, desk), step)

    return {
        "outline": outline,
        "dialogue": dialogue,
        "directions": directions,
        "comedy": comedy,
        "review": review,
        "refine": refine,
    }
