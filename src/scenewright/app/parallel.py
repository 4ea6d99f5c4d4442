"""How many scenes are written side by side, as people say it. Pure."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass

USUAL = 3  # what "on" means
CEILING = 64  # more is never asked of an account, unless the operator says so

_OFF, _ON = ("", "0", "false", "off", "no", "none"), ("true", "on", "yes")
_LONGEST = 9  # digits


@dataclass(frozen=True, kw_only=True)
class Parallel:
    """So many calls of an account are in flight at most; `adaptive`: fewer, if the account bears fewer."""

    most: int = 1
    adaptive: bool = False

    @property
    def off(self) -> bool:
        return not self.adaptive and self.most == 1

    def __str__(self) -> str:
        return "auto" if self.adaptive else "off" if self.off else str(self.most)


OFF = Parallel()


def parse_parallel(value: object, ceiling: int = CEILING, name: str = "parallel") -> tuple[Parallel, str]:
    """What was meant, and a warning; "" if there is none. What makes no sense is off: it spends least.

    `value`: off (also None, "", 0, False), on (also True, yes), a number, or "auto". `name`: for the warning.
    """
    said = "" if value is None else str(value).strip().lower()
    if said in _OFF:
        return OFF, ""
    if said == "auto":
        return Parallel(most=ceiling, adaptive=True), ""
    if said in _ON:
        return Parallel(most=min(USUAL, ceiling)), ""
    if not (said.isascii() and said.isdigit()):
        possible = f"possible are off, on ({USUAL} at a time), a number from 1 to {ceiling}, and auto"
        return OFF, f"{name}: {reprlib.repr(str(value))} makes no sense, so it is off; {possible}."
    return _number(said.lstrip("0"), ceiling, name)


def is_parallel(word: str) -> bool:
    """Whether a word on the command line is meant as a value: sensible, or at least a number of some sort."""
    said = word.strip().lower()
    return said in (*_OFF[1:], *_ON, "auto", "nan", "inf", "infinity") or _looks_like_a_number(said)


def _number(digits: str, ceiling: int, name: str) -> tuple[Parallel, str]:
    if not digits:  # nothing but zeros
        return OFF, ""
    if len(digits) > _LONGEST or int(digits) > ceiling:
        told = f"{name}: {reprlib.repr(digits)} is more than the ceiling, so it is {ceiling}"
        return Parallel(most=ceiling), f"{told}; SCENEWRIGHT_PARALLEL_CEILING raises the ceiling."
    return Parallel(most=int(digits)), ""


def _looks_like_a_number(word: str) -> bool:
    digits = word.removeprefix("-").removeprefix("+").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()
