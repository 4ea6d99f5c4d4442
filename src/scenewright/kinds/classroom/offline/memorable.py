"""The one sentence of a scene that a student should take home."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.kinds.classroom.offline.choosing import leans, stands_alone, strongest
from scenewright.kinds.classroom.offline.definitions import definitions, titular
from scenewright.kinds.classroom.offline.grammar import grammar
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.kinds.classroom.offline.shorten import bullet
from scenewright.kinds.classroom.offline.tidy import matcher
from scenewright.text import inline

_TRIED = 6  # sentences


def memorable(found: Sequence[Unit], language: str, limit: int) -> str:
    """A definition, or the best sentence that says something by itself, as a bullet; "" if there is none."""
    sentences = [unit for unit in found if unit.kind == "sentence"]
    marked = {d.sentence for d in definitions(found, language) if d.marked}
    own = [unit.text for unit in sentences if titular(unit.text, unit.heading, language)]
    defined = [unit.text for unit in sentences if unit.text in marked]
    best = [unit.text for unit in strongest(sentences, language, _TRIED) if _says_all(unit, language)]
    return next((bullet(text, language, limit) for text in (*own, *defined, *best)), "")


def _says_all(unit: Unit, language: str) -> bool:
    words = inline.plain(unit.text)
    return (
        stands_alone(unit, language)
        and not leans(unit.text, language)
        and not matcher(grammar(language).passing).search(words)
        and not words.rstrip().endswith(("?", "？"))
    )
