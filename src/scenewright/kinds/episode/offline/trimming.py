"""Which words of a beat stand in the way of saying it, and how a sentence of it ends. Pure."""

from __future__ import annotations

import re

from scenewright.kinds.episode.offline.clauses import parsed
from scenewright.kinds.episode.offline.saying import Named

_SHORT = re.compile(
    r"\b([Hh]e|[Ss]he|[Tt]hey|[Ii]t)['’](s|re|ve|ll)\b(?P<after>(?: (?:\w+ly|always|never|only|just))? \w+)?"
)
_PARTICIPLE = re.compile(r"(?:been|had|got|gone|done|seen|\w{2,}(?:ed|en|wn))$")


def expanded(beat: str) -> str:
    """ "he's been" -> "he has been", so that it can be put in another person."""

    def whole(match: re.Match[str]) -> str:
        after = match["after"] or ""
        has = "has" if _PARTICIPLE.search(after) else "is"
        verb = {"s": has, "re": "are", "ve": "have", "ll": "will"}[match[2]]
        return f"{match[1]} {verb}{after}"

    plain = re.sub(r"\bpoints out that\b", "remarks that", _SHORT.sub(whole, beat))
    return re.sub(r"\bworks out that\b", "realises that", plain)


_BETWEEN = re.compile(r"^(?P<who>[A-Z][\w.]*(?: [A-Z]\w*)?), (?P<what>[^,]+), (?P<rest>\w+s\b.*)$")
_FRONTED = re.compile(
    r"^(?P<what>(?:\w+(?:ing|ed)|[Cc]aught|[Ll]eft|[Ll]ost|[Ss]till|[Bb]ack)\b[^,]*), (?P<rest>[A-Z].*)$"
)


def straightened(beat: str, named: Named) -> tuple[str, str]:
    """Without what stands between somebody and the verb, or before both; and that, as something seen."""
    if (match := _BETWEEN.match(beat)) and parsed(f"{match['who']} is", named).subject:
        return f"{match['who']} {match['rest']}", f"{match['who']}, {match['what']}."
    if (match := _FRONTED.match(beat)) and (who := parsed(match["rest"], named).subject):
        what = match["what"]
        return match["rest"], f"{dict(named)[who]}, {what[:1].lower()}{what[1:]}."
    return beat, ""


_TAIL = re.compile(
    r"(?:,| –| —|;|:)?\s+(?:because|while|as|until|when|but|so|who|which|after|before|unless|since|though"
    r"|although)\b.*$"
    r"|,\s.*$|\s+(?:and|then)\s+\w+s\b.*$"
)


def cut(text: str) -> str:
    """Without what hangs on behind."""
    short = _TAIL.sub("", text).rstrip(" .,;")
    return short if len(short.split()) > 1 else text.rstrip(" .,;")


def stopped(text: str) -> str:
    """With its capital and its stop; empty if nothing is left."""
    plain = " ".join(text.split()).strip(" ,;")
    if not plain:
        return ""
    return f"{capital(plain)}{'' if plain[-1:] in '.!?…' else '.'}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
