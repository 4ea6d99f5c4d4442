"""What a call will probably use up, said before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from scenewright.domain.base import canonical
from scenewright.domain.calls import Answer, Call, ModelAnswer, ModelRequest, Q, SpeechRequest
from scenewright.limits.rates import Cost

START = 1_200.0  # tokens: the answer of a model and a step that has not been heard yet
WEIGHT = 0.2  # of a new answer in the mean, once it has heard 1 / WEIGHT of them
LETTERS_PER_TOKEN = 4
FRAME = 8  # tokens around a message


@dataclass
class _Mean:
    value: float = 0.0
    heard: int = 0

    def take(self, tokens: int) -> None:
        self.heard += 1
        self.value += (tokens - self.value) * max(1 / self.heard, WEIGHT)


class Expecting:
    """Expects of a call what calls of its model and step have used so far. Shared by all calls of an account."""

    def __init__(self, start: float = START) -> None:
        self._start = start
        self._means: dict[tuple[str, str], _Mean] = {}

    def cost(self, call: Call[Q]) -> Cost:
        """Before the call is sent."""
        request = call.request
        if isinstance(request, SpeechRequest):
            return Cost(model=request.model, input_tokens=len(request.text))
        mean = self._means.get((request.model, call.step.name))
        output = round(mean.value if mean else self._start)
        return Cost(model=request.model, input_tokens=input_tokens(request), output_tokens=output)

    def used(self, call: Call[Q], answer: Answer) -> Cost:
        """What the call did use, once it is answered; later calls are expected to do alike."""
        request = call.request
        if not isinstance(answer, ModelAnswer):
            return Cost(model=request.model, input_tokens=answer.characters) if answer.characters else self.cost(call)
        usage = answer.usage
        output = usage.output_tokens or tokens(answer.text)  # some servers do not count
        self._means.setdefault((request.model, call.step.name), _Mean()).take(output)
        read = usage.input_tokens or self.cost(call).input_tokens
        return Cost(model=request.model, input_tokens=read, output_tokens=output)


def tokens(text: str) -> int:
    """Tokens that a text takes, roughly: a character of a wide script is one, four others are one."""
    wide = 0 if text.isascii() else sum(ord(character) > 0x2E80 for character in text)
    return wide + -(-(len(text) - wide) // LETTERS_PER_TOKEN)


def input_tokens(request: ModelRequest) -> int:
    """Tokens that a request takes, with the form of its answer."""
    form = tokens(canonical(request.answer_schema).decode()) if request.answer_schema else 0
    return form + sum(FRAME + tokens(message.text) for message in request.messages)
