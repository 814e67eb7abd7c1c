from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from accordingto.errors import UserError
from accordingto.ledger import people
from accordingto.ledger.people import accounts, add_account, change_account
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.roles import Role

PASSWORD = "a long enough password"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        add_account(ledger, "bo", role=Role.READER, password=PASSWORD)
        yield ledger


def test_a_reader_is_no_last_admin(book: Ledger) -> None:
    change_account(book, "bo", role=Role.REVIEWER)
    change_account(book, "bo", active=False)
    assert [(a.role, a.active) for a in accounts(book)] == [(Role.REVIEWER, False)]
    change_account(book, "bo", role=Role.ADMIN, active=True)
    for change in ({"role": Role.READER}, {"active": False}):
        with pytest.raises(UserError, match="bo is the last admin"):
            change_account(book, "bo", **change)  # type: ignore[arg-type]
    add_account(book, "ann", role=Role.ADMIN, password=PASSWORD)
    change_account(book, "bo", role=Role.READER)
    assert [(a.name, a.role) for a in accounts(book)] == [("ann", Role.ADMIN), ("bo", Role.READER)]


@pytest.mark.parametrize(("length", "other"), [(9, "longer"), (201, "shorter"), (250, "shorter")])
def test_a_password_of_a_wrong_length_is_told_which_way(book: Ledger, length: int, other: str) -> None:
    with pytest.raises(UserError, match=f"choose a {other} one"):
        add_account(book, "ann", role=Role.READER, password="x" * length)
