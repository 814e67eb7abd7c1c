from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
import pytest
from tests.ledger.test_deriving import add, incidents, stories

from accordingto import crews
from accordingto.errors import FatalError
from accordingto.ledger.deriving import bring_up_to_date, rebuild
from accordingto.ledger.preparing import Prepared, Report, crew
from accordingto.ledger.session import open_ledger


def reports() -> list[Report]:
    packed = ((s.raw.name, zlib.compress(msgspec.json.encode(s.record()))) for s in stories())
    return [Report(n, name, body) for n, (name, body) in enumerate(packed, 1)]


def prepared(workers: int, size: int = 1, tables_dir: Path | None = None) -> list[Prepared]:
    told = reports()
    with crew(workers, tables_dir) as prepare:
        batches = [told[i : i + size] for i in range(0, len(told), size)]
        return [p for some in prepare(batches) for p in some]


def test_workers_make_what_this_process_makes_in_the_same_order(tmp_path: Path) -> None:
    expected = prepared(0)
    assert [p.number for p in expected] == list(range(1, 9))
    assert all(p.accounts and p.accounts[0].blocks for p in expected)
    assert prepared(2) == expected
    assert prepared(1, size=3) == expected
    (tmp_path / "type_families.csv").write_text("type,family\nstrike,weather\n", encoding="utf-8")
    own = prepared(1, tables_dir=tmp_path)
    assert own == prepared(0, tables_dir=tmp_path) != expected  # the user's own tables reach the workers


def test_a_rebuild_by_several_processes_gives_the_same(ledger_url: str) -> None:
    with open_ledger(ledger_url) as book:
        add(book, *stories())
        bring_up_to_date(book, workers=0)
        expected = incidents(book)
        assert rebuild(book, workers=2) == len(stories())
        assert incidents(book) == expected


def test_a_rebuild_leaves_nothing_that_refers_to_what_is_gone(ledger_url: str) -> None:
    with open_ledger(ledger_url) as book:
        add(book, *stories())
        bring_up_to_date(book)
        rebuild(book)
        with book.begin() as connection:
            if connection.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_a_worker_that_ends_early_changes_nothing(ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(ledger_url) as book:
        add(book, *stories())
        bring_up_to_date(book)
        expected = incidents(book)
        monkeypatch.setattr(crews.sys, "executable", "true")  # a program that ends at once
        with pytest.raises(FatalError, match="worker process ended"):
            rebuild(book, workers=1)
        assert incidents(book) == expected
