"""Drives the episode's plan without a clock: every step that is wanted gets the answer that a test scripted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.episode import Patch
from scenewright.domain.events import AnyEvent, BriefSet, PartAppended, StepAdopted, StepStarted
from scenewright.domain.screenplay import ScriptScene, Slug
from scenewright.domain.show import Character, EpisodePlan, ScenePlan, Show
from scenewright.kinds.episode.details import EpisodeDetails
from scenewright.kinds.episode.finale import Version, finale
from scenewright.kinds.episode.patches import base_of
from scenewright.kinds.episode.plan import EpisodePlanner
from scenewright.plan import Known, Step
from scenewright.scheduler import Board

Answer = Callable[[Step], dict[str, Any]]

SHOW = Show(
    title="The Lantern Room",
    characters=(Character(id="ada", name="ADA"), Character(id="bo", name="BO")),
)


def plan(scenes: int = 3) -> EpisodePlan:
    return EpisodePlan(
        title="Fog",
        scenes=tuple(
            ScenePlan(id=f"s{n}", title=f"Scene {n}", slug=Slug(place="LAMP ROOM"), characters=("ada", "bo"))
            for n in range(1, scenes + 1)
        ),
    )


def brief(scenes: int = 3, *, audio: bool = False, **details: Any) -> Brief:
    given = EpisodeDetails(show=SHOW, plan=plan(scenes), **details)
    voices = tuple(Speaker(id=name, name=name, voice=f"v:{name}") for name in ("narrator", "ada", "bo"))
    return Brief(kind="episode", language="en", audio=audio, speakers=voices, details=given.model_dump(mode="json"))


def outline(step: Step) -> dict[str, Any]:
    planned = step.given["plan"]
    head = {"type": "header", "title": planned["title"], "logline": "", "stories": {}, "planned": [], "show": None}
    return {"parts": [head, *({"type": "scene", **scene} for scene in planned["scenes"])]}


def dialogue(step: Step) -> dict[str, Any]:
    name = f"{step.id.scene}, take {step.take}"
    said = {"ada": f"Is this the fog of {name}?", "bo": f"It is the sea of {name}."}
    return {"parts": [{"id": f"l{n}", "character": who, "text": text} for n, (who, text) in enumerate(said.items(), 1)]}


def directions(step: Step) -> dict[str, Any]:
    return {"parts": [{"id": "d1", "text": f"Bo wipes the glass of {step.id.scene}.", "line": "l2"}]}


def no_comedy(step: Step) -> dict[str, Any]:
    return {"jokes": [], "patches": [], "callbacks": [], "made_for": step.context["made_for"]}


def content(step: Step) -> dict[str, Any]:
    """A review that has nothing to say."""
    return {"quality": 0.9, "assessment": {}, "findings": []}


def read(step: Step) -> dict[str, Any]:
    clip = {"blob": "0" * 64, "media_type": "audio/ogg", "duration": 1.0, "cues": []}
    said = step.given["utterances"]
    return {"parts": [{"id": each["element"] or "heading", "text": each["text"], "clip": clip} for each in said]}


def rewrite(step: Step, element: str, text: str) -> dict[str, Any]:
    """The result of a refine step that rewrites one element."""
    scene = ScriptScene.model_validate(step.context["text"])
    return {"patches": [patch(scene, element, text)], "made_for": step.context["made_for"]}


def patch(scene: ScriptScene, element: str, text: str, **fields: Any) -> dict[str, Any]:
    base = next(base_of(each) for each in scene.elements if each.id == element)
    return Patch(scene=scene.id, element=element, base=base, text=text, **fields).model_dump(mode="json")


@dataclass
class Desk:
    """`answers`: by step name, instead of the plain ones above."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    performed: list[str] = field(default_factory=list)

    def start(self, wanted: Brief) -> Desk:
        self.board = Board(EpisodePlanner(), self.known)
        self.tell(BriefSet(brief=wanted))
        return self.run()

    def tell(self, *events: AnyEvent) -> Desk:
        for event in events:
            self.board.tell(event)
        return self

    def run(self) -> Desk:
        """Until nothing is left to do."""
        while steps := self.board.take():
            for step in steps:
                self._perform(step)
        return self

    def _perform(self, step: Step) -> None:
        plain: dict[str, Answer] = {
            "outline": outline,
            "dialogue": dialogue,
            "directions": directions,
            "comedy": no_comedy,
            "review": content,
            "read": read,
        }
        self.performed.append(str(step.id))
        value = {**plain, **self.answers}[step.id.name](step)
        self.tell(StepStarted(step=step.id, reads=step.reads))
        for index, part in enumerate(value.get("parts", ())):
            self.tell(PartAppended(step=step.id, index=index, value=part))
        digests = {"inputs": step.inputs_digest, "context": step.context_digest}
        self.tell(StepAdopted(step=step.id, value=value, **digests))
        self.board.done(step.id)

    @property
    def best(self) -> Version:
        return finale(self.known, lambda step: self.known.value(step.id)).best

    def lines(self, scene: str) -> list[str]:
        return [each.text for each in self.best.text[scene].elements]
