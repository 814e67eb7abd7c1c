"""Deeds that came to nothing or are only supposed: what the verbs and clauses around a mention tell of it.

"Police foiled a bombing", "talks planned for Monday were called off": no bombing, no talks, and the police bombed nobody. "If the court
finds that soldiers shot them": nobody says that they did.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import msgspec

from accordingto.reading.constituents import Words as TreeWords
from accordingto.reading.constituents import head_among, hung_on
from accordingto.reading.deeds import only
from accordingto.reading.forestalled import is_forestalled
from accordingto.reading.layers import Happening, Layers
from accordingto.reading.lemmas import lemma
from accordingto.record import Factuality
from accordingto.spans import Range

NEAR = 25  # words between a verb and what hangs on it
BEHIND = 12  # words between a noun and the clause that tells what became of it
CLIMB = 5  # steps from a deed to the verb or clause that tells of it
OPENING = re.compile(  # nouns for a deed that is yet to come or of which there are many: "a plot to bomb", "a round of talks"
    r"(?:plots?|attempts?|plans?|bids?|efforts?|threats?|preparations?|rounds?|series|waves?|launch|start|resumption|escalation)",
    re.I,
)
OPEN = re.compile(r"will|would|can|could|may|might|should|must|ought", re.I)
NOT = re.compile(r"not|never|hardly|n['’]?t|t", re.I)
DENIED = re.compile(rf"{NOT.pattern}|cannot|without|no|nobody|none|neither", re.I)
ACHIEVING = re.compile(r"manag\w+|succe\w+|help\w*|mov\w+|act\w*|able", re.I)
FAILING = re.compile(r"fail\w*|unable|powerless|neglect\w*", re.I)
REFUSING = re.compile(r"refus\w*|declin\w*|hesitat\w*|short", re.I)  # "refused to", "stopped short of"
AROUND = 300  # characters around a deed in which such a verb or clause begins
SUPPOSING = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Pp]rovided|lest|Should|Had|Were)\b")
IF = re.compile(r"if|unless|provided|lest", re.I)
HOLDING = re.compile(r"as|even", re.I)  # before an "if" that supposes nothing
INVERTED = re.compile(r"Should|Had|Were")  # opens a condition: “Had they left, …”
FEIGNED = re.compile(
    r"hoax|fabricat(?:ed|ion)|fak(?:e|ed)|feigned|invented|untrue|false|nonexistent|fiction|myth", re.I
)
STAGED = re.compile(r"staged", re.I)  # of a kidnapping; an attack or a protest that is staged takes place
TRYING = re.compile(r"tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|seeks?|seeking|sought", re.I)
TRIED = re.compile(r"tried|trying|attempted|attempting", re.I)
ATTEMPT = re.compile(r"(?:attempt|bid|plot)s?", re.I)  # "a bid to free them", "an assassination plot"
BOTCHED = re.compile(r"attempted|failed|botched|unsuccessful", re.I)
BE = re.compile(r"is|are|was|were|been|be|am|['’](?:re|s|m)", re.I)
HAPPEN = re.compile(r"happen(?:ed)?|occur(?:red)?|take|took|taken|exist(?:ed)?", re.I)
TELLING = re.compile(
    r"reports?|claims?|rumou?rs?|accounts?|news|stor(?:y|ies)|allegations?|warnings?|alerts?|calls?", re.I
)
OBJECTS = frozenset(("obj", "iobj", "ccomp", "xcomp"))
DOING = frozenset(("xcomp", "advcl", "ccomp", "obj"))
CLAUSES = frozenset(("ccomp", "xcomp", "conj", "advcl", "parataxis"))
FOUGHT = frozenset(
    "strike bombing attack clash killing abuse destruction protest repression invasion".split()
)
ACHIEVED = frozenset(  # who tries to fight or to protest does; not so who tries to kill or to free somebody
    """killing death detention release destruction territory bombing agreement ceasefire meeting arms_transfer
    blockade""".split()
)
SAID = frozenset(("accusation", "request"))  # which were made even where what they say is untrue
LASTING = frozenset(("agreement", "sanction", "ceasefire", "blockade", "legal"))
TOLD = frozenset((Factuality.OCCURRED, Factuality.CLAIMED, Factuality.ONGOING))
OPEN_TO_TELL = TOLD | {Factuality.PLANNED, Factuality.POSSIBLE, Factuality.NEGATED}
FORESEEN = TOLD | {Factuality.PLANNED, Factuality.POSSIBLE, Factuality.CONDITIONAL}


class UndoingVerb(msgspec.Struct, frozen=True):
    """One row of `undoing_verbs.csv`."""

    verb: str
    deed: Literal["", "negated", "planned"] = ""
    doer: Literal["", "other"] = ""
    if_not: Literal["", "possible"] = ""


class Outcomes:
    """What the verbs and clauses of one document tell of its deeds; `verbs` and `irregular` are those of `EventTables`."""

    def __init__(
        self, text: str, layers: Layers, verbs: Mapping[str, UndoingVerb], irregular: Mapping[str, str]
    ) -> None:
        self._text, self._layers, self._irregular = text, layers, irregular
        syntax = layers.syntax
        self._words = Words(text, layers, syntax) if syntax is not None and syntax.labels else None
        self._verbs, self._lemmas = verbs, frozenset(v.split()[0] for v in verbs)
        self._near = places({v.removesuffix("e") for v in self._lemmas}, text.lower())
        self._known: dict[Range, tuple[int, UndoingVerb, bool] | None] = {}

    def told(self, mention: Happening) -> Happening:
        """A mention as the verb tells that has it for its object and the clause that it stands in; without that verb's subject as its doer."""
        words, deed = self._words, self._deed(mention)
        if words is None or deed is None:
            return mention
        start = mention.trigger.start
        maybe = mention.factuality in TOLD and SUPPOSING.search(self._text, max(0, start - AROUND), start)
        if maybe and supposed(words, deed):
            mention = replace(mention, factuality=Factuality.CONDITIONAL)
        if mention.factuality in TOLD and (never := self._feigned(mention) or self._attempted(mention)):
            claimed = mention.factuality is Factuality.CLAIMED
            known = Factuality.NEGATED if never is Factuality.DENIED and not claimed else never
            return replace(mention, factuality=known)
        if mention.factuality in FORESEEN and is_forestalled(words, deed):
            return replace(mention, factuality=Factuality.NEGATED)
        found = self._undoing(mention)
        if found is None:
            return mention
        verb, row, kept = found
        fought = row.doer and (row.deed or mention.type in FOUGHT)  # who halts supplies may have sent them
        if (fought or kept) and not words.own(deed):
            doing = words.subjects(verb)
            parts = tuple(
                p for p in mention.parts if p.role != "actor" or doing.isdisjoint(self._layers.words_in(p.at))
            )
            mention = replace(mention, parts=parts)
        if row.if_not and is_denied(words, verb):
            return replace(mention, factuality=Factuality(row.if_not))
        told = "negated" if kept else "" if lasted(mention, row) else row.deed
        return replace(mention, factuality=outcome(words, verb, mention.factuality, told))

    def is_unreal(self, mention: Happening) -> bool:
        """Whether a mention's clause says that its deed was a hoax, never took place, was forestalled or only tried."""
        deed = self._deed(mention)
        late = self._words is not None and deed is not None and is_forestalled(self._words, deed)
        return late or self._feigned(mention) is not None or self.is_attempt(mention)

    def is_attempt(self, mention: Happening) -> bool:
        """Whether a deed was only tried: "tried to kill him", "attempted murder", "an assassination attempt"."""
        return self._attempted(mention) is not None

    def _feigned(self, mention: Happening) -> Factuality | None:
        deed = self._deed(mention) if mention.type not in SAID else None
        if self._words is None or deed is None:
            return None
        return feigned(self._words, deed, seized=mention.type == "detention")

    def _attempted(self, mention: Happening) -> Factuality | None:
        deed = self._deed(mention) if mention.type in ACHIEVED else None
        if self._words is None or deed is None:
            return None
        return attempted(self._words, deed)

    def undone(self, mention: Happening) -> Range | None:
        """The verb that tells that a mention's deed came to nothing or is still to come; None without one."""
        found = self._undoing(mention)
        if found is None:
            return None
        verb, row, kept = found
        return self._layers.words[verb] if kept or (row.deed and not lasted(mention, row)) else None

    def without_undoers(self, mentions: Sequence[Happening]) -> list[Happening]:
        """The mentions without those whose verb only tells what became of another one's deed: "called" in "called off the strike"."""
        told = {v for h in mentions if (v := self.undone(h))}
        kept = {i: h for i, h in enumerate(mentions) if not any(v.contains(h.trigger) for v in told)}
        return list(mentions) if len(kept) == len(mentions) else only(kept)

    def _deed(self, mention: Happening) -> int | None:
        inside = self._layers.words_in(mention.trigger)
        return head_among(inside, self._words.syntax) if self._words is not None and inside else None

    def _undoing(self, mention: Happening) -> tuple[int, UndoingVerb, bool] | None:
        at = mention.trigger
        near = bisect_left(self._near, at.start - AROUND)
        if near == len(self._near) or self._near[near] > at.end + AROUND:
            return None
        if at not in self._known:
            deed = self._deed(mention)
            found = None if self._words is None or deed is None else undoing(self._words, deed, self._row)
            self._known[at] = found
        return self._known[at]

    def _row(self, words: Words, verb: int) -> UndoingVerb | None:
        """The row of a verb, with its particle where it has one."""
        said = lemma(words.said(verb).lower(), self._irregular, self._lemmas)
        if said not in self._lemmas:
            return None
        after = [words.said(w).lower() for w in words.below(verb) if w > verb]
        return self._verbs.get(said) or next(
            (row for w in after if (row := self._verbs.get(f"{said} {w}"))), None
        )


