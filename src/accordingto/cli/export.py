"""`accordingto export --to FORMAT`: incidents into a file of another kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from accordingto.cli.options import (
    LedgerOption,
    Limit,
    PlaceName,
    Since,
    SourceName,
    StateName,
    TypeName,
    Until,
    Words,
)
from accordingto.cli.output import keep_apart, written
from accordingto.errors import AccordingToError, FatalError


def export(
    to: Annotated[
        str,
        typer.Option("--to", metavar="FORMAT", help="csv, jsonl, geojson, acled, or one that a plugin adds."),
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    ledger: LedgerOption = None,
    since: Since = None,
    until: Until = None,
    place: PlaceName = None,
    type: TypeName = None,
    source: SourceName = None,
    state: StateName = None,
    words: Words = None,
    limit: Limit = None,
) -> None:
    """Write incidents with their sources and caveats in another format."""
    from accordingto import hooks
    from accordingto.cli.listing import make_filter, open_book
    from accordingto.ledger.exports import exported

    make = hooks.load(hooks.EXPORTERS, to)
    wanted = make_filter(
        since=since,
        until=until,
        place=place,
        type=type,
        source=source,
        state=state,
        words=words,
        limit=limit,
    )
    with open_book(ledger) as book:
        keep_apart(output, book.files(), "the ledger itself")
        with written(output) as stream:
            for piece in pieces(make, to, exported(book, wanted)):
                stream.write(piece)


def pieces(make: Callable[[Any], Iterable[str]], format: str, incidents: Iterable[Any]) -> Iterator[str]:
    """What an exporter makes of incidents.

    Raises:
        FatalError: where it breaks or gives what is no text; what the ledger raises comes as it is.
    """
    from sqlalchemy.exc import SQLAlchemyError

    try:
        for piece in make(incidents):
            if not isinstance(piece, str):
                raise TypeError(f"it gave {type(piece).__name__}, not text")
            yield piece
    except (AccordingToError, SQLAlchemyError):
        raise
    except Exception as error:
        raise FatalError(
            f"The exporter {format!r} failed ({type(error).__name__}: {error}); update or mend what provides it."
        ) from error
