"""Which steps an episode needs, from what is known of it. Pure: no model, no voice, no clock."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.domain.base import Json
from scenewright.domain.brief import Brief
from scenewright.domain.show import ScenePlan
from scenewright.kinds.episode.details import EpisodeDetails, details_of, wishes_of
from scenewright.kinds.episode.finale import wanted
from scenewright.kinds.episode.knowledge import bible_for, known_before
from scenewright.kinds.episode.story import (
    OUTLINE,
    carried,
    dialogue_of,
    directions_of,
    header_of,
    plans_of,
    pool,
    scenes_of,
    show_of,
    slug_of,
)
from scenewright.kinds.episode.table import reading
from scenewright.plan import Known, Step

DIRECTIONS, DIALOGUE = 0, 1  # ranks: what makes a scene whole goes first


class EpisodePlanner:
    """The kind's pure half (see plan.Kind).

    The chain is the dialogue: directions are written when every earlier scene has been spoken, so that they go on
    from what was really said before, and no dialogue waits for another.
    """

    name = "episode"
    chain = "dialogue"

    def scenes(self, known: Known) -> Sequence[str]:
        return scenes_of(known)

    def work_steps(self, known: Known) -> Sequence[Step]:
        return [known.of_brief(_outline)]

    def scene_steps(self, known: Known, scene: str, position: int, carrier: str | None) -> Sequence[Step]:
        held = not known.current(known.of_brief(_outline))
        plan = plans_of(known).get(scene)
        if plan is None or _written_first(known, scene):
            added = plan is None
            return known.once(("by hand", scene), (added,), lambda: (_by_hand(scene, added=added),))
        dialogue = self._dialogue(known, plan, position, held)
        directions = self._directions(known, plan, position, held, carrier, known.result(dialogue))
        return known.once(("scene", scene), (dialogue, directions), lambda: (dialogue, directions))

    def finale_steps(self, known: Known) -> Sequence[Step]:
        found = wanted(known)
        return [*found.steps, *(reading(known, found) if found.ended and known.brief.audio else ())]

    def seconds(self, known: Known, scene: str) -> float | None:
        """Nobody listens while an episode is still written."""
        return None

    def _dialogue(self, known: Known, plan: ScenePlan, position: int, held: bool) -> Step:
        def make() -> Step:
            earlier = list(plans_of(known).values())[: _place(known, plan.id)]
            inputs = {
                "show": bible_for(show_of(known), plan),
                "header": _head(known),
                "scene": plan.model_dump(mode="json"),
                "earlier": [each.model_dump(mode="json") for each in earlier],
                "knows": known_before(show_of(known), earlier, plan),
                "wishes": wishes_of(known.brief),
            }
            return Step(id=dialogue_of(plan.id), pool=pool(known), inputs=inputs, held=held, rank=(DIALOGUE, position))

        return known.once(("dialogue", plan.id), (known.brief, header_of(known), plan, position, held), make)

    def _directions(
        self, known: Known, plan: ScenePlan, position: int, held: bool, carrier: str | None, lines: Json | None
    ) -> Step:
        def make() -> Step:
            inputs = {
                "show": bible_for(show_of(known), plan),
                "scene": plan.model_dump(mode="json"),
                "lines": lines["parts"] if lines else None,
                "wishes": wishes_of(known.brief),
            }
            return Step(
                id=directions_of(plan.id),
                pool=pool(known),
                inputs=inputs if lines is not None else None,
                context={"before": _carry(known, carrier) if carrier else None},
                held=held or carrier is None,
                rank=(DIRECTIONS, position),
                needs=(dialogue_of(plan.id),),
            )

        said = known.value(dialogue_of(carrier)) if carrier else None
        edit = known.edits.get(carrier or "")
        facts = (known.brief, header_of(known), plan, position, held, carrier, said, edit, lines)
        return known.once(("directions", plan.id), facts, make)


def _outline(brief: Brief) -> Step:
    details = details_of(brief)
    inputs = {
        "plan": details.plan.model_dump(mode="json") if details.plan else None,
        "premise": brief.topic,
        "title": details.title,
        "transform": details.transform,
        "scenes": brief.scenes,
        "wishes": wishes_of(brief),
    }
    written = brief.author == "llm" and not _ready(details)
    # Once there are scenes, a changed bible re-runs those that it concerns, and shows the outline as stale.
    context = {
        "show": details.show.model_dump(mode="json"),
        "documents": [document.model_dump(mode="json") for document in brief.documents],
    }
    return Step(
        id=OUTLINE,
        pool="model" if written else "cpu",
        inputs=inputs,
        context=context,
        rank=(-1,),
        on_failure="pause",
    )


def _ready(details: EpisodeDetails) -> bool:
    return details.plan is not None and bool(details.plan.scenes)


def _head(known: Known) -> Json:
    head = header_of(known)
    return {key: head.get(key) for key in ("title", "logline", "stories")}


def _place(known: Known, scene: str) -> int:
    return list(plans_of(known)).index(scene)


def _carry(known: Known, carrier: str) -> Json:
    """What was really said at the end of the scene before, and where."""
    plan: ScenePlan | None = plans_of(known).get(carrier)
    slug = slug_of(known, carrier)
    return {
        "title": plan.title if plan else "",
        "slug": slug.model_dump(mode="json") if slug else None,
        "lines": carried(known, carrier),
        "next_opens_on": plan.handoff.next_opens_on if plan else "",
    }


def _written_first(known: Known, scene: str) -> bool:
    """Whether a person wrote the scene before its author was done with it."""
    return scene in known.edits and known.value(directions_of(scene)) is None


def _by_hand(scene: str, *, added: bool) -> Step:
    """Nothing is left to write of the scene. `added`: it is in no plan, so nobody else can write it."""
    return Step(id=dialogue_of(scene), pool="cpu", inputs={"by_hand": scene}, by_hand=added)
