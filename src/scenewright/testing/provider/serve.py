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

_SETTLE = 0.1  # real seconds for askers who have just left to be noticed
_PATIENCE = 10.0  # real seconds for the server to start or to end


@contextmanager
def serve(app: App) -> Iterator[str]:
    """Gives the address, "http://127.0.0.1:port", for as long as the block lasts.

    Raises: RuntimeError: if uvicorn is not installed (pip install "scenewright[testing]").
    """
    try:
        import uvicorn
    except ImportError as exc:
        raise RuntimeError('The scripted provider needs uvicorn: pip install "scenewright[testing]"') from exc

    ready = threading.Event()

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

    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, lifespan="off", http="h11", ws="none", loop="asyncio", log_config=None, log_level="critical",
        access_log=False, timeout_graceful_shutdown=1, date_header=False, server_header=False,
    )  # fmt: skip
    server = Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="scripted-provider", daemon=True)
    thread.start()
    try:
        if not ready.wait(_PATIENCE):
            raise RuntimeError("the scripted provider did not start")
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        if ready.is_set():
            server.stop()
        thread.join(_PATIENCE)
        listening.close()
