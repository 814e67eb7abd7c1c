from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select
from tests.ledger.builder import Story, later, strike

from accordingto.errors import UserError
from accordingto.ledger import preparing, tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.deriving import bring_up_to_date, rebuild
from accordingto.ledger.entries import enter
from accordingto.ledger.judgements import Judgement, Kind, judge, now
from accordingto.ledger.merging import unpack
from accordingto.ledger.observing import observe
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.record import Record

DAY = "2031-03-03"


def story(n: int, day: str, site: str, number: str, count: int, town: str = "Marda") -> Story:
    """One report of a strike; `n` makes its outlet and words its own."""
    return strike(
        f"Report {n}. A strike on {site} in {town} killed {number} people on Monday.",
        published=later(day, n % 2),
        day=("Monday", day),
        place=town,
        target=site,
        killed=(number, count),
        outlet=f"Outlet {n}",
    )


def stories() -> list[Story]:
    return [
        story(0, DAY, "a school", "four", 4),
        story(1, DAY, "the school", "six", 6),
        story(2, DAY, "a hospital", "two", 2),
        story(3, DAY, "the hospital", "two", 2),
        story(4, later(DAY, 3), "a school", "four", 4),
        story(5, later(DAY, 3), "the school", "five", 5),
        story(6, DAY, "a school", "four", 4, "Tel Rif"),
        story(7, DAY, "a market", "nine", 9, "Belmar"),
    ]


@pytest.fixture
def ledger(ledger_url: str):  # type: ignore[no-untyped-def]
    with open_ledger(ledger_url) as book:
        yield book


def add(book: Ledger, *told: Story, model: str = "m") -> None:
    for s in told:
        enter(book, report=s.raw, record=s.record(), model=model)


def incidents(book: Ledger) -> list[dict[str, Any]]:
    with book.begin() as connection:
        bodies = connection.scalars(select(tables.incidents.c.body).order_by(tables.incidents.c.id))
        return [unpack(b).to_dict() for b in bodies]


def groups(book: Ledger) -> list[list[str]]:
    return sorted(sorted(r[:8] for r in i["reports"]) for i in incidents(book))


EXPECTED = [
    ["Report 0", "Report 1"], ["Report 2", "Report 3"], ["Report 4", "Report 5"], ["Report 6"], ["Report 7"],
]  # fmt: skip


def test_reports_become_incidents(ledger: Ledger) -> None:
    add(ledger, *stories())
    assert bring_up_to_date(ledger) == 8
    assert groups(ledger) == EXPECTED
    assert bring_up_to_date(ledger) == 0


def test_one_by_one_at_once_shuffled_and_rebuilt_are_the_same(ledger: Ledger) -> None:
    add(ledger, *stories())
    bring_up_to_date(ledger)
    expected = incidents(ledger)
    rebuild(ledger)
    assert incidents(ledger) == expected


def test_fifty_orders_give_the_same() -> None:
    told = [(s.raw, s.record()) for s in stories()]
    seen = []
    for seed in range(50):
        random.Random(seed).shuffle(told)
        with open_ledger("sqlite://") as book:  # in memory
            for raw, record in told:
                enter(book, report=raw, record=record, model="m")
                if seed % 2 and record.document.outlet == "Outlet 3":  # in one go, or in two
                    bring_up_to_date(book)
            bring_up_to_date(book)
            seen.append(incidents(book))
    assert all(found == seen[0] for found in seen)
    assert len(seen[0]) == len(EXPECTED)


@pytest.mark.parametrize("seed", range(5))
def test_any_order_gives_the_same(ledger_url: str, seed: int) -> None:
    with open_ledger(ledger_url) as book:
        told = stories()
        random.Random(seed).shuffle(told)
        for s in told:
            add(book, s)
            if random.Random(seed + len(s.text)).random() < 0.6:
                bring_up_to_date(book)
        bring_up_to_date(book)
        got = incidents(book)
        rebuild(book)
        assert incidents(book) == got
        assert groups(book) == EXPECTED
        assert [i["id"] for i in got] == sorted(IDS)


