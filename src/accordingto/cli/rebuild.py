"""`accordingto rebuild`: everything derived, made again."""

from __future__ import annotations

from accordingto.cli.options import LedgerOption


def rebuild(ledger: LedgerOption = None) -> None:
    """Make incidents and all else that is derived again, from records and judgements."""
    from rich.console import Console
    from rich.progress import Progress

    from accordingto.ledger.deriving import rebuild as make
    from accordingto.ledger.session import open_ledger
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
    print(f"Made again from {count} reports.")
