"""Asking for parts: however a stream breaks off and whenever the process ends, nothing finished is paid again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.base import Json
from scenewright.domain.calls import Call, Message, ModelAnswer, ModelRequest, Sink, no_note
from scenewright.domain.errors import BadAnswer, CallFailed, FailureClass
from scenewright.domain.steps import StepId
from scenewright.memo import Memo
from scenewright.plan import Desk, Step
from scenewright.providers.llm.asking import Asker, ModelChoice, Question
from scenewright.testing.virtualloop import run

WANTED = 6  # items
SCHEMA = {"type": "object", "properties": {"items": {"type": "array"}}}
QUESTION = Question(messages=(Message(role="user", text="Count."),), schema=SCHEMA, name="count")


class _Killed(BaseException):
    pass


@dataclass
class Rows:
    kept: dict[str, tuple[str, bytes | None]] = field(default_factory=dict)

    async def get(self, key: str) -> tuple[str, bytes | None] | None:
        return self.kept.get(key)

    async def put(self, key: str, answer: str, body: bytes | None) -> None:
        self.kept[key] = (answer, body)


@dataclass
class Counter:
    """Gives the items behind the accepted ones. Each call: how many, and how it ends: "stop", "length" or "cut"."""

    script: Sequence[tuple[int, str]]
    account: str = "counter"
    asked: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    complete: bool = False
    after_complete: int = 0

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        self.after_complete += self.complete
        number, end = self.script[len(self.asked)] if len(self.asked) < len(self.script) else (WANTED, "stop")
        self.asked.append(call.address)
        first = len(_accepted(call.request))
        items = [{"n": n} for n in range(first, min(first + number, WANTED))]
        text = '{"items": [' + ", ".join(map(json.dumps, items))
        if end == "stop":
            text += "]}"
        for at in range(0, len(text), 9):
            await asyncio.sleep(0.01)
            await sink(text[at : at + 9])
        if end == "cut":
            raise CallFailed("cut", failure=FailureClass.TRANSIENT, received=True)
        self.finished.append(call.address)
        self.complete = self.complete or (end == "stop" and first + number >= WANTED)
        return ModelAnswer(text=text, finish=end)


def _accepted(request: ModelRequest) -> list[Json]:
    told = [message.text for message in request.messages if message.role == "assistant" and '"id"' in message.text]
    return [json.loads(line) for line in told[0].splitlines()] if told else []


@dataclass
class Life:
    """Lives of one step: the memo and the accepted parts outlive each."""

    provider: Counter
    rows: Rows = field(default_factory=Rows)
    parts: list[dict[str, Any]] = field(default_factory=list)

    async def live(self, parts_until_death: int | None = None) -> list[dict[str, Any]]:
        async def part(value: dict[str, Any]) -> None:
            if parts_until_death is not None and len(self.parts) >= parts_until_death:
                raise _Killed
            self.parts.append(value)

        step = Step(id=StepId(name="count"), pool="model", inputs={})
        desk = Desk(parts=tuple(self.parts), part=part, note=no_note, leave=asyncio.Event())
        choice = ModelChoice(provider=Memo(self.provider, self.rows), model="t:m", work="w")
        return await Asker(choice, step, desk).stream(QUESTION, take, lacks)


def take(parts: Sequence[dict[str, Any]], key: str, item: Json) -> dict[str, Any] | None:
    return {"id": f"a{len(parts)}", "n": item["n"]} if key == "items" else None


def lacks(parts: Sequence[dict[str, Any]]) -> str:
    return "" if len(parts) >= 2 else "at least two are needed"


CALLS = st.tuples(st.integers(1, 4), st.sampled_from(["length", "cut", "stop"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(CALLS, max_size=2), st.lists(st.integers(0, WANTED), max_size=3))
def test_however_it_is_interrupted_no_finished_call_is_asked_again(
    script: list[tuple[int, str]], deaths: list[int]
) -> None:
    life = Life(Counter([(number, end) for number, end in script if end != "stop" or number >= WANTED]))
    for death in deaths:
        try:
            run(life.live(death))
        except _Killed:
            assert life.parts == [{"id": f"a{n}", "n": n} for n in range(len(life.parts))]
    parts = run(life.live())
    assert parts == life.parts == [{"id": f"a{n}", "n": n} for n in range(WANTED)]
    assert len(set(life.provider.finished)) == len(life.provider.finished)
    assert life.provider.after_complete == 0


def test_a_truncated_answer_and_its_continuation_are_both_remembered() -> None:
    """Killed after the last part, before the step's result: everything is there, so nothing may be asked."""
    life = Life(Counter([(2, "length"), (4, "stop")]))
    run(life.live())
    asked = len(life.provider.asked)
    assert run(life.live()) == life.parts
    assert len(life.provider.asked) == asked == 2


def test_a_repeated_question_that_breaks_off_is_continued_and_not_given_up() -> None:
    life = Life(Counter([(1, "stop"), (1, "cut"), (4, "stop")]))
    assert len(run(life.live())) == WANTED
    assert len(life.provider.asked) == 3


def test_parts_that_stay_missing_fail_readably() -> None:
    life = Life(Counter([(1, "stop"), (0, "stop")]))
    with pytest.raises(BadAnswer, match=r"also when asked again \(at least two"):
        run(life.live())


def test_numbers_that_are_none_and_half_characters_do_not_get_through() -> None:
    class Odd(Counter):
        async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
            return ModelAnswer(text='{"items": [1e999, "\\ud83d!", {"a\\udc00": [-1e999, 0.5]}]}')

    async def ask() -> Json:
        desk = Desk(parts=(), part=_nowhere, note=no_note, leave=asyncio.Event())
        choice = ModelChoice(provider=Odd([]), model="t:m", work="w")
        step = Step(id=StepId(name="count"), pool="model", inputs={})
        return await Asker(choice, step, desk).ask(QUESTION, lambda value: value)

    assert run(ask()) == {"items": [None, "\ufffd\ufffd\ufffd!", {"a\ufffd\ufffd\ufffd": [None, 0.5]}]}


async def _nowhere(_: dict[str, Any]) -> None:
    """Parts are not what is tested."""
