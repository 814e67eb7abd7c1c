"""The whole review path, by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web.browser.served import pages_of, visit


def test_the_queue_by_keyboard(own_desk: str, page: Page) -> None:
    visit(page, own_desk + "/review")
    items = page.locator(".queue > li")
    before = items.count()
    assert before >= 3
    now = page.locator(".queue > li.now")
    expect(now).to_have_count(1)
    first = items.nth(0).locator("input[name=item]").get_attribute("value")
    second = items.nth(1).locator("input[name=item]").get_attribute("value")
    page.keyboard.press("j")
    expect(now.locator("input[name=item]")).to_have_value(second or "?")
    page.keyboard.press("k")
    expect(now.locator("input[name=item]")).to_have_value(first or "?")

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()

    page.keyboard.press("y")
    page.wait_for_selector(".undo [data-undo]")
    asked = [i.get_attribute("value") for i in page.locator("input[name=item]").all()]
    assert first not in asked
    page.wait_for_selector(".queue > li.now")
    page.keyboard.press("u")
    expect(page.locator(f"input[name=item][value='{first}']")).to_have_count(1)

    page.wait_for_selector(".queue > li.now")  # the script of the new page listens
    page.keyboard.press("n")
    page.wait_for_selector(".undo [data-undo]")
    page.wait_for_selector(".queue > li.now")
    page.keyboard.press("e")
    page.wait_for_url("**/incidents/I*")


def test_a_held_key_answers_once(own_desk: str, page: Page) -> None:
    visit(page, own_desk + "/review")
    page.keyboard.down("y")
    page.wait_for_selector(".undo [data-undo]")
    page.wait_for_selector(".queue > li.now")
    asked = page.locator("input[name=item]").evaluate_all("found => found.map(i => i.value)")
    page.keyboard.down("y")
    page.wait_for_timeout(300)
    assert page.locator("input[name=item]").evaluate_all("found => found.map(i => i.value)") == asked
    page.keyboard.up("y")


def test_keys_can_be_switched_off(own_desk: str, page: Page) -> None:
    visit(page, own_desk + "/review")
    page.keyboard.press("?")
    page.uncheck("#keys [name=keys]")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.wait_for_timeout(300)
    assert page.url == own_desk + "/review"
    assert page.locator(".undo").count() == 0


def test_a_judgement_on_the_incident_and_its_undo(own_desk: str, page: Page) -> None:
    visit(page, own_desk + "/incidents?q=strike")
    page.locator("#results tbody th[scope=row] a").first.click()
    page.click("#review > summary")
    page.fill("#why-review", "looked at the words")
    page.click("#review button")
    page.wait_for_selector(".undo button")
    expect(page.locator(".history .judgement")).to_have_count(1)
    page.click(".undo button")
    page.wait_for_selector(".history .withdrawn")


def test_a_value_is_set_right_from_its_cell(own_desk: str, page: Page) -> None:
    visit(page, own_desk + pages_of(own_desk)["incident"])
    cell = page.locator("td[data-label='Killed'] .told").first
    cell.hover()
    pencil = cell.locator("a.fix")
    pointed = pencil.get_attribute("data-told") or ""
    assert pointed.startswith("killed:")
    pencil.click()
    expect(page.locator("#value-told")).to_have_value(pointed)
    expect(page.locator("#value-right")).to_be_focused()
    page.keyboard.type("77")
    page.fill("#why-value", "the register")
    page.click("#value button[value=value]")
    page.wait_for_selector(".undo button")
    fixed = page.locator("th.f-killed .fixed")
    expect(fixed).to_contain_text("77 corrected by")
    page.click(".undo button")
    page.wait_for_selector(".history .withdrawn")
    expect(fixed).to_have_count(0)
    visit(page, page.url.split("?")[0] + "?told=" + pointed.replace(":", "%3A"))  # as without scripts
    expect(page.locator("#value")).to_have_attribute("open", "")
    expect(page.locator("#value-told")).to_have_value(pointed)


def test_a_second_reviewer_loses_nothing(own_desk: str, page: Page) -> None:
    visit(page, own_desk + "/incidents?q=strike")
    address = page.locator("#results tbody th[scope=row] a").first.get_attribute("href")
    page.goto(own_desk + (address or ""))
    other = page.context.new_page()
    other.goto(own_desk + (address or ""))
    for who, why in ((page, "the first"), (other, "the second")):
        who.click("#review > summary")
        who.fill("#why-review", why)
    page.click("#review button")
    page.wait_for_selector(".undo button")
    other.click("#review button")
    expect(other.locator("h1")).to_have_text("Somebody judged this meanwhile")
    expect(other.locator("main")).to_contain_text("the first")
    expect(other.locator("main")).to_contain_text("the second")
    other.click("text=Enter mine as well")
    other.wait_for_selector(".history .judgement >> nth=1")
