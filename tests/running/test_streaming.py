from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from accordingto.crews import Crew
from accordingto.errors import ReportError
from accordingto.intake.report import RawReport
from accordingto.reading.reader import Reader
from accordingto.record import Record
from accordingto.running import local
from accordingto.running.local import affordable, free_memory
from accordingto.running.streaming import stream
from accordingto.running.tasks import Task

TOWNS = ("Sarnath Ford", "Qelbin", "Tor Varen", "Umm Salit", "Nerezh", "Ostrova", "Palimbe", "Dar Hallat")


def report(number: int, text: str | None = None) -> RawReport:
    town = TOWNS[number % len(TOWNS)]
    told = text or (
        f"Raid on {town} kills {number + 2}\n\nArmed men raided the market of {town} on Tuesday, killing {number + 2} people, "
        f"police said. The mayor denied that soldiers took part.\n"
    )
    return RawReport(
        f"r{number}", told, told.encode("utf-8", "replace"), "text/plain", published=date(2024, 5, 8)
    )


def told(results: list[Record | ReportError]) -> list[object]:
    return [r.name if isinstance(r, ReportError) else r for r in results]


def test_processes_read_what_this_one_reads_in_the_same_order(reader: Reader) -> None:
    failed = ReportError("broken", "it is empty.")
    reports: list[RawReport | ReportError] = [report(n) for n in range(11)]
    reports.insert(5, failed)
    expected = list(reader.stream(reports))
    assert sum(isinstance(r, Record) and bool(r.claims) for r in expected) == 11
    assert told(list(stream(reader, reports, processes=2))) == told(expected)


def test_few_reports_are_read_by_the_reader_at_hand(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> Crew:
        raise AssertionError("a process was started")

    monkeypatch.setattr(local.crews, "crew", none)
    assert len(list(stream(reader, [report(1), report(2)]))) == 2
    assert len(list(stream(reader, (report(n) for n in range(30)), processes=1))) == 30
    assert list(stream(reader, [], processes=0)) == []


def test_what_no_message_can_hold_is_not_lost(reader: Reader) -> None:
    odd = report(1, "Half a letter \ud83d\n\nPolice said that two people died in Qelbin on Monday.\n")
    results = list(stream(reader, [report(0), odd, report(2)], processes=2))
    assert told(results) == told(list(reader.stream([report(0), odd, report(2)])))


def test_a_report_that_ends_its_process_is_named_and_the_others_are_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Crew.ask

    def deadly(self: Crew, message: bytes) -> bytes | None:
        task = msgspec.msgpack.decode(message, type=Task)
        return ask(self, b"no task" if any(r.name == "r3" for r in task.reports) else message)

    monkeypatch.setattr(Crew, "ask", deadly)
    results = list(stream(reader, [report(n) for n in range(9)], processes=2))
    assert [i for i, r in enumerate(results) if isinstance(r, ReportError)] == [3]
    assert isinstance(results[3], ReportError)
    assert results[3].name == "r3"
    assert "ended before" in results[3].reason


def test_a_reader_that_stops_asking_leaves_no_process(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    hired: list[Crew] = []
    close = Crew.close
    monkeypatch.setattr(Crew, "close", lambda self: (hired.append(self), close(self))[1])

    def many() -> Iterator[RawReport]:
        for n in range(1000):
            yield report(n)

    results = stream(reader, many(), processes=2)
    assert isinstance(next(results), Record)
    results.close()  # type: ignore[attr-defined]
    assert [p.returncode for c in hired for p in c._hired] == [0, 0]


def test_processes_fit_the_machine(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local.crews, "processors", lambda: 6)
    monkeypatch.setattr(local, "free_memory", lambda: None)
    assert affordable(reader) == 2  # the reader's own threads
    monkeypatch.setattr(local, "free_memory", lambda: local.ROOM * 3 // 2)
    assert affordable(reader) == 1
    assert (free_memory() or local.ROOM) > 0
