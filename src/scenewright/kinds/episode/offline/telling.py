"""How one beat, or one planned thing, becomes lines: who says it, in which exchange, and how much of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scenewright.domain.show import ContinuityFact
from scenewright.kinds.episode.offline.acting import shown, told
from scenewright.kinds.episode.offline.answering import answers_to, remarks_on
from scenewright.kinds.episode.offline.clauses import forms
from scenewright.kinds.episode.offline.frames import Exchange, frames
from scenewright.kinds.episode.offline.given import Given, alike
from scenewright.kinds.episode.offline.marks import holds
from scenewright.kinds.episode.offline.saying import fact_said, term_said
from scenewright.kinds.episode.offline.sound import sound
from scenewright.kinds.episode.offline.speech import told_in
from scenewright.kinds.episode.offline.stage import Drafted, Roles, Stage, tidy
from scenewright.kinds.episode.offline.things import Thing, talkable, things
from scenewright.kinds.episode.offline.utterance import Utterance
from scenewright.kinds.episode.offline.viewpoint import View
from scenewright.text.words import content_words

OPENING = 4  # lines of directions, about, that a scene opens with
LEAST_SPOKEN = 0.4  # of the time of a scene
ROOMY = 70.0  # seconds from which on a scene begins with a few words before its first beat


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Lines that belong to one beat, or to something planned."""

    lines: tuple[Drafted, ...]
    beat: int = -1  # the last beat that has happened by then; -1 = none
    least: int = 2  # lines that have to stay
    fixed: bool = False  # cannot be shortened
    tied: bool = False  # what follows is the answer to it: nothing may come between


