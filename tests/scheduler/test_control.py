"""What people ask of a work: another take, going on without a scene, refreshing, pausing, listening."""

from __future__ import annotations

import asyncio

import pytest

from scenewright.domain.events import (
    AnyEvent,
    PlayheadMoved,
    RefreshAsked,
    RunAsked,
    RunEnded,
    SceneSkipped,
    SceneWanted,
    StepReset,
    StepRetaken,
)
from scenewright.domain.steps import StepId
from scenewright.scheduler import Limits, Run
from scenewright.testing.virtualloop import run
from tests.scheduler.graphs import Piece, SceneShape, Shape, Theatre

ROOM = Limits(model=9, voice=9)


def link(scene: str) -> StepId:
    return StepId(name="link", scene=scene)


def piece(scene: str) -> StepId:
    return StepId(name="piece", scene=scene, item="0")


def finished(scenes: int = 4) -> Theatre:
    theatre = Theatre(Shape(scenes=(SceneShape(parts=1),) * scenes))
    assert run(theatre.run(ROOM)).outcome == "done"
    theatre.performed.clear()
    theatre.times.clear()
    return theatre


async def asked_at(theatre: Theatre, seconds: float, *events: AnyEvent) -> tuple[RunEnded, float]:
    """Another process writes to the log while the work runs. Returns the ending, and when it came."""
    work = theatre.prepare(theatre.board(Limits()))
    running = asyncio.ensure_future(work.execute())
    await asyncio.sleep(seconds)
    theatre.events.extend(events)
    await work.catch_up()
    ended = await running
    assert asyncio.all_tasks() == {asyncio.current_task()}
    return ended, asyncio.get_running_loop().time()


def test_another_take_is_made_anew_and_what_hears_it_only_turns_stale() -> None:
    theatre = finished()
    before = theatre.work()["adopted"]
    theatre.events.append(StepRetaken(step=link("s2"), take=1, note="shorter"))
    assert run(theatre.run(ROOM)).outcome == "done"
    assert set(theatre.performed) == {"link@s2", "clip@s2/0"}
    after = theatre.work()["adopted"]
    assert {step for step in after if after[step] != before[step]} == {"link@s2", "clip@s2/0"}
    assert [str(step.id) for step in theatre.board().stale()] == ["link@s3"]


def test_a_note_reaches_whoever_performs_the_step() -> None:
    one, other = finished(1), finished(1)
    one.events.append(StepRetaken(step=piece("s1"), take=1, note="funnier"))
    other.events.append(StepRetaken(step=piece("s1"), take=1, note="calmer"))
    run(one.run())
    run(other.run())
    assert one.work()["adopted"]["piece@s1/0"] != other.work()["adopted"]["piece@s1/0"]


def test_a_step_that_runs_while_another_take_is_asked_for_is_not_used() -> None:
    theatre = Theatre(Shape(scenes=(SceneShape(),)))
    ended, end = run(asked_at(theatre, 1.5, StepRetaken(step=piece("s1"), take=1)))
    assert (ended.outcome, end) == ("done", 1 + 1 + 1 + 1)  # outline, the piece twice, the link
    assert theatre.performed["piece@s1/0"] == 2


def test_refreshing_makes_stale_results_anew_and_those_that_turn_stale_by_it() -> None:
    theatre = finished()
    theatre.events.append(StepRetaken(step=link("s2"), take=1))
    run(theatre.run(ROOM))
    theatre.performed.clear()
    theatre.events.append(RefreshAsked())
    assert run(theatre.run(ROOM)).outcome == "done"
    assert set(theatre.performed) == {"link@s3", "clip@s3/0", "link@s4", "clip@s4/0"}
    assert not theatre.board().stale()


def test_refreshing_one_scene_leaves_the_ones_behind_it() -> None:
    theatre = finished()
    theatre.events.append(StepRetaken(step=link("s1"), take=1))
    run(theatre.run(ROOM))
    theatre.performed.clear()
    theatre.events.append(RefreshAsked(scene="s2"))
    assert run(theatre.run(ROOM)).outcome == "done"
    assert set(theatre.performed) == {"link@s2", "clip@s2/0"}
    assert [str(step.id) for step in theatre.board().stale()] == ["link@s3"]


def test_a_refresh_ends_when_what_was_made_anew_is_the_same() -> None:
    """The retaken link is taken back to what it was: nobody behind it is touched."""
    theatre = finished()
    theatre.events.append(RefreshAsked())
    assert run(theatre.run(ROOM)).outcome == "done"
    assert not theatre.performed


def test_a_work_goes_on_without_a_skipped_scene() -> None:
    scenes = (SceneShape(), SceneShape(breaks=True), SceneShape())
    theatre = Theatre(Shape(scenes=scenes, finale=1))
    assert run(theatre.run(ROOM)).outcome == "paused"
    theatre.events.append(SceneSkipped(scene="s2"))
    assert run(theatre.run(ROOM, again=())).outcome == "done"
    assert [scene for _, scene in theatre.at("scene.released")] == ["s1", "s3"]
    assert theatre.performed["link@s2"] == 1
    assert theatre.performed["finale/0"] == 1


def test_a_skipped_scene_can_be_wanted_again() -> None:
    theatre = finished()
    theatre.events.append(SceneSkipped(scene="s2"))
    assert run(theatre.run()).outcome == "done"
    assert [str(step.id) for step in theatre.board().stale()] == ["link@s3"]
    theatre.events.append(SceneWanted(scene="s2"))
    assert run(theatre.run()).outcome == "done"
    assert not theatre.performed
    assert not theatre.board().stale()


