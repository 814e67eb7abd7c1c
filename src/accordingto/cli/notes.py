"""What a run tells beside its reports though nothing failed, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from accordingto.cli.terminal import plain
from accordingto.intake.report import Notes

OWN = {"published": "day", "outlet": "outlet"}


def tell(notes: Notes, reports: int) -> None:
    """Print what is to be told of a run with so many reports."""
    for line in lines(notes, reports):
        print(plain(f"accordingto: {line}"), file=sys.stderr)


def lines(notes: Notes, reports: int) -> Iterator[str]:
    """What is to be told, one sentence each."""
    for name, fields in notes.unread.items():
        yield (
            f"{name}: fields not read: {', '.join(fields)}; the day is read from `published`, "
            "the outlet from `outlet`, the headline from `title`."
        )
    for field, count in notes.overridden.items() if reports > 1 else ():
        some = f"{count} report gives itself" if count == 1 else f"{count} reports give themselves"
        yield f"--{field} went before the {OWN[field]} that {some}."
    if count := notes.passed_over.total():
        kinds = ", ".join(f"{s or 'without suffix'} {n}" for s, n in sorted(notes.passed_over.items()))
        some, them = ("1 file", "it") if count == 1 else (f"{count} files", "them")
        yield f"{some} passed over ({kinds}); name {them} to read {them}."
