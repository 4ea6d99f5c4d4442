"""Sets of words, written as text."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """ "a b c" as a set of three."""
    return frozenset(text.split())
