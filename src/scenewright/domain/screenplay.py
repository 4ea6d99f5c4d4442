"""A script as a room reads it: scenes with their headings, and what stands in them, line by line."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenewright.domain.base import Value

Interior = Literal["INT.", "EXT.", "INT./EXT."]


class Slug(Value):
    """A scene heading: INT. KITCHEN - NIGHT."""

    interior: Interior = "INT."
    place: str  # the set, as the show calls it
    time: str = ""  # DAY, NIGHT, LATER, CONTINUOUS ...


class Action(Value):
    """A stage direction: what is seen and heard besides speech."""

    type: Literal["action"] = "action"
    id: str  # its own for life within the scene
    text: str
    camera: bool = False  # a suggestion for the camera; single-camera shows only
    comedy: Literal["", "setup", "escalation", "climax", "resolution"] = ""  # its phase of a physical gag


class Dialogue(Value):
    type: Literal["dialogue"] = "dialogue"
    id: str
    character: str  # id of the character
    text: str
    extension: str = ""  # V.O., O.S. ...
    parenthetical: str = ""  # how it is said; without its brackets
    dual: bool = False  # spoken at the same time as the line before it


class Transition(Value):
    type: Literal["transition"] = "transition"
    id: str
    text: str  # CUT TO: ...


Element = Annotated[Action | Dialogue | Transition, Field(discriminator="type")]


class Person(Value):
    """Who is in the cast list."""

    id: str
    name: str  # as it stands over the lines


class ScriptScene(Value):
    id: str
    number: str  # as printed: "1", "2A"
    title: str = ""  # of the outline; not printed
    synopsis: str = ""
    slug: Slug
    elements: tuple[Element, ...] = ()
    seconds: float | None = None  # planned running time


class Act(Value):
    """What a break separates: cold open, acts, tag."""

    name: str  # "COLD OPEN", "ACT ONE", "TAG"
    scenes: tuple[ScriptScene, ...] = ()


class Script(Value):
    """The words of an episode, act by act. Published as a part of domain.episode.Episode."""

    id: str = ""
    show: str = ""
    title: str
    credit: str = "Written by"
    written_by: str = ""  # who wrote it, as the title page says; a model's name, or that no model did
    language: str = "en"
    camera: Literal["single", "multi"] = "single"
    logline: str = ""
    cast: tuple[Person, ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def scenes(self) -> tuple[ScriptScene, ...]:
        return tuple(scene for act in self.acts for scene in act.scenes)
