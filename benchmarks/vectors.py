"""Search by meaning at size: time and share of the true ten nearest that are found.

    python -m benchmarks.vectors --count 1000000 [--url postgresql+psycopg://…] [--peers]

The vectors are mixtures of two sentences' embeddings (the invented cross-report set) with noise, so that they crowd like
claims about like events. `--peers` times others on the same vectors: sqlite-vec and usearch where they are installed,
and a plain product of numpy. A cold search opens the ledger and reads all codes; a warm one has them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text

from accordingto.ledger.meanings import CLAIMS, PAGE, MeaningIndex, pack, unpack, write_page
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.reading.meaning import Embedder

REPORTS = Path(__file__).parent / "crossreports/reports.jsonl"
CHUNK = 50_000
SIZE = 384  # numbers of a vector
Vectors = NDArray[np.float32]


def sentences() -> list[str]:
    """Some 300 sentences to mix."""
    texts = [json.loads(line)["text"] for line in REPORTS.read_text(encoding="utf-8").splitlines()]
    found = [s for t in texts for s in re.split(r"(?<=[.!?])\s+", t) if 40 < len(s) < 300]
    return found[:300]


def mixtures(known: Vectors, count: int, rng: np.random.Generator) -> Vectors:
    """Vectors between two sentences, with noise of a fifth of their length."""
    share = rng.uniform(0.5, 1, (count, 1)).astype(np.float32)
    a, b = (known[rng.integers(len(known), size=count)] for _ in range(2))
    out = share * a + (1 - share) * b
    out += rng.standard_normal(out.shape, np.float32) * 0.2 / np.sqrt(SIZE)
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def enter(book: Ledger, packed: NDArray[np.int8]) -> None:
    """Vectors without their claims: searching needs none."""
    with book.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            raw: Any = connection.connection
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute("BEGIN")
            rows = ((n, row.tobytes()) for n, row in enumerate(packed))
            raw.executemany("INSERT INTO claim_meanings VALUES (?, ?)", rows)
            raw.execute("COMMIT")
        else:
            connection.execute(
                text("ALTER TABLE claim_meanings DROP CONSTRAINT IF EXISTS claim_meanings_claim_fkey")
            )
            connection.execute(text("TRUNCATE claim_meanings, meaning_pages"))
            cursor: Any = connection.connection.cursor()
            with cursor.copy("COPY claim_meanings FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["int4", "bytea"])
                for n, row in enumerate(packed):
                    copy.write_row((n, row.tobytes()))
            connection.commit()
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("VACUUM ANALYZE claim_meanings")
            )
    for start in range(0, len(packed), CHUNK):
        with book.write() as connection:
            for page in range(start // PAGE, (min(start + CHUNK, len(packed)) - 1) // PAGE + 1):
                write_page(connection, CLAIMS, page)


def timed(name: str, search: Callable[[Vectors], list[int]], queries: Vectors, truth: list[set[int]]) -> None:
    """Print median and 95th percentile, and how many of the true ten are among the ten found.

    `cpu` is the processor time of this process, which other work on the machine doesn't lengthen much.
    """
    search(queries[0])
    spent, worked, right = [], [], 0
    for query, true in zip(queries, truth, strict=True):
        begun, cpu = time.perf_counter(), time.process_time()
        found = search(query)
        spent.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
        right += len(true & set(found[:10]))
    low, high = np.percentile(spent, [50, 95])
    print(
        f"{name:<38} cpu {np.median(worked):6.1f} ms  wall median {low:7.1f} ms  p95 {high:7.1f} ms  recall@10 {right / 10 / len(truth):.3f}",
        flush=True,
    )


def peers(packed: NDArray[np.int8], queries: Vectors, truth: list[set[int]]) -> None:
    """The others, on the same signed bytes."""
    bytes_of = {q.tobytes(): pack(q[None])[0] for q in queries}
    if len(packed) <= 100_000:
        plain = unpack(packed)
        timed("numpy float32 product", lambda q: np.argsort(-(plain @ q))[:10].tolist(), queries, truth)
    if not hasattr(sqlite3.Connection, "enable_load_extension"):
        print("sqlite-vec: this Python's sqlite3 loads no extensions")
    elif importlib.util.find_spec("sqlite_vec"):
        import sqlite_vec

        with tempfile.TemporaryDirectory() as folder:
            db = sqlite3.connect(Path(folder) / "vec.db")
            db.enable_load_extension(True)
            sqlite_vec.load(db)
            db.execute(f"CREATE VIRTUAL TABLE v USING vec0(e int8[{SIZE}] distance_metric=cosine)")
            begun = time.perf_counter()
            rows = ((n, row.tobytes()) for n, row in enumerate(packed))
            db.executemany("INSERT INTO v (rowid, e) VALUES (?, vec_int8(?))", rows)
            db.commit()
            print(f"sqlite-vec filled in {time.perf_counter() - begun:.0f} s")
            wanted = "SELECT rowid FROM v WHERE e MATCH vec_int8(?) AND k = 10 ORDER BY distance"
            find = lambda q: [r[0] for r in db.execute(wanted, (bytes_of[q.tobytes()].tobytes(),))]  # noqa: E731
            timed("sqlite-vec int8", find, queries, truth)
            db.close()
    if importlib.util.find_spec("usearch"):
        from usearch.index import Index
        from usearch.index import search as exact

        flat = lambda q: exact(packed, bytes_of[q.tobytes()], 10, "cos", exact=True, threads=2).keys.tolist()  # noqa: E731
        timed("usearch int8, all compared", flat, queries, truth)
        if len(packed) <= 30_000:
            graph = Index(ndim=SIZE, metric="cos", dtype="i8")
            begun = time.perf_counter()
            graph.add(np.arange(len(packed)), packed, threads=2)
            print(f"usearch HNSW built in {time.perf_counter() - begun:.0f} s")
            timed(
                "usearch int8 HNSW",
                lambda q: graph.search(bytes_of[q.tobytes()], 10).keys.tolist(),
                queries,
                truth,
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--asks", type=int, default=40)
    parser.add_argument("--url")
    parser.add_argument("--peers", action="store_true")
    given = parser.parse_args()
    rng = np.random.default_rng(3)
    known = Embedder()(sentences())
    packed = np.concatenate(
        [pack(mixtures(known, min(CHUNK, given.count - at), rng)) for at in range(0, given.count, CHUNK)]
    )
    queries = mixtures(known, given.asks, rng)
    best: list[list[tuple[float, int]]] = [[] for _ in queries]
    for at in range(0, given.count, CHUNK):
        cosines = unpack(packed[at : at + CHUNK]) @ queries.T
        for n, top in enumerate(np.argpartition(-cosines, 10, axis=0)[:10].T):
            best[n] += [(float(cosines[i, n]), at + int(i)) for i in top]
    truth = [{i for _, i in sorted(b)[-10:]} for b in best]
    if given.peers:
        peers(packed, queries, truth)
    with tempfile.TemporaryDirectory() as folder, open_ledger(given.url or Path(folder) / "v.db") as book:
        begun = time.perf_counter()
        enter(book, packed)
        name = book.engine.dialect.name
        print(f"{name}: entered and paged in {time.perf_counter() - begun:.0f} s")
        keys = lambda near: [int(n.key) for n in near]  # noqa: E731
        cold = lambda q: keys(MeaningIndex(book).nearest(CLAIMS, q))  # noqa: E731
        timed(f"{name}, cold", cold, queries[:10], truth[:10])
        index = MeaningIndex(book)
        for count in (250, 1000, 4000):
            warm = lambda q, n=count: keys(index.nearest(CLAIMS, q, n))  # noqa: E731
            timed(f"{name}, warm, {count} vectors looked at", warm, queries, truth)


if __name__ == "__main__":
    main()
