"""Lines and directions as a model wrote them, as parts of ours. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json
from scenewright.kinds.episode.draft import Beat, Line
from scenewright.kinds.episode.llm import clean
from scenewright.kinds.episode.llm.names import finder
from scenewright.kinds.mending import member, nearest, text

COMES_BEHIND = {  # phases of a physical gag -> the last one before it
    "setup": ("", "resolution"),
    "escalation": ("setup", "escalation"),
    "climax": ("setup", "escalation"),
    "resolution": ("climax",),
}
_SHOT = re.compile(  # in capitals, and none that could be somebody's name: DOLLY enters.
    r"^(?:CLOSE(?:-UP| UP| ON)|ANGLE ON|INSERT|TRACKING|WIDE SHOT|POV|RACK FOCUS|(?:THE )?CAMERA|"
    r"(?:PAN|DOLLY|ZOOM|CRANE|PUSH|PULL) (?:TO|ON|IN|OUT|UP|DOWN|ACROSS|BACK|LEFT|RIGHT|SHOT))\b|"
    r"\b[Tt]he camera (?:pans|zooms|pushes|pulls|tracks|follows|holds|moves)\b"
)
_TRANSITION = re.compile(r"^(?:[A-Z]+ )*(?:CUT|DISSOLVE|FADE|WIPE|MATCH CUT)(?: [A-Z]+)*[:.]?$")


def line(value: Json, number: int, people: Mapping[str, str]) -> Line | None:
    """`people`: id -> name of who may speak. None if nobody is known to say it, or it says nothing."""
    who = finder(people)(member(value, "character"))
    spoken, how = clean.said(member(value, "text"), list(people.values()))
    if not who or not spoken:
        return None
    return Line(
        id=f"l{number}",
        character=who,
        text=spoken,
        parenthetical=clean.parenthetical(member(value, "parenthetical")) or how,
        extension=clean.extension(member(value, "extension")),
        dual=number > 1 and member(value, "dual") is True,
    )


def beat(value: Json, before: Sequence[Mapping[str, Any]], lines: Sequence[str], *, multi: bool) -> Beat | None:
    """`before`: beats of the scene so far. `lines`: their ids. `multi`: no shots.

    A line that does not exist is the nearest, or the scene as a whole. A phase of physical comedy that cannot follow
    on what came before is none.
    """
    told = clean.direction(member(value, "text"))
    camera = is_shot(told) or member(value, "camera") is True
    transition = member(value, "transition") is True or bool(_TRANSITION.match(told))
    if not told or (camera and multi and not transition):
        return None
    where, comedy = text(member(value, "where")), text(member(value, "comedy"))
    return Beat(
        id=f"d{len(before) + 1}",
        text=told.upper().rstrip(".:") + ":" if transition else told,
        where="with" if where == "with" else "after" if where == "after" else "before",
        line=place(member(value, "line"), lines),
        comedy="" if transition else _phase(comedy, before),
        camera=camera and not transition,
        transition=transition,
    )


def is_shot(told: str) -> bool:
    """Whether a direction is a suggestion for the camera."""
    return bool(_SHOT.search(told))


def place(value: Json, ids: Sequence[str]) -> str:
    """The line that is meant: "l4", "s3.l4" and 4 are the same; "" if there is none."""
    wanted = text(value).strip("[]").rpartition(".")[2].lower()
    wanted = f"l{wanted}" if wanted.isdecimal() else wanted
    if wanted in ids or wanted[-1:].isdecimal():  # l9 is not nearly l8
        return wanted if wanted in ids else ""
    return nearest(wanted, ids)


def _phase(value: str, before: Sequence[Mapping[str, Any]]) -> Any:
    last = next((each["comedy"] for each in reversed(before) if each["comedy"]), "")
    return value if last in COMES_BEHIND.get(value, ()) else ""
