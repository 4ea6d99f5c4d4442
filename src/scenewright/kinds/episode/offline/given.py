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
from scenewright.kinds.episode.offline.clauses import forms, parsed
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.speech import told_in
from scenewright.kinds.episode.offline.things import Thing, prop
from scenewright.kinds.episode.offline.utterance import Scene, Utterance
from scenewright.kinds.episode.offline.verbs import is_third, third
from scenewright.text.sentences import sentences
from scenewright.text.words import content_words, words

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
    beats: tuple[str, ...]  # with what the scene ends on
    told: tuple[Utterance | None, ...]  # for each beat what is said in it; None = it is seen
    scene: Scene
    ends: int  # so many of the last beats are its act-out, or what it hands to the next

    @property
    def seconds(self) -> float:
        return self.plan.seconds or self.minutes * 60 / SCENES

    @property
    def names(self) -> dict[str, str]:
        return dict(self.named)

    @cached_property
    def genders(self) -> dict[str, str]:
        """Id -> "he" or "she", as far as the bible says it in passing."""
        return genders_of(self.characters)

    def seen(self, at: int) -> bool:
        """Whether a beat is shown, not said."""
        return self.told[at] is None

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
    plain = tuple(part for each in (*_beats(plan.beats), *_asked(note)) for part in clauses_of(each, named))
    ordered = _in_order(present, plan.characters)
    at_hand = Scene(present=tuple(each.id for each in ordered), named=named, genders=genders_of(ordered))
    ending = tuple(part for each in _beats(_ending(plan, plain)) for part in clauses_of(each, named))
    beats, told, ends = _with_speech(plain, ending, at_hand)
    return Given(
        plan=plan,
        characters=ordered,
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
        beats=beats,
        told=told,
        scene=at_hand,
        ends=ends,
    )


def _ending(plan: ScenePlan, beats: Sequence[str]) -> tuple[str, ...]:
    """The act-out, or what is handed to the next scene, if no beat has told it."""
    if plan.act_out:
        return (plan.act_out,)
    ends = plan.handoff.ends_on
    return (ends,) if ends and not any(alike(ends, beat) for beat in beats) else ()


def alike(one: str, other: str) -> bool:
    """Whether two sentences tell of the same, by half of the words of the shorter one."""
    first, second = set(content_words(one, "en")), set(content_words(other, "en"))
    return not first or len(first & second) >= 0.5 * min(len(first), len(second) or 1)


def _with_speech(
    beats: tuple[str, ...], ending: tuple[str, ...], scene: Scene
) -> tuple[tuple[str, ...], tuple[Utterance | None, ...], int]:
    """(beats, what is said in each, how many are the ending); what is done besides speaking is a beat of its own."""
    found: list[tuple[str, Utterance | None]] = []
    ends = 0
    for at, (beat, told) in enumerate(zip((*beats, *ending), told_in((*beats, *ending), scene), strict=True)):
        rows: list[tuple[str, Utterance | None]] = [(told.beside, None)] if told and told.beside else []
        rows.append((beat, told))
        found += rows
        ends += len(rows) if at >= len(beats) else 0
    last = [set(content_words(told.text, "en")) for _, told in found[len(found) - ends :] if told and ends]
    kept = [
        row
        for at, row in enumerate(found)
        if at >= len(found) - ends
        or not row[1]
        or not any(set(content_words(row[1].text, "en")) <= each for each in last)
    ]  # what is said again at the end is said there
    return tuple(beat for beat, _ in kept), tuple(told for _, told in kept), ends


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


def genders_of(characters: Sequence[Character]) -> dict[str, str]:
    return {each.id: found for each in characters if (found := _gender(each))}


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
    if said["he"] != said["she"]:
        return max(said, key=lambda each: said[each])
    return next((pronoun for word in heard for pronoun, known in _WORDS.items() if word in known), "")  # named first


def _in_order(characters: tuple[Character, ...], ids: Sequence[str]) -> tuple[Character, ...]:
    places = {who: at for at, who in enumerate(ids)}
    return tuple(sorted(characters, key=lambda each: places.get(each.id, len(places))))


def _beats(beats: Iterable[str]) -> tuple[str, ...]:
    """One sentence each; a beat of several sentences is several beats."""
    return tuple(plain for beat in beats for each in sentences(beat, "en") if (plain := " ".join(each.split())))


def clauses_of(beat: str, named: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """A beat in which somebody does one thing and says another, as two: "Pip sits down and tells ..." """
    if '"' in beat or "“" in beat:
        return (beat,)
    found = parsed(beat, named)
    if not found.subject:
        first, comma, rest = beat.partition(", and ")
        other = parsed(rest, named)
        return (first, rest) if comma and other.subject and other.verb and not acted(rest, named) else (beat,)
    for match in re.finditer(r",? and (?=(\w+))", beat):
        first, rest = beat[: match.start()], _with_name(beat[match.end() :], found.subject, beat, named)
        if rest and _splits(first, rest, bool(found.said), match, named):
            return (first, *clauses_of(rest, named))
    return (beat,)


def _with_name(rest: str, subject: str, beat: str, named: tuple[tuple[str, str], ...]) -> str:
    """The second half with its own subject; empty if it has none that is known."""
    if parsed(rest, named).subject:
        return rest
    first, _, after = rest.partition(" ")
    if is_third(first):
        return f"{dict(named)[subject]} {rest}"
    others = [name for who, name in named if who != subject and any(form in beat for form in forms(name))]
    if first in ("he", "she") and len(others) == 1 and is_third(after.split(" ")[0]):
        return f"{others[0]} {after}"
    crowd = first in ("everybody", "everyone", "nobody") and is_third(after.split(" ")[0])
    return f"{first.capitalize()} {after}" if crowd else ""


def _splits(first: str, rest: str, said: bool, match: re.Match[str], named: tuple[tuple[str, str], ...]) -> bool:
    whole, other = parsed(first, named), parsed(rest, named)
    if not other.subject:  # a crowd: only behind a question word, for else it may be a part of what is said
        return bool(re.search(r"\b(?:what|why|how|who|where)\b", first)) and not acted(first, named)
    plain = bool(other.verb) and other.verb != "be" and not other.past
    own = is_third(match[1]) or whole.subject != other.subject
    both = not acted(first, named) and not acted(rest, named)
    return plain and ((said and own) or acted(first, named) != acted(rest, named) or both)


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
