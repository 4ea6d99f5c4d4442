"""A scene's directions: the picture it opens on, comings and goings, what is done while it is said, and how it ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.show import Character
from scenewright.kinds.episode.draft import Beat, Line
from scenewright.kinds.episode.offline.acting import STAGES, acted, capitals, stages, stop, told
from scenewright.kinds.episode.offline.clauses import forms, parsed
from scenewright.kinds.episode.offline.dealing import Deck
from scenewright.kinds.episode.offline.frames import frames
from scenewright.kinds.episode.offline.given import Given, alike
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.planned import payoffs, setups
from scenewright.kinds.episode.offline.saying import Named, term_said
from scenewright.kinds.episode.offline.speech import told_in
from scenewright.kinds.episode.offline.things import Thing, short_name, things
from scenewright.kinds.episode.offline.verbs import is_third
from scenewright.text.sentences import sentences
from scenewright.text.stopwords import stopwords
from scenewright.text.words import content_words

LATE = 4  # whoever first speaks after so many lines comes in
PICTURE = 1  # people who are described when a scene opens


@dataclass
class _Page:
    given: Given
    lines: Sequence[Line]
    deck: Deck
    beats: list[dict[str, Any]] = field(default_factory=list)

    def add(self, text: str, **fields: Any) -> None:
        text = text if fields.get("transition") else capitals(stop(text), self.given.named)
        if text.strip(" ."):
            self.beats.append({"text": text, **fields})


def directed(
    given: Given, lines: Sequence[Line], before: Mapping[str, Any] | None, *, take: int = 0
) -> tuple[Beat, ...]:
    """The directions of a scene whose lines are there. `before`: how the scene before it ended, as the step is told."""
    spot = int("".join(filter(str.isdigit, given.plan.id))[-4:] or 0)
    page = _Page(given=given, lines=lines, deck=Deck((given.title, take, "directions"), spot))
    _opening(page, before)
    _entrances(page, before)
    _acts(page)
    _planned(page)
    _ending(page)
    return tuple(Beat(id=f"d{at}", **fields) for at, fields in enumerate(page.beats, 1))


def _opening(page: _Page, before: Mapping[str, Any] | None) -> None:
    """What the scene before hands over, if it can be seen; else the place, and somebody in it who is not yet busy."""
    given = page.given
    plan, slug = given.plan, (before or {}).get("slug") or {}
    if handed := _handed(given, (before or {}).get("next_opens_on") or ""):
        page.add(handed)
        return
    if slug.get("place", "").upper() == plan.slug.place.upper() and given.places:
        page.add(page.deck.deal("again", frames("business")["again"]) or "As before.")
    else:
        page.add(_picture(given))
    if not (given.beats and given.seen(0)):  # else the first beat is the picture
        for who in _present(page)[:PICTURE]:
            page.add(_business(page, "present", who))


def _handed(given: Given, opens: str) -> str:
    if not opens.strip() or any(alike(opens, beat) for beat in given.beats[:2]) or told_in((opens,), given.scene)[0]:
        return ""
    return opens


def _picture(given: Given) -> str:
    """The set as the bible tells it; later in an episode, some other side of it."""
    place = given.places[0] if given.places else None
    about = sentences(place.description, "en")[:2] if place and place.description else []
    time, name = given.plan.slug.time.strip().capitalize(), given.plan.slug.place.strip().title() or "Somewhere"
    turn = int("".join(filter(str.isdigit, given.plan.id))[-4:] or 1)
    props = [f"the {thing.words}" for thing in given.props[turn % 3 :][:2]]
    if turn > 2 and len(props) > 1 and turn % 3:
        about = [*([time] if time else []), *(prop[:1].upper() + prop[1:] for prop in props)]
    elif turn > 2 and len(about) > 1:
        about = about[turn % 2 :][:1]
    return " ".join(map(stop, about)) or stop(f"{name}{f', {time.lower()}' if time else ''}")


def _present(page: _Page) -> list[Character]:
    early = {line.character for line in page.lines[:LATE]}
    moving = {parsed(beat, page.given.named).subject for beat in page.given.beats[:2]}
    return [who for who in page.given.characters if who.id in early - moving]


def _business(page: _Page, section: str, who: Character | None = None) -> str:
    """A stock direction; its place in the pack is never dealt twice in a scene."""
    props = [thing for thing in page.given.props if not thing.plural]
    options = [each for each in frames("business")[section] if props or "{prop}" not in each]
    options = [each for each in options if who or "{NAME}" not in each]
    chosen = page.deck.deal(f"{section} {bool(props)} {bool(who)}", options) or ""
    prop = props[(len(page.beats) + page.given.position) % len(props)] if props else None
    return chosen.format(NAME=short_name(who.name) if who else "", prop=f"the {prop.words}" if prop else "")


def _entrances(page: _Page, before: Mapping[str, Any] | None) -> None:
    """For those who speak late and were not there: neither in a beat, nor in the same place a moment ago."""
    seen = {line.character for line in page.lines[:LATE]} | _still_there(page.given, before)
    for line in page.lines[LATE:]:
        if line.character not in seen:
            seen.add(line.character)
            who = next((each for each in page.given.characters if each.id == line.character), None)
            if who and not _in_a_beat(page.given, who):
                page.add(_business(page, "enter", who), where="before", line=line.id)


def _still_there(given: Given, before: Mapping[str, Any] | None) -> set[str]:
    slug = (before or {}).get("slug") or {}
    same = slug.get("place", "").upper() == given.plan.slug.place.upper()
    return {line.get("character", "") for line in (before or {}).get("lines") or ()} if same else set()


def _in_a_beat(given: Given, who: Character) -> bool:
    """Whether a beat, or what the scene opens on, has somebody there."""
    texts = (*given.beats, *given.plan.comic_beats)
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", each) for each in texts for form in forms(who.name))


def _acts(page: _Page) -> None:
    """Beats that are seen, each where it happens; a comic one that is seen follows the beat it plays with."""
    at, beats = 0, page.given.beats
    gags = _gags(page)
    for number_, beat in enumerate(beats):
        at = _line_for(page, beat, number_, at)
        where = (
            {"where": "before", "line": page.lines[at].id} if at < len(page.lines) else {"where": "after", "line": ""}
        )
        if page.given.seen(number_):
            page.add(beat, **where)
        for gag in gags.get(number_, ()):
            _play(page, gag, where)


def _line_for(page: _Page, text: str, place: int, at_least: int) -> int:
    """Where a beat happens: as the lines' ids tell, or else near where it is expected, by the words they share."""
    for at, line in enumerate(page.lines):
        marked = _BEAT.search(line.id)
        if marked and int(marked[1]) > place:
            return max(at, at_least)
    if any(_BEAT.search(line.id) for line in page.lines):
        return len(page.lines)
    return _nearest(page, text, place / max(1, len(page.given.beats)), at_least)


