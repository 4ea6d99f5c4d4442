"""Which words on a page are silences, and how long."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scenewright.kinds.episode.aloud.tongues import silent_in
from scenewright.text.sentences import sentences

SHORT, BEAT, LONG = 0.5, 1.0, 2.0  # seconds
_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"\(([^()]{1,80})\)")
_MOST_WORDS = 8


@dataclass(frozen=True, kw_only=True)
class Parted:
    """A direction: seconds of silence before what is read, and after it. `text` is empty if it is all silence."""

    before: float = 0.0
    text: str = ""
    after: float = 0.0


def silence(text: str, language: str) -> float | None:
    """Seconds, if the text says nothing but that there is a silence: "Beat.", "a long pause", "Un temps."."""
    words = [word.lower() for word in _WORD.findall(text[:200])]
    if not words or len(words) > _MOST_WORDS or len(text) > 200 or "?" in text:
        return None
    tongues = silent_in(language)
    nouns, longer, shorter, around = (
        frozenset[str]().union(*(getattr(each, name) for each in tongues))
        for name in ("silences", "longer", "shorter", "around")
    )
    if not nouns.intersection(words) or not nouns.union(longer, shorter, around).issuperset(words):
        return None
    return LONG if longer.intersection(words) else SHORT if shorter.intersection(words) else BEAT


def silence_in(parenthetical: str, language: str) -> float:
    """Seconds that a parenthetical asks for, besides what else it says: "beat; then softly"."""
    found = (silence(piece, language) for piece in re.split(r"[,;]", parenthetical))
    return max((seconds for seconds in found if seconds), default=0.0)


def parted(text: str, language: str) -> Parted:
    """A direction without the silences at its ends; one in the middle becomes a new paragraph."""
    told = [(sentence, silence(sentence, language)) for sentence in sentences(text, language)]
    before = after = 0.0
    while told and told[0][1] is not None:
        before += told.pop(0)[1] or 0.0
    while told and told[-1][1] is not None:
        after += told.pop()[1] or 0.0
    read = [sentence if seconds is None else "\n\n" for sentence, seconds in told]
    return Parted(before=before, text=" ".join(read), after=after)


def without_brackets(text: str, language: str) -> str:
    """A speech without what is not said in it: "(beat)" becomes a new paragraph, "(to Ada)" nothing."""
    return _INSIDE.sub(lambda found: "\n\n" if silence_in(found[1], language) else " ", text)
