"""A page from the web, by a URL that somebody gave: only the public web is reached, never this machine or its network.

The host is resolved once, every address that it has must be public, and the connection goes to the address that was
checked; each redirect is checked anew. Size and time are bounded, and so is what compressed answers unpack to.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from urllib.parse import SplitResult, urljoin, urlsplit

import anyio
import httpx
from anyio import to_thread

from accordingto import __version__
from accordingto.errors import ReportError

REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
SPECIAL = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("192.88.99.0/24"))
EDITION = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.)")
TEREDO = ipaddress.ip_network("2001::/32")
Resolver = Callable[[str, int], Sequence[str]]
"""Host and port → its addresses."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: bytes after unpacking, seconds in all, seconds of silence."""

    most_bytes: int = 5_000_000
    longest_s: float = 20.0
    silence_s: float = 8.0


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: the address that it came from in the end, its bytes, `html` or `text`, the encoding by its name."""

    url: str
    data: bytes
    format: str
    charset: str | None = None


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """True for an address of the public internet: not private, loopback, link-local, reserved or a tunnel to one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip in TEREDO or ip.is_site_local:
            return False
    elif any(ip in network for network in SPECIAL):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def check_url(url: str) -> SplitResult:
    """A URL in its parts.

    Raises:
        ReportError: where it is none of the public web.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ReportError(url[:200], f"it is no URL ({error}).") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise ReportError(url[:200], "only http:// and https:// addresses are fetched.")
    if parts.username is not None or parts.password is not None:
        raise ReportError(url[:200], "an address with a user name in it is not fetched.")
    if port not in (None, *PORTS.values()):
        raise ReportError(url[:200], "only the ports 80 and 443 are fetched.")
    return parts


def pinned(url: str, resolver: Resolver) -> tuple[SplitResult, str]:
    """A URL in its parts, and the checked address to connect to.

    Raises:
        ReportError: where it is none of the public web, or resolves to no public address.
    """
    parts = check_url(url)
    host = parts.hostname or ""
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii")
        found = resolver(name, parts.port or PORTS[parts.scheme])
    except (OSError, UnicodeError) as error:
        raise ReportError(url[:200], f"the host {host[:100]} was not found ({error}).") from None
    if not found or not all(is_public(address) for address in found):
        raise ReportError(url[:200], f"{host[:100]} is not on the public internet; it is not fetched.")
    return parts, found[0]


def fetch(
    url: str,
    *,
    limits: Limits = Limits(),
    resolver: Resolver = resolve,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Page:
    """The page at a URL, fetched in a thread of its own: the caller's may have an event loop.

    Raises:
        ReportError: where it is refused, fails, or is no page; says why.
    """
    with ThreadPoolExecutor(1) as own:
        return own.submit(anyio.run, partial(in_time, url, limits, resolver, transport)).result()


async def in_time(
    url: str, limits: Limits, resolver: Resolver, transport: httpx.AsyncBaseTransport | None
) -> Page:
    """The page at a URL; when the time is up it ends, whatever it waits for: a name, a header, the body.

    Raises:
        ReportError: where it is refused, fails, is no page, or takes too long.
    """
    try:
        with anyio.fail_after(limits.longest_s):
            return await followed(url, limits, resolver, transport)
    except TimeoutError:
        raise ReportError(url[:200], f"it takes longer than {limits.longest_s:.0f} seconds.") from None


async def followed(
    url: str, limits: Limits, resolver: Resolver, transport: httpx.AsyncBaseTransport | None
) -> Page:
    """The page at a URL, where its redirects lead."""
    timeout = httpx.Timeout(limits.silence_s)
    async with httpx.AsyncClient(
        transport=transport, timeout=timeout, trust_env=False, follow_redirects=False
    ) as client:
        for _ in range(REDIRECTS + 1):
            parts, address = await to_thread.run_sync(pinned, url, resolver, abandon_on_cancel=True)
            try:
                async with client.stream(
                    "GET", address_url(parts, address), headers=headers_of(parts),
                    extensions={"sni_hostname": host_name(parts)},
                ) as answer:  # fmt: skip
                    if not answer.has_redirect_location:
                        return await read(url, answer, limits)
                    url = redirected(url, answer.headers["location"])
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ReportError(
                    url[:200], f"it can't be fetched ({type(error).__name__}: {error})."
                ) from None
    raise ReportError(url[:200], f"it leads on through more than {REDIRECTS} redirects.")


def redirected(url: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        ReportError: where that is no URL.
    """
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise ReportError(url[:200], f"it leads on to what is no URL ({error}).") from None


