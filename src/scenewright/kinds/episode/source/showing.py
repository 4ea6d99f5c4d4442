"""The show of a file as the value that the rest knows: ids given, names resolved. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.episode import NARRATOR
from scenewright.domain.show import Character, ContinuityFact, RunningGag, SetPlace, Show, VoiceProfile
from scenewright.kinds.episode.source.forms import CharacterForm, FactForm, ShowForm
from scenewright.kinds.episode.source.names import Names, Wrong, free, ident, same, short
from scenewright.kinds.episode.source.tree import Place

Made = tuple[str, ...]  # ids, one for each item


@dataclass(kw_only=True)
class World:
    """What the scenes of an episode may refer to."""

    characters: Names
    gags: Names
    facts: dict[str, ContinuityFact] = field(default_factory=dict)  # by id and by text, as `same` spells them
    sets: tuple[SetPlace, ...] = ()


def unknown_world() -> World:
    """Of a show that is not there yet."""
    return World(characters=Names("character", known=False), gags=Names("running gag", known=False))


def world_of(show: Show) -> World:
    characters, gags = Names("character"), Names("set-up or running gag")
    for each in show.characters:
        characters.add(each.id, each.name)
    for gag in show.gags:
        gags.add(gag.id, gag.text)
    facts = {same(key): fact for fact in show.facts for key in (fact.text, fact.id)}
    return World(characters=characters, gags=gags, facts=facts, sets=show.sets)


def ids_of(forms: Sequence[Any], names: Sequence[str], what: str, place: Place, taken: Sequence[str] = ()) -> Made:
    """The given ids, and one made of the name for who has none. Raises: Wrong: an id is given twice."""
    used: dict[str, int] = {}
    for index, form in enumerate(forms):
        if form.id and (form.id in used or form.id in taken):
            raise Wrong((*place, index, "id"), f"is the id of another {what}, too ({form.id}); give it its own")
        if form.id:
            used[form.id] = index
    reserved = {*used, *taken}
    made = []
    for index, (form, name) in enumerate(zip(forms, names, strict=True), 1):
        made.append(form.id or free(ident(name, f"{what}-{index}"), reserved))
        reserved.add(made[-1])
    return tuple(made)


def show_of_form(form: ShowForm, place: Place = ()) -> Show:
    """Raises: Wrong."""
    characters = _characters(form.characters, (*place, "characters"))
    names = Names("character")
    for each in characters:
        names.add(each.id, each.name)
    _apart([each.name for each in form.characters], "character", (*place, "characters"))
    return Show(
        id=form.id,
        title=form.title,
        logline=form.logline,
        tone=form.tone,
        camera="multi" if form.format == "multi-camera" else "single",
        minutes=form.minutes,
        language=form.language,
        characters=related(form.characters, characters, names, (*place, "characters")),
        sets=_sets(form, (*place, "sets")),
        gags=_gags(form, (*place, "gags")),
        facts=facts_of(form.facts, names, (*place, "facts")),
        rules=form.rules,
    )


def _characters(forms: Sequence[CharacterForm], place: Place) -> tuple[Character, ...]:
    for index, form in enumerate(forms):
        if form.id == NARRATOR:
            raise Wrong((*place, index, "id"), f"{NARRATOR!r} is who reads the directions; give another id")
    ids = ids_of(forms, [form.name for form in forms], "character", place, taken=(NARRATOR,))
    return tuple(_character(form, made) for made, form in zip(ids, forms, strict=True))


def _character(form: CharacterForm, made: str) -> Character:
    rest = form.model_dump(exclude={"id", "voice", "relationships"})
    return Character(id=made, voice=VoiceProfile(**form.voice.model_dump()), **rest)


def related(
    forms: Sequence[CharacterForm], characters: Sequence[Character], names: Names, place: Place
) -> tuple[Character, ...]:
    """The characters with their relationships, by id."""
    found = []
    for index, (form, each) in enumerate(zip(forms, characters, strict=True)):
        at = (*place, index, "relationships")
        to = {names.resolve(name, (*at, name)): text for name, text in form.relationships.items()}
        found.append(each.model_copy(update={"relationships": to}))
    return tuple(found)


def _apart(names: Sequence[str], what: str, place: Place) -> None:
    """Two of one name cannot be told apart on a page."""
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        if seen.setdefault(same(name), index) != index:
            raise Wrong((*place, index), f"is the second {what} called {short(name)}; give it a name of its own")


def _sets(form: ShowForm, place: Place) -> tuple[SetPlace, ...]:
    ids = ids_of(form.sets, [each.name for each in form.sets], "set", place)
    _apart([each.name for each in form.sets], "set", place)
    return tuple(
        SetPlace(id=made, **each.model_dump(exclude={"id"})) for made, each in zip(ids, form.sets, strict=True)
    )


def _gags(form: ShowForm, place: Place) -> tuple[RunningGag, ...]:
    ids = ids_of(form.gags, [each.text for each in form.gags], "gag", place)
    return tuple(
        RunningGag(id=made, **each.model_dump(exclude={"id"})) for made, each in zip(ids, form.gags, strict=True)
    )


def facts_of(
    forms: Sequence[FactForm], names: Names, place: Place, taken: Sequence[str] = ()
) -> tuple[ContinuityFact, ...]:
    """`taken`: ids of other facts. Raises: Wrong."""
    ids = ids_of(forms, [form.text for form in forms], "fact", place, taken)
    return tuple(
        fact_of(form, made, names, (*place, index)) for index, (form, made) in enumerate(zip(forms, ids, strict=True))
    )


def fact_of(form: FactForm, made: str, names: Names, place: Place) -> ContinuityFact:
    known = [names.resolve(name, (*place, "known_by", at)) for at, name in enumerate(form.known_by)]
    return ContinuityFact(id=made, **form.model_dump(exclude={"id", "known_by"}), known_by=tuple(dict.fromkeys(known)))


def guests_of(forms: Sequence[CharacterForm], world: World, place: Place) -> tuple[Character, ...]:
    """Characters of one episode, who may be related to those of the show. Raises: Wrong."""
    for index, form in enumerate(forms):
        for key in ("id", "name"):
            if world.characters.known and getattr(form, key) in world.characters:
                raise Wrong((*place, index, key), f"is in the show already ({short(form.name)}); leave the guest out")
    _apart([form.name for form in forms], "guest", place)
    taken = world.characters.ids
    ids = ids_of(forms, [form.name for form in forms], "guest", place, taken=(NARRATOR, *taken))
    guests = tuple(_character(form, made) for made, form in zip(ids, forms, strict=True))
    for each in guests:
        world.characters.add(each.id, each.name)
    return related(forms, guests, world.characters, place)
