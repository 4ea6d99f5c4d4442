"""The whole text of an episode as the finale's steps are given it: a script to measure, and its show and plan. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scenewright.domain.screenplay import Act, Person, Script, ScriptScene
from scenewright.domain.show import EpisodePlan, Joke, Show
from scenewright.kinds.episode.measures import Assessment, Reading, assess, read


@dataclass(frozen=True, kw_only=True)
class Pages:
    show: Show
    plan: EpisodePlan
    scenes: tuple[ScriptScene, ...]

    @property
    def script(self) -> Script:
        acts = {each.id: each.act for each in self.plan.scenes}
        groups = groupby(self.scenes, key=lambda scene: acts.get(scene.id, ""))
        return Script(
            title=self.plan.title or self.show.title,
            language=self.show.language,
            camera=self.show.camera,
            cast=tuple(Person(id=each.id, name=each.name) for each in self.show.characters),
            acts=tuple(Act(name=name, scenes=tuple(inside)) for name, inside in groups),
        )

    def reading(self) -> Reading:
        return read(self.script)

    def assess(self, jokes: Sequence[Joke] | None) -> Assessment:
        return assess(self.script, self.show, self.plan, jokes)

    def named(self) -> tuple[tuple[str, str], ...]:
        return tuple((each.id, each.name) for each in self.show.characters)


def pages(context: Mapping[str, Any]) -> Pages:
    return Pages(
        show=Show.model_validate(context["show"]),
        plan=EpisodePlan.model_validate(context["plan"]),
        scenes=tuple(ScriptScene.model_validate(each) for each in context["text"]),
    )
