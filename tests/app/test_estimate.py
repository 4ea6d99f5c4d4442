"""Estimates: what follows from a brief, from prices and from past runs, with nobody being asked."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.app.estimate import Estimate, estimate, reckon
from scenewright.app.preflight import completed
from scenewright.app.pricing import parse_amount, said_prices
from scenewright.app.settings import Settings
from scenewright.app.sources import Request
from scenewright.app.works import Works
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadSettings
from scenewright.domain.ranges import Range
from scenewright.kinds.plugin import load
from scenewright.observe import History
from scenewright.providers.prices import Price
from scenewright.testing.classroom import classroom, document
from scenewright.testing.provider import ScriptedProvider

PRICES = said_prices("1/2", "15")
SETTINGS = Settings(home=Path("/nowhere"), model="openai:m")


def brief(**fields: Any) -> Brief:
    usual = {"documents": (document(4),), "language": "en", "author": "llm", "model": "openai:m"}
    return Brief(**{**usual, "voice": "openai:alloy", **fields})


@cache
def reckoned(**fields: Any) -> Estimate:
    wanted = completed(brief(**fields), SETTINGS)
    return reckon(wanted, load(wanted.kind), SETTINGS, PRICES, History())


def wholes(found: Estimate) -> dict[str, Range]:
    return {time.parallel: time.whole for time in found.times}


@settings(max_examples=10)
@given(st.integers(1, 12), st.integers(1, 12))
def test_more_scenes_never_cost_less_nor_take_less_time(one: int, other: int) -> None:
    few, many = (reckoned(scenes=scenes) for scenes in sorted((one, other)))
    assert few.cost is not None
    assert many.cost is not None
    assert 0 <= few.cost.low <= few.cost.likely <= few.cost.high
    assert few.cost.low <= many.cost.low
    assert few.cost.likely <= many.cost.likely
    assert few.cost.high <= many.cost.high
    for name in ("calls", "input_tokens", "output_tokens", "characters"):
        assert few.total(name).likely <= many.total(name).likely
    for short, long in zip(few.times, many.times, strict=True):
        assert short.whole.likely <= long.whole.likely + 1e-6


@settings(max_examples=10)
@given(st.integers(1, 12), st.booleans())
def test_off_takes_no_less_than_three_and_nothing_beats_the_bound(scenes: int, audio: bool) -> None:
    found = reckoned(scenes=scenes, audio=audio)
    times = wholes(found)
    for off, three in zip(times["off"].values, times["3"].values, strict=True):
        assert off >= three - 1e-6
    for time in found.times:
        for whole, bound in zip(time.whole.values, time.bound.values, strict=True):
            assert whole >= bound - 1e-6


def test_what_runs_side_by_side_is_not_added_up() -> None:
    """An episode's dialogues and directions wait for nobody, nor do the scenes of its table read."""
    people = [{"id": name, "name": name.upper()} for name in ("ada", "bo")]
    details = {"show": {"title": "Fog", "minutes": 9, "characters": people}}
    episode = Brief(kind="episode", topic="Fog", author="llm", model="openai:m", scenes=9, details=details)
    wanted = completed(episode, SETTINGS)
    times = wholes(reckon(wanted, load("episode"), SETTINGS, PRICES, History()))
    assert times["3"].likely < 0.6 * times["off"].likely


def test_a_work_of_the_offline_author_is_counted_exactly() -> None:
    found = reckoned(author="offline", model="", voice="")
    assert found.cost is not None
    assert found.cost.high == 0
    assert found.total("output_tokens").high == 0
    assert found.scenes.exact
    assert found.total("characters").exact
    assert found.total("characters").likely > 100


def test_without_audio_nothing_is_spoken() -> None:
    assert reckoned(scenes=3, audio=False).total("characters").high == 0


def test_a_large_work_is_told_by_its_bound() -> None:
    found = reckoned(scenes=2000)
    assert [time.whole for time in found.times] == [time.bound for time in found.times]
    assert all(time.first_scene is None for time in found.times)
    assert any("lower bounds" in sentence for sentence in found.assumed)


