"""What somebody says in a beat, as they say it; or nothing, and then the beat is shown as it is written. Pure.

Every way of saying it is tried, the whole before the shortened, and what is not sound English is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.clauses import (
    BEGGING,
    FINDING,
    PROMISING,
    SAYING,
    Clause,
    View,
    forms,
    parsed,
    voiced,
)
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.questions import asked_directly
from scenewright.kinds.episode.offline.quoting import quoted
from scenewright.kinds.episode.offline.saying import Named, claimed, swapped
from scenewright.kinds.episode.offline.sound import sound

Act = Literal["tell", "confess", "ask", "order", "want", "refuse", "promise", "thank", "accuse"]


@dataclass(frozen=True, kw_only=True)
class Utterance:
    who: str
    text: str  # one or two sentences, with their stops
    act: Act
    to: str = ""  # whom it is said to, if the beat says so
    beside: str = ""  # what is done besides, as a beat of its own


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Who is there, as far as speech depends on it."""

    present: tuple[str, ...]
    named: Named
    genders: Mapping[str, str]

    def view(self, who: str, to: str) -> View:
        return View(speaker=who, addressee=to, names=dict(self.named), genders=self.genders)


_TELLS = word_set(
    "tell ask warn remind beg order urge persuade invite advise assure dare command inform promise whisper"
)
_CONFESSES = word_set("confess admit reveal blurt")
_SPOKEN_STATES = word_set("love hate regret doubt believe agree disagree prefer need trust")
_ORDERS = {
    "ask": "Will you {do}?",
    "invite": "Please {do}.",
    "beg": "Please {do}.",
    "plead": "Please {do}.",
    "remind": "Remember to {do}.",
    "advise": "You should {do}.",
    "urge": "You have to {do}.",
    "persuade": "You have to {do}.",
    "dare": "I dare you to {do}.",
}


def uttered(beat: str, scene: Scene, before: str = "", other: str = "") -> Utterance | None:
    """What is said in a beat; None if it is to be shown. `before`: who "she" is; `other`: who else was named last."""
    if told := quoted(_expanded(beat), scene.named, before):
        return _quoted(*told, scene)
    beat, beside = _straightened(_expanded(beat), scene.named)
    clause = parsed(beat, scene.named, before)
    if clause.subject not in scene.present or clause.together or clause.past:
        return None
    to = _addressee(clause, scene, other)
    view = scene.view(clause.subject, to)
    for act, text in _ways(clause, view, scene, to):
        plain = _stopped(text)
        if sound(plain) and not _speaks_of_itself(plain, clause, view):
            return Utterance(who=clause.subject, text=plain, act=act, to=to, beside=beside)
    return None


_SHORT = re.compile(
    r"\b([Hh]e|[Ss]he|[Tt]hey|[Ii]t)['’](s|re|ve|ll)\b(?P<after>(?: (?:\w+ly|always|never|only|just))? \w+)?"
)
_PARTICIPLE = re.compile(r"(?:been|had|got|gone|done|seen|\w{2,}(?:ed|en|wn))$")


def _expanded(beat: str) -> str:
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


def _straightened(beat: str, named: Named) -> tuple[str, str]:
    """Without what stands between somebody and the verb, or before both; and that, as something seen."""
    if (match := _BETWEEN.match(beat)) and parsed(f"{match['who']} is", named).subject:
        return f"{match['who']} {match['rest']}", f"{match['who']}, {match['what']}."
    if (match := _FRONTED.match(beat)) and (who := parsed(match["rest"], named).subject):
        what = match["what"]
        return match["rest"], f"{dict(named)[who]}, {what[:1].lower()}{what[1:]}."
    return beat, ""


def _quoted(who: str, text: str, to: str, rest: str, scene: Scene) -> Utterance | None:
    if who not in scene.present:
        return None
    if rest != "indirect":
        act: Act = "ask" if text.endswith("?") else "tell"
        return Utterance(who=who, text=text, act=act, to=to, beside=rest)
    clause = Clause(text=text, kind="say", subject=who, said=text[:1].lower() + text[1:], verb="say", third="says")
    others = [each for each in scene.present if each != who]
    to = to or (others[0] if len(others) == 1 else "")
    view = scene.view(who, to)
    own = any(text.startswith(form) for _, name in scene.named for form in forms(name))
    said = swapped(text if own or text.split()[0] in ("I", "A", "The") else clause.said, clause, view)
    plain = _stopped(_persons(said, clause, view))
    return Utterance(who=who, text=plain, act="tell", to=to) if sound(plain) else None


