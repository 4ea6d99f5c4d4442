"""After the scenes: a comedy pass, then review and refinement in rounds. The best version is what remains. Pure.

Everything that these steps read is context: a scene that changes later makes them stale, which is shown with its price,
and changes no line elsewhere by itself. Their results are patches; each applies to the line that it was made for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from scenewright.domain.assessment import Finding
from scenewright.domain.base import Json, Value
from scenewright.domain.episode import Change
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.show import Joke
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.details import details_of, wishes_of
from scenewright.kinds.episode.knowledge import bible_for
from scenewright.kinds.episode.patches import of_value, patched
from scenewright.kinds.episode.standing import reads_as, standing_findings, standing_jokes
from scenewright.kinds.episode.story import episode_plan, first_text, header_of, plans_of, pool, scenes_of, show_of
from scenewright.plan import Known, Step

COMEDY = StepId(name="comedy")
LAST = 2  # rank: behind everything of the scenes
PLATEAU = 0.005  # a round that gains less is the last

_SAMPLE = Step(id=COMEDY, pool="cpu", inputs={}, follows=True)

Text = Mapping[str, ScriptScene]  # scene -> as it reads
Result = Mapping[str, Any]
Read = Callable[[Step], Result | None]


def review_of(number: int) -> StepId:
    """`number`: from 1; that of the first judges what the comedy pass left."""
    return StepId(name="review", item=str(number))


def refine_of(number: int, scene: str) -> StepId:
    """A step of the whole work, though it is about one scene: it comes after the scenes."""
    return StepId(name="refine", item=f"{number}.{scene}")


@dataclass(frozen=True, kw_only=True)
class Version:
    """The text as one review judged it."""

    text: Text
    changes: tuple[Change, ...]
    jokes: tuple[Joke, ...]
    findings: tuple[Finding, ...] = ()  # of a model that reviewed it
    quality: float | None = None  # None = not judged yet
    as_reviewed: bool = False  # whether the review read just this text: an edit takes findings away, and no fault


@dataclass(frozen=True, kw_only=True)
class Finale:
    steps: Sequence[Step]  # those wanted so far
    best: Version  # the judged one with the best quality, the earliest of equals; the newest until one is judged
    ended: bool  # nothing more will come


def written(known: Known) -> Text:
    """Every scene that is there and not skipped, before the comedy pass."""
    found = {scene: first_text(known, scene) for scene in scenes_of(known) if scene not in known.skipped}
    return {scene: text for scene, text in found.items() if text is not None}


def wanted(known: Known) -> Finale:
    """What is wanted now. Made again only when something has changed that it depends on: it is asked for each clip."""
    return known.once(("finale",), tuple(_facts(known)), lambda: finale(known, known.result))


def _facts(known: Known) -> Iterator[object]:
    scenes = scenes_of(known)
    yield from (known.brief, header_of(known), plans_of(known), known.skipped, known.locked, known.refreshes(_SAMPLE))
    for scene in scenes:
        yield first_text(known, scene)
    rounds = known.of_brief(details_of).rounds
    steps = [COMEDY, *map(review_of, range(1, rounds + 2))]
    steps += [refine_of(number, scene) for number in range(1, rounds + 1) for scene in scenes]
    for step in steps:
        yield from (known.adopted.get(step), known.failed.get(step))


def finale(known: Known, read: Read) -> Finale:
    """Walks as far as `read` gives results for the steps."""
    draft = written(known)
    if not draft:
        return Finale(steps=(), best=Version(text={}, changes=(), jokes=()), ended=False)
    comedy = _comedy(known, draft)
    worked = read(comedy)
    if worked is None:
        return Finale(steps=(comedy,), best=Version(text=draft, changes=(), jokes=()), ended=False)
    text, changes = _with(known, draft, worked, "comedy")
    read_then = [each for each in worked["jokes"] if _as_read(known, worked, draft, each["scene"])]
    jokes = standing_jokes(text, map(Joke.model_validate, read_then))
    return _rounds(known, read, Version(text=text, changes=changes, jokes=jokes), [comedy])


def _rounds(known: Known, read: Read, now: Version, steps: list[Step]) -> Finale:
    details, best = known.of_brief(details_of), now
    for number in range(1, details.rounds + 2):
        steps.append(_review(known, number, now))
        judged = read(steps[-1])
        if judged is None:
            return Finale(steps=steps, best=best, ended=False)
        now = _judged(now, judged)
        gain = _gain(now, best) if number > 1 else 1.0
        best = now if gain > 0 or number == 1 else best
        passed = (now.quality or 0.0) >= details.threshold
        if passed or gain < PLATEAU or number > details.rounds:
            break
        refining = _refining(known, number, now, judged)
        steps += refining.values()
        if not refining and not _went_on(known, number, judged):
            break
        results = {scene: read(step) for scene, step in refining.items()}
        # One that failed is gone on without, until it is tried again.
        if any(results[at] is None and step.id not in known.failed for at, step in refining.items()):
            return Finale(steps=steps, best=best, ended=False)
        now = _refined(known, now, results, number)
    return Finale(steps=steps, best=best, ended=True)


def _judged(now: Version, value: Result) -> Version:
    by_model = (Finding.model_validate(each) for each in value["findings"] if each.get("by") == "model")
    return Version(
        text=now.text,
        changes=now.changes,
        jokes=now.jokes,
        findings=standing_findings(now.text, (each for each in by_model if reads_as(value, now.text, each.scene))),
        quality=float(value["quality"]),
        as_reviewed=all(reads_as(value, now.text, scene) for scene in now.text),
    )


def _gain(now: Version, best: Version) -> float:
    return (now.quality or 0.0) - (best.quality or 0.0)


def _refined(known: Known, now: Version, results: Mapping[str, Result | None], number: int) -> Version:
    text, changes = dict(now.text), now.changes
    for value in results.values():
        if value is not None:
            news, made = _with(known, text, value, f"refine {number}")
            text, changes = dict(news), changes + made
    return Version(text=text, changes=changes, jokes=standing_jokes(text, now.jokes))


def _with(known: Known, text: Text, value: Result, step: str) -> tuple[Text, tuple[Change, ...]]:
    """The text with the patches of a result. A scene that a person wrote or locked since then is left alone."""
    made = dict(value["made_for"])
    news, changes = dict(text), list[Change]()
    for scene in dict.fromkeys(patch["scene"] for patch in value["patches"]):
        if scene in text and scene not in known.locked and made.get(scene) == stamp(known, scene):
            news[scene], done = _patched(known, text[scene], value, step)
            changes += done
    return news, tuple(changes)


def _patched(known: Known, scene: ScriptScene, value: Result, step: str) -> tuple[ScriptScene, tuple[Change, ...]]:
    return known.once(("patched", step, scene.id), (scene, value), lambda: patched(scene, of_value(value), step))


def stamp(known: Known, scene: str) -> str:
    """Another whenever a person has written the scene anew."""
    if (edit := known.edits.get(scene)) is None:
        return ""
    return str(edit.value.get("stamp", known.edited.get(scene, 0)))  # a lock that changes nothing keeps what it was


def _comedy(known: Known, text: Text) -> Step:
    return Step(
        id=COMEDY,
        pool=pool(known),
        inputs={},
        context={**_whole(known, text, "comedy"), "made_for": _stamps(known, text)},
        rank=(LAST, 0),
        on_failure="pause",
        follows=True,
    )


def _review(known: Known, number: int, now: Version) -> Step:
    return Step(
        id=review_of(number),
        pool=pool(known),
        inputs={},
        context={
            **_whole(known, now.text, f"review {number}"),
            "jokes": [each.model_dump(mode="json") for each in now.jokes],
        },
        rank=(LAST, number),
        on_failure="pause",
        follows=True,
    )


def _refining(known: Known, number: int, now: Version, judged: Result) -> Mapping[str, Step]:
    """One step for each scene that findings name; it reads this scene and what was found in it.

    What was found in a text that is another by now starts nothing; nor is a locked scene refined. What has been done
    already stays wanted, so that a lock or an edit here takes no line back elsewhere.
    """
    found = _by_scene(judged)
    return {
        scene: known.once(
            ("refining", number, scene),
            (now.text[scene], judged, plans_of(known).get(scene), show_of(known), known.brief, known.edits.get(scene)),
            partial(_refine, known, number, now.text[scene], found[scene]),
        )
        for scene in now.text
        if scene in found and (_done(known, number, scene) or _may_begin(known, judged, now.text, scene))
    }


def _by_scene(judged: Result) -> Mapping[str, list[Result]]:
    found = dict[str, list[Result]]()
    for each in judged["findings"]:
        found.setdefault(each["scene"], []).append(each)
    return found


def _done(known: Known, number: int, scene: str) -> bool:
    """Whether the scene was refined after this review."""
    review, refined = known.adopted.get(review_of(number)), known.adopted.get(refine_of(number, scene))
    return review is not None and refined is not None and refined.number > review.number


def _may_begin(known: Known, judged: Result, text: Text, scene: str) -> bool:
    return scene not in known.locked and reads_as(judged, text, scene)


def _went_on(known: Known, number: int, judged: Result) -> bool:
    """Whether there was something to refine, though none of these scenes is there any more."""
    return any(_done(known, number, scene) for scene in _by_scene(judged))


def _as_read(known: Known, value: Result, text: Text, scene: str) -> bool:
    """Whether the scene still has the lines that were read, by their ids: edits keep them, another draft does not."""
    return scene in known.edits or reads_as(value, text, scene)


def _refine(known: Known, number: int, scene: ScriptScene, findings: Sequence[Result]) -> Step:
    plan = plans_of(known).get(scene.id)
    return Step(
        id=refine_of(number, scene.id),
        pool=pool(known),
        inputs={},
        context={
            "show": bible_for(show_of(known), plan) if plan else show_of(known).model_dump(mode="json"),
            "scene": plan.model_dump(mode="json") if plan else None,
            "text": scene.model_dump(mode="json"),
            "findings": list(findings),
            "wishes": wishes_of(known.brief),
            "made_for": {scene.id: stamp(known, scene.id)},
        },
        rank=(LAST, number),
        follows=True,
    )


def _whole(known: Known, text: Text, stage: str) -> dict[str, Json]:
    """What is read of the whole episode. `text`: a list, for its order is read, too. `stage`: whose text it is."""
    planned = (header_of(known), plans_of(known))
    return {
        "show": _written_down(known, ("show",), show_of(known)),
        "plan": known.once(("plan down",), planned, lambda: episode_plan(known).model_dump(mode="json")),
        "text": [_written_down(known, (stage, scene.id), scene) for scene in text.values()],
        "wishes": wishes_of(known.brief),
    }


def _written_down(known: Known, key: tuple[str, ...], value: Value) -> Json:
    """As JSON, once: the finale is walked through again for each of its results."""
    return known.once(("written down", *key), (value,), lambda: value.model_dump(mode="json"))


def _stamps(known: Known, text: Text) -> Json:
    return {scene: stamp(known, scene) for scene in text}
