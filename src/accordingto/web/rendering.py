"""A page's value as HTML or JSON. Report text is data: everything is escaped, nothing is marked safe."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import PackageLoader, StrictUndefined, TemplateNotFound
from starlette.requests import Request
from starlette.responses import Response

from accordingto.web.desk import Desk
from accordingto.web.here import Here, here_of, person_of
from accordingto.web.parts import Part
from accordingto.web.rowsnippets import ROWS
from accordingto.web.snippets import FILTERS, Templates

PLAIN = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{{ name }}</title>'
    "<h1>{{ name }}</h1><pre>{{ text }}</pre></html>"
)


@cache
def environment() -> Templates:
    """The templates of the desk, everything escaped."""
    made = Templates(
        loader=PackageLoader("accordingto.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.filters |= FILTERS | ROWS
    return made


STATIC = Path(__file__).parent / "static"


@cache
def manifest() -> dict[str, str]:
    """Names of assets and of the files that hold them; empty where none were built."""
    path = STATIC / "manifest.json"
    try:
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def asset(name: str) -> str:
    """The URL of an asset by its name."""
    return f"/static/{manifest().get(name, name)}"


def html(template: str, page: Part, here: Here) -> str:
    """A page as HTML; without a template of its own, its JSON to read."""
    try:
        made = environment().get_template(f"{template}.html")
    except TemplateNotFound as missing:
        if missing.name != f"{template}.html":
            raise
        text = msgspec.json.format(msgspec.json.encode(page)).decode()
        return environment().from_string(PLAIN).render(name=template, text=text)
    return made.render(page=page, here=here)


def show(request: Request, template: str, page: Part, *, status: int = 200, counted: bool = True) -> Response:
    """The answer with a page, as HTML; `counted`: with the number of open questions, for which it asks the ledger."""
    desk: Desk = request.app.state.desk
    known = person_of(request) is not None  # what waits to be judged is no stranger's business
    count = request.app.state.review_count(request.scope.get("desk.state")) if counted and known else 0
    body = html(template, page, here_of(request, desk, review_count=count))
    return Response(body, status, media_type="text/html")


def as_json(page: Any, *, status: int = 200, media_type: str = "application/json") -> Response:
    """The answer with a value, as JSON."""
    return Response(msgspec.json.encode(page), status, media_type=media_type)


def wants_json(request: Request) -> bool:
    """True where the caller asks for JSON: by the URL's ending, or by what it accepts."""
    accept = request.headers.get("accept", "")
    path = request.url.path
    return path.endswith((".json", ".geojson")) or (
        "application/json" in accept and "text/html" not in accept
    )
