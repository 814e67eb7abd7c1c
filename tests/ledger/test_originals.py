from __future__ import annotations

import hashlib
import zlib

import pytest
from sqlalchemy import select
from tests.ledger.test_ledger import TEXT, add, count, record, report

from accordingto.intake.report import Known, RawReport
from accordingto.intake.text import split
from accordingto.ledger import originals, tables
from accordingto.ledger.entries import enter, stored_bytes
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.ledger.verifying import verify

BUNDLE = f"\n\n{'*' * 3}\n\n".join(f"{TEXT} {n}" + " The boats stood idle." * 20 for n in range(3)).encode()
LATER = 15  # the step that keeps originals apart


def bundle() -> list[RawReport]:
    return [r for r in split(BUNDLE, "week.txt", Known()) if isinstance(r, RawReport)]


def fill(ledger: Ledger) -> list[int]:
    """The three reports of a bundle and one of its own, by number."""
    raws = [*bundle(), report()]
    return [enter(ledger, report=r, record=record(r), model="m").report for r in raws]


def test_the_reports_of_a_file_carry_its_hash() -> None:
    assert [r.name for r in bundle()] == ["week.txt#1", "week.txt#2", "week.txt#3"]
    assert (
        {r.digest for r in bundle()} == {r.sha256 for r in bundle()} == {hashlib.sha256(BUNDLE).hexdigest()}
    )


def test_a_bundle_is_hashed_compressed_and_kept_once(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raws, hashed, packed = bundle(), [], []
    sha256, compress = hashlib.sha256, zlib.compress
    with open_ledger(ledger_url) as ledger:
        monkeypatch.setattr(hashlib, "sha256", lambda data=b"": hashed.append(len(data)) or sha256(data))
        monkeypatch.setattr(zlib, "compress", lambda data: packed.append(data) or compress(data))
        for raw in raws:
            add(ledger, raw)
        monkeypatch.undo()
        assert packed.count(BUNDLE) == 1
        assert len(BUNDLE) not in hashed
        assert count(ledger, tables.originals) == 1
        with ledger.begin() as connection:
            [logged] = set(
                connection.scalars(select(tables.log.c.digest).where(tables.log.c.kind == "report"))
            )
        assert logged == raws[0].sha256
        assert [stored_bytes(ledger, n) for n in (1, 2, 3)] == [BUNDLE] * 3
        assert verify(ledger).faults == ()


def test_verify_looks_at_shared_bytes(ledger_url: str) -> None:
    t = tables.originals
    with open_ledger(ledger_url) as ledger:
        numbers = fill(ledger)
        with ledger.write() as connection:
            connection.execute(
                t.update().where(t.c.sha256 == bundle()[0].sha256).values(body=zlib.compress(b"x"))
            )
            connection.execute(t.delete().where(t.c.sha256 == report().sha256))
        told = [f"report {n} (week.txt#{n}): its stored bytes were changed" for n in numbers[:3]]
        assert verify(ledger).faults == (*told, f"report {numbers[3]} (a): its stored bytes are gone")
        with pytest.raises(LookupError):
            stored_bytes(ledger, numbers[3])


def test_a_ledger_of_an_earlier_step_gets_its_originals_apart(ledger_url: str) -> None:
    t, o = tables.reports, tables.originals
    with open_ledger(ledger_url) as ledger:
        numbers = fill(ledger)
        with ledger.write() as connection:
            for n, data in zip(numbers, [b"spoilt", BUNDLE, BUNDLE, report().original], strict=True):
                connection.execute(t.update().where(t.c.id == n).values(original=zlib.compress(data)))
            o.drop(connection)
            connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step == LATER))
    with open_ledger(ledger_url) as ledger:
        assert count(ledger, o) == 2
        assert [stored_bytes(ledger, n) for n in numbers] == [BUNDLE] * 3 + [report().original]
        assert verify(ledger).faults == ()
        with ledger.write() as connection:
            originals.move(connection)  # taken twice, it changes nothing
            assert set(connection.scalars(select(t.c.original))) == {b""}
        assert count(ledger, o) == 2
        assert add(ledger, bundle()[0], "m2") == "reread"
        assert count(ledger, o) == 2
