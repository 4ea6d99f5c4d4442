"""An outline as a model wrote it, as a plan of ours: ids made right, what refers to nothing dropped. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.outline import Handoff
from scenewright.domain.screenplay import Slug
from scenewright.domain.show import Callback, ContinuityFact, PayOff, ScenePlan, SetUp, Show
from scenewright.kinds.episode.lengths import shared
from scenewright.kinds.episode.llm.clean import clean, cleans, terms
from scenewright.kinds.episode.llm.mend_show import facts, interior, invented
from scenewright.kinds.episode.llm.names import finder, found_in, free, key
from scenewright.kinds.episode.ready import usual_acts
from scenewright.kinds.mending import listed, member, nearest

STORIES = ("A", "B", "C")
PLAIN_TIMES = {"": "DAY", "MORNING": "MORNING", "NIGHT TIME": "NIGHT", "NIGHTTIME": "NIGHT", "DAYTIME": "DAY"}
Part = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Task:
    """What an outline is made for."""

    show: Show  # as given
    title: str  # of the episode, if the person gave one
    most: int  # scenes


def header(value: Json, task: Task) -> Part | None:
    """Also holds, in the order of `planned`: `acts`, `stories_of` and `seconds`, which add up to the show's minutes.

    None if it has no planned scenes, or invents nobody where somebody had to be invented.
    """
    rows = [(title, row) for row in listed(member(value, "planned")) if (title := clean(member(row, "title")))]
    rows = rows[: task.most]
    title = task.title or clean(member(value, "title"))
    if not rows or not title:
        return None
    show = None if task.show.characters else invented(member(value, "show"), task.show, title)
    if show is None and not task.show.characters:
        return None
    return {
        "type": "header",
        "title": title,
        "logline": clean(member(value, "logline")),
        "stories": dict(_stories(member(value, "stories"))),
        "planned": [title for title, _ in rows],
        "acts": _acts([row for _, row in rows], task.show.minutes),
        "stories_of": [_story(member(row, "story")) for _, row in rows],
        "seconds": shared(task.show.minutes * 60, [_number(member(row, "seconds")) for _, row in rows]),
        "show": show.model_dump(mode="json") if show else None,
    }


def scene(value: Json, parts: Sequence[Part], show: Show) -> Part | None:
    """The next scene behind `parts`, the header first. None if it plays nowhere."""
    number, head, before = len(parts), parts[0], parts[1:]
    place = clean(member(value, "place"))
    if not place or number > len(head["planned"]):
        return None
    at = number - 1
    last_of_act = head["acts"][at : at + 2] != [head["acts"][at]] * 2
    handoff = Handoff(ends_on=clean(member(value, "ends_on")), next_opens_on=clean(member(value, "next_opens_on")))
    setups = tuple(_setups(member(value, "setups"), before))
    planted = [*(each["id"] for part in before for each in part["setups"]), *(each.id for each in setups)]
    planned = ScenePlan(
        id=f"s{number}",
        act=head["acts"][at],
        story=head["stories_of"][at],
        title=head["planned"][at],
        slug=_slug(value, place, show),
        characters=_present(value, show),
        purpose=clean(member(value, "purpose")),
        beats=cleans(member(value, "beats")),
        comic_beats=cleans(member(value, "comic_beats")),
        setups=setups,
        payoffs=tuple(_payoffs(member(value, "payoffs"), planted)),
        callbacks=tuple(_callbacks(member(value, "callbacks"), number, planted, show)),
        reveals=_reveals(member(value, "reveals"), before, show),
        act_out=(clean(member(value, "act_out")) or handoff.ends_on) if last_of_act else "",
        act_out_terms=terms(member(value, "act_out_terms")) if last_of_act else (),
        seconds=head["seconds"][at],
        handoff=handoff if number < len(head["planned"]) else Handoff(),
    )
    return {"type": "scene", **planned.model_dump(mode="json")}


def _slug(value: Json, place: str, show: Show) -> Slug:
    """At a set of the show if one is meant; its own interior goes before the model's."""
    names = {name: each for each in show.sets for name in (each.id, each.name, *each.aliases)}
    meant = names.get(nearest(place, list(names)))
    where = meant.interior if meant else interior(member(value, "interior"))
    time = clean(member(value, "time")).upper().strip(" .-")[:30]
    known = nearest(place, [*([meant.name, *meant.aliases] if meant else [])])
    return Slug(
        interior=where, place=(known or (meant.name if meant else place)).upper(), time=PLAIN_TIMES.get(time, time)
    )


