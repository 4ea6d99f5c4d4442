"""A work as its log tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scenewright.app import control
from scenewright.app.places import AccountPlaces
from scenewright.app.stale import StaleStep, made_from
from scenewright.domain.brief import Brief
from scenewright.domain.events import AnyEvent, Logged, RunEnded
from scenewright.kinds.plugin import Plugin, Summarises
from scenewright.observe import Spend
from scenewright.plan import Known
from scenewright.scheduler import Board

Watch = Callable[[Logged], None]
PHASES = ("run.started", "run.pausing", "run.ended")


@dataclass(frozen=True, kw_only=True)
class Work:
    id: str
    created: float  # seconds since 1970, UTC
    plugin: Plugin
    board: Board
    events: Sequence[Logged]
    places: AccountPlaces = field(default_factory=AccountPlaces)  # of the board

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

    @property
    def pausing(self) -> bool:
        """Whether a run was pausing when the log was read; False once it has ended."""
        types = (logged.event.type for logged in reversed(self.events))
        return next((kind == "run.pausing" for kind in types if kind in PHASES), False)

    def stale(self, scene: str = "", *, outline: bool = True) -> list[StaleStep]:
        """What a refresh would make anew, with what it cost before; see `control.stale`."""
        made = made_from(logged.event for logged in self.events)
        steps = control.stale(self.board, scene, outline=outline)
        return [
            StaleStep(
                step=step.id,
                spend=made.get(step.id, Spend()),
                planning=not (step.id.scene or step.follows),
            )
            for step in steps
        ]


def news_of(work: Work, event: AnyEvent) -> str:
    """What a step of the whole work has found, as its kind says it: "review/1: quality 0.71"; "" if nothing."""
    if event.type != "step.adopted" or event.step.scene or not isinstance(work.plugin, Summarises):
        return ""
    found = work.plugin.news(event.step, event.value)
    return f"{event.step}: {found}" if found else ""


def summary_of(work: Work) -> Sequence[str]:
    """What its kind says of it besides what its steps tell, line by line."""
    plugin = work.plugin
    return plugin.summary(work.known) if isinstance(plugin, Summarises) and work.board.scenes else ()
