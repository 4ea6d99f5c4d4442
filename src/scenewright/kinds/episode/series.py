"""A show is kept: what its bible says, and what each episode has established on top of it. Pure.

The two are kept apart, so that a bible given again changes what the bible says and nothing that was told since.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field, ValidationError

from scenewright.domain.base import Json, Value, digest
from scenewright.domain.brief import Brief
from scenewright.domain.episode import Episode
from scenewright.domain.errors import BadInput, StoreError
from scenewright.domain.show import Character, ContinuityFact, RunningGag, Show
from scenewright.kinds.episode.table import SPARE
from scenewright.kinds.plugin import Kept, Series, Source

LONGEST_NAME = 40


class Established(Value):
    """By one episode."""

    work: str
    knew: tuple[str, ...] = ()  # works that had been finished when it began: what it was told
    done: bool = False
    title: str = ""
    facts: tuple[ContinuityFact, ...] = ()
    variations: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # running gag -> how it was played
    voices: dict[str, str] = Field(default_factory=dict)  # character -> "engine:voice", as cast
    language: str = ""  # of those voices


class KeptShow(Value):
    format: Literal["scenewright.kept-show"] = "scenewright.kept-show"
    bible: Show
    episodes: tuple[Established, ...] = ()

    def told(self, work: str, language: str, title: str = "") -> Show:
        """The show as an episode of this title knows it when it begins, or as `work` knew it when it began."""
        knew = self.known_to(work, title)
        before = [each for each in self.episodes if each.work in knew]
        return self.bible.model_copy(
            update={
                "facts": _facts(self.bible.facts, before),
                "gags": tuple(_played(gag, before) for gag in self.bible.gags),
                "characters": tuple(_voiced(who, before, language) for who in self.bible.characters),
            }
        )

    def known_to(self, work: str, title: str = "") -> tuple[str, ...]:
        """Works whose episodes it knows. An episode made again under its title begins with what it knew at first."""
        own = [each for each in self.episodes if each.work == work]
        made = own or [each for each in self.episodes if title and each.done and each.title == title]
        return made[0].knew if made else tuple(each.work for each in self.current())

    def current(self) -> Sequence[Established]:
        """Episodes that are done, each once: one of the same title is the same episode, made again."""
        last = {each.title: each for each in self.episodes if each.done}
        return list(last.values())

    def with_episode(self, episode: Established) -> KeptShow:
        """In the place of what the same work established before."""
        there = any(each.work == episode.work for each in self.episodes)
        kept = [episode if each.work == episode.work else each for each in self.episodes]
        return self.model_copy(update={"episodes": tuple(kept if there else [*kept, episode])})

    def begun_by(self, work: str, title: str = "") -> KeptShow:
        if any(each.work == work for each in self.episodes):
            return self
        return self.with_episode(Established(work=work, knew=self.known_to(work, title)))


class KeepsShows:
    """The half of the kind that keeps shows (see kinds.plugin.KeepsSeries)."""

    def into_series(self, details: Mapping[str, Any], series: Any) -> Json:
        """People of the show that the details bring are guests of the other one, unless they are in it."""
        before = details.get("show")
        guests = before.get("characters", []) if isinstance(before, Mapping) and "plan" in details else []
        return {**details, "show": series, **({"guests": guests} if guests else {})}

    def with_kept(self, brief: Brief, kept: Kept, work: str = "") -> Brief:
        given = brief.details.get("show")
        name = name_of(given)
        if not name and not isinstance(given, str):
            return brief
        found = _opened(kept(name), name) if name else None
        if isinstance(given, str):
            if found is None:
                raise BadInput(
                    f"No show is kept under the name {given!r}; `scenewright shows` lists those there are, and a "
                    "bible given as a file is kept."
                )
        else:
            bible = _bible(given, name)
            found = KeptShow(bible=bible) if found is None else found.model_copy(update={"bible": bible})
        show = found.told(work, brief.language or found.bible.language, _title(brief))
        return brief.model_copy(update={"details": _bound({**brief.details, "show": given}, show)})

    def keep(self, brief: Brief, kept: Kept, work: str, finished: Value | None = None) -> tuple[str, Json] | None:
        if isinstance(finished, Episode):
            return _finished(brief, kept, work, finished)
        given = brief.details.get("show")
        name = name_of(given)
        found = _opened(kept(name), name) if name else None
        if not isinstance(given, str) and name:
            bible = _bible(given, name)
            found = found.model_copy(update={"bible": bible}) if found else KeptShow(bible=bible)
        return (name, found.begun_by(work, _title(brief)).model_dump(mode="json")) if found else None

    def series(self, kept: Json) -> Series:
        found = _checked(kept, "this show")
        return Series(
            title=found.bible.title,
            episodes=tuple(each.title for each in found.current()),
            people=tuple(each.name for each in found.bible.characters),
        )

    def series_source(self, kept: Json) -> Source:
        import yaml  # only for this

        found = _checked(kept, "this show")
        told = found.told("", found.bible.language).model_dump(mode="json", exclude_defaults=True)
        text = yaml.safe_dump({"kind": "episode", **told}, sort_keys=False, allow_unicode=True, width=100)
        return Source(name=f"{found.bible.id or 'show'}.yaml", data=text.encode())


def name_of(show: Any) -> str:
    """What a show is kept under: its id, else its title, in letters that every file system takes; "" = not kept."""
    if isinstance(show, str):
        return _slug(show)
    fields: Mapping[str, Any] = show.model_dump() if isinstance(show, Show) else show or {}
    return _slug(str(fields.get("id") or fields.get("title") or ""))


def _title(brief: Brief) -> str:
    """Of the episode, if it is known before it is written."""
    plan = brief.details.get("plan")
    planned = plan.get("title") if isinstance(plan, Mapping) else None
    return str(brief.details.get("title") or planned or "")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    lost = any(char.isalnum() and not unicodedata.normalize("NFKD", char)[0].isascii() for char in text)
    return "-".join(filter(None, (name, digest(text.strip())[:8]))) if lost else name


def _bible(given: Any, name: str) -> Show:
    show = given if isinstance(given, Show) else Show.model_validate(given)
    return show.model_copy(update={"id": name})


def _bound(details: dict[str, Any], show: Show) -> dict[str, Any]:
    """The details with this show; a ready outline that names people is told who they are."""
    if not isinstance(details["show"], str) and not details.get("guests"):
        return {**details, "show": show.model_dump(mode="json")}
    from scenewright.kinds.episode.source import bound  # reads files: not needed where none is

    return bound(details, show)


def _opened(kept: Json | None, name: str) -> KeptShow | None:
    return None if kept is None else _checked(kept, f"the show {name!r}")


def _checked(kept: Json, what: str) -> KeptShow:
    try:
        return KeptShow.model_validate(kept)
    except ValidationError as exc:
        raise StoreError(f"What is kept of {what} is damaged; remove it and give its bible again.") from exc


def _facts(bible: Sequence[ContinuityFact], episodes: Sequence[Established]) -> tuple[ContinuityFact, ...]:
    """The bible's words, and everybody who has learnt them since."""
    found = {fact.id: fact for fact in bible}
    for fact in (fact for each in episodes for fact in each.facts):
        before = found.get(fact.id)
        found[fact.id] = before.model_copy(update={"known_by": _both(before, fact)}) if before else fact
    return tuple(found.values())


