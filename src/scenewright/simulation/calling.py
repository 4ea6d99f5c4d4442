"""The way of a simulated call to its account: retry, gate, account, as the application stacks them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Generic

from scenewright.domain.calls import (
    A,
    Call,
    Message,
    ModelAnswer,
    ModelRequest,
    Q,
    Sink,
    SpeechAnswer,
    SpeechRequest,
)
from scenewright.limits import Concurrency, Fixed, Gate, Gated, Retry, RetryPolicy
from scenewright.limits.adaptive import Adaptive
from scenewright.limits.rates import Rates
from scenewright.plan import Desk, Pool, Step
from scenewright.simulation.account import SimulatedAccount
from scenewright.simulation.performing import Asked
from scenewright.simulation.report import Tally
from scenewright.simulation.settings import Parallel, Setting
from scenewright.simulation.workload import VOICE_STEPS, Workload
from scenewright.testing.provider.quota import Quota, Tokens

LETTERS = 4  # characters that stand for a token


class _Line(Generic[Q, A]):
    """One account with its gate."""

    def __init__(self, account: SimulatedAccount[Q, A], parallel: Parallel, quota: Quota, seed: int) -> None:
        self.account, self.gate = account, Gate(_concurrency(parallel), Rates())
        self.stack = Retry(Gated(account, self.gate), RetryPolicy(), random.Random(seed))

    async def ask(self, request: Q, step: Step, desk: Desk, asked: Asked, sink: Sink) -> None:
        self.account.asked[step.id] = asked
        call = Call(request=request, work="simulated", step=step.id, rank=step.rank, note=desk.note, leave=desk.leave)
        await self.stack.perform(call, sink)


class Accounts:
    """One account for the models and one for the voices; what the board may start follows their gates."""

    def __init__(self, workload: Workload, setting: Setting) -> None:
        written, seed = ModelAnswer(text="written"), workload.seed
        models = SimulatedAccount[ModelRequest, ModelAnswer](
            "models", written, workload.model_quota, workload.failures, _tokens(workload), seed
        )
        voices = SimulatedAccount[SpeechRequest, SpeechAnswer](
            "voices", SpeechAnswer(audio=b""), workload.voice_quota, workload.failures, _tokens(workload), seed
        )
        self._models = _Line(models, setting.model, workload.model_quota, seed)
        self._voices = _Line(voices, setting.voice, workload.voice_quota, seed)
        self._requests = {step: _request(tokens) for step, tokens in workload.input_tokens.items()}
        self._spoken = SpeechRequest(engine="simulated", voice="v", language="en", text="x" * workload.characters)

    async def ask(self, step: Step, desk: Desk, asked: Asked, sink: Sink) -> None:
        if step.pool == "voice":
            await self._voices.ask(self._spoken, step, desk, asked, sink)
        else:
            request = self._requests.get(step.id.name) or _request(0)
            await self._models.ask(request, step, desk, asked, sink)

    def of(self, pool: Pool) -> int:
        """Places of a pool: as many as its gate would let in now."""
        match pool:
            case "model":
                return self._models.gate.limit
            case "voice":
                return self._voices.gate.limit
            case _:
                return 1

    def on_change(self, changed: Callable[[], None]) -> None:
        for gate in (self._models.gate, self._voices.gate):
            gate.on_change[:] = [changed]

    @property
    def tallies(self) -> tuple[Tally, Tally]:
        """Of the models and of the voices."""
        return self._models.account.tally, self._voices.account.tally


def _concurrency(parallel: Parallel) -> Concurrency:
    return Adaptive() if parallel == "auto" else Fixed(parallel)


def _request(tokens: int) -> ModelRequest:
    text = "x" * (tokens * LETTERS)
    return ModelRequest(model="simulated:model", messages=(Message(role="user", text=text),))


def _tokens(workload: Workload) -> dict[str, Tokens]:
    read, written = workload.input_tokens, workload.output_tokens
    models = {step: _counted(read.get(step, 0), written.get(step, 0)) for step in {*read, *written}}
    return models | dict.fromkeys(VOICE_STEPS, _counted(workload.characters, 0))


def _counted(read: int, written: int) -> Tokens:
    return Tokens(input=read, output=written, both=read + written)
