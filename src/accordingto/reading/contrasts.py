"""Withheld words and what is said all the same: "declined to confirm it but hinted at more"."""

from __future__ import annotations

from accordingto.reading.cuewords import Hit, Lemmas, longest_cue, word_range
from accordingto.reading.layers import Attribution, Layers
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.spans import Range, trim

HELPING = frozenset("did has have had does do would could".split())
WITHHOLDING = frozenset({Act.DENY, Act.DECLINE, Act.REFUSE, Act.SILENT, Act.UNCERTAIN})


def part_contrasts(
    text: str, layers: Layers, tables: ReadingTables
) -> tuple[list[Attribution], list[Attribution]]:
    """Withheld words parted from what is said all the same: "declined to confirm it but hinted at more"; and what is
    said from what is left unsaid: "said that it had struck, but did not add whether".

    Gives the network's attributions, contents ending before such a "but", and the
    attributions that begin there, with the same source.
    """
    lemmas = Lemmas(text, layers.words, tables)
    starts = [w.start for w in layers.words]
    kept: list[Attribution] = []
    made: list[Attribution] = []
    for a in layers.attributions:
        split = contrast(text, layers.words, starts, a, lemmas) if a.cue and a.source else None
        if split is None:
            kept.append(a)
            continue
        but, hit = split
        last = a.content[-1]
        cue = Range(layers.words[hit.start].start, layers.words[hit.end - 1].end)
        first = trim(text, Range(last.start, layers.words[but].start))
        kept.append(Attribution(a.source, a.cue, (*a.content[:-1], first), a.score))
        made.append(Attribution(a.source, cue, (trim(text, Range(cue.end, last.end)),), a.score))
    return kept, made


def contrast(
    text: str, words: tuple[Range, ...], starts: list[int], a: Attribution, lemmas: Lemmas
) -> tuple[int, Hit] | None:
    """The word number of "but" and the cue after it in the last content of a refusal or denial."""
    first, last = word_range(starts, words, a.content[-1])
    cue_words = word_range(starts, words, a.cue) if a.cue else (0, 0)
    rows = [longest_cue(lemmas, i, first, lemmas.tables, nested=False) for i in range(*cue_words)]
    withheld = any(r is not None and r.cue.act in WITHHOLDING for r in rows)
    for i in range(first + 1, last - 2):
        if text[slice(*words[i])].lower() != "but":
            continue
        begin = i + 1
        while not withheld and begin < last and text[slice(*words[begin])].lower() in HELPING:
            begin += 1
        for size in (3, 2, 1):
            row = lemmas.tables.cues.get(tuple(lemmas[k] for k in range(begin, begin + size)))
            if row is None or begin + size >= last:
                continue
            if withheld or (row.act in WITHHOLDING and (begin > i + 1 or row.cue.startswith("decline"))):
                return i, Hit(i + 1, begin + size, row)
    return None
