"""Loudness after ITU-R BS.1770-4 / EBU R 128, and bringing a clip to a fixed one without clipping.

All signals are mono float32 at 48 kHz, full scale = 1.0.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

RATE = 48_000  # Hz; the standard tabulates its filter for this rate
TARGET = -18.0  # LUFS, what spoken word in mono is commonly brought to
CEILING = -1.5  # dBTP
TOLERANCE = 0.1  # LU at which no further correction is made
GATE_ABSOLUTE, GATE_RELATIVE = -70.0, -10.0  # LUFS, LU
BLOCK, HOP = 19_200, 4_800  # samples: 400 ms, three quarters overlapping
MAX_GAIN = 40.0  # dB; more would only raise noise

# The K-weighting of BS.1770: a shelf for the head, then a high-pass. (b0, b1, b2), (1, a1, a2).
SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

WARM_UP = 4_800  # samples in which the filter's memory fades below 1e-9
SPECTRUM = 1 << 18  # samples filtered at a time, with a warm-up on both sides
SEGMENT = SPECTRUM - 2 * WARM_UP
STEP = 48  # samples between two values of the limiter's gain (1 ms)
ROUNDS = 4  # of limiting and making up for it
REACH = 5  # steps that the limiter looks ahead and behind


def loudness(samples: Samples) -> float:
    """Integrated, gated loudness in LUFS; -inf for silence. Less than 400 ms is measured as one block."""
    power = np.square(_weighted(samples))
    if len(power) < BLOCK:
        power = np.pad(power, (0, BLOCK - len(power))) * np.float32(BLOCK / max(len(power), 1))
    hops = power[: len(power) // HOP * HOP].reshape(-1, HOP).sum(axis=1, dtype=np.float64)
    blocks = np.convolve(hops, np.ones(BLOCK // HOP), mode="valid") / BLOCK
    loud = blocks[_lufs(blocks) > GATE_ABSOLUTE]
    if not len(loud):
        return float("-inf")
    loud = loud[_lufs(loud) > _lufs(loud.mean()) + GATE_RELATIVE]
    return float(_lufs(loud.mean()))


def normalised(samples: Samples, target: float = TARGET, ceiling: float = CEILING) -> Samples:
    """The same clip at `target` LUFS with no peak above `ceiling` dBTP. Silence stays silence."""
    measured = loudness(samples)
    if measured == float("-inf"):
        return samples
    peaks = _step_peaks(samples)  # they grow with the gain, so they are looked for only once
    decibels = min(target - measured, MAX_GAIN)
    for _ in range(ROUNDS):
        gain = _gain(peaks, _ratio(decibels), _ratio(ceiling))
        result = _apply(samples, gain)
        if float(gain.min()) == float(gain.max()):  # nothing was limited
            break
        short = target - loudness(result)
        if abs(short) < TOLERANCE or decibels + short > MAX_GAIN:
            break
        decibels += short  # the limiter took some loudness away: give it back
    return result


def limited(samples: Samples, ceiling: float = CEILING) -> Samples:
    """Peaks brought under `ceiling` dBTP by turning the gain down smoothly around them."""
    return _apply(samples, _gain(_step_peaks(samples), 1.0, _ratio(ceiling)))


def true_peak(samples: Samples) -> float:
    """Highest peak between samples as well, in dBTP (four times oversampled); -inf for silence."""
    peaks = _step_peaks(samples)
    highest = float(peaks.max()) if len(peaks) else 0.0
    return float(20 * np.log10(highest)) if highest else float("-inf")


def _lufs(power: npt.NDArray[np.float64] | np.float64) -> npt.NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-20)))


def _ratio(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _gain(peaks: npt.NDArray[np.float64], gain: float, ceiling: float) -> npt.NDArray[np.float64]:
    """The gain in the middle of each step: `gain`, and smoothly less around peaks that would pass the ceiling."""
    needed = np.minimum(gain, ceiling / np.maximum(peaks, 1e-9))
    if not len(needed) or needed.min() >= gain:
        return np.full(len(needed), gain)
    width = 2 * REACH + 1
    lowest = np.lib.stride_tricks.sliding_window_view(np.pad(needed, REACH, mode="edge"), width).min(axis=1)
    window = np.hanning(width)[1:-1]  # shorter than the minimum's, so that a peak keeps all it needs
    smooth = np.convolve(np.pad(lowest, REACH - 1, mode="edge"), window / window.sum(), mode="valid")
    return np.asarray(smooth, dtype=np.float64)


def _apply(samples: Samples, gain: npt.NDArray[np.float64]) -> Samples:
    if not len(samples):
        return samples
    middles = np.arange(len(gain)) * STEP + STEP / 2
    return (samples * np.interp(np.arange(len(samples)), middles, gain).astype(np.float32)).astype(np.float32)


def _weighted(samples: Samples) -> Samples:
    """K-weighted. A recursive filter is slow in Python, so its response is applied to the spectrum, piece by piece."""
    pieces = []
    for start in range(0, len(samples), SEGMENT):
        before = min(start, WARM_UP)
        piece = samples[start - before : start + SEGMENT]
        filtered = np.fft.irfft(np.fft.rfft(piece, SPECTRUM) * _response(), SPECTRUM)  # the padding takes the tail
        pieces.append(filtered[before : len(piece)].astype(np.float32))
    return np.concatenate(pieces) if pieces else samples


@lru_cache(maxsize=1)
def _response() -> npt.NDArray[np.complex64]:
    delay = np.exp(-2j * np.pi * np.arange(SPECTRUM // 2 + 1) / SPECTRUM)
    response = np.ones_like(delay)
    for ahead, back in (SHELF, HIGH_PASS):
        response *= np.polyval(ahead[::-1], delay) / np.polyval(back[::-1], delay)
    return np.asarray(response, dtype=np.complex64)


def _step_peaks(samples: Samples) -> npt.NDArray[np.float64]:
    """Highest absolute value, also between samples, within each step of 1 ms."""
    steps = -(-len(samples) // STEP)
    highest = np.abs(samples)
    for phase in _phases():
        highest = np.maximum(highest, np.abs(np.convolve(samples, phase, mode="same")[: len(samples)]))
    padded = np.pad(highest, (0, steps * STEP - len(samples)))
    return np.asarray(padded.reshape(steps, STEP).max(axis=1) if steps else padded, dtype=np.float64)


def _phases() -> list[Samples]:
    """Filters that give the signal a quarter, a half and three quarters of a sample later: windowed sinc."""
    at = np.arange(-6, 7)
    window = np.hanning(len(at) + 2)[1:-1]
    return [(np.sinc(at + part) * window).astype(np.float32) for part in (0.25, 0.5, 0.75)]
