from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from accordingto.errors import ReportError
from accordingto.web import fetching
from accordingto.web.fetching import Limits, fetch, is_public

PUBLIC = "93.184.215.14"
PAGE = "<html><body><article><p>Invented words.</p></article></body></html>"
PRIVATE = (
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    "2001:0:4136:e378::1", "ff02::1", "fec0::1", "2001:db8::1", "not an address",
)  # fmt: skip


def serving(answers):  # type: ignore[no-untyped-def]
    """A transport that answers by (address asked, path), and what it was asked."""
    asked: list[tuple[str, str, str]] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.host, request.headers["host"], request.url.path))
        assert request.extensions["sni_hostname"] == request.headers["host"].partition(":")[0]
        return answers[request.headers["host"], request.url.path]()

    return httpx.MockTransport(handle), asked


def html(body: bytes = PAGE.encode(), **headers: str) -> httpx.Response:
    made = {"content-type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return httpx.Response(200, headers=made, stream=httpx.ByteStream(body))


def to(where: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": where})


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)
    transport, asked = serving({})
    with pytest.raises(ReportError, match="not on the public internet"):
        fetch("https://news.example/a", resolver=lambda *_: [address], transport=transport)
    assert asked == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1::1", "64:ff9b::5db8:d70e"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_a_caller_with_an_event_loop_may_fetch() -> None:
    async def asking() -> None:
        transport, _ = serving({})
        with pytest.raises(ReportError, match="not on the public internet"):
            fetch("https://news.example/a", resolver=lambda *_: ["10.0.0.1"], transport=transport)

    with ThreadPoolExecutor(1) as own:  # the tests' own thread may have a loop
        own.submit(lambda: asyncio.run(asking())).result()


def test_one_private_address_among_many_is_enough_to_refuse() -> None:
    transport, asked = serving({})
    with pytest.raises(ReportError, match="not on the public internet"):
        fetch("https://news.example/", resolver=lambda *_: [PUBLIC, "10.0.0.1"], transport=transport)
    assert asked == []


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])  # a name that changes its mind
    transport, asked = serving({("news.example", "/a"): html})
    page = fetch("https://news.example/a?b=1", resolver=lambda *_: next(answers), transport=transport)
    assert (page.url, page.format, page.data) == ("https://news.example/a?b=1", "html", PAGE.encode())
    assert asked == [(PUBLIC, "news.example", "/a")]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "javascript:x", "data:text/html,x", "//news.example/",
        "news.example", "", "http://", "http://user:pw@news.example/", "http://news.example:22/", "http://news.example:99999/", "http://[::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_web(url: str) -> None:
    with pytest.raises(ReportError):
        fetch(url, resolver=lambda *_: [PUBLIC], transport=httpx.MockTransport(lambda r: html()))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://localhost/",
        "http://[::ffff:169.254.169.254]/",
    ],
)
def test_this_machine_by_any_name(url: str) -> None:
    with pytest.raises(ReportError, match=r"not on the public internet|was not found"):
        fetch(url, transport=httpx.MockTransport(lambda r: html()))


@pytest.mark.parametrize(
    "where",
    [
        "http://inside.example/",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "//inside.example/x",
        "http://[::1]/",
    ],
)
def test_each_redirect_is_checked_anew(where: str) -> None:
    names = {
        "news.example": [PUBLIC],
        "inside.example": ["192.168.0.7"],
        "169.254.169.254": ["169.254.169.254"],
        "::1": ["::1"],
    }
    transport, asked = serving({("news.example", "/a"): lambda: to(where)})
    with pytest.raises(ReportError):
        fetch("https://news.example/a", resolver=lambda host, _: names[host], transport=transport)
    assert len(asked) == 1


def test_redirects_within_the_web_are_followed_and_end() -> None:
    transport, asked = serving({("news.example", "/a"): lambda: to("/b"), ("news.example", "/b"): html})
    assert (
        fetch("http://news.example/a", resolver=lambda *_: [PUBLIC], transport=transport).url
        == "http://news.example/b"
    )
    transport, asked = serving({("news.example", "/a"): lambda: to("/a")})
    with pytest.raises(ReportError, match="more than 5 redirects"):
        fetch("http://news.example/a", resolver=lambda *_: [PUBLIC], transport=transport)
    assert len(asked) == 6


def test_size_is_bounded_packed_or_not() -> None:
    small = Limits(most_bytes=10_000)
    bomb = gzip.compress(b"x" * 50_000_000)
    for body, headers in ((b"x" * 10_001, {}), (bomb, {"content_encoding": "gzip"})):
        transport, _ = serving(
            {("news.example", "/a"): lambda body=body, headers=headers: html(body, **headers)}
        )
        with pytest.raises(ReportError, match="larger than 10,000 bytes"):
            fetch("http://news.example/a", limits=small, resolver=lambda *_: [PUBLIC], transport=transport)
    transport, _ = serving(
        {("news.example", "/a"): lambda: html(gzip.compress(PAGE.encode()), content_encoding="gzip")}
    )
    assert (
        fetch("http://news.example/a", resolver=lambda *_: [PUBLIC], transport=transport).data
        == PAGE.encode()
    )


