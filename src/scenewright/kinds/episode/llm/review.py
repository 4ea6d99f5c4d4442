"""The review: what is measured, and what a model finds in the text as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from scenewright.domain.assessment import Assessment, Finding
from scenewright.domain.base import Json
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.show import Joke
from scenewright.kinds.episode.llm import prompts
from scenewright.kinds.episode.llm.clean import clean
from scenewright.kinds.episode.llm.forms import FindingForm, FindingsForm, schema
from scenewright.kinds.episode.llm.mend_show import as_told
from scenewright.kinds.episode.llm.page import Citations, Whole, numbered, runs
from scenewright.kinds.episode.measures import assess
from scenewright.kinds.mending import listed, member, text
from scenewright.plan import Step
from scenewright.providers.llm.asking import Asker, Question

RESERVE = 0.5  # share of the window that the text may take
MOST = 60  # findings that are kept of one answer
KINDS: tuple[str, ...] = get_args(FindingForm.model_fields["kind"].annotation)
# What no rewritten line mends: it is in the assessment, and nothing is asked to refine it.
BEYOND_LINES = ("scene_order", "unknown_set", "unknown_character", "running_time", "joke_cluster")


async def review(asker: Asker, step: Step, window: int) -> dict[str, Any]:
    """The value of the step."""
    whole = Whole.of(step.context)
    jokes = tuple(Joke.model_validate(each) for each in step.context["jokes"])
    found = await _found(asker, step, whole, jokes, int(window * RESERVE))
    assessment = await asyncio.to_thread(_assessed, whole, jokes, found)
    to_refine = [each for each in assessment.findings if each.kind not in BEYOND_LINES or each.by == "model"]
    return {
        "quality": assessment.quality,
        "assessment": assessment.model_dump(mode="json"),
        "findings": [each.model_dump(mode="json") for each in to_refine],
    }


async def _found(asker: Asker, step: Step, whole: Whole, jokes: Sequence[Joke], room: int) -> list[Finding]:
    task = prompts.task({**step.context["wishes"], "language": whole.language})
    cite, found = Citations(whole.scenes, of_scenes=True), list[Finding]()
    written = [each for each in whole.scenes if each.elements]
    for run in runs(written, whole.names, room):
        question = review_question(whole, run, jokes, task, step.note)

        def read(value: Json) -> list[Finding]:
            return read_findings(value, cite)

        found += await asker.ask(question, read)
    return list(dict.fromkeys(found))


def review_question(whole: Whole, run: Sequence[ScriptScene], jokes: Sequence[Joke], task: str, note: str) -> Question:
    here = {scene.id for scene in run}
    part = (
        "" if len(run) == len(whole.scenes) else f"Only these scenes are shown: {', '.join(scene.id for scene in run)}."
    )
    punchlines = ", ".join(f"{each.scene}.{each.punchline}" for each in jokes if each.scene in here)
    return Question(
        messages=prompts.messages(
            "review",
            task,
            prompts.show(as_told(whole.show.model_dump(mode="json"))),
            prompts.fact("Plan", _plan(whole)),
            f"# Text\n{part}\n{numbered(run, whole.names)}" if part else f"# Text\n{numbered(run, whole.names)}",
            f"# Punchlines\n{punchlines}" if punchlines else "",
            prompts.wish(note),
        ),
        schema=schema(FindingsForm),
        name="findings",
    )


def read_findings(value: Json, cite: Citations) -> list[Finding]:
    """Those that cite a place that exists. Raises: ValueError: for the model."""
    if not isinstance(value, dict) or not isinstance(value.get("findings"), list):
        raise ValueError("`findings` is missing; give an empty list if there are none")
    raws = [raw for raw in listed(value["findings"])[:MOST] if isinstance(raw, dict) and clean(raw.get("text"))]
    places = cite.read([raw.get("at") for raw in raws])
    return [_finding(raw, place, cite) for raw, place in zip(raws, places, strict=True) if place]


def _finding(raw: Mapping[str, Json], place: tuple[str, str], cite: Citations) -> Finding:
    kind, other = text(raw.get("kind")), cite.one(member(raw, "other")) or ("", "")
    return Finding(
        kind=kind if kind in KINDS else "other",
        scene=place[0],
        element=place[1],
        text=clean(raw.get("text")),
        other_scene=other[0] if other != place else "",
        other_element=other[1] if other != place else "",
        by="model",
    )


def _assessed(whole: Whole, jokes: Sequence[Joke], found: Sequence[Finding]) -> Assessment:
    return assess(whole.script(), whole.show, whole.plan, jokes or None, reviewed=found)


def _plan(whole: Whole) -> Mapping[str, Any]:
    """All of it: a review reads what was meant, too."""
    keys = (
        "id",
        "act",
        "story",
        "title",
        "purpose",
        "characters",
        "setups",
        "payoffs",
        "callbacks",
        "reveals",
        "act_out",
        "seconds",
    )
    scenes = [each.model_dump(mode="json", include=set(keys)) for each in whole.plan.scenes]
    told = [{key: scene[key] for key in keys if scene[key]} for scene in scenes]
    return {"title": whole.plan.title, "logline": whole.plan.logline, "stories": whole.plan.stories, "scenes": told}
