"""Sounds at their places on one track, given out in order as soon as nothing earlier can come.

Samples are mono float32 at 48 kHz, full scale = 1.0. Only what still overlaps is in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scenewright.providers.speech.codec import RATE, Samples
from scenewright.providers.speech.loudness import limited

BLOCK = RATE  # samples of silence given out at a time


class Track:
    """`place` sounds in the order of their starts; what it gives out, joined, is the track."""

    def __init__(self) -> None:
        self._done = 0  # samples given out
        self._waiting: Samples = np.zeros(0, np.float32)  # what follows them

    def place(self, sounds: Sequence[Samples], start: float) -> Iterator[Samples]:
        """Sounds that begin together, at `start` seconds. Several keep under the ceiling that each of them keeps."""
        at = max(self._done, round(start * RATE))
        yield from self._until(at)
        self._add(_together(sounds))

    def end(self, duration: float) -> Iterator[Samples]:
        """What is left, and silence up to `duration` seconds."""
        yield from self._until(max(round(duration * RATE), self._done + len(self._waiting)))

    def _until(self, at: int) -> Iterator[Samples]:
        ready, self._waiting = self._waiting[: at - self._done], self._waiting[at - self._done :]
        self._done += len(ready)
        yield ready
        while self._done < at:
            silence = np.zeros(min(BLOCK, at - self._done), np.float32)
            self._done += len(silence)
            yield silence

    def _add(self, sound: Samples) -> None:
        self._waiting = _sum([self._waiting, sound])


def _together(sounds: Sequence[Samples]) -> Samples:
    return sounds[0] if len(sounds) == 1 else limited(_sum(sounds))


def _sum(sounds: Sequence[Samples]) -> Samples:
    mixed = np.zeros(max(map(len, sounds), default=0), np.float32)
    for sound in sounds:
        mixed[: len(sound)] += sound
    return mixed
