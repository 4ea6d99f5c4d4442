"""Documents from web addresses, behind the guard: checked, pinned, bounded in size and time."""

from __future__ import annotations

import asyncio
import re
import socket
import zlib
from typing import TYPE_CHECKING, Any

from scenewright.documents.guard import Guard
from scenewright.documents.reading import Limits, Reading
from scenewright.documents.source import read_bytes
from scenewright.domain.errors import BadInput

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession
    from yarl import URL

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_CHUNK = 64 * 1024  # bytes
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain,application/pdf,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": "scenewright",
}


def looks_like_address(text: str) -> bool:
    """True for "scheme://..." without spaces; `fetch` says which schemes are accepted."""
    return bool(_ADDRESS.fullmatch(text.strip()))


async def fetch(address: str, limits: Limits | None = None, guard: Guard | None = None) -> Reading:
    """The document at an http(s) address. Its name is the address without query and fragment.

    Every host on the way is resolved once, all its addresses are checked, and the connection goes to one of those.
    Proxies and cookies are not used. Raises: BadInput: if it is refused, missing, too large, too slow or unreadable.
    """
    limits, guard = limits or Limits(), guard or Guard()
    try:
        async with asyncio.timeout(limits.fetch_seconds):
            data, media_type, name = await _download(address.strip(), limits, guard)
    except TimeoutError as exc:
        raise BadInput(f"{address} took longer than {limits.fetch_seconds:g} seconds; try again later.") from exc
    return await asyncio.to_thread(read_bytes, data, name, media_type, limits)


async def _download(address: str, limits: Limits, guard: Guard) -> tuple[bytes, str, str]:
    url = guard.check(address)
    name = str(url.with_query(None).with_fragment(None))
    for _ in range(limits.max_redirects + 1):
        answer = await _get(url, limits, guard)
        if isinstance(answer, tuple):
            return (*answer, name)
        url = guard.check(str(answer))
    raise BadInput(f"{address} redirects more than {limits.max_redirects} times; use the address it should lead to.")


async def _get(url: URL, limits: Limits, guard: Guard) -> tuple[bytes, str] | URL:
    """The body and its media type, or where to go instead."""
    # aiohttp takes 150 ms to import and most sources are files
    import aiohttp

    pinned = await guard.addresses(url)
    connector = aiohttp.TCPConnector(resolver=_pin(pinned), use_dns_cache=False, force_close=True)
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # we do it, with a limit
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None),  # the caller bounds the whole
    )
    try:
        async with session, _request(session, url) as response:
            if response.status in _REDIRECTS and "Location" in response.headers:
                return _target(url, response.headers["Location"])
            _check_status(response, url)
            return await _body(response, url, limits), response.headers.get("Content-Type", "")
    except aiohttp.ClientSSLError as exc:
        raise BadInput(
            f"{url.host} does not prove its identity (TLS); download the document and give the file."
        ) from exc
    except (aiohttp.ClientError, OSError, ValueError) as exc:
        raise BadInput(f"{url.host} could not be reached or broke off; check the address and the network.") from exc


def _request(session: ClientSession, url: URL) -> Any:
    return session.get(url, headers=_HEADERS, allow_redirects=False)


def _pin(addresses: tuple[str, ...]) -> Any:
    """A resolver that knows only these addresses, whatever it is asked."""
    from aiohttp.abc import AbstractResolver, ResolveResult

    class Pinned(AbstractResolver):
        async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[ResolveResult]:
            return [
                ResolveResult(
                    hostname=host,
                    host=address,
                    port=port,
                    family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                    proto=0,
                    flags=socket.AI_NUMERICHOST,
                )
                for address in addresses
            ]

        async def close(self) -> None:
            pass

    return Pinned()


def _target(url: URL, location: str) -> URL:
    from yarl import URL

    try:
        return url.join(URL(location))
    except ValueError as exc:
        raise BadInput(f"{url.host} redirects to something that is no address; check the address.") from exc


def _check_status(response: ClientResponse, url: URL) -> None:
    if response.status == 200:
        return
    remedy = "download the document and give the file" if response.status in (401, 403, 407) else "check the address"
    raise BadInput(f"{url.host} answered with status {response.status}; {remedy}.")


async def _body(response: ClientResponse, url: URL, limits: Limits) -> bytes:
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > limits.max_bytes:
        raise _too_large(url, limits)
    unpack = _unpacker(response.headers.get("Content-Encoding", ""), url)
    out = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        try:
            out += unpack(chunk, limits.max_bytes + 1 - len(out))
        except zlib.error as exc:
            raise BadInput(f"{url.host} sent a damaged answer; try again later.") from exc
        if len(out) > limits.max_bytes:
            raise _too_large(url, limits)
    return bytes(out)


def _unpacker(encoding: str, url: URL) -> Any:
    """A function from a chunk and the most bytes it may give to the bytes it stands for."""
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if not names:
        return lambda chunk, most: chunk
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise BadInput(f"{url.host} packs its answer in a way that was not asked for; download it and give the file.")
    machine = zlib.decompressobj(zlib.MAX_WBITS | 32) if names[0] != "deflate" else zlib.decompressobj()

    def unpack(chunk: bytes, most: int) -> bytes:
        return machine.decompress(chunk, most)

    return unpack


def _too_large(url: URL, limits: Limits) -> BadInput:
    return BadInput(f"The document at {url.host} is larger than {limits.max_bytes // 2**20} MB; use a part of it.")
