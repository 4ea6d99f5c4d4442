"""From a model's name to something that can be asked: one client per account, without retries of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from scenewright.domain.errors import BadSettings
from scenewright.providers.llm.headers import hear
from scenewright.providers.llm.names import COMPATIBLE, ModelRef

if TYPE_CHECKING:
    from pydantic_ai.models import Model
    from pydantic_ai.providers import Provider

_VARIABLE = re.compile(r"`([A-Z][A-Z0-9_]{3,})`")
_CONNECT = 10.0  # seconds
_NO_TAGS = ("\x00<", ">\x00")


class Connection:
    """The provider object of pydantic-ai for one account, with the HTTP client that we own.

    Raises: BadSettings: if the key is missing, the provider is unknown or its package is not installed.
    """

    def __init__(self, ref: ModelRef, environ: Mapping[str, str] = os.environ) -> None:
        self._client: Any = None
        self.provider: Provider[Any] = self._open(ref, environ)
        self._models: dict[str, Model] = {}

    def model(self, ref: ModelRef) -> Model:
        if ref.model not in self._models:
            self._models[ref.model] = self._build(ref)
        return self._models[ref.model]

    async def aclose(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            return
        # A provider whose SDK takes no client of ours closes its own when it is left.
        async with self.provider:
            pass

    def _open(self, ref: ModelRef, environ: Mapping[str, str]) -> Provider[Any]:
        if ref.provider == COMPATIBLE:
            return self._open_compatible(ref, environ)
        from pydantic_ai.exceptions import UserError
        from pydantic_ai.providers import infer_provider, infer_provider_class

        try:
            kind = infer_provider_class(ref.provider.removeprefix("gateway/"))
            if ref.provider.startswith("gateway/"):
                return infer_provider(ref.provider)
            options = {"http_client": self._own_client(ref.provider)} if _takes_client(kind) else {}
            return kind(**options)
        except ImportError as exc:
            raise BadSettings(
                f"The package for {ref.provider} is not installed. Install it with: "
                f'pip install "pydantic-ai-slim[{ref.provider}]"'
            ) from exc
        except UserError as exc:
            raise _missing(ref, str(exc)) from exc
        except ValueError as exc:
            raise BadSettings(
                f"No provider is called “{ref.provider}”. Write provider:model, for example openai:gpt-6-luna, "
                "anthropic:claude-sonnet-5-5 or ollama:qwen3."
            ) from exc
        except Exception as exc:
            # An SDK's own complaint about what it was not given (OpenAIError, DefaultCredentialsError ...).
            raise _missing(ref, str(exc)) from exc

    def _open_compatible(self, ref: ModelRef, environ: Mapping[str, str]) -> Provider[Any]:
        from pydantic_ai.profiles.openai import OpenAIModelProfile
        from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

        key = next((environ[name] for name in ref.key_variables if environ.get(name)), None)
        profile = OpenAIModelProfile(
            # Servers that people run know the old name; all of them say why they stopped.
            openai_chat_supports_max_completion_tokens=ref.account.startswith("openai@api.openai.com:"),
            openai_chat_streaming_requires_finish_reason=True,
            # pydantic-ai looks for tags only where they arrive as one piece, and then loses the text after a closing
            # tag that does not; thinking.py finds them anywhere.
            thinking_tags=_NO_TAGS,
        )
        client = self._own_client(ref.provider)
        return OpenAICompatibleProvider(
            ref.account, base_url=ref.base_url, api_key=key, http_client=client, profile=profile
        )

    def _own_client(self, provider: str) -> Any:
        """The SDK's aiohttp client: three times the calls per second of its default one, measured."""
        import httpx2

        if provider == "anthropic":
            from anthropic import DefaultAioHttpClient
        else:
            from openai import DefaultAioHttpClient
        # How long an answer may take is decided around the call, on the loop's clock; only connecting is bounded here.
        self._client = DefaultAioHttpClient(
            timeout=httpx2.Timeout(None, connect=_CONNECT), verify=_certificates(), event_hooks={"response": [hear]}
        )
        return self._client

    def _build(self, ref: ModelRef) -> Model:
        if ref.provider == COMPATIBLE:
            from pydantic_ai.models.openai import OpenAIChatModel

            return OpenAIChatModel(ref.model, provider=self.provider)
        from pydantic_ai.exceptions import UserError
        from pydantic_ai.models import infer_model

        try:
            return infer_model(f"{ref.provider}:{ref.model}", provider_factory=lambda _: self.provider)
        except (UserError, ImportError) as exc:
            raise BadSettings(f"The model {ref.provider}:{ref.model} cannot be used: {exc}") from exc


@cache
def _certificates() -> Any:
    """Read once; it takes longer than the rest of a client."""
    import httpx2

    return httpx2.create_ssl_context()


def _takes_client(kind: type[Any]) -> bool:
    """Whether the provider's SDK is one whose client we may bring: OpenAI's, Anthropic's and Google's are."""
    # The class all of OpenAI's SDK's providers share has no public name; pydantic-ai is pinned, and a test would tell.
    from pydantic_ai.providers._openai_compatible import OpenAICompatibleProvider as OpenAISdk

    family = kind.__module__.rpartition(".")[2]
    return issubclass(kind, OpenAISdk) or family in ("anthropic", "google", "google_cloud")


def _missing(ref: ModelRef, said: str) -> BadSettings:
    names = list(dict.fromkeys(_VARIABLE.findall(said)))
    if names:
        return BadSettings(f"To use {ref.provider}:{ref.model}, set {' or '.join(names)} in the environment.")
    named = re.findall(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b", said)
    if named:
        return BadSettings(f"To use {ref.provider}:{ref.model}, set {named[0]} in the environment.")
    return BadSettings(f"{ref.provider}:{ref.model} is not set up: {' '.join(said.split())}")
