"""What a claim does (asserts, denies, warns …) and whether it is one: the tables' rules, weighed by a small learned head.

The rules read a cue's row of `data/cues.csv` and, under a plain cue, the content's own words. The head sees what the network makes of the
words of content, cue and source, what the rules say, and some of the words themselves (`signs`); it was fitted on claims of real
reports that were labelled under the project's guidelines (`training/labelled`). Without a head the rules decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.tables import REMEMBERED, Cue, ReadingTables
from accordingto.reading.withheld import DECLINING, NOBODY, held_back
from accordingto.record import Act
from accordingto.spans import Range

Floats = NDArray[np.float32]
POINTED = frozenset((Act.ACCUSE, Act.DENY, Act.WARN))
QUESTION = re.compile(r"\b(?:an?|the|this|that|no|any|similar|same) question\b", re.I)  # a noun
HEARD = ("quote", "quote as", "reportedly")  # cues of nobody: what is heard of what others say or do
MARKS = '“”" '  # that enclose a content
OPENING = ("“", '"', "«")
LONGEST = 60  # words of a content that the head looks at: its beginning and its last `TAIL`
TAIL = 20
NO_CLAIM = "no"
WRONG = "bad"  # a claim cut wrongly
FEW = 3  # words of a content of which the tables know more than the head
CONFIRMING = re.compile(r"\b(?:confirm|verify)\b")
NOT = r"(?: not|n['’]t)(?: yet)?"
UNKNOWN = re.compile(
    rf"(?:that )?(?:it|he|she|they|we(?![^.!?]*[.!?] )|i(?![^.!?]*[.!?] )|(?:the|its|their|his|her) \w+) (?:(?:did|do|does){NOT} know(?! (?:him|her|them|me|us|you)\b)|(?:was|is|were|are){NOT} "
    rf"(?:clear|known|sure|certain)|(?:was|is|remained|remains) (?:still )?(?:unclear|unknown|unsure)|could{NOT} (?:say|tell|confirm|verify)|(?:has|have|had) no (?:further |other |immediate )?(?:information|details|idea|word))\b"
    rf"|(?:that )?(?:it|he|she) (?:was|is)(?: unaware|{NOT} aware)\b"  # not of “they”, who may be others
)
THINGS = (
    r"(?:bridge|road|highway|motorway|railway|tunnel|dam|pipeline|canal|port|airport|plant|facility|building|agreement|accord|deal|pact|treaty|truce|"
    r"ceasefire|law|bill|act|amendment|legislation|rule|measure|decision|ruling|verdict|project|reform|merger|investment|vaccine|system|technology|"
    r"tool|increase|cut|ban|closure|move|step|change|delay|fund|money|loan|grant|partnership|initiative|event|visit|meeting|summit|resolution)s?"
)
FORETOLD = re.compile(  # what things will do or people be able to do nobody promises; when it begins is announced
    rf"(?:that )?(?:(?:this|that|these|those|(?:the|an?|this|that|its|their|his|her|these|those|such) (?:[\w’'-]+ ){{0,2}}?{THINGS}) (?:will|would) "
    r"(?!be \w+(?:ed|en|lt|de)\b)(?!(?:not )?(?:begin|start|open|end|close|continue|remain|stay|take|go|proceed|resume|come|apply|last|run|have to|"
    r"need|like|be (?:held|built|put|paid|set|sent|brought|on|in|at))\b)|(?:[\w’'-]+ ){1,4}?(?:will|would) (?:now |soon |then |also )?be able to\b)"
)
NOT_ONLY = re.compile(r"(?:\bnot|n['’]t) (?:only|just|merely|simply)\b", re.I)  # which negates nothing
UNREADY = re.compile(  # who doesn't want to: “no longer willing”
    r"(?:\b(?:not|never|no longer|no)|n['’]t)\s(?:(?!only\b)\w+ly\s|yet\s|been\s)?(?:willing|ready)", re.I
)
UNSAID = re.compile(  # before a request or promise that nobody makes
    r"(?P<then>(?:(?:did|has|have|had)(?:\snot|n['’]t)|(?<=did )not|(?<=had )not|(?<=has )not|(?<=have )not|never)\b)|"
    r"(?:(?:do|does|is|are|was|were|will|would)\s)?not\b|\w+n['’]t\b",
    re.I,
)
FOUND = frozenset(("find", "see", "conclude", "conclude that", "show sign of"))
WISHES = frozenset(("want to", "encourage", "offer"))  # whose negation may be an opinion, or what is left out
MEANT = frozenset(("intend", "plan", "mean"))  # of what one will do, without words
UNDOUBTED = frozenset(("no doubt", "little doubt"))
SHORT, LONG = 4, 30  # words of a content


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """The learned numbers: attention over the content's words, one hidden layer, and weights of the signs that go past it.

    Of a word's vector the first `widths[0]` numbers stand for it in a content, the next ones in a cue, the last ones in a source.
    `labels` are acts, then `NO_CLAIM` and `WRONG` and "ok", which are a choice of their own.
    """

    labels: tuple[str, ...]
    signs: tuple[str, ...]
    widths: tuple[int, int, int]
    attention: Floats  # (content, heads)
    mixed: Floats  # (heads * content + content + cue + source, hidden)
    lexical: Floats  # (signs, hidden)
    bias: Floats  # (hidden,)
    out: Floats  # (hidden, labels)
    direct: Floats  # (signs, labels)
    out_bias: Floats  # (labels,)
    absent: Floats  # (cue + source,): what a cue and a source are that aren't there
    numbers: dict[str, int] = field(init=False)
    of_signs: Floats = field(init=False)  # (signs, hidden + labels)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", {s: i for i, s in enumerate(self.signs)})
        object.__setattr__(self, "of_signs", np.concatenate([self.lexical, self.direct], 1))

    def seen(self, vectors: Floats) -> tuple[Floats, Floats]:
        """What the words of a document, (words, …), are in a content: their numbers and how much each attention looks at them."""
        said = np.maximum(vectors[:, : self.widths[0]], 0)
        return said, said @ self.attention

    def __call__(
        self,
        vectors: Floats,
        seen: tuple[Floats, Floats],
        content: Sequence[int],
        cue: range,
        source: range,
        signs: Sequence[str],
    ) -> Floats:
        """Shape (labels,): scores of a claim whose parts are given by the row numbers of their words in `vectors` (words, …)."""
        a, b = self.widths[0], self.widths[0] + self.widths[1]
        at = list(content)
        said, weights = seen[0][at], seen[1][at]
        weights = np.exp(weights - weights.max(0))
        looked = (weights / weights.sum(0)).T @ said
        parts = [
            looked.ravel(),
            said.max(0),
            np.maximum(mean(vectors[cue.start : cue.stop, a:b], self.absent[: b - a]), 0),
            np.maximum(mean(vectors[source.start : source.stop, b:][-1:], self.absent[b - a :]), 0),
        ]
        known = [n for s in signs if (n := self.numbers.get(s)) is not None]
        told = self.of_signs[known].sum(0)
        hidden = np.concatenate(parts) @ self.mixed + told[: len(self.bias)] + self.bias
        scores: Floats = np.maximum(hidden, 0) @ self.out + told[len(self.bias) :] + self.out_bias
        return scores


def mean(rows: Floats, absent: Floats) -> Floats:
    """The mean of vectors; `absent` where there are none."""
    out: Floats = rows.mean(0) if len(rows) else absent
    return out


@dataclass(frozen=True, slots=True)
class Telling:
    """What a document's words are to the head: one row a word."""

    head: ClaimHead
    vectors: Floats
    seen: tuple[Floats, Floats] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "seen", self.head.seen(self.vectors))

    def judged(
        self, content: Sequence[int], cue: range, source: range, signs: Sequence[str]
    ) -> tuple[Act, float]:
        """The likeliest act, and the chance that it is no claim at all."""
        scores = self.head(self.vectors, self.seen, shortened(content), cue, source, signs)
        acts = len(self.head.labels) - 3
        chances = np.exp(scores[acts:] - scores[acts:].max())
        no = self.head.labels.index(NO_CLAIM) - acts
        return Act(self.head.labels[int(scores[:acts].argmax())]), float(chances[no] / chances.sum())


