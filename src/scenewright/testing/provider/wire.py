"""One request and its answer on the wire: headers, bodies, leaving, resets; and the clock that they go by."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Callable, Mapping
from typing import Any

from scenewright.domain.base import Json
from scenewright.testing.provider.serve import TRANSPORT, Receive, Scope, Send


class Gone(Exception):
    """Ends the connection without ending the answer."""


class Left(Exception):
    """The asker went away before the answer had ended."""


class Clock:
    """Described seconds since the first look at it; each lasts `scale` real ones. Belongs to the server's loop."""

    def __init__(self, scale: float) -> None:
        if not scale > 0:
            raise ValueError(f"scale must be more than 0 real seconds per described second, got {scale}")
        self.scale = scale
        self._start: float | None = None

    def now(self) -> float:
        time = asyncio.get_running_loop().time()
        if self._start is None:
            self._start = time
        return (time - self._start) / self.scale


class Asker:
    """Whoever asked: gets one answer, unless he goes away.

    `arrived`: described seconds. All moments are counted from there, so that delays do not add up.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, clock: Clock) -> None:
        self._scope, self._receive, self._send, self._clock = scope, receive, send, clock
        self.headers: dict[str, str] = {}
        self.status = 0  # of what was sent; 0: nothing was
        self.finishing: Callable[[], None] = lambda: None  # called just before the last byte goes out
        self.arrived = clock.now()
        self._leaving: asyncio.Task[None] | None = None

    @property
    def since(self) -> float:
        """Described seconds since the request arrived."""
        return self._clock.now() - self.arrived

    async def body(self) -> bytes:
        parts: list[bytes] = []
        while True:
            event = await self._receive()
            if event["type"] == "http.disconnect":
                raise Left
            parts.append(event.get("body", b""))
            if not event.get("more_body"):
                return b"".join(parts)

    async def until(self, moment: float) -> None:
        """Waits until so many described seconds after arrival. Raises: Left."""
        wait = (moment - self.since) * self._clock.scale
        if wait <= 0:
            await asyncio.sleep(0)
        else:
            await asyncio.wait({self._watch()}, timeout=wait)
        if self._gone:
            raise Left

    async def left(self) -> None:
        """Waits for ever. Raises: Left."""
        await self._watch()
        raise Left

    def close(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()

    async def json(self, status: int, body: Mapping[str, Json]) -> None:
        await self.whole(status, "application/json", json.dumps(body).encode())

    async def whole(self, status: int, kind: str, body: bytes) -> None:
        self.headers["content-length"] = str(len(body))
        await self.start(status, kind)
        await self.end(body)

    async def start(self, status: int, kind: str) -> None:
        self.status = status
        headers = [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
        headers.append((b"content-type", kind.encode()))
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def more(self, body: bytes) -> None:
        await self._send({"type": "http.response.body", "body": body, "more_body": True})

    async def end(self, body: bytes = b"") -> None:
        self.finishing()
        await self._send({"type": "http.response.body", "body": body})

    def reset(self) -> None:
        """Closes the connection with a TCP reset, as a crashed or overloaded machine does. Raises: Gone."""
        transport: asyncio.Transport | None = self._scope.get(TRANSPORT)
        if transport is not None and (connection := transport.get_extra_info("socket")) is not None:
            # To linger for 0 seconds: close() throws away what is unsent and sends RST instead of FIN.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        raise Gone

    @property
    def _gone(self) -> bool:
        if self._leaving is not None and self._leaving.done():
            return True
        transport: asyncio.Transport | None = self._scope.get(TRANSPORT)
        return transport is not None and transport.is_closing()

    def _watch(self) -> asyncio.Task[None]:
        if self._leaving is None:
            self._leaving = asyncio.ensure_future(_disconnected(self._receive))
        return self._leaving


def headers_of(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def asked_of(body: bytes) -> dict[str, Any]:
    """Raises: ValueError: it is not a JSON object."""
    found = json.loads(body or b"{}")
    if not isinstance(found, dict):
        raise ValueError("the body is not a JSON object")
    return found


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
