"""Finding jokes by rules. Nobody laughs here: a score says how a joke is built, not how it lands.

What counts as a joke: the punchlines of this author's own comic exchanges; somebody's own catchphrase; a planned
callback or a running gag where it comes again; the climax of a comic beat that is played. A run of them within 20 s is
one joke, and the best of the run is its punchline.

The score is a sum, cut to 0 to 1: what its form is worth (`WORTH`); 0.15 if its last sentence has at most eight words,
less 0.1 if it has more than sixteen; 0.1 if somebody else, or a direction, stands right before it as its set-up; 0.1
if it ends on a word that the set-up has not used; less 0.25 if it was said before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scenewright.domain.screenplay import Dialogue
from scenewright.domain.show import Joke
from scenewright.kinds.episode.measures import Reading, followed
from scenewright.kinds.episode.measures.reading import Item
from scenewright.kinds.episode.offline.acting import capitals, stages
from scenewright.kinds.episode.offline.frames import exchanges, frames
from scenewright.kinds.episode.offline.marks import catchphrases
from scenewright.kinds.episode.offline.pages import Pages
from scenewright.text.sentences import sentences
from scenewright.text.words import words

WORTH: Mapping[str, float] = {
    "misdirection": 0.5,
    "callback": 0.5,
    "physical": 0.5,
    "wordplay": 0.45,
    "running_gag": 0.45,
    "situational": 0.4,
    "character": 0.35,
}
RUN = 20.0  # seconds within which several punchlines are one joke
ALIKE = 0.8  # share of the words of a known punchline by which it is recognised
_PACKS = ("comic", "free", "payoff", "callback")


@dataclass(frozen=True, kw_only=True)
class Found:
    item: Item
    form: str
    score: float
    setup: Item | None

    @property
    def joke(self) -> Joke:
        return Joke.model_validate(
            {
                "scene": self.item.scene,
                "punchline": self.item.id,
                "setup": self.setup.id if self.setup else "",
                "form": self.form,
                "score": self.score,
            }
        )


def found_in(pages: Pages) -> Sequence[Found]:
    """Every joke of the script, in its order."""
    reading = pages.reading()
    forms = dict(_forms(pages, reading))
    told: set[tuple[str, ...]] = set()
    jokes = []
    for item in reading.items:
        if form := forms.get(item.number):
            jokes.append(_found(reading, item, form, again=item.words in told))
            told.add(item.words)
    return _runs(jokes)


def _runs(jokes: Sequence[Found]) -> Sequence[Found]:
    kept: list[Found] = []
    for joke in sorted(jokes, key=lambda each: (-each.score, -each.item.number)):
        if all(abs(joke.item.start - other.item.start) >= RUN for other in kept):
            kept.append(joke)
    return sorted(kept, key=lambda each: each.item.number)


def _forms(pages: Pages, reading: Reading) -> Iterator[tuple[int, str]]:
    """Number of an element -> form of the joke; what is named later counts."""
    own = {each.id: catchphrases(each) for each in pages.show.characters}
    for item in reading.lines:
        if any(item.says(phrase, reading.language) for phrase in own.get(item.speaker, ())):
            yield item.number, "character"
        if form := known(item.words):
            yield item.number, form
    yield from ((number, "physical") for number in _climaxes(pages, reading))
    yield from _again(pages, reading)


def _again(pages: Pages, reading: Reading) -> Iterator[tuple[int, str]]:
    for gag in pages.show.gags:
        places = list(reading.mentions(gag.terms, gag.text))
        scenes = {places[0].scene_number} if places else set()
        for item in places:
            if item.scene_number not in scenes:
                scenes.add(item.scene_number)
                yield item.number, "running_gag"
    for thread in followed(reading, pages.show, pages.plan):
        if thread.callback and thread.state == "paid" and thread.paid:
            yield thread.paid.number, "callback"


def _climaxes(pages: Pages, reading: Reading) -> Iterator[int]:
    named = pages.named()
    wanted = {
        capitals(text, named)
        for scene in pages.plan.scenes
        for beat in scene.comic_beats
        for stage, text in stages(beat)
        if stage == "climax"
    } | set(frames("business")["climax"])
    yield from (item.number for item in reading.items if not item.speaker and item.element.text in wanted)


@cache
def _known() -> tuple[tuple[frozenset[str], str], ...]:
    found = []
    for pack in _PACKS:
        for each in exchanges(pack):
            if each.punchline >= 0 and "{" not in each.lines[each.punchline].text:
                bag = frozenset(words(each.lines[each.punchline].text, "en"))
                found.append((bag, each.form or ("callback" if pack == "callback" else "situational")))
    found += [(frozenset(words(text, "en")), "situational") for text in frames()["surprise"]]
    return tuple((bag, form) for bag, form in found if len(bag) > 1)


@cache
def known(heard: tuple[str, ...]) -> str:
    """The form of the joke, if a line is one of the punchlines that this author has; else empty."""
    bag = frozenset(heard)
    for wanted, form in _known():
        if len(wanted & bag) >= ALIKE * len(wanted) and len(wanted) >= 0.4 * len(bag):
            return form
    return ""


def _found(reading: Reading, item: Item, form: str, *, again: bool) -> Found:
    before = reading.items[item.number - 1] if item.number and item.number <= len(reading.items) else None
    setup = before if before and before.scene_number == item.scene_number and before.words else None
    return Found(item=item, form=form, score=score(item, form, setup, reading.language, again=again), setup=setup)


def score(item: Item, form: str, setup: Item | None, language: str, *, again: bool = False) -> float:
    """0 to 1, by the rules at the top of this module."""
    last = words((sentences(item.element.text, language) or [""])[-1], language)
    value = WORTH.get(form, 0.4)
    value += 0.15 if len(last) <= 8 else -0.1 if len(last) > 16 else 0.0
    if setup and (not isinstance(setup.element, Dialogue) or setup.speaker != item.speaker):
        value += 0.1
    if setup and last and last[-1] not in setup.words:
        value += 0.1
    return round(min(1.0, max(0.0, value - 0.25 * again)), 2)
