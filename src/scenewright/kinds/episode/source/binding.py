"""An outline that names a kept show, once the show is there: its names become ids. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.errors import BadInput
from scenewright.domain.show import Callback, Character, ContinuityFact, EpisodePlan, ScenePlan, Show
from scenewright.kinds.episode.source.names import Names, Wrong, same
from scenewright.kinds.episode.source.planning import slug_in
from scenewright.kinds.episode.source.showing import World, world_of
from scenewright.kinds.episode.source.wording import sentence

PERHAPS = "?"  # before a name that may be none: capitals in a synopsis


def bound(details: Mapping[str, Json], show: Show) -> dict[str, Json]:
    """`details` as `read` gave them, with the show itself instead of its name. They fit EpisodeDetails.

    Guests join its characters. Raises: BadInput: the outline refers to somebody or something that the show lacks.
    """
    found: dict[str, Any] = {name: value for name, value in details.items() if name != "guests"}
    try:
        show = _with_guests(show, [Character.model_validate(each) for each in details.get("guests", ())])
        found["show"] = show.model_dump(mode="json")
        if plan := details.get("plan"):
            found["plan"] = _plan(EpisodePlan.model_validate(plan), world_of(show)).model_dump(mode="json")
    except Wrong as exc:
        raise BadInput(sentence(f"The outline does not fit the show {show.title}: {exc.what}")) from exc
    return found


def _with_guests(show: Show, guests: list[Character]) -> Show:
    names = world_of(show).characters
    for guest in guests:
        if guest.id in names or guest.name in names:
            raise Wrong((), f"the guest {guest.name} is in the show already; leave the guest out")
    for guest in guests:
        names.add(guest.id, guest.name)
    related = [
        guest.model_copy(
            update={"relationships": {names.resolve(who, ()): text for who, text in guest.relationships.items()}}
        )
        for guest in guests
    ]
    return show.model_copy(update={"characters": (*show.characters, *related)})


def _plan(plan: EpisodePlan, world: World) -> EpisodePlan:
    setups = {each.id for scene in plan.scenes for each in scene.setups}
    return plan.model_copy(update={"scenes": tuple(_scene(scene, world, setups) for scene in plan.scenes)})


def _scene(scene: ScenePlan, world: World, setups: set[str]) -> ScenePlan:
    try:
        return scene.model_copy(
            update={
                "slug": slug_in(scene.slug, world.sets),
                "characters": tuple(dict.fromkeys(_people(scene.characters, world.characters))),
                "callbacks": tuple(_callback(each, world.gags, setups) for each in scene.callbacks),
                "reveals": tuple(_fact(each, world) for each in scene.reveals),
            }
        )
    except Wrong as exc:
        raise Wrong(exc.place, f"in the scene {scene.title!r} {exc.what}") from exc


def _people(names: tuple[str, ...], known: Names) -> list[str]:
    sure = [name for name in names if not name.startswith(PERHAPS) or name.removeprefix(PERHAPS) in known]
    return [known.resolve(name.removeprefix(PERHAPS), ()) for name in sure]


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
