"""Loudness after ITU-R BS.1770-4 / EBU R 128, and bringing a clip to a fixed one without clipping.

All signals are mono float32 at 48 kHz, full scale = 1.0.
"""

from __future__ import annotations

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

SEGMENT, WARM_UP = 20 * RATE, RATE  # filtered piecewise; a second before each piece lets the filter settle
STEP = 48  # samples between two values of the limiter's gain (1 ms)
REACH = 5  # steps that the limiter looks ahead and behind


def loudness(samples: Samples) -> float:
    """Integrated, gated loudness in LUFS; -inf for silence. Less than 400 ms is measured as one block."""
    power = np.square(_weighted(samples), dtype=np.float64)
    if len(power) < BLOCK:
        power = np.pad(power, (0, BLOCK - len(power))) * (BLOCK / max(len(power), 1))
    total = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, len(power) - BLOCK + 1, HOP)
    blocks = (total[starts + BLOCK] - total[starts]) / BLOCK
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
    gain = min(target - measured, MAX_GAIN)
    result = limited(samples * _ratio(gain), ceiling)
    for _ in range(4):  # the limiter takes some loudness away: give it back
        short = target - loudness(result)
        if abs(short) < TOLERANCE or gain + short > MAX_GAIN:
            break
        gain += short
        result = limited(samples * _ratio(gain), ceiling)
    return result


def limited(samples: Samples, ceiling: float = CEILING) -> Samples:
    """Peaks brought under `ceiling` dBTP by turning the gain down smoothly around them."""
    peaks = _step_peaks(samples)
    needed = np.minimum(1.0, _ratio(ceiling) / np.maximum(peaks, 1e-9))
    if not len(needed) or needed.min() >= 1.0:
        return samples
    lowest = _sliding(needed, 2 * REACH + 1).min(axis=1)
    window = np.hanning(2 * REACH + 1)[1:-1]  # shorter than the minimum's, so a peak keeps all it needs
    smooth = np.convolve(np.pad(lowest, REACH - 1, mode="edge"), window / window.sum(), mode="valid")
    at = np.arange(len(smooth)) * STEP + STEP / 2
    return (samples * np.interp(np.arange(len(samples)), at, smooth)).astype(np.float32)


def true_peak(samples: Samples) -> float:
    """Highest peak between samples as well, in dBTP (four times oversampled); -inf for silence."""
    peaks = _step_peaks(samples)
    highest = float(peaks.max()) if len(peaks) else 0.0
    return float(20 * np.log10(highest)) if highest else float("-inf")


def _lufs(power: npt.NDArray[np.float64] | np.float64) -> npt.NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-20)))


def _ratio(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))


def _weighted(samples: Samples) -> Samples:
    """K-weighted. A recursive filter is slow in Python, so its response is applied to the spectrum."""
    pieces = []
    for start in range(0, len(samples), SEGMENT):
        before = min(start, WARM_UP)
        piece = samples[start - before : start + SEGMENT]
        length = 1 << (len(piece) + WARM_UP - 1).bit_length()  # the padding takes the tail, which would wrap around
        filtered = np.fft.irfft(np.fft.rfft(piece, length) * _response(length), length)
        pieces.append(filtered[before : len(piece)].astype(np.float32))
    return np.concatenate(pieces) if pieces else samples


def _response(length: int) -> npt.NDArray[np.complex128]:
    delay = np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)
    response = np.ones_like(delay)
    for ahead, back in (SHELF, HIGH_PASS):
        response *= np.polyval(ahead[::-1], delay) / np.polyval(back[::-1], delay)
    return response


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
    at = np.arange(-12, 13)
    window = np.hanning(len(at) + 2)[1:-1]
    return [(np.sinc(at + part) * window).astype(np.float32) for part in (0.25, 0.5, 0.75)]


def _sliding(values: npt.NDArray[np.float64], width: int) -> npt.NDArray[np.float64]:
    padded = np.pad(values, width // 2, constant_values=1.0)
    return np.lib.stride_tricks.sliding_window_view(padded, width)
