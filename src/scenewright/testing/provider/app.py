"""The scripted provider as an ASGI application: routes, keys, quotas, faults, and what it has seen."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Literal

from scenewright.domain.base import Json, digest
from scenewright.testing.provider import chat
from scenewright.testing.provider.answers import Answers, Override
from scenewright.testing.provider.quota import Meter, Quota
from scenewright.testing.provider.script import Behaviour, Script, Seen, always
from scenewright.testing.provider.serve import Receive, Scope, Send
from scenewright.testing.provider.tone import RATE, spoken

AnswerWith = Literal["differ", "by-content"] | Callable[[Seen], Json]


class _Gone(Exception):
    """Ends the connection without ending the answer."""


class ScriptedApp:
    """See `scenewright.testing.provider.ScriptedProvider` for the parameters."""

    def __init__(
        self,
        *,
        script: Script | None = None,
        speech: Script | None = None,
        answers: AnswerWith = "differ",
        overrides: Mapping[str, Override] | None = None,
        models: Sequence[str] = (),
        keys: Sequence[str] = (),
        quota: Quota | None = None,
        seed: int = 0,
    ) -> None:
        self._script, self._speech = script or always(), speech or always()
        self._answer_with = answers
        self._answers = Answers(seed, overrides or {})
        self._models, self._keys, self._quota = tuple(models), frozenset(keys), quota or Quota()
        self._meters: dict[str, Meter] = {}
        self._lock = threading.Lock()
        self._seen: list[Seen] = []
        self._counts: Counter[str] = Counter()
        self._in_flight = self._in_flight_max = self._left_early = 0

    # What it has seen; these may be read from any thread.

    @property
    def requests(self) -> tuple[Seen, ...]:
        """Every request for an answer or for speech, in order of arrival, refused ones included."""
        with self._lock:
            return tuple(self._seen)

    @property
    def in_flight_max(self) -> int:
        return self._in_flight_max

    @property
    def left_early(self) -> int:
        """How many askers went away before their answer had ended."""
        return self._left_early

    @property
    def authorisations(self) -> tuple[str, ...]:
        """The different `Authorization` headers, in order of first appearance."""
        return tuple(dict.fromkeys(seen.authorisation for seen in self.requests))

    def duplicates(self) -> Mapping[str, int]:
        """Digest of the body -> how often, for what was asked more than once."""
        with self._lock:
            return {key: count for key, count in self._counts.items() if count > 1}

    # The application.

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], _headers(scope)
        out = _Out(send)
        if self._keys and headers.get("authorization", "").removeprefix("Bearer ") not in self._keys:
            await out.json(401, chat.error(401, "invalid_api_key", "Incorrect API key provided"))
        elif path.endswith("/models"):
            await out.json(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in self._models]})
        elif path.endswith(("/chat/completions", "/audio/speech")) and scope["method"] == "POST":
            await self._asked(path, headers, receive, out)
        else:
            await out.json(404, chat.error(404, "", f"Unknown route {path}"))

    async def _asked(self, path: str, headers: Mapping[str, str], receive: Receive, out: _Out) -> None:
        body = json.loads(await _body(receive) or b"{}")
        seen = self._record(path, body, headers)
        async with self._metered(seen) as refused:
            if refused is not None:
                await out.json(*refused)
                return
            out.headers.update(self._meter(seen).headers(_now()))
            behaviour = (self._speech if path.endswith("/speech") else self._script)(seen)
            await self._behave(seen, behaviour, receive, out)

    async def _behave(self, seen: Seen, behaviour: Behaviour, receive: Receive, out: _Out) -> None:
        out.headers.update(behaviour.headers)
        if behaviour.hang:
            await self._until_left(receive)
            return
        await asyncio.sleep(behaviour.latency)
        if behaviour.status >= 400:
            await out.json(behaviour.status, chat.error(behaviour.status, behaviour.code, behaviour.message))
        elif self._models and seen.model not in self._models:
            said = f"The model `{seen.model}` does not exist"
            await out.json(404, chat.error(404, "model_not_found", said))
        elif seen.path.endswith("/speech"):
            await self._speak(seen, behaviour, receive, out)
        else:
            await self._answer(seen, behaviour, receive, out)

    async def _answer(self, seen: Seen, behaviour: Behaviour, receive: Receive, out: _Out) -> None:
        text = chat.shaped(self._text(seen, behaviour), behaviour)
        cut = chat.cut_point(text, behaviour)
        if behaviour.truncate_after is not None:
            text = text[: behaviour.truncate_after]
        ends = [end for end in (cut, behaviour.stall_after) if end is not None]
        shown = text[: min(ends)] if ends else text
        if not seen.body.get("stream"):
            await self._answer_whole(seen, text, behaviour, receive, out, broken=bool(ends))
            return
        await out.start(200, "text/event-stream")
        left = asyncio.ensure_future(_left(receive))
        try:
            for event, _ in chat.chunks(seen, shown, behaviour):
                await out.more(event.encode())
                await asyncio.sleep(behaviour.pace)
                if left.done():
                    self._left_early += 1
                    return
            if behaviour.stall_after is not None:
                await left
                self._left_early += 1
                return
            if cut is not None:
                raise _Gone
            for event in chat.tail(seen, text, behaviour):
                await out.more(event.encode())
            await out.end()
        finally:
            left.cancel()

    async def _answer_whole(
        self, seen: Seen, text: str, behaviour: Behaviour, receive: Receive, out: _Out, *, broken: bool
    ) -> None:
        body = json.dumps(chat.whole(seen, text, behaviour)).encode()
        if not broken:
            await out.whole(200, "application/json", body)
            return
        await out.start(200, "application/json")
        await out.more(body[: len(body) // 2])
        if behaviour.stall_after is not None:
            await self._until_left(receive)
        raise _Gone

    async def _speak(self, seen: Seen, behaviour: Behaviour, receive: Receive, out: _Out) -> None:
        text = "" if behaviour.shape == "empty" else seen.text
        audio = spoken(
            text, float(seen.body.get("speed") or 1.0), 180 + sum(str(seen.body.get("voice")).encode()) % 160
        )
        if behaviour.answer is not None:
            audio = str(behaviour.answer).encode()
        kind, form = "audio/wav", seen.body.get("response_format", "mp3")
        if form == "pcm":
            kind, audio = f"audio/pcm;rate={RATE}", audio[44:]
        elif form != "wav":
            await out.json(
                400, chat.error(400, "unsupported_value", f"response_format {form} is not scripted; ask wav")
            )
            return
        ends = [
            end for end in (behaviour.cut_after, behaviour.truncate_after, behaviour.stall_after) if end is not None
        ]
        if not ends:
            await out.whole(200, kind, audio)
            return
        if behaviour.truncate_after is not None:
            await out.whole(200, kind, audio[: min(ends)])
            return
        await out.start(200, kind)
        await out.more(audio[: min(ends)])
        if behaviour.stall_after is not None:
            await self._until_left(receive)
        raise _Gone

    def _text(self, seen: Seen, behaviour: Behaviour) -> str:
        answer: Json = behaviour.answer
        vary = self._answer_with != "by-content"
        if answer is None and callable(self._answer_with):
            answer = self._answer_with(seen)
        if answer is None and seen.schema is not None:
            answer = self._answers.value(seen.schema, seen, vary=vary)
        if answer is None:
            answer = self._answers.text(seen, vary=vary)
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)

    async def _until_left(self, receive: Receive) -> None:
        await _left(receive)
        self._left_early += 1

    def _record(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Seen:
        key = digest([path, body])
        with self._lock:
            self._counts[key] += 1
            seen = Seen(
                index=len(self._seen), attempt=self._counts[key], path=path, body=body, digest=key,
                authorisation=headers.get("authorization", ""), headers=headers,
            )  # fmt: skip
            self._seen.append(seen)
        return seen

    def _meter(self, seen: Seen) -> Meter:
        return self._meters.setdefault(seen.authorisation, Meter(self._quota))

    @asynccontextmanager
    async def _metered(self, seen: Seen) -> AsyncIterator[tuple[int, Mapping[str, Json]] | None]:
        """Counts the request in and out; gives the refusal if the key's quota is used up."""
        meter, admitted = self._meter(seen), True
        self._in_flight += 1
        self._in_flight_max = max(self._in_flight_max, self._in_flight)
        wait = meter.enter(_now())
        try:
            if wait is None:
                yield None
            else:
                admitted = False
                yield 429, _Refusal(wait, meter.headers(_now()))
        finally:
            self._in_flight -= 1
            if admitted:
                meter.leave()


