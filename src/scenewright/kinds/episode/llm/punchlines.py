"""The second question of the comedy pass: better punchlines for weak jokes, and callbacks where they are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.episode import Patch
from scenewright.domain.screenplay import Action, Dialogue, Element, ScriptScene
from scenewright.domain.show import Callback
from scenewright.kinds.episode.llm import clean, prompts
from scenewright.kinds.episode.llm.forms import PunchlinesForm, schema
from scenewright.kinds.episode.llm.jokes import Found
from scenewright.kinds.episode.llm.mend_lines import is_shot
from scenewright.kinds.episode.llm.mend_show import as_told
from scenewright.kinds.episode.llm.names import finder
from scenewright.kinds.episode.llm.page import Citations, Place, Whole, numbered
from scenewright.kinds.episode.measures import followed, read
from scenewright.kinds.episode.measures.pacing import CLUSTER, DEAD, TARGET, pacing
from scenewright.kinds.episode.patches import base_of
from scenewright.kinds.mending import listed, member, text
from scenewright.providers.llm.asking import Question

ALTERNATIVES = 3  # for one joke
OWN_CALLBACKS = 3  # that nobody planned, in one run of scenes


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A planned callback that the text does not have."""

    scene: str
    callback: Callback


@dataclass(frozen=True, kw_only=True)
class Candidate:
    patch: Patch
    joke: Place | None = None  # whose punchline it would replace
    callback: str = ""  # id of the planned callback that it places
    origin: Place | None = None  # what an unplanned one calls back to


def missing_callbacks(whole: Whole) -> tuple[Missing, ...]:
    """Those whose origin is there, and whose scene is."""
    states = {each.id: each for each in followed(read(whole.script()), whole.show, whole.plan) if each.callback}
    there = {scene.id for scene in whole.scenes if scene.elements}
    return tuple(
        Missing(scene=scene.id, callback=each)
        for scene in whole.plan.scenes
        for each in scene.callbacks
        if scene.id in there and not states[each.id].paid and (states[each.id].planted or not each.to)
    )


def measured(whole: Whole, found: Sequence[Found]) -> str:
    """The pacing as it is measured, for the model."""
    part = pacing(read(whole.script()), [each.joke for each in found], 1.0)
    lines = [
        f"Jokes: {part.details['jokes']:.0f}; average spacing {part.details['average spacing, s']:g} s "
        f"(target {TARGET:g} s)."
    ]
    lines += [f"[{each.scene}.{each.element}] {each.text}" for each in part.findings]
    return "\n".join(
        ["# Pacing, as measured", *lines, f"Closer than {CLUSTER:g} s is a cluster, above {DEAD:g} s dead."]
    )


def punchlines_question(
    whole: Whole, run: Sequence[ScriptScene], wishes: str, found: Sequence[Found], missing: Sequence[Missing], note: str
) -> Question:
    here = {scene.id for scene in run}
    weak = [_cited(each) for each in found if each.weak and each.joke.scene in here]
    wanted = [
        {"id": each.callback.id, "scene": each.scene, **each.callback.model_dump(exclude={"id"})} for each in missing
    ]
    return Question(
        messages=prompts.messages(
            "comedy-punchlines",
            wishes,
            prompts.show(as_told(whole.show.model_dump(mode="json"))),
            f"# Text\n{numbered(run, whole.names)}",
            measured(whole, found),
            prompts.fact("Weak jokes", weak),
            prompts.fact("Planned callbacks that are missing", wanted) if wanted else "",
            prompts.fact("Jokes that may be called back to", [_cited(each) for each in found if not each.weak][:20]),
            prompts.wish(note),
        ),
        schema=schema(PunchlinesForm),
        name="punchlines",
    )


def read_candidates(
    value: Json,
    whole: Whole,
    cite: Citations,
    run: Sequence[ScriptScene],
    found: Sequence[Found],
    missing: Sequence[Missing],
) -> list[Candidate]:
    """Raises: ValueError: nothing usable, in words for the model."""
    if not isinstance(value, dict):
        raise ValueError("the answer is no object with `alternatives` and `callbacks`")
    given = _Given(whole=whole, run=run, found=found, missing=missing, cite=cite)
    better = list(given.alternatives(listed(value.get("alternatives"))))
    placed = list(given.callbacks(listed(value.get("callbacks"))))
    if not better and not placed and (value.get("alternatives") or value.get("callbacks")):
        raise ValueError("no alternative names a weak joke, and no callback a line behind which it may stand")
    return [*better, *placed]


