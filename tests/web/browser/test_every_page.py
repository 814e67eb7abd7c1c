from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.ledger.builder import Story
from tests.web import stage
from tests.web.browser import served
from tests.web.browser.served import ROOT, visit

from accordingto.ledger.people import add_account
from accordingto.ledger.session import open_ledger
from accordingto.roles import Role
from accordingto.web.desk import Options
from accordingto.web.rendering import STATIC

AXE = ROOT / "desk/node_modules/axe-core/axe.min.js"
MOST_BYTES = 150_000  # script and style, compressed, before a map is opened
NARROW, WIDE = 390, 1280
LONG_NAMES = (
    "/",
    "/?q=boats",
    "/claims",
    "/incidents",
    "/reports",
    "/reports/1",
    "/sources",
    "/anonymous",
    "/tolls",
    "/commitments",
    "/search?q=boats",
    "/review",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def stands(page: Page, name: str, complaints: list[str], width: int) -> None:
    """A page has its landmarks, fits its screen, and the browser has no complaint."""
    expected = "404" if name == "error" else "nothing"
    assert [c for c in complaints if expected not in c] == [], (name, width)
    complaints.clear()
    assert page.locator("h1").count() == 1, name
    assert page.locator("main#main").count() == 1, name
    assert page.title().endswith("accordingto"), name
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{name} is {wide} px wide on a screen of {width}"


def test_every_page_stands_on_a_narrow_screen(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = new_page(viewport={"width": NARROW, "height": 900})
    for name, path in addresses.items():
        page.goto(desk + path, wait_until="load")
        stands(page, name, complaints, NARROW)


def test_without_scripts_every_page_fits_a_narrow_screen(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = new_page(viewport={"width": NARROW, "height": 900}, java_script_enabled=False)
    for name, path in addresses.items():
        page.goto(desk + path, wait_until="load")
        stands(page, name, complaints, NARROW)


def test_figures_of_a_list_stand_below_each_other_on_a_phone(
    desk: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport={"width": NARROW, "height": 900})
    for path in ("/incidents", "/sources"):
        page.goto(desk + path, wait_until="load")
        figures = page.locator("table.stack td.num")
        assert figures.count() > 1, path
        assert set(figures.evaluate_all("all => all.map(e => getComputedStyle(e).textAlign)")) == {"start"}, (
            path
        )


def test_a_name_without_a_gap_fits_a_narrow_screen(
    chrome: Browser, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    name, other = "Harbor" + "boat" * 18, "Marda" + "lane" * 18
    text = f"{name} said that boats had burned at {other}. A strike by {name} hit {other}. {name} promised {other} boats."
    story = Story(text, outlet=f"{name} Post", title=f"Boats {other}", name="long")
    said = story.claim(name, "said", f"that boats had burned at {other}")
    story.claim(f"{name}#3", "promised", f"{other} boats", act="promise")
    story.event("strike", "strike", actor=f"{name}#2", target=f"{other}#2", claims=(said,))
    story.figure("boats", 40, claims=(said,), cumulative=True)
    with open_ledger(tmp_path / "long.db") as book:
        stage.put(book, story)
        with served.served(book) as url:
            page = new_page(viewport={"width": NARROW, "height": 900})
            paths = list(LONG_NAMES)
            for path in ("/incidents", "/sources", "/tolls"):
                page.goto(url + path, wait_until="load")
                paths.append(page.locator(f"main a[href^='{path}/']").first.get_attribute("href") or "")
            wide = {}
            for path in paths:
                page.goto(url + path, wait_until="load")
                wide[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: w for path, w in wide.items() if w > NARROW} == {}


def test_an_unnamed_source_s_page_fits_a_narrow_screen(
    chrome: Browser, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    story = Story("A witness said that a boat had burned.", name="unnamed")
    said = story.claim("A witness", "said", "that a boat had burned", kind="anonymous")
    story.event("destruction", "burned", claims=(said,))
    with open_ledger(tmp_path / "unnamed.db") as book:
        stage.put(book, story)
        with served.served(book) as url:
            page = new_page(viewport={"width": NARROW, "height": 900})
            page.goto(f"{url}/sources", wait_until="load")
            page.goto(url + (page.locator("main a[href^='/sources/']").first.get_attribute("href") or ""))
            assert page.locator(".facts .tag.anon").count() == 1
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_a_phone_with_filters_folded_and_unfolded(
    theme: str,
    desk: str,
    new_page: Callable[..., Page],
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: python desk/build.py brings it")
    page = new_page(viewport={"width": NARROW, "height": 844}, color_scheme=theme, bypass_csp=True)
    visit(page, f"{desk}/incidents?type=strike")
    assert faults(page) == []
    page.click(".fold > summary")
    assert page.locator("#type").is_visible()
    assert faults(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault(
    theme: str, desk: str, addresses: dict[str, str], new_page: Callable[..., Page], complaints: list[str]
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: python desk/build.py brings it")
    page = new_page(viewport={"width": WIDE, "height": 900}, color_scheme=theme, bypass_csp=True)
    found = {}
    for name, path in addresses.items():
        visit(page, desk + path)
        stands(page, name, complaints, WIDE)
        if bad := faults(page):
            found[name] = bad
    assert found == {}


def faults(page: Page) -> list[tuple[str, list[tuple[object, str]]]]:
    """What axe finds serious or critical on a page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        RULES,
    )
    return [
        (v["id"], [(n["target"], n["failureSummary"]) for n in v["nodes"][:3]])
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault_where_people_act(
    theme: str,
    own_desk: str,
    samples_ledger: Path,
    new_page: Callable[..., Page],
    complaints: list[str],
    tmp_path: Path,
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: python desk/build.py brings it")
    page = new_page(viewport={"width": WIDE, "height": 900}, color_scheme=theme, bypass_csp=True)
    found = {}
    visit(page, own_desk + "/add")
    page.fill("#text", "A Storm\n\nA storm killed two people in Beira, the mayor said.")
    page.click("text=Add this text")
    page.wait_for_selector("[data-job][data-finished=true]")
    stands(page, "job", complaints, WIDE)
    found["job"] = faults(page)

    strike = f"{own_desk}{served.pages_of(own_desk)['incident']}"
    visit(page, strike)
    other = page.context.new_page()
    other.goto(strike)
    for who in (page, other):
        who.click("#review > summary")
        who.fill("#why-review", "looked at the words")
        who.click("#review button")
        who.wait_for_load_state()
    found["judged"] = faults(page)
    assert other.locator("h1").inner_text() == "Somebody judged this meanwhile"
    found["conflict"] = faults(other)
    stands(other, "conflict", [c for c in complaints if "409" not in c], WIDE)
    complaints.clear()
    page.keyboard.press("?")
    found["keys"] = faults(page)

    shutil.copy(samples_ledger, tmp_path / "people.db")
    with open_ledger(tmp_path / "people.db") as book:
        add_account(book, "ann", role=Role.ADMIN, password="a long enough password")
        with served.served(book, options=Options(signs_in=True)) as url:
            page.goto(f"{url}/login")
            page.fill("#name", "ann")
            page.fill("#password", "a long enough password")
            page.click("form.panel button")
            page.wait_for_url(f"{url}/")
            visit(page, f"{url}/accounts")
            stands(page, "accounts", complaints, WIDE)
            found["accounts"] = faults(page)
    with open_ledger(tmp_path / "empty.db") as book, served.served(book) as url:
        visit(page, url)
        stands(page, "empty", complaints, WIDE)
        found["empty"] = faults(page)
    assert {name: bad for name, bad in found.items() if bad} == {}


def test_script_and_style_are_small(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page]
) -> None:
    page = new_page()
    names: set[str] = set()
    page.on("response", lambda r: names.add(r.url.rpartition("/")[2]) if "/static/" in r.url else None)
    page.route("**/map-*.js", lambda route: route.abort())
    for name in ("front", "incidents", "report", "review"):
        page.goto(desk + addresses[name], wait_until="load")
    page.goto(desk + addresses["toll"], wait_until="load")
    page.wait_for_selector(".plot svg")
    code = [n for n in names if n.endswith((".js", ".css"))]
    assert any(n.startswith("plots-") for n in code)
    size = sum(len(gzip.compress((STATIC / n).read_bytes(), 5)) for n in code)
    assert size <= MOST_BYTES, f"{size} bytes: {code}"


def test_readable_without_scripts(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(desk + addresses["incident"])
    value = page.locator(".matrix a.val").first
    href = value.get_attribute("href")
    assert href is not None
    value.click()
    assert page.url == desk + href
    page.goto(desk + "/claims")
    page.select_option("#act", "deny")
    page.click("text=Show")
    assert "act=deny" in page.url
    assert page.locator(".rows .v-deny").count() == page.locator(".rows > li").count() > 0


def test_a_brief_prints_on_one_page(desk: str, addresses: dict[str, str], page: Page) -> None:
    visit(page, desk + addresses["brief"])
    made = page.pdf(format="A4", prefer_css_page_size=True)
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page/") + made.count(b"/Type /Page ") == 1


def test_the_manifest_names_what_is_there() -> None:
    if not (STATIC / "manifest.json").exists():
        pytest.skip("the desk's style and script are not built: python desk/build.py")
    named = json.loads((STATIC / "manifest.json").read_text())
    assert set(named) == {"main.js", "main.css"}
    assert all((STATIC / n).exists() for n in named.values())
    assert "leaflet" in (STATIC / "licences.txt").read_text()
