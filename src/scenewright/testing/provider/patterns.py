"""A text that a regular expression matches, for the expressions that schemas use."""

from __future__ import annotations

import random
import re
import string
from typing import Any

# The standard library's own parser; there is no public one.
_parser: Any = re._parser  # type: ignore[attr-defined]
_MORE = 3  # how far beyond the least an open repetition goes
_CATEGORIES = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_WORD": string.ascii_lowercase + string.digits + "_",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": string.ascii_lowercase,
    "CATEGORY_NOT_WORD": " -.",
    "CATEGORY_NOT_SPACE": string.ascii_lowercase,
}


def matching(pattern: str, rng: random.Random) -> str:
    """Raises: ValueError: if the pattern uses what is not supported (look-around, back references)."""
    text = _sequence(_parser.parse(pattern), rng)
    if not re.search(pattern, text):
        raise ValueError(f"no text could be made for the pattern {pattern!r}")
    return text


def _sequence(parsed: Any, rng: random.Random) -> str:
    return "".join(_piece(str(kind), value, rng) for kind, value in parsed)


def _piece(kind: str, value: Any, rng: random.Random) -> str:
    match kind:
        case "LITERAL":
            return chr(value)
        case "ANY":
            return rng.choice(string.ascii_lowercase)
        case "AT":
            return ""
        case "IN":
            return rng.choice(_letters(value))
        case "NOT_LITERAL":
            return rng.choice([letter for letter in string.ascii_lowercase if ord(letter) != value])
        case "BRANCH":
            return _sequence(rng.choice(value[1]), rng)
        case "SUBPATTERN":
            return _sequence(value[3], rng)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inner = value
            return "".join(_sequence(inner, rng) for _ in range(rng.randint(least, min(most, least + _MORE))))
        case _:
            raise ValueError(f"the pattern uses {kind}, which is not supported")


def _letters(members: Any) -> list[str]:
    found: set[str] = set()
    for kind, value in members:
        match str(kind):
            case "LITERAL":
                found.add(chr(value))
            case "RANGE":
                found |= {chr(code) for code in range(value[0], min(value[1], value[0] + 127) + 1)}
            case "CATEGORY":
                found |= set(_CATEGORIES[str(value)])
            case "NEGATE":
                rest = _letters([member for member in members if str(member[0]) != "NEGATE"])
                return sorted(set(string.ascii_letters + string.digits + " -") - set(rest))
    return sorted(found)
