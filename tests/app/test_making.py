"""`scenewright.make`: whatever a callback does, the work is made."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

import scenewright
from scenewright.app import reporting
from scenewright.app.reporting import OnProgress
from scenewright.testing.provider import Behaviour, ScriptedProvider
from tests.cli.test_commands import DOCUMENT
from tests.integration.classes import classroom

Heard = list[tuple[str, int, int]]


@pytest.fixture(autouse=True)
def bread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCENEWRIGHT_HOME", str(tmp_path / "data"))
    (tmp_path / "bread.md").write_text(DOCUMENT, "utf-8")
    return tmp_path / "bread.md"


async def made(source: Path, on_progress: OnProgress | None, **options: Any) -> scenewright.Made:
    """Made, and nothing is left behind."""
    result = await scenewright.make(source, audio=False, on_progress=on_progress, **options)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    return result


def check(heard: Heard) -> None:
    scenes = heard[-1][2]
    assert [status.split(":")[0] for status, _, _ in heard] == [
        f"scene {number} of {scenes} {how}" for number in range(1, scenes + 1) for how in ("started", "ready")
    ]
    assert [current for _, current, _ in heard] == [n // 2 for n in range(1, 2 * scenes + 1)]


def test_a_plain_callback_hears_each_start_and_each_end(bread: Path) -> None:
    heard: Heard = []
    result = asyncio.run(made(bread, lambda *said: heard.append(said)))
    assert (result.outcome, result.reason, result.page) == ("done", "", None)
    check(heard)


def test_an_asynchronous_callback_is_awaited_in_order(bread: Path) -> None:
    heard: Heard = []

    async def hear(*said: Any) -> None:
        await asyncio.sleep(0)
        heard.append(said)

    asyncio.run(made(bread, hear))
    check(heard)


def cancelled() -> None:
    raise asyncio.CancelledError


async def cancelled_later() -> None:
    raise asyncio.CancelledError


async def failing_later() -> None:
    raise LookupError("later")


@pytest.mark.parametrize(
    "fail", [lambda: 1 / 0, cancelled, cancelled_later, failing_later], ids=["raises", "cancels", "later", "awaited"]
)
def test_a_callback_that_fails_is_reported_once_and_stops_nothing(
    bread: Path, fail: Any, caplog: pytest.LogCaptureFixture
) -> None:
    heard: Heard = []

    def hear(*said: Any) -> object:
        heard.append(said)
        return fail()

    with caplog.at_level(logging.WARNING, "scenewright"):
        assert asyncio.run(made(bread, hear)).outcome == "done"
    check(heard)
    (warning,) = caplog.records
    assert "the work goes on" in warning.message
    assert warning.exc_info


def test_a_callback_that_never_ends_does_not_keep_the_result(
    bread: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reporting, "PATIENCE", 0.0)

    async def hang(*_: Any) -> None:
        await asyncio.Event().wait()

    assert asyncio.run(made(bread, hang)).outcome == "done"
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_setting_that_makes_no_sense_is_off_and_logged(bread: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert asyncio.run(made(bread, None, parallel="banana")).outcome == "done"
    assert ["'banana' makes no sense" in record.message for record in caplog.records] == [True]


def test_a_folder_that_is_taken_is_refused_before_anything_is_made(bread: Path) -> None:
    async def go() -> None:
        with pytest.raises(scenewright.ScenewrightError, match="-o"):
            await scenewright.make(bread, out=bread)
        async with scenewright.open_works() as works:
            assert await works.list(lambda *_: None) == []

    asyncio.run(go())


@pytest.mark.server
def test_cancelling_it_leaves_nothing_running_and_the_log_says_so(bread: Path) -> None:
    async def go(server: ScriptedProvider) -> None:
        started = asyncio.Event()
        options: dict[str, Any] = {"model": "openai:test", "base_url": server.base_url}
        making: Coroutine[Any, Any, scenewright.Made] = scenewright.make(
            bread, audio=False, on_progress=lambda *_: started.set(), **options
        )
        task = asyncio.create_task(making)
        await asyncio.wait_for(started.wait(), 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() == {asyncio.current_task()}
        async with scenewright.open_works(base_url=server.base_url) as works:
            (work,) = await works.list(lambda *_: None)
            assert work.ended is not None
            assert work.ended.outcome == "cancelled"
            assert not await works.pause(work.id)

    hanging = lambda seen: Behaviour(hang=seen.index > 0)  # noqa: E731 -- the outline comes, nothing else
    with ScriptedProvider(answers=classroom, script=hanging) as server:
        asyncio.run(go(server))


def test_importing_it_imports_nothing_of_it() -> None:
    code = (
        "import sys, scenewright; there = [m for m in sys.modules if m.startswith(('scenewright.', 'pydantic'))];"
        "assert not there, there; assert scenewright.ScenewrightError and 'make' in dir(scenewright)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'bake'"):
        scenewright.bake  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("wanted", [{"scenes": 0}, {"scenes": 10_001}, {"encoding": "mp3"}])
def test_an_option_that_cannot_be_is_one_readable_sentence(bread: Path, wanted: dict[str, Any]) -> None:
    (name,) = wanted
    with pytest.raises(scenewright.ScenewrightError, match=f"^{name}: "):
        asyncio.run(made(bread, None, **wanted))
