"""Names of acts, and the order in which they come. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenewright.kinds.episode.source.names import Wrong, short
from scenewright.kinds.episode.source.tree import Place

_NUMBERS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_BEFORE = ("COLD OPEN", "COLD OPENING", "TEASER", "PROLOGUE")
_AFTER = ("TAG", "EPILOGUE", "CODA")


def acts_of(given: Sequence[str], place: Place) -> list[str]:
    """For each scene its act: as given, or that of the scene before.

    Raises: Wrong: an act is interrupted by another, a cold open does not come first, a tag not last, or numbered acts
    are not in order.
    """
    found: list[str] = []
    for index, name in enumerate(given):
        act = act_name(name) if name else found[-1] if found else ""
        if found and act != found[-1]:
            _check_turn(found, act, (*place, index, "act"))
        found.append(act)
    return found


def act_name(name: str) -> str:
    """ "act 1", "Act I" and "ACT ONE" are one."""
    words = name.upper().replace(":", " ").split()
    if len(words) == 2 and words[0] == "ACT":
        for numbers in (_NUMBERS, _ROMAN, tuple("123456789")):
            if words[1] in numbers:
                return f"ACT {_NUMBERS[numbers.index(words[1])]}"
    return " ".join(words)


def _check_turn(before: Sequence[str], act: str, place: Place) -> None:
    if act in before:
        raise Wrong(place, f"goes back to {short(act)}, which {short(before[-1])} has ended; put its scenes together")
    if act in _BEFORE:
        raise Wrong(place, f"is {act}, which comes first; move the scene to the beginning")
    if before[-1] in _AFTER:
        raise Wrong(place, f"comes after {before[-1]}, which is the end; move the scene before it")
    number = _number(act)
    last = max((found for each in before if (found := _number(each)) is not None), default=None)
    if number is not None and last is not None and number <= last:
        raise Wrong(place, f"is {act}, but ACT {_NUMBERS[last]} has been; put the acts in order")


def _number(act: str) -> int | None:
    found = re.fullmatch(r"ACT ([A-Z]+)", act)
    return _NUMBERS.index(found[1]) if found and found[1] in _NUMBERS else None