def _addressee(clause: Clause, scene: Scene, other: str) -> str:
    """Whom the beat says it is said to: "tells Voss that", "says to him that"."""
    rest = clause.text[_behind(clause) :].lstrip()
    for who, name in scene.named:
        if any(re.match(rf"(?:(?:back )?(?:to|at) )?{re.escape(form)}(?![\w'’])", rest) for form in forms(name)):
            return who if who != clause.subject else ""
    if re.match(r"(?:(?:back )?to )?(?:him|her|them)\b(?! \w+(?:'s)? (?:is|has)\b)", rest) and other in scene.present:
        return other if other != clause.subject else ""
    others = [who for who in scene.present if who != clause.subject]
    return others[0] if len(others) == 1 else ""


def _behind(clause: Clause) -> int:
    at = clause.text.find(f" {clause.third} ") if clause.third else -1
    return at + len(clause.third) + 2 if at >= 0 else len(clause.text)


def _ways(clause: Clause, view: View, scene: Scene, to: str) -> Iterator[tuple[Act, str]]:
    whole = clause.text[_behind(clause) :].strip() if clause.third else ""
    whole = _without_addressee(whole, scene)
    if clause.asked or clause.verb in ("ask", "wonder", "want", "demand"):
        yield from _asking(clause, whole, view)
    if clause.kind == "beg" or (clause.verb in BEGGING and re.match(r"(?:not )?to \w", whole)):
        yield from _ordering(clause, whole, view, to)
        return
    if clause.verb in _TELLS | SAYING and (wise := _WISE.match(whole)):
        yield "tell", _own(f"{wise['who']} {wise['verb']}, {wise['what']}", clause, view)
    if clause.verb in _TELLS | SAYING and not clause.said and _TOLD_STRAIGHT.match(whole):
        clause = replace(clause, said=whole)
    if clause.said and not (
        clause.verb in SAYING | _TELLS | _THINKS | PROMISING or (clause.verb in FINDING and _THAT.match(whole))
    ):
        return
    if clause.said:
        if _NO_VERB.match(clause.said) and not _VERB_NEXT.match(clause.said):
            return
        act: Act = "confess" if clause.verb in _CONFESSES else "promise" if _PROMISED.match(clause.said) else "tell"
        if claim := claimed(clause, _narrowed(view, scene, to), scene.named):
            yield act, _persons(claim, clause, view)
        return
    yield from _other(clause, whole, view)
    opinion = clause.modal in ("can't", "cannot", "won't", "must") or clause.verb in _SPOKEN_STATES
    if opinion and (claim := claimed(clause, view, scene.named)):
        yield "tell", claim


_THINKS = word_set("think believe decide promise vow agree threaten swear volunteer wonder hope")
_THAT = re.compile(r"(?:out )?that\b")
_TOLD_STRAIGHT = re.compile(r"(?:he|she|they|it|there|nobody|somebody|everybody|that)\b(?! (?:that|how|what))\s+\w.+$")
_NO_VERB = re.compile(r"(?:he|she|they|it|there|nobody|somebody|everybody|nothing|something)\s")
_VERB_NEXT = re.compile(
    r"\w+ (?:\w+ly |always |never |only |just |still |also |once )?(?:is|are|was|were|has|have|had|will|would|can|could"
    r"|may|might|must|should|do|does|did|\w+n't|(?!(?:this|as|its|his)\b)\w+s|\w+ed"
    rf"|{'|'.join(sorted(set(verbs.PAST.values()) | {'knew', 'came', 'cannot', 'ought', 'appear', 'need', 'want'}))})\b"
)
_WISE = re.compile(
    r"what (?P<who>(?:his|her|their|the) \w+) (?P<verb>(?:always )?(?:said|says|used to say)), (?P<what>.+)$"
)
_PROMISED = re.compile(r"I will\b")


def _narrowed(view: View, scene: Scene, to: str) -> View:
    """Only whoever is told is "you"."""
    return view if to else replace(view, addressee="")


