"""What a clause sounds like in somebody's mouth: the clause itself, its things, and what is planned as a line. Pure."""

from __future__ import annotations

import re

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.clauses import Clause, parsed
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.marks import holds
from scenewright.kinds.episode.offline.things import Thing, short_name
from scenewright.kinds.episode.offline.viewpoint import View, voiced

Named = tuple[tuple[str, str], ...]
_THIRD = {"must": "must", "has to": "have to"}
_FINITE = word_set(
    "is are was were has have had will can can't won't don't doesn't didn't isn't aren't i'm it's that's"
    " there's you're he's she's we're they're i've you've i'll would could should may might must never"
)


def fillings(thing: Thing | None, view: View) -> dict[str, str]:
    """Slot -> text, for those slots that can be filled."""
    filled = _about(thing, view) if thing else {}
    return filled | {key.capitalize(): _capital(value) for key, value in filled.items()}


def _about(thing: Thing, view: View) -> dict[str, str]:
    many = thing.plural
    return {
        "thing": thing.said(view),
        "it": "them" if many else "it",
        "itself": "themselves" if many else "itself",
        "is": "are" if many else "is",
    }


def claimed(clause: Clause, view: View, named: Named) -> str:
    """The clause, or what is told in it, as a sentence without its stop: "I hate boats", "the pier closes at six"."""
    if clause.said:
        inner = parsed(_bare(clause.said), named)
        told = claimed(inner, view, named) if inner.subject else ""
        return told or swapped(inner.text, clause, view)
    if clause.kind == "event":
        return voiced(clause.text, "", view)
    if not clause.subject:
        return ""
    who = _pronoun(clause, view)
    if clause.modal:
        modal = _THIRD.get(clause.modal, clause.modal) if who in ("I", "you", "we") else clause.modal
        return _together("", f"{who} {modal}", voiced(clause.rest, clause.subject, view))
    if not clause.verb or clause.kind == "free":
        return ""
    verb = _conjugated(clause, who)
    return _together("", f"{who} {clause.adverb}{verb}", voiced(clause.rest, clause.subject, view))


def swapped(said: str, clause: Clause, view: View) -> str:
    """With "he" and "she" as whoever tells it says it: "he once sailed" is "I once sailed"."""
    who = _pronoun(clause, view)
    if clause.subject and who in ("I", "you", "we"):
        said = _PRONOUN.sub(lambda m: _turned(m[1], m[2] or "", m[3], who, clause, view), said)
    return voiced(said, clause.subject, view)


_PRONOUN = re.compile(r"\b(he|she) ((?:never|always|also|still|once|only|just|now|nearly|\w+ly) )?(\w+)")


def _turned(pronoun: str, adverb: str, verb: str, who: str, clause: Clause, view: View) -> str:
    """ "she has" as the speaker says it. Of two people whom it may mean, one is told what he may or must do."""
    mine, yours = view.may_be(pronoun, clause.subject), view.may_be(pronoun, view.addressee)
    if who == "I" and yours and (not mine or verb in ("may", "must", "should", "can", "could", "ought")):
        who = "you"
    elif not mine:
        return f"{pronoun} {adverb}{verb}"
    if verb == "is":
        return f"{who} {adverb}{'am' if who == 'I' else 'are'}"
    if verb == "was" and who != "I":
        return f"{who} {adverb}were"
    return f"{who} {adverb}{verb if verb == 'was' else _plain(verb)}"


def _plain(word: str) -> str:
    return verbs.base(word) if verbs.is_third(word) else word


def _bare(said: str) -> str:
    return re.sub(r"^(?:that|how)\s+", "", said)


def _pronoun(clause: Clause, view: View) -> str:
    if clause.together:
        return "we" if view.speaker in clause.together else "you" if view.addressee in clause.together else "they"
    if clause.subject == view.speaker:
        return "I"
    return "you" if clause.subject == view.addressee else short_name(view.names.get(clause.subject, "somebody"))


def _conjugated(clause: Clause, who: str) -> str:
    if clause.past:
        return "were" if clause.third == "was" and who in ("you", "we", "they") else clause.third
    if clause.verb == "be":
        return "am" if who == "I" else "are" if who in ("you", "we", "they") else "is"
    return clause.verb if who in ("I", "you", "we", "they") else clause.third


def _together(*parts: str) -> str:
    return re.sub(r"\s+([,.!?])", r"\1", " ".join(" ".join(parts).split()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def fact_said(text: str, terms: tuple[str, ...], view: View, named: Named) -> str:
    """A planned set-up, pay-off, callback or fact as a line that has one of its terms in it."""
    if not text.strip():
        return term_said(max(terms, key=len)) if terms else ""
    clause = parsed(text, named)
    told = claimed(clause, view, named) or ""
    plain = " ".join(text.split()).rstrip(" .")
    for said in (told, plain if _is_clause(plain) else ""):
        if said and (not terms or any(holds(said, term) for term in terms)):
            return f"{_capital(said)}."
    if not terms:
        return f"{_capital(told or plain)}."
    best = max(terms, key=lambda term: (_is_clause(term), len(term)))
    return term_said(best, short_name(view.names.get(clause.subject, "")) if clause.subject else "")


def term_said(term: str, who: str = "") -> str:
    """A term as something that can be said: "rings at noon" is "It rings at noon."."""
    plain = " ".join(term.split()).rstrip(" .,;")
    words = plain.lower().replace("’", "'").split()
    first = words[0] if words else ""
    if first in ("was", "wasn't", "isn't", "is"):
        plain = f"That {plain}"
    elif first in ("not", "been"):
        plain = f"It's {plain}"
    elif first.endswith("ing") and len(first) > 5 and verbs.gerund(_stem(first)) == first:
        plain = f"{who or 'Somebody'}'s {plain}"
    elif verbs.is_third(first) and len(words) > 1:
        plain = f"{who or 'It'} {plain}"
    elif len(words) > 1 and words[1] in _FINITE and first.isalpha() and plain[:1].islower() and first not in _STARTS:
        plain = f"The {plain}"
    elif first in ("the", "a", "an", "my", "your", "his", "her") and not _is_clause(plain):
        plain = f"It's {plain}"
    return f"{_capital(plain)}{'' if plain[-1:] in '!?' else '.'}"


_STARTS = word_set(
    "i you he she it we they there that this these those who what nobody somebody everybody nothing something never no"
    " not my your his her their our some all one everyone someone"
)


def _stem(word: str) -> str:
    bare = word[:-3]
    return next((each for each in (bare, f"{bare}e", bare[:-1]) if each in verbs.VERBS), bare)


def _is_clause(text: str) -> bool:
    words = text.lower().replace("’", "'").split()
    return any(word.strip(",.") in _FINITE or verbs.is_third(word) for word in words[1:]) or bool(
        words and words[0] in ("i'm", "it's", "that's", "there's", "you're", "never", "don't", "he's", "she's")
    )
