"""Which grammar notes belong to a language."""

from __future__ import annotations

from scenewright.kinds.classroom.offline.grammar.de import GERMAN
from scenewright.kinds.classroom.offline.grammar.en import ENGLISH
from scenewright.kinds.classroom.offline.grammar.romance import FRENCH, SPANISH
from scenewright.kinds.classroom.offline.grammar.table import Grammar
from scenewright.kinds.classroom.offline.grammar.zh import CHINESE
from scenewright.text.sentences import base

_TABLES = {"en": ENGLISH, "de": GERMAN, "zh": CHINESE, "fr": FRENCH, "es": SPANISH}
_NONE = Grammar()


def grammar(language: str) -> Grammar:
    """Empty notes for a language that has none: everything is then kept as it is written."""
    return _TABLES.get(base(language), _NONE)


def every_grammar() -> tuple[Grammar, ...]:
    """Titles such as "License" or "References" are skipped whatever the language of the document."""
    return tuple(_TABLES.values())
