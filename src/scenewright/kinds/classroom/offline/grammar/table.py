"""The form of a language's grammar notes. Patterns are regular expressions; lists are lower case."""

from __future__ import annotations

from dataclasses import dataclass


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, kw_only=True)
class Grammar:
    pronouns: str = ""  # a sentence that starts so leans on the one before
    connectives: str = ""  # openings that can be dropped: "However, "
    clauses: str = ""  # what may follow a comma and be left out
    references: str = ""  # sentences that only point elsewhere: "See Section 3."
    asides: str = ""  # bracketed remarks to drop: "(see Fig. 2)"
    leads_in: str = ""  # sentences that introduce what is shown next, though they end in a full stop
    explains: str = ""  # how a sentence begins that explains the formula before it: "where x is ..."
    weak: str = ""  # sentences about the document itself: "In this chapter ..."
    definitions: tuple[str, ...] = ()  # with groups `term` and `meaning`
    not_terms: frozenset[str] = frozenset()  # first words that no defined term has
    notes: tuple[tuple[str, str], ...] = ()  # (tone, opening words)
    skipped: str = ""  # titles of sections that teach nothing
    intros: str = ""  # titles of sections that open a text
    endings: str = ""  # titles of sections that close a text
    sides: tuple[tuple[str, str], ...] = ()  # titles that make a comparison: pros, cons
