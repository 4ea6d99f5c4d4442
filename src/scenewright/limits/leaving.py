"""Leaving a queue or a wait at once when the run pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from scenewright.domain.errors import Withdrawn

T = TypeVar("T")
PAUSES = "The run pauses; this call has not been sent."


async def unless_left(leave: asyncio.Event | None, waiting: Awaitable[T]) -> T:
    """What `waiting` gives, or nothing more of it.

    Raises: Withdrawn: `leave` was set first; `waiting` is cancelled.
    """
    if leave is None:
        return await waiting
    awaited, left = asyncio.ensure_future(waiting), asyncio.ensure_future(leave.wait())
    try:
        await asyncio.wait({awaited, left}, return_when=asyncio.FIRST_COMPLETED)
        if awaited.done():
            return awaited.result()
        raise Withdrawn(PAUSES)
    finally:
        awaited.cancel()
        left.cancel()
