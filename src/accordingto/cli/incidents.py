"""`accordingto incidents`: what happened, merged from all reports."""

from __future__ import annotations

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


def incidents(
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
    """List incidents by the day they began."""
    from accordingto.cli.listing import make_filter, open_book, show
    from accordingto.ledger.lists import incidents as find
    from accordingto.pages.tables import incident_table

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
        show(list(find(book, wanted)), as_json, incident_table, "incidents")
