"""The addresses about people and about the desk itself: sign-in, accounts, what runs here, the API's description."""

from __future__ import annotations

import time
from importlib import metadata
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import func, select

from accordingto import __version__
from accordingto.errors import UserError
from accordingto.ledger import chain, tables
from accordingto.ledger.people import (
    Lasting,
    accounts,
    add_account,
    change_account,
    drop_expired,
    sign_in,
    sign_out,
)
from accordingto.ledger.session import ReadOnly
from accordingto.roles import Role
from accordingto.web.acting import Admin, FormOf, go, local_path
from accordingto.web.acting_routes import FORM
from accordingto.web.desk import Desk
from accordingto.web.formviews import AboutPage, Account, AccountsPage, ApiPage, LoginPage, Operation
from accordingto.web.guards import SESSION
from accordingto.web.rendering import as_json, show, wants_json
from accordingto.web.serving import DeskOf, add_page
from accordingto.web.words import legend

router = APIRouter(tags=["desk"])
LICENCES = (
    "accordingto",
    "fastapi",
    "starlette",
    "uvicorn",
    "jinja2",
    "SQLAlchemy",
    "onnxruntime",
    "httpx",
    "argon2-cffi",
    "limits",
)


def login(next: Annotated[str, Query(max_length=2000, description="Where to go then.")] = "/") -> LoginPage:
    """Sign in."""
    return LoginPage(local_path(next))


add_page(router, "/login", "login", LoginPage, login)


@router.post("/login", responses=FORM, response_class=Response)
def enter(request: Request, desk: DeskOf, form: FormOf) -> Response:
    """Sign in with name and password."""
    o, now = desk.options, time.time()
    with desk.ledger.write(silent=True) as c:
        drop_expired(c, now, Lasting(o.idle_s, o.longest_s))
    token = sign_in(desk.ledger, form.get("name", "").strip(), form.get("password", ""), now)
    if token is None:
        page = LoginPage(
            local_path(form.get("next", "/")), "Name and password don’t fit, or the account is closed."
        )
        return as_json(page, status=403) if wants_json(request) else show(request, "login", page, status=403)
    if "desk.session" in request.scope:
        sign_out(desk.ledger, request.scope["desk.session"])
    answer = go(request, local_path(form.get("next", "/")))
    set_session(answer, desk, token, o.longest_s)
    return answer


def set_session(answer: Response, desk: Desk, token: str, lasts_s: int) -> None:
    """The session's cookie; no script reads it."""
    name = f"__Host-{SESSION}" if desk.options.https else SESSION
    answer.set_cookie(
        name, token, max_age=lasts_s, path="/", httponly=True, samesite="lax", secure=desk.options.https
    )


@router.post("/logout", responses=FORM, response_class=Response)
def leave(request: Request, desk: DeskOf, form: FormOf) -> Response:
    """Sign out."""
    if "desk.session" in request.scope:
        sign_out(desk.ledger, request.scope["desk.session"])
    answer = go(request, "/login" if desk.options.signs_in else "/")
    answer.headers["clear-site-data"] = '"cache"'  # or going back would show the pages again
    set_session(answer, desk, "", 0)
    return answer


def people(desk: DeskOf, admin: Admin) -> AccountsPage:
    """Who may sign in."""
    return people_page(desk)


def people_page(desk: Desk, problem: str | None = None) -> AccountsPage:
    """The page of accounts."""
    known = tuple(Account(a.name, str(a.role), a.made_at, a.active) for a in accounts(desk.ledger))
    return AccountsPage(known, tuple(str(r) for r in Role), problem)


add_page(router, "/accounts", "accounts", AccountsPage, people)


def role_of(form: dict[str, str]) -> Role | None:
    """The role that a form gives.

    Raises:
        UserError: where there is no such role.
    """
    given = form.get("role", "")
    if given and given not in list(Role):
        raise UserError(f"{given[:20]!r} is no role; the roles are {', '.join(Role)}.")
    return Role(given) if given else None


