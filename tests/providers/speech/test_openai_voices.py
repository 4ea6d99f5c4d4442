"""The network adapter against a scripted server over real sockets."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable

import numpy as np
import pytest
from aiohttp import web
from pydantic import SecretStr

from scenewright.domain.calls import SpeechAnswer, no_sink
from scenewright.domain.errors import BadSettings, CallFailed, FailureClass
from scenewright.providers.speech.codec import decode, encode
from scenewright.providers.speech.openai import OpenAIVoices, key_from_environment
from scenewright.providers.speech.wav import wav
from tests.providers.speech.speech_help import call, seconds, tone

pytestmark = pytest.mark.server

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

KEY = "sk-very-secret-0123456789abcdef"
TEXT = "This is a plain sentence."
SOUND = tone(1.5, rate=24_000)
PCM = (SOUND * 32767).astype("<i2").tobytes()


def ask(
    answer: Answer, *, text: str = TEXT, stall: float = 2.0, deadline: float = 5.0, **request: object
) -> SpeechAnswer:
    """One call against a server that answers so."""

    async def run() -> SpeechAnswer:
        app = web.Application()
        app.router.add_post("/v1/audio/speech", answer)
        runner = web.AppRunner(app, shutdown_timeout=0, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        url = f"{site.name}/v1".replace("http://127.0.0.1:0", f"http://127.0.0.1:{runner.addresses[0][1]}")
        try:
            async with OpenAIVoices(base_url=url, key=SecretStr(KEY), stall=stall, deadline=deadline) as voices:
                return await voices.perform(call(text, **{"engine": "openai", "base_url": url, **request}), no_sink)
        finally:
            await runner.cleanup()

    return asyncio.run(run())


def refused(answer: Answer, *, stall: float = 2.0, deadline: float = 5.0) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        ask(answer, stall=stall, deadline=deadline)
    everything = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(caught.value.__dict__)
    assert KEY not in everything
    assert "sk-" not in str(caught.value)
    return caught.value


def replying(status: int, body: object = "", **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(status=status, text=text, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return answer


def sounding(data: bytes, media_type: str = "audio/wav") -> Answer:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=data, content_type=media_type)

    return answer


def test_the_request_says_everything_and_the_answer_is_a_wav() -> None:
    seen: list[tuple[object, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((await request.json(), request.headers.get("Authorization")))
        return web.Response(body=wav(PCM, 24_000), content_type="audio/wav")

    got = ask(answer, text=" Hello\x01 there,\nfriends. ", model="tts-1", voice="alloy", rate=1.25)
    body = {
        "model": "tts-1",
        "voice": "alloy",
        "input": "Hello there, friends.",
        "response_format": "wav",
        "speed": 1.25,
    }
    assert seen == [(body, f"Bearer {KEY}")]
    assert seconds(got.audio) == pytest.approx(1.5, abs=0.01)
    assert (got.characters, got.cost) == (21, None)


def test_a_key_is_sent_to_no_address_but_its_own() -> None:
    failure = refused_for_another_address()
    assert failure.failure is FailureClass.FATAL


def refused_for_another_address() -> CallFailed:
    with pytest.raises(CallFailed, match="another address") as caught:
        ask(sounding(b""), base_url="http://127.0.0.1:9/v1")
    return caught.value


STREAMED = bytearray(wav(PCM, 24_000))
STREAMED[4:8] = STREAMED[40:44] = b"\xff\xff\xff\xff"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (bytes(STREAMED), "audio/wav"),
        (PCM, "audio/pcm"),
        (encode(tone(1.5), "opus"), "audio/ogg"),
        (encode(tone(1.5), "aac"), "audio/mpeg"),  # a media type that lies
        (wav(np.repeat(np.frombuffer(PCM, "<i2"), 2).tobytes(), 48_000), "application/octet-stream"),
    ],
)
def test_whatever_form_the_sound_comes_in_it_is_a_complete_wav(data: bytes, media_type: str) -> None:
    got = ask(sounding(data, media_type))
    assert seconds(got.audio) == pytest.approx(1.5, abs=0.05)
    assert float(np.sqrt((decode(got.audio) ** 2).mean())) == pytest.approx(0.3 / 2**0.5, rel=0.05)


def test_nothing_to_say_is_silence_without_a_call() -> None:
    assert seconds(ask(replying(500), text=" … ").audio) == pytest.approx(0.3)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422])
def test_what_will_fail_again_is_fatal(status: int) -> None:
    failure = refused(replying(status, {"error": {"message": f"no such thing for {KEY}, sk-abc***def"}}))
    assert failure.failure is FailureClass.FATAL
    assert "no such thing for ***" in str(failure)
    assert "\n" not in str(failure)


@pytest.mark.parametrize("status", [408, 500, 502, 503, 529])
def test_trouble_on_their_side_is_transient(status: int) -> None:
    failure = refused(replying(status, "<html>oops</html>", Retry_After="7"))
    assert (failure.failure, failure.retry_after, failure.received) == (FailureClass.TRANSIENT, 7.0, False)
    assert "html" not in str(failure)


def test_a_redirect_is_not_followed() -> None:
    failure = refused(replying(307, "", Location="http://127.0.0.1:9/elsewhere"))
    assert failure.failure is FailureClass.FATAL
    assert "base URL" in str(failure)


NOON, LATER = "Fri, 20 Nov 2026 12:00:00 GMT", "Fri, 20 Nov 2026 12:01:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry_After": "12"}, 12.0),
        ({"Retry_After": "0.5"}, 0.5),
        ({"Date": NOON, "Retry_After": LATER}, 60.0),
        ({"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"Retry_After_Ms": "250", "Retry_After": "9"}, 0.25),
        ({"X_RateLimit_Reset_Requests": "6m0s", "X_RateLimit_Reset_Tokens": "20ms"}, 360.0),
        ({"X_RateLimit_Reset_Requests": "1.5s"}, 1.5),
        ({"Retry_After": "soon", "X_RateLimit_Reset": "3"}, 3.0),
        ({"Retry_After": "soon"}, None),
        ({}, None),
    ],
)
def test_a_rate_limit_says_how_long(headers: dict[str, str], wait: float | None) -> None:
    failure = refused(replying(429, {"error": {"message": "slow down", "code": "rate_limit_exceeded"}}, **headers))
    assert failure.failure is FailureClass.RATE_LIMIT
    assert failure.retry_after == (wait if wait is None else pytest.approx(wait))


def test_an_answer_and_a_refusal_tell_of_limits() -> None:
    told = {"X_RateLimit_Limit_Requests": "50", "X_RateLimit_Remaining_Requests": "0"}

    async def answer(_: web.Request) -> web.Response:
        headers = {name.replace("_", "-"): value for name, value in told.items()}
        return web.Response(body=wav(PCM, 24_000), content_type="audio/wav", headers=headers)

    for limits in (ask(answer, model="tts-1").limits, refused(replying(429, "slow down", **told)).limits):
        assert limits is not None
        assert [(limit.of, limit.limit, limit.remaining) for limit in limits.limits] == [("requests", 50, 0)]
        assert limits.at is not None


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"Retry_After": "30000"}, "slow down"),
        ({"Retry_After": "86"}, "Rate limit reached for tts-1 on requests per day (RPD): Limit 100, Used 100"),
        ({}, "Rate limit reached for tts-1 on requests per day (RPD): Limit 100, Used 100"),
    ],
)
def test_a_spent_day_says_when_to_resume(headers: dict[str, str], words: str) -> None:
    failure = refused(replying(429, {"error": {"message": words}}, **headers))
    assert failure.failure is FailureClass.FATAL
    assert "resume after 20" in str(failure)


def test_an_empty_purse_does_not_fill_by_waiting() -> None:
    failure = refused(replying(429, {"error": {"code": "insufficient_quota", "message": "quota"}}, Retry_After="1"))
    assert failure.failure is FailureClass.FATAL
    assert "no credit left" in str(failure)


async def hang(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


def test_no_answer_is_transient() -> None:
    failure = refused(hang, stall=0.2)
    assert (failure.failure, failure.received) == (FailureClass.TRANSIENT, False)
    assert "0.2 s" in str(failure)


async def drip(request: web.Request) -> web.StreamResponse:
    """A byte now and then, for ever: never a stall, never an end."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"x")
        await asyncio.sleep(0.02)