class _Refusal(dict[str, Json]):
    """A 429's body, with the headers that go with it."""

    def __init__(self, wait: float, headers: Mapping[str, str]) -> None:
        super().__init__(chat.error(429, "rate_limit_exceeded", f"Rate limit reached, try again in {wait:.3f}s"))
        self.headers = {**headers, "retry-after": f"{wait:.3f}", "retry-after-ms": f"{wait * 1000:.0f}"}


class _Out:
    """Sends one answer."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.headers: dict[str, str] = {}

    async def json(self, status: int, body: Mapping[str, Json]) -> None:
        self.headers.update(getattr(body, "headers", {}))
        await self.whole(status, "application/json", json.dumps(body).encode())

    async def whole(self, status: int, kind: str, body: bytes) -> None:
        self.headers["content-length"] = str(len(body))
        await self.start(status, kind)
        await self._send({"type": "http.response.body", "body": body})

    async def start(self, status: int, kind: str) -> None:
        headers = [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
        headers.append((b"content-type", kind.encode()))
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def more(self, body: bytes) -> None:
        await self._send({"type": "http.response.body", "body": body, "more_body": True})

    async def end(self) -> None:
        await self._send({"type": "http.response.body", "body": b""})


def _now() -> float:
    return asyncio.get_running_loop().time()


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        event = await receive()
        body += bytes(event.get("body", b""))
        if not event.get("more_body"):
            return body


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
