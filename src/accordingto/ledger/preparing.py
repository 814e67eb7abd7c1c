"""What one report adds to the derived rows, made from its record alone: by this process, or by several at once.

The several are a crew (`crews.py`), which holds no connection to the ledger. What they give is what this process would make, in the same order.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from accordingto import crews
from accordingto.errors import AccordingToError, FatalError
from accordingto.ledger.blocking import blocks
from accordingto.ledger.copies import shingles, sketch
from accordingto.ledger.incidents import incident_id
from accordingto.ledger.knowledge import Knowledge, knowledge
from accordingto.ledger.observing import observe
from accordingto.ledger.pieces import pieces
from accordingto.ledger.speakers import Speakers
from accordingto.record import Record

PIECE = ("report", "kind", "key", "type", "day", "place", "who", "words", "body")
WHO = PIECE.index("who")
MOST = 8  # workers; more would wait for the one that writes


class Report(msgspec.Struct, frozen=True, array_like=True):
    """A report's number, name and newest record as stored."""

    number: int
    name: str
    body: bytes


class Told(msgspec.Struct, frozen=True, array_like=True):
    """One account as stored, and its blocks: key, and whether it is open. `first`: the id of an incident whose first account it is."""

    document: str
    first: str
    body: bytes
    blocks: list[tuple[str, bool]]


class Prepared(msgspec.Struct, frozen=True, array_like=True):
    """The rows of one report; `pieces` in the order of `PIECE`, `grams` as `copies.Shingles` in bytes.

    `failure`: the reason why there are none.
    """

    number: int
    accounts: list[Told]
    pieces: list[tuple[Any, ...]]
    grams: bytes
    sketch: list[int]
    failure: str | None = None


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What a worker gets: reports, and where the user's own tables are."""

    reports: list[Report]
    tables_dir: str | None


Prepare = Callable[[Iterable[Sequence[Report]]], Iterator[list[Prepared]]]
"""Batches of reports → their rows, batch by batch, in order."""


def prepare(report: Report, known: Knowledge) -> Prepared:
    """All that one report adds by itself, or the reason why it can't be told."""
    try:
        return _prepared(report, known)
    except (AccordingToError, MemoryError):
        raise
    except Exception as error:  # one bad report never stops a run
        reason = (
            f"comparing failed ({type(error).__name__}: {error}), so it is in no incident; please report it."
        )
        return Prepared(report.number, [], [], b"", [], reason)


def _prepared(report: Report, known: Knowledge) -> Prepared:
    record = msgspec.json.decode(zlib.decompress(report.body), type=Record)
    speakers = Speakers(record)
    grams = shingles(record)
    told = []
    for account in observe(record, report.name, known, speakers=speakers):
        keys: dict[str, bool] = {}
        for block in sorted(blocks(account)):
            keys[block.key] = keys.get(block.key, False) or block.open
        told.append(
            Told(
                account.document, incident_id((account,)), msgspec.msgpack.encode(account), list(keys.items())
            )
        )
    rows: list[tuple[Any, ...]] = [
        tuple(row[c] for c in PIECE) for row in pieces(record, report.number, report.name, speakers=speakers)
    ]
    return Prepared(report.number, told, rows, grams.tobytes(), sorted(set(sketch(grams))))


@contextmanager
def crew(workers: int, tables_dir: Path | None) -> Iterator[Prepare]:
    """Whoever prepares: so many worker processes, or this one where there are none.

    Raises:
        FatalError: where a worker ends before its work.
    """
    if workers < 1:
        known = knowledge(tables_dir)
        yield lambda batches: ([prepare(r, known) for r in some] for some in batches)
        return
    with crews.crew(__name__, min(workers, MOST)) as hired:

        def ask(some: Sequence[Report]) -> list[Prepared]:
            answer = hired.ask(msgspec.msgpack.encode(Task(list(some), str(tables_dir or "") or None)))
            if answer is None:
                raise FatalError(
                    "A worker process ended before its work; nothing was changed. Try again, with more memory."
                )
            return msgspec.msgpack.decode(answer, type=list[Prepared])

        yield lambda batches: hired.each(batches, ask)


def work() -> None:
    """A worker of `crew`."""
    crews.serve(answered)


def answered(message: bytes) -> bytes:
    """The rows of a task's reports."""
    task = msgspec.msgpack.decode(message, type=Task)
    known = knowledge(Path(task.tables_dir) if task.tables_dir else None)
    return msgspec.msgpack.encode([prepare(r, known) for r in task.reports])
