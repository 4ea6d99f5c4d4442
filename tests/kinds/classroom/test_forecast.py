"""What a classroom says beforehand of what it will take."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.document import Document, Prose, Section
from scenewright.domain.ranges import Range
from scenewright.kinds.classroom.kind import PLUGIN
from scenewright.kinds.plugin import Forecast, StepForecast
from scenewright.testing.classroom import document

WINDOW = 32_000


def brief(**fields: Any) -> Brief:
    people = (Speaker(id="teacher", name="Teacher", voice="espeak:en"),)
    usual = {"documents": (document(4),), "language": "en", "author": "llm", "speakers": people}
    return Brief(**{**usual, **fields})


def long(sections: int, words: int) -> Document:
    return Document(
        name="long.md",
        sections=tuple(
            Section(id=f"part-{number}", title=f"Part {number}", blocks=(Prose(text="tide " * words),))
            for number in range(sections)
        ),
    )


def forecast(wanted: Brief, window: int = WINDOW) -> Forecast:
    return PLUGIN.forecast(wanted, window)


def steps(found: Forecast) -> dict[str, StepForecast]:
    return {step.name: step for step in found.steps}


def test_every_step_is_there_and_clips_only_with_sound() -> None:
    assert list(steps(forecast(brief(scenes=3)))) == ["outline", "content", "actions", "clip"]
    assert list(steps(forecast(brief(scenes=3, audio=False)))) == ["outline", "content", "actions"]


def test_a_longer_source_is_read_by_the_outline_and_by_the_scenes() -> None:
    short, longer = (steps(forecast(brief(documents=(long(10, words),), scenes=5))) for words in (50, 500))
    more = 10 * 450 * len("tide ") / 4  # tokens
    grown = longer["outline"].input_tokens.likely - short["outline"].input_tokens.likely
    assert grown == pytest.approx(more, rel=0.05)
    grown = longer["content"].input_tokens.likely - short["content"].input_tokens.likely
    assert grown == pytest.approx(more / 5, rel=0.05)
    assert longer["actions"].input_tokens == short["actions"].input_tokens


def test_a_source_that_does_not_fit_is_planned_in_several_requests() -> None:
    outline = steps(forecast(brief(documents=(long(40, 1000),), scenes=20)))["outline"]
    assert outline.calls.likely >= 3
    assert outline.input_tokens.likely < WINDOW


def test_no_scene_reads_more_than_its_window() -> None:
    content = steps(forecast(brief(documents=(long(2, 50_000),), scenes=2), window=8_000))["content"]
    assert content.input_tokens.high < 8_000


@pytest.mark.parametrize(("words", "scenes"), [(10, 5), (320, 10), (5000, 14)])
def test_the_number_of_scenes_follows_from_the_source(words: int, scenes: int) -> None:
    found = forecast(brief(documents=(long(10, words),)))
    assert found.scenes.likely == scenes
    assert 5 <= found.scenes.low <= found.scenes.high <= 14


def test_chinese_says_as_much_in_fewer_characters() -> None:
    english, chinese = (steps(forecast(brief(scenes=3, language=language)))["clip"] for language in ("en", "zh"))
    assert chinese.characters.likely < english.characters.likely / 2


@settings(max_examples=30)
@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 12), st.integers(0, 400))
def test_a_brief_with_more_scenes_never_takes_less(one: int, other: int, sections: int, words: int) -> None:
    few, many = (forecast(brief(documents=(long(sections, words),), scenes=scenes)) for scenes in sorted((one, other)))
    for less, more in zip(few.steps, many.steps, strict=True):
        for amount in ("input_tokens", "output_tokens", "characters"):
            assert _whole(less, amount) <= _whole(more, amount) + 1e-6


def _whole(step: StepForecast, amount: str) -> float:
    each: Range = getattr(step, amount)
    return (step.steps * step.calls * each).likely


def test_the_offline_author_is_counted_by_letting_it_write() -> None:
    found = forecast(brief(author="offline"))
    assert found.counted
    assert found.scenes.exact
    assert {step.pool for step in found.steps} == {"cpu", "voice"}
    assert steps(found)["clip"].characters.likely > 0
    assert found.heard.likely > 0
