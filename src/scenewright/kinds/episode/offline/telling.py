"""How one beat, or one planned thing, becomes lines: who says it, in which exchange, and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scenewright.domain.show import ContinuityFact
from scenewright.kinds.episode.offline.acting import acted, shown, told
from scenewright.kinds.episode.offline.clauses import Clause, View, forms
from scenewright.kinds.episode.offline.dealing import number
from scenewright.kinds.episode.offline.frames import Exchange, frames
from scenewright.kinds.episode.offline.given import Given, clauses_of
from scenewright.kinds.episode.offline.marks import holds
from scenewright.kinds.episode.offline.saying import fact_said, term_said
from scenewright.kinds.episode.offline.stage import Drafted, Roles, Stage, tidy
from scenewright.kinds.episode.offline.things import Thing, things
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


class Telling:
    """Where what is planned goes, and who tells it."""

    def __init__(self, given: Given, stage: Stage) -> None:
        self.given, self.stage = given, stage
        self.places = _places(given)
        self.turn = 0

    def opening(self) -> Iterator[Unit]:
        if self.given.seconds >= ROOMY and len(self.stage.ids) > 1:
            a = self.stage.ids[0]
            yield Unit(lines=self.stage.exchange("opening", self.roles(a), nothing()))

    def beat(self, at: int, beat: str, clause: Clause, last: str = "") -> Unit:
        found = self.about(beat, clause)
        roles = self.roles(clause.subject or self.stage.quietest(), beat, together=clause.together)
        if not clause.subject and last:  # something happens: whoever has not just spoken sees it
            roles = self.roles(self.stage.quietest(last), beat)
        least = 0 if acted(beat, self.given.named) else 2  # what is seen need not be spoken of
        tight = self.most <= 3 and len(self.stage.ids) > 1
        if tight and (bare := self.bare(clause, roles)):
            return Unit(lines=bare, beat=at, least=1)
        for own in (True, False):
            for pack, what in self.packs(clause):
                for avoid in (last, ""):
                    for thing in (*found, None):
                        fits = fitting(pack, thing, roles, avoid)
                        lines = self.stage.exchange(pack, roles, what, thing, fits=fits, most=self.most, own=own)
                        if lines:
                            return Unit(lines=lines, beat=at, least=least)
            if own and not tight and (bare := self.bare(clause, roles)):
                return Unit(lines=bare, beat=at, least=1)
        return Unit(lines=(), beat=at)

    def bare(self, clause: Clause, roles: Roles) -> tuple[Drafted, ...]:
        """What somebody says, straight, and one answer, which goes first where there is no room."""
        said = self.stage.one(f"bare {clause.kind}", roles, clause)
        if not said:
            return ()
        return (*said, *self.stage.one("reply", {"a": roles["b"], "b": roles["a"]}, nothing()))

    @property
    def most(self) -> int:
        """Lines that a beat has room for."""
        return max(2, round(spoken_seconds(self.given) / max(1, len(self.given.beats)) / 3.2))

    def packs(self, clause: Clause) -> Iterator[tuple[str, Clause]]:
        """Where to look for words, the best first. With little room, what is seen need not be told."""
        if len(self.stage.ids) < 2:
            yield from (("alone", clause), ("alone", nothing()))
            return
        seen = clause.kind in ("deed", "event", "free") and acted(clause.text, self.given.named)
        if seen and (self.most <= 3 or number(clause.text) % 2):
            yield "react", nothing()
        yield clause.kind, clause
        yield from (("state", clause), ("free", nothing()), ("react", nothing()), ("riff", nothing()))

    def about(self, beat: str, clause: Clause) -> tuple[Thing, ...]:
        return things(beat, self.given.named, clause.subject)

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
            return fact_said(text, terms, view, self.given.named)

        if pack != "reveal" and shown(self.given.plan, self.given.named, text, terms):
            return Unit(lines=self.answered(pack), fixed=True)
        lines = (
            self.stage.exchange(pack, self.roles(who, text), nothing(), fact=said, most=max(2, self.most))
            if len(self.stage.ids) > 1
            else ()
        )
        if not _tells(self.stage, lines, text, terms):
            view = View(speaker=who, addressee="", names=self.given.names, genders=self.given.genders)
            plain = said(view) if not terms else term_said(terms[0])
            lines = (*lines[:0], Drafted(character=who, text=tidy(plain)))
        return Unit(lines=lines, fixed=True)

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
        plan = self.given.plan
        if plan.act_out or plan.act_out_terms:
            yield Unit(lines=self.act_out(), fixed=True)
        elif self.given.seconds >= ROOMY and len(self.stage.ids) > 1:
            yield Unit(lines=self.stage.exchange("button", self.roles(self.stage.quietest()), nothing()))

    def act_out(self) -> tuple[Drafted, ...]:
        """What the act ends on is said; if it is something that happens, the directions show it and it is answered."""
        plan, at, parts = self.given.plan, self.given.position, clauses_of(self.given.plan.act_out, self.given.named)
        spoken = next((part for part in reversed(parts) if not acted(part, self.given.named)), "")
        who = self.teller(spoken or plan.act_out)
        view = View(speaker=who, addressee="", names=self.given.names, genders=self.given.genders)
        text = fact_said(spoken, plan.act_out_terms, view, self.given.named) if spoken or plan.act_out_terms else ""
        if plan.act_out and not spoken and told(plan.act_out, plan.act_out_terms, plan.act_out):
            options = [each for each in frames()["reaction"] if self.stage.may_say(who, each)] or ["Oh."]
            return (Drafted(character=who, text=options[at % len(options)]),)
        ask = Drafted(character=self.roles(who)["b"], text=_ASKED[at % len(_ASKED)])
        last = Drafted(character=who, text=tidy(text or "Well."))
        return (last,) if len(self.stage.ids) < 2 else (ask, last)


_ASKED = (
    "What is it?",
    "Why have you stopped?",
    "Say something.",
    "You've gone white.",
    "What now?",
    "Tell me that isn't what I think.",
    "Did you hear that?",
    "Who's that for?",
)


def nothing() -> Clause:
    return Clause(text="", kind="free")


def last_of(units: Sequence[Unit]) -> str:
    """Who spoke last."""
    return next((unit.lines[-1].character for unit in reversed(units) if unit.lines), "")


def fitting(
    pack: str, thing: Thing | None, roles: Roles, last: str = "", following: str = ""
) -> Callable[[Exchange], bool]:
    """Somebody else begins than spoke last; and a free exchange speaks of the thing, if there is one."""

    def fits(each: Exchange) -> bool:
        about = pack != "free" or thing is None or "thing" in each.slots
        begins, ends = roles.get(each.lines[0].role), roles.get(each.lines[-1].role)
        return about and (not last or begins != last) and (not following or ends != following)

    return fits


def _spoken_of(given: Given, fact: ContinuityFact) -> bool:
    """Whether a beat has somebody say it."""
    return any(told(beat, fact.terms, fact.text) and not acted(beat, given.named) for beat in given.beats)


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
    return scores.index(best) + 1 if best >= 3 else otherwise  # behind it: what is seen is answered


def spoken_seconds(given: Given) -> float:
    """What is left for talk when the directions have had theirs (see measures.timing for lines on a page)."""
    seen = [beat for beat in (*given.beats, *given.plan.comic_beats) if acted(beat, given.named)]
    lines = OPENING + sum(-(-len(text) // 60) for text in seen) + 2 * len(given.plan.comic_beats)
    page = (30.0 if given.camera == "multi" else 60.0) / 54
    return max(LEAST_SPOKEN * given.seconds, given.seconds - page * lines)
