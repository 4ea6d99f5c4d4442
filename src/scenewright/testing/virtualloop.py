"""An event loop whose clock jumps to the next timer when nothing can run: exact timings, no waiting."""

from __future__ import annotations

import asyncio
import selectors
import threading
from asyncio import Task
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

SETTLE = 0.05  # real seconds


class Stuck(RuntimeError):
    """Every task waits, no timer is set, and nothing came in for `patience` real seconds. Names the tasks."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop of virtual seconds, starting at 0. `loop.time()` is exact: timers fire at their very moment.

    Time stands still while executor calls are out. Real sockets and subprocesses are refused.
    `settle`, `patience`: real seconds to wait for foreign threads or pipes, and before giving up.
    """

    def __init__(self, *, settle: float = SETTLE, patience: float = 0.5) -> None:
        self.settle, self.patience = settle, patience
        self.outside = 0  # executor calls in flight
        self._virtual = 0.0
        super().__init__(_JumpSelector(self))

    def time(self) -> float:
        return self._virtual

    def advance(self, timeout: float) -> None:
        """Moves the clock to the next timer, at most `timeout` virtual seconds ahead."""
        # `when - now` loses an ulp; land exactly on the timer instead.
        timers: list[asyncio.TimerHandle] = self._scheduled  # type: ignore[attr-defined]
        due = timers[0].when() if timers else self._virtual + timeout
        self._virtual = max(self._virtual, min(due, self._virtual + timeout + 1e-9))

    def run_in_executor(self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts) -> asyncio.Future[T]:
        future = super().run_in_executor(executor, func, *args)
        self.outside += 1
        future.add_done_callback(self._back)
        return future

    def _back(self, _: object) -> None:
        self.outside -= 1

    async def _refuse(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("no real sockets or subprocesses in virtual time; use a real loop for those")

    create_connection = create_server = create_unix_connection = create_unix_server = _refuse
    subprocess_exec = subprocess_shell = _refuse


class _JumpSelector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        loop = self._loop
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if loop.outside:
            return super().select(None)
        foreign = len(self.get_map()) > 1 or threading.active_count() > 1
        if foreign and (ready := super().select(loop.settle)):
            return ready
        if timeout is not None:
            loop.advance(timeout)
            return []
        if ready := super().select(loop.patience):
            return ready
        raise Stuck(", ".join(sorted(map(_waiting, asyncio.all_tasks(loop)))))


def _waiting(task: Task[Any]) -> str:
    return task.get_name()


def run(main: Coroutine[Any, Any, T], *, settle: float = SETTLE) -> T:
    """`asyncio.run` in virtual time. `settle`: see VirtualLoop; 0 where nothing comes from outside.

    Raises: Stuck: on a deadlock.
    """
    with asyncio.Runner(loop_factory=partial(VirtualLoop, settle=settle)) as runner:
        return runner.run(main)
