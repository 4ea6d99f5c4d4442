"""An outline that names a kept show, once the show is there: its names become ids. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.errors import BadInput
from scenewright.domain.show import Callback, Character, ContinuityFact, EpisodePlan, ScenePlan, Show
from scenewright.kinds.episode.source.names import Names, Wrong, same
from scenewright.kinds.episode.source.notes import retold, texts_of
from scenewright.kinds.episode.source.people import NAMED, mentioned, told
from scenewright.kinds.episode.source.planning import slug_in
from scenewright.kinds.episode.source.showing import World, world_of
from scenewright.kinds.episode.source.wording import sentence


def bound(details: Mapping[str, Json], show: Show) -> dict[str, Json]:
    """`details` as `read` gave them, with the show itself instead of its name. They fit EpisodeDetails.

    Guests join its characters; one who is there by name or id is the one who is there.
    Raises: BadInput: the outline refers to somebody or something that the show lacks.
    """
    found: dict[str, Any] = {name: value for name, value in details.items() if name != "guests"}
    guests = [Character.model_validate(each) for each in details.get("guests", ())]
    try:
        show, world = _with_guests(show, guests)
        found["show"] = show.model_dump(mode="json")
        if plan := details.get("plan"):
            found["plan"] = _plan(EpisodePlan.model_validate(plan), world).model_dump(mode="json")
    except Wrong as exc:
        raise BadInput(sentence(f"The outline does not fit the show {show.title}: {exc.what}")) from exc
    return found


def _with_guests(show: Show, guests: Sequence[Character]) -> tuple[Show, World]:
    names = world_of(show).characters
    there = {guest.id: found for guest in guests if (found := names.known_as(guest.name, guest.id))}
    new = [guest for guest in guests if guest.id not in there]
    for guest in new:
        names.add(guest.id, guest.name)
    for given, found in there.items():
        names.alias(given, found)
    people = [guest.model_copy(update={"relationships": _related(guest, names)}) for guest in new]
    show = show.model_copy(update={"characters": (*show.characters, *people)})
    world = world_of(show)
    for given, found in there.items():
        world.characters.alias(given, found)
    return show, world


def _related(guest: Character, names: Names) -> dict[str, str]:
    return {names.resolve(who, ()): text for who, text in guest.relationships.items()}


def _plan(plan: EpisodePlan, world: World) -> EpisodePlan:
    setups = {each.id for scene in plan.scenes for each in scene.setups}
    return plan.model_copy(update={"scenes": tuple(_scene(scene, world, setups) for scene in plan.scenes)})


def _scene(scene: ScenePlan, world: World, setups: set[str]) -> ScenePlan:
    if NAMED in scene.characters:
        scene = _peopled(scene, world.characters.shown)
    try:
        return scene.model_copy(
            update={
                "slug": slug_in(scene.slug, world.sets),
                "characters": tuple(dict.fromkeys(world.characters.resolve(name, ()) for name in scene.characters)),
                "callbacks": tuple(_callback(each, world.gags, setups) for each in scene.callbacks),
                "reveals": tuple(_fact(each, world) for each in scene.reveals),
            }
        )
    except Wrong as exc:
        raise Wrong(exc.place, f"in the scene {scene.title!r} {exc.what}") from exc


def _peopled(scene: ScenePlan, names: Sequence[str]) -> ScenePlan:
    """An outline that does not list who is in a scene, but tells."""
    quiet = retold(scene.model_dump(mode="json"), lambda text: told(text, names))
    sure = [name for name in scene.characters if name != NAMED]
    return ScenePlan.model_validate({**quiet, "characters": [*sure, *mentioned(texts_of(quiet), names)]})


def _callback(callback: Callback, gags: Names, setups: set[str]) -> Callback:
    if not callback.to or callback.to in setups:
        return callback
    return callback.model_copy(update={"to": gags.resolve(callback.to, ())})


def _fact(fact: ContinuityFact, world: World) -> ContinuityFact:
    known = world.facts.get(same(fact.text))
    if known is not None:
        return known
    who = tuple(dict.fromkeys(world.characters.resolve(name, ()) for name in fact.known_by))
    return fact.model_copy(update={"known_by": who})
