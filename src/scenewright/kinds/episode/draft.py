"""A scene's lines and its directions, woven into what stands on the page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from scenewright.domain.base import Value
from scenewright.domain.screenplay import Action, Dialogue, Element, Transition

LONGEST_PARENTHETICAL = 40  # characters; what is longer stands before the line


class Line(Value):
    """A part of the step `dialogue`."""

    id: str  # "l1", "l2" ...
    character: str  # id
    text: str
    parenthetical: str = ""  # how it is said; without its brackets
    extension: str = ""  # V.O., O.S. ...
    dual: bool = False  # spoken at the same time as the line before it


class Beat(Value):
    """A part of the step `directions`."""

    id: str  # "d1", "d2" ...
    text: str
    where: Literal["before", "with", "after"] = "before"
    line: str = ""  # id of the line; "" = of the scene as a whole: before its first, after its last
    comedy: Literal["", "setup", "escalation", "climax", "resolution"] = ""  # of a physical gag
    camera: bool = False  # a suggestion for the camera; single-camera shows only
    transition: bool = False  # CUT TO: and the like


def woven(lines: Sequence[Line], beats: Sequence[Beat]) -> tuple[Element, ...]:
    """The elements of a scene in order. Beats of a line that does not exist belong to the scene as a whole."""
    named = {line.id for line in lines}
    placed: dict[tuple[str, str], list[Beat]] = {}
    for beat in beats:
        line = beat.line if beat.line in named else ""
        placed.setdefault((line, beat.where), []).append(beat)
    return tuple(_elements(lines, placed))


def _elements(lines: Sequence[Line], placed: dict[tuple[str, str], list[Beat]]) -> Iterator[Element]:
    def at(line: str, *where: str) -> Iterator[Element]:
        for place in where:
            yield from map(_direction, placed.get((line, place), ()))

    yield from at("", "before", "with")
    for line in lines:
        yield from at(line.id, "before")
        beside = placed.get((line.id, "with"), [])
        short = next((beat for beat in beside if _fits(line, beat)), None)
        yield from (_direction(beat) for beat in beside if beat is not short)
        yield _spoken(line, short)
        yield from at(line.id, "after")
    yield from at("", "after")


def _fits(line: Line, beat: Beat) -> bool:
    """Whether it can stand in brackets between name and line."""
    return not (line.parenthetical or beat.camera or beat.transition) and len(beat.text) <= LONGEST_PARENTHETICAL


def _spoken(line: Line, beside: Beat | None) -> Element:
    parenthetical = line.parenthetical or (_lowered(beside.text) if beside else "")
    return Dialogue(**{**line.model_dump(), "parenthetical": parenthetical})


def _lowered(text: str) -> str:
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:]


def _direction(beat: Beat) -> Element:
    if beat.transition:
        return Transition(id=beat.id, text=beat.text)
    return Action(id=beat.id, text=beat.text, camera=beat.camera, comedy=beat.comedy)
