"""Whole reports against their annotations, by the scorer that lies beside gold/dev.

`gold_reports` are those of gold/dev. `marked_reports` are the newswire articles whose events `training/marked.py` holds out of
training, written as annotations with events alone. `whole_reports` are forty-three of these, annotated whole for this project by language models
under the guidelines: packed annotations in `benchmarks/wholereports`, which hold offsets into the corpus and no text but names.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from training import claimed, labels, marked
from training.corpora import read_lines
from training.snippets import OPEN

from accordingto.reading.reader import Reader
from accordingto.record import Record
from benchmarks import nesting, pronouns
from benchmarks.corpora import shared_folder

WHOLE = Path(__file__).parent / "wholereports"
Scores = dict[str, dict[str, float]]
DATED = ("times.value", "events.date")  # rows that want a day of publication
INSIDE = "claims inside claims"
SINGLE = ("actor", "target", "recipient", "instrument", "place")


def scores(script: Path, gold: Path, records: Mapping[str, Record]) -> Scores:
    """Each of the scorer's rows over all annotations of a folder."""
    with tempfile.TemporaryDirectory() as work:
        for name, record in records.items():
            (Path(work) / f"{name}.json").write_text(json.dumps(record.to_dict(), ensure_ascii=False))
        out = Path(work) / "scores.out"
        command = [sys.executable, str(script), "score", str(gold), work, "--json", str(out)]
        subprocess.run(command, check=True, capture_output=True)
        pooled: Scores = json.loads(out.read_text())["pooled"]
    return pooled


def gold_reports(reader: Reader, folder: Path) -> Scores:
    """gold/dev: the scorer's rows, and the pronoun sources that found their names."""
    gold = folder / "gold"
    records = {}
    for file in sorted((gold / "dev").glob("*.yaml")):
        published = yaml.safe_load(file.read_text(encoding="utf-8")).get("published")
        text = file.with_suffix(".txt").read_text(encoding="utf-8")
        records[file.stem] = reader.read(
            text, published=date.fromisoformat(str(published)) if published else None
        )
    pooled = scores(gold / "gold.py", gold / "dev", records)
    total, found, right = pronouns.resolved(gold / "dev", records)
    pooled["pronoun sources found"] = {"acc": round(100 * found / total, 1), "of": total}
    pooled["pronoun sources resolved"] = {"acc": round(100 * right / total, 1), "of": total}
    counts = []
    for name, record in records.items():
        text = (gold / "dev" / f"{name}.txt").read_text(encoding="utf-8")
        shift = max(0, text.find(record.document.text[:40]))
        told = packed(gold / "gold.py", gold / "dev" / f"{name}.yaml")
        counts.append(nesting.counted(nesting.annotated(told["claims"]), nesting.recorded(record, shift)))
    pooled[INSIDE] = nesting.row(counts)
    return pooled


def packed(script: Path, annotation: Path) -> dict[str, Any]:
    """An annotation as offsets, by the script beside gold/dev."""
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "packed.out"
        command = [sys.executable, str(script), "pack", str(annotation), str(out)]
        subprocess.run(command, check=True, capture_output=True)
        told: dict[str, Any] = json.loads(out.read_text())
    return told


def annotation(id: str, marks: list[marked.Mark]) -> dict[str, Any]:
    """An article's marks as a packed annotation of its events: of several phrases in one role the first counts."""
    events: dict[str, dict[str, Any]] = {}
    for opening, start, end in marks:
        if (m := OPEN.match(opening)) and m.group(2):
            events[m.group(1)] = {
                "id": f"e{m.group(1)}",
                "type": m.group(2),
                "factuality": m.group(3),
                "trigger": [start, end],
                "date": None,
                "claims": [],
                **dict.fromkeys(SINGLE),
            }
    for opening, start, end in sorted(marks, key=lambda x: x[1:]):
        for part in opening[1:-1].split("+") if opening.startswith("{") else ():
            number, role = part.split(".")
            if role in SINGLE and not events[number][role]:
                events[number][role] = [start, end]
    empty = {"claims": [], "figures": [], "times": [], "places": []}
    return {"doc": id, "published": None, "events": list(events.values()), **empty}


