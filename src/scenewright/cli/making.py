"""`make` and `resume`: from what was typed to a work that runs."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from scenewright.app.preflight import completed
from scenewright.app.settings import Settings
from scenewright.app.sources import OFFLINE, Request, authored, read_source
from scenewright.app.works import Works, check_target
from scenewright.cli.beforehand import beforehand
from scenewright.cli.failure import BAD_USE, INTERRUPTED, agreed, on_a_terminal, say
from scenewright.cli.running import Running, run
from scenewright.domain.errors import BadSettings


def models_for(pairs: Sequence[str]) -> dict[str, str]:
    """["content=openai:gpt-5"] -> {"content": "openai:gpt-5"}. Raises: BadSettings."""
    split = [pair.partition("=") for pair in pairs]
    if wrong := [pair for pair, (step, _, model) in zip(pairs, split, strict=True) if not step or not model]:
        raise BadSettings(f"--model-for {wrong[0]!r} is not STEP=MODEL; write for example content=openai:gpt-5.")
    return {step: model for step, _, model in split}


def named(pairs: Sequence[str]) -> dict[str, str]:
    """["rounds=2"] -> {"rounds": "2"}. Raises: BadSettings."""
    split = [pair.partition("=") for pair in pairs]
    if wrong := [pair for pair, (name, equals, _) in zip(pairs, split, strict=True) if not name.strip() or not equals]:
        raise BadSettings(f"--set {wrong[0]!r} is not NAME=VALUE; write for example --set rounds=2.")
    return {name.strip(): value for name, _, value in split}


def wishes(
    *, model_for: Sequence[str] | None, settings: Sequence[str] | None, audio: bool, **given: Any
) -> dict[str, Any]:
    """Fields of the brief that were given. Raises: BadSettings."""
    models, details = models_for(model_for or []) or None, named(settings or []) or None
    fields = {**given, "models": models, "details": details, "audio": None if audio else False}
    return {name: value for name, value in fields.items() if value is not None}


def make(
    source: str, options: dict[str, Any], show: str | None, model: str | None, running: Running, *, yes: bool
) -> int:
    settings = running.settings()
    options = {**({"voice": settings.voice} if settings.voice else {}), **options}
    check_target(running.out)
    with _ending_at_once():
        request = authored(asyncio.run(read_source(source, options, show)), model, settings.model)
        for warning in request.warnings:
            say(f"Note: {warning}")
        if not (yes or running.json) and not _agreed(request):
            return BAD_USE

    async def go() -> int:
        async with Works(settings) as works:
            await beforehand(works, completed(request.brief, settings))
            return await run(works, await works.create(request), running, checked=True)

    return asyncio.run(go())


def resume(prefix: str, source: str | None, model: str | None, models: dict[str, str], running: Running) -> int:
    settings = running.settings()
    check_target(running.out)
    with _ending_at_once():
        kind = asyncio.run(_kind_of(prefix, settings)) if source is not None else ""
        changed = asyncio.run(read_source(source, {"kind": kind})) if source is not None else None
        for warning in changed.warnings if changed else ():
            say(f"Note: {warning}")

    async def go() -> int:
        async with Works(settings) as works:
            work = await works.find(prefix)
            fields: dict[str, Any] = {"models": models} if models else {}
            if model is not None:
                fields |= {"model": "", "author": OFFLINE} if model == OFFLINE else {"model": model, "author": "llm"}
            if changed is not None or fields:
                await works.change(work, changed, **fields)
            return await run(works, work, running)

    return asyncio.run(go())


async def _kind_of(prefix: str, settings: Settings) -> str:
    async with Works(settings) as works:
        return (await works.open(prefix)).brief.kind


@contextmanager
def _ending_at_once() -> Iterator[None]:
    """Ctrl-C ends the process: nothing is begun yet, and a thread that reads could not be stopped otherwise."""

    def end(*_: object) -> None:
        say("Interrupted.")
        os._exit(INTERRUPTED)

    before = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _agreed(request: Request) -> bool:
    if request.brief.author == OFFLINE or not on_a_terminal():
        return True
    say(f"{request.brief.model} will write this work; calls to it may cost money.")
    return agreed()
