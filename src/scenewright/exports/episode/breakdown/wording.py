"""Words as a breakdown counts and finds them: on paper, whole, whatever their case."""

from __future__ import annotations

import re
from functools import lru_cache

_SPOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’.,\-][^\W_]+)*")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def count_words(text: str) -> int:
    """As a word processor does: "well-kept", "it's" and "3.50" are one word; a Chinese character is one."""
    return len(_SPOKEN.findall(text))


@lru_cache(maxsize=2000)
def whole(phrase: str) -> re.Pattern[str] | None:
    """Finds the phrase as whole words, in the singular or with an "s". None: there is no word in it."""
    words = re.findall(r"[\w'’]+", phrase)
    if not words:
        return None
    inside = r"[\W_]+".join(map(re.escape, words))
    if _HAN.search(phrase):
        return re.compile(inside)
    return re.compile(rf"(?<!\w){inside}(?:e?s)?(?!\w)", re.IGNORECASE)


def names(text: str, phrase: str) -> bool:
    found = whole(phrase)
    return bool(found and found.search(text))
