"""The headers of an answer, which pydantic-ai keeps to itself: heard by a hook in the HTTP client that we bring."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class Heard:
    """Headers of the last response within one call, and the loop time when they came."""

    def __init__(self) -> None:
        self.headers: Mapping[str, str] = {}
        self.at: float | None = None


_HEARING: ContextVar[Heard | None] = ContextVar("hearing", default=None)


@contextmanager
def hearing() -> Iterator[Heard]:
    """Calls share a client; each hears only the responses to its own requests."""
    heard = Heard()
    token = _HEARING.set(heard)
    try:
        yield heard
    finally:
        _HEARING.reset(token)


async def hear(response: Any) -> None:
    """The hook. Called when the headers are there, before the body is read, whatever the status is."""
    if (heard := _HEARING.get()) is not None:
        heard.headers, heard.at = dict(response.headers), asyncio.get_running_loop().time()