def places(beginnings: Collection[str], text: str) -> list[int]:
    """Where words begin so, or seem to: characters, ascending."""
    out = []
    for beginning in beginnings:
        at = text.find(beginning)
        while at >= 0:
            out.append(at)
            at = text.find(beginning, at + 1)
    return sorted(out)


def lasted(mention: Happening, row: UndoingVerb) -> bool:
    """Whether a deed was there before a verb ended it: one calls off a truce or sanctions, but nobody has foiled or ruled
    out those that were there.
    """
    return mention.type in LASTING and not (row.doer or row.if_not)


class Words(TreeWords):
    """The words of one document with their tree, and who does what their verbs tell."""

    def below(self, word: int) -> list[int]:
        """The words near a word that hang on it."""
        return hung_on(word, self.syntax, NEAR, NEAR - 1)

    def opens(self, word: int) -> bool:
        """Whether a word opens its sentence."""
        at = self._layers.words[word].start
        return any(s.start <= at < s.start + 2 and not self._asks(s.end) for s in self._layers.sentences)

    def _asks(self, end: int) -> bool:
        return self._text.endswith("?", 0, end)

    def own(self, deed: int) -> bool:
        """Whether a deed is said to be somebody's own: "halted its offensive"."""
        return any(self.label(w) == "nmod:poss" and self.said(w).islower() for w in self.below(deed))

    def subjects(self, verb: int) -> set[int]:
        """A verb with those who do it: its subject, that of the verb on which it hangs where it has none, and whom "by" names."""
        out = {verb}
        for _ in range(CLIMB):
            hung = [w for w in self.below(verb) if self.label(w) in ("nsubj", "obl", "obl:agent")]
            out.update(hung)
            if any(self.label(w) == "nsubj" for w in hung) or self.syntax.relation(verb) not in CLAUSES:
                return out
            verb = self.head(verb)
        return out