def test_only_the_failures_that_are_named_are_tried_again() -> None:
    failing = SceneShape(pieces=(Piece(fails=True),))
    theatre = Theatre(Shape(scenes=(failing, SceneShape(), failing)))
    run(theatre.run())
    run(theatre.run(again=[piece("s3")]))
    assert (theatre.performed["piece@s1/0"], theatre.performed["piece@s3/0"]) == (1, 2)


def test_trying_again_from_elsewhere_lets_a_barred_run_go_on() -> None:
    """Scene 1 broke while scene 1 of the outline was long written; the run still has the outline to write."""
    scenes = (SceneShape(breaks=True), SceneShape(), SceneShape())
    theatre = Theatre(Shape(scenes=scenes, outline=10.0))

    async def played() -> RunEnded:
        work = theatre.prepare(theatre.board(ROOM))
        running = asyncio.ensure_future(work.execute())
        await asyncio.sleep(25)
        theatre.events.append(StepReset(step=link("s1")))
        await work.catch_up()
        return await running

    assert run(played()).outcome == "done"
    assert theatre.performed["link@s1"] == 2


def test_pausing_from_elsewhere_drains_what_is_in_flight_and_starts_nothing() -> None:
    theatre = Theatre(Shape(scenes=(SceneShape(pieces=(Piece(seconds=10),)),) * 3))
    ended, end = run(asked_at(theatre, 4.0, RunAsked(action="pause")))
    assert (ended.outcome, end) == ("paused", 3 + 10)
    assert "run.pausing" in [event.type for event in theatre.events]
    assert set(theatre.performed) == {"outline", "piece@s1/0"}


def test_cancelling_from_elsewhere_ends_at_once() -> None:
    theatre = Theatre(Shape(scenes=(SceneShape(pieces=(Piece(seconds=10),)),) * 3))
    ended, end = run(asked_at(theatre, 4.0, RunAsked(action="cancel")))
    assert (ended.outcome, end) == ("cancelled", 4)
    assert theatre.events[-1] == ended


def test_what_was_asked_of_a_run_that_is_dead_does_not_stop_the_next_one() -> None:
    theatre = Theatre(Shape(scenes=(SceneShape(),)))
    theatre.events += [RunAsked(action="pause"), RunAsked(action="cancel")]
    assert run(theatre.run()).outcome == "done"


@pytest.mark.parametrize(("playhead", "written"), [(None, 2), ("s1", 3), ("s3", 5)])
def test_only_so_many_scenes_ahead_are_written(playhead: str | None, written: int) -> None:
    theatre = Theatre(Shape(scenes=(SceneShape(),) * 6))
    if playhead:
        theatre.events.append(PlayheadMoved(scene=playhead))
        run(theatre.run())  # a playhead in a scene that does not exist yet is nowhere
        theatre.events = [event for event in theatre.events if event.type in ("brief.set", "playhead.moved")]
        theatre.performed.clear()
    ended = run(Run(theatre.board(ROOM, ahead=2), theatre.performers(), theatre.journal()).execute())
    assert ended.outcome == "paused"
    assert "listened" in ended.reason
    assert sum(step.startswith("piece") for step in theatre.performed) == written


def test_when_the_listener_moves_on_more_is_written() -> None:
    theatre = Theatre(Shape(scenes=(SceneShape(pieces=(Piece(seconds=10),)),) * 6))

    async def played() -> RunEnded:
        work = Run(theatre.board(ROOM, ahead=1), theatre.performers(), theatre.journal())
        running = asyncio.ensure_future(work.execute())
        await asyncio.sleep(8)
        assert set(theatre.performed) == {"outline", "piece@s1/0"}
        theatre.events.append(PlayheadMoved(scene="s2"))
        await work.catch_up()
        return await running

    assert run(played()).outcome == "paused"
    assert {step for step in theatre.performed if step.startswith("piece")} == {f"piece@s{n}/0" for n in (1, 2, 3)}


def order_of_scenes(theatre: Theatre, playhead: str) -> list[tuple[float, str]]:
    """When each scene was begun, counted from the end of the outline."""
    theatre.events.append(PlayheadMoved(scene=playhead))
    run(theatre.run())
    started = [(at, step[6:8]) for at, step in theatre.at("step.started") if step.startswith("piece")]
    return [(at - started[0][0], scene) for at, scene in started]


def unchained(scenes: int, plays: float | None) -> Theatre:
    scene = SceneShape(pieces=(Piece(seconds=10),), link=None, plays=plays)
    return Theatre(Shape(scenes=(scene,) * scenes, chained=False, outline=0.0))


def test_what_is_listened_to_comes_first_and_what_is_far_comes_in_order() -> None:
    """Nobody knows how long a scene plays, so whatever is in front of the listener is urgent."""
    order = [scene for _, scene in order_of_scenes(unchained(5, None), "s3")]
    assert order == ["s3", "s4", "s5", "s1", "s2"]


def test_the_next_scene_is_urgent_while_there_is_little_slack_and_not_before() -> None:
    """A scene takes 10 s and plays 30 s: it is urgent from less than 2 x 10 s before its deadline."""
    order = order_of_scenes(unchained(7, 30.0), "s5")
    assert order == [(0, "s5"), (10, "s1"), (20, "s6"), (30, "s2"), (40, "s3"), (50, "s7"), (60, "s4")]
