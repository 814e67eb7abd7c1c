"""What a warning, promise, request or question takes for granted of a deed: “demanded an inquiry into [the raid]”.

Who “asked why police [shot] him” or “warned that two wells had been [hit]” says that it was; who “called on others to cease
the supply”, “urged the release of the two”, “would answer if it [fired]” speaks of a deed and doesn't say that there was any.
"""

from __future__ import annotations

import re

from accordingto.ledger.clauses import before
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.negations import names_of, naming
from accordingto.record import Claim, Event

CLAUSE = re.compile(
    r"[,;:]\s+|\b(?:who|whom|whose|which|that|where|when|after|since|because|why|how|while|as|but|before|until)\s+",
    re.I,
)
SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|lest|in case|provided|should (?:it|they|he|she|the|any|\w+s))\b", re.I
)
UNREAL = re.compile(  # in the clause of a verb: what is only to be, or is not
    r"\b(?:will|would|wo|shall|should|can|could|may|might|must|to|be|not|never|no|stop|cease|avoid|against|from)\b|n['’]t\b|['’]ll\b",
    re.I,
)
WANTED = re.compile(  # right before a named deed: what is to be done, or not to be
    r"(?:^(?:of|for|against|on|to)?|\b(?:carr(?:y|ying) out|(?:conduct|launch|mak|hold|start|resum|continu|ensur|allow|permit|guarantee|seek|speed|"
    r"facilitat|support|ceas|stop|halt|end|suspend|avoid|prevent|avert|demand|order)(?:p?ing|e)?|begin(?:ning)?|refrain(?:ing)? from|"
    r"call(?:s|ed|ing)? for|(?:an? )?(?:end|halt|stop) to))\s*$",
    re.I,
)
DEFINITE = re.compile(
    r"(?:^|(?<=\W))(?:the|this|that|these|those|its|their|his|her|our|your|[\w-]+['’]s?)\s+(?:[\w'’-]+\s+){0,3}$",
    re.I,
)
PAST = re.compile(
    r"(?:\w+ed|shot|struck|hit|slain|fell|fought|held|took|taken|beat(?:en)?|burnt|blew|blown|broke|broken|set|left|lost|died|"
    r"dead|sent|shut|cut|met|began|drove|driven|fled|led|got|gave|given|made|put|ran|saw|seen|sank|sunk|stole|stolen|swept|threw|thrown)\b",
    re.I,
)
DONE = re.compile(r"\b(?:was|were|has|have|had|been|being)\s+(?:\w+ly\s+)?$", re.I)


def presumes(claim: Claim, event: Event, known: Knowledge) -> bool:
    """True where the words of a claim that speaks of an event tell it as a thing that was: by a past verb, or as one known.

    What a claim wants, fears or promises stands at its beginning, “[the release] of the two”; what it takes for granted below.
    """
    for s in naming(claim, event):
        for start, end in names_of(s, event, known):
            told, name = s.text[:start], s.text[start:end]
            if supposed(s.text, start):
                continue
            if PAST.match(name) or DONE.search(told):
                if not UNREAL.search(clause(told)):
                    return True
                continue
            definite = DEFINITE.search(told)
            if definite and not WANTED.search(told[: definite.start()]):
                return True
    return False


def supposed(content: str, at: int) -> bool:
    """True where words of a content stand in a clause that begins with “if”, “unless” or “whether”."""
    last = None
    for m in SUPPOSED.finditer(content, 0, at):
        last = m
    return last is not None and not re.search(r"[,;:]", content[last.end() : at])


def clause(told: str) -> str:
    """The last clause of the words before a verb."""
    begins = [m.end() for m in CLAUSE.finditer(told)]
    return told[begins[-1] :] if begins else told


def conditional(claim: Claim, event: Event) -> bool:
    """True where a claim names the event under an “if”: “would answer if it carried out the raid”."""
    held = [s for s in claim.content if s.range.contains(event.trigger.range)]
    return bool(held) and all(supposed(s.text, len(before(s, event.trigger))) for s in held)
