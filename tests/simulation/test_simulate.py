"""The real engine on a clock that jumps: exact seconds."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.errors import BadInput
from scenewright.simulation import Failures, Fixed, Report, Setting, Uniform, Workload, compare, setting, simulate
from scenewright.testing.provider.quota import Quota


def even(scenes: int = 3, **changed: Any) -> Workload:
    """Outline 3 s, content 4 s, actions 2 s in two parts, clips of 1 s of which a listener hears 5."""
    made: dict[str, Any] = {
        "scenes": scenes, "outline": 3.0, "content": Fixed(4.0), "actions": Fixed(2.0), "clip": Fixed(1.0),
        "parts": 2, "clips": 2, "speech": Fixed(5.0),
    }  # fmt: skip
    return Workload(**{**made, **changed})


def starts(report: Report, step: str) -> list[float]:
    return sorted(each.start for each in report.intervals if each.step == step)


def test_one_call_at_a_time_and_voices_beside_it() -> None:
    report = simulate(even(), setting("off"))
    assert report.outcome == "done"
    assert starts(report, "content") == [3, 9, 15]
    assert starts(report, "actions") == [7, 13, 19]
    assert starts(report, "clip") == [8, 9, 14, 15, 20, 21]
    assert [at for _, at in report.releases] == [10, 16, 22]
    assert (report.makespan, report.first_scene) == (22, 10)


def test_contents_run_ahead_while_the_outline_streams() -> None:
    report = simulate(even(), setting("4"))
    assert starts(report, "content") == [1, 2, 3]
    assert starts(report, "actions") == [5, 7, 9]
    assert report.makespan == 12
    assert report.bounds is not None
    assert (report.bounds.simple, report.over_bound) == (12, 1)


def test_nothing_starts_before_the_outline_has_ended_if_it_does_not_stream() -> None:
    report = simulate(even(streams=False), setting("4"))
    assert starts(report, "content") == [3, 3, 3]
    assert starts(report, "clip") == [9, 9, 11, 11, 13, 13]


def test_a_listener_who_outruns_the_work_waits() -> None:
    report = simulate(even(speech=Fixed(1.0)), setting("off"))
    # Released at 10, 16 and 22; each scene plays 2 s.
    assert report.stalls == (2, 8.0)
    assert simulate(even(), setting("off")).stalls == (0, 0.0)


def test_only_what_is_listened_to_is_written() -> None:
    report = simulate(even(4, outline=4.0), setting("4", ahead=1))
    # The first scene is released at 8 and plays 10 s; each later one is written while the one before it is heard.
    assert starts(report, "content") == [1, 8, 18, 28]
    assert [at for _, at in report.releases] == [8, 15, 25, 35]
    assert (report.stalls.times, report.pauses, report.outcome) == (0, 0, "done")
    assert simulate(even(4, speech=Fixed(1.0)), setting("4", ahead=1)).stalls.times == 3


@pytest.mark.parametrize("step", ["content", "actions", "clip"])
def test_a_listener_whose_next_scenes_failed_has_them_tried_again(step: str) -> None:
    report = simulate(even(12, failures={step: Failures(permanent=0.3)}), setting("3", ahead=2))
    assert report.outcome in ("done", "failed")
    assert len(report.releases) + report.failed_scenes == 12
    assert report.pauses > 0


def test_a_quota_refuses_what_is_too_much_and_the_work_is_done_all_the_same() -> None:
    free, narrow = (simulate(even(6, model_quota=quota), setting("3")) for quota in (Quota(), Quota(concurrent=2)))
    assert free.calls.refused == 0
    assert narrow.calls.refused > 0
    assert narrow.calls.sent == free.calls.sent + narrow.calls.refused
    assert narrow.outcome == "done"


@pytest.mark.parametrize("places", ["off", "3", "6"])
def test_a_gate_at_which_nobody_waits_changes_nothing(places: str) -> None:
    roomy = Quota(concurrent=100, per_minute=1_000_000, burst=1.0)
    without, behind = (
        simulate(Workload(scenes=12, model_quota=quota, voice_quota=quota), setting(places))
        for quota in (Quota(), roomy)
    )
    assert behind.intervals == without.intervals
    assert behind.releases == without.releases
    assert behind.model_use == pytest.approx(without.model_use)


def test_the_adaptive_gate_finds_what_an_account_takes() -> None:
    report = simulate(even(60, model_quota=Quota(concurrent=4, hidden=True)), setting("auto"))
    serial = simulate(even(60), setting("off"))
    assert report.outcome == "done"
    assert report.makespan < serial.makespan / 2
    assert report.calls.refused_share < 0.05


def test_requests_a_minute_bound_the_makespan() -> None:
    report = simulate(even(20, model_quota=Quota(per_minute=12, burst=0.1)), setting("6"))
    assert report.bounds is not None
    assert report.bounds.simple == pytest.approx((41 / 12 - 0.1) * 60)
    assert report.makespan >= report.bounds.simple


def test_a_content_that_fails_marks_its_scene_and_the_rest_goes_on() -> None:
    report = simulate(even(20, failures={"content": Failures(permanent=0.2)}), setting("3"))
    assert report.outcome == "failed"
    assert report.failed_scenes == report.calls.failed > 0
    assert len(report.releases) == 20 - report.failed_scenes
    assert report.bounds is None
    assert report.over_bound is None


def test_actions_that_fail_pause_the_run_and_somebody_resumes_it() -> None:
    report = simulate(even(20, failures={"actions": Failures(permanent=0.2)}), setting("3"))
    assert (report.outcome, report.failed_scenes) == ("done", 0)
    assert report.pauses == sum(each.ended == "failed" for each in report.intervals) > 0


def test_failures_that_pass_are_tried_again_within_the_run() -> None:
    report = simulate(even(20, failures={"clip": Failures(transient=0.3)}), setting("3"))
    assert (report.outcome, report.pauses) == ("done", 0)
    assert report.calls.failed > 0


def test_who_fails_always_is_given_up() -> None:
    assert simulate(even(1, failures={"outline": Failures(permanent=1.0)}), setting("off")).outcome == "paused"


@pytest.mark.parametrize(
    ("scenes", "limit", "times", "first"),
    [(10, 1, 1.53, 43.3), (10, 3, 3.47, 20.5), (10, 6, 4.10, 20.4)],
)
def test_it_is_not_behind_a_plain_greedy_order(scenes: int, limit: int, times: float, first: float) -> None:
    """`times`: what that order was seen to give over serial writing, on the same works."""
    found = [
        simulate(Workload(scenes=scenes, seed=seed), Setting(name="", model=limit, voice=limit)) for seed in range(30)
    ]
    serial = {10: 306.3, 30: 880.7}[scenes]  # seconds, mean of the same works
    assert serial / statistics.mean(report.makespan for report in found) > times - 0.005
    assert statistics.mean(report.first_scene or 0.0 for report in found) < first


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(1, 8), st.integers(1, 8), st.integers(0, 99), st.booleans())
def test_nothing_beats_the_bounds(scenes: int, model: int, voice: int, seed: int, streams: bool) -> None:
    work = Workload(scenes=scenes, seed=seed, streams=streams, parts=3, clips=2, content=Uniform(1, 9))
    report = simulate(work, Setting(name="", model=model, voice=voice))
    assert report.bounds is not None
    assert report.outcome == "done"
    assert report.makespan >= report.bounds.tight - 1e-6
    assert report.bounds.tight >= report.bounds.simple
    assert [scene for scene, _ in report.releases] == list(range(scenes))
    assert _most_at_once(report, {"outline", "content", "actions"}) <= model
    assert _most_at_once(report, {"clip"}) <= voice


def _most_at_once(report: Report, steps: set[str]) -> int:
    ends = [(each.end, -1) for each in report.intervals if each.step in steps]
    begins = [(each.start, 1) for each in report.intervals if each.step in steps]
    running = most = 0
    for _, more in sorted(ends + begins):
        running += more
        most = max(most, running)
    return most


def test_several_processes_give_what_one_gives() -> None:
    choices = [setting("off"), setting("3"), setting("auto")]
    assert compare(even(), choices, processes=2) == compare(even(), choices)


def test_the_same_is_simulated_alike() -> None:
    work = Workload(scenes=8, model_quota=Quota(concurrent=2), failures={"content": Failures(transient=0.2)})
    first, second = (simulate(work, setting("auto")) for _ in range(2))
    assert first == second
    assert simulate(Workload(scenes=8, seed=1), setting("3")) != simulate(Workload(scenes=8), setting("3"))


@pytest.mark.parametrize("text", ["", "many", "-1", "1.5", "99999"])
def test_nonsense_is_no_setting(text: str) -> None:
    with pytest.raises(BadInput, match="parallelism"):
        setting(text)


@pytest.mark.parametrize(
    "changed", [{"scenes": 0}, {"clips": 3}, {"outline": -1.0}, {"failures": {"refine": Failures()}}, {"parts": 0}]
)
def test_nonsense_is_no_workload(changed: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        even(**changed)


@pytest.mark.parametrize(
    ("shares", "named"),
    [({"transient": 1.0}, "errors"), ({"transient": -0.1}, "errors"), ({"permanent": 1.5}, "refusals")],
)
def test_a_share_that_cannot_be_is_named(shares: dict[str, float], named: str) -> None:
    with pytest.raises(BadInput, match=f"share of {named}"):
        Failures(**shares)
