"""The plain lists of a ledger, one command each: `incidents`, `contested`, `sources`, `tolls`, `commitments`.

All take the same filters; they differ in what is found and in the table that shows it.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass

import typer

from accordingto.cli.options import (
    AsJson,
    LedgerOption,
    Limit,
    NoSort,
    NoState,
    PlaceName,
    Since,
    Sort,
    SourceName,
    StateName,
    TypeName,
    Until,
    Words,
)
from accordingto.errors import UserError


@dataclass(frozen=True, slots=True)
class Listing:
    """One command: its name (that of the function in `ledger.lists`), its table in `pages.tables`, its words.

    `of`: the list of `ledger.choices` whose states and types its rows have.
    """

    name: str
    table: str
    noun: str
    help: str
    of: str = "incidents"


SORTED = frozenset({"incidents", "contested"})  # the lists that take --sort
LISTINGS = (
    Listing("incidents", "incident_table", "incidents", "List incidents by the day they began."),
    Listing(
        "contested",
        "contested_table",
        "contested fields",
        "List the fields on which accounts clash, with every value and who holds it.",
    ),
    Listing(
        "sources",
        "source_table",
        "sources",
        "List who speaks: claims by act, reports and outlets, reasons for anonymity.",
        "sources",
    ),
    Listing(
        "tolls",
        "toll_table",
        "running tolls",
        "List running tolls: an authority's count of one people, over time.",
        "tolls",
    ),
    Listing(
        "commitments",
        "commitment_table",
        "commitments",
        "List warnings, promises, requests and refusals, their repeats and what came of them.",
        "commitments",
    ),
)


def add_lists(app: typer.Typer) -> None:
    """Register a command for each of `LISTINGS`."""
    for listing in LISTINGS:
        add_list(app, listing)


def add_list(app: typer.Typer, listing: Listing) -> None:
    """Register one list; the ledger's modules are imported when it runs."""

    def command(
        ledger: LedgerOption = None,
        since: Since = None,
        until: Until = None,
        place: PlaceName = None,
        type: TypeName = None,
        source: SourceName = None,
        state: StateName = None,
        words: Words = None,
        limit: Limit = None,
        sort: Sort = None,
        as_json: AsJson = False,
    ) -> None:
        from accordingto.cli.listing import known_order, make_filter, open_book, show

        find = getattr(importlib.import_module("accordingto.ledger.lists"), listing.name)
        table = getattr(importlib.import_module("accordingto.pages.tables"), listing.table)
        wanted = make_filter(
            since=since,
            until=until,
            place=place,
            type=type,
            source=source,
            state=state,
            words=words,
            limit=limit,
            of=listing.of,
        )
        if sort and listing.name not in SORTED:
            raise UserError(f"The list of {listing.name} has an order of its own; leave --sort out.")
        order = {"sort": known_order(sort, as_json=as_json)} if listing.name in SORTED else {}
        with open_book(ledger) as book:
            show(list(find(book, wanted, **order)), as_json, table, listing.noun, cut=limit is None)

    if listing.name not in SORTED:
        command.__annotations__["sort"] = NoSort
    if listing.of == "tolls":
        command.__annotations__["state"] = NoState
    app.command(listing.name, help=listing.help)(command)
