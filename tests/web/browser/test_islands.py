from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.served import settle, visit

from accordingto.web import spots


def test_the_words_behind_a_value(desk: str, addresses: dict[str, str], page: Page) -> None:
    visit(page, desk + addresses["incident"])
    value = page.locator(".matrix a.val[data-words]").first
    value.focus()
    card = page.locator(".hover-card")
    expect(card).to_be_visible()
    expect(card.locator("q")).to_have_text(value.get_attribute("data-words") or "?")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    value.hover()
    expect(card).to_be_visible()
    value.click()
    place = page.url.partition("#")[2]
    assert place.startswith("c")
    expect(page.locator(f"[id='{place}']")).to_be_in_viewport()


def test_marks_are_switched_and_lead_to_cards(desk: str, addresses: dict[str, str], page: Page) -> None:
    visit(page, desk + addresses["report"])
    event = page.locator(".printed .m-event").first
    line = "el => getComputedStyle(el).textDecorationLine"
    assert event.evaluate(line) == "underline"
    page.uncheck("[name=event]")
    assert event.evaluate(line) == "none"
    page.reload()
    expect(page.locator("[name=event]")).not_to_be_checked()
    page.check("[name=event]")
    page.locator(".printed .m-cue").first.click()
    lit = page.locator(".card.lit")
    expect(lit).to_have_count(1)
    expect(lit).to_be_in_viewport()
    assert lit.get_attribute("data-card", timeout=1000) is not None


def test_a_place_is_an_area(desk: str, page: Page) -> None:
    visit(page, desk + "/")
    areas = page.locator(".map path.area")
    assert areas.count() >= 5
    sizes = areas.evaluate_all("found => found.map(a => a.getBoundingClientRect().width)")
    assert all(s >= 13 for s in sizes)
    assert page.locator(".map path.land").count() > 100
    areas.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a").first).to_be_visible()
    assert "/incidents/I" in (page.locator(".leaflet-popup a").first.get_attribute("href") or "")


def test_a_toll_is_plotted_with_its_table(desk: str, addresses: dict[str, str], page: Page) -> None:
    visit(page, desk + addresses["toll"])
    assert page.locator(".plot svg").count() == 1
    assert page.locator("table.grid tbody tr").count() >= 2


def test_filters_follow_into_the_url(desk: str, page: Page) -> None:
    visit(page, desk + "/incidents")
    every = page.locator("#results .stack tbody tr").count()
    page.select_option("#state", "contested")
    page.wait_for_url("**/incidents?state=contested")
    expect(page.locator("#results tbody .v-contested").first).to_be_visible()
    rows = page.locator("#results .stack tbody tr")
    expect(rows.first).to_be_visible()
    assert 0 < rows.count() < every
    page.go_back()
    page.wait_for_url("**/incidents")
    expect(page.locator("#results .stack tbody tr")).to_have_count(every)


def test_search_answers_while_one_types(desk: str, page: Page) -> None:
    visit(page, desk + "/search")
    page.locator("#q").press_sequentially("ferry", delay=15)
    page.wait_for_url("**/search?q=ferry")
    expect(page.locator("#results a", has_text="ferry").first).to_be_visible()
    expect(page.locator("#q")).to_be_focused()
    page.goto(desk + "/")
    page.keyboard.press("/")
    expect(page.locator("#mast-q")).to_be_focused()


def test_a_desk_that_does_not_answer_leaves_the_page(desk: str, page: Page, complaints: list[str]) -> None:
    visit(page, desk + "/incidents")
    rows = page.locator("#results .stack tbody tr")
    every = rows.count()
    page.route(re.compile(r"/incidents\?"), lambda route: route.abort())
    page.select_option("#state", "contested")
    expect(page.locator("#said")).to_contain_text("did not answer")
    expect(page.locator("#results .note.bad")).to_contain_text("did not answer")
    expect(rows).to_have_count(every)
    assert page.url == desk + "/incidents"
    complaints.clear()  # the browser's own words on the request that failed


def test_a_map_that_does_not_come_is_excused(desk: str, page: Page, complaints: list[str]) -> None:
    page.route(re.compile(r"/map\.geojson"), lambda route: route.abort())
    page.goto(desk + "/incidents", wait_until="load")
    expect(page.locator(".map .wait").first).to_contain_text("could not be loaded")
    complaints.clear()


def test_skipping_to_the_content_loads_nothing_anew(desk: str, page: Page) -> None:
    visit(page, desk + "/incidents")
    page.evaluate("window.kept = true")
    page.focus("a.skip")
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents#main")
    page.wait_for_timeout(300)
    assert page.evaluate("window.kept") is True


