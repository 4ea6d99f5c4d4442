from __future__ import annotations

import asyncio
import gc
import json
import socket
import traceback
import warnings
from decimal import Decimal
from email.utils import formatdate
from typing import Any

import pytest

from scenewright.domain.calls import Message, ModelAnswer
from scenewright.domain.errors import BadSettings, CallFailed, FailureClass
from scenewright.providers.llm.provider import LlmProvider
from scenewright.providers.llm.secrets import chain
from scenewright.testing.provider import (
    Behaviour,
    ScriptedProvider,
    Shape,
    always,
    answering,
    failing,
    in_order,
    out_of_credit,
    rate_limited,
)
from tests.providers.llm.asking import MODEL, SCHEMA, Heard, ask, ask_once, call

pytestmark = pytest.mark.server

PLAN = {"title": "T", "scenes": ["a", "b"]}


def answered(
    behaviour: Behaviour, schema: dict[str, Any] | None = None, *, first: float = 5.0, stall: float = 5.0
) -> tuple[Heard, ScriptedProvider]:
    with ScriptedProvider(script=always(behaviour)) as server:
        heard = ask_once(server.base_url, schema=schema, first=first, stall=stall)
    return heard, server


def test_text_streams_into_the_sink_and_is_returned_whole() -> None:
    heard, server = answered(answering("One two three four five six."))
    assert heard.answer is not None
    assert heard.answer.text == heard.text == "One two three four five six."
    assert len(heard.pieces) > 1
    assert heard.answer.finish == "stop"
    assert [seen.path for seen in server.requests] == ["/v1/chat/completions"]


def test_messages_keep_their_roles_and_order() -> None:
    said = (
        Message(role="system", text="Rules."),
        Message(role="user", text="Ask."),
        Message(role="assistant", text="{}"),
        Message(role="user", text="Again."),
    )

    async def main(server: ScriptedProvider) -> None:
        async with LlmProvider(MODEL, server.base_url) as provider:
            await ask(provider, MODEL, server.base_url, messages=said, temperature=0.2, max_tokens=77)

    with ScriptedProvider() as server:
        asyncio.run(main(server))
    body = server.requests[0].body
    assert [(one["role"], one["content"]) for one in body["messages"]] == [(one.role, one.text) for one in said]
    assert (body["temperature"], body["max_tokens"], body["stream"]) == (0.2, 77, True)
    assert "tools" not in body


def test_a_schema_is_sent_natively_and_the_answer_fits_it() -> None:
    heard, server = answered(Behaviour(), SCHEMA)
    sent = server.requests[0].body["response_format"]["json_schema"]
    assert sent["name"] == "answer"
    assert set(sent["schema"]["properties"]) == {"title", "scenes"}
    assert set(json.loads(heard.text)) == {"title", "scenes"}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "response_format json_schema is not supported"),
        (400, "Schema is too complex"),
        (500, "cannot parse grammar"),
    ],
)
def test_a_server_that_refuses_the_schema_gets_it_in_words_and_is_remembered(status: int, words: str) -> None:
    def script(seen: Any) -> Behaviour:
        refuses = "json_schema" in json.dumps(seen.body.get("response_format", {}))
        return failing(status, "", words) if refuses else answering(PLAN)

    async def main(base_url: str) -> list[Heard]:
        async with LlmProvider(MODEL, base_url) as provider:
            return [await ask(provider, MODEL, base_url, SCHEMA) for _ in range(2)]

    with ScriptedProvider(script=script) as server:
        first, second = asyncio.run(main(server.base_url))
    assert json.loads(first.text) == json.loads(second.text) == PLAN
    assert len(server.requests) == 3
    assert '"scenes"' in server.requests[1].text


def test_tokens_are_counted() -> None:
    heard, _ = answered(Behaviour(answer="x" * 40, cached_tokens=2))
    assert heard.answer is not None
    used = heard.answer.usage
    assert (used.input_tokens, used.output_tokens, used.cached_tokens) == (4, 10, 2)


