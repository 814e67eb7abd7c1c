"""Accuracy of the reader's layers on their dev parts: trees, tags, roles, coreference, meaning, events.

Trees are measured on gold sentences: whole documents go through the network, then each gold sentence is decoded. A
syntactic word of the corpus is stood for by the package word in which it begins (`training.treebanks`); one that has no
package word of its own ("not" in "cannot") counts as wrong.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from training import snippets, treebanks
from training.corpora import Doc

from accordingto.reading import chains, decoding, parsing, roles, sentences, triggers, windows
from accordingto.reading.eventwords import EventWords
from accordingto.reading.learned import Scores
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range
from benchmarks.coreference import Ratio, Tally
from benchmarks.corpora import shared_folder
from benchmarks.spans import Counts, Table


def scores_of(reader: Reader, docs: Sequence[Doc]) -> list[Scores]:
    """The network's scores of whole documents, in the reader's own windows."""
    out = []
    for doc in docs:
        cut = windows.cut(
            0, [len(p) for p in doc.pieces], doc.cuts, reader.options.longest, reader.options.context
        )
        out += reader.network.scores(cut, [doc.pieces], [doc.features], batch_size=1)
    return out


@dataclass(slots=True)
class Attachment:
    """Counts of syntactic words."""

    words: int = 0
    heads: int = 0
    labelled: int = 0
    universal: int = 0
    tags: int = 0
    plain: int = 0  # words that are no punctuation
    plain_labelled: int = 0


def trees(reader: Reader, folder: Path, name: str) -> Attachment:
    """UAS, LAS and UPOS of a treebank's dev part."""
    count = Attachment()
    decoder = reader.network.decoder
    docs = treebanks.treebank(folder, name, "dev", reader.network.tokenizer)
    originals = list(treebanks.trees(folder / f"syntax/{name}/dev.conllu.gz"))
    for doc, scores, tree in zip(docs, scores_of(reader, docs), originals, strict=True):
        pos = scores.tags[:, : len(decoder.pos_tags)].argmax(1)
        seen = parsing.parse(scores.wide, pos, doc.trees, decoder.trees)
        for sentence in tree.sentences:
            _, stands, owner = treebanks.lay_over(doc.words, sentence)
            taken = set()
            for i, word in enumerate(sentence.words):
                count.words += 1
                place = stands[i]
                plain = word.pos != "PUNCT"
                count.plain += plain
                if place in taken or (owner and owner[min(place - stands[0], len(owner) - 1)] != i):
                    continue
                taken.add(place)
                count.tags += decoder.pos_tags[pos[place]] == word.pos
                gold = place if word.head < 0 else stands[word.head]
                if seen.heads[place] != gold:
                    continue
                relation = decoder.relation_tags[seen.relations[place]]
                same = relation == word.relation
                close = relation.split(":")[0] == word.relation.split(":")[0]
                count.heads += 1
                count.labelled += same
                count.universal += close
                count.plain_labelled += close and plain
    return count


def role_spans(reader: Reader, folder: Path) -> Table:
    """PropBank on EWT dev, predicates found by the model: arguments as (predicate, label, words)."""
    table = Table()
    decoder = reader.network.decoder
    docs = treebanks.treebank(folder, "ewt", "dev", reader.network.tokenizer)
    for doc, scores in zip(docs, scores_of(reader, docs), strict=True):
        gold, found = set(), set()
        for p in doc.predicates:
            start = p.sentence.start
            for label, a, b in pieces(p.tags):
                if label != "V":
                    gold.add((p.word, label, start + a, start + b))
        starts = {w.start: i for i, w in enumerate(doc.words)}
        ends = {w.end: i + 1 for i, w in enumerate(doc.words)}
        pos = scores.tags[:, : len(decoder.pos_tags)].argmax(1)
        syntax = parsing.parse(scores.wide, pos, doc.role_sentences, decoder.trees)
        seen = roles.frames(
            doc.words, scores.wide, scores.tags[:, -3], doc.role_sentences, syntax, decoder.roles
        )
        for frame in seen:
            for a in frame.arguments:
                found.add((starts[frame.predicate.start], a.label, starts[a.at.start], ends[a.at.end]))
        table["arguments"].add(len(gold), len(found), len(gold & found))
        g = {p.word for p in doc.predicates}
        f = {starts[frame.predicate.start] for frame in seen}
        table["predicates"].add(len(g), len(f), len(g & f))
    return table


def pieces(tags: np.ndarray) -> list[tuple[str, int, int]]:
    """The labelled pieces of a gold tag row."""
    out: list[tuple[str, int, int]] = []
    for i in np.flatnonzero(tags):
        name = treebanks.ROLE_TAGS[tags[i]]
        if name[0] == "B":
            out.append((name[2:], int(i), int(i) + 1))
        else:
            out[-1] = (*out[-1][:2], int(i) + 1)
    return out


