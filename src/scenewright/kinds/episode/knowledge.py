"""What a scene's author is told of the show, and what its characters know when it begins. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenewright.domain.base import Json
from scenewright.domain.show import ContinuityFact, ScenePlan, Show


def bible_for(show: Show, plan: ScenePlan) -> Json:
    """The bible as far as it concerns the scene, so that a change of the rest makes nothing anew.

    Whoever is not in the scene is there by name only; sets other than its own are left out.
    """
    told = show.model_dump(mode="json", exclude={"format", "version", "characters", "sets", "facts"})
    inside = set(plan.characters)
    told["characters"] = [
        each.model_dump(mode="json", exclude={"speaking_voice"}) for each in show.characters if each.id in inside
    ]
    told["others"] = [{"id": each.id, "name": each.name} for each in show.characters if each.id not in inside]
    place = plan.slug.place.upper()
    told["sets"] = [
        each.model_dump(mode="json")
        for each in show.sets
        if place in (each.name.upper(), *(alias.upper() for alias in each.aliases))
    ]
    return told


def known_before(show: Show, earlier: Sequence[ScenePlan], plan: ScenePlan) -> Json:
    """Who knows what when the scene begins.

    {"everybody": [texts], "known": {character id: [texts]}, "unknown": {character id: [texts]}}; a fact that a scene
    reveals is known from there on to those who are in it.
    """
    secrets = [fact for fact in show.facts if fact.known_by]
    revealed = [(fact, frozenset(before.characters)) for before in earlier for fact in before.reveals]
    known: dict[str, list[str]] = {}
    unknown: dict[str, list[str]] = {}
    for who in plan.characters:
        told = {fact.id for fact, present in revealed if who in present}
        facts = list(_unlike([*secrets, *(fact for fact, _ in revealed)]))
        known[who] = [fact.text for fact in facts if who in fact.known_by or fact.id in told]
        unknown[who] = [fact.text for fact in facts if who not in fact.known_by and fact.id not in told]
    return {"everybody": [fact.text for fact in show.facts if not fact.known_by], "known": known, "unknown": unknown}


def _unlike(facts: Iterable[ContinuityFact]) -> Iterable[ContinuityFact]:
    """Each fact once."""
    return {fact.id: fact for fact in facts}.values()
