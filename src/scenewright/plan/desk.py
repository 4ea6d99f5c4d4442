"""What whoever performs a step works with. Types only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenewright.domain.events import AnyEvent
from scenewright.plan.step import Step


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Handed to a performer together with its step."""

    parts: Sequence[Mapping[str, Any]]  # accepted before, if the step was interrupted; it must only continue
    part: Callable[[dict[str, Any]], Awaitable[None]]  # appends one part; on disk when it returns
    note: Callable[[AnyEvent], Awaitable[None]]  # for wrappers of providers
    leave: asyncio.Event  # set when the run pauses: what has not been sent is not sent any more


Performer = Callable[[Step, Desk], Awaitable[dict[str, Any]]]
"""Does a step and returns its value (JSON). A failure is raised as a ScenewrightError."""
