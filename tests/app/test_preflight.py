"""What is tried before the first paid call: free requests, and only what would surely fail is refused."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from scenewright.app.preflight import Means, check_means, means_of
from scenewright.app.settings import Settings
from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.errors import BadSettings
from scenewright.providers.speech.registry import resolve
from scenewright.testing.provider import ScriptedProvider
from scenewright.testing.provider.serve import Receive, Scope, Send, serve

pytestmark = pytest.mark.server
KEY = "sk-very-secret-0123456789"


def means(model: str, base_url: str = "", *, voice: str = "", speech_url: str = "") -> Means:
    voices = (resolve(voice, "en", base_url=speech_url),) if voice else ()
    return Means(models=(model,) if model else (), voices=voices, base_url=base_url)


def tried(wanted: Means, timeout: float = 5.0) -> None:
    asyncio.run(check_means(wanted, timeout=timeout))


@contextmanager
def nowhere() -> Iterator[str]:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    yield f"http://127.0.0.1:{port}/v1"


def test_all_is_well_and_nothing_is_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCENEWRIGHT_API_KEY", KEY)
    monkeypatch.setenv("SCENEWRIGHT_SPEECH_KEY", KEY)
    with ScriptedProvider(models=["m"], keys=[KEY]) as server:
        url = server.base_url
        tried(means("openai:m", url, voice="openai:alloy", speech_url=url))
        assert not server.requests


def test_a_key_that_is_not_accepted_is_told_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCENEWRIGHT_API_KEY", KEY)
    with ScriptedProvider(models=["m"], keys=["another"]) as server, pytest.raises(BadSettings) as told:
        tried(means("openai:m", server.base_url))
    assert "did not accept the key" in str(told.value)
    assert "SCENEWRIGHT_API_KEY" in str(told.value)
    assert KEY not in str(told.value)
    assert not server.requests


def test_an_unknown_model_is_told_with_the_nearest() -> None:
    with ScriptedProvider(models=["gpt-5-mini", "other"]) as server:
        with pytest.raises(BadSettings, match=r"Nothing has been paid.*Did you mean gpt-5-mini\?"):
            tried(means("openai:gpt-5-mni", server.base_url))
        assert not server.requests


def test_a_server_that_lists_nothing_is_trusted() -> None:
    with ScriptedProvider() as server:
        tried(means("openai:m", server.base_url))


def test_a_server_that_is_not_there() -> None:
    with nowhere() as url, pytest.raises(BadSettings, match="nothing listens"):
        tried(means("openai:m", url))


def test_a_server_that_hangs_is_left_to_the_run() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        tried(means("openai:m", url, voice="openai:x", speech_url=url), timeout=0.2)


def test_a_missing_key_is_told_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(BadSettings) as told:
        tried(means("openai:m", voice="openai:alloy"))
    assert str(told.value).count("OPENAI_API_KEY") == 2


def test_a_voice_server_that_is_not_there() -> None:
    with nowhere() as url, pytest.raises(BadSettings, match="cannot be reached; start it, or mend --speech-url"):
        tried(means("", voice="openai:x", speech_url=url))


def test_a_voice_servers_key() -> None:
    with ScriptedProvider(keys=["another"]) as server:
        with pytest.raises(BadSettings, match="SCENEWRIGHT_SPEECH_KEY"):
            tried(means("", voice="openai:x", speech_url=server.base_url))
        assert not server.requests


class Listing:
    """A server with a list of voices, and oddities elsewhere."""

    def __init__(self, body: bytes, status: int = 200) -> None:
        self._body, self._status, self.asked = body, status, list[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(f"{scope['method']} {scope['path']}")
        there = scope["path"].endswith("/audio/voices")
        await send({"type": "http.response.start", "status": self._status if there else 404, "headers": []})
        await send({"type": "http.response.body", "body": self._body if there else b"<html>no</html>"})


@pytest.mark.parametrize(
    "listed", [b'{"voices": ["bella", "sky"]}', b'["bella", "sky"]', b'{"voices": [{"id": "bella"}, {"name": "sky"}]}']
)
def test_voices_that_a_server_lists_are_compared(listed: bytes) -> None:
    listing = Listing(listed)
    with serve(listing) as address:
        url = f"{address}/v1"
        tried(means("", voice="openai:bella+sky", speech_url=url))
        with pytest.raises(BadSettings, match=r"has no voice 'bela'\. Did you mean bella\?"):
            tried(means("", voice="openai:bela", speech_url=url))
    assert all(asked.startswith("GET ") for asked in listing.asked)


@pytest.mark.parametrize(
    "strange", [b"<html>", b"7", b'{"voices": 3}', b"[" * 100_000, b'{"voices": [null, {"a": 1}]}']
)
def test_a_list_that_is_none_claims_nothing(strange: bytes) -> None:
    with serve(Listing(strange)) as address:
        tried(means("", voice="openai:any", speech_url=f"{address}/v1"))


@pytest.mark.parametrize("status", [403, 429, 500])
def test_what_only_the_list_refuses_is_no_reason(status: int) -> None:
    class Refusing(Listing):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": status, "headers": []})
            await send({"type": "http.response.body", "body": b"{}"})

    with serve(Refusing(b"")) as address:
        tried(means("openai:m", f"{address}/v1", voice="openai:any", speech_url=f"{address}/v1"))


def test_a_key_that_may_only_not_look_at_lists_is_good_enough() -> None:
    class Restricted(Listing):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            body = b'{"error": {"message": "You have insufficient permissions. Missing scopes: api.model.read"}}'
            headers = [(b"content-type", b"application/json")]
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    with serve(Restricted(b"")) as address:
        tried(means("openai:m", f"{address}/v1"))


def test_a_work_is_made_with_the_models_of_its_steps_and_all_its_voices() -> None:
    people: tuple[Any, ...] = (
        Speaker(id="t", name="T", voice="espeak:en-us"),
        Speaker(id="s", name="S", role="student", voice="openai:nova"),
    )
    brief = Brief(author="llm", model="openai:a", models={"actions": "openai:b"}, speakers=people, language="en")
    found = means_of(brief, Settings(home=Path("/nowhere"), models={"content": "openai:c"}))
    assert set(found.models) == {"openai:a", "openai:b", "openai:c"}
    assert {voice.engine for voice in found.voices} == {"espeak", "openai"}


def test_a_language_that_the_voice_does_not_speak_is_told() -> None:
    brief = Brief(speakers=(Speaker(id="t", name="T", voice="espeak:xx-nowhere"),), language="en")
    with pytest.raises(BadSettings):
        means_of(brief, Settings(home=Path("/nowhere")))
