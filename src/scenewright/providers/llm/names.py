"""What a model's name means: which provider, which address, which account, which key. Pure; nothing is contacted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from scenewright.domain.errors import BadSettings

COMPATIBLE = "openai-compatible"
OWN_KEY = "SCENEWRIGHT_API_KEY"


@dataclass(frozen=True, kw_only=True)
class Local:
    """A model server that people run themselves, and where it listens when nothing else is said."""

    address_variable: str
    key_variable: str
    address: str


LOCAL: Mapping[str, Local] = {
    "ollama": Local(
        address_variable="OLLAMA_BASE_URL", key_variable="OLLAMA_API_KEY", address="http://127.0.0.1:11434/v1"
    ),
    "llamacpp": Local(
        address_variable="LLAMACPP_BASE_URL", key_variable="LLAMACPP_API_KEY", address="http://127.0.0.1:8080/v1"
    ),
    "lmstudio": Local(
        address_variable="LMSTUDIO_BASE_URL", key_variable="LMSTUDIO_API_KEY", address="http://127.0.0.1:1234/v1"
    ),
    "vllm": Local(address_variable="VLLM_BASE_URL", key_variable="VLLM_API_KEY", address="http://127.0.0.1:8000/v1"),
}

# With an address of one's own these prefixes only say "speaks like OpenAI"; any other colon belongs to the model's
# name ("mistral:7b" is an Ollama model, not the provider Mistral).
_SAYS_COMPATIBLE = frozenset({"openai", "openai-chat", COMPATIBLE, *LOCAL})


@dataclass(frozen=True, kw_only=True)
class ModelRef:
    """A model's name, understood."""

    provider: str  # a provider of pydantic-ai, or COMPATIBLE
    model: str  # the name as the provider knows it
    base_url: str = ""  # only for COMPATIBLE
    key_variables: tuple[str, ...] = ()  # for COMPATIBLE: where a key may be, first found wins
    account: str


def understand(model: str, base_url: str = "", environ: Mapping[str, str] = os.environ) -> ModelRef:
    """Reads "provider:model", or a bare model name if there is a `base_url`.

    Raises: BadSettings: if there is no model, no provider, or the address is not an http(s) one.
    """
    prefix, colon, rest = model.strip().partition(":")
    if not base_url and colon and prefix in LOCAL:
        base_url = environ.get(LOCAL[prefix].address_variable) or LOCAL[prefix].address
    if base_url:
        name = rest if colon and prefix in _SAYS_COMPATIBLE else model.strip()
        return _compatible(prefix, _need(name, model), base_url, environ)
    if not colon or not prefix:
        raise BadSettings(
            f"“{model}” does not say whose model it is. Write provider:model, for example openai:gpt-6-luna, "
            "or give the address of a server with --base-url."
        )
    return ModelRef(provider=prefix, model=_need(rest, model), account=prefix)


def account_of(model: str, base_url: str = "", environ: Mapping[str, str] = os.environ) -> str:
    """The account whose limits apply: "openai", or "openai@host:port/path" for an address. Never a key.

    Raises: BadSettings: as `understand`.
    """
    return understand(model, base_url, environ).account


def _need(name: str, model: str) -> str:
    if not name:
        raise BadSettings(f"“{model}” names no model. Write provider:model, for example openai:gpt-6-luna.")
    return name


def _compatible(prefix: str, name: str, base_url: str, environ: Mapping[str, str]) -> ModelRef:
    parts = _split(base_url)
    local = LOCAL.get(prefix)
    variables = [OWN_KEY]
    if local:
        variables.append(local.key_variable)
    if _is_openai(parts, environ):
        # An OpenAI key goes to OpenAI, or to where the person already sends it, and nowhere else.
        variables.append("OPENAI_API_KEY")
    return ModelRef(
        provider=COMPATIBLE,
        model=name,
        base_url=base_url.rstrip("/"),
        key_variables=tuple(variables),
        account=f"openai@{_place(parts)}",
    )


def _split(base_url: str) -> SplitResult:
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise BadSettings(
            "The address of the model server is not one: write it like http://127.0.0.1:11434/v1 (scheme, host, path)."
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadSettings(
            f"The address of the model server may hold only scheme, host, port and path; a key goes into {OWN_KEY}."
        )
    return parts


def _place(parts: SplitResult) -> str:
    """Host, port and path."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{host}:{port}{parts.path.rstrip('/')}"


def _is_openai(parts: SplitResult, environ: Mapping[str, str]) -> bool:
    host = (parts.hostname or "").lower()
    if parts.scheme == "https" and (host == "api.openai.com" or host.endswith(".api.openai.com")):
        return True
    usual = environ.get("OPENAI_BASE_URL", "")
    if not usual:
        return False
    try:
        return _place(urlsplit(usual)) == _place(parts)
    except ValueError:
        return False
