"""Asking a model for JSON: once, once more with the error, and on from where a stream broke off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from scenewright.domain.base import Json, writable
from scenewright.domain.calls import Call, Message, ModelAnswer, ModelRequest, Provider, Sink, no_sink
from scenewright.domain.errors import BadAnswer, CallFailed, NotRemembered
from scenewright.limits.leaving import unless_left
from scenewright.plan import Desk, Step
from scenewright.providers.llm.salvage import Items, Unparsable, parse

T = TypeVar("T")

BREAKS = 3  # how often an answer may break off before the step fails
PAUSE = 1.0  # seconds before a broken answer is asked for again; doubles


@dataclass(frozen=True, kw_only=True)
class ModelChoice:
    """Which model performs a step, through which stack of wrappers."""

    provider: Provider[ModelRequest, ModelAnswer]
    model: str
    base_url: str = ""
    window: int = 32_000  # tokens that a request may take
    work: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """A prompt and the form of its answer."""

    messages: tuple[Message, ...]
    schema: dict[str, Any]
    name: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The members that the answer has at its top."""
        return tuple(self.schema["properties"])


Take = Callable[[Sequence[dict[str, Any]], str, Json], dict[str, Any] | None]
"""(parts accepted before, top-level key, item as the model wrote it) -> the part, repaired, or None to drop it."""


class Asker:
    """Performs the questions of one step."""

    def __init__(self, choice: ModelChoice, step: Step, desk: Desk) -> None:
        self._choice, self._step, self._desk = choice, step, desk

    async def ask(self, question: Question, read: Callable[[Json], T]) -> T:
        """One answer, as `read` makes it. `read` raises ValueError with what is wrong, in words for the model.

        Raises: BadAnswer: the second answer was no better; CallFailed.
        """
        answer = await self._whole(question)
        try:
            return read(_parsed(answer, question))
        except ValueError as first:
            again = await self._whole(_with_error(question, answer.text, str(first)))
            try:
                return read(_parsed(again, question))
            except ValueError as exc:
                raise self._useless(question, str(exc)) from exc

    async def stream(
        self,
        question: Question,
        take: Take,
        lacks: Callable[[Sequence[dict[str, Any]]], str],
        *,
        before: Sequence[dict[str, Any]] = (),
        closed: bool = False,
    ) -> list[dict[str, Any]]:
        """Parts, each appended as soon as it has arrived whole. `lacks`: what is missing, "" if nothing is.
        `before`: parts of the step that other questions gave; they come first in what is returned, too.
        `closed`: parts that lack nothing are the whole answer, even if its end was not seen.

        A stream that broke off, and a step that was interrupted, go on behind the parts that are accepted. What was
        answered before an interruption is replayed from the memo, call by call as it was made, and not asked again.
        Raises: BadAnswer: parts are missing though they were asked for again; CallFailed.
        """
        parts = [dict(part) for part in (*before, *self._desk.parts[len(before) :])]
        at = len(before)  # so many of the parts are accounted for by the answers so far
        finished, text, breaks, asked_again = False, "", 0, False
        while lacks(parts[:at]) or not (finished or closed):
            if finished and asked_again:
                raise self._useless(question, lacks(parts[:at]))
            request = _continued(question, parts[len(before) : at]) if at > len(before) else question
            if finished:
                request = _with_error(request, text, lacks(parts[:at]))
            start = at
            try:
                answer, at = await self._feed(request, parts, start, take, recall=start < len(parts))
                asked_again = finished
                text, finished = answer.text, answer.finish != "length" or at == start
            except NotRemembered:  # this call broke off before the interruption, somewhere among the next parts
                at, finished = start + 1, False
            except CallFailed as failed:
                breaks += 1
                if not failed.received or breaks >= BREAKS:
                    raise
                at, finished = len(parts), finished and len(parts) == start
                await self._wait(breaks)
        return parts[:at]

    def _useless(self, question: Question, why: str) -> BadAnswer:
        return BadAnswer(
            f"{self._choice.model} gave no usable {question.name}, also when asked again ({why}); "
            "resume to ask once more, or take another model."
        )

    async def _feed(
        self,
        question: Question,
        parts: list[dict[str, Any]],
        start: int,
        take: Take,
        *,
        recall: bool,
    ) -> tuple[ModelAnswer, int]:
        """One call; its items count from `start`. Those that `parts` has already are only counted.

        Returns: the answer, and so many parts up to its last.
        """
        seen, items, given = list(parts[:start]), Items(question.keys), 0

        async def accept(key: str, item: Json) -> None:
            part = take(seen, key, writable(item))
            if part is None:
                return
            seen.append(part)
            if len(seen) > len(parts):
                parts.append(part)
                await self._desk.part(part)
            else:
                seen[-1] = parts[len(seen) - 1]

        async def sink(text: str) -> None:
            nonlocal given
            for key, item in items.feed(text):
                given += 1
                await accept(key, item)

        answer = await self._perform(question, sink, recall=recall)
        rest = items.end()
        if not items.complete:
            rest += _rescued(answer, question, given + len(rest))
        for key, item in rest:
            await accept(key, item)
        return answer, len(seen)

    async def _whole(self, question: Question) -> ModelAnswer:
        breaks = 0
        while True:
            try:
                return await self._perform(question, no_sink)
            except CallFailed as failed:
                breaks += 1
                if not failed.received or breaks >= BREAKS:
                    raise
            await self._wait(breaks)

    async def _wait(self, breaks: int) -> None:
        """Before what broke off is gone on with. Raises: Withdrawn: the run pauses."""
        await unless_left(self._desk.leave, asyncio.sleep(PAUSE * 2 ** (breaks - 1)))

    async def _perform(self, question: Question, sink: Sink, *, recall: bool = False) -> ModelAnswer:
        request = ModelRequest(
            model=self._choice.model,
            base_url=self._choice.base_url,
            messages=question.messages,
            answer_schema=question.schema,
            schema_name=question.name,
        )
        call = Call(
            request=request,
            work=self._choice.work,
            step=self._step.id,
            take=self._step.take,
            rank=self._step.rank,
            recall=recall,
            note=self._desk.note,
            leave=self._desk.leave,
        )
        return await self._choice.provider.perform(call, sink)


