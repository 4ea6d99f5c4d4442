"""Sending one answer as its behaviour says: whole or streamed, spoken, cut, stalled or reset."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenewright.testing.provider import chat
from scenewright.testing.provider.pieces import Course, Piece, after_items, course
from scenewright.testing.provider.script import Behaviour, Seen
from scenewright.testing.provider.wire import Asker, Gone


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is answered, and how it comes into being. `shown` ends earlier than the text if something breaks."""

    text: str
    shown: Course
    broken: bool
    audio: bytes = b""  # of speech
    kind: str = "application/json"


def written(text: str, behaviour: Behaviour, rng: random.Random) -> Answer:
    """The answer to a chat completion."""
    text = chat.shaped(text, behaviour)
    end = _end(text, behaviour)
    if behaviour.truncate_after is not None:
        text = text[: behaviour.truncate_after]
    grown = course(text, chat.thought(behaviour), behaviour, rng)
    shown = grown if end is None else grown.until(end)
    return Answer(text=text, shown=shown, broken=end is not None)


async def stream(seen: Seen, answer: Answer, behaviour: Behaviour, asker: Asker) -> None:
    """Pieces go out at their moments; those that are due together go out together. Raises: Gone, Left."""
    await asker.until(answer.shown.begins)
    if behaviour.reset_after == 0:
        asker.reset()
    await asker.start(200, "text/event-stream")
    await asker.more(chat.opening(seen).encode())
    sent = 0
    while sent < len(answer.shown.pieces):
        await asker.until(answer.shown.pieces[sent].at)
        due = list(_due(answer.shown.pieces, sent, asker.since))
        await asker.more("".join(chat.event(seen, piece) for piece in due).encode())
        sent += len(due)
    if answer.broken:
        await _break(behaviour, asker)
    await asker.end("".join(chat.tail(seen, answer.text, behaviour)).encode())


async def whole(seen: Seen, answer: Answer, behaviour: Behaviour, asker: Asker) -> None:
    """Raises: Gone, Left."""
    await asker.until(answer.shown.ends)
    body = json.dumps(chat.whole(seen, answer.text, behaviour)).encode()
    await _send(answer, body, len(body) // 2, behaviour, asker)


async def speak(answer: Answer, behaviour: Behaviour, asker: Asker) -> None:
    """Raises: Gone, Left."""
    await asker.until(answer.shown.ends)
    await _send(answer, answer.audio[: behaviour.truncate_after], _least(behaviour), behaviour, asker)


async def _send(answer: Answer, body: bytes, shown: int | None, behaviour: Behaviour, asker: Asker) -> None:
    """In one piece; or so many bytes of it (None = all), if it breaks. Raises: Gone, Left."""
    if not answer.broken:
        await asker.whole(200, answer.kind, body)
        return
    if behaviour.reset_after == 0:
        asker.reset()
    await asker.start(200, answer.kind)
    await asker.more(body[:shown])
    await _break(behaviour, asker)


async def _break(behaviour: Behaviour, asker: Asker) -> None:
    ends = [behaviour.stall_after, behaviour.reset_after, behaviour.cut_after, behaviour.cut_after_items]
    first = min((end, number) for number, end in enumerate(ends) if end is not None)[1]
    if first == 0:
        await asker.left()
    if first == 1:
        asker.reset()
    raise Gone


def _due(pieces: Sequence[Piece], start: int, now: float) -> Iterator[Piece]:
    yield pieces[start]
    for number in range(start + 1, len(pieces)):
        if pieces[number].at > now:
            return
        yield pieces[number]


def _end(text: str, behaviour: Behaviour) -> int | None:
    """After how many characters it breaks, or None."""
    items = behaviour.cut_after_items
    ends = [_least(behaviour), None if items is None else after_items(text, items)]
    return min((end for end in ends if end is not None), default=None)


def _least(behaviour: Behaviour) -> int | None:
    ends = (behaviour.cut_after, behaviour.stall_after, behaviour.reset_after)
    return min((end for end in ends if end is not None), default=None)


def breaks(behaviour: Behaviour) -> bool:
    """Whether speech ends before its end."""
    return _least(behaviour) is not None
