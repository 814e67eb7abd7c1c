"""Claims of real reports, labelled: `training/labelled/claims.csv` (see its README), which the heads behind the network learn from."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from accordingto.spans import Range
from training.corpora import read_lines

FILE = Path(__file__).parent / "labelled/claims.csv"
PLACES = Path(__file__).parent / "labelled/places.csv"
CORPORA = ("newswire_ner", "polnear")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled claim; offsets into the article's text (characters, end exclusive)."""

    article: str
    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    act: str
    who: Range | None
    found: bool


def stretch(cell: str) -> Range | None:
    """A cell's `start:end`."""
    return Range(*map(int, cell.split(":"))) if cell else None


def read(file: Path = FILE) -> dict[str, list[Row]]:
    """Article → its labelled claims."""
    out: dict[str, list[Row]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines):
            content = tuple(c for cell in r["content"].split("+") if (c := stretch(cell)))
            row = Row(
                r["article"],
                stretch(r["source"]),
                stretch(r["cue"]),
                content,
                r["act"],
                stretch(r["who"]),
                bool(r["found"]),
            )
            out.setdefault(row.article, []).append(row)
    return out


def texts(shared: Path, labelled: Collection[str]) -> dict[str, str]:
    """Article → its text in the corpora."""
    return {
        x["id"]: x["text"]
        for name in CORPORA
        for x in read_lines(shared / "corpora" / name / "train.jsonl.gz")
        if x["id"] in labelled
    }
