"""The same policies over real sockets: the real clients against the scripted provider, with time scaled down.

Run: python benchmarks/policies_sockets.py [--scale 0.1]        (a minute and a half)

The provider runs in a process of its own, so that its work is not taken for the client's.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from policies import OTHERS, OURS, POLICIES, SHOWN, course, written

from scenewright.domain.calls import (
    Call,
    Message,
    ModelAnswer,
    ModelRequest,
    Sink,
    SpeechAnswer,
    SpeechRequest,
    no_sink,
)
from scenewright.domain.steps import StepId
from scenewright.limits import Fixed, Gate, Gated, Retry, RetryPolicy
from scenewright.plan import Desk, Known, Step
from scenewright.providers.llm.provider import LlmProvider
from scenewright.providers.speech.openai import OpenAIVoices
from scenewright.scheduler import Board, Limits, Run
from scenewright.simulation import Course, Drawn, Workload, draw
from scenewright.simulation.journal import TimedJournal
from scenewright.simulation.kind import SimulatedKind, number
from scenewright.simulation.performing import Asked, Performing
from scenewright.simulation.report import WORK

SCALE = 0.1  # real seconds for each second of the work: what a call costs beside it counts ten times
MODEL, LINE = "openai:scripted", 8  # characters of a line of an answer; one for each part


@dataclass(frozen=True)
class Row:
    policy: str
    sockets: float  # seconds of the work, over real sockets
    virtual: float  # the same work on the virtual clock

    @property
    def apart(self) -> float:
        """Share by which the sockets are slower than the virtual clock."""
        return self.sockets / self.virtual - 1


def rows(scale: float = SCALE) -> list[Row]:
    workload, limit = SHOWN
    real = over_sockets(workload, limit, scale)
    return [Row(policy, real[policy].makespan, course(policy, workload, limit).makespan) for policy in POLICIES]


def table(found: Sequence[Row]) -> str:
    """Markdown: the same work on both clocks."""
    lines = ["| policy | virtual clock | real sockets | apart |", "|---|---:|---:|---:|"]
    lines += [f"| {row.policy} | {row.virtual:.1f} s | {row.sockets:.1f} s | {row.apart:+.1%} |" for row in found]
    return "\n".join(lines)


def over_sockets(workload: Workload, limit: int, scale: float) -> dict[str, Course]:
    """Every policy, one after the other. Times are those of the work."""

    async def all_of_them(address: str) -> dict[str, Course]:
        drawn, found = draw(workload), {}
        async with _Clients(address) as clients:
            await clients.warm_up()
            for name, policy in OTHERS.items():
                found[name] = await written(policy, drawn, limit, clients.ask, scale)
            found[OURS] = await _ours(drawn, limit, clients, scale)
        return found

    with _provider(workload, scale) as address:
        return asyncio.run(all_of_them(address))


async def _ours(drawn: Drawn, limit: int, clients: _Clients, scale: float) -> Course:
    """The real engine, its calls through real gates."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    kind, journal = SimulatedKind(drawn), TimedJournal(lambda: (loop.time() - began) / scale)
    models = Retry(Gated(clients.models, Gate(Fixed(limit))), RetryPolicy(), random.Random(0))
    voices = Retry(Gated(clients.voices, Gate(Fixed(limit))), RetryPolicy(), random.Random(0))
    gated = _Stacks(clients.address, models, voices)

    async def ask(step: Step, desk: Desk, asked: Asked, sink: Sink) -> None:
        scene = number(step.id.scene) if step.id.scene else WORK
        await gated.ask(step.id.name, scene, int(step.id.item or 1) - 1, asked, sink)

    board = Board(kind, Known(), Limits(model=limit, voice=limit))
    ended = await Run(board, Performing(drawn, kind, ask).performers(), journal).execute()
    assert ended.outcome == "done", ended.reason
    makespan = max(each.end for each in journal.intervals)
    return Course(scenes=drawn.scenes, makespan=makespan, intervals=journal.intervals, releases=journal.released)


