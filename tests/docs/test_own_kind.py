"""The example of docs/own-kind.md is run as it stands: on the virtual clock, and through the real wiring."""

from __future__ import annotations

import asyncio
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scenewright.app.settings import Settings
from scenewright.app.sources import Request
from scenewright.app.works import Works
from scenewright.domain.brief import Brief
from scenewright.domain.calls import Call, ModelAnswer, ModelRequest, Sink
from scenewright.domain.errors import BadInput
from scenewright.domain.events import AnyEvent, BriefSet, RunEnded, StepRetaken
from scenewright.exports import ExportJob, find_format
from scenewright.kinds.plugin import Plugin, Tools, load, names
from scenewright.plan import Known
from scenewright.providers.llm.asking import ModelChoice
from scenewright.scheduler import Board, Limits, Run
from scenewright.testing import limerick
from scenewright.testing.journal import MemoryJournal
from scenewright.testing.limerick.finale import review_of, verse_of
from scenewright.testing.limerick.plan import OUTLINE
from scenewright.testing.provider import ScriptedProvider, Seen
from scenewright.testing.virtualloop import run

PAGE = (Path(__file__).parents[2] / "docs" / "own-kind.md").read_text("utf-8")
EXAMPLE = [Path(folder) for folder in limerick.__path__]
SECONDS = 10.0  # that every answer takes
BRIEF = Brief(kind="limerick", topic="a cat in Kent", author="llm", model="poet:m")


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@dataclass
class Poet:
    """A model that never gives the same line twice.

    `short`: the answers (from 1) that have a line too few. `reviews`: what the reviews say, and then nothing.
    """

    short: frozenset[int] = frozenset()
    reviews: list[dict[str, Any]] = field(default_factory=list)
    asked: list[ModelRequest] = field(default_factory=list)

    @property
    def account(self) -> str:
        return "poet"

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        self.asked.append(call.request)
        number = len(self.asked)
        await asyncio.sleep(SECONDS)
        return ModelAnswer(text=json.dumps(self._answer(call.request, number)))

    def _answer(self, request: ModelRequest, number: int) -> dict[str, Any]:
        assert request.answer_schema is not None
        if request.schema_name == "review":
            return self.reviews.pop(0) if self.reviews else {"score": 90, "findings": []}
        if request.schema_name == "refine":
            return {"lines": [{"line": 3, "text": f"better, says answer {number}"}]}
        wanted = request.answer_schema["properties"]["lines"]["minItems"] - (number in self.short)
        return {"lines": [f"line {line} of answer {number}" for line in range(1, wanted + 1)]}


def naming(score: int, *scenes: str, line: int = 3) -> dict[str, Any]:
    """A review that finds fault with a line of each scene."""
    return {"score": score, "findings": [{"scene": scene, "line": line, "problem": "limps"} for scene in scenes]}


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
    assert names() == ["classroom", "episode", "limerick"]
    load.cache_clear()
    yield load("limerick")
    load.cache_clear()


def test_one_call_at_a_time_and_every_verse_has_its_lead(plugin: Plugin) -> None:
    stage = Stage(plugin)
    ended, seconds = run(stage.play())
    assert (ended.outcome, seconds) == ("done", 7 * SECONDS)
    assert [len(verse["lines"]) for verse in stage.verses()] == [5, 5, 5]
    assert all(verse["lead"] for verse in stage.verses())


def test_with_room_the_verses_are_written_together_and_the_leads_one_after_the_other(plugin: Plugin) -> None:
    stage = Stage(plugin)
    ended, seconds = run(stage.play(Limits(model=3)))
    assert (ended.outcome, seconds) == ("done", SECONDS + 3 * SECONDS + SECONDS)


def test_a_lead_is_given_the_verse_before(plugin: Plugin) -> None:
    stage = Stage(plugin)
    run(stage.play())
    asked = [request.messages[-1].text for request in stage.poet.asked if request.schema_name == "lead"]
    first, second, third = (verse["lines"][0] for verse in stage.verses())
    assert "'before': None" in asked[0]
    assert first in asked[1]
    assert third not in asked[1]
    assert second in asked[2]


def test_what_a_review_names_is_refined_side_by_side_and_reviewed_again(plugin: Plugin) -> None:
    stage = Stage(plugin, Poet(reviews=[naming(40, "v1", "v3")]))
    ended, seconds = run(stage.play(Limits(model=3)))
    assert (ended.outcome, seconds) == ("done", (4 + 1 + 1 + 1) * SECONDS)
    assert [verse["lines"][2].startswith("better") for verse in stage.verses()] == [True, False, True]
    refining = [request.messages[-1].text for request in stage.poet.asked if request.schema_name == "refine"]
    first, second, _ = (verse["lines"][0] for verse in stage.verses())
    assert first in refining[0]
    assert second not in "".join(refining)


def test_a_review_of_what_is_not_there_is_asked_for_once_more(plugin: Plugin) -> None:
    stage = Stage(plugin, Poet(reviews=[naming(40, "v9"), naming(40, "v1", line=6), naming(40, "v1")]))
    ended, _ = run(stage.play())
    assert ended.outcome == "paused"
    assert "there is no line 3 in 'v9'" in stage.poet.asked[7].messages[-1].text
    assert "there is no line 6 in 'v1'" in ended.reason
    assert run(stage.play())[0].outcome == "done"


