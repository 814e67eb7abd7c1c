from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from accordingto.errors import FatalError, ReportError, UserError
from accordingto.intake.report import RawReport
from accordingto.ledger import migrations, tables
from accordingto.ledger.entries import Outcome, enter, known_reports, record_failure, stored_bytes
from accordingto.ledger.queries import ClaimFilter, claims, count_claims
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.ledger.voices import described
from accordingto.reading.document import document
from accordingto.record import Act, Claim, Quotation, Record, Source, SourceKind
from accordingto.spans import span

TEXT = "The army denied it. Two medics said that 100% were civilians."


def report(name: str = "a", text: str = TEXT, published: date | None = date(2031, 3, 4)) -> RawReport:
    return RawReport(name, text, text.encode(), "text/plain", published=published, outlet="Coast Wire")


def record(raw: RawReport) -> Record:
    doc = document(raw)
    at = lambda words: span(doc.text, (doc.text.index(words), doc.text.index(words) + len(words)))  # noqa: E731
    return Record(
        doc,
        sources=(
            Source("S1", SourceKind.ORGANIZATION, None, True, "The army"),
            Source("S2", SourceKind.ANONYMOUS, None, False, "Two medics"),
        ),
        claims=(
            Claim("C1", "S1", at("The army"), at("denied"), (at("it"),), Quotation.INDIRECT, Act.DENY),
            Claim(
                "C2",
                "S2",
                at("Two medics"),
                at("said"),
                (at("that 100% were civilians"),),
                Quotation.INDIRECT,
                Act.ASSERT,
            ),
        ),
    )


def add(ledger: Ledger, raw: RawReport, model: str = "m1") -> Outcome:
    return enter(ledger, report=raw, record=record(raw), model=model).outcome


@pytest.fixture
def ledger(ledger_url: str):  # type: ignore[no-untyped-def]
    with open_ledger(ledger_url) as book:
        yield book


def count(ledger: Ledger, table) -> int:  # type: ignore[no-untyped-def]
    with ledger.begin() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_the_same_report_twice_is_one_entry(ledger: Ledger) -> None:
    assert add(ledger, report()) is Outcome.ENTERED
    assert add(ledger, report("another name")) is Outcome.KNOWN
    assert count(ledger, tables.reports) == 1
    assert count(ledger, tables.claims) == 2


def test_the_same_name_with_other_words_is_another_version(ledger: Ledger) -> None:
    add(ledger, report())
    assert add(ledger, report(text=TEXT + " More.")) is Outcome.ENTERED
    assert count(ledger, tables.reports) == 2


def test_a_name_means_one_report(ledger: Ledger) -> None:
    texts = [TEXT, TEXT + " More.", TEXT + " Yet more.", TEXT]
    raws = [report("a", t) for t in texts] + [report("b", TEXT + " B.")]
    assert [enter(ledger, report=r, record=record(r), model="m").name for r in raws] == [
        "a",
        "a~2",
        "a~3",
        "a",
        "b",
    ]


def test_names_are_looked_up_by_their_index(tmp_path: Path) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    with open_ledger(tmp_path / "l.db") as book:
        event.listen(
            book.engine, "before_cursor_execute", lambda _, c, sql, values, *more: asked.append((sql, values))
        )
        add(book, report())
        record_failure(book, ReportError("a", "nothing to read"))
        named = [(sql, values) for sql, values in asked if "substr(name" in sql]
        with book.begin() as c:
            plans = [c.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).one()[3] for sql, values in named]
    assert ["_by_name" in plan for plan in plans] == [True, True]


def test_another_model_adds_a_record_and_forgets_none(ledger: Ledger) -> None:
    add(ledger, report())
    assert add(ledger, report(), "m2") is Outcome.REREAD
    assert count(ledger, tables.records) == 2
    assert count_claims(ledger) == 2
    assert known_reports(ledger, "m2") == {(report().sha256, record(report()).document.id)}


