"""Universal Dependencies, PropBank roles and GUM coreference as training documents.

The corpora's syntactic words are laid over the package's own words: a package word belongs to the syntactic word
in which it begins; the first of several stands for it and the others hang on that one by the relation `inner`.
A syntactic word in which no package word begins ("not" in "cannot") is stood for by the one that covers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from accordingto.reading import sentences
from accordingto.reading.windows import WordPieces, pieces_of, word_features
from accordingto.spans import Range
from training.corpora import IGNORE, Doc, Mention, Predicate, opened, read_lines

UPOS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = tuple(
    """inner punct case det nsubj root advmod amod obj obl conj nmod compound cc mark aux cop nmod:poss advcl xcomp
flat acl:relcl ccomp acl parataxis aux:pass nummod appos nsubj:pass discourse obl:unmarked nmod:unmarked compound:prt expl
fixed iobj list obl:agent dep reparandum nmod:desc csubj nsubj:outer det:predet advcl:relcl vocative cc:preconj goeswith
orphan dislocated csubj:pass csubj:outer""".split()
)
ROLES = tuple(
    """V ARG0 ARG1 ARG2 ARG3 ARG4 ARGM-TMP ARGM-ADV ARGM-MOD ARGM-NEG ARGM-ADJ ARGM-LOC ARGM-MNR ARGM-DIS ARGM-EXT ARGM-PRP
ARGM-CAU ARGM-PRR ARGM-LVB ARGM-DIR ARGM-PRD ARGM-GOL ARGM-COM ARGM-CXN R-ARG0 R-ARG1 R-ARGM-LOC R-ARGM-TMP R-ARG2 C-ARG1
C-V C-ARG2 C-ARGM-CXN""".split()
)
ROLE_TAGS = ("O", *(f"{p}-{r}" for r in ROLES for p in "BI"))


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word: its characters in the document, and its place in the tree (heads from 0, -1 the root)."""

    at: Range
    pos: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a treebank."""

    id: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """One document of a treebank: its text put together from the sentences."""

    id: str
    text: str
    sentences: tuple[Sentence, ...]


def conllu_blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Each sentence's comment lines and token rows."""
    comments: list[str] = []
    rows: list[list[str]] = []
    with opened(path) as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("#"):
                comments.append(line[1:].strip())
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = [], []
    if rows:
        yield comments, rows


def surface(rows: Sequence[Sequence[str]], at: int) -> tuple[str, list[Word]]:
    """The text of one sentence that begins at character `at`, and its syntactic words."""
    text, words = "", list[Word]()
    left, place, close, after = (
        0,
        0,
        0,
        "",
    )  # of a multiword token: words to come, next start, end, what follows
    for row in rows:
        number, form, pos, head, relation = row[0], row[1], row[3], row[6], row[7]
        if "." in number:
            continue
        blank = "" if "SpaceAfter=No" in row[9] else " "
        if "-" in number:
            first, last = map(int, number.split("-"))
            left, place, after = last - first + 1, at + len(text), blank
            close = place + len(form)
            text += form
            continue
        if left:
            end = close if left == 1 else min(place + len(form), close)
            words.append(Word(Range(place, end), pos, int(head) - 1, relation))
            left, place = left - 1, end
            text += "" if left else after
            continue
        words.append(Word(Range(at + len(text), at + len(text) + len(form)), pos, int(head) - 1, relation))
        text += form + blank
    return text.rstrip(" "), words


def trees(path: Path) -> Iterator[Tree]:
    """The documents of a CoNLL-U file; sentences parted by a blank, paragraphs by an empty line."""
    id, text, found = "", "", list[Sentence]()
    for comments, rows in conllu_blocks(path):
        new = next((c.split("=", 1)[1].strip() for c in comments if c.startswith("newdoc id")), None)
        if new is not None:
            if found:
                yield Tree(id, text, tuple(found))
            id, text, found = new, "", []
        elif text:
            text += "\n\n" if any(c.startswith("newpar") for c in comments) else " "
        mine, words = surface(rows, len(text))
        name = next(c.split("=", 1)[1].strip() for c in comments if c.startswith("sent_id"))
        text += mine
        found.append(Sentence(name, tuple(words)))
    if found:
        yield Tree(id, text, tuple(found))


def lay_over(words: Sequence[Range], sentence: Sentence) -> tuple[Range, list[int], list[int]]:
    """Package words of a sentence: their range, each syntactic word's stand-in, each package word's owner."""
    starts = np.fromiter((w.start for w in words), np.int64, len(words))
    ends = np.fromiter((w.end for w in words), np.int64, len(words))
    first = int(np.searchsorted(starts, sentence.words[0].at.start))
    last = int(np.searchsorted(starts, sentence.words[-1].at.end))
    stands = []
    owner = [-1] * (last - first)
    for i, word in enumerate(sentence.words):
        a, b = (int(np.searchsorted(starts, x)) for x in word.at)
        if b > a:
            stands.append(a)
            for k in range(a, b):
                if 0 <= k - first < len(owner):
                    owner[k - first] = i
        else:
            stands.append(int(np.searchsorted(ends, word.at.start, "right")))
    return Range(first, last), stands, owner


