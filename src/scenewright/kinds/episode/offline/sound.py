"""Whether a line that was put together by rule is English: a cheap check of what such rules get wrong. Pure.

It rejects too much rather than too little: whoever asks has something plainer to fall back on.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.lexicon import word_set

_WORD = re.compile(r"[\w’']+|[.!?;:,–—]")
_PLURAL_WITH = {"I": "am was", "you": "are were", "we": "are were", "they": "are were"}
_BE = word_set("is are am was were")
_ADVERBS = word_set("also still always never just only even already now then once nearly almost really finally")
_PREPOSITIONS = word_set("to for with of at from by about on in like against between behind beside under over near")
_SAME = frozenset(
    [
        "put",
        "read",
        "cut",
        "hit",
        "let",
        "set",
        "shut",
        "cost",
        "bet",
        "burst",
        "quit",
        "split",
        "spread",
        "upset",
        "hurt",
    ]
)
_LOOSE_END = word_set("the a an my your their our and or but because than")
_TWICE = re.compile(r"\b(the|a|an|to|of|that|my|your|I|me|is|are|was)\s+\1\b(?! (?:is|was)\b)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def sound(text: str) -> bool:
    """Whether persons and verbs agree, both halves of a predicate too, and nothing is left hanging."""
    if _TWICE.search(text) or "{" in text:
        return False
    for sentence in re.split(r"(?<=[.!?;:])\s+", text):
        words = _WORD.findall(sentence)
        if not (_whole(words) and _agrees(words) and _coordinated(words) and _reflexive(words)):
            return False
    return True


def _whole(words: list[str]) -> bool:
    bare = [word for word in words if word[0].isalnum()]
    return bool(bare) and bare[-1].lower() not in _LOOSE_END


def _agrees(words: list[str]) -> bool:
    for at, word in enumerate(words[:-1]):
        who = "I" if word == "I" else word.lower()
        after = words[at + 1 :]
        while len(after) > 1 and (after[0].lower() in _ADVERBS or (after[0].endswith("ly") and len(after[0]) > 4)):
            after = after[1:]
        verb = after[0].lower() if after else ""
        before = words[at - 1].lower() if at else ""
        if who == "me" and (_third(verb) or verb in ("am", "have", "says")) and before not in _PREPOSITIONS:
            return False
        if who in _PLURAL_WITH and before not in _PREPOSITIONS and not _with_plural(who, verb, after, before):
            return False
        if who in ("he", "she", "it") and before not in _HELPERS and _bare(verb):
            return False
    return True


_HELPERS = word_set(
    "did does do can could will would shall should may might must let make made makes help see hear watch have had"
    " didn't doesn't don't can't couldn't won't wouldn't shouldn't isn't lets helps has hasn't that sees hears"
)


def _with_plural(who: str, verb: str, after: list[str], before: str) -> bool:
    if before == "and" and verb in ("are", "were"):  # "the sea and I are"
        return True
    if verb in _BE:
        return verb in _PLURAL_WITH[who] or before in ("if", "of", "for", "to") or (who == "I" and before == "were")
    if verb in ("has", "does"):
        return False
    noun = len(after) > 1 and after[1].lower() in _BE
    return not _third(verb) or noun


def _third(word: str) -> bool:
    return word in ("is", "has", "does", "says", "asks") or (
        not word.endswith("ss") and verbs.is_third(word) and verbs.base(word) in verbs.VERBS
    )


def _bare(word: str) -> bool:
    return word in verbs.VERBS and word not in _SAME and not verbs.of_past(word) and word not in ("own", "be", "long")


def _coordinated(words: list[str]) -> bool:
    """ "I appear to be adrift, and asks": a second predicate has to fit the first one's subject."""
    person = ""
    for at, word in enumerate(words):
        if word in ("I", "you", "You", "we", "We", "they", "They", "I'm", "You're", "you're", "We're", "we're"):
            person = word
        elif word.lower() in ("he", "she", "it", "who", "which", "that", "somebody", "nobody", "everybody", "there"):
            person = ""
        elif word.lower() in ("and", "or", "but", "then") and at + 1 < len(words):
            following = words[at + 1].lower()
            if following in ("then", "now", "also", "just") and at + 2 < len(words):
                following = words[at + 2].lower()
            noun = at + 2 < len(words) and words[at + 2].lower() in (*_BE, "of", "and")
            last = at + 2 >= len(words) or not words[at + 2][0].isalnum()
            beside = words[at + 2].lower() if at + 2 < len(words) else ""
            second = _third(following) or (following.endswith("s") and beside in _BEHIND_VERBS)
            if (person or _imperative(words)) and second and not noun and not last:
                return False
    return True


_BEHIND_VERBS = word_set("out up down off away back it into onto over the a an his her my your")


def _imperative(words: list[str]) -> bool:
    first = next((word.lower() for word in words if word[0].isalnum()), "")
    return first in verbs.VERBS or first in ("please", "don't", "why", "let's")


def _reflexive(words: list[str]) -> bool:
    low = [word.lower() for word in words]
    if any(each in ("i", "i'm", "i've", "i'll", "i'd") for each in low):
        return not ({"himself", "herself", "themselves"} & set(low)) or bool({"he", "she", "they", "who"} & set(low))
    return not ("myself" in low and not {"me", "my"} & set(low))
