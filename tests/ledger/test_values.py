"""When two values may stand together."""

from __future__ import annotations

import pytest

from accordingto.ledger.accounts import Field, Location, Stance, Statement
from accordingto.ledger.contest import one_voice_each, settle
from accordingto.ledger.values import is_name
from accordingto.record import Precision


def say(
    field: Field,
    value: str,
    by: str,
    *,
    kind: str = "organization",
    document: str = "d1",
    day: str = "2031-03-04",
) -> Statement:
    return Statement(field, value, Stance.ASSERTS, by, kind, None, document, document, f"S {by}", day=day)


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        ("the Hill Front", "the Dawn Army", "contested"),
        ("gunmen on motorcycles", "the Dawn Army", "single-source"),
        ("the rebels", "the Dawn Army", "single-source"),
        ("militants", "police officers", "contested"),
        ("the army", "soldiers", "single-source"),
        ("the army's instructors", "the Hill Front", "contested"),
    ],
)
def test_two_doers(one: str, other: str, state: str) -> None:
    told = [say(Field.ACTOR, one, "A"), say(Field.ACTOR, other, "B")]
    assert settle(told, {})["actor"].state == state


def test_two_sides_do_a_release() -> None:
    told = [say(Field.ACTOR, "the Hill Front", "A"), say(Field.ACTOR, "the Dawn Army", "B")]
    assert settle(told, {}, mutual=True)["actor"].state == "single-source"


def test_fighters_or_civilians() -> None:
    told = [say(Field.TARGET, "a rebel command post", "A"), say(Field.TARGET, "a school", "B")]
    assert settle(told, {})["target"].state == "contested"
    told = [say(Field.TARGET, "a classroom", "A"), say(Field.TARGET, "a school", "B")]
    assert settle(told, {})["target"].state == "single-source"


def test_a_village_and_its_province_agree() -> None:
    atlas = {
        "Tel Rif": Location("Tel Rif", "XAA", 10.6, 40.9, 3, Precision.NEAR),
        "Rif Province": Location("Rif Province", "XAA", 10.2, 40.3, 4, Precision.ADMIN1),
        "Belmar": Location("Belmar", "XBB", 20.0, 60.0, 6, Precision.NEAR),
    }
    told = [say(Field.WHERE, "Tel Rif", "A"), say(Field.WHERE, "Rif Province", "B")]
    assert settle(told, {}, atlas=atlas)["where"].state == "agreed"
    told = [say(Field.WHERE, "Tel Rif", "A"), say(Field.WHERE, "Belmar", "B")]
    assert settle(told, {}, atlas=atlas)["where"].state == "single-source"


def test_an_outlet_is_one_voice_in_all_its_reports() -> None:
    one = say(Field.TARGET, "a school", "Coast Wire", kind="reporter")
    two = say(Field.TARGET, "a school", "Coast Wire", kind="reporter", document="d2", day="2031-03-06")
    assert settle([one, two], {})["target"].state == "single-source"
    copy = Statement(
        Field.TARGET, "a school", Stance.ASSERTS, "Courier", "reporter", None, "d3", "d3", "S Courier"
    )
    assert settle([one, copy], {})["target"].state == "agreed"
    assert settle([one, copy], {"d1": "d1", "d3": "d1"})["target"].state == "single-source"


def test_a_body_that_publishes_is_one_voice() -> None:
    told = [
        say(Field.TARGET, "a school", "Medics Abroad", kind="reporter"),
        say(Field.TARGET, "a school", "Medics Abroad", document="d2"),
    ]
    assert settle(told, {})["target"].state == "single-source"


def test_the_brigades_are_the_western_brigades() -> None:
    told = [say(Field.TARGET, "a", "the Western Brigades"), say(Field.TARGET, "b", "the Brigades")]
    assert len({s.source for s in one_voice_each(told, {})}) == 1
    told.append(say(Field.TARGET, "c", "the Eastern Brigades"))
    assert len({s.source for s in one_voice_each(told, {})}) == 3


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("the Hill Front", True),
        ("Al Nasr", True),
        ("Gunmen in boats", False),
        ("the army", False),
        ("Men", False),
        ("Gunmen", False),
        ("Harir", True),
    ],
)
def test_names(value: str, found: bool) -> None:
    assert is_name(value) is found
