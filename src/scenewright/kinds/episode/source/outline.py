"""An outline in Fountain or Final Draft: headings with what happens under them, and nobody speaks yet.

Sections are acts and titles of scenes. The first synopsis of a scene is its purpose; further ones, notes and
directions are its beats. Notes that begin with a word and a colon say more: see `_NOTES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from scenewright.documents.draft import Draft
from scenewright.documents.fdx import read_fdx
from scenewright.documents.fountain import NOTE_LEFT_OUT, read_fountain
from scenewright.domain.base import Json
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Act, Dialogue, Script, ScriptScene
from scenewright.domain.show import Character, Show
from scenewright.kinds.episode.source.binding import PERHAPS
from scenewright.kinds.episode.source.doubts import doubts
from scenewright.kinds.episode.source.forms import EpisodeForm
from scenewright.kinds.episode.source.names import Wrong, free, ident, listed, same, short
from scenewright.kinds.episode.source.people import called, named
from scenewright.kinds.episode.source.planning import plan_of_form
from scenewright.kinds.episode.source.showing import unknown_world, world_of
from scenewright.kinds.episode.source.tree import canonical
from scenewright.kinds.episode.source.wording import sentence, told
from scenewright.kinds.plugin import Read, Source
from scenewright.text.sentences import sentences

MOST_PEOPLE = 60
_NOTES = {  # [[comic: he slips]], [[set-up spoon: he has a spoon]], [[pay-off spoon: it saves him]]
    "beat": "beats",
    "comic": "comic_beats",
    "comic_beat": "comic_beats",
    "story": "story",
    "seconds": "seconds",
    "act_out": "act_out",
    "set_up": "setups",
    "pay_off": "payoffs",
    "setups": "setups",
    "payoffs": "payoffs",
    "setup": "setups",
    "payoff": "payoffs",
    "callback": "callbacks",
}
_NOTE = re.compile(r"(?P<word>(?:act|set|pay|comic)[ -]?\w+|[a-z]+)(?: +(?P<key>[\w-]{1,64}))?:\s*(?P<text>.+)", re.I)


def read_outline(source: Source) -> Read:
    """Raises: BadInput: it cannot be read, or it is a script with dialogue, or its notes contradict each other."""
    reader = read_fdx if PurePath(source.name).suffix.lower() == ".fdx" else read_fountain
    draft = reader(source.data, source.name)
    _refuse_dialogue(draft.script, source.name)
    scenes = [_scene(draft, scene, act) for act in draft.script.acts for scene in act.scenes]
    try:
        return _fields(draft, scenes)
    except (Wrong, ValidationError) as exc:
        raise _bad(source.name, draft.script, exc) from exc


def _refuse_dialogue(script: Script, name: str) -> None:
    for scene in script.scenes:
        for element in scene.elements:
            if isinstance(element, Dialogue):
                raise BadInput(
                    f"{name} is a script, not an outline: somebody speaks in scene {scene.number} "
                    f"({short(scene.slug.place)}). Bring it into its work with `scenewright import ID {name}`, or take "
                    "the dialogue out; a direction in capitals begins with an exclamation mark."
                )


def _fields(draft: Draft, scenes: Sequence[dict[str, Any]]) -> Read:
    script = draft.script
    show = None if script.show else _show(script, scenes)
    form = EpisodeForm.model_validate({"title": script.title, "logline": script.logline, "scenes": scenes})
    plan = plan_of_form(form, unknown_world() if show is None else world_of(show), ())
    details: dict[str, Json] = {"show": script.show if show is None else show.model_dump(mode="json")}
    if script.title:
        details["title"] = form.title
    if plan is not None:
        details["plan"] = plan.model_dump(mode="json")
    language = {"language": script.language} if script.language != "en" else {}
    said = [warning for warning in draft.warnings if not warning.startswith(NOTE_LEFT_OUT)]
    said += _found(show) + (doubts(None, plan) if plan is not None else [])
    return Read(fields={"kind": "episode", **language, "details": details}, warnings=tuple(said))


def _found(show: Show | None) -> list[str]:
    if show is None or not show.characters:
        return []
    names = listed(each.name for each in show.characters)
    return [f"Taken for characters, because they stand in capitals or after @: {names}."]


def _show(script: Script, scenes: Sequence[dict[str, Any]]) -> Show:
    """What the title page tells of it, and who is named. Scenes get the names without their marks."""
    people: dict[str, Character] = {}
    for scene in scenes:
        scene["characters"] = [name.removeprefix(PERHAPS) for name in scene["characters"]]
        for name in scene["characters"]:
            if same(name) not in people and len(people) < MOST_PEOPLE:
                taken = {"narrator", *(each.id for each in people.values())}
                made = free(ident(name, f"character-{len(people) + 1}"), taken)
                people[same(name)] = Character(id=made, name=name.title() if name.isupper() else name)
        scene["characters"] = [name for name in scene["characters"] if same(name) in people]
    return Show(
        title=short(script.title, 300),
        language=script.language,
        camera=script.camera,
        characters=tuple(people.values()),
    )


def _scene(draft: Draft, scene: ScriptScene, act: Act) -> dict[str, Any]:
    """Fields of a SceneForm."""
    synopsis = [line for line in scene.synopsis.split("\n") if line.strip()]
    found: dict[str, Any] = {"beats": [], "comic_beats": [], "setups": [], "payoffs": [], "callbacks": []}
    for line in (*synopsis[1:], *draft.notes.get(scene.id, ()), *_directions(scene)):
        _put(found, line)
    purpose = synopsis[0] if synopsis else ""
    if not found["beats"] and len(pieces := sentences(purpose, draft.script.language)) > 1:
        found["beats"] = pieces
    texts = [purpose, *found["beats"], *found["comic_beats"], found.get("act_out", "")]
    return {
        **_plain(found),
        "act": act.name,
        "title": scene.title,
        "slug": {"interior": scene.slug.interior, "place": scene.slug.place, "time": scene.slug.time},
        "purpose": called(purpose),
        "characters": _people(texts),
    }


def _people(texts: Sequence[str]) -> list[str]:
    found = dict.fromkeys(name for text in texts for name in named(text))
    return list(found)[:MOST_PEOPLE]


def _directions(scene: ScriptScene) -> Iterator[str]:
    for element in scene.elements:
        if element.type == "action":
            yield " ".join(element.text.split())


def _put(found: dict[str, Any], line: str) -> None:
    note = _NOTE.fullmatch(line.strip())
    field = _NOTES.get(canonical(note["word"]), "") if note else ""
    if note is None or not field:
        found["beats"].append(line)
    elif field in ("story", "seconds", "act_out"):
        found[field] = note["text"]
    elif field in ("setups", "payoffs", "callbacks"):
        key = {"setups": "id", "payoffs": "setup", "callbacks": "to"}[field]
        found[field].append({key: note["key"], "text": note["text"]} if note["key"] else {"text": note["text"]})
    else:
        found[field].append(note["text"])


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """Without the marks of names."""
    return {
        field: [called(each) if isinstance(each, str) else {**each, "text": called(each["text"])} for each in value]
        if isinstance(value, list)
        else called(value)
        for field, value in found.items()
    }


def _bad(name: str, script: Script, exc: Wrong | ValidationError) -> BadInput:
    place, what = (exc.place, exc.what) if isinstance(exc, Wrong) else told(exc)
    at = next((step for step in place if isinstance(step, int)), None)
    if at is None or at >= len(script.scenes):
        return BadInput(sentence(f"{name}: {place[0] if place else 'the outline'} {what}"))
    scene, field = script.scenes[at], str(next((step for step in reversed(place) if isinstance(step, str)), ""))
    return BadInput(sentence(f"{name}, scene {scene.number} ({short(scene.slug.place)}): {field} {what}"))
