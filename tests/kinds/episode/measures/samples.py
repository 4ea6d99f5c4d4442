"""The two honest scripts as values, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from random import Random

from scenewright.domain.screenplay import Act, Action, Dialogue, Element, Person, Script, ScriptScene, Slug
from scenewright.domain.show import EpisodePlan, Joke, Show
from scenewright.kinds.episode.measures import Assessment, assess
from tests.kinds.episode.measures import afterlight, lowtide

Source = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Sample:
    show: Show
    plan: EpisodePlan
    script: Script
    jokes: tuple[Joke, ...]

    def assess(self, script: Script | None = None, jokes: Iterable[Joke] | None = None) -> Assessment:
        script = self.script if script is None else script
        return assess(script, self.show, self.plan, tuple(self.jokes if jokes is None else jokes))


def _element(number: int, line: str) -> Element:
    if line.startswith(">"):
        return Action(id=f"e{number}", text=line[1:].strip())
    who, _, text = line.lstrip("*").partition(": ")
    return Dialogue(id=f"e{number}", character=who, text=text)


def _sample(show: Show, plan: EpisodePlan, sources: tuple[Source, ...]) -> Sample:
    scenes, jokes = [], []
    for at, (name, act, place, text) in enumerate(sources, 1):
        lines = text.strip().splitlines()
        elements = tuple(_element(number, line) for number, line in enumerate(lines))
        jokes += [Joke(scene=name, punchline=f"e{n}") for n, line in enumerate(lines) if line.startswith("*")]
        scenes.append((act, ScriptScene(id=name, number=str(at), slug=Slug(place=place), elements=elements)))
    acts = tuple(
        Act(name=name, scenes=tuple(scene for _, scene in group))
        for name, group in groupby(scenes, key=lambda pair: pair[0])
    )
    cast = tuple(Person(id=each.id, name=each.name) for each in show.characters)
    return Sample(show=show, plan=plan, script=Script(title=plan.title, cast=cast, acts=acts), jokes=tuple(jokes))


SAMPLES = {
    "lowtide": _sample(lowtide.SHOW, lowtide.PLAN, lowtide.SCENES),
    "afterlight": _sample(afterlight.SHOW, afterlight.PLAN, afterlight.SCENES),
}


def with_scenes(script: Script, scenes: Iterable[ScriptScene]) -> Script:
    """The same acts, as long as before, filled with these scenes in order."""
    rest = iter(scenes)
    acts = tuple(
        act.model_copy(update={"scenes": tuple(scene for scene, _ in zip(rest, act.scenes, strict=False))})
        for act in script.acts
    )
    return script.model_copy(update={"acts": acts})


def each_line(script: Script, change: Callable[[Dialogue], Dialogue]) -> Script:
    def changed(scene: ScriptScene) -> ScriptScene:
        elements = tuple(change(each) if isinstance(each, Dialogue) else each for each in scene.elements)
        return scene.model_copy(update={"elements": elements})

    return with_scenes(script, map(changed, script.scenes))


def spoken(script: Script) -> list[Dialogue]:
    return [each for scene in script.scenes for each in scene.elements if isinstance(each, Dialogue)]


def empty(script: Script) -> Script:
    return with_scenes(script, (scene.model_copy(update={"elements": ()}) for scene in script.scenes))


def repeated(script: Script, random: Random, share: float) -> Script:
    """One of its own lines says what that share of the lines said."""
    text = random.choice([line.text for line in spoken(script)])
    return each_line(script, lambda line: line.model_copy(update={"text": text}) if random.random() < share else line)


def shuffled(script: Script, random: Random, *, renumber: bool) -> Script:
    """Scenes in any other order."""
    scenes = list(script.scenes)
    while scenes == list(script.scenes):
        random.shuffle(scenes)
    if renumber:
        scenes = [scene.model_copy(update={"number": str(at)}) for at, scene in enumerate(scenes, 1)]
    return with_scenes(script, scenes)


def swapped(script: Script, random: Random, *, two: bool) -> Script:
    """Two characters speak each other's lines from end to end; or everybody somebody else's."""
    people = [person.id for person in script.cast]
    random.shuffle(people)
    circle = people[:2] if two else people
    new = dict(zip(circle, [*circle[1:], circle[0]], strict=True))
    return each_line(
        script, lambda line: line.model_copy(update={"character": new.get(line.character, line.character)})
    )


def dealt(script: Script, random: Random) -> Script:
    """Every line is spoken by anybody."""
    people = [person.id for person in script.cast]
    return each_line(script, lambda line: line.model_copy(update={"character": random.choice(people)}))


def doubled(sample: Sample, random: Random, *, far: bool) -> tuple[Script, tuple[Joke, ...]]:
    """Every joke is told again, at once or at some other place, and marked again."""
    scenes = {scene.id: list(scene.elements) for scene in sample.script.scenes}
    extra = []
    for number, joke in enumerate(sample.jokes):
        line = next(each for each in scenes[joke.scene] if each.id == joke.punchline)
        copy = line.model_copy(update={"id": f"again{number}"})
        scene = random.choice(sorted(scenes)) if far else joke.scene
        at = random.randrange(len(scenes[scene]) + 1) if far else scenes[scene].index(line) + 1
        scenes[scene].insert(at, copy)
        extra.append(Joke(scene=scene, punchline=copy.id))
    new = (scene.model_copy(update={"elements": tuple(scenes[scene.id])}) for scene in sample.script.scenes)
    return with_scenes(sample.script, new), (*sample.jokes, *extra)
