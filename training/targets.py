"""The targets of the further heads for one batch, as flat row numbers into its (windows x words) rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from accordingto.reading.acts import shortened
from accordingto.reading.windows import Window
from training.corpora import IGNORE, Doc
from training.snippets import type_row

NEAR = 80  # words between a trigger and a participant at most
BACK = 60  # earlier mentions that may be antecedents


@dataclass(slots=True)
class Trees:
    """Sentences (sentences, words): flat rows, heads as numbers within the sentence, relations; padding IGNORE."""

    at: Tensor
    heads: Tensor
    relations: Tensor


@dataclass(slots=True)
class Tagged:
    """Pairs of flat rows with their signed distance in words and a tag."""

    left: Tensor
    right: Tensor
    distance: Tensor
    tag: Tensor


@dataclass(slots=True)
class Antecedents:
    """Pairs (anaphor, candidate); `group` numbers the anaphors, `gold` marks true antecedents."""

    left: Tensor
    right: Tensor
    distance: Tensor
    group: Tensor
    gold: Tensor
    groups: int


@dataclass(slots=True)
class Further:
    """All further targets; (windows, words) arrays hold IGNORE where nothing is known."""

    pos: Tensor
    predicate: Tensor
    mention: Tensor
    trigger: Tensor
    factuality: Tensor
    fillers: Tensor
    trees: Trees | None
    roles: Tagged | None
    parts: Tagged | None
    coref: Antecedents | None
    same: Antecedents | None


class Pairing:
    """Collects pairs."""

    def __init__(self) -> None:
        self.rows: list[np.ndarray] = []

    def add(self, left: int, right: np.ndarray, tag: np.ndarray, shift: int) -> None:
        """Pairs of one word with many; numbers of the window's words, `shift` makes them flat."""
        self.rows.append(np.stack([np.full(len(right), left + shift), right + shift, right - left, tag]))

    def done(self) -> Tagged | None:
        """All pairs."""
        if not self.rows:
            return None
        return Tagged(*(torch.from_numpy(x) for x in np.concatenate(self.rows, 1).astype(np.int64)))


