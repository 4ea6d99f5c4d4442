"""How long a work will take under a setting: the engine itself runs it, on a clock that jumps."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.app.figures import Figures
from scenewright.simulation import Fixed, Setting, Workload, bounds, draw, simulate

MOST_SIMULATED = 300  # scenes; what a larger work takes is said by its bound, which no schedule can beat
AUTO = 3  # places that are reckoned with in a finale, where `auto` finds out how many there are
WORKERS = 4  # of the embedded voice, on a machine with as many cores


@dataclass(frozen=True, kw_only=True)
class Time:
    """Seconds. `bound`: they are what it takes at least, and not simulated."""

    whole: float
    first: float | None  # until the first scene can be listened to; None where only the bound is known
    bound: float  # max(work of a pool / its limit, longest path), and the finale


@dataclass(frozen=True, kw_only=True)
class Case:
    """A work as it will be in one case."""

    scenes: int
    figures: Sequence[Figures]
    chain: str  # name of the step that goes from scene to scene
    embedded: bool  # the voice is this machine's

    def workload(self) -> Workload:
        """In the words of the simulation: the plan of the work; the chain step; what is written beside it; clips."""
        clips = min(round(self._per_scene("voice")), 1000)
        chain = [each for each in self.figures if each.name == self.chain]
        return Workload(
            scenes=self.scenes,
            outline=sum(each.seconds * each.steps for each in self.figures if each.where == "work"),
            content=Fixed(sum(each.seconds for each in self._beside())),
            actions=Fixed(sum(each.seconds for each in chain)),
            clip=Fixed(max((each.seconds for each in self.figures if each.pool == "voice"), default=0.0)),
            parts=max(1, clips, *(round(each.parts) for each in chain)),
            clips=clips,
        )

    def time(self, setting: Setting) -> Time:
        workload, places = self.workload(), self._places(setting)
        finale = sum(_finale(each, places) for each in self.figures if each.where == "finale")
        bound = self._bound(workload, places) + finale
        if self.scenes > MOST_SIMULATED:
            return Time(whole=bound, first=None, bound=bound)
        report = simulate(workload, places)
        return Time(whole=max(report.makespan + finale, bound), first=report.first_scene, bound=bound)

    def _beside(self) -> list[Figures]:
        return [
            each for each in self.figures if each.where == "scene" and each.pool != "voice" and each.name != self.chain
        ]

    def _per_scene(self, pool: str) -> float:
        return sum(each.steps for each in self.figures if each.pool == pool and each.where == "scene") / self.scenes

    def _places(self, setting: Setting) -> Setting:
        """What runs on this machine follows no account's setting."""
        writes = any(each.pool == "model" for each in self.figures)
        here = min(WORKERS, os.cpu_count() or 1)
        return Setting(
            name=setting.name, model=setting.model if writes else 1, voice=here if self.embedded else setting.voice
        )

    def _bound(self, workload: Workload, places: Setting) -> float:
        model, voice = (None if each == "auto" else each for each in (places.model, places.voice))
        return bounds(draw(workload), model, voice).simple


def _finale(each: Figures, places: Setting) -> float:
    """Seconds. One after another, or as many beside each other as there are places."""
    pool = {"model": places.model, "voice": places.voice, "cpu": 1}[each.pool]
    limit = AUTO if pool == "auto" else int(pool)
    return each.seconds * each.steps / (min(limit, max(1.0, each.steps)) if each.beside else 1.0)
