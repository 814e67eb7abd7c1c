"""The desk served on a free port of this machine, on the samples' ledger, for a real browser."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import uvicorn
from playwright.sync_api import Browser, Page, Playwright, expect

from accordingto.intake.report import RawReport
from accordingto.intake.sources import load as load_reports
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.reading.reader import Reader
from accordingto.record import Record
from accordingto.settings import load
from accordingto.web.app import make_app
from accordingto.web.desk import Desk, Options
from accordingto.web.jobs import Worker

ROOT = Path(__file__).parents[3]
PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PATIENCE_MS = 120_000  # only a bound: machines may be busy
expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str | None:
    """The Chromium to drive: `ACCORDINGTO_CHROMIUM`, else the one on PATH."""
    return os.environ.get("ACCORDINGTO_CHROMIUM") or next((p for n in PLACES if (p := shutil.which(n))), None)


def read_samples(path: Path, reader: Reader) -> None:
    """A ledger of the samples, read for real."""
    reports = [r for r in load_reports([str(ROOT / "samples")]) if isinstance(r, RawReport)]
    with open_ledger(path) as book:
        for report, record in zip(reports, reader.stream(reports), strict=True):
            assert isinstance(record, Record), record
            enter(book, report=report, record=record, model=reader.model)
        bring_up_to_date(book)


@contextmanager
def served(book: Ledger, reader: Reader | None = None, options: Options | None = None) -> Iterator[str]:
    """The address of a desk that runs while the block does."""
    settings = load({})
    many = options or Options(reads_rate="100000/minute", writes_rate="100000/minute")
    worker = Worker(book, settings, reader=lambda _: reader) if reader else Worker(book, settings)
    app = make_app(Desk(book, settings, many, worker=worker))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none", loop="asyncio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="desk under test")
    thread.start()
    try:
        until = time.monotonic() + PATIENCE_MS / 1000
        while not server.started:
            assert thread.is_alive(), "the desk did not start"
            assert time.monotonic() < until, "the desk did not start in time"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def open_browser(play: Playwright) -> Browser:
    """The installed Chromium."""
    return play.chromium.launch(executable_path=chromium(), args=FLAGS)


def visit(page: Page, url: str) -> None:
    """Open a page and let its islands come: maps and plots that are in view have drawn."""
    page.goto(url, wait_until="load")
    settle(page)


def settle(page: Page) -> None:
    """Wait until maps and plots near the view have drawn themselves."""
    drawn = (
        "() => [...document.querySelectorAll('[data-map], [data-plot]')].every(m => m.dataset.shown !== undefined"
        " || m.getBoundingClientRect().top > innerHeight || m.offsetParent === null)"
    )
    until = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(drawn):
        assert time.monotonic() < until, f"the map or the plots of {page.url} did not draw"
        page.wait_for_timeout(50)


def pages_of(desk: str) -> dict[str, str]:
    """An address of every page of the samples' desk, by the page's name."""

    def rows(path: str) -> list[dict[str, Any]]:
        with urlopen(f"{desk}{path}") as answer:
            found: list[dict[str, Any]] = json.load(answer)["rows"]
        return found

    strike = next(r for r in rows("/incidents.json?type=strike") if r["reports"] >= 3)["url"]
    toll = max(rows("/tolls.json"), key=lambda t: t["points"])["url"]
    return {
        "front": "/",
        "incidents": "/incidents",
        "incident": strike,
        "brief": f"{strike}/brief",
        "reports": "/reports",
        "report": "/reports/1",
        "compare": "/reports/1/compare/3",
        "sources": "/sources",
        "source": rows("/sources.json")[0]["url"],
        "anonymous": "/anonymous",
        "claims": "/claims",
        "tolls": "/tolls",
        "toll": toll,
        "commitments": "/commitments",
        "search": "/search?q=depot",
        "add": "/add",
        "review": "/review",
        "about": "/about",
        "api": "/api",
        "login": "/login",
        "error": "/no-such-page",
    }
