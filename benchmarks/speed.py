"""`make bench`: speed and memory of the whole road, printed and kept in `docs/speed.md`, before its further sections.

Reports are the newswire dev articles, read in this process for throughput and in fresh ones for start-up
and memory.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from accordingto.intake.report import RawReport
from accordingto.reading.reader import Reader, Reading
from accordingto.record import Record
from accordingto.running.streaming import stream
from benchmarks import corpora
from benchmarks.accuracy import commit

ROUNDS = 5  # of which the middle one counts
DOCS = Path(__file__).parent.parent / "docs/speed.md"
START = """
import time, sys
begun = time.perf_counter()
import accordingto
imported = time.perf_counter()
accordingto.read(sys.stdin.read())
print(imported - begun, time.perf_counter() - begun)
"""


def processor() -> str:
    """The processor's name, where the system tells it, and whether it has instructions for int8 (VNNI)."""
    try:
        info = Path("/proc/cpuinfo").read_text()
        name = next(x.split(":")[1].strip() for x in info.splitlines() if x.startswith("model name"))
        return f"{name} {'with' if 'vnni' in info else 'without'} VNNI"
    except (OSError, StopIteration):
        return platform.processor() or "unknown processor"


def timed(reader: Reader, raw: list[RawReport]) -> tuple[float, float, float]:
    """Seconds by the clock, of processor time and of that in the network's forward pass, for reading all reports once."""
    reader.network.seconds = 0.0
    begun, computed = time.perf_counter(), time.process_time()
    read = sum(isinstance(r, Record) for r in reader.stream(raw))
    took = time.perf_counter() - begun
    if read < len(raw):
        raise SystemExit(f"{len(raw) - read} of {len(raw)} reports could not be read.")
    return took, time.process_time() - computed, reader.network.seconds


def by_processes(reader: Reader, raw: list[RawReport], count: int) -> list[float]:
    """Reports a second of each round of reading all reports by so many processes, after one round to begin with."""
    times = []
    for number, _ in enumerate(stream(reader, raw * (ROUNDS + 1), processes=count), 1):
        if number % len(raw) == 0:
            times.append(time.perf_counter())
    return sorted(len(raw) / (b - a) for a, b in itertools.pairwise(times))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=Path, default=None)
    ap.add_argument("--longest", type=int, default=Reading().longest)
    ap.add_argument("--windows", type=int, default=Reading().windows)
    ap.add_argument("--context", type=int, default=Reading().context)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    texts = [text for text, _ in corpora.newswire(corpora.shared_folder())]
    options = Reading(windows=args.windows, threads=args.threads, longest=args.longest, context=args.context)
    reader = Reader(args.model, options=options)
    raw = [RawReport(str(i), t, t.encode(), "text/plain") for i, t in enumerate(texts)]
    list(reader.stream(raw[:8]))  # warm up
    rounds = sorted(timed(reader, raw) for _ in range(ROUNDS))
    took, computed, forward = rounds[ROUNDS // 2]
    several = by_processes(reader, raw, args.threads)
    words = sum(len(t.split()) for t in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    starts = [
        [
            float(x)
            for x in subprocess.run(
                [sys.executable, "-c", START], input=texts[0], capture_output=True, text=True, check=True
            ).stdout.split()
        ]
        for _ in range(3)
    ]
    imported, first = (min(s[i] for s in starts) for i in (0, 1))
    page = "\n".join(
        [
            "# Speed",
            "",
            f"Made by `make bench` on {date.today()}, commit {commit()}, model `{reader.model}`, "
            f"{args.threads} threads on {processor()}.",
            "Text: the 107 newswire dev articles, read whole by `Reader.stream`.",
            "",
            "| | measured | target |",
            "|---|---:|---:|",
            f"| reports a second in one process, the middle of {ROUNDS} rounds; slowest and fastest {len(raw) / rounds[-1][0]:.1f}, {len(raw) / rounds[0][0]:.1f} | {len(raw) / took:.1f} | 12 |",
            f"| the same by {args.threads} processes, as `accordingto add` reads many; slowest and fastest {several[0]:.1f}, {several[-1]:.1f} | {several[ROUNDS // 2]:.1f} | 15 |",
            f"| … of 600 words | {words / took / 600:.1f} | 10 |",
            f"| words a second | {words / took:,.0f} | |",
            f"| processor time of a report | {1000 * computed / len(raw):.0f} ms | |",
            f"| … of it the network’s forward pass | {100 * forward / computed:.0f} % | 60 % |",
            f"| import | {imported:.2f} s | |",
            f"| first record after start | {first:.2f} s | 2 s |",
            f"| peak memory | {peak:.0f} MB | 600 MB |",
            "",
        ]
    )
    print(page)
    if args.model is None:
        further = DOCS.read_text(encoding="utf-8").partition("\n## ")[2] if DOCS.exists() else ""
        DOCS.write_text(page.rstrip() + "\n" + (f"\n## {further}" if further else ""), encoding="utf-8")


if __name__ == "__main__":
    main()
