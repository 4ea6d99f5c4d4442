"""A writers' room without a network: the real performers, asking a model that a test scripts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.calls import Call, ModelAnswer, ModelRequest, Sink, no_note
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.show import EpisodePlan, ScenePlan, Show
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.draft import Beat, Line, woven
from scenewright.kinds.episode.knowledge import bible_for, known_before
from scenewright.kinds.episode.llm import performers
from scenewright.plan import Desk, Step
from scenewright.providers.llm.asking import ModelChoice
from scenewright.testing.episode import episode, show
from scenewright.testing.provider import Seen

WISHES = {"language": "en", "audience": "", "instructions": ""}
Script = Callable[[Seen], Json]


@dataclass
class Model:
    """A provider. `answer`: JSON, or text as it is; ("length", text) breaks off there."""

    answer: Script = episode
    asked: list[Seen] = field(default_factory=list)
    account: str = "twin"

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        request = call.request
        body = {
            "messages": [{"role": each.role, "content": each.text} for each in request.messages],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": request.schema_name, "schema": request.answer_schema},
            },
        }
        self.asked.append(
            Seen(index=len(self.asked), attempt=1, path="", body=body, digest="", authorisation="", headers={})
        )
        answered, finish = self.answer(self.asked[-1]), "stop"
        if isinstance(answered, tuple):
            finish, answered = answered
        text = answered if isinstance(answered, str) else json.dumps(answered)
        await sink(text)
        return ModelAnswer(text=text, finish=finish)

    @property
    def questions(self) -> list[str]:
        return [seen.asks_for for seen in self.asked]


def perform(
    model: Model, step: Step, *, window: int = 32_000, parts: Sequence[dict[str, Any]] = ()
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """(the step's value, the parts that it appended)."""
    appended: list[dict[str, Any]] = []

    async def part(value: dict[str, Any]) -> None:
        appended.append(value)

    async def run() -> dict[str, Any]:
        desk = Desk(parts=parts, part=part, note=no_note, leave=asyncio.Event())
        choice = ModelChoice(provider=model, model="twin:m", window=window, work="w")
        return await performers(lambda _: choice)[step.id.name](step, desk)

    return asyncio.run(run()), appended


def outline_step(bible: Show | None = None, **fields: Any) -> Step:
    told = (show() if bible is None else bible).model_dump(mode="json")
    context = {"show": told, "documents": fields.pop("documents", [])}
    inputs = {
        "plan": None,
        "premise": "The lamp goes out.",
        "title": "",
        "transform": "",
        "scenes": 3,
        "wishes": WISHES,
        **fields,
    }
    return Step(id=StepId(name="outline"), pool="model", inputs=inputs, context=context)


def plan(bible: Show | None = None) -> EpisodePlan:
    """Three scenes, as the scripted model plans them."""
    value, _ = perform(Model(lambda seen: episode(seen, 3)), outline_step(bible))
    return EpisodePlan(title=value["parts"][0]["title"], scenes=tuple(map(scene_plan, value["parts"][1:])))


def scene_plan(part: dict[str, Any]) -> ScenePlan:
    return ScenePlan.model_validate({key: value for key, value in part.items() if key != "type"})


def dialogue_step(planned: EpisodePlan, number: int = 2, bible: Show | None = None, note: str = "") -> Step:
    bible, scene = bible or show(), planned.scenes[number - 1]
    earlier = planned.scenes[: number - 1]
    inputs = {
        "show": bible_for(bible, scene),
        "header": {"title": planned.title, "logline": "", "stories": {}},
        "scene": scene.model_dump(mode="json"),
        "earlier": [each.model_dump(mode="json") for each in earlier],
        "knows": known_before(bible, earlier, scene),
        "wishes": WISHES,
    }
    return Step(id=StepId(name="dialogue", scene=scene.id), pool="model", inputs=inputs, note=note)


def directions_step(planned: EpisodePlan, lines: Sequence[Line], bible: Show | None = None, note: str = "") -> Step:
    scene = planned.scenes[1]
    inputs = {
        "show": bible_for(bible or show(), scene),
        "scene": scene.model_dump(mode="json"),
        "lines": [each.model_dump(mode="json") for each in lines],
        "wishes": WISHES,
    }
    before = {"title": "x", "slug": scene.slug.model_dump(mode="json"), "lines": [lines[0].model_dump(mode="json")]}
    step = StepId(name="directions", scene=scene.id)
    return Step(id=step, pool="model", inputs=inputs, context={"before": before}, note=note)


def said(number: int, text: str, who: str = "ada") -> Line:
    return Line(id=f"l{number}", character=who, text=text)


def page(scene: ScenePlan, lines: Sequence[Line], beats: Sequence[Beat] = ()) -> ScriptScene:
    return ScriptScene(id=scene.id, number="", title=scene.title, slug=scene.slug, elements=woven(lines, beats))


def comedy_step(bible: Show, planned: EpisodePlan, text: Sequence[ScriptScene], note: str = "") -> Step:
    context = _whole(bible, planned, text) | {"made_for": {scene.id: "" for scene in text}}
    return Step(id=StepId(name="comedy"), pool="model", inputs={}, context=context, note=note)


def review_step(bible: Show, planned: EpisodePlan, text: Sequence[ScriptScene], jokes: Sequence[Json] = ()) -> Step:
    context = _whole(bible, planned, text) | {"jokes": list(jokes)}
    return Step(id=StepId(name="review", item="1"), pool="model", inputs={}, context=context)


def refine_step(bible: Show, planned: EpisodePlan, text: ScriptScene, findings: Sequence[Json], note: str = "") -> Step:
    scene = next((each for each in planned.scenes if each.id == text.id), None)
    context = {
        "show": bible_for(bible, scene) if scene else bible.model_dump(mode="json"),
        "scene": scene.model_dump(mode="json") if scene else None,
        "text": text.model_dump(mode="json"),
        "findings": list(findings),
        "made_for": {text.id: ""},
        "wishes": WISHES,
    }
    return Step(id=StepId(name="refine", item=f"1.{text.id}"), pool="model", inputs={}, context=context, note=note)


def finding(scene: str, element: str, kind: str = "voice") -> Json:
    return {"kind": kind, "scene": scene, "element": element, "text": "Mend it.", "by": "model"} | {
        "other_scene": "",
        "other_element": "",
    }


def _whole(bible: Show, planned: EpisodePlan, text: Sequence[ScriptScene]) -> dict[str, Json]:
    return {
        "show": bible.model_dump(mode="json"),
        "plan": planned.model_dump(mode="json"),
        "text": [each.model_dump(mode="json") for each in text],
        "wishes": WISHES,
    }
