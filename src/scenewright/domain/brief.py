"""What the person asked for."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from scenewright.domain.base import Value
from scenewright.domain.document import Document


class Speaker(Value):
    """Somebody who is heard in the work."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")
    name: str
    role: Literal["teacher", "student", "narrator", "character"] = "teacher"
    persona: str = ""  # manner and point of view, in a sentence or two; a model reads it
    voice: str = ""  # "engine:voice", for example "espeak:en-us+f3"; empty = chosen for the language


class Brief(Value):
    """A request for one work. Everything a step may read of it is in here; keys and addresses never are."""

    kind: str = "classroom"
    topic: str = ""  # free text, if there is no document
    documents: tuple[Document, ...] = ()
    assets: dict[str, str] = Field(default_factory=dict)  # name of an image in the documents -> its blob
    language: str = ""  # BCP 47 of the finished work; empty = the documents' own
    audience: str = ""
    instructions: str = ""  # wishes in free text
    scenes: int | None = Field(default=None, ge=1, le=10_000)  # wanted number of scenes; None = as fits
    speakers: tuple[Speaker, ...] = ()
    lexicon: dict[str, str] = Field(default_factory=dict)  # written form -> how to say it
    audio: bool = True
    encoding: Literal["opus", "aac", "wav"] = "opus"  # of the clips
    author: Literal["offline", "llm"] = "offline"
    model: str = ""  # "provider:model"
    models: dict[str, str] = Field(default_factory=dict)  # step name -> "provider:model"
    voice: str = ""  # "engine:voice" for whoever leads: the teacher, the narrator
    details: dict[str, Any] = Field(default_factory=dict)  # what only this kind knows of; it says what is in there
