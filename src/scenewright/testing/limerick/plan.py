"""What is wanted of limericks: pure, asked again after every event."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.domain.steps import StepId
from scenewright.plan import Known, Step
from scenewright.testing.limerick.finale import lead_of, pool, revised, verse_of

OUTLINE = StepId(name="outline")
VERSES = 3  # if the brief names no number
SECONDS_A_WORD = 0.4  # read aloud


class LimerickPlan:
    name = "limerick"
    chain = "lead"

    def scenes(self, known: Known) -> Sequence[str]:
        return known.names(OUTLINE)

    def work_steps(self, known: Known) -> Sequence[Step]:
        wish = {"topic": known.brief.topic, "verses": known.brief.scenes or VERSES}
        return [Step(id=OUTLINE, pool="cpu", inputs=wish, rank=(-1,), on_failure="pause")]

    def scene_steps(self, known: Known, scene: str, position: int, carrier: str | None) -> Sequence[Step]:
        planned = {"topic": known.brief.topic, "turn": known.named_parts(OUTLINE)[scene]["title"]}
        verse = Step(id=verse_of(scene), pool=pool(known), inputs=planned, rank=(1, position))
        written = known.result(verse)
        lead = Step(
            id=lead_of(scene),
            pool=pool(known),
            inputs={"verse": written} if written else None,
            context={"before": known.value(verse_of(carrier)) if carrier else None},
            held=carrier is None,
            rank=(0, position),
            on_failure="pause",
        )
        return [verse, lead]

    def finale_steps(self, known: Known) -> Sequence[Step]:
        return revised(known, self.scenes(known), known.result).steps

    def seconds(self, known: Known, scene: str) -> float | None:
        verse = known.value(verse_of(scene))
        return SECONDS_A_WORD * sum(len(line.split()) for line in verse["lines"]) if verse else None
