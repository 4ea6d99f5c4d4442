"""Nothing is sent any more once a run knows that it stops, however busy its account and however slow its log."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from scenewright.domain.calls import Call, Message, ModelAnswer, ModelRequest, Sink, no_sink
from scenewright.domain.errors import BadAnswer, CallFailed, FailureClass
from scenewright.domain.events import AnyEvent, RunAsked, RunEnded, SceneSkipped, StepRetaken
from scenewright.domain.steps import StepId
from scenewright.limits import Fixed, Gate, Gated, Retry, RetryPolicy
from scenewright.memo import Memo
from scenewright.plan import Desk, Performer, Step
from scenewright.scheduler import Limits, Run
from scenewright.testing.journal import MemoryJournal
from scenewright.testing.virtualloop import run
from tests.memo.test_memo import Rows
from tests.scheduler.graphs import Piece, SceneShape, Shape, Theatre

SLOW = 0.01  # seconds that a write to the log takes


class SlowJournal(MemoryJournal):
    async def append(self, event: AnyEvent) -> Sequence[AnyEvent]:
        await asyncio.sleep(SLOW)
        return await super().append(event)


@dataclass
class Dead:
    """An account that answers for so many seconds, and then never any more."""

    lives: float
    failure: FailureClass = FailureClass.FATAL
    account: str = "dead"
    asked: int = 0
    asked_until: int | None = None  # it failed for the first time
    first: asyncio.Event = field(default_factory=asyncio.Event)

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        self.asked += 1
        self.first.set()
        await asyncio.sleep(1)
        if asyncio.get_running_loop().time() > self.lives:
            self.asked_until = self.asked_until or self.asked
            raise CallFailed("the key is no longer good", failure=self.failure, retry_after=86_400)
        return ModelAnswer(text=call.request.messages[0].text)


class Paying(Theatre):
    """Pieces are calls behind the gate of an account."""

    def account(self, provider: Dead, gate: Gate) -> None:
        self.stack = Memo(Retry(Gated(provider, gate), RetryPolicy(), None), Rows())  # type: ignore[arg-type]

    async def _piece(self, step: Step, desk: Desk) -> dict[str, Any]:
        request = ModelRequest(model="m", messages=(Message(role="user", text=str(step.id)),))
        call = Call(request=request, work="w", step=step.id, note=desk.note, leave=desk.leave)
        return {"text": (await self.stack.perform(call, no_sink)).text}

    def performers(self) -> dict[str, Performer]:
        return {**super().performers(), "piece": self._piece}


@pytest.mark.parametrize("failure", [FailureClass.FATAL, FailureClass.RATE_LIMIT])
@pytest.mark.parametrize("lives", [0.0, 1.06, 1.5, 2.06])
def test_a_dead_key_is_asked_by_those_in_flight_only(lives: float, failure: FailureClass) -> None:
    """Eight steps run, and the account lets in two at a time."""
    theatre = Paying(Shape(scenes=(SceneShape(link=None),) * 8, chained=False, outline=0.0))
    provider = Dead(lives=lives, failure=failure)
    gate = Gate(Fixed(2))
    theatre.account(provider, gate)

    async def played() -> RunEnded:
        board = theatre.board(Limits(model=8))
        return await Run(board, theatre.performers(), SlowJournal(theatre.events)).execute()

    assert run(played()).outcome == "paused"
    assert provider.asked == provider.asked_until
    assert (gate.in_flight, gate.statistics()["waiting"]) == (0, 0)
    types = [event.type for event in theatre.events]
    assert types.count("run.pausing") == 1
    assert types.count("step.adopted") + types.count("step.failed") == 1 + provider.asked


def test_who_waits_at_the_gate_leaves_as_soon_as_somebody_asks_for_a_pause() -> None:
    """The log is being written when the wish is heard, and a place becomes free in that moment."""
    theatre, provider = Paying(Shape(scenes=(SceneShape(link=None),) * 8, chained=False, outline=0.0)), Dead(lives=99)
    theatre.account(provider, Gate(Fixed(1)))

    async def played() -> RunEnded:
        work = Run(theatre.board(Limits(model=8)), theatre.performers(), SlowJournal(theatre.events))
        running = asyncio.ensure_future(work.execute())
        await provider.first.wait()
        await asyncio.sleep(1 - SLOW / 2)
        theatre.events.append(RunAsked(action="pause"))
        await work.catch_up()
        return await running

    assert run(played()).outcome == "paused"
    assert provider.asked == 1


@pytest.mark.parametrize("wish", ["another take", "without the scene"])
def test_the_failure_of_what_is_not_wanted_any_more_is_none(wish: str) -> None:
    piece = StepId(name="piece", scene="s1", item="0")
    asked: AnyEvent = StepRetaken(step=piece, take=1) if wish == "another take" else SceneSkipped(scene="s1")

    class Failing(Theatre):
        async def _piece(self, step: Step, desk: Desk) -> dict[str, Any]:
            if step.id == piece and step.take == 0:
                await asyncio.sleep(2)
                raise BadAnswer("the first take is no good")
            return await super()._piece(step, desk)

    theatre = Failing(Shape(scenes=(SceneShape(pieces=(Piece(seconds=5),)),) * 2))

    async def played() -> RunEnded:
        work = theatre.prepare(theatre.board(Limits(model=3)))
        running = asyncio.ensure_future(work.execute())
        await asyncio.sleep(2)
        theatre.events.append(asked)
        await work.catch_up()
        return await running

    assert run(played()).outcome == "done"
    assert not theatre.work()["failed"]
