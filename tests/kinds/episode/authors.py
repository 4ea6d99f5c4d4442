"""Scripted authors as performers, so that whole works can be run without a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenewright.domain.screenplay import ScriptScene
from scenewright.plan import Desk, Performer, Step
from tests.kinds.episode import desk


def comedy(step: Step) -> dict[str, Any]:
    """Better punchlines in every scene: what Bo says."""
    scenes = [ScriptScene.model_validate(each) for each in step.context["text"]]
    patches = [
        desk.patch(scene, "l2", f"Soup, {scene.id}.")
        for scene in scenes
        if any(element.id == "l2" for element in scene.elements)
    ]
    return {**desk.no_comedy(step), "patches": patches}


def review(step: Step) -> dict[str, Any]:
    """Scene 2 is dull until it was refined."""
    dull = [
        {"kind": "other", "scene": scene["id"], "element": element["id"], "text": "Dull.", "by": "model"}
        for scene in step.context["text"]
        for element in scene["elements"]
        if scene["id"] == "s2" and element["id"] == "l1" and "Refined" not in element["text"]
    ]
    return {"quality": 0.5 if dull else 0.9, "assessment": {}, "findings": dull}


def refine(step: Step) -> dict[str, Any]:
    return desk.rewrite(step, "l1", "Refined.")


def dialogue(step: Step) -> dict[str, Any]:
    made = desk.dialogue(step)
    if step.note:
        made["parts"][0]["text"] += f" ({step.note})"
    return made


PLAIN: Mapping[str, desk.Answer] = {
    "outline": desk.outline,
    "dialogue": dialogue,
    "directions": desk.directions,
    "comedy": comedy,
    "review": review,
    "refine": refine,
}


def performers(**others: desk.Answer) -> dict[str, Performer]:
    return {name: _performer(answer) for name, answer in {**PLAIN, **others}.items()}


def _performer(answer: desk.Answer) -> Performer:
    async def perform(step: Step, at: Desk) -> dict[str, Any]:
        value = {"parts": []} if "by_hand" in step.given else answer(step)
        for part in list(value.get("parts", ()))[len(at.parts) :]:
            await at.part(part)
        return value

    return perform
