"""The desk's pictures in docs/desk, from the samples alone: `make shots`, or
`python -m tests.web.browser.shots [--ledger SAMPLES.db] [PAGE …]`."""

from __future__ import annotations

import argparse
import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from tests.web.browser.served import PATIENCE_MS, ROOT, open_browser, pages_of, read_samples, served, visit

from accordingto.ledger.session import open_ledger
from accordingto.reading.reader import Reader, Reading

TARGET = ROOT / "docs/desk"
MOST_BYTES = 150_000
SIZE = {"width": 1280, "height": 960}
NARROW = {"width": 390, "height": 844}


def small(png: bytes) -> bytes:
    """The picture with as many colours as its bytes allow.

    Raises:
        SystemExit: where even 16 colours are too many bytes.
    """
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        out = io.BytesIO()
        whole.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < MOST_BYTES:
            return out.getvalue()
    raise SystemExit("a picture can't be made small enough; show less of the page")


def shoot(chrome: Browser, desk: str, wanted: set[str]) -> None:
    """Every wanted page, light and dark; front page, incident and report narrow as well."""
    pages = {n: p for n, p in pages_of(desk).items() if not wanted or n in wanted}
    for theme in ("light", "dark"):
        context = chrome.new_context(viewport=SIZE, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        for name, path in pages.items():
            visit(page, desk + path)
            page.wait_for_timeout(400)
            (TARGET / f"{name}-{theme}.png").write_bytes(small(page.screenshot()))
            print(f"{name}-{theme}", flush=True)
        context.close()
    context = chrome.new_context(viewport=NARROW, color_scheme="light", device_scale_factor=1)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    for name in {"front", "incident", "report"} & pages.keys():
        visit(page, desk + pages[name])
        (TARGET / f"{name}-narrow.png").write_bytes(small(page.screenshot()))
    context.close()


def main() -> None:
    """Read the samples (or take a ledger of them that is there), serve them, take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("pages", nargs="*", help="names of pages; else all")
    asked.add_argument("--ledger", type=Path, help="a ledger of the samples that was made before")
    given = asked.parse_args()
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = given.ledger or Path(folder) / "samples.db"
        if not given.ledger:
            read_samples(path, Reader(options=Reading(threads=2)))
        with open_ledger(path) as book, served(book) as desk, sync_playwright() as play:
            chrome = open_browser(play)
            shoot(chrome, desk, set(given.pages))
            chrome.close()


if __name__ == "__main__":
    main()
