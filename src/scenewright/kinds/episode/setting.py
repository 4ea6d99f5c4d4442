"""The kind's own fields of a brief, as people set them one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from scenewright.domain.base import Json
from scenewright.domain.errors import BadInput
from scenewright.kinds.episode.details import EpisodeDetails

TAKES = {
    "show": "the name of a kept show (`scenewright shows` lists them), or a show as values",
    "plan": "a ready outline as values; give it as a file",
    "title": "a text: the episode's title",
    "transform": 'a text: what becomes of the premise, such as "this 1950s sitcom, on a space station"',
    "rounds": "a whole number from 0 to 10: rounds of refinement, at most",
    "threshold": "a number from 0 to 1: the quality from which on nothing is refined",
    "narrator": "on or off: whether headings and directions are read at the table",
}
BINDING = ("guests",)  # what an outline file says besides, until its show is found


class TakesSettings:
    """The half of the kind that is set by `--set` (see kinds.plugin.TakesDetails)."""

    detail_names = TAKES

    def with_details(self, given: Mapping[str, Any]) -> Json:
        """A show given by name stays a name, and with it its outline stays as it was written."""
        if unknown := sorted(given.keys() - TAKES.keys() - set(BINDING)):
            raise BadInput(f"An episode has no setting {unknown[0]!r}; it has {', '.join(TAKES)}.")
        named = isinstance(given.get("show"), str) or "guests" in given
        later = {"show", "plan", *BINDING} if named else set(BINDING)
        now = {name: value for name, value in given.items() if name not in later}
        try:
            typed = EpisodeDetails.model_validate(now).model_dump(mode="json")
        except ValidationError as exc:
            raise BadInput(_told(exc)) from exc
        return {name: typed[name] if name in now else value for name, value in given.items()}


def _told(exc: ValidationError) -> str:
    error = exc.errors(include_url=False)[0]
    name, *inside = (str(step) for step in error["loc"])
    if inside:
        return f"{'.'.join((name, *inside))}: {error['msg']}; give another value."
    got = repr(error["input"])
    return f"{name} takes {TAKES[name]}; {got if len(got) < 80 else 'something else'} is not that."
