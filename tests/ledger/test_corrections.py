"""What people set right: kept beside what the sources say, undone, rebuilt, and refused where it is no value."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from tests.ledger.test_deriving import add, stories

from accordingto.errors import UserError
from accordingto.exporting import acled, tabular
from accordingto.ledger import tables
from accordingto.ledger.accounts import Location
from accordingto.ledger.corrections import Correction, before, held, in_words, value_given
from accordingto.ledger.deriving import bring_up_to_date, rebuild
from accordingto.ledger.digests import read_digest
from accordingto.ledger.exports import exported
from accordingto.ledger.incidents import Incident
from accordingto.ledger.judgements import Judgement, Kind, judge, now, value_set
from accordingto.ledger.lists import Filter, incident, incidents
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.ledger.subjects import anchor

TYPES = ("strike", "arms_transfer")


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url) as book:
        add(book, *stories()[:2])
        bring_up_to_date(book)
        yield book


def the_one(book: Ledger) -> Incident:
    [found] = incidents(book)
    return found


def put_right(book: Ledger, field: str, given: str, who: str = "ann", why: str = "the register") -> str:
    at = anchor(book, the_one(book).id)
    made = Judgement(Kind.VALUE, (at,), who, why, now(), field=field, value=value_set(field, given))
    key = judge(book, made)
    bring_up_to_date(book)
    return key


def take_back(book: Ledger, key: str) -> None:
    judge(book, Judgement(Kind.WITHDRAW, (), "ann", "a slip", now(), withdraws=key))
    bring_up_to_date(book)


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("killed", " 49 ", 49), ("wounded", "1,200", 1200), ("killed", "0", 0),
        ("when", "2031-03-04", "2031-03-04"), ("when", "7 March 2031", "2031-03-07"), ("when", "March 7, 2031", "2031-03-07"),
        ("when", "2031-03", "2031-03-01/2031-03-31"), ("when", "2031-03-04/2031-03-06", "2031-03-04/2031-03-06"),
        ("when", "4 March 2031 / 6 March 2031", "2031-03-04/2031-03-06"), ("type", "Arms transfer", "arms_transfer"), ("actor", " the  Hill Guard ", "the Hill Guard"),
    ],
)  # fmt: skip
def test_a_value_is_kept_in_one_way(field: str, given: str, kept: str | int) -> None:
    assert value_given(field, given, TYPES) == kept
    assert value_given(field, str(kept), TYPES) == kept


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("killed", "many", "is no count"), ("killed", "-3", "is no count"), ("killed", "4.5", "is no count"), ("killed", "٤", "is no count"),
        ("when", "2031-02-30", "is no day"), ("when", "Tuesday", "is no day"), ("when", "", "is no day"), ("when", "2031-03-06/2031-03-04", "first comes before"),
        ("when", "2031-W10", "is no day"), ("when", "2031-03-04/2031-03-05/2031-03-06", "is no day"), ("when", "0031-03-04", "from 1000 to 2999"),
        ("type", "picnic", "arms_transfer, strike"), ("actor", "  ", "at most 200"), ("target", "x" * 201, "at most 200"),
        ("happened", "True", "can't be set"), ("colour", "red", "can't be set"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(field: str, given: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        value_given(field, given, TYPES)


def test_what_is_set_stands_beside_the_sources(ledger: Ledger) -> None:
    was = the_one(ledger)
    put_right(ledger, "killed", "5")
    put_right(ledger, "when", "2031-03-02")
    put_right(ledger, "type", "bombing")
    put_right(ledger, "target", "the Lower Mill")
    put_right(ledger, "actor", "the Hill Guard")
    now_ = the_one(ledger)
    assert now_.fields == was.fields
    assert (now_.state, now_.grading, now_.id) == (was.state, was.grading, was.id)
    assert (now_.type, now_.earliest, now_.latest) == ("bombing", "2031-03-02", "2031-03-02")
    assert now_.title == "Bombing of the Lower Mill, Marda, 2 March 2031"
    assert [(c.field, c.value, c.who) for c in now_.corrected] == [
        ("killed", 5, "ann"), ("when", "2031-03-02", "ann"), ("type", "bombing", "ann"), ("target", "the Lower Mill", "ann"),
        ("actor", "the Hill Guard", "ann"),
    ]  # fmt: skip
    assert now_.to_dict()["corrected"][0] == {"field": "killed", "value": 5, "who": "ann"}
    assert [i.id for i in incidents(ledger, Filter(type="bombing", until="2031-03-02", words="lower mill"))]
    assert not list(incidents(ledger, Filter(type="strike")))


def test_it_comes_out_the_same_when_rebuilt_and_goes_when_taken_back(ledger: Ledger) -> None:
    was = the_one(ledger)
    keys = [
        put_right(ledger, *given) for given in (("killed", "5"), ("type", "bombing"), ("when", "2031-03-02"))
    ]
    made = the_one(ledger)
    rebuild(ledger)
    assert the_one(ledger) == made
    for key in keys:
        take_back(ledger, key)
    assert the_one(ledger) == was
    assert not the_one(ledger).corrected


def test_of_two_persons_the_last_word_holds_and_both_are_told(ledger: Ledger) -> None:
    put_right(ledger, "killed", "5", "ann")
    last = put_right(ledger, "killed", "7", "ben")
    put_right(ledger, "wounded", "3", "ben")
    found = the_one(ledger).corrected
    assert in_words(found, "killed") == "7, corrected by ben (before: 5 by ann)"
    assert in_words(found, "wounded") == "3, corrected by ben"
    assert in_words(found, "when") is None
    take_back(ledger, last)
    assert in_words(the_one(ledger).corrected, "killed") == "5, corrected by ann"


def test_of_one_persons_values_the_last_holds_alone() -> None:
    told = (Correction("killed", 7, "ben"), Correction("killed", 7, "ann"))
    assert (held(told, "killed"), before(told, "killed")) == (told[1], [])


def test_a_place_that_somebody_gave_says_who(ledger: Ledger) -> None:
    at = anchor(ledger, the_one(ledger).id)
    judge(ledger, Judgement(Kind.PLACE, (at,), "ann", "the map", now(), place=Location("Old Marda", "XAA")))
    bring_up_to_date(ledger)
    assert in_words(the_one(ledger).corrected, "where") == "Old Marda, corrected by ann"


def test_lists_and_files_have_what_was_set(ledger: Ledger) -> None:
    for given in (("killed", "5"), ("actor", "the Hill Guard"), ("when", "2031-03-02")):
        put_right(ledger, *given)
    [row] = rows_of(tabular.export(exported(ledger)))
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == ("5", "5", "5")
    assert (row["killed_state"], row["actor"]) == ("agreed", "")
    assert row["killed_by"] == "4: Outlet 0 | 6: Outlet 1"
    assert row["corrected"] == (
        "killed: 5, corrected by ann | actor: the Hill Guard, corrected by ann | when: 2 March 2031, corrected by ann"
    )
    [row] = rows_of(acled.export(exported(ledger)))
    assert (row["fatalities"], row["fatalities_high"], row["actor1"]) == ("5", "5", "the Hill Guard")
    assert (row["event_date"], row["time_precision"]) == ("2031-03-02", "1")
    assert "killed corrected by ann" in row["flag"]
    with ledger.begin() as c:
        body, killed = c.execute(select(tables.incidents.c.digest, tables.incidents.c.killed)).one()
    told = read_digest(body)
    assert (killed, told.killed and told.killed.best) == (5, 5)
    assert told.corrected == (("killed", "ann"), ("actor", "ann"), ("when", "ann"))


def rows_of(lines: Iterator[str]) -> list[dict[str, Any]]:
    return list(csv.DictReader("".join(lines).splitlines()))


def test_what_is_not_kept_so_is_not_entered(ledger: Ledger) -> None:
    at = anchor(ledger, the_one(ledger).id)
    for field, value in (
        ("killed", "5"),
        ("when", "2031-03"),
        ("type", "Strike"),
        ("when", "2031-02-30"),
        (None, 5),
    ):
        with pytest.raises(UserError):
            judge(ledger, Judgement(Kind.VALUE, (at,), "ann", "why", now(), field=field, value=value))
    assert incident(ledger, the_one(ledger).id).corrected == ()
