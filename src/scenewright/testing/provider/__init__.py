"""A model provider to test against: speaks OpenAI's protocol over a real socket and does what a script says.

    from scenewright.testing.provider import ERROR, Behaviour, Lognormal, Quota, ScriptedProvider, faulty

    usual = Behaviour(latency=Lognormal(0.8, 0.5), per_token=0.02)
    with ScriptedProvider(script=faulty(usual, (0.05, ERROR)), quota=Quota(per_minute=60), scale=0.01) as server:
        ...                                  # point --base-url or base_url at server.base_url
        assert not server.repeated           # nothing was paid twice
        assert not server.absent(work)       # and nothing was paid in vain

It knows `/v1/chat/completions` (whole and streamed), `/v1/audio/speech`, `/v1/models` and, for whoever watches from
another process, `/stats`. Answers fit the JSON schema that was asked for and differ at every call, so that nothing
passes by luck. As a command: `python -m scenewright.testing.provider --help`. Needs the extra `testing` (uvicorn).
"""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from scenewright.testing.provider.app import ScriptedApp
from scenewright.testing.provider.ledger import Answered
from scenewright.testing.provider.performing import AnswerWith
from scenewright.testing.provider.quota import Quota
from scenewright.testing.provider.script import OK, Behaviour, Script, Seen, Shape
from scenewright.testing.provider.scripts import (
    CUT,
    ERROR,
    MALFORMED,
    RESET,
    RESET_MIDWAY,
    SLOW_FIRST,
    STALLED,
    TRUNCATED,
    always,
    answering,
    asking,
    by,
    during,
    failing,
    faulty,
    in_order,
    out_of_credit,
    overlaid,
    per_request,
    rate_limited,
)
from scenewright.testing.provider.serve import serve
from scenewright.testing.provider.times import Exponential, Lognormal, Measured, Mixed, Spread, Time, Uniform

__all__ = [
    "CUT",
    "ERROR",
    "MALFORMED",
    "OK",
    "RESET",
    "RESET_MIDWAY",
    "SLOW_FIRST",
    "STALLED",
    "TRUNCATED",
    "AnswerWith",
    "Answered",
    "Behaviour",
    "Exponential",
    "Lognormal",
    "Measured",
    "Mixed",
    "Quota",
    "Script",
    "ScriptedApp",
    "ScriptedProvider",
    "Seen",
    "Shape",
    "Spread",
    "Time",
    "Uniform",
    "always",
    "answering",
    "asking",
    "by",
    "during",
    "failing",
    "faulty",
    "in_order",
    "out_of_credit",
    "overlaid",
    "per_request",
    "rate_limited",
    "serve",
]


class ScriptedProvider(ScriptedApp):
    """The application, served on a loopback port while it is used as a context manager.

    `script`, `speech`: what each request for an answer, and for speech, gets: a behaviour, or any function of `Seen`.
    `answers`: "differ" (also when the same is asked again), "by-content" (the same for the same), or a function of
    the request that gives text or JSON (None = generate as usual).
    `overrides`: property name (or "Title.property") -> value, or a function of the request, in generated answers.
    `models`: the ones that exist; none = all do. `keys`: the ones that are accepted; none = no key is needed.
    `quota`: limits of each key, or a table of them by key; `speech_quota`: speech has limits of its own.
    `scale`: real seconds per described second, for behaviours, quotas and everything that is told of times; what
    headers say of waits is in real seconds. `seed`: the same seed and requests give the same answers and times.
    `port`: 0 = any that is free.
    """

    address = ""  # "http://127.0.0.1:port"
    port = 0

    @property
    def base_url(self) -> str:
        """What an OpenAI client takes: the address and "/v1"."""
        return f"{self.address}/v1"

    def __enter__(self) -> Self:
        self._running = ExitStack()
        self.address = self._running.enter_context(serve(self, self.port))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()
