"""How fast the desk answers: readers who ask at once, page by page.

Makes a ledger by `benchmarks.ledger_scale` (two claims a report), or takes one, serves it by `--workers` processes of the desk and
lets `--readers` threads ask one kind of page at a time, as soon as the answer before has come. Run
`python -m benchmarks.desk --claims 20000 [--ledger FILE-OR-URL] [--workers 2] [--readers 20] [--asks 10] [--pause SECONDS]`; `--only` names
pages. `--pause`: each reader first reads what it got, exponentially distributed with that mean, as people do; by default none waits.

Prints a line a page with the median and 95th percentile of the server's own milliseconds (the header Server-Timing: from the
request to the begin of its answer, waiting for other requests included), and the milliseconds of processor time that the
desk's processes took for an answer, which tell something beside other work, too:

- one reader, each time another address, which nobody has asked for: **cold**;
- all readers at once, each time an address that nobody has asked for: **cold**;
- the same addresses again, in another order: **warm**, from kept answers;
- the same again by readers who say that they have the page: **304**.

What has fewer addresses than are asked for (`of`) is asked again and again, so that its cold figures are mostly warm ones. `mixed`: each reader
asks for pages of all kinds, all cold. `changed`: before each round the ledger changes and all readers ask for one page at once, so that what
is counted over the whole ledger is counted anew. Readers run on the same processors as the desk.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import json
import os
import random
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
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
    """One reader with one connection, as a browser has it; remembers the tags of pages."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.tags: dict[str, str] = {}

    def get(self, path: str, *, again: bool = False) -> tuple[bytes, float]:
        """The answer's body and the server's own milliseconds; `again`: says that it has the page, if it does."""
        known = {"if-none-match": self.tags[path]} if again and path in self.tags else {}
        headers = {"cookie": "visit=a-reader", "accept-encoding": "gzip", **known}
        try:
            self.connection.request("GET", path, headers=headers)
            answer = self.connection.getresponse()
        except ConnectionError:  # the desk closes a connection that was idle for five seconds
            self.connection.close()
            self.connection.request("GET", path, headers=headers)
            answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == (304 if known else 200), (answer.status, path)
        self.tags[path] = answer.getheader("etag") or ""
        return body, float((answer.getheader("server-timing") or "").rpartition("dur=")[2])

    def json(self, path: str) -> Any:
        """The answer as JSON."""
        return json.loads(gzip.decompress(self.get(path)[0]))

    def rows(self, path: str, most: int) -> list[dict[str, Any]]:
        """The first rows of a list, page by page."""
        found: list[dict[str, Any]] = []
        url: str | None = path
        while url and len(found) < most:
            head, mark, query = url.partition("?")
            page = self.json(f"{head}.json{mark}{query}")
            found += page["rows"]
            url = page["paging"]["next"]
        return found


def pages(reader: Reader, most: int) -> dict[str, Ask]:
    """What is asked, by the page's name: each time another address, of as many as `most` where there are lists of them."""
    urls = lambda path: [r["url"] for r in reader.rows(path, most)]  # noqa: E731
    incidents, sources, tolls = urls("/incidents"), urls("/sources"), urls("/tolls")
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


def addresses(ask: Ask, count: int, known: set[str]) -> list[str]:
    """So many addresses that nobody has asked for yet; where there are no more, those that there are, again and again."""
    rng = random.Random(count)
    found: list[str] = []
    for _ in range(count * 20):
        url = ask(rng)
        if url not in known:
            known.add(url)
            found.append(url)
        if len(found) == count:
            return found
    found = found or [ask(rng)]
    return list(itertools.islice(itertools.cycle(found), count))


def together(
    readers: list[Reader], urls: list[str], *, again: bool = False, pause: float = 0.0
) -> list[float]:
    """The server's milliseconds for all these addresses, asked for by readers at once, each as soon as it has its answer.

    `pause`: the mean of the seconds that a reader waits before it asks, also before its first, so that none begin together.
    """
    gate = threading.Barrier(len(readers))

    def one(reader: Reader, mine: list[str], seed: int) -> list[float]:
        rng = random.Random(seed)
        gate.wait()
        spent = []
        for url in mine:
            if pause:
                time.sleep(rng.expovariate(1 / pause))
            spent.append(reader.get(url, again=again)[1])
        return spent

    with ThreadPoolExecutor(len(readers)) as pool:
        parts = [urls[n :: len(readers)] for n in range(len(readers))]
        return sorted(itertools.chain(*pool.map(one, readers, parts, range(len(readers)))))


