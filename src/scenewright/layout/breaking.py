"""Where a line of text may end: at spaces and hyphens, between Chinese characters by the kinsoku rules, and, where a
word is longer than its line, at its soft points, its syllables or anywhere."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_NO_START = frozenset(
    "、。，．：；？！）］｝〉》」』】〕〗〙〛’”…‥—～·・％‰℃ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    ",.:;?!)]}%»›"
)
_NO_END = frozenset("（［｛〈《「『【〔〖〘〚‘“￥＄([{«‹$")
_SOFT_AFTER = frozenset("/\\._-?&=:;,@#+|~)>")
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûæøåAEIOUYÄÖÜ")
_TOGETHER = frozenset(("ch", "ck", "ph", "th", "sh", "st", "qu", "gh", "tz"))


@dataclass(frozen=True)
class Piece:
    """A stretch without a place to break. `space`: a space stands before it on the same line."""

    text: str
    space: bool


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[Piece, ...]:
    """`text` has single spaces only. A space at its end is kept as an empty last piece."""
    found: list[Piece] = []
    space = False
    for index, word in enumerate(text.split(" ")):
        space = index > 0
        for part in _within(word) or ([""] if space else []):
            found.append(Piece(part, space))
            space = False
    return tuple(found)


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two neighbouring characters."""
    if after in _NO_START or before in _NO_END or unicodedata.combining(after) or "\u200d" in (before, after):
        return False
    if before in "-‐–" and after.isalpha():
        return True
    if before in "—" or (before == "/" and after.isalpha()):
        return True
    return _wide(before) or _wide(after)


def _within(word: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for index in range(1, len(word)):
        if not may_part(word[index - 1], word[index]):
            continue
        hyphenated = word[index - 1] in "-‐–"
        if hyphenated and index - start < 3:  # "-v", "e-mail": not worth a break
            continue
        parts.append(word[start:index])
        start = index
    return [*parts, word[start:]] if word else []


def _wide(char: str) -> bool:
    return ord(char) >= 0x1100 and unicodedata.east_asian_width(char) in "WF"


def is_wide(char: str) -> bool:
    """Chinese, Japanese or Korean, or full-width."""
    return _wide(char)


def cut(word: str, fits: int) -> tuple[str, str, bool]:
    """Splits a word of which the first `fits` characters (at least one) fit on the line.

    Returns the head, the rest and whether the head gets a hyphen (which must then fit as well). The head is cut
    after a soft point or a camelCase hump if there is one in its second half, else at a syllable (words), else
    anywhere.
    """
    fits = max(1, min(fits, len(word) - 1))
    least = max(1, fits // 3)
    for at in range(fits, least - 1, -1):
        if _is_soft(word, at):
            return word[:at], word[at:], False
    if word.replace("'", "").replace("’", "").isalpha() and not _wide(word[0]):
        for at in range(fits - 1, max(2, least) - 1, -1):
            if _is_syllable(word, at):
                return word[:at], word[at:], True
        if fits > 3:
            return word[: fits - 1], word[fits - 1 :], True
    at = fits
    while at > 1 and (unicodedata.combining(word[at]) or word[at - 1] == "\u200d"):
        at -= 1
    return word[:at], word[at:], False


def _is_soft(word: str, at: int) -> bool:
    before, after = word[at - 1], word[at]
    if before in _SOFT_AFTER and after not in _SOFT_AFTER:
        return True
    return before.islower() and after.isupper()


def _is_syllable(word: str, at: int) -> bool:
    """Before a consonant that stands between two vowels; at least three letters on both sides."""
    if at < 3 or len(word) - at < 3:
        return False
    before, first, second = word[at - 1], word[at], word[at + 1]
    if first in _VOWELS:
        return False
    if (first + second).lower() in _TOGETHER and at + 2 < len(word):
        return word[at + 2] in _VOWELS and before not in "sS"
    return second in _VOWELS and (before + first).lower() not in _TOGETHER
