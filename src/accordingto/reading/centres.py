"""Whom the sentences before a pronoun are about: the person that is their subject (Grosz, Joshi and Weinstein 1995).

“Ola Berg heads the party. Berg was a clerk. [She] was arrested”: the chain of the network may take “she” back to somebody named long before,
the sentence before it doesn't.
"""

from __future__ import annotations

from bisect import bisect_right

from accordingto.reading.barred import On
from accordingto.reading.layers import Layers, Syntax
from accordingto.reading.pronouns import quoted, sex_told
from accordingto.record import Entity, EntityKind, MentionForm
from accordingto.spans import Range

SUBJECTS = ("nsubj", "nsubj:pass")
BACK = 4  # sentences that may go on about one person with “he” or “she”
OPENING = 12  # words before the pronoun that opens its sentence


def centre(text: str, at: Range, layers: Layers, on: On, rival: Entity) -> Entity | None:
    """The person whom the sentences before a “he” or “she” are about that opens its sentence; None where the last is about nobody who is
    named, or a `rival` is named there, too, and it isn't told whether the person is male or female.
    """
    syntax, sentences = layers.syntax, layers.sentences
    if syntax is None or not syntax.labels or quoted(text, at.start):
        return None
    number = bisect_right(sentences, at.start, key=lambda s: s.start) - 1
    word = layers.word_at(at.start)
    if number < 1 or not opens(word, number, layers, syntax):
        return None
    said = text[slice(*at)].lower()
    for before in range(number - 1, max(-1, number - 1 - BACK), -1):
        subject = subject_of(sentences[before], layers, syntax)
        if subject is None or quoted(text, sentences[before].start):
            return None
        told = layers.words[subject]
        if text[slice(*told)].lower() == said:
            continue
        named = [
            e
            for e, m in on(told)
            if e.kind is EntityKind.PERSON and m.form is MentionForm.NAME and m.range.contains(told)
        ]
        other = named[0] if len(named) == 1 else None
        there = any(
            sentences[before].start <= m.start < at.start
            for m in rival.mentions
            if m.form is MentionForm.NAME
        )
        return None if other is not None and there and not known(other) else other
    return None


def known(person: Entity) -> bool:
    """Whether it is told that a person is male or female, so that a pronoun that fits likely means that one."""
    told = person.description or ""
    return sex_told(person.name, told, told) is not None


def opens(word: int, number: int, layers: Layers, syntax: Syntax) -> bool:
    """Whether a word is the subject of its sentence's main clause and no person is named before it there."""
    around = layers.sentences[number]
    verb = int(syntax.heads[word])
    root = int(syntax.heads[verb]) == verb or (
        syntax.relation(verb) == "conj" and syntax.heads[syntax.heads[verb]] == syntax.heads[verb]
    )
    first = layers.word_at(around.start)
    return (
        root
        and word - first <= OPENING
        and syntax.labels[int(syntax.relations[word])] in SUBJECTS
        and not any(
            n.label == "Person" and around.start <= n.at.start < layers.words[word].start
            for n in layers.names
        )
    )


def subject_of(sentence: Range, layers: Layers, syntax: Syntax) -> int | None:
    """The word that is the subject of a sentence's main verb, before it."""
    inside = layers.words_in(sentence)
    root = next((w for w in inside if syntax.heads[w] == w), None)
    if root is None:
        return None
    return next(
        (
            w
            for w in range(inside.start, root)
            if syntax.heads[w] == root and syntax.labels[int(syntax.relations[w])] in SUBJECTS
        ),
        None,
    )
