from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from tests.ledger.test_ledger import TEXT, add, record, report

from accordingto.errors import FatalError
from accordingto.ledger import tables
from accordingto.ledger.claimrows import remake
from accordingto.ledger.deriving import rebuild
from accordingto.ledger.judgements import Judgement, Kind, judge
from accordingto.ledger.queries import ClaimFilter, claims
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


def claim_rows(book: Ledger) -> list[tuple[Any, ...]]:
    with book.begin() as connection:
        return [tuple(r) for r in connection.execute(select(tables.claims).order_by(tables.claims.c.id))]


CHANGES = {
    "act": "confirm",
    "kind": "media",
    "who": "The mayor",
    "words": "something else",
    "day": "2030-01-01",
    "body": "{}",
}


@pytest.mark.parametrize("column", [*CHANGES, "act in the body", "row gone", "row more"])
def test_a_claim_is_as_its_record_tells_and_a_rebuild_makes_it_so(book: Ledger, column: str) -> None:
    before = claim_rows(book)
    t = tables.claims
    with book.write() as connection:
        if column == "row gone":
            connection.execute(t.delete().where(t.c.id == before[0][0]))
        elif column == "row more":
            row = dict(connection.execute(select(t).limit(1)).one()._mapping)
            del row["id"]  # PostgreSQL counts on where none is given, and refuses None
            connection.execute(t.insert().values({**row, "number": 99}))
        else:
            [body] = connection.scalars(select(t.c.body).where(t.c.id == before[0][0]))
            changed = CHANGES.get(column, body.replace('"deny"', '"confirm"'))
            connection.execute(t.update().where(t.c.id == before[0][0]).values({column.split()[-1]: changed}))
    [fault] = verify(book).faults
    assert fault.startswith("report 1 (a): its claims are not those of its record: ")
    assert "rebuild" in fault
    rebuild(book)
    assert verify(book).faults == ()
    after = claim_rows(book)
    assert {r[1:] for r in after} == {r[1:] for r in before}
    if column not in ("row gone", "row more"):
        assert after == before


def test_words_changed_by_hand_are_searched_as_they_came_in_after_a_rebuild(book: Ledger) -> None:
    t = tables.claims
    with book.write() as connection:
        connection.execute(t.update().values(words="a volcano"))
    rebuild(book)
    found = [c.text for c in claims(book, ClaimFilter(text="civilians"))]
    assert found == ["that 100% were civilians"] * len(found)
    assert found
    assert list(claims(book, ClaimFilter(text="volcano"))) == []


def test_a_claim_that_cannot_be_read_says_what_to_do(book: Ledger) -> None:
    t = tables.claims
    with book.write() as connection:
        connection.execute(t.update().where(t.c.number == 1).values(body='{"claim": 5'))
    with pytest.raises(FatalError, match="run `accordingto rebuild`"):
        list(claims(book))


def test_claims_of_a_record_that_cannot_be_read_stay(book: Ledger) -> None:
    before = claim_rows(book)
    with book.write() as connection:
        connection.execute(tables.records.update().values(body=b"no record"))
        assert remake(connection) == 0
    assert claim_rows(book) == before
