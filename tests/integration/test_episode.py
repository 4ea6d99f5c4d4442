"""Whole episodes, written by a scripted model over a real socket, through the real wiring."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scenewright.app.sources import Request
from scenewright.app.work import Work
from scenewright.app.works import Works
from scenewright.domain.brief import Brief
from scenewright.domain.episode import Episode
from scenewright.domain.events import SceneReleased, StepAdopted
from scenewright.testing.episode import by_content, scene_of, show
from scenewright.testing.provider import OK, Behaviour, ScriptedProvider, Seen, failing
from tests.integration.test_model_classroom import settings

pytestmark = pytest.mark.server
SCENES = 9
answer = partial(by_content, scenes=SCENES)
Script = Callable[[Seen], Behaviour]


def brief(rounds: int = 1, **fields: Any) -> Brief:
    details = {"show": show().model_dump(mode="json"), "rounds": rounds}
    usual = {"topic": "The lamp goes out.", "language": "en", "author": "llm", "model": "openai:test", "audio": False}
    return Brief(**{"kind": "episode", "details": details, **usual, **fields})


async def document(works: Works, work: str) -> Episode:
    made = await works.document(await works.open(work))
    assert isinstance(made, Episode)
    return made


def released(work: Work) -> list[str]:
    return [logged.event.scene for logged in work.events if isinstance(logged.event, SceneReleased)]


def adopted(work: Work, name: str) -> list[str]:
    """Scenes whose step of that name was adopted, in the order in which it was."""
    events = [logged.event for logged in work.events if isinstance(logged.event, StepAdopted)]
    return [event.step.scene for event in events if event.step.name == name]


def names(scenes: int = SCENES) -> list[str]:
    return [f"s{number}" for number in range(1, scenes + 1)]


def slow_first(seen: Seen) -> Behaviour:
    """The first scene takes longest by far, so that later ones are done before it."""
    first = seen.asks_for == "dialogue" and scene_of(seen) == "s1"
    return Behaviour(latency=0.6 if first else 0.08)


def failing_at(scene: str, name: str = "dialogue") -> tuple[Script, list[bool]]:
    """A script that fails one step of a scene until the list is emptied."""
    broken = [True]

    def script(seen: Seen) -> Behaviour:
        hit = broken and seen.asks_for == name and scene_of(seen) == scene
        return failing(400, "content_policy_violation") if hit else Behaviour(latency=0.02)

    return script, broken


def test_nine_scenes_side_by_side_three_at_a_time_come_out_in_order(tmp_path: Path) -> None:
    async def played(server: ScriptedProvider) -> tuple[Work, Episode]:
        async with Works(settings(tmp_path, server, parallel_scene_concurrency="3")) as works:
            work = await works.create(Request(brief=brief(rounds=0)))
            ended = await works.run(work)
            assert ended.outcome == "done", ended.reason
            return await works.open(work), await document(works, work)

    with ScriptedProvider(answers=answer, script=slow_first) as server:
        work, made = asyncio.run(played(server))
        assert server.in_flight_max == 3
        assert not server.repeated
    assert sorted(adopted(work, "dialogue")) == names()
    assert adopted(work, "dialogue") != names()  # later ones were done first
    assert released(work) == names()
    assert [scene.id for scene in made.scenes] == names()
    assert [act.name for act in made.script.acts] == ["COLD OPEN", "ACT ONE", "ACT TWO", "TAG"]
    assert made.quality is not None
    assert made.quality.part("review").value is not None
    assert made.written_by == "openai:test"


def test_the_comedy_pass_changes_the_text_and_refinement_never_lowers_the_score(tmp_path: Path) -> None:
    async def played(server: ScriptedProvider) -> tuple[Work, Episode]:
        async with Works(settings(tmp_path, server)) as works:
            work = await works.create(Request(brief=brief(rounds=2)))
            assert (await works.run(work)).outcome == "done"
            return await works.open(work), await document(works, work)

    with ScriptedProvider(answers=answer) as server:
        work, made = asyncio.run(played(server))
    comedy = [change for change in made.changes if change.step == "comedy"]
    assert any("spoon" in change.patch.text for change in comedy)
    assert not any("fork" in change.patch.text for change in made.changes)
    written = {element.text for scene in made.scenes for element in scene.elements}
    assert any("spoon" in text or "bucket again" in text for text in written)
    reviews = [value.value for step, value in work.known.adopted.items() if step.name == "review"]
    assert made.quality is not None
    assert made.quality.quality == max(review["quality"] for review in reviews)


@pytest.mark.parametrize("parallel", ["off", "3"])
def test_a_scene_that_fails_at_once_leaves_no_orphans_and_is_retried(tmp_path: Path, parallel: str) -> None:
    script, broken = failing_at("s2")

    async def played(server: ScriptedProvider) -> Episode:
        async with Works(settings(tmp_path, server, parallel_scene_concurrency=parallel)) as works:
            work = await works.create(Request(brief=brief()))
            ended = await works.run(work)
            assert ended.outcome == "failed", ended.reason
            at_once = len(server.requests)
            await asyncio.sleep(0)
            assert server.in_flight == 0
            opened = await works.open(work)
            assert sorted(adopted(opened, "dialogue")) == [name for name in names() if name != "s2"]
            assert sorted(adopted(opened, "directions")) == [name for name in names() if name != "s2"]
            assert not [seen for seen in server.requests if seen.asks_for == "jokes"]  # the finale waits
            broken.clear()
            await works.retry(work)
            assert (await works.run(work)).outcome == "done"
            again = [scene_of(seen) for seen in server.requests[at_once:] if scene_of(seen)]
            assert again == ["s2", "s2"]
            return await document(works, work)

    with ScriptedProvider(answers=answer, script=script) as server:
        made = asyncio.run(played(server))
        assert not server.repeated
    assert [scene.id for scene in made.scenes] == names()


def test_without_the_failed_scene_the_finale_goes_on(tmp_path: Path) -> None:
    script, _ = failing_at("s2")

    async def played(server: ScriptedProvider) -> Episode:
        async with Works(settings(tmp_path, server)) as works:
            work = await works.create(Request(brief=brief()))
            assert (await works.run(work)).outcome == "failed"
            await works.skip(work, 2)
            assert (await works.run(work)).outcome == "done"
            return await document(works, work)

    with ScriptedProvider(answers=answer, script=script) as server:
        made = asyncio.run(played(server))
        finale = [seen for seen in server.requests if seen.asks_for in ("jokes", "findings")]
    assert [scene.id for scene in made.scenes] == [name for name in names() if name != "s2"]
    assert [(problem.scene, problem.status) for problem in made.problems] == [("s2", "skipped")]
    assert finale
    assert not any("[s2." in seen.text for seen in finale)


@pytest.mark.parametrize("question", ["jokes", "scores", "findings", "changes"])
def test_a_finale_that_is_stopped_pays_nothing_twice(tmp_path: Path, question: str) -> None:
    """The process is gone while a call of the finale is out: only that call is made again."""
    cut: list[str] = []
    is_out: list[Callable[[], object]] = []

    def script(seen: Seen) -> Behaviour:
        if seen.asks_for == question and not cut:
            cut.append(seen.digest)
            is_out[0]()
            return Behaviour(hang=True)
        return OK

    async def killed(server: ScriptedProvider) -> str:
        out, loop = asyncio.Event(), asyncio.get_running_loop()
        is_out.append(lambda: loop.call_soon_threadsafe(out.set))
        async with Works(settings(tmp_path, server, first_answer=30.0)) as works:
            work = await works.create(Request(brief=brief()))
            running = asyncio.create_task(works.run(work))
            await out.wait()
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            return work

    async def resumed(server: ScriptedProvider, work: str) -> Episode:
        async with Works(settings(tmp_path, server)) as works:
            assert (await works.run(work)).outcome == "done"
            return await document(works, work)

    with ScriptedProvider(answers=answer, script=script) as server:
        work = asyncio.run(killed(server))
        before = len(server.requests)
        made = asyncio.run(resumed(server, work))
        assert not server.repeated
        asked = [seen.digest for seen in server.requests]
        assert {digest for digest in asked if asked.count(digest) > 1} <= set(cut)
        assert not [seen for seen in server.requests[before:] if scene_of(seen)]
    assert made.quality is not None


ALONE = """
import asyncio, sys
from pathlib import Path
from scenewright.app.settings import Settings
from scenewright.app.works import Works

