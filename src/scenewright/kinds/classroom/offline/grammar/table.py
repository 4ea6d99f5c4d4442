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
    closing: str = ""  # those of them after which the sentence never comes back to its main clause
    subordinate: str = ""  # openings of clauses that no shortened text may end on: its content may have been cut
    hanging: str = ""  # openings of sentences that need the clause after theirs
    stumps: str = ""  # last words that nothing may end on
    contrasts: tuple[tuple[str, str], ...] = ()  # (in what is kept, opening of what is cut): they need each other
    announcing: str = ""  # what stands before a colon and says nothing by itself
    references: str = ""  # sentences that only point elsewhere: "See Section 3."
    asides: str = ""  # bracketed remarks to drop: "(see Fig. 2)"
    leads_in: str = ""  # sentences that introduce what is shown next, though they end in a full stop
    procedures: str = ""  # words that introduce a list of steps
    imperatives: str = ""  # how a step begins that tells what to do
    passing: str = ""  # marks of sentences that are about one example, a figure or the study itself
    explains: str = ""  # how a sentence begins that explains the formula before it: "where x is ..."
    weak: str = ""  # sentences about the document itself: "In this chapter ..."
    definitions: tuple[str, ...] = ()  # with groups `term` and `meaning`
    not_meanings: str = ""  # openings of what explains no term: "also nicht ..."
    predicates: str = ""  # a verb that makes a clause of a meaning before its first relative clause
    not_terms: frozenset[str] = frozenset()  # first words that no defined term has
    notes: tuple[tuple[str, str], ...] = ()  # (tone, opening words)
    skipped: str = ""  # titles of sections that teach nothing
    intros: str = ""  # titles of sections that open a text
    endings: str = ""  # titles of sections that close a text
    sides: tuple[tuple[str, str], ...] = ()  # titles that make a comparison: pros, cons
