"""Whom a beat says something is said to, and who is "me" and "you" in it. Pure."""

from __future__ import annotations

import re

from scenewright.kinds.episode.offline.clauses import Clause, forms
from scenewright.kinds.episode.offline.saying import swapped
from scenewright.kinds.episode.offline.utterance import Scene
from scenewright.kinds.episode.offline.viewpoint import View


def addressee_of(clause: Clause, scene: Scene, other: str) -> str:
    """Whom the beat says it is said to: "tells Voss that", "says to him that"."""
    rest = clause.text[behind(clause) :].lstrip()
    for who, name in scene.named:
        if any(re.match(rf"(?:(?:back )?(?:to|at) )?{re.escape(form)}(?![\w'’])", rest) for form in forms(name)):
            return who if who != clause.subject else ""
    if re.match(r"(?:(?:back )?to )?(?:him|her|them)\b(?! \w+(?:'s)? (?:is|has)\b)", rest) and other in scene.present:
        return other if other != clause.subject else ""
    others = [who for who in scene.present if who != clause.subject]
    return others[0] if len(others) == 1 else ""


def behind(clause: Clause) -> int:
    """Where in the beat stands what follows its verb."""
    at = clause.text.find(f" {clause.third} ") if clause.third else -1
    return at + len(clause.third) + 2 if at >= 0 else len(clause.text)


_CLAUSE_STARTS = "to|not|if|whether|how|what|why|who|where|when|that|straight|they|he|she|it|there|I|you|we|nobody"


def without_addressee(text: str, scene: Scene) -> str:
    """What follows the verb, without whom it is said to."""
    for form in sorted((f for _, name in scene.named for f in forms(name)), key=len, reverse=True):
        text = re.sub(rf"^(?:(?:back )?(?:to|at) )?{re.escape(form)}(?![\w'’])\s*", "", text)
    text = re.sub(r"^(?:back )?to (?:him|her|them)\s+", "", text)
    text = re.sub(r"^(?:his|her|their|the|an?) \w+ (?=(?:not )?to \w)", "", text)
    return re.sub(rf"^(?:him|her|them)\s+(?=(?:{_CLAUSE_STARTS})\b)", "", text)


def own(text: str, clause: Clause, view: View) -> str:
    """As the speaker says it: "his letter" is "my letter", "him" is "you"."""
    return persons_turned(swapped(text, clause, view), clause, view)


_OBJECT = re.compile(
    r"\b(?<!\w')(him|her)\b(?=$|[,.;!?]| (?:to|in|on|at|with|from|for|about|that|and|into|off|out|up|down|away|if"
    r"|right|now|is|was|by|before|when|because|back|again|home|here|there|through|a|an|the|how|what|why)\b)"
)
_I = re.compile(r"\bI\b")
_SUBJECTS = re.compile(r"\b(I|you|we|he|she|it|they|who)\b")


def persons_turned(text: str, clause: Clause, view: View, *, asking: bool = False) -> str:
    """ "him" of somebody who is spoken to is "you", of the speaker "me", as far as that can only be one of them."""

    def turned(match: re.Match[str]) -> str:
        pronoun = {"him": "he", "her": "she"}[match[1]]
        known = view.genders
        yours = bool(view.addressee) and known.get(view.addressee) == pronoun
        mine = known.get(clause.subject) == pronoun
        if yours and (asking or not mine or _I.search(text[: match.start()])):
            return "you"
        subjects = _SUBJECTS.findall(text[: match.start()])
        told = bool(clause.said or asking) and subjects[-1:] != ["I"]
        return "me" if mine and told and not yours else match[1]

    return _OBJECT.sub(turned, text)
