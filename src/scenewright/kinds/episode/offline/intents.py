"""How somebody thanks, accuses, confesses, refuses or offers, where no clause says in what words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.clauses import Clause
from scenewright.kinds.episode.offline.persons import own
from scenewright.kinds.episode.offline.trimming import cut
from scenewright.kinds.episode.offline.utterance import Act
from scenewright.kinds.episode.offline.viewpoint import View

_FOR = re.compile(r"^(?:[A-Z]\w*(?: [A-Z]\w*)? |him |her |them |to [A-Z]\w* )?(?:for|about|over) (?P<what>.+)$")
_GERUND = re.compile(r"^(?:(?:[A-Z]\w*|him|her|them|each other) )?(?P<prep>of |to |on |)(?P<ing>\w+ing)\b(?P<rest>.*)$")


def other_acts(clause: Clause, whole: str, view: View) -> Iterator[tuple[Act, str]]:
    """Verbs of speech with something other than a clause behind them, and intentions."""
    rest, verb = own(whole, clause, view), clause.verb
    about, ing = _FOR.match(rest), _GERUND.match(rest)
    if verb == "thank" and not (about or view.addressee or not rest or rest in ("him", "her", "them", "everybody")):
        return
    if verb == "thank" and rest and not about and re.match(r"(?:the|a|an|his|her|their|its)\b", rest):
        return
    if verb == "thank":
        yield "thank", f"Thank you for {cut(about['what'])}." if about else "Thank you."
    elif verb in ("apologise", "apologize"):
        yield "thank", f"I'm sorry about {cut(about['what'])}." if about else "I'm sorry."
    elif verb == "congratulate":
        yield "thank", "Congratulations."
    elif verb == "accuse" and ing:
        yield "accuse", _accused(ing, view, clause)
    elif verb == "blame" and about and view.addressee and clause.text.find(view.names[view.addressee].split()[0]) > 0:
        yield "accuse", f"I blame you for {cut(about['what'])}."
    elif verb in ("admit", "confess") and ing and ing["prep"] in ("", "to "):
        yield "confess", f"I {_past(ing)}."
    elif verb == "deny" and ing:
        yield "refuse", f"I never {_past(ing)}."
    elif verb == "suggest" and ing and not ing["prep"]:
        yield "order", f"How about {ing['ing']}{ing['rest']}?"
    elif verb == "insist" and ing and ing["prep"] == "on ":
        yield "refuse", f"I insist on {ing['ing']}{ing['rest']}."
    elif verb == "forgive" and rest:
        yield "thank", f"I forgive {'you' if rest in ('him', 'her') and view.addressee else rest}."
    elif clause.rest.startswith(("to ", "not to ")):
        yield from _meant(verb, rest)


def _meant(verb: str, rest: str) -> Iterator[tuple[Act, str]]:
    negative, what = rest.startswith("not "), re.sub(r"^(?:not )?to ", "", rest)
    for done in dict.fromkeys((what, cut(what))):
        if verb == "refuse":
            stative = what.split()[0] in ("believe", "accept", "know", "understand", "see")
            yield "refuse", f"I refuse to {done}." if stative else f"I won't {done}."
        elif verb == "agree":
            yield "promise", f"All right. I'll {done}."
        elif verb in ("want", "hope", "wish", "need"):
            yield "want", f"I {verb} {'not ' if negative else ''}to {done}."
        elif verb in ("offer", "volunteer"):
            yield "promise", f"I'll {done}."


def _accused(ing: re.Match[str], view: View, clause: Clause) -> str:
    you = "You" if view.addressee else "Somebody"
    if ing["ing"] == "having":
        return f"You have{ing['rest']}." if view.addressee else ""
    return f"{you} {_past(ing)}." if ing["ing"] != "being" else f"{you}'re{ing['rest']}." if view.addressee else ""


def _past(ing: re.Match[str]) -> str:
    base = stem(ing["ing"])
    return f"{verbs.past(base) if base != 'be' else 'was'}{ing['rest']}" if base else ""


def stem(gerund: str) -> str:
    """ "hiding" -> "hide"; empty for what is no known verb."""
    bare = gerund[:-3]
    options = (f"{bare}e", bare, bare[:-1], f"{bare[:-1]}ie")
    return next((each for each in options if each in verbs.VERBS and verbs.gerund(each) == gerund), "")
