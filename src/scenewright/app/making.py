"""`scenewright.make`: a whole work with one call in Python."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from scenewright.app.reporting import OnProgress, Reporter
from scenewright.app.settings import Settings, load_settings
from scenewright.app.sources import authored, read_source
from scenewright.app.work import Watch, Work
from scenewright.app.works import Works, check_target
from scenewright.observe import Spend

Outcome = Literal["done", "failed", "paused", "cancelled"]
_log = logging.getLogger("scenewright")


@dataclass(frozen=True, kw_only=True)
class Made:
    """What became of a work. `outcome`: done = every scene is ready; failed = some are not; paused and cancelled can
    be gone on with."""

    work: str  # its id
    outcome: Outcome
    reason: str  # "" if it is done
    page: Path | None  # what to open in a browser; None if `out` was not given, or nothing is ready
    spend: Spend  # of all its runs


async def make(
    source: str | Path,
    *,
    out: str | Path | None = None,
    parallel: bool | int | str | None = None,
    voice_parallel: bool | int | str | None = None,
    on_progress: OnProgress | None = None,
    ahead: int | None = None,
    model: str | None = None,
    models: Mapping[str, str] | None = None,
    base_url: str | None = None,
    voice: str | None = None,
    speech_url: str | None = None,
    kind: str | None = None,
    show: str | Path | None = None,
    details: Mapping[str, Any] | None = None,
    language: str | None = None,
    scenes: int | None = None,
    audience: str | None = None,
    instructions: str | None = None,
    audio: bool | None = None,
    encoding: Literal["opus", "aac", "wav"] | None = None,
    budget: Decimal | float | str | None = None,
    price: str | None = None,
    voice_price: Decimal | float | str | None = None,
    home: str | Path | None = None,
) -> Made:
    """Makes a work from `source`: a path, an address, or a topic. The options are those of `scenewright make`.

    `out`: a folder for the finished work. `show`: that an episode belongs to: a kept one, or the path of its bible.
    `details`: settings of the kind, such as {"rounds": 2}; `--set` on the command line.
    `parallel`: off (the default), True (3), a number, or "auto".
    `budget`: US dollars that the work may cost; it pauses before it costs more. `price`, `voice_price`: as the options.
    `on_progress`: called as (status, current, total) when a scene starts and when it ends; see app.reporting.
    None means as the settings (`SCENEWRIGHT_...`) say. Cancelling it cancels the run; what has arrived is kept.
    Raises: BadInput, BadSettings: nothing has been paid; StoreError.
    """
    target = Path(out) if out is not None else None
    settings = settings_of(
        home=home,
        base_url=base_url,
        speech_url=speech_url,
        parallel_scene_concurrency=parallel,
        voice_parallel=voice_parallel,
        budget=budget,
        price=price,
        voice_price=voice_price,
    )
    if target is not None:
        check_target(target)
    wishes: dict[str, Any] = {
        "voice": voice or settings.voice or None,
        "models": models,
        "kind": kind,
        "details": details,
        "language": language,
        "scenes": scenes,
        "audience": audience,
        "instructions": instructions,
        "audio": audio,
        "encoding": encoding,
    }
    given = {name: value for name, value in wishes.items() if value is not None}
    request = authored(
        await read_source(str(source), given, None if show is None else str(show)), model, settings.model
    )
    _warn(request.warnings)
    async with Works(settings) as works:
        return await run(works, await works.create(request), out=target, on_progress=on_progress, ahead=ahead)


async def run(
    works: Works,
    work: str,
    *,
    out: Path | None = None,
    on_progress: OnProgress | None = None,
    ahead: int | None = None,
) -> Made:
    """Runs a work on and says what became of it. Raises: WorkBusy; BadSettings; StoreError."""
    async with AsyncExitStack() as during:
        reporter = await during.enter_async_context(Reporter(on_progress)) if on_progress else None
        ended = await works.run(work, watch=_watching(reporter), ahead=ahead)
    opened = await works.open(work)
    ready = any(opened.board.complete(scene) for scene in opened.board.scenes)
    page = await works.export(opened, "folder", out) if out is not None and ready else None
    return Made(work=opened.id, outcome=ended.outcome, reason=ended.reason, page=page, spend=opened.spend)


def settings_of(**overrides: object) -> Settings:
    """The settings with what is given here; None is not. What cannot be meant is logged. Raises: BadSettings."""
    said = {name: value if isinstance(value, Path) else str(value) for name, value in overrides.items()}
    settings = load_settings(**{name: said[name] for name, value in overrides.items() if value is not None})
    _warn(settings.warnings)
    return settings


def open_works(
    *,
    home: str | Path | None = None,
    parallel: bool | int | str | None = None,
    voice_parallel: bool | int | str | None = None,
    base_url: str | None = None,
    speech_url: str | None = None,
) -> Works:
    """The works of the data folder, to be used as `async with open_works() as works`.

    Raises: BadSettings; StoreError: the data folder cannot be used.
    """
    settings = settings_of(
        home=home,
        base_url=base_url,
        speech_url=speech_url,
        parallel_scene_concurrency=parallel,
        voice_parallel=voice_parallel,
    )
    return Works(settings)


def _watching(reporter: Reporter | None) -> Callable[[Work], Watch] | None:
    if reporter is None:
        return None
    heard = 0

    def watch(work: Work) -> Watch:
        nonlocal heard
        for logged in work.events:
            if logged.seq > heard:
                reporter.before(logged)
                heard = logged.seq
        return tell

    def tell(logged: Any) -> None:
        nonlocal heard
        heard = logged.seq
        reporter.watch(logged)

    return watch


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        _log.warning(warning)