def test_the_price_at_an_address_of_ones_own_is_unknown_not_zero() -> None:
    heard, _ = answered(Behaviour())
    assert heard.answer is not None
    assert heard.answer.cost is None


def test_missing_token_counts_make_no_price_and_no_failure() -> None:
    heard, _ = answered(Behaviour(usage=False))
    assert heard.answer is not None
    assert heard.answer.usage.output_tokens == 0


def test_an_answer_that_ran_into_the_limit_says_so() -> None:
    heard, _ = answered(Behaviour(answer=PLAN, truncate_after=12), SCHEMA)
    assert heard.answer is not None
    assert heard.answer.finish == "length"
    assert heard.text == json.dumps(PLAN)[:12]


def test_a_filtered_answer_is_refused() -> None:
    heard, _ = answered(Behaviour(finish="content_filter"))
    assert heard.answer is not None
    assert heard.answer.finish == "refused"


@pytest.mark.parametrize("shape", ["thinking", "reasoning"])
@pytest.mark.parametrize("piece", [1, 5, 7, 1000])
def test_thinking_never_leaks(shape: Shape, piece: int) -> None:
    heard, _ = answered(Behaviour(answer=PLAN, shape=shape, piece=piece), SCHEMA)
    assert heard.answer is not None
    assert heard.answer.text == heard.text == json.dumps(PLAN)


def test_half_a_character_is_none_before_anything_is_stored() -> None:
    heard, _ = answered(answering("a\ud83d!"))
    assert heard.answer is not None
    assert heard.answer.text == heard.text == "a\ufffd\ufffd\ufffd!"
    assert ModelAnswer.model_validate_json(heard.answer.model_dump_json()) == heard.answer


def test_an_empty_answer_is_an_answer() -> None:
    heard, _ = answered(Behaviour(shape="empty"))
    assert heard.answer is not None
    assert heard.answer.text == ""


@pytest.mark.parametrize(
    ("behaviour", "failure", "wait"),
    [
        (rate_limited(2), FailureClass.RATE_LIMIT, 2.0),
        (rate_limited(None), FailureClass.RATE_LIMIT, None),
        (rate_limited(9, retry_after_ms="250"), FailureClass.RATE_LIMIT, 0.25),
        (rate_limited(None, x_ratelimit_reset_requests="1m2s"), FailureClass.RATE_LIMIT, 62.0),
        (out_of_credit(), FailureClass.FATAL, None),
        (failing(400), FailureClass.FATAL, None),
        (failing(401, "invalid_api_key"), FailureClass.FATAL, None),
        (failing(402), FailureClass.FATAL, None),
        (failing(403), FailureClass.FATAL, None),
        (failing(404, "model_not_found"), FailureClass.FATAL, None),
        (failing(400, "context_length_exceeded"), FailureClass.REFUSED, None),
        (failing(400, "content_filter"), FailureClass.REFUSED, None),
        (failing(408), FailureClass.TRANSIENT, None),
        (failing(409), FailureClass.TRANSIENT, None),
        (failing(500), FailureClass.TRANSIENT, None),
        (failing(503), FailureClass.TRANSIENT, None),
        (failing(529), FailureClass.TRANSIENT, None),
    ],
    ids=lambda value: value.code or str(value.status) if isinstance(value, Behaviour) else str(value),
)
def test_refusals_are_classified_and_never_retried_here(
    behaviour: Behaviour, failure: FailureClass, wait: float | None
) -> None:
    heard, server = answered(behaviour)
    assert heard.failure is not None
    assert (heard.failure.failure, heard.failure.retry_after) == (failure, wait)
    assert not heard.failure.received
    assert server.requests[0].attempt == len(server.requests) == 1
    assert str(heard.failure).startswith("openai@127.0.0.1:")


def test_a_date_to_wait_for_is_counted_from_the_answers_own_date() -> None:
    wait, far = formatdate(1_800_000_030, usegmt=True), formatdate(1_800_000_000, usegmt=True)
    heard, _ = answered(Behaviour(status=429, headers={"retry-after": wait, "date": far}))
    assert heard.failure is not None
    assert heard.failure.retry_after == 30.0


