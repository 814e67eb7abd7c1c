"""`accordingto stats`: how much there is in a ledger."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated

import typer

from accordingto.cli.options import LedgerOption


def stats(
    ledger: LedgerOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """Count reports, claims and incidents side by side, with states, types and acts."""
    from accordingto.cli.listing import open_book
    from accordingto.ledger.counting import count

    with open_book(ledger) as book:
        found = dataclasses.asdict(count(book))
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        label = name.replace("_", " ")
        if isinstance(value, dict):
            print(f"{label:<22}" + ", ".join(f"{k} {n}" for k, n in value.items()))
        else:
            print(f"{label:<22}{value}")
