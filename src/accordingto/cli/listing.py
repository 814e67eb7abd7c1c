"""What the list commands share: the filter, the open ledger brought up to date, rows out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from rich.console import RenderableType

from accordingto.cli.options import to_date
from accordingto.cli.screen import Screen
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.lists import Filter
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.settings import load as load_settings


class Listed(Protocol):
    """Anything that can be a line of JSON."""

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""


L = TypeVar("L", bound=Listed)


@contextmanager
def open_book(ledger: str | None) -> Iterator[Ledger]:
    """The ledger named, else the settings'; what is pending in it is derived first."""
    settings = load_settings()
    with open_ledger(ledger or settings.ledger, create=False) as book:
        bring_up_to_date(book, tables_dir=settings.data_dir)
        yield book


def make_filter(
    *,
    since: str | None = None,
    until: str | None = None,
    place: str | None = None,
    type: str | None = None,
    source: str | None = None,
    state: str | None = None,
    words: str | None = None,
    limit: int | None = None,
) -> Filter:
    """The filter that the options name.

    Raises:
        UserError: where a day is none.
    """
    first, last = to_date(since, "--since"), to_date(until, "--until")
    return Filter(
        since=first.isoformat() if first else None,
        until=last.isoformat() if last else None,
        place=place,
        type=type,
        source=source,
        state=state,
        words=words,
        limit=limit,
    )


def show(rows: Sequence[L], as_json: bool, table: Callable[[Sequence[L]], RenderableType], noun: str) -> None:
    """Print rows as JSON Lines, or as a table with their number below."""
    if as_json:
        for row in rows:
            print(json.dumps(row.to_dict(), ensure_ascii=False))
        return
    console = Screen()
    if rows:
        console.print(table(rows))
    console.print(f"{len(rows)} {noun}." if rows else f"No {noun} fit; try fewer filters, or add reports.")
