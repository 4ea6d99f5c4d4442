"""Runs of the real plan on the virtual clock: order, failure, pause, resume, edits."""

from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.errors import BadAnswer, CallFailed, FailureClass, StoreError
from scenewright.domain.events import AnyEvent, PartAppended, RunEnded
from scenewright.plan import Step
from scenewright.scheduler import Limits
from scenewright.testing.virtualloop import run
from tests.scheduler.scripted import SECONDS, Author, Stage, brief, document


def staged(author: Author | None = None, scenes: int = 3, audio: bool = True) -> Stage:
    return Stage(author=author or Author(scenes=scenes)).set(brief(scenes, audio))


def test_one_call_at_a_time_scene_after_scene() -> None:
    stage = staged()
    ended = run(stage.run())
    assert ended.outcome == "done"
    assert stage.author.most == {"model": 1, "voice": 1}
    writing = [name for name in stage.author.performed if not name.startswith("clip")]
    assert writing == ["outline", "content@s1", "actions@s1", "content@s2", "actions@s2", "content@s3", "actions@s3"]
    # 4 s of outline, 3 x (10 + 6) s of writing; speech overlaps writing except for the very last clip
    assert [at for at, _ in stage.of("run.ended")] == [4 + 3 * 16 + 1]
    assert [event.scene for _, event in stage.of("scene.released")] == ["s1", "s2", "s3"]


def test_a_clip_is_spoken_while_its_scene_is_still_being_written() -> None:
    stage = staged()
    run(stage.run())
    first_clip = next(at for at, event in stage.of("step.adopted") if str(event.step) == "clip@s1/a1")
    whole_scene = next(at for at, event in stage.of("step.adopted") if str(event.step) == "actions@s1")
    assert (first_clip, whole_scene) == (4 + 10 + 3 + 1, 4 + 10 + 6)


def test_actions_hear_what_was_really_said_before() -> None:
    stage = staged()
    run(stage.run())
    known = stage.board().known
    first = known.parts[next(step for step in known.parts if str(step) == "actions@s2")][0]
    assert first["text"] == "text 2/1 after [\"text 1/2 after ['text 1/1 after []']\"]" or "text 1/2" in first["text"]


def test_with_more_room_everything_starts_as_soon_as_it_can() -> None:
    stage = staged()
    run(stage.run(Limits(model=8, voice=8)))
    starts = {str(event.step): at for at, event in stage.of("step.started")}
    assert [starts[f"content@s{n}"] for n in (1, 2, 3)] == [2, 3, 4]  # as the outline's parts arrive, 1 s each
    assert [starts[f"actions@s{n}"] for n in (1, 2, 3)] == [12, 18, 24]  # in order, each after the last was said
    assert [event.scene for _, event in stage.of("scene.released")] == ["s1", "s2", "s3"]


def fail_on(name: str, error: Exception, times: int = 99) -> tuple[Author, list[str]]:
    left = [name] * times

    def fail(step: Step) -> None:
        if str(step.id) == name and left:
            left.pop()
            raise error

    return Author(fail=fail), left


def test_a_failed_content_is_marked_and_the_batch_goes_on() -> None:
    author, _ = fail_on("content@s2", BadAnswer("nonsense"))
    stage = staged(author)
    ended = run(stage.run())
    assert (ended.outcome, ended.reason) == ("failed", "1 of 3 scenes failed")
    assert [event.scene for _, event in stage.of("scene.released")] == ["s1", "s3"]
    assert "actions@s2" not in author.performed
    said = stage.board().known.parts
    third = next(parts for step, parts in said.items() if str(step) == "actions@s3")
    assert "text 1/2" in third[0]["text"]  # the carry of the nearest earlier scene that has one


def test_a_failed_speech_pauses_and_resume_redoes_only_what_is_missing() -> None:
    author, _left = fail_on("actions@s2", CallFailed("down", failure=FailureClass.TRANSIENT), times=1)
    stage = staged(author)
    ended = run(stage.run())
    assert ended.outcome == "paused"
    assert "down" in ended.reason
    assert "content@s3" not in author.performed  # nothing new at or behind the failed scene
    before = list(author.performed)
    assert run(stage.run()).outcome == "done"
    again = author.performed[len(before) :]
    assert sorted(again) == sorted(
        ["actions@s2", "clip@s2/a1", "clip@s2/a2", "content@s3", "actions@s3", "clip@s3/a1", "clip@s3/a2"]
    )


def test_a_dead_key_pauses_the_run_at_once_even_in_a_step_that_would_be_marked() -> None:
    author, _ = fail_on("content@s1", CallFailed("401: no such key", failure=FailureClass.FATAL))
    stage = staged(author)
    ended = run(stage.run())
    assert (ended.outcome, ended.reason) == ("paused", "401: no such key")
    assert author.performed == ["outline", "content@s1"]


def test_a_work_never_says_done_with_a_clip_missing() -> None:
    author, _ = fail_on("clip@s3/a2", CallFailed("mute", failure=FailureClass.TRANSIENT))
    stage = staged(author)
    assert run(stage.run()).outcome == "paused"
    assert [event.scene for _, event in stage.of("scene.released")] == ["s1", "s2"]


def test_a_defect_in_a_performer_fails_its_step_and_nothing_else() -> None:
    author, _ = fail_on("content@s2", ZeroDivisionError("secret sk-123456789"))
    stage = staged(author)
    run(stage.run())
    ((_, failed),) = stage.of("step.failed")
    assert failed.reason == "internal error in content: ZeroDivisionError"


