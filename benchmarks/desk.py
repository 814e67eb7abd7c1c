"""How fast the desk answers: readers who ask at once, page by page.

Makes a ledger by `benchmarks.ledger_scale` (two claims a report), or takes one, serves it by `--workers` processes of the desk and
lets `--readers` threads ask one kind of page at a time, each its own address, as soon as the answer before has come. Run
`python -m benchmarks.desk --claims 20000 [--ledger FILE-OR-URL] [--workers 2] [--readers 20] [--asks 10]`; prints one line a page with
the median and 95th percentile of the server's own time (the header Server-Timing: from the request to the begin of its answer,
waiting for other requests included) and of what a reader waits, and the same of one reader alone. Readers run on the same
processors, so what they wait holds their own work too; `--only` names pages.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.session import open_ledger
from accordingto.web.desk import Options
from accordingto.web.processes import Task, listen, start
from benchmarks.ledger_scale import reports, town

MANY = Options(reads_rate="100000000/minute")
Ask = Callable[[random.Random], str]


def make(where: str, claims: int) -> None:
    """A ledger with about so many claims."""
    begin = time.perf_counter()
    with open_ledger(where) as book:
        for raw, record in reports(claims // 2):
            enter(book, report=raw, record=record, model="m")
        bring_up_to_date(book)
    print(f"made a ledger of {claims} claims in {time.perf_counter() - begin:.0f} s")


class Reader:
    """One reader with one connection, as a browser has it."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str) -> tuple[bytes, float]:
        """The answer's body and the server's own milliseconds."""
        self.connection.request("GET", path, headers={"cookie": "visit=a-reader"})
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, path)
        return body, float((answer.getheader("server-timing") or "").rpartition("dur=")[2])

    def json(self, path: str) -> Any:
        """The answer as JSON."""
        return json.loads(self.get(path)[0])


def pages(reader: Reader) -> dict[str, Ask]:
    """What is asked, by the page's name: each time another address."""
    rows = lambda path: [r["url"] for r in reader.json(path)["rows"]]  # noqa: E731
    incidents, sources, tolls = rows("/incidents.json"), rows("/sources.json"), rows("/tolls.json")
    last = reader.json("/reports.json")["rows"][0]["id"]
    month = lambda r: f"20{r.choice(('29', '30'))}-{r.randrange(1, 13):02d}"  # noqa: E731
    name = lambda r: town(r.randrange(400)).name  # noqa: E731
    asked: dict[str, Ask] = {
        "/": lambda r: f"/?from={month(r)}-{r.randrange(1, 29):02d}",
        "/ (no filter)": lambda r: "/",
        "/incidents": lambda r: (
            f"/incidents?from={month(r)}-{r.randrange(1, 29):02d}&type={r.choice(('strike', 'clash'))}"
        ),
        "/incidents?place": lambda r: f"/incidents?place={name(r)}",
        "/incidents?q": lambda r: f"/incidents?q={name(r)}+army",
        "/incidents/{id}": lambda r: r.choice(incidents),
        "/reports": lambda r: f"/reports?to={month(r)}-{r.randrange(1, 29):02d}",
        "/reports/{id}": lambda r: f"/reports/{r.randrange(1, last)}",
        "/sources": lambda r: f"/sources?source={name(r)}",
        "/sources/{id}": lambda r: r.choice(sources),
        "/anonymous": lambda r: f"/anonymous?to={month(r)}-{r.randrange(1, 29):02d}",
        "/anonymous (no filter)": lambda r: "/anonymous",
        "/claims": lambda r: (
            f"/claims?act={r.choice(('deny', 'assert'))}&to={month(r)}-{r.randrange(1, 29):02d}"
        ),
        "/claims?q": lambda r: f"/claims?q={name(r)}+killed",
        "/tolls": lambda r: f"/tolls?source={name(r)}",
        "/commitments": lambda r: f"/commitments?source={name(r)}",
        "/search": lambda r: f"/search?q={name(r)}+responsible",
        "/review": lambda r: f"/review?kind={r.choice(('merge', 'apart', 'place', 'figure'))}",
        "/map.geojson": lambda r: f"/map.geojson?from={month(r)}-{r.randrange(1, 29):02d}",
        "/timeline.json": lambda r: f"/timeline.json?from={month(r)}-{r.randrange(1, 29):02d}",
    }
    if tolls:
        asked["/tolls/{id}"] = lambda r: r.choice(tolls)
    return asked


def waits(port: int, ask: Ask, readers: int, asks: int) -> tuple[list[float], list[float]]:
    """Milliseconds of the server and of the reader for each answer, for readers who ask at once."""
    together = threading.Barrier(readers)

    def one(seed: int) -> list[tuple[float, float]]:
        rng, out, reader = random.Random(seed), [], Reader(port)
        reader.get("/about")  # the connection is open
        together.wait()
        for _ in range(asks):
            begin = time.perf_counter()
            _, served = reader.get(ask(rng))
            out.append((served, (time.perf_counter() - begin) * 1000))
        reader.connection.close()
        return out

    with ThreadPoolExecutor(readers) as pool:
        told = list(itertools.chain(*pool.map(one, range(readers))))
    return sorted(s for s, _ in told), sorted(w for _, w in told)


def shown(values: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{statistics.median(values):8.1f} {values[int(len(values) * 0.95)]:8.1f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--ledger")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--asks", type=int, default=10)
    parser.add_argument("--only", nargs="*")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, listen("127.0.0.1", 0) as at:
        where = given.ledger or str(Path(folder) / "scale.db")
        if not given.ledger:
            make(where, given.claims)
        port = at.getsockname()[1]
        task = Task(where, MANY, b"k" * 32, at.fileno())
        servers = [start(task) for _ in range(given.workers)]
        try:
            asked = pages(Reader(port))
            head = f"{'median':>8} {'p95':>8}"
            print(f"{'':<20} | {'one reader: server':>17} | {given.readers} at once: server | they wait")
            print(f"{'page, ms':<20} | {head} | {head} | {head}")
            for name, ask in asked.items():
                if given.only and name not in given.only:
                    continue
                alone, _ = waits(port, ask, 1, given.asks)
                served, waited = waits(port, ask, given.readers, given.asks)
                print(f"{name:<20} | {shown(alone)} | {shown(served)} | {shown(waited)}", flush=True)
        finally:
            for server in servers:
                server.communicate()


if __name__ == "__main__":
    main()
