"""The place that a report gives with a number: “12 people in [Goma]”, “in [Goma] 12 people were killed”.

A place counts that hangs on what is counted, else on the verb that what is counted belongs to, else on a noun by that verb (“were
killed in a raid on [Goma]”). Behind the number it is that of the last number before it. What stands
right behind a number (“ten in [Kor]”, “30 dead in [Goma]”) is its own, whatever the sentence's tree tells; see `beside`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordingto.reading.constituents import head_among, preposition
from accordingto.reading.figures import FoundFigure
from accordingto.reading.layers import Layers, Syntax
from accordingto.reading.located import Located
from accordingto.record import Measure
from accordingto.spans import Range

MEASURING = frozenset({Measure.AGE, Measure.DURATION, Measure.DISTANCE, Measure.MONEY})  # what stands nowhere
STAYING = frozenset("in at near across around inside outside within throughout along".split())
OWN = STAYING | {"of"}  # behind what is counted: “residents of Goma”
NOUNS = OWN | {"on", "against"}  # behind a noun: “a raid on Goma”, “the town of Beni”
PARTS = frozenset({"nmod", "obl", "nsubj", "obj", "nummod", "conj", "appos", "compound"})
BESIDE = re.compile(
    r"(?:\s(?!(?:in|at|near|and|or|to|from|of|on|by)\b)[\w-]+){0,2}\s(?:in|at|near)\s(?:the\s)?", re.I
)
OWNER = re.compile(r"['’]s\b")  # “two students at [China]’s university”
NEAR = 60  # characters behind a number within which that is looked for
FARTHEST = 3  # steps from a place's name up to the word that it hangs on


def places_of(
    text: str, figures: Sequence[FoundFigure], places: Sequence[Located], layers: Layers
) -> list[int | None]:
    """For each figure the number of the place that its words give, None where they give none."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels or not places:
        return [None] * len(figures)
    hung = [list(hangs_on(text, p.at, layers, syntax)) for p in places]
    return [place_of(text, n, figures, places, hung, layers, syntax) for n in range(len(figures))]


def place_of(
    text: str,
    number: int,
    figures: Sequence[FoundFigure],
    places: Sequence[Located],
    hung: Sequence[Sequence[tuple[int, str]]],
    layers: Layers,
    syntax: Syntax,
) -> int | None:
    """The nearest place of the nearest kind that is no other figure's; see the module."""
    found = figures[number]
    if found.measure in MEASURING:
        return None
    told = (
        found.of if found.of and not found.of.end < found.at.start else found.at
    )  # not “five people in Rafah and [three] …”
    if (near := beside(text, number, figures, places)) is not None:
        return near
    counted = head_among(layers.words_in(told), syntax)
    verb = int(syntax.heads[counted])
    best: tuple[int, int, int] | None = None
    for k, (place, steps) in enumerate(zip(places, hung, strict=True)):
        if (found.of or found.at).contains(place.at) or taken(number, figures, place.at):
            continue
        if of_last(number, figures, place.at):
            continue
        for step, (on, how) in enumerate(steps, 1):
            mine = on == counted and how in OWN
            if mine or (on == verb and verb != counted and how in STAYING):
                rank = 0 if mine else step
                best = min(best or (FARTHEST + 1, 0, 0), (rank, abs(place.at.start - found.at.start), k))
    return best[2] if best else None


def beside(text: str, number: int, figures: Sequence[FoundFigure], places: Sequence[Located]) -> int | None:
    """The place to which at most two words and a preposition lead from a number: “Nine people drowned in Dadu, [four in Sukkur]”."""
    end = figures[number].at.end
    return next(
        (
            k
            for k, p in enumerate(places)
            if 0 < p.at.start - end <= NEAR
            and BESIDE.fullmatch(text, end, p.at.start)
            and not OWNER.match(text, p.at.end)
            and not taken(number, figures, p.at)
        ),
        None,
    )


def taken(number: int, figures: Sequence[FoundFigure], at: Range) -> bool:
    """Whether another figure stands between a figure and a place behind it."""
    return any(figures[number].at.end <= f.at.start < at.start for f in figures[number + 1 :])


def of_last(number: int, figures: Sequence[FoundFigure], at: Range) -> bool:
    """Whether a place stands between a figure and an earlier one whose noun it shares: “nine people in [Dadu], four on Monday”."""
    found = figures[number]
    if found.of is None or not found.of.end <= at.start < at.end <= found.at.start:
        return False
    return any(
        f.of is not None and f.of.overlaps(found.of) and f.at.end <= at.start for f in figures[:number]
    )


def hangs_on(text: str, at: Range, layers: Layers, syntax: Syntax) -> Iterator[tuple[int, str]]:
    """The words that a place's name hangs on, each with the preposition by which the last step was taken."""
    word = head_among(layers.words_in(at), syntax)
    for _ in range(FARTHEST):
        above = int(syntax.heads[word])
        if above == word or syntax.relation(word) not in PARTS:
            return
        how = preposition(text, word, layers, syntax)
        yield above, how
        if how not in NOUNS and syntax.relation(word) not in ("compound", "appos"):
            return
        word = above
