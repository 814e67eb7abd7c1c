"""Whether a claim's words bind anybody: a promise, warning, request or refusal of a deed, and not a word for one."""

from __future__ import annotations

import re
from functools import cache

from accordingto.ledger.denials import negated
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import WORD, stem
from accordingto.reading.tables import Phrase
from accordingto.record import Act, Claim, EntityKind, Factuality, Record
from accordingto.vocabularies import compiled, table

NOUN = re.compile(
    r"\b(?:warning|threat|promise|pledge|vow|request|demand|plea|offer|refusal|commitment)s?$", re.I
)
WISH = re.compile(
    r"\b(?:want(?:s|ed|ing)?|wish(?:es|ed|ing)?|hop(?:es?|ed|ing)|would (?:like|love|prefer))\b", re.I
)
OPPOSED = re.compile(r"\boppos\w+", re.I)
POLLED = re.compile(  # answers in a poll
    r"(?:percent|per cent|respondents)\b|%|\b(?:majority|half|third|quarter|two-thirds|three-quarters) of\b",
    re.I,
)
OPINION = re.compile(  # what is denied, not refused: “rejected [the notion that …]”
    r"(?!to\b)(?:[\w’'-]+\s+){0,3}?(?:rumou?rs?|criticisms?|notions?|allegations?|accusations?|assertions?|concerns?"
    r"|comparisons?|characteri[sz]ations?|labels?|term|(?:claims?|suggestions?|ideas?|charges?|reports?)\s+(?:that|of\s+\w+ing))\b(?!\s+(?:to|for)\b)",
    re.I,
)
FUTURE = re.compile(  # after whoever is to act: “[he] would give up the port”
    r"(?P<gap>\s+(?:(?:\w+ly|also|never|soon)\s+)?)(?:will|would|shall|won[’']t|wouldn[’']t|(?:is|was)\s+going\s+to)\b|[’'](?:ll|d)\b",
    re.I,
)
NO_ONE = frozenset({"it", "there"})
THEIRS = {"he": frozenset({"he", "him", "his"}), "she": frozenset({"she", "her", "hers"})}
SEXES = frozenset().union(*THEIRS.values())
OWN_WORD = re.compile(r"\b(?:promis|pledg|vow|swor|swear|guarante|assur|commit)", re.I)
FOR_PRESS = re.compile(
    r"(?:(?:requests? )?for )?(?:an? |further |additional )?(?:comments?|interviews?)\b", re.I
)
RELATIVE = re.compile(r"that|which|who|whom", re.I)
MADE = re.compile(  # “a warning [it made on March 3]”
    r"(?:(?:that|which)\s+)?(?!to\b)(?:[\w’'-]+\s+){1,4}?(?:made|issued|gave|given|delivered|sent|repeated|received)\b",
    re.I,
)
AHEAD = re.compile(  # words of what is yet to be
    r"\b(?:to|will|would|shall|should|going|gonna|must|can|cannot|could|may|might|ought|need|if|unless|never|not|no longer|risks?|danger)\b"
    r"|[’'](?:ll|d)\b|\bwon[’']t\b",
    re.I,
)
DEED_NOUN = re.compile(
    r"\b(?:\w+(?:tion|sion|ment|ance|ence|ship|ing)s?|peace|help|acts?|steps?|measures?|changes?|reforms?|justice|revenge|war)\b",
    re.I,
)
SILENT = re.compile(
    r"to (?:answer|comment|respond|reply|elaborate|speak|talk|say|tell|discuss|be drawn)\b", re.I
)
NEVER_SAID = re.compile(
    r"\b(?:never|not)\s+(?:\w+\s+)?(?:sa(?:id|y|ying)|t(?:old|ell)|mention(?:ed)?|promised?|pledged?|vow(?:ed)?|stated?|claim(?:ed)?)\b|n[’']t\s+(?:say|tell|promise)\b",
    re.I,
)


