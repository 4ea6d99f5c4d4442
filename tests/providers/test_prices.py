"""Prices that a person gives go before the list, everywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.calls import SpeechRequest
from scenewright.domain.errors import BadSettings
from scenewright.limits.rates import Cost
from scenewright.providers.llm.prices import expected
from scenewright.providers.prices import MILLION, Price, Prices, parse_prices
from scenewright.providers.speech.openai import price
from scenewright.testing.provider import Behaviour, ScriptedProvider, always
from tests.providers.llm.asking import MODEL, ask_once

USED = Cost(input_tokens=MILLION, output_tokens=2 * MILLION)


def test_prices_are_read_as_people_write_them() -> None:
    found = parse_prices(["openai:gpt-x=0.15/$0.60", "openai/tts-1=15", "1/2", "$3", " mistral:7b = 0/0 "])
    assert found == {
        "openai:gpt-x": Price(input=Decimal("0.15"), output=Decimal("0.60")),
        "openai/tts-1": Price(characters=Decimal(15)),
        "": Price(input=Decimal(1), output=Decimal(2), characters=Decimal(3)),
        "mistral:7b": Price(input=Decimal(0), output=Decimal(0)),
    }


@pytest.mark.parametrize("text", ["", "cheap", "m=", "m=1/", "m=-1/2", "m=NaN", "m=1/2/3", "m=1e9/1", "=", "m=1.2.3"])
def test_what_is_not_a_price_is_refused(text: str) -> None:
    with pytest.raises(BadSettings, match="is not a price"):
        parse_prices([text])


@given(st.text())
def test_nothing_that_is_written_breaks_it(text: str) -> None:
    try:
        for found in parse_prices([text]).values():
            assert all(amount is None or 0 <= amount < 10**9 for amount in found.model_dump().values())
    except BadSettings:
        pass


@pytest.mark.parametrize(
    ("model", "base_url", "given", "dollars"),
    [
        ("openai:gpt-4o-mini", "", [], "1.35"),
        ("openai:no-such-model", "", [], None),
        ("openai:gpt-4o-mini", "http://127.0.0.1:1/v1", [], None),
        ("openai:gpt-4o-mini", "", ["openai:gpt-4o-mini=1/1"], "3"),
        ("openai:gpt-4o-mini", "", ["gpt-4o-mini=1/1", "9/9"], "3"),
        ("openai:m", "http://127.0.0.1:1/v1", ["m=0.5/0.25"], "1.0"),
        ("m", "http://127.0.0.1:1/v1", ["1/2"], "5"),
        ("openai:no-such-model", "", ["15"], None),  # the price of voices
        ("openai:no-such-model", "", ["free=0/0"], None),
    ],
)
def test_what_a_call_of_a_model_will_cost(model: str, base_url: str, given: list[str], dollars: str | None) -> None:
    found = expected(model, base_url, USED, parse_prices(given), environ={})
    assert found == (None if dollars is None else Decimal(dollars))


@pytest.mark.parametrize(
    ("model", "base_url", "given", "dollars"),
    [
        ("tts-1", "", [], "15"),
        ("", "", [], None),  # the default one is not priced by characters
        ("", "", ["gpt-4o-mini-tts=12"], "12"),
        ("tts-1", "http://127.0.0.1:1/v1", [], None),
        ("tts-1", "http://127.0.0.1:1/v1", ["openai/tts-1=0"], "0"),
        ("tts-1", "", ["openai=7", "1/2"], "7"),
    ],
)
def test_what_speech_will_cost(model: str, base_url: str, given: list[str], dollars: str | None) -> None:
    request = SpeechRequest(engine="openai", base_url=base_url, model=model, voice="nova", language="en", text="Hi.")
    assert price(request, MILLION, parse_prices(given)) == (None if dollars is None else Decimal(dollars))


def test_a_price_for_all_gives_way_to_a_models_own() -> None:
    from pydantic_ai.usage import RequestUsage

    from scenewright.providers.llm.names import understand
    from scenewright.providers.llm.prices import cost_of

    prices = parse_prices(["9/9", "m=1/1"])
    used = RequestUsage(input_tokens=MILLION)
    assert cost_of(used, understand("openai:m", "http://127.0.0.1:1/v1", {}), prices=prices) == 1


@pytest.mark.server
def test_a_given_price_is_what_an_answer_is_recorded_with() -> None:
    prices: Prices = parse_prices([f"{MODEL}=1/2"])
    with ScriptedProvider(script=always(Behaviour(answer="x" * 40))) as server:
        heard = ask_once(server.base_url, prices=prices)
    assert heard.answer is not None
    used = heard.answer.usage
    assert used.output_tokens > 0
    assert heard.answer.cost == (Decimal(used.input_tokens) + 2 * used.output_tokens) / MILLION
