"""Speech that a beat gives word for word: "Pip: "Sold!"", "'No,' Ada says", "It is late, she explains." Pure."""

from __future__ import annotations

import re

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.clauses import BEGGING, SAYING, parsed
from scenewright.kinds.episode.offline.lexicon import word_set

Named = tuple[tuple[str, str], ...]
_TAGS = (
    SAYING | BEGGING | word_set("ask demand wonder toast yell cry sigh mutter murmur snap shout scream mumble think")
)
_QUOTE = re.compile(r'"([^"]{2,})"|“([^”]{2,})”|(?<![\w])[\'‘]((?:[^\'’]|[\'’](?=\w)){2,})[\'’](?!\w)')
_NAME = r"(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}|[Hh]e|[Ss]he|[Tt]hey)"
_TAG = re.compile(
    rf",\s+(?:{_NAME} (?P<verb>\w+)|(?P<verb2>\w+) (?P<who2>[A-Z][\w.’'-]*))"
    r"(?: (?:to|at) (?P<to>[A-Z]\w*)| (?P<to2>(?!aloud|softly|again)[A-Z]\w*))?(?: aloud| again| \w+ly)?"
    r"(?P<end>,\s+|[.!]?$)"
)


def quoted(beat: str, named: Named, before: str) -> tuple[str, str, str, str] | None:
    """(who, what is said, to whom or empty, what is left of the beat as something seen)."""
    found = _QUOTE.search(beat)
    if not found:
        return _tagged(beat, named, before)
    said = next(group for group in found.groups() if group).strip()
    left, right = beat[: found.start()].strip(), beat[found.end() :].strip()
    who, to, rest = _speaker(left, right, named, before)
    return (who, _stopped(said), to, rest) if who else None


def _speaker(left: str, right: str, named: Named, before: str) -> tuple[str, str, str]:
    if not left:  # "...," says Gus, chewing.
        behind = re.match(
            rf"^(?:{_NAME} (?P<verb>\w+)|(?P<verb2>\w+) {_NAME.replace('who', 'who2')})(?P<rest>.*)$", right
        )
        if not behind or not _says(behind["verb"] or behind["verb2"]):
            return "", "", ""
        who = _who(behind["who"] or behind["who2"], named, before)
        rest = behind["rest"].strip(" .")
        to = re.match(r"^(?:to |at )?([A-Z]\w*)\b", rest)
        told = _who(to[1], named, "") if to else ""
        doing = re.match(r"^(?:(?:to |at )?[A-Z]\w*)?,\s+(\w+ing\b.*)$", rest)
        name = dict(named).get(who, "")
        return who, told, f"{name} is {doing[1]}." if who and doing and name else ""
    clause = parsed(left.rstrip(",: "), named, before)
    first = re.match(rf"^{_NAME}(?P<verb>\W\s*\w+)?", left)
    introduced = left.endswith((",", ":")) or (left.split()[-1] == clause.third and _says(clause.third))
    if not introduced:
        return "", "", ""
    who = clause.subject or (_who(first["who"], named, before) if first else "")
    heard = next((each for each, _ in named if each != who and _names(each, left, named)), "")
    return who, heard, _rest(right, who, named)


def _rest(right: str, who: str, named: Named) -> str:
    """What is done besides: "and is led away"."""
    match = re.match(r"^,? (?:and|then|and then) (?P<what>\w+ .+)$", f" {right}" if right else "")
    name = dict(named).get(who, "")
    return f"{name} {match['what']}" if match and name and verbs.is_third(match["what"].split()[0]) else ""


def _tagged(beat: str, named: Named, before: str) -> tuple[str, str, str, str] | None:
    for match in _TAG.finditer(beat):
        if not _says(match["verb"] or match["verb2"]):
            continue
        who = _who(match["who"] or match["who2"], named, before)
        left, right = beat[: match.start()].strip(), beat[match.end() :].strip()
        if not who or len(left.split()) < 2:
            return None
        to = _who(match["to"] or match["to2"] or "", named, "")
        glue = " " if right.split(" ")[0].lower() in ("because", "if", "when", "that", "unless", "until") else ", "
        told = f"{left}{glue}{right}" if right else left
        return who, told, to, "indirect"
    return None


def _says(verb: str) -> bool:
    low = verb.lower()
    return verbs.base(low) in _TAGS or verbs.of_past(low) in _TAGS


def _who(name: str, named: Named, before: str) -> str:
    if name.lower() in ("he", "she", "they"):
        return before
    return parsed(f"{name} is", named).subject if name else ""


def _names(who: str, text: str, named: Named) -> bool:
    return any(each == who and any(part in text.split() for part in name.split()) for each, name in named)


def _stopped(said: str) -> str:
    plain = said.strip().rstrip(",")
    return plain if plain[-1:] in ".!?…" else f"{plain}."
