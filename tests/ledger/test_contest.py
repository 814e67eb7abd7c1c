"""Which values of a contested field still stand against each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import accounts

from accordingto.ledger.accounts import Field, Stance, Statement
from accordingto.ledger.contest import FieldState, settle, still_held

Report = tuple[str, dict[str, int]]
FIRST: Report = ("2031-03-04", {"The ministry": 1, "The union": 9})


def killed(*reports: Report) -> FieldState:
    """The dead of one blast as reports count them, each by its day and who gives how many."""
    told = []
    for day, counts in reports:
        said = " ".join(f"{who} said {many} people died." for who, many in counts.items())
        s = Story(f"A blast hit a mine in Marda. {said}", day, outlet=f"Wire of {day}")
        v = s.event("accident", "blast", place=s.place("Marda"))
        for n, (who, many) in enumerate(counts.items(), 1):
            c = s.claim(who, f"said#{n}", f"{many} people died")
            s.figure(str(many), many, event=v, claims=(c,))
        told += [x for a in accounts(s) for x in a.statements]
    return settle(told, {})["killed"]


def held(field: FieldState) -> Sequence[tuple[object, str | None]]:
    return [(v.value, v.by) for v in still_held(field.values)]


def test_of_one_voice_only_the_latest_count_stands_in_a_clash() -> None:
    field = killed(FIRST, ("2031-03-06", {"The ministry": 4}))
    assert field.state == "contested"
    assert [v.value for v in field.values if v.overtaken] == [1]
    assert held(field) == [(9, "The union"), (4, "The ministry")]


def test_a_later_and_higher_count_overtakes_another_voice_s() -> None:
    field = killed(FIRST, ("2031-03-06", {"The mayor": 4}))
    assert held(field) == [(9, "The union"), (4, "The mayor")]


def test_a_clash_that_is_over_is_told_as_it_was() -> None:
    field = killed(FIRST, ("2031-03-06", {"The ministry": 9}))
    assert set(held(field)) == {(1, "The ministry"), (9, "The union"), (9, "The ministry")}


def test_a_denied_count_stands_beside_its_denial() -> None:
    s = Story(
        "A blast hit a mine in Marda. The union said 9 people died. The ministry denied that 9 people died."
    )
    v = s.event("accident", "blast", place=s.place("Marda"))
    c = s.claim("The union", "said", "9 people died")
    d = s.claim("The ministry", "denied", "that 9 people died", act="deny")
    s.figure("9", 9, event=v, claims=(c,))
    s.figure("9#2", 9, event=v, claims=(d,))
    field = settle([x for a in accounts(s) for x in a.statements], {})["killed"]
    assert {x.stance for x in still_held(field.values)} == {"asserts", "denies"}


@pytest.mark.parametrize(("first", "state"), [(3, "agreed"), (0, "contested")])
def test_a_count_that_has_grown_is_borne_out_by_the_first(first: int, state: str) -> None:
    field = killed(("2031-03-04", {"The ministry": first}), ("2031-03-05", {"The mayor": 7}))
    assert field.state == state


@pytest.mark.parametrize(
    ("day", "by", "value", "state"),
    [
        ("2031-03-05", "Syria", "Syria", "single-source"),
        ("2031-03-04", "Syria", "Syria", "contested"),
        ("2031-03-05", "Iraq", "Syria", "contested"),
    ],
)
def test_a_state_concedes_what_its_body_had_denied(day: str, by: str, value: str, state: str) -> None:
    kind, body = "organization", "the Syrian army"
    said = Statement(Field.ACTOR, value, Stance.ASSERTS, by, kind, None, "d2", "d2", f"S {by}", day=day)
    denied = Statement(
        Field.ACTOR, body, Stance.DENIES, body, kind, None, "d1", "d1", "S army", day="2031-03-04"
    )
    assert settle([denied, said], {})["actor"].state == state
