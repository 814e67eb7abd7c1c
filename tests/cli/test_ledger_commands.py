from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError
from tests.cli.test_commands import run
from tests.ledger.builder import Story, strike
from tests.ledger.test_incidents import army_and_medics, rival
from tests.ledger.test_tolls import told as toll

from accordingto import hooks
from accordingto.intake.report import RawReport
from accordingto.ledger.entries import Entered, enter
from accordingto.ledger.session import Ledger, open_ledger

LISTS = ["incidents", "contested", "tolls", "commitments", "sources", "claims"]


def promise() -> Story:
    s = Story(
        "The army promised to open the road if the shelling stopped.", outlet="Coast Wire", name="promise.txt"
    )
    s.claim(
        "The army", "promised", "to open the road if the shelling stopped", act="promise", party="XAA MIL"
    )
    return s


def elsewhere() -> Story:
    s = strike(
        "A strike on a market in Belmar killed two on 20 March.",
        published="2031-03-20",
        day=("20 March", "2031-03-20"),
        place="Belmar",
        target="a market",
        killed=("two", 2),
    )
    s.raw = type(s.raw)("=market.txt", s.text, s.raw.original, "text/plain", published=s.raw.published)
    return s


@pytest.fixture
def book(ledger_url: str) -> str:
    with open_ledger(ledger_url) as ledger:
        for s in (army_and_medics(), rival(), toll("2,160", 2160, "2031-03-06"), promise(), elsewhere()):
            enter(ledger, report=s.raw, record=s.record(), model="m")
    return ledger_url


