"""Which phrases belong to a language, and which of several to say."""

from __future__ import annotations

import hashlib
import re

from scenewright.kinds.classroom.offline.phrases.de import GERMAN
from scenewright.kinds.classroom.offline.phrases.en import ENGLISH
from scenewright.kinds.classroom.offline.phrases.es import SPANISH
from scenewright.kinds.classroom.offline.phrases.fr import FRENCH
from scenewright.kinds.classroom.offline.phrases.table import Phrases
from scenewright.kinds.classroom.offline.phrases.zh import CHINESE
from scenewright.text.sentences import base

_TABLES = {"en": ENGLISH, "de": GERMAN, "zh": CHINESE, "fr": FRENCH, "es": SPANISH}
_NONE = Phrases()


def phrases(language: str) -> Phrases:
    return _TABLES.get(base(language), _NONE)


def labelled(title: str, text: str, language: str) -> str:
    """A line with its topic before it; a title that asks needs no colon."""
    line = phrases(language).label.format(title=title, text=text)
    asks = title.endswith(("?", "？", "!", "！"))
    return re.sub(r"(?<=[?？!！])\s?[:：](?=\*\*)", "", line, count=1) if asks else line


def chance(*seed: str) -> int:
    """A number that looks random and is the same on every machine."""
    return int.from_bytes(hashlib.sha256("\x1f".join(seed).encode("utf-8", "replace")).digest()[:6], "big")


def pick(variants: tuple[str, ...], *seed: str, avoid: str = "") -> str:
    """One of several ways to say the same; "" if there is none. Skips those whose words are in `avoid`."""
    if not variants:
        return ""
    start = _turn(*seed)
    turned = [variants[(start + step) % len(variants)] for step in range(len(variants))]
    return next((variant for variant in turned if not _heard(variant, avoid)), turned[0])


def _turn(first: str = "", *rest: str) -> int:
    """Neighbouring scenes (s3, s4) take neighbouring variants, so that nothing comes back at once."""
    digits = re.search(r"\d+$", first)
    return chance(*rest) + int(digits[0]) if digits else chance(first, *rest)


def _heard(variant: str, avoid: str) -> bool:
    fixed = max((part.strip() for part in variant.replace("}", "{").split("{")[::2]), key=len)
    return bool(fixed) and fixed in avoid
