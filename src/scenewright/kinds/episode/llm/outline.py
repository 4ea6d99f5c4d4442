"""Planning an episode: one streamed answer, the header first, then scene by scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.show import Show
from scenewright.kinds.episode.llm import mend_plan, prompts
from scenewright.kinds.episode.llm.forms import InventedOutlineForm, OutlineForm, schema
from scenewright.kinds.episode.llm.mend_plan import Part, Task
from scenewright.kinds.episode.llm.mend_show import as_told
from scenewright.plan import Desk, Step
from scenewright.providers.llm.asking import Asker, Question

RESERVE = 0.5  # share of the window that the documents may take
A_SCENE = (165, 100)  # seconds of a scene, the longest and the shortest on average, where their number is open
FEWEST = 3


def scenes_wanted(minutes: float, count: int | None) -> tuple[int, int]:
    """(least, most) that a model is asked for."""
    if count:
        return count, count
    low, high = (round(minutes * 60 / each) for each in A_SCENE)
    return max(FEWEST, low), max(FEWEST + 1, high)


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What is asked, and what it is asked for: pure, so that it can be measured before anything is sent."""

    question: Question
    task: Task


def planned(given: Mapping[str, Any], context: Mapping[str, Any], window: int, note: str = "") -> Planned:
    """`given`, `context`, `note`: of the step."""
    bible, show = context["show"], Show.model_validate(context["show"])
    low, high = scenes_wanted(show.minutes, given["scenes"])
    plan = given["plan"] or {}
    question = Question(
        messages=prompts.messages(
            "outline",
            prompts.task(given["wishes"], *_size(show, low, high)),
            prompts.show(as_told(bible)) if show.characters else "",
            "" if show.characters else _to_invent(bible),
            prompts.source(_sections(context["documents"], int(window * RESERVE))),
            f"# Premise\n{given['premise']}" if given["premise"] else "",
            f"# What becomes of it\n{given['transform']}" if given["transform"] else "",
            prompts.fact("Decided already", decided) if (decided := _decided(given["title"], plan)) else "",
            prompts.wish(note),
        ),
        schema=schema(OutlineForm if show.characters else InventedOutlineForm),
        name="outline",
    )
    most = high if given["scenes"] else 2 * high
    return Planned(question=question, task=Task(show=show, title=given["title"] or plan.get("title", ""), most=most))


async def outline(asker: Asker, step: Step, desk: Desk, window: int) -> list[Part]:
    asked = planned(step.given, step.context, window, step.note)

    def take(parts: Sequence[Part], key: str, item: Json) -> Part | None:
        if not parts:
            return mend_plan.header(item, asked.task) if key == "header" else None
        return mend_plan.scene(item, parts, _show(parts, asked.task)) if key == "scenes" else None

    def lacks(parts: Sequence[Part]) -> str:
        return _lacks(parts, asked.task)

    return await asker.stream(asked.question, take, lacks, closed=True)


def _show(parts: Sequence[Part], task: Task) -> Show:
    invented = parts[0]["show"]
    return Show.model_validate(invented) if invented else task.show


def _lacks(parts: Sequence[Part], task: Task) -> str:
    if not parts:
        people = "" if task.show.characters else ", or its show has no characters"
        return f"the header is missing, or it has no title or no planned scenes{people}"
    missing = parts[0]["planned"][len(parts) - 1 :]
    return f"scenes with a place are missing for: {'; '.join(missing)}" if missing else ""


def _size(show: Show, low: int, high: int) -> tuple[str, ...]:
    count = f"exactly {low}" if low == high else f"as the story needs, {low} to {high}"
    camera = "multi-camera, before an audience" if show.camera == "multi" else "single-camera"
    return (f"Number of scenes: {count}", f"Running time: {show.minutes * 60:g} seconds in all", f"Format: {camera}")


def _to_invent(show: Mapping[str, Any]) -> str:
    """There is no bible: what the person said of the show all the same."""
    said = {key: show[key] for key in ("title", "logline", "tone", "sets", "gags", "facts", "rules") if show[key]}
    asked = "# Show\nThere is no bible yet. Invent the show in the header's `show`."
    return f"{asked}\n\n{prompts.fact('Given for it', said)}" if said else asked


def _decided(title: str, plan: Mapping[str, Any]) -> dict[str, Any]:
    told = {"title": title or plan.get("title"), "logline": plan.get("logline"), "stories": plan.get("stories")}
    return {key: value for key, value in told.items() if value}


def _sections(documents: Sequence[Mapping[str, Any]], room: int) -> Sequence[Mapping[str, Any]]:
    """What the documents say; the beginning of every section, where not all of it fits."""
    sections = [section for document in documents for section in document["sections"]]
    return sections if prompts.tokens(prompts.source(sections)) <= room else prompts.gist(sections, room)
