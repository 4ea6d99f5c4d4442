"""What is said of an episode in a line or two, besides what its steps tell. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.domain.assessment import Assessment
from scenewright.domain.base import Json
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.details import MOST_ROUNDS
from scenewright.kinds.episode.finale import review_of
from scenewright.plan import Known


class SummarisesEpisodes:
    """The half of the kind that sums up (see kinds.plugin.Summarises)."""

    def summary(self, known: Known) -> Sequence[str]:
        from scenewright.kinds.episode.assemble import assembled  # measures the text, which is not free

        episode = assembled(known)
        if episode.quality is None:
            return []
        minutes, seconds = divmod(round(sum(episode.seconds.values())), 60)
        changed = len({(each.patch.scene, each.patch.element) for each in episode.changes})
        told = f"Running time about {minutes} min {seconds:02} s (planned: {episode.show.minutes:g} min)"
        lines = [
            _quality(episode.quality),
            told + (f"; {_lines(changed)} rewritten after the draft" if changed else ""),
        ]
        return [*lines, *_in_vain(known)]

    def news(self, step: StepId, value: Json) -> str:
        match step.name:
            case "comedy":
                return f"{_counted(len(value['jokes']), 'joke')} found, {_lines(len(value['patches']))} improved"
            case "review":
                found = _counted(len(value["findings"]), "finding")
                return f"quality {value['quality']:.2f}, {found} to act on"
            case "refine":
                return f"{_lines(len(value['patches']))} rewritten"
            case _:
                return ""


def _in_vain(known: Known) -> Sequence[str]:
    """Said if the last round was for nothing; otherwise people wonder at the quality that they saw go by."""
    judged = [value["quality"] for n in range(1, MOST_ROUNDS + 2) if (value := known.value(review_of(n)))]
    if not judged or judged[-1] >= max(judged):
        return []
    return [f"Round {len(judged) - 1} of refinement made nothing better: what stood before it is kept."]


def _quality(quality: Assessment) -> str:
    parts = ", ".join(f"{part.name} {part.value:.2f}" for part in quality.parts if part.value is not None)
    reached = "reached" if quality.passed else "not reached"
    return f"Quality {quality.quality:.2f} ({quality.threshold:g} was wanted: {reached}): {parts}"


def _lines(count: int) -> str:
    return _counted(count, "line")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
