"""Headers of successes and refusals, over real sockets, through pydantic-ai and the SDKs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from scenewright.domain.calls import RateLimits
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.providers.llm.provider import LlmProvider
from scenewright.testing.provider import Behaviour, ScriptedProvider, Seen, always, answering, rate_limited, serve
from tests.providers.llm.asking import MODEL, SCHEMA, Heard, ask, ask_once
from tests.providers.llm.protocols import Protocol, google
from tests.providers.llm.test_protocols import THEIRS, point

pytestmark = pytest.mark.server


def left(limits: RateLimits | None) -> dict[str, tuple[int | None, int | None]]:
    return {limit.of: (limit.remaining, limit.limit) for limit in limits.limits} if limits else {}


def headers(remaining: int, limit: int = 60) -> dict[str, str]:
    return {
        "x-ratelimit-limit-requests": str(limit),
        "x-ratelimit-remaining-requests": str(remaining),
        "x-ratelimit-reset-requests": "1s",
        "x-ratelimit-limit-tokens": "1000",
        "x-ratelimit-remaining-tokens": "nan",
    }


def test_the_headers_of_a_success_come_with_the_answer() -> None:
    with ScriptedProvider(script=always(Behaviour(headers=headers(59)))) as server:
        heard = ask_once(server.base_url, schema=SCHEMA)
    assert heard.answer is not None
    assert heard.answer.limits is not None
    assert left(heard.answer.limits) == {"requests": (59, 60), "tokens": (None, 1000)}
    assert heard.answer.limits.model == MODEL


def test_an_account_that_tells_nothing_is_taken_to_have_told_nothing() -> None:
    with ScriptedProvider() as server:
        heard = ask_once(server.base_url)
    assert heard.answer is not None
    assert heard.answer.limits is None


def test_the_headers_of_a_refusal_come_with_the_failure() -> None:
    with ScriptedProvider(script=always(Behaviour(status=429, headers=headers(0)))) as server:
        heard = ask_once(server.base_url)
    assert heard.failure is not None
    assert left(heard.failure.limits)["requests"] == (0, 60)


def test_a_stream_that_broke_off_has_told_its_limits() -> None:
    with ScriptedProvider(script=always(Behaviour(answer="x" * 99, cut_after=30, headers=headers(7)))) as server:
        heard = ask_once(server.base_url)
    assert heard.failure is not None
    assert heard.failure.received
    assert left(heard.failure.limits)["requests"] == (7, 60)


def test_the_time_is_that_of_the_headers_not_of_the_end() -> None:
    async def main(base_url: str) -> tuple[float, float, float]:
        loop = asyncio.get_running_loop()
        async with LlmProvider(MODEL, base_url) as provider:
            start = loop.time()
            heard = await ask(provider, MODEL, base_url)
            assert heard.answer is not None
            assert heard.answer.limits is not None
            assert heard.answer.limits.at is not None
            return start, heard.answer.limits.at, loop.time()

    slow = answering("x" * 80, Behaviour(piece=8, pace=0.03, headers=headers(3)))
    with ScriptedProvider(script=always(slow)) as server:
        start, at, end = asyncio.run(main(server.base_url))
    assert start <= at < end - 0.2  # ten pieces, 0.03 s each, came afterwards


def test_calls_in_flight_together_hear_each_its_own_headers() -> None:
    def script(seen: Seen) -> Behaviour:
        return Behaviour(answer=seen.text[-2:], latency=0.01 * (seen.index % 3), headers=headers(int(seen.text[-2:])))

    async def one(provider: LlmProvider, base_url: str, number: int) -> Heard:
        from scenewright.domain.calls import Message

        return await ask(provider, MODEL, base_url, messages=(Message(role="user", text=f"Say {number}"),))

    async def main(base_url: str) -> list[Heard]:
        async with LlmProvider(MODEL, base_url) as provider:
            return await asyncio.gather(*(one(provider, base_url, number) for number in range(10, 40)))

    with ScriptedProvider(script=script) as server:
        heard = asyncio.run(main(server.base_url))
    for number, one_heard in enumerate(heard, 10):
        assert one_heard.answer is not None
        assert left(one_heard.answer.limits)["requests"] == (number, 60)


OPENAI = headers(5)
ANTHROPIC = {
    "anthropic-ratelimit-requests-limit": "60",
    "anthropic-ratelimit-requests-remaining": "5",
    "anthropic-ratelimit-requests-reset": "2100-01-01T00:00:00Z",
}


@pytest.mark.parametrize(("model", "name", "events"), THEIRS)
@pytest.mark.parametrize("status", [200, 429])
def test_every_protocol_tells(
    model: str, name: str, events: Callable[[], Sequence[Any]], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ANTHROPIC if name == "ANTHROPIC" else OPENAI
    body = None if status == 200 else {"error": {"message": "slow down", "code": status}}
    protocol = Protocol(events(), status, body, headers=told)
    with serve(protocol) as address:
        point(monkeypatch, name, address)
        heard = ask_once("", model)
    result = heard.answer or heard.failure
    assert result is not None
    assert left(result.limits)["requests"] == (5, 60)


GROQ_DAY = (
    "Rate limit reached for model `m` on requests per day (RPD): Limit 1000, Used 1000. Please try again in 1m26s."
)


def failure_of(behaviour: Behaviour) -> CallFailed:
    with ScriptedProvider(script=always(behaviour)) as server:
        heard = ask_once(server.base_url)
    assert heard.failure is not None
    return heard.failure


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(status=429, code="rate_limit_exceeded", message=GROQ_DAY, headers={"retry-after": "86"}),
        Behaviour(status=429, message="Rate limit exceeded: free-models-per-day. Add 10 credits."),
        rate_limited(7 * 3600),
        rate_limited(None, x_ratelimit_remaining_requests="0", x_ratelimit_reset_requests="3h0m0s"),
    ],
    ids=["requests per day", "per-day", "seven hours", "reset in three hours"],
)
def test_a_spent_day_pauses_and_says_when_to_resume(behaviour: Behaviour) -> None:
    failure = failure_of(behaviour)
    assert failure.failure is FailureClass.FATAL
    assert "resume after 20" in str(failure)


def test_googles_spent_day_is_not_an_empty_purse(monkeypatch: pytest.MonkeyPatch) -> None:
    violation = {"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}
    details = [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}]
    error = {"code": 429, "message": "You exceeded your current quota", "status": "RESOURCE_EXHAUSTED"}
    with serve(Protocol(google(), 429, {"error": {**error, "details": details}})) as address:
        point(monkeypatch, "GOOGLE", address)
        heard = ask_once("", "google:gemini-3.8-flash")
    assert heard.failure is not None
    assert heard.failure.failure is FailureClass.FATAL
    assert "for the day" in str(heard.failure)
    assert "resume after 20" in str(heard.failure)
    assert heard.failure.retry_after is not None
    assert 0 < heard.failure.retry_after <= 25 * 3600


def test_a_minute_is_waited_for_as_the_words_ask_where_no_header_does() -> None:
    words = "Rate limit reached for m on requests per min (RPM): Limit 3, Used 3. Please try again in 20s."
    failure = failure_of(Behaviour(status=429, message=words))
    assert (failure.failure, failure.retry_after) == (FailureClass.RATE_LIMIT, 20.0)


def test_googles_spent_minute_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    violation = {"quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}
    details = [
        {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]},
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "27s"},
    ]
    error = {"code": 429, "message": "You exceeded your current quota", "status": "RESOURCE_EXHAUSTED"}
    with serve(Protocol(google(), 429, {"error": {**error, "details": details}})) as address:
        point(monkeypatch, "GOOGLE", address)
        heard = ask_once("", "google:gemini-3.8-flash")
    assert heard.failure is not None
    assert (heard.failure.failure, heard.failure.retry_after) == (FailureClass.RATE_LIMIT, 27.0)


def test_anthropics_empty_purse_is_one_although_it_comes_as_a_bad_request(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"type": "invalid_request_error", "message": "Your credit balance is too low to access the Anthropic API."}
    with serve(Protocol(status=400, body={"type": "error", "error": said})) as address:
        point(monkeypatch, "ANTHROPIC", address)
        heard = ask_once("", "anthropic:claude-sonnet-5-5")
    assert heard.failure is not None
    assert heard.failure.failure is FailureClass.FATAL
    assert "no credit or quota left" in str(heard.failure)
