from __future__ import annotations

import asyncio
import gzip
import ipaddress
from collections.abc import Awaitable, Callable, Sequence

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from scenewright.documents import Guard, Limits, Reading, fetch, is_public, looks_like_address
from scenewright.domain.errors import BadInput

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LOOPBACK = Guard(allow=lambda ip: ip.is_loopback, ports=None)

_REFUSED = (
    "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.9.9.9 168.63.129.16 169.254.169.254 "
    "172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 "
    "224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 "
    "::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe "
    "64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 2001:db8::1 "
    "2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 "
    "ff0e::1 2606:4700::200:5efe:10.0.0.1 2606:4700::5efe:127.0.0.1"
)


@pytest.mark.parametrize("address", _REFUSED.split())
def test_addresses_inside_networks_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_addresses_on_the_open_internet_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_and_its_mapped_and_translated_forms_are_judged_alike(ip: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(0xFFFF << 32 | int(ip))
    translated = ipaddress.IPv6Address((0x64FF9B << 96) | int(ip))

    assert is_public(ip) == is_public(mapped) == is_public(translated)
    assert not (is_public(ip) and (ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast))


def resolver(*addresses: str) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "[fd00:ec2::254]"])
def test_a_host_written_as_an_inner_address_is_refused(host: str) -> None:
    with pytest.raises(BadInput, match="not on the open internet"):
        asyncio.run(fetch(f"http://{host}/latest/meta-data"))


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost"])
def test_a_host_that_only_the_system_understands_is_checked_after_it_was_resolved(host: str) -> None:
    with pytest.raises(BadInput, match=r"not on the open internet|no host"):
        asyncio.run(fetch(f"http://{host}/"))


def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    guard = Guard(resolve=resolver("93.184.215.14", "10.0.0.1"))

    with pytest.raises(BadInput, match=r"10\.0\.0\.1"):
        asyncio.run(fetch("https://rebinding.invalid/", guard=guard))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ftp://x.invalid/a", "Only http"),
        ("file:///etc/passwd", "Only http"),
        ("gopher://x.invalid/", "Only http"),
        ("http:///path", r"no host|not an address"),
        ("http://user:secret@x.invalid/", "user name"),
        ("http://x.invalid:22/", "Port 22"),
        ("http://x.invalid:99999/", "not an address"),
        ("http://x.invalid\\@127.0.0.1/", "backslash"),
        ("http://x.invalid/a b", "white space"),
        ("http://[::1", "not an address"),
    ],
)
def test_addresses_that_are_refused_unresolved(address: str, says: str) -> None:
    async def never(host: str, port: int) -> Sequence[str]:
        raise AssertionError("resolved")

    with pytest.raises(BadInput, match=says) as caught:
        asyncio.run(fetch(address, guard=Guard(resolve=never)))

    assert "secret" not in str(caught.value)


def test_what_looks_like_an_address() -> None:
    assert looks_like_address("https://example.org/a?b=c")
    assert looks_like_address("ftp://example.org/")
    assert not any(looks_like_address(text) for text in ("tides.md", "The sea: http://x and more", "C:\\a.md", "a:b"))


async def _serve(handler: Handler, visit: Callable[[str], Awaitable[Reading]]) -> Reading:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        return await visit(f"http://127.0.0.1:{port}")
    finally:
        await runner.cleanup()


def served(handler: Handler, path: str = "/a.md", limits: Limits | None = None, guard: Guard = LOOPBACK) -> Reading:
    return asyncio.run(_serve(handler, lambda base: fetch(base + path, limits, guard)))


def test_a_page_is_fetched_and_named_without_its_query() -> None:
    async def handler(request: web.Request) -> web.Response:
        assert "Cookie" not in request.headers
        return web.Response(text="<h1>Tides</h1><p>x</p>", content_type="text/html", charset="utf-8")

    (document,) = served(handler, "/page?token=secret#part").documents

    assert document.title == "Tides"
    assert document.name.endswith("/page")