def tree_doc(tree: Tree, tokenizer: Tokenizer, roles: dict[str, Any], coref: dict[str, Any] | None) -> Doc:
    """A document with sentence ends, tags, trees, and roles and mentions where there are any."""
    words = sentences.find_words(tree.text)
    features = word_features(tree.text, words)
    doc = Doc(tree.id, tree.text, words, features, pieces_of(tree.text, words, WordPieces(tokenizer)), [])
    n = len(words)
    doc.pos, doc.heads = np.full(n, IGNORE, np.int64), np.full(n, IGNORE, np.int64)
    doc.relations, doc.ends = np.full(n, IGNORE, np.int64), np.zeros(n, np.int64)
    stands_of: list[list[int]] = []
    for sentence in tree.sentences:
        at, stands, owner = lay_over(words, sentence)
        stands_of.append(stands)
        if at.end <= at.start:
            continue
        doc.ends[at.end - 1] = 1
        doc.cuts.append(at.end)
        doc.trees.append(at)
        for k, i in enumerate(owner):
            place = at.start + k
            if i < 0:
                i = max(j for j, s in enumerate(stands) if s <= place)
            word = sentence.words[i]
            doc.pos[place] = UPOS.index(word.pos) if word.pos in UPOS else UPOS.index("X")
            if stands[i] != place:
                doc.heads[place], doc.relations[place] = stands[i], RELATIONS.index("inner")
                continue
            head, seen = word.head, 0
            while head >= 0 and stands[head] == place and seen < 9:  # the head has no word of its own
                head, seen = sentence.words[head].head, seen + 1
            doc.heads[place] = place if head < 0 else stands[head]
            label = "root" if head < 0 else word.relation
            doc.relations[place] = RELATIONS.index(label if label in RELATIONS else label.split(":")[0])
        if sentence.id in roles:
            doc.predicates += predicates(roles[sentence.id], at, stands, len(sentence.words))
            doc.role_sentences.append(at)
    if coref is not None:
        doc.mentions = mentions(coref, tree, stands_of)
    if not doc.cuts or doc.cuts[-1] != n:
        doc.cuts.append(n)
    return doc


def predicates(x: dict[str, Any], at: Range, stands: Sequence[int], size: int) -> list[Predicate]:
    """The predicates of one sentence with a tag row over its package words."""
    if len(x["words"]) != size:
        return []
    out = []
    for p in x["predicates"]:
        tags = np.zeros(at.end - at.start, np.int64)
        for label, first, last in sorted(p["args"], key=lambda a: a[0] == "V"):
            if label not in ROLES:
                continue
            a = stands[first] - at.start
            b = (stands[last + 1] if last + 1 < len(stands) else at.end) - at.start
            b = max(b, a + 1)
            base = 1 + 2 * ROLES.index(label)
            tags[a:b] = base + 1
            tags[a] = base
        out.append(Predicate(stands[p["index"]], at, tags, p["roleset"]))
    return out


def mentions(x: dict[str, Any], tree: Tree, stands_of: Sequence[Sequence[int]]) -> list[Mention]:
    """GUM's mentions by their head word; of mentions with one head word the widest is kept."""
    number = {id: i for i, id in enumerate(x["sent_ids"])}
    rows = {number[s.id]: (s, st) for s, st in zip(tree.sentences, stands_of, strict=True) if s.id in number}
    best: dict[int, Mention] = {}
    for m in x["mentions"]:
        if m["sent"] not in rows:
            continue
        sentence, stands = rows[m["sent"]]
        first, last = m["first"], m["last"]
        if last >= len(sentence.words):
            continue
        head = next((i for i in range(first, last + 1) if not first <= sentence.words[i].head <= last), first)
        end = stands[last + 1] if last + 1 < len(stands) else stands[last] + 1
        found = Mention(stands[head], Range(stands[first], max(end, stands[first] + 1)), m["cluster"])
        old = best.get(found.head)
        if old is None or found.at.end - found.at.start > old.at.end - old.at.start:
            best[found.head] = found
    return sorted(best.values(), key=lambda m: m.head)


def treebank(folder: Path, name: str, part: str, tokenizer: Tokenizer) -> list[Doc]:
    """The documents of `ewt` (with roles) or `gum` (with coreference), in the folder of all corpora."""
    roles, coref = (folder / "srl", None) if name == "ewt" else (None, folder / "coref")
    return treebank_in(folder / "syntax" / name, part, tokenizer, roles=roles, coref=coref)


def treebank_in(
    folder: Path, part: str, tokenizer: Tokenizer, *, roles: Path | None = None, coref: Path | None = None
) -> list[Doc]:
    """The documents of any treebank; `roles` and `coref` are the folders of its PropBank roles and of its coreference."""
    labelled, chains = (
        {x["id"]: x for x in read_lines(f / f"{part}.jsonl.gz")} if f else {} for f in (roles, coref)
    )
    return [tree_doc(t, tokenizer, labelled, chains.get(t.id)) for t in trees(folder / f"{part}.conllu.gz")]
