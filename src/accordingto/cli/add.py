"""`accordingto add`: reports into a ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from accordingto.cli.options import As, LedgerOption, NoMeaning, Outlet, Published, to_date
from accordingto.cli.terminal import plain
from accordingto.errors import ReportError


def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files, folders, globs; - for standard input.")
    ],
    ledger: LedgerOption = None,
    published: Published = None,
    outlet: Outlet = None,
    kind: As = None,
    no_meaning: NoMeaning = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Read reports into a ledger; the same report twice is one entry."""
    day = to_date(published)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from sqlalchemy.exc import DataError

    from accordingto.cli.notes import tell
    from accordingto.intake.report import Known, Notes, RawReport
    from accordingto.intake.sources import load
    from accordingto.ledger.deriving import bring_up_to_date
    from accordingto.ledger.entries import enter, known_reports, record_failure
    from accordingto.ledger.knowledge import knowledge
    from accordingto.ledger.meanings import fill
    from accordingto.ledger.session import open_ledger
    from accordingto.reading.document import document
    from accordingto.reading.reader import Reader, Reading
    from accordingto.record import Record
    from accordingto.running.streaming import stream
    from accordingto.settings import load as load_settings

    settings = load_settings()
    notes = Notes()
    given = Known(day, outlet, notes=notes)
    reports = load(paths, known=given, format=kind, max_bytes=settings.max_bytes)
    counts = {"entered": 0, "known": 0, "reread": 0}
    failures: list[ReportError] = []
    renamed: list[tuple[str, str]] = []
    with named(failures), open_ledger(ledger or settings.ledger) as book:
        book.expect_writing()
        reader = Reader(
            options=Reading(threads=settings.threads, backend=settings.backend),
            tables_dir=settings.data_dir,
            gazetteer=settings.gazetteer,
        )
        knowledge(settings.data_dir)  # a table that is wrong stops the run before anything is read
        known = known_reports(book, reader.model)
        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
            task = progress.add_task("reading", total=None)
            waiting: list[RawReport | ReportError] = []

            def taken() -> Iterator[RawReport | ReportError]:
                for report in reports:
                    if isinstance(report, RawReport) and (report.sha256, document(report).id) in known:
                        counts["known"] += 1
                        continue
                    waiting.append(report)
                    progress.update(task, total=progress.tasks[0].completed + len(waiting))
                    yield report

            for result in stream(reader, taken(), processes=settings.processes, cluster=settings.cluster):
                report = waiting.pop(0)
                if isinstance(result, Record) and isinstance(report, RawReport):
                    try:
                        entered = enter(book, report=report, record=result, model=reader.model)
                    except (DataError, ValueError) as error:
                        result = ReportError(report.name, not_kept(error))
                    else:
                        counts[entered.outcome] += 1
                        if entered.outcome == "entered" and entered.name != report.name:
                            renamed.append((report.name, entered.name))
                if isinstance(result, ReportError):
                    failures.append(result)
                    record_failure(book, result)
                progress.advance(task)
        bring_up_to_date(book, tables_dir=settings.data_dir)
        if not no_meaning:
            fill(book, reader.embedder)
    if as_json:
        failed = [{"name": f.name, "reason": f.reason} for f in failures]
        again = {"renamed": [{"name": a, "as": b} for a, b in renamed]} if renamed else {}
        aside = {"passed_over": dict(sorted(notes.passed_over.items()))} if notes.passed_over else {}
        print(json.dumps({**counts, "failed": failed, **again, **aside}, ensure_ascii=False))
    else:
        summary(counts, failures)
        name_again(renamed)
    tell(notes, sum(counts.values()) + len(failures))
    if failures:
        raise typer.Exit(1)


def not_kept(error: Exception) -> str:
    """Why the ledger's database refused one report."""
    return f"the ledger can't keep it ({getattr(error, 'orig', error)}); correct it and add it again."


@contextmanager
def named(failures: Sequence[ReportError]) -> Iterator[None]:
    """Name the reports that failed so far when a run is stopped before its summary."""
    try:
        yield
    except BaseException:
        name_all(failures)
        raise


def name_all(failures: Sequence[ReportError]) -> None:
    """Print what failed and why."""
    for failure in failures:
        print(plain(f"  failed: {failure}"), file=sys.stderr)


def name_again(renamed: Sequence[tuple[str, str]]) -> None:
    """Print which reports came under a name that another had, and the names by which they are known."""
    for name, known_as in renamed:
        print(plain(f"  {name}: another report has this name; this one is {known_as}"))


def summary(counts: dict[str, int], failures: Sequence[ReportError]) -> None:
    """Print what was entered, and what failed and why."""
    parts = [f"{counts['entered']} entered"]
    parts += [f"{counts['known']} already there"] if counts["known"] else []
    parts += [f"{counts['reread']} read again by another model"] if counts["reread"] else []
    parts += [f"{len(failures)} failed"] if failures else []
    print("Reports: " + ", ".join(parts) + ".")
    name_all(failures)