def test_redirects_are_followed_checked_and_counted() -> None:
    async def handler(request: web.Request) -> web.Response:
        left = int(request.query.get("left", "0"))
        if left:
            raise web.HTTPFound(f"/a.md?left={left - 1}")
        return web.Response(text="# Arrived\n\nx")

    assert served(handler, "/a.md?left=5").documents[0].title == "Arrived"
    with pytest.raises(BadInput, match="redirects more than 5 times"):
        served(handler, "/a.md?left=6")


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("http://169.254.169.254/latest", "not on the open internet"),
        ("http://[::ffff:10.0.0.1]/", "not on the open internet"),
        ("file:///etc/passwd", "Only http"),
        ("http://u:p@127.0.0.1/", "user name"),
        ("//inner.invalid/x", "not on the open internet"),
    ],
)
def test_a_redirect_into_the_network_is_refused(target: str, says: str) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": target})

    guard = Guard(allow=LOOPBACK.allow, ports=None, resolve=resolver("192.168.1.1"))
    with pytest.raises(BadInput, match=says):
        served(handler, guard=guard)


def test_the_connection_goes_to_the_address_that_was_checked_and_is_resolved_once() -> None:
    asked: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=f"# {request.host}\n\nx")

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    guard = Guard(allow=LOOPBACK.allow, ports=None, resolve=resolve)

    async def visit(base: str) -> Reading:
        return await fetch(base.replace("127.0.0.1", "rebinding.invalid") + "/a.md", guard=guard)

    (document,) = asyncio.run(_serve(handler, visit)).documents
    assert document.title.startswith("rebinding.invalid")
    assert asked == ["rebinding.invalid"]


@pytest.mark.parametrize("declared", [True, False])
def test_an_answer_that_is_too_large_is_broken_off(declared: bool) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if declared:
            response.content_length = 10 * 2**20
        await response.prepare(request)
        try:
            for _ in range(160):
                await response.write(b"x" * 65536)
        except ConnectionError:
            pass
        return response

    with pytest.raises(BadInput, match="larger than 1 MB"):
        served(handler, limits=Limits(max_bytes=2**20))


def test_a_packed_answer_is_unpacked_within_the_limit() -> None:
    async def handler(request: web.Request) -> web.Response:
        body = gzip.compress(b"# Packed\n\nx" if "small" in request.path else b"x" * 50 * 2**20)
        return web.Response(body=body, headers={"Content-Encoding": "gzip", "Content-Type": "text/markdown"})

    assert served(handler, "/small.md").documents[0].title == "Packed"
    with pytest.raises(BadInput, match="larger than 1 MB"):
        served(handler, "/large.md", Limits(max_bytes=2**20))


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "nonsense"])
def test_packing_that_was_not_asked_for_is_refused(encoding: str) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=b"x", headers={"Content-Encoding": encoding})

    with pytest.raises(BadInput, match="not asked for"):
        served(handler)


@pytest.mark.parametrize(("status", "says"), [(404, "check the address"), (403, "give the file"), (500, "status 500")])
def test_a_refusal_of_the_server_is_told_with_a_remedy(status: int, says: str) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, text="no")

    with pytest.raises(BadInput, match=says):
        served(handler)


def test_an_answer_that_never_ends_is_given_up() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"drip")
                await asyncio.sleep(0.02)
        except (ConnectionError, asyncio.CancelledError):
            return response

    with pytest.raises(BadInput, match="longer than"):
        served(handler, limits=Limits(fetch_seconds=0.3))


def test_a_server_that_is_not_there_or_breaks_off() -> None:
    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    with pytest.raises(BadInput, match="could not be reached"):
        served(handler)
    with pytest.raises(BadInput, match="could not be reached"):
        asyncio.run(fetch("http://127.0.0.1:1/", guard=LOOPBACK))


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text="# Direct\n\nx")

    assert served(handler).documents[0].title == "Direct"