def undoing(
    words: Words, deed: int, row_of: Callable[[Words, int], UndoingVerb | None]
) -> tuple[int, UndoingVerb, bool] | None:
    """The verb of the table that tells what became of a deed, its row, and whether somebody was kept from it ("kept her from leaving")."""
    for _ in range(CLIMB):
        for verb in words.below(deed):
            relation = words.syntax.relation(verb)
            before = verb < deed and relation in ("amod", "compound") and words.said(verb).endswith("ed")
            behind = deed < verb <= deed + BEHIND and relation == "acl" and undergone(words, verb)
            row = row_of(words, verb) if before or behind else None
            if row is not None and (behind or (row.deed == "negated" and row.doer)):
                return verb, row, False  # "the foiled attack"; but a cancelled meeting may be held after all
        label, head = words.label(deed), words.head(deed)
        kept = label in ("advcl", "obl") and words.said(deed).endswith("ing") and after(words, deed, "from")
        bare = label == "obl" and not any(words.label(w) == "case" for w in words.below(deed))
        passive = label == "nsubj" and passed(
            words, head
        )  # often read so: "the bombing was averted", "Attack foiled"
        if (kept or bare or passive or label in ("obj", "nsubj:pass")) and (row := row_of(words, head)):
            return head, row, kept
        if doing_next(words, deed, head) and (row := row_of(words, head)) and not row.doer:
            return head, row, False
        onward = label == "conj" or (label == "obj" and words.syntax.relation(head) == "acl")
        part = words.syntax.relation(deed) in ("acl", "nmod", "compound") and OPENING.fullmatch(
            words.said(head)
        )
        if head == deed or not (onward or part):
            return None
        deed = head
    return None


