"""What happens in a novel, a film or a drill alone: no event of the real world.

"In the novel, a bomb kills 200 passengers", "a thriller in which the mayor is shot", "in the drill, soldiers playing invaders killed 12
defenders", "a mock missile strike". What a documentary tells of did happen, and so may an accident during a drill.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordingto.reading.layers import Happening
from accordingto.record import Measure
from accordingto.spans import Cover, Range

STORY = r"(?:novel|thriller|sitcom|soap opera|opera|musical|video game|computer game|comic book|short story|fairy tale|movie|play)"
WORK = rf"(?:{STORY}|film|TV series|television series|drama)"
ONE = r"(?:the|an?|his|her|this|that|its|their|one|another)"
TITLE = r"(?:“[^”\n]{1,60}”|\"[^\"\n]{1,60}\")"
FRAMES = (
    re.compile(
        rf"[“\"]?\bIn {ONE} (?:[\w’'-]+ ){{0,3}}?(?:{WORK} {TITLE},?|{STORY}(?: (?:by|from) [^,.\n]{{1,40}})?,) "
    ),
    re.compile(rf"\b(?<!power ){STORY}(?: {TITLE})?,? (?:in which|about an?)\b", re.I),
    re.compile(r"\bplays (?:an?|the) [^.;:]{1,40}? who\b"),
)
DRILL = r"(?:drill|exercise|war ?game|simulation|rehearsal|scenario)s?"
IN_DRILL = re.compile(rf"(?:In|During) {ONE} (?:[\w’'-]+ ){{0,2}}?{DRILL}, ")
BY_ACCIDENT = re.compile(
    r"\b(?:accident\w*|mistake\w*|live (?:ammunition|rounds?|fire)|malfunction\w*)\b", re.I
)
PLAYED = re.compile(
    r"\b(?:playing|posing as|acting as|role-?play\w*|mock|simulated|imaginary|fictional|notional|dummy)\b",
    re.I,
)
FOUGHT = frozenset(
    "strike bombing attack clash killing death abuse destruction territory invasion detention".split()
)
HARMED = frozenset((Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DISPLACED))
MOCK = re.compile(r"\b(?:mock|simulated|make-believe)(?: (?!an?\b|the\b)[\w-]+){0,2} $", re.I)
EXECUTION = re.compile(r"execution", re.I)  # a mock one is done to somebody
MOCK_PHRASE = re.compile(r"(?:an? |the )?(?:mock|simulated|make-believe)\b(?! execution)", re.I)
REAL = re.compile(r"\bdocumentar(?:y|ies)\b", re.I)
ANY = re.compile(rf"\b(?:{WORK}|plays (?:an?|the)|{DRILL}|mock|simulated|make-believe)\b", re.I)
BEFORE = 40  # characters before a trigger in which it may be told to be mock


class Imagined:
    """Where one document tells of what did not take place in the real world."""

    def __init__(self, text: str, sentences: Sequence[Range]) -> None:
        self._text = text
        self._any = ANY.search(text) is not None
        self._stories = Cover(list(stories(text, sentences)) if self._any else [])
        self._drills = Cover(list(drills(text, sentences)) if self._any else [])

    def holds(self, mention: Happening) -> bool:
        """Whether a mention is of a story's or a drill's deed."""
        if not self._any:
            return False
        if self._stories.touching(mention.trigger):
            return True
        if mention.type not in FOUGHT:
            return False  # the drill itself, and who came to harm in it
        at = mention.trigger
        torture = EXECUTION.match(self._text, at.start)
        mock = not torture and MOCK.search(self._text, max(0, at.start - BEFORE), at.start)
        by_mock = any(MOCK_PHRASE.match(self._text, p.at.start, p.at.end) for p in mention.parts)
        return bool(mock or by_mock or self._drills.touching(at))

    def counts(self, at: Range, measure: Measure) -> bool:
        """Whether a number is of those harmed in a story or a drill alone."""
        return measure in HARMED and bool(self._stories.touching(at) or self._drills.touching(at))


def stories(text: str, sentences: Sequence[Range]) -> Iterator[Range]:
    """From the words that open a story to the end of their sentence; none in a report of a documentary."""
    if REAL.search(text) is None:
        for s in sentences:
            opened = [m.end() for frame in FRAMES if (m := frame.search(text, *s))]
            if opened:
                yield Range(min(opened), s.end)


def drills(text: str, sentences: Sequence[Range]) -> Iterator[Range]:
    """The sentences that open with a drill and tell what is played in it, unless somebody came to harm by accident."""
    return (
        s
        for s in sentences
        if IN_DRILL.match(text, *s) and PLAYED.search(text, *s) and not BY_ACCIDENT.search(text, *s)
    )
