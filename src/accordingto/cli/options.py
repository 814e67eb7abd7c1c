"""Options that several commands share."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated

import typer

from accordingto.errors import UserError
from accordingto.intake.report import YEARS

PART = re.compile(r"\d{4}(?:-\d\d)?")  # a year or a month
DECEMBER = 12

Published = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DATE",
        help="Publication date, as 2031-03-07; goes before what each report says.",
    ),
]
Outlet = Annotated[
    str | None, typer.Option("--outlet", help="Who published it; goes before what each report says.")
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="KIND",
        help="Read the input as text, html, jsonl, or what a plugin adds; told by itself else.",
    ),
]
LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="URL",
        help="SQLite file or database URL; else ACCORDINGTO_LEDGER, else ledger.db.",
    ),
]

Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="On or after this day, month or year.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="On or before this day, month or year.")
]
PlaceName = Annotated[
    str | None,
    typer.Option(
        "--place", help="A place's name or the beginning of a word in it, or a country by name or code."
    ),
]
TypeName = Annotated[
    str | None, typer.Option("--type", help="The type, as in the list; a wrong one is told which there are.")
]
SourceName = Annotated[str | None, typer.Option("--source", help="Part of a source's name or description.")]
StateName = Annotated[
    str | None,
    typer.Option(
        "--state",
        help="State, grading, review or outcome, as in the list: contested, “single source”, weak, machine, open …",
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help="newest, oldest, reports (the most told first) or killed (the deadliest first); else newest, with --json oldest.",
    ),
]
NoSort = Annotated[str | None, typer.Option("--sort", hidden=True)]  # likewise
NoState = Annotated[str | None, typer.Option("--state", hidden=True)]  # taken so that it is refused in words
Words = Annotated[
    str | None, typer.Option("--words", help="Words or parts of words, as they stand; all must be there.")
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")]
NoMeaning = Annotated[
    bool,
    typer.Option(
        "--no-meaning", help="Make no vectors for search by meaning; add or rebuild makes them later."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines, one object a line.")]


def first_day(value: str | None, option: str) -> date | None:
    """The first day of a day, month or year from an option.

    Raises:
        UserError: where there is no such day, month or year.
    """
    return to_date(
        f"{value}-01-01"[: len("2031-03-07")] if value and PART.fullmatch(value) else value, option
    )


def last_day(value: str | None, option: str) -> date | None:
    """The last day of a day, month or year from an option.

    Raises:
        UserError: where there is no such day, month or year.
    """
    start = first_day(value, option)
    if start is None or value is None or not PART.fullmatch(value):
        return start
    month = start.month if "-" in value else DECEMBER
    return start.replace(month=month, day=monthrange(start.year, month)[1])


def to_date(value: str | None, option: str = "--published") -> date | None:
    """An ISO date from an option.

    Raises:
        UserError: where there is no such day.
    """
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise UserError(
            f"{option} {value!r} is no date ({error}); write it as 2031-03-07{'' if option == '--published' else ', 2031-03 or 2031'}."
        ) from None
    if option == "--published" and day.year not in YEARS:
        raise UserError(
            f"{option} {value!r} is no day of a report; give one of the years {YEARS[0]} to {YEARS[-1]}."
        )
    return day