def _both(one: ContinuityFact, other: ContinuityFact) -> tuple[str, ...]:
    if not one.known_by or not other.known_by:  # no names: everybody knows
        return ()
    return tuple(dict.fromkeys((*one.known_by, *other.known_by)))


def _played(gag: RunningGag, episodes: Sequence[Established]) -> RunningGag:
    played = (*gag.variations, *(text for each in episodes for text in each.variations.get(gag.id, ())))
    return gag.model_copy(update={"variations": tuple(dict.fromkeys(played))})


def _voiced(who: Character, episodes: Sequence[Established], language: str) -> Character:
    """With the voice it was heard with last, unless the bible gives one."""
    heard = [each.voices[who.id] for each in episodes if each.language == language and who.id in each.voices]
    return who if who.speaking_voice or not heard else who.model_copy(update={"speaking_voice": heard[-1]})


def _finished(brief: Brief, kept: Kept, work: str, episode: Episode) -> tuple[str, Json] | None:
    name = name_of(episode.show)
    if not name:
        return None
    found = _opened(kept(name), name)
    if found and not episode.show.id and all(each.work != work for each in found.episodes):
        name = f"{name}-{work}"  # an invented show that happens to be called as another
        found = _opened(kept(name), name)
    series = found or KeptShow(bible=_bible(episode.show, name))
    place = series.begun_by(work, episode.title)
    knew = next(each.knew for each in place.episodes if each.work == work)
    established = Established(
        work=work,
        knew=knew,
        done=True,
        title=episode.title,
        facts=tuple(_told_in(episode)),
        variations=_variations(episode),
        voices=_voices(brief, episode.show) if episode.read else {},
        language=episode.language,
    )
    return name, place.with_episode(established).model_dump(mode="json")


