"""Words as a breakdown counts and finds them: on paper, whole, whatever their case."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SPOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’.,\-][^\W_]+)*")
_WORD = re.compile(r"\w+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def count_words(text: str) -> int:
    """As a word processor does: "well-kept", "it's" and "3.50" are one word; a Chinese character is one."""
    return len(_SPOKEN.findall(text))


class Finder:
    """Finds phrases in texts as whole words, in the singular or with an "s"; fast for many phrases and texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {name: text.casefold() for name, text in texts.items()}
        self._with: dict[str, dict[str, None]] = {}  # word -> names of the texts that have it
        for name, text in self._texts.items():
            for word in _WORD.findall(text):
                self._with.setdefault(word, {})[name] = None

    def where(self, phrase: str) -> list[str]:
        """Names of the texts that have it, in their order."""
        words = _WORD.findall(phrase.casefold())
        if not words:
            return []
        if _HAN.search(phrase):  # written without spaces
            return [name for name, text in self._texts.items() if phrase.casefold() in text]
        inside = r"[\W_]+".join(map(re.escape, words))
        pattern = re.compile(rf"(?<!\w){inside}(?:e?s)?(?!\w)")
        first = words[0]
        near = {name for word in (first, f"{first}s", f"{first}es") for name in self._with.get(word, ())}
        return [name for name in self._texts if name in near and pattern.search(self._texts[name])]
