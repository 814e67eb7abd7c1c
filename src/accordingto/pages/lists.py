"""Lists from a ledger, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich import box
from rich.table import Table
from rich.text import Text

from accordingto.ledger.queries import ClaimRow
from accordingto.pages.tables import add_row
from accordingto.pages.text import COLOURS
from accordingto.pages.view import deed, words
from accordingto.record import Act, SourceKind


def claim_table(rows: Sequence[ClaimRow]) -> Table:
    """Claims by report: who, act, what; denials and silences in colour and with a sign."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    table.add_column("who", ratio=3, overflow="fold")
    table.add_column("act", no_wrap=True)
    table.add_column("what", ratio=7, overflow="fold")
    for report, group in groupby(rows, key=lambda r: (r.published, r.outlet, r.title or r.report)):
        published, outlet, title = report
        head = Text(" · ".join(x for x in (published or "no date", outlet) if x), style="dim")
        add_row(table, head, "", Text(title, style="bold underline"))
        for row in group:
            act = Act(row.act)
            word, sign = deed(row.claim)
            anonymous = row.source.kind == SourceKind.ANONYMOUS
            who = Text(row.who or "no one named", style="italic" if anonymous else "")
            if anonymous:
                who.append(" (anonymous)", style="yellow")
            nested = "  " if row.claim.parent else ""
            did = Text(f"{sign} {word}", style=COLOURS.get(act, "blue"))
            add_row(table, who, did, nested + words(row.claim))
        table.add_section()
    return table
