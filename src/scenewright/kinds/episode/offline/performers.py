"""The writing steps of an episode, performed without a model. Deterministic; English only."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, cast

from scenewright.kinds.episode.draft import Beat, Line
from scenewright.kinds.episode.offline.comedy import comedy
from scenewright.kinds.episode.offline.compose import composed
from scenewright.kinds.episode.offline.directing import directed
from scenewright.kinds.episode.offline.given import given
from scenewright.kinds.episode.offline.outline import outlined
from scenewright.kinds.episode.offline.revising import refine, review
from scenewright.plan import Desk, Performer, Step


def performers() -> dict[str, Performer]:
    return {
        "outline": _outline,
        "dialogue": _dialogue,
        "directions": _directions,
        "comedy": _comedy,
        "review": _review,
        "refine": _refine,
    }


async def _outline(step: Step, desk: Desk) -> dict[str, Any]:
    inputs = {**step.given, "show": step.context["show"], "documents": step.context.get("documents") or ()}
    parts = await asyncio.to_thread(outlined, inputs, take=step.take, note=step.note)
    return {"parts": await _append(list(parts), desk)}


async def _dialogue(step: Step, desk: Desk) -> dict[str, Any]:
    lines = await asyncio.to_thread(dialogue, step.given, note=step.note, take=step.take)
    return {"parts": await _append([line.model_dump(mode="json") for line in lines], desk)}


async def _directions(step: Step, desk: Desk) -> dict[str, Any]:
    beats = await asyncio.to_thread(directions, step.given, step.context, note=step.note, take=step.take)
    return {"parts": await _append([beat.model_dump(mode="json") for beat in beats], desk)}


async def _comedy(step: Step, desk: Desk) -> dict[str, Any]:
    return await asyncio.to_thread(comedy, _context(step), take=step.take)


async def _review(step: Step, desk: Desk) -> dict[str, Any]:
    return await asyncio.to_thread(review, _context(step))


async def _refine(step: Step, desk: Desk) -> dict[str, Any]:
    return await asyncio.to_thread(refine, _context(step), take=step.take)


def _context(step: Step) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], step.context)


def dialogue(inputs: Mapping[str, Any], *, note: str = "", take: int = 0) -> Sequence[Line]:
    """The lines of a scene, from the inputs of its step.

    "l7b3" is the seventh line; three beats have happened by then, which tells the directions where to put them.
    """
    drafted = composed(given(inputs, note), take=take)
    return [
        Line(id=f"l{at}b{each.beat + 1}", character=each.character, text=each.text, parenthetical=each.parenthetical)
        for at, each in enumerate(drafted, 1)
    ]


def directions(
    inputs: Mapping[str, Any], context: Mapping[str, Any] | None, *, note: str = "", take: int = 0
) -> Sequence[Beat]:
    """The directions of a scene, from the inputs and the context of its step."""
    lines = [Line.model_validate(each) for each in inputs["lines"] or ()]
    return directed(given(inputs, note), lines, (context or {}).get("before"), take=take)


async def _append(parts: list[dict[str, Any]], desk: Desk) -> list[dict[str, Any]]:
    """Deterministic, so an interrupted step is made again and goes on behind the parts that are there."""
    for part in parts[len(desk.parts) :]:
        await desk.part(part)
    return parts
