"""`accordingto claims`: who said what, from a ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from accordingto.cli.options import LedgerOption, PlaceName, StateName, TypeName, first_day, last_day
from accordingto.record import Act, SourceKind


def claims(
    ledger: LedgerOption = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Part of the source's name or description.")
    ] = None,
    act: Annotated[Act | None, typer.Option("--act", help="What the speaker does by speaking.")] = None,
    kind: Annotated[SourceKind | None, typer.Option("--kind", help="The kind of source.")] = None,
    words: Annotated[
        str | None,
        typer.Option(
            "--words", help="Words or parts of words in content or source, as they stand; all must be there."
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Published on or after.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Published on or before.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")] = None,
    place: PlaceName = None,
    type: TypeName = None,
    state: StateName = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one claim a line.")] = False,
) -> None:
    """List who said what, by date and report; place, type and state are those of incidents spoken of."""
    first, last = first_day(since, "--since"), last_day(until, "--until")
    from accordingto.cli.listing import make_filter, open_book, show
    from accordingto.ledger.queries import ClaimFilter
    from accordingto.ledger.queries import claims as find
    from accordingto.pages.lists import claim_table

    wanted = ClaimFilter(
        source=source,
        act=act,
        kind=kind,
        words=words,
        since=first.isoformat() if first else None,
        until=last.isoformat() if last else None,
        limit=limit,
        incidents=make_filter(place=place, type=type, state=state) if place or type or state else None,
    )
    with open_book(ledger) as book:
        rows = list(find(book, wanted))
    show(rows, as_json, claim_table, "claims", cut=limit is None)
