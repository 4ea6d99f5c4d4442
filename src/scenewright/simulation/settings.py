"""How parallel a simulated run is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenewright.domain.errors import BadInput

Parallel = int | Literal["auto"]
MOST = 10_000  # calls at a time


@dataclass(frozen=True, kw_only=True)
class Setting:
    """`model`, `voice`: calls at a time, or "auto": as many as the account turns out to take.

    `ahead`: only so many scenes beyond the one that is listened to are written; None = all.
    """

    name: str
    model: Parallel = 1
    voice: Parallel = 1
    ahead: int | None = None


def setting(text: str, voice: str | None = None, ahead: int | None = None) -> Setting:
    """As a person writes it: "off", "3", "auto". Voices follow the models if they are not set. Raises: BadInput."""
    return Setting(name=text.strip().lower(), model=_parallel(text), voice=_parallel(voice or text), ahead=ahead)


def _parallel(text: str) -> Parallel:
    match text.strip().lower():
        case "auto":
            return "auto"
        case "off" | "false" | "0":
            return 1
        case "on" | "true":
            return 3
        case word if word.isdecimal() and 1 <= int(word) <= MOST:
            return int(word)
    raise BadInput(f"{text!r} is no degree of parallelism: give off, a number from 1 to {MOST}, or auto.")