@pytest.fixture
def call(book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ACCORDINGTO_LEDGER", book)
    return lambda *args: run(capsys, monkeypatch, *args)


def rows(call, *args: str) -> list[dict[str, Any]]:  # type: ignore[no-untyped-def]
    code, out, _ = call(*args, "--json")
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


def test_incidents_and_one_of_them(call) -> None:  # type: ignore[no-untyped-def]
    found = rows(call, "incidents")
    assert [i["title"] for i in found] == [
        "Strike on a depot, Marda, 3 March 2031",
        "Strike on a market, Belmar, 20 March 2031",
    ]
    code, out, _ = call("incident", found[0]["id"])
    assert code == 0
    for words in (
        "use of site",
        "weapons store",
        "denied",
        "The army",
        "Why these accounts are one",
        "same day",
    ):
        assert words in out
    whole = json.loads(call("incident", found[0]["id"][:6], "--json")[1])
    assert whole["links"][0]["reason"].startswith("both strike")
    code, out, _ = call("incidents")
    assert "contested" in out
    assert "2 incidents." in out


@pytest.mark.parametrize(
    ("args", "number"),
    [
        (["--since", "2031-03-10"], 1),
        (["--until", "2031-03-10"], 1),
        (["--place", "mard"], 1),
        (["--place", "xbb"], 1),
        (["--type", "strike"], 2),
        (["--type", "protest"], 0),
        (["--source", "front"], 1),
        (["--state", "contested"], 1),
        (["--state", "machine"], 2),
        (["--words", "depot weapons"], 1),
        (["--limit", "1"], 1),
        (["--since", "2031-03"], 2),
        (["--until", "2031-02"], 0),
        (["--until", "2031-03"], 2),
        (["--since", "2031", "--until", "2031"], 2),
    ],
)
def test_filters(call, args: list[str], number: int) -> None:  # type: ignore[no-untyped-def]
    assert len(rows(call, "incidents", *args)) == number


def test_days_that_are_none_are_refused(call) -> None:  # type: ignore[no-untyped-def]
    for option, given in (("--since", "2031-13"), ("--until", "soon")):
        code, _, err = call("incidents", option, given)
        assert code == 2
        assert "2031-03 or 2031" in err


@pytest.mark.parametrize(
    ("sort", "first"),
    [("newest", "Belmar"), ("oldest", "Marda"), ("reports", "Marda"), ("Killed", "Marda")],
)
def test_the_order_of_incidents(call, sort: str, first: str) -> None:  # type: ignore[no-untyped-def]
    assert first in rows(call, "incidents", "--sort", sort, "--limit", "1")[0]["title"]
    assert first in rows(call, "incidents", "--sort", sort)[0]["title"]


def test_a_screen_begins_with_the_newest_and_json_with_the_oldest(call) -> None:  # type: ignore[no-untyped-def]
    out = call("incidents")[1]
    assert out.index("Belmar") < out.index("Marda")
    assert "Marda" in rows(call, "incidents")[0]["title"]


def test_an_order_that_is_none_or_not_for_a_list_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    assert "newest, " in call("incidents", "--sort", "loudest")[2]
    assert "leave --sort out" in call("tolls", "--sort", "newest")[2]


def test_a_screenful_of_a_long_list(call, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from accordingto.cli import listing

    monkeypatch.setattr(listing, "SCREENFUL", 1)
    out = call("incidents")[1]
    assert "1 of 2 incidents; --limit 2 shows all" in out
    assert "Belmar" in out
    assert "Marda" not in out
    assert "Marda" in call("incidents", "--limit", "2")[1]
    assert len(rows(call, "incidents")) == 2


def test_an_incident_by_its_id_without_the_letter(call) -> None:  # type: ignore[no-untyped-def]
    id = rows(call, "incidents")[0]["id"]
    assert json.loads(call("incident", id[1:9], "--json")[1])["id"] == id
    assert id[:9] in call("contested")[1]


@pytest.mark.parametrize("command", LISTS)
def test_every_list_takes_every_filter(call, command: str) -> None:  # type: ignore[no-untyped-def]
    type_ = {"tolls": "displaced", "commitments": "refusal", "sources": "document"}.get(command, "protest")
    state = {"commitments": "kept", "sources": "anonymous"}.get(command, "denied")
    given = (
        f"--since 2031-01-01 --until 2031-12-31 --place a --type {type_} --source a "
        f"{f'--state {state} ' if command != 'tolls' else ''}--words a --limit 3"
    )
    assert rows(call, command, *given.split()) == []
    assert rows(call, command, "--limit", "1") != []
    code, out, _ = call(command)
    assert code == 0
    assert "No " not in out


def test_claims_know_their_incidents(call) -> None:  # type: ignore[no-untyped-def]
    [depot, _] = rows(call, "incidents")
    found = rows(call, "claims")
    assert {c["id"] for c in found if depot["id"] in c["incidents"]} >= {"C1", "C2", "C3", "C4"}
    assert [c["incidents"] for c in found if c["act"] == "promise"] == [[]]
    assert {c["who"] for c in rows(call, "claims", "--place", "Marda")} >= {"The Eastern Command", "The army"}
    assert rows(call, "claims", "--place", "Belmar") == []


def test_search(call) -> None:  # type: ignore[no-untyped-def]
    assert [c["who"] for c in rows(call, "search", "opening", "road")] == ["The army"]  # words in any form
    assert rows(call, "search", "--exact", "open the road") != []
    assert rows(call, "search", "--exact", "road the open") == []
    assert rows(call, "search", 'road" OR school*') == []
    assert [c["act"] for c in rows(call, "search", "depot", "--place", "Marda")] == ["assert", "assert"]
    assert call("search", "!!")[0] == 2
    assert call("search", "--exact", "!!")[0] == 2


def test_search_by_meaning(call) -> None:  # type: ignore[no-untyped-def]
    wanted = ("search", "they would let traffic through again once the bombardment ended")
    code, out, err = call(*wanted, "--json")
    assert (code, out) == (0, "")
    assert "accordingto rebuild" in err
    assert call("rebuild", "--no-meaning")[1] == "Made again from 5 reports.\n"
    assert re.search(r"; \d+ vectors made", call("rebuild")[1])
    assert call("rebuild")[1] == "Made again from 5 reports.\n"
    assert "open the road" in rows(call, *wanted)[0]["text"]
    [first] = rows(call, *wanted, "--meaning", "--limit", "1")
    assert first["cosine"] > 0.3
    assert first["words"] is False
    found = rows(call, "search", "--incidents", "shops hit in Belmar")
    nearest = max(found, key=lambda i: i["cosine"] or 0)
    assert nearest["title"].startswith("Strike on a market")
    assert "market" in call("search", "--incidents", "shops hit in Belmar")[1]
    assert call("search", "--exact", "--meaning", "road")[0] == 2


def test_tolls_commitments_sources_contested(call) -> None:  # type: ignore[no-untyped-def]
    [one] = rows(call, "tolls")
    assert (one["authority"], one["series"][0]["best"]) == ("the health office", 2160)
    [one] = rows(call, "commitments", "--state", "open")
    assert (one["speaker"], one["condition"]) == ("The army", "if the shelling stopped")
    assert rows(call, "sources", "--source", "army")[0]["claims"] == {"assert": 1, "promise": 1}
    assert [s["description"] for s in rows(call, "sources", "--state", "anonymous")] == ["A witness"]
    known = {s["id"] for s in rows(call, "sources")}
    assert {c["source"]["ledger_id"] for c in rows(call, "claims")} == known
    assert {c["field"] for c in rows(call, "contested")} >= {"use_of_site"}


def test_judging_and_taking_it_back(call) -> None:  # type: ignore[no-untyped-def]
    before = rows(call, "incidents")
    [depot, market] = [i["id"] for i in before]
    who = ("--who", "Ana", "--why", "the map")
    code, key, _ = call("judge", "place", market, "Upper Belmar", "--lat", "20.1", "--lon", "60", *who)
    assert code == 0
    assert re.fullmatch(r"J[0-9a-f]{16}\n", key)
    assert rows(call, "incidents")[1]["place"]["name"] == "Upper Belmar"
    assert "the map" in call("incident", market)[1]
    assert call("judge", "reject", "=market.txt:V1", *who)[0] == 0
    assert len(rows(call, "incidents")) == 1
    rejected = rows(call, "incidents", "--state", "rejected")
    assert [i["review"] for i in rejected] == ["rejected"]
    assert call("judge", "value", depot, "killed", "12", *who)[0] == 0
    assert call("judge", "value", depot, "actor", "the Hill Guard", *who)[0] == 0
    clashing = {c["field"]: c["corrected"] for c in rows(call, "contested")}
    assert clashing == {"actor": "the Hill Guard, corrected by Ana", "use_of_site": None}
    assert "corrected by Ana" in " ".join(call("contested")[1].split())
    call("judge", "wrong", depot, "killed", "8", *who)
    assert rows(call, "incidents")[0]["fields"]["killed"]["best"] == 6
    assert call("judge", "value", depot, "type", "bombing", *who)[0] == 0
    [now] = rows(call, "incidents")
    assert (now["type"], now["fields"]["killed"]["best"]) == ("bombing", 6)
    assert {"field": "killed", "value": 12, "who": "Ana"} in now["corrected"]
    shown = call("incident", depot)[1]
    assert "12, corrected by Ana" in shown
    assert "type: bombing, corrected by Ana" in shown
    assert "corrected by Ana" in " ".join(call("incidents")[1].split())
    call("judge", "same", depot, market, *who)
    assert len(rows(call, "incidents", "--state", "rejected")) == 1
    for j in rows(call, "judge", "list"):
        if j["kind"] != "withdraw":
            assert call("judge", "withdraw", j["id"], *who)[0] == 0
    assert rows(call, "incidents") == before
    assert len(rows(call, "judge", "list")) == 14
    assert call("judge", "withdraw", "J0", *who)[0] == 2
    assert call("judge", "wrong", depot, "colour", "8", *who)[0] == 2
    assert call("judge", "reject", "nothing:V1", *who)[0] == 2


def test_rebuild_and_stats(call) -> None:  # type: ignore[no-untyped-def]
    before = rows(call, "incidents")
    assert call("rebuild", "--no-meaning")[1] == "Made again from 5 reports.\n"
    assert rows(call, "incidents") == before
    [counts] = rows(call, "stats")
    assert (counts["reports"], counts["claims"], counts["events"], counts["incidents"]) == (5, 9, 3, 2)
    assert "incidents" in call("stats")[1]


def test_verify_finds_what_was_changed(call, book: str) -> None:  # type: ignore[no-untyped-def]
    call("incidents")
    code, out, _ = call("verify")
    assert code == 0
    head = out.split("head ")[1].strip()
    assert call("verify", "--head", head)[0] == 0
    assert call("verify", "--head", "f" * 64)[0] == 3
    with open_ledger(book) as ledger, ledger.write() as connection:
        connection.execute(
            text("UPDATE originals SET body = :x WHERE sha256 = (SELECT sha256 FROM reports WHERE id = 2)"),
            {"x": b"other"},
        )
        connection.execute(text("UPDATE records SET model = 'n' WHERE id = 3"))
        connection.execute(text("UPDATE log SET digest = 'x' WHERE number = 1"))
    code, out, _ = call("verify")
    assert code == 3
    assert "stored bytes were changed" in out
    assert "line 1 of the log" in out
    assert "by n is not in the log" in out
    assert len(json.loads(call("verify", "--json")[1])["faults"]) >= 4


def test_exports(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = call("export", "--to", "csv")[1]
    [depot, market] = list(csv.DictReader(io.StringIO(out)))
    assert depot["killed_best"] == "8"
    assert "The Eastern Command" in depot["sources"]
    assert market["reports"] == "'=market.txt"
    features = json.loads(call("export", "--to", "geojson", "--place", "Marda")[1])
    assert features["features"][0]["geometry"]["coordinates"] == [40.0, 10.0]
    lines = call("export", "--to", "jsonl")[1].splitlines()
    assert [json.loads(x)["type"] for x in lines] == ["strike", "strike"]
    call("export", "--to", "acled", "-o", str(tmp_path / "a.csv"))
    [first, _] = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text())))
    assert (first["sub_event_type"], first["time_precision"], first["geo_precision"]) == (
        "Air/drone strike",
        "1",
        "2",
    )
    code, _, err = call("export", "--to", "docx")
    assert (code, "acled, csv, geojson, jsonl" in err) == (2, True)


