"""`scenewright.ScriptGenerator`: a script with one call; a failure keeps what there is; nothing is left running."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest

import scenewright
from scenewright import Episode, ScriptGenerator, ScriptIncomplete
from scenewright.domain.errors import BadInput
from tests.app.writers import ANN, BEN, SHOW, Writers, plan

T = TypeVar("T")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Writers]:
    """Authors that do as they are told write whatever is written without a model."""
    monkeypatch.setenv("SCENEWRIGHT_HOME", str(tmp_path / "data"))

    def set_up(**options: Any) -> Writers:
        writers = Writers(**options)
        monkeypatch.setattr("scenewright.kinds.episode.offline.performers", writers)
        return writers

    return set_up


def alone(made: Coroutine[Any, Any, T]) -> T:
    """What it gives or raises, with nothing left behind: no task, no socket, no file."""

    async def go() -> T:
        try:
            return await made
        finally:
            assert asyncio.all_tasks() == {asyncio.current_task()}

    try:
        return asyncio.run(go())
    finally:
        gc.collect()  # what was left open would warn now, and warnings are errors


def test_a_script_comes_back_typed_and_is_found_by_number_character_and_place(write: Callable[..., Writers]) -> None:
    write()
    made = alone(ScriptGenerator().generate_full_script(plan(), [ANN, BEN], SHOW))
    assert isinstance(made, Episode)
    assert made.scene(2).slug.place == "KITCHEN"
    assert made.scene(2) is made.scene("s2")
    assert [scene.id for scene in made.with_character("Ann")] == ["s1", "s3"]
    assert [scene.id for scene in made.at("kitchen")] == ["s2"]
    assert (made.title, made.written_by, made.read, made.problems) == ("One", "offline", (), ())
    assert made.quality is not None
    assert Episode.model_validate_json(made.model_dump_json()) == made


def test_values_may_come_as_mappings_and_people_with_the_show(write: Callable[..., Writers]) -> None:
    write()
    show = SHOW.model_dump(mode="json")
    changed, nameless = {"id": "ben", "name": "Benjamin"}, {"name": "Zoë Quill"}  # called zoe-quill
    made = alone(ScriptGenerator().generate_full_script(plan().model_dump(mode="json"), [changed, nameless], show))
    assert [(who.id, who.name) for who in made.script.cast][1:] == [("ben", "Benjamin"), ("zoe-quill", "Zoë Quill")]


@pytest.mark.parametrize("outline", [None, "A flood in the yard"])
def test_without_an_outline_one_is_planned(write: Callable[..., Writers], outline: str | None) -> None:
    writers = write()
    made = alone(ScriptGenerator().generate_full_script(outline, [], SHOW))
    assert (writers.seen[0], made.title, len(made.scenes)) == ("outline", "Found", 3)


def test_progress_is_told_plain_or_awaited(write: Callable[..., Writers]) -> None:
    write()
    heard: list[tuple[str, int, int]] = []

    async def later(*said: Any) -> None:
        await asyncio.sleep(0)
        heard.append(said)

    alone(ScriptGenerator().generate_full_script(plan(), [], SHOW, lambda *said: heard.append(said)))
    plain = list(heard)
    heard.clear()
    alone(ScriptGenerator().generate_full_script(plan(), [], SHOW, progress_callback=later))
    assert heard == plain
    assert heard[-1] == ("scene 3 of 3 ready: Scene 3", 3, 3)


def test_a_failed_scene_is_raised_with_everything_that_was_written(write: Callable[..., Writers]) -> None:
    writers = write(fails=["dialogue@s2"])
    with pytest.raises(ScriptIncomplete) as caught:
        alone(ScriptGenerator().generate_full_script(plan(), [], SHOW))
    error = caught.value
    assert isinstance(error, scenewright.ScenewrightError)
    assert [scene.id for scene in error.partial.scenes] == ["s1", "s3"]
    assert dict(error.failed) == {"s2": "No luck with dialogue@s2."}
    assert [(each.scene, each.status) for each in error.partial.problems] == [("s2", "failed")]
    assert "comedy" not in writers.seen
    assert error.work in str(error)
    assert "No luck" in str(error)

    async def go_on() -> str:
        async with scenewright.open_works() as works:
            return (await works.run(error.work)).outcome

    writers.fails.clear()
    assert alone(go_on()) == "done"
    assert writers.seen.count("dialogue@s1") == 1


def test_what_fails_before_or_behind_the_scenes_is_raised_too(write: Callable[..., Writers]) -> None:
    write(fails=["outline"])
    with pytest.raises(ScriptIncomplete, match="No luck with outline") as caught:
        alone(ScriptGenerator().generate_full_script(None, [], SHOW))
    assert (caught.value.partial.scenes, dict(caught.value.failed)) == ((), {})
    write(fails=["comedy"])
    with pytest.raises(ScriptIncomplete, match="No luck with comedy") as caught:
        alone(ScriptGenerator().generate_full_script(plan(), [], SHOW))
    assert [scene.id for scene in caught.value.partial.scenes] == ["s1", "s2", "s3"]


def test_cancelling_leaves_nothing_running(write: Callable[..., Writers]) -> None:
    async def go() -> None:
        writers = write(stops="dialogue@s2")
        task = asyncio.ensure_future(ScriptGenerator().generate_full_script(plan(), [], SHOW))
        await writers.stopped.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    alone(go())


@pytest.mark.parametrize(("given", "parallel"), [(0, "off"), (None, "off"), (False, "off"), (3, "3"), (True, "3")])
def test_how_many_are_written_side_by_side(
    write: Callable[..., Writers], monkeypatch: pytest.MonkeyPatch, given: int | None, parallel: str
) -> None:
    write()
    monkeypatch.setenv("SCENEWRIGHT_PARALLEL_SCENE_CONCURRENCY", "7")
    assert f"parallel={parallel}," in repr(ScriptGenerator(given))


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"max_refinement_iterations": -1}, "max_refinement_iterations"),
        ({"max_refinement_iterations": 11}, "max_refinement_iterations"),
        ({"max_refinement_iterations": 1.5}, "max_refinement_iterations"),
        ({"max_refinement_iterations": True}, "max_refinement_iterations"),
        ({"quality_threshold": 1.1}, "quality_threshold"),
        ({"quality_threshold": float("nan")}, "quality_threshold"),
        ({"quality_threshold": "high"}, "quality_threshold"),
    ],
)
def test_options_that_make_no_sense_are_named(options: dict[str, Any], named: str) -> None:
    with pytest.raises(BadInput, match=named):
        ScriptGenerator(**options)


BAD: list[tuple[Any, list[Any], Any, str]] = [
    ({"title": "x", "scenes": [{"id": "s1", "title": "S"}]}, [], SHOW, r"outline\.scenes\.0\.slug"),
    ({"scenes": []}, [], SHOW, r"outline\.title"),
    (plan(), [{"id": "ann"}], SHOW, r"characters\.0\.name"),
    (plan(), [ANN, ANN], SHOW, "characters: the id 'ann'"),
    (plan(), [], {"title": "x", "minutes": -1}, r"show\.minutes"),
    (plan(), [], {"titel": "x"}, r"show\.title"),
    (plan(), [ANN], {"title": "x"}, r"outline\.scenes\.0\.characters: there is no 'ben'; there is ann"),
    (plan().model_copy(update={"scenes": plan().scenes[:1] * 2}), [], SHOW, r"outline\.scenes: the id 's1'"),
]


@pytest.mark.parametrize(("outline", "people", "show", "named"), BAD, ids=[named for *_, named in BAD])
def test_values_that_make_no_sense_are_named_and_nothing_begins(
    write: Callable[..., Writers], outline: Any, people: list[Any], show: Any, named: str
) -> None:
    writers = write()
    with pytest.raises(BadInput, match=named):
        alone(ScriptGenerator().generate_full_script(outline, people, show))
    assert writers.seen == []
