"""Where a time expression stands, and whether the words around it look ahead or back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from accordingto.spans import Range

AHEAD = re.compile(
    r"\b(?:will|shall|is to|are to|plans? to|planned for|scheduled|due (?:to|on|in)|set to|slated|upcoming|"
    r"expected to|ahead of|would be held|to be held|is expected|are expected|’ll|'ll|going to|deadline|delayed|postponed)\b",
    re.I,
)
UNTIL = re.compile(r"\b(?:until|till)\s+$", re.I)
FIRST_VERB = re.compile(
    r"(?:(?!\b(?:\w+ed|said|was|were|had|has|have|did|that|which|who|told|met|left|began|saw|took)\b)[^.;:\"“”]){0,110}?\b(?:will|shall|is to|are to|is set|are set|is due|are due)\b",
    re.I,
)
BACK = re.compile(r"\b(?:said|started|began|told|was|were|had|did|killed|ago|announced|after|since)\b", re.I)
STILL_TO_BE = r"(?!scheduled|due|set|planned|slated|postponed|delayed|expected|to\b)"
OVER = re.compile(  # "began on Oct. 7", "since Oct. 7"
    rf"\b(?:began|started|erupted|killed|was|were|since)(?: {STILL_TO_BE}[\w-]+){{0,3}} $", re.I
)
BEFALLEN = re.compile(  # "the Oct. 7 attack", "on Oct. 7 gunmen killed"
    r"(?:,? (?!will|shall|to\b|is\b|are\b)[\w-]+){0,2}? "
    rf"(?:attacks?|assaults?|massacres?|raids?|bombings?|killings?|began|killed|(?:was|were) {STILL_TO_BE})\b",
    re.I,
)


@dataclass(slots=True)
class State:
    """What a resolver knows where it stands: the words around, publication date, last date seen."""

    text: str
    sentence: Range
    published: date | None
    last: date | None
    words: dict[str, dict[str, str]]

    @property
    def ahead(self) -> bool:
        """Whether the sentence looks ahead."""
        return bool(AHEAD.search(self.text, self.sentence.start, self.sentence.end))

    def over(self, at: Range) -> bool:
        """Whether the words beside a date tell of what has been, whatever the rest of the sentence looks ahead to."""
        before = OVER.search(self.text[max(self.sentence.start, at.start - 40) : at.start])
        return bool(before or BEFALLEN.match(self.text, at.end, self.sentence.end))

    def ahead_of(self, at: Range) -> bool:
        """Whether the words before an expression look ahead rather than back; "until Friday" does."""
        before = self.text[self.sentence.start : at.start]
        if UNTIL.search(before):
            return True
        future = max((m.end() for m in AHEAD.finditer(before)), default=-1)
        past = max((m.end() for m in BACK.finditer(before)), default=-1)
        if future < 0 and past < 0:  # "On Saturday, for its part, the choir will sing"
            return FIRST_VERB.match(self.text, at.end, self.sentence.end) is not None
        return future > past
