"""What a claim's words make of an event that they name: that it was not, by its verb; or something beside it.

“Amadou had not been arrested”, “its troops never shelled the town” say that it was not, whatever the reader took the claim
for. “Not been arrested before”, “not by the police” say nothing of the kind. “Denied breaking the truce”, “denied that it
had been warned of the raid” are about what was done to an event or known of it, and take the event for granted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

import msgspec

from accordingto.ledger.clauses import before, in_main
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import IDLE, WORD, stem
from accordingto.record import Claim, Entity, Event, Role
from accordingto.spans import Range, Span
from accordingto.vocabularies import table

AUXILIARY = r"(?:had|has|have|was|were|is|are|did|do|does)"
UNDONE = re.compile(  # up to the verb: “had not been”, “did not”, “never”
    rf"(?:\b{AUXILIARY}\s+(?:not|never)|\b{AUXILIARY}n['’]t|\bnever)\s+"
    r"(?:(?:ever|been|being|actually|really|in fact|(?!(?:on|simp|mere|sole|deliberate|intentional|knowing|immediate|direct|full|complete|necessari)ly\b)\w+ly)\s+)*"
    r"[\"“]?$",
    re.I,
)
PASSIVE = re.compile(r"\b(?:been|being|was|were|is|are)\b|\b(?:was|were|is|are)n['’]t", re.I)
LIMITED = re.compile(  # behind the verb: what is denied is not the deed as such
    r"(?:(?!\bbut\b)[^,;.])*?\b(?:before\b(?!\s+\w)|again|yet|since|until|unless|only|alone|solely|by|because|for|after|while|with|deliberately|on purpose|intentionally)\b",
    re.I,
)
SUPPOSED = re.compile(r"\b(?:if|unless|whether|why|how|lest)\b", re.I)
WHOMEVER = re.compile(
    r"\b(?:any|anyone|anybody|anything|no|nobody|nothing|he|him|she|her|it|they|them|we|us|i|me|you)\b", re.I
)
OWNER = re.compile(r"\b(?:[A-Z][\w-]*\s+){0,4}[\w-]+['’]s(?=\s)")  # “[Lena Orth's] brother was not arrested”
NOT = re.compile(
    r"\b(?:no|not|never|nor|neither|without|none|nobody|nothing|any)\b|n['’]t\b|\brefus(?:e[sd]?|ing) to\b",
    re.I,
)
BESIDES = re.compile(  # “foiled an attack and [killed six rebels]”
    r"[^.;:]*?(?:,|\band)\s+(?:kill|wound|injur)(?:ed|ing)\s+(?:\w+\s+){0,3}", re.I
)
UNDONE_AFTER = r"^[^,;:]{0,40}?\b(?:was|were|been|being|is|are|got)\s+(?:\w+ly\s+)?"  # “an attack was foiled”
NEAR = 60  # characters before a trigger in which a negation counts
NONE = re.compile(r"\bno (?:such )?(?P<what>\w+)", re.I)
NO_SUBJECT = re.compile(  # up to the verb: “no shells had”, “none of the rockets ever”
    r"(?:^|[,;]\s*|\b(?:that|and|but|because)\s+)[\"“]?(?:no(?! (?:fewer|less|more|longer|sooner|later|doubt|matter|other)\b)|none|nobody|neither|not (?:one|a single))\s+"
    r"(?:(?!(?:who|whom|which|that|and|or|but|when|after|before)\b)[\w'’-]+\s+){0,4}?"
    r"(?:(?:had|has|have|was|were|is|are|been|being|ever|yet|\w+ly)\s+)+$",
    re.I,
)
CLAUSE_BEGINS = re.compile(r"[,;:]\s*|\b(?:that|and|but)\s+", re.I)
CLAUSE_ENDS = re.compile(r"[,;:.]|\b(?:but|and|nor)\b", re.I)
HURT = re.compile(r"(?:kill|dead|die|wound|injur|hurt|harm)", re.I)
SMALL = frozenset("the its his our for not had has was are who all two".split())
THINGS = frozenset({Role.TARGET, Role.INSTRUMENT, Role.RECIPIENT})
GAP = r"\s+(?:(?!(?:any|no|such|by|and|or|with|while|after|before|during|when|in|on|at)\b)[\w'’-]+\s+){0,4}?[\"“]?$"


NOT_SO = ("befell", "did")
Undone = Literal["", "befell", "did", "else"]


class UndoneRow(msgspec.Struct, frozen=True):
    """A word one of which stands beside an event that is said not to have happened."""

    word: str


@cache
def undone() -> re.Pattern[str]:
    """The words, by the package's table, with which a thing is said not to be: “no”, “foiled”, “called off”."""
    words = sorted((re.escape(r.word) for r in table("negators", UndoneRow)), key=len, reverse=True)
    return re.compile(rf"(?:\b|(?=n['’]t))(?:{'|'.join(words)})\b", re.I)


@cache
def undone_after() -> re.Pattern[str]:
    """The same, told of a deed after its name: “an attack was foiled”."""
    return re.compile(UNDONE_AFTER + undone().pattern, re.I)


class BesideRow(msgspec.Struct, frozen=True):
    """Words before an event that make of it what something was done to, or known of."""

    pattern: str
    how: Literal["breach", "beside"]


