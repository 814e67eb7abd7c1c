"""Whom “they” or “it” means by the clause that governs its own, by the sentence before or, for “its”, by what is told of nearest before it."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from accordingto.reading.antecedents import Antecedents
from accordingto.reading.constituents import noun_end, noun_start
from accordingto.reading.entities import words_of
from accordingto.reading.layers import Syntax
from accordingto.reading.pronouns import sentence_start
from accordingto.reading.sourcekinds import PRONOUNS, SourceKinds
from accordingto.record import EntityKind, SourceKind
from accordingto.spans import Range

SEVERAL = re.compile(r"(?<!s)s$|^(?:people|police|number|majority|handful|children|\w*men|\w*women)$")
FARTHEST_JOINED = 12  # words from a noun to one joined to it
CLAUSES = 4  # one in the other, from a pronoun up to the noun that it stands for
BODIES = frozenset((EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.GROUP))
THINGS = (SourceKind.ORGANIZATION, SourceKind.DOCUMENT, SourceKind.MEDIA)
NOMINAL = ("nsubj", "obj", "iobj", "obl", "nmod", "appos", "conj", "root")
OWNERS = (SourceKind.ORGANIZATION, SourceKind.MEDIA)  # of “its plan”
THEY = frozenset(("they", "them"))
NOTHING = re.compile(  # “it” that stands for the clause behind it
    r"\s+(?:goes without saying|(?:is|was|has been|had been)\s+(?:\w+ly\s+|also\s+|then\s+|further\s+)?"
    r"(?:\w+ed|said|known|thought|felt|understood|found|told)\s+(?:out\s+|to\s+\w+\s+)?that\b)"
)


class Governing:
    """The clauses of one document, to be asked who a pronoun means; a noun is a range of characters with what hangs on it."""

    def __init__(self, people: Antecedents, kinds: SourceKinds) -> None:
        self.text, self.layers, self.kinds = people.text, people.layers, kinds
        self.entities, self.mentions = people.entities, people.mentions
        self.first = people.first

    def word(self, at: Range) -> int | None:
        """The number of the word that a pronoun is, where there is a tree."""
        syntax, words = self.layers.syntax, self.layers.words
        w = self.layers.word_at(at.start)
        known = syntax is not None and syntax.labels and w < len(words) and words[w] == at
        return w if known else None

    def acronym(self, at: Range) -> bool:
        """Whether a word that may be a pronoun is a name in capitals, “WHO”, in a sentence that is not all in capitals."""
        said = self.text[slice(*at)]
        i = bisect_left(self.layers.sentences, at.start + 1, key=lambda s: s.start) - 1
        here = self.text[slice(*self.layers.sentences[i])] if i >= 0 else said
        return len(said) > 1 and said.lower() in PRONOUNS and said.isupper() and not here.isupper()

    # ------------------------------------------------------------------ one
    def nothing(self, at: Range) -> bool:
        """Whether “it” means nobody: “it was decided that …”, “it goes without saying”."""
        return NOTHING.match(self.text, at.end) is not None

    def thing_before(self, at: Range) -> Range | None:
        """The body, country, document or medium that “it” means: the subject of a clause that governs its own, “[the union] struck as it held …”,
        “[the ministry] named a man who it said …”; for “its” whatever such stands nearest before it.
        """
        syntax, w = self.layers.syntax, self.word(at)
        if syntax is None or w is None:
            return None
        if self.text[slice(*at)].lower() == "its":
            start = self.layers.word_at(sentence_start(self.text, at.start))
            nouns = (k for k in range(w - 1, start - 1, -1) if self.thing(k, OWNERS))
        else:
            nouns = (k for k in governing_nouns(w, syntax) if self.thing(k))
        noun = next(nouns, None)
        if noun is None and (told := self.led_before(at)) is not None and self.thing(told):
            noun = told
        return None if noun is None else self.phrase(noun, syntax)

    def thing(self, noun: int, kinds: Collection[SourceKind] = THINGS) -> bool:
        """Whether a noun is of one body, country, document or medium, or of some kinds of these."""
        syntax, words = self.layers.syntax, self.layers.words
        said = self.text[slice(*words[noun])]
        if syntax is None or syntax.relation(noun) not in NOMINAL or said.lower() in PRONOUNS:
            return False
        named = next((n for m, n in self.near(words[noun]) if m.contains(words[noun])), None)
        if named is not None:
            return self.entities[named].kind in BODIES and not self.many(noun, joined_only=True)
        return self.kinds.of_noun(words_of(said)) in kinds and not self.many(noun)

    def near(self, at: Range) -> Sequence[tuple[Range, int]]:
        """The mentions of names around a word."""
        return self.mentions[max(0, self.first(at.start) - 2) : self.first(at.end)]

    def phrase(self, noun: int, syntax: Syntax) -> Range | None:
        """A noun with what stands before it and its name."""
        words, first = self.layers.words, noun_start(noun, syntax)
        if first is None:
            return None
        here = Range(words[first].start, words[noun].end)
        named = [m for m, _ in self.near(words[noun]) if m.contains(words[noun])]
        return Range(min([here.start, *(m.start for m in named)]), max([here.end, *(m.end for m in named)]))

    # ------------------------------------------------------------------ several
    def pair(self, at: Range) -> Range | None:
        """The two names joined by “and” last before a plural pronoun in its sentence: “Israel and Hamas … their pledge”."""
        start = sentence_start(self.text, at.start)
        near = [m for m, _ in self.mentions if start <= m.start and m.end <= at.start]
        pairs = [(a, b) for a, b in itertools.pairwise(near) if self.text[a.end : b.start] == " and "]
        return Range(pairs[-1][0].start, pairs[-1][1].end) if pairs else None

    def several_before(self, at: Range, since: int) -> Range | None:
        """Those whom a plural pronoun means in its sentence, behind whom nobody spoke (`since`): of whom the clause tells that governs its own,
        “[many residents] fled because they feared …”, else who its chain told of last.
        """
        syntax, words, w = self.layers.syntax, self.layers.words, self.word(at)
        if syntax is None or w is None:
            return None
        called = self.text.endswith("what ", 0, at.start)  # “[guards] left to protest what they called abuse”
        within = ("advcl", "acl") if called else ("advcl",)
        noun = next(filter(self.many, governing_nouns(w, syntax, within=within)), None)
        noun = self.subject_before(at) if noun is None else noun
        if noun is None:
            start = sentence_start(self.text, at.start)
            chain = next((c for p, c in self.layers.linked(at) if p.head == at), ())
            told = [p for p in chain if start <= p.head.start < p.at.end <= at.start]
            if told and told[-1].head.start >= since and self.many(self.layers.word_at(told[-1].head.start)):
                return told[-1].at
            return None
        first = noun_start(noun, syntax)
        if first is None or words[noun].start < since:
            return None
        joined = [k for k in range(noun, w) if syntax.heads[k] == noun and syntax.relation(k) == "conj"]
        return Range(words[first].start, words[noun_end(max([noun, *joined]), syntax)].end)

    def people_before(self, at: Range) -> Range | None:
        """The people of whom the sentence of “they” tells last before it: “the removal of thousands of [voters] because they …”; nobody where
        it says “they” of somebody before.
        """
        syntax, w = self.layers.syntax, self.word(at)
        if syntax is None or w is None:
            return None
        start = self.layers.word_at(sentence_start(self.text, at.start))
        before = range(w - 1, start - 1, -1)
        noun = next((k for k in before if syntax.relation(k) in NOMINAL and self.people(k)), None)
        again = any(self.text[slice(*self.layers.words[k])].lower() in THEY for k in before)
        return None if noun is None or again else self.phrase(noun, syntax)

    def people(self, noun: int) -> bool:
        """Whether a noun in small letters is of several people."""
        body = self.text[slice(*self.layers.words[noun])]
        some = self.many(noun) and body.islower() and self.kinds.may_speak(body)
        return some and self.kinds.of_noun(words_of(body)) not in THINGS

    def subject_before(self, at: Range) -> int | None:
        """The subject of the sentence right before the one that “they” opens, where it is of several people: “Three men ran off. They urged …”."""
        noun = self.led_before(at)
        if noun is None or self.people(noun):
            return noun
        joined = self.many(noun, joined_only=True)
        named = joined and any(n.at.contains(self.layers.words[noun]) for n in self.layers.names)
        return noun if named else None  # “[Berg and Ruiz] left. They said …”

    def led_before(self, at: Range) -> int | None:
        """The subject of the sentence right before the one that a mention opens: “[Sylvania] objects. It says …”."""
        syntax, sentences = self.layers.syntax, self.layers.sentences
        i = bisect_left(sentences, at.start + 1, key=lambda s: s.start) - 1
        if syntax is None or i < 1 or sentences[i].start != at.start:
            return None
        inside = self.layers.words_in(sentences[i - 1])
        roots = [k for k in inside if syntax.heads[k] == k]
        clauses = [*roots, *(k for k in inside if syntax.relation(k) == "conj" and syntax.heads[k] in roots)]
        led = [k for k in inside if syntax.relation(k) == "nsubj" and syntax.heads[k] in clauses]
        return led[0] if len(led) == 1 and syntax.heads[led[0]] in roots else None

    def many(self, noun: int, *, joined_only: bool = False) -> bool:
        """Whether a noun is of several, by its form or another joined to it, or by the latter alone."""
        syntax, word = self.layers.syntax, self.text[slice(*self.layers.words[noun])].lower()
        if syntax is None or word in PRONOUNS:
            return False
        beside = range(noun + 1, min(len(self.layers.words), noun + FARTHEST_JOINED))
        joined = any(syntax.heads[k] == noun and syntax.relation(k) == "conj" for k in beside)
        return joined or (not joined_only and SEVERAL.search(word) is not None)


def governing_nouns(
    word: int, syntax: Syntax, within: Sequence[str] = ("advcl", "ccomp", "xcomp", "acl")
) -> Iterator[int]:
    """The nouns before a word, its clause's subject, that a clause up the tree has for its subject or that one describes: “residents” for
    “they” in “residents who fled because they feared …”. The clause itself has one of the relations `within`.
    """
    clause = int(syntax.heads[word])
    if syntax.relation(word) != "nsubj" or syntax.relation(clause) not in within:
        return
    own = syntax.relation(clause) == "acl"  # “what it calls a plot”: no one who is called
    for _ in range(CLAUSES):
        kind, up = syntax.relation(clause), int(syntax.heads[clause])
        if up == clause:
            return
        if kind == "acl" and not own and up < word:
            yield up
        own, clause = False, up
        subjects = [k for k in range(clause) if syntax.heads[k] == clause and syntax.relation(k) == "nsubj"]
        if subjects and subjects[-1] < word:
            yield subjects[-1]
