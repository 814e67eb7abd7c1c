"""Training documents to shuffled batches with the targets of every head."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from accordingto.reading.windows import Window, collate
from training.corpora import IGNORE, OWN, Doc
from training.renaming import renamed
from training.sequences import sequences
from training.targets import ClaimTask, Further, claim_task, further

NAMED = 0.7  # of the windows are read as their annotator's, the others as anyone's; those of labelled claims always
MASK = 103  # the word piece [MASK]; lower numbers are special


@dataclass(slots=True)
class Chains:
    """Paragraphs of a batch as tag sequences, longest first.

    `at` (sequences, words): flat index into the batch's (windows x words) rows; `tags` likewise.
    """

    at: Tensor
    tags: Tensor
    lengths: Tensor


@dataclass(slots=True)
class LinkTask:
    """One window's links as word numbers of that window; each row is (first, last)."""

    row: int
    cues: Tensor
    sources: Tensor
    source_of: Tensor  # for each cue: number of its source, len(sources) for none, IGNORE unknown
    contents: Tensor
    cue_of: Tensor


@dataclass(slots=True)
class Example:
    """One batch."""

    pieces: Tensor
    shape: Tensor
    mask: Tensor
    first: Tensor
    annotators: Tensor  # (windows,): whose attributions, see `corpora.ANNOTATORS`
    attribution: Chains | None
    inner: Chains | None
    names: Chains | None
    ends: Tensor  # (windows, words), IGNORE where unknown
    links: list[LinkTask]
    further: Further
    claims: ClaimTask | None


