"""Which exports there are: ours, and those that other packages bring along by the entry-point group below."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from scenewright.domain.errors import BadInput
from scenewright.exports.job import Format

GROUP = "scenewright.formats"  # an entry is named "KIND.FORMAT" and loads a Format

# The exporters of one kind are imported when they are asked for: nobody needs those of all kinds.
_OURS = {"classroom": "scenewright.exports.classroom_formats", "episode": "scenewright.exports.episode.formats"}


def formats_of(kind: str) -> list[Format[Any]]:
    """Ours first. Other packages' are loaded, so this is for where a kind is used or explained."""
    brought = [entry.load() for entry in entry_points(group=GROUP) if entry.name.partition(".")[0] == kind]
    return [*_ours(kind), *brought]


@cache
def _ours(kind: str) -> tuple[Format[Any], ...]:
    found: tuple[Format[Any], ...] = import_module(_OURS[kind]).FORMATS if kind in _OURS else ()
    return found


def find_format(kind: str, name: str) -> Format[Any]:
    """Raises: BadInput: there is no such format for this kind; the message names those there are."""
    found = formats_of(kind)
    for format_ in found:
        if format_.name == name:
            return format_
    known = ", ".join(each.name for each in found) or "none"
    raise BadInput(f"Works of the kind {kind} are not exported to {name!r}; formats: {known}.")
