from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.ledger.builder import Story
from tests.ledger.test_incidents import incident

from accordingto.coding import Codebooks, as_acled
from accordingto.exporting import acledcodes
from accordingto.exporting.acled import export, time_precision
from accordingto.exporting.rows import flat
from accordingto.ledger.contest import FieldState, State
from accordingto.ledger.exports import Exported
from accordingto.reading.actors import actor_of_phrase
from accordingto.reading.lexicon import Lexicon
from accordingto.record import Actor


def rows(*stories: Story) -> list[dict[str, str]]:
    return list(csv.DictReader("".join(export(Exported(incident(s), ()) for s in stories)).splitlines()))


def raid(place: str, kind: str = "strike", factuality: str = "occurred") -> Story:
    s = Story(f"A strike on {place}.")
    s.event(kind, "strike", place=s.place(place), factuality=factuality)
    return s


@pytest.mark.parametrize(("place", "code"), [("Marda", "2"), ("Rif Province", "3"), ("Aland", "")])
def test_places_have_the_precision_of_the_coded_view(place: str, code: str) -> None:
    [row] = rows(raid(place))
    assert row["geo_precision"] == code


@pytest.mark.parametrize(
    ("last", "code"),
    [("2031-03-01", 1), ("2031-03-02", 2), ("2031-03-07", 2), ("2031-03-08", 3), ("2031-12-31", None)],
)
def test_time_precision_goes_by_length(last: str, code: int | None) -> None:
    assert time_precision("2031-03-01", last) == code


def test_what_nobody_asserts_is_no_row() -> None:
    kept = rows(*(raid("Marda", factuality=f) for f in ("planned", "possible", "conditional", "occurred")))
    assert len(kept) == 1


def told(text: str, kind: str, trigger: str, **roles: str) -> Story:
    s = Story(text)
    s.event(kind, trigger, on=s.time("Monday", "2031-03-03"), **roles)
    return s


CASES = [
    ("Rebels captured the town on Monday.", "territory", "captured", {"actor": "Rebels", "target": "the town"},
     "Battles", "Non-state actor overtakes territory", "Political violence"),
    ("The army retook the town on Monday.", "territory", "retook", {"actor": "The army", "target": "the town"},
     "Battles", "Government regains territory", "Political violence"),
    ("The army withdrew on Monday.", "territory", "withdrew", {"actor": "The army"},
     "Strategic developments", "Non-violent transfer of territory", "Strategic developments"),
    ("The army lost the town on Monday.", "territory", "lost", {"actor": "The army", "target": "the town"},
     "Battles", "", "Political violence"),
    ("A militia abducted six teachers on Monday.", "detention", "abducted",
     {"actor": "A militia", "target": "six teachers"},
     "Violence against civilians", "Abduction/forced disappearance", "Political violence"),
    ("Police arrested six teachers on Monday.", "detention", "arrested",
     {"actor": "Police", "target": "six teachers"}, "Strategic developments", "Arrests", "Strategic developments"),
    ("Gunmen killed three soldiers on Monday.", "attack", "killed", {"actor": "Gunmen", "target": "three soldiers"},
     "Battles", "Armed clash", "Political violence"),
    ("Gunmen killed three farmers on Monday.", "attack", "killed", {"actor": "Gunmen", "target": "three farmers"},
     "Violence against civilians", "Attack", "Political violence"),
    ("Guards shelled a market on Monday.", "strike", "shelled", {"actor": "Guards", "target": "a market"},
     "Explosions/Remote violence", "Shelling/artillery/missile attack", "Political violence"),
    ("Students rioted on Monday.", "protest", "rioted", {"actor": "Students"},
     "Riots", "Violent demonstration", "Demonstrations"),
    ("Envoys signed a truce on Monday.", "ceasefire", "truce", {"actor": "Envoys"},
     "Strategic developments", "Agreement", "Strategic developments"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "roles", "event", "sub", "disorder"), CASES, ids=[c[0] for c in CASES]
)
def test_incidents_are_coded_by_who_did_what_to_whom(
    text: str, kind: str, trigger: str, roles: dict[str, str], event: str, sub: str, disorder: str
) -> None:
    [row] = rows(told(text, kind, trigger, **roles))
    assert (row["event_type"], row["sub_event_type"], row["disorder_type"]) == (event, sub, disorder)


