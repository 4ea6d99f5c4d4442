"""What of a text is handed to a voice: words, never commands to the engine."""

from __future__ import annotations

import re
import unicodedata

# Joiners shape letters in Persian and the Indic scripts; every other invisible character is noise to a voice.
JOINERS = "\u200c\u200d"
VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def spoken(text: str) -> str:
    """One line of words: no control, format, private or unassigned characters, single spaces, composed (NFC).

    eSpeak NG takes U+0001 for the start of a command, so this is not only cosmetic.
    """
    kept = (char for char in text if char in JOINERS or char.isspace() or unicodedata.category(char)[0] != "C")
    joined = VARIATION.sub("", unicodedata.normalize("NFC", "".join(kept)))
    return " ".join(joined.split())


def has_words(text: str) -> bool:
    """Whether anything in it would be read out: a letter, a digit or a symbol such as + or an emoji."""
    categories = (unicodedata.category(char) for char in text)
    return any(category[0] in "LN" or category in ("So", "Sm", "Sc") for category in categories)
