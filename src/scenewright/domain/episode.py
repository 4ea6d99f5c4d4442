"""An episode with everything that was made for it, in its published format. Versioned, read back.

`script` is what is on the page. Elements are named by the id of their scene and their own id within it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scenewright.domain.assessment import Assessment, Finding
from scenewright.domain.base import Value
from scenewright.domain.screenplay import Script, ScriptScene
from scenewright.domain.show import EpisodePlan, Joke, PlacedCallback, Show
from scenewright.domain.speech import Clip

NARRATOR = "narrator"  # who reads headings and directions


class Patch(Value):
    """One change to one element. It applies to what it was made for and to nothing else: `base` says to what."""

    scene: str
    element: str
    base: str  # digest of the element as it was
    op: Literal["replace", "insert", "remove"] = "replace"  # insert: behind the element
    text: str = ""
    character: str = ""  # who says an inserted line; "" = a direction
    parenthetical: str | None = None  # None = as it was
    why: str = ""  # what it is better at, for people


class Change(Value):
    """A patch that was applied, and by which step."""

    step: str  # "comedy", "refine 1"
    patch: Patch
    before: str  # the text that it replaced, or stands behind


class Utterance(Value):
    """One thing that is read aloud at the table."""

    element: str  # id of the element; "" = the scene's heading
    speaker: str  # id of a character, or NARRATOR
    text: str
    pause: float = Field(default=0.0, ge=0)  # seconds of silence before it
    dual: bool = False  # begins together with the one before it


class Spoken(Value):
    """An utterance and its sound."""

    utterance: Utterance
    clip: Clip


class SceneRead(Value):
    """The table read of one scene, in order."""

    scene: str
    spoken: tuple[Spoken, ...] = ()


class SceneProblem(Value):
    """A planned scene that is not in the script, and why."""

    scene: str
    title: str
    status: Literal["failed", "skipped", "missing"]
    problem: str = ""


class Episode(Value):
    """The work as it is handed out."""

    format: Literal["scenewright.episode"] = "scenewright.episode"
    version: Literal[1] = 1
    id: str = ""
    title: str
    language: str = "en"  # BCP 47
    written_by: str = ""  # "provider:model" or "offline"
    note: str = ""  # said to readers, for example that no model wrote this
    show: Show
    plan: EpisodePlan
    script: Script
    seconds: dict[str, float] = Field(default_factory=dict)  # scene -> its running time, estimated from its text
    quality: Assessment | None = None  # of `script` as it stands; None if nothing is written yet
    findings: tuple[Finding, ...] = ()  # of a model that reviewed it
    jokes: tuple[Joke, ...] = ()
    callbacks: tuple[PlacedCallback, ...] = ()
    changes: tuple[Change, ...] = ()  # by the comedy pass and the refinement, in order
    edited: tuple[str, ...] = ()  # scenes that a person wrote
    locked: tuple[str, ...] = ()
    problems: tuple[SceneProblem, ...] = ()
    read: tuple[SceneRead, ...] = ()  # the table read; empty if there is none

    @property
    def scenes(self) -> tuple[ScriptScene, ...]:
        return self.script.scenes

    def scene(self, number: int | str) -> ScriptScene:
        """By its number as printed, or its id. Raises: KeyError."""
        for scene in self.scenes:
            if str(number) in (scene.number, scene.id):
                return scene
        raise KeyError(number)

    def with_character(self, character: str) -> tuple[ScriptScene, ...]:
        """Scenes in which somebody speaks, by id or by name."""
        ids = {
            person.id for person in self.script.cast if character.upper() in (person.id.upper(), person.name.upper())
        }
        return tuple(
            scene
            for scene in self.scenes
            if any(each.type == "dialogue" and each.character in ids for each in scene.elements)
        )

    def at(self, location: str) -> tuple[ScriptScene, ...]:
        """Scenes at a set, by its id, its name or its name in the headings."""
        names = {location.upper()}
        for place in self.show.sets:
            if location.upper() in (place.id.upper(), place.name.upper()):
                names |= {place.name.upper(), *(alias.upper() for alias in place.aliases)}
        return tuple(scene for scene in self.scenes if scene.slug.place.upper() in names)
