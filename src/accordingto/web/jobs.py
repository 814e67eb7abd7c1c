"""Adding reports in the background: one worker thread takes jobs in turn, reads, enters and derives.

A job's page is kept in the ledger, with what became of each report, so that any process of a desk can show it; what failed is in
the ledger for good, with its reason.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import DataError, SQLAlchemyError

from accordingto.errors import AccordingToError, ReportError, UserError
from accordingto.intake.report import Known, RawReport, checked
from accordingto.intake.sources import SUFFIXES, from_bytes
from accordingto.ledger import tables
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import Entered, Outcome, enter, record_failure
from accordingto.ledger.meanings import Embed, fill
from accordingto.ledger.session import Ledger, ReadOnly
from accordingto.reading.reader import Reader, Reading
from accordingto.record import Record
from accordingto.settings import Settings
from accordingto.web.fetching import Page, fetch, same_site, site_of
from accordingto.web.formviews import JobItem, JobPage
from accordingto.web.uploads import File
from accordingto.web.words import sign

KEPT = 50  # jobs that are kept
OFTEN_S = 0.5  # between two times that a job's page is kept while it reads
AGAIN_S = (1.0, 10.0)  # after which a finished job's page is kept again where the database failed
WAITING = 20  # jobs that may wait
SHOWN = 500  # reports of a job that its page lists
ENDED = "The desk ended before it was done; what had been entered stays. Add it again: what is known is passed over."
log = logging.getLogger("accordingto.web")
Input = File | ReportError
ReaderMaker = Callable[[Settings], Reader]
NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody who adds a report says of it."""

    known: Known = NOTHING
    title: str | None = None
    url: str | None = None
    format: str | None = None


@dataclass(slots=True)
class Job:
    """One job; only the worker changes it once it is queued."""

    id: str
    title: str
    who: str
    inputs: list[Input]
    told: Told
    url: str | None = None
    stage: str = "waiting"
    done: int = 0
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    items: list[JobItem] = field(default_factory=list)
    failure: str | None = None
    note: str | None = None
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    kept: float = 0.0

    def page(self, *, items: bool = True) -> JobPage:
        """The job as pages show it."""
        return JobPage(
            id=self.id,
            url=f"/add/jobs/{self.id}",
            title=self.title,
            stage=self.stage,
            finished=self.stage in ("done", "failed"),
            done=self.done,
            total=self.total,
            entered=self.counts.get("entered", 0) + self.counts.get("reread", 0),
            known=self.counts.get("known", 0),
            failed=self.counts.get("failed", 0),
            started=self.started,
            items=tuple(self.items[:SHOWN]) if items else (),
            failure=self.failure,
        )


def make_reader(settings: Settings) -> Reader:
    """The reader that ships, under the settings."""
    options = Reading(threads=settings.threads, backend=settings.backend)
    return Reader(options=options, tables_dir=settings.data_dir, gazetteer=settings.gazetteer)


class Busy(Exception):
    """Too many jobs wait."""