def coreference(reader: Reader, folder: Path) -> tuple[Table, float]:
    """GUM dev, all found by the model, sentences included: exact mention spans, no singletons."""
    tally = Tally()
    decoder = reader.network.decoder
    docs = treebanks.treebank(folder, "gum", "dev", reader.network.tokenizer)
    for doc, scores in zip(docs, scores_of(reader, docs), strict=True):
        text = decoding.Text(
            tuple(doc.words),
            decoding.lines_of(doc.features[:, 1]),
            forms=sentences.forms(doc.text, doc.words),
        )
        ends = decoding.sentence_words(text, scores.ends)
        pos = scores.tags[:, : len(decoder.pos_tags)].argmax(1)
        syntax = parsing.parse(scores.wide, pos, ends, decoder.trees)
        seen = chains.chains(
            doc.words,
            scores.wide,
            scores.tags[:, -2],
            syntax,
            ends,
            decoder.coref,
            decoder.relation_tags,
            forms=decoding.spelled(text, pos, decoder),
        )
        gold: dict[int, set[Range]] = {}
        for m in doc.mentions or ():
            at = Range(doc.words[m.at.start].start, doc.words[m.at.end - 1].end)
            gold.setdefault(m.cluster, set()).add(at)
        tally.add(
            [frozenset(c) for c in gold.values() if len(c) > 1], [frozenset(p.at for p in c) for c in seen]
        )
    return tally.rows()


def snippet_events(reader: Reader) -> Table:
    """Our own snippets that were held out of training: triggers, types, factuality, participants."""
    table = Table()
    decoder = reader.network.decoder
    _, docs = snippets.parts(snippets.load(reader.network.tokenizer)[0])
    right = Counts()
    words_known = EventWords.load(ReadingTables.load().irregular)
    for doc, scores in zip(docs, scores_of(reader, docs), strict=True):
        text = decoding.Text(tuple(doc.words), decoding.lines_of(doc.features[:, 1]))
        ends = decoding.sentence_words(text, scores.ends)
        pos = scores.tags[:, : len(decoder.pos_tags)].argmax(1)
        syntax = parsing.parse(scores.wide, pos, ends, decoder.trees)
        hints = words_known.hints(doc.text, doc.words)
        around = triggers.Around(text.lines, ends, syntax, decoder.relation_tags, hints)
        found = triggers.happenings(doc.words, scores.wide, scores.triggers, around, decoder.events)
        chars = lambda at: Range(doc.words[at.start].start, doc.words[at.end - 1].end)  # noqa: B023, E731
        gold = {(chars(t.at), snippets.TYPES[t.type]): t for t in doc.triggers or ()}
        seen = {(h.trigger, h.type): h for h in found}
        table["trigger, any type"].add(
            len(gold), len(seen), overlapping([k[0] for k in gold], [k[0] for k in seen])
        )
        hits = [
            (t, h) for k, t in gold.items() for j, h in seen.items() if k[1] == j[1] and k[0].overlaps(j[0])
        ]
        table["trigger and type"].add(len(gold), len(seen), len({id(t) for t, _ in hits}))
        for t, h in hits:
            if t.factuality is None:
                continue
            same = snippets.FACTUALITY[t.factuality] == h.factuality.value
            right.add(1, 1, same)
            for p in [p for p in doc.participants if p.event == t.event]:
                role = snippets.PARTS[p.role]
                ok = any(x.role == role and x.at.overlaps(chars(p.at)) for x in h.parts)
                table[f"found: {role}"].add(1, 1, ok)
    table.rows["factuality of found"] = right
    return table


def overlapping(gold: Sequence[Range], found: Sequence[Range]) -> int:
    """Gold ranges that a found one overlaps."""
    return sum(any(g.overlaps(f) for f in found) for g in gold)


def tables(reader: Reader, folder: Path) -> list[tuple[str, Table]]:
    """All tables of this module with their titles."""
    attached = Table()
    for name in ("ewt", "gum"):
        c = trees(reader, folder, name)
        for label, hit in (
            ("UPOS", c.tags),
            ("UAS", c.heads),
            ("LAS", c.universal),
            ("LAS with subtypes", c.labelled),
        ):
            attached[f"{name.upper()} {label}"].add(c.words, c.words, hit)
        attached[f"{name.upper()} LAS without punctuation"].add(c.plain, c.plain, c.plain_labelled)
    chained, conll = coreference(reader, folder)
    chained.rows["CoNLL F1, the mean of the three"] = Ratio(conll / 100, conll / 100, 0)
    return [
        ("Trees and tags: UD dev parts, gold sentences, our own words", attached),
        ("Roles: PropBank on EWT dev, predicates found by the model", role_spans(reader, folder)),
        ("Coreference: GUM dev, mentions and sentences found by the model, no singletons", chained),
        ("Events: our own snippets, the tenth that was held out", snippet_events(reader)),
    ]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--model", type=Path, default=None)
    reader = Reader(ap.parse_args().model)
    for title, table in tables(reader, shared_folder() / "corpora"):
        print(f"\n{title}")
        for name, row in table.rows.items():
            print(f"{name:32} P {row.precision:.1f} R {row.recall:.1f} F1 {row.f1:.1f} of {row.gold}")


if __name__ == "__main__":
    main()
