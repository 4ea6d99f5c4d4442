"""One call in the air, and everybody who waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from scenewright.domain.calls import Sink

A = TypeVar("A")


class Flight(Generic[A]):
    """Followers that join late get the text from the start. The last to leave ends the flight."""

    def __init__(self, fly: Callable[[Sink], Awaitable[A]]) -> None:
        self._texts: list[str] = []
        self._news = asyncio.Event()
        self._done = False
        self._followers = 0
        self._claimed = False
        self.abandoned = False  # nobody follows any more: it is being ended, and nobody may join
        self._task = asyncio.ensure_future(self._run(fly))
        self._task.set_name("flight")
        self._task.add_done_callback(_heard)  # a failure that comes when everyone has left is nobody's news

    async def follow(self, sink: Sink) -> A:
        self._followers += 1
        try:
            heard = 0
            while True:
                news = self._news
                for text in self._texts[heard:]:
                    await sink(text)
                    heard += 1
                if self._done and heard == len(self._texts):
                    return await asyncio.shield(self._task)
                await news.wait()
        finally:
            self._followers -= 1
            if not self._followers and not self._task.done():
                self.abandoned = True
                self._task.cancel()
                await asyncio.wait({self._task})

    async def landed(self) -> None:
        """Returns when it has ended, however it did."""
        await asyncio.wait({self._task})

    def claim(self) -> bool:
        """True for the first who asks."""
        first, self._claimed = not self._claimed, True
        return first

    async def _run(self, fly: Callable[[Sink], Awaitable[A]]) -> A:
        try:
            return await fly(self._hear)
        finally:
            self._done = True
            self._news.set()

    async def _hear(self, text: str) -> None:
        self._texts.append(text)
        self._news.set()
        self._news = asyncio.Event()


def _heard(task: asyncio.Future[A]) -> None:
    if not task.cancelled():
        task.exception()
