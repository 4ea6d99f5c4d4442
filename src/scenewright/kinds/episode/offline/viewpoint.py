"""Who of a beat is "I" and "you" to whoever speaks, in names and possessives. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from scenewright.kinds.episode.offline.clauses import forms

Names = Mapping[str, str]  # id of a character -> name


@dataclass(frozen=True, kw_only=True)
class View:
    """Who speaks to whom; `names` are those that may occur in the text."""

    speaker: str
    addressee: str
    names: Names
    genders: Mapping[str, str] = field(default_factory=dict)  # id -> "he" or "she", where the bible lets it be guessed

    def may_be(self, pronoun: str, who: str) -> bool:
        known = self.genders.get(who, "")
        return bool(who) and (
            not known or known == {"his": "he", "her": "she"}.get(pronoun, pronoun) or pronoun in ("they", "their")
        )


def voiced(text: str, subject: str, view: View) -> str:
    """Names and possessives as the speaker says them: "her letter" of somebody who speaks is "my letter"."""
    own, person = _persons(subject, view)
    if own:
        free = [word for word in ("his", "her") if view.may_be(word, subject)]
        for word in free:
            after = r"(?=\s+\w)" if word != "her" else rf"(?=\s+(?!{_AFTER_OBJECT})\w)"
            text = re.sub(rf"\b{word}\b{after}", own, text)
        if free:
            text = re.sub(rf"\b(?:{'|'.join(free)}|hers)\b(?=$|[,.;!?])", "mine" if own == "my" else "yours", text)
        text = re.sub(r"\b(?:himself|herself|themselves|themself)\b", person, text)
    for who, mine in ((view.speaker, "my"), (view.addressee, "your")):
        pronoun = {"he": "his", "she": "her"}.get(view.genders.get(who, ""), "")
        other = pronoun and who != subject and not view.may_be(pronoun, subject)
        if other and any(form in text for form in forms(view.names.get(who, ""))):
            text = re.sub(rf"\b{pronoun}\b(?=\s+(?!{_AFTER_OBJECT})\w)", mine, text)
    if not own and (name := view.names.get(subject)):
        text = re.sub(r"\b(?:his|her|their)\b(?=\s+own\b)", _of(name), text)
    for who, name in view.names.items():
        if who in (view.speaker, view.addressee):
            me = who == view.speaker
            for form in forms(name):
                safe = re.escape(form)
                text = re.sub(rf"\b{safe}['’]s?(?!\w)", "my" if me else "your", text)
                text = re.sub(rf"(?<![\w'’]){safe}(?![\w'’])", "me" if me else "you", text)
    return _agreed(text)


_AGREED = {"is": "are", "has": "have", "was": "were", "does": "do"}


def _agreed(text: str) -> str:
    """Names that became "you" and "me", with the verbs that go with them."""
    text = re.sub(r"\byou (is|has|was|does)\b", lambda m: f"you {_AGREED[m[1]]}", text)
    text = re.sub(r"\bme (has|does)\b", lambda m: f"I {_AGREED[m[1]]}", text)
    return re.sub(r"\bme (is|was)\b", lambda m: f"I {'am' if m[1] == 'is' else 'was'}", text)


_AFTER_OBJECT = (
    r"(?:to|in|on|at|with|from|for|about|that|and|into|off|out|up|down|away|through|a|an|the|how|what|as|right now"
    r"|right away|again|home|here|there|if|when|because|who|which|before|so|is|was|by|until|instead|too)\b"
)


def _persons(subject: str, view: View) -> tuple[str, str]:
    if subject and subject == view.speaker:
        return "my", "myself"
    if subject and subject == view.addressee:
        return "your", "yourself"
    return "", ""


def _of(name: str) -> str:
    return f"{name}'s"