IDS: set[str] = set()


@pytest.fixture(autouse=True, scope="module")
def expected_ids(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_ledger(tmp_path_factory.mktemp("ids") / "l.db") as book:
        add(book, *stories())
        bring_up_to_date(book)
        IDS.update(i["id"] for i in incidents(book))


def test_claims_know_their_incidents_and_nothing_is_left_behind(ledger: Ledger) -> None:
    s = Story("The army said a strike hit Marda on Monday.", published="2031-03-04")
    c = s.claim("The army", "said", "a strike hit Marda on Monday")
    s.event("strike", "strike", on=s.time("Monday", DAY), place=s.place("Marda"), claims=(c,))
    add(ledger, s)
    bring_up_to_date(ledger)
    empty = Story(s.text, published="2031-03-04")
    add(ledger, empty, model="newer")  # the newer model sees no event
    bring_up_to_date(ledger)
    with ledger.begin() as connection:
        for table in (tables.incidents, tables.accounts, tables.claim_incidents, tables.blocks, tables.links):
            assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_reprints_are_one_origin(ledger: Ledger) -> None:
    body = (
        "A strike on a school in Marda killed four people on that day, and the pupils who were in the yard ran to the "
        "river, where fishermen took them over to the other bank and to the tents of the aid workers there."
    )
    for n in range(4):
        add(
            ledger,
            strike(f"Outlet {n}. {body} End {n}.", day=("that day", DAY), target="a school", outlet=f"O{n}"),
        )
    bring_up_to_date(ledger)
    [one] = incidents(ledger)
    assert (one["origins"], len(one["reports"]), one["grading"]["value"]) == (1, 4, "weak")


def say(kind: Kind, *subjects: str, **more: Any) -> Judgement:
    return Judgement(kind, subjects, "Ana", "seen by hand", now(), **more)


def anchors(book: Ledger) -> dict[str, str]:
    """The anchor of each report's account."""
    from accordingto.ledger.pairing import unpack as account

    with book.begin() as connection:
        found = [account(b) for b in connection.scalars(select(tables.accounts.c.body))]
    return {a.report[:8]: a.key for a in found}


def test_people_join_and_part_and_take_it_back(ledger: Ledger) -> None:
    add(ledger, *stories())
    bring_up_to_date(ledger)
    before, at = incidents(ledger), anchors(ledger)
    joined = judge(ledger, say(Kind.SAME, at["Report 6"], at["Report 7"]))
    parted = judge(ledger, say(Kind.NOT_SAME, at["Report 0"], at["Report 1"]))
    bring_up_to_date(ledger)
    assert groups(ledger) == [
        ["Report 0"], ["Report 1"], ["Report 2", "Report 3"], ["Report 4", "Report 5"], ["Report 6", "Report 7"],
    ]  # fmt: skip
    rebuild(ledger)
    assert ["Report 6", "Report 7"] in groups(ledger)
    for key in (joined, parted):
        judge(ledger, say(Kind.WITHDRAW, withdraws=key))
    bring_up_to_date(ledger)
    assert incidents(ledger) == before


def test_of_one_persons_judgements_of_two_events_the_last_holds(ledger: Ledger) -> None:
    add(ledger, *stories())
    bring_up_to_date(ledger)
    at = anchors(ledger)
    two = (at["Report 2"], at["Report 3"])
    held = ["Report 2", "Report 3"]
    parted = say(Kind.NOT_SAME, *two)
    judge(ledger, parted)
    bring_up_to_date(ledger)
    assert held not in groups(ledger)
    judge(ledger, say(Kind.SAME, *reversed(two)))
    for derive in (bring_up_to_date, rebuild):
        derive(ledger)
        assert held in groups(ledger)
    judge(ledger, say(Kind.NOT_SAME, *two))
    bring_up_to_date(ledger)
    assert held not in groups(ledger)
    whole = say(Kind.SAME, at["Report 0"], at["Report 1"], *two)  # any two of these are one
    judge(ledger, whole)
    bring_up_to_date(ledger)
    assert ["Report 0", "Report 1", *held] in groups(ledger)
    judge(ledger, msgspec.structs.replace(parted, who="Ben", made_at=now()))
    bring_up_to_date(ledger)
    assert not any(set(held) <= set(g) for g in groups(ledger))  # of two people who parts them


def test_who_parts_one_of_those_that_he_joined_leaves_the_others_one(ledger: Ledger) -> None:
    add(ledger, *stories())
    bring_up_to_date(ledger)
    at = anchors(ledger)
    four = [at[f"Report {n}"] for n in (0, 2, 4, 6)]
    judge(ledger, say(Kind.SAME, *four))
    for n, whole in ((0, {"Report 2", "Report 4", "Report 6"}), (2, {"Report 4", "Report 6"})):
        mine = at[f"Report {n}"]
        judge(ledger, say(Kind.NOT_SAME, mine, *(a for a in at.values() if a != mine)))
        for derive in (bring_up_to_date, rebuild):
            derive(ledger)
            assert any(whole <= set(g) for g in groups(ledger))
            assert [f"Report {n}"] in groups(ledger)


def test_judgements_outlive_a_newer_model(ledger: Ledger) -> None:
    add(ledger, *stories())
    bring_up_to_date(ledger)
    at = anchors(ledger)
    judge(ledger, say(Kind.WRONG, at["Report 2"], field="killed", value=2))
    judge(ledger, say(Kind.REVIEW, at["Report 2"], review="reviewed"))
    s = stories()[2]
    s.parts["F"].clear()
    old = s.parts["V"].pop()
    s.event(
        "attack", "A strike", target="a hospital", on=old.time, place=old.place
    )  # other type, wider trigger
    add(ledger, s, model="newer")
    bring_up_to_date(ledger)
    [one] = [i for i in incidents(ledger) if any(r.startswith("Report 2") for r in i["reports"])]
    assert one["review"] == "reviewed"
    assert one["fields"]["killed"]["best"] is None


def test_one_document_in_two_files_is_never_parted(ledger: Ledger) -> None:
    s = stories()[0]
    add(ledger, s)
    enter(ledger, report=replace(s.raw, name="b.jsonl", original=b"{}"), record=s.record(), model="m")
    bring_up_to_date(ledger)
    [one] = incidents(ledger)
    assert len(one["reports"]) == 2
    [at] = set(anchors(ledger).values())
    document, place, type = at.split(":")
    wider = f"{document}:0-{place.partition('-')[2]}:{type}"  # of an earlier reading
    judge(ledger, say(Kind.NOT_SAME, at, wider))
    bring_up_to_date(ledger)
    assert incidents(ledger) == [one]
    rebuild(ledger)
    assert incidents(ledger) == [one]


@pytest.mark.parametrize(("outlet", "name"), [("Lake Tribune", "7"), ("Coast Wire", "8")])
def test_of_a_corrected_report_the_newer_counts(ledger_url: str, outlet: str, name: str) -> None:
    """Under one name, from one outlet, with much the same words; else the two are two reports."""

    def edition(number: str, count: int, outlet: str, name: str, published: str = DAY) -> Story:
        rest = " ".join(f"Line {n} of what the mayor said about that night." for n in range(20))
        s = strike(
            f"A strike in Marda killed {number} people. {rest}",
            published=published,
            target=f"{number} people",
            killed=(number, count),
            outlet=outlet,
        )
        s.raw = replace(s.raw, name=name)
        return s

    def read(*editions: Story) -> tuple[str, list[Any], int]:
        with open_ledger(ledger_url) as book:
            for s in editions:
                enter(book, report=s.raw, record=s.record(), model="m")
            bring_up_to_date(book)
            found = incidents(book)
            rebuild(book)
            assert incidents(book) == found
        [one] = found
        counts = [v["value"] for v in one["fields"]["killed"]["values"]]
        return one["title"].partition(",")[0], counts, len(one["events"])

    first = edition("six", 6, "Coast Wire", "7")
    assert read(first, edition("four", 4, "Coast Wire", "7")) == ("Strike on four people", [4], 2)
    assert sorted(read(edition("five", 5, outlet, name, later(DAY, -1)))[1]) == [4, 5]


def test_reviews_go_in_order(ledger: Ledger) -> None:
    add(ledger, stories()[0])
    bring_up_to_date(ledger)
    [at] = anchors(ledger).values()
    with pytest.raises(UserError, match="second-reviewed"):
        judge(ledger, say(Kind.REVIEW, at, review="final"))
    judge(ledger, say(Kind.REVIEW, at, review="reviewed"))
    with pytest.raises(UserError, match="another person"):
        judge(ledger, say(Kind.REVIEW, at, review="second-reviewed"))
    judge(ledger, Judgement(Kind.REVIEW, (at,), "Ben", "checked", now(), review="second-reviewed"))
    judge(ledger, say(Kind.REVIEW, at, review="final"))
    bring_up_to_date(ledger)
    assert incidents(ledger)[0]["review"] == "final"


@pytest.mark.parametrize(
    ("judgement", "says"),
    [
        (say(Kind.SAME, "a:1-2:strike"), "two"),
        (say(Kind.NOT_SAME, "a:1-2:strike", "a:1-2:strike"), "two different"),
        (say(Kind.WRONG), "needs an incident"),
        (say(Kind.REVIEW, "a:1-2:strike", review="good"), "no review state"),
        (say(Kind.WITHDRAW, withdraws="J1"), "no judgement J1"),
        (Judgement(Kind.REJECT, ("a:1-2:strike",), "", "x", "now"), "--who"),
    ],
)
def test_judgements_that_say_too_little(ledger: Ledger, judgement: Judgement, says: str) -> None:
    with pytest.raises(UserError, match=says):
        judge(ledger, judgement)


def test_a_withdrawal_counts_once(ledger: Ledger) -> None:
    key = judge(ledger, say(Kind.REJECT, "a:1-2:strike"))
    judge(ledger, say(Kind.WITHDRAW, withdraws=key))
    with pytest.raises(UserError, match="already"):
        judge(ledger, say(Kind.WITHDRAW, withdraws=key))


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "9999-12-31"])
def test_a_day_at_the_edge_of_the_calendar_stops_nothing(ledger: Ledger, day: str) -> None:
    add(ledger, strike("A strike on a school in Marda killed four people.", published=day, outlet="Edge"))
    dated = Story("A strike on a market in Belmar on that day.", None, "Other")
    dated.event("strike", "strike", on=dated.time("that day", day), place=dated.place("Belmar"))
    add(ledger, dated, *stories())
    assert bring_up_to_date(ledger) == 10
    assert set(map(tuple, EXPECTED)) <= set(map(tuple, groups(ledger)))


def test_one_bad_report_never_stops_a_run(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    add(ledger, *stories())
    bring_up_to_date(ledger)

    def failing(record: Record, name: str, *rest: Any, **more: Any) -> tuple[Account, ...]:
        if name.startswith("Report 6"):
            raise OverflowError("too late")
        return observe(record, name, *rest, **more)

    monkeypatch.setattr(preparing, "observe", failing)
    for _ in range(2):  # the second time says it again, and keeps it once
        assert rebuild(ledger, workers=0) == 8
        assert groups(ledger) == [g for g in EXPECTED if g != ["Report 6"]]
        assert "Report 6" in caplog.text
        caplog.clear()
    f = tables.failures.c
    with ledger.begin() as connection:
        kept = connection.execute(select(f.name, f.reason)).all()
    assert [(name[:8], "OverflowError: too late" in reason) for name, reason in kept] == [("Report 6", True)]
    monkeypatch.undo()
    rebuild(ledger, workers=0)
    assert groups(ledger) == EXPECTED
