from __future__ import annotations

from dataclasses import replace

import pytest

from scenewright.domain.calls import Call, ModelAnswer, SpeechAnswer, SpeechRequest, Usage
from scenewright.domain.steps import StepId
from scenewright.limits import Cost, Expecting
from scenewright.limits.expecting import tokens
from tests.limits.account import call


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("abcd", 1), ("abcde", 2), ("教室の場面", 5), ("abcd教室", 3), ("é" * 8, 2)]
)
def test_wide_scripts_take_a_token_for_each_character(text: str, count: int) -> None:
    assert tokens(text) == count


def test_input_is_counted_and_output_is_what_answers_to_the_step_had_so_far() -> None:
    expecting, asked = Expecting(start=500), call("x" * 400)
    assert expecting.cost(asked) == Cost(input_tokens=108, output_tokens=500, model="test:m")
    used = expecting.used(asked, ModelAnswer(text="", usage=Usage(input_tokens=90, output_tokens=200)))
    assert used == Cost(input_tokens=90, output_tokens=200, model="test:m")
    assert expecting.cost(asked).output_tokens == 200
    expecting.used(asked, ModelAnswer(text="", usage=Usage(output_tokens=100)))
    assert expecting.cost(asked).output_tokens == 150
    assert expecting.cost(call(step="actions")).output_tokens == 500
    assert expecting.cost(call(model="test:other")).output_tokens == 500


def test_later_answers_count_more_than_old_ones() -> None:
    expecting = Expecting()
    for output in [1_000] * 50 + [200] * 20:
        expecting.used(call(), ModelAnswer(text="", usage=Usage(output_tokens=output)))
    assert expecting.cost(call()).output_tokens < 220


def test_a_server_that_does_not_count_is_counted_for() -> None:
    used = Expecting().used(call("x" * 40), ModelAnswer(text="y" * 400))
    assert (used.input_tokens, used.output_tokens) == (18, 100)


def test_a_schema_is_read_too() -> None:
    asked = call()
    request = asked.request.model_copy(update={"answer_schema": {"type": "object"}})
    assert Expecting().cost(replace(asked, request=request)).input_tokens > Expecting().cost(asked).input_tokens


def test_of_voices_characters_count() -> None:
    request = SpeechRequest(engine="openai", model="tts-1", voice="nova", language="en", text="Hello there.")
    asked = Call(request=request, work="w", step=StepId(name="speech"))
    assert Expecting().cost(asked) == Cost(input_tokens=12, model="tts-1")
    assert Expecting().used(asked, SpeechAnswer(audio=b"", characters=11)) == Cost(input_tokens=11, model="tts-1")
