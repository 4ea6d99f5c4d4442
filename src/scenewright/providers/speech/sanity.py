"""Whether a sound can be the text it is said to be. Voices do run away, break off and answer with silence."""

from __future__ import annotations

import unicodedata

from scenewright.text.timing import speaking_seconds

MUCH_TOO_LONG, SLACK = 10, 10.0  # times the expected duration, and so many seconds more
MUCH_TOO_SHORT = 0.1  # times the expected duration
SYMBOL = 1.5  # seconds that the name of an emoji or a symbol may take


def longest(text: str, language: str, rate: float = 1.0) -> float:
    """Seconds after which it cannot be this text any more."""
    return _expected(text, language) / rate * MUCH_TOO_LONG + SLACK


def problem(text: str, language: str, *, seconds: float, rate: float = 1.0) -> str:
    """What is wrong with `seconds` of sound (silence at its ends not counted) as this text; "" if nothing is."""
    shown = f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
    if seconds <= 0:
        return f"The voice said nothing for {shown}: choose a voice that speaks the language of the text."
    if seconds > longest(text, language, rate):
        return f"The voice took {seconds:.0f} seconds for {shown}, which cannot be right: try again or choose another."
    if seconds < _expected(text, language) / rate * MUCH_TOO_SHORT:
        return f"The voice broke off after {seconds:.1f} seconds of {shown}: try again or choose another voice."
    return ""


def _expected(text: str, language: str) -> float:
    symbols = sum(unicodedata.category(char) in ("So", "Sm", "Sc") for char in text)
    return speaking_seconds(text, language) + SYMBOL * symbols
