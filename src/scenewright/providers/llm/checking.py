"""Whether a model can be used, found out without paying: for `doctor` and before a run."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from scenewright.domain.errors import BadSettings, CallFailed
from scenewright.providers.llm.connect import Connection
from scenewright.providers.llm.failures import Asked, classify
from scenewright.providers.llm.keys import variables_of
from scenewright.providers.llm.names import COMPATIBLE, LOCAL, ModelRef, understand
from scenewright.providers.llm.secrets import Secrets

_ANY = "*"  # stands for the name where none was given
_MOST = 1000  # models that are looked through
_SHOWN = 8
# Whose lists tell which names calls may use. Elsewhere there are deployments, routes and variants that no list has.
_LISTS_ALL = ("openai", "openai-chat", "openai-responses", "anthropic", "google", "deepseek", COMPATIBLE)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found. `ok` means: nothing is known to be wrong."""

    account: str
    model: str
    ok: bool
    text: str  # one readable sentence, with the remedy if there is one
    models: tuple[str, ...] = ()  # what the provider lists
    sure: bool = True  # False: what is wrong here need not be wrong for a call


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
    except _Failed as exc:
        return Checked(account=ref.account, model=ref.model, ok=False, text=secrets.scrub(str(exc)), sure=exc.sure)
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


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What the provider said. `has`: it knows the model by its name; `any_name`: it does not heed names."""

    has: bool = False
    names: tuple[str, ...] = ()
    any_name: bool = False


def _compared(ref: ModelRef, found: _Found) -> Checked:
    names = found.names
    listed = found.has or any(name in (ref.model, f"{ref.model}:latest") for name in names)
    some = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    if ref.model == _ANY:
        return Checked(
            account=ref.account, model="", ok=True, text=f"{ref.account} answers. It has: {some}.", models=names
        )
    if listed or not names:
        text = f"{ref.account} answers" + (f" and has {ref.model}." if listed else "; it does not list its models.")
    else:
        near = get_close_matches(ref.model, names, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        text = f"{ref.account} answers, but does not list {ref.model}.{meant} It has: {some}."
    return Checked(
        account=ref.account,
        model=ref.model,
        ok=listed or not names,
        text=text,
        models=names,
        sure=ref.provider in _LISTS_ALL and not found.any_name,
    )


async def _look(ref: ModelRef, timeout: float, environ: Mapping[str, str]) -> _Found | None:
    connection = Connection(ref, environ)
    asked = Asked(account=ref.account, model=ref.model, key_variables=variables_of(ref), received=False)
    try:
        async with asyncio.timeout(timeout):
            return await _ask(connection.provider.client, ref.model)
    except TimeoutError as exc:
        text = f"{ref.account} did not answer within {timeout:g} s. Check the address and the network."
        raise _Failed(text, sure=False) from exc
    except Exception as exc:
        failure = _classified(exc, asked)
        if isinstance(failure, CallFailed):
            raise _Failed(str(failure), sure=_concerns_calls(exc)) from exc
        raise failure from exc
    finally:
        with suppress(Exception):
            await connection.aclose()


async def _ask(client: Any, model: str) -> _Found | None:
    """By name first: aliases are not listed, and lists can be long."""
    if model != _ANY and await _knows(client, model):
        return _Found(has=True)
    listed = _names(client)
    if listed is None:
        return None
    entries = [entry async for entry in listed]
    # llama.cpp serves what it has loaded, whatever name it is asked for; gateways list patterns.
    any_name = any(owner == "llamacpp" or "*" in name for name, owner in entries)
    return _Found(names=tuple(name for name, _ in entries), any_name=any_name)


async def _knows(client: Any, model: str) -> bool:
    """Whether the provider says that there is such a model. Raises: what the SDK raises, but for an unknown name."""
    kind = type(client).__module__.partition(".")[0]
    try:
        if kind in ("openai", "anthropic"):
            found = await client.with_options(max_retries=0).models.retrieve(model)
            return isinstance(getattr(found, "id", None), str)
        if kind == "google":
            return isinstance((await client.aio.models.get(model=model)).name, str)
    except Exception as exc:
        if _status(exc) in (401, None):  # None: nobody was reached
            raise
    return False


def _status(exc: Exception) -> int | None:
    found = getattr(exc, "status_code", None) or getattr(exc, "code", None)
    return found if isinstance(found, int) else None


def _concerns_calls(exc: Exception) -> bool:
    """Whether calls would fail, too: nobody is there, or the key is not accepted, other than for looking at lists."""
    status = _status(exc)
    if status is None:
        return True
    return status == 401 and not any(word in str(exc).lower() for word in ("scope", "permission"))


class _Failed(BadSettings):
    """What the check found out. `sure`: see Checked."""

    def __init__(self, text: str, *, sure: bool) -> None:
        super().__init__(text)
        self.sure = sure


def _classified(exc: Exception, asked: Asked) -> Exception:
    """SDK errors carry a status like pydantic-ai's; they are read by the same rules."""
    from pydantic_ai.exceptions import ModelConnectionError, ModelHTTPError

    if (status := _status(exc)) is not None:
        said: Any = getattr(exc, "body", None) or {"message": getattr(exc, "message", str(exc))}
        theirs: Exception = ModelHTTPError(status, asked.model, said)
    elif "Connection" in type(exc).__name__ or "Timeout" in type(exc).__name__:
        theirs = ModelConnectionError(asked.model, str(exc))
        theirs.__cause__ = exc
    else:
        theirs = exc
    return classify(theirs, asked) or exc


def _names(client: Any) -> AsyncIterator[tuple[str, str]] | None:
    """(name, owner) of the provider's models, by the SDKs that list them."""
    kind = type(client).__module__.partition(".")[0]
    if kind in ("openai", "anthropic"):
        return _listed(client.with_options(max_retries=0).models.list())
    if kind == "google":
        return _of_google(client)
    return None


async def _listed(pages: Any) -> AsyncIterator[tuple[str, str]]:
    count = 0
    async for one in pages:
        yield str(one.id), str(getattr(one, "owned_by", ""))
        count += 1
        if count >= _MOST:
            return


async def _of_google(client: Any) -> AsyncIterator[tuple[str, str]]:
    async for one in await client.aio.models.list(config={"page_size": _MOST}):
        yield str(one.name).removeprefix("models/"), ""
