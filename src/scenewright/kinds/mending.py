"""From JSON of unknown shape to texts and names of ours: what every kind's mending of answers begins with. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from scenewright.domain.base import Json

LONGEST_NAME = 200  # characters: what is longer is no name, and dear to compare


def nearest(wanted: str, names: Sequence[str]) -> str:
    """The name that is meant, or ""."""
    if wanted in names:
        return wanted
    wanted = wanted[:LONGEST_NAME]
    folded = {_folded(name): name for name in names}
    if found := folded.get(_folded(wanted)):
        return found
    close = get_close_matches(_folded(wanted), folded, n=1, cutoff=0.85) if wanted else []
    return folded[close[0]] if close else ""


def member(value: Json, key: str) -> Json:
    """None if there is none."""
    return value.get(key) if isinstance(value, dict) else None


def listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def text(value: Json) -> str:
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def texts(value: Json) -> list[str]:
    return [found for found in map(text, listed(value)) if found]


def _folded(name: str) -> str:
    return re.sub(r"[^\w/]+", "-", name.lower()).strip("-")
