"""A set of invented reports with the incidents that they tell of: loaded, read, kept as records, entered into a ledger.

Reading costs most, so records can be kept (`--records FILE`) and used again; a kept record is good for the text and
model that it was read from, and anything else is read anew.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import tempfile
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

import accordingto
from accordingto.intake.report import RawReport
from accordingto.ledger.accounts import Account
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.incidents import Incident
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.lists import incidents
from accordingto.ledger.observing import observe
from accordingto.ledger.session import open_ledger
from accordingto.reading.events import FoundEvent
from accordingto.reading.figures import FoundFigure
from accordingto.reading.layers import Layers, Timex
from accordingto.reading.reader import Reader
from accordingto.record import Document, Record
from accordingto.spans import Range

MODEL = Path(accordingto.__file__).parent / "data/model"
MARK = re.compile(r"\{([^{}|]+)\|(\w+)\}")
NEAR = 120  # characters within which an event of another trigger is taken for a mention


@dataclass(frozen=True, slots=True)
class Mention:
    """One report's telling of one incident: where its trigger stands, and the reader's event for it, if any."""

    incident: str
    report: str
    at: Range
    event: str | None


@dataclass(frozen=True, slots=True)
class CrossSet:
    """Reports by id, their records, the annotated incidents; `spans`: where the mentions of each event of a record stand."""

    reports: Mapping[str, RawReport]
    records: Mapping[str, Record]
    gold: Sequence[dict[str, Any]]
    model: str
    spans: Mapping[str, Mapping[str, Sequence[Range]]]

    def mentions(self) -> list[Mention]:
        """Every annotated mention, laid over the reader's events."""
        out, known = [], knowledge()
        for incident in self.gold:
            kin = set(known.kin(incident["type"]))
            for m in incident["mentions"]:
                record = self.records[m["report"]]
                at = m["at"] if "at" in m else find(record.document.text, m["trigger"])
                like = {e.id for e in record.events if kin & set(known.kin(e.type))}
                event = nearest(at, self.spans[m["report"]], like)
                out.append(Mention(incident["id"], m["report"], at, event))
        return out

    def accounts(self) -> dict[tuple[str, str], Account]:
        """(report, event) → the account that the ledger makes of it."""
        known = knowledge()
        return {(n, a.event): a for n, r in self.records.items() for a in observe(r, n, known)}

    def derive(self, order: Sequence[str] | None = None) -> list[Incident]:
        """The incidents of a new ledger into which the reports come in this order."""
        with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "set.db") as book:
            for name in order or sorted(self.reports):
                enter(book, report=self.reports[name], record=self.records[name], model=self.model)
            bring_up_to_date(book)
            return list(incidents(book))


def load(folder: Path, kept: Path | None = None) -> CrossSet:
    """The set of a folder with `reports.jsonl` and `incidents.yaml`; records from `kept` where they fit, else read."""
    lines = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    reports = {r.name: r for r in map(raw, lines)}
    gold = yaml.safe_load((folder / "incidents.yaml").read_text(encoding="utf-8"))
    return read(reports, gold, kept)