def _present(value: Json, show: Show) -> tuple[str, ...]:
    """Whom the bible knows; everybody, if nobody usable is named."""
    find = finder({each.id: each.name for each in show.characters})
    return found_in(listed(member(value, "characters")), find) or tuple(each.id for each in show.characters)


def _setups(value: Json, before: Sequence[Part]) -> Iterator[SetUp]:
    taken = [each["id"] for part in before for each in part["setups"]]
    for raw in listed(value)[:8]:
        if told := clean(member(raw, "text")):
            taken.append(free(clean(member(raw, "name")) or told[:20], taken, "u"))
            yield SetUp(id=taken[-1], text=told, terms=terms(member(raw, "terms")))


def _reveals(value: Json, before: Sequence[Part], show: Show) -> tuple[ContinuityFact, ...]:
    """A fact of the bible is revealed as it is there; what came out before does not come out again."""
    told = {each["text"]: each["id"] for part in before for each in part["reveals"]}
    bible = {fact.text: fact for fact in show.facts}
    taken = [*told.values(), *(fact.id for fact in show.facts)]
    fresh = [fact for fact in facts(value, show.characters, taken) if not nearest(fact.text, list(told))]
    found = [bible.get(nearest(fact.text, list(bible)), fact) for fact in fresh]
    return tuple({fact.id: fact for fact in found}.values())


def _payoffs(value: Json, planted: Sequence[str]) -> Iterator[PayOff]:
    """Of what was planted up to here; anything else would pay off nothing."""
    for raw in listed(value)[:8]:
        setup, told = nearest(key(clean(member(raw, "setup"))), planted), clean(member(raw, "text"))
        if setup and told:
            yield PayOff(setup=setup, text=told, terms=terms(member(raw, "terms")))


def _callbacks(value: Json, number: int, planted: Sequence[str], show: Show) -> Iterator[Callback]:
    origins = [*planted, *(gag.id for gag in show.gags)]
    raws = [raw for raw in listed(value)[:8] if clean(member(raw, "text"))]
    for at, raw in enumerate(raws, 1):
        yield Callback(
            id=f"s{number}-c{at}",
            to=nearest(key(clean(member(raw, "to"))), origins),
            text=clean(member(raw, "text")),
            terms=terms(member(raw, "terms")),
        )


def _stories(value: Json) -> Iterator[tuple[str, str]]:
    for raw in listed(value):
        if (name := _story(member(raw, "story"))) and (about := clean(member(raw, "about"))):
            yield name, about


def _story(value: Json) -> str:
    name = clean(value).upper().removesuffix("STORY").strip(" -")
    return name if name in STORIES else ""


def _acts(rows: Sequence[Mapping[str, Any]], minutes: float) -> list[str]:
    """As planned; an act that comes again after another one goes on with the one before it."""
    names = [clean(member(row, "act")).upper()[:30] for row in rows]
    if not all(names):
        return usual_acts(len(rows), minutes)
    acts = list[str]()
    for name in names:
        acts.append(acts[-1] if name in acts else name)
    return acts


def _number(value: Json) -> float:
    """0 if it is none; a text with a number in it is not read."""
    sound = isinstance(value, (int, float)) and not isinstance(value, bool)
    return min(float(value), 1e6) if sound and value > 0 else 0.0
