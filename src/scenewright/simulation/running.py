"""Runs the real board and the real run on a clock that jumps."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from scenewright.domain.events import RunEnded
from scenewright.plan import Known
from scenewright.scheduler import Board, Limits, Run
from scenewright.simulation.bounds import bounds
from scenewright.simulation.journal import TimedJournal
from scenewright.simulation.kind import SimulatedKind
from scenewright.simulation.performing import Sleeping
from scenewright.simulation.report import Calls, Report, in_use, stalls
from scenewright.simulation.settings import Setting
from scenewright.simulation.workload import Drawn, Workload, draw
from scenewright.testing import virtualloop

MOST_RESUMES = 1000
MODEL_STEPS, VOICE_STEPS = frozenset({"outline", "content", "actions"}), frozenset({"clip"})


def simulate(workload: Workload, setting: Setting) -> Report:
    """The same workload and setting give the same report. Not to be called while an event loop runs."""
    return virtualloop.run(_simulate(workload, setting))


def compare(workload: Workload, settings: Sequence[Setting]) -> list[Report]:
    """The same work under several settings."""
    return [simulate(workload, setting) for setting in settings]


async def _simulate(workload: Workload, setting: Setting) -> Report:
    drawn = draw(workload)
    kind, journal = SimulatedKind(drawn), TimedJournal(asyncio.get_running_loop().time)
    known, limits = Known(), Limits(model=int(setting.model), voice=int(setting.voice))
    performers = Sleeping(drawn, kind).performers()
    ended, pauses = RunEnded(run="", outcome="paused"), -1
    while ended.outcome == "paused" and pauses < MOST_RESUMES:
        ended, pauses = await Run(Board(kind, known, limits), performers, journal).execute(), pauses + 1
    return _report(setting, drawn, known, journal, ended, pauses)


def _report(
    setting: Setting, drawn: Drawn, known: Known, journal: TimedJournal, ended: RunEnded, pauses: int
) -> Report:
    released, makespan = journal.released, asyncio.get_running_loop().time()
    model, voice = int(setting.model), int(setting.voice)
    return Report(
        setting=setting,
        scenes=drawn.scenes,
        outcome=ended.outcome,
        makespan=makespan,
        first_scene=released[0][1] if released else None,
        stalls=stalls([at for _, at in released], [sum(drawn.speech[scene]) for scene, _ in released]),
        bounds=bounds(drawn, model, voice),
        model_use=in_use(journal.intervals, MODEL_STEPS, model, makespan),
        voice_use=in_use(journal.intervals, VOICE_STEPS, voice, makespan),
        calls=Calls(sent=len(journal.intervals)),
        failed_scenes=len(known.failed_scenes),
        pauses=pauses,
        releases=[at for _, at in released],
        intervals=journal.intervals,
    )