def test_an_open_number_of_scenes_is_what_the_model_is_asked_for() -> None:
    assert reckoned(topic="the moon", documents=()).scenes == Range(5, 9, 14)
    assert reckoned().scenes.low >= 5


@pytest.mark.parametrize(("model", "known"), [("openai:gpt-5-mini", True), ("openai:none-such", False)])
def test_an_unknown_price_is_never_taken_for_nothing(model: str, known: bool) -> None:
    wanted = completed(brief(scenes=3, model=model, audio=False), SETTINGS)
    found = reckon(wanted, load("classroom"), SETTINGS, {}, History())
    assert (found.cost is not None) is known
    assert found.unpriced == (() if known else (model,))


def test_the_cost_is_what_the_prices_say() -> None:
    found = reckoned(scenes=4)
    for step in found.steps:
        assert step.cost is not None
        tokens = Decimal(step.input_tokens.likely) * 1 + Decimal(step.output_tokens.likely) * 2
        spoken = Decimal(step.characters.likely) * 15
        assert float(step.cost.likely) == pytest.approx(float(tokens + spoken) / 1e6, rel=0.01)


def test_another_model_for_a_step_is_priced_by_itself() -> None:
    prices = said_prices("openai:m=1/1,openai:dear=100/100", "15")
    wanted = completed(brief(scenes=3, models={"actions": "openai:dear"}), SETTINGS)
    found = {step.name: step for step in reckon(wanted, load("classroom"), SETTINGS, prices, History()).steps}
    assert found["actions"].by == "openai:dear"
    assert found["actions"].cost is not None
    assert found["content"].cost is not None
    assert found["actions"].cost.likely > 20 * found["content"].cost.likely


@pytest.mark.server
def test_estimates_ask_nobody_and_learn_from_what_was_made(tmp_path: Path) -> None:
    async def both() -> tuple[Estimate, Estimate, int, int]:
        with ScriptedProvider(answers=classroom) as server:
            own = Settings(home=tmp_path, base_url=server.base_url, speech_url=server.base_url, backoff=0.0)
            wanted = brief(documents=(document(),), model="openai:test", scenes=3)
            before = await estimate(wanted, own, PRICES)
            asked = len(server.requests)
            async with Works(own) as works:
                work = await works.create(Request(brief=wanted))
                assert (await works.run(work)).outcome == "done"
            made = len(server.requests)
            after = await estimate(wanted, own, PRICES)
            assert len(server.requests) == made
            return before, after, asked, made

    before, after, asked, made = asyncio.run(both())
    assert asked == 0
    assert (before.past_works, after.past_works) == (0, 1)
    assert all(step.seen == 0 for step in before.steps)
    assert {step.name: step.seen for step in after.steps} == {"outline": 1, "content": 3, "actions": 3, "clip": 6}
    assert after.total("calls").likely == pytest.approx(made)
    assert json.dumps([time.parallel for time in after.times]) == '["off", "3", "auto"]'


@pytest.mark.parametrize("text", ["x", "-1", "nan", "inf", "1e9", "", "1,5"])
def test_nonsense_is_no_amount(text: str) -> None:
    with pytest.raises(BadSettings, match="no amount of US dollars"):
        parse_amount(text, "--budget")


def test_amounts_are_exact() -> None:
    assert parse_amount("$2.50", "--budget") == Decimal("2.50")


@pytest.mark.parametrize(
    ("models", "voices", "says"), [("3", "", "two amounts"), ("1/x", "", "not a price"), ("", "1/2", "one amount")]
)
def test_nonsense_is_no_price(models: str, voices: str, says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        said_prices(models, voices)


def test_prices_of_models_and_voices_stand_side_by_side() -> None:
    prices = said_prices("1/2", "15")
    assert prices[""] == Price(input=Decimal(1), output=Decimal(2), characters=Decimal(15))