def marked_reports(reader: Reader, folder: Path) -> Scores:
    """The rows on events over the marked articles that were held out of training."""
    marks = marked.read()
    _, held = marked.parts(marks)
    pooled = of_articles(reader, folder, {id: annotation(id, marks[id]) for id in held})
    return {name: row for name, row in pooled.items() if name.startswith("events.")}


def claims_of(text: str, rows: Sequence[labels.Row]) -> dict[str, Any]:
    """An article's labelled claims as a packed annotation of its claims."""
    told = [
        {
            "id": f"c{number}",
            "source": r.source,
            "who": text[slice(*r.who)] if r.who else None,
            "kind": r.kind,
            "cue": r.cue,
            "content": r.content,
            "quotation": None,
            "act": r.act,
            "said_on": None,
            "parent": None,
        }
        for number, r in enumerate(rows, 1)
        if r.act in labels.ACTS
    ]
    return {"published": None, "claims": told, "events": [], "figures": [], "times": [], "places": []}


def labelled_reports(reader: Reader, folder: Path) -> Scores:
    """The rows on claims over the newswire's labelled articles that are held out of training."""
    rows = labels.with_inner(labels.read(), labels.read(labels.INNER))
    _, held = claimed.parts(rows)
    texts = {x["id"]: x["text"] for x in read_lines(folder / "corpora/newswire_ner/train.jsonl.gz")}
    pooled = of_articles(
        reader, folder, {id: {"doc": id} | claims_of(texts[id], rows[id]) for id in held & texts.keys()}
    )
    kept = ("content", "attribution", "act", "kind", "who", "cue")
    return {f"claims.{row}": pooled[f"claims.{row}"] for row in kept} | {INSIDE: pooled[INSIDE]}


def whole_reports(reader: Reader, folder: Path) -> Scores:
    """All rows over the articles that are annotated whole."""
    return of_articles(reader, folder, {f.stem: json.loads(f.read_text()) for f in WHOLE.glob("*.json")})


def of_articles(reader: Reader, folder: Path, annotations: Mapping[str, dict[str, Any]]) -> Scores:
    """The rows over newswire articles with packed annotations.

    Values of times and days of events are scored where the annotation knows the day of publication: elsewhere most have none.
    """
    records: dict[str, Record] = {}
    with tempfile.TemporaryDirectory() as every, tempfile.TemporaryDirectory() as dated:
        for x in read_lines(folder / "corpora/newswire_ner/train.jsonl.gz"):
            if x["id"] in annotations:
                told = annotations[x["id"]]["published"]
                published = date.fromisoformat(told) if told else None
                records[x["id"]] = reader.read(x["text"], published=published)
                for gold in [every, dated] if told else [every]:
                    base = Path(gold) / x["id"]
                    base.with_suffix(".txt").write_text(x["text"], encoding="utf-8")
                    base.with_suffix(".json").write_text(json.dumps(annotations[x["id"]]))
        out = scores(folder / "gold/gold.py", Path(every), records)
        known = scores(folder / "gold/gold.py", Path(dated), records)
    counts = [
        nesting.counted(nesting.annotated(annotations[id]["claims"]), nesting.recorded(record, 0))
        for id, record in records.items()
    ]
    out[INSIDE] = nesting.row(counts)
    return out | {row: known[row] for row in DATED if row in known}


def shown(row: Mapping[str, float]) -> str:
    """One row's figures."""
    return f"{row['F1']} F1 (P {row['P']}, R {row['R']})" if "F1" in row else f"{row['acc']} %"


def main() -> None:
    """Print the tables."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=Path, default=None)
    reader, folder = Reader(ap.parse_args().model), shared_folder()
    for title, table in (
        ("gold/dev", gold_reports(reader, folder)),
        ("marked articles held out of training", marked_reports(reader, folder)),
        ("articles annotated whole, held out of training", whole_reports(reader, folder)),
        ("labelled articles held out of training", labelled_reports(reader, folder)),
    ):
        print(f"\n{title}")
        for name, row in table.items():
            print(f"{name:26} {shown(row)} of {row.get('gold', row.get('of'))}")


if __name__ == "__main__":
    main()
