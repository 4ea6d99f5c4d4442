"""A neutral line in somebody's own voice: sentences of their length, their tics, their words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scenewright.domain.show import Character
from scenewright.kinds.episode.offline.dealing import Deck
from scenewright.kinds.episode.offline.dealing import number as numbered
from scenewright.kinds.episode.offline.frames import frames
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.marks import NO, YES, Mark, as_noun, catchphrases, marks_of
from scenewright.kinds.episode.offline.verbs import VERBS
from scenewright.text.sentences import sentences
from scenewright.text.words import words

EVERY = 3  # one line in so many carries a mark of its speaker
LONG, MEDIUM = 13, 7  # words in a sentence that a long and a medium voice try for
_PLAIN_START = re.compile(
    r"^(I|You|It|That|There|We|He|She|They|Nobody|Somebody|Everybody|The|My|Your|This)\b(?!'s all\b)"
)
_DENIES = re.compile(r"n't\b|\b(?:not|never|no|only|nobody|nothing|just)\b", re.IGNORECASE)
_CLIP = re.compile(r"^(?:It's|That's|There's|It was|There was|I've got)\s+(?=(?:a|an|the|my|no|all|two|three)\b)")
GRAND = 2  # preludes and other flourishes of a long voice in a scene


class Voice:
    """One character in one scene. Remembers what was said, so that no tic is worn out."""

    def __init__(self, who: Character, deck: Deck, start: int, *, new: bool = False) -> None:
        self.who, self._deck = who, deck
        self._tics, self._vocabulary = marks_of(who)
        self._shape = who.voice.sentence_length or _shape(who.voice.sentence_shape)
        self._said = start
        self._marked = start
        self._phrase = new or start % 2 == 0  # a catchphrase in every second scene, and where one is met first
        self._start = start
        self._last = start - numbered(who.id) % EVERY  # the line that last carried a mark
        self._grand = 0
        self._noun = False  # a word of the vocabulary has been said in this scene

    def speaks(
        self, text: str, *, names: Sequence[str] = (), plain: bool = False, last: bool = False, lead: bool = False
    ) -> str:
        """The line as this character says it.

        `plain`: nothing is added before or behind; `last`: of an exchange; `lead`: it tells what happens, so that it
        keeps its words, and at most a tic goes with it.
        """
        self._said += 1
        shaped = self._shaped(text, names, plain or lead)
        if plain:
            return shaped
        if lead:
            return self._marking(shaped, self._with_tic(shaped, names, lead=True)) if self._due else shaped
        if last and (phrase := self._catchphrase()):
            return f"{shaped} {phrase}"
        flourish = len(shaped) > len(text) + 20
        return self._marking(shaped, self._marked_line(shaped, names)) if self._due and not flourish else shaped

    @property
    def _due(self) -> bool:
        return self._said - self._last >= EVERY

    def _marking(self, before: str, after: str) -> str:
        if after != before:
            self._last = self._said
        return after

    def _shaped(self, text: str, names: Sequence[str], plain: bool) -> str:
        match self._shape:
            case "short":
                return clipped(text)
            case "medium":
                return text if plain else joined(text, names)
            case "long" if not plain:
                return self._lengthened(text, names)
            case _:
                return text

    def _lengthened(self, text: str, names: Sequence[str]) -> str:
        """Two lines in three grow a beginning or an end; the others are only joined."""
        whole = joined(text, names, all_of_them=True)
        length = len(words(whole, "en"))
        if (
            length >= LONG
            or self._said % 3 == 1
            or length < 4
            or not (whole.endswith("?") or _PLAIN_START.match(whole))
        ):
            return whole
        parts = sentences(whole, "en")
        self._grand += 1
        if self._grand > GRAND and self._grand % 3:
            return whole
        if whole.endswith("?"):
            opening = self._deck.deal("asking", frames()["asking"])
            return f"{opening} {lowered(whole, names)}"
        if self._said % 2 and whole.endswith(".") and _PLAIN_START.match(parts[-1]):
            return f"{whole[:-1]}{self._coda()}."
        return f"{self._deck.deal('prelude', frames()['prelude'])} {lowered(whole, names)}"

    def _coda(self) -> str:
        nouns = [mark for mark in self._vocabulary if mark.use == "noun"]
        if nouns and self._said % 3:
            frame = self._deck.deal("nouncoda", frames()["nouncoda"]) or ""
            return frame.format(v=as_noun(nouns[self._said % len(nouns)].text))
        return self._deck.deal("coda", frames()["coda"]) or ""

    def _catchphrase(self) -> str:
        phrases = catchphrases(self.who)
        if not phrases or not self._phrase:
            return ""
        self._phrase = False
        return _sentence(phrases[self._start // 2 % len(phrases)])

    def _marked_line(self, text: str, names: Sequence[str]) -> str:
        """With a tic; once in a scene, at most, with a word of the vocabulary instead."""
        nouns = [mark for mark in self._vocabulary if mark.use == "noun"]
        others = [mark for mark in self._vocabulary if mark.use in ("address", "opener")]
        self._marked += 1
        if self._marked % 3 == 0 and nouns and not self._noun and text.endswith("."):
            self._noun = True
            mark = nouns[self._start % len(nouns)]
            return worked_in(mark, text, names, self._deck)
        return self._with_tic(text, names, (*self._tics, *others))

    def _with_tic(self, text: str, names: Sequence[str], marks: Sequence[Mark] = (), *, lead: bool = False) -> str:
        pool = [mark for mark in marks or self._tics if not (lead and mark.text.lower() in YES | NO)]
        for at in range(len(pool)):
            mark = pool[(self._said // EVERY + at) % len(pool)]
            if mark.use in ("address", "opener", "asked", "closer") and fitting(mark, text):
                return worked_in(mark, text, names, self._deck, short=self._shape == "short")
        return text


def fitting(mark: Mark, text: str) -> bool:
    """Whether a yes or a no does not contradict the line."""
    low = mark.text.lower()
    if mark.use in ("closer", "asked") and not text.endswith("."):
        return False
    if mark.use in ("closer", "opener") and not _PLAIN_START.match(text):
        return False
    if low in NO and not _DENIES.search(text):
        return False
    first = next(iter(words(text, "en")), "")
    if low in YES:
        return first not in NO and not text.endswith("?")
    return not (low in NO and (first in YES or text.endswith("?"))) and first not in words(mark.text, "en")


def worked_in(mark: Mark, text: str, names: Sequence[str], deck: Deck, *, short: bool = False) -> str:
    """The line with the mark where its form lets it stand."""
    match mark.use:
        case "address":
            return _addressed(text, mark.text)
        case "opener" if short and " " not in mark.text:
            return f"{_sentence(mark.text)} {text}"
        case "opener":
            first = mark.text.split()[0].lower()
            if first in VERBS and len(mark.text.split()) > 2:  # "Let me be clear" stands for itself
                return f"{_sentence(mark.text)} {text}"
            return f"{_capital(mark.text)}, {lowered(text, names)}"
        case "closer":
            return _closed(text, mark.text)
        case "asked":
            return f"{text} {_capital(mark.text.rstrip('?'))}?"
        case "noun":
            frame = deck.deal("noun", frames()["noun"]) or "{v}."
            return f"{text} {_capital(frame.format(v=as_noun(mark.text)))}"
        case _:
            frame = deck.deal(mark.use, frames()[mark.use]) or "{v}."
            return f"{text} {_capital(frame.format(v=mark.text.strip('.!')))}"


def _addressed(text: str, name: str) -> str:
    """ "Sit down." -> "Sit down, love." """
    head, mark = (text[:-1], text[-1]) if text[-1:] in ".!?" else (text, ".")
    return f"{head}, {name}{mark}" if not head.endswith(('"', ",", "…")) else text


def _closed(text: str, tic: str) -> str:
    parts = sentences(text, "en")
    if " " not in tic and tic.lower() not in _TAGGED:
        return f"{text} {_sentence(tic)}"
    if parts and parts[-1].endswith(".") and len(parts) < 4 and not parts[-1].endswith(('".', "..")):
        return f"{text[:-1]}, {tic}."
    return f"{_capital(tic)}, {lowered(text, ())}"


_TAGGED = word_set("like really honestly though eh actually boom then probably maybe too")


def clipped(text: str) -> str:
    """In pieces, without the words that can be spared: "I'm hiding the letter, because he asked." """
    found = []
    for number, sentence in enumerate(sentences(text, "en")):
        if number == 0 and sentence.endswith("."):
            sentence = _capital(_CLIP.sub("", sentence)) if _spares(sentence) else sentence
        found += list(_pieces(sentence))
    return " ".join(found)


def _spares(sentence: str) -> bool:
    """Whether its first words can go and leave it whole."""
    return len(sentence.split()) > 4 and not any(
        each in sentence for each in (" and ", "That's the", " that's", " one ")
    )


def _pieces(sentence: str) -> Iterator[str]:
    if len(sentence.split()) <= 6 or sentence.endswith("?"):
        yield sentence
        return
    cut = re.match(
        r"^(.{6,}?), (?=(?:and|but|or|so|because|if|in case|unless|though|before|after|then|not|mostly|only)\b)",
        sentence,
    )
    cut = cut or re.match(r"^(.{8,}?) (?=(?:because|but|so that|in case|unless|until|before)\b)", sentence)
    if cut and len(cut[1].split()) > 1:
        yield f"{cut[1]}."
        yield from _pieces(_capital(sentence[cut.end() :]))
    else:
        yield sentence


def joined(text: str, names: Sequence[str], *, all_of_them: bool = False) -> str:
    """Short statements in a row as one sentence."""
    found: list[str] = []
    for sentence in sentences(text, "en"):
        before = found[-1] if found else ""
        room = all_of_them or len(before.split()) + len(sentence.split()) <= MEDIUM + 5
        if (
            before.endswith(".")
            and not before.endswith("..")
            and room
            and len(sentence.split()) > 1
            and _PLAIN_START.match(sentence)
        ):
            single = len(before.split()) == 1
            alike = _PLAIN_START.match(before) and " and " not in before and not _DENIES.search(f"{before} {sentence}")
            glue = ", " if single else ", and " if alike else "; "
            found[-1] = f"{before[:-1]}{glue}{lowered(sentence, names)}"
        else:
            found.append(sentence)
    return " ".join(found)


def lowered(text: str, names: Sequence[str]) -> str:
    """With a small first letter, unless it is a name or "I"."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    bare = re.split(r"['’,.!?]", first)[0]
    keeps = bare == "I" or (bare.isupper() and len(bare) > 1) or any(bare and bare in name.split() for name in names)
    return text if keeps else text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return _capital(text if text[-1:] in ".!?…" else f"{text}.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shape(told: str) -> str:
    low = told.lower()
    for shape, hints in _HINTS.items():
        if any(hint in low for hint in hints):
            return shape
    return ""


_HINTS = {
    "short": ("clipped", "short", "terse", "blunt", "fragment", "one word", "monosyll"),
    "long": ("long", "winding", "aside", "ornate", "rambl", "florid", "subordinate", "never end"),
    "medium": ("medium", "measured", "complete", "precise", "formal"),
}
