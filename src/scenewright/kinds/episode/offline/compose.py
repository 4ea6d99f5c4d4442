"""A scene's dialogue: its beats become exchanges, what is planned is planted and paid, to about its planned length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scenewright.domain.screenplay import Dialogue
from scenewright.kinds.episode.measures import element_seconds
from scenewright.kinds.episode.offline.dealing import number
from scenewright.kinds.episode.offline.given import Given
from scenewright.kinds.episode.offline.stage import Drafted, Stage, open_ended
from scenewright.kinds.episode.offline.telling import Telling, Unit, fitting, last_of, spoken_seconds
from scenewright.kinds.episode.offline.things import Thing, talkable, things
from scenewright.text.words import words

MOST_FILLED = 60  # exchanges that are added to the beats of a scene


def composed(given: Given, *, take: int = 0) -> tuple[Drafted, ...]:
    """The lines of a scene, in order; at least one."""
    stage = Stage(given, take)
    units = _units(given, stage)
    lines = tuple(line for line in _merged(given, stage, _fitted(given, stage, units)) if words(line.text, "en"))
    return lines or (_something(stage),)


def _something(stage: Stage) -> Drafted:
    return Drafted(character=stage.ids[0], text="Well. Here we are.")


def _units(given: Given, stage: Stage) -> list[Unit]:
    told = Telling(given, stage)
    units = [*told.opening()]
    body = len(given.beats) - given.ends
    for at in range(len(given.beats)):
        if at == body:
            units += _before_the_end(told, body)
        units += (replace(unit, beat=at - 1) for unit in told.planned_for(at) if at < body)
        units.append(told.beat(at, last_of(units)))
    if not given.ends:
        units += _before_the_end(told, body)
    units += (replace(unit, beat=len(given.beats) - 1) for unit in told.ending())
    return [unit for unit in units if unit.lines]


def _before_the_end(told: Telling, body: int) -> Iterator[Unit]:
    """What is planned for later than the last beat; the scene still ends on its ending."""
    for at in range(body, len(told.given.beats) + 1):
        yield from (replace(unit, beat=body - 1) for unit in told.planned_for(at))


def _fitted(given: Given, stage: Stage, units: list[Unit]) -> list[Unit]:
    """Shortened where there is too much, and with more talk where there is too little."""
    wanted = spoken_seconds(given)
    while _length(units) > wanted * 1.05 and any(_spare(unit) for unit in units):
        longest = max(
            range(len(units)), key=lambda at: (_spare(units[at]), units[at].least == 0, number(given.title, at))
        )
        lines = _shorter(units[longest])
        units[longest] = replace(units[longest], lines=lines)
    return _filled(given, stage, units, wanted)


def _shorter(unit: Unit) -> tuple[Drafted, ...]:
    """Without its end, so far that no question is left open."""
    lines = unit.lines[:-1]
    while len(lines) > max(1, unit.least) and open_ended(lines[-1].text):
        lines = lines[:-1]
    return lines if unit.least or not lines or not open_ended(lines[-1].text) else ()


def _spare(unit: Unit) -> int:
    """How many lines can go without harm."""
    return 0 if unit.fixed else max(0, len(unit.lines) - unit.least)


def _filled(given: Given, stage: Stage, units: list[Unit], wanted: float) -> list[Unit]:
    pool = _pool(given)
    end = len(units) - 1 if units and (given.ends or given.plan.act_out_terms) else len(units)
    slots = [at for at in range(1, max(1, end) + 1) if at > len(units) or not units[at - 1].tied] or [max(1, end)]
    added: dict[int, list[Unit]] = {}
    for turn in range(MOST_FILLED):
        if _length([*units, *(unit for extra in added.values() for unit in extra)]) >= wanted * 0.97:
            break
        at = slots[turn % len(slots)]
        before = (added.get(at) or units[at - 1 : at] or [Unit(lines=())])[-1]
        thing = pool[turn % len(pool)] if pool else None
        after = next((unit for unit in units[at:] if unit.lines), Unit(lines=()))
        if lines := _more(stage, turn, before, after, thing):
            added.setdefault(at, []).append(Unit(lines=lines, beat=before.beat))
    return [unit for at, each in enumerate(units, 1) for unit in (each, *added.get(at, ()))] or added.get(1, [])


def _pool(given: Given) -> list[Thing]:
    """What can be talked about: what the beats name, each once, then what stands about."""
    named = [thing for beat in given.beats for thing in things(beat, given.named)]
    return [thing for thing in dict.fromkeys((*named, *given.props)) if talkable(thing)]


def _more(stage: Stage, turn: int, before: Unit, after: Unit, thing: Thing | None) -> tuple[Drafted, ...]:
    if len(stage.ids) < 2:
        return stage.exchange("alone", {"a": stage.ids[0], "b": stage.ids[0]}, thing)
    packs = _packs(len(stage.ids))
    last, following = last_of((before,)), after.lines[0].character if after.lines else ""
    pack = packs[turn % len(packs)]
    for own, name in ((True, pack), (True, "about"), (True, "riff"), (True, "comic"), (False, "about"), (False, pack)):
        for avoid in ((last, following), (last, "")):
            for roles in _casts(stage, name):
                fits = fitting(name, thing, roles, *avoid)
                if lines := stage.exchange(name, roles, thing, fits=fits, own=own):
                    return lines
    return ()


def _packs(people: int) -> tuple[str, ...]:
    """What a scene with so many people is filled up with, in turn."""
    return ("about", "comic", "listening", "riff") if people > 2 else ("about", "comic", "riff")


def _casts(stage: Stage, pack: str) -> Iterator[dict[str, str]]:
    """Who may take which part; those who have said least come first."""
    who = [*sorted(stage.ids, key=lambda each: (stage.spoken[each], stage.ids.index(each)))]
    if len(who) == 2:
        yield {"a": who[0], "b": who[1]}
        yield {"a": who[1], "b": who[0]}
    elif pack == "listening":
        yield {"c": who[0], "a": who[1], "b": who[2]}
        yield {"c": who[1], "a": who[0], "b": who[2]}
    else:
        for a, b, c in ((0, 1, 2), (1, 0, 2), (0, 2, 1), (2, 0, 1)):
            yield {"a": who[a], "b": who[b], "c": who[c]}


def _length(units: Sequence[Unit]) -> float:
    return sum(seconds_of(line) for unit in units for line in unit.lines)


def seconds_of(line: Drafted) -> float:
    return element_seconds(Dialogue(id="l", character=line.character, text=line.text), language="en")


def _merged(given: Given, stage: Stage, units: Sequence[Unit]) -> Iterator[Drafted]:
    """In a row. Two speeches of one person with nothing seen between them are one, or have an answer between them."""
    kept: Drafted | None = None
    for line in (replace(line, beat=unit.beat) for unit in units for line in unit.lines):
        if kept and kept.character == line.character and not _between(given, kept.beat, line.beat):
            if _one_breath(kept, line) or len(stage.ids) < 2:
                kept = replace(line, text=f"{kept.text} {line.text}")
                continue
            yield kept
            kept = stage.glue(kept)
        if kept:
            yield kept
        kept = line
    if kept:
        yield kept


def _between(given: Given, first: int, second: int) -> bool:
    """Whether something is seen between two lines, by the beats that have happened by then."""
    return any(given.seen(at) for at in range(first + 1, second + 1) if 0 <= at < len(given.beats))


def _one_breath(first: Drafted, second: Drafted) -> bool:
    short = len(first.text.split()) + len(second.text.split()) <= 30
    return not first.punchline and not first.planned and short
