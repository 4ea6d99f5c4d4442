"""`make` and `resume`: a work runs, and is watched."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scenewright.app.settings import load_settings
from scenewright.app.sources import OFFLINE, Request, authored, read_source
from scenewright.app.works import Work, Works, check_target
from scenewright.cli.failure import BAD_USE, INTERRUPTED, OUTCOMES, PAUSED, say
from scenewright.cli.watching import Watcher, watcher
from scenewright.domain.errors import BadSettings, StoreError
from scenewright.domain.events import RunEnded
from scenewright.scheduler import Run


def models_for(pairs: Sequence[str]) -> dict[str, str]:
    """["content=openai:gpt-5"] -> {"content": "openai:gpt-5"}. Raises: BadSettings."""
    split = [pair.partition("=") for pair in pairs]
    if wrong := [pair for pair, (step, _, model) in zip(pairs, split, strict=True) if not step or not model]:
        raise BadSettings(f"--model-for {wrong[0]!r} is not STEP=MODEL; write for example content=openai:gpt-5.")
    return {step: model for step, _, model in split}


def make(
    source: str,
    options: dict[str, Any],
    model: str | None,
    base_url: str | None,
    speech_url: str | None,
    out: Path | None,
    *,
    yes: bool,
    json: bool,
) -> int:
    settings = load_settings(base_url=base_url, speech_url=speech_url)
    options = {**({"voice": settings.voice} if settings.voice else {}), **options}
    check_target(out)
    with _ending_at_once():
        request = authored(asyncio.run(read_source(source, options)), model, settings.model)
        for warning in request.warnings:
            say(f"Note: {warning}")
        if not (yes or json) and not _agreed(request):
            return BAD_USE

    async def go() -> int:
        async with Works(settings) as works:
            work = await works.create(request)
            return await _run(works, work, out, json=json)

    return asyncio.run(go())


def resume(
    prefix: str,
    source: str | None,
    model: str | None,
    models: dict[str, str],
    base_url: str | None,
    speech_url: str | None,
    out: Path | None,
    *,
    json: bool,
) -> int:
    settings = load_settings(base_url=base_url, speech_url=speech_url)
    check_target(out)
    with _ending_at_once():
        changed = asyncio.run(read_source(source, {})) if source is not None else None

    async def go() -> int:
        async with Works(settings) as works:
            work = await works.find(prefix)
            fields: dict[str, Any] = {"models": models} if models else {}
            if model is not None:
                fields |= {"model": "", "author": OFFLINE} if model == OFFLINE else {"model": model, "author": "llm"}
            if changed is not None or fields:
                await works.change(work, changed, **fields)
            return await _run(works, work, out, json=json)

    return asyncio.run(go())


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
    if request.brief.author == OFFLINE or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    say(f"{request.brief.model} will write this work; calls to it may cost money.")
    return input("Go on? [y/N] ").strip().lower() in ("y", "yes", "j", "ja")


async def _run(works: Works, work: str, out: Path | None, *, json: bool) -> int:
    watching = watcher(json=json)
    try:
        ended = await _execute(works, work, watching)
    except asyncio.CancelledError:
        watching.close()
        say(f"Cancelled. What has arrived is kept: scenewright resume {work}")
        return INTERRUPTED
    except StoreError as exc:
        watching.close()
        say(f"Error: {exc}\nWhat was stored is intact: scenewright resume {work}")
        return PAUSED
    watching.close()
    opened = await works.open(work)
    if not json:
        await _conclude(works, opened, ended, out)
    elif out is not None and opened.board.scenes:
        await works.export(opened, "folder", out)
    return OUTCOMES[ended.outcome]


async def _execute(works: Works, work: str, watching: Watcher) -> RunEnded:
    """Ctrl-C pauses; a second one cancels."""
    running: list[Run] = []
    task = asyncio.ensure_future(works.run(work, watch=watching.start, started=running.append, on_bug=watching.bug))
    pauses: set[asyncio.Task[None]] = set()

    def interrupt() -> None:
        if running and not pauses:
            say("Pausing: what is under way finishes and is kept. Press Ctrl-C again to cancel.")
            pauses.add(asyncio.ensure_future(running[0].pause("interrupted")))
        else:
            task.cancel()

    loop = asyncio.get_running_loop()
    signals = [signal.SIGINT, signal.SIGTERM] if os.name == "posix" else []  # elsewhere Ctrl-C cancels
    for number in signals:
        loop.add_signal_handler(number, interrupt)
    try:
        return await task
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


async def _conclude(works: Works, work: Work, ended: RunEnded, out: Path | None) -> None:
    board = work.board
    ready = sum(board.complete(scene) for scene in board.scenes)
    if ended.outcome == "done":
        say(f"Done: {ready} scenes, {work.spend}.")
    else:
        say(f"{ended.outcome.capitalize()}: {ended.reason}. {ready} of {len(board.scenes)} scenes are ready.")
        for scene, failure in board.known.failed_scenes.items():
            say(f"  {scene}: {failure.reason}")
        say(f"Go on with: scenewright resume {work.id}")
    if ready:
        page = await works.export(work, "folder", out or Path(_name(work)))
        say(f"Open {page} in a browser.")


def _name(work: Work) -> str:
    steps = [step for step in work.board.steps("") if work.known.parts.get(step)]
    title = str(work.known.parts[steps[0]][0].get("title", "")) if steps else ""
    slug = re.sub(r"[^\w]+", "-", title.lower()).strip("-")[:40].strip("-")
    return f"{slug}-{work.id}" if slug else work.id
