"""What every template knows besides its page: where it is, who looks, what that person may do."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from starlette.requests import Request

from accordingto import __version__
from accordingto.roles import Role
from accordingto.web.desk import Desk
from accordingto.web.parts import Part


class Person(Part, frozen=True):
    """Who looks."""

    name: str
    role: Role


class Here(Part, frozen=True):
    """Where a page is and who looks at it; `csrf` goes into every form."""

    path: str
    url: str
    json_url: str
    query: dict[str, str]
    csrf: str
    person: Person | None
    signs_in: bool
    may_add: bool
    may_judge: bool
    may_admin: bool
    theme: str
    review_count: int
    tile_url: str | None
    version: str


def person_of(request: Request) -> Person | None:
    """Who looks, as the guards found out."""
    found: Person | None = request.scope.get("desk.person")
    return found


def token(secret: bytes, visit: str, nonce: str | None = None) -> str:
    """A CSRF token of a visit: nobody else can make one, it fits no other visit, and no two pages carry the same."""
    salt = nonce or secrets.token_hex(8)
    made = hmac.new(secret, f"{salt}:{visit}".encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"{salt}.{made.hexdigest()}"


def is_token(secret: bytes, visit: str, given: str) -> bool:
    """True for a token of this visit."""
    salt = given.partition(".")[0]
    return bool(visit and salt) and hmac.compare_digest(
        token(secret, visit, salt).encode(), given.encode("utf-8", "surrogatepass")
    )


@dataclass(slots=True)
class Wish:
    """Whether an answer may be kept for others; then it is made with marks in place of what is one person's own."""

    kept: bool = False


def wish_of(request: Request) -> Wish:
    """What the route of a request wishes; where nobody keeps answers, nothing comes of it."""
    found: Wish = request.scope.get("desk.wish") or Wish()
    return found


def marks_of(secret: bytes) -> tuple[str, str]:
    """What stands in a kept page for the token of a visit and for a person's name: words that no report can hold."""
    made = (hmac.new(secret, f"mark of {what}".encode(), hashlib.sha256) for what in ("token", "name"))
    one, other = (m.hexdigest() for m in made)
    return one, other


def theme_of(request: Request) -> str:
    """The colours that a reader chose."""
    theme = request.cookies.get("theme", "auto")
    return theme if theme in ("light", "dark") else "auto"


def here_of(request: Request, desk: Desk, *, review_count: int = 0) -> Here:
    """What the templates know of this request."""
    person = person_of(request)
    if wish_of(request).kept:
        csrf, name = marks_of(desk.secret)
        person = Person(name, person.role) if person else None
    else:
        csrf = token(desk.secret, request.scope.get("desk.visit", ""))
    role = person.role if person else Role.READER
    may_write = role in (Role.REVIEWER, Role.ADMIN) and not desk.ledger.read_only
    path, query = request.url.path, request.url.query
    return Here(
        path=path,
        url=f"{path}?{query}" if query else path,
        json_url=("/index" if path == "/" else path) + ".json" + (f"?{query}" if query else ""),
        query=dict(request.query_params),
        csrf=csrf,
        person=person,
        signs_in=desk.options.signs_in,
        may_add=may_write,
        may_judge=may_write,
        may_admin=role is Role.ADMIN and desk.options.signs_in,
        theme=theme_of(request),
        review_count=review_count,
        tile_url=desk.options.tile_url,
        version=__version__,
    )
