"""Who is meant where a clause leaves its subject out: “[Berg] refused to go, [saying] …”; “[Ana Ruiz], who runs a port, [said] …”.

An attribution without a source whose cue hangs on a clause with a person or body for its subject is theirs: the participle behind a comma or
a preposition has the main clause's subject, what somebody is blamed “for saying” the object, where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.constituents import head_among, hung_on, phrase_of
from accordingto.reading.frames import FARTHEST
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.lemmas import endings
from accordingto.reading.plainspeech import TOLD
from accordingto.reading.pronouns import OWN, PLURAL, SINGULAR
from accordingto.reading.sentences import characters
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.spans import Cover, Range

STEPS = 4  # clauses, each hanging on the next
BACK = 4 * FARTHEST  # words from a verb to its subject
NO_SPEECH = frozenset((Act.OPINE, Act.ESTIMATE, Act.UNCERTAIN))  # whose cues may be no verbs: “is likely”
BE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s(?:\w+ly\s)?$")
NEAR = 24  # characters
NO_DEED = frozenset(("know", "see", "hear"))
AFTER = frozenset("after before while when without since despite upon".split())
PEOPLE = SINGULAR | PLURAL
FORETOLD = frozenset("likely unlikely set due able".split())  # who “is likely to go” says nothing by it
DASH = re.compile(r"\s(?:[—–-]|--)\s|(?<=\w)(?:—|--)(?=\w)")
FOR = re.compile(r"\bfor (?=\w+ing\b)", re.I)


class Clauses:
    """The clauses of one document, asked whose deed a verb without a subject tells."""

    def __init__(self, text: str, layers: Layers, syntax: Syntax, tables: ReadingTables, told: Cover) -> None:
        self.text, self.layers, self.syntax, self.tables, self.told = text, layers, syntax, tables, told

    def word(self, w: int) -> str:
        """A word in small letters."""
        return self.text[slice(*self.layers.words[w])].lower()

    def label(self, w: int) -> str:
        """A word's relation to its head, with its subtype."""
        return self.syntax.labels[int(self.syntax.relations[w])]

    def of(self, verb: int, labels: Sequence[str]) -> int | None:
        """The last word before or right behind a verb that hangs on it in such a way."""
        near = hung_on(verb, self.syntax, BACK, FARTHEST)
        return next((w for w in reversed(near) if self.label(w) in labels), None)

    def speaks(self, w: int | None) -> bool:
        """Whether a word is of a person or body: a name's, a pronoun or a noun of the tables."""
        if w is None:
            return False
        said = self.word(w)
        named = any(n.at.contains(self.layers.words[w]) for n in self.layers.names)
        mine = said in OWN and self.told.touching(self.layers.words[w])
        forms = endings(said)
        return bool(named or mine or said in PEOPLE) or any(
            f in self.tables.nouns or f in self.tables.persons for f in forms
        )

    def subject(self, cue: Range, said: Sequence[Range]) -> int | None:
        """The word for who does what a cue says; `said` is what, no one is “said to be”."""
        syntax, inside = self.syntax, self.layers.words_in(cue)
        verb = head_among(inside, syntax)
        row = self.tables.cues.get((self.tables.lemma(self.word(verb)),))
        if row is None or row.cue in NO_DEED:
            return None
        be = BE.search(self.text, max(0, self.layers.words[verb].start - NEAR), self.layers.words[verb].start)
        active = row.act not in NO_SPEECH and not be and not TOLD.search(self.text, *cue)
        active = active and not (row.plain and any(self.text.startswith("to ", c.start) for c in said))
        if active and (own := self.of(verb, ("nsubj",))) is not None:
            return own if own < verb else None
        if not self.word(verb).endswith("ing"):
            return None
        marks = {self.word(w) for w in hung_on(verb, syntax, FARTHEST) if self.label(w) in ("mark", "case")}
        marks |= {self.word(w) for w in inside if w < verb}
        for _ in range(STEPS):
            how, up = syntax.relation(verb), int(syntax.heads[verb])
            if how not in ("advcl", "conj", "xcomp") or up >= verb or self.word(up) in FORETOLD:
                return None
            if how == "conj":  # “for going and not saying”
                marks |= {self.word(w) for w in hung_on(up, syntax, FARTHEST) if self.label(w) == "mark"}
            urged = "to" in {self.word(w) for w in hung_on(verb, syntax, FARTHEST) if self.label(w) == "mark"}
            given = how == "xcomp" and self.tables.lemma(self.word(up)) not in ("spend", "spent")
            if given or urged or "for" in marks:
                more = ["obl"] * urged + ["nsubj:pass"] * ("for" in marks)  # “urged on [Berg] to stop saying”
                done = self.of(up, ("obj", "iobj", *more))
                if done is not None and (how == "xcomp" or self.speaks(done)):
                    return done
            if (own := self.of(up, ("nsubj",))) is not None:
                return own if own < verb and "for" not in marks else None
            passive = self.of(up, ("nsubj:pass",))
            if passive is not None:
                return passive if marks & AFTER else None
            verb = up
        return None

    def blamed(self, cue: Range, source: Range) -> int | None:
        """The word for whom a source thanks or blames for what a cue says: “Lund fined [Berg] for [denying] it”."""
        verb = head_among(self.layers.words_in(cue), self.syntax)
        up = int(self.syntax.heads[verb])
        done = self.of(up, ("obj",)) if self.syntax.relation(verb) == "advcl" and up < verb else None
        other = done is not None and not source.overlaps(self.layers.words[done])
        return done if other and self.speaks(done) else None


def with_elided(
    text: str, layers: Layers, attributions: Sequence[Attribution], tables: ReadingTables
) -> tuple[Attribution, ...]:
    """The attributions; one without a source has the subject that its clause leaves out or has far before it."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return tuple(attributions)
    clauses = Clauses(text, layers, syntax, tables, Cover([c for a in attributions for c in a.content]))
    out = []
    for a in attributions:
        if a.cue is not None and layers.words_in(a.cue):
            given = FOR.search(text, max(0, a.cue.start - len("for ")), a.cue.end)
            subject = None
            if a.source is None:
                subject = clauses.subject(a.cue, a.content)
            elif given and a.source.end < given.start():
                subject = clauses.blamed(a.cue, a.source)
            at = phrase_of(subject, syntax) if subject is not None and clauses.speaks(subject) else None
            who = None if at is None else whole_name(characters(layers.words, at), layers)
            if who is not None and not who.overlaps(a.cue) and not interrupted(text, who, a.cue):
                a = replace(a, source=who, content=tuple(c for c in a.content if c != who) or a.content)
        out.append(a)
    return tuple(out)


def interrupted(text: str, who: Range, cue: Range) -> bool:
    """Whether a clause between dashes began before a subject and ends behind it: “guards - where [Berg] lives - while [saying]”."""
    return who.end < cue.start and len(DASH.findall(text, who.end, cue.start)) % 2 == 1


def whole_name(at: Range, layers: Layers) -> Range:
    """A stretch with all of the name that it ends in: “Ana [Ruiz-Lys]”."""
    return Range(
        at.start, max([at.end, *(n.at.end for n in layers.names if n.at.start < at.end <= n.at.end)])
    )
