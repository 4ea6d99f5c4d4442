"""From a file to a work and to the next one: bibles, outlines, kept shows, and what a changed source reaches."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import scenewright
from scenewright.app.series import all_series
from scenewright.app.sources import Request, read_source
from scenewright.domain.episode import Episode
from scenewright.domain.errors import BadInput
from scenewright.domain.show import Show
from tests.app.writers import Writers

SECRET = {"text": "s1", "terms": ["in s1"]}
BIBLE: dict[str, Any] = {
    "kind": "episode",
    "title": "The Yard",
    "minutes": 3,
    "characters": [{"name": "Ann", "description": "Tall."}, {"name": "Ben"}, {"name": "Cat"}],
    "sets": [{"name": "YARD"}, {"name": "KITCHEN"}],
    "episode": {
        "title": "One",
        "scenes": [
            {
                "heading": "EXT. YARD - DAY",
                "characters": ["Ann", "Ben"],
                "reveals": [{"text": "s1", "terms": ["in s1"]}],
            },
            {"heading": "INT. KITCHEN - DAY", "characters": ["Ben", "Cat"]},
            {"heading": "EXT. YARD - NIGHT", "characters": ["Cat"]},
        ],
    },
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCENEWRIGHT_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "bible.yaml", BIBLE)
    return tmp_path


@pytest.fixture
def writers(monkeypatch: pytest.MonkeyPatch) -> Writers:
    found = Writers()
    monkeypatch.setattr("scenewright.kinds.episode.offline.performers", found)
    return found


def write(path: Path, bible: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(bible), "utf-8")
    return path


def made(source: str, **options: Any) -> scenewright.Made:
    return asyncio.run(scenewright.make(source, audio=False, **options))


def episode(work: str) -> Episode:
    async def go() -> Episode:
        async with scenewright.open_works() as works:
            found = await works.document(await works.open(work))
            assert isinstance(found, Episode)
            return found

    return asyncio.run(go())


def read(source: str, show: str | None = None, **options: Any) -> Request:
    return asyncio.run(read_source(source, options, show))


def test_a_bible_is_made_into_an_episode_and_kept(home: Path, writers: Writers) -> None:
    result = made("bible.yaml")
    assert result.outcome == "done"
    found = episode(result.work)
    assert (found.title, found.show.title, len(found.scenes)) == ("One", "The Yard", 3)
    (kept,), broken = all_series(home / "data")
    assert (kept.name, kept.told.episodes, kept.told.people, broken) == (
        "the-yard",
        ("One",),
        ("Ann", "Ben", "Cat"),
        [],
    )


def test_the_next_episode_knows_what_the_first_established(home: Path, writers: Writers) -> None:
    made("bible.yaml")
    result = made("bible.yaml", show="the-yard", details={"title": "Two"})
    (fact,) = episode(result.work).show.facts
    assert (fact.text, fact.since, set(fact.known_by)) == ("s1", "One", {"ann", "ben"})
    again = made("bible.yaml")
    assert episode(again.work).show.facts == (), "the same episode made again does not know how it ends"


def test_a_changed_character_runs_only_its_scenes_again(home: Path, writers: Writers) -> None:
    work = made("bible.yaml").work
    writers.seen.clear()
    people = [{"name": "Ann", "description": "Short."}, *BIBLE["characters"][1:]]
    write(home / "bible.yaml", {**BIBLE, "characters": people})

    async def resume() -> None:
        async with scenewright.open_works() as works:
            await works.change(work, await read_source("bible.yaml", {"kind": "episode"}))
            assert (await works.run(work)).outcome == "done"

    asyncio.run(resume())
    assert [step for step in writers.seen if "@" in step] == ["dialogue@s1", "directions@s1"]
    assert episode(work).show.characters[0].description == "Short."
    (kept,), _ = all_series(home / "data")
    assert kept.told.episodes == ("One",)


def test_settings_given_by_hand_outlive_a_changed_source(home: Path, writers: Writers) -> None:
    work = made("bible.yaml", details={"rounds": "0", "narrator": "off"}).work

    async def changed() -> dict[str, Any]:
        async with scenewright.open_works() as works:
            await works.change(work, await read_source("bible.yaml", {"kind": "episode"}))
            return (await works.open(work)).brief.details

    details = asyncio.run(changed())
    assert (details["rounds"], details["narrator"]) == (0, False)


def test_a_work_that_ends_before_its_show_is_written_keeps_it_when_it_is_resumed(
    home: Path, writers: Writers, caplog: pytest.LogCaptureFixture
) -> None:
    writers.fails.add("comedy")
    work = made("bible.yaml").work
    (home / "data" / "kept" / "episode.the-yard.json").write_text("{")
    writers.fails.clear()

    async def run() -> str:
        async with scenewright.open_works() as works:
            return (await works.run(work)).outcome

    assert asyncio.run(run()) == "done"
    assert "was not kept" in caplog.text
    (home / "data" / "kept" / "episode.the-yard.json").unlink()
    assert asyncio.run(run()) == "done"
    (kept,), _ = all_series(home / "data")
    assert kept.told.episodes == ("One",)


def test_a_brief_file_may_have_a_bible_as_its_source(home: Path) -> None:
    brief = {"kind": "episode", "source": "bible.yaml", "audience": "friends", "details": {"rounds": 1}}
    found = read(str(write(home / "brief.yaml", brief))).brief
    assert (found.kind, found.audience, found.details["rounds"]) == ("episode", "friends", 1)
    assert found.details["show"]["title"] == "The Yard"
    assert read("brief.yaml", details={"rounds": "2"}).brief.details["rounds"] == 2


def test_documents_are_what_an_outline_is_made_from(home: Path) -> None:
    (home / "treatment.md").write_text("# The flood\n\nThe yard is under water.\n", "utf-8")
    found = read("treatment.md", "bible.yaml", kind="episode").brief
    assert [document.name for document in found.documents] == ["treatment.md"]
    assert found.details["show"]["title"] == "The Yard"
    assert "plan" not in found.details


def test_an_outline_in_fountain_is_told_who_its_people_are(home: Path, writers: Writers) -> None:
    made("bible.yaml")
    (home / "draft.fountain").write_text(
        "Title: Three\n\nEXT. YARD - DAY\n\n= Ann and Dan wait.\n\n[[Characters: Ann, Dan]]\n", "utf-8"
    )
    result = made("draft.fountain", kind="episode", show="the-yard")
    found = episode(result.work)
    assert found.title == "Three"
    assert [who.id for who in found.show.characters][:3] == ["ann", "ben", "cat"]


def test_a_bible_as_json_is_read_too(home: Path) -> None:
    (home / "bible.json").write_text(json.dumps(BIBLE), "utf-8")
    shown = Show.model_validate(read("bible.json", kind="episode").brief.details["show"])
    assert shown == Show.model_validate(read("bible.yaml").brief.details["show"])


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda bible: bible | {"characters": [{"name": 3}]}, "characters"),
        (lambda bible: bible | {"minutes": -3}, "minutes"),
        (lambda bible: bible | {"colour": "red"}, "colour"),
    ],
    ids=["name", "minutes", "unknown"],
)
def test_what_is_wrong_in_a_bible_is_named(home: Path, damage: Callable[[dict[str, Any]], Any], named: str) -> None:
    write(home / "bible.yaml", damage(BIBLE))
    with pytest.raises(BadInput, match=named):
        read("bible.yaml")


def test_a_file_that_is_too_large_is_told(home: Path) -> None:
    (home / "bible.yaml").write_bytes(b"# " + b"x" * 20_000_001)
    with pytest.raises(BadInput, match="larger than"):
        read("bible.yaml", kind="episode")
