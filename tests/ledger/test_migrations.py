from __future__ import annotations

import zlib
from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import select, text
from tests.ledger.test_incidents import army_and_medics

from accordingto.ledger import filling, migrations, tables
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.digests import read_digest
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import incidents
from accordingto.ledger.orders import Order
from accordingto.ledger.queries import ClaimFilter, claims
from accordingto.ledger.session import open_ledger
from accordingto.ledger.verifying import verify


def enter_as_step_one_did(url: str) -> None:
    """What `enter` wrote before there was a second floor."""
    s = army_and_medics()
    record, now = s.record(), datetime.now(UTC)
    said_by, names = {x.id: x for x in record.sources}, {x.id: x.name for x in record.entities}
    with open_ledger(url) as book, book.engine.begin() as connection:
        connection.execute(
            tables.reports.insert().values(
                id=1, name="old", sha256=s.raw.sha256, document=record.document.id,
                original=zlib.compress(s.raw.original), media_type="text/plain", outlet="Coast Wire",
                published="2031-03-04", entered_at=now,
            )
        )  # fmt: skip
        body = zlib.compress(msgspec.json.encode(record))
        connection.execute(tables.records.insert().values(id=1, report=1, model="m", body=body, read_at=now))
        connection.execute(
            tables.claims.insert(),
            [
                {
                    "record": 1, "report": 1, "number": n, "act": str(c.act), "kind": "organization",
                    "who": names.get(said_by[c.source].entity or "") or said_by[c.source].description,
                    "words": " ".join(p.text for p in c.content),
                    "body": msgspec.json.encode({"claim": c, "source": said_by[c.source]}).decode(),
                }
                for n, c in enumerate(record.claims, 1)
            ],
        )  # fmt: skip


@pytest.mark.parametrize("steps", range(1, len(migrations.STEPS)))
def test_a_ledger_of_each_earlier_step_opens(
    ledger_url: str, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", migrations.STEPS[:steps])
        enter_as_step_one_did(ledger_url)
        if steps > 1:  # a ledger of step 2 wrote its log and what is pending itself
            with open_ledger(ledger_url) as book, book.engine.begin() as connection:
                connection.execute(tables.pending.insert().values(report=1))
    with open_ledger(ledger_url) as book:
        assert bring_up_to_date(book) == 1
        assert [i.title for i in incidents(book)] == ["Strike on a depot, Marda, 3 March 2031"]
        assert {c.claim.id for c in claims(book, ClaimFilter(text="civilian"))} == {"C3"}
        assert {c.incidents for c in claims(book)} == {(next(iter(incidents(book))).id,)}
        if steps == 1:
            assert verify(book).faults == ()
        with book.begin() as connection:
            taken = list(connection.scalars(select(tables.schema_steps.c.step)))
        assert sorted(taken) == list(range(1, len(migrations.STEPS) + 1))


def test_incidents_of_an_earlier_step_get_their_spots(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    t = tables.incidents
    with open_ledger(ledger_url) as book:
        enter(book, report=army_and_medics().raw, record=army_and_medics().record(), model="m")
        bring_up_to_date(book)
        with book.write() as connection:
            before = connection.execute(select(t.c.lat, t.c.lon, t.c.precision)).all()
            connection.execute(t.update().values(lat=None, lon=None, precision=None))
            connection.execute(text("DROP INDEX incidents_by_spot"))
            connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step == 11))
    monkeypatch.setattr(filling, "AT_ONCE", 1)
    with open_ledger(ledger_url) as book, book.begin() as connection:
        assert connection.execute(select(t.c.lat, t.c.lon, t.c.precision)).all() == before
        assert [p for _, _, p in before] == ["near"]


