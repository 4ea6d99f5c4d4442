"""One scene's people and packs: turns an exchange into lines that these people would say. Pure but for the dealing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scenewright.domain.show import Character
from scenewright.kinds.episode.offline.clauses import Clause, parsed
from scenewright.kinds.episode.offline.dealing import Deck, number
from scenewright.kinds.episode.offline.frames import Exchange, exchanges, frames
from scenewright.kinds.episode.offline.given import Given
from scenewright.kinds.episode.offline.marks import catchphrases, holds, marks_of
from scenewright.kinds.episode.offline.saying import fillings
from scenewright.kinds.episode.offline.things import Thing, short_name
from scenewright.kinds.episode.offline.viewpoint import View
from scenewright.kinds.episode.offline.voice import Voice
from scenewright.text.words import content_words

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A line before it has its id."""

    character: str
    text: str
    parenthetical: str = ""
    form: str = ""  # of the joke that this is the punchline of
    setup: int = 0  # how many lines before this one its set-up stands
    punchline: bool = False
    planned: str = ""  # id of the callback that this is
    beat: int = -1  # the last beat that has happened by then


Roles = Mapping[str, str]  # "a", "b", "c" -> id of a character


class Stage:
    """Deals exchanges and has them spoken."""

    def __init__(self, given: Given, take: int) -> None:
        self.given = given
        self.spoken: Counter[str] = Counter({who.id: 0 for who in given.characters})
        seed = (given.title, take)
        self.deck = Deck(seed, given.position)
        self.voices = {who.id: self._voice(who) for who in given.characters}
        self.revealed = not given.plan.reveals
        self._names = tuple(short_name(name) for _, name in given.named)
        self._foreign = {who.id: tuple(_foreign(who, given.characters)) for who in given.characters}

    def _voice(self, who: Character) -> Voice:
        start = self.given.position + number(who.id) % 6
        new = not any(who.id in scene.characters for scene in self.given.earlier)
        return Voice(who, Deck((who.id, self.given.title), self.given.position), start, new=new)

    @property
    def ids(self) -> list[str]:
        return [who.id for who in self.given.characters]

    def parsed(self, beat: str, before: str = "") -> Clause:
        """A beat; what somebody does who is not here is an event."""
        clause = parsed(beat, self.given.named, before)
        if clause.subject and clause.subject not in self.voices:
            kind = "event" if clause.verb and clause.verb not in ("be", "have") and not clause.going else "free"
            return replace(clause, kind=kind, subject="", together=())  # type: ignore[arg-type]
        return clause

    def exchange(
        self,
        pack: str,
        roles: Roles,
        thing: Thing | None = None,
        *,
        fact: Callable[[View], str] | None = None,
        most: int = 9,
        own: bool = False,
        fits: Callable[[Exchange], bool] = lambda each: True,
    ) -> tuple[Drafted, ...]:
        """Lines of an exchange from the pack; empty if none fits."""
        made: dict[Exchange, tuple[Drafted, ...]] = {}

        def works(each: Exchange) -> bool:
            if not fits(each) or ("c" not in roles and any(line.role == "c" for line in each.lines)):
                return False
            plain = self._filled(each, roles, thing, fact)
            if plain is not None:
                made[each] = closed(plain[_begins(each, len(plain), most) :], max(1, most))
            return plain is not None

        chosen = self.deck.deal(pack, exchanges(pack), works, own=own)
        return self._voiced(made[chosen]) if chosen else ()

    def _filled(
        self, each: Exchange, roles: Roles, thing: Thing | None, fact: Callable[[View], str] | None
    ) -> tuple[Drafted, ...] | None:
        found = []
        for at, line in enumerate(each.lines):
            speaker = roles[line.role]
            view = View(
                speaker=speaker,
                addressee=_addressee(line.role, roles),
                names=self.given.names,
                genders=self.given.genders,
            )
            filled = fillings(thing, view)
            if fact:
                filled["Fact"] = fact(view)
            text = self._spoken(line.text, filled)
            if text is None or self._borrows(speaker, line.text) or not self.may_know(speaker, text):
                return None
            origin = at - max(0, at - 1 if at > 0 else 0)
            found.append(
                Drafted(
                    character=speaker,
                    text=text,
                    punchline=line.punchline,
                    form=(each.form or "situational") if line.punchline else "",
                    setup=origin,
                )
            )
        return tuple(found)

    def _spoken(self, text: str, filled: Mapping[str, str]) -> str | None:
        for slot in _SLOT.findall(text):
            value = _stares(filled) if slot == "stares" else filled.get(slot, "")
            if not value:
                return None
            text = text.replace(f"{{{slot}}}", value)
        return tidy(text)

    def _borrows(self, who: str, text: str) -> bool:
        """Whether it has other people's marks."""
        return any(holds(text, phrase) for phrase in self._foreign.get(who, ()))

    def may_say(self, who: str, text: str) -> bool:
        return not self._borrows(who, text) and self.may_know(who, text)

    def may_know(self, who: str, text: str) -> bool:
        """Whether somebody can know it at this point."""
        if not self.revealed and any(self.tells(text, f.terms, f.text) for f in self.given.secret_from(who)):
            return False
        open_now = {fact.text for fact in self.given.plan.reveals} if self.revealed else set()
        return not any(self.tells(text, (), fact) for fact in self.given.unknown.get(who, ()) if fact not in open_now)

    def tells(self, text: str, terms: Sequence[str], fact: str) -> bool:
        if terms:
            return any(holds(text, term) for term in terms)
        wanted = set(content_words(fact, "en"))
        return bool(wanted) and len(wanted & set(content_words(text, "en"))) >= max(
            min(2, len(wanted)), len(wanted) / 2
        )

    def _voiced(self, lines: Sequence[Drafted]) -> tuple[Drafted, ...]:
        return tuple(self.say(line, last=at == len(lines) - 1 and at > 0) for at, line in enumerate(lines))

    def glue(self, before: Drafted) -> Drafted:
        """A word of somebody else between two speeches of one person."""
        who = next(iter(self.others(before.character)), before.character)
        text = self.deck.deal("glue", frames()["glue"], lambda each: self.may_say(who, each)) or "I see."
        return replace(self.say(Drafted(character=who, text=text), plain=True), beat=before.beat)

    def say(self, line: Drafted, *, last: bool = False, plain: bool = False, lead: bool = False) -> Drafted:
        """In the voice of whoever says it; plainly, if the voice would make it say too much. `lead`: tells a beat."""
        self.spoken[line.character] += 1
        voice = self.voices[line.character]
        text = voice.speaks(
            line.text, names=self._names, plain=plain or line.punchline, last=last and not line.punchline, lead=lead
        )
        return replace(line, text=tidy(text if self.may_know(line.character, text) else line.text))

    def quietest(self, *besides: str) -> str:
        """Who has said least so far, in the order of the plan."""
        left = [who for who in self.ids if who not in besides] or self.ids
        return min(left, key=lambda who: (self.spoken[who], self.ids.index(who)))

    def others(self, first: str) -> Iterator[str]:
        yield from (who for who in sorted(self.ids, key=lambda who: self.spoken[who]) if who != first)