def shortened(content: Sequence[int]) -> Sequence[int]:
    """A long content's first words and its last ones."""
    return content if len(content) <= LONGEST else [*content[: LONGEST - TAIL], *content[-TAIL:]]


def signs(
    text: str, cue: Range | None, content: Sequence[Range], tables: ReadingTables, *, owned: bool
) -> list[str]:
    """What the head is told of a claim beside the network's vectors; `owned` where it has a source."""
    said = " ".join(text[slice(*c)] for c in content)
    low = said.strip(MARKS).lower()
    row = cue_row(text, cue, tables)
    by_content, by_turn = tables.content_acts.first(low), turned(row, low, tables)
    words = re.findall(r"\w+|[^\w\s]", low)
    return list(_signs(text, cue, row, (by_content, by_turn), said, words, tables, owned))


def _signs(
    text: str,
    cue: Range | None,
    row: Cue | None,
    told: tuple[Act | None, Act | None],
    said: str,
    words: Sequence[str],
    tables: ReadingTables,
    owned: bool,
) -> Iterator[str]:
    by_content, by_turn = told
    if is_plain(row):
        yield "plain"
    yield f"row {row.act if row else None}"
    yield f"content {by_content}"
    yield f"turn {by_turn}"
    yield f"rule {by_turn or (by_content or Act.ASSERT if row is None or is_plain(row) else row.act)}"
    called = text[slice(*cue)].lower() if cue else ""
    yield f"cue {row.cue if row else called}"
    for word in dict.fromkeys(tables.lemma(w) for w in re.findall(r"\w+", called)):
        yield f"in cue {word}"
    for place, word in enumerate(words[:3]):
        yield f"word {place} {word}"
    for mark in "?!":
        if mark in said:
            yield mark
    if any(c in said for c in '“”"'):
        yield "quoted"
    if cue is None:
        yield "bare"
    if not owned:
        yield "of nobody"
    if not SHORT < len(words) <= LONG:
        yield "short" if len(words) <= SHORT else "long"