async def main(home, address, work):
    async with Works(Settings(home=Path(home), base_url=address, backoff=0.0)) as works:
        await works.run(work)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize("question", ["punchlines", "changes"])
def test_a_process_that_is_killed_in_the_finale_has_lost_one_call(tmp_path: Path, question: str) -> None:
    process: list[subprocess.Popen[bytes]] = []
    cut: list[str] = []

    def script(seen: Seen) -> Behaviour:
        if seen.asks_for == question and not cut:
            cut.append(seen.digest)
            process[0].kill()
            return Behaviour(hang=True)
        return OK

    async def created(server: ScriptedProvider) -> str:
        async with Works(settings(tmp_path, server)) as works:
            return await works.create(Request(brief=brief()))

    async def resumed(server: ScriptedProvider, work: str) -> Episode:
        async with Works(settings(tmp_path, server)) as works:
            assert (await works.run(work)).outcome == "done"
            return await document(works, work)

    with ScriptedProvider(answers=answer, script=script) as server:
        work = asyncio.run(created(server))
        process.append(subprocess.Popen([sys.executable, "-c", ALONE, str(tmp_path), server.base_url, work]))
        assert process[0].wait() == -signal.SIGKILL
        before = len(server.requests)
        made = asyncio.run(resumed(server, work))
        asked = [seen.digest for seen in server.requests]
        assert {digest for digest in asked if asked.count(digest) > 1} <= set(cut)
        assert not [seen for seen in server.requests[before:] if scene_of(seen)]
    assert made.quality is not None