@pytest.mark.parametrize("case", CASES, ids=[c[0] for c in CASES])
def test_the_export_codes_a_report_as_the_view_of_its_record_does(case: tuple[str, ...]) -> None:
    text, kind, trigger, roles, *_ = case
    story = told(text, kind, trigger, **roles)  # type: ignore[arg-type]
    record = story.record()
    view = as_acled(record, record.events[0], actor_of=partial(actor_of_phrase, lexicon=Lexicon.load()))
    assert view is not None
    [row] = rows(story)
    assert (row["event_type"], row["sub_event_type"], row["rule"], row["flag"]) == (
        view.event_type, view.sub_event_type or "", view.rule, view.flag or "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Rebels captured", "Rebels", "captured"), ("Rebels withdrew from", "Rebels", "withdrew")),
        (("Rebels captured", "Rebels", "captured"), ("The army captured", "The army", "captured")),
    ],
)
def test_what_accounts_do_not_agree_on_stays_open(
    first: tuple[str, str, str], second: tuple[str, str, str]
) -> None:
    stories = []
    for n, (words, who, trigger) in enumerate((first, second)):
        s = Story(f"{words} Marda on Monday.", f"2031-03-0{4 + n}", f"Wire {n}")
        s.event("territory", trigger, actor=who, on=s.time("Monday", "2031-03-03"), place=s.place("Marda"))
        stories.append(s)
    [row] = list(csv.DictReader("".join(export([Exported(incident(*stories), ())])).splitlines()))
    assert row["sub_event_type"] == ""
    assert "coded differently" in row["flag"]
    assert "Non-state actor overtakes territory" in row["flag"]


def test_an_account_that_tells_less_takes_nothing_away() -> None:
    stories = []
    for n, trigger in enumerate(("hit", "shelled")):
        s = Story(f"Guards {trigger} Marda on Monday.", f"2031-03-0{4 + n}", f"Wire {n}")
        s.event("strike", trigger, on=s.time("Monday", "2031-03-03"), place=s.place("Marda"))
        stories.append(s)
    [row] = list(csv.DictReader("".join(export([Exported(incident(*stories), ())])).splitlines()))
    assert (row["sub_event_type"], row["flag"]) == ("Shelling/artillery/missile attack", "")


@pytest.mark.parametrize(
    "kind", ["disaster", "displacement", "economy", "accident", "accusation", "unheard_of"]
)
def test_what_acled_does_not_code_is_no_row(kind: str) -> None:
    assert rows(raid("Marda", kind)) == []


def test_a_party_known_by_name_only_is_the_one_that_it_speaks_as() -> None:
    s = Story("The Eastern Command said it had captured the town on Monday.")
    c = s.claim("The Eastern Command", "said", "it had captured the town on Monday", party="XAA REB")
    s.event(
        "territory", "captured", actor="The Eastern Command", on=s.time("Monday", "2031-03-03"),
        factuality="claimed", claims=(c,),
    )  # fmt: skip
    [row] = rows(s)
    assert row["sub_event_type"] == "Non-state actor overtakes territory"


@pytest.mark.parametrize(
    ("words", "low", "best", "high", "least"),
    [
        ("Dozens", 24, 24, 99, "12"),
        ("Hundreds", 200, 200, 999, "100"),
        ("Tens of thousands", 20000, 20000, 99999, "10000"),
        ("More than 20", 21, 20, None, "20"),
        ("More than 2,000", 2001, 2000, None, "2000"),
        ("Up to 30", None, 30, 30, ""),
        ("Nearly 50", None, 50, 49, "50"),
    ],
)
def test_deaths_follow_the_rule_of_the_coded_view(
    words: str, low: int | None, best: int, high: int | None, least: str
) -> None:
    s = Story(f"{words} people were killed in a strike on Monday, the mayor said.")
    c = s.claim("the mayor", "said", f"{words} people were killed in a strike on Monday")
    v = s.event("strike", "strike", on=s.time("Monday", "2031-03-03"), claims=(c,))
    s.figure(words, best, event=v, claims=(c,), low=low, high=high)
    [row] = rows(s)
    assert row["fatalities"] == least
    record = s.record()
    view = as_acled(record, record.events[0])
    assert view is not None
    assert str(view.fatalities or "") == least
    assert not row["fatalities_high"] or not least or int(least) <= int(row["fatalities_high"])


