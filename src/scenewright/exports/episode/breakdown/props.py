"""Props: things of the bible that directions name, and things that a direction writes in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scenewright.domain.episode import Episode
from scenewright.domain.screenplay import Action, ScriptScene
from scenewright.domain.show import SetPlace
from scenewright.exports.episode.breakdown.effects import speaks_of_effect
from scenewright.exports.episode.breakdown.values import Prop
from scenewright.exports.episode.breakdown.wording import Finder

LONGEST = 5  # words of a prop
_RUNS = re.compile(r"[^\W_][\w'’-]*(?: [^\W_][\w'’-]*)*")  # words with nothing but a space between
_SMALL = "A AN THE THIS THAT HIS HER ITS THEIR OUR MY YOUR AND OR OF WITH IN ON I"
# Capitals that are neither things nor sounds: how it is filmed, when it is, and people whom nobody has named.
_FILMED = """
    ANGLE BACK CAMERA CLOSE CLOSEUP CONTINUED CONT'D CRANE CUT DISSOLVE DOLLY ECU ELSEWHERE ESTABLISHING EXT FADE
    FLASHBACK FREEZE FROM HANDHELD INSERT INT INTERCUT LATER MATCH MONTAGE MOS MOVING OVER PAN POV PULL PUSH RESET
    REVEAL SERIES SHOT SHOTS SLOW SMASH SPLIT STOCK SUPER TIGHT TILT TIME TO TRACKING TWO-SHOT WE WHIP WIDE ZOOM
    DAY NIGHT MORNING EVENING DAWN DUSK CONTINUOUS MOMENTS TITLE TITLES CARD CHYRON TEASER TAG ACT END BEAT PAUSE
    NO YES NOT"""
_PEOPLE = """
    MAN MEN WOMAN WOMEN BOY BOYS GIRL GIRLS CHILD CHILDREN KID KIDS CROWD PEOPLE PASSERS-BY EXTRAS EVERYONE EVERYBODY
    ALL NOBODY BOTH VOICE VOICES"""
_ARTICLES, _OTHER = frozenset(_SMALL.split()), frozenset((_FILMED + _PEOPLE).split())


def props(work: Episode) -> tuple[Prop, ...]:
    """Those of the bible first, in its order, then the others in the order of the script."""
    bible = {name.casefold(): name for name in reversed(_of_bible(work.show.sets))}
    order = dict.fromkeys(name.casefold() for name in _of_bible(work.show.sets))
    named = Finder({scene.id: "\n".join(_directions(scene)) for scene in work.scenes})
    there = {scene.id: _on_set(work.show.sets, scene) for scene in work.scenes}
    found = [_prop(key, bible.get(key), named.where(key), there) for key in (*order, *_others(work, order))]
    return tuple(prop for prop in found if prop.scenes or prop.on_set)


def _prop(key: str, of_bible: str | None, named: Sequence[str], there: Mapping[str, set[str]]) -> Prop:
    return Prop(
        name=of_bible or key,
        from_bible=of_bible is not None,
        scenes=tuple(named),
        on_set=tuple(scene for scene, things in there.items() if key in things and scene not in named),
    )


def _others(work: Episode, known: Iterable[str]) -> Iterable[str]:
    """What is written in capitals once; from then on its name is enough. A plural is the same thing."""
    people, found = _people(work), dict.fromkeys(known)
    there = len(found)
    for key in (name for scene in work.scenes for text in _directions(scene) for name in _in_capitals(text, people)):
        if not found.keys() & {key, key.removesuffix("s"), key.removesuffix("es")}:
            found[key] = None
    return list(found)[there:]


def _of_bible(sets: Sequence[SetPlace]) -> list[str]:
    return [name for place in sets for prop in place.props if (name := " ".join(prop.split()))]


def _on_set(sets: Sequence[SetPlace], scene: ScriptScene) -> set[str]:
    """What the bible puts where the scene plays."""
    place = scene.slug.place.casefold()
    return {
        name.casefold()
        for each in sets
        if place in {name.casefold() for name in (each.name, *each.aliases)}
        for name in _of_bible([each])
    }


def _directions(scene: ScriptScene) -> Iterator[str]:
    """What is to be seen and heard besides speech. Suggestions for the camera name nothing new."""
    for each in scene.elements:
        if isinstance(each, Action) and not each.camera:
            yield each.text
        elif each.type == "dialogue" and each.parenthetical:
            yield each.parenthetical


def _in_capitals(text: str, people: frozenset[str]) -> Iterator[str]:
    """Things that a direction writes in capitals among other words, in small letters: "a BRASS BELL"."""
    letters = [char for char in text if char.isalpha()]
    if sum(char.isupper() for char in letters) * 2 > len(letters):
        return  # all of it is in capitals: they say nothing
    for run in _RUNS.finditer(text):
        yield from _things(run.group(), people)


def _things(run: str, people: frozenset[str]) -> Iterator[str]:
    """The capitals of a run of words, without what is no thing."""
    for words in _upper(run.split(" ")):
        bare = [word for word in words if word not in _ARTICLES]
        thing = " ".join(words[words.index(bare[0]) :] if bare else [])
        person = any(word.removesuffix("'S").removesuffix("’S") in people for word in bare)
        if not thing or len(bare) > LONGEST or person or _OTHER & set(bare) or speaks_of_effect(thing):
            continue
        yield thing.casefold()


def _upper(words: Sequence[str]) -> Iterator[list[str]]:
    """Runs of words in capitals. A single letter is one only between others."""
    run: list[str] = []
    for word in [*words, ""]:
        if word and word.upper() == word and (len(word) > 1 or run):
            run.append(word)
            continue
        while run and len(run[-1]) < 2 and not run[-1].isdigit():
            run.pop()
        if any(len(each) > 1 and each.upper() != each.lower() for each in run):
            yield run
        run = []


def _people(work: Episode) -> frozenset[str]:
    """Every word of every name, in capitals."""
    called = [*(each.name for each in work.script.cast), *(each.name for each in work.show.characters)]
    speakers = [each.character for scene in work.scenes for each in scene.elements if each.type == "dialogue"]
    return frozenset(word for name in (*called, *speakers) for word in re.findall(r"[\w'’-]+", name.upper()))


def of_scenes(found: Sequence[Prop]) -> Mapping[str, tuple[str, ...]]:
    """Scene -> the props that its directions name."""
    scenes: dict[str, list[str]] = {}
    for prop in found:
        for scene in prop.scenes:
            scenes.setdefault(scene, []).append(prop.name)
    return {scene: tuple(named) for scene, named in scenes.items()}
