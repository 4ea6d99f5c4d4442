"""In which ways a beat can be said: told, asked or ordered, the whole before the shortened. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.clauses import BEGGING, FINDING, PROMISING, SAYING, Clause
from scenewright.kinds.episode.offline.intents import other_acts
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.persons import behind, own, persons_turned, without_addressee
from scenewright.kinds.episode.offline.questions import asked_directly
from scenewright.kinds.episode.offline.saying import claimed, swapped
from scenewright.kinds.episode.offline.trimming import capital, cut
from scenewright.kinds.episode.offline.utterance import Act, Scene
from scenewright.kinds.episode.offline.viewpoint import View, voiced

_TELLS = word_set(
    "tell ask warn remind beg order urge persuade invite advise assure dare command inform promise whisper"
)
_CONFESSES = word_set("confess admit reveal blurt")
_SPOKEN_STATES = word_set("love hate regret doubt believe agree disagree prefer need trust")
_THINKS = word_set("think believe decide promise vow agree threaten swear volunteer wonder hope")
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


def ways(clause: Clause, view: View, scene: Scene, to: str) -> Iterator[tuple[Act, str]]:
    """(act, text), the best first. `to`: whom it is said to, empty if the beat does not say."""
    whole = clause.text[behind(clause) :].strip() if clause.third else ""
    whole = without_addressee(whole, scene)
    if clause.asked or clause.verb in ("ask", "wonder", "want", "demand"):
        yield from asking(clause, whole, view)
    if clause.kind == "beg" or (clause.verb in BEGGING and re.match(r"(?:not )?to \w", whole)):
        yield from ordering(clause, whole, view, to)
        return
    if clause.verb in _TELLS | SAYING and (wise := _WISE.match(whole)):
        yield "tell", own(f"{wise['who']} {wise['verb']}, {wise['what']}", clause, view)
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
            yield act, persons_turned(claim, clause, view)
        return
    yield from other_acts(clause, whole, view)
    opinion = clause.modal in ("can't", "cannot", "won't", "must") or clause.verb in _SPOKEN_STATES
    if opinion and (claim := claimed(clause, view, scene.named)):
        yield "tell", claim


def _narrowed(view: View, scene: Scene, to: str) -> View:
    """Only whoever is told is "you"."""
    return view if to else replace(view, addressee="")


_INDIRECT = re.compile(
    r"\b(?:(?:with|about|for|to) )?(?:why|how|what|who|whose|where|when|which|whether|if)\b.*$", re.IGNORECASE
)
_GOES_ON = re.compile(r",? (?:and|but) (?:then )?(?:he|she|they|it|[A-Z]\w*) ")
_HE = re.compile(r"\b(he|she)\b(?! (?:may|can|could|must|should|ought))")


def asking(clause: Clause, whole: str, view: View) -> Iterator[tuple[Act, str]]:
    """A question, straight if it can be put so. `whole`: what stands behind the verb and whom it is asked."""
    if clause.verb in ("want", "demand"):
        whole = whole.removeprefix("to know ") if whole.startswith("to know ") else ""
    if (thing := re.match(r"for ((?:some|a|an|the|his|her|their|one|more)\b.+)$", whole)) and clause.verb == "ask":
        yield "ask", f"May I have {cut(own(thing[1], clause, view))}?"
    match = _INDIRECT.search(whole) if whole else None
    if not match:
        return
    parts = (match[0], clause.asked or match[0], cut(match[0]))
    for part in dict.fromkeys(parts[1:] if _GOES_ON.search(match[0]) else parts):
        about = replace(clause, subject=view.addressee) if _asks_about(part, view) else clause
        asked = persons_turned(swapped(part, about, view), clause, view, asking=True)
        if direct := asked_directly(asked):
            yield "ask", direct
        if re.match(r"(?:if|whether)\b", asked) or len(asked.split()) > 2:
            yield "ask", f"Can you tell me {asked}?"


def _asks_about(asked: str, view: View) -> bool:
    """Whether "he" in a question is whoever is asked."""
    match = _HE.search(asked)
    return bool(match and view.addressee and view.genders.get(view.addressee) == match[1])


def ordering(clause: Clause, whole: str, view: View, to: str) -> Iterator[tuple[Act, str]]:
    """An order, a request or advice, by the verb. `whole` begins with "to" or "not to"."""
    match = re.match(r"(?P<no>not )?to (?P<what>.+)$", whole)
    if not match:
        return
    for what in dict.fromkeys((match["what"], cut(match["what"]))):
        done = voiced(what, to, view) if to else what
        done = persons_turned(done, clause, view)
        if match["no"]:
            please = "Please don't" if clause.verb in ("ask", "beg", "plead") else "Don't"
            yield "order", f"{please} {done}."
        else:
            yield "order", capital(_ORDERS.get(clause.verb, "{do}.").replace("{do}", done))