class Meter:
    """Processor time of the desk's processes."""

    def __init__(self, servers: Sequence[subprocess.Popen[bytes]]) -> None:
        self.stats = [Path(f"/proc/{s.pid}/stat") for s in servers]
        self.last = self.ticks()

    def ticks(self) -> int:
        return sum(sum(map(int, p.read_text().rpartition(")")[2].split()[11:13])) for p in self.stats)

    def each(self, answers: int) -> float:
        """Milliseconds for each answer since the last time."""
        now, before = self.ticks(), self.last
        self.last = now
        return (now - before) * 1000 / os.sysconf("SC_CLK_TCK") / answers


def shown(values: list[float], processor: float | None = None) -> str:
    """Median and 95th percentile, and the processor's share."""
    spent = "" if processor is None else f" {processor:6.1f}"
    return f"{statistics.median(values):7.1f} {values[int(len(values) * 0.95)]:7.1f}{spent}"


def change(where: str) -> None:
    """Let the ledger's number of changes go up: nothing that is kept holds any longer."""
    with open_ledger(where) as book, book.write():
        pass


def measure(
    where: str, port: int, servers: Sequence[subprocess.Popen[bytes]], given: argparse.Namespace
) -> None:
    """Ask for everything and print the table."""
    count = given.readers * given.asks
    readers = [Reader(port) for _ in range(given.readers)]
    read = partial(together, readers, pause=given.pause)
    meter = Meter(servers)
    asked = pages(readers[0], 2 * count)
    for reader in readers:
        reader.get("/about")  # the connection is open
    known: dict[str, set[str]] = {name: set() for name in asked}
    if given.pause:
        print(f"readers pause {given.pause} s on average before they ask")
    cell = f"{'median':>7} {'p95':>7} {'proc.':>6}"
    print(f"{'':<24} | {'one, cold':^22} | {'all, cold':^22} | {'all, warm':^22} | {'all, 304':^22} | of")
    print(f"{'page, ms':<24} | {cell} | {cell} | {cell} | {cell} |")
    for name, ask in asked.items():
        if given.only and name not in given.only:
            continue
        line = []
        meter.each(1)
        alone = together(readers[:1], addresses(ask, given.asks, known[name]))
        line.append(shown(alone, meter.each(len(alone))))
        urls = addresses(ask, count, known[name])
        line.append(shown(read(urls), meter.each(len(urls))))
        other = random.Random(3).sample(urls, len(urls))
        together(readers, other)  # most processes have most pages now, and each reader all of its own
        meter.each(1)
        line.append(shown(read(random.Random(4).sample(urls, len(urls))), meter.each(len(urls))))
        line.append(shown(read(other, again=True), meter.each(len(urls))))
        print(f"{name:<24} | {' | '.join(line)} | {len(set(urls))}", flush=True)
    if not given.only or "mixed" in given.only:
        urls = [u for name, ask in asked.items() for u in addresses(ask, given.asks, known[name])]
        random.Random(5).shuffle(urls)
        meter.each(1)
        print(f"{'mixed':<24} | {'':22} | {shown(read(urls), meter.each(len(urls)))}", flush=True)
    for url in ("/", "/review", "/incidents"):
        if given.only and "changed" not in given.only:
            continue
        spent: list[float] = []
        meter.each(1)
        for _ in range(given.asks):
            change(where)
            spent += together(readers, [url] * given.readers)
        print(
            f"{'changed: ' + url:<24} | {'':22} | {shown(sorted(spent), meter.each(len(spent)))}", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--ledger")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--asks", type=int, default=10)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that a reader reads, on average")
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
            measure(where, port, servers, given)
        finally:
            for server in servers:
                server.communicate()


if __name__ == "__main__":
    main()