def test_a_note_reaches_one_scene_and_changes_no_line_elsewhere(tmp_path: Path) -> None:
    async def played(server: ScriptedProvider) -> tuple[Episode, Episode, list[Seen]]:
        async with Works(settings(tmp_path, server)) as works:
            work = await works.create(Request(brief=brief(rounds=0)))
            assert (await works.run(work)).outcome == "done"
            first, paid = await document(works, work), len(server.requests)
            await works.regenerate(work, 4, "Ada should find out here")
            assert (await works.run(work)).outcome == "done"
            return first, await document(works, work), list(server.requests[paid:])

    with ScriptedProvider(answers=answer) as server:
        first, second, asked = asyncio.run(played(server))
    assert all("Ada should find out here" in seen.text for seen in asked)
    assert {scene_of(seen) for seen in asked} == {"s4"}
    before, after = ({scene.id: scene for scene in each.scenes} for each in (first, second))
    assert [name for name in before if before[name] != after[name]] == ["s4"]


def test_no_scene_reads_what_comes_later_and_nobody_reads_voices(tmp_path: Path) -> None:
    cast = show().characters
    heard = show().model_copy(
        update={"characters": tuple(each.model_copy(update={"speaking_voice": "espeak:en-us+f3"}) for each in cast)}
    )

    async def played(server: ScriptedProvider) -> Episode:
        async with Works(settings(tmp_path, server)) as works:
            details = {"show": heard.model_dump(mode="json"), "rounds": 1}
            work = await works.create(Request(brief=brief(details=details)))
            assert (await works.run(work)).outcome == "done"
            return await document(works, work)

    with ScriptedProvider(answers=answer) as server:
        made = asyncio.run(played(server))
        asked = list(server.requests)
    titles = [scene.title for scene in made.plan.scenes]
    for seen in asked:
        assert "espeak" not in seen.text
        if scene := scene_of(seen):
            later = titles[names().index(scene) + 1 :]
            assert not [title for title in later if title in seen.text]
