"""A show that a model invented, as a bible of ours. What the person gave goes before it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from scenewright.domain.base import Json
from scenewright.domain.show import Character, ContinuityFact, RunningGag, SetPlace, Show, VoiceProfile
from scenewright.kinds.episode.llm.clean import clean, cleans, terms
from scenewright.kinds.episode.llm.names import finder, found_in, free
from scenewright.kinds.mending import listed, member

T = TypeVar("T", bound=SetPlace | RunningGag | ContinuityFact)
INTERIORS = ("INT.", "EXT.", "INT./EXT.")
MOST_PEOPLE, MOST = 12, 24


def invented(value: Json, given: Show, title: str) -> Show | None:
    """`given`: what the person said of the show. None if nobody is in it. `title`: if there is no other."""
    people = _people(member(value, "characters"))
    if not people:
        return None
    return given.model_copy(
        update={
            "title": given.title or clean(member(value, "title")) or title,
            "logline": given.logline or clean(member(value, "logline")),
            "tone": given.tone or clean(member(value, "tone")),
            "characters": people,
            "sets": _with(given.sets, _sets(member(value, "sets"))),
            "gags": _with(given.gags, _gags(member(value, "gags"))),
            "facts": _with(given.facts, facts(member(value, "facts"), people, ())),
            "rules": tuple(dict.fromkeys([*given.rules, *cleans(member(value, "rules"))])),
        }
    )


def facts(value: Json, people: Sequence[Character], taken: Sequence[str]) -> tuple[ContinuityFact, ...]:
    """`taken`: ids that are not free any more."""
    find = finder({each.id: each.name for each in people})
    found = list[ContinuityFact]()
    for raw in listed(value)[:MOST]:
        if told := clean(member(raw, "text")):
            ident = free(_short(told), [*taken, *(each.id for each in found)], "f")
            known = found_in(listed(member(raw, "known_by")), find)
            found.append(ContinuityFact(id=ident, text=told, terms=terms(member(raw, "terms")), known_by=known))
    return tuple(found)


def interior(value: Json) -> Any:
    """INT. unless it says something else that there is."""
    wanted = clean(value).upper().rstrip(".")
    return next((each for each in INTERIORS if each.rstrip(".") == wanted), "INT.")


def _people(value: Json) -> tuple[Character, ...]:
    found, raws = list[Character](), list[Json]()
    for raw in listed(value):
        name = _name(member(raw, "name"))
        if not name or len(found) == MOST_PEOPLE or name.upper() in (each.name.upper() for each in found):
            continue
        ident = free(name, [each.id for each in found], "c")
        found.append(Character(id=ident, name=name))
        raws.append(raw)
    find = finder({each.id: each.name for each in found})
    return tuple(_described(who, raw, find) for who, raw in zip(found, raws, strict=True))


def _described(who: Character, raw: Json, find: Callable[[Json], str]) -> Character:
    texts = {key: clean(member(raw, key)) for key in ("description", "education", "background", "humour")}
    relations = [
        (find(member(each, "to")), clean(member(each, "what"))) for each in listed(member(raw, "relationships"))
    ]
    kept = {to: what for to, what in relations if to and what and to != who.id}
    return who.model_copy(update={**texts, "voice": _voice(raw), "relationships": kept})


def _voice(raw: Json) -> VoiceProfile:
    length = clean(member(raw, "sentence_length")).lower()
    return VoiceProfile(
        vocabulary=terms(member(raw, "vocabulary")),
        sentence_shape=clean(member(raw, "sentence_shape")),
        sentence_length=length if length in ("short", "medium", "long") else "",
        tics=terms(member(raw, "tics")),
        catchphrases=terms(member(raw, "catchphrases")),
        emotional_range=clean(member(raw, "emotional_range")),
        speech_patterns=cleans(member(raw, "speech_patterns")),
    )


def _sets(value: Json) -> tuple[SetPlace, ...]:
    found = list[SetPlace]()
    for raw in listed(value)[:MOST]:
        name = _name(member(raw, "name"))
        if name and name.upper() not in (each.name.upper() for each in found):
            found.append(_set(raw, name, free(name, [each.id for each in found], "p")))
    return tuple(found)


def _set(raw: Json, name: str, ident: str) -> SetPlace:
    return SetPlace(
        id=ident,
        name=name,
        interior=interior(member(raw, "interior")),
        description=clean(member(raw, "description")),
        props=cleans(member(raw, "props")),
        layout=clean(member(raw, "layout")),
    )


def _gags(value: Json) -> tuple[RunningGag, ...]:
    found = list[RunningGag]()
    for raw in listed(value)[:MOST]:
        if told := clean(member(raw, "text")):
            ident = free(_short(told), [each.id for each in found], "g")
            found.append(RunningGag(id=ident, text=told, terms=terms(member(raw, "terms"))))
    return tuple(found)


def _with(given: Sequence[T], more: Sequence[T]) -> tuple[T, ...]:
    """The person's first; what has the same id is theirs."""
    return tuple({**{each.id: each for each in more}, **{each.id: each for each in given}}.values())


def _name(value: Json) -> str:
    return re.sub(r"\s*\([^)]*\)", "", clean(value)).strip(" .:")[:40]


def _short(told: str) -> str:
    return " ".join(told.split()[:4])


def as_told(show: Mapping[str, Any]) -> Mapping[str, Any]:
    """A bible without what does not concern who writes."""
    people = [{key: value for key, value in each.items() if key != "speaking_voice"} for each in show["characters"]]
    return {**{key: show[key] for key in show if key not in ("format", "version")}, "characters": people}
