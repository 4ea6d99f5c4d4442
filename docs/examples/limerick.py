"""A kind of one's own, small and whole: three limericks on a topic, each with a line that leads over to it.

outline -> for each verse:  verse (five lines) -> lead (after the verse before it)
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from scenewright.domain.base import Json, Value
from scenewright.domain.brief import Brief
from scenewright.domain.calls import Message
from scenewright.domain.errors import BadInput
from scenewright.domain.steps import StepId
from scenewright.exports import ExportJob, Format
from scenewright.kinds.plugin import Cast, Tools
from scenewright.plan import Desk, Known, Performer, Step
from scenewright.providers.llm.asking import Asker, Question

OUTLINE = StepId(name="outline")
TURNS = {"v1": "who arrives", "v2": "what goes wrong", "v3": "how it ends"}


def verse_of(scene: str) -> StepId:
    return StepId(name="verse", scene=scene)


def lead_of(scene: str) -> StepId:
    return StepId(name="lead", scene=scene)


# What is wanted: pure, asked again after every event


class LimerickPlan:
    name = "limerick"
    chain = "lead"

    def scenes(self, known: Known) -> Sequence[str]:
        return known.names(OUTLINE)

    def work_steps(self, known: Known) -> Sequence[Step]:
        wish = {"topic": known.brief.topic}
        return [Step(id=OUTLINE, pool="cpu", inputs=wish, rank=(-1,), on_failure="pause")]

    def scene_steps(self, known: Known, scene: str, position: int, carrier: str | None) -> Sequence[Step]:
        planned = {"topic": known.brief.topic, "turn": known.named_parts(OUTLINE)[scene]["title"]}
        verse = Step(id=verse_of(scene), pool="model", inputs=planned, rank=(1, position))
        written = known.result(verse)
        lead = Step(
            id=lead_of(scene),
            pool="model",
            inputs={"verse": written} if written else None,
            context={"before": known.value(verse_of(carrier)) if carrier else None},
            held=carrier is None,
            rank=(0, position),
            on_failure="pause",
        )
        return [verse, lead]

    def finale_steps(self, known: Known) -> Sequence[Step]:
        return ()

    def seconds(self, known: Known, scene: str) -> float | None:
        return None


# How it is done: asynchronous, on behalf of one step


async def write_outline(step: Step, desk: Desk) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [{"type": "header", "title": f"Limericks: {step.given['topic']}"}]
    parts += [{"type": "scene", "id": scene, "title": turn} for scene, turn in TURNS.items()]
    for part in parts[len(desk.parts) :]:  # those before were accepted by an earlier run
        await desk.part(part)
    return {"parts": parts}


def question(rules: str, facts: Json, name: str, items: int) -> Question:
    lines = {"type": "array", "items": {"type": "string"}, "minItems": items, "maxItems": items}
    schema = {"type": "object", "properties": {"lines": lines}, "required": ["lines"], "additionalProperties": False}
    messages = (Message(role="system", text=rules), Message(role="user", text=str(facts)))
    return Question(messages=messages, schema=schema, name=name)


def read_lines(value: Json, count: int) -> dict[str, Any]:
    """Raises: ValueError: the model is told this, and asked once more."""
    lines = value.get("lines") if isinstance(value, dict) else None
    if not isinstance(lines, list) or len(lines) != count or not all(isinstance(line, str) for line in lines):
        raise ValueError(f"`lines` must be {count} lines of text")
    return {"lines": lines}


class Limerick(Value):
    lead: str
    lines: tuple[str, ...]


class Limericks(Value):
    """The finished work."""

    format: Literal["limericks"] = "limericks"
    version: Literal[1] = 1
    title: str
    verses: tuple[Limerick, ...]


# What a person gets: `scenewright make` writes the format named "folder"


async def write_folder(job: ExportJob[Limericks]) -> Path:
    page = job.out / "limericks.md"
    verses = [f"*{verse.lead}*\n\n" + "  \n".join(verse.lines) for verse in job.work.verses]

    def write() -> None:
        job.out.mkdir(parents=True, exist_ok=True)
        page.write_text("\n\n".join([f"# {job.work.title}", *verses]) + "\n", "utf-8")

    await asyncio.to_thread(write)
    return page


FOLDER = Format(name="folder", says="the limericks as a page of Markdown", write=write_folder)


# What the program finds under the entry point


class LimerickKind:
    plan = LimerickPlan()
    written_steps = ("verse", "lead")

    def complete(self, brief: Brief, cast: Cast) -> Brief:
        if brief.author == "offline" or not brief.topic:
            raise BadInput("Limericks need a topic and a model; give a quoted topic and --model.")
        return brief

    def performers(self, brief: Brief, tools: Tools) -> Mapping[str, Performer]:
        async def verse(step: Step, desk: Desk) -> dict[str, Any]:
            asked = question("Write a limerick of five lines.", step.given, "verse", items=5)
            return await Asker(tools.choose("verse"), step, desk).ask(asked, lambda value: read_lines(value, 5))

        async def lead(step: Step, desk: Desk) -> dict[str, Any]:
            facts = {"verse": step.given["verse"], "before": step.context["before"]}
            asked = question("Write one line that leads from the verse before to this one.", facts, "lead", items=1)
            return await Asker(tools.choose("lead"), step, desk).ask(asked, lambda value: read_lines(value, 1))

        return {"outline": write_outline, "verse": verse, "lead": lead}

    async def assemble(self, known: Known, tools: Tools) -> Limericks:
        title = known.parts[OUTLINE][0]["title"]
        verses = []
        for scene in known.named_parts(OUTLINE):
            verse, lead = known.value(verse_of(scene)), known.value(lead_of(scene))
            if verse and lead:
                verses.append(Limerick(lead=lead["lines"][0], lines=verse["lines"]))
        return Limericks(title=title, verses=tuple(verses))


PLUGIN = LimerickKind()
