"""The desk as an ASGI app: `make_app(desk)`; the road of a request is guards → route → page → HTML or JSON."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from accordingto import __version__
from accordingto.ledger.bodies import bodies
from accordingto.web import acting_routes, people_routes, reading_routes, taking_routes
from accordingto.web.answers import Answers, Keeping
from accordingto.web.desk import Desk, Ground
from accordingto.web.guards import Guard
from accordingto.web.refusing import HANDLERS
from accordingto.web.rendering import environment
from accordingto.web.reviewqueue import Doubts, doubts
from accordingto.web.serving import described
from accordingto.web.words import countries, signs

THREADS = 12  # requests that work at once; more would only wait for the processor
TURNS = {
    "sqlite": 2,
    "postgresql": 6,
}  # pages that each process makes at once: SQLite works on its processor, PostgreSQL on others


class Assets(StaticFiles):
    """Files whose names hold their hash: a browser may keep them for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, to be kept for a year."""
        answer = await super().get_response(path, scope)
        if answer.status_code in (200, 304):
            answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def make_app(desk: Desk) -> FastAPI:
    """The app of a desk."""
    desk.secret = desk.secret or secrets.token_bytes(32)
    desk.ground = desk.ground or Ground(desk.settings)

    answers = Answers()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        warm(app)
        if desk.worker:
            desk.worker.start()
        yield
        if desk.worker:
            desk.worker.stop()

    app = FastAPI(
        title="accordingto: the desk",
        version=__version__,
        description="A ledger of who says what happened. Every page of the desk, as JSON.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(Guard, desk=desk),
            Middleware(GZipMiddleware, minimum_size=800, compresslevel=5),
            Middleware(Keeping, desk=desk, answers=answers),
        ],
        exception_handlers=HANDLERS,  # type: ignore[arg-type]
    )
    app.state.desk, app.state.answers = desk, answers
    app.state.turns = CapacityLimiter(TURNS[desk.ledger.engine.dialect.name])
    app.state.review_count = partial(waiting, desk)
    for routes in (reading_routes, taking_routes, acting_routes, people_routes):
        app.include_router(routes.router)
    app.mount("/static", Assets(directory=desk.static, check_dir=False), name="static")
    describe(app)
    return app


def warm(app: FastAPI | None = None) -> None:
    """Read the tables that pages use, and let the routes get ready, so that the first reader doesn't wait for them."""
    for route in app.router.routes if app else ():
        route.matches({"type": "http", "method": "GET", "path": "/", "root_path": "", "headers": []})
    bodies()
    countries()
    signs()
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def describe(app: FastAPI) -> None:
    """Let the OpenAPI description know the types of the pages."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        made = plain()
        described(made.setdefault("components", {}))
        return made

    app.openapi = openapi  # type: ignore[method-assign]


def waiting(desk: Desk, state: int | None = None) -> int:
    """How many questions the review queue holds, counted once for each state of the ledger; `state`: where it is known."""

    def counted() -> Doubts:
        with desk.ledger.begin() as c:
            return doubts(c)

    held = desk.kept.get(("doubts", None, desk.ledger.state() if state is None else state), counted)
    return sum(held.counts.values())
