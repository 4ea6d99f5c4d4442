"""Counts the breakdown of an episode. Pure: the same episode gives the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scenewright.domain.episode import Episode
from scenewright.domain.screenplay import Dialogue, ScriptScene
from scenewright.exports.episode.breakdown.effects import effects
from scenewright.exports.episode.breakdown.light import lights
from scenewright.exports.episode.breakdown.props import of_scenes, props
from scenewright.exports.episode.breakdown.values import (
    Breakdown,
    Effect,
    Light,
    Prop,
    Role,
    SceneLine,
    SetLine,
    Totals,
)
from scenewright.exports.episode.breakdown.wording import count_words
from scenewright.exports.episode.pdf.lengths import Length, scene_lengths
from scenewright.exports.episode.pdf.model import Layout, PaperName
from scenewright.exports.episode.pdf.screenplay import lay_out

NOWHERE = Length(first=0, last=0, lines=0, eighths=0)  # of a scene that stands on no page


def breakdown(work: Episode, *, paper: PaperName = "letter") -> Breakdown:
    """Lays the pages out and counts. `seconds` are those of the episode."""
    layout = lay_out(work.script, paper=paper)
    things, made = props(work), effects(work)
    scenes = _scenes(work, layout, things, made)
    cast, sets = _cast(work), _sets(scenes)
    return Breakdown(
        paper=paper,
        scenes=scenes,
        cast=cast,
        sets=sets,
        props=things,
        effects=made,
        missing=work.problems,
        totals=_totals(scenes, cast, sets, layout),
    )


def speeches(scene: ScriptScene) -> list[Dialogue]:
    return [each for each in scene.elements if isinstance(each, Dialogue)]


def eighths(count: int) -> str:
    """11 -> "1 3/8"."""
    whole, rest = divmod(count, 8)
    return " ".join(([str(whole)] if whole or not rest else []) + ([f"{rest}/8"] if rest else []))


def heading(scene: ScriptScene) -> str:
    time = f" - {scene.slug.time}" if scene.slug.time.strip() else ""
    return " ".join(f"{scene.slug.interior} {scene.slug.place}{time}".split()).upper()


def _scenes(work: Episode, layout: Layout, things: Sequence[Prop], made: Sequence[Effect]) -> tuple[SceneLine, ...]:
    lengths, acts, named = scene_lengths(layout), _acts(work), of_scenes(things)
    by_scene: dict[str, list[int]] = {}
    for place, effect in enumerate(made):
        by_scene.setdefault(effect.scene, []).append(place)
    return tuple(
        _scene(
            scene,
            light,
            lengths.get(scene.id, NOWHERE),
            act=acts[scene.id],
            seconds=work.seconds.get(scene.id),
            props=named.get(scene.id, ()),
            effects=tuple(by_scene.get(scene.id, ())),
        )
        for scene, light in zip(work.scenes, lights(work.scenes), strict=True)
    )


def _acts(work: Episode) -> Mapping[str, str]:
    return {scene.id: act.name for act in work.script.acts for scene in act.scenes}


def _scene(
    scene: ScriptScene,
    light: Light,
    length: Length,
    *,
    act: str,
    seconds: float | None,
    props: tuple[str, ...],
    effects: tuple[int, ...],
) -> SceneLine:
    spoken = speeches(scene)
    return SceneLine(
        id=scene.id,
        number=scene.number,
        act=act,
        title=scene.title,
        heading=heading(scene),
        interior=scene.slug.interior,
        place=scene.slug.place,
        time=scene.slug.time,
        light=light,
        first_page=length.first,
        last_page=length.last,
        eighths=length.eighths,
        pages=eighths(length.eighths),
        seconds=seconds,
        lines=len(spoken),
        words=sum(count_words(each.text) for each in spoken),
        cast=tuple(dict.fromkeys(each.character for each in spoken)),
        props=props,
        effects=effects,
    )


def _cast(work: Episode) -> tuple[Role, ...]:
    """Who speaks most, first; who never speaks, last, in the order of the cast list."""
    names = {person.id: person.name for person in work.script.cast}
    said: dict[str, list[tuple[ScriptScene, str]]] = {who: [] for who in names}
    for scene in work.scenes:
        for each in speeches(scene):
            said.setdefault(each.character, []).append((scene, each.text))
    roles = (_role(who, names.get(who, who), spoken) for who, spoken in said.items())
    return tuple(sorted(roles, key=lambda role: -role.lines))


def _role(who: str, name: str, spoken: Sequence[tuple[ScriptScene, str]]) -> Role:
    return Role(
        id=who,
        name=name,
        lines=len(spoken),
        words=sum(count_words(text) for _, text in spoken),
        scenes=tuple(dict.fromkeys(scene.id for scene, _ in spoken)),
        first=spoken[0][0].number if spoken else "",
        last=spoken[-1][0].number if spoken else "",
    )


def _sets(scenes: Sequence[SceneLine]) -> tuple[SetLine, ...]:
    """In the order in which they are first seen."""
    places: dict[tuple[str, str], list[SceneLine]] = {}
    for scene in scenes:
        places.setdefault((scene.interior, " ".join(scene.place.split()).casefold()), []).append(scene)
    return tuple(_set(found) for found in places.values())


def _set(scenes: Sequence[SceneLine]) -> SetLine:
    long = sum(scene.eighths for scene in scenes)
    return SetLine(
        name=scenes[0].place,
        interior=scenes[0].interior,
        scenes=tuple(scene.id for scene in scenes),
        day=_lit(scenes, "day"),
        night=_lit(scenes, "night"),
        other=len(scenes) - _lit(scenes, "day") - _lit(scenes, "night"),
        eighths=long,
        pages=eighths(long),
        seconds=_seconds(scenes),
    )


def _lit(scenes: Iterable[SceneLine], light: Light) -> int:
    return sum(scene.light == light for scene in scenes)


def _seconds(scenes: Iterable[SceneLine]) -> float:
    return round(sum(scene.seconds or 0.0 for scene in scenes), 1)


def _totals(scenes: Sequence[SceneLine], cast: Sequence[Role], sets: Sequence[SetLine], layout: Layout) -> Totals:
    day, night = _lit(scenes, "day"), _lit(scenes, "night")
    return Totals(
        scenes=len(scenes),
        lines=sum(scene.lines for scene in scenes),
        words=sum(scene.words for scene in scenes),
        speaking=sum(role.lines > 0 for role in cast),
        sets=len(sets),
        interior=sum("INT" in scene.interior for scene in scenes),
        exterior=sum("EXT" in scene.interior for scene in scenes),
        day=day,
        night=night,
        other=len(scenes) - day - night,
        pages=layout.count,
        eighths=sum(scene.eighths for scene in scenes),
        seconds=_seconds(scenes),
    )
