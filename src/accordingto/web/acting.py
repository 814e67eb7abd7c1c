"""Who may send a form: a CSRF token of this visit, and a role."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from accordingto.roles import Role
from accordingto.web.desk import Desk
from accordingto.web.here import Person, is_token, person_of
from accordingto.web.refusing import READS_ONLY
from accordingto.web.rendering import as_json, wants_json

RANK = {Role.READER: 0, Role.REVIEWER: 1, Role.ADMIN: 2}
Form = dict[str, str]
MOST_FIELDS = 200  # fields of one form


async def form_of(request: Request) -> AsyncIterator[Form]:
    """The fields of a form, checked to come from a page of this visit; its files are closed in the end.

    Raises:
        HTTPException: 403 where the token is missing or another's, or the ledger may only be read.
    """
    desk: Desk = request.app.state.desk
    o = desk.options
    fields = await request.form(
        max_files=o.most_files, max_fields=MOST_FIELDS, max_part_size=o.most_form_bytes
    )
    try:
        given = request.headers.get("x-csrf-token") or fields.get("csrf")
        visit = request.scope.get("desk.visit", "")
        if not isinstance(given, str) or not is_token(desk.secret, visit, given):
            raise HTTPException(
                403,
                "This form has expired or came from elsewhere; go back, reload the page and send it again.",
            )
        if desk.ledger.read_only:
            raise HTTPException(403, READS_ONLY)
        yield {k: v.replace("\x00", "") for k, v in fields.items() if isinstance(v, str)}
    finally:
        await fields.close()


async def files_of(request: Request) -> list[UploadFile]:
    """The files of a form, each name as often as it comes."""
    fields = await request.form()
    return [f for f in fields.getlist("files") if isinstance(f, UploadFile) and f.filename]


def at_least(role: Role) -> Callable[..., Any]:
    """A dependency that lets through only those with a role, or a higher one."""

    async def check(request: Request) -> Person:
        person = person_of(request)
        if person is None or RANK[person.role] < RANK[role]:
            article = "an" if role is Role.ADMIN else "a"
            raise HTTPException(403, f"Only {article} {role} may do this; ask an admin for that role.")
        return person

    return check


Reader = Annotated[Person, Depends(at_least(Role.READER))]
Reviewer = Annotated[Person, Depends(at_least(Role.REVIEWER))]
Admin = Annotated[Person, Depends(at_least(Role.ADMIN))]
FormOf = Annotated[Form, Depends(form_of)]
FilesOf = Annotated[list[UploadFile], Depends(files_of)]


def may_judge(request: Request) -> bool:
    """True for reviewers and admins, where the ledger can be written to."""
    person, desk = person_of(request), request.app.state.desk
    return person is not None and RANK[person.role] >= RANK[Role.REVIEWER] and not desk.ledger.read_only


def go(request: Request, url: str) -> Response:
    """On to another page; where JSON is asked for, its address."""
    return as_json({"url": url}) if wants_json(request) else RedirectResponse(url, 303)


def local_path(given: str) -> str:
    """A path of this desk, else the front page: nobody is sent elsewhere."""
    safe = given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable()
    return given if safe and "\\" not in given else "/"
