"""Language models as providers: one object per account, over pydantic-ai."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from scenewright.domain.calls import Call, ModelAnswer, ModelRequest, RateLimits, Sink
from scenewright.domain.errors import CallFailed, ScenewrightError
from scenewright.providers.llm.failures import Asked, classify, stalled
from scenewright.providers.llm.headers import Heard, hearing
from scenewright.providers.llm.names import ModelRef, understand
from scenewright.providers.llm.prices import NONE
from scenewright.providers.llm.secrets import Hidden, Secrets
from scenewright.providers.llm.streaming import Stream
from scenewright.providers.prices import Prices
from scenewright.providers.quotas import rate_limits

if TYPE_CHECKING:
    from scenewright.providers.llm.connect import Connection


class LlmProvider:
    """Performs model requests of one account. Nothing is contacted and no SDK is imported before it is needed.

    `model`, `base_url`: say the account; `perform` takes any model of it.
    `first`: seconds until the first text must have come (models think, and local ones read slowly).
    `stall`: seconds that may pass between two pieces of text.
    Both run on the event loop's clock. `prices`: what a person gave; they go before the list.
    A limit on the whole call is a wrapper's.
    Raises: BadSettings: if the model's name or the address makes no sense.
    """

    def __init__(
        self,
        model: str,
        base_url: str = "",
        *,
        first: float = 300.0,
        stall: float = 90.0,
        prices: Prices = NONE,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._ref = understand(model, base_url, environ)
        self._environ = environ
        self._first, self._stall = first, stall
        self._prices = prices
        self._connection: Connection | None = None
        self._prompted: set[str] = set()  # models whose server refused a schema beside the prompt
        self._secrets = Secrets(environ)

    def __repr__(self) -> str:
        return f"LlmProvider({self.account}, {'open' if self._connection else 'closed'})"

    @property
    def account(self) -> str:
        return self._ref.account

    def prepare(self, model: str = "", base_url: str = "") -> None:
        """Builds the client now, so that a missing key shows before any work is begun.

        Raises: BadSettings: naming the variable to set, the package to install or the provider that is unknown.
        """
        self._connect(self._of_this_account(model, base_url) if model else self._ref)

    async def perform(self, call: Call[ModelRequest], sink: Sink) -> ModelAnswer:
        """Raises: CallFailed: classified; BadSettings: if the set-up is incomplete. No message contains a key."""
        ref = self._of_this_account(call.request.model, call.request.base_url)
        try:
            return await self._ask(ref, call.request, sink)
        except _SinkFailed as exc:
            raised = exc.raised
        except ScenewrightError as exc:
            raised = self._hide(exc)
        # Outside the handler, so that nothing with a key in it stays attached as context.
        raise raised

    async def aclose(self) -> None:
        """Closes the connections. The provider may be used again afterwards."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.aclose()

    async def __aenter__(self) -> LlmProvider:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def _of_this_account(self, model: str, base_url: str) -> ModelRef:
        ref = understand(model, base_url, self._environ)
        if ref.account != self.account:
            raise ValueError(f"a request for {ref.account} was given to the provider of {self.account}")
        return ref

    def _connect(self, ref: ModelRef) -> Any:
        from scenewright.providers.llm.connect import Connection

        if self._connection is None:
            self._connection = Connection(ref, self._environ)
        return self._connection.model(ref)

    async def _ask(self, ref: ModelRef, request: ModelRequest, sink: Sink) -> ModelAnswer:
        model = self._connect(ref)
        guarded = _guard(sink)
        stream = Stream(ref, model, request, prompted=ref.model in self._prompted, prices=self._prices)
        try:
            return await self._run(stream, guarded, ref)
        except CallFailed as exc:
            if not stream.schema_refused(exc):
                raise
        # A refusal of the form costs nothing; ask again with the schema in words, and remember.
        self._prompted.add(ref.model)
        return await self._run(Stream(ref, model, request, prompted=True, prices=self._prices), guarded, ref)

    async def _run(self, stream: Stream, sink: Sink, ref: ModelRef) -> ModelAnswer:
        with hearing() as heard:
            try:
                answer = await self._timed(stream, sink, ref)
            except CallFailed as exc:
                exc.limits = _told(stream, heard)
                raise
            return answer.model_copy(update={"limits": _told(stream, heard)})

    async def _timed(self, stream: Stream, sink: Sink, ref: ModelRef) -> ModelAnswer:
        try:
            async with asyncio.timeout(self._first) as clock:
                return await stream.run(sink, clock, self._stall)
        except (asyncio.CancelledError, ScenewrightError, _SinkFailed):
            raise
        except TimeoutError as exc:
            if clock.expired():
                raise stalled(self._asked(stream, ref), self._stall if stream.received else self._first) from exc
            raise self._classified(exc, stream, ref) from exc
        except Exception as exc:
            raise self._classified(exc, stream, ref) from exc

    def _classified(self, exc: Exception, stream: Stream, ref: ModelRef) -> Exception:
        return classify(exc, self._asked(stream, ref)) or exc

    def _asked(self, stream: Stream, ref: ModelRef) -> Asked:
        from scenewright.providers.llm.keys import variables_of

        return Asked(account=ref.account, model=ref.model, key_variables=variables_of(ref), received=stream.received)

    def _hide(self, exc: ScenewrightError) -> ScenewrightError:
        """The same failure with every key taken out of it and of what it was raised from."""
        if not self._secrets.show_in(exc):
            return exc
        first = exc.__cause__ or exc.__context__
        exc.args = tuple(self._secrets.scrub(str(arg)) for arg in exc.args)
        hidden = Hidden(self._secrets.scrub(f"{type(first).__name__}: {first}")) if first else None
        exc.__cause__, exc.__context__ = hidden, None
        return exc


def _told(stream: Stream, heard: Heard) -> RateLimits | None:
    return rate_limits(heard.headers, model=stream.model, at=heard.at)


class _SinkFailed(Exception):
    """Carries what the sink raised past the handlers that are for the provider's failures."""

    def __init__(self, raised: BaseException) -> None:
        super().__init__()
        self.raised = raised


def _guard(sink: Sink) -> Sink:
    async def guarded(text: str) -> None:
        try:
            await sink(text)
        except asyncio.CancelledError:
            raise
        except BaseException as exc:
            raise _SinkFailed(exc) from None

    return guarded
