"""A model provider to test against: speaks OpenAI's protocol over a real socket and does what a script says.

    from scenewright.testing.provider import Behaviour, ScriptedProvider, per_request, rate_limited

    with ScriptedProvider(script=per_request(rate_limited(0.1))) as server:
        ...                                  # point --base-url or base_url at server.base_url
        assert not server.duplicates()

It knows `/v1/chat/completions` (whole and streamed), `/v1/audio/speech` and `/v1/models`. Answers fit the JSON schema
that was asked for and differ at every call, so that nothing passes by luck. Needs the extra `testing` (uvicorn).
"""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from scenewright.testing.provider.app import AnswerWith, ScriptedApp
from scenewright.testing.provider.quota import Quota
from scenewright.testing.provider.script import (
    OK,
    Behaviour,
    Script,
    Seen,
    Shape,
    always,
    answering,
    failing,
    in_order,
    out_of_credit,
    per_request,
    rate_limited,
)
from scenewright.testing.provider.serve import serve

__all__ = [
    "OK",
    "AnswerWith",
    "Behaviour",
    "Quota",
    "Script",
    "ScriptedApp",
    "ScriptedProvider",
    "Seen",
    "Shape",
    "always",
    "answering",
    "failing",
    "in_order",
    "out_of_credit",
    "per_request",
    "rate_limited",
    "serve",
]


class ScriptedProvider(ScriptedApp):
    """The application, served on a loopback port while it is used as a context manager.

    `script`, `speech`: what each request for an answer, and for speech, gets; any function of `Seen` will do.
    `answers`: "differ" (also when the same is asked again), "by-content" (the same for the same), or a function of
    the request that gives text or JSON (None = generate as usual).
    `overrides`: property name (or "Title.property") -> value, or a function of the request, in generated answers.
    `models`: the ones that exist; none = all do. `keys`: the ones that are accepted; none = no key is needed.
    `quota`: limits of each key. `seed`: the same seed and requests give the same answers.
    """

    address = ""  # "http://127.0.0.1:port"

    @property
    def base_url(self) -> str:
        """What an OpenAI client takes: the address and "/v1"."""
        return f"{self.address}/v1"

    def __enter__(self) -> Self:
        self._running = ExitStack()
        self.address = self._running.enter_context(serve(self))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()
