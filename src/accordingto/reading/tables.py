"""The tables of knowledge that reading uses, loaded once; see `data/*.csv` for what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from accordingto.errors import UserError
from accordingto.reading.lemmas import lemma
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.tokens import small
from accordingto.record import Act, SourceKind
from accordingto.vocabularies import compiled, table

T = TypeVar("T")
REMEMBERED = 1 << 16  # forms whose lemmas are kept


class Cue(msgspec.Struct, frozen=True):
    """One row of `cues.csv`; `cue` is a phrase of lemmas."""

    cue: str
    act: Act
    plain: bool = False
    nested: bool = False
    outside: bool = False


class Form(msgspec.Struct, frozen=True):
    """One row of `irregular.csv`."""

    form: str
    lemma: str


class SourceNoun(msgspec.Struct, frozen=True):
    """One row of `source_nouns.csv`; a `settled` noun's kind holds whatever else tells of the source."""

    noun: str
    kind: SourceKind
    settled: bool = False


class Title(msgspec.Struct, frozen=True):
    """One row of `titles.csv`."""

    title: str
    honorific: bool = False


class ContentAct(msgspec.Struct, frozen=True):
    """One row of `content_acts.csv`."""

    pattern: str
    act: Act


class ActTurn(msgspec.Struct, frozen=True):
    """One row of `act_turns.csv`."""

    pattern: str
    cue: str
    act: Act


class NoClaim(msgspec.Struct, frozen=True):
    """One row of `no_claims.csv`."""

    pattern: str
    sourced: bool = False


