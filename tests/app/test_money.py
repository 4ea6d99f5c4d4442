"""A budget, end to end: over real sockets, through the real wiring."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scenewright.app.settings import Settings
from scenewright.app.sources import Request
from scenewright.app.work import Work
from scenewright.app.works import Works
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadSettings
from scenewright.domain.events import RunEnded
from scenewright.testing.classroom import by_content, document
from scenewright.testing.provider import ScriptedProvider

pytestmark = pytest.mark.server
PRICE = "1/2"  # US dollars for a million tokens
VOICE_PRICE = "15"


def brief(**fields: Any) -> Brief:
    usual = {"documents": (document(),), "language": "en", "author": "llm", "model": "openai:test", "audio": False}
    return Brief(**{**usual, **fields})


def having(home: Path, server: ScriptedProvider, **fields: Any) -> Settings:
    prices = {"price": PRICE, "voice_price": VOICE_PRICE}
    urls = {"base_url": server.base_url, "speech_url": server.base_url}
    return Settings(home=home, backoff=0.0, **{**urls, **prices, **fields})


async def run(settings: Settings, work: str = "", wanted: Brief | None = None) -> tuple[RunEnded, Work]:
    async with Works(settings) as works:
        name = work or await works.create(Request(brief=wanted or brief()))
        return await works.run(name), await works.open(name)


@pytest.mark.parametrize("audio", [False, True])
@pytest.mark.parametrize("parallel", ["off", "3"])
def test_a_run_stays_within_its_budget_and_goes_on_when_it_is_raised(
    tmp_path: Path, parallel: str, audio: bool
) -> None:
    wanted = brief(audio=audio, voice="openai:alloy")
    with ScriptedProvider(answers=by_content) as server:
        common = {"parallel_scene_concurrency": parallel}
        free, first = asyncio.run(run(having(tmp_path / "a", server, **common), wanted=wanted))
        assert free.outcome == "done"
        whole, cost = len(server.requests), first.spend.cost
    with ScriptedProvider(answers=by_content) as server:
        home, work = tmp_path / "b", ""
        for share in ("0.5", "0.8", "4"):
            budget = cost * Decimal(share)
            ended, made = asyncio.run(run(having(home, server, budget=str(budget), **common), work, wanted))
            work = made.id
            assert made.spend.unpriced == 0
            assert made.spend.cost <= budget
            assert ended.outcome == ("done" if share == "4" else "paused")
            assert ended.outcome == "done" or "would be exceeded" in ended.reason
        assert not server.duplicates()
        assert len(server.requests) == whole


def test_a_budget_of_nothing_pays_nothing(tmp_path: Path) -> None:
    with ScriptedProvider(answers=by_content) as server:
        ended, _ = asyncio.run(run(having(tmp_path, server, budget="0")))
        assert ended.outcome == "paused"
        assert "budget of $0.00" in ended.reason
        assert not server.requests


def test_what_was_paid_before_counts(tmp_path: Path) -> None:
    with ScriptedProvider(answers=by_content) as server:
        ended, work = asyncio.run(run(having(tmp_path, server, budget="0.005")))
        paid = work.spend.cost
        ended, again = asyncio.run(run(having(tmp_path, server, budget=str(paid)), work.id))
        assert ended.outcome == "paused"
        assert again.spend.cost == paid


def test_without_a_price_no_budget_is_kept_and_nothing_is_paid(tmp_path: Path) -> None:
    with ScriptedProvider(answers=by_content) as server:
        with pytest.raises(BadSettings, match="openai:test: its price is unknown: give --price IN/OUT"):
            asyncio.run(run(having(tmp_path, server, price="", budget="2")))
        assert not server.requests
        ended, work = asyncio.run(run(having(tmp_path, server, price="")))
        assert ended.outcome == "done"
        with pytest.raises(BadSettings, match="--price IN/OUT"):
            asyncio.run(_spent(having(tmp_path, server, price="", budget="2"), work.id))
        # Two dollars for a million: what was of unknown price when it was paid is counted now.
        assert asyncio.run(_spent(having(tmp_path, server, budget="2"), work.id)) > 0


async def _spent(settings: Settings, work: str) -> Decimal:
    async with Works(settings) as works:
        opened = await works.open(work)
        return works.purse.spent(logged.event for logged in opened.events)


def test_a_budget_that_is_no_amount_is_refused_before_anything(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="no amount of US dollars"):
        Works(Settings(home=tmp_path, budget="much"))
