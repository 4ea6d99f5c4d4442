"""`kill -9` at random moments of real runs: what is paid again, what is paid for nothing, what is lost.

Run: python benchmarks/kills.py [kills]

A process makes a classroom with a model and a voice, both over real sockets (the scripted provider), three calls at a
time, and is killed at a random moment; another process goes on, and is killed, too, and so on; the last one finishes.
Half of the works are answered differently at every call, the other half by content, to be compared with a work that
nobody interrupted. Before each process goes on, its store is read from outside: what it held at the kill.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from scenewright.testing.classroom import by_content, classroom, document
from scenewright.testing.provider import Behaviour, ScriptedProvider

SCENES = 5
DONE = "work.json"
MOST_KILLS = 5  # of one work
MODEL = Behaviour(latency=0.02, pace=0.004)
SPEECH = Behaviour(latency=0.05)
PRELOADED = ["scenewright.app.works", "scenewright.kinds.classroom.llm", "pydantic_ai.models.openai", "av"]


def go_on(home: str, address: str, source: str) -> None:
    """One process: makes the work, or goes on with it; leaves its document beside the store when it is done."""
    os.environ |= {
        "SCENEWRIGHT_HOME": home,
        "SCENEWRIGHT_BASE_URL": address,
        "SCENEWRIGHT_SPEECH_URL": address,
        "SCENEWRIGHT_PARALLEL_SCENE_CONCURRENCY": "3",
    }
    asyncio.run(_go_on(Path(home), source))


async def _go_on(home: Path, source: str) -> None:
    from scenewright.app.settings import load_settings
    from scenewright.app.sources import read_source
    from scenewright.app.works import Works

    async with Works(load_settings()) as works:
        rows = await works.list(lambda *_: None)
        if not rows:
            options = {"author": "llm", "model": "openai:scripted", "voice": "openai:alloy", "encoding": "wav"}
            request = await read_source(source, options)
            work = await works.create(request)
        else:
            work = rows[0].id
        ended = await works.run(work)
        if ended.outcome == "done":
            made = await works.document(await works.open(work))
            (home / DONE).write_text(made.model_dump_json(exclude={"id", "created"}))


@dataclass
class Held:
    """What a store holds, read from outside."""

    answers: set[str] = field(default_factory=set)
    adopted: dict[str, str] = field(default_factory=dict)
    parts: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)  # addresses of calls whose answer came from a provider


def held(home: Path) -> Held:
    found = Held()
    path = home / "scenewright.db"
    if not path.exists():
        return found
    with sqlite3.connect(path, timeout=30) as database:
        try:
            found.answers = {key for (key,) in database.execute("SELECT key FROM answers")}
            events = [json.loads(body) for (body,) in database.execute("SELECT body FROM events ORDER BY work, seq")]
        except sqlite3.OperationalError:  # killed before it had made its tables
            return found
    for event in events:
        if event["type"] == "step.adopted":
            found.adopted[json.dumps(event["step"])] = json.dumps(event["value"], sort_keys=True)
        elif event["type"] == "part.appended":
            found.parts[json.dumps([event["step"], event["value"]], sort_keys=True)] += 1
        elif event["type"] == "call.made" and not event["remembered"]:
            found.paid[event["key"]] += 1
    return found


@dataclass
class Tally:
    kills: int = 0
    works: int = 0
    calls: int = 0  # answered by the provider as a whole
    in_flight: int = 0  # at the kills: sent, and not in the store yet
    repeated: int = 0  # whole answers to what had been answered as a whole before
    repeated_held: int = 0  # ... of which the store had the answer: the promise is 0
    absent: int = 0  # paid answers that the finished work does not contain
    lost: int = 0  # adopted results and accepted parts that the finished work does not have: the promise is 0
    different: int = 0  # finished works that differ from the uninterrupted one: the promise is 0
    compared: int = 0


def process(home: Path, server: ScriptedProvider, source: Path) -> BaseProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    child = context.Process(target=go_on, args=(str(home), server.base_url, str(source)))
    child.start()
    return child


def begun(child: BaseProcess, server: ScriptedProvider) -> None:
    """Returns when the process has asked for something, or has ended."""
    before = len(server.requests)
    while child.exitcode is None and len(server.requests) == before:
        child.join(0.005)


def finish(home: Path, server: ScriptedProvider, source: Path) -> float:
    """Real seconds from the first request until the work was done."""
    child = process(home, server, source)
    begun(child, server)
    began = time.perf_counter()
    child.join()
    if child.exitcode or not (home / DONE).exists():
        raise RuntimeError(f"the work did not come to its end (exit code {child.exitcode})")
    return time.perf_counter() - began


def provider(*, same: bool) -> ScriptedProvider:
    """`same`: the same answer to the same question, at every call; otherwise never the same."""
    if not same:
        return ScriptedProvider(script=MODEL, speech=SPEECH, answers=lambda seen: classroom(seen, SCENES))
    return ScriptedProvider(
        script=lambda seen: replace(MODEL, answer=by_content(seen, SCENES)), speech=SPEECH, answers="by-content"
    )


def one_work(folder: Path, source: Path, kills: int, seconds: float, rng: random.Random, tally: Tally) -> None:
    same = tally.works % 2 == 1
    before: list[Held] = []
    home = folder / f"work-{tally.works}"
    home.mkdir()
    with provider(same=same) as server:
        for _ in range(kills):
            child = process(home, server, source)
            begun(child, server)
            child.join(rng.uniform(0, seconds))
            if child.exitcode is not None:
                break
            os.kill(child.pid or 0, signal.SIGKILL)
            child.join()
            before.append(held(home))
            tally.in_flight += max(0, len({seen.digest for seen in server.requests}) - len(before[-1].answers))
            tally.kills += 1
        finish(home, server, source)
        count(tally, server, home, before)
    tally.works += 1
    if same:
        tally.compared += 1
        tally.different += (home / DONE).read_text() != (folder / "whole" / DONE).read_text()


def count(tally: Tally, server: ScriptedProvider, home: Path, before: list[Held]) -> None:
    after = held(home)
    tally.calls += sum(answer.whole for answer in server.answered)
    tally.repeated += len(server.repeated)
    tally.absent += len(server.absent(json.loads((home / DONE).read_text())))
    for moment in before:
        tally.repeated_held += sum(after.paid[key] > moment.paid[key] for key in moment.answers)
        tally.lost += sum(after.adopted.get(step) != value for step, value in moment.adopted.items())
        tally.lost += sum((moment.parts - after.parts).values())


def measure(kills: int, seed: int = 0) -> Tally:
    rng, tally = random.Random(seed), Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "doc.md"
        source.write_text("\n\n".join(f"# {part.title}\n\n{part.blocks[0].text}" for part in document(SCENES).sections))  # type: ignore[union-attr]
        for home in ("warming-up", "whole"):
            (folder / home).mkdir()
            with provider(same=True) as server:
                seconds = finish(folder / home, server, source)
        while tally.kills < kills:
            one_work(folder, source, min(MOST_KILLS, kills - tally.kills), seconds, rng, tally)
    return tally


def rows(kills: int = 100) -> list[dict[str, Any]]:
    tally = measure(kills)
    counted = {
        "kills (kill -9)": (tally.kills, ""),
        "works finished after them": (tally.works, ""),
        "calls answered as a whole": (tally.calls, ""),
        "calls sent and not stored yet, at the kills": (tally.in_flight, ""),
        "whole answers given twice by the provider": (tally.repeated, "only of those in flight"),
        "stored answers paid again": (tally.repeated_held, 0),
        "paid answers absent from the finished work": (tally.absent, "only of those in flight"),
        "results lost": (tally.lost, 0),
        f"works unlike the uninterrupted one (of {tally.compared})": (tally.different, 0),
    }
    return [{"measured": name, "count": count, "promised": promised} for name, (count, promised) in counted.items()]


def main() -> None:
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 100):
        print(f"{row['measured']:50} {row['count']:6}   {row['promised']}")


if __name__ == "__main__":
    main()
