"""Planning: in one request if the source fits into the model's window, else header first and then piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json
from scenewright.kinds.classroom.llm import mend, prompts
from scenewright.kinds.classroom.llm.forms import HeaderOnlyForm, OutlineForm, ScenesForm, schema
from scenewright.kinds.mending import nearest
from scenewright.plan import Desk, Step
from scenewright.providers.llm.asking import Asker, Question, Take

Part = dict[str, Any]
SEAM = ("title", "purpose", "key_points", "handoff")
SCENES = (5, 14)  # that a model is asked for where the brief leaves it open
RESERVE = 0.5  # share of the window that the source may take; the rest is for rules, plan and answer


class Questions:
    """What is asked to plan a work: pure, so that it can be measured before anything is sent."""

    def __init__(self, step: Step, window: int) -> None:
        self.room = int(window * RESERVE)  # tokens
        self._wishes = step.given
        self.sections: list[Mapping[str, Any]] = [
            section for document in step.context for section in document["sections"]
        ]

    @property
    def fits(self) -> bool:
        """Whether one request is enough."""
        return prompts.tokens(prompts.source(self.sections)) <= self.room

    def whole(self) -> Question:
        return self.ask("outline", OutlineForm, prompts.source(self.sections))

    def header(self) -> Question:
        """From the gist of every section, where not all of them fit."""
        gist = prompts.source(prompts.gist(self.sections, self.room))
        wanted = "Give the header only. `cites` names, for each planned scene, the ids of the sections it draws on."
        return self.ask("header", HeaderOnlyForm, gist, wanted)

    def ask(self, name: str, form: Any, *facts: str) -> Question:
        count = self._wishes["scenes"]
        low, high = SCENES
        size = f"exactly {count}" if count else f"as the source deserves, {low} to {high}"
        topic = f"Topic: {self._wishes['topic']}" if self._wishes["topic"] else ""
        wanted = f"Number of scenes: {size}"
        task = "\n".join(line for line in (prompts.task(self._wishes), wanted, topic) if line)
        return Question(messages=prompts.messages("outline", task, *facts), schema=schema(form), name=name)


class Planner:
    def __init__(self, asker: Asker, step: Step, window: int) -> None:
        self._asker = asker
        self._questions = Questions(step, window)
        self._room, self._wishes = self._questions.room, step.given
        self._sections = self._questions.sections
        self._ids = [section["id"] for section in self._sections]

    async def plan(self, desk: Desk) -> list[Part]:
        if self._questions.fits:
            return await self._asker.stream(self._questions.whole(), self._take, _lacks_scenes, closed=True)
        return await self._piecewise(desk)

    async def _piecewise(self, desk: Desk) -> list[Part]:
        """The header from the gist of every section, then each run of planned scenes from its sections' full text."""
        plan = await self._asker.ask(self._questions.header(), self._read_plan)
        if not desk.parts:
            await desk.part(plan["header"])
        done = [dict(desk.parts[0]) if desk.parts else plan["header"]]
        count = len(done[0]["planned"])  # an accepted header stays, whatever is planned when asked again
        for first, last, sections in self._runs([*plan["cites"], *[[]] * count][:count]):
            question = self._questions.ask(
                "outline",
                ScenesForm,
                prompts.header(done[0]),
                prompts.fact("Scene before", {key: done[-1][key] for key in SEAM}) if first > 1 else "",
                prompts.source(prompts.within(sections, self._room)),
                f"Give the outlines of planned scenes {first} to {last} only.",
            )
            done = await self._asker.stream(
                question, self._take_up_to(last), _lacking_up_to(last), before=done, closed=True
            )
        return done

    def _runs(self, planned: Sequence[Sequence[str]]) -> list[tuple[int, int, list[Mapping[str, Any]]]]:
        """(first scene, last scene, sections), counted from 1: as many scenes at a time as their sections fit."""
        by_id = {section["id"]: section for section in self._sections}
        runs: list[tuple[int, int, list[Mapping[str, Any]]]] = []
        for number, cites in enumerate(planned, 1):
            sections = [by_id[cite] for cite in cites]
            if runs:
                first, _, before = runs[-1]
                both = list({section["id"]: section for section in [*before, *sections]}.values())
                if prompts.tokens(prompts.source(both)) <= self._room:
                    runs[-1] = (first, number, both)
                    continue
            runs.append((number, number, sections))
        return runs

    def _read_plan(self, value: Json) -> dict[str, Any]:
        raw = value.get("header") if isinstance(value, dict) else None
        header = mend.header(raw, self._wishes["language"])
        if header is None:
            raise ValueError("the header has no title or no planned scenes")
        listed = raw.get("cites") if isinstance(raw, dict) else None
        cites = [
            [found for cite in (row if isinstance(row, list) else []) if (found := nearest(str(cite), self._ids))]
            for row in (listed if isinstance(listed, list) else [])
        ]
        cites += [[] for _ in range(len(header.planned) - len(cites))]
        return {"header": header.model_dump(mode="json"), "cites": cites[: len(header.planned)]}

    def _take(self, parts: Sequence[Part], key: str, item: Json) -> Part | None:
        if not parts:
            found = mend.header(item, self._wishes["language"]) if key == "header" else None
            return found.model_dump(mode="json") if found else None
        return self._scene(parts, key, item, len(parts[0]["planned"]))

    def _take_up_to(self, last: int) -> Take:
        return lambda parts, key, item: self._scene(parts, key, item, last)

    def _scene(self, parts: Sequence[Part], key: str, item: Json, last: int) -> Part | None:
        if key != "scenes" or len(parts) > last:  # one more than was planned is not wanted
            return None
        scene = mend.scene(item, f"s{len(parts)}", self._ids)
        return scene.model_dump(mode="json") if scene else None


def _lacks_scenes(parts: Sequence[Part]) -> str:
    if not parts:
        return "the header with title and planned scenes is missing"
    return _lacks_up_to(parts, len(parts[0]["planned"]))


def _lacking_up_to(last: int) -> Callable[[Sequence[Part]], str]:
    return lambda parts: _lacks_up_to(parts, last)


def _lacks_up_to(parts: Sequence[Part], last: int) -> str:
    missing = parts[0]["planned"][len(parts) - 1 : last]
    return f"outlines are missing for: {'; '.join(missing)}" if missing else ""
