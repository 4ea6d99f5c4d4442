"""Works in the data folder: made, run, looked at, exported, removed. What the command line and Python both use."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scenewright.app.journal import LogJournal
from scenewright.app.providers import Providers
from scenewright.app.settings import Settings
from scenewright.app.sources import Request
from scenewright.domain.base import Value
from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.errors import BadInput, BadSettings, ScenewrightError
from scenewright.domain.events import BriefSet, Logged, RunEnded
from scenewright.exports.job import AudioFormat
from scenewright.kinds.plugin import Plugin, Tools, load
from scenewright.observe import Spend
from scenewright.plan import Known
from scenewright.providers.llm.asking import ModelChoice
from scenewright.providers.speech.registry import cast, resolve
from scenewright.scheduler import Board, Limits, Run
from scenewright.store import AnswerRows, Blobs, Database, Lease, Log, WorkRow

Watch = Callable[[Logged], None]


def check_target(out: Path | None) -> None:
    """Whether a work can be put there when it is done; asked before anything is paid. None: the current folder.

    Raises: BadInput: something that is not ours is there, or it cannot be written.
    """
    if out is not None and out.exists():
        from scenewright.exports.files import check_replaceable
        from scenewright.exports.folder import OURS  # heavy

        check_replaceable(out, OURS)
    folder = Path.cwd() if out is None else out.absolute()
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise BadInput(f"{folder} cannot be written; choose another place with -o.")


@dataclass(frozen=True, kw_only=True)
class Work:
    """A work as its log tells it."""

    id: str
    created: float  # seconds since 1970, UTC
    plugin: Plugin
    board: Board
    events: Sequence[Logged]

    @property
    def known(self) -> Known:
        return self.board.known

    @property
    def brief(self) -> Brief:
        return self.known.brief

    @property
    def spend(self) -> Spend:
        return Spend().add_all(logged.event for logged in self.events)

    @property
    def ended(self) -> RunEnded | None:
        """How the last run ended; None if it is running, or was killed."""
        for logged in reversed(self.events):
            if logged.event.type == "run.started":
                return None
            if logged.event.type == "run.ended":
                return logged.event
        return None


class Works:
    """The data folder, open. An asynchronous context manager.

    Raises: StoreError: if the data folder cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._database = Database(settings.home)
        self._log = Log(self._database)
        self.blobs = Blobs(self._database)
        self._closing = AsyncExitStack()
        self._providers = Providers(settings, AnswerRows(self._database), self._closing)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self._closing.aclose()
        finally:
            self._database.close()

    async def create(self, request: Request) -> str:
        """A new work. Nothing is paid yet. Returns its id. Raises: BadSettings: e.g. no voice for the language."""
        plugin = load(request.brief.kind)
        self._check_steps(plugin, request.brief)
        brief = plugin.complete(request.brief, self._cast)
        if brief.author == "llm":
            await self._choices("", plugin, brief)
        work = await self._log.create(brief.kind)
        await self._set_brief(work, brief, request.assets)
        return work

    async def change(self, work: str, source: Request | None = None, **fields: Any) -> None:
        """Gives a work other documents, or other fields of its brief; what the change reaches runs again on resume.

        Another model re-runs nothing: it writes what is still missing. Raises: WorkBusy; BadSettings; BadInput.
        """
        with Lease(self.settings.home, work):
            opened = await self.open(work)
            brief, assets = opened.brief.model_copy(update=fields), dict[str, bytes]()
            if source is not None:
                changed = {"documents": source.brief.documents, "topic": source.brief.topic}
                brief, assets = brief.model_copy(update=changed), dict(source.assets)
            self._check_steps(opened.plugin, brief)
            brief = opened.plugin.complete(brief, self._cast)
            if brief.author == "llm":
                await self._choices(work, opened.plugin, brief)
            await self._set_brief(work, brief, assets)

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

    async def _open(self, row: WorkRow) -> Work:
        events = await self._log.read(row.id)
        plugin = load(row.kind)
        known = Known().replay(logged.event for logged in events)
        return Work(
            id=row.id, created=row.created, plugin=plugin, board=Board(plugin.plan, known, Limits()), events=events
        )

    async def run(
        self,
        work: str,
        *,
        watch: Callable[[Work], Watch] | None = None,
        started: Callable[[Run], None] = lambda _: None,
        on_bug: Callable[[BaseException], None] = lambda _: None,
    ) -> RunEnded:
        """Runs a work to its end, or on from where it stopped. `started` gets the run, for pausing it.

        Raises: WorkBusy; BadSettings; StoreError. Cancelling it cancels the run; what has arrived is kept.
        """
        with Lease(self.settings.home, work):
            opened = await self.open(work)
            if not opened.events:
                raise BadInput(f"Work {work} was interrupted before it began; remove it and make it again.")
            tell = watch(opened) if watch else lambda _: None
            if opened.board.finished() and opened.ended and opened.ended.outcome == "done":
                return opened.ended

            tools = await self._tools(opened)
            journal = LogJournal(self._log, opened.id, opened.events[-1].seq, tell)
            run = Run(opened.board, opened.plugin.performers(opened.brief, tools), journal, on_bug=on_bug)
            started(run)
            return await run.execute()

    async def document(self, work: Work) -> Value:
        """The work in its kind's published format. Raises: BadInput: there is nothing to show yet."""
        if not work.board.scenes:
            raise BadInput(f"Work {work.id} has no scenes yet; `scenewright resume {work.id}` goes on with it.")
        return await work.plugin.assemble(work.known, await self._tools(work, models=False))

    async def export(self, work: Work, form: str, out: Path, audio: AudioFormat = "as-is") -> Path:
        """Writes an export; returns what a person opens. Raises: BadInput: unknown form, `out` cannot be written."""
        from scenewright.exports import ExportJob, find_format  # heavy

        chosen = find_format(work.brief.kind, form)
        job = ExportJob(work=await self.document(work), out=out, blobs=self.blobs, audio=audio)
        return await chosen.write(job)

    async def remove(self, work: str, *, answers: bool = False) -> None:
        """Forgets a work and its files; with `answers` also what its calls were answered."""
        work = await self.find(work)
        with Lease(self.settings.home, work):
            await self.blobs.drop(await self._log.remove(work, answers=answers))

    async def _set_brief(self, work: str, brief: Brief, assets: Mapping[str, bytes]) -> None:
        stored = {name: await self.blobs.put(work, data) for name, data in assets.items()}
        await self._log.append(work, BriefSet(brief=brief.model_copy(update={"assets": brief.assets | stored})))

    def _check_steps(self, plugin: Plugin, brief: Brief) -> None:
        if unknown := sorted((brief.models.keys() | self.settings.models.keys()) - set(plugin.written_steps)):
            steps = ", ".join(plugin.written_steps)
            raise BadSettings(f"There is no step {unknown[0]!r} that a model writes; there are: {steps}.")

    def _cast(self, speakers: Sequence[Speaker], language: str, default: str) -> Mapping[str, str]:
        voices = cast(speakers, language, default=default, base_url=self.settings.speech_url)
        return {speaker: voice.id for speaker, voice in voices.items()}

    async def _tools(self, work: Work, *, models: bool = True) -> Tools:
        wanted = models and work.brief.author == "llm"
        choices = await self._choices(work.id, work.plugin, work.brief) if wanted else {}

        async def put_blob(data: bytes) -> str:
            return await self.blobs.put(work.id, data)

        return Tools(
            work=work.id,
            choose=choices.__getitem__,
            voice=lambda written, language: resolve(written, language, base_url=self.settings.speech_url),
            say=self._providers.say,
            put_blob=put_blob,
            get_blob=self.blobs.get,
        )

    async def _choices(self, work: str, plugin: Plugin, brief: Brief) -> dict[str, ModelChoice]:
        settings = self.settings
        chosen: dict[str, ModelChoice] = {}
        for step in plugin.written_steps:
            model = brief.models.get(step) or settings.models.get(step) or brief.model or settings.model
            chosen[step] = ModelChoice(
                provider=await self._providers.model(model, settings.base_url),
                model=model,
                base_url=settings.base_url,
                window=settings.window,
                work=work,
            )
        return chosen
