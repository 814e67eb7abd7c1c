"""`accordingto search WORDS`: full-text search of claims."""

from __future__ import annotations

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


def search(
    text: Annotated[
        list[str], typer.Argument(metavar="WORDS…", help="Words in any form; phrases in quotation marks.")
    ],
    ledger: LedgerOption = None,
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
    """Search what was said, word by word; place, type and state are those of incidents spoken of."""
    from accordingto.cli.listing import make_filter, open_book, show
    from accordingto.ledger.queries import ClaimFilter, claims
    from accordingto.pages.lists import claim_table

    days = make_filter(since=since, until=until)
    about = make_filter(place=place, type=type, state=state) if place or type or state else None
    wanted = ClaimFilter(
        source=source,
        words=words,
        since=days.since,
        until=days.until,
        limit=limit,
        text=" ".join(f'"{t}"' if " " in t else t for t in text),
        incidents=about,
    )
    with open_book(ledger) as book:
        show(list(claims(book, wanted)), as_json, claim_table, "claims")