@dataclass
class _Stacks:
    """What every call goes through."""

    address: str
    models: Retry[ModelRequest, ModelAnswer] | LlmProvider
    voices: Retry[SpeechRequest, SpeechAnswer] | OpenAIVoices

    async def ask(self, step: str, scene: int, item: int, asked: Asked, sink: Sink) -> None:
        at, text = StepId(name=step, scene=f"s{scene}"), f"{step} {scene} {item}"
        if step == "clip":
            spoken = SpeechRequest(engine="openai", base_url=self.address, voice="v", language="en", text=text)
            await self.voices.perform(Call(request=spoken, work="w", step=at), sink)
            return
        asks = (Message(role="user", text=text),)
        request = ModelRequest(model=MODEL, base_url=self.address, messages=asks)
        await self.models.perform(Call(request=request, work="w", step=at), _by_line(sink))


class _Clients(_Stacks):
    """The clients themselves, without gates: policies that are not ours keep to their limits by themselves."""

    def __init__(self, address: str) -> None:
        environment = {**os.environ, "OPENAI_API_KEY": "k"}
        super().__init__(address, LlmProvider(MODEL, address, environ=environment), OpenAIVoices(base_url=address))

    async def warm_up(self) -> None:
        """Imports and first connections are not the policies' affair."""
        await self.ask("warm", 0, 0, Asked(seconds=0), no_sink)
        await self.ask("clip", 0, 0, Asked(seconds=0), no_sink)

    async def __aenter__(self) -> _Clients:
        await self.models.__aenter__()  # type: ignore[union-attr]
        await self.voices.__aenter__()  # type: ignore[union-attr]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.models.__aexit__()  # type: ignore[union-attr]
        await self.voices.__aexit__()  # type: ignore[union-attr]


def _by_line(sink: Sink) -> Sink:
    """Gives the sink one piece for each whole line, however the network has cut them."""
    rest = ""

    async def take(text: str) -> None:
        nonlocal rest
        *lines, rest = (rest + text).split("\n")
        for line in lines:
            await sink(line)

    return take


# The provider's side


@contextmanager
def _provider(workload: Workload, scale: float) -> Iterator[str]:
    """The base URL of a provider in another process."""
    told = json.dumps({"scenes": workload.scenes, "seed": workload.seed, "scale": scale})
    command = [sys.executable, __file__, "--serve", told]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate()  # its input ends, and so does it


def _serve(scenes: int, seed: int, scale: float) -> None:
    from scenewright.testing.provider import Behaviour, ScriptedProvider, Seen

    work = draw(Workload(scenes=scenes, seed=seed))

    def script(seen: Seen) -> Behaviour:
        step, scene, item = seen.text.split()
        asked = _asked(work, step, int(scene), int(item))
        if seen.speech:
            return Behaviour(latency=asked.seconds)
        lines = "".join(f"{line:0{LINE - 1}}\n" for line in range(asked.pieces))
        return Behaviour(answer=lines, lasts=asked.seconds, piece=LINE)

    with ScriptedProvider(script=script, speech=script, scale=scale) as server:
        print(server.base_url, flush=True)
        sys.stdin.read()


def _asked(work: Drawn, step: str, scene: int, item: int) -> Asked:
    match step:
        case "outline":
            return Asked(seconds=work.outline, pieces=work.scenes)
        case "content":
            return Asked(seconds=work.content[scene])
        case "actions":
            return Asked(seconds=work.actions[scene], pieces=work.parts)
        case "clip":
            return Asked(seconds=work.clips[scene][item])
        case _:
            return Asked(seconds=0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=SCALE, help="real seconds for each second of the work")
    parser.add_argument("--serve", help=argparse.SUPPRESS)  # the provider's process: what it serves, as JSON
    given = parser.parse_args()
    if given.serve:
        _serve(**json.loads(given.serve))
    else:
        print(table(rows(given.scale)))


if __name__ == "__main__":
    main()
