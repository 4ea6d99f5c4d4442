"""Whether a model can be used, found out without paying: for `doctor` and before a run."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from scenewright.domain.errors import BadSettings, CallFailed
from scenewright.providers.llm.connect import Connection
from scenewright.providers.llm.failures import Asked, classify
from scenewright.providers.llm.keys import variables_of
from scenewright.providers.llm.names import LOCAL, ModelRef, understand
from scenewright.providers.llm.secrets import Secrets

_ANY = "*"  # stands for the name where none was given
_MOST = 1000  # models that are looked through
_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found. `ok` means: nothing is known to be wrong."""

    account: str
    model: str
    ok: bool
    text: str  # one readable sentence, with the remedy if there is one
    models: tuple[str, ...] = ()  # what the provider lists


async def check(
    model: str, base_url: str = "", *, timeout: float = 10.0, environ: Mapping[str, str] = os.environ
) -> Checked:
    """Asks the provider which models it has: the key, the address and the model's name are tried, nothing is paid.

    `model`: may be empty where there is a `base_url`; then only the server is tried. `timeout`: seconds.
    Never raises for what is wrong with the set-up: that is the result.
    """
    secrets = Secrets(environ)
    try:
        ref = understand(model or (_ANY if base_url else ""), base_url, environ)
    except BadSettings as exc:
        return Checked(account="", model=model, ok=False, text=str(exc))
    try:
        found = await _look(ref, timeout, environ)
    except (BadSettings, CallFailed) as exc:
        return Checked(account=ref.account, model=ref.model, ok=False, text=secrets.scrub(str(exc)))
    if found is None:
        text = f"{ref.account} is set up; it has no free way to ask whether it answers."
        return Checked(account=ref.account, model=ref.model, ok=True, text=text)
    return _compared(ref, found)


async def local_servers(*, timeout: float = 2.0, environ: Mapping[str, str] = os.environ) -> tuple[Checked, ...]:
    """The model servers that answer at their usual addresses on this machine (or where their variables say)."""
    names = [f"{name}:{_ANY}" for name in LOCAL]
    found = await asyncio.gather(*(check(name, timeout=timeout, environ=environ) for name in names))
    return tuple(one for one in found if one.models)


def _compared(ref: ModelRef, found: tuple[str, ...]) -> Checked:
    listed = any(name in (ref.model, f"{ref.model}:latest") for name in found)
    some = ", ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
    if ref.model == _ANY:
        return Checked(
            account=ref.account, model="", ok=True, text=f"{ref.account} answers. It has: {some}.", models=found
        )
    if listed or not found:
        text = f"{ref.account} answers" + (f" and has {ref.model}." if listed else "; it does not list its models.")
    else:
        text = f"{ref.account} answers, but does not list {ref.model}. It has: {some}."
    return Checked(account=ref.account, model=ref.model, ok=listed or not found, text=text, models=found)


async def _look(ref: ModelRef, timeout: float, environ: Mapping[str, str]) -> tuple[str, ...] | None:
    connection = Connection(ref, environ)
    asked = Asked(account=ref.account, model=ref.model, key_variables=variables_of(ref), received=False)
    try:
        async with asyncio.timeout(timeout):
            names = _names(connection.provider.client)
            return None if names is None else tuple([name async for name in names])
    except TimeoutError as exc:
        raise _Failed(f"{ref.account} did not answer within {timeout:g} s. Check the address and the network.") from exc
    except Exception as exc:
        raise _classified(exc, asked) from exc
    finally:
        with suppress(Exception):
            await connection.aclose()


class _Failed(BadSettings):
    """What the check found out."""


def _classified(exc: Exception, asked: Asked) -> Exception:
    """SDK errors carry a status like pydantic-ai's; they are read by the same rules."""
    from pydantic_ai.exceptions import ModelConnectionError, ModelHTTPError

    status = getattr(exc, "status_code", None) or getattr(exc, "code", None)
    if isinstance(status, int):
        said: Any = getattr(exc, "body", None) or {"message": getattr(exc, "message", str(exc))}
        theirs: Exception = ModelHTTPError(status, asked.model, said)
    elif "Connection" in type(exc).__name__ or "Timeout" in type(exc).__name__:
        theirs = ModelConnectionError(asked.model, str(exc))
        theirs.__cause__ = exc
    else:
        theirs = exc
    return classify(theirs, asked) or exc


def _names(client: Any) -> AsyncIterator[str] | None:
    """The provider's list of models, by the SDKs that have one."""
    kind = type(client).__module__.partition(".")[0]
    if kind in ("openai", "anthropic"):
        return _listed(client.with_options(max_retries=0).models.list())
    if kind == "google":
        return _of_google(client)
    return None


async def _listed(pages: Any) -> AsyncIterator[str]:
    count = 0
    async for one in pages:
        yield str(one.id)
        count += 1
        if count >= _MOST:
            return


async def _of_google(client: Any) -> AsyncIterator[str]:
    async for one in await client.aio.models.list(config={"page_size": _MOST}):
        yield str(one.name).removeprefix("models/")
