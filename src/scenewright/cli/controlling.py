"""`pause`, `cancel`, `retry`, `skip`, `regenerate`, `refresh`: asked of a work, whoever runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

from scenewright.app import control
from scenewright.app.settings import load_settings
from scenewright.app.stale import total
from scenewright.app.work import Work
from scenewright.app.works import Works, check_target
from scenewright.cli.failure import BAD_USE, DONE, agreed, say
from scenewright.cli.running import Running, run
from scenewright.domain.errors import BadInput, WorkBusy

STOPPING = {
    "pause": "to pause: what is under way is waited for and kept",
    "cancel": "to stop at once: what has arrived is kept",
}
Ask = Callable[[Works, Work], Awaitable[int | None]]
"""Asks for it; gives an exit code if there is nothing to run for it."""


def stop(prefix: str, action: Literal["pause", "cancel"]) -> None:
    async def go() -> None:
        async with Works(load_settings()) as works:
            work = await works.find(prefix)
            if not await (works.pause(work) if action == "pause" else works.cancel(work)):
                raise BadInput(f"Nobody runs work {work}, so there is nothing to {action}.")
            say(f"Asked whoever runs work {work} {STOPPING[action]}.")

    asyncio.run(go())


def retry(prefix: str, scene: str | None, running: Running) -> int:
    async def ask(works: Works, work: Work) -> None:
        await works.retry(work.id, scene)

    return asked(prefix, ask, running)


def skip(prefix: str, scene: str, running: Running) -> int:
    async def ask(works: Works, work: Work) -> None:
        await works.skip(work.id, scene)

    return asked(prefix, ask, running)


def regenerate(prefix: str, scene: str, note: str, step: str | None, running: Running) -> int:
    async def ask(works: Works, work: Work) -> None:
        await works.regenerate(work.id, scene, note, step)
        if work.brief.author == "offline":
            say(
                "Note: no model writes this work. The offline author makes little of a note at best, and may write the "
                f"same again; `scenewright resume {work.id} --model M` gives it a model."
            )

    return asked(prefix, ask, running)


def refresh(prefix: str, scene: str | None, running: Running, *, outline: bool, yes: bool) -> int:
    async def ask(works: Works, work: Work) -> int | None:
        chosen = control.scene_of(work.board, scene) if scene is not None else ""
        if not outline and any(stale.planning for stale in work.stale()):
            say("Note: the plan of the work is stale, too; with --outline it is made anew, and what follows from it.")
        stale = work.stale(chosen, outline=outline)
        if not stale:
            say("Nothing is stale.")
            return DONE
        say(f"Stale: {', '.join(str(step.step) for step in stale)}.")
        say(f"{price(work, chosen, outline=outline)}.")
        if total(stale).calls and not (yes or running.json) and not agreed():
            return BAD_USE
        await works.refresh(work.id, scene, outline=outline)
        return None

    return asked(prefix, ask, running)


def price(work: Work, scene: str = "", *, outline: bool = True) -> str:
    """What a refresh costs, in a sentence without its end."""
    spend = total(work.stale(scene, outline=outline))
    return f"Making it anew costs about {spend}, as it did before; what comes after may turn stale by it, and follow"


def asked(prefix: str, ask: Ask, running: Running) -> int:
    """Asks, and runs the work on here unless another process runs it: that one hears it and obeys."""
    settings = running.settings()
    check_target(running.out)

    async def go() -> int:
        async with Works(settings) as works:
            work = await works.open(prefix)
            if (code := await ask(works, work)) is not None:
                return code
            try:
                return await run(works, work.id, running, again=False)
            except WorkBusy:
                pausing = (await works.open(work.id)).pausing
            later = f"is pausing; what you asked for is noted: scenewright resume {work.id}"
            say(f"Work {work.id} {later if pausing else 'is run by another process, which has been told'}.")
            return DONE

    return asyncio.run(go())
