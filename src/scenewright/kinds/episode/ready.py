"""An outline that a person brought along: nothing is invented, what it leaves open is filled in. No model is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from scenewright.domain.show import Character, EpisodePlan, ScenePlan, Show
from scenewright.kinds.episode.lengths import completed
from scenewright.plan import Desk, Step

SHORT = 3  # scenes: fewer than this and one more are a single act
HALF_HOUR = 35.0  # minutes, up to which a show has two acts

CHARACTER = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
ACTS = ("ACT ONE", "ACT TWO", "ACT THREE", "ACT FOUR")


async def ready_outline(step: Step, desk: Desk) -> dict[str, Any]:
    """The header and the scenes of the plan in `step`, one part each. Value: {"parts": [header, scene, ...]}."""
    plan, show = EpisodePlan.model_validate(step.given["plan"]), Show.model_validate(step.context["show"])
    parts = ready_parts(plan, show, title=step.given["title"])
    for part in parts[len(desk.parts) :]:
        await desk.part(part)
    return {"parts": parts}


def ready_parts(plan: EpisodePlan, show: Show, *, title: str = "") -> list[dict[str, Any]]:
    """`title`: of the episode, if the person gave one; it goes before the plan's."""
    scenes = _filled(plan.scenes, show.minutes)
    invented = _with_people(show, scenes, plan.title)
    header = {
        "type": "header",
        "title": title or plan.title,
        "logline": plan.logline,
        "stories": dict(plan.stories),
        "planned": [scene.title for scene in scenes],
        "show": invented.model_dump(mode="json") if invented else None,
    }
    return [header, *({"type": "scene", **scene.model_dump(mode="json")} for scene in scenes)]


def usual_acts(scenes: int, minutes: float) -> list[str]:
    """The act of each scene where nobody said one: a cold open, acts of even length, a tag."""
    if scenes <= SHORT:
        return [ACTS[0]] * scenes
    inside = scenes - 2
    count = min(inside, 2 if minutes <= HALF_HOUR else len(ACTS))
    return ["COLD OPEN", *(ACTS[at * count // inside] for at in range(inside)), "TAG"]


def _filled(scenes: Sequence[ScenePlan], minutes: float) -> tuple[ScenePlan, ...]:
    names, acts = _ids(scenes), _acts(scenes, minutes)
    seconds = completed(minutes * 60, [scene.seconds for scene in scenes])
    return tuple(
        scene.model_copy(update={"id": name, "act": act, "seconds": lasts})
        for scene, name, act, lasts in zip(scenes, names, acts, seconds, strict=True)
    )


def _ids(scenes: Sequence[ScenePlan]) -> list[str]:
    """Their own; the second of two that are alike gets a free one."""
    taken, names = {scene.id for scene in scenes}, list[str]()
    free = (name for number in range(1, 2 * len(scenes) + 1) if (name := f"s{number}") not in taken)
    for scene in scenes:
        names.append(next(free) if scene.id in names else scene.id)
    return names


def _acts(scenes: Sequence[ScenePlan], minutes: float) -> list[str]:
    """As given; a scene that says none is in the act of the one before it."""
    given = [scene.act.strip().upper() for scene in scenes]
    if not any(given):
        return usual_acts(len(scenes), minutes)
    return list(_continued(given))


def _continued(acts: Sequence[str]) -> Iterator[str]:
    last = next(act for act in acts if act)
    for act in acts:
        last = act or last
        yield last


def _with_people(show: Show, scenes: Sequence[ScenePlan], title: str) -> Show | None:
    """A show without a bible consists of whom the outline names; None if it has people, or none are named."""
    named = dict.fromkeys(name for scene in scenes for name in scene.characters if CHARACTER.fullmatch(name))
    if show.characters or not named:
        return None
    people = tuple(Character(id=name, name=name.replace("-", " ").replace("_", " ").upper()) for name in named)
    return show.model_copy(update={"title": show.title or title, "characters": people})
