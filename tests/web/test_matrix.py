"""The matrix of accounts: what its cells say of contest is what the fields say."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.web import stage

from accordingto.ledger.accounts import Field, Stance, Statement
from accordingto.ledger.contest import latest, settle
from accordingto.ledger.session import open_ledger
from accordingto.web import matrix
from accordingto.web.incidentrows import holders
from accordingto.web.matrix import Known, cell, standings

KNOWN = Known({}, {}, {}, {})


def told(field: Field, value: object, by: str, day: str, stance: Stance = Stance.ASSERTS) -> Statement:
    return Statement(
        field, value, stance, by, "organization", None, f"{by} {day}", f"{by} {day}", f"S {by}", day=day,
        low=value if isinstance(value, int) else None, high=value if isinstance(value, int) else None,
    )  # type: ignore[arg-type]  # fmt: skip


def standing(some: list[Statement], known: Known = KNOWN) -> tuple[str, list[str]]:
    """How the field of some statements stands, and each of them."""
    (field,) = {s.field for s in some}
    valid = [s for s in some if (str(field), str(s.value)) not in known.wrong]
    state = settle(valid, {})[field].state
    found = standings(some, {str(field): str(state)}, known, {})
    return str(state), [found[id(s)] for s in some]


def test_a_denial_that_was_taken_back_contests_nothing() -> None:
    some = [
        told(Field.HAPPENED, True, "the medics", "2031-03-04"),
        told(Field.HAPPENED, None, "the army", "2031-03-04", Stance.DENIES),
        told(Field.HAPPENED, True, "the army", "2031-03-06"),
    ]
    assert standing(some) == ("agreed", ["agreed", "alone", "agreed"])
    assert standing(some[:2]) == ("contested", ["contested", "contested"])


def test_what_was_judged_wrong_contests_nothing() -> None:
    some = [
        told(Field.KILLED, 6, "the medics", "2031-03-04"),
        told(Field.KILLED, 9, "the army", "2031-03-04"),
    ]
    assert standing(some) == ("contested", ["contested", "contested"])
    wrong = Known({}, {}, {}, {}, frozenset({("killed", "9")}))
    assert standing(some, wrong)[0] == "single-source"
    assert standing(some, wrong)[1][0] == "alone"


def test_a_value_said_twice_stands_as_the_one_that_counts() -> None:
    some = [
        told(Field.KILLED, 6, "the medics", "2031-03-04"),
        told(Field.KILLED, 6, "the medics", "2031-03-05"),
        told(Field.KILLED, 9, "the army", "2031-03-05"),
    ]
    state, found = standing(some)
    assert (state, found) == ("contested", ["overtaken", "contested", "contested"])
    shown = cell("killed", some[:2], KNOWN, standings(some, {"killed": state}, KNOWN, {}))
    assert [(v.text, v.standing.value) for v in shown.values] == [("6", "contested")]


def test_counts_of_many_sources_are_compared_once_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(matrix, "latest", lambda told, o: asked.append(told) or latest(told, o))
    some = [told(Field.KILLED, 6, f"witness {n}", "2031-03-04") for n in range(9)]
    assert standing(some) == ("agreed", ["agreed"] * 9)
    assert len(asked) == 1


def test_cells_of_every_incident_are_contested_where_its_field_is(tmp_path: Path) -> None:
    states = set()
    with open_ledger(tmp_path / "l.db") as book:
        stage.fill(book)
        client = stage.client(book)
        for row in client.get("/incidents.json").json()["rows"]:
            page = client.get(f"{row['url']}.json").json()
            for n, column in enumerate(page["columns"]):
                cells = [r["cells"][n] for g in page["groups"] for r in g["rows"]]
                marks = {v["standing"]["value"] for c in cells for v in c["values"]}
                state = column["state"]["value"]
                assert ("contested" in marks) == (state == "contested"), (row["title"], column)
                states.add(state)
    assert {"contested", "single-source"} <= states


def test_a_count_keeps_the_bounds_that_its_source_gives() -> None:
    least = replace(told(Field.KILLED, 20, "the medics", "2031-03-04"), high=None)
    some = [
        least,
        replace(least, by="x", low=18, high=25),
        replace(least, low=20, high=20, part="children"),
        told(Field.KILLED, 1200, "the medics", "2031-03-04"),
    ]
    shown = cell("killed", some, KNOWN, {id(s): "alone" for s in some})
    assert [v.text for v in shown.values] == ["20 or more", "18–25 (best 20)", "20 (children)", "1,200"]


def test_counts_of_children_and_days_that_are_a_month_say_so() -> None:
    children = replace(told(Field.KILLED, 4, "the medics", "2031-03-04"), part="children")
    month = replace(told(Field.WHEN, "2031-05-01", "the medics", "2031-05-09"), end="2031-05-31")
    shown = cell("killed", [children], KNOWN, {id(children): "alone"}).values[0]
    assert (shown.text, shown.raw, shown.struck) == ("4 (children)", "4 (children)", False)
    assert cell("when", [month], KNOWN, {id(month): "alone"}).values[0].text == "May 2031"
    only = Known({}, {}, {}, {}, frozenset({("killed", "4 (children)")}))
    assert cell("killed", [children], only, {id(children): "alone"}).values[0].struck
    four = told(Field.KILLED, 4, "the army", "2031-03-04")
    assert not cell("killed", [four], only, {id(four): "alone"}).values[0].struck


def test_the_rivals_of_a_count_are_counts_of_all() -> None:
    some = [
        told(Field.KILLED, 12, "the mayor", "2031-03-04"),
        told(Field.KILLED, 15, "the army", "2031-03-04"),
        replace(told(Field.KILLED, 4, "the army", "2031-03-04"), part="children"),
    ]
    killed = settle(some, {})["killed"]
    assert killed.state == "contested"
    assert {text for text, _ in holders("killed", killed)} == {"12", "15"}


def test_of_a_day_that_many_bear_out_only_the_others_stand_out() -> None:
    month = replace(told(Field.WHEN, "2031-03-01", "the union", "2031-03-09"), end="2031-03-31")
    many = [told(Field.WHEN, "2031-03-04", f"witness {n}", "2031-03-05") for n in range(2)]
    odd = told(Field.WHEN, "2029-01-01", "the mayor", "2031-03-06")
    assert standing([month, *many, odd]) == ("contested", ["agreed", "agreed", "agreed", "contested"])
    assert standing([many[0], odd]) == ("contested", ["contested"] * 2)
