"""The pages on which people act: adding, reviewing, signing in; and those about the desk itself."""

from __future__ import annotations

from accordingto.web.parts import HistoryItem, Link, Paging, Part, Sign, Span


class JobItem(Part, frozen=True):
    """One report of a job; `state`: waiting, entered, known, reread, failed."""

    name: str
    state: Sign
    reason: str | None = None
    url: str | None = None


class JobPage(Part, frozen=True):
    """`/add/jobs/{id}`; `finished` once nothing more will change. `failure`: why the job as a whole ended."""

    id: str
    url: str
    title: str
    stage: str
    finished: bool
    done: int
    total: int
    entered: int
    known: int
    failed: int
    started: str
    items: tuple[JobItem, ...]
    failure: str | None = None


class AddPage(Part, frozen=True):
    """`/add`. Forms post to `/add/text` (`text`, `title`, `published`, `outlet`), `/add/files` (`files`, several; a
    .zip is opened) and `/add/url` (`url`), each with `csrf`. Sizes in bytes. After a refusal `given` is what was sent."""

    may_add: bool
    most_bytes: int
    most_files: int
    suffixes: tuple[str, ...]
    jobs: tuple[JobPage, ...]
    problem: str | None = None
    read_only: bool = False
    given: dict[str, str] = {}  # noqa: RUF012  (msgspec copies it)


class ReviewSide(Part, frozen=True):
    """One of the accounts or values in question, with the words that tell it."""

    title: str
    url: str
    outlet: str | None
    published: str | None
    words: tuple[Span, ...]
    facts: tuple[tuple[str, str], ...] = ()


class ReviewItem(Part, frozen=True):
    """One question. Its form posts to `/review` with `item`, `answer` (y or n), `why`, `version`, `csrf`.

    `kind`: merge, apart, place, figure. `edit_url` is where `e` leads; `yes` and `no` are the buttons' words.
    """

    id: str
    kind: Sign
    question: str
    yes: str
    no: str
    doubt: str
    version: str
    incident: Link
    edit_url: str
    sides: tuple[ReviewSide, ...]
    map_url: str | None = None


class ReviewPage(Part, frozen=True):
    """`/review?kind=`; `done` is the judgement made just now, about `done_about`, which `undo_url` (POST) takes back."""

    items: tuple[ReviewItem, ...]
    counts: tuple[Link, ...]
    kind: str | None
    may_judge: bool
    done: str | None = None
    done_words: str | None = None
    undo_url: str | None = None
    done_about: tuple[Link, ...] = ()
    paging: Paging = Paging()


class ConflictPage(Part, frozen=True):
    """409: somebody judged meanwhile; `mine` is what was sent, `theirs` what came before it. Nothing was lost:
    the form of `again` (name, value) may be sent to `again_url` anew with the new version."""

    title: str
    incident_url: str
    mine: tuple[tuple[str, str], ...]
    theirs: tuple[HistoryItem, ...]
    again_url: str
    again: tuple[tuple[str, str], ...]


class PlaceChoice(Part, frozen=True):
    """One of the places that bear a name, in words; `again` (name, value) is the form that chooses it."""

    words: str
    again: tuple[tuple[str, str], ...]


class WhichPlacePage(Part, frozen=True):
    """422: several places bear the name that was given; nothing is entered yet. The form of a choice is sent to `again_url`."""

    name: str
    incident_url: str
    again_url: str
    choices: tuple[PlaceChoice, ...]


class AboutPage(Part, frozen=True):
    """`/about`: how to read the desk, and what runs here; `legend` holds signs and their meanings by family."""

    version: str
    model: str
    backend: str
    ledger: str
    steps: int
    offline: str
    licences: tuple[tuple[str, str], ...]
    log_lines: int
    log_head: str
    legend: tuple[tuple[str, tuple[tuple[Sign, str], ...]], ...]


class LoginPage(Part, frozen=True):
    """`/login`: posts `name`, `password`, `next`, `csrf`."""

    next: str
    problem: str | None = None


class Account(Part, frozen=True):
    """Somebody who may sign in."""

    name: str
    role: str
    made_at: str
    active: bool


class AccountsPage(Part, frozen=True):
    """`/accounts` (admins): posts to `/accounts/add` (`name`, `role`, `password`), `/accounts/set` (`name`, `role`
    or `password` or `active`)."""

    people: tuple[Account, ...]
    roles: tuple[str, ...]
    problem: str | None = None


class Operation(Part, frozen=True):
    """One page of the API: path, what it gives, its parameters (name, kind, meaning)."""

    path: str
    words: str
    parameters: tuple[tuple[str, str, str], ...]


class ApiPage(Part, frozen=True):
    """`/api`."""

    operations: tuple[Operation, ...]


class ErrorPage(Part, frozen=True):
    """Any refusal: what happened, why, what to do next. `undo_url` (POST) takes back the judgement that stands against a form."""

    status: int
    title: str
    message: str
    hint: str | None = None
    back: str | None = None
    undo_url: str | None = None
