"""Open corpora to training documents: words, word pieces and one label a word for each head.

Offsets of the corpora are character offsets; labels are made by overlap with the package's own words,
so that training and reading see the same units.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, cast

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from accordingto.reading import sentences
from accordingto.reading.windows import WordPieces, pieces_of, word_features
from accordingto.reading.wirecopy import flowing
from accordingto.spans import Range

ATTRIBUTION = ("source", "cue", "content")
FILLERS = {  # MUC-4's slots that quote the text; a word's class is 1 more than its place here
    "perp_individual_id": "PerpInd",
    "perp_organization_id": "PerpOrg",
    "phys_tgt_id": "Target",
    "hum_tgt_name": "Victim",
    "incident_instrument_id": "Weapon",
    "hum_tgt_description": "Unnamed",
}
ANNOTATORS = ("4b22", "4e07", "5fec", "6b86", "d473", "ef2d")  # of PolNeAR
SHARES_TEST = "DEV-MUC3-1133"  # half of its words stand in a test message
NAMES = ("Person", "Location", "Organization", "NORP", "Date", "Misc", "Money", "Facility", "Product")
IGNORE = -100
OWN = 1 + len(ANNOTATORS)  # as an annotator: the style of attributions of labelled claims


def bioes(kinds: Sequence[str]) -> tuple[str, ...]:
    """The tags of a BIOES scheme: O, then B-, I-, E-, S- for each kind."""
    return ("O", *(f"{p}-{k}" for k in kinds for p in "BIES"))


@dataclass(frozen=True, slots=True)
class Links:
    """Attributions as word spans: for each its cue, its source (or none) and its content parts."""

    cue: Range
    source: Range | None
    content: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate word, its sentence, and the PropBank tags of the sentence's words."""

    word: int
    sentence: Range
    tags: NDArray[np.int64]
    roleset: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention by its head word; mentions of one cluster corefer."""

    head: int
    at: Range
    cluster: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """A mention of an event: its words, type, factuality (None where only the fullest mention says), event number."""

    at: Range
    type: int
    factuality: int | None
    event: int


@dataclass(frozen=True, slots=True)
class Participant:
    """A phrase and the event number and role that it has."""

    event: int
    role: int
    at: Range


@dataclass(frozen=True, slots=True)
class Claim:
    """A labelled claim: the words of its content, its cue and source, its signs (`training.claimed`), act and verdict, `IGNORE` where unknown."""

    content: tuple[int, ...]
    cue: Range | None
    source: Range | None
    signs: tuple[int, ...]
    act: int
    verdict: int


@dataclass(slots=True)
class Doc:
    """One training document; arrays have one row a word, missing layers are None."""

    id: str
    text: str
    words: list[Range]
    features: NDArray[np.int64]  # (words, 2): case, break before
    pieces: list[list[int]]
    cuts: list[int]  # exclusive word ends at which windows may end
    attribution: NDArray[np.int64] | None = None
    names: NDArray[np.int64] | None = None
    ends: NDArray[np.int64] | None = None
    links: list[Links] = field(default_factory=list)
    inner: NDArray[np.int64] | None = None  # attributions inside contents, see `training.inner`
    holders: list[Range] = field(default_factory=list)  # the contents in which they are known
    pos: NDArray[np.int64] | None = None
    heads: NDArray[np.int64] | None = None  # word numbers; a root is its own head
    relations: NDArray[np.int64] | None = None
    trees: list[Range] = field(default_factory=list)  # sentences
    role_sentences: list[Range] = field(default_factory=list)
    predicates: list[Predicate] = field(default_factory=list)
    mentions: list[Mention] | None = None
    triggers: list[Trigger] | None = None
    participants: list[Participant] = field(default_factory=list)
    fillers: NDArray[np.int64] | None = None
    claims: list[Claim] = field(default_factory=list)
    annotator: int = 0  # place in ANNOTATORS and 1, OWN; 0: unknown, or of no single one
    gold: Any = None


def opened(path: Path) -> TextIO:
    """A gzipped file of a corpus.

    Raises:
        SystemExit: it is not there; the message says where corpora are looked for.
    """
    if not path.is_file():
        raise SystemExit(
            f"No {path}: set ACCORDINGTO_SHARED (or --shared) to the folder that holds corpora/, "
            "or name your own in the configuration (docs/training.md)."
        )
    return cast(TextIO, gzip.open(path, "rt", encoding="utf-8"))


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON Lines file."""
    with opened(path) as lines:
        for line in lines:
            yield json.loads(line)


def to_words(words: Sequence[Range], start: int, end: int) -> Range | None:
    """The words that overlap the characters `[start, end)`, as a half-open word range."""
    starts = np.fromiter((w.start for w in words), np.int64, len(words))
    ends = np.fromiter((w.end for w in words), np.int64, len(words))
    a, b = int(np.searchsorted(ends, start, "right")), int(np.searchsorted(starts, end, "left"))
    return Range(a, b) if b > a else None


def paint(tags: NDArray[np.int64], at: Range, kind: int) -> bool:
    """Write a span into a BIOES tag row; False where its place is taken."""
    if tags[at.start : at.end].any():
        return False
    base = 1 + 4 * kind
    if at.end - at.start == 1:
        tags[at.start] = base + 3
    else:
        tags[at.start : at.end] = base + 1
        tags[at.start], tags[at.end - 1] = base, base + 2
    return True


