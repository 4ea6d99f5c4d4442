"""Threads: what is set up is paid off, later; callbacks come after what they call back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scenewright.domain.assessment import Finding, Part
from scenewright.domain.show import Callback, EpisodePlan, PayOff, ScenePlan, SetUp, Show
from scenewright.kinds.episode.measures.parts import mean
from scenewright.kinds.episode.measures.reading import Item, Reading

State = Literal["paid", "unpaid", "missing", "early"]
WORTH: Mapping[State, float] = {"paid": 1.0, "unpaid": 0.0, "missing": 0.0, "early": 0.0}


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A planned set-up or callback, and where the text has it."""

    id: str
    text: str
    scene: str  # where the plan has its end
    state: State  # of a callback: "missing" is "unpaid", and "paid" is found behind its origin
    planted: Item | None = None
    paid: Item | None = None
    callback: bool = False


def threads(reading: Reading, show: Show, plan: EpisodePlan | None, weight: float) -> Part:
    """The share of planned set-ups and callbacks that the text really has, in the right order."""
    found = followed(reading, show, plan) if plan else ()
    findings, notes = _told(reading, found)
    states = [(thread.callback, thread.state) for thread in found]
    return Part(
        name="threads",
        value=mean(WORTH[thread.state] for thread in found),
        weight=weight,
        details={
            "set-ups": sum(not callback for callback, _ in states),
            "set-ups paid off": sum(not callback and state == "paid" for callback, state in states),
            "callbacks": sum(callback for callback, _ in states),
            "callbacks in place": sum(callback and state == "paid" for callback, state in states),
        },
        findings=tuple(findings),
        notes=tuple(notes),
    )


def followed(reading: Reading, show: Show, plan: EpisodePlan) -> tuple[Thread, ...]:
    """Every planned set-up with its pay-off, then every planned callback with its origin."""
    setups = [(scene, setup) for scene in plan.scenes for setup in scene.setups]
    origins = {setup.id: _place(reading, setup.terms, setup.text, scene.id) for scene, setup in setups}
    for gag in show.gags:
        origins.setdefault(gag.id, next(reading.mentions(gag.terms, gag.text), None))
    ends: dict[str, tuple[ScenePlan, PayOff]] = {
        payoff.setup: (scene, payoff) for scene in plan.scenes for payoff in scene.payoffs
    }
    paid = [_setup(reading, scene, setup, origins[setup.id], ends.get(setup.id)) for scene, setup in setups]
    called = [_callback(reading, scene, each, origins) for scene in plan.scenes for each in scene.callbacks]
    return (*paid, *called)


def _setup(
    reading: Reading, scene: ScenePlan, setup: SetUp, planted: Item | None, end: tuple[ScenePlan, PayOff] | None
) -> Thread:
    if end:
        where, paid = end[0].id, _place(reading, end[1].terms, end[1].text, end[0].id, planted)
    else:  # no pay-off is planned: the text may still come back to it
        where, paid = scene.id, _later(reading.mentions(setup.terms, setup.text), planted)
    return Thread(id=setup.id, text=setup.text, scene=where, state=_state(planted, paid), planted=planted, paid=paid)


def _callback(reading: Reading, scene: ScenePlan, callback: Callback, origins: Mapping[str, Item | None]) -> Thread:
    origin = origins.get(callback.to)
    found = _place(reading, callback.terms, callback.text, scene.id, origin)
    if not callback.to and found:
        state: State = "paid"
    else:
        state = _state(origin, found) if found else "unpaid"
    text, where = callback.text, scene.id
    return Thread(id=callback.id, text=text, scene=where, state=state, planted=origin, paid=found, callback=True)


def _state(planted: Item | None, paid: Item | None) -> State:
    if not planted:
        return "missing"
    if not paid:
        return "unpaid"
    return "paid" if paid.number > planted.number else "early"


def _later(items: Iterable[Item], planted: Item | None) -> Item | None:
    """In a scene after it."""
    return next((item for item in items if planted and item.scene_number > planted.scene_number), None)


def _place(reading: Reading, terms: Sequence[str], text: str, scene: str, behind: Item | None = None) -> Item | None:
    """Where it stands: in its planned scene if it is there, else the first place; not on the line it answers."""
    found = [item for item in reading.mentions(terms, text) if item is not behind]
    planned = [item for item in found if item.scene == scene]
    after = [item for item in planned if behind and item.number > behind.number]
    return next(iter(after or planned or found), None)


def _told(reading: Reading, found: Iterable[Thread]) -> tuple[list[Finding], list[str]]:
    findings, notes = list[Finding](), list[str]()
    for thread in found:
        if thread.state == "paid":
            continue
        place = thread.paid or thread.planted or _last_of(reading, thread.scene)
        if place:
            findings.append(_finding(thread, place))
        else:
            notes.append(f"“{thread.text}” is planned and stands nowhere.")
    return findings, notes


def _finding(thread: Thread, place: Item) -> Finding:
    what = f"“{thread.text}”"
    if thread.callback:
        early = thread.state == "early"
        said = "calls back to what comes later" if early else "is a planned callback that the text does not have"
        return place.finding("callback_early" if early else "callback_missing", f"{what} {said}.", thread.planted)
    match thread.state:
        case "early":
            return place.finding("payoff_early", f"{what} is paid off before it is set up.", thread.planted)
        case "unpaid":
            return place.finding("setup_unpaid", f"{what} is set up here and never paid off.")
        case _:
            return place.finding("setup_missing", f"{what} is a planned set-up that the text does not have.")


def _last_of(reading: Reading, scene: str) -> Item | None:
    items: Iterator[Item] = reversed(reading.by_scene.get(reading.numbers.get(scene, -1), ()))
    return next(items, None)