def _without_addressee(text: str, scene: Scene) -> str:
    for form in sorted((f for _, name in scene.named for f in forms(name)), key=len, reverse=True):
        text = re.sub(rf"^(?:(?:back )?(?:to|at) )?{re.escape(form)}(?![\w'’])\s*", "", text)
    text = re.sub(r"^(?:back )?to (?:him|her|them)\s+", "", text)
    text = re.sub(r"^(?:his|her|their|the|an?) \w+ (?=(?:not )?to \w)", "", text)
    return re.sub(rf"^(?:him|her|them)\s+(?=(?:{_CLAUSE_STARTS})\b)", "", text)


_CLAUSE_STARTS = "to|not|if|whether|how|what|why|who|where|when|that|straight|they|he|she|it|there|I|you|we|nobody"


_INDIRECT = re.compile(
    r"\b(?:(?:with|about|for|to) )?(?:why|how|what|who|whose|where|when|which|whether|if)\b.*$", re.IGNORECASE
)


def _asking(clause: Clause, whole: str, view: View) -> Iterator[tuple[Act, str]]:
    if clause.verb == "want":
        whole = whole.removeprefix("to know ") if whole.startswith("to know ") else ""
    if clause.verb == "demand":
        whole = whole.removeprefix("to know ") if whole.startswith("to know ") else ""
    if (thing := re.match(r"for ((?:some|a|an|the|his|her|their|one|more)\b.+)$", whole)) and clause.verb == "ask":
        yield "ask", f"May I have {_cut(_own(thing[1], clause, view))}?"
    match = _INDIRECT.search(whole) if whole else None
    if not match:
        return
    parts = (match[0], clause.asked or match[0], _cut(match[0]))
    for part in dict.fromkeys(parts[1:] if _GOES_ON.search(match[0]) else parts):
        about = replace(clause, subject=view.addressee) if _asks_about(part, view) else clause
        asked = _persons(swapped(part, about, view), clause, view, asking=True)
        if direct := asked_directly(asked):
            yield "ask", direct
        if re.match(r"(?:if|whether)\b", asked) or len(asked.split()) > 2:
            yield "ask", f"Can you tell me {asked}?"


_GOES_ON = re.compile(r",? (?:and|but) (?:then )?(?:he|she|they|it|[A-Z]\w*) ")
_HE = re.compile(r"\b(he|she)\b(?! (?:may|can|could|must|should|ought))")


def _asks_about(asked: str, view: View) -> bool:
    """Whether "he" in a question is whoever is asked."""
    match = _HE.search(asked)
    return bool(match and view.addressee and view.genders.get(view.addressee) == match[1])


def _ordering(clause: Clause, whole: str, view: View, to: str) -> Iterator[tuple[Act, str]]:
    match = re.match(r"(?P<no>not )?to (?P<what>.+)$", whole)
    if not match:
        return
    for what in dict.fromkeys((match["what"], _cut(match["what"]))):
        done = voiced(what, to, view) if to else what
        done = _objects(done, clause, view, asking=False)
        if match["no"]:
            please = "Please don't" if clause.verb in ("ask", "beg", "plead") else "Don't"
            yield "order", f"{please} {done}."
        else:
            yield "order", _capital(_ORDERS.get(clause.verb, "{do}.").replace("{do}", done))


_FOR = re.compile(r"^(?:[A-Z]\w*(?: [A-Z]\w*)? |him |her |them |to [A-Z]\w* )?(?:for|about|over) (?P<what>.+)$")
_GERUND = re.compile(r"^(?:(?:[A-Z]\w*|him|her|them|each other) )?(?P<prep>of |to |on |)(?P<ing>\w+ing)\b(?P<rest>.*)$")


def _other(clause: Clause, whole: str, view: View) -> Iterator[tuple[Act, str]]:
    """Verbs of speech with something other than a clause behind them, and intentions."""
    rest, verb = _own(whole, clause, view), clause.verb
    about, ing = _FOR.match(rest), _GERUND.match(rest)
    if verb == "thank" and not (about or view.addressee or not rest or rest in ("him", "her", "them", "everybody")):
        return
    if verb == "thank" and rest and not about and re.match(r"(?:the|a|an|his|her|their|its)\b", rest):
        return
    if verb == "thank":
        yield "thank", f"Thank you for {_cut(about['what'])}." if about else "Thank you."
    elif verb in ("apologise", "apologize"):
        yield "thank", f"I'm sorry about {_cut(about['what'])}." if about else "I'm sorry."
    elif verb == "congratulate":
        yield "thank", "Congratulations."
    elif verb == "accuse" and ing:
        yield "accuse", _accused(ing, view, clause)
    elif verb == "blame" and about and view.addressee and clause.text.find(view.names[view.addressee].split()[0]) > 0:
        yield "accuse", f"I blame you for {_cut(about['what'])}."
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
    for done in dict.fromkeys((what, _cut(what))):
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


