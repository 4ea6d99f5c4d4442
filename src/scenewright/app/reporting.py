"""Telling a person's own callback how far a work is. Nothing that it does, or raises, reaches the work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from scenewright.domain.events import Logged
from scenewright.observe import Progress, Report

OnProgress = Callable[[str, int, int], Awaitable[object] | object]
"""(status, current, total): what has happened to which scene; scenes that have ended; scenes in all, as known now."""

PATIENCE = 10.0  # seconds that an asynchronous callback gets to finish when the work has ended
_log = logging.getLogger("scenewright")


class Reporter:
    """Use as an asynchronous context manager around a run. Asynchronous callbacks are awaited one after another.

    A callback must not block: it runs where the work runs. Its first exception is logged as a warning, later ones are
    not; it is called again all the same.
    """

    def __init__(self, callback: OnProgress) -> None:
        self._callback = callback
        self._progress = Progress()
        self._pending: asyncio.Queue[Awaitable[object]] = asyncio.Queue()
        self._warned = False

    async def __aenter__(self) -> Reporter:
        self._worker = asyncio.create_task(self._work(), name="on_progress")
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                await self._finish()
        finally:
            self._worker.cancel()
            self._drop()
            await asyncio.wait([self._worker])

    def before(self, logged: Logged) -> None:
        """An event from before the run: known, and not reported."""
        self._progress.tell(logged.event)

    def watch(self, logged: Logged) -> None:
        if (report := self._progress.tell(logged.event)) is not None:
            self._call(report)

    def _call(self, report: Report) -> None:
        try:
            answer = self._callback(report.status, report.current, report.total)
        except (Exception, asyncio.CancelledError) as exc:
            self._warn(exc)
            return
        if isinstance(answer, Awaitable):
            self._pending.put_nowait(answer)

    async def _work(self) -> None:
        while True:
            answer = await self._pending.get()
            try:
                await answer
            except Exception as exc:
                self._warn(exc)
            except asyncio.CancelledError as exc:
                if _ending():
                    raise
                self._warn(exc)  # it was the callback's own doing
            finally:
                self._pending.task_done()

    async def _finish(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._pending.join()
        except TimeoutError as exc:
            self._warn(exc)

    def _drop(self) -> None:
        while not self._pending.empty():
            answer = self._pending.get_nowait()
            if isinstance(answer, Coroutine):
                answer.close()

    def _warn(self, exc: BaseException) -> None:
        if not self._warned:
            self._warned = True
            _log.warning("on_progress failed (%s); the work goes on.", type(exc).__name__, exc_info=_told(exc))


def _told(exc: BaseException) -> Any:
    return type(exc), exc, exc.__traceback__


def _ending() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
