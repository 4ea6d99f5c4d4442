"""What the offline author is given for one scene, as values. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scenewright.domain.show import Character, ContinuityFact, RunningGag, ScenePlan, SetPlace, Show
from scenewright.kinds.episode.knowledge import bible_for, known_before
from scenewright.kinds.episode.offline.acting import acted
from scenewright.kinds.episode.offline.clauses import parsed
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.things import Thing, prop
from scenewright.kinds.episode.offline.verbs import is_third, third
from scenewright.text.sentences import sentences
from scenewright.text.words import words

NOBODY = Character(id="voice", name="Voice")
SCENES = 10  # in an episode, where nobody says how many
_SHOULD = ("should", "must", "has to", "needs to", "ought to", "shall")


@dataclass(kw_only=True)
class Given:
    """One scene and what may be known of the rest."""

    plan: ScenePlan
    characters: tuple[Character, ...]  # in the scene; at least one
    named: tuple[tuple[str, str], ...]  # (id, name) of everybody in the show
    places: tuple[SetPlace, ...]
    gags: tuple[RunningGag, ...]
    earlier: tuple[ScenePlan, ...]
    unknown: Mapping[str, Sequence[str]]  # character -> texts of facts that they do not know
    camera: str
    minutes: float
    title: str  # of the episode
    beats: tuple[str, ...]

    @property
    def seconds(self) -> float:
        return self.plan.seconds or self.minutes * 60 / SCENES

    @property
    def names(self) -> dict[str, str]:
        return dict(self.named)

    @cached_property
    def genders(self) -> dict[str, str]:
        """Id -> "he" or "she", as far as the bible says it in passing."""
        return {each.id: found for each in self.characters if (found := _gender(each))}

    @property
    def position(self) -> int:
        return len(self.earlier)

    @property
    def props(self) -> tuple[Thing, ...]:
        return tuple(found for place in self.places for each in place.props if (found := prop(each)))

    def secret_from(self, who: str) -> Sequence[ContinuityFact]:
        """Facts of this scene's reveals that somebody cannot speak of before they are out."""
        return [fact for fact in self.plan.reveals if who not in fact.known_by]


def given(inputs: Mapping[str, Any], note: str = "") -> Given:
    """From the inputs of a step `dialogue` or `directions`."""
    show, plan = inputs["show"], ScenePlan.model_validate(inputs["scene"])
    characters = tuple(Character.model_validate(each) for each in show.get("characters", ()))
    others = [Character(id=each["id"], name=each["name"]) for each in show.get("others", ())]
    present = characters or tuple(others[:3]) or (NOBODY,)
    named = tuple((each.id, each.name) for each in (*characters, *others)) or ((NOBODY.id, NOBODY.name),)
    return Given(
        plan=plan,
        characters=_in_order(present, plan.characters),
        named=named,
        places=tuple(SetPlace.model_validate(each) for each in show.get("sets", ())),
        gags=tuple(RunningGag.model_validate(each) for each in show.get("gags", ())),
        earlier=tuple(
            found for each in inputs.get("earlier", ()) if (found := ScenePlan.model_validate(each)).id != plan.id
        ),
        unknown=inputs.get("knows", {}).get("unknown", {}),
        camera=show.get("camera", "single"),
        minutes=show.get("minutes", 22.0),
        title=(inputs.get("header") or {}).get("title") or show.get("title", ""),
        beats=tuple(part for each in (*_beats(plan.beats), *_asked(note)) for part in clauses_of(each, named)),
    )


def planned(show: Show, scenes: Sequence[ScenePlan], at: int, title: str) -> Given:
    """The same for a scene of a whole plan."""
    plan, earlier = scenes[at], scenes[:at]
    return given(
        {
            "show": bible_for(show, plan),
            "scene": plan.model_dump(mode="json"),
            "earlier": [each.model_dump(mode="json") for each in earlier],
            "knows": known_before(show, earlier, plan),
            "header": {"title": title},
        }
    )


_WORDS = {
    "he": word_set("he him his himself uncle father brother son husband grandfather mr man boy king"),
    "she": word_set("she her hers herself aunt mother sister daughter wife grandmother mrs ms woman girl landlady"),
}


def _gender(who: Character) -> str:
    """By the words of the bible about somebody; empty if they do not say, or say both."""
    voice = who.voice
    text = (
        who.description,
        who.education,
        who.humour,
        voice.emotional_range,
        voice.sentence_shape,
        *voice.speech_patterns,
    )
    heard = Counter(words(" ".join((who.name, *text, *who.relationships.values(), who.background)), "en"))
    said = {pronoun: sum(heard[word] for word in known) for pronoun, known in _WORDS.items()}
    return max(said, key=lambda each: said[each]) if said["he"] != said["she"] else ""


def _in_order(characters: tuple[Character, ...], ids: Sequence[str]) -> tuple[Character, ...]:
    places = {who: at for at, who in enumerate(ids)}
    return tuple(sorted(characters, key=lambda each: places.get(each.id, len(places))))


def _beats(beats: Iterable[str]) -> tuple[str, ...]:
    """One sentence each; a beat of several sentences is several beats."""
    return tuple(plain for beat in beats for each in sentences(beat, "en") if (plain := " ".join(each.split())))


def clauses_of(beat: str, named: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """A beat in which somebody does one thing and says another, as two: "Pip sits down and tells ..." """
    found = parsed(beat, named)
    if not found.subject:
        first, comma, rest = beat.partition(", and ")
        other = parsed(rest, named)
        return (first, rest) if comma and other.subject and other.verb and not acted(rest, named) else (beat,)
    for match in re.finditer(r",? and (?=(\w+))", beat):
        first, rest = beat[: match.start()], beat[match.end() :]
        other = parsed(rest, named)
        if not other.subject and is_third(match[1]):
            rest = f"{dict(named)[found.subject]} {rest}"
            other = parsed(rest, named)
        plain = other.verb and other.verb != "be" and not other.past
        told = bool(found.said) and is_third(match[1])
        if other.subject and plain and (told or acted(first, named) != acted(rest, named)):
            return (first, *clauses_of(rest, named))
    return (beat,)


def _asked(note: str) -> tuple[str, ...]:
    """What a person asked for, as a beat: "Ethel should find out here" is "Ethel finds out"."""
    found = []
    for each in sentences(note, "en"):
        plain = each.rstrip(".!").removesuffix(" here").removesuffix(" now")
        for modal in _SHOULD:
            who, middle, rest = plain.partition(f" {modal} ")
            if middle and rest:
                verb, _, after = rest.partition(" ")
                plain = f"{who} {third(verb)} {after}".strip()
                break
        found.append(plain)
    return tuple(found)
