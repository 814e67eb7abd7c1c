from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from tests.ledger.builder import Story

from accordingto.ledger import migrations, naming, tables
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import Filter, sources
from accordingto.ledger.naming import names_with, note
from accordingto.ledger.queries import ClaimFilter, claims, count_claims
from accordingto.ledger.session import Ledger, open_ledger

NAMES = (
    "The Army of Marda",
    "the army",
    "Ministère de l'Intérieur",
    'The "Lions"',
    "100% Group",
    "Al_Q",
    "Zo",
)


@pytest.fixture
def book(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url) as ledger:
        for n, name in enumerate(NAMES):
            s = Story(f"{name} said that rain fell {n}.", f"2031-03-{n + 1:02d}", "Coast Wire", None, f"r{n}")
            s.claim(name, "said", f"that rain fell {n}")
            enter(ledger, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(ledger)
        yield ledger


def said_by(book: Ledger, words: str) -> list[str | None]:
    return [c.who for c in claims(book, ClaimFilter(source=words))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("army", ["The Army of Marda", "the army"]),
        ("RMY OF M", ["The Army of Marda"]),
        ("de l'Int", ["Ministère de l'Intérieur"]),
        ('"Lions"', ['The "Lions"']),
        ("0%", ["100% Group"]),
        ("_Q", ["Al_Q"]),
        ("zo", ["Zo"]),
        ("A%M", []),
        ("army OR", []),
    ],
)
def test_a_source_by_any_part_of_its_name(book: Ledger, words: str, found: list[str]) -> None:
    assert said_by(book, words) == found
    assert count_claims(book, ClaimFilter(source=words)) == len(found)
    # “the army” of no country that is told has no name of its own, but is found by its description
    assert {v.name or v.description for v in sources(book, Filter(source=words))} == set(found)


def test_a_source_with_many_claims_is_walked_and_gives_the_same(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "FEW", 1)
    assert said_by(book, "army") == ["The Army of Marda", "the army"]


def test_without_trigrams_names_are_looked_through(
    ledger_url: str, book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with book.write() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER names_in"))
            connection.execute(text("DROP TABLE name_search"))
        else:
            connection.execute(text("DROP EXTENSION pg_trgm CASCADE"))
    assert said_by(book, "RMY OF M") == ["The Army of Marda"]


def test_a_database_without_trigrams_takes_the_step(ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "TRIGRAMS", (99, 0))
    monkeypatch.setattr(migrations, "POSTGRES_NAMES", ("CREATE EXTENSION no_such_extension",))
    with open_ledger(ledger_url) as book, book.write() as connection:
        note(connection, ["Army"])
        assert names_with(connection, "rmy", 9) == ["Army"]


def test_each_name_is_noted_once_and_long_ones_clipped(book: Ledger) -> None:
    with book.write() as connection:
        note(connection, ["Zo", None, "", "x" * 4000, "Zo"])
        names = list(connection.scalars(select(tables.names.c.name)))
    assert len(names) == len(set(names)) == len(NAMES) + 1
    assert max(map(len, names)) == tables.CLIPPED