def _told_in(episode: Episode) -> Iterator[ContinuityFact]:
    """What the plan reveals and the text really says, and who was there to hear it."""
    from scenewright.kinds.episode.measures.reading import read

    reading, plans = read(episode.script), {plan.id: plan for plan in episode.plan.scenes}
    everybody = tuple(who.id for who in episode.show.characters)
    known = {fact.id for fact in episode.show.facts}
    prefix = _slug(episode.title)[:24].strip("-")
    for fact in dict.fromkeys(fact.id for plan in episode.plan.scenes for fact in plan.reveals):
        revealed = next(each for plan in episode.plan.scenes for each in plan.reveals if each.id == fact)
        scenes = {item.scene_number: item.scene for item in reading.mentions(revealed.terms, revealed.text)}
        if not scenes:
            continue
        heard = {item.speaker for number in scenes for item in reading.spoken_in(number)}
        heard |= {who for scene in scenes.values() if scene in plans for who in plans[scene].characters}
        present = tuple(who for who in everybody if who in heard or who in revealed.known_by)
        ident = fact if fact in known else f"{prefix or 'episode'}-{fact}"[:64]
        yield revealed.model_copy(
            update={"id": ident, "since": episode.title, "known_by": () if len(present) == len(everybody) else present}
        )


def _variations(episode: Episode) -> dict[str, tuple[str, ...]]:
    """Of running gags: the planned callbacks to them that the text has."""
    from scenewright.kinds.episode.measures.reading import read

    reading, gags, found = read(episode.script), {gag.id for gag in episode.show.gags}, dict[str, list[str]]()
    for callback in (each for plan in episode.plan.scenes for each in plan.callbacks):
        if callback.to in gags and any(reading.mentions(callback.terms, callback.text)):
            found.setdefault(callback.to, []).append(callback.text)
    return {gag: tuple(texts) for gag, texts in found.items()}


def _voices(brief: Brief, show: Show) -> dict[str, str]:
    """As cast; characters that the outline invented have the spare voices in their order (see table.voice_of)."""
    voices = {who.id: who.voice for who in brief.speakers if who.voice}
    spare = [voice for name, voice in voices.items() if name.startswith(SPARE)]
    invented = [who.id for who in show.characters if who.id not in voices]
    given = {who: spare[place % len(spare)] for place, who in enumerate(invented) if spare}
    return {who.id: voice for who in show.characters if (voice := {**voices, **given}.get(who.id))}
