"""Words are found in any letters: capitals or not, and by full-text search with or without accents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from tests.ledger.builder import Story

from accordingto.ledger import folding, migrations, naming, tables
from accordingto.ledger.browsing import Wanted, browse_incidents, browse_reports
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import Filter, sources
from accordingto.ledger.queries import ClaimFilter, claims
from accordingto.ledger.session import Ledger, open_ledger

NAMES = ("Álvaro Núñez", "Ávila Council", "Żuk", "ΟΔΟΣ", "Совет Вязьмы", "İstanbul Bar")


def tell(book: Ledger) -> None:
    for n, name in enumerate(NAMES):
        said = f"that Señor Muñoz saw the {name} march pass No. {n}"
        s = Story(f"{name} said {said}.", f"2031-03-{n + 1:02d}", "Café Wire", None, f"r{n}")
        s.claim(name, "said", said)
        enter(book, report=s.raw, record=s.record(), model="m")
    bring_up_to_date(book)


@pytest.fixture
def book(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url) as ledger:
        tell(ledger)
        yield ledger


CASES = [
    ("ávila", "Ávila Council"),
    ("ÁVILA C", "Ávila Council"),
    ("NÚÑEZ", "Álvaro Núñez"),
    ("núñez", "Álvaro Núñez"),
    ("żu", "Żuk"),
    ("żuk", "Żuk"),
    ("Ż", "Żuk"),
    ("οδοσ", "ΟΔΟΣ"),
    ("οδος", "ΟΔΟΣ"),
    ("ВЯЗЬМЫ", "Совет Вязьмы"),
    ("İstanbul", "İstanbul Bar"),
]


@pytest.mark.parametrize(("words", "found"), CASES)
def test_a_source_in_capitals_or_not(book: Ledger, words: str, found: str) -> None:
    assert [c.who for c in claims(book, ClaimFilter(source=words))] == [found]
    assert [v.name for v in sources(book, Filter(source=words))] == [found]


@pytest.mark.parametrize(("words", "found"), CASES)
def test_a_source_in_capitals_or_not_where_its_claims_are_walked(
    book: Ledger, words: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "FEW", 0)
    monkeypatch.setattr(naming, "NAMES", 0)
    assert [c.who for c in claims(book, ClaimFilter(source=words))] == [found]
    assert [v.name for v in sources(book, Filter(source=words))] == [found]


@pytest.mark.parametrize(("words", "found"), CASES)
def test_words_in_capitals_or_not(book: Ledger, words: str, found: str) -> None:
    assert [c.who for c in claims(book, ClaimFilter(words=words))] == [found]


def test_words_with_other_accents_are_other_words_in_lists(book: Ledger) -> None:
    assert list(claims(book, ClaimFilter(words="Avila"))) == []
    assert list(claims(book, ClaimFilter(words="avilà"))) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nunez", ["Álvaro Núñez"]),
        ("Núñez", ["Álvaro Núñez"]),
        ("NUN\u0303EZ", ["Álvaro Núñez"]),
        ('"alvaro NÚÑEZ"', ["Álvaro Núñez"]),
        ("avila council", ["Ávila Council"]),
        ("вязьмы", ["Совет Вязьмы"]),
        ("zuk", ["Żuk"]),
        ("munoz", list(NAMES)),
    ],
)
def test_a_search_finds_words_with_or_without_accents(book: Ledger, words: str, found: list[str]) -> None:
    assert [c.who for c in claims(book, ClaimFilter(text=words))] == found


def test_the_desks_search_finds_words_with_or_without_accents(book: Ledger) -> None:
    with book.begin() as connection:
        for words in ("cafe", "Café", "CAFÉ wir"):
            assert len(browse_reports(connection, Wanted(q=words)).rows) == len(NAMES)
        assert browse_incidents(connection, Wanted(q="núñez")).rows == []


def test_a_ledger_from_before_is_searched_the_same(ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", migrations.STEPS[:15])
        with open_ledger(ledger_url) as book:
            tell(book)
    with open_ledger(ledger_url) as book:
        assert [c.who for c in claims(book, ClaimFilter(text="nunez"))] == ["Álvaro Núñez"]
        assert [v.name for v in sources(book, Filter(source="żuk"))] == ["Żuk"]


def test_a_server_without_a_fitting_collation_lowers_letter_by_letter(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "UNICODE", ("no_such_collation",))
    monkeypatch.setattr(folding, "without_accents", lambda _, lowered: folding.letter_by_letter(lowered))
    with open_ledger(ledger_url) as book:
        tell(book)
        for words, found in CASES:
            assert [c.who for c in claims(book, ClaimFilter(words=words, source=words))] == [found], words
        assert [c.who for c in claims(book, ClaimFilter(text="nunez"))] == ["Álvaro Núñez"]


def test_postgresql_finds_names_by_their_index(book: Ledger) -> None:
    if book.engine.dialect.name != "postgresql":
        pytest.skip("PostgreSQL's index")
    wanted = select(tables.names.c.name).where(tables.names.c.name.icontains("NÚÑEZ MARÍA", autoescape=True))
    with book.begin() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plain = str(wanted.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(connection.execute(text(f"EXPLAIN {plain}".replace("%%", "%"))).scalars())
    assert "names_by_part" in plan


def test_plain_words_are_looked_through_by_the_database_itself(book: Ledger) -> None:
    """A function of ours would wait for Python's lock at each row of SQLite, and take PostgreSQL twice as long."""
    asked = tables.claims.c.words.icontains("march", autoescape=True)
    assert folding.SMALL not in str(asked.compile(book.engine))
