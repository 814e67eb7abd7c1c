"""What stands before every request: host, size, rate, origin, who it is; and the headers of every answer.

Report text is data: the policy lets no script run but the desk's own files.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from anyio import to_thread
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.exc import OperationalError
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accordingto.ledger.people import Lasting, signed_in
from accordingto.roles import Role
from accordingto.web.desk import Desk, Options
from accordingto.web.here import Person
from accordingto.web.refusing import on_busy, on_other, refusal

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = ("/login", "/static/", "/favicon.ico")
UPLOADS = ("/add/files",)
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
SESSION, VISIT = "desk", "visit"
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def policy(options: Options) -> str:
    """The Content-Security-Policy; a tile host is let in only where the user set one."""
    tiles = ""
    if options.tile_url:
        scheme, _, rest = options.tile_url.partition("://")
        host = rest.partition("/")[0].replace("{s}", "*")
        tiles = f" {scheme}://{host}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"img-src 'self' data:{tiles}; font-src 'self'; connect-src 'self'{tiles}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    )


class TooLarge(Exception):
    """A body goes on beyond its limit."""


class Guard:
    """The guard as an ASGI app around the desk."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk
        self.options = desk.options
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.rates = {
            "read": parse(desk.options.reads_rate),
            "write": parse(desk.options.writes_rate),
            "sign in": parse(desk.options.signin_rate),
            "fetch": parse(desk.options.fetch_rate),
        }
        self.headers = HEADERS | {"content-security-policy": policy(desk.options)}
        if desk.options.https:
            self.headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it with its reason."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit: list[str] = []
        begun, answering = time.perf_counter(), False

        async def sending(message: Message) -> None:
            nonlocal answering
            if message["type"] == "http.response.start":
                answering = True
                answer = MutableHeaders(scope=message)
                answer["server-timing"] = f"desk;dur={(time.perf_counter() - begun) * 1000:.1f}"
                self.finish(answer, scope, visit)
            await send(message)

        limit = self.options.most_bytes if scope["path"] in UPLOADS else self.options.most_form_bytes
        try:
            headers = Headers(scope=scope)
            problem = self.check(scope, headers) or await self.who(scope, headers, visit)
            if problem is None:
                await self.app(scope, counting(receive, limit), sending)
            else:
                await refusal(scope, *problem)(scope, receive, sending)
        except TooLarge:
            await refusal(scope, 413, too_large(limit))(scope, receive, sending)
        except Exception as failed:  # what no handler of the desk's own could answer
            if answering:
                raise
            busy = isinstance(failed, OperationalError)
            answered = await (on_busy if busy else on_other)(Request(scope), failed)
            await answered(scope, receive, sending)
            if not busy:
                raise

    def check(self, scope: Scope, headers: Headers) -> tuple[Any, ...] | None:
        """Host, origin, size, rate: what refuses a request before anybody reads it."""
        path, method = scope["path"], scope["method"]
        host = headers.get("host", "")
        if self.options.hosts and without_port(host) not in self.options.hosts:
            return 421, "This desk is not asked under that name; open it by the address that it printed."
        if not self.options.signs_in and any(name in headers for name in FORWARDED):
            return 403, (
                "This request came through a proxy, and this desk is open to whoever sits at its machine. Where others "
                "may reach it, people must sign in: start it with --sign-in, or with --https and --name."
            )
        if method not in SAFE:
            if not same_origin(headers, host):
                return (
                    403,
                    "This form came from another site and was not taken; open the desk's own page and send it there.",
                )
            limit = self.options.most_bytes if path in UPLOADS else self.options.most_form_bytes
            length = headers.get("content-length", "0")
            if not length.isascii() or not length.isdigit() or int(length) > limit:
                return 413, too_large(limit)
        kind = rate_kind(path, method)
        who = (scope.get("client") or ("", 0))[0]
        if not path.startswith("/static/") and not self.limiter.hit(self.rates[kind], kind, who):
            return 429, f"Too many requests ({kind}); the limit is {self.rates[kind]}. Wait a moment."
        return None

    async def who(self, scope: Scope, headers: Headers, visit: list[str]) -> tuple[Any, ...] | None:
        """Find out who asks; a refusal where somebody must sign in first."""
        cookies = cookies_of(headers)
        if not self.options.signs_in:
            scope["desk.person"] = Person(self.options.me, Role.ADMIN)
        held = cookies.get(self.cookie(SESSION), "")
        if self.options.signs_in and held:
            lasting = Lasting(self.options.idle_s, self.options.longest_s)
            found = await to_thread.run_sync(signed_in, self.desk.ledger, held, time.time(), lasting)
            if found:
                scope["desk.person"] = Person(found.name, found.role)
                scope["desk.visit"] = scope["desk.session"] = held
        if "desk.visit" not in scope:
            known = cookies.get(self.cookie(VISIT), "")
            if not known:
                known = secrets.token_urlsafe(18)
                visit.append(known)
            scope["desk.visit"] = known
        if "desk.person" not in scope and not scope["path"].startswith(OPEN):
            return 401, "Sign in first."
        return None

    def cookie(self, name: str) -> str:
        """A cookie's name; with TLS it is bound to this host."""
        return f"__Host-{name}" if self.options.https else name

    def finish(self, headers: MutableHeaders, scope: Scope, visit: list[str]) -> None:
        """The headers of every answer."""
        for name, value in self.headers.items():
            headers[name] = value
        if not scope["path"].startswith("/static/"):
            anew = (
                self.options.signs_in and "etag" not in headers
            )  # nobody's browser keeps it for who comes after
            headers.setdefault("cache-control", "no-store" if anew else "private, no-cache")
        if visit:
            secure = "; Secure" if self.options.https else ""
            headers.append(
                "set-cookie", f"{self.cookie(VISIT)}={visit[0]}; Path=/; HttpOnly; SameSite=Lax{secure}"
            )


def cookies_of(headers: Headers) -> dict[str, str]:
    """The cookies of a request, read as browsers write them: other programs on this host send odd ones along."""
    return cookie_parser("; ".join(headers.getlist("cookie")))


def without_port(host: str) -> str:
    """A host's name without its port, in small letters."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def same_origin(headers: Headers, host: str) -> bool:
    """True unless the browser says that a form came from another site."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2].lower() == host.lower()


def rate_kind(path: str, method: str) -> str:
    """Under which limit a request falls."""
    if method in SAFE:
        return "read"
    return {"/login": "sign in", "/add/url": "fetch"}.get(path, "write")


def too_large(limit: int) -> str:
    """What is said of a body beyond its limit."""
    return f"It is larger than {limit:,} bytes; send less at once, or use `accordingto add`."


def counting(receive: Receive, limit: int) -> Receive:
    """A `receive` that ends a body beyond its limit, whatever its length was said to be."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLarge
        return message

    return counted
