from __future__ import annotations

import pytest

from scenewright.domain.brief import Speaker
from scenewright.domain.errors import BadSettings
from scenewright.providers.speech.registry import cast, engines, parse, resolve
from scenewright.providers.speech.voices import VoiceSpec


@pytest.mark.parametrize(
    ("text", "engine", "model", "voice", "rate"),
    [
        ("espeak", "espeak", "", "", 1.0),
        ("espeak:en-us+f3", "espeak", "", "en-us+f3", 1.0),
        ("espeak:+f3~65@0.9", "espeak", "", "+f3~65", 0.9),
        ("openai:alloy", "openai", "gpt-4o-mini-tts", "alloy", 1.0),
        ("openai/tts-1-hd:nova", "openai", "tts-1-hd", "nova", 1.0),
        ("openai/hexgrad/Kokoro-82M:af_sky+af_bella", "openai", "hexgrad/Kokoro-82M", "af_sky+af_bella", 1.0),
        ("openai/kokoro:latest:af_sky@1.5", "openai", "kokoro:latest", "af_sky", 1.5),
    ],
)
def test_a_written_voice_is_read(text: str, engine: str, model: str, voice: str, rate: float) -> None:
    assert parse(text) == VoiceSpec(engine=engine, model=model, voice=voice, rate=rate)


@pytest.mark.parametrize("text", ["espeak:de+f2", "openai/tts-1:alloy", "openai/a/b:c@1.25"])
def test_a_voice_is_written_as_it_was_read(text: str) -> None:
    assert parse(text).id == text


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "not a voice"),
        ("alloy voice", "not a voice"),
        ("espaek:de", "mean espeak"),
        ("espeak:de@9", "0.25"),
    ],
)
def test_what_is_not_a_voice_is_refused(text: str, remedy: str) -> None:
    with pytest.raises(BadSettings, match=remedy):
        parse(text)


def test_the_default_voice_speaks_the_language() -> None:
    assert resolve("", "zh-CN") == VoiceSpec(engine="espeak", voice="cmn", language="zh-CN")
    assert resolve("espeak", "de-AT").voice == "de"
    assert resolve("openai", "de").voice == "alloy"


def test_a_voice_that_does_not_exist_is_refused_before_anything_is_paid() -> None:
    with pytest.raises(BadSettings, match="No embedded voice speaks"):
        resolve("espeak", "tlh")
    with pytest.raises(BadSettings, match="cannot be an OpenAI voice"):
        resolve("openai:no such", "en")


def test_an_address_of_ones_own_takes_any_voice_and_only_for_its_engine() -> None:
    address = "http://127.0.0.1:8880/v1"
    assert resolve("openai/kokoro:af_bella(2)", "en", base_url=address).base_url == address
    assert resolve("espeak", "en", base_url=address).base_url == ""


def people(*voices: str) -> list[Speaker]:
    teacher = Speaker(id="t", name="Ada", voice=voices[0])
    return [Speaker(id=f"s{n}", name=f"S{n}", role="student", voice=v) for n, v in enumerate(voices[1:])] + [teacher]


def test_everybody_gets_a_voice_of_their_own() -> None:
    found = cast(people("", "", "", ""), "de")
    assert found["t"].voice == "de"
    assert len({spec.voice for spec in found.values()}) == 4


def test_a_voice_somebody_asked_for_is_nobody_elses() -> None:
    found = cast(people("", "espeak:+f2", ""), "en", default="espeak:en-us+m3")
    assert found["t"].voice == "en-us+m3"
    assert found["s0"].voice == "+f2"
    assert found["s1"].voice not in ("en-us+m3", "en-us+f2", "+f2")


def test_the_default_voice_never_goes_to_a_student() -> None:
    found = cast(people("espeak:+f4", ""), "en", default="espeak:en-us+m3")
    assert found["t"].voice == "+f4"


def test_the_narrator_leads_where_nobody_teaches() -> None:
    cast_list = [Speaker(id="a", name="Ada", role="character"), Speaker(id="n", name="N", role="narrator")]
    found = cast(cast_list, "en", default="espeak:en-us+m3")
    assert found["n"].voice == "en-us+m3"
    assert found["a"].voice == "en-us"


def test_a_crowd_shares_the_voices_there_are() -> None:
    crowd = [Speaker(id=f"p{n}", name="P", role="character") for n in range(100)]
    found = cast(crowd, "en")
    assert len(found) == 100
    assert len({spec.voice for spec in found.values()}) >= 60


def test_students_of_a_network_voice_have_its_engine_and_model() -> None:
    found = cast(people("", "", ""), "en", default="openai/tts-1:nova")
    assert {spec.engine for spec in found.values()} == {"openai"}
    assert {spec.model for spec in found.values()} == {"tts-1"}
    assert len({spec.voice for spec in found.values()}) == 3


def test_unknown_voices_of_another_address_are_shared() -> None:
    found = cast(people("", ""), "en", default="openai/kokoro:af_sky", base_url="http://127.0.0.1:1/v1")
    assert found["t"] == found["s0"]


def test_nobody_needs_nothing() -> None:
    assert cast([], "en") == {}


def test_engines_tell_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("SCENEWRIGHT_SPEECH_KEY", raising=False)
    found = engines()
    assert next(iter(found)) == "espeak"
    assert found["espeak"].problem() == ""
    assert "OPENAI_API_KEY" in found["openai"].problem()
    assert all(engine.voices() for engine in found.values())
