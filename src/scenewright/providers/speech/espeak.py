"""The embedded voice: no network, no key, no cost. Worker processes speak; this side only hands texts over."""

from __future__ import annotations

import asyncio
import json
import os
import struct
import subprocess
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from scenewright.domain.calls import Call, Sink, SpeechAnswer, SpeechRequest
from scenewright.domain.errors import BadSettings, CallFailed, FailureClass
from scenewright.providers.speech.espeak_voices import choose, data_path, library_path
from scenewright.providers.speech.hygiene import has_words, spoken
from scenewright.providers.speech.sanity import problem
from scenewright.providers.speech.wav import silence, wav

WORDS_PER_MINUTE = 165  # at rate 1.0
SLOWEST, FASTEST = 80, 450  # words per minute that the engine takes
MAX_CHARACTERS = 10_000  # of one request; about twelve minutes
SAMPLE_RATE = 22_050  # Hz, of silence made here
EMPTY = 0.3  # seconds of silence for a text without words


class WorkerDied(Exception):
    """The process ended before it answered."""


class WorkerRefused(Exception):
    """The process says that it cannot do this."""


class Worker:
    """One process, started at its first question. `ask` blocks; `kill` may be called from another thread."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._command = command
        self._lock = threading.Lock()  # so that a process cannot start after it was killed
        self._process: subprocess.Popen[bytes] | None = None
        self._dead = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def gone(self) -> bool:
        return self._dead or (self._process is not None and self._process.poll() is not None)

    def ask(self, request: dict[str, Any]) -> tuple[int, bytes]:
        """(sample rate in Hz, 16-bit mono samples). Raises: WorkerDied, WorkerRefused, OSError."""
        process = self._process or self._start()
        raw = json.dumps(request).encode()
        assert process.stdin is not None
        try:
            process.stdin.write(struct.pack(">I", len(raw)) + raw)
            process.stdin.flush()
        except OSError as exc:
            raise WorkerDied from exc
        return self._answer(process)

    def kill(self) -> None:
        with self._lock:
            self._dead = True
            if self._process:
                _end(self._process)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._dead:
                raise WorkerDied
            process = self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **_apart(),
            )
            weakref.finalize(self, _end, process)  # also when nobody closes us
        self._answer(process)  # says whether the library could be loaded
        return process

    def _answer(self, process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
        head = json.loads(self._frame(process))
        pcm = self._frame(process)
        if "error" in head:
            raise WorkerRefused(head["error"])
        return head["rate"], pcm

    @staticmethod
    def _frame(process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdout is not None
        try:
            size = process.stdout.read(4)
            data = process.stdout.read(struct.unpack(">I", size)[0]) if len(size) == 4 else b""
        except (OSError, ValueError) as exc:  # ValueError: closed by `kill`
            raise WorkerDied from exc
        if len(size) < 4 or len(data) < struct.unpack(">I", size)[0]:
            raise WorkerDied
        return data


class Espeak:
    """A provider of speech. `workers`: processes at most; `deadline`: seconds for one request.

    Close it (or use it as an async context manager) before the event loop ends.
    """

    account = "espeak"

    def __init__(
        self, *, workers: int | None = None, deadline: float = 60.0, command: tuple[str, ...] | None = None
    ) -> None:
        self._command = command
        self._deadline = deadline
        self._size = workers or min(4, os.cpu_count() or 1)
        self._slots = asyncio.Semaphore(self._size)
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._closed = False
        self._threads = ThreadPoolExecutor(self._size, thread_name_prefix="espeak")

    def __repr__(self) -> str:
        return f"<Espeak busy={len(self._busy)} idle={len(self._idle)} size={self._size}>"

    @property
    def pids(self) -> tuple[int, ...]:
        """The worker processes that have been started and not ended."""
        return tuple(worker.pid for worker in (*self._busy, *self._idle) if worker.pid)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def perform(self, call: Call[SpeechRequest], sink: Sink) -> SpeechAnswer:
        """Speaks `call.request.text` literally. A text without words is a short silence.

        Raises: CallFailed: fatal for an unknown voice, refused for an enormous text, transient for a lost worker.
        """
        text = spoken(call.request.text)
        if len(text) > MAX_CHARACTERS:
            raise _refused(
                f"A text of {len(text):,} characters is too long for one request: split it at sentence ends."
            )
        if not has_words(text):
            return SpeechAnswer(audio=silence(EMPTY, SAMPLE_RATE), characters=len(text), cost=Decimal(0))
        job = _job(call.request, text)
        async with self._slots:
            rate, pcm = await self._on_worker(job)
        if wrong := problem(text, call.request.language, seconds=len(pcm) / 2 / rate, rate=call.request.rate):
            raise _fatal(wrong)
        return SpeechAnswer(audio=wav(pcm, rate), characters=len(text), cost=Decimal(0))

    async def close(self) -> None:
        """Ends every process, also those that are speaking; their requests fail. Safe to call twice."""
        self._closed = True
        workers, self._idle = [*self._idle, *self._busy], []
        await asyncio.to_thread(self._end, workers)

    def _end(self, workers: list[Worker]) -> None:
        for worker in workers:
            worker.kill()
        self._threads.shutdown()

    async def _on_worker(self, job: dict[str, Any]) -> tuple[int, bytes]:
        if self._closed:
            raise _fatal("The embedded voice was closed; nothing more can be spoken in this run.")
        worker = self._free()
        self._busy.add(worker)
        keep = False
        try:
            async with asyncio.timeout(self._deadline):
                answer = await asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, job)
            keep = True
            return answer
        except TimeoutError as exc:
            raise _transient(f"The embedded voice did not answer within {self._deadline:g} seconds.") from exc
        except WorkerDied as exc:
            raise _transient("The embedded voice stopped unexpectedly.") from exc
        except WorkerRefused as exc:
            raise _fatal(f"The embedded voice cannot do this: {exc}. `scenewright doctor` checks it.") from exc
        except OSError as exc:
            raise _transient(f"The embedded voice could not be started: {exc.strerror or exc}.") from exc
        finally:
            self._busy.discard(worker)
            if keep and not self._closed:
                self._idle.append(worker)
            else:
                worker.kill()

    def _free(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.gone:
                return worker
            worker.kill()  # it ended by itself: take its pipes away
        return Worker(self._command or _command())


def _job(request: SpeechRequest, text: str) -> dict[str, Any]:
    try:
        chosen = choose(request.voice, request.language)
    except BadSettings as exc:
        raise _fatal(str(exc)) from exc
    pace = max(SLOWEST, min(FASTEST, round(WORDS_PER_MINUTE * request.rate)))
    return {"text": text, "voice": chosen.file, "rate": pace, "pitch": chosen.pitch}


def _command() -> tuple[str, ...]:
    """The worker as a script, isolated: what lies in the current folder or in PYTHONPATH cannot get into it."""
    script = Path(__file__).with_name("espeak_worker.py")
    return (sys.executable, "-I", "-S", str(script), str(library_path()), str(data_path()), str(os.getpid()))


def _apart() -> dict[str, Any]:
    """A session of its own, so that Ctrl-C does not reach the worker while its answer is awaited."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        try:
            if pipe and not pipe.closed:
                pipe.close()
        except OSError:  # what was still to be written to a process that is gone
            pass


def _refused(message: str) -> CallFailed:
    return CallFailed(message, failure=FailureClass.REFUSED)


def _fatal(message: str) -> CallFailed:
    return CallFailed(message, failure=FailureClass.FATAL)


def _transient(message: str) -> CallFailed:
    return CallFailed(message, failure=FailureClass.TRANSIENT)
