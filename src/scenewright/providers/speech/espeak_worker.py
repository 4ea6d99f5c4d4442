"""The embedded voice in a process of its own: `python espeak_worker.py LIBRARY DATA PARENT` speaks frames over pipes.

This file is run as a script by `espeak.py`, imports nothing but the standard library and is the only code that
loads eSpeak NG (GPL-3.0): the library stays behind a process border. It is not thread-safe, so one process speaks
one request at a time.

A frame is a 32-bit big-endian length and that many bytes. A request is one frame of JSON
{"text", "voice", "rate", "pitch"}; the answer is one frame of JSON {"rate": Hz} or {"error": text}, then one frame
of 16-bit little-endian mono samples. The first answer is sent unasked, when the library is ready.
The process ends when its standard input does, or when its parent is gone.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import select
import signal
import struct
import sys
import threading
from typing import Any

SYNCHRONOUS, DONT_EXIT = 2, 0x8000  # without the second, a missing file would end the process
UTF8, END_PAUSE = 1, 0x1000
RATE, PITCH = 1, 3  # espeak_PARAMETER
PARENT_CHECK = 2.0  # seconds between looks at whether the parent is still there
MAX_FRAME = 1 << 20  # bytes of a request
MAX_SECONDS = 600  # of audio in one answer; more is a text that ran away
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Library:
    """eSpeak NG through ctypes. `sample_rate` is in Hz."""

    def __init__(self, library: str, data: str) -> None:
        # The library keeps its data path in a short buffer and says nothing when it does not fit: start in the
        # folder and use a relative path, which also spares us file name encodings.
        os.chdir(os.path.dirname(data))
        self._lib = ctypes.CDLL(library)
        self._pcm = bytearray()
        self.sample_rate: int = self._lib.espeak_Initialize(SYNCHRONOUS, 0, b".", DONT_EXIT)
        if self.sample_rate <= 0:
            raise RuntimeError("the speech data could not be read")
        self._callback = Callback(self._on_samples)  # kept: the library holds only a pointer
        self._lib.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, *, voice: str, rate: int, pitch: int) -> bytes:
        """16-bit little-endian mono samples of `text`, spoken literally."""
        if self._lib.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f"no such voice: {voice!r}")
        self._lib.espeak_SetParameter(RATE, rate, 0)
        self._lib.espeak_SetParameter(PITCH, pitch, 0)
        self._pcm = bytearray()
        raw = text.encode() + b"\0"
        if self._lib.espeak_Synth(raw, len(raw), 0, 1, 0, UTF8 | END_PAUSE, None, None):
            raise RuntimeError("the text was refused")
        self._lib.espeak_Synchronize()
        return bytes(self._pcm)

    def _on_samples(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._pcm += ctypes.string_at(samples, count * 2)
        return int(len(self._pcm) > MAX_SECONDS * self.sample_rate * 2)  # 1 stops the synthesis


def main(library: str, data: str, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which lets us finish
    source, sink = _private_pipes()
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(source, requests, parent), daemon=True).start()
    try:
        voice = Library(library, data)
    except (OSError, RuntimeError, AttributeError) as exc:
        _answer(sink, {"error": f"eSpeak NG could not be loaded: {exc}"}, b"")
        return
    _answer(sink, {"rate": voice.sample_rate}, b"")
    while True:
        request = json.loads(requests.get())
        try:
            pcm = voice.say(
                request["text"], voice=request["voice"], rate=int(request["rate"]), pitch=int(request["pitch"])
            )
        except (ValueError, RuntimeError) as exc:
            _answer(sink, {"error": str(exc)}, b"")
        else:
            _answer(sink, {"rate": voice.sample_rate}, pcm)


def _private_pipes() -> tuple[int, int]:
    """The pipes under other numbers, so that nothing the library prints gets between the frames."""
    source, sink, nothing = os.dup(0), os.dup(1), os.open(os.devnull, os.O_RDWR)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(source, os.O_BINARY)
        msvcrt.setmode(sink, os.O_BINARY)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return source, sink


def _read(source: int, requests: queue.SimpleQueue[bytes], parent: int) -> None:
    """Requests into the queue. Ends the process at once, even while it speaks, when nobody can want the answer."""
    try:
        while True:
            (length,) = struct.unpack(">I", _exactly(source, 4, parent))
            if length > MAX_FRAME:
                break
            requests.put(_exactly(source, length, parent))
    except (EOFError, OSError):
        pass
    os._exit(0)


def _exactly(source: int, count: int, parent: int) -> bytes:
    data = b""
    while len(data) < count:
        # A sibling forked by the parent may hold our pipe open after the parent died, so its end is not enough.
        while sys.platform != "win32" and not select.select([source], [], [], PARENT_CHECK)[0]:
            if os.getppid() != parent:
                raise EOFError
        piece = os.read(source, count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def _answer(sink: int, head: dict[str, Any], pcm: bytes) -> None:
    raw = json.dumps(head).encode()
    data = memoryview(struct.pack(">I", len(raw)) + raw + struct.pack(">I", len(pcm)) + pcm)
    while data:
        data = data[os.write(sink, data) :]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
