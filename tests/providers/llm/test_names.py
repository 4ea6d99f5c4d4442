from __future__ import annotations

import subprocess
import sys

import pytest

from scenewright.domain.errors import BadSettings
from scenewright.providers.llm.names import account_of, understand


@pytest.mark.parametrize(
    ("model", "base_url", "name", "account"),
    [
        ("openai:gpt-6-luna", "", "gpt-6-luna", "openai"),
        ("bedrock:anthropic.claude-v2:1", "", "anthropic.claude-v2:1", "bedrock"),
        ("openai:m", "http://127.0.0.1:8080/v1/", "m", "openai@127.0.0.1:8080/v1"),
        ("m", "http://127.0.0.1:8080/v1", "m", "openai@127.0.0.1:8080/v1"),
        ("mistral:7b", "http://127.0.0.1:11434/v1", "mistral:7b", "openai@127.0.0.1:11434/v1"),
        ("ollama:qwen3:4b", "", "qwen3:4b", "openai@127.0.0.1:11434/v1"),
        ("llamacpp:any", "", "any", "openai@127.0.0.1:8080/v1"),
        ("m", "https://models.example.org/v1", "m", "openai@models.example.org:443/v1"),
        ("m", "http://[::1]:8080/v1", "m", "openai@[::1]:8080/v1"),
    ],
)
def test_a_name_says_model_and_account(model: str, base_url: str, name: str, account: str) -> None:
    ref = understand(model, base_url, {})
    assert (ref.model, ref.account) == (name, account)
    assert account_of(model, base_url, {}) == account


def test_local_servers_are_found_where_their_variable_says() -> None:
    assert account_of("ollama:x", "", {"OLLAMA_BASE_URL": "http://gpu:1/v1"}) == "openai@gpu:1/v1"


def test_the_key_of_openai_is_only_for_openai() -> None:
    assert "OPENAI_API_KEY" in understand("m", "https://api.openai.com/v1", {}).key_variables
    for other in ("https://api.openai.com.evil.org/v1", "http://api.openai.com/v1", "https://evilapi.openai.com.x/"):
        assert "OPENAI_API_KEY" not in understand("m", other, {}).key_variables
    usual = {"OPENAI_BASE_URL": "https://gateway.example.org/v1"}
    assert "OPENAI_API_KEY" in understand("m", "https://gateway.example.org/v1/", usual).key_variables


@pytest.mark.parametrize("base_url", ["127.0.0.1:8080", "ftp://x/v1", "http://", "http://x:99999/", "http://[::1/v1"])
def test_an_address_that_is_none_is_refused_without_being_repeated(base_url: str) -> None:
    with pytest.raises(BadSettings, match="like http://"):
        understand("m", base_url, {})


@pytest.mark.parametrize(
    "base_url", ["http://me:swordfish@host/v1", "http://host/v1?key=swordfish", "http://host/#swordfish"]
)
def test_secrets_do_not_belong_into_an_address(base_url: str) -> None:
    with pytest.raises(BadSettings, match="SCENEWRIGHT_API_KEY") as caught:
        understand("m", base_url, {})
    assert "swordfish" not in str(caught.value)


def test_nothing_heavy_is_imported_before_a_call() -> None:
    heavy = ("pydantic_ai", "openai", "aiohttp", "genai_prices", "json_repair")
    modules = "from scenewright.providers.llm import checking, provider, salvage"
    code = f"import sys; {modules}; print({{*{heavy}}} & {{*sys.modules}})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "set()\n"
