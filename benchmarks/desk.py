"""How fast the desk answers: readers who ask at once, page by page.

Makes a ledger by `benchmarks.ledger_scale` (two claims a report), or takes one, serves it by uvicorn in a process of its own and
lets `--readers` threads ask one kind of page at a time, each its own address, as fast as answers come. Run
`python -m benchmarks.desk --claims 20000 [--ledger FILE-OR-URL] [--readers 20] [--asks 10]`; prints one line a page with the
median and 95th percentile of what a reader waits, and of one reader alone.
"""

from __future__ import annotations

import argparse
import itertools
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.session import open_ledger
from benchmarks.ledger_scale import reports, town

SERVE = (
    "import sys, uvicorn; from accordingto.ledger.session import open_ledger; from accordingto.settings import load; "
    "from accordingto.web.app import make_app; from accordingto.web.desk import Desk, Options; "
    "o = Options(reads_rate='100000000/minute'); "
    "uvicorn.run(make_app(Desk(open_ledger(sys.argv[1]), load(), o)), port=int(sys.argv[2]), log_level='error')"
)
Ask = Callable[[random.Random], str]


def make(where: str, claims: int) -> None:
    """A ledger with about so many claims."""
    begin = time.perf_counter()
    with open_ledger(where) as book:
        for raw, record in reports(claims // 2):
            enter(book, report=raw, record=record, model="m")
        bring_up_to_date(book)
    print(f"made a ledger of {claims} claims in {time.perf_counter() - begin:.0f} s")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def pages(client: httpx.Client) -> dict[str, Ask]:
    """What is asked, by the page's name: each time another address."""
    rows = lambda path: [r["url"] for r in client.get(path).json()["rows"]]  # noqa: E731
    incidents, sources, tolls = rows("/incidents.json"), rows("/sources.json"), rows("/tolls.json")
    last = client.get("/reports.json").json()["rows"][0]["id"]
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
        "/anonymous": lambda r: "/anonymous",
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


def waits(base: str, ask: Ask, readers: int, asks: int) -> list[float]:
    """Milliseconds that each answer took, for readers who ask at once."""

    def one(seed: int) -> list[float]:
        rng, out = random.Random(seed), []
        with httpx.Client(base_url=base, timeout=60) as client:
            client.get("/about")  # the connection is open
            for _ in range(asks):
                begin = time.perf_counter()
                answer = client.get(ask(rng))
                out.append((time.perf_counter() - begin) * 1000)
                assert answer.status_code == 200, (answer.status_code, answer.url)
        return out

    with ThreadPoolExecutor(readers) as pool:
        return sorted(itertools.chain(*pool.map(one, range(readers))))


def p95(values: list[float]) -> float:
    return values[int(len(values) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--ledger")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--asks", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = given.ledger or str(Path(folder) / "scale.db")
        if not given.ledger:
            make(where, given.claims)
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        server = subprocess.Popen([sys.executable, "-c", SERVE, where, str(port)])
        try:
            with httpx.Client(base_url=base, timeout=120) as client:
                for _ in range(600):
                    try:
                        client.get("/about")
                        break
                    except httpx.TransportError:
                        time.sleep(0.2)
                asked = pages(client)
            print(
                f"{'page':<20} {'alone: median':>14} {'p95':>8}   {given.readers} at once: {'median':>8} {'p95':>8}  ms"
            )
            for name, ask in asked.items():
                alone = waits(base, ask, 1, given.asks)
                many = waits(base, ask, given.readers, given.asks)
                print(
                    f"{name:<20} {statistics.median(alone):>14.1f} {p95(alone):>8.1f}   "
                    f"{'':>11} {statistics.median(many):>8.1f} {p95(many):>8.1f}"
                )
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
