"""What one report adds to the derived rows, made from its record alone: by this process, or by several at once.

A crew is worker processes that take reports on standard input and give rows on standard output, each message with its length
before it. They hold no connection and end with their input, so whoever derives may be killed at any moment. What they give is what this process would make, in the same order.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

import msgspec

from accordingto.errors import FatalError
from accordingto.ledger.blocking import blocks
from accordingto.ledger.copies import shingles, sketch
from accordingto.ledger.knowledge import Knowledge, knowledge
from accordingto.ledger.observing import observe
from accordingto.ledger.pieces import pieces
from accordingto.ledger.speakers import Speakers
from accordingto.record import Record

PIECE = ("report", "kind", "key", "type", "day", "place", "who", "words", "body")
WHO = PIECE.index("who")
WORKER = "import sys; sys.path[:] = sys.argv[1:]; from accordingto.ledger.preparing import work; work()"
LENGTH = struct.Struct("<Q")
AHEAD = 2  # batches that each worker has before it
MOST = 8  # workers; more would wait for the one that writes


class Report(msgspec.Struct, frozen=True, array_like=True):
    """A report's number, name and newest record as stored."""

    number: int
    name: str
    body: bytes


class Told(msgspec.Struct, frozen=True, array_like=True):
    """One account as stored, and its blocks: key, and whether it is open."""

    document: str
    body: bytes
    blocks: list[tuple[str, bool]]


class Prepared(msgspec.Struct, frozen=True, array_like=True):
    """The rows of one report; `pieces` in the order of `PIECE`, `grams` as `copies.Shingles` in bytes."""

    number: int
    accounts: list[Told]
    pieces: list[tuple[Any, ...]]
    grams: bytes
    sketch: list[int]


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What a worker gets: reports, and where the user's own tables are."""

    reports: list[Report]
    tables_dir: str | None


Prepare = Callable[[Iterable[Sequence[Report]]], Iterator[list[Prepared]]]
"""Batches of reports → their rows, batch by batch, in order."""


def prepare(report: Report, known: Knowledge) -> Prepared:
    """All that one report adds by itself."""
    record = msgspec.json.decode(zlib.decompress(report.body), type=Record)
    speakers = Speakers(record)
    grams = shingles(record)
    told = []
    for account in observe(record, report.name, known, speakers=speakers):
        keys: dict[str, bool] = {}
        for block in sorted(blocks(account)):
            keys[block.key] = keys.get(block.key, False) or block.open
        told.append(Told(account.document, msgspec.msgpack.encode(account), list(keys.items())))
    rows: list[tuple[Any, ...]] = [
        tuple(row[c] for c in PIECE) for row in pieces(record, report.number, report.name, speakers=speakers)
    ]
    return Prepared(report.number, told, rows, grams.tobytes(), sorted(set(sketch(grams))))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
    command = [sys.executable, "-c", WORKER, *sys.path]
    hired = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(min(workers, MOST))
    ]
    free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    for process in hired:
        free.put(process)

    def ask(some: Sequence[Report]) -> list[Prepared]:
        process = free.get()
        assert process.stdin is not None
        assert process.stdout is not None
        answer = None
        with suppress(BrokenPipeError):
            send(process.stdin, msgspec.msgpack.encode(Task(list(some), str(tables_dir or "") or None)))
            answer = receive(process.stdout)
        free.put(process)  # also one that has ended: whoever waits for it hears of that at once
        if answer is None:
            raise FatalError(
                "A worker process ended before its work; nothing was changed. Try again, with more memory."
            )
        return msgspec.msgpack.decode(answer, type=list[Prepared])

    def prepared(batches: Iterable[Sequence[Report]]) -> Iterator[list[Prepared]]:
        waiting: deque[Future[list[Prepared]]] = deque()
        for some in batches:
            waiting.append(pool.submit(ask, some))
            if len(waiting) >= AHEAD * len(hired):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    try:
        with ThreadPoolExecutor(len(hired), thread_name_prefix="crew") as pool:
            yield prepared
    finally:
        for process in hired:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            process.wait()


def send(pipe: BinaryIO | Any, message: bytes) -> None:
    """Write a message with its length before it."""
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: BinaryIO | Any) -> bytes | None:
    """The next message; None at the end."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    size = LENGTH.unpack(head)[0]
    body: bytes = pipe.read(size)
    return body if len(body) == size else None


def work() -> None:
    """A worker: answers one task after another until its input ends."""
    while (message := receive(sys.stdin.buffer)) is not None:
        task = msgspec.msgpack.decode(message, type=Task)
        known = knowledge(Path(task.tables_dir) if task.tables_dir else None)
        made = [prepare(r, known) for r in task.reports]
        send(sys.stdout.buffer, msgspec.msgpack.encode(made))
