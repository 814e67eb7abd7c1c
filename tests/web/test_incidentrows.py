"""Rows of incidents on lists and on the front page."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from accordingto.ledger.contest import FieldState, FieldValue, State
from accordingto.ledger.digests import digest, read_digest
from accordingto.web.incidentrows import DayCount, Numbers, incident_row, rivals, stretch
from accordingto.web.rowsnippets import incident_cells, own
from accordingto.web.rowsnippets import incident_row as listed

DIGEST = read_digest(digest(msgspec.json.encode({"id": "I1", "type": "strike", "title": "A strike"})))


def test_rival_counts_are_told_with_their_bounds() -> None:
    told = (
        FieldValue(20, "asserts", "the mayor", "person", None, "a", "C1", None, low=20),
        FieldValue(8, "asserts", "the army", "organization", None, "b", "C1", None),
    )
    found = rivals("killed", FieldState(State.CONTESTED, told, 8, 20, None), Numbers({}, {}))
    assert [v.text for v in found] == ["20 or more", "8"]


def test_a_count_that_a_later_one_has_overtaken_is_no_rival() -> None:
    told = (
        FieldValue(1, "asserts", "the ministry", "organization", None, "a", "C1", None, overtaken=True),
        FieldValue(9, "asserts", "the union", "organization", None, "a", "C2", None),
        FieldValue(4, "asserts", "the ministry", "organization", None, "b", "C1", None),
    )
    found = rivals("killed", FieldState(State.CONTESTED, told, 4, 9, 9), Numbers({}, {}))
    assert [(v.text, v.by) for v in found] == [("9", ("the union",)), ("4", ("the ministry",))]


def test_a_row_counts_every_voice() -> None:
    row = incident_row(
        replace(DIGEST, voices=("the army", "the mayor", "a doctor", "the police"), speaking=320)
    )
    assert "according to the army, the mayor, a doctor and 317 more<" in listed(row)
    assert "according to the army, the mayor and 318 more<" in incident_cells(row)
    few = incident_row(replace(DIGEST, voices=("the army", "the mayor"), speaking=2))
    assert "according to the army, the mayor<" in listed(few)


def test_those_who_speak_are_named_within_the_line() -> None:
    row = incident_row(replace(DIGEST, voices=("residents", "A doctor"), speaking=2))
    assert "according to residents, a doctor<" in listed(row)


def test_near_copies_are_no_independent_reports() -> None:
    assert own(3, 3) == "3 reports"
    assert own(5, 4) == "5 reports, 4 independent"


def test_a_timeline_begins_where_a_few_old_incidents_would_crush_the_many() -> None:
    many = [DayCount(f"2031-0{n}-10", 30, 1) for n in range(1, 7)]
    old = [DayCount("1960-05-01", 2, 0), DayCount("2004-01-01", 3, 0)]
    assert stretch((*old, *many), None, None) == ("2031-01-10", "2031-06-10", 5, 0)
    assert stretch(many, None, None) is None
    assert stretch((*old, *many), None, "2010-01-01") is None  # all of them are old
    assert stretch([DayCount("2030-11-01", 2, 0), *many], None, None) is None  # nothing is gained
    assert stretch((), None, None) is None


def test_a_timeline_ends_where_a_few_late_incidents_would_crush_the_many() -> None:
    many = [DayCount(f"2031-0{n}-10", 30, 1) for n in range(1, 7)]
    old, late = DayCount("1960-05-01", 2, 0), (DayCount("2040-01-01", 3, 0), DayCount("2050-01-01", 1, 0))
    assert stretch((old, *many, *late), None, None) == ("2031-01-10", "2031-06-10", 2, 4)
    assert stretch((*many, *late), None, None) == ("2031-01-10", "2031-06-10", 0, 4)
    assert stretch((old, *many, *late), "1950-01-01", None) is None  # an end that somebody chose stays
    assert stretch((old, *many, *late), "2031-01-01", None) == ("2031-01-10", "2031-06-10", 0, 4)
    assert stretch((old, *many, *late), "2000-01-01", "2060-01-01") is None
    assert stretch((old, *many, *late), None, "2031-12-31") == ("2031-01-10", "2031-06-10", 2, 0)
