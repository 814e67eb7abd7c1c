"""`accordingto rebuild`: everything derived, made again."""

from __future__ import annotations

import logging
import sys

import typer

from accordingto.cli.options import LedgerOption, NoMeaning
from accordingto.cli.terminal import plain


class Failing(logging.Handler):
    """Names the reports that the ledger can't compare, and counts them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """One report that failed."""
        self.count += 1
        print(plain(f"  failed: {record.getMessage()}"), file=sys.stderr)


def rebuild(ledger: LedgerOption = None, no_meaning: NoMeaning = False) -> None:
    """Make incidents and all else that is derived again, from records and judgements; vectors where they lack."""
    from rich.console import Console
    from rich.progress import Progress

    from accordingto.ledger.deriving import log
    from accordingto.ledger.deriving import rebuild as make
    from accordingto.ledger.meanings import fill, prune
    from accordingto.ledger.session import open_ledger
    from accordingto.reading.meaning import Embedder
    from accordingto.settings import load as load_settings

    settings = load_settings()
    console = Console(stderr=True)
    with (
        open_ledger(ledger or settings.ledger, create=False) as book,
        Progress(console=console, disable=not console.is_terminal, transient=True) as progress,
    ):
        task = progress.add_task("comparing", total=None)
        failing = Failing()
        log.addHandler(failing)
        try:
            count = make(
                book,
                tables_dir=settings.data_dir,
                progress=lambda done, total: progress.update(task, advance=done, total=total),
            )
        finally:
            log.removeHandler(failing)
        made = 0
        if not no_meaning:
            embedding = progress.add_task("vectors", total=None)
            embedder = Embedder(threads=settings.threads, backend=settings.backend)
            prune(book)
            made = fill(book, embedder, anew=True, progress=lambda n: progress.advance(embedding, n))
    some = count - failing.count
    parts = [f"Made again from {some} report{'' if some == 1 else 's'}"]
    parts += [f"{failing.count} failed"] if failing.count else []
    parts += [f"{made} vectors made"] if made else []
    print("; ".join(parts) + ".")
    if failing.count:
        raise typer.Exit(1)
