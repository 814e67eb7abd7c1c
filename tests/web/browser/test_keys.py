"""Reading by keyboard, and what is copied."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.web.browser.served import visit

TAKE = """
    window.copied = [];
    Object.defineProperty(navigator, "clipboard", {value: {writeText: async (text) => { copied.push(text) }}});
"""


def test_a_list_is_walked_and_pages_are_reached_by_keyboard(desk: str, page: Page) -> None:
    visit(page, desk + "/claims")
    rows = page.locator("#results .rows > li")
    page.keyboard.press("j")
    expect(rows.nth(0).locator(".who a")).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1).locator(".who a")).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0).locator(".who a")).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/incidents")
    page.keyboard.press("j")
    expect(page.locator("table.stack tbody tr").first.locator("th a")).to_be_focused()


def test_the_help_opens_everywhere_and_switches_all_keys_off(desk: str, page: Page) -> None:
    visit(page, desk + "/sources")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.uncheck("#keys [name=keys]")
    page.keyboard.press("Escape")
    for key in ("j", "/", "?", "g", "r"):
        page.keyboard.press(key)
    expect(page.locator("#keys")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") in ("BODY", "BUTTON")
    assert page.url == desk + "/sources"
    page.click("footer [data-keys-help]")
    page.check("#keys [name=keys]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#mast-q")).to_be_focused()


def test_a_citation_is_copied_with_the_address_of_its_words(desk: str, page: Page) -> None:
    page.add_init_script(TAKE)
    visit(page, desk + "/reports/1")
    card = page.locator("article.card").first
    card.locator("[data-cite]").click()
    expect(card.locator("[data-cite]")).to_contain_text("Copied")
    expect(page.locator("#said")).to_have_text("The citation is copied.")
    (copied,) = page.evaluate("copied")
    assert ", 3 March 2031, characters " in copied
    address = copied.rpartition(" ")[2]
    assert address.startswith(f"{desk}/reports/1#c")
    words = copied.partition("“")[2].partition("”")[0]
    page.goto(desk + "/claims")
    visit(page, address)
    expect(page.locator(".card.lit .words")).to_contain_text(words)
    expect(page.locator(".card.lit")).to_be_in_viewport()
    expect(page.locator(".printed :target")).to_be_in_viewport()


def test_c_copies_the_claim_that_is_walked_to(desk: str, page: Page) -> None:
    page.add_init_script(TAKE)
    visit(page, desk + "/reports/1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("The citation is copied.")
    second = page.locator("article.card").nth(1).locator("[data-cite]")
    assert page.evaluate("copied")[0].startswith(second.get_attribute("data-cite") or "?")


def test_without_scripts_nothing_offers_to_copy(desk: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(desk + "/reports/1")
    assert page.locator("[data-cite]").count() > 0
    assert page.locator("[data-cite]:visible").count() == 0
    assert page.locator("[data-keys-help]:visible").count() == 0


def test_a_file_of_the_view_is_saved(desk: str, page: Page) -> None:
    visit(page, desk + "/claims")
    page.select_option("#act", "deny")
    page.wait_for_url("**/claims?act=deny")
    expect(page.locator(".take a").first).to_have_attribute("href", "/claims.csv?act=deny")
    with page.expect_download() as saved:
        page.click(".take a >> nth=0")
    lines = saved.value.path().read_text(encoding="utf-8").splitlines()
    assert saved.value.suggested_filename == "claims.csv"
    assert len(lines) - 1 >= page.locator("#results .rows > li").count() > 0