@pytest.mark.parametrize("cut", [30, 40])
def test_a_connection_lost_in_the_middle_is_transient_and_was_received(cut: int) -> None:
    heard, server = answered(Behaviour(cut_after=cut, answer="x" * 100))
    assert heard.failure is not None
    assert (heard.failure.failure, heard.failure.received) == (FailureClass.TRANSIENT, True)
    assert heard.text == "x" * cut
    assert len(server.requests) == 1


def test_a_connection_lost_after_whole_items_has_given_them() -> None:
    heard, _ = answered(Behaviour(answer={"scenes": ["a", "b", "c"]}, cut_after_items=2))
    assert heard.text == '{"scenes": ["a", "b"'


def test_a_stream_that_ends_without_a_reason_is_broken_off() -> None:
    heard, _ = answered(Behaviour(answer="abc", finish=""))
    assert heard.failure is not None
    assert (heard.failure.failure, heard.failure.received) == (FailureClass.TRANSIENT, True)


def test_a_server_that_never_answers_is_left() -> None:
    heard, server = answered(Behaviour(hang=True), first=0.1)
    assert heard.failure is not None
    assert (heard.failure.failure, heard.failure.received) == (FailureClass.TRANSIENT, False)
    assert "0.1 seconds" in str(heard.failure)
    assert server.left_early == 1


def test_a_stream_that_stalls_is_left() -> None:
    heard, server = answered(Behaviour(stall_after=20), stall=0.1)
    assert heard.failure is not None
    assert (heard.failure.failure, heard.failure.received) == (FailureClass.TRANSIENT, True)
    assert len(heard.text) == 20
    assert server.left_early == 1


def test_a_slow_stream_that_goes_on_is_not_left() -> None:
    heard, _ = answered(Behaviour(answer="x" * 80, piece=8, pace=0.03), first=0.15, stall=0.15)
    assert heard.answer is not None


def test_a_port_where_nothing_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    heard = ask_once(f"http://127.0.0.1:{port}/v1")
    assert heard.failure is not None
    assert heard.failure.failure is FailureClass.TRANSIENT
    assert "nothing listens" in str(heard.failure)


def test_cancelling_ends_the_request_upstream() -> None:
    async def main(base_url: str) -> None:
        async with LlmProvider(MODEL, base_url) as provider:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.15):
                    await ask(provider, MODEL, base_url)

    with ScriptedProvider(script=always(Behaviour(stall_after=10))) as server:
        asyncio.run(main(server.base_url))
    assert server.left_early == 1


@pytest.mark.parametrize("raised", [ValueError("mine"), OSError("disk full"), TimeoutError("mine too")])
def test_what_the_sink_raises_comes_out_as_it_is(raised: Exception) -> None:
    async def sink(_: str) -> None:
        raise raised

    async def main(base_url: str) -> None:
        async with LlmProvider(MODEL, base_url) as provider:
            await provider.perform(call(MODEL, base_url), sink)

    with ScriptedProvider() as server, pytest.raises(type(raised)) as caught:
        asyncio.run(main(server.base_url))
    assert caught.value is raised


def test_a_slow_sink_is_not_a_stall() -> None:
    async def main(base_url: str) -> str:
        async def sink(_: str) -> None:
            await asyncio.sleep(0.08)

        async with LlmProvider(MODEL, base_url, first=1, stall=0.05) as provider:
            return (await provider.perform(call(MODEL, base_url), sink)).text

    with ScriptedProvider(script=always(answering("x" * 40))) as server:
        assert asyncio.run(main(server.base_url)) == "x" * 40


def test_many_calls_share_one_client_and_none_is_left_open() -> None:
    async def main(base_url: str) -> list[Heard]:
        async with LlmProvider(MODEL, base_url) as provider:
            return await asyncio.gather(*(ask(provider, MODEL, base_url) for _ in range(20)))

    with ScriptedProvider(script=always(Behaviour(pace=0.01))) as server, warnings.catch_warnings():
        warnings.simplefilter("error")
        heard = asyncio.run(main(server.base_url))
        gc.collect()
    assert len({one.text for one in heard}) == 20
    assert server.in_flight_max > 5