def address_url(parts: SplitResult, address: str) -> str:
    """The URL with the checked address in the host's place."""
    host = f"[{address}]" if ":" in address else address
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def host_name(parts: SplitResult) -> str:
    """The host's own name, as certificates and servers know it."""
    host = parts.hostname or ""
    return host if ":" in host else host.encode("idna").decode("ascii")


async def read(url: str, answer: httpx.Response, limits: Limits) -> Page:
    """The body of an answer, within its limits.

    Raises:
        ReportError: where it is an error, no page or too large.
    """
    if answer.status_code != 200:
        raise ReportError(url[:200], f"the server answers {answer.status_code}.")
    kind = KINDS.get(answer.headers.get("content-type", "").partition(";")[0].strip().lower())
    if kind is None:
        raise ReportError(url[:200], "it is neither a web page nor plain text.")
    data = b"".join([piece async for piece in unpacked(url, answer, limits)])
    return Page(url, data, kind, answer.charset_encoding)


async def unpacked(url: str, answer: httpx.Response, limits: Limits) -> AsyncIterator[bytes]:
    """The pieces of a body, unpacked a bounded piece at a time."""
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip"):
        raise ReportError(url[:200], f"it is packed as {coding[:20]}, which was not asked for.")
    unpack = Gzip() if coding == "gzip" else None
    taken = 0
    async for raw in answer.aiter_raw():
        try:
            data = unpack.more(raw, limits.most_bytes - taken + 1) if unpack else raw
        except zlib.error:
            raise ReportError(url[:200], "its compressed body is broken.") from None
        taken += len(data)
        if taken > limits.most_bytes:
            raise ReportError(url[:200], f"it is larger than {limits.most_bytes:,} bytes.")
        yield data
    if unpack and not unpack.whole:
        raise ReportError(url[:200], "its compressed body ends too early; try again.")


class Gzip:
    """Gzip as it comes in, of as many members as there are, one after the other (RFC 1952)."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)
        self._begun = False

    @property
    def whole(self) -> bool:
        """Whether it ended where a member does."""
        return not self._begun

    def more(self, raw: bytes, most: int) -> bytes:
        """What the next bytes unpack to, at most so much; zeros after a member fill up and say nothing.

        Raises:
            zlib.error: where they are no gzip.
        """
        out = bytearray()
        while len(out) < most and (raw := raw if self._begun else raw.lstrip(b"\0")):
            out += self._member.decompress(raw, most - len(out))
            raw, self._begun = self._member.unused_data, not self._member.eof
            if self._member.eof:
                self._member = zlib.decompressobj(31)
        return bytes(out)


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one host, seen as a phone's or a reader's edition of a site is the site itself."""
    return site_of(one) == site_of(other) != ""


def site_of(url: str) -> str:
    """A URL's host without what stands for an edition of it; empty where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return EDITION.sub("", host)


def headers_of(parts: SplitResult) -> dict[str, str]:
    """The headers of a request: the host's own name, no compression but gzip, who asks."""
    name = host_name(parts)
    host = f"[{name}]" if ":" in name else name
    return {
        "host": host + (f":{parts.port}" if parts.port else ""),
        "accept": "text/html, text/plain",
        "accept-encoding": "gzip",
        "user-agent": f"accordingto/{__version__}",
    }
