"""The plan of a classroom: a header, then one outline for each scene, with a contract at each seam."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scenewright.domain.actions import Speech
from scenewright.domain.base import Value


class Header(Value):
    """The first part of an outline."""

    type: Literal["header"] = "header"
    title: str
    language: str  # BCP 47
    objectives: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()  # titles of the planned scenes, in order


class Handoff(Value):
    """The planned contract at a seam: what this scene ends on, and what the next one opens on."""

    ends_on: str = ""
    next_opens_on: str = ""


class SceneOutline(Value):
    """One scene as planned. `id` is its own for life; it says nothing about the scene's position."""

    type: Literal["scene"] = "scene"
    id: str
    title: str
    form: Literal["slide", "quiz"] = "slide"
    purpose: str = ""
    key_points: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()  # document section ids that this scene cites
    part: int = Field(default=1, ge=1)  # which share of its sections it takes, where several scenes cite the same ...
    parts: int = Field(default=1, ge=1)  # ... and how many shares there are
    handoff: Handoff = Handoff()


class Carry(Value):
    """What a scene hands to the next one. Empty for the first scene."""

    speeches: tuple[Speech, ...] = ()  # its last ones, in order
    covered: tuple[str, ...] = ()  # titles of the scenes told so far, in order
