"""Ids from what a model calls things, and the people and places it means. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json, digest
from scenewright.kinds.episode.llm.clean import clean
from scenewright.kinds.mending import nearest


def slug(wanted: str, longest: int = 32) -> str:
    """Lower case letters, digits and hyphens; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def key(wanted: str) -> str:
    """An id for a name in any script, the same for the same name; "" for nothing."""
    folded = " ".join(wanted.casefold().split())
    return slug(folded) or (f"n-{digest(folded)[:12]}" if folded else "")


def free(wanted: str, taken: Collection[str], prefix: str) -> str:
    """An id like what is wanted that nobody has yet; "prefix1", "prefix2" ... if nothing can be made of it."""
    name = key(wanted)
    if name and name not in taken:
        return name
    stem = (name[:28] or prefix) + ("-" if name else "")
    return next(found for number in range(1, len(taken) + 2) if (found := f"{stem}{number}") not in taken)


def people_of(show: Mapping[str, Any], scene: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Id -> name of who may speak: whom the bible tells of; without anybody planned, whoever is in the show.

    `show`: all of it, or as a scene's author is told of it.
    """
    told = [*show.get("characters", ()), *(() if scene and scene["characters"] else show.get("others", ()))]
    return {each["id"]: each["name"] for each in told}


def finder(people: Mapping[str, str]) -> Callable[[Json], str]:
    """Gives the id of who is meant, by id, name or a part of the name that only one has; "" for nobody."""
    parts: dict[str, set[str]] = {}
    for ident, name in people.items():
        for part in {ident, name, *name.split()}:
            parts.setdefault(part.casefold(), set()).add(ident)
    single = {part: next(iter(whom)) for part, whom in parts.items() if len(whom) == 1}

    def find(value: Json) -> str:
        wanted = re.sub(r"\s*\(.*?\)\s*", " ", clean(value)).strip().rstrip(":").casefold()
        if not wanted:
            return ""
        return single.get(wanted) or single.get(nearest(wanted, list(single)), "")

    return find


def found_in(values: Sequence[Json], find: Callable[[Json], str]) -> tuple[str, ...]:
    """Each once, in order; who is unknown is left out."""
    return tuple(dict.fromkeys(found for found in map(find, values) if found))
