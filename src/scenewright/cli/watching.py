"""Showing a run: a live board on a terminal, plain lines elsewhere, JSON lines on request."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from scenewright.app.views import SceneRow, StepCell, scene_rows, work_cells
from scenewright.app.work import news_of
from scenewright.app.works import Work
from scenewright.cli.failure import mute, plain, readable_traceback, say
from scenewright.domain.events import Logged
from scenewright.observe import Spend

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

Watch = Callable[[Logged], None]
MARKS = {"waiting": "·", "running": "…", "done": "✓", "stale": "~", "failed": "✗"}
COLOURS = {"waiting": "dim", "running": "cyan", "done": "green", "stale": "yellow", "failed": "red"}
PER_SECOND = 8  # frames


class Watcher(Protocol):
    def start(self, work: Work) -> Watch:
        """Again if what was asked meanwhile begins another run of the work."""

    def bug(self, exc: BaseException) -> None: ...

    def close(self) -> None: ...


def watcher(*, json: bool) -> Watcher:
    if json:
        return JsonLines()
    return LiveBoard() if sys.stderr.isatty() else PlainLines()


class _Base:
    def bug(self, exc: BaseException) -> None:
        if "--debug" in sys.argv[1:]:
            say(readable_traceback(exc))

    def close(self) -> None:
        """Nothing to clear away."""


class JsonLines(_Base):
    """The whole event log on standard output, one JSON object a line."""

    _shown = 0  # seq of the last

    def start(self, work: Work) -> Watch:
        for logged in work.events:
            self._line(logged)
        return self._line

    def _line(self, logged: Logged) -> None:
        if logged.seq <= self._shown:
            return
        self._shown = logged.seq
        try:
            print(logged.model_dump_json(ensure_ascii=True), flush=True)  # noqa: T201
        except BrokenPipeError:  # the reader has gone; the work goes on, and its log is on disk
            mute()


class PlainLines(_Base):
    """One line for each thing worth telling; for logs and pipes."""

    def start(self, work: Work) -> Watch:
        say(f"Work {work.id}")

        def watch(logged: Logged) -> None:
            event = logged.event
            match event.type:
                case "step.adopted" if event.step.name != "clip" and not (event.step.scene and event.step.item):
                    say(f"  {news_of(work, event) or f'{event.step} done'}")
                case "step.failed":
                    say(f"  {event.step} failed: {event.reason}")
                case "call.retried":
                    say(f"  {event.step}: {event.reason}; trying again in {event.wait:.0f} s")
                case "scene.released":
                    say(f"  {event.scene} ready")
                case "scene.skipped":
                    say(f"  {event.scene} skipped")
                case "run.pausing":
                    say(f"  pausing: {event.reason}")
                case _:
                    pass

        return watch


class LiveBoard(_Base):
    """One line a scene, redrawn a few times a second."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._next: asyncio.TimerHandle | None = None
        self._work: Work | None = None
        self._spend = Spend()
        self._began = time.time()
        self._note = ""
        self._told = ""  # what the last step of the whole work has found
        # Drawn by the event loop, never by rich's own thread: the board changes under no one's hands.
        self._live = Live(console=Console(stderr=True), get_renderable=self._table, auto_refresh=False)

    def start(self, work: Work) -> Watch:
        self._work, self._spend = work, work.spend
        if not self._live.is_started:
            self._began = time.time()
            self._live.start()
            self._draw()

        def watch(logged: Logged) -> None:
            self._spend = self._spend.add(logged.event)
            if logged.event.type == "call.retried":
                self._note = f"{logged.event.reason}; trying again in {logged.event.wait:.0f} s"
            elif news := news_of(work, logged.event):
                self._told = news
            elif logged.event.type == "call.made":
                self._note = ""

        return watch

    def close(self) -> None:
        if self._next is not None:
            self._next.cancel()
        if self._live.is_started:
            self._live.stop()

    def _draw(self) -> None:
        with suppress(OSError, ValueError):  # the terminal has gone; the work goes on
            self._live.refresh()
        self._next = asyncio.get_running_loop().call_later(1 / PER_SECOND, self._draw)

    def _table(self) -> RenderableType:
        from rich.console import Group
        from rich.table import Table
        from rich.text import Text

        if self._work is None:
            return Text("")
        rows = scene_rows(self._work.board)
        table = Table.grid(padding=(0, 2))
        for gives_way in (False, True, False, False, False, True):  # one line a scene, however narrow the terminal
            table.add_column(no_wrap=not gives_way)
        for row in self._visible(rows):
            table.add_row(Text(row.id, style="dim"), _line(row.title[:44]), *_cells(row), _end(row))
        planning = Text("  ").join(_cell(cell) for cell in work_cells(self._work.board))
        ready = sum(row.ready for row in rows)
        foot = Text(f"{ready}/{len(rows)} ready   {time.time() - self._began:.0f} s   {self._spend}", style="bold")
        told = [
            Text(plain(text), style=style) for text, style in ((self._told, "green"), (self._note, "yellow")) if text
        ]
        return Group(planning, table, foot, *told)

    def _visible(self, rows: list[SceneRow]) -> list[SceneRow]:
        """As many as the terminal has lines for: those around the first that is not ready."""
        room = max(3, self._live.console.height - 5)
        first = next((number for number, row in enumerate(rows) if not row.ready), len(rows))
        start = max(0, min(first - room // 3, len(rows) - room))
        return rows[start : start + room]


def _cells(row: SceneRow) -> list[RenderableType]:
    """One column each for content, actions and clips, whether there yet or not."""
    shown = [_cell(cell) for cell in row.cells][:3]
    from rich.text import Text

    return [*shown, *[Text("") for _ in range(3 - len(shown))]]


def _cell(cell: StepCell) -> Text:
    from rich.text import Text

    count = f" {cell.done}/{cell.total}" if cell.total > 1 else ""
    return Text(f"{MARKS[cell.state]} {cell.name}{count}", style=COLOURS[cell.state])


def _line(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(plain(" ".join(text.split())), style=style, no_wrap=True, overflow="ellipsis")


def _end(row: SceneRow) -> RenderableType:
    from rich.text import Text

    if row.skipped:
        return Text("skipped", style="dim")
    if row.problem:
        return _line(row.problem[:60], style="red")
    return Text("ready", style="green") if row.ready else Text("")
