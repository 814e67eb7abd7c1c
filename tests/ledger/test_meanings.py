from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlalchemy import text as sql
from tests.ledger.builder import Story
from tests.ledger.test_incidents import army_and_medics, rival

from accordingto.errors import UserError
from accordingto.ledger import meanings, tables
from accordingto.ledger.deriving import bring_up_to_date, rebuild
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import Filter, incident, incidents
from accordingto.ledger.meanings import CLAIMS, INCIDENTS, MeaningIndex, fill, pack, prune, unpack
from accordingto.ledger.queries import ClaimFilter
from accordingto.ledger.ranking import By, Search, fused
from accordingto.ledger.session import Ledger, open_ledger

ALIKE = {"arms": "weapons", "military": "army", "warehouse": "depot"}


class Words:
    """A model made by hand: a text is the sum of its words' directions, and some words mean the same."""

    def __init__(self, name: str = "words", size: int = 384) -> None:
        self.name, self.size = name, size
        self.made = 0

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.made += len(texts)
        out = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                seed = int.from_bytes(ALIKE.get(word, word).encode()[:8], "big")
                out[row] += np.random.default_rng(seed).standard_normal(self.size)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


def told(words: str, name: str, speaker: str = "The mayor") -> Story:
    s = Story(f"{speaker} said {words}.", name=name)
    s.claim(speaker, "said", words)
    return s


def enter_all(book: Ledger, *stories: Story, model: str = "m") -> None:
    for s in stories:
        enter(book, report=s.raw, record=s.record(), model=model)
    bring_up_to_date(book)


def rows_in(book: Ledger, table) -> int:  # type: ignore[no-untyped-def]
    with book.begin() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def book(ledger_url: str):  # type: ignore[no-untyped-def]
    with open_ledger(ledger_url) as book:
        enter_all(
            book,
            army_and_medics(),
            rival(),
            told("the bridge at Marda was mined", "bridge.txt"),
            told("that a school would open in May", "school.txt"),
        )
        yield book


def test_every_claim_and_incident_gets_a_vector_once(book: Ledger) -> None:
    model = Words()
    claims, happened = rows_in(book, tables.claims), rows_in(book, tables.incidents)
    assert fill(book, model) == claims + happened == model.made
    assert rows_in(book, tables.claim_meanings) == claims
    assert rows_in(book, tables.incident_meanings) == happened
    assert fill(book, model) == 0
    enter_all(book, told("a road was cut", "road.txt"))
    assert fill(book, model) == 1


def test_killed_between_batches_the_rest_is_made_next_time(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meanings, "BATCH", 2)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(book, Words(), progress=stop)
    assert rows_in(book, tables.claim_meanings) == 2
    model = Words()
    assert fill(book, model) == rows_in(book, tables.claims) + rows_in(book, tables.incidents) - 2
    assert len(MeaningIndex(book).nearest(CLAIMS, model(["bridge"])[0])) == rows_in(book, tables.claims)


def test_a_rebuild_keeps_what_still_fits(book: Ledger) -> None:
    fill(book, Words())
    rebuild(book)
    assert fill(book, Words()) == 0
    with book.engine.begin() as connection:
        connection.execute(tables.incidents.update().values(title="Another title"))
    assert fill(book, Words()) == rows_in(book, tables.incidents)
    with book.engine.begin() as connection:
        connection.execute(tables.claim_incidents.delete())
        connection.execute(tables.incidents.delete())
    assert prune(book) > 0
    assert rows_in(book, tables.incident_meanings) == 0
    assert MeaningIndex(book).nearest(INCIDENTS, Words()(["title"])[0]) == []


def test_a_report_read_anew_loses_its_old_vectors(book: Ledger) -> None:
    model, index = Words(), MeaningIndex(book)
    fill(book, model)
    before = rows_in(book, tables.claim_meanings)
    enter_all(book, told("the bridge at Marda was mined", "bridge.txt"), model="newer")
    assert rows_in(book, tables.claim_meanings) == before - 1
    assert fill(book, model) == 1
    near = index.nearest(CLAIMS, model(["the mayor: the bridge at Marda was mined"])[0])
    assert len(near) == before
    assert near[0].cosine > 0.99


def test_vectors_of_another_model_are_made_anew_only_where_asked_for(book: Ledger) -> None:
    everything = fill(book, Words("old"))
    assert fill(book, Words("new")) == 0
    assert not Search(MeaningIndex(book), Words("new")).has_meaning()
    assert fill(book, Words("new"), anew=True) == everything
    assert Search(MeaningIndex(book), Words("new")).has_meaning()


