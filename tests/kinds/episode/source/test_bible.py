"""A bible, as writers write it, becomes a show and a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from scenewright.domain.brief import Brief
from scenewright.domain.show import EpisodePlan, Show
from scenewright.kinds.episode import PLUGIN
from scenewright.kinds.episode.details import EpisodeDetails, details_of
from scenewright.kinds.episode.source import example, read
from scenewright.kinds.plugin import Read, ReadsSources, Source

EXAMPLES = Path(__file__).parents[4] / "examples"
SHOWS = {name: Source(name=name, data=(EXAMPLES / name).read_bytes()) for name in ("low-tide.yaml", "afterlight.yaml")}
ALL = {**SHOWS, "bible.yaml": example()}


def from_yaml(text: str, name: str = "b.yaml") -> Read:
    return read(Source(name=name, data=text.encode()))


def details(found: Read) -> EpisodeDetails:
    return details_of(Brief.model_validate(found.fields))


def show_and_plan(text: str) -> tuple[Show, EpisodePlan]:
    found = details(from_yaml(text))
    assert found.plan is not None
    return found.show, found.plan


def test_the_kind_reads_its_own_files() -> None:
    assert isinstance(PLUGIN, ReadsSources)
    assert {".yaml", ".yml", ".json", ".fountain", ".fdx"} == set(PLUGIN.suffixes)
    assert PLUGIN.read(PLUGIN.example()).fields["kind"] == "episode"


@pytest.mark.parametrize("name", ALL)
def test_the_shows_that_come_along_are_complete(name: str) -> None:
    found = read(ALL[name])
    assert found.warnings == ()
    told = details(found)
    assert told.plan is not None
    assert sum(scene.seconds or 0 for scene in told.plan.scenes) == told.show.minutes * 60
    for scene in told.plan.scenes:
        assert scene.title
        assert scene.purpose
        assert scene.beats
        assert scene.characters
    for who in told.show.characters:
        voice = who.voice
        assert all((voice.vocabulary, voice.sentence_shape, voice.sentence_length, voice.tics, voice.catchphrases))
        assert all((voice.emotional_range, voice.speech_patterns, who.humour, who.background, who.relationships))


@pytest.mark.parametrize("name", ALL)
def test_what_is_planned_says_its_own_words(name: str) -> None:
    """Whoever writes a planned text as it stands writes words by which it is recognised."""
    plan = details(read(ALL[name])).plan
    assert plan is not None
    for scene in plan.scenes:
        threads: list[Any] = [*scene.setups, *scene.payoffs, *scene.callbacks, *scene.reveals]
        for each in threads:
            assert any(term.lower() in each.text.lower() for term in each.terms), each
        if scene.act_out:
            assert any(term.lower() in scene.act_out.lower() for term in scene.act_out_terms), scene.act_out


@pytest.mark.parametrize("name", ALL)
def test_nothing_planned_is_said_before_its_time(name: str) -> None:
    plan = details(read(ALL[name])).plan
    assert plan is not None
    later: list[tuple[int, tuple[str, ...]]] = []
    for at, scene in enumerate(plan.scenes):
        later += [(at, each.terms) for each in scene.payoffs]
        later += [(at, each.terms) for each in scene.reveals]
    for at, terms in later:
        for scene in plan.scenes[:at]:
            said = " ".join([*scene.beats, *scene.comic_beats, *(each.text for each in scene.setups)]).lower()
            assert not [term for term in terms if term.lower() in said], scene.title


@pytest.mark.parametrize("name", SHOWS)
def test_the_example_episodes_have_every_part(name: str) -> None:
    plan = details(read(SHOWS[name])).plan
    assert plan is not None
    assert 8 <= len(plan.scenes) <= 12
    acts = list(dict.fromkeys(scene.act for scene in plan.scenes))
    assert acts == ["COLD OPEN", "ACT ONE", "ACT TWO", "TAG"]
    assert {scene.story for scene in plan.scenes} == {"A", "B", "C"} == set(plan.stories)
    last = {scene.act: scene for scene in plan.scenes}
    assert last["ACT ONE"].act_out
    assert last["ACT TWO"].act_out
    assert all(scene.handoff.ends_on for scene in plan.scenes)
    assert any(scene.reveals for scene in plan.scenes)


def test_the_two_shows_are_shot_differently() -> None:
    assert {details(read(source)).show.camera for source in SHOWS.values()} == {"single", "multi"}


def test_names_become_ids() -> None:
    show, plan = show_and_plan("""
