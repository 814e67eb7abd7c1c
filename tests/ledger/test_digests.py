from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select
from tests.ledger.test_incidents import army_and_medics

from accordingto.ledger import tables
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.digests import Digest, digest, read_digest
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import incidents
from accordingto.ledger.session import open_ledger


def digested(**told: object) -> Digest:
    return read_digest(
        digest(msgspec.json.encode({"id": "I1", "type": "strike", "title": "A strike"} | told))
    )


def field(state: str, *values: tuple[str | None, object]) -> dict[str, object]:
    return {
        "state": state,
        "values": [
            {"value": v, "stance": "asserts", "by": by, "kind": "organization" if by else "reporter"}
            for by, v in values
        ]
        + [{"value": None, "stance": "denies", "by": "the army", "kind": "organization"}]
        * (state == "denied"),
    }


def test_a_stored_digest_tells_what_the_whole_incident_tells(ledger_url: str) -> None:
    s = army_and_medics()
    with open_ledger(ledger_url) as book:
        enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        (whole,) = incidents(book)
        with book.begin() as connection:
            found = read_digest(connection.execute(select(tables.incidents.c.digest)).scalar_one())
    for name in ("id", "type", "title", "earliest", "latest", "state", "review", "origins"):
        assert getattr(found, name) == getattr(whole, name)
    assert found.place is not None
    assert whole.place is not None
    assert (found.place.name, found.place.lat) == (whole.place.name, whole.place.lat)
    assert (found.reports, found.grading) == (len(whole.reports), whole.grading.value)
    assert found.killed is not None
    assert found.killed.best == whole.fields["killed"].best


def test_voices_are_those_that_speak_first_but_for_outlets() -> None:
    told = digested(
        fields={"happened": field("agreed", (None, True), *((f"source {n}", True) for n in range(6)))}
    )
    assert told.voices == ("source 0", "source 1", "source 2", "source 3")


def test_all_voices_are_counted_each_once_however_it_is_spelled() -> None:
    spelled = (("The Army", True), ("the army", True), *((f"source {n}", True) for n in range(6)))
    told = digested(fields={"happened": field("agreed", (None, True), *spelled)})
    assert told.speaking == 7
    assert told.voices == ("The Army", "source 0", "source 1", "source 2")


@pytest.mark.parametrize(
    ("states", "clashing", "rival"),
    [
        (("agreed", "single-source"), (), False),
        (("denied", "agreed"), ("actor",), False),
        (("contested", "denied"), ("actor", "killed"), True),
    ],
)
def test_what_accounts_clash_on_is_told(
    states: tuple[str, str], clashing: tuple[str, ...], rival: bool
) -> None:
    told = digested(fields={"actor": field(states[0]), "killed": field(states[1])})
    assert (told.clashing, told.rival) == (clashing, rival)


@pytest.mark.parametrize(
    ("told", "telling"),
    [
        ({}, False),
        ({"place": {"name": "Marda"}}, True),
        ({"fields": {"killed": field("single-source", ("a", 3))}}, True),
        ({"fields": {"killed": field("single-source", ("a", 0))}}, False),
        ({"fields": {"actor": field("single-source", ("a", "the army"))}}, False),
    ],
)
def test_an_incident_tells_something_by_a_place_a_target_or_a_count(
    told: dict[str, object], telling: bool
) -> None:
    assert digested(**told).telling is telling
