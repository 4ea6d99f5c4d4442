"""The episode as it stands now, from what is known of it."""

from __future__ import annotations

from collections.abc import Iterator

from scenewright.domain.episode import Episode, SceneProblem
from scenewright.domain.show import PlacedCallback
from scenewright.kinds.episode.details import details_of
from scenewright.kinds.episode.finale import COMEDY, Text, Version, finale
from scenewright.kinds.episode.measures import assess, scene_seconds
from scenewright.kinds.episode.standing import standing_callbacks
from scenewright.kinds.episode.story import episode_plan, plans_of, scenes_of, script_of, show_of
from scenewright.kinds.episode.table import read_aloud
from scenewright.plan import Known

OFFLINE_NOTE = "No model wrote this: its lines were put together from the bible and the outline by rules."


def now(known: Known) -> Version:
    """The version that the work stands at."""
    return finale(known, lambda step: known.value(step.id)).best


def assembled(known: Known) -> Episode:
    version = now(known)
    script, show, plan = script_of(known, version.text), show_of(known), episode_plan(known)
    multi = script.camera == "multi"
    offline = known.brief.author != "llm"
    quality = assess(
        script,
        show,
        plan,
        version.jokes or None,
        threshold=known.of_brief(details_of).threshold,
        reviewed=version.findings if not offline and version.as_reviewed else None,
    )
    return Episode(
        title=script.title,
        language=script.language,
        written_by="offline" if offline else known.brief.model,
        note=OFFLINE_NOTE if offline else "",
        show=show,
        plan=plan,
        script=script,
        seconds={each.id: scene_seconds(each, language=script.language, multi=multi) for each in script.scenes},
        quality=quality if script.scenes else None,
        findings=version.findings,
        jokes=version.jokes,
        callbacks=_callbacks(known, version.text),
        changes=version.changes,
        edited=tuple(scene for scene in version.text if scene in known.edits and known.edits[scene].written),
        locked=tuple(scene for scene in version.text if scene in known.locked),
        problems=tuple(_problems(known, version.text)),
        read=read_aloud(known, version.text),
    )


def _callbacks(known: Known, text: Text) -> tuple[PlacedCallback, ...]:
    """Those that the comedy pass found or placed, as far as their lines are there."""
    worked = known.value(COMEDY) or {"callbacks": []}
    return standing_callbacks(text, map(PlacedCallback.model_validate, worked["callbacks"]))


def _problems(known: Known, text: Text) -> Iterator[SceneProblem]:
    for scene in scenes_of(known):
        if scene in text:
            continue
        plan, failed = plans_of(known).get(scene), known.failed_scenes.get(scene)
        status = "skipped" if scene in known.skipped else "failed" if failed else "missing"
        yield SceneProblem(
            scene=scene, title=plan.title if plan else scene, status=status, problem=failed.reason if failed else ""
        )
