"""The development parts that accuracy is measured on; read from the shared folder, never copied."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accordingto.spans import Range
from benchmarks.spans import Triple


def shared_folder() -> Path:
    """ACCORDINGTO_SHARED, else ../shared; ends the program with a clear word where it is not there."""
    folder = Path(os.environ.get("ACCORDINGTO_SHARED", "../shared"))
    if not (folder / "corpora").is_dir():
        raise SystemExit(
            f"No corpora at {folder}: set ACCORDINGTO_SHARED to the folder that holds corpora/ and gold/."
        )
    return folder


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def polnear(folder: Path) -> Iterator[tuple[str, list[Triple]]]:
    """Whole articles of PolNeAR dev with the chosen annotator's attributions."""
    for x in lines(folder / "corpora/polnear/dev.jsonl.gz"):
        yield (
            x["text"],
            triples(x["attributions"]),
        )


def triples(attributions: list[dict[str, Any]]) -> list[Triple]:
    """One annotator's attributions in one article."""
    return [
        Triple(*(tuple(sorted(Range(*s) for s in a[k])) for k in ("source", "cue", "content")))
        for a in attributions
    ]


def shared_articles(folder: Path) -> Iterator[list[list[Triple]]]:
    """The articles of train and dev that several people marked: each one's attributions."""
    for part in ("train", "dev"):
        for x in lines(folder / f"corpora/polnear/{part}.jsonl.gz"):
            if "other_annotations" in x:
                yield [triples(a) for a in (x["attributions"], *x["other_annotations"].values())]


def newswire(folder: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Articles of newswire_ner dev with their outermost entities."""
    for x in lines(folder / "corpora/newswire_ner/dev.jsonl.gz"):
        yield x["text"], [(s, e, label) for s, e, label in x["entities"]]
