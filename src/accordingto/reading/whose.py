"""Whom “who”, “which” or “that” means as a source: the noun before its clause, or the person of whom that noun tells."""

from __future__ import annotations

import re
from bisect import bisect_left

from accordingto.reading.antecedents import TITLED, Antecedents
from accordingto.reading.constituents import antecedent, led, noun_start, phrase_of, predicate_before
from accordingto.reading.entities import words_of
from accordingto.reading.pronouns import sentence_start
from accordingto.reading.sourcekinds import SourceKinds
from accordingto.record import EntityKind, SourceKind
from accordingto.spans import Range

APPOSED_NAME = re.compile(rf",?\s+{TITLED}")
THINGS = (SourceKind.ORGANIZATION, SourceKind.GROUP, SourceKind.DOCUMENT, SourceKind.MEDIA)
NOMINAL = frozenset("nsubj obj iobj obl nmod appos conj root".split())
BELOW = frozenset("nmod appos obl".split())  # how one noun hangs on another that tells more
STEPS = 3  # nouns, each hanging on the next
ANYBODY = frozenset(
    "those some others someone somebody anyone anybody everyone everybody one many all few folk people latter former other person".split()
)
DATE = re.compile(
    r"(?:\d|(?:the\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday)\b)"
)


class Relatives:
    """The relative pronouns of one document."""

    def __init__(self, people: Antecedents, kinds: SourceKinds) -> None:
        self.text, self.layers, self.people, self.kinds = people.text, people.layers, people, kinds
        self.entities, self.mentions = people.entities, people.mentions

    def antecedent(self, at: Range) -> Range | None:
        """The words that a relative pronoun stands for: “the union, which said …”; with the name behind them: “a teacher, Luis Soto, who said …”.

        “That” stands for a person only where no body or thing is nearer: “the leader of a party that wants …”.
        """
        syntax, words = self.layers.syntax, self.layers.words
        w = bisect_left(words, at.start, key=lambda r: r.start)
        if syntax is None or not 0 < w < len(words):
            return None
        which = self.text[slice(*at)].lower()
        that = which == "that"

        def sort(word: int) -> SourceKind | None:
            return self.kinds.of_noun(words_of(self.text[slice(*words[word])]))

        found = antecedent(w, syntax, nearest=not that)
        if found is None and sort(w - 1) in THINGS:
            found = predicate_before(w, syntax)
        if found is None:
            return None
        last = w - 2 if which == "which" and syntax.relation(w - 1) == "punct" else w - 1
        of_people = (SourceKind.ANONYMOUS,) if that else (SourceKind.ANONYMOUS, SourceKind.GROUP)
        if which != "who" and sort(found.end - 1) in of_people and sort(last) in THINGS[:1]:
            found = phrase_of(last, syntax) or found  # “members of the board, which”
        of_nobody = which == "who" and not self.personal(found.end - 1)
        if of_nobody and (person := self.person_above(found) or self.person_beside(found, w)) is not None:
            return person
        first, owner = found.start, led(found.start, syntax)
        person_led = which == "who" and not of_nobody
        if (
            owner is not None and not person_led and sort(found.end - 1) is None and sort(owner) is not None
        ):  # "footage from the car, which"
            first = noun_start(owner, syntax) or owner
        start, end = words[first].start, words[found.end - 1].end
        return Range(start, self.name_behind(end, at.start) or end)

    def personal(self, word: int) -> bool:
        """Whether a word is of a person or people: a name's, or a noun's."""
        at = self.layers.words[word]
        said = self.text[slice(*at)].lower()
        near = self.mentions[max(0, self.people.first(at.start) - 2) : self.people.first(at.end)]
        named = next((n for m, n in near if m.contains(at)), None)
        if named is not None:
            return self.entities[named].kind in (EntityKind.PERSON, EntityKind.GROUP)
        of_people = self.kinds.of_noun(words_of(said)) in (SourceKind.ANONYMOUS, SourceKind.GROUP)
        return of_people or said in ANYBODY or self.kinds.may_speak(said)

    def person_above(self, found: Range) -> Range | None:
        """The person or people, above a phrase of no such in the tree, of whom it tells: “[Ana Ruiz], a clerk with the port, who”, “[the head]
        of the port, who”; behind a date who is named before it.
        """
        syntax, words, noun = self.layers.syntax, self.layers.words, found.end - 1
        if syntax is None:
            return None
        for _ in range(STEPS):
            up = int(syntax.heads[noun])
            if up >= noun or syntax.relation(noun) not in BELOW or syntax.relation(up) not in NOMINAL:
                break
            noun = up
            if self.personal(noun):
                one = (
                    int(syntax.heads[noun]) if syntax.relation(noun) == "conj" else noun
                )  # “a jurist and writer”
                if syntax.relation(one) == "appos" and self.personal(int(syntax.heads[one])):
                    noun = int(syntax.heads[one])
                first = noun_start(noun, syntax)
                return Range(words[noun if first is None else first].start, self.name_end(words[noun]))
        at = Range(words[found.start].start, words[found.end - 1].end)
        if DATE.match(self.text, at.start) is None:
            return None
        start = sentence_start(self.text, at.start)
        near = (m for m, n in reversed(self.mentions) if self.entities[n].kind is EntityKind.PERSON)
        return next((m for m in near if start <= m.start < at.start), None)

    def person_beside(self, found: Range, w: int) -> Range | None:
        """The people right before “who”, number `w`, where the tree gives it a thing: “a backlash by [farmers] who”, or before a thing that is
        none of the bodies who speak: “[listeners] to her programme who”.
        """
        syntax, words = self.layers.syntax, self.layers.words
        thing = self.kinds.of_noun(words_of(self.text[slice(*words[found.end - 1])])) is None
        beside = w - 1 if w > found.end else led(found.start, syntax) if syntax and thing else None
        if syntax is None or beside is None or syntax.relation(beside) not in NOMINAL:
            return None
        at = words[found.end - 1]
        near = self.mentions[max(0, self.people.first(at.start) - 2) : self.people.first(at.end)]
        named = any(m.contains(at) for m, _ in near)
        phrase = phrase_of(beside, syntax)
        if phrase is None or (named and w == found.end) or not self.personal(beside):
            return None
        return Range(words[phrase.start].start, words[phrase.end - 1].end)

    def name_end(self, at: Range) -> int:
        """Where a word ends, or the name that it begins or stands in."""
        near = self.mentions[max(0, self.people.first(at.start) - 2) : self.people.first(at.end)]
        return max([at.end, *(m.end for m, _ in near if m.contains(at))])

    def name_behind(self, end: int, until: int) -> int | None:
        """Where a person's name ends that alone stands, with titles, between a noun and what goes on about it: “a teacher, [Mr Luis Soto], who”."""
        for m, n in self.mentions[self.people.first(end) : self.people.first(until)]:
            if self.entities[n].kind is EntityKind.PERSON and self.text[m.end : until] in (" ", ", "):
                return m.end if APPOSED_NAME.fullmatch(self.text, end, m.start) else None
        return None