def load_marked(folder: Path, kept: Path | None = None) -> CrossSet:
    """The set of a folder with `reports.txt`, whose mentions are marked in the text, and `incidents.csv`."""
    reports: dict[str, RawReport] = {}
    mentions: dict[str, list[dict[str, Any]]] = {}
    for part in (folder / "reports.txt").read_text(encoding="utf-8").split("\n== ")[1:]:
        head, _, body = part.strip().partition("\n")
        name, outlet, published, title = head.split(" | ", 3)
        text, marks = unmark(f"{title}\n\n{body.replace(chr(10), chr(10) * 2)}")
        day = date.fromisoformat(published)
        headline = text.partition("\n")[0]
        reports[name] = RawReport(name, text, text.encode(), "text/plain", headline, day, None, outlet)
        for incident, at in marks:
            mentions.setdefault(incident, []).append({"report": name, "at": at})
    with (folder / "incidents.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(x for x in lines if not x.startswith("#")))
    return read(reports, [{**row, "mentions": mentions[row["id"]]} for row in rows], kept)


def unmark(marked: str) -> tuple[str, list[tuple[str, Range]]]:
    """Text without its marks `{words|incident}`, and each mark's incident with where its words stand."""
    text, marks, last = "", [], 0
    for m in MARK.finditer(marked):
        text += marked[last : m.start()]
        marks.append((m[2], Range(len(text), len(text) + len(m[1]))))
        text, last = text + m[1], m.end()
    return text + marked[last:], marks


def read(reports: Mapping[str, RawReport], gold: Sequence[dict[str, Any]], kept: Path | None) -> CrossSet:
    """The set with its records: kept ones where they fit, else read now."""
    model = model_hash()
    old = records_in(kept, model) if kept and kept.exists() else {}
    good = {n: x for n, x in old.items() if n in reports and x.record.document.text == reports[n].text}
    missing = [n for n in reports if n not in good]
    if missing:
        reader = Noting()
        for n, record in zip(missing, reader.stream(reports[n] for n in missing), strict=True):
            assert isinstance(record, Record), record
            good[n] = Kept(record, reader.spans[record.document.id])
    if kept and missing:
        kept.write_bytes(msgspec.json.encode({"model": model, "records": good}))
    spans = {n: {v: [Range(*x) for x in at] for v, at in good[n].spans.items()} for n in reports}
    return CrossSet(reports, {n: good[n].record for n in reports}, gold, model, spans)


class Kept(msgspec.Struct, frozen=True):
    """A record, and where the mentions of each of its events stand."""

    record: Record
    spans: dict[str, list[tuple[int, int]]]


class Noting(Reader):
    """A reader that also notes where all mentions of an event stand; a record has but one trigger."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def happenings(
        self, doc: Document, layers: Layers, times: Sequence[Timex], figures: Sequence[FoundFigure]
    ) -> Sequence[FoundEvent]:
        found = super().happenings(doc, layers, times, figures)
        self.spans[doc.id] = {
            f"V{n}": [(m.start, m.end) for m in (e.trigger, *e.mentions)] for n, e in enumerate(found, 1)
        }
        return found


def model_hash() -> str:
    """A hash of the package's model, without loading it."""
    found = hashlib.sha256()
    for file in sorted(MODEL.iterdir()):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


def raw(line: str) -> RawReport:
    """The report of one line of `reports.jsonl`."""
    got = json.loads(line)
    return RawReport(
        got["id"],
        got["text"],
        line.encode(),
        "application/json",
        title=got["title"],
        published=date.fromisoformat(got["published"]),
        outlet=got["outlet"],
    )


def records_in(kept: Path, model: str) -> dict[str, Kept]:
    """The kept records, if this model read them."""
    body = json.loads(kept.read_bytes())
    return msgspec.convert(body["records"], dict[str, Kept]) if body["model"] == model else {}


def find(text: str, words: str) -> Range:
    """Where "words@n" stand in a text.

    Raises:
        ValueError: where they don't.
    """
    m = re.fullmatch(r"(.*?)(?:@(\d+))?", words, re.S)
    assert m is not None
    at = -1
    for _ in range(int(m[2] or 1)):
        at = text.index(m[1], at + 1)
    return Range(at, at + len(m[1]))


def nearest(wanted: Range, events: Mapping[str, Sequence[Range]], like: Container[str]) -> str | None:
    """The event of which a mention overlaps a span, of the right family first; else the nearest of it within reach."""
    gaps = {
        id: 0 if at.overlaps(wanted) else max(at.start - wanted.end, wanted.start - at.end, 1)
        for id, spans in events.items()
        for at in spans[:1]
    }
    for id, spans in events.items():
        if any(at.overlaps(wanted) for at in spans):
            gaps[id] = 0
    fitting = {id: gap for id, gap in gaps.items() if gap == 0 or (id in like and gap <= NEAR)}
    return min(fitting, key=lambda id: (fitting[id], id not in like), default=None)
