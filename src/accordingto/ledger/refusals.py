"""Refusals that are deeds of their own, and no word on any other: “denied them visits”, “rejected the widow's application”."""

from __future__ import annotations

import re

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
    rf"(?!that\b|to\b)(?:[\w'’&.-]+\s+){{0,6}}?(?:{ASKED}|bids?|offers?|proposals?|demands?|invitations?|calls?|nominations?|resignations?|amendments?|bills?|"
    r"plans?|deals?|terms|results?|truce|ceasefire|talks|negotiations)\b(?!\s+(?:had|has|have|was|were|is|are)\b)",
    re.I,
)


def turns_down(claim: Claim, event: Event) -> bool:
    """True for a claim whose own deed the event is, “rejected the appeal”, or that refuses what was asked for: it denies no deed."""
    if claim.cue and claim.cue.range.overlaps(event.trigger.range) and TURNING.search(event.trigger.text):
        return True
    words = said(claim)
    return claim.act in (Act.REFUSE, Act.DENY) and bool(
        TURNED_DOWN.match(words) if claim.act is Act.REFUSE else DENIED_THEM.match(words)
    )
