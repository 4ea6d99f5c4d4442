"""What an episode says beforehand of what it will take."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.brief import Brief
from scenewright.domain.document import Document, Prose, Section
from scenewright.domain.show import Show
from scenewright.kinds.episode.details import EpisodeDetails
from scenewright.kinds.episode.forecast import forecast
from scenewright.kinds.plugin import Forecast, StepForecast
from scenewright.testing.episode import show
from tests.kinds.episode import desk

WINDOW = 32_000
NAMES = ["outline", "dialogue", "directions", "comedy", "review", "refine", "read"]


def brief(bible: Show | None = None, rounds: int = 3, **fields: Any) -> Brief:
    details = EpisodeDetails(show=show(22) if bible is None else bible, rounds=rounds)
    usual = {
        "topic": "Fog.",
        "language": "en",
        "author": "llm",
        "model": "x:y",
        "details": details.model_dump(mode="json"),
    }
    return Brief(**{"kind": "episode", **usual, **fields})


def steps(found: Forecast) -> dict[str, StepForecast]:
    return {step.name: step for step in found.steps}


def total(found: Forecast, of: str, case: int = 1) -> float:
    return float(sum((step.steps * step.calls * getattr(step, of)).values[case] for step in found.steps))


def test_every_step_is_there_and_the_read_only_with_sound() -> None:
    assert [step.name for step in forecast(brief(), WINDOW).steps] == NAMES
    assert [step.name for step in forecast(brief(audio=False), WINDOW).steps] == NAMES[:-1]


def test_the_number_of_scenes_follows_from_the_running_time() -> None:
    found = forecast(brief(), WINDOW)
    assert found.scenes.values == (8, 10, 13)
    assert "22 minutes" in found.assumed[0]
    assert forecast(brief(scenes=9), WINDOW).scenes.exact


def test_a_ready_outline_asks_no_model_for_one() -> None:
    ready = desk.brief(4).model_copy(update={"author": "llm"})
    found = forecast(ready, WINDOW)
    assert found.scenes.values == (4, 4, 4)
    assert steps(found)["outline"].pool == "cpu"
    assert steps(found)["dialogue"].pool == "model"


def test_the_offline_author_costs_nothing_and_is_heard() -> None:
    found = forecast(brief(author="offline", scenes=9), WINDOW)
    assert [step.pool for step in found.steps] == ["cpu"] * 6 + ["voice"]
    assert total(found, "input_tokens") == total(found, "output_tokens") == 0
    # 22 minutes of which 80 % are spoken, at 14.5 characters a second and the pace of a comedy ...
    spoken = 22 * 60 * 0.8 * 14.5 * 1.15
    narrated = 9 * (8 + 1) * 90  # ... and eight directions and a heading for each scene
    assert total(found, "characters") == pytest.approx(spoken + narrated, rel=0.02)


def test_an_invented_show_is_a_longer_outline() -> None:
    given, open_ = (steps(forecast(brief(bible, scenes=9), WINDOW)) for bible in (show(22), Show(title="")))
    assert open_["outline"].output_tokens.likely > given["outline"].output_tokens.likely


def test_documents_are_read_by_the_outline_only_and_never_beyond_the_window() -> None:
    long = Document(name="t", sections=(Section(id="a", title="T", blocks=(Prose(text="fog " * 200_000),)),))
    without, with_ = (steps(forecast(brief(scenes=9, documents=docs), WINDOW)) for docs in ((), (long,)))
    assert without["outline"].input_tokens.likely < with_["outline"].input_tokens.likely < WINDOW
    assert without["dialogue"] == with_["dialogue"]


def test_what_does_not_fit_into_the_window_is_asked_in_runs() -> None:
    wide, narrow = (steps(forecast(brief(scenes=12), window)) for window in (32_000, 4_000))
    assert wide["review"].calls.likely == 1
    assert narrow["review"].calls.likely > 1
    assert narrow["comedy"].calls.likely == 3 * narrow["review"].calls.likely


@pytest.mark.parametrize(("rounds", "reviews"), [(0, (1, 1, 1)), (1, (1, 2, 2)), (3, (1, 2, 4))])
def test_rounds_say_how_often_it_is_reviewed(rounds: int, reviews: tuple[int, ...]) -> None:
    found = steps(forecast(brief(scenes=9, rounds=rounds), WINDOW))
    assert found["review"].steps.values == reviews
    assert found["refine"].steps.high == 9 * rounds


@settings(max_examples=25)
@given(fewer=st.integers(1, 60), more=st.integers(1, 60), author=st.sampled_from(["llm", "offline"]))
def test_more_scenes_never_take_less(fewer: int, more: int, author: str) -> None:
    one, other = (forecast(brief(scenes=count, author=author), WINDOW) for count in sorted((fewer, more)))
    for of in ("input_tokens", "output_tokens", "characters"):
        for case in (0, 1, 2):
            assert total(one, of, case) <= total(other, of, case) * (1 + 1e-9)


def test_nothing_is_guessed_backwards() -> None:
    for step in forecast(brief(), WINDOW).steps:
        assert step.steps.likely > 0
        assert step.pool != "model" or (step.input_tokens.likely > 500 and step.output_tokens.likely > 0)