def fetched(body: bytes, **headers: str) -> fetching.Page:
    transport, _ = serving({("news.example", "/a"): lambda: html(body, **headers)})
    return fetch("http://news.example/a", resolver=lambda *_: [PUBLIC], transport=transport)


def test_all_members_of_a_packed_body_are_read() -> None:
    one, two = gzip.compress(b"<p>First."), gzip.compress(b" Second.</p>")
    for body in (one + two, one + b"\0" * 512 + two + b"\0" * 7):
        assert fetched(body, content_encoding="gzip").data == b"<p>First. Second.</p>"


class InPieces(httpx.AsyncByteStream):
    def __init__(self, body: bytes, size: int) -> None:
        self.body, self.size = body, size

    async def __aiter__(self):  # type: ignore[no-untyped-def]
        for at in range(0, len(self.body), self.size):
            yield self.body[at : at + self.size]


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
def test_a_packed_body_may_come_in_any_pieces(size: int) -> None:
    body = gzip.compress(PAGE.encode()) + gzip.compress(b"<!-- more -->")
    headers = {"content-type": "text/html", "content-encoding": "gzip"}
    transport, _ = serving(
        {("news.example", "/a"): lambda: httpx.Response(200, headers=headers, stream=InPieces(body, size))}
    )
    page = fetch("http://news.example/a", resolver=lambda *_: [PUBLIC], transport=transport)
    assert page.data == PAGE.encode() + b"<!-- more -->"


@pytest.mark.parametrize("lost", [1, 8, 20])
def test_a_packed_body_that_breaks_off_is_no_page(lost: int) -> None:
    whole = gzip.compress(PAGE.encode() * 50)
    for body in (whole[:-lost], whole + whole[:-lost]):
        with pytest.raises(ReportError, match="too early"):
            fetched(body, content_encoding="gzip")


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/html; charset=windows-1254", "windows-1254"),
        ('text/plain; Charset="ISO-8859-2"', "iso-8859-2"),
        ("text/html", None),
    ],
)
def test_the_encoding_that_a_page_was_sent_in_is_kept(kind: str, charset: str | None) -> None:
    assert fetched(PAGE.encode(), content_type=kind).charset == charset


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://news.example/a", "http://www.news.example/b", True), ("https://m.news.example/a", "https://www.news.example/", True),
        ("https://amp.news.example/a", "https://NEWS.example/", True), ("https://evil.example/", "https://news.example/", False),
        ("https://news.example.evil.example/", "https://news.example/", False), ("https://m.example/", "https://example/", False),
        ("/a", "/b", False), ("http://[bad", "http://[bad", False),
    ],
)  # fmt: skip
def test_one_site_and_another(one: str, other: str, same: bool) -> None:
    assert fetching.same_site(one, other) == same


def test_time_is_bounded() -> None:
    transport, _ = serving({("news.example", "/a"): html})
    with pytest.raises(ReportError, match="takes longer"):
        fetch(
            "http://news.example/a",
            limits=Limits(longest_s=-1),
            resolver=lambda *_: [PUBLIC],
            transport=transport,
        )


@pytest.mark.parametrize(
    "answer",
    [
        lambda: httpx.Response(404), lambda: html(content_type="application/pdf"), lambda: html(content_encoding="br"),
        lambda: html(b"not gzip", content_encoding="gzip"), lambda: httpx.Response(302), lambda: httpx.Response(304),
        lambda: to("http://[bad"), lambda: to("/a\x7fb"),
    ],
)  # fmt: skip
def test_what_is_no_page_says_why(answer) -> None:  # type: ignore[no-untyped-def]
    transport, _ = serving({("news.example", "/a"): answer})
    with pytest.raises(ReportError):
        fetch("http://news.example/a", resolver=lambda *_: [PUBLIC], transport=transport)


def test_a_host_that_is_not_there() -> None:
    def missing(*_: object) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(ReportError, match="was not found"):
        fetch("http://nowhere.example/", resolver=missing)


def test_a_server_that_drips_its_headers_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def drip() -> None:
        taken, _ = server.accept()
        with taken:
            taken.sendall(b"HTTP/1.1 200 OK\r\n")
            for n in range(200):
                if done.wait(0.05):
                    return
                try:
                    taken.sendall(f"x-{n}: y\r\n".encode())
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    monkeypatch.setattr(fetching, "is_public", lambda _: True)
    monkeypatch.setattr(fetching, "address_url", lambda *_: f"http://127.0.0.1:{server.getsockname()[1]}/")
    begun = time.monotonic()
    try:
        with pytest.raises(ReportError, match="takes longer"):
            fetch("http://news.example/", limits=Limits(longest_s=0.4), resolver=lambda *_: ["127.0.0.1"])
    finally:
        done.set()
        thread.join()
        server.close()
    assert time.monotonic() - begun < 5
