from __future__ import annotations

import asyncio
import socket

import pytest

from scenewright.providers.llm import check, local_servers
from scenewright.testing.provider import ScriptedProvider

pytestmark = pytest.mark.server


def test_a_server_that_has_the_model() -> None:
    with ScriptedProvider(models=["qwen3:latest", "other"]) as server:
        found = asyncio.run(check("qwen3", server.base_url))
    assert found.ok
    assert found.models == ("qwen3:latest", "other")
    assert not server.requests


def test_a_server_without_the_model_says_what_it_has() -> None:
    with ScriptedProvider(models=["a", "b"]) as server:
        found = asyncio.run(check("c", server.base_url))
    assert found.ok is False
    assert "It has: a, b." in found.text


def test_a_server_alone_says_what_it_has() -> None:
    with ScriptedProvider(models=["a", "b"]) as server:
        found = asyncio.run(check("", server.base_url))
    assert (found.ok, found.model) == (True, "")
    assert "It has: a, b." in found.text
    assert not asyncio.run(check("")).ok


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    found = asyncio.run(check("m", f"http://127.0.0.1:{port}/v1"))
    assert found.ok is False
    assert "nothing listens" in found.text


def test_a_server_that_hangs_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        found = asyncio.run(check("m", f"http://127.0.0.1:{port}/v1", timeout=0.1))
    assert found.ok is False
    assert "within 0.1 s" in found.text


@pytest.mark.parametrize("model", ["gpt-5", "nobody:x", "groq:x"])
def test_what_cannot_be_used_is_a_result_not_an_error(model: str) -> None:
    assert asyncio.run(check(model)).ok is False


def test_servers_on_this_machine_are_found() -> None:
    with ScriptedProvider(models=["qwen3"]) as server:
        nowhere = "http://127.0.0.1:9/v1"
        variables = {"LLAMACPP_BASE_URL": nowhere, "LMSTUDIO_BASE_URL": nowhere, "VLLM_BASE_URL": nowhere}
        found = asyncio.run(local_servers(environ={**variables, "OLLAMA_BASE_URL": server.base_url}))
    assert [one.models for one in found] == [("qwen3",)]
