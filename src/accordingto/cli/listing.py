"""What the list commands share: the filter, the open ledger brought up to date, rows out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from rich.console import RenderableType
from sqlalchemy.exc import DatabaseError

from accordingto.cli.options import first_day, last_day
from accordingto.cli.screen import Screen
from accordingto.cli.terminal import plain
from accordingto.errors import UserError
from accordingto.ledger.choices import known_state, known_type
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.lists import Filter
from accordingto.ledger.orders import Order
from accordingto.ledger.rights import is_full
from accordingto.ledger.session import Ledger, ReadOnly, open_ledger
from accordingto.settings import load as load_settings


class Listed(Protocol):
    """Anything that can be a line of JSON."""

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""


L = TypeVar("L", bound=Listed)
SCREENFUL = 50  # rows of a table that nobody limits


@contextmanager
def open_book(ledger: str | None) -> Iterator[Ledger]:
    """The ledger named, else the settings'; what is pending in it is derived first, where it may be written to."""
    settings = load_settings()
    with open_ledger(ledger or settings.ledger, create=False) as book:
        derive_pending(book, settings.data_dir)
        yield book


def derive_pending(book: Ledger, tables_dir: Path | None) -> None:
    """Derive what is pending, or say that it can't be: lists then show what was derived last."""
    try:
        bring_up_to_date(book, tables_dir=tables_dir)
        return
    except ReadOnly as error:
        why = str(error)
    except DatabaseError as error:
        if not is_full(error):
            raise
        why = f"The ledger can't be written to ({error.orig}); make room on its disk."
    print(plain(f"accordingto: {why} What came in last is in no list yet."), file=sys.stderr)


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
    of: str = "incidents",
) -> Filter:
    """The filter that the options name; `of` is the list whose states and types are meant.

    Raises:
        UserError: where a day is none, or the list has no such state or type.
    """
    first, last = first_day(since, "--since"), last_day(until, "--until")
    return Filter(
        since=first.isoformat() if first else None,
        until=last.isoformat() if last else None,
        place=place,
        type=known_type(type, of=of, extra_dir=load_settings().data_dir) if type else None,
        source=source,
        state=known_state(state, of=of),
        words=words,
        limit=limit,
    )


def known_order(given: str | None, *, as_json: bool) -> Order:
    """The order that an option names; where it names none the newest first on a screen, the oldest first as JSON.

    Raises:
        UserError: where there is no such order.
    """
    try:
        return Order(given.casefold()) if given else Order.OLDEST if as_json else Order.NEWEST
    except ValueError:
        raise UserError(f"There is no order {given!r}; choose {', '.join(Order)}.") from None


def show(
    rows: Sequence[L],
    as_json: bool,
    table: Callable[[Sequence[L]], RenderableType],
    noun: str,
    *,
    cut: bool = False,
) -> None:
    """Print rows as JSON Lines, or as a table with their number below; where it is `cut`, a screenful, and how to see the rest."""
    if as_json:
        for row in rows:
            print(json.dumps(row.to_dict(), ensure_ascii=False))
        return
    console = Screen()
    if rows:
        console.print(table(rows[:SCREENFUL] if cut else rows))
    if cut and len(rows) > SCREENFUL:
        console.print(f"{SCREENFUL} of {len(rows):,} {noun}; --limit {len(rows)} shows all, a filter fewer.")
        return
    some = noun.removesuffix("s") if len(rows) == 1 else noun
    console.print(f"{len(rows):,} {some}." if rows else f"No {noun} fit; try fewer filters, or add reports.")
