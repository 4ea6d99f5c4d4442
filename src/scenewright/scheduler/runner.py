"""The thin asynchronous runner around the decision: starts steps, writes every event before anyone sees it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal, Protocol

from scenewright.domain.base import canonical
from scenewright.domain.errors import (
    BadAnswer,
    CallFailed,
    FailureClass,
    OverBudget,
    ScenewrightError,
    StoreError,
    Withdrawn,
)
from scenewright.domain.events import (
    AnyEvent,
    PartAppended,
    RunAsked,
    RunEnded,
    RunPausing,
    RunStarted,
    SceneReleased,
    StepAdopted,
    StepFailed,
    StepReset,
    StepStarted,
)
from scenewright.domain.steps import StepId
from scenewright.plan import Desk, Performer, Step
from scenewright.scheduler.aside import Aside
from scenewright.scheduler.board import Board

Outcome = Literal["done", "failed", "paused", "cancelled"]
ASKED = "asked to pause"


class Journal(Protocol):
    """The event log, as a run keeps it. Others may write to it, too: what they ask for is heard in its order."""

    async def append(self, event: AnyEvent) -> Sequence[AnyEvent]:
        """On disk when it returns, and shown to whoever watches.

        Returns: what others appended since the last time, then the event itself.
        """

    async def news(self) -> Sequence[AnyEvent]:
        """What others appended since the last time."""


class Run:
    """One execution of a work's plan. `pause` may be called at any time; cancelling `execute` cancels the run.

    `again`: which failed steps are tried again; None = all: a new run is a new chance.
    """

    def __init__(
        self,
        board: Board,
        performers: Mapping[str, Performer],
        journal: Journal,
        *,
        again: Collection[StepId] | None = None,
        on_bug: Callable[[BaseException], None] = lambda _: None,
    ) -> None:
        self.id = secrets.token_hex(4)
        self._board = board
        self._performers = performers
        self._journal = journal
        self._again = again
        self._on_bug = on_bug
        self._aside = Aside(held=len(board.known.adopted))
        self._writing = asyncio.Lock()
        self._changed = asyncio.Event()
        self._reason = ""
        self._broken: StoreError | None = None
        self._leave = asyncio.Event()  # set: calls that wait to be sent are withdrawn
        self._cancelled = False
        self._performing: dict[StepId, asyncio.Task[None]] = {}
        self._asked_to_pause = False
        self._over = False

    async def execute(self) -> RunEnded:
        """Runs until nothing more can be done. Leaves no task behind, however it ends.

        Raises: StoreError: the log cannot be written; everything written so far is intact.
        """
        try:
            await self._record(RunStarted(run=self.id))
            for step in list(self._board.known.failed):
                if self._again is None or step in self._again:
                    await self._record(StepReset(step=step))
            with self._aside:
                async with asyncio.TaskGroup() as tasks:
                    await self._drive(tasks)
        except asyncio.CancelledError:
            self._leave.set()  # a call that others wait for, too, is not sent in the name of this run any more
            with suppress(StoreError):
                await asyncio.shield(self._end("cancelled", "cancelled"))
            raise
        finally:
            self._over = True
        if self._broken:
            raise self._broken
        return await self._end(*self._outcome())

    async def pause(self, reason: str = ASKED) -> None:
        """Nothing new starts or is sent; what has been sent is waited for and kept."""
        if self._stop(reason):
            await self._say_so()

    def _stop(self, reason: str) -> bool:
        """From this moment on nothing starts or is sent. False: so it is already."""
        if self._over or self._leave.is_set():
            return False
        self._reason = reason
        self._leave.set()
        return True

    async def _say_so(self) -> None:
        self._asked_to_pause = False
        try:
            await self._record(RunPausing(reason=self._reason))
        except StoreError as exc:
            self._break(exc)

    def cancel(self) -> None:
        """What has been sent is aborted; an answer that has arrived is stored first. `execute` returns as cancelled."""
        self._cancelled = True
        self._leave.set()
        for task in self._performing.values():
            task.cancel()
        self._changed.set()

    def wake(self) -> None:
        """Something outside the log has changed: there may be more places."""
        self._changed.set()

    async def catch_up(self) -> None:
        """Hears what others have written to the log meanwhile, and obeys it."""
        try:
            async with self._writing:
                self._hear(await self._journal.news())
        except StoreError as exc:
            self._break(exc)

    def _hear(self, events: Sequence[AnyEvent]) -> None:
        for event in events:
            self._board.tell(event)
            self._aside.count()
            if isinstance(event, RunAsked):
                self._obey(event)
        if events:
            self._changed.set()

    def _obey(self, asked: RunAsked) -> None:
        if asked.action == "cancel":
            self.cancel()
        else:  # the pause is written down itself, behind what is being heard now
            self._asked_to_pause = self._stop(ASKED) or self._asked_to_pause

    async def _drive(self, tasks: asyncio.TaskGroup) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            self._changed.clear()
            if self._asked_to_pause:
                await self._say_so()
            if not self._broken:
                await self._release()
            if not self._leave.is_set():
                for step in self._board.take(clock()):
                    self._performing[step.id] = tasks.create_task(self._perform(step), name=str(step.id))
            if self._cancelled:
                self._forget_unstarted()
            if not self._board.running and not self._changed.is_set():
                return
            await self._changed.wait()

    def _forget_unstarted(self) -> None:
        """A task that is cancelled before its first turn never comes to the end of `_perform`."""
        for step, task in list(self._performing.items()):
            if task.done():
                del self._performing[step]
                self._board.done(step)

    async def _release(self) -> None:
        try:
            for scene in self._board.release():
                await self._record(SceneReleased(scene=scene))
        except StoreError as exc:
            self._break(exc)

    async def _perform(self, step: Step) -> None:
        clock = asyncio.get_running_loop().time
        start, taken = clock(), None
        try:
            # The desk is laid after the start is known: a start that reads something else drops the old parts.
            await self._record(StepStarted(step=step.id, reads=step.reads))
            value = await self._performers[step.id.name](step, self._desk(step))
            await self._adopt(step, value)
            taken = clock() - start
        except StoreError as exc:
            self._break(exc)
        except Withdrawn:
            pass  # it starts again when the work is resumed
        except OverBudget as exc:
            await self.pause(str(exc))
        except ScenewrightError as exc:
            await self._fail(step, exc)
        except asyncio.CancelledError as exc:
            if _asked_to_end():
                raise
            await self._fail_as_bug(step, exc)
        except Exception as exc:
            await self._fail_as_bug(step, exc)
        finally:
            del self._performing[step.id]
            self._board.done(step.id, taken)
            self._changed.set()

    async def _adopt(self, step: Step, value: dict[str, Any]) -> None:
        canonical(self._unwritten(step, value))  # what cannot be written down must not be adopted either
        if not self._still_wanted(step):
            return  # the calls' answers are kept in the memo
        await self._record(
            StepAdopted(step=step.id, inputs=step.inputs_digest, context=step.context_digest, value=value)
        )

    def _still_wanted(self, step: Step) -> bool:
        """Whether what was asked for has not changed meanwhile, nor changed back to what there is already."""
        wanted = self._board.wanted(step.id)
        return wanted is not None and wanted.inputs_digest == step.inputs_digest and not self._board.fresh(wanted)

    def _unwritten(self, step: Step, value: dict[str, Any]) -> Mapping[str, Any]:
        """The value without its parts, if these have been written down one by one."""
        written = self._board.known.parts.get(step.id)
        return value if written is None or value.get("parts") != written else {**value, "parts": ()}

    async def _fail_as_bug(self, step: Step, exc: BaseException) -> None:
        """A defect in a kind must not lose the rest of the work; the traceback goes to whoever debugs."""
        self._on_bug(exc)
        await self._fail(step, ScenewrightError(f"internal error in {step.id.name}: {type(exc).__name__}"))

    async def _fail(self, step: Step, error: ScenewrightError) -> None:
        # A dead key, or an account that asks for a long wait, would fail every other scene, too.
        fatal = isinstance(error, CallFailed) and error.failure in (FailureClass.FATAL, FailureClass.RATE_LIMIT)
        if not fatal and not self._still_wanted(step):
            return  # it says nothing of what is wanted now
        # Before it is written down: whoever waits at the gate comes next, at this very moment.
        stopped = fatal and self._stop(str(error))
        policy: Literal["mark", "pause"] = "pause" if fatal else step.on_failure
        try:
            await self._record(
                StepFailed(step=step.id, policy=policy, reason=str(error), useless=isinstance(error, BadAnswer))
            )
            if stopped:
                await self._say_so()
        except StoreError as exc:
            self._break(exc)

    def _break(self, exc: StoreError) -> None:
        """Nothing more can be written down, so nothing more is begun or sent."""
        self._broken = self._broken or exc
        self._leave.set()
        self._changed.set()

    def _desk(self, step: Step) -> Desk:
        parts = tuple(self._board.known.parts.get(step.id, ()))
        count = len(parts)

        async def part(value: dict[str, Any]) -> None:
            nonlocal count
            canonical(value)
            event = PartAppended(step=step.id, index=count, value=value)
            count += 1
            await self._record(event)

        return Desk(parts=parts, part=part, note=self._record, leave=self._leave)

    async def _record(self, event: AnyEvent) -> None:
        await self._writing.acquire()  # as `async with`, which costs twice as much
        try:
            self._hear(await self._journal.append(event))
        finally:
            self._writing.release()

    def _outcome(self) -> tuple[Outcome, str]:
        board = self._board
        if self._cancelled:
            return "cancelled", "cancelled"
        if board.finished() and board.scenes:
            return "done", ""
        if self._reason:
            return "paused", self._reason
        if barring := board.barring():
            return "paused", f"{barring.step}: {barring.reason}"
        if not board.scenes:
            return "failed", "the work has no scenes"
        if failed := [scene for scene in board.scenes if scene in board.known.failed_scenes]:
            return "failed", f"{len(failed)} of {len(board.scenes)} scenes failed"
        if broken := [failure for failure in board.known.failed.values() if not failure.step.scene]:
            return "failed", f"{broken[0].step}: {broken[0].reason}"
        if board.waiting_for_listener():
            return "paused", "what the listener needs next is written; the rest waits until it is listened to"
        return "failed", f"nothing more can be done, and {len(board.missing())} steps have no result"

    async def _end(self, outcome: Outcome, reason: str) -> RunEnded:
        ended = RunEnded(run=self.id, outcome=outcome, reason=reason)
        await self._record(ended)
        return ended


def _asked_to_end() -> bool:
    """Whether the running task is being cancelled, rather than having met a cancellation of somebody else's."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
