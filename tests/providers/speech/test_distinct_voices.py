"""Whether people at one table can be told apart by ear, measured on what the embedded engine really says."""

from __future__ import annotations

import asyncio
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from scenewright.domain.calls import no_sink
from scenewright.providers.speech.codec import decode
from scenewright.providers.speech.espeak import Espeak
from scenewright.providers.speech.espeak_voices import pick
from tests.providers.speech.speech_help import Samples, call

TEXT = "The kettle is on, and nobody is going anywhere until we have all had a proper cup of tea."
RATE = 12_000
WINDOW = 960  # 80 ms


def frames(samples: Samples) -> list[Samples]:
    slower = samples.reshape(-1, 4).mean(axis=1) if len(samples) % 4 == 0 else samples[: len(samples) // 4 * 4 : 4]
    slower = slower / np.sqrt(np.square(slower).mean()) * 0.1
    cut = [slower[at : at + WINDOW] for at in range(0, len(slower) - WINDOW, WINDOW // 2)]
    return [frame for frame in cut if np.sqrt(np.square(frame).mean()) > 0.02]


def pitch(samples: Samples) -> float:
    """Median, in Hz."""
    found = []
    for frame in frames(samples):
        likeness = np.correlate(frame, frame, "full")[WINDOW - 1 :]
        shift = RATE // 400 + int(np.argmax(likeness[RATE // 400 : RATE // 60]))
        if likeness[shift] > 0.5 * likeness[0]:
            found.append(RATE / shift)
    return float(np.median(found))


def colour(samples: Samples) -> npt.NDArray[np.float64]:
    """The mean spectrum in dB over 20 bands that are about equally wide to the ear, without its level."""
    power = np.mean([np.square(np.abs(np.fft.rfft(each * np.hanning(WINDOW)))) for each in frames(samples)], axis=0)
    edges = np.geomspace(4, len(power) - 1, 21).astype(int)
    bands = [10 * np.log10(power[low : max(high, low + 1)].mean() + 1e-9) for low, high in pairwise(edges)]
    return np.asarray(bands, np.float64) - float(np.mean(bands))


def heard(voices: list[str]) -> list[Samples]:
    async def speak() -> list[Samples]:
        async with Espeak(workers=2) as engine:
            answers = [await engine.perform(call(TEXT, voice=voice), no_sink) for voice in voices]
        return [decode(answer.audio) for answer in answers]

    return asyncio.run(speak())


def test_the_first_twelve_english_voices_differ_in_pitch_or_in_colour() -> None:
    names = [voice.id.removeprefix("espeak:") for voice in pick("en", 12)]
    measured = {name: (pitch(each), colour(each)) for name, each in zip(names, heard(names), strict=True)}
    for one, other in combinations(names, 2):
        semitones = abs(12 * np.log2(measured[one][0] / measured[other][0]))
        decibels = float(np.sqrt(np.square(measured[one][1] - measured[other][1]).mean()))
        assert np.hypot(semitones / 2, decibels) > 2.5, (one, other, semitones, decibels)
