"""What readers elsewhere are asked, and what they answer: one message each, whoever carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import msgspec

from accordingto.errors import ReportError
from accordingto.intake.report import RawReport
from accordingto.reading.reader import Making, Reader
from accordingto.record import Record

T = TypeVar("T")
U = TypeVar("U")

DIED = (
    "the process that read it ended before its record was there (out of memory?); the other reports are read. Read this one alone, "
    "or with ACCORDINGTO_PROCESSES=1."
)

Result = Record | ReportError


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What a worker gets: how its reader is made, and reports without their bytes."""

    making: Making
    reports: list[RawReport]


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """A report's record, or the reason why there is none."""

    record: Record | None
    reason: str | None


class Workers(Protocol):
    """Readers in other processes, on this machine (`crews.Crew`) or on many (`cluster.Hired`). Safe to ask from several threads."""

    def ask(self, message: bytes) -> bytes | None:
        """A worker's answer; None where it ended before that. Another one takes its place at the next message."""

    def each(self, items: Iterable[T], do: Callable[[T], U]) -> Iterator[U]:
        """What `do` makes of each item, in order; it is called in threads, as many at once as there are workers."""


class Readers:
    """The readers of one worker: each is made when a task first asks for it."""

    def __init__(self) -> None:
        self._made: dict[Making, Reader] = {}

    def of(self, making: Making) -> Reader:
        """The reader made so."""
        if making not in self._made:
            self._made[making] = making.reader()
        return self._made[making]

    def answered(self, message: bytes) -> bytes:
        """What a worker answers to a task."""
        task = msgspec.msgpack.decode(message, type=Task)
        results = self.of(task.making).stream(task.reports)
        return msgspec.msgpack.encode(
            [Answer(None, r.reason) if isinstance(r, ReportError) else Answer(r, None) for r in results]
        )


def asked(workers: Workers, making: Making, reports: Sequence[RawReport]) -> list[Result] | None:
    """What a worker answers; None where it ended before."""
    if not reports:
        return []
    answer = workers.ask(msgspec.msgpack.encode(Task(making, [replace(r, original=b"") for r in reports])))
    if answer is None:
        return None
    found = msgspec.msgpack.decode(answer, type=list[Answer])
    return [
        ReportError(r.name, a.reason or DIED) if a.record is None else a.record
        for r, a in zip(reports, found, strict=True)
    ]
