"""Checked by mypy, never run: how the public API may be used, and how it may not."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import scenewright
from scenewright import Made, ScenewrightError, Works, make, open_works


def plain(status: str, current: int, total: int) -> None: ...


async def asynchronous(status: str, current: int, total: int) -> None: ...


def too_few(status: str) -> None: ...


async def making() -> None:
    made = await make("notes.md", out=Path("out"), parallel=True, on_progress=plain)
    assert_type(made, Made)
    assert_type(made.work, str)
    assert_type(made.page, Path | None)
    await scenewright.make("notes.md", parallel="auto", voice_parallel=2, on_progress=asynchronous)
    await scenewright.make(Path("notes.md"), parallel=3, ahead=2, encoding="aac", models={"content": "openai:m"})
    await scenewright.make("notes.md", on_progress=too_few)  # type: ignore[arg-type]
    await scenewright.make("notes.md", encoding="mp3")  # type: ignore[arg-type]
    await scenewright.make("notes.md", "out")  # type: ignore[call-arg]
    await scenewright.mkae("notes.md")  # type: ignore[attr-defined]


async def steering() -> None:
    async with open_works(parallel=3) as works:
        assert_type(works, Works)
        assert_type(await works.pause("ab"), bool)
        assert_type(await works.cancel("ab"), bool)
        assert_type(await works.refresh("ab", 3, outline=True), bool)
        await works.retry("ab")
        await works.retry("ab", "s3")
        await works.skip("ab", 3)
        await works.regenerate("ab", 3, note="shorter", step="content")
        await works.listen("ab", "s2", 12.5)
        ended = await works.run("ab", ahead=2, playhead=1)
        assert ended.outcome in ("done", "failed", "paused", "cancelled")
        await works.skip("ab")  # type: ignore[call-arg]


def errors() -> None:
    try:
        raise ScenewrightError("nothing")
    except scenewright.ScenewrightError:
        pass
