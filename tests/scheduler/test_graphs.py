"""Properties of the scheduler over works of any shape, on the virtual clock."""

from __future__ import annotations

import asyncio
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.base import canonical
from scenewright.domain.events import RunEnded
from scenewright.scheduler import Limits
from scenewright.testing.virtualloop import run
from tests.scheduler.graphs import Piece, SceneShape, Shape, Theatre, shapes

LIMITS = st.builds(Limits, model=st.integers(1, 8), voice=st.integers(1, 4), cpu=st.integers(1, 3))


async def to_the_end(theatre: Theatre, limits: Limits) -> RunEnded:
    """Runs, and tries again what paused it, until nothing changes any more."""
    ended = await theatre.run(limits)
    for _ in range(len(theatre.shape.scenes) + 1):
        if ended.outcome != "paused":
            break
        ended = await theatre.run(limits)
    return ended


@settings(max_examples=1000)
@given(shapes(), LIMITS, st.randoms(use_true_random=False))
def test_a_parallel_run_gives_the_very_work_of_a_serial_one(shape: Shape, limits: Limits, rng: random.Random) -> None:
    """Answers by content; latencies, failures and limits of all sorts."""
    serial, parallel = Theatre(shape), Theatre(shape)
    parallel.seconds = lambda step, seconds: seconds * rng.choice([0, 0.5, 1, 7])
    ends = run(to_the_end(serial, Limits())), run(to_the_end(parallel, limits))
    assert ends[0].outcome == ends[1].outcome
    assert canonical(serial.work()) == canonical(parallel.work())


@settings(max_examples=300)
@given(shapes(), LIMITS)
def test_nothing_is_done_twice_no_limit_is_exceeded_and_no_task_is_left(shape: Shape, limits: Limits) -> None:
    async def played(theatre: Theatre) -> set[asyncio.Task[object]]:
        await to_the_end(theatre, limits)
        return asyncio.all_tasks() - {asyncio.current_task()}

    theatre = Theatre(shape)
    assert run(played(theatre)) == set()
    fails = {step for step, times in theatre.performed.items() if times > 1}
    assert fails <= {str(step) for step in theatre.broken} | set(theatre.work()["failed"])
    assert all(theatre.most[pool] <= limits.of(pool) for pool in theatre.most)


@settings(max_examples=300)
@given(shapes(), LIMITS, st.data())
def test_killed_after_any_event_it_ends_as_if_nothing_had_happened(
    shape: Shape, limits: Limits, data: st.DataObject
) -> None:
    whole = Theatre(shape)
    run(to_the_end(whole, limits))
    cut = data.draw(st.integers(1, len(whole.events)))
    resumed = Theatre(shape, events=whole.events[:cut], broken=set(whole.broken))
    before = resumed.work()
    run(to_the_end(resumed, limits))
    assert canonical(resumed.work()["adopted"]) == canonical(whole.work()["adopted"])
    assert not {step for step in before["adopted"] if resumed.performed[step]}


def three() -> Theatre:
    scene = SceneShape(pieces=(Piece(seconds=0.2), Piece(needs=(0,), seconds=0.1)), link=None)
    return Theatre(Shape(scenes=(scene,) * 3, outline=0.0, chained=False))


def test_three_scenes_without_a_carry_take_as_long_as_one_at_limit_3() -> None:
    async def seconds(limit: int) -> float:
        await three().run(Limits(model=limit))
        return asyncio.get_running_loop().time()

    assert [round(run(seconds(limit)), 9) for limit in (1, 3)] == [0.9, 0.3]


def test_a_limit_of_2_never_has_3_in_flight() -> None:
    theatre = three()
    run(theatre.run(Limits(model=2)))
    assert theatre.most["model"] == 2


@given(st.integers(1, 5), st.integers(1, 4))
def test_a_finale_waits_for_the_last_scene_and_goes_round(scenes: int, rounds: int) -> None:
    theatre = Theatre(Shape(scenes=(SceneShape(),) * scenes, finale=rounds))
    assert run(theatre.run(Limits(model=9, voice=9))).outcome == "done"
    ready = theatre.at("scene.released")[-1][0]
    started = [at for at, step in theatre.at("step.started") if step.startswith("finale")]
    assert started == [ready + round for round in range(rounds)]


def test_with_a_failed_scene_the_finale_waits_for_the_person() -> None:
    shape = Shape(scenes=(SceneShape(), SceneShape(pieces=(Piece(fails=True),)), SceneShape()), finale=1)
    theatre = Theatre(shape)
    assert run(theatre.run()).outcome == "failed"
    assert not [step for _, step in theatre.at("step.started") if step.startswith("finale")]
