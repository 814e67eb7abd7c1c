"""Refusals: every error as a page that says what happened and what to do next, or as JSON."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from accordingto.errors import AccordingToError, ReportError, UserError
from accordingto.ledger.session import ReadOnly
from accordingto.web.formviews import ErrorPage
from accordingto.web.incidentpage import Moved
from accordingto.web.judging import Opposed
from accordingto.web.rendering import as_json, show, wants_json

HINTS = {
    401: "Open /login.",
    404: "Search for it, or look through the lists.",
    405: "This address takes another kind of request.",
    422: "Correct that part of the address or the form.",
    500: "It was written to the desk's log; try again, or restart the desk.",
    503: "Somebody else is writing; try again in a moment.",
}
TITLES = {404: "Not here", 422: "This can’t be taken as it is"}
"""What a refusal is called, where HTTP's own word says little."""
SHOWN = 30  # characters of what was given that an error repeats
THINGS = {
    "incidents": "incident",
    "reports": "report",
    "sources": "source",
    "tolls": "toll",
    "add": "job",
    "judgements": "judgement",
}
"""What the addresses under a first word show."""
PLAIN = {
    "date_.*": "“{given}” is no day; give it as 2031-03-07",
    "(?:int|float)_.*|finite_number": "“{given}” is no number",
    "greater_than_equal": "“{given}” is too small; the least is {ge}",
    "less_than_equal": "“{given}” is too large; the most is {le}",
    "string_too_long": "it is too long; the most is {max_length} characters",
    "string_pattern_mismatch": "“{given}” does not belong there",
    "enum|literal_error": "“{given}” is not known; it takes {expected}",
    "missing": "it is missing",
}
"""Kinds of faults that the checker finds, and plain words for them."""
READS_ONLY = "This desk may only read its ledger: nothing is added or judged here. Ask whoever keeps it."
log = logging.getLogger("accordingto.web")


def refusal(scope: Scope, status: int, message: str) -> Response:
    """The answer to a request that the guards refuse."""
    request = Request(scope)
    if status == 401 and not wants_json(request) and scope["method"] == "GET":
        asked = scope["path"] + (
            f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
        )
        return RedirectResponse(f"/login?next={quote(asked, safe='/')}", 303)
    return error(request, status, message)


def error(
    request: Request, status: int, message: str, *, hint: str | None = None, undo_url: str | None = None
) -> Response:
    """An error as a page, or as JSON where JSON is asked for. It asks nothing of the ledger, which may be what failed."""
    title = TITLES.get(status, HTTPStatus(status).phrase)
    told = HINTS.get(status) if hint is None else hint or None
    page = ErrorPage(status, title, message, told, came_from(request), undo_url)
    if wants_json(request) or "app" not in request.scope:
        return as_json(page, status=status)
    return show(request, "error", page, status=status, counted=False)


def came_from(request: Request) -> str | None:
    """The page of this desk whose form was refused."""
    told = urlsplit(request.headers.get("referer", ""))
    if request.method in ("GET", "HEAD") or told.netloc != request.headers.get("host"):
        return None
    return urlunsplit(("", "", told.path, told.query, "")) if told.path.startswith("/") else None


async def on_user_error(request: Request, problem: Exception) -> Response:
    """What the user can mend: nothing there to show, or a form that says too little."""
    return error(request, 404 if request.method in ("GET", "HEAD") else 422, str(problem))


async def on_opposed(request: Request, problem: Exception) -> Response:
    """A judgement that another person's stands against: the page offers to take that one back."""
    assert isinstance(problem, Opposed)
    url = f"/judgements/{problem.judgement.key}/undo"
    return error(request, 422, str(problem), hint="", undo_url=url)


async def on_moved(request: Request, problem: Exception) -> Response:
    """An incident's former address leads to its present one, and so do the addresses below it."""
    assert isinstance(problem, Moved)
    at = request.url.path.replace(problem.before, problem.now, 1)
    return RedirectResponse(at + (f"?{request.url.query}" if request.url.query else ""), 307)


async def on_read_only(request: Request, problem: Exception) -> Response:
    """A ledger that may only be read; where it lies is the desk's own affair."""
    log.warning("%s", problem)
    return error(request, 403, READS_ONLY)


async def on_invalid(request: Request, problem: Exception) -> Response:
    """A parameter that can't be understood; an id or number that none has is a page that is not there."""
    assert isinstance(problem, RequestValidationError)
    faults = problem.errors()
    missing = next((e for e in faults if e["loc"][0] == "path"), None)
    if missing is not None:
        thing = THINGS.get(request.url.path.split("/")[1], "page")
        return error(request, 404, f"There is no {thing} {shortened(missing['input'])} in this ledger.")
    told = [f"{'.'.join(str(x) for x in e['loc'][1:])}: {plainly(e)}" for e in faults[:5]]
    return error(request, 422, "; ".join(told))


def plainly(fault: Mapping[str, Any]) -> str:
    """What is wrong with a parameter, in plain words; the checker's own where it has no others."""
    kind, bounds = fault.get("type", ""), fault.get("ctx", {})
    found = next((words for pattern, words in PLAIN.items() if re.fullmatch(pattern, kind)), None)
    if found is None:
        return str(fault["msg"]).removeprefix("Value error, ")
    known = {k: str(v).replace("'", "") for k, v in bounds.items()}
    return found.format(given=shortened(fault.get("input")), **known)


def shortened(given: object) -> str:
    """What was given, where it is long its beginning."""
    words = str(given)
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


async def on_http(request: Request, problem: Exception) -> Response:
    """What the framework refuses."""
    assert isinstance(problem, HTTPException)
    words = {404: "There is no such page.", 405: "This address can't be asked that way."}
    answer = error(request, problem.status_code, words.get(problem.status_code, str(problem.detail)))
    answer.headers.update(problem.headers or {})
    return answer


async def on_busy(request: Request, problem: Exception) -> Response:
    """The database did not answer in time."""
    log.warning("the database did not answer: %s", problem)
    return error(request, 503, "The ledger did not answer in time.")


async def on_other(request: Request, problem: Exception) -> Response:
    """A mistake of ours; its details stay in the log."""
    log.error("unhandled", exc_info=problem)
    return error(request, 500, "Something went wrong in the desk itself.")


HANDLERS = {
    ReadOnly: on_read_only,
    Moved: on_moved,
    Opposed: on_opposed,
    UserError: on_user_error,
    ReportError: on_user_error,
    AccordingToError: on_other,
    RequestValidationError: on_invalid,
    HTTPException: on_http,
    OperationalError: on_busy,
    Exception: on_other,
}