def test_incidents_of_an_earlier_step_get_their_digests(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    t = tables.incidents
    with open_ledger(ledger_url) as book:
        enter(book, report=army_and_medics().raw, record=army_and_medics().record(), model="m")
        bring_up_to_date(book)
        with book.write() as connection:
            before = connection.execute(select(t.c.id, t.c.digest)).all()
            connection.execute(t.update().values(digest=None))
            connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step >= 12))
    monkeypatch.setattr(filling, "AT_ONCE", 1)
    with open_ledger(ledger_url) as book, book.begin() as connection:
        assert connection.execute(select(t.c.id, t.c.digest)).all() == before
        assert [read_digest(d).title for _, d in before] == ["Strike on a depot, Marda, 3 March 2031"]


def test_a_ledger_of_step_twelve_is_derived_anew(ledger_url: str) -> None:
    with open_ledger(ledger_url) as book:
        enter(book, report=army_and_medics().raw, record=army_and_medics().record(), model="m")
        bring_up_to_date(book)
        with book.write() as connection:
            connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step == 13))
    with open_ledger(ledger_url) as book:
        assert bring_up_to_date(book) == 1
        assert [i.title for i in incidents(book)] == ["Strike on a depot, Marda, 3 March 2031"]


def test_a_ledger_of_step_thirteen_is_derived_anew(ledger_url: str) -> None:
    with open_ledger(ledger_url) as book:
        enter(book, report=army_and_medics().raw, record=army_and_medics().record(), model="m")
        bring_up_to_date(book)
        with book.write() as connection:
            connection.execute(tables.groups.update().values(last="9999"))
            connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step == 14))
    with open_ledger(ledger_url) as book:
        assert bring_up_to_date(book) == 1
        with book.begin() as connection:
            assert set(connection.scalars(select(tables.groups.c.last))) == {"2031-03-04"}


def test_failures_of_an_earlier_step_are_kept_once(ledger_url: str) -> None:
    f = tables.failures
    told = [("a", "it is empty."), ("a", "it is empty."), ("b", "it is empty."), ("a", "it is a picture.")]
    with open_ledger(ledger_url) as book, book.write() as connection:
        rows = [{"name": n, "reason": r, "failed_at": datetime.now(UTC)} for n, r in told]
        connection.execute(f.insert(), rows)
        connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step == 16))
    with open_ledger(ledger_url) as book, book.begin() as connection:
        found = connection.execute(select(f.c.name, f.c.reason).order_by(f.c.id)).all()
        assert [tuple(row) for row in found] == [told[0], told[2], told[3]]


def test_incidents_of_an_earlier_step_are_put_in_order(ledger_url: str) -> None:
    t = tables.incidents
    with open_ledger(ledger_url) as book:
        enter(book, report=army_and_medics().raw, record=army_and_medics().record(), model="m")
        bring_up_to_date(book)
        with book.write() as connection:
            before = connection.execute(select(t.c.origins, t.c.killed)).all()
            for column in ("origins", "killed"):
                connection.execute(text(f"DROP INDEX incidents_by_{column}"))
                connection.execute(text(f"ALTER TABLE incidents DROP COLUMN {column}"))
            connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step == 22))
    with open_ledger(ledger_url) as book:
        assert [i.origins for i in incidents(book, sort=Order.KILLED)] == [1]  # before it is derived, too
        bring_up_to_date(book)
        with book.begin() as connection:
            assert connection.execute(select(t.c.origins, t.c.killed)).all() == before == [(1, 6)]


@pytest.mark.parametrize("step", [16, 17])
def test_an_earlier_ledger_is_derived_anew(ledger_url: str, step: int) -> None:
    """What it shows is that of a ledger made now, without a rebuild."""
    t = tables.incidents
    with open_ledger(ledger_url) as book:
        enter(book, report=army_and_medics().raw, record=army_and_medics().record(), model="m")
        bring_up_to_date(book)
        with book.write() as connection:
            before = connection.execute(select(t.c.digest, t.c.body)).all()
            connection.execute(t.update().values(digest=b"old", body=b"old"))
            connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step == step))
    with open_ledger(ledger_url) as book:
        assert bring_up_to_date(book) == 1
        with book.begin() as connection:
            assert connection.execute(select(t.c.digest, t.c.body)).all() == before
