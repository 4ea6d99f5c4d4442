"""Voices of any server with OpenAI's `POST /v1/audio/speech`: OpenAI itself, or one on this machine."""

from __future__ import annotations

import asyncio
import json
import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from pydantic import SecretStr

from scenewright.domain.calls import Call, RateLimits, Sink, SpeechAnswer, SpeechRequest
from scenewright.domain.errors import BadInput, BadSettings, CallFailed, FailureClass
from scenewright.providers.prices import MILLION, Prices, of_characters
from scenewright.providers.quotas import rate_limits
from scenewright.providers.speech.failures import failed
from scenewright.providers.speech.hygiene import has_words, spoken
from scenewright.providers.speech.wav import silence, wav

if TYPE_CHECKING:
    import aiohttp

OFFICIAL = "https://api.openai.com/v1"
DEFAULT_MODEL = "gpt-4o-mini-tts"
VOICES = ("alloy", "nova", "onyx", "shimmer", "echo", "coral", "ash", "sage", "fable", "ballad", "verse")
MAX_CHARACTERS = 4_096  # of one request, the official limit
MAX_BYTES = 64 << 20  # of an answer; 20 minutes of WAV
LONGEST_LIST = 1 << 20  # bytes of an answer to a question that is not about speech
EMPTY, EMPTY_RATE = 0.3, 24_000  # seconds and Hz of the silence for a text without words
PCM_RATE = 24_000  # Hz, of the official server's headerless samples
# US dollars for a million characters at the official address; models priced otherwise are unknown.
PRICES = {"tts-1": Decimal(15), "tts-1-hd": Decimal(30)}
NONE: Prices = {}


class OpenAIVoices:
    """A provider of speech.

    `base_url`: the address up to and with "/v1"; empty means OpenAI's own. `key`: None for servers that want none.
    `deadline`: seconds for a whole answer; `stall`: seconds without a byte.
    `prices`: what a person gave. Close it before the event loop ends.
    Raises: BadSettings: an address or a key that cannot be used.
    """

    def __init__(
        self,
        *,
        base_url: str = "",
        key: SecretStr | None = None,
        response_format: str = "wav",
        deadline: float = 120.0,
        stall: float = 30.0,
        prices: Prices = NONE,
    ) -> None:
        self._asked_url = base_url
        self._url = _checked(base_url or OFFICIAL)
        self._key = _checked_key(key)
        if not base_url and not self._key:
            raise BadSettings("OpenAI's voices need a key: set OPENAI_API_KEY, or choose an embedded voice.")
        self._format = response_format
        self._deadline, self._stall, self._prices = deadline, stall, prices
        self._session: aiohttp.ClientSession | None = None

    @property
    def account(self) -> str:
        return f"openai@{self._url}" if self._asked_url else "openai"

    def __repr__(self) -> str:
        return f"<OpenAIVoices {self.account}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def perform(self, call: Call[SpeechRequest], sink: Sink) -> SpeechAnswer:
        """Speaks `call.request.text`. Whatever form the sound comes in, a 16-bit mono WAV is returned.

        Raises: CallFailed.
        """
        request, text = call.request, spoken(call.request.text)
        if request.base_url != self._asked_url:  # the key goes to the address that it was set up for, and nowhere else
            raise _fatal("The request is for another address than the one this voice was set up with.")
        if len(text) > MAX_CHARACTERS:
            raise _refused(
                f"A text of {len(text):,} characters is too long for one request: split it at sentence ends."
            )
        if not has_words(text):
            return SpeechAnswer(audio=silence(EMPTY, EMPTY_RATE), characters=len(text), cost=Decimal(0))
        data, media_type, limits = await self._fetch(_body(request, text, self._format), request.model)
        audio, wrong = await asyncio.to_thread(_as_wav, data, media_type, text, request)
        if wrong:
            raise CallFailed(wrong, failure=FailureClass.TRANSIENT, received=True, limits=limits)
        cost = price(request, len(text), self._prices)
        return SpeechAnswer(audio=audio, characters=len(text), cost=cost, limits=limits)

    async def look(self, path: str) -> tuple[int, Any]:
        """What a GET of "models", for instance, gives: (status, JSON or None). Nothing is paid.

        The status is 0 if nobody is there, and -1 if there was no proper answer in time. Never raises for either.
        """
        import aiohttp

        try:
            async with self._opened().get(f"{self._url}/{path}", allow_redirects=False) as response:
                data = await response.content.read(LONGEST_LIST)
                return response.status, _json(data) if response.status == 200 else None
        except aiohttp.ClientConnectorError:
            return 0, None
        except (aiohttp.ClientError, OSError, ValueError):  # OSError: also what is not in time
            return -1, None

    async def _fetch(self, body: dict[str, Any], model: str) -> tuple[bytes, str, RateLimits | None]:
        """(bytes, media type, what the account told of its limits). Foreign exceptions end here."""
        import aiohttp  # a tenth of a second to import

        service = "The voice server" if self._asked_url else "OpenAI"
        received = False
        try:
            async with self._opened().post(f"{self._url}/audio/speech", json=body, allow_redirects=False) as response:
                data, came = bytearray(), asyncio.get_running_loop().time()
                async for piece in response.content.iter_chunked(1 << 16):
                    received = response.status == 200
                    data += piece
                    if len(data) > (MAX_BYTES if received else 1 << 20):
                        raise CallFailed(f"{service} sends without end.", failure=FailureClass.FATAL, received=received)
                if response.status != 200:
                    told = {"service": service, "key": self._key, "model": model}
                    raise failed(response.status, response.headers, bytes(data), **told)
                return bytes(data), response.content_type, rate_limits(response.headers, model=model, at=came)
        except TimeoutError as exc:
            message = f"{service} did not answer in time ({self._stall:g} s without a byte, or {self._deadline:g} s)."
            raise CallFailed(message, failure=FailureClass.TRANSIENT, received=received) from exc
        except aiohttp.InvalidURL as exc:
            raise _fatal(f"{service} cannot be asked: the base URL is not an address.") from exc
        except aiohttp.ClientSSLError as exc:
            raise _fatal(f"{service} has no certificate that is trusted here: check the base URL.") from exc
        except (aiohttp.ClientError, OSError) as exc:
            message = f"{service} could not be reached, or broke off: {_why(exc)}."
            raise CallFailed(message, failure=FailureClass.TRANSIENT, received=received) from exc

    def _opened(self) -> aiohttp.ClientSession:
        import aiohttp

        if self._session is None:
            timeout = aiohttp.ClientTimeout(
                total=self._deadline, sock_connect=min(15.0, self._stall), sock_read=self._stall
            )
            headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
            self._session = aiohttp.ClientSession(
                timeout=timeout,
                headers=headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                connector=aiohttp.TCPConnector(limit=0),  # the gate of the account limits, nothing else
            )
        return self._session


