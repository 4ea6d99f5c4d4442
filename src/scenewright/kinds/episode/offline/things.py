"""What a beat is about: its noun phrases, as they can be taken up in talk. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.clauses import forms
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.viewpoint import View
from scenewright.text.stopwords import stopwords

_TOKEN = re.compile(r"[\w’'\-]+|[^\w\s]")
_DETERMINERS = word_set(
    "the a an his her their its my your our this that these those some two three four five six seven eight"
    " nine ten twelve another every both"
)
_MINE = word_set("his her their")
_VAGUE = word_set(
    "end moment way time first last same rest whole thing things one ones side lot bit day night morning"
    " evening minute hour second while other others truth fact idea reason kind sort pair piece part middle"
    " top bottom back front floor course point chance turn word words hand hands arm arms eye eyes face feet"
    " foot head heart breath own self deal name life world place week year room people everyone scene act"
    " episode"
)
_ADVERB = re.compile(r"\w{3,}ly$")
_KEPT = word_set("family belly jelly bully ally reply supply assembly monopoly lily fly")
_PLURALS = word_set("people children men women teeth feet mice geese police sheep")
MOST_WORDS = 4


@dataclass(frozen=True)
class Thing:
    """A thing of the story: "her blue letter" has the words "blue letter" and the determiner "her"."""

    words: str
    determiner: str = "the"  # "" for a name
    owner: str = ""  # id of a character, where the determiner is a possessive

    @property
    def plural(self) -> bool:
        last = self.words.split()[-1].lower()
        if last in _PLURALS or self.determiner in (
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
        ):
            return True
        return (
            bool(self.determiner) and last.endswith("s") and not last.endswith(("ss", "us", "is", "'s", "news", "lens"))
        )

    def said(self, view: View) -> str:
        """With the determiner that fits who speaks: "my letter", "your letter", "the letter"."""
        if not self.determiner:
            return self.words
        if self.owner and self.owner == view.speaker:
            return f"my {self.words}"
        if self.owner and self.owner == view.addressee:
            return f"your {self.words}"
        if self.owner and (name := view.names.get(self.owner)):
            return f"{short_name(name)}'s {self.words}"
        return f"the {self.words}"


@lru_cache(maxsize=1024)
def short_name(name: str) -> str:
    """What somebody is called across a table: "Voss", "Mabel", "Mr Finch"."""
    parts = name.split()
    if len(parts) > 1 and parts[0].rstrip(".").lower() in ("mr", "mrs", "ms", "miss", "dr", "sir", "lady", "captain"):
        return f"{parts[0]} {parts[-1]}"
    return _cased(next((form for form in forms(name)[1:2]), name.strip()))


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 1 else name


@lru_cache(maxsize=4096)
def things(text: str, named: tuple[tuple[str, str], ...], subject: str = "") -> tuple[Thing, ...]:
    """The noun phrases of a sentence in order: those with a determiner, and names of things."""
    people = {form.lower() for _, name in named for form in forms(name)}
    tokens = _TOKEN.findall(text)
    return tuple(dict.fromkeys(_found(tokens, people, dict(_ids(named)), subject)))


def _ids(named: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for who, name in named:
        for form in forms(name):
            yield form.lower(), who


def _found(tokens: Sequence[str], people: set[str], ids: dict[str, str], subject: str) -> Iterator[Thing]:
    at = 0
    while at < len(tokens):
        word = tokens[at].replace("’", "'")
        low = word.lower()
        owner = ids.get(low[:-2], "") if low.endswith("'s") else ""
        if low in _DETERMINERS or owner:
            words = list(_phrase(tokens[at + 1 :], people))
            if words and words[-1].lower() not in _VAGUE:
                yield Thing(" ".join(words), "the" if owner else low, owner or (subject if low in _MINE else ""))
            at += 1 + len(words)
        elif at and word[:1].isupper() and low not in people and tokens[at - 1] not in ".!?:" and len(word) > 2:
            words = list(_names(tokens[at:], people))
            if words:
                yield Thing(" ".join(words), "")
            at += max(1, len(words))
        else:
            at += 1


def _phrase(tokens: Sequence[str], people: set[str]) -> Iterator[str]:
    for number, word in enumerate(tokens[: MOST_WORDS + 1]):
        low = word.lower().replace("’", "'")
        ends = not word[0].isalnum() or low in stopwords("en") or low in people or low in _STOPS
        if ends or number == MOST_WORDS or (_ADVERB.match(low) and low not in _KEPT):
            return
        if number and (verbs.is_third(low) or low.endswith("ed")) and not _noun_like(tokens, number):
            return
        yield word


_STOPS = word_set(
    "onto upon inside outside towards toward behind beside against across along around near past back away"
    " without instead despite until like as than is are was were be being been has had have to and or but goes"
    " who"
)


def _noun_like(tokens: Sequence[str], at: int) -> bool:
    """Whether what looks like a verb may end the phrase: "the gift box", "the back rooms" at the end of a sentence."""
    return (
        at + 1 >= len(tokens)
        or not tokens[at + 1][0].isalnum()
        or tokens[at + 1].lower() in ("of", "in", "at", "from", "with", "on")
    )


def _names(tokens: Sequence[str], people: set[str]) -> Iterator[str]:
    for word in tokens[:3]:
        if (
            not word[:1].isupper()
            or word.lower() in people
            or word.lower() in stopwords("en")
            or "'" in word
            or "’" in word
        ):
            return
        yield word


def talkable(thing: Thing) -> bool:
    """Whether people may talk of it as of a thing: no person, no name, nothing cut off in the middle."""
    words = thing.words.split()
    last = words[-1].lower()
    plain = all(word.islower() for word in words) and bool(thing.determiner) and not thing.owner
    return plain and not _NOT_THINGS & set(words) and not last.endswith("ly") and len(last) > 2 and len(words) < 4


_NOT_THINGS = word_set(
    "three two four five six seven eight nine ten times aloud twice once again away mother father parents man"
    " woman gentleman lady aunt uncle inspector boy girl friend doctor people team group students student"
    " grandmother grandfather mother-in-law examiner priest stranger passengers donors public captain widow son"
    " daughter child visitor half rest kind same more less other others first last next day days year years"
    " week weeks hour hours minute minutes night morning evening tuesday sentence word everyone anybody nothing"
    " finest somebody nobody everybody claimant left right side spelling reason question answer idea truth name"
    " number beep step inch foot extras cousins"
)


def prop(text: str) -> Thing | None:
    """A prop of a set as a thing: "a brass till", "kettle", "stale scones under glass"."""
    words = list(_TOKEN.findall(text))
    if words and words[0].lower() in _DETERMINERS:
        words = words[1:]
    kept = list(_phrase(words, set()))
    return Thing(" ".join(kept)) if kept and kept[-1].lower() not in _VAGUE else None
