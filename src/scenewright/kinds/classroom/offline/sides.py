"""Two lists that answer each other: advantages and drawbacks, before and after, one thing versus another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scenewright.kinds.classroom.offline.grammar.lookup import every_grammar
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.kinds.classroom.offline.shorten import bullet
from scenewright.kinds.classroom.offline.tidy import bare, capital, matcher
from scenewright.text import inline

_VERSUS = re.compile(
    r"(.{2,40}?)\s+(?:vs\.?|versus|gegen(?:über)?|oder|or|与|和|contre|contra|frente a)\s+(.{2,40})", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Sides:
    left_title: str
    left: tuple[str, ...]
    right_title: str
    right: tuple[str, ...]
    used: tuple[Unit, ...]


def comparison(found: Sequence[Unit], language: str) -> Sides | None:
    """The first pair of neighbouring lists whose names oppose each other."""
    lists: dict[tuple[str, int], list[Unit]] = {}
    for unit in found:
        if unit.kind == "item" and not unit.ordered:
            lists.setdefault((unit.section, unit.group), []).append(unit)
    ordered = list(lists.values())
    for a, b in pairwise(ordered):
        left, right = _name(a), _name(b)
        if (
            left
            and right
            and left != right
            and _opposed(left, right, a[0].heading if a[0].heading == b[0].heading else "")
        ):
            return Sides(
                left_title=capital(inline.escape(left)), left=tuple(bullet(u.text, language, 60) for u in a[:4]),
                right_title=capital(inline.escape(right)), right=tuple(bullet(u.text, language, 60) for u in b[:4]),
                used=(*a, *b),
            )  # fmt: skip
    return None


def _name(items: Sequence[Unit]) -> str:
    lead = inline.plain(bare(items[0].lead)).strip()
    return lead if lead and len(lead) < 40 else items[0].heading if not lead else ""


def _opposed(left: str, right: str, heading: str) -> bool:
    for notes in every_grammar():
        for one, other in notes.sides:
            if matcher(rf"(?:.*\s)?(?:{one})").fullmatch(left) and matcher(rf"(?:.*\s)?(?:{other})").fullmatch(right):
                return True
            if matcher(rf"(?:{one})(?:\s.*)?").fullmatch(left) and matcher(rf"(?:{other})(?:\s.*)?").fullmatch(right):
                return True
    versus = _VERSUS.fullmatch(heading)
    return bool(versus and versus[1].lower() in left.lower() and versus[2].lower() in right.lower())
