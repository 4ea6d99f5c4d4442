"""The text of an episode as a model reads it, every element with a name to cite; and what a citation means. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.screenplay import Act, Dialogue, Element, Person, Script, ScriptScene
from scenewright.domain.show import EpisodePlan, Show
from scenewright.kinds.episode.llm import prompts
from scenewright.kinds.mending import text

Place = tuple[str, str]  # scene, element


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What a finale step reads."""

    show: Show
    plan: EpisodePlan
    scenes: tuple[ScriptScene, ...]
    language: str

    @classmethod
    def of(cls, context: Mapping[str, Any]) -> Whole:
        """`context`: of a comedy or review step."""
        show = Show.model_validate(context["show"])
        return cls(
            show=show,
            plan=EpisodePlan.model_validate(context["plan"]),
            scenes=tuple(ScriptScene.model_validate(each) for each in context["text"]),
            language=context["wishes"]["language"] or show.language,
        )

    @property
    def names(self) -> dict[str, str]:
        return {each.id: each.name for each in self.show.characters}

    def script(self, scenes: Sequence[ScriptScene] | None = None) -> Script:
        """As it is measured. A scene that nobody planned is in the act of the one before it."""
        acts = {scene.id: scene.act for scene in self.plan.scenes}
        placed = list[tuple[str, ScriptScene]]()
        for scene in self.scenes if scenes is None else scenes:
            placed.append((acts.get(scene.id, placed[-1][0] if placed else ""), scene))
        return Script(
            title=self.plan.title,
            language=self.language,
            camera=self.show.camera,
            cast=tuple(Person(id=each.id, name=each.name) for each in self.show.characters),
            acts=tuple(
                Act(name=name, scenes=tuple(scene for _, scene in inside))
                for name, inside in groupby(placed, key=lambda each: each[0])
            ),
        )


def numbered(scenes: Sequence[ScriptScene], names: Mapping[str, str]) -> str:
    """Each element on a line, behind the name it is cited by: "[s3.l4] BO (dry): No."."""
    return "\n\n".join("\n".join(_scene(scene, names)) for scene in scenes)


def element_text(element: Element, names: Mapping[str, str]) -> str:
    if not isinstance(element, Dialogue):
        return element.text
    how = f" ({element.parenthetical})" if element.parenthetical else ""
    return f"{names.get(element.character, element.character)}{how}: {element.text}"


def _scene(scene: ScriptScene, names: Mapping[str, str]) -> Iterator[str]:
    slug = scene.slug
    heading = " - ".join(part for part in (f"{slug.interior} {slug.place}", slug.time) if part)
    yield f"## {scene.id}: {heading}" + (f" ({scene.title})" if scene.title else "")
    for element in scene.elements:
        yield f"[{scene.id}.{element.id}] {element_text(element, names)}"


def reader(scenes: Sequence[ScriptScene]) -> Callable[[Json], Place | None]:
    """Gives the place that a citation means, None if there is none: "s3.l4" and "[S3.L4]" are the same."""
    places = {
        f"{scene.id}.{element.id}".casefold(): (scene.id, element.id) for scene in scenes for element in scene.elements
    }

    def find(value: Json) -> Place | None:
        wanted = re.sub(r"[\[\]\s]", "", text(value)[:200]).casefold()
        return places.get(wanted)

    return find


def runs(scenes: Sequence[ScriptScene], names: Mapping[str, str], room: int) -> list[tuple[ScriptScene, ...]]:
    """Runs of scenes whose text takes up to `room` tokens; a scene alone may take more."""
    found: list[list[ScriptScene]] = []
    left = 0
    for scene in scenes:
        size = prompts.tokens(numbered([scene], names))
        if not found or size > left:
            found.append([])
            left = room
        found[-1].append(scene)
        left -= size
    return [tuple(run) for run in found]


class Citations:
    """Reads what a model cites. Where most of it does not exist the model is told, once; afterwards it is left out."""

    def __init__(self, scenes: Sequence[ScriptScene], *, of_scenes: bool = False) -> None:
        """`of_scenes`: a scene may be cited, too; its first element stands for it."""
        self._find = reader(scenes)
        self._firsts = {each.id: f"{each.id}.{each.elements[0].id}" for each in scenes if of_scenes and each.elements}
        self._told = False

    def read(self, cited: Sequence[Json]) -> list[Place | None]:
        """Raises: ValueError: for the model."""
        places = [self.one(each) for each in cited]
        lost = [text(each)[:40] or "(nothing)" for each, place in zip(cited, places, strict=True) if place is None]
        if len(lost) > len(places) - len(lost) and not self._told:
            self._told = True
            raise ValueError(
                f"these places do not exist: {', '.join(lost[:8])}; cite elements by the names in brackets, like s3.l4"
            )
        return places

    def one(self, cited: Json) -> Place | None:
        return self._find(self._firsts.get(text(cited).strip("[] "), cited))
