"""What in an outline may be meant and may be a slip: a sentence for each. Pure."""

from __future__ import annotations

from scenewright.domain.show import EpisodePlan, Show
from scenewright.kinds.episode.source.names import listed, same

SLACK = 0.1  # of the running time, before it is worth a word


def doubts(show: Show | None, plan: EpisodePlan) -> list[str]:
    """What may be meant and may be a slip: a sentence for each."""
    return [*_time(show, plan), *_places(show, plan), *_threads(plan), *_people(plan), *_stories(plan)]


def _time(show: Show | None, plan: EpisodePlan) -> list[str]:
    times = [scene.seconds for scene in plan.scenes]
    total = sum(seconds or 0 for seconds in times)
    if show is None or not times or None in times or abs(total / (show.minutes * 60) - 1) <= SLACK:
        return []
    return [
        f"The scenes last {total / 60:.1f} minutes together, the show {show.minutes:g}; change `minutes` or the "
        "`seconds` of the scenes, or leave all `seconds` out to have the time shared out."
    ]


def _places(show: Show | None, plan: EpisodePlan) -> list[str]:
    if show is None or not show.sets:
        return []
    known = {same(name) for each in show.sets for name in (each.name, *each.aliases)}
    new = list(dict.fromkeys(scene.slug.place for scene in plan.scenes if same(scene.slug.place) not in known))
    return [f"These places are not among the show's sets: {listed(new)}; add what will come again."] if new else []


def _threads(plan: EpisodePlan) -> list[str]:
    paid = {each.setup for scene in plan.scenes for each in scene.payoffs}
    open_ = [each.text for scene in plan.scenes for each in scene.setups if each.id not in paid]
    return [f"These set-ups are never paid off: {listed(open_, 5)}."] if open_ else []


def _people(plan: EpisodePlan) -> list[str]:
    empty = [scene.title for scene in plan.scenes if not scene.characters]
    return [f"Nobody is named in these scenes: {listed(empty, 5)}."] if empty else []


def _stories(plan: EpisodePlan) -> list[str]:
    used = sorted({scene.story for scene in plan.scenes if scene.story} - plan.stories.keys())
    if not plan.stories or not used:
        return []
    return [f"Scenes belong to story {', '.join(used)}, of which `stories` does not say what it is about."]
