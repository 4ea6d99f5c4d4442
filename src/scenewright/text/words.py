"""Words as units of meaning, for comparing and ranking texts."""

from __future__ import annotations

import re

from scenewright.text.sentences import base
from scenewright.text.stopwords import stopwords

_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+|[^\W_](?:[^\W_]|['’_.\-](?=[^\W_]))*")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def words(text: str, language: str) -> list[str]:
    """Lower-case words in order, stop words included. Chinese and Japanese give overlapping pairs of characters."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if _HAN.match(run):
            found += [run[i : i + 2] for i in range(max(len(run) - 1, 1))]
        else:
            for part in re.findall(r"[\u3040-\u30ff\u3400-\u9fff]+|[^\u3040-\u30ff\u3400-\u9fff]+", run):
                found.append(part.lower())
    return found


def content_words(text: str, language: str) -> list[str]:
    """The words that carry meaning: no stop words, no single letters; simple plurals folded."""
    stops = stopwords(base(language))
    glue = {s for s in stops if len(s) == 1 and _HAN.match(s)}
    kept = []
    for word in words(text, language):
        if word in stops or (len(word) < 2 and not _HAN.match(word)) or (glue and set(word) & glue):
            continue
        kept.append(_folded(word, base(language)))
    return kept


def _folded(word: str, language: str) -> str:
    if language == "en" and len(word) > 4:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-1]
    if language == "de" and len(word) > 6:
        for ending in ("ern", "en", "er", "es", "e", "n", "s"):
            if word.endswith(ending):
                return word[: -len(ending)]
    return word