def test_deaths_told_together_are_added() -> None:
    s = Story("Rebels killed two soldiers and dozens of villagers on Monday, the mayor said.")
    c = s.claim("the mayor", "said", "Rebels killed two soldiers and dozens of villagers on Monday")
    v = s.event("killing", "killed", on=s.time("Monday", "2031-03-03"), claims=(c,))
    s.figure("two", 2, event=v, claims=(c,), of="soldiers")
    s.figure("dozens", 24, event=v, claims=(c,), of="villagers", low=24, high=99)
    [row] = rows(s)
    assert (row["fatalities"], row["fatalities_high"]) == ("14", "101")


def test_a_row_tells_bounds_and_each_source_once() -> None:
    stories = []
    for n, name in enumerate(("The Relief Union", "the Relief Union")):
        s = Story(
            f"{name} said that at least 14 died in a strike on Monday.", f"2031-03-0{4 + n}", f"Wire {n}"
        )
        c = s.claim(name, "said", "at least 14 died in a strike on Monday")
        v = s.event("strike", "strike", on=s.time("Monday", "2031-03-03"), place=None, claims=(c,))
        s.figure("at least 14", 14, event=v, claims=(c,), low=14)
        stories.append(s)
    row = flat(Exported(incident(*stories), ()))
    assert row["killed_by"] == "14 or more: The Relief Union"
    assert row["sources"] == "The Relief Union | Wire 0 | Wire 1"


def test_a_row_names_each_party_once_in_the_order_of_the_reports() -> None:
    stories = []
    for n, name in enumerate(("The Hill Front", "Gunmen", "the Hill Front")):
        s = Story(f"{name} hit a mill in a raid on Monday.", f"2031-03-0{4 + n}", f"Wire {n}")
        s.event("attack", "raid", on=s.time("Monday", "2031-03-03"), actor=name)
        stories.append(s)
    assert flat(Exported(incident(*stories), ()))["actor"] == "The Hill Front | Gunmen"


def test_rules_of_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "acled_rules.csv").write_text(
        "rule,type,words,event,sub_event,flag\nkites,strike,kite,Riots,Mob violence,by kite\n"
    )
    monkeypatch.setenv("ACCORDINGTO_DATA_DIR", str(tmp_path))
    [row] = rows(told("A kite raid burned fields on Monday.", "strike", "kite raid"))
    assert (row["sub_event_type"], row["rule"], row["flag"]) == ("Mob violence", "kites", "by kite")


def test_types_of_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "event_types.csv").write_text(
        "code,what,acled_event,acled_sub_event\nkite,kites,Riots,Mob violence\n"
    )
    monkeypatch.setenv("ACCORDINGTO_DATA_DIR", str(tmp_path))
    [row] = rows(raid("Marda", "kite"))
    assert (row["event_type"], row["sub_event_type"]) == ("Riots", "Mob violence")


def test_each_account_is_looked_at_once_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    i = incident(told(CASES[0][0], "strike", "captured", actor="Rebels", target="the town"))
    number, fields = 30, dict(i.fields)
    for name in ("actor", "target"):
        [value] = fields[name].values
        many = [replace(value, value=f"{value.value} {n}", by=f"S{n}", span=None) for n in range(number)]
        fields[name] = FieldState(State.CONTESTED, tuple(many))
    looked: list[str] = []

    def counted(text: str, *args: Any, **more: Any) -> Actor | None:
        looked.append(text)
        return actor_of_phrase(text, *args, **more)

    monkeypatch.setattr(acledcodes, "actor_of_phrase", counted)
    assert acledcodes.coded(replace(i, fields=fields), Codebooks.load(), Lexicon.load())
    assert len(looked) <= 2 * 2 * number  # its words and its name, of each doer and each target