class Telling:
    """Where what is planned goes, and who tells it."""

    def __init__(self, given: Given, stage: Stage) -> None:
        self.given, self.stage = given, stage
        self.places = _places(given)
        self.turn = 0

    def opening(self) -> Iterator[Unit]:
        """What the scene before hands over, if somebody says it; else a few words where there is room."""
        if handed := self.handed():
            yield handed
        elif self.given.seconds >= ROOMY and len(self.stage.ids) > 1 and self.given.beats and self.given.seen(0):
            a = self.stage.ids[0]
            yield Unit(lines=self.stage.exchange("opening", self.roles(a), own=True))

    def handed(self) -> Unit | None:
        opens = self.given.earlier[-1].handoff.next_opens_on if self.given.earlier else ""
        if not opens or any(alike(opens, beat) for beat in self.given.beats):
            return None
        told = told_in((opens,), self.given.scene)[0]
        return Unit(lines=(self.stage.say(self.line(told)),), least=1) if told and self.may(told) else None

    def line(self, told: Utterance) -> Drafted:
        return Drafted(character=told.who, text=told.text)

    def may(self, told: Utterance) -> bool:
        return self.stage.may_know(told.who, told.text)

    def beat(self, at: int, last: str = "") -> Unit:
        told = self.given.told[at]
        ends = at >= len(self.given.beats) - self.given.ends
        return self.spoken(at, told, ends) if told else self.seen(at, last, ends)

    def spoken(self, at: int, told: Utterance, ends: bool) -> Unit:
        """What is said, and an answer, unless the next beat is one."""
        roles = self.roles(told.who, told.to, together=())
        if told.to and told.to != roles["b"]:
            roles = {**roles, "b": told.to}
        lead = self.stage.say(self.line(told), lead=True)
        following = self.given.told[at + 1] if at + 1 < len(self.given.told) else None
        answered = following is not None and following.who != told.who
        if ends or answered or len(self.stage.ids) < 2:
            return Unit(lines=(lead,), beat=at, least=1, tied=answered, fixed=ends)
        about = (*self.about(self.given.beats[at], told.who), None)
        most = self.most - 1 if self.most > 2 else 1
        for own in (True, False):
            for thing in about:
                if lines := self.stage.exchange(answers_to(told), roles, thing, most=most, own=own):
                    return Unit(lines=(lead, *lines), beat=at, least=1)
        return Unit(lines=(lead,), beat=at, least=1)

    def seen(self, at: int, last: str, ends: bool) -> Unit:
        """A word on what was done, by somebody who saw it; none where room is short and the next beat is said."""
        following = self.given.told[at + 1] if at + 1 < len(self.given.told) else None
        short = self.most <= 3 and following is not None
        if ends or short or len(self.stage.ids) < 2 or (self.most <= 2 and at % 2):
            return Unit(lines=(), beat=at)
        beat = self.given.beats[at]
        clause = self.stage.parsed(beat)
        roles = self.roles(clause.subject or last or self.stage.quietest(), beat)
        about = self.about(beat, clause.subject)
        pack = remarks_on(clause)
        for own in (True, False):
            for name in dict.fromkeys((pack, "seen-any")):
                for thing in (*about[:2], None):
                    fits = fitting(name, thing, roles, last)
                    lines = self.stage.exchange(name, roles, thing, fits=fits, most=self.most, own=own)
                    if lines:
                        return Unit(lines=lines, beat=at, least=0)
        return Unit(lines=(), beat=at)

    @property
    def most(self) -> int:
        """Lines that a beat has room for."""
        return max(2, round(spoken_seconds(self.given) / max(1, len(self.given.beats)) / 3.2))

    def about(self, beat: str, subject: str) -> tuple[Thing, ...]:
        return tuple(each for each in things(beat, self.given.named, subject) if talkable(each))

    def roles(self, a: str, text: str = "", *, together: Sequence[str] = ()) -> dict[str, str]:
        """Who acts, who resists (whoever the text names), and a third where there is one."""
        others = list(self.stage.others(a))
        named = [who for who in others if any(form in text for form in forms(self.given.names[who]))]
        outside = [who for who in others if who not in together]
        order = list(dict.fromkeys((*(who for who in named if who not in together), *outside, *others))) or [a]
        roles = {"a": a, "b": order[0]}
        return {**roles, "c": order[1]} if len(order) > 1 else roles

    def _view(self, roles: dict[str, str]) -> View:
        return View(speaker=roles["a"], addressee=roles["b"], names=self.given.names, genders=self.given.genders)

    def planned_for(self, at: int) -> Iterator[Unit]:
        plan = self.given.plan
        for fact in (each for each in plan.reveals if self.places[each.id] == at):
            who = [each for each in self.stage.ids if each in fact.known_by] or [self.stage.quietest()]
            self.stage.revealed = True
            if not _spoken_of(self.given, fact):
                yield self.fact("reveal", who[0], fact.text, fact.terms)
        for setup in (each for each in plan.setups if self.places[each.id] == at):
            yield self.fact("setup", self.teller(setup.text), setup.text, setup.terms)
        for payoff in (each for each in plan.payoffs if self.places[f"paid {each.setup}"] == at):
            yield self.fact("payoff", self.teller(payoff.text), payoff.text, payoff.terms)
        for callback in (each for each in plan.callbacks if self.places[each.id] == at):
            unit = self.fact("callback", self.teller(callback.text), callback.text, callback.terms)
            yield replace(unit, lines=tuple(_marked(unit.lines, callback.id)))

    def teller(self, text: str) -> str:
        clause = self.stage.parsed(text)
        return clause.subject or self.stage.quietest()

    def fact(self, pack: str, who: str, text: str, terms: tuple[str, ...]) -> Unit:
        def said(view: View) -> str:
            said = fact_said(text, terms, view, self.given.named)
            plain = tidy(text if text.rstrip()[-1:] in ".!?" else f"{text}.")
            return said if sound(said) or (terms and not told(plain, terms, plain)) else plain

        if any(
            re.search(rf"(?<!\w){re.escape(form)}(?!\w)", said(self._view(self.roles(who)))) for form in self.forms(who)
        ):
            who = next((each for each in self.stage.ids if each != who and self._unnamed(each, text)), who)
        if pack != "reveal" and shown(self.given.plan, self.given.named, text, terms):
            return Unit(lines=self.answered(pack), fixed=True)
        lines = (
            self.stage.exchange(pack, self.roles(who, text), fact=said, most=max(2, self.most))
            if len(self.stage.ids) > 1
            else ()
        )
        if not _tells(self.stage, lines, text, terms):
            view = View(speaker=who, addressee="", names=self.given.names, genders=self.given.genders)
            plain = said(view) if not terms else term_said(terms[0])
            lines = (*lines[:0], Drafted(character=who, text=tidy(plain)))
        return Unit(lines=lines, fixed=True)

    def forms(self, who: str) -> tuple[str, ...]:
        return forms(self.given.names.get(who, ""))

    def _unnamed(self, who: str, text: str) -> bool:
        return not any(form in text for form in self.forms(who)) and self.stage.may_know(who, text)

    def answered(self, pack: str) -> tuple[Drafted, ...]:
        """What is seen and not said gets an answer, if it is a surprise."""
        if pack == "setup":
            return ()
        who = self.stage.quietest()
        text = (
            self.stage.deck.deal("surprise", frames()["surprise"], lambda each: self.stage.may_say(who, each)) or "Oh."
        )
        form = "callback" if pack == "callback" else "situational"
        return (self.stage.say(Drafted(character=who, text=text, punchline=True, form=form, setup=1)),)

    def ending(self) -> Iterator[Unit]:
        """The act-out is told by its beats; a scene that ends on nothing has a last word."""
        plan = self.given.plan
        if plan.act_out_terms and not plan.act_out:
            yield Unit(
                lines=(Drafted(character=self.stage.quietest(), text=term_said(plan.act_out_terms[0])),), fixed=True
            )
        elif not self.given.ends and self.given.seconds >= ROOMY and len(self.stage.ids) > 1:
            yield Unit(lines=self.stage.exchange("button", self.roles(self.stage.quietest()), own=True))