def settled(
    text: str, cue: Range | None, content: Sequence[Range], tables: ReadingTables, source: Range | None = None
) -> Act | None:
    """The act where the guidelines name its very form and labelled claims hardly hold it: what nobody knows, says or could confirm, answers that are
    held back or taken back (see `withheld`), what turns a cue to a request or a denial ("charged the troops to leave"), and contents of a few
    words that a table knows ("a warning", "no such plan").
    """
    if cue is not None and (act := held_back(text, cue, content, tables)) is not None:
        return act
    row = cue_row(text, cue, tables)
    unready = cue is not None and UNREADY.search(text, max(0, cue.start - len("is no longer ")), cue.end)
    if unready and row is not None and row.act is Act.PROMISE:
        return Act.REFUSE
    left = UNSAID.match(text, *cue) if cue is not None and NOT_ONLY.match(text, *cue) is None else None
    if left and row is not None and row.act in (Act.REQUEST, Act.PROMISE) and row.cue not in WISHES:
        return Act.SILENT if left["then"] and row.cue not in MEANT else Act.REFUSE
    told = row is not None and ((row.plain and row.nested) or row.act in (Act.CONFIRM, Act.DENY))
    if told and source is not None and NOBODY.match(text, *source):
        return Act.SILENT
    if source is None and row is not None and row.cue in HEARD:
        return Act.ASSERT
    more = cue is not None and NOT_ONLY.search(text, *cue) is not None
    if row is not None and row.cue in UNDOUBTED:
        return row.act
    if row is not None and not is_plain(row):
        low = " ".join(text[slice(*c)] for c in content).strip(MARKS).lower()
        act = turned(row, low, tables) or turned(row, beyond(text, cue, row, tables) + low, tables)
        spoken = bool(content) and text[content[0].start - 1 : content[0].start] in OPENING
        doubted = source is not None and not spoken and cue is not None and not QUESTION.search(text, *cue)
        if act in (Act.DENY, Act.REQUEST, Act.ASSERT) or (act is Act.OPINE and doubted):
            return act
        return row.act if more or (row.act is Act.UNCERTAIN and CONFIRMING.search(row.cue)) else None
    low = " ".join(text[slice(*c)] for c in content).strip(MARKS).lower()
    if UNKNOWN.match(low):
        return Act.UNCERTAIN
    if turned(row, low, tables) is Act.ESTIMATE:
        return Act.ESTIMATE  # of what nobody promises: "said the truce would collapse"
    if DECLINING.match(low):
        return Act.DECLINE
    act = tables.content_acts.first(low) if more or len(low.split()) <= FEW else None
    return act or (Act.ASSERT if more else None)