def test_the_bytes_come_back_as_they_were(ledger: Ledger) -> None:
    raw = report()
    number = enter(ledger, report=raw, record=record(raw), model="m").report
    assert stored_bytes(ledger, number) == raw.original
    with pytest.raises(LookupError):
        stored_bytes(ledger, 99)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (ClaimFilter(), ["C1", "C2"]),
        (ClaimFilter(act="deny"), ["C1"]),
        (ClaimFilter(kind="anonymous"), ["C2"]),
        (ClaimFilter(source="ARMY"), ["C1"]),
        (ClaimFilter(words="civilians medics"), ["C2"]),
        (ClaimFilter(words="100%"), ["C2"]),
        (ClaimFilter(words="10_%"), []),
        (ClaimFilter(since="2031-03-05"), []),
        (ClaimFilter(until="2031-03-04", limit=1), ["C1"]),
        (ClaimFilter(limit=5, offset=1), ["C2"]),
    ],
)
def test_filters(ledger: Ledger, wanted: ClaimFilter, numbers: list[str]) -> None:
    add(ledger, report())
    assert [row.claim.id for row in claims(ledger, wanted)] == numbers


def test_claims_of_one_day_stand_in_the_order_of_their_reports_names(ledger: Ledger, tmp_path: Path) -> None:
    reports = [report("a"), report("b", "The army denied it. Two medics said that 100% were civilians, too.")]
    with open_ledger(str(tmp_path / "other.db")) as other:
        for book, some in ((ledger, reports), (other, reports[::-1])):
            for raw in some:
                add(book, raw)
            for wanted in (ClaimFilter(), ClaimFilter(limit=3)):
                assert [c.report for c in claims(book, wanted)] == ["a", "a", "b", "b"][: wanted.limit]


def test_a_row_as_json(ledger: Ledger) -> None:
    add(ledger, report())
    row = next(claims(ledger)).to_dict()
    assert row["who"] == "The army"
    assert row["text"] == "it"
    assert row["source"] == {
        "id": "S1",
        "ledger_id": described("army"),  # whose, nobody tells
        "name": "The army",
        "kind": "organization",
        "named": True,
        "description": "The army",
    }
    assert row["cue"]["text"] == "denied"
    assert (row["outlet"], row["published"], row["report"], row["incidents"]) == (
        "Coast Wire",
        "2031-03-04",
        "a",
        (),
    )


def test_failures_are_kept(ledger: Ledger) -> None:
    record_failure(ledger, ReportError("x", "it is empty."))
    assert count(ledger, tables.failures) == 1


def test_what_fails_again_in_the_same_way_is_one_failure(ledger: Ledger) -> None:
    for _ in range(2):
        for name, reason in (("x", "it is empty."), ("y" * 900, "it is empty."), ("x", "it is a picture.")):
            record_failure(ledger, ReportError(name, reason))
    assert count(ledger, tables.failures) == 3


def test_a_ledger_opens_again_and_migrates_once(ledger_url: str) -> None:
    for _ in range(2):
        with open_ledger(ledger_url) as book:
            assert count(book, tables.schema_steps) == len(migrations.STEPS)


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    open_ledger(tmp_path / "l.db").close()
    with sqlite3.connect(tmp_path / "l.db") as raw:
        raw.execute("insert into schema_steps values (999, '2031-01-01')")
    raw.close()
    with pytest.raises(FatalError, match="999"):
        open_ledger(tmp_path / "l.db")


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("this is no database, only words" * 50)
    with pytest.raises(FatalError, match=r"x\.db"):
        open_ledger(tmp_path / "x.db")
    with pytest.raises(UserError, match="folder"):
        open_ledger(tmp_path)
    with pytest.raises(UserError, match="no ledger"):
        open_ledger(tmp_path / "none.db", create=False)
    with pytest.raises(UserError):
        open_ledger("nonsense://x")


WRITER = """
import sys
from tests.ledger import test_ledger as t
with t.open_ledger(sys.argv[1]) as book:
    print("open", flush=True)
    for n in range(int(sys.argv[2]), int(sys.argv[3])):
        t.add(book, t.report(str(n), t.TEXT + f" Number {n}."))
"""


def writer(path: str, first: int, last: int) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, path, str(first), str(last)], cwd=root, stdout=subprocess.PIPE
    )


def test_killed_at_any_moment_nothing_is_lost_or_doubled(ledger_url: str) -> None:
    path = ledger_url
    moments = random.Random(3)
    before = 0
    for _ in range(4):
        process = writer(path, 0, 400)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with open_ledger(path) as book:
            entered = count(book, tables.reports)
            assert entered >= before
            assert count(book, tables.records) == entered
            assert count(book, tables.claims) == 2 * entered
            before = entered


def test_two_writers_at_once_lose_nothing(ledger_url: str) -> None:
    path = ledger_url
    open_ledger(path).close()
    processes = [writer(path, 0, 40), writer(path, 20, 60)]
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    with open_ledger(path) as book:
        assert count(book, tables.reports) == 60
        assert count(book, tables.claims) == 120
