"""`accordingto read`: reports in, records out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from accordingto.cli.options import As, Outlet, Published, to_date
from accordingto.cli.output import keep_apart, keep_apart_from_input, written
from accordingto.cli.terminal import plain
from accordingto.errors import ReportError
from accordingto.record import Record


class Format(StrEnum):
    """What is printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def read(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Files, folders, globs; - for standard input.")
    ],
    published: Published = None,
    outlet: Outlet = None,
    format: Annotated[
        Format, typer.Option("--format", help="A page, a JSON list of records, or one HTML page.")
    ] = Format.TEXT,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    kind: As = None,
) -> None:
    """Read reports and show who says what in them."""
    day = to_date(published)
    from accordingto.cli.notes import tell
    from accordingto.intake.report import Known, Notes
    from accordingto.intake.sources import inputs, load
    from accordingto.reading.reader import Reader, Reading
    from accordingto.running.streaming import stream
    from accordingto.settings import load as load_settings

    settings = load_settings()
    keep_apart(output, inputs(files), "one of the files that are read")
    if "-" in files:
        keep_apart_from_input(output)
    reader = Reader(
        options=Reading(threads=settings.threads, backend=settings.backend),
        tables_dir=settings.data_dir,
        gazetteer=settings.gazetteer,
    )
    notes = Notes()
    known = Known(day, outlet, notes=notes)
    reports = load(files, known=known, format=kind, max_bytes=settings.max_bytes)
    results = list(stream(reader, reports, processes=settings.processes, cluster=settings.cluster))
    records = [r for r in results if isinstance(r, Record)]
    failures = [r for r in results if isinstance(r, ReportError)]
    if records:
        write(records, format, output, gazetteer=settings.gazetteer)
    tell(notes, len(results))
    for failure in failures:
        print(plain(f"accordingto: {failure}"), file=sys.stderr)
    if failures:
        raise typer.Exit(1)


def write(
    records: Sequence[Record], format: Format, output: Path | None, *, gazetteer: Path | None = None
) -> None:
    """Print or write records in one of the formats; pages draw their maps on the gazetteer's towns."""
    if format is Format.TEXT:
        from accordingto.cli.screen import Screen
        from accordingto.pages.text import show

        with written(output) as stream:
            console = Screen(stream)
            for record in records:
                show(console, record)
        return
    if format is Format.JSON:
        text = json.dumps([r.to_dict() for r in records], ensure_ascii=False, indent=1)
    else:
        from accordingto.pages.html import page
        from accordingto.reading.gazetteer import Gazetteer

        text = page(records, ground=Gazetteer(gazetteer).within)
    with written(output) as stream:
        stream.write(text + "\n")
