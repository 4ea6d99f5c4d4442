"""The loop at the end: a review of the whole text, patches for the lines it names, a review of what came of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenewright.domain.base import digest
from scenewright.domain.steps import StepId
from scenewright.plan import Known, Pool, Step

ROUNDS = 3  # reviews at most
LAST = 2  # rank: behind verses and leads

Text = Mapping[str, Sequence[str]]  # scene -> its lines; line 0 is the lead
Result = Mapping[str, Any]


def verse_of(scene: str) -> StepId:
    return StepId(name="verse", scene=scene)


def lead_of(scene: str) -> StepId:
    return StepId(name="lead", scene=scene)


def review_of(number: int) -> StepId:
    return StepId(name="review", item=str(number))


def refine_of(number: int, scene: str) -> StepId:
    """A step of the whole work, though it is about one scene: it comes after the scenes."""
    return StepId(name="refine", item=f"{number}.{scene}")


def pool(known: Known) -> Pool:
    return "model" if known.brief.author == "llm" else "cpu"


def written(known: Known, scenes: Sequence[str]) -> Text:
    """The lines of every scene that has them and is not skipped, before any revision."""
    found = {}
    for scene in scenes:
        verse, lead = known.value(verse_of(scene)), known.value(lead_of(scene))
        if verse and lead and scene not in known.skipped:
            found[scene] = [*lead["lines"], *verse["lines"]]
    return found


@dataclass(frozen=True, kw_only=True)
class Revised:
    steps: Sequence[Step]  # those wanted so far
    best: Text  # the version with the best score so far; the earliest of equals


def revised(known: Known, scenes: Sequence[str], read: Callable[[Step], Result | None]) -> Revised:
    """Walks through the rounds as far as `read` gives results for their steps."""
    best = text = written(known, scenes)
    steps, score = list[Step](), -1
    for number in range(1, ROUNDS + 1) if text else ():
        steps.append(_reviewing(known, number, text))
        judged = read(steps[-1])
        if judged is None or judged["score"] <= score:
            break
        best, score = text, judged["score"]
        refining = _refining(known, number, text, judged["findings"]) if number < ROUNDS else {}
        steps += refining.values()
        patches = {scene: read(step) for scene, step in refining.items()}
        # One that failed is gone on without, until it is tried again.
        if not refining or any(patches[at] is None and step.id not in known.failed for at, step in refining.items()):
            break
        text = {scene: patched(lines, patches.get(scene)) for scene, lines in text.items()}
    return Revised(steps=steps, best=best)


def _reviewing(known: Known, number: int, text: Text) -> Step:
    inputs = {"text": [[scene, lines] for scene, lines in text.items()]}  # a list: their order is read, too
    return Step(id=review_of(number), pool=pool(known), inputs=inputs, rank=(LAST, number), on_failure="pause")


def _refining(known: Known, number: int, text: Text, findings: Sequence[Result]) -> Mapping[str, Step]:
    """One step for each scene that the findings name; it reads this scene and what was found in it, nothing else."""
    found = dict[str, list[Result]]()
    for each in findings:
        found.setdefault(each["scene"], []).append(each)
    return {
        scene: Step(
            id=refine_of(number, scene),
            pool=pool(known),
            inputs={"lines": lines, "findings": found[scene]},
            rank=(LAST, number),
        )
        for scene, lines in text.items()
        if scene in found
    }


def patch(lines: Sequence[str], line: int, text: str) -> dict[str, Any]:
    return {"line": line, "base": digest(lines[line]), "text": text}


def patched(lines: Sequence[str], value: Result | None) -> Sequence[str]:
    """The lines with the patches of a refinement; one whose line is no longer what it was made for is dropped."""
    news = {(each["line"], each["base"]): each["text"] for each in value["patches"]} if value else {}
    return [news.get((number, digest(line)), line) for number, line in enumerate(lines)]
