"""The classroom's real plan with performers that follow a script, on an in-memory log."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.document import Document, Prose, Section
from scenewright.domain.events import AnyEvent, BriefSet, RunEnded
from scenewright.kinds.classroom.plan import ClassroomPlan
from scenewright.plan import Desk, Known, Performer, Step
from scenewright.scheduler import Board, Limits, Run
from scenewright.testing.journal import MemoryJournal

SECONDS = {"outline": 4.0, "content": 10.0, "actions": 6.0, "clip": 1.0}


def document(texts: Sequence[str]) -> Document:
    return Document(
        name="doc",
        sections=tuple(
            Section(id=f"part-{i}", title=f"Part {i}", blocks=(Prose(text=t),)) for i, t in enumerate(texts, 1)
        ),
    )


def brief(scenes: int = 3, audio: bool = True) -> Brief:
    return Brief(
        documents=(document([f"text {number}" for number in range(1, scenes + 1)]),),
        language="en",
        audio=audio,
        speakers=(Speaker(id="teacher", name="T", voice="v"),),
        author="llm",
        model="scripted:m",
    )


@dataclass
class Author:
    """Writes scene i from section i, two speeches each. `fail` may raise for a step; every call is counted."""

    scenes: int = 3
    fail: Callable[[Step], None] = lambda step: None
    performed: list[str] = field(default_factory=list)
    in_flight: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)

    def performers(self) -> dict[str, Performer]:
        return {"outline": self._outline, "content": self._content, "actions": self._actions, "clip": self._clip}

    async def _work(self, step: Step, share: float = 1.0) -> None:
        self.in_flight[step.pool] += 1
        self.most[step.pool] = max(self.most[step.pool], self.in_flight[step.pool])
        try:
            await asyncio.sleep(SECONDS[step.id.name] * share)
            self.fail(step)
        finally:
            self.in_flight[step.pool] -= 1

    async def _outline(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed.append(str(step.id))
        parts: list[dict[str, Any]] = [
            {
                "type": "header",
                "title": "T",
                "language": "en",
                "objectives": [],
                "planned": [f"S{n}" for n in range(1, self.scenes + 1)],
            }
        ]
        for number in range(1, self.scenes + 1):
            parts.append({"type": "scene", "id": f"s{number}", "title": f"S{number}", "sections": [f"part-{number}"]})
        for part in parts[len(desk.parts) :]:
            await self._work(step, 1 / len(parts))
            await desk.part(part)
        return {"parts": parts}

    async def _content(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed.append(str(step.id))
        await self._work(step)
        text = step.given["sections"][0]["blocks"][0]["text"]
        return {"type": "slide", "title": "x", "blocks": [{"type": "paragraph", "id": "b1", "text": text}]}

    async def _actions(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed.append(str(step.id))
        carried = [speech["text"][:40] for speech in step.context["carry"]["speeches"]]
        shown = step.given["content"]["blocks"][0]["text"]
        parts = [
            {"type": "speech", "id": f"a{n}", "speaker": "teacher", "text": f"{shown}/{n} after {carried[-1:]}"}
            for n in (1, 2)
        ]
        for part in parts[len(desk.parts) :]:
            await self._work(step, 0.5)
            await desk.part(part)
        return {"parts": parts}

    async def _clip(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed.append(str(step.id))
        await self._work(step)
        return {"blob": "0" * 64, "media_type": "audio/ogg", "duration": 1.0, "cues": []}


@dataclass
class Stage:
    """A work in memory: its log outlives every run, as a file would outlive a process."""

    author: Author = field(default_factory=Author)
    events: list[AnyEvent] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def board(self, limits: Limits | None = None) -> Board:
        return Board(ClassroomPlan(), Known().replay(self.events), limits or Limits())

    async def run(
        self, limits: Limits | None = None, on_event: Callable[[AnyEvent], None] = lambda _: None
    ) -> RunEnded:
        run = Run(self.board(limits), self.author.performers(), Memory(self, on_event))
        self.runs.append(run)
        return await run.execute()

    def set(self, brief: Brief) -> Stage:
        self.events.append(BriefSet(brief=brief))
        self.times.append(0.0)
        return self

    def of(self, type: str) -> list[tuple[float, Any]]:
        return [(at, event) for at, event in zip(self.times, self.events, strict=True) if event.type == type]


class Memory(MemoryJournal):
    """The stage's log as a run keeps it, with the time of each event; writing it lets others run."""

    def __init__(self, stage: Stage, on_event: Callable[[AnyEvent], None]) -> None:
        super().__init__(stage.events, on_event)
        self._times = stage.times

    async def append(self, event: AnyEvent) -> Sequence[AnyEvent]:
        await asyncio.sleep(0)
        self._times.append(asyncio.get_running_loop().time())
        return await super().append(event)
