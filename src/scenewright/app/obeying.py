"""Beside a run: hearing what others have written to its log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from scenewright.domain.errors import StoreError
from scenewright.scheduler import Run

PACE = 0.3  # seconds until somebody else's wish is noticed


@asynccontextmanager
async def obeying(
    run: Run, version: Callable[[], Awaitable[int]], tick: Callable[[], Awaitable[None]]
) -> AsyncIterator[None]:
    """`run` catches up whenever `version` gives another number. `tick`: done each time somebody looks."""
    listening = asyncio.create_task(_listen(run, version, tick), name="obeying")
    try:
        yield
    finally:
        listening.cancel()
        await asyncio.wait([listening])
    if not listening.cancelled():
        listening.result()  # raises what went wrong


async def _listen(run: Run, version: Callable[[], Awaitable[int]], tick: Callable[[], Awaitable[None]]) -> None:
    heard = None  # so the first look catches up: something may have been asked before it
    while True:
        if (now := await _or_none(version)) != heard:
            heard = now
            await run.catch_up()
        await tick()
        await asyncio.sleep(PACE)


async def _or_none(version: Callable[[], Awaitable[int]]) -> int | None:
    """A store that cannot be read is the run's to report: it meets the same trouble."""
    try:
        return await version()
    except StoreError:
        return None
