"""What can be chosen for the pages: names and values as people write them, `--set paper=a4`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from scenewright.domain.errors import BadInput
from scenewright.exports.episode.pdf.model import PaperName

PAPER, NUMBERS = "paper", "scene-numbers"
HELP = {
    PAPER: "letter (default) or a4",
    NUMBERS: "on or off (default): print the numbers of the scenes",
}
_VALUES = {PAPER: ("letter", "a4"), NUMBERS: ("off", "on")}  # the first is the default


def help_for(*names: str) -> Mapping[str, str]:
    return {name: HELP[name] for name in names}


def chosen(given: Mapping[str, str], *names: str) -> dict[str, str]:
    """A value for each of the names. Raises: BadInput: another name, or a value that there is not."""
    for name, value in given.items():
        _check(name, value, names)
    return {name: given[name].strip().lower() if name in given else _VALUES[name][0] for name in names}


def paper_of(options: Mapping[str, str]) -> PaperName:
    return cast(PaperName, options[PAPER])


def numbered(options: Mapping[str, str]) -> bool:
    return options[NUMBERS] == "on"


def _check(name: str, value: str, names: Sequence[str]) -> None:
    if name not in names:
        there = f"there is: {', '.join(names)}" if names else "it has none"
        raise BadInput(f"This format has no option {name!r}; {there}.")
    if value.strip().lower() not in _VALUES[name]:
        raise BadInput(f"{name}={value!r} is not one of: {', '.join(_VALUES[name])}.")
