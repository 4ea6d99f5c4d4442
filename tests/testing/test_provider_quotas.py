"""Quotas and storms, met by a plain HTTP client over a real socket."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from scenewright.testing.provider import Behaviour, Quota, ScriptedProvider, failing
from tests.testing.talking import Answer, body, statuses, talk, until

pytestmark = pytest.mark.server


def test_a_quota_is_kept_per_key_and_told_in_headers() -> None:
    async def main(post: Any) -> list[Answer]:
        return [await post(body(str(n)), key=key) for n, key in enumerate("kkkj")]

    with ScriptedProvider(quota=Quota(per_minute=2)) as server:
        first, second, third, other = talk(server, main)
    assert [one[0] for one in (first, second, third, other)] == [200, 200, 429, 200]
    assert first[1]["x-ratelimit-limit-requests"] == "2"
    assert first[1]["x-ratelimit-remaining-requests"] == "1"
    assert 20 < float(third[1]["retry-after"]) <= 30
    assert json.loads(third[2])["error"]["code"] == "rate_limit_exceeded"


def test_what_retry_after_says_is_true() -> None:
    async def main(post: Any) -> list[int]:
        await post(body("a"))
        refused = await post(body("b"))
        await asyncio.sleep(float(refused[1]["retry-after-ms"]) / 1000 + 0.001)
        return [refused[0], (await post(body("c")))[0]]

    with ScriptedProvider(quota=Quota(per_minute=1, minute=0.2)) as server:
        assert talk(server, main) == [429, 200]


def test_too_many_at_once_are_refused_and_leave_no_trace() -> None:
    async def main(post: Any) -> list[int]:
        statuses = [one[0] for one in await asyncio.gather(*(post(body(str(n))) for n in range(3)))]
        return [*sorted(statuses), (await post(body("later")))[0]]

    with ScriptedProvider(quota=Quota(concurrent=2), script=lambda _: Behaviour(latency=0.1)) as server:
        assert talk(server, main) == [200, 200, 429, 200]


def test_tokens_are_reserved_told_and_given_back() -> None:
    """40 characters are 10 tokens; the answer has 5."""

    async def main(post: Any) -> list[Any]:
        ask = body("x" * 40, max_tokens=600)
        first = asyncio.ensure_future(post(ask))
        await until(lambda: bool(server.requests))
        return [await post(ask), await first, await post(ask)]

    script = Behaviour(answer="y" * 20, latency=0.1)
    with ScriptedProvider(script=script, quota=Quota(tokens=1000, window="sliding")) as server:
        during, first, after = talk(server, main)
    assert [one[0] for one in (first, during, after)] == [200, 429, 200]
    assert first[1]["x-ratelimit-remaining-tokens"] == during[1]["x-ratelimit-remaining-tokens"] == "400"
    assert after[1]["x-ratelimit-remaining-tokens"] == "385"  # 1000 - 15 used - 600 reserved
    assert json.loads(during[2])["error"]["type"] == "tokens"
    assert "Limit 1000, Used 600, Requested 600" in json.loads(during[2])["error"]["message"]
    assert server.statistics()["refused"] == 1


def test_a_hidden_quota_refuses_without_a_word() -> None:
    async def main(post: Any) -> Any:
        return [await post(body(text)) for text in "ab"]

    with ScriptedProvider(quota=Quota(per_minute=1, hidden=True)) as server:
        first, second = talk(server, main)
    assert (first[0], second[0]) == (200, 429)
    assert not [name for name in {**first[1], **second[1]} if "ratelimit" in name or "retry" in name]


def test_a_quota_can_be_changed_while_it_runs() -> None:
    with ScriptedProvider(quota=Quota(per_minute=1)) as server:
        assert statuses(server, body("a"), body("b")) == [200, 429]
        server.quota = Quota(per_minute=3)
        assert statuses(server, body("c"), body("d"), body("e")) == [200, 200, 429]
        server.quota = Quota()
        assert statuses(server, body("f")) == [200]


def test_keys_may_have_quotas_of_their_own() -> None:
    async def main(post: Any) -> list[int]:
        return [(await post(body(str(n)), key=key))[0] for n, key in enumerate(["a", "a", "b", "b", "c"])]

    with ScriptedProvider(quota={"a": Quota(per_minute=1), "*": Quota(per_minute=5)}) as server:
        assert talk(server, main) == [200, 429, 200, 200, 200]


def test_speech_may_have_a_quota_of_its_own() -> None:
    async def main(post: Any) -> list[int]:
        speech = {"model": "m", "input": "Hello.", "voice": "v", "response_format": "wav"}
        return [(await post(*asked))[0] for asked in [(body(),), (speech, "/audio/speech"), (body(),)]]

    with ScriptedProvider(quota=Quota(per_minute=1)) as server:
        assert talk(server, main) == [200, 429, 429]
    with ScriptedProvider(quota=Quota(per_minute=1), speech_quota=Quota()) as server:
        assert talk(server, main) == [200, 200, 429]


def test_a_quota_goes_by_described_time() -> None:
    """A minute of 0.06 real seconds: what is told is true on the client's clock."""

    async def main(post: Any) -> list[int]:
        found = [await post(body("a")), await post(body("b"))]
        await asyncio.sleep(float(found[1][1]["retry-after-ms"]) / 1000 + 0.001)
        return [one[0] for one in [*found, await post(body("c"))]]

    with ScriptedProvider(quota=Quota(per_minute=1), scale=0.001) as server:
        assert talk(server, main) == [200, 429, 200]


def test_storms() -> None:
    asked = [body(text) for text in "abcd"]
    with ScriptedProvider(quota=Quota(per_minute=4)) as server:
        server.storm(requests=2)
        assert statuses(server, *asked) == [429, 429, 200, 200]
        server.storm(failing(503))
        assert statuses(server, *asked) == [503] * 4
        server.calm()
        assert statuses(server, *asked) == [200, 200, 429, 429]  # a storm uses up nothing


def test_a_storm_of_some_time_ends_by_itself() -> None:
    async def main(post: Any) -> list[int]:
        found = [(await post(body("a")))[0]]
        await asyncio.sleep(0.06)
        return [*found, (await post(body("a")))[0]]

    with ScriptedProvider(scale=0.01) as server:
        server.storm(seconds=5)
        assert talk(server, main) == [429, 200]


def test_five_hundred_at_once_are_counted_exactly() -> None:
    async def main(post: Any) -> tuple[int, Any]:
        asked = [asyncio.ensure_future(post(body(str(n)))) for n in range(500)]
        await until(lambda: sum(one.done() for one in asked) == 100 and len(server.requests) == 500)
        inside, refused = server.in_flight, [one.result()[0] for one in asked if one.done()]
        for one in asked:
            one.cancel()
        await asyncio.wait(asked)
        await until(lambda: not server.in_flight)
        return inside, refused

    with ScriptedProvider(quota=Quota(concurrent=400), script=Behaviour(hang=True)) as server:
        assert talk(server, main) == (400, [429] * 100)
    assert server.left_early == 400
    assert server.statistics()["in_flight_by_key"] == [0]
    assert not server.answered