@pytest.mark.parametrize("size", [64, 200, 768])
def test_vectors_may_have_any_size(book: Ledger, size: int) -> None:
    model, index = Words(size=size), MeaningIndex(book)
    assert fill(book, model) == rows_in(book, tables.claims) + rows_in(book, tables.incidents)
    near = index.nearest(CLAIMS, model(["the mayor: the bridge at Marda was mined"])[0])
    assert near[0].cosine > 0.95 > near[1].cosine
    assert fill(book, Words("wider", size + 64), anew=True) == model.made - 1
    assert len(index.nearest(CLAIMS, Words(size=size + 64)(["bridge"])[0])) == len(near)


def test_an_index_in_use_sees_what_came_later(book: Ledger) -> None:
    model, index = Words(), MeaningIndex(book)
    fill(book, model)
    query = model(["a ferry sank off the cape"])[0]
    first = index.nearest(CLAIMS, query)
    enter_all(book, told("a ferry sank off the cape", "ferry.txt"))
    fill(book, model)
    later = index.nearest(CLAIMS, query)
    assert len(later) == len(first) + 1
    assert later[0].key not in {n.key for n in first}


def test_meaning_finds_what_words_do_not(book: Ledger) -> None:
    model = Words()
    fill(book, model)
    search = Search(MeaningIndex(book), model)
    query = "the military used the warehouse for arms"
    assert search.claims(query, by=By.WORDS) == []
    found = search.claims(query)
    assert {"weapons", "arms"} & set(found[0].row.text.split())
    assert (found[0].words, (found[0].cosine or 0) > 0.3) == (False, True)
    assert search.claims("bridge mined")[0].row.text == "the bridge at Marda was mined"
    assert search.claims("bridge mined", by=By.WORDS)[0].words
    assert {f.row.who for f in search.claims(query, ClaimFilter(source="mayor"))} <= {"The mayor"}
    assert len(search.claims(query, ClaimFilter(limit=1))) == 1
    with pytest.raises(UserError):
        search.claims("!!")


def test_incidents_by_their_titles_and_by_what_is_said_of_them(book: Ledger) -> None:
    model = Words()
    fill(book, model)
    search = Search(MeaningIndex(book), model)
    [one] = list(incidents(book))
    found = search.incidents("strike on a warehouse")
    assert [f.incident.id for f in found] == [one.id]
    assert found[0].to_dict()["cosine"] > 0.3
    assert search.incidents("strike on a warehouse", Filter(type="protest")) == []
    assert search.incidents("civilian", by=By.WORDS)[0].claims >= 1


def in_words_order(book: Ledger) -> None:
    """As a PostgreSQL database has its ids whose default is a language's order; SQLite knows none."""
    if book.engine.dialect.name == "postgresql":
        with book.write() as connection:
            for column in (
                "incidents ALTER id",
                "incident_meanings ALTER incident",
                "accounts ALTER incident",
            ):
                connection.execute(sql(f'ALTER TABLE {column} TYPE varchar(17) COLLATE "en-x-icu"'))


def test_ids_are_found_by_their_beginning_whatever_order_the_database_has(book: Ledger) -> None:
    in_words_order(book)
    fill(book, Words())
    [one] = list(incidents(book))
    assert incident(book, one.id[:4]).id == incident(book, one.id).id == one.id
    assert [n.key for n in MeaningIndex(book).nearest(INCIDENTS, Words()(["strike"])[0])] == [one.id]
    with pytest.raises(UserError):
        incident(book, "I_")


def test_the_pages_of_an_earlier_step_are_written_again(book: Ledger, ledger_url: str) -> None:
    in_words_order(book)
    fill(book, Words())
    pages, steps = tables.meaning_pages, tables.schema_steps
    with book.write() as connection:
        whole = set(connection.execute(select(pages)))
        connection.execute(
            pages.update().where(pages.c.kind == "incident").values(stamp=0, members=b"", codes=b"")
        )
        connection.execute(steps.delete().where(steps.c.step == 14))
    with open_ledger(ledger_url) as again, again.begin() as connection:
        assert set(connection.execute(select(pages))) == whole


def test_without_vectors_words_alone_count(book: Ledger) -> None:
    search = Search(MeaningIndex(book), Words())
    assert [f.row.text for f in search.claims("bridge")] == ["the bridge at Marda was mined"]
    assert search.claims("bridge", by=By.MEANING) == []


def test_fused_ranks() -> None:
    assert fused([["a", "b", "c"], ["c", "a"]]) == ["a", "c", "b"]
    assert fused([["b"], ["a"]]) == ["a", "b"]
    assert fused([]) == []


def test_packed_vectors_keep_their_direction() -> None:
    vectors = Words()(["one thing", "another", ""])
    kept = unpack(pack(vectors))
    assert np.allclose((vectors * kept).sum(1), [1, 1, 0], atol=1e-3)