def test_light_and_dark_are_kept(desk: str, new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme="light")
    visit(page, desk + "/about")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.click("[data-theme-toggle]")
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    assert page.evaluate(ground) == dark
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_file_is_added_with_progress(own_desk: str, page: Page, tmp_path: Path) -> None:
    report = tmp_path / "storm.txt"
    report.write_text(
        "Storm Kills Two in Beira\n\nA storm killed two people in Beira on Monday, the mayor said.\n\nThis is invented.",
        encoding="utf-8",
    )
    visit(page, own_desk + "/add")
    page.set_input_files("#files", str(report))
    page.click("text=Add these files")
    page.wait_for_url("**/add/jobs/*")
    page.wait_for_selector("[data-job][data-finished=true]")
    expect(page.locator("[data-job] .v-entered")).to_have_count(1)
    page.locator("[data-job] tbody a").first.click()
    settle(page)
    expect(page.locator("h1")).to_contain_text("Storm Kills Two")


def test_pasted_right_to_left_text_reads_from_the_right(own_desk: str, page: Page) -> None:
    visit(page, own_desk + "/add")
    page.fill("#text", "تقرير مخترع\n\nقال مسؤول مخترع إن العاصفة ضربت الميناء يوم الاثنين.")
    page.fill("#published", "2031-03-09")
    page.click("text=Add this text")
    page.wait_for_selector("[data-job][data-finished=true]")
    page.locator("[data-job] tbody a").first.click()
    paragraph = page.locator(".printed p").last
    assert paragraph.evaluate("el => getComputedStyle(el).direction") == "rtl"


@pytest.mark.parametrize("path", ["/", "/tolls", "/review"])
def test_the_tab_of_the_page_is_in_sight_on_a_phone(
    desk: str, new_page: Callable[..., Page], path: str
) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{desk}{path}")
    tab = page.locator(".nav [aria-current]")
    page.wait_for_function(
        "document.querySelector('.nav [aria-current]').getBoundingClientRect().right <= 391"
    )
    box = tab.bounding_box()
    assert box is not None
    assert box["x"] >= -1
    assert box["x"] + box["width"] <= 391


def test_filters_are_folded_on_a_phone_and_open_elsewhere(desk: str, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    for path in ("/incidents", "/claims", "/tolls", "/"):
        page.goto(desk + path, wait_until="load")
        form = page.locator("form.filters")
        height = form.evaluate("f => f.getBoundingClientRect().height")
        assert height < 844 / 5, f"the filters of {path} are {height} px high"
    page.goto(f"{desk}/incidents?type=strike&from=2020-01-01&q=depot", wait_until="load")
    summary = page.locator(".fold > summary")
    expect(summary).to_contain_text("2 set")
    expect(page.locator("#q")).to_be_visible()
    expect(page.locator("#type")).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#type")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "from"
    page.select_option("#state", "contested")
    expect(summary).to_contain_text("3 set")
    page.wait_for_url("**state=contested**")
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto(f"{desk}/incidents", wait_until="load")
    expect(page.locator("#type")).to_be_visible()
    expect(summary).to_be_hidden()
    page.focus("#q")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "from"


def test_filters_work_on_a_phone_without_scripts(desk: str, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{desk}/incidents", wait_until="load")
    page.click(".fold > summary")
    page.select_option("#type", "strike")
    page.click("form.filters button[type=submit]")
    page.wait_for_url("**type=strike**")
    expect(page.locator(".fold > summary")).to_contain_text("1 set")


def test_many_incidents_are_counted_on_the_map_and_parted_by_zooming_in(
    desk: str, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = page.request.get(f"{desk}/map.geojson?state=machine&south=-90").json()["total"]
    monkeypatch.setattr(spots, "MAPPED", total // 2)  # the desk under test runs in this process
    visit(page, desk + "/incidents?state=machine")  # an address whose map nobody has asked for
    numbers = page.locator(".map-label.many span")
    expect(numbers.first).to_be_visible()
    before = page.locator(".map path.area").count()
    group = page.locator(".map path.s-many").first
    group.focus()
    assert "incidents in" in (group.get_attribute("aria-label") or "")
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text("incident")
    with page.expect_response("**/map.geojson**zoom=**") as answer:
        page.click(".leaflet-control-zoom-in")
    assert answer.value.json()["total"] <= total
    settle(page)
    assert page.locator(".map path.area").count() >= before > 0
