from __future__ import annotations

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient
from tests.ledger.builder import strike
from tests.web import stage

from accordingto.ledger import tables
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.judgements import Judgement, Kind, judge, now
from accordingto.ledger.session import Ledger
from accordingto.web import acting_routes, reviewqueue
from accordingto.web.excerpts import AROUND, excerpt

LONG = " ".join(f"word{n:03d}" for n in range(80))


def test_an_excerpt_keeps_whole_words_and_says_where_it_was_cut() -> None:
    for start in (0, 91, 300, 301, 302, 303, len(LONG) - 7):
        quoted = excerpt(LONG, start)
        inner = quoted.removeprefix("… ").removesuffix(" …")
        assert set(inner.split()) <= set(LONG.split()), quoted
        assert quoted.startswith("… ") == (not LONG.startswith(inner))
        assert quoted.endswith(" …") == (not LONG.endswith(inner))
        assert AROUND <= len(inner) + 8 <= 2 * AROUND + 8


def test_an_excerpt_stays_in_its_paragraph() -> None:
    assert (
        excerpt("A Headline\n\nOne storm came.\nIt left.\n\nAnother part.", 15) == "One storm came. It left."
    )
    assert excerpt("A Headline\nOne storm came.\nIt left.", 15) == "One storm came."


def test_a_word_longer_than_an_excerpt_is_not_lost() -> None:
    assert excerpt("x" * 400, 0).strip("… ")


@pytest.mark.parametrize("kind", ["place"])
def test_a_value_in_question_is_shown_with_the_words_around_it(browser: TestClient, kind: str) -> None:
    (item,) = browser.get(f"/review.json?kind={kind}").json()["items"]
    (side,) = item["sides"]
    assert side["title"] == "Rif Province"
    assert side["words"][0]["words"] == "Teachers marched through Rif Province on 5 March, the union said."
    assert side["facts"] == [["says", "the union"]]


def answer(book: Ledger, kind: Kind, subjects: tuple[str, ...], **more: str) -> None:
    judge(book, Judgement(kind, subjects, "ann", "looked", now(), **more))  # type: ignore[arg-type]
    bring_up_to_date(book)


def test_answered_matches_make_room_for_others(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("SURE", 1.1), ("LOOKED_AT", 1), ("SIFTED", 1)):
        monkeypatch.setattr(reviewqueue, name, value)
    third = strike(
        "A strike hit a depot in Marda on 3 March.", day=("3 March", "2031-03-03"), target="a depot"
    )
    stage.put(book, third)
    asked = []
    with stage.client(book) as browser:
        for _ in range(2):
            (item,) = browser.get("/review.json?kind=merge").json()["items"]
            pair = tuple(item["id"].split("~")[1:])
            asked.append(frozenset(pair))
            answer(book, Kind.SAME, pair)
    assert len(set(asked)) == 2


def test_answered_places_make_room_for_older_ones(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewqueue, "LOOKED_AT", 1)
    monkeypatch.setattr(reviewqueue, "UNJUDGED", 1)
    text = "Dockers marched through Rif Province on 25 March."
    stage.put(
        book,
        strike(
            text,
            published="2031-03-26",
            day=("25 March", "2031-03-25"),
            place="Rif Province",
            type="protest",
            trigger="marched",
        ),
    )
    with stage.client(book) as browser:
        for _ in range(2):
            (item,) = browser.get("/review.json?kind=place").json()["items"]
            page = browser.get(f"/incidents/{item['id'].partition('~')[2]}.json").json()
            answer(book, Kind.RIGHT, (page["anchor"],), field="where", value="Rif Province")
        assert browser.get("/review.json?kind=place").json()["items"] == []


def test_of_matches_kept_apart_the_best_come_first(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewqueue, "LOOKED_AT", 1)
    monkeypatch.setattr(reviewqueue, "SIFTED", 1)
    with book.write() as c:
        a = tables.accounts.c
        homes = {r.incident: r.id for r in c.execute(select(a.id, a.incident).order_by(a.id.desc()))}
        first, second = sorted(homes.values())
        c.execute(tables.links.delete())
        c.execute(tables.links.insert().values(one=first, other=second, score=0.9, reason="alike"))
        other = c.scalar(select(a.id).where(a.id.not_in([first, second])))
        c.execute(
            tables.links.insert().values(
                one=min(other, second), other=max(other, second), score=0.5, reason="less"
            )
        )
        (row,) = reviewqueue.doubts(c).apart
    assert row.score == 0.9


def test_the_questions_of_one_kind_go_on_page_by_page(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = browser.get("/review.json").json()
    kind = next(k for k in reviewqueue.KINDS if any(i["kind"]["value"] == k for i in whole["items"]))
    every = [i["id"] for i in browser.get(f"/review.json?kind={kind}").json()["items"]]
    for where in (reviewqueue, acting_routes):
        monkeypatch.setattr(where, "ASKED", 0 if len(every) == 1 else 1)
    page = browser.get(f"/review.json?kind={kind}&skip=0").json()
    assert page["paging"]["first"] is None
    assert page["paging"]["next"] is not None
    last = browser.get(f"/review.json?kind={kind}&skip={len(every)}").json()
    assert (last["items"], last["paging"]["first"]) == ([], f"/review?kind={kind}")
    assert browser.get("/review?skip=-1").status_code == 422
