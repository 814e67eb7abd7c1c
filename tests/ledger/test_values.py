"""When two values may stand together."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from accordingto.ledger.accounts import Field, Location, Stance, Statement
from accordingto.ledger.contest import of_all, settle
from accordingto.ledger.grading import admissions, grade
from accordingto.ledger.independence import one_voice_each, short_form
from accordingto.ledger.values import is_name, same_doer
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


def test_whoever_changes_his_story_holds_the_last_one() -> None:
    school, base = "a school", "a rebel command post"
    before = [say(Field.TARGET, school, "A"), say(Field.TARGET, school, "B")]
    after = say(Field.TARGET, base, "B", document="d2", day="2031-03-05")
    assert settle([*before, after], {})["target"].state == "contested"
    own_up = say(Field.TARGET, school, "B", document="d3", day="2031-03-06")
    assert settle([*before, after, own_up], {})["target"].state != "contested"


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
        ("the M99 rebels", True),
        ("M99 rebels", True),
        ("the Wagner group", True),
        ("the Israeli army", False),
        ("two Syrian gunmen", False),
        ("Armed men", False),
        ("a U.S.-born gunman claiming allegiance to the M99", False),
        ("men from the M99", True),
        ("United States", True),
        ("Lee Dae-jun", True),
    ],
)
def test_names(value: str, found: bool) -> None:
    assert is_name(value) is found


@pytest.mark.parametrize(
    ("whole", "short", "one"),
    [
        ("the Free Syrian Army", "the Syrian army", False),
        ("the South Sudanese army", "the Sudanese army", False),
        ("South Sudan", "Sudan", False),
        ("the Norwegian Mission to Lebanon", "Lebanon", False),
        ("the government of Lebanon", "Lebanon", True),
        ("the Sudanese army", "the army", True),
        ("the Western Brigades", "the Brigades", True),
    ],
)
def test_a_longer_name_may_be_anothers(whole: str, short: str, one: bool) -> None:
    assert short_form(whole, short) is one


def test_a_state_and_its_rebels_are_two_doers() -> None:
    told = [
        say(Field.ACTOR, "the Syrian army", "the Free Syrian Army"),
        say(Field.ACTOR, "the Free Syrian Army", "the Syrian army", document="d2"),
    ]
    found = settle(told, {})
    assert found["actor"].state == "contested"
    assert grade(told, found, {}).value == "contested"


@pytest.mark.parametrize(
    ("by", "party", "value", "own"),
    [
        ("the Syrian army", "SYR MIL", "the Syrian military", True),
        ("the Free Syrian Army", "SYR REB", "the Syrian army", False),
        ("the Syrian army", "SYR MIL", "the Free Syrian Army", False),
        ("the Free Syrian Army", "SYR REB", "the army", False),
        ("the army", "MIL", "the Free Syrian Army", False),
        ("the army", "SYR MIL", "the Syrian army", True),
        ("the army", "MIL", "the Syrian army", False),  # whose army it is isn't told
        ("the Aleppo police", "SYR COP", "the police", True),
        ("Lebanon", None, "Lebanon", True),
        ("Lebanon's government", "LBN GOV", "Lebanon", True),
        ("the Norwegian Mission to Lebanon", None, "Lebanon", False),
        ("the Palestinian health ministry", "PSE GOV", "a Palestinian", False),
        ("the Hill Front", "SYR REB", "the Front", True),
        ("Houthi movement", "YEM REB", "the Houthis", True),
        ("Syria", None, "Syrian forces", True),
        ("the Relief Committee for Hill Front prisoners", None, "the Hill Front", False),
    ],
)
def test_who_owns_up(by: str, party: str | None, value: str, own: bool) -> None:
    s = Statement(Field.ACTOR, value, Stance.ASSERTS, by, "organization", party, "d1", "d1", "S")
    assert admissions([s]) == ({by: "it"} if own else {})


@pytest.mark.parametrize(
    ("told", "bounds"),
    [
        ([(40, 41, None)], (41, 40, None)),
        ([(40, 41, None), (45, None, None)], (41, 40, None)),
        ([(9, None, 9), (7, 7, 7)], (None, 7, 9)),
        ([(6, None, None), (8, 8, 8)], (6, 6, 8)),
    ],
)
def test_an_open_end_stays_open(
    told: list[tuple[int, int | None, int | None]], bounds: tuple[int | None, ...]
) -> None:
    counts = [
        Statement(
            Field.KILLED, v, Stance.ASSERTS, f"S{n}", "organization", None, "d", "d", f"S{n}", low=a, high=b
        )
        for n, (v, a, b) in enumerate(told)
    ]
    found = settle(counts, {})["killed"]
    assert (found.low, found.best, found.high) == bounds


def count(value: int, by: str, *, part: str | None = None, stance: Stance = Stance.ASSERTS) -> Statement:
    return Statement(Field.KILLED, value, stance, by, "organization", None, "d", "d", f"S {by}", part=part)


def test_a_count_of_children_is_no_rival() -> None:
    told = [count(12, "A"), count(15, "B"), count(4, "B", part="children")]
    killed = settle(told, {})["killed"]
    assert [(v.value, v.part) for v in killed.values] == [(12, None), (15, None), (4, "children")]
    assert [v.value for v in of_all(killed.values)] == [12, 15]
    assert [v.value for v in of_all(settle(told[2:], {})["killed"].values)] == [4]


def test_who_denies_a_count_of_children_denies_no_count_of_all() -> None:
    denial = count(15, "C", part="children", stance=Stance.DENIES)
    assert settle([count(15, "A"), denial], {})["killed"].state == "single-source"
    assert settle([count(15, "A", part="children"), denial], {})["killed"].state == "contested"
    plain = count(15, "C", stance=Stance.DENIES)
    assert settle([count(15, "A"), plain], {})["killed"].state == "contested"


def test_children_and_women_agree_on_nothing() -> None:
    told = [count(4, "A", part="children"), count(2, "B", part="women")]
    assert settle(told, {})["killed"].state == "single-source"
    assert settle([told[0], count(4, "B", part="children")], {})["killed"].state == "agreed"


def test_a_month_is_shown_to_its_end() -> None:
    month = Statement(
        Field.WHEN, "2031-05-01", Stance.ASSERTS, "A", "person", None, "d", "d", "S", end="2031-05-31"
    )
    day = Statement(
        Field.WHEN, "2031-05-06", Stance.ASSERTS, "A", "person", None, "d", "d", "S", end="2031-05-06"
    )
    shown = settle([month, day], {})["when"].values
    assert [(v.value, v.end) for v in shown] == [("2031-05-01", "2031-05-31"), ("2031-05-06", None)]


def test_counts_of_one_part_contest_each_other_where_nobody_counts_all() -> None:
    told = [count(2, "the army", part="fighters"), count(30, "the rebels", part="fighters")]
    killed = settle(told, {})["killed"]
    assert (killed.state, killed.low, killed.high) == ("contested", 2, 30)
    more = [*told, count(4, "medics", part="children"), count(4, "the mayor", part="children")]
    assert settle(more, {})["killed"].state == "contested"
    assert settle(more[2:], {})["killed"].state == "agreed"


def test_the_numbers_of_a_field_are_of_one_part() -> None:
    told = [
        count(4, "A", part="children"),
        count(4, "B", part="children"),
        count(9, "C", part="women"),
    ]
    killed = settle(told, {})["killed"]
    assert (killed.state, killed.low, killed.best, killed.high) == ("agreed", 4, 4, 4)


def test_five_of_them_are_nobodys_rival() -> None:
    told = [count(5, "A", part="some"), count(3, "B", part="some")]
    assert settle(told, {})["killed"].state == "single-source"


def test_of_a_whole_and_a_part_of_it_by_place_the_whole_is_counted() -> None:
    told = [replace(count(38, "A"), at=("aland",)), replace(count(12, "B"), at=("marda",)), count(61, "C")]
    killed = settle(told, {})["killed"]
    assert (killed.low, killed.high) == (38, 61)


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        ("the M99 rebels", "the Kivu rebels", "contested"),
        ("the Wagner group", "Allied Democratic Forces", "contested"),
        ("the Syrian rebels", "the Hill Front", "single-source"),
        ("the Sunni militants", "the Hill Front", "single-source"),
        ("the Iran-backed militia", "the Hill Front", "single-source"),
        ("Russia", "Russian forces", "agreed"),
        ("United States", "US troops", "agreed"),
        ("Israel", "the Israeli police", "agreed"),
        ("the Israeli army", "Israeli soldiers", "agreed"),
        ("the Israeli army", "the Israeli police", "single-source"),
        ("Israel", "Israeli settlers", "single-source"),
        ("Russian soldiers", "the Ukrainian army", "contested"),
        ("United States", "American and British forces", "single-source"),
        ("Sudan", "South Sudanese soldiers", "contested"),
        ("Lebanese Forces", "the Lebanese army", "contested"),
        ("Houthis", "the Houthi movement", "agreed"),
        ("the Houthis", "Houthi rebels", "agreed"),
        ("the M99", "the M99 rebels", "agreed"),
        ("Syria", "the Syrian rebels", "single-source"),
        ("United States", "US-led foreign forces", "contested"),
        ("Islamic State", "the Islamic State group", "agreed"),
        ("the army", "Eastern Command", "agreed"),
        ("the South-Western Command", "soldiers", "agreed"),
        ("the rebels", "Eastern Command", "single-source"),
        ("the army", "Red Command", "contested"),
        ("RSF", "Fighters of the Rapid Support Forces", "agreed"),
        ("fighters from the RSF", "the RSF", "agreed"),
        ("M23 rebels", "the March 23 Movement", "agreed"),
        ("Houthi rebels", "Ansar Allah", "agreed"),
        ("ISIS", "Islamic State militants", "agreed"),
        ("The National Liberation Army (ELN)", "ELN", "agreed"),
        ("soldiers of the Syrian army", "the Syrian army", "agreed"),
        ("soldiers of the Syrian army", "the Free Syrian Army", "contested"),
        ("ELN", "the Karen National Liberation Army", "contested"),
        ("the PKK", "the Hill Front", "contested"),
    ],
)
def test_doers_under_several_names(one: str, other: str, state: str) -> None:
    told = [say(Field.ACTOR, one, "A"), say(Field.ACTOR, other, "B")]
    assert settle(told, {})["actor"].state == state
    assert settle(told[::-1], {})["actor"].state == state


def test_a_grade_names_one_doer_once() -> None:
    told = [say(Field.ACTOR, "PKK", "A"), say(Field.ACTOR, "Kurdistan Workers' Party", "B")]
    told.append(say(Field.ACTOR, "the Hill Front", "C"))
    [who, *_] = grade(told, settle(told, {}), {}).reasons
    assert who == "who did it is contested: Kurdistan Workers' Party or the Hill Front"


def test_fighters_of_a_group_own_up_for_it() -> None:
    mine = say(Field.ACTOR, "the Rapid Support Forces", "fighters from the RSF")
    assert admissions([mine]) == {"fighters from the RSF": "it"}


def test_who_owns_up_without_a_name_answers_a_denial() -> None:
    denial = Statement(
        Field.ACTOR, "the Hill Front", Stance.DENIES, "the Hill Front", "organization", None, "d", "d", "S F"
    )
    assert (
        settle([say(Field.ACTOR, "the rebels", "the rebels"), denial], {})["actor"].state == "single-source"
    )
    assert settle([say(Field.ACTOR, "the rebels", "the mayor"), denial], {})["actor"].state == "denied"


@pytest.mark.parametrize(("value", "state"), [("Turkish", "agreed"), ("Greek", "contested")])
def test_a_state_s_adjective_alone_is_the_state(value: str, state: str) -> None:
    told = [say(Field.ACTOR, "Turkey", "A"), say(Field.ACTOR, value, "B")]
    assert settle(told, {})["actor"].state == state


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Russian warplanes", "Russia", True),
        ("Russian jets", "the Russian army", True),
        ("Russian jets", "Russia's defence ministry", True),
        ("Russian jets", "Moscow", True),
        ("Russian jets", "Russian police", False),
        ("Russian jets", "Syria", False),
        ("Russian-made jets", "Russia", False),
        ("Russian drones", "Russia", False),
        ("the jets", "Russia", False),
    ],
)
def test_a_states_machines_are_its_own(one: str, other: str, same: bool) -> None:
    assert same_doer(one, other) is same
    assert same_doer(other, one) is same


def test_one_voice_and_a_denial_are_graded_with_the_denial() -> None:
    raid = replace(say(Field.HAPPENED, "", "the mayor"), value=True)
    told = [raid, replace(raid, stance=Stance.DENIES, by="the army", source="S army", document="d2")]
    found = grade(told, settle(told, {}), {})
    assert (found.value, found.reasons) == ("weak", ("1 independent voice", "the army denies it"))
