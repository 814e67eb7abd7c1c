"""How soon a page can be used: its main content is there, and what a reader does first is answered."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from playwright.sync_api import Page

PAGES = (
    "front",
    "incidents",
    "incident",
    "report",
    "claims",
    "sources",
    "source",
    "toll",
    "search",
    "review",
)
USABLE_MS = 1000
TIMES = 3  # a page is opened so often; a machine that does much else is slow now and then

# From the start of navigation, by the page's own clock, until the style is in force, the main content is laid out and
# the page has answered: a task of its own and two frames have run since the script was in.
MEASURED = """async () => {
  const main = document.querySelector("main#main");
  if (!main || main.getBoundingClientRect().height < 50) throw new Error("no main content");
  if (getComputedStyle(document.body).margin !== "0px") throw new Error("no style");
  await new Promise(done => setTimeout(done));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const focused = document.querySelector("input[type=search], main a");
  focused.focus();
  if (document.activeElement !== focused) throw new Error("nothing takes the focus");
  const told = performance.getEntriesByType("navigation")[0];
  return [performance.now(), told.domContentLoadedEventEnd, told.serverTiming.map(t => t.duration)[0]];
}"""


def test_every_page_is_usable_within_a_second(
    desk: str, addresses: dict[str, str], new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(
        desk + addresses["about"]
    )  # style and script are in the browser's cache, as they are for all but the first
    spent: dict[str, float] = {}
    for name in PAGES:
        told = []
        for _ in range(TIMES):
            page.goto(desk + addresses[name], wait_until="domcontentloaded")
            told.append(page.evaluate(MEASURED))
        ready, loaded, served = (statistics.median(t[n] for t in told) for n in range(3))
        spent[name] = min(t[0] for t in told)
        print(
            f"{name:<10} usable {ready:5.0f} ms, loaded {loaded:5.0f} ms, the desk's own part {served:5.0f} ms"
        )
    slow = {name: f"{ms:.0f} ms" for name, ms in spent.items() if ms > USABLE_MS}
    assert slow == {}
