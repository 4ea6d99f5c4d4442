"""The shape of an episode: how many scenes, in which acts, whose story each tells, and how long it takes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PHASES = ("hook", "trouble", "plan", "attempt", "setback", "low", "again", "settled")
SHORT, MEDIUM, LONG = (8.0, 8), (15.0, 9), (32.0, 10)  # up to so many minutes, so many scenes; 12 beyond
MOST = 12
_TURNS = ("A", "B", "A", "C")


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One scene before anything happens in it."""

    number: int  # from 0
    act: str
    story: str
    phase: str  # where its story stands
    time: str
    seconds: float
    first: bool  # of its story
    act_ends: bool
    last: bool  # of the episode


def slots(minutes: float, wanted: int | None, stories: Sequence[str]) -> Iterator[Slot]:
    """The scenes in order; their seconds add up to the length of the episode."""
    number = max(1, wanted or _number(minutes))
    acts = list(_acts(number))
    told = list(_stories(number, stories))
    seconds = list(_seconds(minutes, acts))
    for at, act in enumerate(acts):
        yield Slot(
            number=at,
            act=act,
            story=told[at],
            phase=PHASES[round(at / max(1, number - 1) * (len(PHASES) - 1))],
            time=("MORNING", "DAY", "DAY", "NIGHT")[at * 4 // number],
            seconds=seconds[at],
            first=told.index(told[at]) == at,
            act_ends=at + 1 == number or acts[at + 1] != act,
            last=at + 1 == number,
        )


def _number(minutes: float) -> int:
    return next((scenes for most, scenes in (SHORT, MEDIUM, LONG) if minutes <= most), MOST)


def _acts(number: int) -> Iterator[str]:
    """A cold open and a tag from four scenes on; two acts, three from eleven scenes on."""
    if number < 4:
        yield from ["ACT ONE"] * number
        return
    inside = number - 2
    names = ("ACT ONE", "ACT TWO", "ACT THREE")[: 3 if number > 10 else 2]
    yield "COLD OPEN"
    for at in range(inside):
        yield names[at * len(names) // inside]
    yield "TAG"


def _stories(number: int, stories: Sequence[str]) -> Iterator[str]:
    """A begins and ends; the others take turns with it."""
    there = [story for story in ("A", "B", "C") if story in stories] or ["A"]
    for at in range(number):
        turn = _TURNS[(at - 1) % len(_TURNS)] if at else "A"
        edge = at == 0 or at + 1 == number
        yield turn if turn in there and not edge else there[0]


def _seconds(minutes: float, acts: Sequence[str]) -> Iterator[float]:
    """Whole seconds where there are enough of them; a cold open and a tag are shorter."""
    weights = [0.7 if act in ("COLD OPEN", "TAG") else 1.0 for act in acts]
    whole, left = minutes * 60, minutes * 60
    for at, weight in enumerate(weights):
        share = whole * weight / sum(weights)
        share = left if at + 1 == len(weights) else float(round(share)) if share >= 2 else share
        left -= share
        yield share
