"""Whole episodes by the offline author, through the kind's own plan."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scenewright.domain.brief import Brief
from scenewright.domain.screenplay import Dialogue, Script
from scenewright.domain.show import EpisodePlan, Joke, Show
from scenewright.kinds.episode.assemble import now
from scenewright.kinds.episode.details import EpisodeDetails
from scenewright.kinds.episode.finale import Version
from scenewright.kinds.episode.measures import Assessment, assess
from scenewright.kinds.episode.offline import performers
from scenewright.kinds.episode.ready import ready_outline
from scenewright.kinds.episode.source.bible import read_bible
from scenewright.kinds.episode.story import episode_plan, script_of, show_of
from scenewright.kinds.plugin import Source
from scenewright.plan import Desk as At
from scenewright.plan import Performer, Step
from tests.kinds.episode.desk import Desk
from tests.kinds.episode.measures import afterlight, lowtide

EXAMPLES = Path(__file__).parents[4] / "examples"
PREMISES = {
    "lowtide": (lowtide.SHOW, "An inspector wants to close the pier because its floor is not level."),
    "afterlight": (afterlight.SHOW, "A star has gone missing on the night of the gala. Cosima sells it anyway."),
}


@dataclass(frozen=True, kw_only=True)
class Written:
    show: Show
    plan: EpisodePlan
    script: Script
    version: Version
    desk: Desk

    def assess(self) -> Assessment:
        return assess(self.script, self.show, self.plan, self.version.jokes or None)

    def lines(self) -> list[Dialogue]:
        return [each for scene in self.script.scenes for each in scene.elements if isinstance(each, Dialogue)]


def answer(performer: Performer) -> Any:
    """A performer as the desk of these tests asks it."""

    def perform(step: Step) -> dict[str, Any]:
        parts: list[dict[str, Any]] = []

        async def append(part: dict[str, Any]) -> None:
            parts.append(part)

        async def whole() -> dict[str, Any]:
            at = At(parts=(), part=append, note=append, leave=asyncio.Event())  # type: ignore[arg-type]
            value = await performer(step, at)
            assert value.get("parts", parts) == parts
            return value

        return asyncio.run(whole())

    return perform


def written(brief: Brief, **others: Any) -> Written:
    plan = EpisodeDetails.model_validate(brief.details).plan
    authors = {name: answer(performer) for name, performer in performers().items()}
    if plan and plan.scenes:
        authors["outline"] = answer(ready_outline)
    desk = Desk(answers={**authors, **others}).start(brief)
    version = now(desk.known)
    return Written(
        show=show_of(desk.known),
        plan=episode_plan(desk.known),
        script=script_of(desk.known, version.text),
        version=version,
        desk=desk,
    )


def brief(show: Show, premise: str = "", plan: EpisodePlan | None = None, **fields: Any) -> Brief:
    details = EpisodeDetails(show=show, plan=plan, **fields).model_dump(mode="json")
    return Brief(kind="episode", topic=premise, language="en", author="offline", audio=False, details=details)


@cache
def example(name: str) -> Written:
    path = EXAMPLES / f"{name}.yaml"
    details = read_bible(Source(name=path.name, data=path.read_bytes())).fields["details"]
    return written(brief(Show.model_validate(details["show"]), plan=EpisodePlan.model_validate(details["plan"])))


@cache
def from_premise(name: str) -> Written:
    show, premise = PREMISES[name]
    return written(brief(show, premise))


def every() -> list[Written]:
    return [example("low-tide"), example("afterlight"), from_premise("lowtide"), from_premise("afterlight")]


__all__ = ["Joke", "Written", "answer", "brief", "every", "example", "from_premise", "written"]
