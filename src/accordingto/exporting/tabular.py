"""CSV: one incident a row, with sources and caveats."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from accordingto.exporting.rows import Cell, flat
from accordingto.ledger.exports import Exported

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(incidents: Iterable[Exported]) -> Iterator[str]:
    """The lines of a CSV file, its header first; an empty ledger gives an empty file."""
    return lines(flat(i) for i in incidents)


def lines(rows: Iterable[Mapping[str, Cell]]) -> Iterator[str]:
    """Rows as CSV; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    first = True
    for row in rows:
        held = io.StringIO()
        writer = csv.writer(held, lineterminator="\n")
        if first:
            writer.writerow(row.keys())
            first = False
        writer.writerow([safe(v) for v in row.values()])
        yield held.getvalue()


def safe(value: Cell) -> Cell:
    """A cell that is never run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
