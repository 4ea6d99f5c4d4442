"""Text as it is drawn: one line, composed, without characters that would draw nothing or reorder the line."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+")
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_EMOJI_JOINT = re.compile("(?<=[\u2190-\u2bff\U0001f000-\U0001faff])[\u200d\U0001f3fb-\U0001f3ff]+")
_LONE = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    """Runs of white space become one space."""
    return _SPACES.sub(" ", visible(text))


def visible(text: str) -> str:
    """Keeps white space as it is (for code); a joined emoji becomes its parts, which the embedded font can draw."""
    text = unicodedata.normalize("NFC", _LONE.sub("\ufffd", text))
    kept = (
        "".join(char if char in "\n\t" else _DROPPED.sub("", char) for char in text) if _DROPPED.search(text) else text
    )
    return _EMOJI_JOINT.sub("", kept)
