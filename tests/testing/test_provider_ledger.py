"""What was asked, answered and paid, as the scripted provider counts it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from scenewright.testing.provider import Behaviour, ScriptedProvider, failing, in_order
from tests.testing.talking import SCHEMA, body, said, statuses, talk, until

pytestmark = pytest.mark.server
TEXT = "One two three four five six seven eight nine ten."


def test_every_answer_that_was_sent_is_paid_and_no_error_is() -> None:
    async def main(post: Any) -> list[Any]:
        return [await post(body("a", schema=SCHEMA)), await post(body("b")), await post(body("c", stream=True))]

    with ScriptedProvider(script=in_order(Behaviour(), failing(500))) as server:
        first, _, _ = talk(server, main)
        one, two = server.answered
        assert (one.text, one.whole, one.status, one.key) == (said(first), True, 200, "k")
        assert (two.seen.text, two.whole, one.digest) == ("c", True, server.requests[0].digest)
        used = json.loads(first[2])["usage"]
        assert (one.input_tokens, one.output_tokens) == (used["prompt_tokens"], used["completion_tokens"])
        assert server.statistics()["answers"] == 2
        assert server.statistics()["outcomes"] == {"200": 2, "500": 1}


def test_times_are_told_in_described_seconds() -> None:
    with ScriptedProvider(script=Behaviour(latency=2, lasts=3), scale=0.01) as server:
        assert statuses(server, body()) == [200]
    assert server.answered[0].ended - server.answered[0].started >= 5


@pytest.mark.parametrize("fault", ["cut_after", "reset_after", "stall_after"])
@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_that_breaks_is_paid_as_far_as_it_was_written(fault: str, stream: bool) -> None:
    async def main(post: Any) -> None:
        with pytest.raises((aiohttp.ClientError, TimeoutError)):
            async with asyncio.timeout(0.2 if fault == "stall_after" else 5):
                await post(body(stream=stream))

    with ScriptedProvider(script=Behaviour(answer=TEXT, **{fault: 20})) as server:  # type: ignore[arg-type]
        talk(server, main)
    (answer,) = server.answered
    assert (answer.text, answer.whole, answer.output_tokens) == (TEXT[:20], False, 5)
    assert server.statistics()["answers_in_part"] == 1


def test_who_leaves_early_pays_for_what_had_been_written() -> None:
    async def main(post: Any) -> None:
        asked = asyncio.ensure_future(post(body(stream=True)))
        await until(lambda: server.in_flight == 1)
        await asyncio.sleep(0.1)
        asked.cancel()
        await asyncio.wait([asked])
        await until(lambda: not server.in_flight)

    with ScriptedProvider(script=Behaviour(answer=TEXT, first=0, pace=60)) as server:
        talk(server, main)
        assert [(one.text, one.whole) for one in server.answered] == [(TEXT[:16], False)]
    with ScriptedProvider(script=Behaviour(answer=TEXT, latency=60)) as server:
        talk(server, main)
        assert server.answered == ()
        assert server.left_early == 1


def test_what_was_answered_twice_is_repeated() -> None:
    with ScriptedProvider(script=in_order(failing(500))) as server:
        statuses(server, body("a"), body("a"), body("b"), body("a"))
        assert [one.seen.index for one in server.repeated] == [3]
        assert server.statistics()["duplicates"] == 2
        assert list(server.duplicates().values()) == [3]


def test_a_finished_work_is_held_against_what_was_paid() -> None:
    async def main(post: Any) -> list[str]:
        return [said(await post(body(text))) for text in "abc"]

    with ScriptedProvider() as server:
        first, _, third = talk(server, main)
        assert [one.seen.text for one in server.absent({"scenes": [first, {"t": third}]})] == ["b"]


def test_spoken_audio_differs_at_every_call_unless_it_goes_by_content() -> None:
    async def main(post: Any) -> list[bytes]:
        asked = [{"model": "m", "input": text, "voice": "v", "response_format": "wav"} for text in ("ab", "ab", "cd")]
        return [(await post(one, "/audio/speech"))[2] for one in asked]

    with ScriptedProvider() as server:
        assert len(set(talk(server, main))) == 3
        assert len({one.audio for one in server.answered}) == 3
        assert [one.text for one in server.answered] == ["ab", "ab", "cd"]
    with ScriptedProvider(answers="by-content") as server:
        first, second, third = talk(server, main)
    assert first == second != third


def test_statistics_can_be_read_from_another_process_and_tell_no_key() -> None:
    async def main(post: Any) -> Any:
        await post(body(), key="sk-secret")
        async with aiohttp.ClientSession() as session, session.get(f"{server.address}/stats") as response:
            return await response.json()

    with ScriptedProvider(keys=["sk-secret"]) as server:
        told = talk(server, main)
    assert (told["requests"], told["answers"], told["in_flight"], told["in_flight_max"]) == (1, 1, 0, 1)
    assert "secret" not in json.dumps(told)
