"""A desk on a small invented ledger, made by hand: no model is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from starlette.testclient import TestClient
from tests.ledger.builder import Story
from tests.ledger.test_incidents import army_and_medics

from accordingto.errors import ReportError
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.ranking import Search
from accordingto.ledger.session import Ledger
from accordingto.reading.document import document
from accordingto.record import Record
from accordingto.settings import load
from accordingto.web.app import make_app
from accordingto.web.desk import Desk, Options
from accordingto.web.jobs import Worker

PAYLOADS = [
    line
    for line in (Path(__file__).parent / "xss_payloads.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]
MANY = Options(reads_rate="100000/minute", writes_rate="100000/minute", signin_rate="1000/minute")


def put(ledger: Ledger, *stories: Story) -> None:
    """Enter stories and derive what follows."""
    for s in stories:
        enter(ledger, report=s.raw, record=s.record(), model="by hand")
    bring_up_to_date(ledger)


def second_strike() -> Story:
    """A second report of the strike on the depot, with another count and an unnamed source."""
    s = Story(
        "A strike hit a depot in Marda on 3 March. Rescue workers said that eight people were killed. "
        "Officials who asked not to be named said that rockets had been kept there.",
        "2031-03-05",
        "Harbor Post",
        "Strike on Depot in Marda Kills Eight",
        "second",
    )
    place, day = s.place("Marda"), s.time("3 March", "2031-03-03")
    said = s.claim("Rescue workers", "said", "that eight people were killed")
    s.claim(
        "Officials who asked not to be named", "said#2", "that rockets had been kept there", kind="anonymous"
    )
    event = s.event("strike", "strike", target="a depot", on=day, place=place, claims=(said,))
    s.figure("eight people", 8, event=event, claims=(said,))
    return s


def toll(day: str, words: str, count: int, name: str) -> Story:
    """A running toll of the health office, as of one day."""
    s = Story(
        f"The health office said that {words} people have been killed in Marda since the war began.",
        day,
        "Coast Wire",
        None,
        name,
    )
    said = s.claim(
        "The health office", "said", f"that {words} people have been killed in Marda since the war began"
    )
    s.figure(f"{words} people", count, claims=(said,), cumulative=True, place=s.place("Marda"))
    return s


def warning() -> Story:
    """A promise, and a denial, by a named body."""
    s = Story(
        "The Northern Front promised to open the bridge. The Army denied the raid.",
        "2031-03-06",
        "Coast Wire",
        "A Promise",
        "promise",
    )
    s.claim("The Northern Front", "promised", "to open the bridge", act="promise")
    s.claim("The Army", "denied", "the raid", act="deny")
    return s


def march() -> Story:
    """A protest of which only the province is known."""
    text = "Teachers marched through Rif Province on 5 March, the union said."
    s = Story(text, "2031-03-06", "Harbor Post", "Teachers March", "march")
    said = s.claim("the union", "said", "Teachers marched through Rif Province on 5 March")
    day, place = s.time("5 March", "2031-03-05"), s.place("Rif Province")
    s.event("protest", "marched", on=day, place=place, factuality="claimed", claims=(said,))
    return s


def fill(ledger: Ledger) -> None:
    """The small ledger that most tests look at."""
    first = army_and_medics()
    put(
        ledger,
        first,
        second_strike(),
        toll("2031-03-01", "40", 40, "toll1"),
        toll("2031-03-08", "52", 52, "toll2"),
        warning(),
        march(),
    )


class PlainReader:
    """Stands in for the reader: a record with the document alone; texts that hold `FAIL` fail."""

    model = "plain"

    def stream(self, reports):  # type: ignore[no-untyped-def]
        for r in reports:
            yield ReportError(r.name, "it was told to fail.") if "FAIL" in r.text else Record(document(r))


def client(
    ledger: Ledger, options: Options = MANY, *, worker: Worker | None = None, finder: Search | None = None
) -> TestClient:
    """A browser on a desk."""
    settings = load({})
    worker = worker or Worker(ledger, settings, reader=lambda _: PlainReader())  # type: ignore[arg-type, return-value]
    app = make_app(Desk(ledger, settings, options, worker=worker, finder=finder))
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def csrf(browser: TestClient, url: str = "/add") -> str:
    """A CSRF token from a page."""
    found = re.search(r'name="?csrf"? value="([^"]+)"', browser.get(url).text)
    assert found, f"no csrf token on {url}"
    return found[1]


def urls(browser: TestClient) -> Iterator[str]:
    """An address of every page, with what the ledger has."""
    yield from ("/", "/incidents", "/reports", "/sources", "/anonymous", "/claims", "/tolls", "/commitments")
    yield from (
        "/search",
        "/search?q=depot",
        "/add",
        "/review",
        "/about",
        "/api",
        "/login",
        "/reports/1/compare/2",
    )
    for path in ("/incidents", "/reports", "/sources", "/tolls"):
        first = browser.get(f"{path}.json").json()["rows"][0]["url"]
        yield first
        if path == "/incidents":
            yield f"{first}/brief"


def json_url(url: str) -> str:
    """The address of a page's JSON."""
    path, mark, query = url.partition("?")
    return ("/index.json" if path == "/" else f"{path}.json") + mark + query
