"""`accordingto contested`: where accounts clash."""

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


def contested(
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
    """List the fields on which accounts clash, with every value and who holds it."""
    from accordingto.cli.listing import make_filter, open_book, show
    from accordingto.ledger.lists import contested as find
    from accordingto.pages.tables import contested_table

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
        show(list(find(book, wanted)), as_json, contested_table, "contested fields")
