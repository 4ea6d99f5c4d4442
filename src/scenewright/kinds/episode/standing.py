"""What a step of the finale was made from, noted in its result; and what of the result still stands. Pure.

A result outlives the text that it was made from: scenes are edited, written again, left out. Notes are put into the
result by whoever hands out the performers, so that no author has to think of them. A result without notes counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scenewright.domain.assessment import Finding
from scenewright.domain.base import digest
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.show import Joke, PlacedCallback
from scenewright.plan import Desk, Performer, Step

Text = Mapping[str, ScriptScene]
Result = Mapping[str, Any]


def noting_text(perform: Performer) -> Performer:
    """A performer whose result says which text it read: {"as_read": {scene: digest}}."""

    async def performed(step: Step, desk: Desk) -> dict[str, Any]:
        text: Sequence[Result] = step.context["text"]
        return {**await perform(step, desk), "as_read": {scene["id"]: digest(scene) for scene in text}}

    return performed


def reads_as(value: Result, text: Text, scene: str) -> bool:
    """Whether the scene is the one that was read, to the letter."""
    if "as_read" not in value:
        return scene in text
    return scene in text and value["as_read"].get(scene) == digest(text[scene].model_dump(mode="json"))


def standing_jokes(text: Text, jokes: Iterable[Joke]) -> tuple[Joke, ...]:
    """Those whose lines are there."""
    ids = _ids(text)
    return tuple(
        joke
        for joke in jokes
        if (joke.scene, joke.punchline) in ids and (not joke.setup or (joke.scene, joke.setup) in ids)
    )


def standing_callbacks(text: Text, callbacks: Iterable[PlacedCallback]) -> tuple[PlacedCallback, ...]:
    """Those whose line is there."""
    ids = _ids(text)
    return tuple(each for each in callbacks if (each.scene, each.element) in ids)


def standing_findings(text: Text, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those whose line is there; where they point to another one that is not, without it."""
    return tuple(_standing_findings(_ids(text), findings))


def _standing_findings(ids: frozenset[tuple[str, str]], findings: Iterable[Finding]) -> Iterator[Finding]:
    for each in findings:
        if (each.scene, each.element) in ids:
            other = (each.other_scene, each.other_element) in ids
            yield each if other else each.model_copy(update={"other_scene": "", "other_element": ""})


def _ids(text: Text) -> frozenset[tuple[str, str]]:
    return frozenset((name, element.id) for name, scene in text.items() for element in scene.elements)