def test_a_refinement_must_give_the_lines_that_were_named(plugin: Plugin) -> None:
    stage = Stage(plugin, Poet(reviews=[naming(40, "v1", line=2)]))
    ended, _ = run(stage.play())
    assert "must give lines [2]" in stage.poet.asked[-2].messages[-1].text
    assert (ended.outcome, stage.poet.asked[-1].schema_name) == ("failed", "review")  # gone on without


def test_a_persons_note_reaches_the_model(plugin: Plugin) -> None:
    stage = Stage(plugin)
    run(stage.play())
    stage.events.append(StepRetaken(step=verse_of("v2"), take=1, note="more rain"))
    run(stage.play())
    verse, lead, review = (request.messages[-1].text for request in stage.poet.asked[7:])
    assert "more rain" in verse
    assert "more rain" not in lead + review


def test_a_short_verse_is_asked_for_once_more(plugin: Plugin) -> None:
    stage = Stage(plugin, Poet(short=frozenset({1})))
    ended, seconds = run(stage.play())
    assert (ended.outcome, seconds) == ("done", 8 * SECONDS)
    assert "`lines`: Tuple should have at least 5 items" in stage.poet.asked[1].messages[-1].text


def test_a_verse_that_stays_short_is_marked_and_the_others_are_written(plugin: Plugin) -> None:
    stage = Stage(plugin, Poet(short=frozenset({1, 2})))
    ended, _ = run(stage.play())
    assert (ended.outcome, len(stage.verses())) == ("failed", 2)
    ended, _ = run(stage.play())
    assert (ended.outcome, len(stage.verses())) == ("done", 3)


def test_wherever_the_process_ends_only_what_is_missing_is_written(plugin: Plugin) -> None:
    whole = Stage(plugin, Poet(reviews=[naming(40, "v2")]))
    run(whole.play())
    calls = len(whole.poet.asked)
    for end in range(1, len(whole.events)):
        again = Stage(plugin, events=whole.events[:end])
        written = again.known.adopted.keys() - {OUTLINE}
        again.poet.reviews = [] if review_of(1) in written else [naming(40, "v2")]
        ended, _ = run(again.play())
        assert (ended.outcome, len(again.poet.asked)) == ("done", calls - len(written)), whole.events[end - 1]


def test_the_folder_that_make_writes_is_the_kinds_own(plugin: Plugin, tmp_path: Path) -> None:
    stage = Stage(plugin)
    run(stage.play())

    async def export() -> Path:
        document = await plugin.assemble(stage.known, stage.tools)
        return await find_format("limerick", "folder").write(ExportJob(work=document, out=tmp_path / "out"))

    text = asyncio.run(export()).read_text("utf-8")
    assert text.startswith("# Limericks: a cat in Kent\n")
    assert all(verse["lead"] in text and verse["lines"][4] in text for verse in stage.verses())


async def made(settings: Settings, brief: Brief, out: Path) -> tuple[RunEnded, str]:
    """How it ended, and the page; in a data folder on disk, as `scenewright make` does it."""
    async with Works(settings) as works:
        work = await works.create(Request(brief=brief))
        ended = await works.run(work)
        page = await works.export(await works.open(work), "folder", out)
        return ended, page.read_text("utf-8")


def test_through_the_real_wiring_without_a_model(plugin: Plugin, tmp_path: Path) -> None:
    brief = Brief(kind="limerick", topic="a cat in Kent")
    ended, page = asyncio.run(made(Settings(home=tmp_path / "home"), brief, tmp_path / "out"))
    assert ended.outcome == "done"
    ends = [verse.splitlines()[-1] for verse in page.split("\n\n")[2::2]]
    assert len(set(ends)) == len(ends) == 3  # they were alike before the finale


@pytest.mark.server
def test_through_the_real_wiring_with_a_model_on_a_real_socket(plugin: Plugin, tmp_path: Path) -> None:
    def score(seen: Seen) -> int:
        return 90 if "REFINED" in seen.text else 40

    says = {"scene": "v2", "line": 3, "score": score, "text": "REFINED"}
    with ScriptedProvider(overrides=says) as server:
        settings = Settings(home=tmp_path / "home", base_url=server.base_url, parallel_scene_concurrency="3")
        brief = Brief(kind="limerick", topic="a cat in Kent", author="llm", model="openai:poet")
        ended, page = asyncio.run(made(settings, brief, tmp_path / "out"))
        assert ended.outcome == "done", ended.reason
        asked = Counter(seen.asks_for for seen in server.requests)
        # The second refinement changes nothing, so the third review is the second, and the memo has its answer.
        assert asked == {"verse": 3, "lead": 3, "review": 2, "refine": 2}
        assert not server.repeated
    assert page.count("REFINED") == 1


def test_without_a_topic_it_says_what_it_needs(plugin: Plugin) -> None:
    with pytest.raises(BadInput, match="topic"):
        plugin.complete(Brief(author="llm", model="poet:m"), lambda *_: {})


def test_what_the_page_quotes_is_what_the_example_says() -> None:
    source = "\n".join(file.read_text("utf-8") for folder in EXAMPLE for file in sorted(folder.glob("*.py")))
    quoted = fenced("python")
    assert len(quoted) >= 6
    for block in quoted:
        assert block in source, f"the example does not say:\n{block}"
