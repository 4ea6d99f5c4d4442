"""Voice: people talk as the bible says, and no two of them talk alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenewright.domain.assessment import Finding, Part
from scenewright.domain.show import Show
from scenewright.kinds.episode.measures.marks import Fit, fits, misused
from scenewright.kinds.episode.measures.parts import mean
from scenewright.kinds.episode.measures.reading import Reading
from scenewright.kinds.episode.measures.telling import FEWEST, telling_apart

WEAK = 0.5
BIBLE = 0.65  # how much the bible counts where it says how somebody talks; the rest is being told apart


def voices(reading: Reading, show: Show, weight: float) -> Part:
    """Half the mean over the characters, half the weakest of them: one lost voice is not made up for by others."""
    known, apart = fits(reading, show.characters), telling_apart(reading)
    each = {who: value for who in {**known, **apart} if (value := _voice(known.get(who), apart.get(who))) is not None}
    return Part(
        name="voices",
        value=_together(list(each.values())),
        weight=weight,
        details={f"voice of {who}": round(value, 3) for who, value in each.items()}
        | {f"told apart: {who}": round(value, 3) for who, value in apart.items()},
        findings=(*misused(reading, show.characters), *_weak(reading, each)),
    )


def _voice(fit: Fit | None, apart: float | None) -> float | None:
    by_bible = fit.value if fit and fit.lines >= FEWEST else None
    if by_bible is None or apart is None:
        return by_bible if apart is None else apart
    return BIBLE * by_bible + (1 - BIBLE) * apart


def _together(values: list[float]) -> float:
    """0 if nobody speaks enough to have a voice."""
    average = mean(values)
    return 0.0 if average is None else (average + min(values)) / 2


def _weak(reading: Reading, voices: Mapping[str, float]) -> Iterator[Finding]:
    for who, value in voices.items():
        if value < WEAK:
            line = next(line for line in reading.lines if line.speaker == who)
            yield line.finding(
                "voice", f"{reading.name(who)} cannot be told by the lines ({value:.2f} of 1); it begins with this one."
            )
