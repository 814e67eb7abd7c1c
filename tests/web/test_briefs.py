from __future__ import annotations

from pathlib import Path

import msgspec
from starlette.testclient import TestClient
from tests.ledger.builder import Story
from tests.web import stage

from accordingto.ledger.session import open_ledger
from accordingto.web import views
from accordingto.web.briefs import CITED, VALUES, brief_page
from accordingto.web.parts import Cell, Link


def brief(browser: TestClient) -> views.BriefPage:
    url = browser.get("/incidents.json?type=strike").json()["rows"][0]["url"]
    return msgspec.json.decode(browser.get(f"{url}/brief.json").content, type=views.BriefPage)


def test_a_brief_gives_each_value_with_its_holders_and_the_numbers_of_their_reports(
    browser: TestClient,
) -> None:
    page = brief(browser)
    killed = next(f for f in page.fields if f.words == "Killed")
    held = {v.text: v for v in killed.values}
    assert {"6", "8"} <= set(held)
    assert [h.who for h in held["8"].by] == ["Rescue workers"]
    (cite,) = held["8"].by[0].cites
    assert page.citations[cite - 1] == "Harbor Post, “Strike on Depot in Marda Kills Eight”, 5 March 2031"
    assert page.address.endswith(f"/incidents/{page.incident.id}")


def test_what_is_asserted_stands_before_what_is_denied(browser: TestClient) -> None:
    for f in brief(browser).fields:
        stances = [v.stance.value != "asserts" for v in f.values]
        assert stances == sorted(stances), f.words


def test_a_brief_is_bounded_and_says_what_it_leaves_out(browser: TestClient) -> None:
    page = brief(browser).incident
    first = page.groups[0].rows[0]
    value = next(v for c in first.cells for v in c.values)
    cells = tuple(
        msgspec.structs.replace(
            c, values=tuple(msgspec.structs.replace(value, text=f"value {n}") for n in range(9))
        )
        for c in first.cells
    )
    crowd = msgspec.structs.replace(
        page,
        groups=(
            msgspec.structs.replace(page.groups[0], rows=(msgspec.structs.replace(first, cells=cells),)),
        ),
        reports=page.reports * 20,
    )
    made = brief_page(crowd, printed="2031-03-09", address="")
    assert {len(f.values) for f in made.fields} == {VALUES}
    assert {f.more for f in made.fields} == {9 - VALUES}
    assert len(made.citations) == CITED
    assert made.more_citations == len(crowd.reports) - CITED


def test_two_spellings_of_one_value_stand_once(browser: TestClient) -> None:
    page = brief(browser).incident
    first = page.groups[0].rows[0]
    value = next(v for c in first.cells for v in c.values)
    spelled = tuple(msgspec.structs.replace(value, text=text) for text in ("a drone", "A drone", "Drone"))
    cells = tuple(msgspec.structs.replace(c, values=spelled) for c in first.cells)
    row = msgspec.structs.replace(first, cells=cells)
    made = msgspec.structs.replace(page, groups=(msgspec.structs.replace(page.groups[0], rows=(row,)),))
    fields = brief_page(made, printed="2031-03-09", address="").fields
    assert {tuple(v.text for v in f.values) for f in fields} == {("a drone",)}
    assert {len(v.by) for f in fields for v in f.values} == {1}


def test_copies_and_struck_values_stay_out(browser: TestClient) -> None:
    page = brief(browser).incident
    rows = tuple(
        msgspec.structs.replace(
            r,
            independent=False,
            reports=(Link("copy", "/reports/1"),),
        )
        for r in page.groups[0].rows
    )
    copied = msgspec.structs.replace(page, groups=(msgspec.structs.replace(page.groups[0], rows=rows),))
    assert brief_page(copied, printed="2031-03-09", address="").fields == ()


