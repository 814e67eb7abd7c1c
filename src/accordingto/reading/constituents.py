"""Which words stand below a word in a dependency tree, and below which of its dependents; the phrases of nouns."""

from __future__ import annotations

import numpy as np

from accordingto.reading.layers import Layers, Syntax
from accordingto.reading.pairs import Ints
from accordingto.spans import Range

JOINED = ("flat", "inner", "compound", "fixed")  # relations of the further words of one name
DESCRIBING = (*JOINED, "det", "amod", "nmod", "nummod")
PLAIN = frozenset("det amod compound nummod nmod flat case advmod inner punct".split())
BEHIND = frozenset(("flat", "inner", "compound"))
NOMINAL = ("nsubj", "obj", "iobj", "obl", "nmod", "appos")
DEPTH = 16  # steps up a sentence's tree
LONGEST = 20  # words before a noun that can belong to it


def noun_start(head: int, syntax: Syntax) -> int | None:
    """The first word of the phrase that a noun ends: its articles, adjectives and owners; None where it is a clause's predicate."""
    first = head
    for i in range(head - 1, max(-1, head - LONGEST), -1):
        part, up = i, int(syntax.heads[i])
        while up not in (head, part):
            part, up = up, int(syntax.heads[up])
        if up == head and syntax.relation(part) == "nsubj":
            return None
        if up == head and first == i + 1 and syntax.relation(part) in DESCRIBING:
            first = i
    return first


def noun_end(head: int, syntax: Syntax) -> int:
    """The last word of the name that a noun begins: “Ana [Ruiz]”."""
    last = head
    while (
        last + 1 < len(syntax.heads)
        and syntax.heads[last + 1] == head
        and syntax.relation(last + 1) in JOINED
    ):
        last += 1
    return last


def phrase_of(noun: int, syntax: Syntax) -> Range | None:
    """The words of a noun's phrase, from its first describing word to the end of its name; None where it is a clause's predicate."""
    first = noun_start(noun, syntax)
    return None if first is None else Range(first, noun_end(noun, syntax) + 1)


def plain_phrase(head: int, layers: Layers, syntax: Syntax, *, led: bool = True) -> Range:
    """A noun with the words around it that describe it, no clause, apposition or further noun; `led`: with a preposition before it."""
    first = last = head
    while (
        first
        and syntax.heads[first - 1] in range(first - 1, head + 1)
        and syntax.relation(first - 1) in PLAIN
    ):
        first -= 1
    while (
        last + 1 < len(syntax.heads)
        and syntax.heads[last + 1] in range(first, last + 1)
        and syntax.relation(last + 1) in BEHIND
    ):
        last += 1
    while not led and first < head and syntax.heads[first] == head and syntax.relation(first) == "case":
        first += 1  # "on [the rebels]"
    return Range(layers.words[first].start, layers.words[last].end)


def head_among(inside: range, syntax: Syntax) -> int:
    """The first of some words that hangs on none of the others, where there are any; else where they would begin."""
    return next((w for w in inside if syntax.heads[w] == w or syntax.heads[w] not in inside), inside.start)


def antecedent(w: int, syntax: Syntax, *, nearest: bool) -> Range | None:
    """The words, by number, that a relative pronoun stands for: “the union” in “the union, which said …”.

    With `nearest` a clause that hangs on another verb still belongs to the noun right before the pronoun.
    """
    clause = int(syntax.heads[w])
    while syntax.relation(clause) == "conj" and syntax.heads[clause] < clause:
        clause = int(syntax.heads[clause])
    head = int(syntax.heads[clause])
    if nearest and syntax.relation(clause) in ("advcl", "ccomp", "parataxis"):
        head = w - 2 if syntax.relation(w - 1) == "punct" else w - 1
        while syntax.relation(head) in JOINED and 0 <= syntax.heads[head] < head:
            head = int(syntax.heads[head])
        if syntax.relation(head) not in NOMINAL:
            return None
    elif syntax.relation(clause) != "acl":
        return None
    if not max(0, w - LONGEST) <= head < w or (first := noun_start(head, syntax)) is None:
        return None
    return Range(first, min(noun_end(head, syntax), w - 1) + 1)


def predicate_before(w: int, syntax: Syntax) -> Range | None:
    """The words of the noun right before a relative pronoun that a sentence says somebody is: “a group” in “Vida is a group that says …”."""
    head = first = w - 1
    while first > 0 and syntax.heads[first - 1] == head and syntax.relation(first - 1) in DESCRIBING:
        first -= 1
    return Range(first, w) if syntax.heads[syntax.heads[w]] == head else None


def led(first: int, syntax: Syntax) -> int | None:
    """The word before the preposition that leads to a phrase: “footage” before “from the car”."""
    return first - 2 if first > 1 and syntax.relation(first - 1) == "case" else None


def hung_on(word: int, syntax: Syntax, before: int, behind: int = 0) -> list[int]:
    """The words that hang on a word, of so many right before it and behind it."""
    first = max(0, word - before)
    hung: list[int] = (np.flatnonzero(syntax.heads[first : word + behind + 1] == word) + first).tolist()
    return [w for w in hung if w != word]


class Words:
    """The words of one document with their tree, to be asked by number."""

    def __init__(self, text: str, layers: Layers, syntax: Syntax) -> None:
        self._text, self._layers, self.syntax = text, layers, syntax

    def said(self, word: int) -> str:
        """A word as it stands."""
        return self._text[slice(*self._layers.words[word])]

    def label(self, word: int) -> str:
        """A word's relation to its head, with its subtype."""
        return self.syntax.labels[int(self.syntax.relations[word])]

    def head(self, word: int) -> int:
        """The word on which another hangs."""
        return int(self.syntax.heads[word])


def ancestors(heads: Ints) -> Ints:
    """Shape (depth, words): each word, its head, its head's head, up to the root, which is its own head."""
    rows = [np.arange(len(heads))]
    while len(rows) <= len(heads) and (above := heads[rows[-1]]).tolist() != rows[-1].tolist():
        rows.append(above)
    return np.stack(rows)


def dependents(heads: Ints, chosen: Ints) -> Ints:
    """Shape (chosen, words): the dependent of a chosen word that a word stands below or is; -1 for words not below it.

    `heads` (words,) are those of one sentence, numbered from 0; a root is its own head.
    """
    up = ancestors(heads)
    words = np.arange(len(heads))
    if len(up) == 1:
        return np.full((len(chosen), len(heads)), -1)
    hit = up[None, 1:] == chosen[:, None, None]
    top = up[hit.argmax(1), words]
    below = hit.any(1) & (words != chosen[:, None])
    return np.where(below, top, -1)


def preposition(text: str, word: int, layers: Layers, syntax: Syntax) -> str:
    """The preposition before a noun, in small letters; empty where it has none."""
    for w in range(word - 1, max(-1, word - 8), -1):
        if int(syntax.heads[w]) == word and syntax.relation(w) == "case":
            return text[slice(*layers.words[w])].lower()
    return ""


def climb(syntax: Syntax, word: int) -> list[int]:
    """A word and those that it hangs on, upwards."""
    out = [word]
    while len(out) < DEPTH and (head := int(syntax.heads[out[-1]])) not in out:
        out.append(head)
    return out
