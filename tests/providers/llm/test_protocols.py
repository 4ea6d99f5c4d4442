from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from scenewright.domain.errors import FailureClass
from scenewright.providers.llm import check
from scenewright.testing.provider import serve
from tests.providers.llm.asking import SCHEMA, ask_once
from tests.providers.llm.protocols import TEXT, THOUGHT, Protocol, anthropic, google, openai_responses

pytestmark = pytest.mark.server

KEY = "a-key-for-tests-0123456789"
THEIRS = [
    ("anthropic:claude-sonnet-5-5", "ANTHROPIC", anthropic),
    ("google:gemini-3.8-flash", "GOOGLE", google),
    ("openai:gpt-6-luna", "OPENAI", openai_responses),
]
ADDRESSES = {"ANTHROPIC": "ANTHROPIC_BASE_URL", "GOOGLE": "GOOGLE_GEMINI_BASE_URL", "OPENAI": "OPENAI_BASE_URL"}


def point(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    monkeypatch.setenv(f"{name}_API_KEY", KEY)
    monkeypatch.setenv(ADDRESSES[name], f"{address}/v1" if name == "OPENAI" else address)


@pytest.mark.parametrize(("model", "name", "events"), THEIRS)
def test_each_protocol_streams_text_without_thinking_and_counts(
    model: str, name: str, events: Callable[[], Sequence[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    protocol = Protocol(events())
    with serve(protocol) as address:
        point(monkeypatch, name, address)
        heard = ask_once("", model, SCHEMA)
    assert heard.failure is None
    assert heard.answer is not None
    assert heard.answer.text == heard.text == TEXT
    assert heard.answer.finish == "stop"
    assert len(heard.pieces) == 2
    used = heard.answer.usage
    assert (used.input_tokens, used.output_tokens, used.cached_tokens) == (1500, 100, 500)
    assert heard.answer.cost is not None
    assert Decimal(0) < heard.answer.cost < Decimal("0.02")
    path, headers, body = protocol.asked[0]
    assert KEY in " ".join(headers.values())
    assert KEY not in path
    assert "scenes" in json.dumps(body)
    assert THOUGHT not in heard.text


@pytest.mark.parametrize(("model", "name"), [theirs[:2] for theirs in THEIRS])
@pytest.mark.parametrize(
    ("status", "failure"),
    [(401, FailureClass.FATAL), (429, FailureClass.RATE_LIMIT), (503, FailureClass.TRANSIENT)],
)
def test_each_protocol_fails_once_and_is_classified(
    model: str, name: str, status: int, failure: FailureClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    protocol = Protocol(status=status, body={"error": {"message": f"no, {KEY}", "type": "x", "code": status}})
    with serve(protocol) as address:
        point(monkeypatch, name, address)
        heard = ask_once("", model)
    assert heard.failure is not None
    assert heard.failure.failure is failure
    assert KEY not in str(heard.failure)
    assert len(protocol.asked) == 1
    if status == 401:
        assert f"{name}_API_KEY" in str(heard.failure)


LISTS = {
    "ANTHROPIC": {"data": [{"id": "claude-sonnet-5-5", "type": "model"}], "has_more": False},
    "GOOGLE": {"models": [{"name": "models/gemini-3.8-flash"}]},
    "OPENAI": {"object": "list", "data": [{"id": "gpt-6-luna", "object": "model"}]},
}


@pytest.mark.parametrize(("model", "name"), [theirs[:2] for theirs in THEIRS])
def test_each_protocol_can_be_checked_for_nothing(model: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    protocol = Protocol(body=LISTS[name])
    with serve(protocol) as address:
        point(monkeypatch, name, address)
        found = asyncio.run(check(model))
        other = asyncio.run(check(f"{model}-other"))
    assert found.ok, found.text
    assert found.models == (model.partition(":")[2],)
    assert other.ok is False
    assert "does not list" in other.text
    named = model.partition(":")[2]  # by its name, and in the list: routes that cost nothing
    assert all(re.search(rf"/models(/{re.escape(named)}(-other)?)?$", path) for path, _, _ in protocol.asked)


@pytest.mark.parametrize(("model", "name"), [theirs[:2] for theirs in THEIRS])
def test_a_check_says_what_is_wrong_with_the_key(model: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(Protocol(status=401, body={"error": {"message": f"bad {KEY}", "code": 401}})) as address:
        point(monkeypatch, name, address)
        found = asyncio.run(check(model))
    assert found.ok is False
    assert f"{name}_API_KEY" in found.text
    assert KEY not in found.text


def test_a_schema_too_large_for_a_provider_goes_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"p{number}": {"type": "string"} for number in range(60)}  # Anthropic compiles 24 optional ones at most
    protocol = Protocol(anthropic())
    with serve(protocol) as address:
        point(monkeypatch, "ANTHROPIC", address)
        heard = ask_once("", "anthropic:claude-sonnet-5-5", {"type": "object", "properties": many})
    assert heard.failure is None
    assert heard.text == TEXT
    assert "output_config" not in protocol.asked[-1][2]
    assert "p59" in json.dumps(protocol.asked[-1][2]["system"])
