"""Running a work and showing it: what `make`, `resume` and the commands that go on with a work share."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scenewright.app.settings import Settings, load_settings
from scenewright.app.work import summary_of
from scenewright.app.works import Work, Works
from scenewright.cli.beforehand import before_going_on
from scenewright.cli.failure import INTERRUPTED, OUTCOMES, PAUSED, say
from scenewright.cli.watching import Watcher, watcher
from scenewright.domain.errors import StoreError
from scenewright.domain.events import RunEnded
from scenewright.scheduler import Run


@dataclass(frozen=True, kw_only=True)
class Running:
    """The options of a command that runs a work."""

    base_url: str | None = None
    speech_url: str | None = None
    parallel: str | None = None
    voice_parallel: str | None = None
    budget: str | None = None  # US dollars
    price: Sequence[str] | None = None
    voice_price: str | None = None
    ahead: int | None = None  # scenes beyond the playhead
    playhead: str | None = None  # a scene's number or id
    out: Path | None = None
    json: bool = False

    def settings(self) -> Settings:
        """Those of the environment with what was given. Says what cannot be meant. Raises: BadSettings."""
        settings = load_settings(
            base_url=self.base_url,
            speech_url=self.speech_url,
            parallel_scene_concurrency=_or_off(self.parallel),
            voice_parallel=self.voice_parallel,
            budget=self.budget,
            price=",".join(self.price or ()),
            voice_price=self.voice_price,
        )
        for warning in settings.warnings:
            say(f"Note: {warning}")
        return settings


def _or_off(given: str | None) -> str | None:
    """Given but empty is off, whatever the environment says."""
    return given if given is None else given.strip() or "off"


async def run(works: Works, work: str, running: Running, *, again: bool = True, checked: bool = False) -> int:
    """Runs the work to its end, shown and exported. Returns the exit code. Raises: WorkBusy; BadSettings.

    `checked`: whether its models and voices have been tried already.
    """
    watching = watcher(json=running.json)
    try:
        ended = await _execute(works, work, watching, running, again=again, checked=checked)
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
    if not running.json:
        await _conclude(works, opened, ended, running.out)
    elif running.out is not None and _ready(opened):
        await works.export(opened, "folder", running.out)
    return OUTCOMES[ended.outcome]


async def _execute(
    works: Works, work: str, watching: Watcher, running: Running, *, again: bool, checked: bool
) -> RunEnded:
    """Ctrl-C pauses; a second one cancels."""
    runs: list[Run] = []
    task = asyncio.ensure_future(
        works.run(
            work,
            watch=watching.start,
            started=runs.append,
            on_bug=watching.bug,
            again=again,
            ahead=running.ahead,
            playhead=running.playhead,
            ready=None if checked else partial(before_going_on, works),
        )
    )
    pauses: set[asyncio.Task[None]] = set()

    def interrupt() -> None:
        if runs and not pauses:
            say("Pausing: what is under way finishes and is kept. Press Ctrl-C again to cancel.")
            pauses.add(asyncio.ensure_future(runs[-1].pause("interrupted")))
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
    board, ready = work.board, _ready(work)
    if ended.outcome == "done":
        skipped = f", {len(work.known.skipped)} skipped" if work.known.skipped else ""
        say(f"Done: {ready} scenes{skipped}, {work.spend}.")
        for line in summary_of(work):
            say(line)
    elif not board.scenes and ended.outcome == "failed":
        say(f"Failed: {ended.reason}; say more of what it is to be about, or take another model.")
    else:
        reason = f": {ended.reason}" if ended.reason != ended.outcome else ""
        say(f"{ended.outcome.capitalize()}{reason}. {ready} of {len(board.scenes)} scenes are ready.")
        for scene, failure in work.known.failed_scenes.items():
            say(f"  {scene}: {failure.reason}")
        for line in onwards(work):
            say(line)
    if ready:
        page = await works.export(work, "folder", out or Path(_name(work)))
        say(f"Open {page} in a browser.")


def onwards(work: Work) -> list[str]:
    """How to go on with a work that did not end well: what failed is tried again, or left out."""
    failed = next((scene for scene in work.board.scenes if scene in work.known.failed_scenes), None)
    again = f"Go on with: scenewright resume {work.id}"
    if failed is None:
        return [again]
    number = work.board.position(failed) + 1
    return [again, f"Or leave scene {number} out: scenewright skip {work.id} --scene {number}"]


def _ready(work: Work) -> int:
    return sum(work.board.complete(scene) for scene in work.board.scenes)


def _name(work: Work) -> str:
    steps = [step for step in work.board.steps("") if work.known.parts.get(step)]
    title = str(work.known.parts[steps[0]][0].get("title", "")) if steps else ""
    slug = re.sub(r"[^\w]+", "-", title.lower()).strip("-")[:40].strip("-")
    return f"{slug}-{work.id}" if slug else work.id
