"""Texts of a model as they may stand on a page: one paragraph, no marks, no name in front, no control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from scenewright.domain.base import Json
from scenewright.kinds.mending import listed, text

LONGEST = 1200  # characters of one text; a page has about 3,000
MOST = 12  # texts in one list

_MARKS = re.compile(r"(\*{1,3}|_{1,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_LEADING = re.compile(r"^\s*(?:#{1,6}\s+|>\s+|[-*•]\s+)")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_PARENTHETICAL = re.compile(r"^\(([^()]{1,80})\)\s*(?=\S)")
_EXTENSIONS = {"VO": "V.O.", "OS": "O.S.", "OC": "O.C.", "PRELAP": "PRE-LAP", "ONPHONE": "ON PHONE"}


def clean(value: Json) -> str:
    """ "" if it is no text."""
    plain = "".join(_visible(each) for each in text(value)[: 4 * LONGEST])
    plain = _LEADING.sub("", " ".join(plain.split()))
    while (without := _MARKS.sub(r"\2", plain)) != plain:
        plain = without
    return _cut(plain.strip())


def cleans(value: Json) -> tuple[str, ...]:
    return tuple(found for found in map(clean, listed(value)[:MOST]) if found)


def said(value: Json, names: Sequence[str] = ()) -> tuple[str, str]:
    """(what is said, how): without the speaker's name in front, without quotes around it; brackets in front are how."""
    spoken, how = unquoted(_without_name(clean(value), names)), ""
    if found := _PARENTHETICAL.match(spoken):
        how, spoken = found[1].strip(), spoken[found.end() :]
    return unquoted(_without_name(spoken, names)), how


def unquoted(spoken: str) -> str:
    closing = _QUOTES.get(spoken[:1])
    inside = spoken[1:-1]
    whole = closing and len(spoken) > 2 and spoken.endswith(closing) and closing not in inside
    return inside.strip() if whole else spoken


def direction(value: Json) -> str:
    """A stage direction without brackets around it."""
    found = clean(value)
    for opening, closing in ("()", "[]"):
        if found.startswith(opening) and found.endswith(closing) and opening not in found[1:]:
            found = found[1:-1].strip()
    return found


def parenthetical(value: Json) -> str:
    return direction(value).rstrip(".")


def extension(value: Json) -> str:
    """V.O. and the like; "" for anything else. (CONT'D) is for whoever sets the page."""
    letters = re.sub(r"[^A-Z]", "", clean(value).upper())
    return _EXTENSIONS.get(letters, "")


def terms(value: Json) -> tuple[str, ...]:
    """Words to be found in the text: short ones, as a person would say them."""
    found = (unquoted(each).rstrip(".!?,;:") for each in cleans(value))
    return tuple(dict.fromkeys(each for each in found if each and len(each) <= 60))


def _without_name(spoken: str, names: Sequence[str]) -> str:
    """Without "BO:", "Bo (V.O.) -" and the like in front."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    front = re.compile(rf"^(?:{listed})\s*(?:\([^()]{{0,40}}\)\s*)?:\s*", re.IGNORECASE) if listed else None
    return front.sub("", spoken) if front else spoken


def _visible(character: str) -> str:
    """Format characters join emoji and letters of some scripts; those that turn the direction of a line do not."""
    if character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return ""
    kind = unicodedata.category(character)
    return " " if character.isspace() else "" if kind in ("Cc", "Cs", "Co", "Cn") else character


def _cut(plain: str) -> str:
    return plain if len(plain) <= LONGEST else plain[:LONGEST].rsplit(" ", 1)[0].rstrip() + "…"
