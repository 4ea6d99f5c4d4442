"""What is said of an episode in a line or two, besides what its steps tell. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.domain.assessment import Assessment
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
        return [_quality(episode.quality), told + (f"; {_lines(changed)} rewritten after the draft" if changed else "")]


def _quality(quality: Assessment) -> str:
    parts = ", ".join(f"{part.name} {part.value:.2f}" for part in quality.parts if part.value is not None)
    reached = "reached" if quality.passed else "not reached"
    return f"Quality {quality.quality:.2f} ({quality.threshold:g} was wanted: {reached}): {parts}"


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"
