"""Incidents over many reports: `python -m benchmarks.incidents` reads the cross-report set into a ledger and scores it.

Gold mentions (a report and a trigger) are laid over the reader's events: overlapping triggers first, else the nearest within
120 characters. B-cubed and the CoNLL mean are over the gold mentions; one that the reader missed stands alone. Events that
the set does not mark count neither way, since the set is not exhaustive.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Hashable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from accordingto.reading.reader import Reader
from accordingto.spans import Range
from benchmarks.coreference import Tally, cubed

FOLDER = Path(__file__).parent / "crossreports"
NEAR = 120  # characters


def place(text: str, words: str) -> Range:
    """Where "words@n" stand in a text."""
    m = re.fullmatch(r"(.*?)(?:@(\d+))?", words, re.S)
    assert m is not None
    at = -1
    for _ in range(int(m[2] or 1)):
        at = text.index(m[1], at + 1)
    return Range(at, at + len(m[1]))


def nearest(wanted: Range, events: dict[str, Range]) -> str | None:
    """The event whose trigger overlaps a span, else the nearest within reach."""
    gaps = {
        id: 0 if at.overlaps(wanted) else max(at.start - wanted.end, wanted.start - at.end, 1)
        for id, at in events.items()
    }
    best = min(gaps, key=lambda id: gaps[id], default=None)
    return best if best is not None and gaps[best] <= NEAR else None


def command(arguments: list[str]) -> str:
    """What an accordingto command prints."""
    return subprocess.run(
        [sys.executable, "-m", "accordingto", *arguments], check=True, capture_output=True, text=True
    ).stdout


def merged(reports: Path) -> dict[tuple[str, str], str]:
    """(report, event) → incident, from a ledger made by the command line."""
    with tempfile.TemporaryDirectory() as work:
        ledger = f"{work}/set.db"
        command(["add", "--ledger", ledger, str(reports)])
        listed = command(["incidents", "--ledger", ledger, "--json"])
    rows = [json.loads(x) for x in listed.splitlines()]
    return {(e["report"], e["event"]): row["id"] for row in rows for e in row["events"]}


def main() -> None:
    """Read, merge, score, print."""
    reports: list[dict[str, Any]] = [
        json.loads(x) for x in (FOLDER / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    gold = yaml.safe_load((FOLDER / "incidents.yaml").read_text(encoding="utf-8"))
    reader = Reader()
    triggers: dict[str, dict[str, Range]] = {}
    for r in reports:
        record = reader.read(r["text"], title=r["title"], published=date.fromisoformat(r["published"]))
        triggers[r["id"]] = {e.id: e.trigger.range for e in record.events}
    texts = {r["id"]: r["text"] for r in reports}
    owner = merged(FOLDER / "reports.jsonl")
    true: dict[str, set[Hashable]] = {}
    found: dict[str, set[Hashable]] = {}
    missed = total = 0
    for incident in gold:
        for m in incident["mentions"]:
            key = (m["report"], m["trigger"])
            event = nearest(place(texts[m["report"]], m["trigger"]), triggers[m["report"]])
            label = owner.get((m["report"], event or ""), f"alone {key}")
            total, missed = total + 1, missed + (event is None)
            true.setdefault(incident["id"], set()).add(key)
            found.setdefault(label, set()).add(key)
    a, b = ([frozenset(c) for c in x.values()] for x in (true, found))
    tally = Tally()
    tally.add(a, b)
    table, mean = tally.rows()
    right, size = cubed(b, a)
    kept, all_gold = cubed(a, b)
    p, r_ = right / size, kept / all_gold
    print(
        f"{len(reports)} reports, {len(gold)} incidents, {total} mentions, {missed} without an event of the reader"
    )
    print(f"B-cubed P {100 * p:.1f} R {100 * r_:.1f} F1 {200 * p * r_ / (p + r_):.1f}; CoNLL F1 {mean:.1f}")
    for name, row in table.rows.items():
        print(f"  {name:20} P {row.precision:.1f} R {row.recall:.1f} F1 {row.f1:.1f}")


if __name__ == "__main__":
    main()
