"""An outline in Fountain or Final Draft: headings with what happens under them, and nobody speaks yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from scenewright.documents.draft import Draft
from scenewright.documents.fdx import read_fdx
from scenewright.documents.fountain import NOTE_LEFT_OUT, read_fountain
from scenewright.domain.base import Json
from scenewright.domain.episode import NARRATOR
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Dialogue, Script
from scenewright.domain.show import Character, Show
from scenewright.kinds.episode.source.doubts import doubts
from scenewright.kinds.episode.source.forms import EpisodeForm
from scenewright.kinds.episode.source.names import Wrong, free, ident, listed, same, short
from scenewright.kinds.episode.source.notes import retold, scene_fields, texts_of
from scenewright.kinds.episode.source.people import NAMED, mentioned, named, told
from scenewright.kinds.episode.source.planning import plan_of_form
from scenewright.kinds.episode.source.showing import unknown_world, world_of
from scenewright.kinds.episode.source.wording import first_of, sentence
from scenewright.kinds.plugin import Read, Source

MOST_PEOPLE = 60


def read_outline(source: Source) -> Read:
    """Raises: BadInput: it cannot be read, or it is a script with dialogue, or its notes contradict each other."""
    reader = read_fdx if PurePath(source.name).suffix.lower() == ".fdx" else read_fountain
    draft = reader(source.data, source.name)
    _refuse_dialogue(draft.script, source.name)
    scenes = [scene_fields(draft, scene, act.name) for act in draft.script.acts for scene in act.scenes]
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
    peopled = [_peopled(scene, show) for scene in scenes]
    form = EpisodeForm.model_validate({"title": script.title, "logline": script.logline, "scenes": peopled})
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


def _peopled(scene: dict[str, Any], show: Show | None) -> dict[str, Any]:
    """With who is in it; of a kept show, `bound` tells."""
    texts = list(texts_of(scene))
    if show is None:
        sure = (name for text in texts for name in named(text) if f"@{name}" in text)
        return {**scene, "characters": [*dict.fromkeys(sure), NAMED]}
    names = [each.name for each in show.characters]
    quiet = retold(scene, lambda text: told(text, names))
    return {**quiet, "characters": mentioned(texts_of(quiet), names)}


def _found(show: Show | None) -> list[str]:
    if show is None or not show.characters:
        return []
    names = listed(each.name for each in show.characters)
    return [f"Taken for characters, because they stand in capitals or after @: {names}."]


def _show(script: Script, scenes: Sequence[dict[str, Any]]) -> Show:
    """What the title page tells of it, and who is named."""
    people: dict[str, Character] = {}
    for name in (name for scene in scenes for text in texts_of(scene) for name in named(text)):
        if same(name) not in people and len(people) < MOST_PEOPLE:
            made = free(ident(name, "character"), {NARRATOR, *(each.id for each in people.values())})
            people[same(name)] = Character(id=made, name=name.title() if name.isupper() else name)
    return Show(
        title=short(script.title, 300),
        language=script.language,
        camera=script.camera,
        characters=tuple(people.values()),
    )


def _bad(name: str, script: Script, exc: Wrong | ValidationError) -> BadInput:
    place, what = (exc.place, exc.what) if isinstance(exc, Wrong) else first_of(exc)
    at = next((step for step in place if isinstance(step, int)), None)
    if at is None or at >= len(script.scenes):
        return BadInput(sentence(f"{name}: {place[0] if place else 'the outline'} {what}"))
    scene, field = script.scenes[at], str(next((step for step in reversed(place) if isinstance(step, str)), ""))
    return BadInput(sentence(f"{name}, scene {scene.number} ({short(scene.slug.place)}): {field} {what}"))
