"""`work.json` of a classroom: everything a player needs, and nothing else. Versioned, published, read back."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenewright.domain.actions import Action
from scenewright.domain.base import Value
from scenewright.domain.drawing import Drawing
from scenewright.domain.quiz import Quiz
from scenewright.domain.slides import Slide
from scenewright.domain.speech import Cue

FORMAT_VERSION = 1

Content = Annotated[Slide | Quiz, Field(discriminator="type")]


class Voiced(Value):
    """The audio of one speech in an export."""

    src: str  # path relative to work.json; "" if the work has no audio
    duration: float  # seconds; estimated from the text where there is no audio
    cues: tuple[Cue, ...] = ()


class Beat(Value):
    """One action on the timeline, with the page it belongs to and, for speech, its audio."""

    action: Action
    page: int = 0  # index into the scene's pages
    voiced: Voiced | None = None


class Scene(Value):
    id: str
    title: str
    status: Literal["ready", "failed"]
    problem: str = ""  # why it failed, readable
    content: Content | None = None
    pages: tuple[Drawing, ...] = ()  # a slide's pages; empty for a quiz, which the player draws
    beats: tuple[Beat, ...] = ()


class Person(Value):
    id: str
    name: str
    role: Literal["teacher", "student"]


class Asset(Value):
    """A file that belongs to the work."""

    name: str  # how marks and blocks refer to it
    src: str  # path relative to work.json
    media_type: str
    blob: str  # SHA-256 of the bytes


class Classroom(Value):
    format: Literal["scenewright.classroom"] = "scenewright.classroom"
    version: Literal[1] = 1
    id: str
    title: str
    language: str  # BCP 47
    objectives: tuple[str, ...] = ()
    written_by: str  # "offline" or "provider:model"
    note: str = ""  # said to the reader, for example that no model wrote this
    sources: tuple[str, ...] = ()
    people: tuple[Person, ...]
    scenes: tuple[Scene, ...]
    assets: tuple[Asset, ...] = ()
    formulas: dict[str, str] = Field(default_factory=dict)  # LaTeX in a quiz's text -> presentation MathML
