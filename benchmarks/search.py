"""How well search finds: words alone, meaning alone, both; `python -m benchmarks.search`.

90 queries (`queries.csv`), invented like the reports and written by their writer with the claims in view: 70 in other words
than the claims', 20 of two or three words that stand in them. A query is answered where one of the first five claims found,
"source: content", holds one of the texts in `holds`. The claims are those that the reader finds in the samples and in the
cross-report set. Nothing was tuned on it.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path

from accordingto.intake.report import RawReport
from accordingto.intake.sources import load
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.meanings import MeaningIndex, fill
from accordingto.ledger.queries import ClaimFilter, claims
from accordingto.ledger.ranking import By, Search
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.reading.meaning import Embedder
from accordingto.reading.reader import Reader
from accordingto.record import Record

HERE = Path(__file__).parent
SOURCES = [str(HERE.parent / "samples"), str(HERE / "crossreports/reports.jsonl")]
FIRST = 5


def queries() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each query with its kind and the texts that an answer holds."""
    with (HERE / "queries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["kind"], row["query"], tuple(row["holds"].casefold().split("|"))


def read_into(book: Ledger) -> None:
    """All reports read and entered."""
    reader = Reader()
    reports = [r for r in load(SOURCES) if isinstance(r, RawReport)]
    for report, record in zip(reports, reader.stream(reports), strict=True):
        assert isinstance(record, Record), record
        enter(book, report=report, record=record, model=reader.model)
    bring_up_to_date(book)


def main() -> None:
    """Read, search, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ledger", type=Path, default=Path("work/search.db"), help="kept between runs")
    parser.add_argument("--why", action="store_true", help="print what is not answered")
    given = parser.parse_args()
    given.ledger.parent.mkdir(exist_ok=True)
    fresh = not given.ledger.exists()
    with open_ledger(given.ledger) as book:
        if fresh:
            read_into(book)
        embedder = Embedder()
        begun, cpu = time.perf_counter(), time.process_time()
        made = fill(book, embedder)
        if made:
            spent, worked = (time.perf_counter() - begun) / made, (time.process_time() - cpu) / made
            print(f"{made} vectors: {spent * 1000:.1f} ms each, {worked * 1000:.1f} ms of processor time")
        known = [f"{c.who}: {c.text}".casefold() for c in claims(book)]
        asked = list(queries())
        for _, query, right in asked:
            assert any(r in k for r in right for k in known), f"no claim answers {query!r}"
        search = Search(MeaningIndex(book), embedder)
        for by in (By.WORDS, By.MEANING, By.BOTH):
            answered: dict[str, list[tuple[bool, bool]]] = {}
            for kind, query, right in asked:
                found = search.claims(query, ClaimFilter(limit=FIRST), by=by)
                hits = [any(r in f"{f.row.who}: {f.row.text}".casefold() for r in right) for f in found]
                answered.setdefault(kind, []).append((any(hits[:1]), any(hits)))
                if given.why and by is By.BOTH and not any(hits):
                    print(json.dumps([query, [f.row.text for f in found]], ensure_ascii=False))
            for kind, marks in answered.items():
                first, five = (sum(column) / len(marks) for column in zip(*marks, strict=True))
                print(f"{by.value:<8} {kind:<12} first {first:.3f}  among five {five:.3f}  of {len(marks)}")


if __name__ == "__main__":
    main()
