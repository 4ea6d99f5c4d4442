"""Who is named in a text: words in capitals, as writers introduce people, and words after @. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenewright.kinds.episode.source.binding import PERHAPS

_NO_NAMES = (  # what stands in capitals in an outline and is nobody
    "ACT AND ANGLE BACK BBC BEGIN CAMERA CLOSE COLD CONTINUED CONTINUOUS CUT DAY DISSOLVE DVD END EXT FADE FBI FLASH "
    "FLASHBACK FROM HOLD INSERT INT INTERCUT LATER MATCH MONTAGE MORNING NASA NEVER NIGHT NOT NOW OFF OPEN PAN POV "
    "SCENE SERIES SFX SHOT SLOW SMASH SOS SUPER TAG TBD TEASER THE TITLE UFO USA VFX VOICE WHO WHY YES ZOOM"
)
_NOBODY = frozenset(_NO_NAMES.split())
_EXPLICIT = re.compile(r"(?<![\w.])@(?P<name>[^\W\d_][\w'’-]{0,30})")
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")


def named(text: str) -> Iterator[str]:
    """Names, each as often as it stands there; those that are only capitals with a mark before them."""
    yield from (found["name"] for found in _EXPLICIT.finditer(text))
    if not text.isupper():
        for name in _runs(text[:20_000]):
            yield PERHAPS + name


def called(text: str) -> str:
    """The text without the marks before names."""
    return _EXPLICIT.sub(lambda found: found["name"], text)


def _runs(text: str) -> Iterator[str]:
    """Words in capitals that stand side by side are one name."""
    run: list[str] = []
    end = -1
    for found in _WORD.finditer(text):
        word = _bare(found[0])
        if run and (not _loud(word) or text[end : found.start()] != " "):
            yield from _name(run)
            run = []
        if _loud(word) and text[found.start() - 1 : found.start()] != "@":
            run.append(word)
        end = found.end() if word == found[0] else -1
    yield from _name(run)


def _bare(word: str) -> str:
    """Without a possessive and the end of a sentence."""
    word = re.sub(r"['’]S?$", "", word, flags=re.I)
    return word if word in ("DR.", "MR.", "MRS.", "MS.", "ST.") else word.rstrip(".'’-")


def _loud(word: str) -> bool:
    return word.isupper() and sum(letter.isalpha() for letter in word) > 1


def _name(run: list[str]) -> Iterator[str]:
    kept = [word for word in run if word not in _NOBODY]
    if kept and len(kept) <= 3 and (len(kept) > 1 or len(kept[0]) > 2):
        yield " ".join(kept)