def no_claims_of(rows: Sequence[NoClaim]) -> Callable[[str], tuple[tuple[re.Pattern[str], bool], ...]]:
    """For a cue in small letters the patterns of "cue | content" that it fits, each with whether it holds with a source, too.

    Raises:
        UserError: where a pattern is no regular expression or has no bar between cue and content.
    """
    if bare := next((n.pattern for n in rows if r"\|" not in n.pattern), None):
        raise UserError(
            rf"no_claims.csv: {bare!r} has no \| between cue and content; add it, behind the cue at least."
        )
    made = [
        (
            compiled(n.pattern.partition(r"\|")[0].rstrip(), "no_claims.csv"),
            compiled(n.pattern, "no_claims.csv"),
            n.sourced,
        )
        for n in rows
    ]

    @lru_cache(REMEMBERED)
    def of(cue: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
        return tuple((whole, sourced) for front, whole, sourced in made if front.fullmatch(cue))

    return of


class WhoWeight(msgspec.Struct, frozen=True):
    """One row of `who_weights.csv`: a feature, its weight for "he" and "she" and for a description (`whoranking`)."""

    feature: str
    pronoun: float
    description: float


class Medium(msgspec.Struct, frozen=True):
    """One row of `media.csv`."""

    pattern: str
    medium: str


class Phrase(msgspec.Struct, frozen=True):
    """One row of `anonymity.csv`."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Choices(Generic[T]):
    """Patterns and what each stands for; `any` finds whether one of them is there at all, None where they make no one pattern."""

    rows: tuple[tuple[re.Pattern[str], T], ...]
    any: re.Pattern[str] | None  # of small letters

    def first(self, text: str) -> T | None:
        """What the first pattern that is found stands for."""
        if self.any is not None and self.any.search(text.lower()) is None:
            return None
        return next((what for pattern, what in self.rows if pattern.search(text)), None)


def choices(rows: Sequence[tuple[str, T]], file: str) -> Choices[T]:
    """A table's patterns, ready to search.

    Raises:
        UserError: where one is no regular expression.
    """
    made = tuple((compiled(pattern, file), what) for pattern, what in rows)
    edged = [f"(?:{p})" for p, _ in rows if p.startswith(r"\b") and not alternates(p)]
    plain = [f"(?:{p})" for p, _ in rows if not (p.startswith(r"\b") and not alternates(p))]
    words = (
        [rf"\b(?:{'|'.join(edged)})"] if edged else []
    )  # at most places in a text no word begins: these fail at once
    apart = not rows or any(p.groupindex or re.search(r"\\[1-9]", p.pattern) for p, _ in made)
    return Choices(made, None if apart else re.compile(small("|".join([*words, *plain]))))


def alternates(pattern: str) -> bool:
    """Whether a pattern has a bar outside of all groups and classes."""
    rest = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "", pattern)
    while (inner := re.sub(r"\([^()]*\)", "", rest)) != rest:
        rest = inner
    return "|" in rest


class PersonNoun(msgspec.Struct, frozen=True):
    """One row of `person_nouns.csv`."""

    noun: str


@dataclass(frozen=True, slots=True)
class ReadingTables:
    """All tables of the claim stages; `openings` are the lemmas with which a cue found by rule begins, `persons` nouns
    for one person; `rows` remembers the rows of cues that were met. Of a lower-case form `lemma` gives its lemma, `opens` whether it may begin a cue found by rule, and `says` whether
    it alone is a plain cue that is looked for inside others, too (say, tell, add, report …).
    """

    cues: dict[tuple[str, ...], Cue]
    openings: frozenset[str]
    words: frozenset[str]
    irregular: dict[str, str]
    nouns: dict[str, SourceKind]
    settled: frozenset[str]
    titles: re.Pattern[str]
    honorifics: frozenset[str]
    lemma: Callable[[str], str]
    opens: Callable[[str], bool]
    says: Callable[[str], bool]
    content_acts: Choices[Act]
    turns: Mapping[str, Choices[Act]]
    no_claims: Callable[[str], tuple[tuple[re.Pattern[str], bool], ...]]
    media: Choices[str]
    anonymity: re.Pattern[str]
    actors: Lexicon
    persons: frozenset[str]
    who_weights: Mapping[str, tuple[float, float]]
    rows: dict[str, Cue | None] = field(default_factory=dict)

    @classmethod
    def load(cls, extra_dir: Path | None = None) -> ReadingTables:
        """The package's tables, extended by the user's own in `extra_dir`.

        Raises:
            UserError: where a table of the user's is malformed.
        """
        cues = {tuple(c.cue.split()): c for c in table("cues", Cue, extra_dir=extra_dir)}
        nouns = table("source_nouns", SourceNoun, extra_dir=extra_dir)
        titles = table("titles", Title, extra_dir=extra_dir)
        names = sorted((re.escape(t.title) for t in titles), key=len, reverse=True)
        phrases = "|".join(p.pattern for p in table("anonymity", Phrase, extra_dir=extra_dir))
        acts = table("content_acts", ContentAct, extra_dir=extra_dir)
        turns = table("act_turns", ActTurn, extra_dir=extra_dir)
        media = table("media", Medium, extra_dir=extra_dir)
        words = frozenset(w for c in cues for w in c)
        irregular = {f.form: f.lemma for f in table("irregular", Form, extra_dir=extra_dir)}

        @lru_cache(REMEMBERED)
        def lemma_of(form: str) -> str:
            return lemma(form, irregular, words)

        openings = frozenset(k[0] for k, c in cues.items() if c.nested or c.outside)

        @lru_cache(REMEMBERED)
        def opens(form: str) -> bool:
            row = cues.get((lemma_of(form),))
            return (row is not None and row.plain) or lemma_of(form).partition(" ")[0] in openings

        @lru_cache(REMEMBERED)
        def says(form: str) -> bool:
            row = cues.get((lemma_of(form),))
            return row is not None and row.plain and row.nested

        return cls(
            cues=cues,
            openings=openings,
            opens=opens,
            says=says,
            words=words,
            irregular=irregular,
            nouns={n.noun: n.kind for n in nouns},
            settled=frozenset(n.noun for n in nouns if n.settled),
            titles=re.compile(rf"(?:{'|'.join(names)})(?![\w-])"),
            honorifics=frozenset(t.title.rstrip(".") for t in titles if t.honorific),
            lemma=lemma_of,
            content_acts=choices([(a.pattern, a.act) for a in acts], "content_acts.csv"),
            turns={
                cue: choices([(t.pattern, t.act) for t in turns if t.cue == cue], "act_turns.csv")
                for cue in dict.fromkeys(t.cue for t in turns)
            },
            no_claims=no_claims_of(table("no_claims", NoClaim, extra_dir=extra_dir)),
            media=choices([(m.pattern, m.medium) for m in media], "media.csv"),
            anonymity=compiled(rf"(?<!\w)(?=\w)(?:{phrases})", "anonymity.csv"),
            actors=Lexicon.load(extra_dir),
            who_weights={
                w.feature: (w.pronoun, w.description)
                for w in table("who_weights", WhoWeight, extra_dir=extra_dir)
            },
            persons=frozenset(r.noun for r in table("person_nouns", PersonNoun, extra_dir=extra_dir)),
        )