@dataclass(frozen=True, kw_only=True)
class _Given:
    whole: Whole
    run: Sequence[ScriptScene]
    found: Sequence[Found]
    missing: Sequence[Missing]
    cite: Citations

    def alternatives(self, raws: Iterable[Json]) -> Iterator[Candidate]:
        weak = {each.place for each in self.found if each.weak}
        told: dict[Place, set[str]] = {}
        for raw in raws:
            place = self.cite.one(member(raw, "joke"))
            element = self._elements.get(place) if place in weak else None
            if place is None or element is None or len(told.setdefault(place, set())) == ALTERNATIVES:
                continue
            patch = rewritten(place, element, raw, self.whole.names, multi=self._multi)
            if patch and same(patch.text) not in {same(element.text), *told[place]}:
                told[place].add(same(patch.text))
                yield Candidate(patch=patch, joke=place)

    def callbacks(self, raws: Iterable[Json]) -> Iterator[Candidate]:
        tried, used = Counter[str](), set[Place]()
        for raw in raws:
            place = self.cite.one(member(raw, "after"))
            element = self._elements.get(place) if place else None
            if place is None or element is None or place in used:
                continue
            patch = inserted(place, element, raw, self.whole.names, multi=self._multi)
            made = patch and (self._planned(raw, patch) or self._unplanned(raw, patch))
            if made and tried[made.callback] < (ALTERNATIVES if made.callback else OWN_CALLBACKS):
                tried[made.callback] += 1
                used.add(place)
                yield made

    def _planned(self, raw: Json, patch: Patch) -> Candidate | None:
        """Only in its scene, and in words by which it is recognised."""
        name = text(member(raw, "callback"))
        wanted = next((each for each in self.missing if each.callback.id == name and each.scene == patch.scene), None)
        terms = [same(term) for term in wanted.callback.terms] if wanted else []
        says = not terms or any(f" {term} " in f" {same(patch.text)} " for term in terms)
        return Candidate(patch=patch, callback=name) if wanted and says else None

    def _unplanned(self, raw: Json, patch: Patch) -> Candidate | None:
        """To a joke that comes before it."""
        origin, order = self.cite.one(member(raw, "callback")), list(self._all)
        jokes = {each.place for each in self.found}
        if origin is None or origin not in jokes or order.index(origin) >= order.index((patch.scene, patch.element)):
            return None
        return Candidate(patch=patch, origin=origin)

    @property
    def _multi(self) -> bool:
        return self.whole.show.camera == "multi"

    @property
    def _all(self) -> Mapping[Place, Element]:
        return {(scene.id, each.id): each for scene in self.whole.scenes for each in scene.elements}

    @property
    def _elements(self) -> Mapping[Place, Element]:
        here = {scene.id for scene in self.run}
        return {place: each for place, each in self._all.items() if place[0] in here and each.type != "transition"}


def rewritten(place: Place, element: Element, raw: Json, names: Mapping[str, str], *, multi: bool) -> Patch | None:
    """The element in other words; None if there are none. `multi`: no shots."""
    told, how = _told(element, raw, names)
    if not told or (multi and isinstance(element, Action) and is_shot(told)):
        return None
    given = clean.parenthetical(member(raw, "parenthetical")) or how
    fields: dict[str, Any] = {"parenthetical": given} if given and isinstance(element, Dialogue) else {}
    return Patch(scene=place[0], element=place[1], base=base_of(element), text=told, **fields)


def inserted(
    place: Place,
    element: Element,
    raw: Json,
    names: Mapping[str, str],
    find: Callable[[Json], str] | None = None,
    *,
    multi: bool,
) -> Patch | None:
    """Behind the element: a line of somebody known, or a direction where nobody is named. `multi`: no shots."""
    wanted = member(raw, "character")
    who = (find or finder(names))(wanted)
    if text(wanted) and not who:
        return None
    told, how = (
        clean.said(member(raw, "text"), list(names.values())) if who else (clean.direction(member(raw, "text")), "")
    )
    if not told or (multi and not who and is_shot(told)):
        return None
    return Patch(
        scene=place[0],
        element=place[1],
        base=base_of(element),
        op="insert",
        text=told,
        character=who,
        parenthetical=clean.parenthetical(member(raw, "parenthetical")) or how or None,
    )


def same(words: str) -> str:
    """What two texts have in common that differ in marks and capitals only."""
    return " ".join(
        "".join(each if each.isalnum() else " " for each in words.replace("’", "").replace("'", "")).split()
    ).casefold()


def _told(element: Element, raw: Json, names: Mapping[str, str]) -> tuple[str, str]:
    if isinstance(element, Dialogue):
        return clean.said(member(raw, "text"), list(names.values()))
    return clean.direction(member(raw, "text")), ""


def _cited(found: Found) -> Mapping[str, Any]:
    joke = found.joke
    return {"joke": f"{joke.scene}.{joke.punchline}", "form": joke.form, "score": joke.score}