def active_of(form: dict[str, str]) -> bool | None:
    """Whether a form opens or closes an account; None where it says nothing of that.

    Raises:
        UserError: where it says something else.
    """
    given = form.get("active", "")
    if given not in ("", "true", "false"):
        raise UserError(f"{given[:20]!r} neither opens nor closes an account; active is true or false.")
    return given == "true" if given else None


@router.post("/accounts/add", responses=FORM, response_class=Response)
def add_person(request: Request, desk: DeskOf, admin: Admin, form: FormOf) -> Response:
    """Make an account."""
    try:
        role = role_of(form) or Role.READER
        add_account(desk.ledger, form.get("name", "").strip(), role=role, password=form.get("password", ""))
    except UserError as problem:
        return people_again(request, desk, problem)
    return go(request, "/accounts")


@router.post("/accounts/set", responses=FORM, response_class=Response)
def set_person(request: Request, desk: DeskOf, admin: Admin, form: FormOf) -> Response:
    """Change an account's role or password, close or open it."""
    try:
        change_account(
            desk.ledger,
            form.get("name", "").strip(),
            role=role_of(form),
            password=form.get("password") or None,
            active=active_of(form),
        )
    except UserError as problem:
        return people_again(request, desk, problem)
    return go(request, "/accounts")


def people_again(request: Request, desk: Desk, problem: UserError) -> Response:
    """The page of accounts again, with what was wrong.

    Raises:
        ReadOnly: where that is a ledger that may only be read.
    """
    if isinstance(problem, ReadOnly):
        raise problem
    page = people_page(desk, str(problem))
    return as_json(page, status=422) if wants_json(request) else show(request, "accounts", page, status=422)


def about(desk: DeskOf) -> AboutPage:
    """What runs here: program, model, ledger, licences."""
    r = tables.records.c
    with desk.ledger.begin() as c:
        lines, head = chain.head(c)
        model = c.scalar(select(r.model).order_by(r.id.desc()).limit(1))
        steps = c.scalar(select(func.max(tables.schema_steps.c.step))) or 0
    return AboutPage(
        version=__version__,
        model=model or "no report read yet",
        backend=desk.settings.backend or "the fastest that fits this machine",
        ledger=desk.ledger.engine.dialect.name,
        steps=steps,
        offline="Nothing leaves this machine; a URL is fetched only when somebody adds it."
        + (f" Map tiles come from {desk.options.tile_url}." if desk.options.tile_url else ""),
        licences=licences(),
        log_lines=lines,
        log_head=head,
        legend=legend(),
    )


def licences() -> tuple[tuple[str, str], ...]:
    """The parts that the desk is made of, with their licences as they give them."""
    out = []
    for name in LICENCES:
        told = metadata.metadata(name)
        words = (told["License-Expression"] or told["License"] or "").strip().split("\n")[0][:60]
        out.append((f"{name} {told['Version']}", words or "see the package"))
    return tuple(out)


add_page(router, "/about", "about", AboutPage, about)


def api(request: Request) -> ApiPage:
    """Every page as JSON: addresses, parameters, what they give."""
    found: dict[str, Any] = request.app.openapi()
    return ApiPage(
        tuple(
            Operation(f"{method.upper()} {path}", what.get("summary") or "", parameters(what))
            for path, methods in found["paths"].items()
            for method, what in methods.items()
        )
    )


def parameters(what: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """The parameters of one operation: name, kind, meaning."""
    return tuple(
        (p["name"], kind_of(p.get("schema", {})), p.get("description", ""))
        for p in what.get("parameters", ())
    )


def kind_of(schema: dict[str, Any]) -> str:
    """A schema's kind in words."""
    some = [schema, *schema.get("anyOf", ())]
    kinds = [s.get("format") or s.get("type") or s.get("$ref", "").rpartition("/")[2] for s in some]
    return " or ".join(dict.fromkeys(k for k in kinds if k and k != "null")) or "text"


add_page(router, "/api", "api", ApiPage, api)