def owed(text: str, cue: Range | None, content: Sequence[Range], act: Act, tables: ReadingTables) -> Act:
    """The act, where it is a promise under a plain cue one that somebody can keep; what a thing will do is an estimate: “said the bridge will
    connect both towns”.
    """
    if act is not Act.PROMISE or not is_plain(cue_row(text, cue, tables)):
        return act
    low = " ".join(text[slice(*c)] for c in content).strip(MARKS).lower()
    return Act.ESTIMATE if FORETOLD.match(low) else act


def is_plain(row: Cue | None) -> bool:
    """Whether a cue leaves it to the content what is done ("said"); a bare quotation does."""
    return row is None or (row.plain and row.act is Act.ASSERT)


def turned(row: Cue | None, content: str, tables: ReadingTables) -> Act | None:
    """What the content, in small letters, makes of a cue ("asked them to leave")."""
    return tables.turns[row.cue].first(content) if row is not None and row.cue in tables.turns else None


def rule(
    text: str, cue: Range | None, content: Sequence[Range], inner: Sequence[Range], tables: ReadingTables
) -> Act:
    """The act by the tables alone: that of the cue's row, unless an answer is held back or the content turns it; under a plain cue from the
    content's own words, without those of the claims inside it (`inner`).
    """
    if cue is not None and (act := held_back(text, cue, content, tables)) is not None:
        return act
    row = cue_row(text, cue, tables)
    if is_plain(row):
        low = " ".join(without(text, c, inner) for c in content).strip(MARKS).lower()
        return tables.content_acts.first(low) or Act.ASSERT
    assert row is not None
    low = " ".join(text[slice(*c)] for c in content).strip(MARKS).lower()
    return turned(row, low, tables) or turned(row, beyond(text, cue, row, tables) + low, tables) or row.act


def beyond(text: str, cue: Range | None, row: Cue, tables: ReadingTables) -> str:
    """What a cue has behind the words of its row, in small letters: "not guilty " of "pleaded not guilty"."""
    words = text[slice(*cue)].lower().split() if cue else []
    size = len(row.cue.split())
    lemmas = [tables.lemma(w) for w in words]
    at = next((i for i in range(len(words)) if lemmas[i : i + size] == row.cue.split()), len(words))
    return "".join(f"{w} " for w in words[at + size :])


def without(text: str, at: Range, hidden: Sequence[Range]) -> str:
    """The words of a stretch that stand in none of others."""
    out, start = [], at.start
    for h in sorted(h for h in hidden if h.overlaps(at)):
        out.append(text[start : max(start, h.start)])
        start = max(start, h.end)
    return " ".join([*out, text[start : at.end]])


def cue_row(text: str, cue: Range | None, tables: ReadingTables) -> Cue | None:
    """The longest table entry that the cue's lemmas contain; a negated plain cue is a silence."""
    if cue is None:
        return None
    called = text[cue.start : cue.end].lower()
    if called not in tables.rows:
        if len(tables.rows) >= REMEMBERED:
            tables.rows.clear()
        tables.rows[called] = row_of(called, tables)
    return tables.rows[called]


def row_of(called: str, tables: ReadingTables) -> Cue | None:
    """The same for a cue's words in small letters."""
    words = re.findall(r"[^\W_]+", called.replace("n’t", " not").replace("n't", " not"))
    lemmas = " ".join(tables.lemma(w) for w in words).split()
    negated = "not" in lemmas and NOT_ONLY.search(called) is None
    best: Cue | None = None
    for size in range(min(6, len(lemmas)), 0, -1):
        for i in range(len(lemmas) - size + 1):
            best = best or tables.cues.get(tuple(lemmas[i : i + size]))
        if best is not None:
            break
    if best is not None and best.plain and best.act is Act.ASSERT:  # "released a statement blaming"
        pointed = (tables.cues.get((tables.lemma(w),)) for w in words if w.endswith("ing"))
        best = next((c for c in pointed if c is not None and c.act in POINTED), best)
    if best is not None and best.cue == "call" and "for" in lemmas[lemmas.index("call") :]:
        return tables.cues.get(("call", "for"), best)  # “calls from abroad for”
    if best is not None and best.cue == "for" and len(lemmas) > 1:  # another deed's: "took heat for"
        return None
    found = best is not None and best.cue in FOUND  # which was not, where a telling is a silence
    if negated and best is not None and best.plain and not found and "not" not in best.cue.split():
        return tables.cues.get(("not", "say"), best)
    return best
