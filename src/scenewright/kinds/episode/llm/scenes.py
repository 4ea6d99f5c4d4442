"""A scene, performed by a model: what is said, and then what is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json
from scenewright.kinds.episode.llm import mend_lines, prompts
from scenewright.kinds.episode.llm.forms import BeatsForm, LinesForm, schema
from scenewright.kinds.episode.llm.names import people_of
from scenewright.plan import Step
from scenewright.providers.llm.asking import Asker, Question

Part = dict[str, Any]
EARLIER = 0.4  # share of the window that plans of earlier scenes may take
OWN = (
    "id", "title", "act", "story", "slug", "characters", "purpose", "beats", "comic_beats", "setups", "payoffs",
    "callbacks", "reveals", "act_out", "act_out_terms", "handoff",
)  # fmt: skip


def dialogue_question(given: Mapping[str, Any], window: int, note: str = "") -> Question:
    """What is asked for a scene's lines. `given`, `note`: of its step."""
    scene, earlier = given["scene"], prompts.shortened(given["earlier"], int(window * EARLIER))
    return Question(
        messages=prompts.messages(
            "dialogue",
            prompts.task(_spoken(given)),
            prompts.fact("Episode", given["header"]),
            prompts.common(given["show"]),
            prompts.fact("Scenes before", earlier) if earlier else "",
            prompts.people(given["show"]),
            prompts.fact("Who knows what when the scene begins", given["knows"]),
            prompts.fact("The scene to write", _own(scene)),
            _place(scene, given["earlier"], given["show"]["language"]),
            prompts.wish(note),
        ),
        schema=schema(LinesForm),
        name="dialogue",
    )


async def dialogue(asker: Asker, step: Step, window: int) -> list[Part]:
    people = people_of(step.given["show"], step.given["scene"])

    def take(parts: Sequence[Part], key: str, item: Json) -> Part | None:
        found = mend_lines.line(item, len(parts) + 1, people) if key == "lines" else None
        return found.model_dump(mode="json") if found else None

    def lacks(parts: Sequence[Part]) -> str:
        names = ", ".join(people)
        return "" if parts else f"nobody who is in the scene says anything; `character` is one of: {names}"

    return await asker.stream(dialogue_question(step.given, window, step.note), take, lacks)


def directions_question(given: Mapping[str, Any], context: Mapping[str, Any], note: str = "") -> Question:
    """What is asked for a scene's directions. `given`, `context`, `note`: of its step."""
    multi = given["show"]["camera"] == "multi"
    camera = "multi-camera: no shots, no angles" if multi else "single-camera: shots may be suggested, sparingly"
    lines = "\n".join(f"[{line['id']}] {_spoken_line(line)}" for line in given["lines"])
    return Question(
        messages=prompts.messages(
            "directions",
            prompts.task(_spoken(given), f"Format: {camera}"),
            prompts.show(given["show"]),
            prompts.fact("The scene", _own(given["scene"])),
            _before(context["before"]),
            f"# What is said\n{lines}" if lines else "# What is said\nNothing: it is told without words.",
            prompts.wish(note),
        ),
        schema=schema(BeatsForm),
        name="directions",
    )


async def directions(asker: Asker, step: Step) -> list[Part]:
    lines = [line["id"] for line in step.given["lines"]]
    multi = step.given["show"]["camera"] == "multi"

    def take(parts: Sequence[Part], key: str, item: Json) -> Part | None:
        found = mend_lines.beat(item, parts, lines, multi=multi) if key == "beats" else None
        return found.model_dump(mode="json") if found else None

    def lacks(parts: Sequence[Part]) -> str:
        shots = "; shots do not count in a multi-camera show" if multi else ""
        return "" if parts else f"there is no direction with a text{shots}"

    return await asker.stream(directions_question(step.given, step.context or {"before": None}, step.note), take, lacks)


def _spoken(given: Mapping[str, Any]) -> Mapping[str, Any]:
    wishes: Mapping[str, Any] = given["wishes"]
    return {**wishes, "language": wishes["language"] or given["show"]["language"]}


def _own(scene: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: scene[key] for key in OWN if scene[key]}


def _place(scene: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]], language: str) -> str:
    """Where the scene stands: what it opens on, what it ends on, how long it is."""
    opens = earlier[-1]["handoff"]["next_opens_on"] if earlier else ""
    ends = scene["act_out"] or scene["handoff"]["ends_on"]
    count = prompts.spoken_words(scene["seconds"], language)
    lines = [
        "This is the first scene." if not earlier else "",
        f"It opens on: {opens}" if opens else "",
        f"It ends on: {ends}" if ends else "",
        f"It plays {scene['seconds']:.0f} seconds: about {count}." if count else "",
    ]
    return "\n".join(["# Place", *(line for line in lines if line)])


def _before(before: Mapping[str, Any] | None) -> str:
    if not before or not before["lines"]:
        return ""
    slug = before["slug"]
    where = f" ({slug['interior']} {slug['place']} - {slug['time']})" if slug else ""
    said = "\n".join(_spoken_line(line) for line in before["lines"])
    return f"# The end of the scene before{where}\n{said}"


def _spoken_line(line: Mapping[str, Any]) -> str:
    how = f" ({line['parenthetical']})" if line.get("parenthetical") else ""
    return f"{line['character']}{how}: {line['text']}"
