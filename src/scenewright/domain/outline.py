"""The plan of a classroom: a header, then one outline for each scene, with a contract at each seam."""

from __future__ import annotations

from typing import Literal

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
    handoff: Handoff = Handoff()
