"""The writing steps of a classroom, performed by a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.quiz import Quiz
from scenewright.domain.slides import Slide
from scenewright.kinds.classroom.llm import mend, prompts
from scenewright.kinds.classroom.llm.forms import FORMS, ActionsForm, schema
from scenewright.kinds.classroom.llm.outline import Planner
from scenewright.plan import Desk, Performer, Step
from scenewright.providers.llm.asking import Asker, ModelChoice, Question


def performers(choose: Callable[[str], ModelChoice]) -> dict[str, Performer]:
    """`choose` gives the model for a step name."""

    async def outline(step: Step, desk: Desk) -> dict[str, Any]:
        choice = choose("outline")
        parts = await Planner(Asker(choice, step, desk), step, choice.window).plan(desk)
        return {"parts": parts}

    async def content(step: Step, desk: Desk) -> dict[str, Any]:
        return await _content(Asker(choose("content"), step, desk), step, choose("content").window)

    async def actions(step: Step, desk: Desk) -> dict[str, Any]:
        return {"parts": await _actions(Asker(choose("actions"), step, desk), step)}

    return {"outline": outline, "content": content, "actions": actions}


def content_question(given: Mapping[str, Any], window: int, note: str = "") -> tuple[Question, frozenset[str]]:
    """What is asked for a scene's content, and the images it may show. `given`, `note`: of its step."""
    scene, header = given["scene"], given["header"]
    form = scene["form"]
    sections = prompts.within(given["sections"], window // 2)
    assets = frozenset(
        block["asset"] for section in sections for block in section["blocks"] if block["type"] == "image"
    )
    question = Question(
        messages=prompts.messages(
            f"content-{form}",
            prompts.task(given["wishes"], header["language"]),
            prompts.header(header),
            prompts.source(sections),
            prompts.fact("Scene", {key: scene[key] for key in ("title", "purpose", "key_points")}),
            prompts.wish(note),
        ),
        schema=schema(FORMS[form]),
        name=form,
    )
    return question, assets


async def _content(asker: Asker, step: Step, window: int) -> dict[str, Any]:
    question, assets = content_question(step.given, window, step.note)
    title = step.given["scene"]["title"]

    def read(value: Json) -> Slide | Quiz:
        return mend.quiz(value, title) if question.name == "quiz" else mend.slide(value, title, assets)

    return (await asker.ask(question, read)).model_dump(mode="json")


def actions_question(given: Mapping[str, Any], context: Mapping[str, Any], note: str = "") -> Question:
    """What is asked for a scene's timeline. `given`, `context`, `note`: of its step."""
    scene, header = given["scene"], given["header"]
    return Question(
        messages=prompts.messages(
            "actions",
            prompts.task(given["wishes"], header["language"]),
            prompts.fact("People", given["speakers"]),
            prompts.header(header),
            prompts.fact("Scene", {key: scene[key] for key in ("title", "purpose", "key_points", "handoff")}),
            prompts.fact("Content on the screen", given["content"]),
            _place(context),
            prompts.wish(note),
        ),
        schema=schema(ActionsForm),
        name="actions",
    )


async def _actions(asker: Asker, step: Step) -> list[dict[str, Any]]:
    given, raw = step.given, step.given["content"]
    content = Quiz.model_validate(raw) if raw["type"] == "quiz" else Slide.model_validate(raw)
    speakers = [speaker["id"] for speaker in given["speakers"]]
    language = given["header"]["language"]
    question = actions_question(given, step.context, step.note)

    def take(parts: Sequence[dict[str, Any]], key: str, item: Json) -> dict[str, Any] | None:
        if key != "actions":
            return None
        action = mend.action(item, f"a{len(parts) + 1}", content, speakers, language)
        return action.model_dump(mode="json") if action else None

    def lacks(parts: Sequence[dict[str, Any]]) -> str:
        return "" if any(part["type"] == "speech" for part in parts) else "nobody says anything"

    return await asker.stream(question, take, lacks)


def _place(context: Mapping[str, Any]) -> str:
    place = {(True, True): "the only", (True, False): "the first", (False, True): "the last"}
    where = place.get((context["first"], context["last"]), "a middle")
    carry = context["carry"]
    said = "\n".join(f"{speech['speaker']}: {speech['text']}" for speech in carry["speeches"])
    lines = [f"# Place\nThis is {where} scene."]
    if carry["covered"]:
        lines.append(f"Told before: {'; '.join(carry['covered'])}.")
    if said:
        lines.append(f"The last speeches before this scene:\n{said}")
    return "\n".join(lines)
