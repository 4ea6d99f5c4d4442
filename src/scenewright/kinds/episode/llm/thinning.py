"""A new joke that makes the script worse as measured (a line said twice, a stolen catchphrase) is not taken. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from scenewright.domain.episode import Patch
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.show import Joke
from scenewright.kinds.episode.llm.page import Whole
from scenewright.kinds.episode.measures import Assessment, assess
from scenewright.kinds.episode.patches import patched

WORSE = ("repeated_line", "repeated_phrase", "wrong_catchphrase", "own_name", "fact_unknown_to", "fact_broken")
# Other words alone move the figures by a few thousandths; a line that loses what it was to plant costs 0.02 and more.
SLACK = 0.01


def applied(whole: Whole, patches: Sequence[Patch]) -> tuple[ScriptScene, ...]:
    return tuple(patched(scene, patches)[0] for scene in whole.scenes)


def insertions(scenes: Sequence[ScriptScene], patches: Sequence[Patch]) -> list[tuple[Patch, str]]:
    """What was inserted into `scenes`, which have the patches, and the id it got: it stands behind its element."""
    behind = {(scene.id, one.id): two.id for scene in scenes for one, two in pairwise(scene.elements)}
    return [(each, behind[each.scene, each.element]) for each in patches if each.op == "insert"]


def thinned(whole: Whole, jokes: Sequence[Joke], patches: Sequence[Patch]) -> tuple[Patch, ...]:
    """Those that may stand: they add none of the findings above, and together do not lower the quality by `SLACK`.

    If all together will not do, one after the other is tried, each upon those that were taken.
    """
    before = _measured(whole, jokes, ())

    def stands(tried: Sequence[Patch]) -> bool:
        now = _measured(whole, jokes, tried)
        return now.quality >= before.quality - SLACK and _wrongs(now) <= _wrongs(before)

    if stands(patches):
        return tuple(patches)
    kept = list[Patch]()
    for patch in patches:
        if stands([*kept, patch]):
            kept.append(patch)
    return tuple(kept)


def _wrongs(assessment: Assessment) -> int:
    return sum(finding.kind in WORSE for finding in assessment.findings)


def _measured(whole: Whole, jokes: Sequence[Joke], patches: Sequence[Patch]) -> Assessment:
    scenes = applied(whole, patches)
    more = [Joke(scene=each.scene, punchline=element) for each, element in insertions(scenes, patches)]
    return assess(whole.script(scenes), whole.show, whole.plan, [*jokes, *more] or None)
