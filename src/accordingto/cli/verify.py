"""`accordingto verify`: whether the ledger holds what came in."""

from __future__ import annotations

import dataclasses
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from accordingto.cli.options import LedgerOption
from accordingto.cli.terminal import plain

if TYPE_CHECKING:
    from accordingto.ledger.verifying import Verdict


def verify(
    ledger: LedgerOption = None,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="HASH", help="A head noted earlier; it must still be there."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as one JSON object.")] = False,
) -> None:
    """Check the log's chain, every report's bytes, record and judgement against it, and claims against records."""
    from accordingto.ledger.session import open_ledger
    from accordingto.ledger.verifying import verify as check
    from accordingto.settings import load as load_settings

    with open_ledger(ledger or load_settings().ledger, create=False) as book:
        verdict = check(book, head=head)
    with suppress(BrokenPipeError):  # the verdict stands though nobody reads it to its end
        show(verdict, as_json)
    if verdict.faults:
        raise typer.Exit(3)


def show(verdict: Verdict, as_json: bool) -> None:
    """Print a verdict."""
    if as_json:
        print(json.dumps(dataclasses.asdict(verdict), ensure_ascii=False))
        return
    for fault in verdict.faults:
        print(plain(f"fault: {fault}"))
    print(
        f"{verdict.reports} reports, {verdict.records} records, {verdict.judgements} judgements, "
        f"{verdict.lines} lines of the log: {f'{len(verdict.faults)} faults' if verdict.faults else 'all as they came in'}."
    )
    print(f"head {verdict.head}")