_BEAT = re.compile(r"b(\d+)$")


def _nearest(page: _Page, text: str, share: float, at_least: int) -> int:
    """The line that shares most words with a beat, near where it is expected, and not before the last one."""
    size = len(page.lines)
    wanted, subject = set(content_words(text, "en")), parsed(text, page.given.named).subject
    expected = share * size

    def score(at: int) -> float:
        line = page.lines[at]
        shared = len(wanted & set(content_words(line.text, "en")))
        return 3.0 * shared + 0.5 * (line.character == subject) - 6.0 * abs(at - expected) / max(1, size)

    return max(range(min(at_least, max(0, size - 1)), size), key=lambda at: (score(at), -at), default=0)


def _gags(page: _Page) -> Mapping[int, Sequence[str]]:
    """Beat -> the comic beats that are seen and share most words with it; spread out where they share none."""
    named, beats = page.given.named, page.given.beats
    comic = [each for each in page.given.plan.comic_beats if _seen(each, named)]
    found: dict[int, list[str]] = {}
    for place, gag in enumerate(comic):
        words = set(content_words(gag, "en"))
        shared = [len(words & set(content_words(beat, "en"))) for beat in beats] or [0]
        best = shared.index(max(shared)) if max(shared) > 1 else (place + 1) * len(shared) // (len(comic) + 1)
        found.setdefault(best, []).append(gag)
    return found


def _seen(gag: str, named: Named) -> bool:
    """Whether a comic beat is played: by its last sentence, for the first may just name it."""
    parts = sentences(gag, "en")
    return bool(parts) and acted(parts[-1], named)


