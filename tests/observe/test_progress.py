"""A progress bar hears of each scene's start once and of its end once, whatever happens between."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.errors import BadAnswer
from scenewright.domain.events import AnyEvent, PartAppended, SceneReleased, StepAdopted, StepStarted
from scenewright.domain.steps import StepId
from scenewright.observe import Progress, Report
from scenewright.plan import Step
from scenewright.scheduler import Limits
from scenewright.testing.virtualloop import run
from tests.scheduler.scripted import Author, Stage, brief

STATUS = re.compile(r"scene (\d+) of (\d+) (started|ready|failed|skipped)(?:: (.*))?")


def reports(events: Sequence[AnyEvent]) -> list[Report]:
    progress = Progress()
    return [report for event in events if (report := progress.tell(event)) is not None]


def told(events: Sequence[AnyEvent]) -> list[str]:
    return [report.status for report in reports(events)]


def test_three_scenes_one_after_the_other() -> None:
    stage = Stage().set(brief(audio=False))
    run(stage.run())
    assert [(report.status, report.current, report.total) for report in reports(stage.events)] == [
        ("scene 1 of 3 started: S1", 0, 3),
        ("scene 1 of 3 ready: S1", 1, 3),
        ("scene 2 of 3 started: S2", 1, 3),
        ("scene 2 of 3 ready: S2", 2, 3),
        ("scene 3 of 3 started: S3", 2, 3),
        ("scene 3 of 3 ready: S3", 3, 3),
    ]


@settings(max_examples=60)
@given(
    st.integers(1, 6),
    st.sets(st.tuples(st.sampled_from(["content", "actions", "clip"]), st.integers(1, 6))),
    st.integers(1, 4),
    st.booleans(),
)
def test_starts_and_ends_alternate_and_add_up(
    scenes: int, failing: set[tuple[str, int]], limit: int, audio: bool
) -> None:
    doomed = {(name, f"s{number}") for name, number in failing}

    def fail(step: Step) -> None:
        if (step.id.name, step.id.scene) in doomed:
            raise BadAnswer("no use")

    stage = Stage(Author(scenes=scenes, fail=fail)).set(brief(scenes, audio))
    for _ in range(2):  # the second time everything goes well
        run(stage.run(Limits(model=limit, voice=limit)))
        doomed.clear()
    check(stage.events, scenes)
    assert reports(stage.events)[-1].current == scenes
    lasts = {status.split()[1]: status for status in told(stage.events)}
    assert all(" ready" in status for status in lasts.values())


def check(events: Sequence[AnyEvent], scenes: int) -> None:
    """Every run by itself: a scene starts at most once before it ends, and ends once after it starts."""
    progress, open_, current = Progress(), Counter[str](), 0
    starts, ends = defaultdict[str, int](int), defaultdict[str, int](int)
    for event in events:
        if event.type == "run.started":
            open_.clear()
            starts.clear()
            ends.clear()
        report = progress.tell(event)
        if report is None:
            continue
        found = STATUS.fullmatch(report.status)
        assert found, report.status
        number, total, how, _ = found.groups()
        open_[number] += 1 if how == "started" else -open_[number]
        assert open_[number] <= 1
        (starts if how == "started" else ends)[number] += 1
        assert starts[number] <= 1
        assert ends[number] <= 1
        assert current <= report.current <= report.total == int(total) == scenes
        current = report.current


def test_the_total_is_corrected_when_the_plan_turns_out_shorter() -> None:
    outline = StepId(name="outline")
    events: list[AnyEvent] = [
        PartAppended(step=outline, index=0, value={"type": "header", "planned": ["A", "B", "C"]}),
        PartAppended(step=outline, index=1, value={"id": "a", "title": "A"}),
        StepStarted(step=StepId(name="content", scene="a"), reads=""),
        StepAdopted(step=outline, inputs="", context="", value={}),
        SceneReleased(scene="a"),
    ]
    assert told(events) == ["scene 1 of 3 started: A", "scene 1 of 1 ready: A"]


def test_scenes_of_a_kind_that_announces_none_are_counted_as_they_come() -> None:
    events: list[AnyEvent] = [
        StepStarted(step=StepId(name="verse", scene="x"), reads=""),
        SceneReleased(scene="x"),
        StepStarted(step=StepId(name="verse", scene="y"), reads=""),
    ]
    assert told(events) == ["scene 1 of 1 started", "scene 1 of 1 ready", "scene 2 of 2 started"]


def test_a_scene_that_is_written_again_starts_and_ends_again() -> None:
    from scenewright.domain.events import StepRetaken

    stage = Stage().set(brief(audio=False))
    run(stage.run())
    stage.events.append(StepRetaken(step=StepId(name="content", scene="s2"), take=1))
    stage.times.append(0.0)
    before = len(told(stage.events))
    run(stage.run())
    assert told(stage.events)[before:] == ["scene 2 of 3 started: S2", "scene 2 of 3 ready: S2"]
    assert reports(stage.events)[-2].current == 3  # it has ended before


def test_skipping_ends_a_scene() -> None:
    from scenewright.domain.events import SceneSkipped

    stage = Stage().set(brief(audio=False))

    def skip(event: AnyEvent) -> None:
        if event.type == "step.started" and event.step.scene == "s2":
            stage.events.append(SceneSkipped(scene="s2"))
            stage.times.append(asyncio.get_running_loop().time())

    run(stage.run(on_event=skip))
    assert told(stage.events)[2:] == [
        "scene 2 of 3 started: S2",
        "scene 2 of 3 skipped: S2",
        "scene 3 of 3 started: S3",
        "scene 3 of 3 ready: S3",
    ]
