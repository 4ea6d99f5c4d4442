"""`import`, `lock`, `unlock`, `versions`, `diff`, `undo`: what people write themselves, and the way back."""

from __future__ import annotations

import asyncio
import json as jsonlib
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from scenewright.app.comparing import Line, SceneDiff
from scenewright.app.settings import load_settings
from scenewright.app.versions import Version
from scenewright.app.work import Work
from scenewright.app.works import Works
from scenewright.cli.controlling import asked
from scenewright.cli.failure import plain, say, tell
from scenewright.cli.running import Running
from scenewright.domain.errors import BadInput
from scenewright.kinds.plugin import Imported, Source

if TYPE_CHECKING:
    from rich.text import Text

T = TypeVar("T")
LARGEST = 50_000_000  # bytes of a file that is read at all; what a kind reads of it is the kind's
STYLES = {"-": "red", "+": "green", " ": "", "~": "dim"}


def import_(prefix: str, file: Path, running: Running, *, force: bool) -> int:
    source = Source(name=file.name, data=_read(file))

    async def ask(works: Works, work: Work) -> None:
        found = await works.import_(work.id, source, force=force)
        for warning in found.warnings:
            say(f"Note: {warning}")
        say(_taken(work, found, (await works.open(work.id)).board.scenes))

    return asked(prefix, ask, running)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as exc:
        raise BadInput(f"{file} cannot be read ({exc.strerror or exc}); check its name.") from exc
    if len(data) > LARGEST:
        raise BadInput(f"{file} has more than {LARGEST // 10**6} MB; give a script.")
    return data


def _taken(work: Work, found: Imported, scenes: Sequence[str]) -> str:
    """What a file changed."""
    before = work.board.scenes
    new = [scene for scene in found.edits if scene not in before]
    parts = {
        "changed": [scene for scene in found.edits if scene in before],
        "new": new,
        "left out": [scene for scene in found.gone if scene not in work.known.skipped],
    }
    said = [f"{name}: {_numbers(listed, scenes, before)}" for name, listed in parts.items() if listed]
    if [each for each in scenes if each in before] != [each for each in before if each in scenes]:
        said.append("put into another order")
    return f"Scenes {'; '.join(said)}." if said else "The file changes nothing."


def _numbers(listed: Sequence[str], now: Sequence[str], before: Sequence[str]) -> str:
    return ", ".join(_number(each, now, before) for each in listed)


def _number(scene: str, now: Sequence[str], before: Sequence[str]) -> str:
    """By which the person knew it, and by which commands find it from now on."""
    numbers = [places.index(scene) + 1 for places in (before, now) if scene in places]
    return str(numbers[0]) if len({*numbers}) == 1 else f"{numbers[0]} (now {numbers[1]})"


def lock(prefix: str, scene: str) -> None:
    async def go(works: Works) -> None:
        await works.lock(prefix, scene)

    _with_works(go)
    say(f"Scene {scene} is locked: no later step changes it.")


def unlock(prefix: str, scene: str) -> None:
    async def go(works: Works) -> None:
        await works.unlock(prefix, scene)

    _with_works(go)
    say(f"Scene {scene} is open: a refresh may change it again.")


def versions(prefix: str, *, json: bool) -> None:
    found = _with_works(lambda works: _versions(works, prefix))
    if json:
        rows = [{key: value for key, value in asdict(each).items() if key != "sections"} for each in found]
        tell(jsonlib.dumps(rows, indent=2))
        return
    if not found:
        say("Nothing of this work is written yet, so it has no versions.")
    for each in found:
        tell(f"{each.number:>4}  {_time(each)}  {each.why or 'written'}{_changed(each)}")


async def _versions(works: Works, prefix: str) -> Sequence[Version]:
    return await works.versions(await works.find(prefix))


def _time(version: Version) -> str:
    return datetime.fromtimestamp(version.at, UTC).strftime("%Y-%m-%d %H:%M")


def _changed(version: Version) -> str:
    numbers = ", ".join(map(str, version.changed))
    said = [f"scene{'s' * (len(version.changed) > 1)} {numbers}"] if numbers else []
    return f"  [{'; '.join(said)}]" if said else ""


def diff(prefix: str, before: int | None, after: int | None, scene: str | None, *, json: bool) -> None:
    async def go(works: Works) -> tuple[Version, Version, Sequence[SceneDiff]]:
        return await works.diff(await works.find(prefix), before, after, scene)

    one, two, diffs = _with_works(go)
    if json:
        tell(jsonlib.dumps([_json(each) for each in diffs], indent=2))
        return
    if not diffs:
        say(f"Versions {one.number} and {two.number} read the same{' there' if scene else ''}.")
        return
    _print(_rendered(one, two, diffs))


def _json(found: SceneDiff) -> dict[str, Any]:
    lines = [[line.sign, line.text] for line in found.lines if line.sign != "~"]
    return {"scene": found.key, "heading": found.heading, "change": found.change, "lines": lines}


def _rendered(one: Version, two: Version, diffs: Sequence[SceneDiff]) -> Iterator[Text]:
    from rich.text import Text  # heavy

    yield Text(f"--- version {one.number}  {_time(one)}  {plain(one.why)}", style="red")
    yield Text(f"+++ version {two.number}  {_time(two)}  {plain(two.why)}", style="green")
    for each in diffs:
        yield Text("")
        yield Text(_head(each), style="bold cyan")
        yield from map(_line, each.lines)


def _head(found: SceneDiff) -> str:
    where = f"Scene {found.number}  {plain(found.heading)}" if found.number else "Before the scenes"
    return where if found.change == "changed" else f"{where}  ({found.change})"


def _line(line: Line) -> Text:
    from rich.text import Text  # heavy

    style = STYLES[line.sign]
    shown = Text("  ..." if line.sign == "~" else f"{line.sign} ", style=style)
    for piece in line.pieces:
        shown.append(plain(piece.text), style=f"{style} reverse" if piece.changed else style)
    return shown


def _print(lines: Iterator[Text]) -> None:
    """Coloured on a terminal, unless NO_COLOR says otherwise; lines are never wrapped elsewhere."""
    from rich.console import Console  # heavy

    console = Console(file=sys.stdout, highlight=False, markup=False, soft_wrap=True)
    for line in lines:
        console.print(line)


def undo(prefix: str, version: int | None, running: Running) -> int:
    async def ask(works: Works, work: Work) -> None:
        back = await works.undo(work.id, version)
        say(f"The work reads as in version {back.number} again ({back.why}).")

    return asked(prefix, ask, running)


def _with_works(action: Callable[[Works], Awaitable[T]]) -> T:
    async def go() -> T:
        async with Works(load_settings()) as opened:
            return await action(opened)

    return asyncio.run(go())
