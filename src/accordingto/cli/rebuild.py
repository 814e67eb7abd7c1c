"""`accordingto rebuild`: everything derived, made again."""

from __future__ import annotations

from accordingto.cli.options import LedgerOption, NoMeaning


def rebuild(ledger: LedgerOption = None, no_meaning: NoMeaning = False) -> None:
    """Make incidents and all else that is derived again, from records and judgements; vectors where they lack."""
    from rich.console import Console
    from rich.progress import Progress

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
        count = make(
            book,
            tables_dir=settings.data_dir,
            progress=lambda done, total: progress.update(task, advance=done, total=total),
        )
        made = 0
        if not no_meaning:
            embedding = progress.add_task("vectors", total=None)
            embedder = Embedder(threads=settings.threads, backend=settings.backend)
            prune(book)
            made = fill(book, embedder, anew=True, progress=lambda n: progress.advance(embedding, n))
    print(f"Made again from {count} reports" + (f"; {made} vectors made." if made else "."))
