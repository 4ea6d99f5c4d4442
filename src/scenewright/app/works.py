"""Works in the data folder: made, run, looked at, exported, removed. What the command line and Python both use."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scenewright.app import control
from scenewright.app.drafts import Drafts
from scenewright.app.journal import LogJournal
from scenewright.app.leases import leased
from scenewright.app.obeying import obeying
from scenewright.app.preflight import check_prices, means_of
from scenewright.app.providers import Providers
from scenewright.app.purse import Purse
from scenewright.app.series import keep, keep_finished, with_series
from scenewright.app.settings import Settings
from scenewright.app.sources import Request, with_source
from scenewright.app.work import Watch, Work
from scenewright.domain.base import Value
from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.errors import BadInput, BadSettings, ScenewrightError, WorkBusy
from scenewright.domain.events import BriefSet, RunEnded
from scenewright.exports.job import AudioFormat
from scenewright.kinds.plugin import KeepsSeries, Plugin, Tools, load
from scenewright.limits import Gate
from scenewright.plan import Known
from scenewright.providers.llm.asking import ModelChoice
from scenewright.providers.speech.registry import cast, resolve
from scenewright.scheduler import Board, Run
from scenewright.store import AnswerRows, Lease, Log

__all__ = ["Work", "Works", "check_target"]


def check_target(out: Path | None) -> None:
    """Whether a work can be put there when it is done; asked before anything is paid. None: the current folder.

    Raises: BadInput: something that is not ours is there, or it cannot be written.
    """
    if out is not None and out.exists():
        from scenewright.exports.files import OURS, check_replaceable  # heavy

        check_replaceable(out, OURS)
    folder = Path.cwd() if out is None else out.absolute()
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise BadInput(f"{folder} cannot be written; choose another place with -o.")


class Works(Drafts):
    """The data folder, open. An asynchronous context manager.

    Raises: StoreError: if the data folder cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._closing = AsyncExitStack()
        self.purse = Purse(settings.prices, settings.allowance)
        self._providers = Providers(settings, AnswerRows(self._database), self._closing, self.purse)

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
        brief = plugin.complete(with_series(request.brief, self.settings.home), self._cast)
        if brief.author == "llm":
            await self._choices("", plugin, brief)
        work = await self._log.create(brief.kind)
        await keep(plugin, request.brief, self.settings.home, work)
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
                changed = with_source(brief, source)
                brief, assets = with_series(changed, self.settings.home, work), dict(source.assets)
            self._check_steps(opened.plugin, brief)
            brief = opened.plugin.complete(brief, self._cast)
            if brief.author == "llm":
                await self._choices(work, opened.plugin, brief)
            if source is not None:
                await keep(opened.plugin, source.brief, self.settings.home, work)
            await self._set_brief(work, brief, assets)

    async def run(
        self,
        work: str,
        *,
        watch: Callable[[Work], Watch] | None = None,
        started: Callable[[Run], None] = lambda _: None,
        on_bug: Callable[[BaseException], None] = lambda _: None,
        again: bool = True,
        ahead: int | None = None,
        playhead: str | int | None = None,
        ready: Callable[[Work], Awaitable[None]] | None = None,
    ) -> RunEnded:
        """Runs a work to its end, or on from where it stopped. `started` gets the run, for pausing it.

        What others ask of the work meanwhile is done; `watch` is given the work again if that begins another run.
        `again`: whether what failed is tried again. `ahead`: see Board. `playhead`: the scene that is listened to.
        `ready`: asked before anything is paid, unless another process runs the work; what it raises ends the run.
        Raises: WorkBusy; BadSettings; StoreError; BadInput: there is no such scene to listen to.
        Cancelling it cancels the run; what has arrived is kept.
        """
        row = await self._log.row(work)
        ended: RunEnded | None = None
        while True:
            try:
                async with leased(self.settings.home, row.id):
                    opened = await self._open(row, ahead)
                    if ended is None and playhead is not None and _planned(opened.board):
                        control.scene_of(opened.board, playhead)  # or a misspelt one would be waited for in silence
                    if ready is not None and ended is None:
                        await ready(opened)
                    journal = _journal(self._log, opened, watch)
                    if opened.board.finished() and opened.ended and opened.ended.outcome == "done":
                        await self._keep_finished(opened)  # it may have been killed just before it was
                        return opened.ended
                    for asked in control.afresh(opened.board) if again else ():
                        for event in await journal.append(asked):
                            opened.board.tell(event)
                    self._open_purse(opened)
                    performers = opened.plugin.performers(opened.brief, await self._tools(opened))
                    run = Run(opened.board, performers, journal, again=None if again else (), on_bug=on_bug)
                    started(run)
                    ended = await self._execute(opened, run, playhead)
                    if ended.outcome == "done":
                        await self._keep_finished(opened)
            except WorkBusy:
                if ended is None:
                    raise
                return ended  # somebody else goes on with it already
            # Only now: whoever asked while the lease was held has written it down before, and did not run it himself.
            if ended.outcome == "cancelled" or opened.board.pausing or not await _more_to_do(opened, journal):
                return ended
            again = False

    def _open_purse(self, work: Work) -> None:
        """What the work may still cost. Raises: BadSettings: the price of something is unknown."""
        if self.purse.limit is not None:
            check_prices(means_of(work.brief, self.settings), self.purse.prices)
            self.purse.open(work.id, (logged.event for logged in work.events))

    async def _execute(self, work: Work, run: Run, playhead: str | int | None) -> RunEnded:
        work.places.models, work.places.voices = await self._gates(work)
        listened = playhead

        async def move_playhead() -> None:
            """As soon as the scene is planned."""
            nonlocal listened
            if listened is not None:
                with suppress(BadInput):
                    (moved,) = control.listen(work.board, listened)
                    listened = None
                    await self._write(work.id, [moved])

        self._running[work.id] = run
        try:
            with work.places.changing(run.wake):
                await move_playhead()  # or the run might find nothing to do, and end
                async with obeying(run, self._database.version, move_playhead):
                    ended = await run.execute()
                await move_playhead()
                return ended
        finally:
            del self._running[work.id]

    async def document(self, work: Work, *, empty: bool = False) -> Value:
        """The work in its kind's published format. `empty`: even if it has no scenes.

        Raises: BadInput: there is nothing to show yet.
        """
        if not (empty or work.board.scenes):
            raise BadInput(f"Work {work.id} has no scenes yet; `scenewright resume {work.id}` goes on with it.")
        return await self.assembled(work, work.known)

    async def assembled(self, work: Work, known: Known) -> Value:
        return await work.plugin.assemble(known, await self._tools(work, models=False))

    async def export(
        self,
        work: Work,
        form: str,
        out: Path,
        audio: AudioFormat = "as-is",
        options: Mapping[str, str] | None = None,
    ) -> Path:
        """Writes an export; returns what a person opens. `options`: what only this form knows.

        Raises: BadInput: unknown form or option, `out` cannot be written.
        """
        from scenewright.exports import ExportJob, find_format  # heavy

        chosen, given = find_format(work.brief.kind, form), dict(options or {})
        if unknown := sorted(given.keys() - chosen.options.keys()):
            known = "; ".join(f"{name}: {means}" for name, means in chosen.options.items())
            there = f"it has: {known}" if known else "it has none at all, so leave out --set"
            raise BadInput(f"The format {form} has no option {unknown[0]!r}; {there}.")
        job = ExportJob(work=await self.document(work), out=out, blobs=self.blobs, audio=audio, options=given)
        return await chosen.write(job)

    async def _keep_finished(self, work: Work) -> None:
        if isinstance(work.plugin, KeepsSeries):
            home, document = self.settings.home, await self.document(work)
            await keep_finished(work.plugin, work.brief, home, work.id, document)

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

    async def _gates(self, work: Work) -> tuple[list[Gate], list[Gate]]:
        """Of the accounts that the work uses, its models' and its voices'."""
        brief, settings = work.brief, self.settings
        written = await self._choices(work.id, work.plugin, brief) if brief.author == "llm" else {}
        models = {choice.model for choice in written.values()}
        voices = {who.voice or brief.voice for who in brief.speakers} if brief.audio else set()
        specs = [resolve(voice, brief.language or "en", base_url=settings.speech_url) for voice in voices]
        return (
            [await self._providers.model_gate(model, settings.base_url) for model in sorted(models)],
            [await self._providers.voice_gate(*engine) for engine in {(spec.engine, spec.base_url) for spec in specs}],
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


def _journal(log: Log, opened: Work, watch: Callable[[Work], Watch] | None) -> LogJournal:
    if not opened.events:
        raise BadInput(f"Work {opened.id} was interrupted before it began; remove it and make it again.")
    return LogJournal(log, opened.id, opened.events[-1].seq, watch(opened) if watch else lambda _: None)


async def _more_to_do(work: Work, journal: LogJournal) -> bool:
    """Whether something that was asked for while the run ended, or after, can start."""
    try:
        for event in await journal.news():
            work.board.tell(event)
    except ScenewrightError:  # removed meanwhile, for example; the run itself has ended well
        return False
    return bool(work.board.take())


def _planned(board: Board) -> bool:
    """Whether all scenes are known: nothing that concerns the work as a whole is missing."""
    return bool(board.scenes) and all(step.id.scene for step in board.missing())