@cache
def beside_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The patterns of the package's table, each up to the event's own words."""
    return tuple(
        (re.compile(rf"\b(?:{r.pattern}){GAP}", re.I), r.how) for r in table("beside_words", BesideRow)
    )


def beside(claim: Claim, event: Event, known: Knowledge) -> str:
    """What a claim's words make of an event that they only take as given: "breach" for “violating the truce”, "beside" for “warned of the raid”.

    Empty where they tell the event itself, or don't name it.
    """
    found = {
        next((how for pattern, how in beside_words() if pattern.search(s.text[:start])), "")
        for s in naming(claim, event)
        for start, _ in names_of(s, event, known)
    }
    return found.pop() if len(found) == 1 else ""


def says_not(claim: Claim, event: Event, entities: Mapping[str, Entity], known: Knowledge) -> Undone:
    """How a claim says by its verb that an event was not: of whom it befell or of who did it; "else" where it speaks of another thing.

    “The airport was not shelled” says nothing of the shelling of a market. Empty where a claim says nothing of the kind.
    """
    found: Undone = ""
    for s in naming(claim, event):
        for start, end in names_of(s, event, known):
            undone = UNDONE.search(s.text[:start])
            at = Span(s.start + start, s.start + end, s.text[start:end])
            if undone is None or SUPPOSED.search(s.text[:start]) or not in_main(s, at):
                continue
            held, limited = s.range.contains(event.trigger.range), LIMITED.match(s.text, end)
            if not limited and (held or is_of_it(s, undone, at, event, entities)):
                return "befell" if is_passive(undone, at) else "did"
            found = found if held else "else"
    return found


def naming(claim: Claim, event: Event) -> Sequence[Span]:
    """The contents of a claim that may name an event: those that hold its trigger; where none does, all.

    “He was not kidnapped, she said, but arrested” is two: the first one denies no arrest.
    """
    return [s for s in claim.content if s.range.contains(event.trigger.range)] or claim.content


def names_of(content: Span, event: Event, known: Knowledge) -> Iterator[tuple[int, int]]:
    """Where a content names an event: by its trigger, else by words for its kind; offsets in the content."""
    if content.range.contains(event.trigger.range):
        yield event.trigger.start - content.start, event.trigger.end - content.start
        return
    own = bare(event.trigger.text)
    deadly = known.is_consequence(event.type)
    for m in WORD.finditer(content.text):
        if stem(m[0].casefold()) in own or (
            known.is_word_for(m[0], event.type)
            and (deadly or not HURT.match(m[0]))
            and known.field_of(m[0]) != "target"
        ):
            yield m.span()


def is_of_it(
    content: Span, undone: re.Match[str], at: Span, event: Event, entities: Mapping[str, Entity]
) -> bool:
    """True where a negated verb has for its object, or as a passive for its subject, what the event befell, or just anybody."""
    told = [p for p in event.participants if p.role in THINGS]
    start, end = whose(content, undone, at)
    words = content.text[start:end]
    if not told or not words.strip() or WHOMEVER.search(words):
        return True
    words = OWNER.sub(lambda m: " " * len(m[0]), words)
    around = Range(content.start + start, content.start + end)
    known = (entities.get(p.entity or "") for p in told)
    named = (m for e in known if e for m in e.mentions)
    met = (m.start - around.start for m in named if around.start <= m.start < around.end)
    return any(not words[at].isspace() for at in met) or bool(
        bare(words) & bare(" ".join(p.span.text for p in told))
    )


def is_passive(undone: re.Match[str], at: Span) -> bool:
    """True for a negated verb that tells what befell its subject: “was not shelled”, not “was not shelling”."""
    return PASSIVE.search(undone[0]) is not None and not at.text.casefold().endswith("ing")


def whose(content: Span, undone: re.Match[str], at: Span) -> tuple[int, int]:
    """Where in a content the words stand for what a verb befalls: before a passive, behind any other."""
    text, first, last = content.text, at.start - content.start, at.end - content.start
    if is_passive(undone, at):
        begins = [m.end() for m in CLAUSE_BEGINS.finditer(text, 0, undone.start())]
        return (begins[-1] if begins else 0), undone.start()
    ends = CLAUSE_ENDS.search(text, last)
    return max(first, last), ends.start() if ends else len(text)


def bare(text: str) -> frozenset[str]:
    """The stems of a text's words of three letters and more, without those that tell nothing."""
    words = (w.casefold() for w in WORD.findall(text))
    return frozenset(
        stem(w.removesuffix("'s").removesuffix("’s")) for w in words if len(w) > 2 and w not in IDLE | SMALL
    )


def flatly(claim: Claim, trigger: Span) -> bool:
    """True where the claim says that there is none: “no truce had been agreed”, “no shells had arrived”."""
    if any(s.range.contains(trigger.range) and NO_SUBJECT.search(before(s, trigger)) for s in claim.content):
        return True
    names = {stem(w.casefold()) for w in WORD.findall(trigger.text)}
    return any(stem(m["what"].casefold()) in names for s in claim.content for m in NONE.finditer(s.text))


def besides(claim: Claim, trigger: Span, at: Span) -> bool:
    """True for a count of those whom it cost to undo the deed: who “foiled an attack and killed six rebels” did kill them."""
    for s in claim.content:
        if s.range.contains(trigger.range) and s.range.contains(at.range) and trigger.end <= at.start:
            start, end = trigger.start - s.start, trigger.end - s.start
            near = s.text[max(0, start - NEAR) : start]
            found = BESIDES.fullmatch(s.text, end, at.start - s.start)
            return bool(found and undone().search(near) and not NOT.search(near))
    return False
