"""Joining what was spoken piece by piece into one clip. Samples are mono float32 at 48 kHz, full scale = 1.0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenewright.providers.speech.loudness import RATE, loudness, normalised
from scenewright.providers.speech.splitting import Border

Samples = npt.NDArray[np.float32]

PAUSES: dict[Border, float] = {"clause": 0.12, "sentence": 0.32, "paragraph": 0.65}  # seconds after a chunk
LEAD, TAIL = 0.03, 0.08  # seconds kept before the first and after the last sound of a chunk: breaths, soft endings
START, END = 0.05, 0.25  # seconds of silence around the whole clip
FADE = 0.008  # seconds over which a chunk begins and ends, so that nothing clicks
QUIET = -46.0  # dB under a chunk's peak: below this is silence
FLOOR = 10 ** (-66 / 20)  # a peak below this is silence altogether
FRAME = RATE // 200  # samples over which sound is looked for (5 ms)
EVEN = 1.5  # LU that chunks may differ from the clip: more is the provider's doing, not the speaker's
LARGEST_STEP = 8.0  # LU that a chunk is raised or lowered at most


@dataclass(frozen=True, kw_only=True)
class Joined:
    samples: Samples
    spans: tuple[tuple[float, float], ...]  # seconds where each chunk sounds, in order


def join(pieces: Sequence[Samples], borders: Sequence[Border]) -> Joined:
    """Chunks trimmed, evened, with the pauses that their borders ask for, at the fixed loudness."""
    trimmed = _evened([trim(piece) for piece in pieces])
    parts, spans, at = [_silence(START)], [], len(_silence(START))
    for index, piece in enumerate(trimmed):
        last = index == len(trimmed) - 1
        pause = _silence(END if last else max(0.0, PAUSES[borders[index]] - LEAD - TAIL))
        parts += [faded(piece), pause]
        spans.append((at / RATE, (at + len(piece)) / RATE))
        at += len(piece) + len(pause)
    return Joined(samples=normalised(np.concatenate(parts)), spans=tuple(spans))


def trim(samples: Samples) -> Samples:
    """Without the silence that an engine puts around a chunk, but for a little that keeps the first and last sounds."""
    first, last = sounding(samples)
    return samples[max(0, first - round(LEAD * RATE)) : min(len(samples), last + round(TAIL * RATE))]


def sounding(samples: Samples) -> tuple[int, int]:
    """(first, last + 1) sample of the frames that are not silence; (0, 0) if all of it is."""
    peak = float(np.abs(samples).max()) if len(samples) else 0.0
    if peak < FLOOR:
        return 0, 0
    frames = -(-len(samples) // FRAME)
    padded = np.pad(samples, (0, frames * FRAME - len(samples))).reshape(frames, FRAME)
    loud = np.flatnonzero(np.abs(padded).max(axis=1) > peak * 10 ** (QUIET / 20))
    return int(loud[0]) * FRAME, min(len(samples), (int(loud[-1]) + 1) * FRAME)


def faded(samples: Samples) -> Samples:
    """Raised-cosine edges: begins and ends at zero."""
    length = min(round(FADE * RATE), len(samples) // 2)
    if not length:
        return samples
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)).astype(np.float32)
    result = samples.copy()
    result[:length] *= ramp
    result[-length:] *= ramp[::-1]
    return result


def _evened(pieces: list[Samples]) -> list[Samples]:
    """Each chunk within `EVEN` of the median loudness: some voices answer every call at another level."""
    if len(pieces) < 2:
        return pieces
    levels = [loudness(piece) for piece in pieces]
    known = [level for level in levels if level != float("-inf")]
    if not known:
        return pieces
    middle = float(np.median(known))
    return [_moved(piece, _step(level - middle)) for piece, level in zip(pieces, levels, strict=True)]


def _step(above: float) -> float:
    """Decibels by which to move a chunk that is `above` the middle by so much (-inf: it is silent)."""
    if above == float("-inf") or abs(above) <= EVEN:
        return 0.0
    excess = above - EVEN if above > 0 else above + EVEN
    return float(np.clip(-excess, -LARGEST_STEP, LARGEST_STEP))


def _moved(piece: Samples, decibels: float) -> Samples:
    return piece * np.float32(10 ** (decibels / 20)) if decibels else piece


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)
