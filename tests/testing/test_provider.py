"""The scripted provider, asked by a plain HTTP client that knows nothing of us."""

from __future__ import annotations

import asyncio
import io
import json
import wave
from typing import Any

import aiohttp
import pytest

from scenewright.testing.provider import (
    Behaviour,
    ScriptedProvider,
    Seen,
    Shape,
    answering,
    failing,
    in_order,
    per_request,
    rate_limited,
)
from tests.testing.talking import SCHEMA, Answer, body, events, said, talk

pytestmark = pytest.mark.server


def test_answers_differ_at_every_call_and_are_the_same_the_next_time() -> None:
    async def main(post: Any) -> list[str]:
        return [said(await post(body(text))) for text in ("a", "a", "b")]

    heard = []
    for _ in range(2):
        with ScriptedProvider(seed=3) as server:
            heard.append(talk(server, main))
    assert heard[0] == heard[1]
    assert len(set(heard[0])) == 3
    with ScriptedProvider(answers="by-content") as server:
        first, second, third = talk(server, main)
    assert first == second != third


def test_a_stream_says_the_same_as_the_whole() -> None:
    async def main(post: Any) -> list[Answer]:
        return [await post(body(schema=SCHEMA)), await post(body(stream=True, schema=SCHEMA))]

    with ScriptedProvider(answers=lambda seen: {"n": 1, "t": seen.text}) as server:
        whole, streamed = talk(server, main)
    chunks = events(streamed)
    text = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks if chunk["choices"])
    assert json.loads(text) == json.loads(said(whole)) == {"n": 1, "t": "hello"}
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["usage"] == json.loads(whole[2])["usage"]


@pytest.mark.parametrize(
    ("shape", "wanted"),
    [
        ("fenced", '```json\n{"n": 1}\n```'),
        ("chatty", 'Sure! Here is what you asked for:\n\n{"n": 1}\n\nLet me know if you need anything else.'),
        ("empty", ""),
        ("malformed", '{"n": 1, }'),
        ("plain", '{"n": 1}'),
    ],
)
def test_manners(shape: Shape, wanted: str) -> None:
    async def main(post: Any) -> str:
        return said(await post(body()))

    with ScriptedProvider(script=in_order(then=answering({"n": 1}, Behaviour(shape=shape)))) as server:
        assert talk(server, main) == wanted


def test_it_counts_what_was_asked() -> None:
    async def main(post: Any) -> None:
        await asyncio.gather(post(body("a")), post(body("a")), post(body("b"), key=""))

    with ScriptedProvider(script=lambda _: Behaviour(latency=0.05)) as server:
        talk(server, main)
    assert len(server.requests) == 3
    assert list(server.duplicates().values()) == [2]
    assert server.in_flight_max == 3
    assert set(server.authorisations) == {"Bearer k", ""}
    assert sorted(seen.attempt for seen in server.requests) == [1, 1, 2]


def test_scripts_tell_requests_apart() -> None:
    async def main(post: Any) -> list[int]:
        return [(await post(body(text)))[0] for text in ("a", "b", "a", "b")]

    with ScriptedProvider(script=in_order(failing(500), rate_limited(2))) as server:
        assert talk(server, main) == [500, 429, 200, 200]
    with ScriptedProvider(script=per_request(failing(503))) as server:
        assert talk(server, main) == [503, 503, 200, 200]

    def only_b(seen: Seen) -> Behaviour:
        return failing(418) if seen.text == "b" else Behaviour()

    with ScriptedProvider(script=only_b) as server:
        assert talk(server, main) == [200, 418, 200, 418]


def test_keys_and_models() -> None:
    async def main(post: Any) -> list[int]:
        return [
            (await post(body(), key="wrong"))[0],
            (await post({**body(), "model": "x"}))[0],
            (await post(body()))[0],
        ]

    with ScriptedProvider(keys=["k"], models=["m"]) as server:
        assert talk(server, main) == [401, 404, 200]


@pytest.mark.parametrize("behaviour", [Behaviour(cut_after=9), Behaviour(cut_after_items=1)])
def test_a_cut_stream_is_a_broken_connection(behaviour: Behaviour) -> None:
    async def main(post: Any) -> None:
        await post(body(stream=True))

    script = in_order(then=answering({"n": [1, 2, 3]}, behaviour))
    with ScriptedProvider(script=script) as server, pytest.raises(aiohttp.ClientPayloadError):
        talk(server, main)


def test_truncation_ends_properly() -> None:
    async def main(post: Any) -> Answer:
        answer: Answer = await post(body(stream=True))
        return answer

    with ScriptedProvider(script=in_order(then=Behaviour(answer="abcdef", truncate_after=3))) as server:
        chunks = events(talk(server, main))
    assert chunks[1]["choices"][0]["delta"]["content"] == "abc"
    assert chunks[-2]["choices"][0]["finish_reason"] == "length"


def test_speech_is_a_wav_as_long_as_the_text() -> None:
    async def main(post: Any) -> list[Answer]:
        asked = [
            {"model": "tts", "voice": "v", "input": text, "response_format": "wav"} for text in ("x" * 20, "x" * 40)
        ]
        return [await post(one, "/audio/speech") for one in asked]

    with ScriptedProvider() as server:
        answers = talk(server, main)
    lengths = []
    for status, headers, audio in answers:
        assert (status, headers["content-type"]) == (200, "audio/wav")
        with wave.open(io.BytesIO(audio)) as file:
            assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
            lengths.append(file.getnframes() / file.getframerate())
    assert lengths == pytest.approx([1.2, 2.4], abs=0.01)


def test_speech_has_its_own_script() -> None:
    async def main(post: Any) -> list[int]:
        speech = {"model": "tts", "voice": "v", "input": "hi", "response_format": "wav"}
        return [(await post(speech, "/audio/speech"))[0], (await post(body()))[0]]

    with ScriptedProvider(speech=in_order(then=failing(500))) as server:
        assert talk(server, main) == [500, 200]
