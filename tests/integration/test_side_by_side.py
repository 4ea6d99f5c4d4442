"""Scenes side by side through the real wiring: keys that die in the middle, and works that share an account."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from scenewright.app.sources import Request
from scenewright.app.work import Watch, Work
from scenewright.app.works import Works
from scenewright.limits.breaker import IN_A_ROW
from scenewright.testing.classroom import by_content
from scenewright.testing.provider import Behaviour, Quota, ScriptedProvider, Seen, failing, out_of_credit
from tests.integration.classes import document
from tests.integration.test_model_classroom import brief, settings

pytestmark = pytest.mark.server
SCENES = 6
CALLS = 1 + 2 * SCENES
PARALLEL = ["off", "3", "auto"]
OTHERS = {"off": 0, "3": 2, "auto": 3}  # calls that may be in flight when the first one fails
USUAL = Behaviour(latency=0.02)
answer = partial(by_content, scenes=SCENES)
CLASS = brief(documents=(document(SCENES),))


@dataclass
class Key:
    """A script: from the sixth request on everything fails, until it is revived."""

    failure: Behaviour
    revived: bool = False

    def __call__(self, seen: Seen) -> Behaviour:
        return USUAL if self.revived or seen.index < 5 else self.failure


@pytest.mark.parametrize("parallel", PARALLEL)
@pytest.mark.parametrize("failure", [failing(401), out_of_credit()])
def test_a_key_that_dies_pauses_at_once_and_the_work_is_finished_later(
    tmp_path: Path, failure: Behaviour, parallel: str
) -> None:
    key = Key(failure)

    async def played(server: ScriptedProvider) -> None:
        async with Works(settings(tmp_path, server, parallel_scene_concurrency=parallel)) as works:
            work = await works.create(Request(brief=CLASS))
            ended = await works.run(work)
            assert (ended.outcome, "openai@" in ended.reason) == ("paused", True)
            assert len(server.requests) <= 6 + OTHERS[parallel]
            key.revived = True
            assert (await works.run(work)).outcome == "done"

    with ScriptedProvider(answers=answer, script=key) as server:
        asyncio.run(played(server))
        assert not server.repeated
        assert len(server.answered) == CALLS


@pytest.mark.parametrize("parallel", PARALLEL)
def test_an_account_that_keeps_failing_is_left_alone_and_the_work_is_finished_later(
    tmp_path: Path, parallel: str
) -> None:
    key = Key(failing(503))

    async def played(server: ScriptedProvider) -> None:
        async with Works(settings(tmp_path, server, parallel_scene_concurrency=parallel)) as works:
            work = await works.create(Request(brief=CLASS))
            ended = await works.run(work)
            assert ended.outcome == "paused"
            assert "times in a row" in ended.reason
            # A good answer that was on its way when the failures began starts the count anew.
            assert len(server.requests) <= 5 + IN_A_ROW * (1 + OTHERS[parallel]) + OTHERS[parallel]
            key.revived = True
            assert (await works.run(work)).outcome == "done"

    with ScriptedProvider(answers=answer, script=key) as server:
        asyncio.run(played(server))
        assert len(server.answered) == CALLS


@pytest.mark.parametrize(("parallel", "most"), [("off", 1), ("3", 3)])
def test_works_that_ask_different_things_share_the_gate_of_their_account(
    tmp_path: Path, parallel: str, most: int
) -> None:
    async def played(server: ScriptedProvider) -> list[str]:
        async with Works(settings(tmp_path, server, parallel_scene_concurrency=parallel)) as works:
            briefs = [brief(documents=(document(SCENES),), audience=f"class {number}") for number in range(3)]
            made = [await works.create(Request(brief=wanted)) for wanted in briefs]
            return [ended.outcome for ended in await asyncio.gather(*map(works.run, made))]

    with ScriptedProvider(answers=answer, script=USUAL) as server:
        assert asyncio.run(played(server)) == ["done"] * 3
        assert len(server.answered) == 3 * CALLS
        assert server.in_flight_max == most


@pytest.mark.parametrize("parallel", PARALLEL)
@pytest.mark.parametrize("wish", ["pause", "cancel"])
def test_a_work_that_is_stopped_takes_nothing_from_one_that_asks_the_same(
    tmp_path: Path, wish: str, parallel: str
) -> None:
    """They share flights: who is left goes on with them, and nothing is paid twice."""
    begun = asyncio.Event()

    def watch(_: Work) -> Watch:
        return lambda logged: begun.set() if logged.event.type == "step.adopted" else None

    async def played(server: ScriptedProvider) -> None:
        async with Works(settings(tmp_path, server, parallel_scene_concurrency=parallel)) as works:
            one, other = [await works.create(Request(brief=CLASS)) for _ in range(2)]
            runs = [asyncio.create_task(works.run(work, watch=watch)) for work in (one, other)]
            await begun.wait()
            assert await (works.pause(one) if wish == "pause" else works.cancel(one))
            stopped, whole = await asyncio.gather(*runs)
            assert (stopped.outcome, whole.outcome) == ("paused" if wish == "pause" else "cancelled", "done")
            assert (await works.run(one)).outcome == "done"

    with ScriptedProvider(answers=answer, script=USUAL, quota=Quota(concurrent=8)) as server:
        asyncio.run(played(server))
        assert not server.repeated
        assert len(server.answered) == CALLS
        assert server.in_flight_max <= {"off": 1, "3": 3, "auto": 8}[parallel]