async def half(request: web.Request) -> web.StreamResponse:
    """Begins, then says nothing more."""
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(wav(PCM, 24_000)[:5_000])
    await asyncio.sleep(30)
    return response


async def cut(request: web.Request) -> web.StreamResponse:
    """Promises more than it sends."""
    response = web.StreamResponse(headers={"Content-Length": "100000"})
    await response.prepare(request)
    await response.write(wav(PCM, 24_000)[:5_000])
    assert request.transport
    request.transport.abort()
    return response


@pytest.mark.parametrize("answer", [drip, half, cut])
def test_an_answer_that_stalls_drips_or_breaks_off_is_transient(answer: Answer) -> None:
    failure = refused(answer, stall=0.3, deadline=0.6)
    assert (failure.failure, failure.received) == (FailureClass.TRANSIENT, True)


def test_a_server_that_is_not_there_is_transient() -> None:
    async def run() -> None:
        async with OpenAIVoices(base_url="http://127.0.0.1:1/v1") as voices:
            await voices.perform(call(TEXT, engine="openai", base_url="http://127.0.0.1:1/v1", voice="x"), no_sink)

    with pytest.raises(CallFailed, match="could not be reached") as caught:
        asyncio.run(run())
    assert caught.value.failure is FailureClass.TRANSIENT


