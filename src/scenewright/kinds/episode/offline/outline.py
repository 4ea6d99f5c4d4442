"""An episode planned from a bible and a premise: acts, three stories taking turns, set-ups that are paid off. Pure.

The A story is the premise. The B story is a secret of the bible, if it has one: somebody hides it and it comes out. The
C story is a running gag, or a quarrel of two. Stories that are given are used instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenewright.domain.outline import Handoff
from scenewright.domain.screenplay import Slug
from scenewright.domain.show import (
    Callback,
    Character,
    ContinuityFact,
    EpisodePlan,
    PayOff,
    RunningGag,
    ScenePlan,
    SetPlace,
    SetUp,
    Show,
)
from scenewright.kinds.episode.offline.clauses import forms, parsed
from scenewright.kinds.episode.offline.dealing import Deck
from scenewright.kinds.episode.offline.frames import frames
from scenewright.kinds.episode.offline.marks import holds
from scenewright.kinds.episode.offline.sources import Setting, sentences_of, setting_of
from scenewright.kinds.episode.offline.spacing import Slot, slots
from scenewright.kinds.episode.offline.things import Thing, prop, short_name, things
from scenewright.kinds.episode.offline.voice import lowered
from scenewright.text.sentences import sentences

BEATS = 5  # of a scene, about
PHASES = ("hook", "trouble", "plan", "attempt", "setback", "low", "again", "settled")


def outlined(inputs: Mapping[str, Any], *, take: int = 0, note: str = "") -> Sequence[dict[str, Any]]:
    """The parts of the step `outline`: a header, then every scene."""
    show = Show.model_validate(inputs["show"])
    given = EpisodePlan.model_validate(inputs["plan"]) if inputs.get("plan") else None
    read = sentences_of(inputs.get("documents") or ())
    premise = " ".join(filter(None, (inputs.get("premise") or "", note))).strip()
    setting = setting_of(inputs.get("transform") or "")
    telling = _Telling(show, premise or " ".join(read[:1]) or show.logline, given, take, read=read, setting=setting)
    scenes = given.scenes if given and given.scenes else telling.scenes(inputs.get("scenes"))
    title = inputs.get("title") or (given.title if given else "") or telling.title
    header = {
        "type": "header",
        "title": title,
        "logline": (given.logline if given else "") or telling.logline,
        "stories": telling.stories,
        "planned": [scene.title for scene in scenes],
        "show": None,
    }
    return [header, *({"type": "scene", **scene.model_dump(mode="json")} for scene in scenes)]


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """Who a story is about."""

    x: Character | None
    y: Character | None


class _Telling:
    def __init__(
        self,
        show: Show,
        premise: str,
        given: EpisodePlan | None,
        take: int,
        *,
        read: Sequence[str] = (),
        setting: Setting | None = None,
    ) -> None:
        self.read, self.setting = read, setting
        self.show, self.premise = show, premise
        self.deck = Deck((show.title, premise, take), 0)
        self.named = tuple((each.id, each.name) for each in show.characters)
        self.secret = next((fact for fact in show.facts if self._keepers(fact)), None)
        self.gag: RunningGag | None = show.gags[0] if show.gags else None
        self.stories = dict(given.stories) if given and given.stories else self._stories()
        self.pairs = {"A": self._first(), "B": self._second(), "C": self._third()}
        told = [each for each in sentences(premise, "en") if each.strip()]
        self.facts = list(dict.fromkeys((*told, *read)))

    def _keepers(self, fact: ContinuityFact) -> list[Character]:
        there = [each for each in self.show.characters if each.id in fact.known_by]
        return there if len(there) < len(self.show.characters) else []

    def _stories(self) -> dict[str, str]:
        found = {"A": self.premise}
        if self.secret:
            found["B"] = f"{short_name(self._keepers(self.secret)[0].name)} has a secret, and it comes out."
        if self.gag:
            found["C"] = self.gag.text
        elif len(self.show.characters) > 1:
            found["C"] = f"{short_name(self.show.characters[-1].name)} declares war on a small thing."
        return {name: text for name, text in found.items() if text}

    @property
    def title(self) -> str:
        thing = next((each for each in self._about if len(each.words) < 40), None)
        return f"{'The ' if thing.determiner else ''}{thing.words.title()}" if thing else "Untitled"

    @property
    def logline(self) -> str:
        first = (sentences(self.premise, "en") or [self.show.logline])[0]
        return f"{first.rstrip(' .')}, {self.setting.words}." if first and self.setting else first

    @property
    def _about(self) -> tuple[Thing, ...]:
        return things(self.premise, self.named)

    def _first(self) -> _Pair:
        people = sorted(self.show.characters, key=lambda who: self._mentioned(who, self.premise))
        return _Pair(x=people[0] if people else None, y=people[1] if len(people) > 1 else None)

    def _mentioned(self, who: Character, text: str) -> int:
        places = [text.find(form) for form in forms(who.name) if form in text]
        return min(places, default=len(text) + 1)

    def _second(self) -> _Pair:
        told = self.stories.get("B", "")
        people = sorted(self.show.characters, key=lambda who: self._mentioned(who, told))
        keeper = self._keepers(self.secret)[0] if self.secret else people[0] if people else None
        others = [who for who in people if who is not keeper and not (self.secret and who.id in self.secret.known_by)]
        return _Pair(x=keeper, y=others[-1] if others else None)

    def _third(self) -> _Pair:
        told = " ".join((self.stories.get("C", ""), self.gag.text if self.gag else ""))
        backwards = list(reversed(self.show.characters))
        people = sorted(backwards, key=lambda who: self._mentioned(who, told))
        return _Pair(x=people[0] if people else None, y=people[1] if len(people) > 1 else None)

    def scenes(self, wanted: int | None) -> tuple[ScenePlan, ...]:
        spaced = list(slots(self.show.minutes, wanted, tuple(sorted(self.stories)) or ("A",)))
        planted = list(self._planted(spaced))
        made = [self._scene(slot, spaced, planted) for slot in spaced]
        return tuple(self._handed(made))

    def _planted(self, spaced: Sequence[Slot]) -> Iterator[tuple[int, SetUp, int, PayOff]]:
        """(scene, set-up, scene, pay-off): two for every four scenes, each about a prop."""
        props = [each for each in self._props() if not each.plural]
        half = len(spaced) // 2
        for at in range(min(half, max(1, len(spaced) // 3), len(props), len(frames("beats")["setup"]))):
            row = self.deck.deal("setup", frames("beats")["setup"]) or ""
            text, term, paid, paying = (self._with_prop(part, props[at]) for part in row.split("|"))
            name = f"setup-{at + 1}"
            yield (
                at,
                SetUp(id=name, text=text, terms=(term,)),
                len(spaced) - 1 - at,
                PayOff(setup=name, text=paid, terms=(paying,)),
            )

    def _props(self) -> list[Thing]:
        return [found for place in self.show.sets for each in place.props if (found := prop(each))]

    def _with_prop(self, text: str, thing: Thing) -> str:
        return text.replace("{P}", f"The {thing.words}").replace("{p}", f"the {thing.words}")

    def _scene(
        self, slot: Slot, spaced: Sequence[Slot], planted: Sequence[tuple[int, SetUp, int, PayOff]]
    ) -> ScenePlan:
        place = self._place(slot)
        pair = self.pairs.get(slot.story, self.pairs["A"])
        reveal = self._reveal(slot, spaced)
        beats = list(self._beats(slot, place, pair, reveal, len(spaced)))
        people = [who.id for who in (pair.x, pair.y) if who]
        third = [each.id for each in self.show.characters if each.id not in people]
        people += third[slot.number % max(1, len(third)) :][: 1 if slot.story == "A" or slot.last else 0]
        out, terms = self._out(slot, place)
        return ScenePlan(
            id=f"s{slot.number + 1}",
            act=slot.act,
            story=slot.story if slot.story in ("A", "B", "C") else "",
            title=self._scene_title(beats, slot),
            slug=Slug(interior=place.interior if place else "INT.", place=self._place_name(place), time=slot.time),
            characters=tuple(people),
            purpose=_PURPOSE[slot.phase],
            beats=tuple(beats),
            comic_beats=tuple(self._filled(self.deck.deal("comic", frames("beats")["comic"]) or "", pair, place, slot)),
            setups=tuple(setup for at, setup, _, _ in planted if at == slot.number),
            payoffs=tuple(payoff for _, _, at, payoff in planted if at == slot.number),
            callbacks=tuple(self._callbacks(slot)),
            reveals=(reveal,) if reveal else (),
            act_out=out,
            act_out_terms=terms,
            seconds=slot.seconds,
        )

    def _place_name(self, place: SetPlace | None) -> str:
        return place.name if place else self.setting.name if self.setting else "Room"

    def _place(self, slot: Slot) -> SetPlace | None:
        """The first set is where most of it plays; neighbours differ where they can."""
        sets = self.show.sets
        if not sets:
            return None
        if slot.number == 0 or slot.last:
            return sets[0]
        return sets[slot.number % len(sets)]

    def _reveal(self, slot: Slot, spaced: Sequence[Slot]) -> ContinuityFact | None:
        of_b = [each.number for each in spaced if each.story == "B"]
        return self.secret if self.secret and of_b and slot.number == of_b[-1] else None

    def _beats(
        self, slot: Slot, place: SetPlace | None, pair: _Pair, reveal: ContinuityFact | None, scenes: int
    ) -> Iterator[str]:
        facts = [*self._premise(slot, pair, scenes)] if slot.story == "A" or self.read else []
        if self.setting and slot.number == 0:
            yield f"{self.setting.words.capitalize()}, the {self._place_name(place).lower()}."
        yield from facts
        section = "told" if reveal else "secret" if slot.story == "B" and self.secret else slot.phase
        section = "small" if slot.story == "C" else section
        if slot.number == 0 and self.gag:
            yield f"{self.gag.text.rstrip('.')}."
        elif slot.story in ("B", "C") and slot.first and (told := self.stories.get(slot.story)) and not self.secret:
            yield from self._told(told, pair)
        for _ in range(max(1, BEATS - max(0, len(facts) - 1))):
            row = self.deck.deal(section, frames("beats")[section]) or ""
            yield from self._filled(row, pair, place, slot)

    def _premise(self, slot: Slot, pair: _Pair, scenes: int) -> Iterator[str]:
        """One sentence of the premise in each scene of the A story; what documents tell, spread over all scenes."""
        share = -(-len(self.facts) // max(1, scenes - slot.number)) if self.read else 1
        for _ in range(min(BEATS, share, len(self.facts))):
            yield from self._told(self.facts.pop(0), pair)

    def _told(self, sentence: str, pair: _Pair) -> Iterator[str]:
        plain = sentence.rstrip(".! ")
        if parsed(plain, self.named).subject or not pair.x or not pair.y:
            yield f"{plain}."
        else:
            told = lowered(plain, [name for _, name in self.named])
            yield f"{short_name(pair.x.name)} tells {short_name(pair.y.name)} that {told}."

    def _filled(self, row: str, pair: _Pair, place: SetPlace | None, slot: Slot) -> Iterator[str]:
        props = [found for each in (place.props if place else ()) if (found := prop(each)) and not found.plural]
        about = self._about or tuple(props)
        if not pair.x or not row or ("{y}" in row and not pair.y) or ("{t}" in row and not about):
            return
        thing = about[slot.number % len(about)] if about else Thing("room")
        object_ = props[(slot.number + len(row)) % len(props)] if props else Thing("chair")
        yield (
            row.replace("{x}", short_name(pair.x.name))
            .replace("{y}", short_name(pair.y.name) if pair.y else "")
            .replace("{t}", f"the {thing.words}" if thing.determiner else thing.words)
            .replace("{p}", f"the {object_.words}")
        )

    def _callbacks(self, slot: Slot) -> Iterator[Callback]:
        if self.gag and slot.number and (slot.story == "C" or slot.last):
            terms = self.gag.terms
            options = [
                each
                for each in (*self.gag.variations, self.gag.text)
                if not terms or any(holds(each, t) for t in terms)
            ]
            text = options[slot.number % len(options)] if options else self.gag.text
            yield Callback(id=f"gag-{slot.number + 1}", to=self.gag.id, text=text, terms=terms)

    def _out(self, slot: Slot, place: SetPlace | None) -> tuple[str, tuple[str, ...]]:
        if not slot.act_ends or slot.last:
            return "", ()
        props = [found for each in (place.props if place else ()) if (found := prop(each)) and not found.plural]
        row = self.deck.deal("out", frames("beats")["out"], lambda each: bool(props) or "{P}" not in each) or "|"
        text, _, term = row.partition("|")
        return self._with_prop(text, props[0]) if props else text, (term,)

    def _scene_title(self, beats: Sequence[str], slot: Slot) -> str:
        for beat in beats:
            for thing in things(beat, self.named) if not (self.setting and self.setting.what in beat) else ():
                return thing.words.capitalize()
        return slot.phase.capitalize()

    def _handed(self, scenes: Sequence[ScenePlan]) -> Iterator[ScenePlan]:
        for at, scene in enumerate(scenes):
            following = scenes[at + 1] if at + 1 < len(scenes) else None
            opens = following.beats[0] if following and following.beats else ""
            if following and self.setting and following.slug.place != scene.slug.place:
                opens = f"Elsewhere {self.setting.words}: the {following.slug.place.lower()}."
            ends = scene.act_out or (scene.beats[-1] if scene.beats else "")
            yield scene.model_copy(update={"handoff": Handoff(ends_on=ends, next_opens_on=opens)})


_PURPOSE = {
    "hook": "What the day is about, and who would rather not know.",
    "trouble": "It is worse than it sounded.",
    "plan": "There is a plan.",
    "attempt": "The plan meets the world.",
    "setback": "It cannot go on like this.",
    "low": "The quiet before the last try.",
    "again": "The last try.",
    "settled": "What it was worth.",
}
