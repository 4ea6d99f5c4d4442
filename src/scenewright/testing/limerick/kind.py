"""What the program finds under the entry points: the kind, and the format that `make` writes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from scenewright.domain.base import Value
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput
from scenewright.domain.ranges import Range
from scenewright.exports import ExportJob, Format
from scenewright.kinds.plugin import Cast, Forecast, StepForecast, Tools, Where
from scenewright.plan import Known, Performer, Pool
from scenewright.testing.limerick.authors import model_author, rhymester
from scenewright.testing.limerick.finale import ROUNDS, revised
from scenewright.testing.limerick.plan import OUTLINE, VERSES, LimerickPlan


class Limerick(Value):
    lead: str
    lines: tuple[str, ...]


class Limericks(Value):
    """The finished work."""

    format: Literal["limericks"] = "limericks"
    version: Literal[1] = 1
    title: str
    verses: tuple[Limerick, ...]


class LimerickKind:
    plan = LimerickPlan()
    written_steps = ("verse", "lead", "review", "refine")

    def complete(self, brief: Brief, cast: Cast) -> Brief:
        if not brief.topic:
            raise BadInput("Limericks need a topic; give one in quotes instead of a document.")
        return brief

    def performers(self, brief: Brief, tools: Tools) -> Mapping[str, Performer]:
        return model_author(tools.choose) if brief.author == "llm" else rhymester()

    def forecast(self, brief: Brief, window: int) -> Forecast:
        verses = Range.exactly(brief.scenes or VERSES)
        reviews = Range(1, 2, ROUNDS)  # each but the last may name every verse
        pool: Pool = "model" if brief.author == "llm" else "cpu"

        def step(name: str, steps: Range, answer: int, where: Where = "scene") -> StepForecast:
            asked = Range(150, 250, 500) if pool == "model" else Range.exactly(0)
            answered = Range.around(answer, 0.5, 2) if pool == "model" else Range.exactly(0)
            return StepForecast(
                name=name, pool=pool, steps=steps, where=where, input_tokens=asked, output_tokens=answered
            )

        named = verses * Range(0, 0.5, ROUNDS - 1)
        finale = (step("review", reviews, 100, "finale"), step("refine", named, 60, "finale"))
        return Forecast(scenes=verses, steps=(step("verse", verses, 80), step("lead", verses, 25), *finale))

    async def assemble(self, known: Known, tools: Tools) -> Limericks:
        title = known.parts[OUTLINE][0]["title"]
        best = revised(known, self.plan.scenes(known), lambda step: known.value(step.id)).best
        return Limericks(title=title, verses=tuple(Limerick(lead=lines[0], lines=lines[1:]) for lines in best.values()))


async def write_folder(job: ExportJob[Limericks]) -> Path:
    page = job.out / "limericks.md"
    verses = [f"*{verse.lead}*\n\n" + "  \n".join(verse.lines) for verse in job.work.verses]

    def write() -> None:
        job.out.mkdir(parents=True, exist_ok=True)
        page.write_text("\n\n".join([f"# {job.work.title}", *verses]) + "\n", "utf-8")

    await asyncio.to_thread(write)
    return page


PLUGIN = LimerickKind()
FOLDER = Format(name="folder", says="the limericks as a page of Markdown", write=write_folder)
