"""An indirect question as it is asked: "what a new floor costs" is "What does a new floor cost?" Pure."""

from __future__ import annotations

import re

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.lexicon import word_set

_WH = re.compile(
    r"^(?P<wh>(?:(?:for|with|to|about|of|from) )?(?:what|which|whose|how many|how much) \w+"
    r"(?= (?:he|she|they|it|I|you|we)\b)"
    r"|how (?:long|much|many|often|far|old|soon|late|bad)|(?:for|with|to|about|in) (?:what|which)(?: \w+)?"
    r"|why|how|what|who|whose|where|when|which)\s+(?P<rest>.+)$"
)
_AUX = word_set(
    "is are am was were has have had can could will would should may might must do does did can't won't isn't"
)
_ADVERBS = word_set("never always still ever only just really")
_PRONOUNS = word_set(
    "he she they it i you we there nobody somebody everybody everyone anyone anybody someone this that"
)


def asked_directly(asked: str) -> str:
    """The question with its mark; empty if it cannot be turned round safely."""
    plain = " ".join(asked.split()).rstrip(" .?")
    if match := re.match(r"^(?:if|whether) (.+)$", plain):
        return _inverted("", match[1])
    if re.match(r"^(?:(?:for|with|about|to) )?(?:what|which|why|who|whose|how|where|when)(?: \w+)?$", plain):
        return _mark(plain)
    match = _WH.match(plain)
    if not match:
        return ""
    wh, rest = match["wh"], match["rest"]
    first = rest.split()[0].lower()
    if first in _AUX or (verbs.is_third(first) and wh.split()[-1] in ("who", "what", "which", "whose")):
        return _mark(f"{wh} {rest}")  # the question word is the subject
    if wh in ("who", "what") and verbs.of_past(first):
        return _mark(f"{wh} {rest}")
    return _inverted(wh, rest)


def _inverted(wh: str, rest: str) -> str:
    words = rest.split()
    if words[0].lower() in _PRONOUNS or (words[0][:1].isupper() and len(words) > 1):
        ends = range(1, 2)
    else:
        ends = range(1, min(len(words), 9))
    for at in ends:
        adverb = words[at : at + 1] if at + 1 < len(words) and words[at].lower() in _ADVERBS else []
        behind = words[at + len(adverb) :]
        word, after = (behind[0].lower(), behind[1:]) if behind else ("", [])
        subject = " ".join((*words[:at], *adverb))
        if word in _AUX and (after or wh):
            return _mark(" ".join(filter(None, (wh, behind[0], subject, *after))))
        if verbs.is_third(word) and verbs.base(word) in verbs.VERBS:
            return _mark(" ".join(filter(None, (wh, "does", subject, verbs.base(word), *after))))
        if past := verbs.of_past(word):
            return _mark(" ".join(filter(None, (wh, "did", subject, past, *after))))
        if word in verbs.VERBS and subject.lower() in ("i", "you", "we", "they"):
            return _mark(" ".join(filter(None, (wh, "do", subject, word, *after))))
    return ""


def _mark(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}?"
