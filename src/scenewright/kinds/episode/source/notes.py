"""What stands under one heading of an outline, as the fields of a planned scene. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scenewright.documents.draft import Draft
from scenewright.domain.screenplay import ScriptScene
from scenewright.kinds.episode.source.tree import canonical
from scenewright.text.sentences import sentences

_LINES = {"beat": "beats", "comic": "comic_beats", "comic_beat": "comic_beats"}
_ONCE = {"story": "story", "seconds": "seconds", "act_out": "act_out", "handoff": "handoff"}
_THREADS = {  # with the field that stands before the colon: [[pay-off spoon: he paddles with it]]
    "set_up": ("setups", "id"),
    "setups": ("setups", "id"),
    "setup": ("setups", "id"),
    "pay_off": ("payoffs", "setup"),
    "payoffs": ("payoffs", "setup"),
    "payoff": ("payoffs", "setup"),
    "callback": ("callbacks", "to"),
}
_NOTE = re.compile(
    r"(?P<word>(?:act|set|pay|comic)[ -](?:out|up|off|beat)|[a-z]+)(?: +(?P<key>[\w-]{1,64}))?:\s*(?P<text>\S.*)", re.I
)


def scene_fields(draft: Draft, scene: ScriptScene, act: str) -> dict[str, Any]:
    """Of a SceneForm; who is in it is told later.

    The first synopsis is the purpose. Further ones, notes and directions are beats; if there are none, the sentences
    of the purpose are.
    """
    synopsis = [line for line in scene.synopsis.split("\n") if line.strip()]
    found: dict[str, Any] = {
        "act": act,
        "title": scene.title,
        "slug": {"interior": scene.slug.interior, "place": scene.slug.place, "time": scene.slug.time},
        "purpose": synopsis[0] if synopsis else "",
        "beats": [],
        "comic_beats": [],
    }
    for line in (*synopsis[1:], *draft.notes.get(scene.id, ()), *_directions(scene)):
        _put(found, line.strip())
    pieces = sentences(found["purpose"], draft.script.language)
    if not found["beats"] and len(pieces) > 1:
        found["beats"] = pieces
    return found


def _directions(scene: ScriptScene) -> Iterator[str]:
    for element in scene.elements:
        if element.type == "action":
            yield " ".join(element.text.split())


def _put(found: dict[str, Any], line: str) -> None:
    note = _NOTE.fullmatch(line)
    word = canonical(note["word"]) if note else ""
    if note is not None and word in _THREADS:
        field, key = _THREADS[word]
        thread = {"text": note["text"], **({key: note["key"]} if note["key"] else {})}
        found[field] = [*found.get(field, ()), thread]
    elif note is not None and word in _ONCE and not note["key"]:
        found[_ONCE[word]] = note["text"]
    elif note is not None and word in _LINES and not note["key"]:
        found[_LINES[word]].append(note["text"])
    elif line:
        found["beats"].append(line)


def texts_of(scene: Mapping[str, Any]) -> Iterator[str]:
    """What is told of a scene, in its order; of its fields, or of the plan that was made of them."""
    yield scene.get("purpose", "")
    yield from scene.get("beats", ())
    yield from scene.get("comic_beats", ())
    for field in ("setups", "payoffs", "callbacks"):
        yield from (each["text"] for each in scene.get(field, ()))
    yield scene.get("act_out", "")


def retold(scene: Mapping[str, Any], tell: Any) -> dict[str, Any]:
    """The scene with `tell` applied to each of these texts."""
    found = dict(scene)
    for field in ("purpose", "act_out"):
        if found.get(field):
            found[field] = tell(found[field])
    for field in ("beats", "comic_beats"):
        found[field] = [tell(text) for text in found.get(field, ())]
    for field in ("setups", "payoffs", "callbacks"):
        found[field] = [{**each, "text": tell(each["text"])} for each in found.get(field, ())]
    return found
