"""Which addresses may be fetched: public ones, on the web's ports, however they are written or tunnelled."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

from scenewright.domain.errors import BadInput

if TYPE_CHECKING:
    from yarl import URL

Ip = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host and a port to IP addresses as text. Raises: OSError: if there is no such host."""

WEB_PORTS = frozenset((80, 443, 8080, 8443))
_REFUSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "168.63.129.16/32",  # a cloud's metadata and control service on a public address
            "192.88.99.0/24",  # relays of 6to4
        ),
    )
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_TUNNELS = tuple(map(ipaddress.IPv6Network, ("2002::/16", "2001::/23", "2001:db8::/32", "3fff::/20")))
_ISATAP = (0x00005EFE, 0x02005EFE)


def is_public(ip: Ip) -> bool:
    """True for an address on the open internet.

    False for loopback, private, shared (100.64.0.0/10), link-local (which cloud metadata services use), multicast,
    unspecified, documentation and reserved addresses, for 6to4 and Teredo tunnels, and for IPv6 forms that carry an
    IPv4 address which is not public itself (mapped, NAT64, ISATAP).
    """
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved and not any(ip in one for one in _REFUSED_V4)
    if ip.scope_id:
        return False
    if ip.ipv4_mapped is not None:
        return is_public(ip.ipv4_mapped)
    if ip in _NAT64:
        return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
    if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP and not is_public(IPv4Address(int(ip) & 0xFFFFFFFF)):
        return False
    return ip in _GLOBAL_V6 and ip.is_global and not ip.is_multicast and not any(ip in one for one in _TUNNELS)


async def system_resolve(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What may be fetched. The defaults are for users; tests and closed networks pass their own."""

    allow: Callable[[Ip], bool] = is_public
    ports: frozenset[int] | None = WEB_PORTS  # None = any
    resolve: Resolve = system_resolve

    async def addresses(self, url: URL) -> tuple[str, ...]:
        """The checked IP addresses of the host. Raises: BadInput: unless every one of them is allowed."""
        host = url.host or ""
        try:
            resolved = [host] if _is_ip(host) else await self.resolve(host, url.port or 0)
            found = tuple(dict.fromkeys(resolved))
        except (OSError, UnicodeError) as exc:
            raise BadInput(f"There is no host {host}; check the address and the network.") from exc
        if not found:
            raise BadInput(f"There is no host {host}; check the address and the network.")
        for address in found:
            if not self._allows(address):
                raise BadInput(
                    f"{host} is not on the open internet ({address}), so it is not fetched; give it as a file."
                )
        return found

    def _allows(self, address: str) -> bool:
        try:
            return self.allow(ipaddress.ip_address(address))
        except ValueError:
            return False

    def check(self, text: str) -> URL:
        """The address, parsed. Raises: BadInput: if it may not be fetched whatever its host resolves to."""
        from yarl import URL  # brought by aiohttp, and needed only where something is fetched

        if re.search(r"[\x00-\x20\x7f\\]", text):
            raise BadInput("The address has white space or a backslash in it; copy it anew from the browser.")
        try:
            url = URL(text)
            port = url.port
        except ValueError as exc:
            raise BadInput(f"{text[:200]} is not an address; copy it anew from the browser.") from exc
        if url.scheme not in ("http", "https"):
            raise BadInput(f"Only http and https addresses are fetched, not {url.scheme or text[:50]}.")
        if not url.host:
            raise BadInput(f"{text[:200]} names no host; copy it anew from the browser.")
        if url.user is not None or url.password is not None:
            raise BadInput("The address contains a user name or password; download the document and give the file.")
        if self.ports is not None and port not in self.ports:
            raise BadInput(f"Port {port} is not one of the web's; download the document and give the file.")
        return url


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
