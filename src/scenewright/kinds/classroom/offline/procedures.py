"""Which ordered lists are procedures: steps that are done one after the other, not just numbered points."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.kinds.classroom.offline.grammar import grammar
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.kinds.classroom.offline.tidy import matcher
from scenewright.text import inline
from scenewright.text.sentences import sentences

_BRIEF = 110  # characters of an item that only tells what to do


def is_procedure(items: Sequence[Unit], language: str) -> bool:
    """Whether an ordered list is introduced as steps, or tells briefly what to do."""
    if not items or not all(unit.ordered for unit in items):
        return False
    notes = grammar(language)
    texts = [inline.plain(unit.text) for unit in items]
    if sum(text.rstrip().endswith(("?", "？")) for text in texts) * 2 >= len(texts):
        return False
    introduced = matcher(notes.procedures).search(f"{inline.plain(items[0].lead)} | {items[0].heading}")
    orders = sum(_orders(text, language) for text in texts)
    return bool(introduced) or orders * 2 > len(texts)


def _orders(text: str, language: str) -> bool:
    told = matcher(grammar(language).imperatives).match(text)
    return bool(told) and len(text) <= _BRIEF and len(sentences(text, language)) <= 2