def crowded(page: views.IncidentPage, reports: int) -> views.IncidentPage:
    """An incident of so many reports, each with a voice of its own that counts 5 to 13 killed, most of them few."""
    group, report = page.groups[0], page.reports[0]
    killed = next(c for c in page.columns if c.key == "killed")
    cells = [c for g in page.groups for r in g.rows for c in r.cells if c.column == "killed"]
    cell = next(c for c in cells if c.values and c.values[0].stance.value == "asserts")
    rows = []
    for n in range(reports):
        count = str(5 + n * n // 3000)
        v = msgspec.structs.replace(
            cell.values[0], text=count, raw=count, struck=False, told_at=(f"/reports/{1000 + n}",)
        )
        told = msgspec.structs.replace(cell, values=(v,))
        rows.append(
            msgspec.structs.replace(
                group.rows[0],
                who=f"voice {n}",
                independent=True,
                reports=(Link("r", f"/reports/{1000 + n}"),),
                cells=(told,),
            )
        )
    return msgspec.structs.replace(
        page,
        columns=(killed,),
        groups=(msgspec.structs.replace(group, rows=tuple(rows)),),
        reports=tuple(
            msgspec.structs.replace(report, id=1000 + n, url=f"/reports/{1000 + n}", title=f"Report {n}")
            for n in range(reports)
        ),
    )


def test_every_report_that_a_brief_cites_is_in_its_list(browser: TestClient) -> None:
    page = crowded(brief(browser).incident, 160)
    made = brief_page(page, printed="2031-03-09", address="")
    cited = {(h.who, n) for f in made.fields for v in f.values for h in v.by for n in h.cites}
    assert cited
    for who, n in cited:
        assert f"“Report {who.split()[1]}”" in made.citations[n - 1]
    assert {n for _, n in cited} == set(range(1, len(made.citations) + 1))
    assert len(made.citations) + made.more_citations == 160


def test_a_brief_gives_the_lowest_and_the_highest_count(browser: TestClient) -> None:
    (killed,) = brief_page(crowded(brief(browser).incident, 160), printed="2031-03-09", address="").fields
    counts = [int(v.text) for v in killed.values]
    assert (min(counts), max(counts)) == (5, 13)
    assert len(counts) == VALUES
    assert killed.more == 9 - VALUES


def test_a_voice_of_many_reports_cites_a_few_and_says_how_many_more(browser: TestClient) -> None:
    page = crowded(brief(browser).incident, 20)
    group = page.groups[0]
    (cell,) = group.rows[0].cells
    said = msgspec.structs.replace(cell.values[0], told_at=tuple(r.url for r in page.reports))
    loud = msgspec.structs.replace(group.rows[0], cells=(msgspec.structs.replace(cell, values=(said,)),))
    made = msgspec.structs.replace(page, groups=(msgspec.structs.replace(group, rows=(loud,)),))
    (killed,) = brief_page(made, printed="2031-03-09", address="").fields
    (by,) = killed.values[0].by
    assert len(by.cites) + by.more == 20
    assert by.cites == (1, 2, 3)


def test_a_value_cites_only_the_reports_in_which_its_voice_says_so(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "counts.db") as book:
        for day, count in (("2031-03-04", "six"), ("2031-03-05", "nine")):
            told = f"A strike on Marda on 3 March killed {count} people"
            s = Story(f"{told}, the hospital said.", day, "Coast Wire", f"{count} dead", f"dead-{count}")
            said = s.claim("the hospital", "said", told)
            on, place = s.time("3 March", "2031-03-03"), s.place("Marda")
            event = s.event("strike", "strike", on=on, place=place, claims=(said,))
            s.figure(count, {"six": 6, "nine": 9}[count], event=event, claims=(said,))
            stage.put(book, s)
        with stage.client(book) as browser:
            page = brief(browser)
    (killed,) = (f for f in page.fields if f.words == "Killed")
    cited = {v.text: [page.citations[n - 1] for n in v.by[0].cites] for v in killed.values}
    assert cited == {
        "6": ["Coast Wire, “six dead”, 4 March 2031"],
        "9": ["Coast Wire, “nine dead”, 5 March 2031"],
    }


def test_the_best_known_value_comes_first_and_is_never_left_out(browser: TestClient) -> None:
    page = brief(browser).incident
    first = page.groups[0].rows[0]
    told = (v for g in page.groups for r in g.rows for c in r.cells for v in c.values)
    value = next(v for v in told if v.stance.value == "asserts")
    some = tuple(msgspec.structs.replace(value, text=f"a gunman {n}") for n in range(8))
    actor = next(c for c in page.columns if c.key == "actor")
    actor = msgspec.structs.replace(actor, told=("Ivo Tamm", *(v.text for v in some)))
    cells = (Cell("actor", some), *(c for c in first.cells if c.column != "actor"))
    row = msgspec.structs.replace(first, cells=cells)
    named = Cell("actor", (msgspec.structs.replace(value, text="Ivo Tamm"),))
    for independent in (True, False):  # the report in its own words, beside those that it quotes
        itself = msgspec.structs.replace(
            first, who="the report itself", cells=(named,), independent=independent
        )
        group = msgspec.structs.replace(page.groups[0], rows=(row, itself))
        made = msgspec.structs.replace(page, columns=(actor,), groups=(group,))
        (by,) = brief_page(made, printed="2031-03-09", address="").fields
        assert [v.text for v in by.values] == ["Ivo Tamm", *(f"a gunman {n}" for n in range(VALUES - 1))]
        assert by.more == 9 - VALUES
