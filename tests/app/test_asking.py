"""What is asked of a work while it runs, by somebody with a connection of their own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from scenewright.app.settings import Settings
from scenewright.app.sources import Request
from scenewright.app.work import Watch, Work
from scenewright.app.works import Works
from scenewright.domain.classroom import Classroom
from scenewright.domain.errors import BadInput, BadSettings, WorkBusy
from scenewright.domain.events import Logged, RunEnded
from scenewright.store import Lease
from scenewright.testing.provider import OK, Behaviour, ScriptedProvider, Seen
from tests.integration.classes import asks_for, classroom
from tests.integration.test_model_classroom import brief

pytestmark = pytest.mark.server
LONG = 30.0  # seconds, for what must come


class Held:
    """A script that holds the first answer to a question until it may go on; meanwhile the test does something."""

    def __init__(self, name: str, then: Behaviour = OK) -> None:
        self._name, self._then = name, then
        self.asked, self.go_on = threading.Event(), threading.Event()

    def __call__(self, seen: Seen) -> Behaviour:
        if asks_for(seen, self._name) and not self.asked.is_set():
            self.asked.set()
            assert self._then.hang or self.go_on.wait(LONG)
            return self._then
        return OK


def settings(home: Path, server: ScriptedProvider, **fields: Any) -> Settings:
    return Settings(home=home, base_url=server.base_url, speech_url=server.base_url, backoff=0.0, **fields)


async def while_it_runs(
    home: Path,
    server: ScriptedProvider,
    held: Held,
    act: Callable[[Works, str], Awaitable[Any]],
    heard: str,
    **fields: Any,
) -> tuple[RunEnded, Work]:
    """Runs a work; `act` is done while an answer is held, which is given when the run has logged `heard`."""

    def start(_: Work) -> Watch:
        return lambda logged: held.go_on.set() if logged.event.type == heard else None

    async with Works(settings(home, server, **fields)) as works, Works(settings(home, server)) as elsewhere:
        work = await works.create(Request(brief=brief()))
        running = asyncio.create_task(works.run(work, watch=start))
        await asyncio.to_thread(held.asked.wait, LONG)
        await act(elsewhere, work)
        ended = await asyncio.wait_for(running, LONG)
        opened = await works.open(work)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    return ended, opened


def test_a_pause_from_elsewhere_keeps_what_is_under_way_and_starts_nothing_new(tmp_path: Path) -> None:
    held = Held("slide")
    with ScriptedProvider(answers=classroom, script=held) as server:

        async def act(works: Works, work: str) -> None:
            assert await works.pause(work)

        ended, opened = asyncio.run(while_it_runs(tmp_path, server, held, act, "run.pausing"))
        assert (ended.outcome, ended.reason) == ("paused", "asked to pause")
        assert [asks_for(seen, "slide") for seen in server.requests] == [False, True]
        assert [str(step) for step in opened.known.adopted] == ["outline", "content@s1"]


def test_a_cancel_from_elsewhere_aborts_what_is_under_way(tmp_path: Path) -> None:
    held = Held("slide", Behaviour(hang=True))
    with ScriptedProvider(answers=classroom, script=held) as server:

        async def act(works: Works, work: str) -> None:
            assert await works.cancel(work)

        ended, opened = asyncio.run(while_it_runs(tmp_path, server, held, act, "never"))
        assert ended.outcome == "cancelled"
        assert [str(step) for step in opened.known.adopted] == ["outline"]


def test_a_scene_is_written_again_with_a_note_while_the_work_runs(tmp_path: Path) -> None:
    held = Held("quiz")
    with ScriptedProvider(answers=classroom, script=held) as server:

        async def act(works: Works, work: str) -> None:
            with pytest.raises(WorkBusy):
                await works.run(work)
            await works.regenerate(work, 1, note=" More about \x1b\x07lagoons.\x00 ")

        ended, opened = asyncio.run(while_it_runs(tmp_path, server, held, act, "step.retaken"))
        assert ended.outcome == "done"
        noted = [seen for seen in server.requests if "# What should be different\nMore about lagoons." in seen.text]
        assert [asks_for(seen, "slide") for seen in noted] == [True, False]
        assert {step.take for step in opened.board.steps("s1").values()} == {1}
        assert {str(step.id) for step in opened.board.stale()} <= {"actions@s2", "actions@s3"}
        assert [logged.event.type for logged in opened.events].count("run.started") == 1


def test_a_skipped_scene_is_left_out_and_comes_back_for_nothing(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:

        async def go() -> None:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                await works.run(work)
                paid = len(server.requests)
                await works.skip(work, "2")
                assert (await works.run(work)).outcome == "done"
                assert await titles(works, work) == ["s1", "s3"]
                with pytest.raises(BadInput, match="skipped already"):
                    await works.skip(work, 2)
                await works.skip(work, "s3")
                with pytest.raises(BadInput, match="last that is left"):
                    await works.skip(work, 1)
                await works.retry(work, 2)
                await works.retry(work, 3)
                assert (await works.run(work, again=False)).outcome == "done"
                assert await titles(works, work) == ["s1", "s2", "s3"]
                assert len(server.requests) == paid

        asyncio.run(go())


async def titles(works: Works, work: str) -> list[str]:
    document = await works.document(await works.open(work))
    assert isinstance(document, Classroom)
    return [scene.id for scene in document.scenes]


def test_two_who_ask_at_once_get_a_take_each(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:

        async def go() -> list[tuple[int, str]]:
            async with Works(settings(tmp_path, server)) as one, Works(settings(tmp_path, server)) as other:
                work = await one.create(Request(brief=brief()))
                await one.run(work)
                asked = [works.regenerate(work, 1, note, "content") for works, note in ((one, "a"), (other, "b"))]
                await asyncio.gather(*asked)
                await one.run(work)
                return [
                    (logged.event.take, logged.event.note)
                    for logged in (await one.open(work)).events
                    if logged.event.type == "step.retaken"
                ]

        takes = asyncio.run(go())
        assert [take for take, _ in takes] == [1, 2]
        assert {note for _, note in takes} == {"a", "b"}
        (noted,) = [seen for seen in server.requests if "# What should be different" in seen.text]
        assert noted.text.endswith(f"\n{takes[1][1]}")  # the last word counts


def test_what_is_asked_while_the_run_ends_is_done_by_the_one_who_ran_it(tmp_path: Path) -> None:
    """The asker finds the lease taken, and the run hears nothing any more: neither may rely on the other alone."""
    with ScriptedProvider(answers=classroom) as server:

        def ask(work: str) -> None:
            async def other_process() -> None:
                async with Works(settings(tmp_path, server)) as works:
                    await works.regenerate(work, 3)
                    with pytest.raises(WorkBusy):
                        await works.run(work)

            asyncio.run(other_process())

        async def go() -> Work:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                asked: list[bool] = []

                def watch(logged: Logged) -> None:
                    if logged.event.type == "run.ended" and not asked:
                        asked.append(True)
                        thread = threading.Thread(target=ask, args=[work])
                        thread.start()
                        thread.join(LONG)

                assert (await works.run(work, watch=lambda _: watch)).outcome == "done"
                return await works.open(work)

        opened = asyncio.run(go())
        assert [event.event.type for event in opened.events].count("run.started") == 2
        assert opened.board.finished()
        assert opened.known.retaken


def test_what_was_asked_of_a_run_that_is_no_more_is_void(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:

        async def go() -> RunEnded:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                with Lease(tmp_path, work):  # a process that runs it, and is killed before it hears anything
                    assert await works.pause(work)
                    assert await works.cancel(work)
                return await works.run(work)

        assert asyncio.run(go()).outcome == "done"


def test_nobody_runs_it(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:

        async def go() -> None:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                assert not await works.pause(work)
                assert not await works.cancel(work)
                assert [logged.event.type for logged in (await works.open(work)).events] == ["brief.set"]

        asyncio.run(go())


def test_what_is_stale_has_a_price_and_is_made_anew_when_asked(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:

        async def go() -> None:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                await works.run(work)
                assert not await works.refresh(work)
                await works.regenerate(work, 1, step="actions")
                await works.run(work)
                (stale,) = (await works.open(work)).stale()
                assert (str(stale.step), stale.spend.calls, stale.spend.unpriced) == ("actions@s2", 1, 1)
                assert stale.spend.output_tokens > 0
                assert await works.refresh(work)
                assert (await works.run(work)).outcome == "done"
                assert (await works.open(work)).stale() == []

        asyncio.run(go())


def test_answers_of_no_use_are_not_asked_for_again_in_vain(tmp_path: Path) -> None:
    """They are remembered, so the same question would get them for ever."""
    useless = [Behaviour(answer={"no": "slide"})] * 2

    def script(seen: Seen) -> Behaviour:
        return useless.pop() if useless and asks_for(seen, "slide") else OK

    with ScriptedProvider(answers=classroom, script=script) as server:

        async def go() -> None:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                assert (await works.run(work)).outcome == "failed"
                assert asyncio.all_tasks() == {asyncio.current_task()}
                assert [failed.useless for failed in (await works.open(work)).known.failed.values()] == [True]
                assert (await works.run(work)).outcome == "done"
                assert list(server.duplicates().values()) == [2]  # the same question, another take

        asyncio.run(go())


def test_a_work_without_scenes_is_no_success(tmp_path: Path) -> None:
    def empty(seen: Seen) -> Any:
        answer = classroom(seen)
        return {"header": {**answer["header"], "planned": []}, "scenes": []} if asks_for(seen, "outline") else answer

    with ScriptedProvider(answers=empty) as server:

        async def go() -> None:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                ended = await works.run(work)
                assert ended.outcome == "paused"
                assert "outline" in ended.reason
                with pytest.raises(BadInput, match="no scenes yet"):
                    await works.document(await works.open(work))

        asyncio.run(go())


def test_what_cannot_be_asked_is_a_sentence(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:

        async def go() -> None:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                with pytest.raises(BadInput, match="no scene is planned"):
                    await works.skip(work, 1)
                await works.run(work)
                for said in (0, 4, "s9", "", "-1", "9" * 400):
                    with pytest.raises(BadInput, match="1 to 3"):
                        await works.regenerate(work, said)
                with pytest.raises(BadInput, match="has not failed"):
                    await works.retry(work, 1)
                with pytest.raises(BadInput, match="Nothing has failed"):
                    await works.retry(work)
                with pytest.raises(BadSettings, match="content, actions"):
                    await works.regenerate(work, 1, step="clip")
                with pytest.raises(BadInput, match="fewer words"):
                    await works.regenerate(work, 1, note="x" * 2001)

        asyncio.run(go())


def test_scenes_are_written_side_by_side_as_far_as_the_setting_says(tmp_path: Path) -> None:
    def slow(seen: Seen) -> Behaviour:
        return Behaviour(latency=0.3) if asks_for(seen, "slide") else OK

    for wanted, most in (("off", 1), ("2", 2), ("auto", 3)):
        with ScriptedProvider(answers=lambda seen: classroom(seen, 6), script=slow) as server:

            async def go(server: ScriptedProvider = server, wanted: str = wanted) -> RunEnded:
                chosen = settings(tmp_path / wanted, server, parallel_scene_concurrency=wanted)
                async with Works(chosen) as works:
                    return await works.run(await works.create(Request(brief=brief())))

            assert asyncio.run(go()).outcome == "done"
            if wanted == "auto":
                assert server.in_flight_max >= most
            else:
                assert server.in_flight_max == most
