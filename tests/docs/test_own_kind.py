"""The example of docs/own-kind.md is run as it stands, on the virtual clock."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scenewright.domain.brief import Brief
from scenewright.domain.calls import Call, ModelAnswer, ModelRequest, Sink
from scenewright.domain.errors import BadInput
from scenewright.domain.events import AnyEvent, BriefSet, RunEnded
from scenewright.exports import ExportJob, find_format
from scenewright.kinds.plugin import Plugin, Tools, load, names
from scenewright.plan import Known
from scenewright.providers.llm.asking import ModelChoice
from scenewright.scheduler import Board, Limits, Run
from scenewright.testing.journal import MemoryJournal
from scenewright.testing.virtualloop import run

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = DOCS / "examples" / "limerick.py"
PAGE = (DOCS / "own-kind.md").read_text("utf-8")
SECONDS = 10.0  # that every answer takes
BRIEF = Brief(kind="limerick", topic="a cat in Kent", author="llm", model="poet:m")


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@dataclass
class Poet:
    """A model that never gives the same line twice. `short`: the answers (from 1) that have a line too few."""

    short: frozenset[int] = frozenset()
    asked: list[ModelRequest] = field(default_factory=list)

    @property
    def account(self) -> str:
        return "poet"

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        self.asked.append(call.request)
        number = len(self.asked)
        await asyncio.sleep(SECONDS)
        assert call.request.answer_schema is not None
        wanted = call.request.answer_schema["properties"]["lines"]["minItems"] - (number in self.short)
        return ModelAnswer(text=json.dumps({"lines": [f"line {line} of answer {number}" for line in range(wanted)]}))


@dataclass
class Stage:
    """A work in memory. Its log outlives every run."""

    plugin: Plugin
    poet: Poet = field(default_factory=Poet)
    events: list[AnyEvent] = field(default_factory=lambda: [BriefSet(brief=BRIEF)])

    @property
    def tools(self) -> Tools:
        async def nothing(*_: object) -> Any:
            raise AssertionError("a limerick needs no voice and no files")

        choice = ModelChoice(provider=self.poet, model="poet:m", work="w")
        return Tools(
            work="w",
            choose=lambda step: choice,
            voice=lambda written, language: pytest.fail("no voice"),
            say=nothing,
            put_blob=nothing,
            get_blob=nothing,
        )

    @property
    def known(self) -> Known:
        return Known().replay(self.events)

    async def play(self, limits: Limits | None = None) -> tuple[RunEnded, float]:
        """How it ended, and the seconds it took."""
        loop = asyncio.get_running_loop()
        board = Board(self.plugin.plan, self.known, limits or Limits())
        ended = await Run(board, self.plugin.performers(BRIEF, self.tools), MemoryJournal(self.events)).execute()
        return ended, loop.time()

    def verses(self) -> list[dict[str, Any]]:
        document = asyncio.run(self.plugin.assemble(self.known, self.tools))
        return [dict(verse) for verse in document.model_dump()["verses"]]


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugin]:
    """Found as an installed package would be, by the entry point that the page shows."""
    (declared,) = fenced("toml")
    groups = tomllib.loads(declared)["project"]["entry-points"]
    info = tmp_path / "limerick-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: limerick\nVersion: 1.0\n")
    lines = "".join(
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in entries.items())
        for group, entries in groups.items()
    )
    (info / "entry_points.txt").write_text(lines)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(EXAMPLE.parent))
    monkeypatch.delitem(sys.modules, "limerick", raising=False)
    assert names() == ["classroom", "limerick"]
    load.cache_clear()
    yield load("limerick")
    load.cache_clear()


def test_one_call_at_a_time_and_every_verse_has_its_lead(plugin: Plugin) -> None:
    stage = Stage(plugin)
    ended, seconds = run(stage.play())
    assert (ended.outcome, seconds) == ("done", 6 * SECONDS)
    assert [len(verse["lines"]) for verse in stage.verses()] == [5, 5, 5]
    assert all(verse["lead"] for verse in stage.verses())


def test_with_room_the_verses_are_written_together_and_the_leads_one_after_the_other(plugin: Plugin) -> None:
    stage = Stage(plugin)
    ended, seconds = run(stage.play(Limits(model=3)))
    assert (ended.outcome, seconds) == ("done", SECONDS + 3 * SECONDS)


def test_a_lead_is_given_the_verse_before(plugin: Plugin) -> None:
    stage = Stage(plugin)
    run(stage.play())
    asked = [request.messages[-1].text for request in stage.poet.asked if request.schema_name == "lead"]
    first, second, third = (verse["lines"][0] for verse in stage.verses())
    assert "'before': None" in asked[0]
    assert first in asked[1]
    assert third not in asked[1]
    assert second in asked[2]


def test_a_short_verse_is_asked_for_once_more(plugin: Plugin) -> None:
    stage = Stage(plugin, Poet(short=frozenset({1})))
    ended, seconds = run(stage.play())
    assert (ended.outcome, seconds) == ("done", 7 * SECONDS)
    assert "`lines` must be 5 lines" in stage.poet.asked[1].messages[-1].text


def test_a_verse_that_stays_short_is_marked_and_the_others_are_written(plugin: Plugin) -> None:
    stage = Stage(plugin, Poet(short=frozenset({1, 2})))
    ended, _ = run(stage.play())
    assert (ended.outcome, len(stage.verses())) == ("failed", 2)
    ended, _ = run(stage.play())
    assert (ended.outcome, len(stage.verses())) == ("done", 3)


def test_wherever_the_process_ends_only_what_is_missing_is_written(plugin: Plugin) -> None:
    whole = Stage(plugin)
    run(whole.play())
    for end in range(1, len(whole.events)):
        again = Stage(plugin, events=whole.events[:end])
        written = sum(event.type == "step.adopted" and event.step.name != "outline" for event in again.events)
        ended, _ = run(again.play())
        assert (ended.outcome, len(again.poet.asked)) == ("done", 6 - written), whole.events[end - 1]


def test_the_folder_that_make_writes_is_the_kinds_own(plugin: Plugin, tmp_path: Path) -> None:
    stage = Stage(plugin)
    run(stage.play())

    async def export() -> Path:
        document = await plugin.assemble(stage.known, stage.tools)
        return await find_format("limerick", "folder").write(ExportJob(work=document, out=tmp_path / "out"))

    text = asyncio.run(export()).read_text("utf-8")
    assert text.startswith("# Limericks: a cat in Kent\n")
    assert all(verse["lead"] in text and verse["lines"][4] in text for verse in stage.verses())


def test_without_a_topic_or_a_model_it_says_what_it_needs(plugin: Plugin) -> None:
    for brief in (Brief(topic="cats"), Brief(author="llm", model="poet:m")):
        with pytest.raises(BadInput, match="topic"):
            plugin.complete(brief, lambda *_: {})


def test_what_the_page_quotes_is_what_the_example_says() -> None:
    source = EXAMPLE.read_text("utf-8")
    quoted = fenced("python")
    assert len(quoted) >= 4
    for block in quoted:
        assert block in source, f"not in {EXAMPLE.name}:\n{block}"
