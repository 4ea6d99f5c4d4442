"""Who is named in a text: words in capitals, as writers introduce people, and words after @. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

NAMED = "?"  # stands among the characters of a scene: whoever of the show is named in its text
_NO_NAMES = (  # what stands in capitals in an outline and is nobody
    "ACT AND ANGLE BACK BBC BEGIN CAMERA CLOSE COLD CONTINUED CONTINUOUS CUT DAY DISSOLVE DVD END EXT FADE FBI FLASH "
    "FLASHBACK FROM HOLD INSERT INT INTERCUT LATER MATCH MONTAGE MORNING NASA NEVER NIGHT NOT NOW OFF OPEN PAN POV "
    "SCENE SERIES SFX SHOT SLOW SMASH SOS SUPER TAG TBD TEASER THE TITLE UFO USA VFX VOICE WHO WHY YES ZOOM"
)
_NOBODY = frozenset(_NO_NAMES.split())
_EXPLICIT = re.compile(r"(?<![\w.])@(?P<name>[^\W\d_][\w'’-]{0,30})")
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")
_TITLES = ("DR.", "MR.", "MRS.", "MS.", "ST.")


def named(text: str) -> Iterator[str]:
    """Names in the order in which they stand there, each as often as it does."""
    yield from (_bare(found["name"]) for found in _EXPLICIT.finditer(text))
    if not text.isupper():  # somebody shouts
        yield from _runs(text)


def told(text: str, names: Sequence[str]) -> str:
    """The text without the marks before names, and with these names as they are where they stand in capitals."""
    text = _EXPLICIT.sub(lambda found: found["name"], text)
    loud = {name.upper(): name for name in names if name.upper() != name}
    return _any_of(loud).sub(lambda found: loud[found[0]], text) if loud else text


def mentioned(texts: Iterable[str], names: Sequence[str]) -> list[str]:
    """Those of the names that stand in the texts as whole words, however they are spelt, in order."""
    by_key = {name.casefold(): name for name in names}
    if not by_key:
        return []
    pattern = _any_of(by_key)
    found = (match[0] for text in texts for match in pattern.finditer(text.casefold()))
    return list(dict.fromkeys(by_key[key] for key in found))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _runs(text: str) -> Iterator[str]:
    """Words in capitals that stand side by side are one name."""
    run: list[str] = []
    end = -1
    for found in _WORD.finditer(text):
        word = _bare(found[0])
        if run and (not _loud(word) or word in _NOBODY or text[end : found.start()] != " "):
            yield from _name(run)
            run = []
        if _loud(word) and word not in _NOBODY and text[found.start() - 1 : found.start()] != "@":
            run.append(word)
        end = found.end() if word == found[0] else -1
    yield from _name(run)


def _bare(word: str) -> str:
    """Without a possessive and the end of a sentence."""
    word = re.sub(r"['’]S?$", "", word, flags=re.I)
    return word if word in _TITLES else word.rstrip(".'’-")


def _loud(word: str) -> bool:
    return word.isupper() and sum(letter.isalpha() for letter in word) > 1


def _name(run: Sequence[str]) -> Iterator[str]:
    if 0 < len(run) <= 3 and (len(run) > 1 or len(run[0]) > 2):
        yield " ".join(run)
