"""Clips from the real embedded voice, and from recorded sounds where the sound itself must be known."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from itertools import pairwise

import numpy as np
import pytest

from scenewright.domain.calls import SpeechAnswer, SpeechRequest, no_sink
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.speech import Clip
from scenewright.providers.speech.clip import duration, requests, speak
from scenewright.providers.speech.codec import RATE, decode, encode
from scenewright.providers.speech.encodings import MEDIA_TYPES, Encoding
from scenewright.providers.speech.espeak import Espeak
from scenewright.providers.speech.espeak_voices import pick
from scenewright.providers.speech.joining import END, START
from scenewright.providers.speech.loudness import loudness, true_peak
from scenewright.providers.speech.registry import resolve
from scenewright.providers.speech.splitting import split
from tests.providers.speech.speech_help import asked, tone

Say = Callable[[SpeechRequest, int], Awaitable[SpeechAnswer]]

TEXTS = {
    "en": "Photosynthesis feeds nearly all life. Plants take water from the soil, and carbon dioxide from the air!",
    "de": "Die Fotosynthese ernährt fast alles Leben. Pflanzen nehmen z. B. Wasser aus dem Boden auf.\n\nUnd dann?",
    "zh-CN": "光合作用养活了几乎所有的生命。植物从土壤中吸收水分，从空气中吸收二氧化碳！",
}


class Blobs(dict[str, bytes]):
    async def put(self, data: bytes) -> str:
        key = hashlib.sha256(data).hexdigest()
        self[key] = data
        return key


async def make(
    say: Say, text: str, *, language: str = "en", lexicon: Mapping[str, str] | None = None, encoding: Encoding = "opus"
) -> tuple[Clip, bytes]:
    blobs = Blobs()
    clip = await speak(
        text,
        voice=resolve("espeak", language),
        lexicon=lexicon or {},
        language=language,
        say=say,
        put_blob=blobs.put,
        encoding=encoding,
    )
    return clip, blobs[clip.blob]


def embedded(text: str, voice: str, language: str) -> tuple[Clip, bytes]:
    async def run() -> tuple[Clip, bytes]:
        blobs = Blobs()
        async with Espeak() as espeak:

            async def say(request: SpeechRequest, _: int) -> SpeechAnswer:
                return await espeak.perform(asked(request), no_sink)

            spec = resolve(voice, language)
            clip = await speak(text, voice=spec, lexicon={}, language=language, say=say, put_blob=blobs.put)
        return clip, blobs[clip.blob]

    return asyncio.run(run())


async def hum(request: SpeechRequest, index: int) -> SpeechAnswer:
    """A tone as long as the text, with silence around it, as engines give."""
    silence = np.zeros(RATE // 2, np.float32)
    sound = tone(len(request.text) * 0.07, level=0.2 + 0.05 * (index % 3), hertz=300 + 100 * index)
    return SpeechAnswer(audio=encode(np.concatenate([silence, sound, silence]), "wav"))


@pytest.mark.parametrize("language", TEXTS)
def test_every_voice_is_equally_loud_and_no_peak_clips(language: str) -> None:
    for voice in pick(language, 4):
        clip, data = embedded(TEXTS[language], voice.id, language)
        sound = decode(data)
        assert loudness(sound) == pytest.approx(-18.0, abs=1.0), voice.id
        assert true_peak(sound) < -0.5
        assert clip.duration == pytest.approx(duration(data), abs=0.01)


@pytest.mark.parametrize("language", TEXTS)
def test_captions_are_the_written_sentences_in_time_with_the_sound(language: str) -> None:
    clip, data = embedded(TEXTS[language], "", language)
    assert tuple(cue.text for cue in clip.cues) == split(TEXTS[language], language)
    assert all(one.end < other.start for one, other in pairwise(clip.cues))
    assert clip.cues[-1].end < clip.duration
    sound = np.abs(decode(data))
    for cue in clip.cues:
        assert sound[round(cue.start * RATE) : round(cue.end * RATE)].max() > 0.1
    for one, other in pairwise(clip.cues):  # between captions it is quiet
        assert sound[round((one.end + 0.02) * RATE) : round((other.start - 0.02) * RATE)].max() < 0.01


def test_chunks_join_without_clicks_and_without_the_engines_silence() -> None:
    clip, data = asyncio.run(make(hum, "The first sentence is this one. Here is the second of them.", encoding="wav"))
    sound = decode(data)
    for cue in clip.cues:
        for at in (cue.start, cue.end):
            edge = sound[max(0, round(at * RATE) - 20) : round(at * RATE) + 20]
            assert float(np.abs(edge).max()) < 0.01
    first, second = clip.cues
    assert first.start == pytest.approx(START, abs=0.001)
    assert clip.duration - second.end == pytest.approx(END, abs=0.001)
    assert 0.1 < second.start - first.end < 0.5
    assert first.end - first.start == pytest.approx(31 * 0.07 + 0.11, abs=0.02)


def test_a_paragraph_pauses_longer_than_a_sentence() -> None:
    clip, _ = asyncio.run(
        make(hum, "The first sentence is this. The second sentence is this.\n\nAnd this is the third.")
    )
    one, two, three = clip.cues
    assert three.start - two.end > 1.5 * (two.start - one.end)


def test_the_same_answers_give_the_same_clip() -> None:
    text = "One sentence with some words. Another sentence with some words."
    assert asyncio.run(make(hum, text)) == asyncio.run(make(hum, text))


@pytest.mark.parametrize("encoding", ["opus", "aac", "wav"])
def test_a_clip_comes_in_the_encoding_asked_for(encoding: Encoding) -> None:
    clip, data = asyncio.run(make(hum, "A sentence for the encoder.", encoding=encoding))
    assert clip.media_type == MEDIA_TYPES[encoding]
    assert duration(data) == pytest.approx(clip.duration, abs=0.03)


@pytest.mark.parametrize("text", ["", "   \n\n ", "…", "***"])
def test_no_words_are_a_short_silence_and_no_call(text: str) -> None:
    async def never(_: SpeechRequest, __: int) -> SpeechAnswer:
        raise AssertionError("asked for nothing")

    clip, data = asyncio.run(make(never, text))
    assert clip.duration == pytest.approx(0.3)
    assert clip.cues == ()
    assert not np.abs(decode(data)).max() > 0.001


def test_the_lexicon_changes_what_is_said_and_not_what_is_shown() -> None:
    heard: list[str] = []

    async def listening(request: SpeechRequest, index: int) -> SpeechAnswer:
        heard.append(request.text)
        return await hum(request, index)

    clip, _ = asyncio.run(make(listening, "We learn SQL\ntoday, together.", lexicon={"SQL": "sequel"}))
    assert heard == ["We learn sequel today, together."]
    assert [cue.text for cue in clip.cues] == ["We learn SQL today, together."]


def test_requests_are_pure_and_carry_the_voice() -> None:
    voice = resolve("openai/tts-1:nova@1.2", "en", base_url="http://127.0.0.1:1/v1")
    asked = requests("Hello to everybody in here. It is a good day.", voice=voice, lexicon={}, language="en")
    assert asked == requests("Hello to everybody in here. It is a good day.", voice=voice, lexicon={}, language="en")
    request = asked[0][1]
    assert (request.engine, request.model, request.voice, request.rate) == ("openai", "tts-1", "nova", 1.2)
    assert request.base_url == "http://127.0.0.1:1/v1"


def test_chunks_at_different_levels_are_evened() -> None:
    async def uneven(request: SpeechRequest, index: int) -> SpeechAnswer:
        return SpeechAnswer(audio=encode(tone(2, level=(0.5, 0.1, 0.3)[index]), "wav"))

    text = "The first sentence is this one. The second sentence is this one. The third sentence is this one."
    clip, data = asyncio.run(make(uneven, text, encoding="wav"))
    levels = [loudness(decode(data)[round(c.start * RATE) : round(c.end * RATE)]) for c in clip.cues]
    assert max(levels) - min(levels) < 4  # it was 14


@pytest.mark.parametrize(
    ("audio", "reason"),
    [
        (encode(np.zeros(0, np.float32), "wav"), "said nothing"),
        (encode(np.zeros(RATE, np.float32), "wav"), "said nothing"),
        (encode(tone(0.02), "wav"), "broke off"),
        (encode(tone(60), "opus"), "longer than|cannot be right"),
        (b"not a sound", "cannot be used"),
        (b"", "cannot be used"),
    ],
)
def test_a_sound_that_cannot_be_the_text_fails_readably(audio: bytes, reason: str) -> None:
    async def absurd(_: SpeechRequest, __: int) -> SpeechAnswer:
        return SpeechAnswer(audio=audio)

    with pytest.raises(CallFailed, match=reason) as caught:
        asyncio.run(make(absurd, "This is a plain sentence."))
    assert caught.value.failure is FailureClass.REFUSED


def test_a_failing_chunk_starts_no_other_and_what_is_under_way_is_kept() -> None:
    started, ended = [], []

    async def third_fails(request: SpeechRequest, index: int) -> SpeechAnswer:
        started.append(index)
        await asyncio.sleep(0)
        if index == 2:
            raise CallFailed("The voice is tired.", failure=FailureClass.TRANSIENT)
        for _ in range(5):
            await asyncio.sleep(0)
        ended.append(index)
        return await hum(request, index)

    text = " ".join(f"This is the sentence with the number {n}." for n in range(30))
    with pytest.raises(CallFailed, match="tired"):
        asyncio.run(make(third_fails, text))
    assert len(started) < 12
    assert sorted([*ended, 2]) == sorted(started)


def test_a_long_speech_is_made_of_many_chunks_in_order() -> None:
    text = " ".join(f"This is the sentence with the number {n}." for n in range(25))
    clip, data = asyncio.run(make(hum, text))
    assert [cue.text for cue in clip.cues] == list(split(text, "en"))
    assert duration(data) == pytest.approx(clip.duration, abs=0.01)


def test_an_enormous_speech_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(CallFailed, match="divide it") as caught:
        asyncio.run(make(hum, "These are some more words to say. " * 2_000))
    assert caught.value.failure is FailureClass.REFUSED
