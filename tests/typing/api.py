"""Checked by mypy, never run: how the public API may be used, and how it may not."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import scenewright
from scenewright import Episode, Made, ScenewrightError, ScriptGenerator, ScriptIncomplete, Works, make, open_works
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.show import Character, EpisodePlan, Show


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


async def writing(plan: EpisodePlan, show: Show) -> None:
    people = [Character(id="ann", name="Ann"), Character(id="ben", name="Ben")]
    generator = ScriptGenerator(max_parallel_scenes=3, max_refinement_iterations=3, quality_threshold=0.75)
    try:
        made = await generator.generate_full_script(plan, people, show, progress_callback=plain)
    except ScriptIncomplete as incomplete:
        made = incomplete.partial
    assert_type(made, Episode)
    assert_type(made.scene(1), ScriptScene)
    await ScriptGenerator(None, model="openai:m").generate_full_script(None, [{"id": "a", "name": "A"}], {"title": "T"})
    await generator.generate_full_script(plan, people, show, asynchronous)
    await generator.generate_full_script(plan, people, show, too_few)  # type: ignore[arg-type]
    await generator.generate_full_script(plan, people)  # type: ignore[call-arg]
    await make("bible.yaml", kind="episode", show="low-tide", details={"rounds": 1})


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