def closed(lines: tuple[Drafted, ...], most: int) -> tuple[Drafted, ...]:
    """The first of them, about so many, and so many more that no question is left open."""
    size = min(most, len(lines))
    while size < len(lines) and (size < 2 or open_ended(lines[size - 1].text)):
        size += 1
    return lines[:size]


def open_ended(text: str) -> bool:
    return text.endswith("?") or text in (
        "Go on.",
        "And?",
        "Ask me.",
        "Let me guess.",
        "Yes.",
        "We wait.",
        "Twice.",
        "I see.",
    )


def _begins(each: Exchange, size: int, most: int) -> int:
    """Where to begin if there is only room for so many lines: with the line that the rest is about."""
    about = next((at for at, line in enumerate(each.lines) if line.slots), 0)
    return about if most < size and about + 1 < size else 0


def _addressee(role: str, roles: Roles) -> str:
    return roles["b"] if role in ("a", "c") else roles["a"]


def _stares(filled: Mapping[str, str]) -> str:
    return "stare" if filled.get("it") == "them" else "stares"


def _foreign(who: Character, everybody: Sequence[Character]) -> Iterator[str]:
    """What others are known by, and this one is not."""
    own = {mark.lower() for mark in _all_marks(who)}
    for other in everybody:
        yield from (mark for mark in _all_marks(other) if other.id != who.id and mark.lower() not in own)


def _all_marks(who: Character) -> Iterator[str]:
    tics, vocabulary = marks_of(who)
    yield from (mark.text for mark in (*tics, *vocabulary))
    yield from catchphrases(who)


def tidy(text: str) -> str:
    """Capitals behind full stops, one space, no doubled marks."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.!?;:])", r"\1", text)
    text = re.sub(r"([.!?]) ([a-z])", lambda m: f"{m[1]} {m[2].upper()}", text)
    text = re.sub(r"\?\.", "?", re.sub(r"!\.", "!", re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)))
    return text[:1].upper() + text[1:]
