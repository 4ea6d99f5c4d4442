"""What outlives a work: its series, for kinds that have such a thing. Kept in the data folder."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scenewright.app.leases import leased
from scenewright.domain.base import Json, Value
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput, ScenewrightError
from scenewright.kinds.plugin import KeepsSeries, Plugin, Series, Source, load, names
from scenewright.store import Kept

WAITING = 10.0  # seconds that a writer waits for another
LOCK = "kept"
_log = logging.getLogger("scenewright")


@dataclass(frozen=True, kw_only=True)
class KeptSeries:
    name: str
    kind: str
    told: Series


def with_series(brief: Brief, home: Path, work: str = "") -> Brief:
    """The brief with what is kept of its series. `work`: if it was there before. Raises: BadInput; StoreError."""
    plugin = load(brief.kind)
    if not isinstance(plugin, KeepsSeries):
        return brief
    return plugin.with_kept(brief, Kept(home, brief.kind).get, work)


async def keep(plugin: Plugin, brief: Brief, home: Path, work: str, finished: Value | None = None) -> None:
    """Keeps what the work begins with, or what it has established. Raises: StoreError; WorkBusy."""
    if not isinstance(plugin, KeepsSeries):
        return
    kept = Kept(home, brief.kind)
    async with leased(home, LOCK, WAITING):
        found = await asyncio.to_thread(plugin.keep, brief, kept.get, work, finished)
        if found is not None and kept.get(found[0]) != found[1]:
            await asyncio.to_thread(kept.put, *found)


async def keep_finished(plugin: Plugin, brief: Brief, home: Path, work: str, finished: Value) -> None:
    """The work itself is safe already, whatever becomes of this."""
    try:
        await keep(plugin, brief, home, work, finished)
    except ScenewrightError as exc:
        _log.warning("What this work adds to its series was not kept: %s Resume it to try again.", exc)


def all_series(home: Path) -> tuple[Sequence[KeptSeries], Sequence[ScenewrightError]]:
    """What is kept, by name, and what of it cannot be read."""
    found, broken = list[KeptSeries](), list[ScenewrightError]()
    for kind in names():
        plugin, kept = load(kind), Kept(home, kind)
        if not isinstance(plugin, KeepsSeries):
            continue
        for name in kept.names():
            try:
                found.append(KeptSeries(name=name, kind=kind, told=plugin.series(_there(kept, name))))
            except ScenewrightError as exc:
                broken.append(exc)
    return found, broken


def series_source(home: Path, name: str) -> Source:
    """What is kept under the name, as a file that its kind reads again. Raises: BadInput: nothing is; StoreError."""
    for kind in names():
        plugin, kept = load(kind), Kept(home, kind)
        if isinstance(plugin, KeepsSeries) and name in kept.names():
            return plugin.series_source(_there(kept, name))
    raise BadInput(f"Nothing is kept under the name {name!r}; `scenewright shows` lists what there is.")


def _there(kept: Kept, name: str) -> Json:
    if (found := kept.get(name)) is None:
        raise BadInput(f"{name} has just been removed; list them again.")
    return found