title: A Café
characters:
  - name: Zoë O'Hara
    relationships: {The Boss: boss}
  - name: 老板
  - {name: The Boss, id: boss}
sets: [Café]
facts:
  - {text: The boss cannot cook, known_by: [the boss, Zoë O'Hara]}
episode:
  scenes:
    - {slug: INT. CAFÉ - NIGHT, characters: "Zoë O'Hara, boss"}
""")
    assert [each.id for each in show.characters] == ["zoe-ohara", "character-2", "boss"]
    assert show.characters[0].relationships == {"boss": "boss"}
    assert show.facts[0].known_by == ("boss", "zoe-ohara")
    assert plan.scenes[0].characters == ("zoe-ohara", "boss")


def test_ids_that_are_made_are_all_different() -> None:
    show, _ = show_and_plan("""
title: T
characters: [{name: Ann}, {name: "Ann!"}, {name: A, id: ann-2}, {name: Narrator}]
episode: {logline: x}
""")
    assert [each.id for each in show.characters] == ["ann", "ann-3", "ann-2", "narrator-2"]


def test_short_forms_are_understood() -> None:
    show, plan = show_and_plan("""
title: T
format: multi
characters:
  Ann: {voice: answers with questions}
  Bob:
    voice:
      vocabulary: kettle, love
      sentence length: short
    speaking-voice: espeak:en-us
sets: [Kitchen]
gags: {door: The door sticks}
facts: [The house is old]
rules: Nobody sings.
episode:
  stories: {a: The door}
  scenes:
    - heading: EXT. KITCHEN - NIGHT
      story: a
      beats: |
        - Ann comes in.
        - Bob goes out, slowly.
      set-ups: {key: A key is lost}
      handoff: The light goes out.
    - slugline: {place: Kitchen, time: DAY}
      pay-offs: {key: The key is found}
      callbacks: {door: It sticks again}
      reveals: [the-house-is-old, The house is haunted]
""")
    assert show.camera == "multi"
    ann, bob = show.characters
    assert ann.voice.speech_patterns == ("answers with questions",)
    assert bob.voice.vocabulary == ("kettle", "love")
    assert bob.speaking_voice == "espeak:en-us"
    assert show.rules == ("Nobody sings.",)
    first, second = plan.scenes
    assert plan.stories == {"A": "The door"}
    assert (first.slug.interior, first.slug.place, first.slug.time) == ("EXT.", "Kitchen", "NIGHT")
    assert first.beats == ("Ann comes in.", "Bob goes out, slowly.")
    assert first.setups[0].id == second.payoffs[0].setup == "key"
    assert second.callbacks[0].to == "door"
    assert [fact.id for fact in second.reveals] == ["the-house-is-old", "the-house-is-haunted"]
    assert first.handoff.ends_on == "The light goes out."


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("INT. TEA ROOM - LATER", ("INT.", "Tea Room", "LATER")),
        ("Tea room", ("EXT.", "Tea Room", "")),
        ("tea room - night", ("EXT.", "Tea Room", "night")),
        ("INT./EXT. VAN - DAY", ("INT./EXT.", "VAN", "DAY")),
        ("Interior hall", ("INT.", "Interior hall", "")),
        ("{place: Larder, interior: i/e}", ("INT./EXT.", "Larder", "")),
    ],
)
def test_headings_are_read_as_in_scripts(slug: str, expected: tuple[str, str, str]) -> None:
    _, plan = show_and_plan(f"""
title: T
sets: [{{name: Tea Room, interior: EXT, aliases: Larder}}]
episode:
  scenes: [{{slug: {slug}}}]
""")
    read_slug = plan.scenes[0].slug
    assert (read_slug.interior, read_slug.place, read_slug.time) == expected


def test_people_may_be_a_list_of_names() -> None:
    show, _ = show_and_plan("""
title: T
characters: {Ann: , Bob: the neighbour}
sets: Kitchen
episode: {logline: x, guests: Cid}
""")
    assert [(each.name, each.description) for each in show.characters] == [
        ("Ann", ""),
        ("Bob", "the neighbour"),
        ("Cid", ""),
    ]
    assert [each.name for each in show.sets] == ["Kitchen"]


def test_acts_are_told_where_they_begin() -> None:
    _, plan = show_and_plan("""
title: T
episode:
  scenes:
    - {slug: INT. A, act: cold open}
    - {slug: INT. A, act: act 1}
    - {slug: INT. A}
    - {slug: INT. A, act: Act II}
    - {slug: INT. A, act: Tag}
""")
    assert [scene.act for scene in plan.scenes] == ["COLD OPEN", "ACT ONE", "ACT ONE", "ACT TWO", "TAG"]
    assert [scene.id for scene in plan.scenes] == ["s1", "s2", "s3", "s4", "s5"]


@pytest.mark.parametrize("word", ["no", "on", "2012", "12:30", "1e3", "0x1f", "null island", "2026-11-21"])
def test_what_looks_like_something_else_is_a_title(word: str) -> None:
    assert details(from_yaml(f"title: {word}")).show.title == word


def test_what_is_said_once_for_the_brief_goes_there() -> None:
    fields = from_yaml("""
title: T
language: de
episode:
  premise: P
  audience: grown-ups
  instructions: no songs
  number_of_scenes: 7
  narrator_voice: espeak:en-us
  lexicon: {Ann: Anne}
  narrator: no
  rounds: 0
  threshold: 0.5
  transform: on a ship
  title: One
""").fields
    brief = Brief.model_validate(fields)
    assert (brief.topic, brief.audience, brief.instructions) == ("P", "grown-ups", "no songs")
    assert (brief.scenes, brief.voice, brief.lexicon) == (7, "espeak:en-us", {"Ann": "Anne"})
    found = details_of(brief)
    assert (found.narrator, found.rounds, found.threshold) == (False, 0, 0.5)
    assert (found.transform, found.title, found.plan) == ("on a ship", "One", None)
    assert found.show.language == "de"


def test_a_bible_without_scenes_keeps_what_is_known_of_the_episode() -> None:
    data = yaml.safe_load(SHOWS["low-tide.yaml"].data)
    del data["episode"]["scenes"]
    found = details(from_yaml(yaml.safe_dump(data)))
    assert found.plan is not None
    assert found.plan.scenes == ()
    assert set(found.plan.stories) == {"A", "B", "C"}


@pytest.mark.parametrize("name", ALL)
def test_json_says_the_same(name: str) -> None:
    data = yaml.safe_load(ALL[name].data)
    as_json = Source(name="b.json", data=json.dumps(data, indent="\t", ensure_ascii=True).encode())
    assert read(as_json) == read(ALL[name])


@pytest.mark.parametrize("name", ALL)
def test_values_round_trip(name: str) -> None:
    """A show and a plan as the project keeps them are a bible, too."""
    first = details(read(ALL[name]))
    assert first.plan is not None
    kept = {**first.show.model_dump(mode="json"), "episode": first.plan.model_dump(mode="json"), "$schema": "x"}
    again = details(read(Source(name="kept.json", data=json.dumps(kept).encode())))
    assert again.show == first.show
    assert again.plan == first.plan


@pytest.mark.parametrize(
    ("scenes", "warning"),
    [
        ("[{slug: INT. A, seconds: 30, characters: Ann}]", "last 0.5 minutes together, the show 2"),
        ("[{slug: INT. MOON, characters: Ann}]", "not among the show's sets: MOON"),
        ("[{slug: INT. A, characters: Ann, setups: {x: A gun}}]", "never paid off: A gun"),
        ("[{slug: INT. A, title: Empty}]", "Nobody is named in these scenes: Empty"),
        ("[{slug: INT. A, characters: Ann, story: C}]", "Scenes belong to story C"),
    ],
)
def test_what_may_be_a_slip_is_said_and_let_through(scenes: str, warning: str) -> None:
    found = from_yaml(f"""
title: T
minutes: 2
characters: [Ann]
sets: [A]
episode: {{stories: {{A: x}}, scenes: {scenes}}}
""")
    assert len(found.warnings) == 1
    assert warning in found.warnings[0]