def _own(text: str, clause: Clause, view: View) -> str:
    return _objects(swapped(text, clause, view), clause, view, asking=False)


def _persons(text: str, clause: Clause, view: View, *, asking: bool = False) -> str:
    return _objects(text, clause, view, asking=asking)


_OBJECT = re.compile(
    r"\b(?<!\w')(him|her)\b(?=$|[,.;!?]| (?:to|in|on|at|with|from|for|about|that|and|into|off|out|up|down|away|if"
    r"|right|now|is|was|by|before|when|because|back|again|home|here|there|through|a|an|the|how|what|why)\b)"
)


def _objects(text: str, clause: Clause, view: View, *, asking: bool) -> str:
    """ "him" of somebody who is spoken to is "you", of the speaker "me", as far as that can only be one of them."""

    def turned(match: re.Match[str]) -> str:
        pronoun = {"him": "he", "her": "she"}[match[1]]
        known = view.genders
        yours = bool(view.addressee) and known.get(view.addressee) == pronoun
        mine = known.get(clause.subject) == pronoun
        if yours and (asking or not mine or _I.search(text[: match.start()])):
            return "you"
        subjects = _SUBJECTS.findall(text[: match.start()])
        own = bool(clause.said or asking) and subjects[-1:] != ["I"]
        return "me" if mine and own and not yours else match[1]

    return _OBJECT.sub(turned, text)


_I = re.compile(r"\bI\b")
_SUBJECTS = re.compile(r"\b(I|you|we|he|she|it|they|who)\b")
_TAIL = re.compile(
    r"(?:,| –| —|;|:)?\s+(?:because|while|as|until|when|but|so|who|which|after|before|unless|since|though"
    r"|although)\b.*$"
    r"|,\s.*$|\s+(?:and|then)\s+\w+s\b.*$"
)


def _cut(text: str) -> str:
    """Without what hangs on behind."""
    short = _TAIL.sub("", text).rstrip(" .,;")
    return short if len(short.split()) > 1 else text.rstrip(" .,;")


def _speaks_of_itself(text: str, clause: Clause, view: View) -> bool:
    """Whether the speaker's own name is still in it."""
    return any(
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms(view.names.get(clause.subject, ""))
    )


def _stopped(text: str) -> str:
    plain = " ".join(text.split()).strip(" ,;")
    if not plain:
        return ""
    return f"{_capital(plain)}{'' if plain[-1:] in '.!?…' else '.'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def told_in(beats: Sequence[str], scene: Scene) -> tuple[Utterance | None, ...]:
    """For each beat what is said in it."""
    found: list[Utterance | None] = []
    recent: list[str] = []  # who was spoken of last, the latest first; whoever acts before whoever is named
    for beat in beats:
        pronoun = _PRONOUN.search(beat)
        before = _meant_by(pronoun[1].lower(), recent, scene) if pronoun else ""
        other = next((who for who in recent if who != parsed(beat, scene.named, before).subject), "")
        told = uttered(beat, scene, before, other)
        found.append(told)
        who = told.who if told else parsed(beat, scene.named, before).subject
        mentioned = [each for each, name in scene.named if any(_mentions(beat, f) for f in forms(name))]
        recent = list(dict.fromkeys((*([who] if who else []), *mentioned, *recent)))
    return tuple(found)


_PRONOUN = re.compile(r"(?:^|, |['\"”’] )([Hh]e|[Ss]he)\b")


def _meant_by(pronoun: str, recent: Sequence[str], scene: Scene) -> str:
    fitting = [who for who in recent if scene.genders.get(who) == pronoun]
    return fitting[0] if fitting else ""


def _mentions(beat: str, form: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", beat))