def doing_next(words: Words, deed: int, verb: int) -> bool:
    """Whether a deed is done right behind a verb or its particle: “rule out sending troops”, “cancelled sending them”."""
    beside = deed - 1 == verb or (deed - 2 == verb == words.head(deed - 1))
    return beside and words.said(deed).endswith("ing") and words.label(deed) in DOING


def is_denied(words: Words, verb: int) -> bool:
    """Whether a verb is said not to be done: "did not rule out", "no one ruled out", "refused to rule out", "without ruling out"."""
    before = [w for w in words.below(verb) if w < verb]
    subjects = [w for w in before if words.label(w) == "nsubj"]
    hung = [words.said(w) for w in (*before, *(d for s in subjects for d in words.below(s) if d < s))]
    above = words.said(words.head(verb))
    held = {"to", "of"}.intersection(hung) and (REFUSING.fullmatch(above) or FAILING.fullmatch(above))
    return bool(held) or any(DENIED.fullmatch(h) for h in hung)


def after(words: Words, word: int, marker: str) -> bool:
    """Whether a word leads to another one: "from" to "leaving"."""
    return any(words.said(w).lower() == marker for w in words.below(word) if w < word)


def passed(words: Words, verb: int) -> bool:
    """Whether a verb of the table that has only a subject tells what was done to it: a past form without an object."""
    labels = {words.label(w) for w in words.below(verb)}
    return "aux:pass" in labels or not (labels & OBJECTS or words.said(verb).endswith(("s", "ing")))


def undergone(words: Words, verb: int) -> bool:
    """Whether a clause behind a noun tells what was done to it: “a bombing foiled by police”, “talks that were called off”."""
    labels = {words.label(w) for w in words.below(verb)}
    return "nsubj:pass" in labels or not labels & {"nsubj", "obj", "mark"}


def outcome(words: Words, verb: int, read: Factuality, told: str) -> Factuality:
    """What became of a deed by a verb that undoes it: what that verb tells, if it was done itself, not "failed to" or only meant to be."""
    hung = [words.said(w) for w in words.below(verb) if w < verb]
    above = words.said(words.head(verb))
    aimed = after(words, verb, "to")
    if any(NOT.fullmatch(h) for h in hung) or (aimed and FAILING.fullmatch(above)):
        return Factuality.CLAIMED if read is Factuality.NEGATED and told else read
    if aimed and not ACHIEVING.fullmatch(above):
        return Factuality.POSSIBLE if told and read in TOLD else read
    if not told or any(OPEN.fullmatch(h) for h in hung) or bidden(words, verb):
        return read
    return Factuality(told) if read in OPEN_TO_TELL else read