def _play(page: _Page, gag: str, where: Mapping[str, str]) -> None:
    steps = list(_with_subjects(stages(gag), page.given.named))
    told = [beat["text"] for beat in page.beats[-1:]]
    if steps and told and len(steps) > 1 and _within(steps[0][1], told[0]):
        page.beats[-1]["comedy"] = steps.pop(0)[0]  # the beat is the set-up
    steps += [(stage, _business(page, stage)) for stage in STAGES[1:] if stage not in {name for name, _ in steps}]
    for stage, text in sorted(steps, key=lambda step: STAGES.index(step[0])):
        page.add(text, comedy=stage, **where)


def _within(text: str, other: str) -> bool:
    return set(content_words(text, "en")) <= set(content_words(other, "en"))


def _with_subjects(steps: Iterable[tuple[str, str]], named: Named) -> Iterator[tuple[str, str]]:
    """ "Strikes it off the plan." with whoever acted last."""
    who = ""
    for stage, text in steps:
        words = text.split()
        if who and words and is_third(words[0]) and words[1:2] not in (["of"], ["and"]):
            text = f"{who} {text[:1].lower()}{text[1:]}"
        subject = next((found for part in (text, *sentences(text, "en")) if (found := parsed(part, named).subject)), "")
        if subject:
            who = short_name(dict(named)[subject])
        elif len(words) > 1 and words[0].istitle() and is_third(words[1]) and words[0].lower() not in stopwords("en"):
            who = words[0]
        yield stage, text


def _planned(page: _Page) -> None:
    """What is planned and neither said nor seen yet."""
    plan = page.given.plan
    half, late = len(page.lines) // 2, len(page.lines) * 3 // 4
    wanted = [*((each, half) for each in setups(plan)), *((each, late) for each in payoffs(plan))]
    for each, at in wanted:
        if not _there(page, each.text, each.terms):
            plain = term_said(each.terms[0]) if each.terms and not told(each.text, each.terms, "") else each.text
            page.add(plain, where="before", line=page.lines[at].id if page.lines else "")
    if page.given.camera == "single" and page.lines and (shot := _close(page)):
        page.beats.append(shot)


def _there(page: _Page, text: str, terms: Sequence[str]) -> bool:
    found = [*(line.text for line in page.lines), *(beat["text"] for beat in page.beats)]
    return any(told(each, terms, text) for each in found)


def _close(page: _Page) -> dict[str, Any] | None:
    """A suggestion for the camera: the thing that will matter, when it is spoken of."""
    for each in (*setups(page.given.plan), *payoffs(page.given.plan)):
        line = next((line for line in page.lines if told(line.text, each.terms, each.text)), None)
        thing = next((t for t in things(each.text, page.given.named) if _filmed(t)), None)
        if line and thing:
            return {"text": f"CLOSE ON the {thing.words}.", "where": "after", "line": line.id, "camera": True}
    return None


def _filmed(thing: Thing) -> bool:
    """Whether a camera may be asked to look at it: a thing, not a person."""
    return bool(thing.determiner) and thing.words.split()[-1].lower() not in _PEOPLE


_PEOPLE = word_set(
    "mother father man woman gentleman lady aunt uncle inspector boy girl friend doctor people claimant"
    " stranger donors guest"
)


def _ending(page: _Page) -> None:
    plan = page.given.plan
    if plan.act_out_terms and not _ends_on_it(page):
        page.add(term_said(plan.act_out_terms[0]), where="after")
    if plan.act_out or plan.act_out_terms or plan.act.upper() == "TAG":
        opening = plan.act.upper() in ("COLD OPEN", "TEASER")
        page.add("SMASH CUT TO:" if opening else "FADE OUT.", where="after", transition=True)


def _ends_on_it(page: _Page) -> bool:
    plan = page.given.plan
    last = {line.id for line in page.lines[-1:]}
    near = [line.text for line in page.lines[-2:]]
    near += [beat["text"] for beat in page.beats if beat.get("line", "") in last and beat.get("line")]
    near += [beat["text"] for beat in page.beats if beat.get("where") == "after" and not beat.get("line")]
    return any(told(text, plan.act_out_terms, plan.act_out) for text in near)