def cut_windows(docs: Sequence[Doc], longest: int, rng: random.Random) -> list[Window]:
    """Each document once, cut at sentence ends from a random first length on."""
    out = []
    for number, doc in enumerate(docs):
        sizes = [len(p) for p in doc.pieces]
        start, room = 0, rng.randint(longest // 4, longest) - 2
        total = np.concatenate([[0], np.cumsum(sizes)])
        cuts = np.asarray(doc.cuts)
        while start < len(sizes):
            fits = int(np.searchsorted(total, total[start] + room, "right")) - 1
            i = int(np.searchsorted(cuts, fits, "right")) - 1
            end = int(cuts[i]) if i >= 0 and cuts[i] > start else max(fits, start + 1)
            out.append(Window(number, start, start, end, int(total[end] - total[start]) + 2))
            start, room = end, longest - 2
    return out


def chains(docs: Sequence[Doc], windows: Sequence[Window], layer: str, width: int) -> Chains | None:
    """The tag sequences of the windows whose document has `layer`, padded."""
    rows = sequences(docs, windows, layer, width)
    if not rows:
        return None
    rows.sort(key=lambda x: -len(x[0]))
    at = np.zeros((len(rows), len(rows[0][0])), np.int64)
    tag = np.zeros_like(at)
    for i, (place, mine) in enumerate(rows):
        at[i, : len(place)], tag[i, : len(mine)] = place, mine
    return Chains(torch.from_numpy(at), torch.from_numpy(tag), torch.tensor([len(x[0]) for x in rows]))


def link_task(doc: Doc, w: Window, row: int) -> LinkTask | None:
    """The links whose cue lies in the window; parts outside it are unknown."""
    inside = [a for a in doc.links if w.start <= a.cue.start and a.cue.end <= w.end]
    fits = lambda r: w.start <= r.start and r.end <= w.end  # noqa: E731
    sources = sorted({a.source for a in inside if a.source and fits(a.source)})
    if not inside:
        return None
    number = {s: i for i, s in enumerate(sources)}
    source_of = [len(sources) if a.source is None else number.get(a.source, IGNORE) for a in inside]
    contents = [(c, i) for i, a in enumerate(inside) for c in a.content if fits(c)]
    pairs = lambda spans: torch.tensor([(s.start - w.start, s.end - 1 - w.start) for s in spans]).view(-1, 2)  # noqa: E731
    return LinkTask(
        row,
        pairs([a.cue for a in inside]),
        pairs(sources),
        torch.tensor(source_of),
        pairs([c for c, _ in contents]),
        torch.tensor([i for _, i in contents]),
    )


def recased(shape: np.ndarray, rng: random.Random) -> None:
    """Now and then a window in capitals, in headline case or without capitals, in place.

    `shape` is (windows, pieces), case * 4 + break before; the word pieces are uncased and stay.
    """
    for row in shape:
        chance, case = rng.random(), row // 4
        if chance < 0.05:  # capitals: old wires
            case = np.where(np.isin(case, (1, 2, 4)), 3, case)
        elif chance < 0.08:  # headline case
            case = np.where(case == 1, 2, case)
        elif chance < 0.11:  # no capitals
            case = np.where(np.isin(case, (2, 3, 4, 5)), 1, case)
        row[:] = case * 4 + row % 4


def masked(
    pieces: np.ndarray, mask: np.ndarray, docs: Sequence[Doc], windows: Sequence[Window], rate: float
) -> None:
    """In half of the windows of names and attributions some word pieces become [MASK], in place.

    Names and cues are few enough to be learned by heart; so their surroundings must do (word dropout, Iyyer et al. 2015).
    """
    noise = np.random.default_rng(int(pieces.sum()))
    for row, w in enumerate(windows):
        doc = docs[w.document]
        mine = doc.triggers is None and (doc.names is not None or doc.attribution is not None)
        if mine and noise.random() < 0.5:
            hide = (noise.random(pieces.shape[1]) < rate) & (pieces[row] > MASK) & (mask[row] > 0)
            pieces[row, hide] = MASK


def example(
    docs: Sequence[Doc], windows: Sequence[Window], rng: random.Random, hidden: float = 0.0
) -> Example:
    """One batch from its windows; `hidden` is the share of word pieces to mask (see `masked`)."""
    batch = collate(windows, [d.pieces for d in docs], [d.features for d in docs], context=True)
    width = batch.first.shape[1]
    ends = np.full((len(windows), width), IGNORE, np.int64)
    links = []
    for row, w in enumerate(windows):
        doc = docs[w.document]
        if doc.ends is not None:
            ends[row, : w.end - w.start] = doc.ends[w.start : w.end]
        if doc.attribution is not None and (task := link_task(doc, w, row)):
            links.append(task)
    recased(batch.shape, rng)
    masked(batch.pieces, batch.mask, docs, windows, hidden)
    tensors = (torch.from_numpy(x) for x in (batch.pieces, batch.shape, batch.mask, batch.first))
    styles = [(docs[w.document].annotator, rng.random()) for w in windows]
    whose = [style if chance < NAMED or style == OWN else 0 for style, chance in styles]
    return Example(
        *tensors,
        torch.tensor(whose),
        chains(docs, windows, "attribution", width),
        chains(docs, windows, "inner", width),
        chains(docs, windows, "names", width),
        torch.from_numpy(ends),
        links,
        further(docs, windows, width),
        claim_task(docs, windows, width),
    )


def epoch(
    docs: Sequence[Doc], config: dict[str, Any], number: int, skip: int = 0
) -> Iterator[tuple[float, Example]]:
    """All documents once, in batches of like length, in an order that seed and epoch number decide.

    Yields the share of the epoch that is done and the batch; the first `skip` batches are not made.
    """
    longest, batch, seed = config["longest"], config["batch"], config["seed"] + number
    rng = random.Random(seed)
    docs = renamed(docs, config["renamed"], random.Random(f"{seed}/names"))
    windows = cut_windows(docs, longest, rng)
    rng.shuffle(windows)
    groups: list[list[Window]] = []
    for i in range(0, len(windows), batch * 16):  # sort within pools of sixteen batches
        pool = sorted(windows[i : i + batch * 16], key=lambda w: w.length)
        mine = [pool[j : j + batch] for j in range(0, len(pool), batch)]
        rng.shuffle(mine)
        groups += mine
    for number, group in enumerate(groups):
        if number >= skip:
            yield (
                number / len(groups),
                example(docs, group, random.Random(f"{seed}/{number}"), config["masked"]),
            )
