"""A show's bible, or an outline of one more episode of it, to fields of a brief."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from scenewright.domain.base import Json
from scenewright.domain.show import EpisodePlan, Show
from scenewright.kinds.episode.source.doubts import doubts
from scenewright.kinds.episode.source.forms import BibleForm, EpisodeForm, OutlineForm
from scenewright.kinds.episode.source.names import Wrong
from scenewright.kinds.episode.source.parse import parse
from scenewright.kinds.episode.source.planning import plan_of_form
from scenewright.kinds.episode.source.showing import guests_of, show_of_form, unknown_world, world_of
from scenewright.kinds.episode.source.tree import Fields, Node, Place, plain
from scenewright.kinds.episode.source.wording import first_of, of_validation, of_wrong
from scenewright.kinds.plugin import Read, Source

_DETAILS = ("title", "transform", "rounds", "threshold", "narrator")
_BRIEF = {
    "topic": "premise",
    "language": "language",
    "audience": "audience",
    "instructions": "instructions",
    "scenes": "number_of_scenes",
    "voice": "narrator_voice",
    "lexicon": "lexicon",
}


def read_bible(source: Source) -> Read:
    """Raises: BadInput."""
    root = parse(source.data, source.name)
    try:
        return _read(root)
    except ValidationError as exc:
        raise of_validation(source.name, root, exc) from exc
    except Wrong as exc:
        raise of_wrong(source.name, root, exc) from exc


def _read(root: Node) -> Read:
    if not isinstance(root, Fields):
        raise Wrong((), "is not a bible: it needs fields like `title:` and `characters:`")
    given = _bare(plain(root))
    if "show" in given:
        return _outline(given)
    form = BibleForm.model_validate(given)
    return _fields(form.episode, show_of_form(form), ("episode",))


def _bare(given: dict[str, Json]) -> dict[str, Json]:
    """Without what tells programs which file this is: an editor's schema, a show as the project keeps it."""
    given = {name: value for name, value in given.items() if name != "$schema"}
    if given.get("format") == "scenewright.show" and given.get("version") == "1":
        return {name: value for name, value in given.items() if name not in ("format", "version")}
    return given


def _outline(given: dict[str, Json]) -> Read:
    """The fields of the episode stand beside the show's name, or under `episode`."""
    inside = given.get("episode")
    nested = isinstance(inside, Mapping) and set(given) <= {"kind", "show", "episode"}
    if nested and isinstance(inside, Mapping):
        given = {**{name: value for name, value in given.items() if name != "episode"}, **inside}
    try:
        form = OutlineForm.model_validate(given)
        if isinstance(form.show, str):
            if not form.show:
                raise Wrong(("show",), "is empty; give the name of a kept show, or the show itself")
            return _fields(form, form.show, ())
        return _fields(form, show_of_form(form.show, ("show",)), ())
    except (Wrong, ValidationError) as exc:
        place, what = (exc.place, exc.what) if isinstance(exc, Wrong) else first_of(exc)
        if not nested or place[:1] in (("show",), ("kind",)):
            raise
        raise Wrong(("episode", *place), what) from exc


def _fields(form: EpisodeForm, show: Show | str, place: Place) -> Read:
    world = unknown_world() if isinstance(show, str) else world_of(show)
    guests = guests_of(form.guests, world, (*place, "guests"))
    if isinstance(show, Show) and guests:
        show = show.model_copy(update={"characters": (*show.characters, *guests)})
        world, guests = world_of(show), ()
    plan = plan_of_form(form, world, place)
    details: dict[str, Any] = {name: value for name in _DETAILS if (value := getattr(form, name)) not in (None, "")}
    details["show"] = show if isinstance(show, str) else show.model_dump(mode="json")
    if plan is not None:
        details["plan"] = plan.model_dump(mode="json")
    if guests:
        details["guests"] = [each.model_dump(mode="json") for each in guests]
    told = {name: value for name, field in _BRIEF.items() if (value := getattr(form, field))}
    fields = {"kind": "episode", **told, "details": details}
    return Read(fields=fields, warnings=tuple(_warnings(show, plan)))


def _warnings(show: Show | str, plan: EpisodePlan | None) -> list[str]:
    return doubts(None if isinstance(show, str) else show, plan) if plan is not None else []