@cache
def terms_of_anonymity() -> re.Pattern[str]:
    """The words in which a source asks not to be named, by the package's table that reading uses."""
    return compiled("|".join(r.pattern for r in table("anonymity", Phrase)), "anonymity.csv")


def is_undone(record: Record, claim: Claim) -> bool:
    """True where what a claim tells of came to nothing, by words outside it: police “foiled a plan to bomb” and bind themselves to nothing."""
    own = [v for v in record.events if claim.id in v.claims]
    return bool(own) and all(
        v.factuality is Factuality.NEGATED and not negated(claim, v.trigger) for v in own
    )


def binds(record: Record, claim: Claim) -> bool:
    """True where a claim's words say what somebody will, should or won't do: no request for comment, no “warning it made in March”."""
    parts = [" ".join(s.text.split()) for s in claim.content]
    if not parts or any(RELATIVE.fullmatch(p) for p in parts) or FOR_PRESS.match(parts[0]):
        return False
    noun = claim.cue is not None and NOUN.search(claim.cue.text) is not None
    if (noun and MADE.match(parts[0])) or asks_anonymity(record, claim):
        return False
    if claim.act is not Act.REQUEST and is_no_oath(record, claim):
        return False
    if claim.act is Act.REFUSE:
        if OPINION.match(parts[0]) or (claim.cue and OPPOSED.search(claim.cue.text)):
            return False
        return SILENT.match(parts[0]) is None and not (claim.cue and NEVER_SAID.search(claim.cue.text))
    before = record.document.text[: min(s.start for s in claim.content)]
    if claim.act is not Act.REQUEST and not (before.endswith(" to ") or tells_of_a_deed(" ".join(parts))):
        return False
    return not is_undone(record, claim)


def is_no_oath(record: Record, claim: Claim) -> bool:
    """True for a wish, an answer in a poll, and what is foretold of another: “she said he would give up the port”."""
    cue = claim.cue.text if claim.cue else ""
    who = claim.source_span.text if claim.source_span else ""
    if WISH.search(cue) or NEVER_SAID.search(cue) or POLLED.search(who):
        return True
    return claim.act is Act.PROMISE and not OWN_WORD.search(cue) and is_of_another(record, claim)


def is_of_another(record: Record, claim: Claim) -> bool:
    """True where all that a claim's words say will be done is another person's to do, or nobody's: “it would rain”."""
    text = record.document.text
    starts = [m.start() for s in claim.content for m in FUTURE.finditer(text, s.start, s.end)]
    source = next((s.entity for s in record.sources if s.id == claim.source), None)
    own = next((e for e in record.entities if e.id == source), None)
    if own is None or own.kind is not EntityKind.PERSON:
        return False
    called = {m.text.casefold() for m in own.mentions}
    persons = {m.end: e.id for e in record.entities if e.kind is EntityKind.PERSON for m in e.mentions}

    def another(at: int) -> bool:
        if at in persons:
            return persons[at] != own.id
        word = text[text.rfind(" ", 0, at) + 1 : at].strip("“\"'‘").casefold()
        return word in NO_ONE or (word in THEIRS and called.isdisjoint(THEIRS[word]) and bool(called & SEXES))

    return bool(starts) and all(another(at) for at in starts)


def tells_of_a_deed(what: str) -> bool:
    """True where a promise or warning tells what is to come or names a deed: no “bribe of 4,000 crowns”, no “one lorry sped away”."""
    kinds = knowledge().kinds
    return (
        AHEAD.search(what) is not None
        or DEED_NOUN.search(what) is not None
        or any(stem(w.casefold()) in kinds for w in WORD.findall(what))
    )


def asks_anonymity(record: Record, claim: Claim) -> bool:
    """True where a claim is the source's request not to be named: terms between speaker and reporter."""
    if claim.cue is None:
        return False
    text = record.document.text[claim.cue.start : max(s.end for s in claim.content)]
    words = " ".join(text.split()).rstrip(".,;:") + " "  # a reason may follow
    return terms_of_anonymity().match(words) is not None
