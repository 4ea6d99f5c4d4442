"""A kind of work whose steps only take time. To the engine it is a kind like any other.

outline -> for each scene: content -> actions (after the carry) -> one clip for each speech
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from scenewright.domain.steps import StepId
from scenewright.plan import Known, Step
from scenewright.simulation.workload import Drawn

OUTLINE = StepId(name="outline")
T = TypeVar("T")
Parts = Sequence[dict[str, Any]]


class SimulatedKind:
    """Pure, and quick: a step is made once for what it was made from, so its digests are computed once."""

    name = "simulated"
    chain = "actions"

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._made: dict[tuple[object, ...], Any] = {}
        self._contents: dict[str, Step] = {}  # scene -> its content
        self._ids: dict[str, StepId] = {}  # scene -> its actions
        self._outline = Step(id=OUTLINE, pool="model", inputs={"scenes": drawn.scenes}, rank=(-1,), on_failure="pause")
        self._work_steps = (self._outline,)

    def scenes(self, known: Known) -> Sequence[str]:
        return known.names(OUTLINE)

    def work_steps(self, known: Known) -> Sequence[Step]:
        return self._work_steps

    def finale_steps(self, known: Known) -> Sequence[Step]:
        return ()

    def seconds(self, known: Known, scene: str) -> float | None:
        return sum(self._drawn.speech[number(scene)])

    def scene_steps(self, known: Known, scene: str, position: int, carrier: str | None) -> Sequence[Step]:
        content = self._contents.get(scene) or self._contents.setdefault(scene, _content(scene, position))
        actions = self._actions_of(scene)
        shown, parts = known.result(content), known.parts.get(actions) or _parts(known.value(actions))
        heard = _parts(known.value(self._actions_of(carrier))) if carrier else ()
        facts = (shown, heard, carrier is None, parts, len(parts))
        return known.once(scene, facts, lambda: self._steps(content, position, shown, heard, carrier is None, parts))

    def _actions_of(self, scene: str) -> StepId:
        found = self._ids.get(scene)
        if found is None:
            found = self._ids[scene] = StepId(name="actions", scene=scene)
        return found

    def _steps(
        self, content: Step, position: int, shown: dict[str, Any] | None, heard: Parts, held: bool, parts: Parts
    ) -> Sequence[Step]:
        scene, carry = content.id.scene, [part["text"] for part in heard if part["spoken"]][-1:]
        facts = (shown["text"] if shown else None, carry[0] if carry else "", held)
        actions = self._once(("actions", scene, *facts), partial(_actions, scene, position, *facts))
        return (content, actions, *(self._clip(scene, position, part) for part in parts if part["spoken"]))

    def _clip(self, scene: str, position: int, part: dict[str, Any]) -> Step:
        return self._once(("clip", scene, part["id"], part["text"]), partial(_clip, scene, position, part))

    def outline_part(self, position: int) -> dict[str, Any]:
        return {"id": f"s{position + 1}"}

    def action_part(self, scene: str, index: int) -> dict[str, Any]:
        return {"id": f"{index + 1}", "text": f"{scene}.{index + 1}", "spoken": index in self._drawn.nth_clip}

    def _once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        found: T | None = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return found


def number(scene: str) -> int:
    """Position of a scene by its id, from 0."""
    return int(scene[1:]) - 1


def _parts(value: dict[str, Any] | None) -> Parts:
    parts: Parts = value["parts"] if value else ()
    return parts


def _content(scene: str, position: int) -> Step:
    return Step(
        id=StepId(name="content", scene=scene), pool="model", inputs={"scene": scene}, rank=(1, position),
        on_failure="mark",
    )  # fmt: skip


def _actions(scene: str, position: int, shown: str | None, carry: str, held: bool) -> Step:
    return Step(
        id=StepId(name="actions", scene=scene),
        pool="model",
        inputs={"scene": scene, "content": shown} if shown is not None else None,
        context={"carry": carry},
        held=held,
        rank=(0, position),
        on_failure="pause",
    )


def _clip(scene: str, position: int, part: dict[str, Any]) -> Step:
    return Step(
        id=StepId(name="clip", scene=scene, item=part["id"]),
        pool="voice",
        inputs={"text": part["text"]},
        rank=(position, int(part["id"])),
        on_failure="pause",
    )