def test_it_can_be_used_again_after_it_was_closed() -> None:
    async def main(base_url: str) -> None:
        provider = LlmProvider(MODEL, base_url)
        for _ in range(2):
            assert (await ask(provider, MODEL, base_url)).answer
            await provider.aclose()
        await provider.aclose()

    with ScriptedProvider(script=in_order()) as server:
        asyncio.run(main(server.base_url))


def test_a_request_for_another_account_is_a_mistake() -> None:
    async def main() -> None:
        await ask(LlmProvider(MODEL, "http://127.0.0.1:1/v1"), MODEL, "http://127.0.0.1:2/v1")

    with pytest.raises(ValueError, match="given to the provider of"):
        asyncio.run(main())


SECRETS = ["sk-live-0123456789abcdefghij", "hunter2-hunter2", "plain secret words"]


@pytest.mark.parametrize("key", SECRETS)
@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_a_key_never_shows_even_if_the_server_repeats_it(
    key: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCENEWRIGHT_API_KEY", key)
    with ScriptedProvider(script=lambda seen: failing(status, "", f"No: {seen.authorisation}")) as server:
        heard = ask_once(server.base_url)
    assert server.authorisations == (f"Bearer {key}",)
    _shows_nothing_of(key, heard.failure)


def _shows_nothing_of(secret: str, failure: CallFailed | None) -> None:
    assert failure is not None
    assert secret not in "".join(traceback.format_exception(failure))
    for link in chain(failure):
        assert secret not in f"{link} {link!r} {link.args!r}"


def test_the_key_of_openai_goes_to_no_other_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRETS[0])
    heard, server = answered(Behaviour())
    assert heard.answer is not None
    assert SECRETS[0] not in json.dumps([dict(seen.headers) for seen in server.requests])


def test_a_key_that_is_not_accepted_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCENEWRIGHT_API_KEY", "wrong-one")
    with ScriptedProvider(keys=["right-one"]) as server:
        heard = ask_once(server.base_url)
    assert "SCENEWRIGHT_API_KEY" in str(heard.failure)


def test_an_unknown_model_is_named() -> None:
    with ScriptedProvider(models=["n"]) as server:
        heard = ask_once(server.base_url)
    assert "does not know the model m" in str(heard.failure)


@pytest.mark.parametrize(
    ("model", "variable"),
    [
        ("openai:gpt-6-luna", "OPENAI_API_KEY"),
        ("anthropic:claude-sonnet-5-5", "ANTHROPIC_API_KEY"),
        ("google:gemini-3.8-flash", "GOOGLE_API_KEY"),
        ("deepseek:deepseek-chat", "DEEPSEEK_API_KEY"),
        ("openrouter:qwen/qwen3", "OPENROUTER_API_KEY"),
    ],
)
def test_a_missing_key_is_named_before_any_call(model: str, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (variable, "GEMINI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(BadSettings, match=variable):
        LlmProvider(model).prepare()


@pytest.mark.parametrize("model", ["nobody:x", "groq:llama", "gpt-5", "openai:", "", ":x"])
def test_a_model_that_cannot_be_used_is_a_readable_error(model: str) -> None:
    with pytest.raises(BadSettings):
        LlmProvider(model).prepare()


def test_a_known_model_has_its_price() -> None:
    from pydantic_ai.usage import RequestUsage

    from scenewright.providers.llm.names import understand
    from scenewright.providers.llm.prices import cost_of

    used = RequestUsage(input_tokens=1_000_000, output_tokens=0)
    assert cost_of(used, understand("openai:gpt-4o-mini")) == Decimal("0.15")
    assert cost_of(used, understand("openai:gpt-4o-mini", "https://api.openai.com/v1")) == Decimal("0.15")
    assert cost_of(used, understand("openai:gpt-4o-mini", "http://127.0.0.1:8080/v1")) is None
    assert cost_of(used, understand("openai:no-such-model")) is None
