"""Order: scenes stand as planned, facts are known when they are spoken of, acts end on what they were to end on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby

from scenewright.domain.assessment import Finding, Part
from scenewright.domain.show import EpisodePlan, ScenePlan, Show
from scenewright.kinds.episode.measures.facts import broken, revealed, secrets
from scenewright.kinds.episode.measures.parts import clip, mean
from scenewright.kinds.episode.measures.reading import Item, Reading

LAST = 4  # elements of an act in which its act-out has to stand


@dataclass
class _Found:
    values: dict[str, float | None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def order(reading: Reading, show: Show, plan: EpisodePlan | None, weight: float) -> Part:
    """The mean of: order of the scenes, facts, act-outs; None if nothing is planned and no fact is given."""
    found = _Found()
    _facts(reading, show, plan, found)
    if plan and plan.scenes:
        _sequence(reading, plan, found)
        _act_outs(reading, plan, found)
        found.notes += _in_blocks(plan)
    values = {name: value for name, value in found.values.items() if value is not None}
    return Part(
        name="order",
        value=mean(values.values()),
        weight=weight,
        details={name: round(value, 3) for name, value in values.items()},
        findings=tuple(found.findings),
        notes=tuple(found.notes),
    )


def _facts(reading: Reading, show: Show, plan: EpisodePlan | None, found: _Found) -> None:
    later = [(scene.id, fact) for scene in plan.scenes for fact in scene.reveals] if plan else []
    scores = [revealed(reading, scene, fact, found.findings, found.notes) for scene, fact in later]
    planned = {fact.id for _, fact in later}
    known = [fact for fact in show.facts if fact.id not in planned]
    scores += [secrets(reading, fact, found.findings) for fact in known if fact.known_by]
    scores += [broken(reading, fact, found.findings) for fact in show.facts if fact.broken_by]
    found.values["facts"] = mean(scores)


def _in_blocks(plan: EpisodePlan) -> Iterator[str]:
    """Said if stories of several scenes each are told one after the other."""
    told = [scene.story for scene in plan.scenes if scene.story]
    long = {story for story in told if told.count(story) > 1}
    blocks = [story for story, _ in groupby(each for each in told if each in long)]
    if len(long) > 1 and len(blocks) == len(long):
        yield f"The stories {' and '.join(sorted(long))} are told one after the other; they might take turns."


def _sequence(reading: Reading, plan: EpisodePlan, found: _Found) -> None:
    """Of all pairs of planned scenes those in order, counted so that an order by chance is 0."""
    ids = [scene.id for scene in plan.scenes]
    at = reading.numbers
    pairs = list(combinations(ids, 2))
    right = sum(a in at and b in at and at[a] < at[b] for a, b in pairs)
    found.values["order of scenes"] = clip(2 * right / len(pairs) - 1) if pairs else float(ids[0] in at)
    found.findings += _misplaced(reading, [each for each in ids if each in at])
    found.notes += [f"The planned scene “{each.title}” is not there." for each in plan.scenes if each.id not in at]


def _misplaced(reading: Reading, planned: Sequence[str]) -> Iterator[Finding]:
    """Scenes that stand before one that should come first."""
    furthest: str | None = None
    for scene in planned:
        number = reading.numbers[scene]
        if furthest is not None and number < reading.numbers[furthest]:
            first, other = reading.by_scene[number], reading.by_scene[reading.numbers[furthest]]
            if first and other:
                yield first[0].finding("scene_order", "This scene is planned behind one that comes later.", other[0])
        else:
            furthest = scene


def _act_outs(reading: Reading, plan: EpisodePlan, found: _Found) -> None:
    planned = [scene for scene in plan.scenes if scene.act_out or scene.act_out_terms]
    found.values["act-outs"] = mean(_act_out(reading, scene, found) for scene in planned)


def _act_out(reading: Reading, scene: ScenePlan, found: _Found) -> float:
    """1 if one of the last elements of an act says it. The act is the one that the scene ends, if it ends one."""
    ends = [last for last in _ends(reading) if last and last[-1].scene == scene.id]
    told = list(reading.mentions(scene.act_out_terms, scene.act_out))
    if any(item in told for last in ends for item in last):
        return 1.0
    place = (
        told[-1] if told else next(iter(reversed(reading.by_scene.get(reading.numbers.get(scene.id, -1), ()))), None)
    )
    text = f"No act ends on what is planned here: “{scene.act_out or ', '.join(scene.act_out_terms)}”."
    if place:
        found.findings.append(place.finding("act_out", text))
    else:
        found.notes.append(text)
    return 0.0


def _ends(reading: Reading) -> Iterator[Sequence[Item]]:
    """The last elements of every act that say something."""
    number = 0
    for act in reading.script.acts:
        number += len(act.scenes)
        items = reading.by_scene.get(number - 1, ()) if act.scenes else ()
        yield [item for item in items if item.words and item.element.type != "transition"][-LAST:]
