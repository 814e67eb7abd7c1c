"""The addresses of pages on which people act: an incident with its forms, the review queue, adding."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from fastapi.responses import Response
from pydantic import BeforeValidator
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from accordingto.errors import ReportError, UserError
from accordingto.intake.report import YEARS, Known
from accordingto.intake.sources import SUFFIXES
from accordingto.ledger.judgements import one
from accordingto.web.acting import (
    FilesOf,
    FormOf,
    Reviewer,
    go,
    may_judge,
)
from accordingto.web.asking import blank
from accordingto.web.briefs import brief_page
from accordingto.web.desk import Desk
from accordingto.web.fetching import check_url
from accordingto.web.formviews import AddPage, JobPage, ReviewPage
from accordingto.web.incidentpage import incident_page, judged_now
from accordingto.web.jobs import Busy, Input, Told, Worker, kept, recent
from accordingto.web.judging import Conflict, answer, judge_incident, undo
from accordingto.web.parts import Link, Paging
from accordingto.web.placing import Unclear
from accordingto.web.refusing import error
from accordingto.web.rendering import as_json, show, wants_json
from accordingto.web.reviewqueue import ASKED, KINDS, LOOKED_AT, doubts, questions
from accordingto.web.serving import DeskOf, add_page
from accordingto.web.uploads import File, Room, opened, plain_name
from accordingto.web.views import BriefPage, IncidentPage
from accordingto.web.words import sign

router = APIRouter(tags=["work"])
EXAMPLE = Path(__file__).parent / "example.jsonl"
NAME = 60  # characters of a pasted text that name it
GIVEN = ("url", "published", "outlet", "title")  # what a form that was refused shows again
IncidentId = Annotated[
    str, InPath(max_length=17, pattern=r"^I[0-9a-f]{16}$", description="The incident's id.")
]
JobId = Annotated[str, InPath(max_length=20, pattern=r"^[\w-]+$", description="The job's id.")]
Done = Annotated[
    str | None, Query(max_length=17, pattern=r"^J[0-9a-f]{16}$", description="A judgement made just now.")
]
FORM: dict[int | str, dict[str, Any]] = {
    303: {"description": "Done; leads on."},
    403: {
        "description": "No CSRF token of this visit, or not the role for it.",
        "content": {"application/json": {}},
    },
    404: {"description": "There is no such thing.", "content": {"application/json": {}}},
    409: {"description": "Somebody judged meanwhile; shows both.", "content": {"application/json": {}}},
    413: {"description": "Too large.", "content": {"application/json": {}}},
    422: {"description": "The form says too little.", "content": {"application/json": {}}},
    429: {"description": "Too many requests; wait.", "content": {"application/json": {}}},
}


def incident(request: Request, desk: DeskOf, id: IncidentId) -> IncidentPage:
    """One incident: the matrix of accounts, its history, why its accounts are one."""
    with desk.ledger.begin() as c:
        return incident_page(c, id, may_judge=may_judge(request))


def brief(request: Request, desk: DeskOf, id: IncidentId) -> BriefPage:
    """One incident on one page, with its sources."""
    with desk.ledger.begin() as c:
        page = incident_page(c, id, may_judge=False)
    address = f"{str(request.base_url).rstrip('/')}/incidents/{id}"
    return brief_page(page, printed=date.today().isoformat(), address=address)


add_page(router, "/incidents/{id}", "incident", IncidentPage, incident, keep=True)
add_page(router, "/incidents/{id}/brief", "brief", BriefPage, brief)


@router.post("/incidents/{id}/judge", responses=FORM, response_class=Response)
def judge(request: Request, desk: DeskOf, id: IncidentId, person: Reviewer, form: FormOf) -> Response:
    """Judge an incident: merge, split, wrong, right, value, place, review, reject."""
    try:
        done, at = judge_incident(desk, id, form, person.name)
    except Conflict as conflict:
        return clash(request, conflict)
    except Unclear as unclear:
        return which(request, unclear)
    return go(request, f"/incidents/{at}?done={done}")


@router.post("/judgements/{key}/undo", responses=FORM, response_class=Response)
def take_back(
    request: Request,
    desk: DeskOf,
    key: Annotated[str, InPath(max_length=17, pattern=r"^J[0-9a-f]{16}$")],
    person: Reviewer,
    form: FormOf,
) -> Response:
    """Take a judgement back."""
    at = undo(desk, key, person.name, form.get("why", "").strip()[:500] or "taken back")
    back = form.get("back", "")
    return go(request, "/review" if back == "review" else f"/incidents/{at}" if at else "/incidents")


def clash(request: Request, conflict: Conflict) -> Response:
    """What was sent beside what came before it."""
    if wants_json(request):
        return as_json(conflict.page, status=409)
    return show(request, "conflict", conflict.page, status=409)


def which(request: Request, unclear: Unclear) -> Response:
    """Which of several places is meant."""
    if wants_json(request):
        return as_json(unclear.page, status=422)
    return show(request, "which", unclear.page, status=422)


Asked = Annotated[
    Literal["merge", "apart", "place", "figure"] | None,
    BeforeValidator(blank),
    Query(description="Only questions of this kind."),
]


Skip = Annotated[int, Query(ge=0, le=LOOKED_AT, description="So many questions of a kind are left out.")]


def review(
    request: Request, desk: DeskOf, kind: Asked = None, done: Done = None, skip: Skip = 0
) -> ReviewPage:
    """What is doubtful, a few questions at a time: merges, places, figures first; those of one kind go on after `skip`."""
    skip = skip if kind else 0
    with desk.ledger.begin() as c:
        held = desk.keep(c, "doubts", None, lambda: doubts(c))
        make = lambda: tuple(questions(c, held, kind, skip))  # noqa: E731
        items = desk.keep(c, "questions", (kind, skip), make)
        made = judged_now(c, one(c, done)) if done else None
    return ReviewPage(
        items=items,
        counts=tuple(Link(sign("doubt", k).words, f"/review?kind={k}", held.counts[k]) for k in KINDS),
        kind=kind,
        may_judge=may_judge(request),
        done=done,
        done_words=made.words if made else None,
        undo_url=f"/judgements/{done}/undo" if done else None,
        done_about=made.about if made else (),
        paging=Paging(
            next=f"/review?kind={kind}&skip={skip + ASKED}"
            if kind and held.counts[kind] > skip + ASKED
            else None,
            first=f"/review?kind={kind}" if skip else None,
        ),
    )


add_page(router, "/review", "review", ReviewPage, review, keep=True)


@router.post("/review", responses=FORM, response_class=Response)
def answered(request: Request, desk: DeskOf, person: Reviewer, form: FormOf) -> Response:
    """Answer a question with y or n."""
    try:
        done, _ = answer(desk, form.get("item", ""), form, person.name)
    except Conflict as conflict:
        return clash(request, conflict)
    kind = form.get("kind", "")
    given = {"kind": kind} if kind in KINDS else {}
    url = f"/review?{urlencode({**given, 'done': done})}"
    if wants_json(request):
        return as_json({"url": url, "judgement": done, "undo_url": f"/judgements/{done}/undo"})
    return go(request, url)


# Adding.


def worker_of(desk: Desk) -> Worker:
    """The worker.

    Raises:
        UserError: where this desk takes nothing in.
    """
    if desk.worker is None:
        raise UserError("This desk takes no reports in; use `accordingto add`.")
    return desk.worker


def add(request: Request, desk: DeskOf) -> AddPage:
    """Paste a report, send files or a folder, give a URL; and what became of earlier ones."""
    return adding(desk, may_add=may_judge(request))


def adding(
    desk: Desk, *, may_add: bool, problem: str | None = None, given: dict[str, str] | None = None
) -> AddPage:
    """The page for adding; `given`: the form that was refused, so that nobody need type it again."""
    o = desk.options
    jobs = recent(desk.ledger) if desk.worker else []
    suffixes = (*sorted(SUFFIXES), ".zip")
    return AddPage(
        may_add and desk.worker is not None,
        o.most_bytes,
        o.most_files,
        suffixes,
        tuple(jobs),
        problem,
        desk.ledger.read_only,
        {k: v for k, v in (given or {}).items() if k in GIVEN},
    )


def job(desk: DeskOf, id: JobId) -> JobPage:
    """How far a job is; what failed and why."""
    found = kept(worker_of(desk).ledger, id)
    if found is None:
        raise UserError("There is no such job; the oldest are forgotten. /add lists those it knows.")
    return found


add_page(router, "/add", "add", AddPage, add)
add_page(router, "/add/jobs/{id}", "job", JobPage, job)


def told(form: dict[str, str], *, title: bool = False) -> Told:
    """What the form says of a report.

    Raises:
        UserError: where its day is none, or none of a report.
    """
    day = form.get("published", "").strip()
    try:
        published = date.fromisoformat(day) if day else None
    except ValueError:
        raise UserError(f"{day[:20]!r} is no day; write it as 2031-03-07.") from None
    if published and published.year not in YEARS:
        raise UserError(f"{day} can't be when a report appeared; give a year from {YEARS[0]} to {YEARS[-1]}.")
    outlet = " ".join(form.get("outlet", "").split())[:200] or None
    heading = " ".join(form.get("title", "").split())[:300] or None
    return Told(Known(published, outlet), heading if title else None)


@router.post("/add/text", responses=FORM, response_class=Response)
def add_text(request: Request, desk: DeskOf, person: Reviewer, form: FormOf) -> Response:
    """Add a pasted report."""
    text = form.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        return refused(request, desk, "There is no text in it; paste the report.", form)
    said = told(form, title=True)
    name = said.title or shorten(text.strip().partition("\n")[0], NAME, placeholder=" …")
    given: list[Input] = [File(plain_name(f"pasted: {name}.txt"), text.encode("utf-8", "replace"))]
    return queued(request, desk, f"Pasted: {name}", given, said, person.name)


@router.post("/add/example", responses=FORM, response_class=Response)
def add_example(request: Request, desk: DeskOf, person: Reviewer, form: FormOf) -> Response:
    """Add the invented example: two short reports of one incident."""
    given: list[Input] = [File(EXAMPLE.name, EXAMPLE.read_bytes())]
    return queued(request, desk, "An invented example", given, Told(), person.name)


@router.post("/add/url", responses=FORM, response_class=Response)
def add_url(request: Request, desk: DeskOf, person: Reviewer, form: FormOf) -> Response:
    """Add a page of the public web."""
    url = form.get("url", "").strip()[:2000]
    try:
        check_url(url)
    except ReportError as problem:
        return refused(request, desk, str(problem), form)
    return queued(request, desk, url, [], told(form), person.name, url=url)


@router.post("/add/files", responses=FORM, response_class=Response)
async def add_files(
    request: Request, desk: DeskOf, person: Reviewer, form: FormOf, files: FilesOf
) -> Response:
    """Add files, a folder's files, or a zip of them."""
    if not files:
        return await run_in_threadpool(refused, request, desk, "There is no file in it; choose some.")
    given: list[Input] = []
    room = Room(desk.options.most_bytes, desk.options.most_files)
    for file in files:
        given += await run_in_threadpool(contents, file, await file.read(), room)
    title = plain_name(files[0].filename or "files")
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return await run_in_threadpool(
        queued, request, desk, f"{title[:80]}{more}", given, told(form), person.name
    )


def contents(file: UploadFile, data: bytes, room: Room) -> list[Input]:
    """The reports of one uploaded file."""
    return list(opened(file.filename or "unnamed", data, room))


def queued(
    request: Request,
    desk: Desk,
    title: str,
    given: list[Input],
    said: Told,
    who: str,
    url: str | None = None,
) -> Response:
    """Queue a job and lead to its page."""
    try:
        made = worker_of(desk).add(title, given, said, who=who, url=url)
    except Busy:
        return error(request, 503, "Too many jobs wait; add this one when some are done.")
    return go(request, f"/add/jobs/{made.id}")


def refused(request: Request, desk: Desk, problem: str, form: dict[str, str] | None = None) -> Response:
    """The page for adding again, with what was wrong and what was sent."""
    page = adding(desk, may_add=may_judge(request), problem=problem, given=form)
    return as_json(page, status=422) if wants_json(request) else show(request, "add", page, status=422)