def test_an_answer_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenewright.providers.speech.openai.MAX_BYTES", 10_000)
    failure = refused(sounding(wav(PCM, 24_000)))
    assert (failure.failure, "without end" in str(failure)) == (FailureClass.FATAL, True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "cannot be used"),
        (b'{"detail": "model is loading"}', "cannot be used"),
        (b"#EXTM3U\nfile:///etc/passwd", "cannot be used"),
        (wav(b"", 24_000), "said nothing"),
        (wav(bytes(48_000), 24_000), "said nothing"),
        (encode(tone(60), "opus"), "cannot be"),
    ],
)
def test_a_sound_that_cannot_be_the_text_is_transient(data: bytes, reason: str) -> None:
    failure = refused(sounding(data))
    assert (failure.failure, failure.received) == (FailureClass.TRANSIENT, True)
    assert reason in str(failure)


def test_an_account_names_the_address_and_never_the_key() -> None:
    voices = OpenAIVoices(base_url="http://127.0.0.1:8880/v1/", key=SecretStr(KEY))
    assert voices.account == "openai@http://127.0.0.1:8880/v1"
    assert KEY not in repr(voices)
    assert OpenAIVoices(key=SecretStr(KEY)).account == "openai"


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8880", "ftp://x/v1", "http://user:pass@x/v1", "http://x/v1?key=1", "http://"]
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(BadSettings, match="base URL") as caught:
        OpenAIVoices(base_url=url)
    assert "pass@" not in str(caught.value)


def test_openai_needs_a_key_and_a_key_is_plain() -> None:
    with pytest.raises(BadSettings, match="OPENAI_API_KEY"):
        OpenAIVoices()
    with pytest.raises(BadSettings, match="copy it again") as caught:
        OpenAIVoices(key=SecretStr(KEY + "\r\nX-Evil: 1"))
    assert KEY not in str(caught.value)


def test_openais_key_does_not_stray_to_other_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCENEWRIGHT_SPEECH_KEY", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert key_from_environment() == SecretStr(KEY)
    assert key_from_environment("http://127.0.0.1:1/v1") is None
    monkeypatch.setenv("SCENEWRIGHT_SPEECH_KEY", "other")
    assert key_from_environment("http://127.0.0.1:1/v1") == SecretStr("other")
