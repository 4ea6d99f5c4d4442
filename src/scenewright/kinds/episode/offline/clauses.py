"""A beat taken apart: who does what, so that it can be said in the first, second or third person. Pure.

"Marge hides her letter in the bread bin" becomes "I'm hiding my letter", "You hid your letter", "Marge hides ...".
What cannot be taken apart safely is left whole, and only patterns that need none of its forms are used with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.lexicon import word_set

Kind = Literal["deed", "say", "find", "want", "refuse", "ask", "beg", "state", "event", "free"]

SAYING = word_set(
    "admit announce argue assure boast brag claim confess declare explain insist lie mention proclaim protest"
    " recall remark reply report reveal say state suggest swear tell warn blurt inform confide read testify"
    " add call shout whisper answer object note promise agree think observe"
)
FINDING = word_set(
    "discover find realise realize learn see notice spot hear overhear recognise recognize guess suspect uncover"
)
WANTING = word_set("want hope wish plan intend need long decide demand")
REFUSING = frozenset(("refuse",))
STATIVE = word_set(
    "be have know love hate like own believe belong understand fear seem prefer deserve contain mean trust"
    " remember regret doubt agree disagree owe forget forgive"
)
_MODALS = word_set("must can cannot can't could should will won't would may might has_to")
_CUT = re.compile(
    r"[,;:]?\s+(?:because|while|as|until|till|when|but|so|who|which|after|before|if|unless|since|then|and|where"
    r"|although|though)\s+(?:he|she|they|it|his|her|their|then|I|we|you)\b.*$|\s+[–—-]\s+.*$|;.*$|:\s.*$|\s*\(.*$",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"^(?P<to>(?:[^,;]{0,40}?\s)??)that\s+(?P<what>(?:(?:he|she|they|it|I|we|you|there|nobody|somebody|everybody|everyone|nothing"
    r"|something|everything|the|a|an|his|her|their|its|my|your|our|this|these|those|now|no|all|some|two|three|one|even|if"
    r"|nearly)\b|[A-Z]).+)$"
)
_LOOSE = re.compile(
    r"^(?P<to>(?:[^,;]{0,40}?\s)??)that\s+(?!(?:has|have|is|was|are|were|had)\b)(?P<what>.+)$"
)  # behind a verb of saying
_STRAIGHT = re.compile(r"^(?P<what>(?:he|she|they|it|there|nobody|somebody|everybody|nothing)\s+\w.+)$")
_WHAT = re.compile(r"^(?:[A-Z]\w* |out )?(?P<what>(?:why|how|what|who|whose|where|when)\b.+)$")
_BEG = re.compile(r"^(?P<to>[A-Z][\w.]*(?: [A-Z]\w*)?|him|her|them|everybody|everyone)\s+to\s+(?P<what>.+)$")
_PROMISE = re.compile(r"^(?:[A-Z]\w* )?(?P<no>not )?to\s+(?P<what>.+)$")
PROMISING = word_set("promise vow agree offer threaten swear volunteer")
BEGGING = word_set("ask beg tell order urge beseech command persuade invite warn remind advise dare")
_ASKED = re.compile(r"\b(?:(?:with|about|for) )?(?:why|how|what|who|whose|where|when|which|whether|if)\b.*$")
_WORD = re.compile(r"[\w’'.-]+")
_SUBJECT_PRONOUNS = frozenset(("he", "she", "they"))


@dataclass(frozen=True, kw_only=True)
class Clause:
    text: str  # the beat, without its full stop
    kind: Kind
    subject: str = ""  # id of a character; empty = something else, or nobody
    together: tuple[str, ...] = ()  # ids of all subjects, where they are several
    adverb: str = ""  # "quietly "
    verb: str = ""  # its base; empty = could not be told
    third: str = ""  # as it is written
    rest: str = ""  # behind the verb
    said: str = ""  # what is told, found or claimed: a sentence of its own
    asked: str = ""  # "why nobody opens the post"
    modal: str = ""  # "must", "can't"
    past: bool = False  # "held": `third` is the verb as it is written
    going: bool = False  # "is hiding": `rest` begins with the gerund


@lru_cache(maxsize=4096)
def parsed(text: str, named: tuple[tuple[str, str], ...], subject: str = "") -> Clause:
    """Takes a beat apart. `named`: (id, name) of everybody; `subject`: who "she" is, if it begins with that."""
    plain = " ".join(text.split()).rstrip(" .!…")
    who, together, rest = _subject(plain, named, subject)
    if not who:
        return _event(plain)
    return _clause(plain, who, together, rest)


def _subject(text: str, named: tuple[tuple[str, str], ...], before: str) -> tuple[str, tuple[str, ...], str]:
    found: list[str] = []
    rest = text
    while True:
        who, length = _leading(rest, named)
        if not who:
            break
        found.append(who)
        rest = rest[length:].lstrip()
        if match := re.match(r"(?:,\s*|and\s+|,\s*and\s+|&\s*)", rest):
            after = rest[match.end() :]
            if _leading(after, named)[0]:
                rest = after
                continue
        break
    if found:
        return found[0], tuple(found) if len(found) > 1 else (), rest
    first, _, rest = text.partition(" ")
    if before and first.lower() in _SUBJECT_PRONOUNS:
        return before, (), rest
    return "", (), text


def _leading(text: str, named: tuple[tuple[str, str], ...]) -> tuple[str, int]:
    best, length = "", 0
    for who, name in named:
        for form in forms(name):
            if len(form) > length and text.lower().startswith(form.lower()):
                after = text[len(form) : len(form) + 2]
                if not after or (not after[0].isalnum() and after[0] not in "'’-"):
                    best, length = who, len(form)
    return best, length


@lru_cache(maxsize=1024)
def forms(name: str) -> tuple[str, ...]:
    """How somebody may be called: the whole name, and its first and last word, without titles."""
    parts = [part for part in name.split() if part.rstrip(".").lower() not in TITLES and len(part) > 1]
    return tuple(dict.fromkeys(filter(None, (name.strip(), *(parts[:1]), *(parts[-1:])))))


TITLES = word_set("mr mrs ms miss dr doctor sir lady lord captain professor father sister brother the aunt uncle")


def _clause(text: str, who: str, together: tuple[str, ...], rest: str) -> Clause:
    adverb = ""
    found = re.match(
        r"((?:\w+ly|also|still|always|never|finally|just|now|then|nearly|almost|once|only|even|already|again)\s+)", rest
    )
    if found and not verbs.is_third(found[1].strip()):
        adverb, rest = found[1], rest[found.end() :]
    first, _, after = rest.partition(" ")
    word = first.lower().replace("’", "'").rstrip(",")
    if not word or first.endswith(",") or not word.replace("'", "").isalpha():
        return Clause(text=text, kind="free", subject=who, together=together)
    if word == "has" and after.startswith("to "):
        word, after = "has to", after[3:]
    if word in _MODALS or word == "has to":
        return Clause(text=text, kind="state", subject=who, together=together, modal=word, rest=_trimmed(after))
    if together:
        verb = word
    elif word.endswith("s") and not word.endswith("ss"):
        verb = verbs.base(word)
    elif before_now := verbs.of_past(word):
        return Clause(
            text=text,
            kind="state",
            subject=who,
            verb=before_now,
            third=word,
            adverb=adverb,
            rest=_trimmed(after),
            past=True,
        )
    else:
        return Clause(text=text, kind="free", subject=who, together=together)
    if verb == "be" and re.match(r"\w+ing\b", after):
        return Clause(
            text=text, kind="deed", subject=who, together=together, verb="be", rest=_trimmed(after), going=True
        )
    given = {"text": text, "subject": who, "together": together, "verb": verb, "third": word, "adverb": adverb}
    if verb in ("ask", "wonder") and (question := _ASKED.search(after)):
        return Clause(**given, kind="ask", asked=_trimmed(question[0]))  # type: ignore[arg-type]
    if verb in BEGGING and (begged := _BEG.match(after)):
        return Clause(**given, kind="beg", rest=f"to {_trimmed(begged['what'])}")  # type: ignore[arg-type]
    said = _told(verb, after)
    return Clause(**given, kind=_kind(verb, after, bool(said)), rest=_trimmed(after), said=said)  # type: ignore[arg-type]


def _told(verb: str, after: str) -> str:
    """What somebody tells, finds or promises, as a sentence; empty if the verb is of another sort."""
    if verb in PROMISING and (vowed := _PROMISE.match(after)):
        return f"I {'will not' if vowed['no'] else 'will'} {_trimmed(vowed['what'])}"
    if verb in SAYING and (wh := _WHAT.match(after)):
        return f"I can tell you {wh['what']}"
    found = (_STRAIGHT.match(after) or _LOOSE.match(after) if verb in SAYING else None) or _THAT.match(after)
    return re.sub(r"(,? (?:and|but)) that (?=\w)", r"\1 ", found["what"]) if found else ""


def _kind(verb: str, after: str, told: bool) -> Kind:
    if told:
        return "find" if verb in FINDING else "say"
    if verb in REFUSING:
        return "refuse"
    if verb in WANTING:
        return "want"
    if verb in FINDING and after:
        return "find"
    return "state" if verb in STATIVE else "deed"


def _trimmed(rest: str) -> str:
    """What follows a verb, as far as it can be said by somebody else: no further verbs of third persons."""
    rest = _CUT.sub("", rest)
    for match in re.finditer(r"(?:,?\s+(?:and|or|but|then|as|while|before|until)|,)\s+(?:then\s+)?", rest):
        words = _WORD.findall(rest[match.end() :])[:4]
        if any(verbs.is_third(word) for word in words) or _verb_like(words):
            return rest[: match.start()].rstrip(" ,")
    return rest.rstrip(" ,.")


def _verb_like(words: Sequence[str]) -> bool:
    """Whether an unknown word is probably a verb of the third person: "paddles out"."""
    return len(words) > 1 and words[0].endswith("s") and not words[0].endswith(("ss", "'s")) and words[1] in _AFTER_VERB


_AFTER_VERB = word_set("out in up down off away back it the a an his her their to at into over")


def _event(text: str) -> Clause:
    words = text.split()
    for at in range(1, min(len(words), 9)):
        word = words[at].lower().strip(",")
        third, plural = verbs.is_third(word), word in verbs.VERBS and _plural(words[:at])
        if (third or plural) and not words[at].endswith(",") and words[at - 1].lower() not in _NOT_BEFORE:
            verb = verbs.base(word) if third else word
            what, rest = " ".join(words[:at]), _trimmed(" ".join(words[at + 1 :]))
            if verb in ("be", "have") or what.lower() in _SUBJECT_PRONOUNS:
                break
            return Clause(text=text, kind="event", verb=verb, third=word, rest=rest)
    return Clause(text=text, kind="free")


_NOT_BEFORE = word_set("the a an his her their its my your our to of in on at with and or for by from no")


def _plural(words: Sequence[str]) -> bool:
    last = words[-1].lower()
    return (last.endswith("s") and not last.endswith(("ss", "us", "'s"))) or last in ("people", "children", "everybody")
