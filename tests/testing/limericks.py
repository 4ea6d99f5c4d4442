"""Limericks of authors that follow a script, in memory: who writes what, and what a run left in the log."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.brief import Brief
from scenewright.domain.events import AnyEvent, BriefSet, RunEnded
from scenewright.plan import Desk, Known, Performer, Step
from scenewright.scheduler import Board, Limits, Run
from scenewright.testing.journal import MemoryJournal
from scenewright.testing.limerick.finale import patch, revised
from scenewright.testing.limerick.plan import LimerickPlan
from scenewright.testing.virtualloop import run

SECONDS = {"outline": 1.0, "verse": 10.0, "lead": 4.0, "review": 5.0, "refine": 2.0}  # the outline: each part
WIDE = Limits(model=4)
Lines = tuple[str, int]


def rough(line: str) -> int:
    return int(match[1]) if (match := re.search(r"rough (\d)", line)) else 0


@dataclass
class Author:
    """Lines are as rough as `roughness` says; a refinement takes one from it, a review counts what is left.

    `scores`: what the reviews say instead, one after the other. `fail` may raise for a step.
    """

    roughness: Mapping[Lines, int] = field(default_factory=dict)  # (scene, line) -> refinements that it needs
    scores: Sequence[int] = ()
    fail: Callable[[Step], None] = lambda step: None
    performed: list[str] = field(default_factory=list)

    def performers(self) -> dict[str, Performer]:
        own = {name: self._timed(getattr(self, f"_{name}")) for name in ("verse", "lead", "review", "refine")}
        return {"outline": self._outline, **own}

    def _timed(self, make: Callable[[Step], dict[str, Any]]) -> Performer:
        async def perform(step: Step, desk: Desk) -> dict[str, Any]:
            self.performed.append(str(step.id))
            await asyncio.sleep(SECONDS[step.id.name])
            self.fail(step)
            return make(step)

        return perform

    async def _outline(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed.append(str(step.id))
        scenes = [{"id": f"v{n}", "title": f"turn v{n}"} for n in range(1, step.given["verses"] + 1)]
        parts: list[dict[str, Any]] = [{"type": "header", "title": "T"}, *scenes]
        for part in parts[len(desk.parts) :]:
            await asyncio.sleep(SECONDS["outline"])
            await desk.part(part)
        return {"parts": parts}

    def _verse(self, step: Step) -> dict[str, Any]:
        return {"lines": [self._first(step, 1), *(self._line(step.id.scene, number) for number in range(2, 6))]}

    def _lead(self, step: Step) -> dict[str, Any]:
        return {"lines": [self._first(step, 0)]}

    def _first(self, step: Step, number: int) -> str:
        """The line in which another take differs."""
        return self._line(step.id.scene, number) + (f", take {step.take}" if step.take else "")

    def _line(self, scene: str, number: int) -> str:
        return f"{scene} line {number} rough {self.roughness.get((scene, number), 0)}"

    def _review(self, step: Step) -> dict[str, Any]:
        text: list[tuple[str, list[str]]] = step.given["text"]
        findings = [
            {"scene": scene, "line": number, "problem": "rough"}
            for scene, lines in text
            for number, line in enumerate(lines)
            if rough(line)
        ]
        left = sum(rough(line) for _, lines in text for line in lines)
        number = int(step.id.item)
        return {"score": self.scores[number - 1] if self.scores else 100 - left, "findings": findings}

    def _refine(self, step: Step) -> dict[str, Any]:
        lines = step.given["lines"]
        smoother = {each["line"]: f"rough {rough(lines[each['line']]) - 1}" for each in step.given["findings"]}
        return {
            "patches": [patch(lines, n, re.sub(r"rough \d", new, lines[n])) for n, new in smoother.items()],
        }


@dataclass
class Stage:
    """A work in memory. Its log outlives every run."""

    author: Author = field(default_factory=Author)
    events: list[AnyEvent] = field(
        default_factory=lambda: [BriefSet(brief=Brief(kind="limerick", topic="cats", author="llm"))]
    )
    log: list[tuple[float, AnyEvent]] = field(default_factory=list)

    @property
    def known(self) -> Known:
        return Known().replay(self.events)

    def running(self, limits: Limits = WIDE) -> Run:
        clock = asyncio.get_running_loop().time
        journal = MemoryJournal(self.events, lambda event: self.log.append((clock(), event)))
        return Run(Board(LimerickPlan(), self.known, limits), self.author.performers(), journal)

    def play(self, limits: Limits = WIDE) -> RunEnded:
        """One run to its end; `log` and the author's list are of this run only."""
        self.log.clear()
        self.author.performed.clear()

        async def go() -> RunEnded:
            return await self.running(limits).execute()

        return run(go())

    def after(self, *events: AnyEvent) -> Stage:
        """The same work, and what a person asked for."""
        return Stage(self.author, [*self.events, *events])

    def times(self, type: str) -> dict[str, float]:
        return {str(event.step): at for at, event in self.log if event.type == type}  # type: ignore[union-attr]

    def text(self) -> dict[str, list[str]]:
        known = self.known
        best = revised(known, LimerickPlan().scenes(known), lambda step: known.value(step.id)).best
        return {scene: list(lines) for scene, lines in best.items()}

    def roughness(self) -> dict[Lines, int]:
        return {(s, n): rough(line) for s, lines in self.text().items() for n, line in enumerate(lines) if rough(line)}


def finale(performed: Sequence[str]) -> list[str]:
    return [step for step in performed if step.startswith(("review", "refine"))]


def staged(roughness: Mapping[Lines, int] | None = None, **fields: Any) -> Stage:
    return Stage(Author(roughness if roughness is not None else {("v1", 2): 1, ("v3", 0): 2}, **fields))
