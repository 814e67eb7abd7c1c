"""What comes onto paper: all of the page, in light colours, within the sheet."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.web.browser.served import visit

SHEET = {"width": 711, "height": 1040}  # what A4 leaves between its margins
STUB = """window.print = () =>
  (document.documentElement.dataset.printed = document.querySelectorAll('[data-shown]').length)"""
LIGHT = """() => [...document.querySelectorAll('.plot svg text')].map(t => getComputedStyle(t).stroke)
  .filter(c => c !== 'none').map(c => Math.max(...c.match(/[\\d.]+/g).slice(0, 3).map(Number)))"""


def test_the_key_for_printing_waits_for_figures_that_nobody_scrolled_to(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = new_page(viewport={"width": 1280, "height": 300})
    page.add_init_script(STUB)
    page.goto(desk + addresses["incident"], wait_until="load")
    assert page.locator(".map[data-shown]").count() == 0
    page.keyboard.press("Control+p")
    expect(page.locator("html")).to_have_attribute("data-printed", "1")
    page.emulate_media(media="print")
    expect(page.locator(".map path.area")).to_be_visible()
    assert complaints == []


def test_a_map_that_was_not_drawn_is_left_out(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport=SHEET, java_script_enabled=False)
    page.goto(desk + addresses["incident"], wait_until="load")
    page.emulate_media(media="print")
    expect(page.get_by_text("The map needs scripts")).to_be_hidden()


def test_a_plot_is_dark_on_light_on_paper_whatever_the_screen_has(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page]
) -> None:
    for theme in ({"color_scheme": "dark"}, {"color_scheme": "light"}):
        page = new_page(viewport=SHEET, **theme)
        page.goto(desk + addresses["toll"], wait_until="load")
        expect(page.locator(".plot[data-shown]")).to_be_visible()
        on_screen = page.evaluate(LIGHT)
        page.emulate_media(media="print")
        assert on_screen
        assert (min(page.evaluate(LIGHT)) > 200) is True
        assert (max(on_screen) < 60) is (theme["color_scheme"] == "dark")


def test_the_matrix_begins_below_its_heading_and_fits_the_sheet(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport={**SHEET, "width": 794}, color_scheme="light")  # the width by which rules choose
    visit(page, desk + addresses["incident"])
    page.emulate_media(media="print")
    page.evaluate("document.body.style.width = '711px'")
    matrix = page.locator(".matrix")
    assert matrix.evaluate("m => getComputedStyle(m).breakInside") == "auto"
    edges = page.locator(".matrix :is(th, td)").evaluate_all(
        "all => all.map(c => c.getBoundingClientRect().right)"
    )
    assert max(edges) <= 712
    assert matrix.evaluate("m => m.scrollWidth") <= 712
    words = page.locator(".matrix :is(.v, .says, .name)").evaluate_all(
        "all => all.filter(w => w.getBoundingClientRect().right > w.closest('th, td').getBoundingClientRect().right + 1).length"
    )
    assert words == 0


def test_names_of_files_addresses_and_logins_keep_their_small_letters(desk: str, page: Page) -> None:
    for path in ("/reports", "/sources", "/api", "/about"):
        page.goto(desk + path, wait_until="load")
        first = "all => all.map(e => getComputedStyle(e, '::first-letter').textTransform)"
        assert set(page.locator("h1, table.grid th[scope=row]").evaluate_all(first)) <= {"none"}