def test_pausing_keeps_what_is_in_flight_and_starts_nothing() -> None:
    stage = staged()

    async def pause_at(seconds: float) -> RunEnded:
        running = asyncio.ensure_future(stage.run())
        await asyncio.sleep(seconds)
        await stage.runs[0].pause()
        return await running

    assert run(pause_at(7)).outcome == "paused"  # in the middle of content@s1
    assert stage.author.performed == ["outline", "content@s1"]
    assert [str(event.step) for _, event in stage.of("step.adopted")] == ["outline", "content@s1"]
    assert run(stage.run()).outcome == "done"
    assert stage.author.performed.count("content@s1") == 1


def test_cancelling_leaves_no_task_and_an_end_in_the_log() -> None:
    stage = staged()

    async def cancel() -> int:
        running = asyncio.ensure_future(stage.run())
        await asyncio.sleep(7)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        return len(asyncio.all_tasks())

    assert run(cancel()) == 1
    assert stage.events[-1].type == "run.ended"


def test_a_full_disk_stops_cleanly_and_loses_nothing_written() -> None:
    stage = staged()

    def fill(event: AnyEvent) -> None:
        if event.type == "step.adopted" and str(event.step) == "actions@s1":
            raise StoreError("disk full")

    with pytest.raises(StoreError, match="disk full"):
        run(stage.run(on_event=fill))
    assert run(stage.run()).outcome == "done"
    assert stage.author.performed.count("content@s1") == 1


class _Killed(BaseException):
    pass


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1, max_value=70), st.integers(min_value=1, max_value=4))
def test_killed_at_any_event_resume_repeats_no_adopted_step(moment: int, limit: int) -> None:
    """A kill is the log ending after any of its events."""
    whole = staged()
    run(whole.run(Limits(model=limit, voice=limit)))
    cut = Stage(author=Author(), events=whole.events[: moment + 1], times=whole.times[: moment + 1])
    adopted = {str(event.step) for event in cut.events if event.type == "step.adopted"}
    accepted = [event for event in cut.events if isinstance(event, PartAppended)]
    assert run(cut.run(Limits(model=limit, voice=limit))).outcome == "done"
    assert not adopted & set(cut.author.performed)
    assert [event for event in cut.events if isinstance(event, PartAppended)][: len(accepted)] == accepted
    finished, uncut = cut.board().known, whole.board().known
    assert {str(k): v.value for k, v in finished.adopted.items()} == {str(k): v.value for k, v in uncut.adopted.items()}


def test_changing_nothing_performs_nothing() -> None:
    stage = staged()
    run(stage.run())
    done = len(stage.author.performed)
    stage.set(brief(3))
    assert stage.board().finished()
    assert run(stage.run()).outcome == "done"
    assert len(stage.author.performed) == done


def test_a_changed_section_re_runs_what_cites_it_and_only_that() -> None:
    stage = staged()
    run(stage.run())
    done = len(stage.author.performed)
    stage.set(brief(3).model_copy(update={"documents": (document(["text 1", "changed", "text 3"]),)}))
    assert run(stage.run()).outcome == "done"
    assert stage.author.performed[done:] == ["content@s2", "actions@s2", "clip@s2/a1", "clip@s2/a2"]
    # The outline read the whole document, and scene 3 went on from what scene 2 said before: shown, not redone.
    assert [str(step.id) for step in stage.board().stale()] == ["outline", "actions@s3"]


def test_another_voice_speaks_again_and_writes_nothing() -> None:
    stage = staged()
    run(stage.run())
    done = len(stage.author.performed)
    spoken = brief(3)
    stage.set(spoken.model_copy(update={"speakers": (spoken.speakers[0].model_copy(update={"voice": "other"}),)}))
    run(stage.run())
    assert {name.partition("@")[0] for name in stage.author.performed[done:]} == {"clip"}


def test_a_work_without_audio_needs_no_clips() -> None:
    stage = staged(audio=False)
    assert run(stage.run()).outcome == "done"
    assert not [name for name in stage.author.performed if name.startswith("clip")]


def test_zero_scenes_is_not_a_success() -> None:
    stage = staged(Author(scenes=0), scenes=1)
    ended = run(stage.run())
    assert (ended.outcome, ended.reason) == ("failed", "the work has no scenes")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(1, 8))
def test_parallel_or_not_the_work_is_the_same(seed: int, scenes: int, limit: int) -> None:
    rng = random.Random(seed)
    failing = {f"content@s{rng.randint(1, scenes)}"} if rng.random() < 0.3 else set()

    def fail(step: Step) -> None:
        if str(step.id) in failing:
            raise BadAnswer("no")

    def values(limits: Limits) -> dict[str, object]:
        stage = staged(Author(scenes=scenes, fail=fail), scenes=scenes)
        run(stage.run(limits))
        assert stage.author.most["model"] <= limits.model
        return {str(step): adopted.value for step, adopted in stage.board().known.adopted.items()}

    assert values(Limits()) == values(Limits(model=limit, voice=limit))


def test_the_script_is_what_the_times_above_assume() -> None:
    assert SECONDS == {"outline": 4.0, "content": 10.0, "actions": 6.0, "clip": 1.0}


def test_a_refusal_concerns_its_scene_alone() -> None:
    author, _ = fail_on("content@s2", CallFailed("content filter", failure=FailureClass.REFUSED))
    stage = staged(author)
    assert run(stage.run()).reason == "1 of 3 scenes failed"
    assert [event.scene for _, event in stage.of("scene.released")] == ["s1", "s3"]
