"""Waiting a moment for a lease: somebody may only be looking whether it is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from scenewright.domain.errors import WorkBusy
from scenewright.store import Lease

PATIENCE, BETWEEN = 0.2, 0.05  # seconds


@asynccontextmanager
async def leased(folder: Path, work: str, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Holds the lease inside the block. `patience`: seconds. Raises: WorkBusy: it stays taken."""
    lease, clock = Lease(folder, work), asyncio.get_running_loop().time
    end = clock() + patience
    while True:
        try:
            lease.__enter__()
            break
        except WorkBusy:
            if clock() >= end:
                raise
        await asyncio.sleep(BETWEEN)
    try:
        yield
    finally:
        lease.__exit__()