def _parsed(answer: ModelAnswer, question: Question) -> Json:
    if answer.finish == "refused":
        raise ValueError("the model refused to answer")
    try:
        return writable(parse(answer.text, question.keys))
    except Unparsable as exc:
        raise ValueError(str(exc)) from exc


def _rescued(answer: ModelAnswer, question: Question, given: int) -> list[tuple[str, Json]]:
    """Items that could not be read while they came because the JSON was in disorder, after those that were given."""
    try:
        value = parse(answer.text, question.keys)
    except Unparsable:
        return []
    flat: list[tuple[str, Json]] = []
    for key, member in value.items() if isinstance(value, dict) else ():
        flat += [(key, item) for item in member] if isinstance(member, list) else [(key, member)]
    return flat[given:]


def _with_error(question: Question, text: str, error: str) -> Question:
    wrong = f"That answer cannot be used: {error}. Answer again, with JSON that fits the schema and nothing else."
    told = (Message(role="assistant", text=text or "(empty)"), Message(role="user", text=wrong))
    return replace(question, messages=question.messages + told)


def _continued(question: Question, parts: Sequence[dict[str, Any]]) -> Question:
    accepted = "\n".join(json.dumps(part, ensure_ascii=False, sort_keys=True) for part in parts)
    go_on = (
        "Your answer broke off. These items have arrived and are kept; do not repeat or change them. "
        "Give only what comes after them, in the same form."
    )
    told = (Message(role="assistant", text=accepted), Message(role="user", text=go_on))
    return replace(question, messages=question.messages + told)