class Worker:
    """The thread that works jobs off. `start` it with the app, `stop` it at its end."""

    def __init__(
        self,
        ledger: Ledger,
        settings: Settings,
        *,
        reader: ReaderMaker = make_reader,
        fetcher: Callable[[str], Page] = fetch,
        embed: Embed | None = None,
    ) -> None:
        self.ledger = ledger
        self.settings = settings
        self._make_reader = reader
        self._fetch, self._embed = fetcher, embed
        self._reader: Reader | None = None
        self._queue: queue.Queue[Job | None] = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()

    def start(self) -> None:
        """Begin to work."""
        self._ending.clear()
        self._thread = threading.Thread(target=self._run, name="desk-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the report at hand; what waits is kept as failed, with that reason."""
        if self._thread is not None:
            self._ending.set()
            with suppress(queue.Full):  # then it isn't asleep, and sees the sign
                self._queue.put_nowait(None)
            self._thread.join(timeout=10)
            self._thread = None

    def add(self, title: str, inputs: list[Input], told: Told, *, who: str, url: str | None = None) -> Job:
        """Queue a job.

        Raises:
            Busy: where too many wait.
        """
        job = Job(secrets.token_urlsafe(9), title, who, inputs, told, url, total=len(inputs) or 1)
        if self._queue.full():
            raise Busy
        # before the worker can end it, or its last page would be written over
        keep(self.ledger, job.page(), new=True)
        try:
            self._queue.put_nowait(job)
        except queue.Full:
            job.stage, job.failure = "failed", "Too many jobs wait. Add the reports again later."
            self._keep(job)
            raise Busy from None
        return job

    def _keep(self, job: Job) -> None:
        """Keep a job's page as it is now."""
        job.kept = time.monotonic()
        keep(self.ledger, job.page())

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                self._work(job)
                job.stage = "done"
            except ReadOnly as error:  # where the ledger lies is the desk's own affair
                log.warning("%s", error)
                job.stage, job.failure = (
                    "failed",
                    "The ledger may only be read now; nothing more was entered.",
                )
            except AccordingToError as error:
                job.stage, job.failure = "failed", str(error)
            except Exception as error:
                log.error("a job failed", exc_info=error)
                job.stage, job.failure = (
                    "failed",
                    f"Something went wrong in the desk itself ({type(error).__name__}).",
                )
            job.inputs = []
            self._end(job)

    def _next(self) -> Job | None:
        """The next job; None once the desk ends and none waits."""
        try:
            return self._queue.get(block=not self._ending.is_set())
        except queue.Empty:
            return None

    def _end(self, job: Job) -> None:
        """Keep a finished job's page; a database that fails is asked again, and ends no other job."""
        for wait in (*AGAIN_S, None):
            try:
                self._keep(job)
                return
            except (SQLAlchemyError, ReadOnly) as error:
                log.warning("the page of job %s could not be kept: %s", job.id, error)
            if wait is not None:
                self._ending.wait(wait)

    def _go_on(self) -> None:
        """Between two reports.

        Raises:
            UserError: where the desk ends.
        """
        if self._ending.is_set():
            raise UserError(ENDED)

    def _work(self, job: Job) -> None:
        """Fetch, read, enter, derive."""
        self._go_on()
        if job.url is not None:
            job.stage = "fetching"
            self._keep(job)
            job.inputs = [self._fetched(job)]
        job.stage = "reading"
        reports = list(self._reports(job))
        job.total = len(reports)
        if self._reader is None and any(isinstance(r, RawReport) for r in reports):
            self._reader = self._make_reader(self.settings)
        for report in reports:
            self._one(job, report)
            job.done += 1
            self._go_on()
            if time.monotonic() > job.kept + OFTEN_S:
                self._keep(job)
        job.stage = "merging"
        self._keep(job)
        bring_up_to_date(self.ledger, tables_dir=self.settings.data_dir)
        if self._embed is not None:
            fill(self.ledger, self._embed)

    def _fetched(self, job: Job) -> Input:
        """The page at the job's URL."""
        assert job.url is not None
        try:
            page = self._fetch(job.url)
        except ReportError as error:
            return error
        known = replace(job.told.known, charset=page.charset)
        job.told = replace(job.told, known=known, url=page.url, format=page.format)
        return File(page.url, page.data)

    def _reports(self, job: Job) -> Iterator[RawReport | ReportError]:
        """The reports of a job's files."""
        for given in job.inputs:
            if isinstance(given, ReportError):
                yield given
                continue
            kind = job.told.format or SUFFIXES.get("." + given.name.rpartition(".")[2].lower())
            for found in from_bytes(given.data, given.name, known=job.told.known, format=kind):
                if isinstance(found, RawReport):
                    if job.told.url:
                        found, job.note = as_fetched(found, job.told.url, job.told.known)
                    yield checked(replace(found, title=job.told.title or found.title), given.name)
                else:
                    yield found

    def _one(self, job: Job, report: RawReport | ReportError) -> None:
        """Read and enter one report, note what became of it."""
        outcome: Entered | ReportError
        if isinstance(report, ReportError):
            outcome = report
        else:
            assert self._reader is not None
            read = next(iter(self._reader.stream([report])))
            if isinstance(read, ReportError):
                outcome = read
            else:
                outcome = self._entered(report, read, self._reader.model)
        if isinstance(outcome, ReportError):
            record_failure(self.ledger, outcome)
            job.items.append(JobItem(outcome.name, sign("job", "failed"), outcome.reason))
            state = "failed"
        else:
            state = str(Outcome(outcome.outcome))
            job.items.append(JobItem(report.name, sign("job", state), job.note, f"/reports/{outcome.report}"))
        job.counts[state] = job.counts.get(state, 0) + 1

    def _entered(self, report: RawReport, record: Record, model: str) -> Entered | ReportError:
        """What entering did; a report that the database refuses is a failure, and leaves the others."""
        try:
            return enter(self.ledger, report=report, record=record, model=model)
        except (DataError, ValueError) as error:
            log.warning("a report was refused by the database: %s", error)
            return ReportError(report.name, "the ledger can't keep it as it is; correct it and add it again.")


def as_fetched(found: RawReport, url: str, known: Known) -> tuple[RawReport, str | None]:
    """A report under the address that it was fetched from, and what to say of it where its page names another site's.

    Whoever makes a page writes into it what they like, so it tells its address and its outlet only within its own site.
    """
    if found.url is None or same_site(found.url, url):
        return replace(found, url=found.url or url), None
    outlet = known.outlet or site_of(url)
    note = (
        f"its page gives {found.url[:200]} as its address; it is kept under that which it was fetched from."
    )
    return replace(found, url=url, outlet=outlet), note


def keep(ledger: Ledger, page: JobPage, *, new: bool = False) -> None:
    """Keep a job's page; a new one drives out the oldest finished one beyond `KEPT`."""
    t = tables.jobs
    values = {"finished": page.finished, "body": msgspec.json.encode(page).decode()}
    with ledger.write(silent=True) as connection:
        if not new:
            connection.execute(t.update().where(t.c.id == page.id).values(values))
            return
        last = connection.scalar(select(func.max(t.c.number))) or 0
        connection.execute(t.insert().values(id=page.id, number=last + 1, **values))
        connection.execute(t.delete().where((t.c.number <= last + 1 - KEPT) & t.c.finished))


def kept(ledger: Ledger, key: str) -> JobPage | None:
    """A job's page by its id; None where there is none."""
    t = tables.jobs
    with ledger.begin() as connection:
        body = connection.scalar(select(t.c.body).where(t.c.id == key))
    return msgspec.json.decode(body, type=JobPage) if body else None


def recent(ledger: Ledger) -> list[JobPage]:
    """The jobs that are kept, the newest first, without their reports."""
    t = tables.jobs
    with ledger.begin() as connection:
        bodies = list(connection.scalars(select(t.c.body).order_by(t.c.number.desc()).limit(KEPT)))
    pages = (msgspec.json.decode(b, type=JobPage) for b in bodies)
    return [msgspec.structs.replace(p, items=()) for p in pages]


def end_unfinished(ledger: Ledger) -> None:
    """When a desk opens: what an earlier one had not done has failed."""
    t = tables.jobs
    with ledger.begin() as connection:
        bodies = list(connection.scalars(select(t.c.body).where(~t.c.finished)))
    for page in (msgspec.json.decode(b, type=JobPage) for b in bodies):
        keep(ledger, msgspec.structs.replace(page, stage="failed", finished=True, failure=ENDED))
