"""How long something takes to say, without saying it."""

from __future__ import annotations

import re

from scenewright.text.sentences import base

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_PER_SECOND = {"zh": 4.3, "ja": 6.5, "ko": 5.2}
_LETTERS_PER_SECOND = {"en": 14.5, "de": 14.0, "fr": 15.0, "es": 15.5, "it": 15.0, "pt": 15.0, "ru": 13.5}
_DIGITS_PER_SECOND = 4.0
_PAUSES = ((re.compile(r"[.!?…。！？](?=\s|$|[^\x00-\x7f])"), 0.4), (re.compile(r"[,;:，；：、—–]"), 0.18))


def speaking_seconds(text: str, language: str) -> float:
    """Seconds at a teacher's pace, pauses included; 0 for nothing to say."""
    if not text.strip():
        return 0.0
    code = base(language)
    wide = len(_WIDE.findall(text))
    digits = sum(character.isdigit() for character in text)
    narrow = sum(character.isalpha() or character == " " for character in text) - wide
    seconds = wide / _WIDE_PER_SECOND.get(code, 4.5) + digits / _DIGITS_PER_SECOND
    seconds += max(narrow, 0) / _LETTERS_PER_SECOND.get(code, 14.5)
    seconds += sum(pause * len(mark.findall(text)) for mark, pause in _PAUSES)
    return max(round(seconds, 2), 0.3)
