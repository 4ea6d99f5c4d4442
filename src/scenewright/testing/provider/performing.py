"""What a request gets, once it is let in: a refusal, an error, an answer or speech."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Literal

from scenewright.domain.base import Json
from scenewright.testing.provider import answering, chat
from scenewright.testing.provider.answers import Answers
from scenewright.testing.provider.script import Behaviour, Seen
from scenewright.testing.provider.speaking import sounded
from scenewright.testing.provider.times import drawn
from scenewright.testing.provider.turn import Turn
from scenewright.testing.provider.wire import Asker

AnswerWith = Literal["differ", "by-content"] | Callable[[Seen], Json]


class Performer:
    def __init__(self, answer_with: AnswerWith, answers: Answers, models: Sequence[str], seed: int) -> None:
        self._answer_with, self._answers, self._models, self._seed = answer_with, answers, models, seed

    async def perform(self, turn: Turn, behaviour: Behaviour) -> None:
        """Raises: Gone, Left."""
        turn.asker.headers.update(behaviour.headers)
        if behaviour.hang:
            await turn.asker.left()
        # By the attempt, not by the arrival: a test with parallel requests stays repeatable.
        rng = random.Random(f"{self._seed}/times/{turn.seen.digest}/{turn.seen.attempt}")
        refusal = self._refusal(turn.seen, behaviour)
        if refusal is not None:
            await _refuse(turn.asker, behaviour, *refusal, rng=rng)
        elif turn.seen.speech:
            await self._speak(turn, behaviour, rng)
        else:
            await self._answer(turn, behaviour, rng)

    def _refusal(self, seen: Seen, behaviour: Behaviour) -> tuple[int, bytes] | None:
        """The status and body instead of an answer."""
        status = behaviour.status
        if behaviour.raw is not None:
            return status, behaviour.raw.encode()
        if status >= 400:
            return status, json.dumps(chat.error(status, behaviour.code, behaviour.message)).encode()
        if self._models and seen.model not in self._models:
            said = f"The model `{seen.model}` does not exist"
            return 404, json.dumps(chat.error(404, "model_not_found", said)).encode()
        return None

    async def _answer(self, turn: Turn, behaviour: Behaviour, rng: random.Random) -> None:
        seen = turn.seen
        turn.answer = answering.written(self._text(seen, behaviour), behaviour, rng)
        send = answering.stream if seen.streams else answering.whole
        await send(seen, turn.answer, behaviour, turn.asker)

    async def _speak(self, turn: Turn, behaviour: Behaviour, rng: random.Random) -> None:
        answer = sounded(turn.seen, behaviour, rng, vary=self._answer_with != "by-content")
        if isinstance(answer, str):
            said = f"response_format {answer} is not scripted; ask wav"
            await turn.asker.json(400, chat.error(400, "unsupported_value", said))
            return
        turn.answer = answer
        await answering.speak(answer, behaviour, turn.asker)

    def _text(self, seen: Seen, behaviour: Behaviour) -> str:
        answer: Json = behaviour.answer
        vary = self._answer_with != "by-content"
        if answer is None and callable(self._answer_with):
            answer = self._answer_with(seen)
        if answer is None and seen.schema is not None:
            answer = self._answers.value(seen.schema, seen, vary=vary)
        if answer is None:
            answer = self._answers.text(seen, vary=vary)
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


async def _refuse(asker: Asker, behaviour: Behaviour, status: int, body: bytes, *, rng: random.Random) -> None:
    await asker.until(drawn(behaviour.latency, rng))
    if behaviour.reset_after is not None:
        asker.reset()
    await asker.whole(status, "application/json" if behaviour.raw is None else "text/html", body)
