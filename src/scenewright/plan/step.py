"""A step: one unit of slow or paid work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, cast

from scenewright.domain.base import Json, digest
from scenewright.domain.steps import StepId

if TYPE_CHECKING:
    from functools import cached_property as once
else:

    class once:  # before Python 3.12, the library's takes a lock each time: dearer than what is kept
        def __init__(self, make: Callable[[Any], Any]) -> None:
            self._make, self._name, self.__doc__ = make, make.__name__, make.__doc__

        def __get__(self, step: Any, owner: type) -> Any:
            if step is None:
                return self
            made = step.__dict__[self._name] = self._make(step)
            return made


Pool = Literal["model", "voice", "cpu"]
NOTHING = digest(None)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One unit of work as a kind wants it now.

    `inputs` is all that the step may read, as JSON; None while something it needs is missing.
    `context` is also read, but a change of it alone makes an adopted result *stale* instead of running it again
    at once (the carry from an earlier scene; the whole document, for an outline that already has its scenes).
    """

    id: StepId
    pool: Pool
    inputs: Json | None
    context: Json = None
    rank: tuple[int, ...] = ()  # lower starts first
    on_failure: Literal["mark", "pause"] = "mark"
    take: int = 0  # given by the engine when a person asks for another result
    note: str = ""  # what that person said should be different; whoever performs the step heeds it
    follows: bool = False  # of the whole work, and made from its scenes: made anew with them
    by_hand: bool = False  # what it stands for was written by a person; nobody can give another take of it
    held: bool = False  # wanted, and its inputs are known, but it must not start yet
    needs: tuple[StepId, ...] = field(default=())  # what it waits for, for display; `inputs` decides

    @property
    def ready(self) -> bool:
        return self.inputs is not None and not self.held

    @property
    def given(self) -> Mapping[str, Any]:
        """The inputs of a step that is ready."""
        if not self.ready:
            raise ValueError(f"{self.id} is not ready")
        return cast(Mapping[str, Any], self.inputs)

    @once
    def inputs_digest(self) -> str:
        return digest([self.inputs, self.take])

    @once
    def reads(self) -> str:
        """What parts of this step depend on."""
        both = f'["{self.inputs_digest}","{self.context_digest}"]'  # their canonical JSON
        return sha256(both.encode()).hexdigest()

    @once
    def context_digest(self) -> str:
        return NOTHING if self.context is None else digest(self.context)
