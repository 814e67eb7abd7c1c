"""Refusals that are deeds of their own, and no word on any other: “denied them visits”, “rejected the widow's application”; and what
somebody won't do, which says of no deed that it was not: “it will not remove the mine”, “no plans to attend”."""

from __future__ import annotations

import re

from accordingto.ledger.clauses import before
from accordingto.ledger.negations import NEAR
from accordingto.ledger.sayings import said
from accordingto.record import Act, Claim, Event

ASKED = r"(?:applications?|appeals?|requests?|petitions?|motions?|pleas?|bail|parole|entry|access|permission|permits?|visas?|asylum)"
NEEDED = r"(?:visits?|visitors|food|water|(?:medical )?(?:treatment|care|help|attention)|medicines?|medication|sleep|lawyers?|legal|aid|calls?|contact)"
DENIED_THEM = re.compile(  # “denied the widow bail”, “denied us the usual visits”
    rf"(?!that\b)(?:[\w'’&.-]+\s+){{0,6}}?{ASKED}\b(?!\s+(?:had|has|have|was|were|is|are)\b)"
    rf"|(?:us|me|him|her|them|you|(?:the )?\w+s)\s+(?:[\w'’-]+\s+){{0,3}}?{NEEDED}\b(?!\s+(?:had|has|have|was|were|is|are)\b)",
    re.I,
)
TURNING = re.compile(r"\b(?:den(?:y|ied|ies|ying|ial)|reject|refus|declin|dismiss|turn)", re.I)
TURNED_DOWN = re.compile(  # “rejected the widow's application”, “refused offers of talks”: deeds, and no word on any other
    rf"(?!that\b|to\b)(?:[\w'’&.-]+\s+){{0,6}}?(?:{ASKED}|bids?|offers?|proposals?|demands?|invitations?|calls?|nominations?|resignations?|amendments?|bills?|attempts?|efforts?|moves?|measures?|"
    r"plans?|deals?|terms|results?|truce|ceasefire|talks|negotiations)\b(?!\s+(?:had|has|have|was|were|is|are)\b)",
    re.I,
)
OPPOSED = re.compile(r"\boppos", re.I)  # to oppose a thing says of none that it was not
WONT = re.compile(  # up to what won't be, needn't be, or might have been: “will not”, “no plans to”, “there would not have been an”
    r"\b(?:(?:will|shall|should|must)\s+(?:\w+\s+){0,2}?(?:not|never|no)|(?:wo|should|must)n['’]t)\b(?!\s+have\b)"
    r"|(?:\b(?:not|never|no longer)|n['’]t)\s+(?:going|about|planning|prepared|willing|ready)\s+to\b|\bno\s+(?:plans?|intentions?|need)\s+(?:to|of|for)\b"
    r"|\bwould(?:\s+not|n['’]t)\s+have\s+been\s+(?:an?|any)\b",
    re.I,
)


def wont(claim: Claim, event: Event) -> bool:
    """True where a claim says of an event that it won't be, not that it was not."""
    return any(
        s.range.contains(event.trigger.range) and WONT.search(before(s, event.trigger)[-NEAR:]) is not None
        for s in claim.content
    )


def turns_down(claim: Claim, event: Event) -> bool:
    """True for a claim whose own deed the event is, “rejected the appeal”, or that refuses what was asked for: it denies no deed."""
    if claim.cue and claim.cue.range.overlaps(event.trigger.range) and TURNING.search(event.trigger.text):
        return True
    if claim.act is Act.REFUSE and claim.cue and OPPOSED.search(claim.cue.text):
        return True
    words = said(claim)
    return claim.act in (Act.REFUSE, Act.DENY) and bool(
        TURNED_DOWN.match(words) if claim.act is Act.REFUSE else DENIED_THEM.match(words)
    )
