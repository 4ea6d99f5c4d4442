"""Review: what a model found that read the text. Its findings are counted; what it thinks of the whole is not asked."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.domain.assessment import Finding, Part
from scenewright.kinds.episode.measures.reading import Reading

SEVERAL = 3  # findings that count in one scene: who finds more there finds fault with everything


def review(reading: Reading, findings: Sequence[Finding], weight: float) -> Part:
    """1 / (1 + findings a scene). What cites a place that is not there is left out; a place counts once for a kind."""
    there = {(item.scene, item.id) for item in reading.items}
    found = tuple(each for each in findings if (each.scene, each.element) in there)
    different = {(each.scene, each.element, each.kind) for each in found}
    scenes = [scene for scene, _, _ in different]
    counted = sum(min(SEVERAL, scenes.count(scene)) for scene in dict.fromkeys(scenes))
    share = counted / max(1, len(reading.scenes))
    return Part(
        name="review",
        value=1 / (1 + share),
        weight=weight,
        details={"findings": len(found), "findings a scene, counted": round(share, 3)},
        findings=found,
    )
