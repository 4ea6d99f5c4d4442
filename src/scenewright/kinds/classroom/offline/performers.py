"""The writing steps of a classroom, performed without a model."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.document import Document, Section
from scenewright.domain.outline import Carry, Header, SceneOutline
from scenewright.domain.quiz import Quiz
from scenewright.domain.slides import Slide
from scenewright.kinds.classroom.offline import Position, actions, content, outline
from scenewright.plan import Desk, Performer, Step

_SHOWN: TypeAdapter[Slide | Quiz] = TypeAdapter(Slide | Quiz)
_SECTIONS = TypeAdapter(tuple[Section, ...])
_SPEAKERS = TypeAdapter(tuple[Speaker, ...])


def performers() -> dict[str, Performer]:
    return {"outline": _outline, "content": _content, "actions": _actions}


async def _outline(step: Step, desk: Desk) -> dict[str, Any]:
    """Deterministic, so an interrupted one is made again and goes on behind the parts that are there."""
    given = step.given
    wishes = {name: given[name] for name in ("topic", "scenes", "language", "audience", "instructions")}
    documents = tuple(Document.model_validate(raw) for raw in step.context)
    planned = await asyncio.to_thread(outline, Brief(**wishes, documents=documents))
    parts = [part.model_dump(mode="json") for part in (planned.header, *planned.scenes)]
    return {"parts": await _append(parts, desk)}


async def _content(step: Step, desk: Desk) -> dict[str, Any]:
    scene, header, sections = _cited(step.given)
    shown = await asyncio.to_thread(content, scene, sections=sections, header=header)
    return shown.model_dump(mode="json")


async def _actions(step: Step, desk: Desk) -> dict[str, Any]:
    scene, header, sections = _cited(step.given)
    told = await asyncio.to_thread(
        actions,
        scene,
        _SHOWN.validate_python(step.given["content"]),
        sections=sections,
        header=header,
        position=_position(step.context),
        speakers=_SPEAKERS.validate_python(step.given["speakers"]),
        carry=Carry.model_validate(step.context["carry"]),
    )
    return {"parts": await _append([action.model_dump(mode="json") for action in told], desk)}


def _cited(given: Mapping[str, Any]) -> tuple[SceneOutline, Header, tuple[Section, ...]]:
    scene, header = SceneOutline.model_validate(given["scene"]), Header.model_validate(given["header"])
    return scene, header, _SECTIONS.validate_python(given["sections"])


def _position(context: Mapping[str, Any]) -> Position:
    if context["first"]:
        return "only" if context["last"] else "first"
    return "last" if context["last"] else "middle"


async def _append(parts: list[dict[str, Any]], desk: Desk) -> list[dict[str, Any]]:
    for part in parts[len(desk.parts) :]:
        await desk.part(part)
    return parts
