"""A finale that loops, with the limericks of `scenewright.testing` and authors that follow a script: exact times."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadAnswer, CallFailed, FailureClass
from scenewright.domain.events import BriefSet, RunEnded, SceneSkipped, SceneWanted, StepRetaken
from scenewright.domain.steps import StepId
from scenewright.plan import Desk, Known, Step
from scenewright.scheduler import Board, Limits, Run
from scenewright.testing.journal import MemoryJournal
from scenewright.testing.limerick.authors import rhymester
from scenewright.testing.limerick.finale import lead_of, refine_of, review_of, verse_of
from scenewright.testing.limerick.plan import OUTLINE, LimerickPlan
from scenewright.testing.virtualloop import run
from tests.testing.limericks import SECONDS, WIDE, Author, Lines, Stage, finale, staged


def test_the_finale_starts_when_the_last_scene_is_complete_and_refines_in_parallel() -> None:
    stage = staged()
    assert stage.play().outcome == "done"
    started, ended = stage.times("step.started"), stage.times("step.adopted")
    assert ended["lead@v3"] == 24
    assert {step: (started[step], ended[step]) for step in finale(stage.author.performed)} == {
        "review/1": (24, 29),
        "refine/1.v1": (29, 31),
        "refine/1.v3": (29, 31),
        "review/2": (31, 36),
        "refine/2.v3": (36, 38),
        "review/3": (38, 43),
    }
    assert stage.roughness() == {}


def test_one_place_means_one_refinement_at_a_time() -> None:
    stage = staged()
    assert stage.play(Limits()).outcome == "done"
    started = stage.times("step.started")
    assert started["refine/1.v3"] - started["refine/1.v1"] == SECONDS["refine"]


def test_a_review_that_finds_nothing_is_the_only_one() -> None:
    stage = staged({})
    assert stage.play().outcome == "done"
    assert finale(stage.author.performed) == ["review/1"]


def test_only_the_lines_that_are_named_change() -> None:
    stage = staged()
    stage.play()
    lines = {(scene, n): line for scene, of in stage.text().items() for n, line in enumerate(of)}
    assert lines == {(scene, n): f"{scene} line {n} rough 0" for scene in ("v1", "v2", "v3") for n in range(6)}


@pytest.mark.parametrize(
    ("scores", "reviews", "left"),
    [
        ([50, 70, 90], 3, 7),  # two refinements; behind the last review there would be nobody to judge a third
        ([50, 70, 60], 3, 8),  # the third is not the best
        ([50, 50, 90], 2, 9),  # no better: the earlier one, and nothing more is spent
        ([50, 40, 90], 2, 9),
    ],
)
def test_the_loop_ends_and_the_best_version_is_kept(scores: list[int], reviews: int, left: int) -> None:
    stage = staged({("v2", 3): 9}, scores=scores)
    assert stage.play().outcome == "done"
    refined = [f"refine/{number}.v2" for number in range(1, reviews)]
    assert [step for step in stage.author.performed if step.startswith("refine")] == refined
    assert [step for step in stage.author.performed if step.startswith("review")][-1] == f"review/{reviews}"
    assert stage.roughness() == {("v2", 3): left}


def test_a_scene_that_is_regenerated_re_opens_the_finale_and_only_what_the_change_reaches_is_done() -> None:
    stage = staged({("v1", 2): 1, ("v2", 1): 1, ("v2", 4): 1, ("v3", 0): 1})
    stage.play()
    again = stage.after(StepRetaken(step=verse_of("v2"), take=1))
    board = Board(LimerickPlan(), again.known)
    assert [str(step.id) for step in board.steps("").values()] == ["outline"]  # no finale over a text that will change
    assert again.roughness() == {}  # until there is something new, the reader keeps what is there
    assert again.play().outcome == "done"
    assert again.author.performed == ["verse@v2", "lead@v2", "review/1", "refine/1.v2", "review/2"]
    assert again.times("step.started")["review/1"] == SECONDS["verse"] + SECONDS["lead"]
    assert again.text()["v2"][1] == "v2 line 1 rough 0, take 1"
    assert again.roughness() == {}
    assert [str(step.id) for step in Board(LimerickPlan(), again.known).stale()] == ["lead@v3"]


def test_a_changed_line_drops_its_own_patch_and_no_other() -> None:
    stage = staged({("v1", 2): 1, ("v2", 1): 1, ("v2", 4): 1})
    stage.play()
    again = stage.after(StepRetaken(step=verse_of("v2"), take=1))
    again.play()
    cut = next(i for i, event in enumerate(again.events) if event.type == "step.retaken") + 1
    adopted = next(i for i, event in enumerate(again.events[cut:], cut) if event.type == "step.adopted")
    between = Stage(again.author, again.events[: adopted + 1])
    assert between.text()["v2"][1] == "v2 line 1 rough 1, take 1"
    assert between.roughness() == {("v2", 1): 1}


def test_what_is_regenerated_during_the_finale_stops_it_and_its_answers_are_not_adopted() -> None:
    stage = staged()

    async def go() -> RunEnded:
        playing = stage.running()
        run_ = asyncio.ensure_future(playing.execute())
        await asyncio.sleep(30)  # both refinements are in flight
        stage.events.append(StepRetaken(step=lead_of("v2"), take=1))
        await playing.catch_up()
        return await run_

    assert run(go()).outcome == "done"
    adopted = [(at, str(event.step)) for at, event in stage.log if event.type == "step.adopted"]
    assert [(at, step) for at, step in adopted if at > 29] == [
        (34, "lead@v2"),
        (39, "review/1"),
        (41, "refine/1.v1"),
        (41, "refine/1.v3"),
        (46, "review/2"),
        (48, "refine/2.v3"),
        (53, "review/3"),
    ]


def test_a_pause_during_the_finale_keeps_what_is_in_flight() -> None:
    stage = staged()

    async def go() -> RunEnded:
        playing = stage.running()
        run_ = asyncio.ensure_future(playing.execute())
        await asyncio.sleep(30)
        await playing.pause()
        return await run_

    assert run(go()).outcome == "paused"
    assert stage.log[-1][0] == 31  # when both refinements had ended
    assert stage.roughness() == {("v1", 2): 1, ("v3", 0): 2}  # nobody has judged them yet
    assert stage.play().outcome == "done"
    assert stage.author.performed == ["review/2", "refine/2.v3", "review/3"]


ROUGH = st.dictionaries(
    st.tuples(st.sampled_from(["v1", "v2", "v3"]), st.integers(0, 5)), st.integers(1, 4), max_size=9
)


@settings(max_examples=60, deadline=None)
@given(ROUGH, st.lists(st.integers(0, 100), min_size=3, max_size=3), st.integers(2, 6))
def test_whatever_the_reviews_say_a_parallel_finale_gives_the_text_of_a_serial_one(
    roughness: dict[Lines, int], scores: list[int], limit: int
) -> None:
    serial, parallel = staged(roughness, scores=scores), staged(roughness, scores=scores)
    assert serial.play(Limits()).outcome == parallel.play(Limits(model=limit)).outcome == "done"
    assert serial.text() == parallel.text()
    reviews = [step for step in parallel.author.performed if step.startswith("review")]
    kept = max(range(len(reviews)), key=lambda number: scores[number])  # the first of the best
    assert parallel.roughness() == {at: much - kept for at, much in roughness.items() if much > kept}


def test_another_take_of_a_review_goes_round_again_from_there() -> None:
    stage = staged()
    stage.play()
    again = stage.after(StepRetaken(step=review_of(2), take=1, note="be kinder"))
    assert again.play().outcome == "done"
    assert again.author.performed == ["review/2"]  # it finds the same, so all that follows still holds


def test_a_failed_scene_makes_the_finale_wait() -> None:
    failing = {"verse@v2"}

    def fail(step: Step) -> None:
        if str(step.id) in failing:
            raise BadAnswer("no")

    stage = staged(fail=fail)
    assert stage.play().outcome == "failed"
    assert finale(stage.author.performed) == []
    failing.clear()
    assert stage.play().outcome == "done"
    assert stage.author.performed[:3] == ["verse@v2", "lead@v2", "review/1"]


def test_a_skipped_scene_is_gone_on_without_until_it_is_wanted_again() -> None:
    def fail(step: Step) -> None:
        if step.id == lead_of("v2"):
            raise BadAnswer("no")

    stage = staged(fail=fail)
    assert stage.play().outcome == "paused"
    skipped = stage.after(SceneSkipped(scene="v2"))
    assert skipped.play().outcome == "done"
    assert skipped.author.performed[:2] == ["lead@v3", "review/1"]
    assert list(skipped.text()) == ["v1", "v3"]
    skipped.author.fail = lambda step: None
    wanted = skipped.after(SceneWanted(scene="v2"))
    assert wanted.play().outcome == "done"
    refined = [step for step in wanted.author.performed if step.startswith("refine")]
    assert (list(wanted.text()), refined) == (["v1", "v2", "v3"], [])  # v1 and v3 are found as they were


def test_a_scene_that_is_skipped_when_all_is_done_is_left_out_and_the_others_are_reviewed_without_it() -> None:
    stage = staged()
    stage.play()
    skipped = stage.after(SceneSkipped(scene="v3"))
    assert list(skipped.text()) == ["v1", "v2"]
    assert skipped.play().outcome == "done"
    assert skipped.author.performed == ["review/1", "review/2"]
    assert skipped.roughness() == {}


def test_without_any_scene_there_is_nothing_to_review() -> None:
    stage = staged()
    stage.play()
    empty = stage.after(*(SceneSkipped(scene=scene) for scene in ("v1", "v2", "v3")))
    assert empty.play().outcome == "done"
    assert empty.author.performed == []


def test_a_refinement_that_fails_is_gone_on_without_and_tried_again_by_the_next_run() -> None:
    failing = {refine_of(1, "v1"), refine_of(2, "v1")}

    def fail(step: Step) -> None:
        if step.id in failing:
            raise BadAnswer("no")

    stage = staged(fail=fail, scores=[50, 60, 70])
    assert stage.play().outcome == "failed"
    assert stage.roughness() == {("v1", 2): 1}
    assert finale(stage.author.performed)[-1] == "review/3"
    assert stage.play().outcome == "failed"
    assert stage.author.performed == ["refine/1.v1", "refine/2.v1"]  # what followed without it still holds
    failing.clear()
    assert stage.play().outcome == "done"
    assert stage.roughness() == {}


def test_a_review_that_fails_pauses_the_work_and_a_dead_account_is_not_gone_on_without() -> None:
    for name, error in (("review", BadAnswer("no")), ("refine", CallFailed("401", failure=FailureClass.FATAL))):
        failing = [True]

        def fail(step: Step, name: str = name, error: Exception = error, failing: list[bool] = failing) -> None:
            if failing and step.id.name == name:
                raise error

        stage = staged(fail=fail)
        assert stage.play().outcome == "paused"
        assert "review/2" not in stage.author.performed
        failing.clear()
        assert stage.play().outcome == "done"
        assert finale(stage.author.performed)[-1] == "review/3"
        assert stage.roughness() == {}


@pytest.mark.parametrize("limits", [Limits(), WIDE])
def test_killed_at_any_event_nothing_is_performed_twice(limits: Limits) -> None:
    whole = staged()
    whole.play(limits)
    values = {step: adopted.value for step, adopted in whole.known.adopted.items()}
    for end in range(1, len(whole.events)):
        cut = Stage(Author(whole.author.roughness), whole.events[:end])
        before = {str(step) for step in cut.known.adopted}
        assert cut.play(limits).outcome == "done"
        assert Counter(cut.author.performed) == Counter({str(step) for step in values} - before)
        assert {step: adopted.value for step, adopted in cut.known.adopted.items()} == values
        assert cut.text() == whole.text()


def test_killed_at_any_event_after_a_change_only_what_the_change_reaches_is_performed() -> None:
    stage = staged()
    stage.play()
    again = stage.after(StepRetaken(step=verse_of("v1"), take=1))
    start = len(again.events)
    again.play()
    for end in range(start, len(again.events)):
        cut = Stage(Author(stage.author.roughness), again.events[:end])
        done = {str(event.step) for event in again.events[start:end] if event.type == "step.adopted"}
        assert cut.play().outcome == "done"
        assert Counter(cut.author.performed) == Counter(set(again.author.performed) - done)
        assert cut.text() == again.text()


def test_a_listener_is_told_how_long_a_verse_plays() -> None:
    stage = staged({})
    assert LimerickPlan().seconds(stage.known, "v1") is None
    stage.play()
    assert LimerickPlan().seconds(stage.known, "v1") == pytest.approx(5 * 5 * 0.4)


@pytest.mark.parametrize(("verses", "reviews"), [(1, 1), (3, 3), (12, 3)])
def test_the_rhymester_needs_no_model_and_rhymes_alike_every_time(verses: int, reviews: int) -> None:
    async def rhyme() -> tuple[RunEnded, Known]:
        known = Known().replay([BriefSet(brief=Brief(kind="limerick", topic="cats", scenes=verses))])
        return await Run(Board(LimerickPlan(), known), rhymester(), MemoryJournal()).execute(), known

    (ended, known), (_, twin) = run(rhyme()), run(rhyme())
    assert (ended.outcome, known.adopted) == ("done", twin.adopted)
    assert sum(step.name == "review" for step in known.adopted) == reviews
    scores = [known.adopted[review_of(number)].value["score"] for number in range(1, reviews + 1)]
    assert scores == sorted(scores)
    assert len(known.adopted[OUTLINE].value["parts"]) == verses + 1


def test_the_rhymester_takes_another_line_for_another_take() -> None:
    async def verse(take: int) -> dict[str, Any]:
        step = Step(id=StepId(name="verse", scene="v1"), pool="cpu", inputs={"topic": "t", "turn": "u"}, take=take)
        return await rhymester()["verse"](step, Desk(parts=(), part=_never, note=_never, leave=asyncio.Event()))

    assert run(verse(0)) != run(verse(1))


async def _never(_: object) -> None:
    raise AssertionError("a verse has no parts")


def test_the_kind_knows_nothing_of_classrooms() -> None:
    lists = (
        "import sys, scenewright.scheduler, scenewright.testing.limerick.kind as kind; "
        "print([name for name in sys.modules if name.startswith('scenewright.kinds.classroom')])"
    )
    done = subprocess.run([sys.executable, "-c", lists], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
