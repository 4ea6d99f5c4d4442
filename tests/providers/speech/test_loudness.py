from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.providers.speech.loudness import CEILING, RATE, TARGET, limited, loudness, normalised, true_peak
from tests.providers.speech.speech_help import Samples, tone


@pytest.mark.parametrize("length", [0.2, 0.4, 1.0, 3.0, 30.0])
def test_the_reference_tone_measures_as_the_standard_says(length: float) -> None:
    # BS.1770: a 997 Hz sine at full scale in one channel reads -3.01 LUFS.
    assert loudness(tone(length, level=1.0)) == pytest.approx(-3.01, abs=0.05)
    assert loudness(tone(length, level=0.1)) == pytest.approx(-23.01, abs=0.05)


def test_low_and_high_tones_are_weighted() -> None:
    middle = loudness(tone(2, hertz=997))
    assert loudness(tone(2, hertz=40)) < middle - 3
    assert loudness(tone(2, hertz=4_000)) == pytest.approx(middle + 3.3, abs=0.4)


def test_pauses_are_gated_out() -> None:
    spoken = tone(4)
    pause = np.zeros(20 * RATE, np.float32)
    assert loudness(np.concatenate([spoken, pause, spoken])) == pytest.approx(loudness(spoken), abs=0.5)


def test_silence_has_no_loudness_and_stays_silent() -> None:
    silence = np.zeros(RATE, np.float32)
    assert loudness(silence) == -math.inf
    assert not normalised(silence).any()
    assert len(normalised(np.zeros(0, np.float32))) == 0


def test_peaks_between_samples_are_seen() -> None:
    # At a quarter of the rate with this phase every sample is 0.707 of the peak.
    wave = np.sin(2 * np.pi * 12_000 * np.arange(RATE) / RATE + np.pi / 4).astype(np.float32)
    assert np.abs(wave).max() == pytest.approx(0.707, abs=0.001)
    assert true_peak(wave) == pytest.approx(0.0, abs=0.3)


@pytest.mark.parametrize("level", [0.01, 0.1, 0.9])
def test_a_clip_comes_to_the_target(level: float) -> None:
    assert loudness(normalised(tone(3, level=level))) == pytest.approx(TARGET, abs=0.1)


def spiky(seed: int, spikes: int, noise: float) -> Samples:
    random = np.random.default_rng(seed)
    samples = random.normal(0, noise, 2 * RATE).astype(np.float32)
    samples[random.integers(0, len(samples), spikes)] = random.choice([-1, 1], spikes)
    return samples


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 400), st.floats(0.001, 0.3))
def test_nothing_passes_the_ceiling(seed: int, spikes: int, noise: float) -> None:
    result = normalised(spiky(seed, spikes, noise))
    assert true_peak(result) <= CEILING + 0.3
    assert float(np.abs(result).max()) < 1.0


def test_the_limiter_leaves_what_is_low_enough_alone() -> None:
    samples = tone(1, level=0.5)
    assert np.array_equal(limited(samples), samples)


def test_the_limiter_turns_down_without_distortion() -> None:
    samples = tone(1, level=0.5)
    samples[RATE // 2 : RATE // 2 + 480] *= 2.5
    gain = limited(samples)[samples != 0] / samples[samples != 0]
    assert float(np.abs(np.diff(gain)).max()) < 0.01  # no step
    assert gain[:1000] == pytest.approx(1.0)
