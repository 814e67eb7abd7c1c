"""Claims of real reports, labelled: `training/labelled/claims.csv` (see its README), which the heads behind the network learn from."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from accordingto.reading.acts import NO_CLAIM, WRONG
from accordingto.record import Act
from accordingto.spans import Cover, Range
from training.corpora import read_lines
from training.snippets import lines, unmarked

FILE = Path(__file__).parent / "labelled/claims.csv"
WHOLE = Path(__file__).parent / "labelled/marks.csv"  # all claims of further articles, as PolNeAR marks them
SINGLE = Path(__file__).parent / "labelled/acts.csv"  # some more of these
INNER = Path(__file__).parent / "labelled/inner.csv"  # claims inside the contents of others
FURTHER = (
    Path(__file__).parent / "labelled/further.csv"
)  # all claims of further newswire articles and of some of our own reports
PLACES = Path(__file__).parent / "labelled/places.csv"
CORPORA = ("newswire_ner", "polnear")
ACTS = tuple(a.value for a in Act)
VERDICTS = (NO_CLAIM, WRONG, "ok")


def folds(articles: Iterable[str], count: int, seed: int) -> dict[str, int]:
    """Article → the number of its fold, to fit on the others' and measure on it."""
    names = sorted(set(articles))
    np.random.default_rng(seed).shuffle(names)
    return {name: n % count for n, name in enumerate(names)}


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
    kind: str = ""


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
                stretch(r.get("who", "")),
                bool(r.get("found")),
                r.get("kind", ""),
            )
            out.setdefault(row.article, []).append(row)
    return out


def with_inner(rows: Mapping[str, Sequence[Row]], inner: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """The articles' claims with those that were found inside them later; what was judged before stays as it was judged."""
    out = {}
    for article, mine in rows.items():
        judged = Cover([r.cue for r in mine if r.cue])
        fresh = [r for r in inner.get(article, ()) if r.cue and not judged.touching(r.cue)]
        out[article] = [*mine, *fresh]
    return out


def texts(shared: Path, labelled: Collection[str]) -> dict[str, str]:
    """Article → its text, in the corpora or among our own reports."""
    found = {
        x["id"]: x["text"]
        for name in CORPORA
        for x in read_lines(shared / "corpora" / name / "train.jsonl.gz")
        if x["id"] in labelled
    }
    return found | own_texts(labelled)


def own_texts(labelled: Collection[str]) -> dict[str, str]:
    """The same of our own reports alone."""
    return {id: unmarked(line)[0] for id, line in lines() if id in labelled}
