"""Faults, met by a plain HTTP client over a real socket."""

from __future__ import annotations

import asyncio
import errno
import json
from collections import Counter
from typing import Any

import aiohttp
import pytest

from scenewright.testing.provider import (
    ERROR,
    MALFORMED,
    RESET,
    RESET_MIDWAY,
    SLOW_FIRST,
    STALLED,
    TRUNCATED,
    Behaviour,
    Exponential,
    ScriptedProvider,
    Seen,
    asking,
    by,
    during,
    failing,
    faulty,
    in_order,
    overlaid,
    per_request,
)
from tests.testing.talking import SCHEMA, body, said, statuses, talk

SPEECH = {"model": "m", "input": "Hello there.", "voice": "v", "response_format": "wav"}
server_only = pytest.mark.server


def heard(server: ScriptedProvider, asked: Any, path: str = "/chat/completions") -> tuple[bytes, BaseException | None]:
    """What of an answer arrived, and how it broke."""

    async def run() -> tuple[bytes, BaseException | None]:
        parts: list[bytes] = []
        async with aiohttp.ClientSession() as session:
            try:
                async with session.post(server.base_url + path, json=asked) as response:
                    async for part in response.content.iter_any():
                        parts.append(part)
            except aiohttp.ClientError as exc:
                return b"".join(parts), exc
        return b"".join(parts), None

    return asyncio.run(run())


def was_reset(exc: BaseException | None) -> bool:
    """A reset by the peer, not an end that came too early."""
    return f"({errno.ECONNRESET}, " in repr(exc)


@server_only
@pytest.mark.parametrize("stream", [False, True])
def test_a_connection_is_reset_before_any_byte(stream: bool) -> None:
    with ScriptedProvider(script=RESET) as server:
        arrived, broke = heard(server, body(stream=stream))
    assert arrived == b""
    assert was_reset(broke), repr(broke)


@server_only
def test_a_connection_is_reset_in_the_middle() -> None:
    with ScriptedProvider(script=Behaviour(answer="x" * 200, reset_after=60, latency=0.01)) as server:
        arrived, broke = heard(server, body(stream=True))
        whole, broke_too = heard(server, body())
    texts = [json.loads(line[6:])["choices"][0]["delta"]["content"] for line in arrived.decode().split("\n\n") if line]
    assert "".join(texts) == "x" * 60
    assert was_reset(broke), repr(broke)
    assert whole
    assert was_reset(broke_too), repr(broke_too)


@server_only
def test_a_cut_is_no_reset() -> None:
    with ScriptedProvider(script=Behaviour(answer="x" * 200, cut_after=60)) as server:
        _, broke = heard(server, body(stream=True))
    assert isinstance(broke, aiohttp.ClientPayloadError)
    assert not was_reset(broke)


@server_only
@pytest.mark.parametrize(
    ("fault", "expected"),
    [(RESET, b""), (Behaviour(reset_after=50), 50), (Behaviour(cut_after=50), 50)],
    ids=["at once", "reset", "cut"],
)
def test_speech_breaks_too(fault: Behaviour, expected: Any) -> None:
    with ScriptedProvider(speech=fault) as server:
        arrived, broke = heard(server, SPEECH, "/audio/speech")
    assert broke is not None
    assert arrived == expected or len(arrived) == expected


@server_only
def test_an_error_can_take_its_time_or_be_a_reset() -> None:
    with ScriptedProvider(script=in_order(Behaviour(status=500, reset_after=0))) as server:
        assert was_reset(heard(server, body())[1])


@server_only
def test_a_body_may_be_no_json_at_all() -> None:
    async def main(post: Any) -> Any:
        return await post(body())

    for status in (200, 502):
        with ScriptedProvider(script=Behaviour(raw="<h1>Bad gateway</h1>", status=status)) as server:
            found = talk(server, main)
        assert (found[0], found[2]) == (status, b"<h1>Bad gateway</h1>")


