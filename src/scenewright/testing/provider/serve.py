"""Serves an ASGI application on a real loopback socket, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

TRANSPORT = "scenewright.transport"  # in the scope: the connection's asyncio transport, to reset it

_SETTLE = 0.1  # real seconds for askers who have just left to be noticed
_PATIENCE = 10.0  # real seconds for the server to start or to end


@contextmanager
def serve(app: App, port: int = 0, host: str = "127.0.0.1") -> Iterator[str]:
    """Gives the address, "http://127.0.0.1:port", for as long as the block lasts. Port 0: any that is free.

    Raises: RuntimeError: if uvicorn is not installed (pip install "scenewright[testing]"); OSError: the port is taken.
    """
    try:
        import uvicorn
        from uvicorn.protocols.http.h11_impl import H11Protocol
    except ImportError as exc:
        raise RuntimeError('The scripted provider needs uvicorn: pip install "scenewright[testing]"') from exc

    ready = threading.Event()

    class Connection(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            inner = self.app

            async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
                scope[TRANSPORT] = transport
                await inner(scope, receive, send)

            self.app = with_transport

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
            ready.set()

        async def main_loop(self) -> None:
            # uvicorn's own looks ten times a second whether it should end; tests start and end many servers.
            await self._stop.wait()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # uvicorn's own sleeps a tenth of a second even if everybody has left.
            state, clock = self.server_state, asyncio.get_running_loop()
            patience = clock.time() + _SETTLE
            while (state.connections or state.tasks) and clock.time() < patience:  # noqa: ASYNC110 - uvicorn tells nobody
                await asyncio.sleep(0.002)
            if state.connections or state.tasks:
                await super().shutdown(sockets)
                return
            for server in self.servers:
                server.close()

        def stop(self) -> None:
            self.should_exit = self.force_exit = True
            self._loop.call_soon_threadsafe(self._stop.set)

    listening = socket.create_server((host, port))
    # asyncio does so only for sockets that say they are TCP, which this one does not: answers would wait 40 ms for an
    # acknowledgement that the asker delays. Accepted connections inherit it.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app, lifespan="off", http=Connection, ws="none", loop="asyncio", log_config=None, log_level="critical",
        access_log=False, timeout_graceful_shutdown=1, timeout_keep_alive=75, date_header=False, server_header=False,
        proxy_headers=False,
    )  # fmt: skip
    server = Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="scripted-provider", daemon=True)
    thread.start()
    try:
        if not ready.wait(_PATIENCE):
            raise RuntimeError("the scripted provider did not start")
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        if ready.is_set():
            server.stop()
        thread.join(_PATIENCE)
        listening.close()
