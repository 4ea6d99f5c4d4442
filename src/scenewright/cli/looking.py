"""`works`, `show`, `export`, `remove`: nothing here calls a model."""

from __future__ import annotations

import asyncio
import json as jsonlib
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from scenewright.app.settings import load_settings
from scenewright.app.views import scene_rows, work_cells
from scenewright.app.work import summary_of
from scenewright.app.works import Work, Works
from scenewright.cli.controlling import price
from scenewright.cli.failure import say, tell
from scenewright.cli.making import named
from scenewright.cli.running import onwards
from scenewright.domain.errors import BadSettings
from scenewright.exports import find_format
from scenewright.exports.job import AudioFormat
from scenewright.observe import Spend

T = TypeVar("T")


def works(*, json: bool) -> None:
    async def summaries(works: Works) -> list[dict[str, Any]]:
        found = await works.list(lambda _, error: say(f"Note: {error}"))
        return [_summary(work, works.is_running(work)) for work in found]

    found = _with_works(summaries)
    if json:
        _print_json(found)
        return
    if not found:
        say("There are no works yet; `scenewright make SOURCE` makes one.")
    for row in found:
        tell(f"{row['id']}  {row['created'][:16]}  {row['state']:9}  {row['ready']}/{row['scenes']}  {row['title']}")


def show(prefix: str, *, json: bool) -> None:
    async def opened(works: Works) -> tuple[Work, bool]:
        work = await works.open(prefix)
        return work, works.is_running(work)

    work, running = _with_works(opened)
    summary, rows = _summary(work, running), scene_rows(work.board)
    if json:
        cells = [asdict(cell) for cell in work_cells(work.board)]
        refresh = {str(step.step): _cost(step.spend) for step in work.stale()}
        _print_json({**summary, "steps": cells, "rows": [asdict(row) for row in rows], "refresh": refresh})
        return
    tell(f"{summary['title'] or '(no title yet)'}  [{work.id}]")
    tell(f"{summary['kind']}, {summary['state']}, written by {summary['written_by']}, {work.spend}")
    for cell in work_cells(work.board):
        tell(f"  {cell.name}: {cell.state}")
    for row in rows:
        steps = "  ".join(f"{cell.name} {cell.done}/{cell.total} {cell.state}" for cell in row.cells)
        marks = "".join(f"  {name}" for name in ("edited", "locked") if getattr(row, name))
        tell(f"  {row.number:>3} {row.id:5} {row.title[:40]:40}  {'skipped' if row.skipped else steps}{marks}")
        if row.problem:
            tell(f"        failed: {row.problem}")
    for line in summary_of(work):
        tell(line)
    if stale := work.stale():
        tell(f"Stale (made from something that has changed since): {', '.join(str(step.step) for step in stale)}")
        planned = " --outline" if any(step.planning for step in stale) else ""
        tell(f"{price(work)}: scenewright refresh {work.id}{planned}")
    if summary["state"] not in ("done", "running"):
        for line in onwards(work):
            tell(line)


def _place(work: Work, form: str) -> Path:
    """Where an export goes if nobody says so: a file whose name says what it is, or a folder."""
    suffix = find_format(work.brief.kind, form).suffix
    return Path(f"{work.id}{suffix}" if suffix else f"{work.id}-{form}")


def export(prefix: str, form: str, out: Path | None, audio: str | None, settings: Sequence[str]) -> None:
    if audio is not None and audio not in get_args(AudioFormat):
        raise BadSettings(f"--audio {audio!r} is not one of {', '.join(get_args(AudioFormat))}.")
    chosen, options = cast(AudioFormat, audio or "as-is"), named(settings)

    async def write(works: Works) -> Path:
        work = await works.open(prefix)
        return await works.export(work, form, out or _place(work, form), chosen, options)

    tell(str(_with_works(write)))


def remove(prefix: str, *, answers: bool, yes: bool) -> None:
    work = _with_works(lambda works: works.find(prefix))
    if not yes and sys.stdin.isatty() and input(f"Remove work {work}? [y/N] ").strip().lower() not in ("y", "yes"):
        return
    _with_works(lambda works: works.remove(work, answers=answers))
    say(f"Removed {work}.")


def _with_works(action: Callable[[Works], Awaitable[T]]) -> T:
    async def go() -> T:
        async with Works(load_settings()) as opened:
            return await action(opened)

    return asyncio.run(go())


def _summary(work: Work, running: bool) -> dict[str, Any]:
    board = work.board
    interrupted = "interrupted" if work.events else "new"
    heads = [parts[0] for step in board.steps("") if (parts := work.known.parts.get(step))]
    spend = work.spend
    return {
        "id": work.id,
        "kind": work.brief.kind,
        "title": " ".join(str(heads[0].get("title", "")).split()) if heads else "",
        "created": datetime.fromtimestamp(work.created, UTC).isoformat(timespec="seconds"),
        "state": "running" if running else work.ended.outcome if work.ended else interrupted,
        "reason": work.ended.reason if work.ended else "",
        "written_by": work.brief.model or work.brief.author,
        "scenes": len(board.scenes),
        "ready": sum(board.complete(scene) for scene in board.scenes),
        "skipped": len(work.known.skipped),
        "stale": [str(step.id) for step in board.stale()],
        "calls": spend.calls,
        "cost": _cost(spend),
    }


def _cost(spend: Spend) -> str | None:
    """US dollars; None if a part of it is not known."""
    return str(spend.cost) if not spend.unpriced else None


def _print_json(value: Any) -> None:
    tell(jsonlib.dumps(value, indent=2))