def late(incidents: Any) -> Iterator[str]:
    yield from (i.incident.id for i in incidents)
    raise KeyError("lat")


@pytest.mark.parametrize("exporter", [late, lambda _: None, lambda _: [b"bytes"], lambda _: 1 / 0])
def test_an_exporter_that_breaks_is_named_and_leaves_the_older_file(
    call,  # type: ignore[no-untyped-def]
    exporter: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hooks, "load", lambda *_: exporter)
    older = tmp_path / "out.txt"
    older.write_text("older")
    code, _, err = call("export", "--to", "morse", "-o", str(older))
    assert code == 3
    assert "'morse' failed" in err
    assert older.read_text() == "older"


def test_a_report_that_the_ledger_refuses_leaves_the_others(
    call,  # type: ignore[no-untyped-def]
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def entering(ledger: Ledger, *, report: RawReport, **more: Any) -> Entered:
        if report.name == "b":
            raise DataError("INSERT", {}, Exception("too odd for this database"))
        return enter(ledger, report=report, **more)

    monkeypatch.setattr("accordingto.ledger.entries.enter", entering)
    lines = [json.dumps({"id": x, "text": f"Police said that two men died in Gao {x}."}) for x in "abc"]
    (tmp_path / "three.jsonl").write_text("\n".join(lines))
    code, out, _ = call("add", str(tmp_path / "three.jsonl"), "--no-meaning", "--json")
    told = json.loads(out)
    assert (code, told["entered"]) == (1, 2)
    [failed] = told["failed"]
    assert failed["name"] == "b"
    assert "too odd for this database" in failed["reason"]


@pytest.mark.parametrize(
    "command", [*LISTS, "incident", "search", "judge", "export", "rebuild", "verify", "stats"]
)
def test_help(call, command: str) -> None:  # type: ignore[no-untyped-def]
    assert "Usage: accordingto" in call(command, "--help")[1]


def test_states_as_they_are_listed_and_no_others(call) -> None:  # type: ignore[no-untyped-def]
    assert rows(call, "incidents", "--state", "single source") == rows(
        call, "incidents", "--state", "single-source"
    )
    assert len(rows(call, "incidents", "--state", "not reviewed")) == 2
    for command in LISTS:
        for option in ("--state", "--type"):
            code, _, err = call(command, option, "blessed")
            assert (code, "'blessed'" in err) == (2, True), (command, option)
    assert "single-source" in call("incidents", "--state", "blessed")[2]
    assert "protest" in call("export", "--to", "csv", "--type", "blessed")[2]
    assert "kept" in call("commitments", "--state", "contested")[2]


def test_tolls_are_not_narrowed_by_a_state(call) -> None:  # type: ignore[no-untyped-def]
    for state in ("open", "agreed", "contested"):
        code, out, err = call("tolls", "--state", state)
        assert (code, out, "a toll has no state" in err) == (2, "", True)
    assert "--state" not in call("tolls", "--help")[1]
    assert "--state" in call("incidents", "--help")[1]


def test_judgements_that_can_mean_nothing_are_refused(call) -> None:  # type: ignore[no-untyped-def]
    depot = rows(call, "incidents")[0]["id"]
    who = ("--who", "Ana", "--why", "the map")
    code, _, err = call("judge", "wrong", depot, "killed", "999", *who)
    assert code == 2
    assert "6, 9 (fighters), 8" in err
    assert call("judge", "wrong", depot, "wounded", "3", *who)[0] == 2
    for more in (
        ("--lat", "-1.5"), ("--lon", "3"), ("--lat", "91", "--lon", "3"), ("--lat", "nan", "--lon", "3"),
        ("--country", "ZZZ"), ("--country", "Ethiopia"),
    ):  # fmt: skip
        assert call("judge", "place", depot, "Gomba", *more, *who)[0] == 2, more
    assert call("judge", "place", depot, " ", *who)[0] == 2
    for field, value, words in (
        ("killed", "some", "is no count"), ("when", "2031-02-30", "is no day"), ("type", "picnic", "is no type"), ("where", "Gomba", "can't be set"),
    ):  # fmt: skip
        code, _, err = call("judge", "value", depot, field, value, *who)
        assert (code, words in err) == (2, True), err
    assert rows(call, "judge", "list") == []
    assert call("judge", "place", depot, "Gomba", "--country", "eth", *who)[0] == 0
    assert call("judge", "wrong", depot, "killed", "9 (fighters)", *who)[0] == 0
    assert [v["value"] for v in rows(call, "incidents")[0]["fields"]["killed"]["values"] if v["value"]] == [
        6,
        8,
    ]


def test_the_list_of_judgements_says_what_was_judged(call) -> None:  # type: ignore[no-untyped-def]
    depot, market = rows(call, "incidents")
    who = ("--who", "Ana", "--why", "two attacks")
    key = call("judge", "not-same", depot["id"], market["id"], *who)[1].strip()
    call("judge", "withdraw", key, *who)
    judged, withdrawal = rows(call, "judge", "list")
    assert [(t["incident"], t["title"]) for t in judged["targets"]] == [
        (i["id"], i["title"]) for i in (depot, market)
    ]
    assert judged["targets"][1]["event"] == "=market.txt:V1"
    assert withdrawal["targets"] == judged["targets"]
    shown = call("judge", "list")[1]
    assert f"    {market['title']} ({market['id']}): =market.txt:V1" in shown


def test_a_part_of_a_toll_is_no_rival_toll(call) -> None:  # type: ignore[no-untyped-def]
    [row] = list(csv.DictReader(io.StringIO(call("export", "--to", "csv", "--place", "Marda")[1])))
    assert "8: " in row["killed_by"]
    assert "9" not in row["killed_by"]
    [nine] = [v for v in rows(call, "incidents")[0]["fields"]["killed"]["values"] if v["value"] == 9]
    assert nine["part"] == "fighters"
    assert "9 (fighters)" in call("incident", rows(call, "incidents")[0]["id"])[1]


def test_a_desk_without_an_admin_names_no_password(call, book: str) -> None:  # type: ignore[no-untyped-def]
    if "://" not in book:
        pytest.skip("a database with a password")
    code, _, error = call("serve", book.replace("tester@", "tester:secretpw@"), "--host", "0.0.0.0")
    assert code == 2
    assert "no admin yet" in error
    assert "secretpw" not in error


def test_a_role_that_may_only_read_lists_what_was_derived_last(call, book: str) -> None:  # type: ignore[no-untyped-def]
    if "://" not in book:
        pytest.skip("a role of PostgreSQL")
    closed = f"{book}?options=-cdefault_transaction_read_only%3Don"
    for command in ("claims", "stats", "incidents"):
        code, out, error = call(command, "--ledger", closed)
        assert code == 0
        assert out
        assert "may not write" in error


def test_one_is_one_and_figures_stand_apart_from_their_names(call) -> None:  # type: ignore[no-untyped-def]
    for command, noun in (("incidents", "incident"), ("claims", "claim"), ("contested", "contested field")):
        assert call(command, "--limit", "1")[1].splitlines()[-1] == f"1 {noun}."
    for line in call("stats")[1].splitlines():
        assert re.match(r"[a-z ]+[a-z] +\S", line), line
        assert re.match(r"(?:incidents|claims) by [a-z]+ ", line) or " by " not in line, line


def test_the_last_judgement_of_two_incidents_holds(call) -> None:  # type: ignore[no-untyped-def]
    who = ("--who", "Ana", "--why", "read both")
    first, second = ([f"{e['report']}:{e['event']}" for e in i["events"]] for i in rows(call, "incidents"))
    for how, left in (("same", 1), ("not-same", 2), ("same", 1)):
        assert call("judge", how, second[0], *first, *who)[0] == 0
        assert len(rows(call, "incidents")) == left
    assert call("rebuild")[0] == 0
    [whole] = rows(call, "incidents")
    assert len(whole["events"]) == len(first) + len(second)
