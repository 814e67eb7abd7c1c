from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: pip install -e '.[dev]'")

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from tests.web.browser import served

from accordingto.ledger.session import open_ledger
from accordingto.reading.reader import Reader
from accordingto.web.rendering import STATIC


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    if served.chromium() is None:
        pytest.skip("no Chromium here: apt-get install chromium, or set ACCORDINGTO_CHROMIUM")
    if not (STATIC / "manifest.json").exists():
        pytest.skip("the desk's style and script are not built: python desk/build.py")
    with sync_playwright() as play:
        made = served.open_browser(play)
        yield made
        made.close()


@pytest.fixture(scope="session")
def samples_ledger(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    path = tmp_path_factory.mktemp("browser") / "samples.db"
    served.read_samples(path, reader)
    return path


@pytest.fixture(scope="session")
def desk(chrome: Browser, samples_ledger: Path) -> Iterator[str]:
    """The samples' desk, for tests that only read; a failed test leaves it as it was."""
    with open_ledger(samples_ledger) as book, served.served(book) as url:
        yield url


@pytest.fixture
def own_desk(chrome: Browser, samples_ledger: Path, reader: Reader, tmp_path: Path) -> Iterator[str]:
    """A desk of one's own, to add to and to judge in."""
    path = tmp_path / "own.db"
    shutil.copy(samples_ledger, path)
    with open_ledger(path) as book, served.served(book, reader) as url:
        yield url


def coarse(route: Route) -> None:
    """The coarse shapes in place of the fine ones, which take a second to draw on a slow machine."""
    route.fulfill(path=next(STATIC.glob("countries-50m-*.json")))


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of; a test ends by looking at it."""
    return []


@pytest.fixture
def new_page(chrome: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Makes pages whose errors, refused content and dialogs are complaints."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> Page:
        context = chrome.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(served.PATIENCE_MS)
        context.route("**/countries-10m-*.json", coarse)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.on("dialog", lambda d: (complaints.append(f"dialog: {d.message}"), d.dismiss()))
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page], complaints: list[str]) -> Iterator[Page]:
    yield new_page(viewport={"width": 1280, "height": 900})
    assert complaints == []


@pytest.fixture(scope="session")
def addresses(desk: str) -> dict[str, str]:
    """An address of every page of the samples' desk, by the page's name."""
    return served.pages_of(desk)
