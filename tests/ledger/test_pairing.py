from __future__ import annotations

import itertools
import random

import numpy as np
from sqlalchemy import select
from tests.ledger.builder import strike
from tests.ledger.test_deriving import DAY, add

from accordingto.ledger import pairing, tables
from accordingto.ledger.blocking import blocks
from accordingto.ledger.copies import LEAST, are_copies, sketch
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.pairing import Store, candidates, under_one_block
from accordingto.ledger.session import Ledger, open_ledger

FOOTER = "All rights reserved by the house."


def wire(n: int, words: int, rng: random.Random) -> str:
    """One of three wire stories, cut somewhere, with an opening of its own and what every report ends on."""
    story = random.Random(n % 3)
    body = " ".join(f"word{story.randrange(900)}" for _ in range(words))
    own = " ".join(f"own{rng.randrange(10_000)}" for _ in range(6))
    return f"{own} says that a strike on a school in Marda killed four people on that day. {body} {FOOTER}"


def sketched(grams: frozenset[int]) -> tuple[int, ...]:
    return sketch(np.array(sorted(grams), dtype=np.uint64))


def filled(url: str, count: int = 40) -> Ledger:
    rng = random.Random(3)
    book = open_ledger(url)
    for n in range(count):
        text = wire(n, rng.choice((8, 15, 40, 60)), rng)
        add(
            book,
            strike(text, day=("that day", DAY), target="a school", killed=("four people", 4), outlet=f"O{n}"),
        )
        if n % 7 == 0:
            bring_up_to_date(book)
    bring_up_to_date(book)
    return book


def test_the_rarest_runs_find_the_copies_that_all_runs_would(ledger_url: str) -> None:
    with filled(ledger_url) as book, book.begin() as connection:
        t = tables.shingles
        grams = {
            r.report: frozenset(np.frombuffer(r.body, dtype=np.uint64).tolist())
            for r in connection.execute(select(t))
        }
        expected = {
            (a, b)
            for a, b in itertools.combinations(sorted(grams), 2)
            if len(set(sketched(grams[a])) & set(sketched(grams[b]))) >= LEAST
            and are_copies(grams[a], grams[b])
        }
        found = {(r.one, r.other) for r in connection.execute(select(tables.copies))}
        assert found == expected
        assert 20 < len(found) < 40 * 39 / 2


def test_what_every_report_ends_on_makes_no_candidates(ledger_url: str) -> None:
    with open_ledger(ledger_url) as book:
        for n in range(30):
            own = " ".join(f"w{n}x{i}" for i in range(60))
            text = f"A strike in Marda on that day. {own}. {FOOTER}"
            add(book, strike(text, day=("that day", DAY), outlet=f"O{n}"))
        bring_up_to_date(book)
        with book.begin() as connection:
            common = pairing.spread(connection, list(range(1, 31)))
            assert max(common.values()) >= 10  # sketches do share a run
            assert candidates(connection, list(range(1, 31))) == set()


def test_open_and_closed_blocks_meet_as_before(ledger_url: str) -> None:
    with filled(ledger_url, 20) as book, book.begin() as connection:
        a = tables.accounts.c
        ids = list(connection.scalars(select(a.id)))
        known = Store(connection).get(ids)
        keys = {i: {b.key: b.open for b in sorted(blocks(known[i][1]))} for i in ids}
        expected = {
            (x, y)
            for x, y in itertools.combinations(sorted(ids), 2)
            if any(keys[x][k] or keys[y][k] for k in keys[x].keys() & keys[y].keys())
        }
        found = [(x, y) for x, y in under_one_block(connection, set(ids)).tolist()]
        assert found == sorted(expected)
        assert expected
        assert under_one_block(connection, set()).shape == (0, 2)