def bidden(words: Words, verb: int) -> bool:
    """Whether a verb is only bidden: "Cancel the talks", "asked that he cancel them"."""
    if words.said(verb).lower().endswith(("ed", "ing", "s")) or ACHIEVING.fullmatch(
        words.said(words.head(verb))
    ):
        return False
    below = {words.label(w) for w in words.below(verb)}
    bare = not below & {"nsubj", "nsubj:pass", "aux:pass"} and words.syntax.relation(verb) in (
        "root",
        "parataxis",
        "ccomp",
    )
    return bare or ("mark" in below and words.syntax.relation(verb) == "ccomp")


def feigned(words: Words, deed: int, *, seized: bool) -> Factuality | None:
    """*Negated* where a clause says that what its subject names, or what reports of it tell, was a hoax or false; *denied* where it
    says that it never took place.
    """
    above = words.head(deed)
    if words.syntax.relation(deed) == "nmod" and TELLING.fullmatch(words.said(above)):
        deed, above = above, words.head(above)
    if above == deed or words.syntax.relation(deed) != "nsubj":
        return None
    below = words.below(above)
    said = [above, *(w for w in below if words.label(w) == "xcomp")]
    hung = [words.said(w) for s in said for w in (below if s == above else words.below(s)) if w < s]
    denied = any(NOT.fullmatch(h) for h in hung)
    if any(FEIGNED.fullmatch(words.said(w)) or (seized and STAGED.fullmatch(words.said(w))) for w in said):
        return None if denied or any(OPEN.fullmatch(h) for h in hung) else Factuality.NEGATED
    # not “not on Sunday but on Monday”
    elsewhere = any(w > above and words.syntax.relation(w) == "obl" for w in below)
    never = denied and not elsewhere and HAPPEN.fullmatch(words.said(above)) is not None
    return Factuality.DENIED if never else None


def attempted(words: Words, deed: int) -> Factuality | None:
    """What a deed is that is only tried: *negated*, but *possible* while somebody goes on trying; None where nothing tells of trying."""
    below = [w for w in words.below(deed) if w < deed]
    if any(words.syntax.relation(w) == "amod" and BOTCHED.fullmatch(words.said(w)) for w in below):
        beside = words.syntax.relation(deed) == "conj"  # "97 murders and attempted murders"
        return None if beside else Factuality.NEGATED
    for _ in range(CLIMB):
        above, relation = words.head(deed), words.syntax.relation(deed)
        told = words.said(above)
        noun = relation == "compound" or (relation == "acl" and after(words, deed, "to"))
        if noun and above != deed and ATTEMPT.fullmatch(told):
            return Factuality.POSSIBLE if told.lower().startswith("plot") else Factuality.NEGATED
        if relation == "xcomp" and TRYING.fullmatch(told) and after(words, deed, "to"):
            goes_on = told.lower().endswith("ing") and any(
                BE.fullmatch(words.said(w)) for w in words.below(above)
            )
            return Factuality.NEGATED if TRIED.fullmatch(told) and not goes_on else Factuality.POSSIBLE
        bare = relation == "conj" and not words.said(deed).endswith(("ed", "ing"))
        if above == deed or not bare:  # "to kill or kidnap", but not "tried to flee and were killed"
            return None
        deed = above
    return None


def supposed(words: Words, deed: int) -> bool:
    """Whether a deed stands in a condition: "if they attack", "if she finds that they shot him", "should they find that"."""
    for _ in range(CLIMB):
        relation, below = words.syntax.relation(deed), words.below(deed)
        marks = [words.said(w) for w in below if w < deed and words.syntax.relation(w) in ("mark", "advmod")]
        if relation == "advcl" and any(IF.fullmatch(m) for m in marks):
            return not any(HOLDING.fullmatch(m) for m in marks)
        if any(INVERTED.fullmatch(words.said(w)) and words.opens(w) for w in below if w < deed):
            return True
        if relation not in CLAUSES or (relation == "advcl" and marks):
            return False
        deed = words.head(deed)
    return False
