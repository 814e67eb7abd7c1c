"""`accordingto search WORDS`: claims or incidents, by words and by meaning."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from accordingto.cli.options import (
    AsJson,
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
from accordingto.errors import UserError


def search(
    text: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS…",
            help="A question or words in any form; with --exact, phrases in quotation marks.",
        ),
    ],
    ledger: LedgerOption = None,
    meaning: Annotated[bool, typer.Option("--meaning", help="By meaning alone.")] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only claims that hold all the words, by date.")
    ] = False,
    incidents: Annotated[bool, typer.Option("--incidents", help="Incidents in place of claims.")] = False,
    since: Since = None,
    until: Until = None,
    place: PlaceName = None,
    type: TypeName = None,
    source: SourceName = None,
    state: StateName = None,
    words: Words = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """Search what was said, by words and meaning, best first; place, type and state are those of incidents spoken of."""
    from accordingto.cli.listing import make_filter, open_book, show
    from accordingto.ledger.meanings import MeaningIndex
    from accordingto.ledger.queries import ClaimFilter, claims
    from accordingto.ledger.ranking import By, Search
    from accordingto.pages.lists import claim_table
    from accordingto.pages.tables import incident_table
    from accordingto.reading.meaning import Embedder
    from accordingto.settings import load as load_settings

    if exact and (meaning or incidents):
        raise UserError("--exact lists claims by their words alone; leave --meaning and --incidents out.")
    days = make_filter(since=since, until=until)
    about = make_filter(place=place, type=type, state=state) if place or type or state else None
    query = " ".join(f'"{t}"' if exact and " " in t else t for t in text)
    wanted = ClaimFilter(
        source=source, words=words, since=days.since, until=days.until, limit=limit, incidents=about
    )
    settings = load_settings()
    with open_book(ledger) as book:
        finder = Search(MeaningIndex(book), Embedder(threads=settings.threads, backend=settings.backend))
        if not exact and not finder.has_meaning():
            print(
                "accordingto: this ledger has no vectors of this model, so only words count; "
                "`accordingto rebuild` makes them.",
                file=sys.stderr,
            )
        by = By.MEANING if meaning else By.BOTH
        if exact:
            show(list(claims(book, replace(wanted, text=query))), as_json, claim_table, "claims")
        elif incidents:
            which = make_filter(
                since=since,
                until=until,
                place=place,
                type=type,
                source=source,
                state=state,
                words=words,
                limit=limit,
            )
            happened = finder.incidents(query, which, by=by)
            show(happened, as_json, lambda found: incident_table([f.incident for f in found]), "incidents")
        else:
            said = finder.claims(query, wanted, by=by)
            show(said, as_json, lambda found: claim_table([f.row for f in found]), "claims")
