"""Many reports on one machine: worker processes, each with a reader of its own, records in the order of the reports.

The network of one reader runs on all cores, but what is read after it takes turns in one process (Python's interpreter lock), so
several processes read more. Each takes memory of its own, and a second to begin: a few reports are read by the reader at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from threading import Lock

import msgspec

from accordingto import crews
from accordingto.errors import ReportError
from accordingto.intake.report import RawReport
from accordingto.reading.reader import Making, Reader, batched
from accordingto.record import Record

FEW = 96  # reports up to which no other process pays: two processes begin to gain there on two cores
MOST = 8  # processes
ROOM = 600 << 20  # bytes that a process may need
DIED = (
    "the process that read it ended before its record was there (out of memory?); the other reports are read. Read this one alone, "
    "or with ACCORDINGTO_PROCESSES=1."
)


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What a worker gets: how its reader is made, and reports without their bytes."""

    making: Making
    reports: list[RawReport]


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """A report's record, or the reason why there is none."""

    record: Record | None
    reason: str | None


Result = Record | ReportError


def stream(
    reader: Reader, reports: Iterable[RawReport | ReportError], *, processes: int = 0
) -> Iterator[Result]:
    """Records of many reports, in order; a report that can't be read comes out as its error.

    Args:
        reader: reads few reports, and whatever no worker could be sent.
        processes: how many read at once; 0 for one a core as far as the memory goes, 1 for `reader` alone.
    """
    rest = iter(reports)
    first = list(islice(rest, FEW + 1))
    count = processes or affordable(reader)
    if count < 2 or (len(first) <= FEW and not processes):
        yield from reader.stream(chain(first, rest))
        return
    making = replace(reader.making, options=replace(reader.options, threads=1))
    mine = Lock()  # for `reader`
    with crews.crew(__name__, count) as hired:

        def read(group: Sequence[RawReport | ReportError]) -> list[Result]:
            good = [r for r in group if isinstance(r, RawReport)]
            try:
                found = asked(hired, making, good)
            except UnicodeEncodeError:  # half a character, which no message can hold
                with mine:
                    found = list(reader.stream(good))
            if found is None:  # find the one that ends its reader, keep the others
                found = [
                    one for r in good for one in asked(hired, making, [r]) or [ReportError(r.name, DIED)]
                ]
            each = iter(found)
            return [r if isinstance(r, ReportError) else next(each) for r in group]

        for results in hired.each(batched(chain(first, rest), reader.options.reports), read):
            yield from results


def asked(hired: crews.Crew, making: Making, reports: Sequence[RawReport]) -> list[Result] | None:
    """What a worker answers; None where it ended before."""
    if not reports:
        return []
    answer = hired.ask(msgspec.msgpack.encode(Task(making, [replace(r, original=b"") for r in reports])))
    if answer is None:
        return None
    found = msgspec.msgpack.decode(answer, type=list[Answer])
    return [
        ReportError(r.name, a.reason or DIED) if a.record is None else a.record
        for r, a in zip(reports, found, strict=True)
    ]


def affordable(reader: Reader) -> int:
    """How many processes fit this machine: one a core, as far as its free memory goes; none beside a GPU."""
    if reader.network.backend == "cuda":
        return 1
    cores = min(crews.processors(), reader.options.threads or MOST, MOST)
    free = free_memory()
    return cores if free is None else min(cores, free // ROOM)


def free_memory() -> int | None:
    """Bytes that the system could give to new processes; None where it doesn't tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return None


def work() -> None:
    """A worker of `stream`."""
    known: dict[Making, Reader] = {}

    def answered(message: bytes) -> bytes:
        task = msgspec.msgpack.decode(message, type=Task)
        if task.making not in known:
            known[task.making] = task.making.reader()
        results = known[task.making].stream(task.reports)
        return msgspec.msgpack.encode(
            [Answer(None, r.reason) if isinstance(r, ReportError) else Answer(r, None) for r in results]
        )

    crews.serve(answered)