@server_only
@pytest.mark.parametrize("asked", [b"{", b"[]", b'{"a": NaN}', b'{"a": "\\ud800"}', b"[" * 100_000])
def test_a_request_that_is_no_json_is_refused(asked: bytes) -> None:
    with ScriptedProvider() as server:
        assert statuses(server, asked) == [400]


@server_only
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"messages": "none"},
        {"messages": [3, {"content": [1, {"text": 2}]}], "max_tokens": "many"},
        {"messages": [], "stream": True, "stream_options": 3, "response_format": {"type": "json_schema"}},
        {"response_format": {"type": "json_schema", "json_schema": 3}},
    ],
)
def test_an_odd_request_is_answered_anyway(asked: Any) -> None:
    with ScriptedProvider() as server:
        assert statuses(server, asked) == [200]


@server_only
def test_shares_of_faults_meet_their_share() -> None:
    script = faulty(Behaviour(latency=Exponential(0.001)), (0.2, ERROR), (0.1, RESET), (0.1, MALFORMED), seed=1)

    async def main(post: Any) -> Counter[str]:
        async def one(number: int) -> str:
            try:
                answer = await post(body(str(number), schema=SCHEMA))
            except aiohttp.ClientError:
                return "reset"
            if answer[0] != 200:
                return str(answer[0])
            try:
                json.loads(said(answer))
            except ValueError:
                return "malformed"
            return "well"

        return Counter(await asyncio.gather(*(one(number) for number in range(300))))

    with ScriptedProvider(script=script) as server:
        found = talk(server, main)
    assert 40 <= found["500"] <= 80
    assert 18 <= found["reset"] <= 45
    assert 18 <= found["malformed"] <= 45
    assert server.statistics()["outcomes"] == {
        "200": found["well"] + found["malformed"],
        "500": found["500"],
        "broken": found["reset"],
    }


def seen(digest: str = "d", attempt: int = 1, at: float = 0.0, **body: Any) -> Seen:
    return Seen(
        index=0, attempt=attempt, path="/v1/chat/completions", body=body, digest=digest, authorisation="",
        headers={}, at=at,
    )  # fmt: skip


def test_who_is_hit_depends_on_the_request_and_the_seed_alone() -> None:
    asked = [seen(str(number), attempt) for number in range(200) for attempt in (1, 2)]
    hit = [[faulty(Behaviour(), (0.3, ERROR), seed=seed)(one).status for one in asked] for seed in (1, 1, 2)]
    assert hit[0] == hit[1] != hit[2]
    assert hit[0][::2] != hit[0][1::2]


def test_a_fault_keeps_what_it_does_not_say() -> None:
    usual = Behaviour(latency=2, per_token=0.1)
    assert overlaid(usual, ERROR) == Behaviour(latency=2, per_token=0.1, status=500)
    assert overlaid(usual, SLOW_FIRST).first == 30
    for fault in (RESET_MIDWAY, STALLED, TRUNCATED):
        assert overlaid(usual, fault).latency == 2


def test_shares_make_sense() -> None:
    for shares in ([(0.6, ERROR), (0.6, RESET)], [(-0.1, ERROR)]):
        with pytest.raises(ValueError, match="between 0 and 1"):
            faulty(Behaviour(), *shares)


def test_scripts_are_put_together() -> None:
    slide, storm = Behaviour(lasts=12), failing(503)
    script = during(10, 20, storm, then=asking(slide=slide, actions=per_request(failing(500))))

    def asks(name: str, **more: Any) -> Seen:
        return seen(response_format={"type": "json_schema", "json_schema": {"name": name}}, **more)

    assert script(asks("slide")) == slide
    assert script(asks("slide", at=10)) == storm
    assert script(asks("slide", at=20)) == slide
    assert [script(asks("actions", attempt=attempt)).status for attempt in (1, 2)] == [500, 200]
    assert script(asks("quiz")) == Behaviour()
    assert by(lambda one: one.model, {"small": slide})(seen(model="small")) == slide
