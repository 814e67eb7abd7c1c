"""`accordingto verify`: whether the ledger holds what came in."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated

import typer

from accordingto.cli.options import LedgerOption
from accordingto.cli.terminal import plain


def verify(
    ledger: LedgerOption = None,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="HASH", help="A head noted earlier; it must still be there."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as one JSON object.")] = False,
) -> None:
    """Check the log's chain and every report's bytes, record and judgement against it."""
    from accordingto.ledger.session import open_ledger
    from accordingto.ledger.verifying import verify as check
    from accordingto.settings import load as load_settings

    with open_ledger(ledger or load_settings().ledger, create=False) as book:
        verdict = check(book, head=head)
    if as_json:
        print(json.dumps(dataclasses.asdict(verdict), ensure_ascii=False))
    else:
        for fault in verdict.faults:
            print(plain(f"fault: {fault}"))
        print(
            f"{verdict.reports} reports, {verdict.records} records, {verdict.judgements} judgements, "
            f"{verdict.lines} lines of the log: {f'{len(verdict.faults)} faults' if verdict.faults else 'all as they came in'}."
        )
        print(f"head {verdict.head}")
    if verdict.faults:
        raise typer.Exit(3)