class Chaining:
    """Collects antecedent candidates."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, int, int, bool]] = []
        self.groups = 0

    def add(self, items: Sequence[tuple[int, int]], shift: int) -> None:
        """Mentions of one window in text order as (word, cluster)."""
        for i, (word, cluster) in enumerate(items):
            for other, theirs in items[max(0, i - BACK) : i]:
                self.rows.append((word + shift, other + shift, other - word, self.groups, theirs == cluster))
            self.groups += 1

    def done(self) -> Antecedents | None:
        """All candidates."""
        if not self.rows:
            return None
        a = torch.tensor(self.rows, dtype=torch.long)
        return Antecedents(a[:, 0], a[:, 1], a[:, 2], a[:, 3], a[:, 4].bool(), self.groups)


def trees_of(docs: Sequence[Doc], windows: Sequence[Window], width: int) -> Trees | None:
    """The trees that lie wholly in a window."""
    rows = []
    for row, w in enumerate(windows):
        doc = docs[w.document]
        if doc.heads is None or doc.relations is None:
            continue
        for s in doc.trees:
            if w.start <= s.start and s.end <= w.end:
                at = np.arange(s.start, s.end) - w.start + row * width
                rows.append((at, doc.heads[s.start : s.end] - s.start, doc.relations[s.start : s.end]))
    if not rows:
        return None
    out = np.full((3, len(rows), max(len(r[0]) for r in rows)), IGNORE, np.int64)
    out[0] = 0
    for i, parts in enumerate(rows):
        for k, values in enumerate(parts):
            out[k, i, : len(values)] = values
    return Trees(*(torch.from_numpy(x) for x in out))


def event_pairs(doc: Doc, w: Window, shift: int, parts: Pairing, same: Chaining) -> None:
    """Participants of each full mention, and which triggers name one event."""
    inside = [t for t in doc.triggers or () if w.start <= t.at.start and t.at.end <= w.end]
    same.add([(t.at.start - w.start, t.event) for t in inside], shift)
    for t in inside:
        if t.factuality is None:
            continue
        low, high = max(w.start, t.at.start - NEAR), min(w.end, t.at.end + NEAR)
        tags = np.zeros(high - low, np.int64)
        mine = sorted(
            (p for p in doc.participants if p.event == t.event), key=lambda p: p.at.start - p.at.end
        )
        for p in mine:
            a, b = max(p.at.start, low) - low, min(p.at.end, high) - low
            if b > a:
                tags[a:b] = 2 + 2 * p.role
                tags[a] = 1 + 2 * p.role
        parts.add(t.at.start - w.start, np.arange(low, high) - w.start, tags, shift)


def further(docs: Sequence[Doc], windows: Sequence[Window], width: int) -> Further:
    """All further targets of one batch."""
    flags = np.full((6, len(windows), width), IGNORE, np.int64)
    roles, parts, coref, same = Pairing(), Pairing(), Chaining(), Chaining()
    for row, w in enumerate(windows):
        doc, shift, size = docs[w.document], row * width, w.end - w.start
        if doc.pos is not None:
            flags[0, row, :size] = doc.pos[w.start : w.end]
        for s in doc.role_sentences:
            if w.start <= s.start and s.end <= w.end:
                flags[1, row, s.start - w.start : s.end - w.start] = 0
        for p in doc.predicates:
            if w.start <= p.sentence.start and p.sentence.end <= w.end:
                flags[1, row, p.word - w.start] = 1
                right = np.arange(p.sentence.start, p.sentence.end) - w.start
                roles.add(p.word - w.start, right, p.tags, shift)
        if doc.mentions is not None:
            inside = [(m.head - w.start, m.cluster) for m in doc.mentions if w.start <= m.head < w.end]
            flags[2, row, :size] = 0
            flags[2, row, [m for m, _ in inside]] = 1
            coref.add(inside, shift)
        if doc.triggers is not None:
            flags[3, row, :size] = type_row(doc)[w.start : w.end]
            for t in doc.triggers:
                if t.factuality is not None and w.start <= t.at.start and t.at.end <= w.end:
                    flags[4, row, t.at.start - w.start : t.at.end - w.start] = t.factuality
            event_pairs(doc, w, shift, parts, same)
        if doc.fillers is not None:
            flags[5, row, :size] = doc.fillers[w.start : w.end]
    tensors = [torch.from_numpy(f) for f in flags]
    return Further(
        *tensors,
        trees_of(docs, windows, width),
        roles.done(),
        parts.done(),
        coref.done(),
        same.done(),
    )


@dataclass(slots=True)
class ClaimTask:
    """The claims of a batch as flat row numbers into its (windows x words) rows; `there` says which of them are any."""

    content: Tensor  # (claims, words)
    content_there: Tensor
    cue: Tensor  # (claims, words)
    cue_there: Tensor
    source: Tensor  # (claims,): its last word
    source_there: Tensor
    signs: Tensor  # (claims, signs), -1 for none
    act: Tensor
    verdict: Tensor


def padded(rows: Sequence[Sequence[int]], filler: int) -> np.ndarray:
    """Rows of several lengths as one array, at least one wide."""
    out = np.full((len(rows), max(1, *map(len, rows))), filler, np.int64)
    for place, row in enumerate(rows):
        out[place, : len(row)] = row
    return out


def claim_task(docs: Sequence[Doc], windows: Sequence[Window], width: int) -> ClaimTask | None:
    """The claims that windows hold: with their cue, and as much of their content as the window has."""
    contents, cues, sources, numbers, labels = [], [], [], [], []
    for row, w in enumerate(windows):
        for claim in docs[w.document].claims:
            if claim.cue and not (w.start <= claim.cue.start and claim.cue.end <= w.end):
                continue
            here = [i for i in claim.content if w.start <= i < w.end]
            if not here or (not claim.cue and len(here) < len(claim.content)):
                continue
            shift = row * width - w.start
            contents.append([i + shift for i in shortened(here)])
            cues.append([i + shift for i in range(*claim.cue)] if claim.cue else [])
            source = claim.source
            inside = source is not None and w.start <= source.end - 1 < w.end
            sources.append(source.end - 1 + shift if source is not None and inside else -1)
            numbers.append(claim.signs)
            labels.append((claim.act, claim.verdict))
    if not contents:
        return None
    content, cue = torch.from_numpy(padded(contents, -1)), torch.from_numpy(padded(cues, -1))
    source_at, label = torch.tensor(sources), torch.tensor(labels)
    return ClaimTask(
        content.clamp(min=0),
        content >= 0,
        cue.clamp(min=0),
        cue >= 0,
        source_at.clamp(min=0),
        source_at >= 0,
        torch.from_numpy(padded(numbers, -1)),
        label[:, 0],
        label[:, 1],
    )
