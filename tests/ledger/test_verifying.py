from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.ledger.test_ledger import TEXT, add, record, report

from accordingto.ledger import tables
from accordingto.ledger.judgements import Judgement, Kind, judge
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.ledger.verifying import verify


def judgement(kind: Kind = Kind.REJECT, **more: Any) -> Judgement:
    subject = f"{record(report()).document.id}:4-10:strike"
    return Judgement(kind, (subject,), "Ana", "seen twice", "2031-03-05T10:00:00+00:00", **more)


@pytest.fixture
def book(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url) as ledger:
        add(ledger, report())
        add(ledger, report(), "m2")
        add(ledger, report("b", TEXT + " More.", None))
        key = judge(ledger, judgement())
        judge(ledger, judgement(Kind.WITHDRAW, withdraws=key))
        assert verify(ledger).faults == ()
        yield ledger


@pytest.mark.parametrize("column", ["kind", "who", "why", "made_at", "withdraws"])
def test_a_judgement_is_as_its_columns_tell(book: Ledger, column: str) -> None:
    t = tables.judgements
    with book.write() as connection:
        connection.execute(t.update().where(t.c.kind == "withdraw").values({column: "Jfedcba9876543210"}))
    [fault] = verify(book).faults
    assert fault.startswith("judgement J")
    assert fault.endswith(f": {column}")


@pytest.mark.parametrize("column", ["document", "title", "outlet", "url", "published"])
def test_a_report_is_as_its_record_tells(book: Ledger, column: str) -> None:
    t = tables.reports
    with book.write() as connection:
        connection.execute(t.update().where(t.c.name == "a").values({column: "2030-01-01"}))
    [fault] = verify(book).faults
    assert fault == f"report 1 (a): not as in its record: {column}"
