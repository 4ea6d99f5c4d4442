"""Authors of an episode that do what a test says, in the place of the offline author's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.screenplay import Slug
from scenewright.domain.show import Character, EpisodePlan, ScenePlan, Show
from scenewright.plan import Desk, Performer, Step

ANN, BEN = Character(id="ann", name="Ann"), Character(id="ben", name="Ben")
SHOW = Show(title="The Yard", characters=(ANN, BEN), minutes=3)


def plan(scenes: int = 3) -> EpisodePlan:
    return EpisodePlan(
        title="One",
        scenes=tuple(
            ScenePlan(
                id=f"s{number}",
                title=f"Scene {number}",
                slug=Slug(place="YARD" if number % 2 else "KITCHEN", time="DAY"),
                characters=("ann", "ben") if number % 2 else ("ben",),
            )
            for number in range(1, scenes + 1)
        ),
    )


class Writers:
    """`fails`: steps that fail, as "dialogue@s2". `stops`: a step that never ends. `seen`: what was begun."""

    def __init__(self, fails: Iterable[str] = (), stops: str = "") -> None:
        self.fails, self.stops = set(fails), stops
        self.seen: list[str] = []
        self.stopped = asyncio.Event()
        self.most = self._now = 0

    def __call__(self) -> dict[str, Performer]:
        return {
            "outline": self._written(self._outline),
            "dialogue": self._written(self._dialogue),
            "directions": self._written(self._directions),
            "comedy": self._written(self._comedy),
            "review": self._written(self._review),
            "refine": self._written(self._refine),
        }

    def _written(self, write: Any) -> Performer:
        async def perform(step: Step, desk: Desk) -> dict[str, Any]:
            self.seen.append(str(step.id))
            self._now += 1
            self.most = max(self.most, self._now)
            try:
                await asyncio.sleep(0)
                if str(step.id) == self.stops:
                    self.stopped.set()
                    await asyncio.Event().wait()
                if str(step.id) in self.fails:
                    raise CallFailed(f"No luck with {step.id}.", failure=FailureClass.REFUSED)
                found: dict[str, Any] = write(step)
                for part in found.get("parts", [])[len(desk.parts) :]:
                    await desk.part(part)
                return found
            finally:
                self._now -= 1

        return perform

    def _outline(self, step: Step) -> dict[str, Any]:
        scenes = [{"type": "scene", **each.model_dump(mode="json")} for each in plan().scenes]
        header: dict[str, Any] = {
            "type": "header",
            "title": "Found",
            "logline": "",
            "stories": {},
            "planned": ["", "", ""],
            "show": None,
        }
        return {"parts": [header, *scenes]}

    def _dialogue(self, step: Step) -> dict[str, Any]:
        scene = step.given["scene"]
        said = [(who, f"This is {who} in {scene['id']}.") for who in scene["characters"]]
        return {"parts": [{"id": f"l{n}", "character": who, "text": text} for n, (who, text) in enumerate(said, 1)]}

    def _directions(self, step: Step) -> dict[str, Any]:
        return {"parts": [{"id": "d1", "text": "The yard is wet."}]}

    def _comedy(self, step: Step) -> dict[str, Any]:
        return {"jokes": [], "patches": [], "callbacks": [], "made_for": step.context["made_for"]}

    def _review(self, step: Step) -> dict[str, Any]:
        return {"quality": 0.9, "assessment": None, "findings": []}

    def _refine(self, step: Step) -> dict[str, Any]:
        return {"patches": [], "made_for": step.context["made_for"]}
