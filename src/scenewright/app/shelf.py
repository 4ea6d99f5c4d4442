"""The works of a data folder: found, read, removed, and asked for something, whoever runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scenewright.app import control
from scenewright.app.editing import refuse_locked
from scenewright.app.leases import leased
from scenewright.app.places import AccountPlaces
from scenewright.app.settings import Settings
from scenewright.app.work import Work
from scenewright.domain.errors import ScenewrightError, WorkBusy
from scenewright.domain.events import AnyEvent, RunAsked
from scenewright.kinds.plugin import load
from scenewright.plan import Known
from scenewright.scheduler import Board, Run
from scenewright.store import Blobs, Database, Lease, Log, WorkRow

ASKING = 10.0  # seconds that an asker waits for another


class Shelf:
    """Raises: StoreError: if the data folder cannot be used."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._database = Database(settings.home)
        self._log = Log(self._database)
        self.blobs = Blobs(self._database)
        self._running: dict[str, Run] = {}  # in this process

    async def find(self, prefix: str) -> str:
        return await self._log.find(prefix)

    async def list(self, broken: Callable[[str, ScenewrightError], None]) -> list[Work]:
        """Newest first. `broken` is told of works that cannot be read."""
        works = []
        for row in await self._log.works():
            try:
                works.append(await self._open(row))
            except ScenewrightError as exc:
                broken(row.id, exc)
        return works

    async def open(self, work: str) -> Work:
        return await self._open(await self._log.row(work))

    async def _open(self, row: WorkRow, ahead: int | None = None) -> Work:
        events = await self._log.read(row.id)
        plugin, places = load(row.kind), AccountPlaces()
        board = Board(plugin.plan, Known().replay(logged.event for logged in events), places, ahead)
        return Work(id=row.id, created=row.created, plugin=plugin, board=board, events=events, places=places)

    def is_running(self, work: Work) -> bool:
        """Whether somebody runs it, in this process or another."""
        return not work.ended and bool(work.events) and self._is_leased(work.id)

    async def remove(self, work: str, *, answers: bool = False) -> None:
        """Forgets a work and its files; with `answers` also what its calls were answered."""
        work = await self.find(work)
        with Lease(self.settings.home, work):
            await self.blobs.drop(await self._log.remove(work, answers=answers))

    # What is asked of a work: written to its log, where whoever runs it hears it. `scene`: its number from 1, or id.

    async def pause(self, work: str) -> bool:
        """What has been sent is waited for, nothing new starts. False: nobody runs the work."""
        return await self._ask_runner(work, RunAsked(action="pause"))

    async def cancel(self, work: str) -> bool:
        """What has been sent is aborted; what has arrived is kept. False: nobody runs the work."""
        return await self._ask_runner(work, RunAsked(action="cancel"))

    async def retry(self, work: str, scene: str | int | None = None) -> None:
        """Failures are forgotten: all, or those of one scene and what it waits for; a skipped scene comes back.

        Like what follows it is done by whoever runs the work; if nobody does, by the next `run`. Raises: BadInput.
        """

        def asked(opened: Work) -> Sequence[AnyEvent]:
            if scene is not None:
                refuse_locked(opened, scene)
            return control.retry(opened.board, scene)

        await self._ask(work, asked)

    async def skip(self, work: str, scene: str | int) -> None:
        """The work goes on without the scene. Raises: BadInput."""

        def asked(opened: Work) -> Sequence[AnyEvent]:
            refuse_locked(opened, scene)
            return control.skip(opened.board, scene)

        await self._ask(work, asked)

    async def regenerate(self, work: str, scene: str | int, note: str = "", step: str | None = None) -> None:
        """Another version of a scene, or of one written step of it. `note`: what should be different.

        Raises: BadInput; BadSettings: no such step.
        """

        def asked(opened: Work) -> Sequence[AnyEvent]:
            refuse_locked(opened, scene)
            return control.regenerate(opened.board, opened.plugin.written_steps, scene, note, step)

        await self._ask(work, asked)

    async def refresh(self, work: str, scene: str | int | None = None, *, outline: bool = False) -> bool:
        """What is stale is made anew, and what turns stale by that; `outline`: also the plan. False: nothing is."""
        return bool(await self._ask(work, lambda opened: control.refresh(opened.board, scene, outline=outline)))

    async def listen(self, work: str, scene: str | int, offset: float = 0.0) -> None:
        """Somebody listens to this scene now, `offset` seconds into it. Raises: BadInput."""
        await self._ask(work, lambda opened: control.listen(opened.board, scene, offset))

    async def _ask_runner(self, work: str, asked: RunAsked) -> bool:
        work = await self.find(work)
        if not self._is_leased(work):
            return False
        await self._write(work, [asked])
        return True

    def _is_leased(self, work: str) -> bool:
        try:
            with Lease(self.settings.home, work):
                return False
        except WorkBusy:
            return True

    async def _ask(self, work: str, events: Callable[[Work], Sequence[AnyEvent]]) -> Sequence[AnyEvent]:
        """One asker at a time, so that each sees what the others have asked for."""
        work = await self.find(work)
        async with leased(self.settings.home, f"{work}.asking", ASKING):
            asked = events(await self.open(work))
            await self._write(work, asked)
        return asked

    async def _write(self, work: str, events: Sequence[AnyEvent]) -> None:
        await self._log.append_all(work, events)
        if run := self._running.get(work):
            await run.catch_up()