def last_of(units: Sequence[Unit]) -> str:
    """Who spoke last."""
    return next((unit.lines[-1].character for unit in reversed(units) if unit.lines), "")


def fitting(
    pack: str, thing: Thing | None, roles: Roles, last: str = "", following: str = ""
) -> Callable[[Exchange], bool]:
    """Somebody else begins than spoke last; and a free exchange speaks of the thing, if there is one."""

    def fits(each: Exchange) -> bool:
        about = not pack.startswith(("free", "seen")) or thing is None or "thing" in each.slots
        begins, ends = roles.get(each.lines[0].role), roles.get(each.lines[-1].role)
        return about and (not last or begins != last) and (not following or ends != following)

    return fits


def _spoken_of(given: Given, fact: ContinuityFact) -> bool:
    """Whether a beat has somebody say it."""
    return any(
        told(beat, fact.terms, fact.text) and not given.seen(at) and told(said.text, fact.terms, fact.text)
        for at, beat in enumerate(given.beats)
        if (said := given.told[at])
    )


def _tells(stage: Stage, lines: Sequence[Drafted], text: str, terms: tuple[str, ...]) -> bool:
    return any(stage.tells(line.text, terms, text) for line in lines)


def _marked(lines: Sequence[Drafted], callback: str) -> Iterator[Drafted]:
    for line in lines:
        yield replace(line, form="callback", planned=callback) if line.punchline else line


def _places(given: Given) -> dict[str, int]:
    """Planned thing -> before which beat it comes: the one that speaks of it, or spread over the scene."""
    plan, last = given.plan, len(given.beats)
    wanted = [(each.id, each.text, each.terms, 0.35 + 0.1 * at) for at, each in enumerate(plan.setups)]
    wanted += [(f"paid {each.setup}", each.text, each.terms, 0.7 + 0.1 * at) for at, each in enumerate(plan.payoffs)]
    wanted += [(each.id, each.text, each.terms, 0.8) for each in plan.callbacks]
    found = {
        name: _place(given.beats, text, terms, round(min(1.0, share) * last)) for name, text, terms, share in wanted
    }
    for fact in plan.reveals:  # before the beat that speaks of it
        at = next((at for at, beat in enumerate(given.beats) if told(beat, fact.terms, fact.text)), None)
        found[fact.id] = round(0.65 * last) if at is None else at
    return found


def _place(beats: Sequence[str], text: str, terms: tuple[str, ...], otherwise: int) -> int:
    wanted = set(content_words(text, "en"))
    scores = [len(wanted & set(content_words(beat, "en"))) + 3 * any(holds(beat, t) for t in terms) for beat in beats]
    best = max(scores, default=0)
    return scores.index(best) + 1 if best >= 2 else otherwise  # behind it: what is seen is answered


def spoken_seconds(given: Given) -> float:
    """What is left for talk when the directions have had theirs (see measures.timing for lines on a page)."""
    seen = [beat for at, beat in enumerate(given.beats) if given.seen(at)] + list(given.plan.comic_beats)
    lines = OPENING + sum(-(-len(text) // 60) for text in seen) + 2 * len(given.plan.comic_beats)
    page = (30.0 if given.camera == "multi" else 60.0) / 54
    return max(LEAST_SPOKEN * given.seconds, given.seconds - page * lines)