def split_at_paragraphs(at: Range, breaks: NDArray[np.int64]) -> list[Range]:
    """A word range cut where a new line begins: spans never cross paragraphs."""
    cuts = [i for i in range(at.start + 1, at.end) if breaks[i] >= 2]
    edges = [at.start, *cuts, at.end]
    return [Range(a, b) for a, b in itertools.pairwise(edges)]


def base_doc(id: str, text: str, tokenizer: Tokenizer) -> Doc:
    """A document without labels."""
    words = sentences.find_words(text)
    features = word_features(text, words)
    return Doc(
        id,
        text,
        words,
        features,
        pieces_of(text, words, WordPieces(tokenizer)),
        sentences.rough_ends(text, words, features[:, 1]),
    )


def polnear(folder: Path, part: str, tokenizer: Tokenizer) -> list[Doc]:
    """Documents in PolNeAR's format, with attribution tags and links, and silver sentence ends where there are any."""
    ends = folder / "silver_corenlp.train.jsonl.gz"
    silver = {x["id"]: x for x in read_lines(ends)} if ends.exists() else {}
    docs = []
    for x in read_lines(folder / f"{part}.jsonl.gz"):
        doc = base_doc(x["id"], x["text"], tokenizer)
        tags = np.zeros(len(doc.words), np.int64)
        for a in x["attributions"]:
            spans: dict[str, list[Range]] = {}
            for kind in ATTRIBUTION:
                found = (to_words(doc.words, s, e) for s, e in a[kind])
                spans[kind] = [p for w in found if w for p in split_at_paragraphs(w, doc.features[:, 1])]
            if not spans["cue"] or not spans["content"]:
                continue
            for number, kind in enumerate(ATTRIBUTION):
                for at in spans[kind]:
                    paint(tags, at, number)
            source = spans["source"][0] if spans["source"] else None
            doc.links.append(Links(spans["cue"][0], source, tuple(spans["content"])))
        doc.attribution, who = tags, x.get("annotator")
        doc.annotator = 1 + ANNOTATORS.index(who) if who in ANNOTATORS else 0
        if x["id"] in silver:
            doc.ends = np.zeros(len(doc.words), np.int64)
            for s in silver[x["id"]]["sentences"]:
                if w := to_words(doc.words, *s["span"]):
                    doc.ends[w.end - 1] = 1
        doc.gold = x
        docs.append(doc)
    return docs


def newswire(folder: Path, part: str, tokenizer: Tokenizer) -> list[Doc]:
    """Documents in the newswire corpus's format, with entity tags (outermost entities).

    Raises:
        SystemExit: an entity of a class that the network has no tags for.
    """
    docs = []
    for x in read_lines(folder / f"{part}.jsonl.gz"):
        doc = base_doc(x["id"], x["text"], tokenizer)
        tags = np.zeros(len(doc.words), np.int64)
        for start, end, label in x["entities"]:
            if label not in NAMES:
                raise SystemExit(f"{x['id']} in {folder}: no class {label!r}; there are: {', '.join(NAMES)}.")
            if w := to_words(doc.words, start, end):
                for at in split_at_paragraphs(w, doc.features[:, 1]):
                    paint(tags, at, NAMES.index(label))
        doc.names = tags
        doc.gold = x
        docs.append(doc)
    return docs


def geo(folder: Path, part: str, tokenizer: Tokenizer, wanted: Collection[str]) -> list[Doc]:
    """The wanted articles of the toponym corpus, without labels: some have their events marked (`training/marked.py`)."""
    return [
        base_doc(x["id"], x["text"], tokenizer)
        for x in read_lines(folder / f"{part}.jsonl.gz")
        if x["id"] in wanted
    ]


WORD = re.compile(r"[^\W\d_]+")


def capitals_of(texts: Iterable[str]) -> dict[str, float]:
    """Word in small letters → share of its places, first words of lines and sentences left out, that have a capital."""
    seen: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    for text in texts:
        for m in re.finditer(r"(?<=[\w,;] )[^\W\d_]+", text):
            seen[m[0].lower()] += 1
            raised[m[0].lower()] += m[0][0].isupper()
    return {w: raised[w] / n for w, n in seen.items()}


def truecased(text: str, capitals: Mapping[str, float]) -> str:
    """A text in capitals as prose, its offsets kept: words that are mostly names elsewhere, or unknown, begin with a capital."""
    small = lambda m: m[0][0] + m[0][1:].lower() if capitals.get(m[0].lower(), 1.0) > 0.5 else m[0].lower()  # noqa: E731
    out = WORD.sub(small, text)
    return re.sub(r"(?:^|(?<=[.!?]\s)|(?<=\n))[^\W\d_]", lambda m: m[0].upper(), out)


def muc(folder: Path, part: str, tokenizer: Tokenizer, capitals: Mapping[str, float]) -> list[Doc]:
    """MUC-4's messages, in flowing prose, with the slot that each word fills in the key; 0 for none."""
    docs = []
    for x in read_lines(folder / f"{part}.jsonl.gz"):
        if x["id"] == SHARES_TEST:
            continue
        text = truecased(flowing(x["text"]), capitals)
        if len(text) != len(x["text"]):
            continue  # a letter without a capital of one character
        doc = base_doc(x["id"], text, tokenizer)
        doc.fillers = np.zeros(len(doc.words), np.int64)
        for template in x["templates"]:
            for number, slot in enumerate(FILLERS, 1):
                for filler in template.get(slot) or ():
                    for spans in filler.get("spans", ()):
                        for at in filter(None, (to_words(doc.words, *s) for s in spans)):
                            doc.fillers[at.start : at.end] = number
        docs.append(doc)
    return docs
