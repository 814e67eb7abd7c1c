"""Events marked in real reports: articles of the corpora, their marks kept as offsets without the text.

Our own snippets are invented; these are what reports are. `training/events/newswire.csv` and `wider.csv` have one row a mark:
article, start and end in the corpus's `text` (characters, end exclusive), and the mark as in `FORMAT.md` without its brackets
(`1:attack.claimed`, `1=`, `1.actor+2.target`). An article in which nothing is marked has one row with an empty mark. The first holds
articles of the newswire corpus, some of them to measure with; the second holds further ones of the train parts of newswire, PolNeAR, MUC-4
and LGL (in `geo`), all to train on.

`python -m training.marked FOLDER --into FILE` takes `ID.mark` files, an article's text with inline marks, into such a file.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from training.corpora import Doc, read_lines
from training.snippets import FOLDER, Malformed, mark, unmarked

FILE = FOLDER / "newswire.csv"
WIDER = FOLDER / "wider.csv"
CORPORA = ("newswire_ner", "polnear", "muc4", "geo")
BRACKETS = str.maketrans("⟦⟧⦃⦄", "[]{}")
HELD = 6  # every sixth article is held out to measure with
Mark = tuple[str, int, int]  # opening, start, end


def opening(kept: str) -> str:
    """A kept mark as the opening that it was: `1.actor` → `{1.actor:`."""
    return ("{" if "." in kept and ":" not in kept else "[") + kept + ":"


def read(file: Path = FILE) -> dict[str, list[Mark]]:
    """Article → its marks, in the order of the file."""
    out: dict[str, list[Mark]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            mine = out.setdefault(row["article"], [])
            if row["mark"]:
                mine.append((opening(row["mark"]), int(row["start"]), int(row["end"])))
    return out


def parts(marks: Iterable[str]) -> tuple[set[str], set[str]]:
    """The articles to train on, and those to measure with."""
    order = sorted(marks)
    held = set(order[::HELD])
    return set(order) - held, held


def to_learn() -> dict[str, list[Mark]]:
    """Article → its marks, of all articles to train on."""
    marks = read()
    train, _ = parts(marks)
    return {id: marks[id] for id in sorted(train)} | read(WIDER)


def articles(docs: Sequence[Doc], marks: dict[str, list[Mark]]) -> list[Doc]:
    """The documents of the corpus that have marks, with their events.

    Raises:
        Malformed: a mark that can't be read; the message names the article.
    """
    out = []
    for doc in docs:
        if doc.id in marks:
            made = replace(doc, participants=[])
            try:
                mark(made, marks[doc.id])
            except Malformed as error:
                raise Malformed(f"{doc.id}: {error}") from error
            out.append(made)
    return out


def taken(id: str, text: str, inline: str) -> list[tuple[str, int, int, str]]:
    """Rows of an article's inline marks; the article's own brackets are written as ⟦ ⟧ ⦃ ⦄.

    Raises:
        Malformed: the marked text is not the article's.
    """
    bare, marks = unmarked(inline.strip("\n"))
    shift = text.find(bare.translate(BRACKETS))
    if shift < 0:
        raise Malformed(f"{id}: not the article's text")
    rows = [(id, a + shift, b + shift, o[1:-1]) for o, a, b in marks]
    return sorted(rows, key=lambda r: r[1:]) or [(id, 0, 0, "")]


def main() -> None:
    """Take marked articles into the file."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", type=Path, nargs="+")
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--into", type=Path, default=FILE)
    args = ap.parse_args()
    parts = [args.shared / "corpora" / name / "train.jsonl.gz" for name in CORPORA]
    texts = {x["id"]: x["text"] for part in parts for x in read_lines(part)}
    rows = []
    for file in sorted((f for folder in args.folders for f in folder.glob("*.mark")), key=lambda f: f.stem):
        rows += taken(file.stem, texts[file.stem], file.read_text(encoding="utf-8"))
    with args.into.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("article", "start", "end", "mark"))
        writer.writerows(rows)
    print(f"{len({r[0] for r in rows})} articles, {len(rows)} marks")


if __name__ == "__main__":
    main()
