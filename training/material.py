"""What training reads: the corpora that the configuration names, our own reports, and what is labelled in them, epoch by epoch.

The configuration's `corpora` names each corpus with its `format` and `folder` (docs/training.md says how to read others): of
`FORMATS`; a folder that is not absolute lies in `corpora` of the shared folder.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from accordingto.reading.tables import ReadingTables
from training import claimed, corpora, inner, labels, marked, snippets, treebanks
from training.corpora import Doc

HERE = Path(__file__).parent
FORMATS = ("attribution", "names", "trees", "slots", "events", "marked")


def configuration(file: Path) -> dict[str, Any]:
    """The settings: those of `training/config.json`, with what another file says in their place; of corpora, one by one, null for none.

    Raises:
        SystemExit: the file can't be read, or says what there is no setting for.
    """
    usual = json.loads((HERE / "config.json").read_text(encoding="utf-8"))
    try:
        own = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SystemExit(f"The configuration {file} can't be read: {error}") from error
    if unknown := sorted(own.keys() - usual.keys()):
        raise SystemExit(f"{file}: no setting {', '.join(unknown)}; there are: {', '.join(usual)}.")
    named = usual["corpora"] | own.get("corpora", {})
    return usual | own | {"corpora": {k: v for k, v in named.items() if v is not None}}


def by_epoch(shares: Mapping[str, Any]) -> dict[int, Any]:
    """What is said of single epochs ("9") or of several in a row ("13-15"), epoch by epoch."""
    spans = {key: [int(n) for n in key.split("-")] for key in shares}
    return {n: shares[key] for key, span in spans.items() for n in range(span[0], span[-1] + 1)}


def share_of(share: float | Mapping[str, float], corpus: str) -> float:
    """How much of a corpus, or of one of our own files, an epoch reads: one share for all corpora, or a share for each."""
    if isinstance(share, Mapping):
        return share.get(corpus, 1.0)
    return 1.0 if len(corpus) == 1 else share


def read_somewhere(name: str, config: Mapping[str, Any]) -> bool:
    """Whether an epoch of the configuration reads a corpus, or what is marked in it."""
    shares, last = by_epoch(config["shares"]), sum(c["epochs"] for c in config["cycles"])
    also = config["marked_from"] if name in config["marked_times"] else last
    return any(share_of(shares.get(n, 1.0), name) > 0 for n in range(last)) or any(
        share_of(shares.get(n, 1.0), f"marked {name}") > 0 for n in range(also, last)
    )


def read_corpora(
    shared: Path, tokenizer: Tokenizer, config: Mapping[str, Any], *formats: str
) -> Iterator[tuple[str, list[Doc]]]:
    """The train parts of the corpora that are read in some epoch, with their names; of some formats, or of all but `marked`.

    Raises:
        SystemExit: where a corpus is not there or its format is unknown.
    """
    seen: list[str] = []
    for name, told in config["corpora"].items():
        form = told.get("format")
        if form not in FORMATS or "folder" not in told:
            raise SystemExit(f"The corpus {name} needs a folder and a format: {', '.join(FORMATS)}.")
        if len(name) == 1:
            raise SystemExit(f"{name} is a file of our own reports: give the corpus a longer name.")
        if form not in (formats or FORMATS[:-1]) or not read_somewhere(name, config):
            continue
        place = {k: shared / "corpora" / v for k, v in told.items() if k != "format"}
        docs = read_corpus(form, place, tokenizer, seen)
        seen += [d.text for d in docs]
        yield name, docs


def read_corpus(
    form: str, place: Mapping[str, Path], tokenizer: Tokenizer, others: Sequence[str]
) -> list[Doc]:
    """The train part of one corpus; `others` are texts that tell which words have capitals, for messages in capitals alone."""
    folder = place["folder"]
    if form == "attribution":
        return corpora.polnear(folder, "train", tokenizer)
    if form == "names":
        return corpora.newswire(folder, "train", tokenizer)
    if form == "trees":
        return treebanks.treebank_in(
            folder, "train", tokenizer, roles=place.get("roles"), coref=place.get("coreference")
        )
    if form == "slots":
        return corpora.muc(folder, "train", tokenizer, corpora.capitals_of(others))
    if form == "events":
        docs, complaints = snippets.load(tokenizer, folder=folder)
        if complaints or not docs:
            raise SystemExit(f"{folder}: {'; '.join(complaints) or 'no events in *.txt'}")
        return docs
    return corpora.geo(folder, "train", tokenizer, marked.to_learn())


class Material:
    """The training documents: what every epoch reads, and what later ones read too.

    `signs` are those that the head for claims knows already, from what the training begins with.
    """

    def __init__(
        self,
        shared: Path,
        tokenizer: Tokenizer,
        config: dict[str, Any],
        taggings: Path,
        signs: Sequence[str] = (),
    ) -> None:
        self.every = dict(read_corpora(shared, tokenizer, config))
        plain = dict(read_corpora(shared, tokenizer, config, "marked"))
        marks = marked.to_learn()
        self.marked = {
            name: {d.id: d for d in marked.articles((self.every | plain)[name], marks)}
            for name in config["marked_times"]
            if name in self.every or name in plain
        }
        found, complaints = snippets.load(tokenizer)
        for complaint in complaints:
            print(complaint, flush=True)
        later = snippets.parts(found)[0]
        self.signs, self.own = self.labelled(later, signs)
        self.later = later * config["snippets_times"]
        self.own_from, self.own_share = config["own_from"], config["own"]
        self.marked_from, self.marked_times = config["marked_from"], config["marked_times"]
        self.later_from = config["snippets_from"]
        self.shares, self.seed = by_epoch(config["shares"]), config["seed"]
        self.taught, self.taught_from = config["taught"], config["taught_from"]
        self.taggings = taggings  # of `training.teachers`
        print(f"{sum(map(len, self.every.values()))} documents, {len(self.later)} snippets", flush=True)

    def labelled(
        self, later: Sequence[corpora.Doc], begun: Sequence[str]
    ) -> tuple[tuple[str, ...], dict[str, corpora.Doc]]:
        """The signs of labelled claims, and the labelled articles to learn from with their claims as attributions; their documents get the
        claims to judge. `later` are our own reports, some of which are labelled; `begun` the signs that are known already.
        """
        within, tables = labels.read(labels.INNER), ReadingTables.load()
        rows = labels.with_inner(labels.read(), within)
        learned, held = claimed.parts(rows)
        further_rows = labels.with_inner(labels.read(labels.FURTHER), within)
        mine = {id: rows[id] for id in sorted(learned)} | further_rows
        whole = labels.read(labels.WHOLE) | mine
        inside = {id: r for id, r in within.items() if id not in rows and id not in mine}
        further = [{id: r for id, r in labels.read(labels.SINGLE).items() if id not in mine}, inside]
        every = {
            id: list(chain(*(found.get(id, ()) for found in (whole, *further))))
            for id in chain(whole, *further)
        }
        texts = dict(labels.own_texts(every))
        for name in ("newswire", "polnear"):
            texts |= {d.id: d.text for d in self.every.get(name, ()) if d.id in every}
        told = (claimed.told(texts[id], r, tables) for id in every if id in texts for r in every[id])
        signs = tuple(sorted({*begun, *claimed.kept_signs(told)}))
        known = {s: n for n, s in enumerate(signs)}
        marked_docs = chain(*(docs.values() for docs in self.marked.values()))
        docs = [*self.every.get("polnear", ()), *marked_docs, *later]
        inner.taught(docs, mine, within, held)
        self.read_through = [d for d in docs if d.inner is not None]  # for claims inside claims
        for doc in docs:
            if doc.id in every:
                doc.claims = claimed.claims_of(doc, every[doc.id], known, tables)
        return signs, {d.id: claimed.attributed(d, whole[d.id]) for d in docs if d.id in whole}

    def of(self, number: int) -> list[corpora.Doc]:
        """The documents of one epoch: all or a share of each corpus, and of the events of our own that have begun."""
        rng = random.Random(f"{self.seed}/{number}/documents")
        share = self.shares.get(number, 1.0)
        also = self.marked if number >= self.marked_from else {}
        pairs = [
            (name, d) for name, docs in self.every.items() for d in docs if d.id not in also.get(name, {})
        ]
        pairs += [
            (f"marked {name}", d)
            for name, docs in also.items()
            for d in docs.values()
            for _ in range(self.marked_times[name])
        ]
        labelled = self.own if number >= self.own_from else {}
        pairs += [
            ("labelled own" if d.id in labelled else d.id[0], d)
            for d in self.later
            if number >= self.later_from[d.id[0]]
        ]
        chosen = [
            (name, d) for name, d in pairs if (part := share_of(share, name)) == 1 or rng.random() < part
        ]
        return self.retold(chosen, number, rng) if number >= self.taught_from else [d for _, d in chosen]

    def retold(
        self, pairs: Sequence[tuple[str, corpora.Doc]], number: int, rng: random.Random
    ) -> list[corpora.Doc]:
        """The documents; a share of them with their claims as attributions, or with those of one tagging that their teachers hold likely.

        Raises:
            SystemExit: the teachers have not read yet.
        """
        if not self.taggings.exists():
            raise SystemExit(
                f"No {self.taggings}: run `python -m training.teachers` first (see docs/training.md)."
            )
        out, own = [], self.own if number >= self.own_from else {}
        with np.load(self.taggings) as drawn:
            known = set(drawn.files)
            for name, doc in pairs:
                corpus = "own" if len(name) == 1 else name.removeprefix("marked ").removeprefix("labelled ")
                key = f"{corpus}/{doc.id}"
                if own and doc.id in own and rng.random() < self.own_share:
                    doc = own[doc.id]
                elif key in known and rng.random() < self.taught.get(corpus, 0.0):
                    doc = replace(doc, attribution=rng.choice(drawn[key]).astype(np.int64), annotator=0)
                out.append(doc)
        return out
