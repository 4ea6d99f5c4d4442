"""A plain HTTP client that knows nothing of us."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from scenewright.testing.provider import ScriptedProvider

Answer = tuple[int, dict[str, str], bytes]
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}, "t": {"type": "string"}}, "required": ["n", "t"]}


def body(
    text: str = "hello", *, stream: bool = False, schema: Any = None, name: str = "a", **more: Any
) -> dict[str, Any]:
    asked: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": text}], "stream": stream, **more}
    if stream:
        asked["stream_options"] = {"include_usage": True}
    if schema:
        asked["response_format"] = {"type": "json_schema", "json_schema": {"name": name, "schema": schema}}
    return asked


def talk(server: ScriptedProvider, main: Callable[[Callable[..., Awaitable[Answer]]], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

            async def post(asked: Any, path: str = "/chat/completions", key: str = "k") -> Answer:
                headers = {"authorization": f"Bearer {key}"} if key else {}
                data = asked if isinstance(asked, bytes) else json.dumps(asked)
                async with session.post(server.base_url + path, data=data, headers=headers) as response:
                    return response.status, {k.lower(): v for k, v in response.headers.items()}, await response.read()

            return await main(post)

    return asyncio.run(run())


async def until(holds: Callable[[], bool]) -> None:
    """What happens in the server's thread is not told to ours."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.002)


def statuses(server: ScriptedProvider, *asked: Any) -> list[int]:
    """Of requests that are asked one after the other."""

    async def main(post: Any) -> list[int]:
        return [(await post(one))[0] for one in asked]

    found: list[int] = talk(server, main)
    return found


def said(answer: Answer) -> str:
    content = json.loads(answer[2])["choices"][0]["message"]["content"]
    assert isinstance(content, str)
    return content


def events(answer: Answer) -> list[Any]:
    lines = [line[6:] for line in answer[2].decode().split("\n\n") if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]
