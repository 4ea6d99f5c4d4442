"""Guessing the language of a text from its script and its commonest words. Short texts get the default."""

from __future__ import annotations

import re
from collections import Counter

from scenewright.text.stopwords import STOPWORDS

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("kana", "\u3040-\u30ff"),
    ("han", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("ko", "\u1100-\u11ff\uac00-\ud7af"),
    ("cyrillic", "\u0400-\u04ff"),
    ("el", "\u0370-\u03ff"),
    ("he", "\u0590-\u05ff"),
    ("arabic", "\u0600-\u06ff"),
    ("hi", "\u0900-\u097f"),
    ("bn", "\u0980-\u09ff"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("th", "\u0e00-\u0e7f"),
    ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0530-\u058f"),
    ("latin", "A-Za-zÀ-ɏḀ-ỿ"),
)
_PATTERNS = tuple((name, re.compile(f"[{span}]")) for name, span in _SCRIPTS)
_WORD = re.compile(r"[^\W\d_]+")
_OWN_LETTERS = {
    "vi": "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "ro": "șțţ",
    "pl": "łśźż",
    "cs": "řěů",
    "tr": "ğış",
    "hu": "őű",
    "de": "ß",
    "es": "¿¡ñ",
    "pt": "ãõ",
    "fr": "œ",
}
_SAMPLE = 20_000  # characters that are looked at


def detect(text: str, default: str = "en") -> str:
    """A two-letter code, or `default` where the text is too short or too mixed to tell."""
    sample = text[:_SAMPLE]
    counts = {name: len(pattern.findall(sample)) for name, pattern in _PATTERNS}
    # One Chinese character says about as much as three letters.
    counts["han"] *= 3
    counts["kana"] *= 3
    script, most = max(counts.items(), key=lambda pair: pair[1])
    if most < 2:
        return default
    if script in ("han", "kana"):
        return "ja" if counts["kana"] * 8 > counts["han"] else "zh"
    if script == "cyrillic":
        return _cyrillic(sample)
    if script == "arabic":
        return "fa" if re.search("[پچژگ]", sample) else "ar"
    return script if script != "latin" else _latin(sample, default)


def shares(text: str) -> dict[str, float]:
    """For each language with a list of common words: which share of the words is on it."""
    found = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    counts = Counter(found)
    total = max(len(found), 1)
    return {code: sum(counts[word] for word in stops) / total for code, stops in STOPWORDS.items() if code != "zh"}


def _latin(sample: str, default: str) -> str:
    lower = sample.lower()
    length = max(len(_WORD.findall(sample)), 1)
    scores = shares(sample)
    for code, letters in _OWN_LETTERS.items():
        hits = sum(lower.count(letter) for letter in letters)
        scores[code] = scores.get(code, 0.0) + min(hits / length, 0.4)
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    (best, score), (_, second) = ranked[0], ranked[1]
    expected = score * length  # common words found
    if expected < 1.5 or score < 0.06 or (expected < 4 and score - second < 0.05):
        return default
    return best


def _cyrillic(sample: str) -> str:
    if re.search("[іїєґІЇЄҐ]", sample):
        return "uk"
    if re.search("[ђјљњћџ]", sample):
        return "sr"
    return "ru" if re.search("[ыэёЫЭЁ]", sample) or not re.search("ъ[а-я]", sample) else "bg"
