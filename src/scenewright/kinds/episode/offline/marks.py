"""The words of a bible's voice profile, sorted by how they can be worked into talk. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scenewright.domain.show import Character
from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.text.words import words

Use = Literal["noun", "adjective", "verbing", "quoted", "address", "opener", "asked", "closer"]

_ADDRESS = word_set(
    "love darling dear pet mate sir madam ma'am child duck hen friend pal chum petal treasure sweetheart boss"
    " chief dude bro buddy son lad lads lass guys folks babe honey sunshine petals treasures comrade comrades"
    " squire guv gentlemen ladies cariño chérie kiddo"
)
_OPENERS = word_set(
    "maybe perhaps um aye yep nope yes no nah sorry blimey crikey gosh golly heavens wow okay ok well look listen right"
    " so honestly actually literally basically technically frankly hypothetically theoretically oh ah um er hmm"
    " tsk alas indeed naturally obviously clearly admittedly cripes jeez anyway anyhow ahoy oof ugh yikes bah"
    " pff ach och"
)
YES, NO = frozenset(("yes", "yep", "aye", "indeed", "yeah", "ja")), frozenset(("no", "nope", "nah", "never"))
_ASKED = re.compile(
    r"^(is|are|am|do|does|did|can|could|will|would|won't|isn't|don't|see$|right$|eh|know what|you know)\b", re.I
)
_ADJECTIVE = re.compile(r"\w{2,}(ful|ic|ous|ive|ish|ble|ant|ary|ical|less|ward|vine|ric|esque|ular|ual|tal|nal)$", re.I)
_ADJECTIVES = word_set(
    "nice fine great good bad awful odd strange grim bleak lovely tidy messy proper measured splendid ghastly"
    " vile dire cosy grand bold brave wet damp cold warm quick slow rich poor neat sad mad wild weird cool"
    " sublime tragic divine iconic awkward posh rotten fresh sacred cursed blessed doomed unacceptable"
    " irregular charming"
)
_DETERMINED = re.compile(r"^(the|a|an|my|our|your|his|her|their|this|that|some|every)\s", re.IGNORECASE)


@lru_cache(maxsize=4096)
def use_of(mark: str, tic: bool) -> Use:
    """How a tic or a word of somebody's vocabulary may stand in a line, judged by its form."""
    low = " ".join(words(mark, "en"))
    if low in _ADDRESS or low.removeprefix("my ") in _ADDRESS or low.removeprefix("old ") in _ADDRESS:
        return "address"
    if mark.rstrip().endswith("?") or (tic and _ASKED.match(low) and low != "could be"):
        return "asked"
    if low in _OPENERS or (low.endswith("ly") and " " not in low):
        return "opener"
    if low.startswith(("per ", "percent")):
        return "quoted"
    if tic:
        return (
            "closer"
            if low.startswith(("and ", "or "))
            or (len(low.split()) < 3 and not low.startswith(("i ", "i'm ", "when ", "if ", "as ")))
            else "opener"
        )
    return _vocabulary(low)


def _vocabulary(low: str) -> Use:
    if _DETERMINED.match(low):
        return "noun"
    last = low.split()[-1] if low else ""
    if not last or verbs.is_third(low.split()[0]) or (low in verbs.VERBS and low not in _NOUNS):
        return "quoted"
    if low in _ADJECTIVES or (_ADJECTIVE.match(low) and " " not in low):
        return "adjective"
    if last.endswith("ing") and " " not in low and len(low) > 5:
        return "verbing"
    if len(low.split()) > 3 or last.endswith("ed"):
        return "quoted"
    return "noun" if _noun_like(low, last) else "quoted"


def _noun_like(low: str, last: str) -> bool:
    """Whether a word without an article is surely a noun: what may be anything else is not tagged on."""
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "ous")) and len(last) > 4
    return low in _NOUNS or last in _NOUNS or plural or bool(_NOUN.match(last))


_NOUN = re.compile(r"\w{3,}(?:tion|sion|ment|ness|ity|ism|ance|ence|ship|ology|dom|hood)$|\w{2,}sheet$", re.I)


_NOUNS = word_set(
    "form note tape wrench fuse kettle chart map plan stamp record report file sail anchor deal bet guard"
    " book bill cover cut drink film fish fix glue handle hope hum joke label lock mix number order pace pack"
    " paint panic permit point press pump question queue race review sample shake sign signal stage step storm"
    " study switch talk test track trade trick tug type vote vow walk watch wave work worry drill dust brake"
    " bolt budget draft kettle scone doily pinny china horizon rigging gale sea voyage fuse wrench box boiler pigeon"
    " magnitude telescope ladder soup machine margin fridge microwave stapler printer lunch clause liability deadline"
    " route thermostat schedule octopus casserole sleep dose ballast current piston gasket brochure refund table tax"
    " tea cake biscuit sugar coat hat door window garden engine lamp oil rope hammer nail wood mother aunt uncle"
    " weather rain heart head stage audience applause opera curtain public silver chair desk evidence witness theory"
    " law contract science data lens star moon book chapter poem vibe chaos drama karma grease truth silence peace"
)


def as_noun(mark: str) -> str:
    """ "kettle" -> "the kettle"; what has a determiner, or is a name, stays as it is."""
    plain = mark.strip().rstrip(".!?")
    if _DETERMINED.match(plain) or (plain[:1].isupper() and not plain.isupper()):
        return plain
    return f"the {plain}"


@dataclass(frozen=True)
class Mark:
    text: str
    use: Use


@lru_cache(maxsize=512)
def _sorted(tics: tuple[str, ...], vocabulary: tuple[str, ...]) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    said = tuple(Mark(each.strip(), use_of(each, True)) for each in tics if _sayable(each))
    known = tuple(Mark(each.strip(), use_of(each, False)) for each in vocabulary if _sayable(each))
    return said, known


def _sayable(mark: str) -> bool:
    return bool(words(mark, "en")) and len(mark) <= 60


def marks_of(who: Character) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """(tics, vocabulary) that can be said."""
    return _sorted(who.voice.tics, who.voice.vocabulary)


def catchphrases(who: Character) -> tuple[str, ...]:
    return tuple(each.strip() for each in who.voice.catchphrases if words(each, "en") and len(each) <= 90)


def holds(text: str, phrase: str) -> bool:
    """Whether the words of the phrase stand in the text, in order, as the measures look for them."""
    wanted = words(phrase.replace("’", "'"), "en")
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(words(text.replace('’', chr(39)), 'en'))} "
