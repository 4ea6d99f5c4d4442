"""What is known of an episode as values: its show, its plan, the scenes in their order, and their text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.screenplay import Act, Dialogue, Person, Script, ScriptScene, Slug
from scenewright.domain.show import EpisodePlan, ScenePlan, Show
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.details import details_of
from scenewright.kinds.episode.draft import Beat, Line, woven
from scenewright.plan import Known, Pool

OUTLINE = StepId(name="outline")
CARRIED_LINES = 3
NOBODY = "Written without a model"


def dialogue_of(scene: str) -> StepId:
    return StepId(name="dialogue", scene=scene)


def directions_of(scene: str) -> StepId:
    return StepId(name="directions", scene=scene)


def pool(known: Known) -> Pool:
    """Where what is written is written."""
    return "model" if known.brief.author == "llm" else "cpu"


def header_of(known: Known) -> Mapping[str, Any]:
    """{"type": "header", "title", "logline", "stories", "planned", "show"}; empty until it is there."""
    parts = known.emitted(OUTLINE)
    return parts[0] if parts else {}


def show_of(known: Known) -> Show:
    """The bible; if there was none, the one that the outline invented."""

    def make() -> Show:
        given = known.of_brief(details_of).show
        invented = header_of(known).get("show")
        return Show.model_validate(invented) if invented and not given.characters else given

    return known.once(("show",), (known.brief, header_of(known)), make)


def plans_of(known: Known) -> Mapping[str, ScenePlan]:
    """Every scene that is planned so far, by id, in order."""
    parts = known.named_parts(OUTLINE)
    listed = known.names(OUTLINE)

    def make() -> Mapping[str, ScenePlan]:
        return {name: _plan(known, parts[name]) for name in listed}

    return known.once(("plans",), (parts, listed, len(listed)), make)


def _plan(known: Known, part: Mapping[str, Any]) -> ScenePlan:
    def make() -> ScenePlan:
        return ScenePlan.model_validate({key: value for key, value in part.items() if key != "type"})

    return known.once(("plan", part["id"]), (part,), make)


def episode_plan(known: Known) -> EpisodePlan:
    head = header_of(known)
    return EpisodePlan(
        title=head.get("title", ""),
        logline=head.get("logline", ""),
        stories=head.get("stories") or {},
        scenes=tuple(plans_of(known).values()),
    )


def scenes_of(known: Known) -> Sequence[str]:
    """In the order in which they are told: as planned, or as a person arranged them once the plan was whole.

    What a person wrote stays, at the end, where another plan has no such scene any more.
    """
    planned, whole = known.names(OUTLINE), known.value(OUTLINE) is not None
    left = known.arranged is None and whole and _as_adopted(known) and not known.edits.keys() <= set(planned)
    if not left and (known.arranged is None or not whole):
        return planned

    def make() -> Sequence[str]:
        there = set(planned) | known.edits.keys()
        arranged = [scene for scene in known.arranged or () if scene in there]
        told = [*arranged, *(scene for scene in planned if scene not in arranged)]
        return [*told, *(scene for scene in known.edits if left and scene not in told)]

    return known.once(("arranged",), (known.arranged, planned, len(planned), known.edits, left), make)


def _as_adopted(known: Known) -> bool:
    """Whether the scenes known are those of the whole plan, and not the first ones of another."""
    parts, value = known.parts.get(OUTLINE), known.value(OUTLINE)
    return not parts or (value is not None and list(parts) == list(value["parts"]))


def first_text(known: Known, scene: str) -> ScriptScene | None:
    """The scene before the comedy pass: as a person wrote it, or as it was drafted; None until it is there."""
    if edit := known.edits.get(scene):
        return known.once(("edit", scene), (edit,), lambda: ScriptScene.model_validate(edit.value["scene"]))
    plan, lines, beats = plans_of(known).get(scene), known.value(dialogue_of(scene)), known.value(directions_of(scene))
    if plan is None or lines is None or beats is None:
        return None

    def make() -> ScriptScene:
        spoken = [Line.model_validate(part) for part in lines["parts"]]
        played = [Beat.model_validate(part) for part in beats["parts"]]
        return ScriptScene(
            id=scene,
            number="",
            title=plan.title,
            synopsis=plan.purpose,
            slug=plan.slug,
            elements=woven(spoken, played),
            seconds=plan.seconds,
        )

    return known.once(("draft", scene), (plan, lines, beats), make)


def script_of(known: Known, scenes: Mapping[str, ScriptScene]) -> Script:
    """The script of these scenes. Scenes are numbered as planned, so that a missing one leaves a gap."""
    show, head, brief = show_of(known), header_of(known), known.brief
    numbers = {scene: str(number) for number, scene in enumerate(scenes_of(known), 1)}
    return Script(
        id="",
        show=show.title,
        title=head.get("title") or show.title,
        written_by=brief.model if brief.author == "llm" else NOBODY,
        credit="Written by" if brief.author == "llm" else "",
        language=brief.language or show.language,
        camera=show.camera,
        logline=head.get("logline", ""),
        cast=_cast(known, show, scenes),
        acts=_acts(known, [text.model_copy(update={"number": numbers[name]}) for name, text in scenes.items()]),
    )


def _cast(known: Known, show: Show, scenes: Iterable[str]) -> tuple[Person, ...]:
    people = {each.id: Person(id=each.id, name=each.name) for each in show.characters}
    for scene in scenes:
        edit = known.edits.get(scene)
        for each in edit.value.get("cast", ()) if edit else ():
            people.setdefault(each["id"], Person.model_validate(each))
    return tuple(people.values())


def _acts(known: Known, scenes: Sequence[ScriptScene]) -> tuple[Act, ...]:
    acts: list[tuple[str, list[ScriptScene]]] = []
    for scene in scenes:
        name = act_of(known, scene.id)
        if not acts or acts[-1][0] != name:
            acts.append((name, []))
        acts[-1][1].append(scene)
    return tuple(Act(name=name, scenes=tuple(inside)) for name, inside in acts)


def act_of(known: Known, scene: str) -> str:
    if (edit := known.edits.get(scene)) and "act" in edit.value:
        return str(edit.value["act"])
    plan = plans_of(known).get(scene)
    return plan.act if plan else ""


def carried(known: Known, scene: str) -> Sequence[Json]:
    """The last lines said in the scene before the finale; where a person wrote it, the last that he wrote.

    An edit that only writes down what stood already says itself what is carried, so that nothing turns stale by it.
    """
    if edit := known.edits.get(scene):
        if "carry" in edit.value:
            return list(edit.value["carry"])
        text = first_text(known, scene)
        said = [each for each in text.elements if isinstance(each, Dialogue)] if text else []
        return [each.model_dump(mode="json", exclude={"type"}) for each in said[-CARRIED_LINES:]]
    spoken: Mapping[str, Any] = known.value(dialogue_of(scene)) or {"parts": []}
    return list(spoken["parts"])[-CARRIED_LINES:]


def slug_of(known: Known, scene: str) -> Slug | None:
    text = first_text(known, scene)
    plan = plans_of(known).get(scene)
    return text.slug if text else plan.slug if plan else None
