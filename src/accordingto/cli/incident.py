"""`accordingto incident ID`: one incident, its rival accounts side by side."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from accordingto.cli.options import LedgerOption
from accordingto.errors import UserError


def incident(
    id: Annotated[str, typer.Argument(metavar="ID", help="The incident's id (I…) or its beginning.")],
    ledger: LedgerOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one JSON object.")] = False,
) -> None:
    """Show one incident: field by field, who says what, side by side."""
    if not id.strip():
        raise UserError(
            "No incident's id is given; give an id (I…) or its beginning, as `accordingto incidents` lists them."
        )
    from accordingto.cli.listing import open_book
    from accordingto.cli.screen import Screen
    from accordingto.ledger.history import history, links_within
    from accordingto.ledger.lists import incident as find
    from accordingto.pages.incident import page

    with open_book(ledger) as book:
        found = find(book, id)
        judged, why = history(book, found.id), links_within(book, found.id)
    if as_json:
        plain = found.to_dict()
        plain["history"] = [j.to_dict() for j in judged]
        plain["links"] = [w.to_dict() for w in why]
        print(json.dumps(plain, ensure_ascii=False))
        return
    Screen().print(page(found, judged, why))
