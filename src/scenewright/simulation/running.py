"""Runs the real board and the real run, behind the real gates, on a clock that jumps."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from scenewright.domain.events import RunEnded
from scenewright.domain.steps import StepId
from scenewright.plan import Known
from scenewright.scheduler import Board, Limits, Run
from scenewright.simulation.bounds import Bounds, bounds, paced
from scenewright.simulation.calling import Accounts
from scenewright.simulation.journal import TimedJournal
from scenewright.simulation.kind import SimulatedKind
from scenewright.simulation.listening import SimulatedListener
from scenewright.simulation.performing import Performing
from scenewright.simulation.report import Calls, Report, stalls
from scenewright.simulation.settings import Parallel, Setting
from scenewright.simulation.workload import Workload, draw
from scenewright.testing import virtualloop
from scenewright.testing.provider.quota import Quota

RESUMED_AFTER = 60.0  # seconds until somebody resumes a run that has paused
MOST_FRUITLESS = 20  # resumes in a row that brought nothing, until that somebody gives up


def simulate(workload: Workload, setting: Setting) -> Report:
    """The same workload and setting give the same report. Not to be called while an event loop runs."""
    return virtualloop.run(
        _Simulation(workload, setting).run(), settle=0
    )  # other threads of the process are not its own


def compare(workload: Workload, settings: Sequence[Setting], *, processes: int = 1) -> list[Report]:
    """The same work under several settings; with more processes, several at a time."""
    if min(processes, len(settings)) < 2:
        return [simulate(workload, setting) for setting in settings]
    context = multiprocessing.get_context("spawn")  # a fork would copy whatever threads hold
    with ProcessPoolExecutor(min(processes, len(settings)), mp_context=context) as pool:
        return list(pool.map(simulate, repeat(workload), settings))


class _Simulation:
    def __init__(self, workload: Workload, setting: Setting) -> None:
        self.workload, self.setting = workload, setting
        self.drawn = draw(workload)
        self.known = Known()
        self.kind = SimulatedKind(self.drawn)
        self.pauses = 0
        self.moves = asyncio.Event()  # the listener has begun or ended a scene since the last run began

    async def run(self) -> Report:
        self.clock = asyncio.get_running_loop().time
        self.journal = TimedJournal(self.clock)
        self.accounts = None if self._simple() else Accounts(self.workload, self.setting)
        self.listener = SimulatedListener(self.drawn, self.journal, self._moved)
        listening = asyncio.ensure_future(self.listener.listen()) if self.setting.ahead is not None else None
        try:
            return self._report(await self._until_ended(), self.clock())
        finally:
            if listening is not None:
                listening.cancel()

    async def _until_ended(self) -> RunEnded:
        ended, fruitless = await self._once(), 0
        while fruitless < MOST_FRUITLESS:
            before, waits = len(self.known.adopted), self.board.waiting_for_listener()
            if waits and not self.listener.idle:
                await self.moves.wait()
                ended = await self._once(again=())
            elif waits or ended.outcome == "paused":
                await asyncio.sleep(RESUMED_AFTER)
                self.pauses, ended = self.pauses + 1, await self._once()
            else:
                break
            fruitless = fruitless + 1 if len(self.known.adopted) == before else 0
        return ended

    def _moved(self) -> None:
        self.moves.set()
        self.catching_up = asyncio.ensure_future(self.engine.catch_up())

    def _simple(self) -> bool:
        """Nothing could happen at a gate, so none is built: ten times as many steps a second."""
        return self.workload.undisturbed and "auto" not in (self.setting.model, self.setting.voice)

    async def _once(self, again: Collection[StepId] | None = None) -> RunEnded:
        self.moves.clear()
        accounts, setting = self.accounts, self.setting
        performing = Performing(self.drawn, self.kind, accounts.ask) if accounts else Performing(self.drawn, self.kind)
        limits = accounts or Limits(model=int(setting.model), voice=int(setting.voice))
        self.board = Board(self.kind, self.known, limits, setting.ahead)
        self.engine = Run(self.board, performing.performers(), self.journal, again=again)
        if accounts:
            accounts.on_change(self.engine.wake)
        return await self.engine.execute()

    def _report(self, ended: RunEnded, makespan: float) -> Report:
        released = self.journal.released
        model = _places(self.setting.model, self.workload.model_quota)
        voice = _places(self.setting.voice, self.workload.voice_quota)
        model_use, voice_use, calls = self._use(model, voice, makespan)
        return Report(
            setting=self.setting,
            scenes=self.drawn.scenes,
            outcome=ended.outcome,
            makespan=makespan,
            first_scene=released[0][1] if released else None,
            stalls=stalls([at for _, at in released], [sum(self.drawn.speech[scene]) for scene, _ in released]),
            bounds=self._bounds(model, voice) if ended.outcome == "done" and self.setting.ahead is None else None,
            model_use=model_use,
            voice_use=voice_use,
            calls=calls,
            failed_scenes=len(self.known.failed_scenes),
            pauses=self.pauses,
            releases=released,
            intervals=self.journal.intervals,
        )

    def _bounds(self, model: int | None, voice: int | None) -> Bounds:
        workload, scenes = self.workload, self.workload.scenes
        read, written = workload.input_tokens, workload.output_tokens
        tokens = [read.get(step, 0) + written.get(step, 0) for step in ("outline", "content", "actions")]
        models = paced(2 * scenes + 1, tokens[0] + scenes * sum(tokens[1:]), workload.model_quota)
        clips = scenes * workload.clips
        voices = paced(clips, clips * workload.characters, workload.voice_quota)
        return bounds(self.drawn, model, voice, max(models, voices))

    def _use(self, model: int | None, voice: int | None, makespan: float) -> tuple[float | None, float | None, Calls]:
        """Shares of the places for models and for voices, and the calls."""
        models, voices = self.accounts.tallies if self.accounts else self.journal.tallies()
        calls = Calls(
            sent=models.sent + voices.sent,
            refused=models.refused + voices.refused,
            failed=models.failed + voices.failed,
        )
        return _share(models.busy, model, makespan), _share(voices.busy, voice, makespan), calls


def _places(parallel: Parallel, quota: Quota) -> int | None:
    """Calls at a time that both the setting and the account allow; None: any number."""
    allowed = [limit for limit in (parallel, quota.concurrent) if isinstance(limit, int)]
    return min(allowed, default=None)


def _share(busy: float, places: int | None, makespan: float) -> float | None:
    return busy / (places * makespan) if places and makespan else None