def price(request: SpeechRequest, characters: int, prices: Prices = NONE) -> Decimal | None:
    """US dollars for so many characters, as a person gave the price or else as OpenAI does; None = unknown."""
    model = request.model or DEFAULT_MODEL
    given = of_characters(prices, (f"{request.engine}/{model}", model, request.engine), characters)
    listed = None if request.base_url else PRICES.get(model)
    return given if given is not None or listed is None else listed * characters / MILLION


def _json(data: bytes) -> Any:
    """None if it is not JSON."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def key_from_environment(base_url: str = "") -> SecretStr | None:
    """OpenAI's key for OpenAI; for another address its own, SCENEWRIGHT_SPEECH_KEY, so that keys do not stray."""
    value = os.environ.get("SCENEWRIGHT_SPEECH_KEY") or ("" if base_url else os.environ.get("OPENAI_API_KEY", ""))
    return SecretStr(value) if value and value.strip() else None


def _body(request: SpeechRequest, text: str, response_format: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": request.model or DEFAULT_MODEL,
        "voice": request.voice,
        "input": text,
        "response_format": response_format,
    }
    if request.rate != 1.0:
        body["speed"] = request.rate
    return body


def _as_wav(data: bytes, media_type: str, text: str, request: SpeechRequest) -> tuple[bytes, str]:
    """(a WAV, what is wrong with it or ""). Runs in a thread."""
    from scenewright.providers.speech.assembly import heard  # numpy and PyAV

    if _headerless(media_type, data):
        data = wav(data, PCM_RATE)
    try:
        return heard(data, text, request.language, request.rate)
    except BadInput as exc:
        return b"", f"The voice server's answer cannot be used: {exc}"


def _headerless(media_type: str, data: bytes) -> bool:
    """Whether these are samples without a header, as `response_format: pcm` gives."""
    return media_type in ("audio/pcm", "audio/l16", "audio/x-pcm") and data[:4] not in (b"RIFF", b"OggS")


def _checked(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadSettings('The base URL of the voices must be like "http://127.0.0.1:8880/v1".')
    if parts.username or parts.password:
        raise BadSettings("The base URL of the voices must not hold a password: put the key in SCENEWRIGHT_SPEECH_KEY.")
    return url.strip().rstrip("/")


def _checked_key(key: SecretStr | None) -> str:
    value = key.get_secret_value().strip() if key else ""
    if not value.isascii() or not value.isprintable():
        raise BadSettings("The key for the voices has characters that no key has: copy it again.")
    return value


def _why(exc: BaseException) -> str:
    return getattr(exc, "strerror", None) or type(exc).__name__


def _refused(message: str) -> CallFailed:
    return CallFailed(message, failure=FailureClass.REFUSED)


def _fatal(message: str) -> CallFailed:
    return CallFailed(message, failure=FailureClass.FATAL)
