"""Span scores: exact, overlapping by half, characters; precision, recall and F1 over many articles."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from accordingto.reading.layers import Attribution
from accordingto.spans import Range


@dataclass(slots=True)
class Counts:
    """Gold, predicted and matched items of one measure."""

    gold: int = 0
    predicted: int = 0
    hit: float = 0

    def add(self, gold: int, predicted: int, hit: float) -> None:
        self.gold, self.predicted, self.hit = self.gold + gold, self.predicted + predicted, self.hit + hit

    @property
    def precision(self) -> float:
        return 100 * self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 200 * self.hit / (self.gold + self.predicted) if self.hit else 0.0


@dataclass(slots=True)
class Table:
    """Named measures, in the order in which they were first used."""

    rows: dict[str, Counts] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Counts:
        return self.rows.setdefault(name, Counts())


@dataclass(frozen=True, slots=True)
class Triple:
    """One attribution as gold or prediction; parts in text order, an empty tuple for none."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


def shared(a: Sequence[Range], b: Sequence[Range]) -> int:
    """Characters that two lists of ranges share."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def half(a: Sequence[Range], b: Sequence[Range], of: Callable[[int, int], int] = max) -> bool:
    """Whether two parts overlap by half of the longer one; two empty parts do.

    `of` says of which of the two sizes: `min` for the shorter, the first argument for `a` alone.
    """
    if not a or not b:
        return not a and not b
    size = of(sum(r.end - r.start for r in a), sum(r.end - r.start for r in b))
    return 2 * shared(a, b) >= size


def exact(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> int:
    """Items in both, each counted once."""
    return len(set(gold) & set(predicted))


def paired(
    gold: Sequence[Triple],
    predicted: Sequence[Triple],
    parts: Sequence[str],
    of: Callable[[int, int], int] = max,
) -> int:
    """Gold items that have a prediction of their own with every named part overlapping by half."""
    free = list(predicted)
    hits = 0
    for g in gold:
        for p in free:
            if all(half(getattr(g, part), getattr(p, part), of) for part in parts):
                free.remove(p)
                hits += 1
                break
    return hits


def spans(items: Sequence[Triple], part: str) -> list[Range]:
    """All spans of one part, a span that serves several attributions once."""
    return sorted({r for t in items for r in getattr(t, part)})


def score(table: Table, gold: Sequence[Triple], predicted: Sequence[Triple]) -> None:
    """Add one article's attributions to a table."""
    for part in ("source", "cue", "content"):
        g, p = spans(gold, part), spans(predicted, part)
        table[f"{part}, exact"].add(len(g), len(p), exact(g, p))
    for part in ("source", "cue", "content"):
        g, p = spans(gold, part), spans(predicted, part)
        single = [Triple((), (), (r,)) for r in g], [Triple((), (), (r,)) for r in p]
        table[f"{part}, overlap by half"].add(len(g), len(p), paired(*single, ("content",)))
    characters = [{i for r in spans(x, "content") for i in range(*r)} for x in (gold, predicted)]
    table["content, characters"].add(
        len(characters[0]), len(characters[1]), len(characters[0] & characters[1])
    )
    table["linked triple, exact"].add(len(gold), len(predicted), exact(gold, predicted))
    parts = ("source", "cue", "content")
    table["linked triple, overlap by half"].add(len(gold), len(predicted), paired(gold, predicted, parts))
    of_gold = paired(gold, predicted, parts, lambda mine, _: mine)
    table["linked triple, overlap by half of the gold"].add(len(gold), len(predicted), of_gold)
    loose = paired(gold, predicted, parts, min)
    table["linked triple, overlap by half of the shorter"].add(len(gold), len(predicted), loose)


def triple(a: Attribution) -> Triple:
    """A predicted attribution as a triple."""
    one = lambda r: (r,) if r is not None else ()  # noqa: E731
    return Triple(one(a.source), one(a.cue), tuple(sorted(a.content)))
