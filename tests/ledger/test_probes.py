"""Invented reports through reader and ledger: who did it, what is denied, who counts as a voice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from accordingto.intake.report import Known
from accordingto.intake.sources import load
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.incidents import Incident
from accordingto.ledger.lists import incidents, tolls
from accordingto.ledger.session import open_ledger
from accordingto.ledger.tolls import Toll
from accordingto.reading.reader import Reader
from accordingto.record import Record

STRIKE = (
    "Strike kills 9 in Saraqib\n\nIDLIB, March 3, 2031 (Coast Wire) - Nine people were killed on Monday when an air strike hit a "
    "market in Saraqib in Syria, residents said.\n\n"
)
RELEASE = (
    "Talk of money\n\nPARIS, August 4, 2031 (Hill Courier) - Lena Orth, a German nurse held hostage in Mali, was released on Saturday "
    "near Menaka, the army said.\n\n"
)
Read = Callable[..., tuple[list[Incident], list[Toll]]]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def read(reader: Reader, tmp_path: Path) -> Read:
    def told(*texts: str) -> tuple[list[Incident], list[Toll]]:
        folder = tmp_path / "reports"
        folder.mkdir()
        for n, text in enumerate(texts):
            (folder / f"r{n}.txt").write_text(text, encoding="utf-8")
        reports = list(load([str(folder)], known=Known()))
        with open_ledger(tmp_path / "ledger.db") as book:
            for report, record in zip(reports, reader.stream(reports), strict=True):
                assert isinstance(record, Record)
                enter(book, report=report, record=record, model=reader.model)  # type: ignore[arg-type]
            bring_up_to_date(book)
            return list(incidents(book)), tolls(book)

    return told


def only(found: list[Incident], type: str) -> Incident:
    (one,) = [i for i in found if i.type == type]
    return one


def held(one: Incident, field: str, stance: str = "asserts") -> list[object]:
    return [v.value for v in one.fields[field].values if v.stance == stance]


@pytest.mark.parametrize(
    "words",
    [
        "The Rescue League blamed Russian jets for the strike.\n\nRussia denied that it had carried out the strike.",
        "The Rescue League said Russian warplanes carried out the strike. Moscow denied involvement.",
        "The Rescue League blamed Russian helicopters for the strike.\n\nRussia denied it.",
    ],
)
def test_a_state_that_denies_what_its_machines_are_said_to_have_done_contests_it(
    read: Read, words: str
) -> None:
    strike = only(read(f"{STRIKE}{words}\n")[0], "strike")
    assert strike.fields["actor"].state == "contested"
    assert strike.grading.value == "contested"
    assert held(strike, "instrument") == []


@pytest.mark.parametrize(
    "words",
    [
        "A spokesman for the Syrian army said that its forces had carried out the strike.",
        "Colonel Adnan Kell, a spokesman for the Syrian army, confirmed that its forces had carried out the strike.",
    ],
)
def test_a_spokesmans_admission_is_that_of_his_body(read: Read, words: str) -> None:
    strike = only(read(f"{STRIKE}{words}\n")[0], "strike")
    assert held(strike, "actor") == ["the Syrian army"]
    assert strike.grading.value == "confirmed"
    assert strike.grading.reasons[0].endswith("says that the Syrian army did it")


def test_an_armed_groups_spokesman_owns_up_for_it(read: Read) -> None:
    text = (
        "Convoy ambushed\n\nBAMAKO, March 5, 2031 (Coast Wire) - Ten traders were killed in an ambush on a convoy near Gao on "
        "Tuesday, the army said.\n\nA JNIM spokesman said its fighters had carried out the ambush.\n"
    )
    attack = only(read(text)[0], "attack")
    assert held(attack, "actor") == ["JNIM"]
    assert attack.grading.value == "confirmed"


def test_machines_that_others_use_are_an_instrument(read: Read) -> None:
    text = (
        "Raid on village\n\nBEIRUT, March 5, 2031 (Coast Wire) - Syrian forces used Russian helicopters to bomb a village near Deir "
        "Hafir on Tuesday, residents said.\n"
    )
    strike = only(read(text)[0], "strike")
    assert "Russian helicopters" not in held(strike, "actor")
    assert held(strike, "instrument") == ["Russian helicopters"]


def test_what_a_spokesmans_men_did_not_do_is_no_admission(read: Read) -> None:
    words = "An army spokesman said its forces had not carried out the strike."
    strike = only(read(f"{STRIKE}{words}\n")[0], "strike")
    assert held(strike, "actor", "denies") == ["the army"]
    assert strike.grading.value == "fair"


@pytest.mark.parametrize(
    "words", ["Germany had not paid a ransom for her release", "no ransom had been paid for her release"]
)
def test_who_denies_a_ransom_does_not_deny_the_release(read: Read, words: str) -> None:
    release = only(read(f"{RELEASE}Foreign Minister Jens Wolter said that {words}.\n")[0], "release")
    assert held(release, "happened", "denies") == []
    assert release.state == "single-source"


def test_visits_denied_deny_nothing_else(read: Read) -> None:
    text = (
        "Lawyers kept out\n\nDARVA, August 2, 2031 (Coast Wire) - Tomas Reyk was detained in Orle on Sunday, his sister said.\n\n"
        "The guards denied him visits during his detention, his lawyer said.\n"
    )
    detention = only(read(text)[0], "detention")
    assert [v for f in detention.fields.values() for v in f.values if v.stance == "denies"] == []


def test_an_office_keeps_one_series_under_its_several_names(read: Read) -> None:
    def report(day: int, number: int, who: str) -> str:
        return (
            f"Toll rises\n\nKARACHI, September {day}, 2031 (Paper {day}) - The death toll from floods in Sindh province in Pakistan "
            f"has climbed to {number}, {who} said.\n"
        )

    _, series = read(
        report(2, 41, "the Sindh Provincial Disaster Management Authority"),
        report(4, 76, "the provincial disaster authority"),
    )
    assert [[point.best for point in t.series] for t in series] == [[41, 76]]
