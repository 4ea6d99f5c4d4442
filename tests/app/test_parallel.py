"""What people mean by --parallel and its variables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.app.parallel import OFF, Parallel, is_parallel, parse_parallel
from scenewright.app.settings import load_settings

AUTO = Parallel(most=64, adaptive=True)
SENSIBLE: dict[object, Parallel] = {
    **dict.fromkeys([None, "", " ", "0", 0, "00", "false", "False", False, "off", "OFF", "no", "1", 1, "01"], OFF),
    **dict.fromkeys(["true", "True", "on", "yes", "3", " 3 "], Parallel(most=3)),
    **dict.fromkeys(["auto", "AUTO"], AUTO),
    "64": Parallel(most=64),
    "007": Parallel(most=7),
}
NONSENSE = [
    "-1",
    -1,
    "1.5",
    1.5,
    3.0,
    "banana",
    "NaN",
    math.nan,
    math.inf,
    "-0.0",
    "1e3",
    "3 4",
    "٣",
    "0x10",
    "\x1b[31m",
]


@pytest.mark.parametrize("value", SENSIBLE)
def test_sensible_values(value: object) -> None:
    assert parse_parallel(value) == (SENSIBLE[value], "")


def test_true_is_not_one() -> None:
    assert parse_parallel(True) == (Parallel(most=3), "")


@pytest.mark.parametrize("value", NONSENSE, ids=repr)
def test_nonsense_is_off_and_the_warning_names_it_and_what_is_possible(value: object) -> None:
    meant, warning = parse_parallel(value, name="parallel")
    assert meant.off
    assert repr(str(value)) in warning
    assert all(word in warning for word in ("parallel:", "off", "auto", "1 to 64"))


@pytest.mark.parametrize("value", ["65", "1000000000", "9" * 5000])
def test_more_than_the_ceiling_is_the_ceiling_with_a_warning(value: str) -> None:
    meant, warning = parse_parallel(value)
    assert meant == Parallel(most=64)
    assert "SCENEWRIGHT_PARALLEL_CEILING" in warning
    assert len(warning) < 200


def test_the_ceiling_can_be_raised_and_lowered() -> None:
    assert parse_parallel("100", 128) == (Parallel(most=100), "")
    assert parse_parallel("auto", 128)[0] == Parallel(most=128, adaptive=True)
    assert parse_parallel("true", 2) == (Parallel(most=2), "")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()), st.integers(1, 100))
def test_whatever_is_said_means_something_between_one_and_the_ceiling(value: object, ceiling: int) -> None:
    meant, _ = parse_parallel(value, ceiling)
    assert 1 <= meant.most <= ceiling
    assert parse_parallel(str(meant), ceiling) == (meant, "")


@given(st.text(max_size=12))
def test_what_is_sensible_is_taken_for_a_value(word: str) -> None:
    _, warning = parse_parallel(word)
    assert is_parallel(word) or warning or not word.strip()


@pytest.mark.parametrize(
    ("environment", "most"),
    [
        ({}, 1),
        ({"PARALLEL_SCENE_CONCURRENCY": "5"}, 5),
        ({"SCENEWRIGHT_PARALLEL_SCENE_CONCURRENCY": "4"}, 4),
        ({"PARALLEL_SCENE_CONCURRENCY": "5", "SCENEWRIGHT_PARALLEL_SCENE_CONCURRENCY": "4"}, 4),
        ({"PARALLEL_SCENE_CONCURRENCY": "5", "SCENEWRIGHT_PARALLEL_SCENE_CONCURRENCY": "off"}, 1),
        ({"PARALLEL_SCENE_CONCURRENCY": "5", "SCENEWRIGHT_PARALLEL_SCENE_CONCURRENCY": ""}, 5),
        ({"PARALLEL_SCENE_CONCURRENCY": "500", "SCENEWRIGHT_PARALLEL_CEILING": "100"}, 100),
    ],
)
def test_the_variable_is_read_with_and_without_the_prefix(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], most: int
) -> None:
    for name in ("PARALLEL_SCENE_CONCURRENCY", "SCENEWRIGHT_PARALLEL_SCENE_CONCURRENCY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert load_settings().for_models.most == most
    assert load_settings(parallel_scene_concurrency="2").for_models.most == 2


def test_voices_follow_the_scenes_unless_they_are_set() -> None:
    assert load_settings(parallel_scene_concurrency="auto").for_voices == AUTO
    apart = load_settings(parallel_scene_concurrency="auto", voice_parallel="2")
    assert (apart.for_models, apart.for_voices) == (AUTO, Parallel(most=2))
    assert load_settings(parallel_scene_concurrency="banana").warnings == (
        load_settings(parallel_scene_concurrency="banana", voice_parallel="3").warnings
    )
