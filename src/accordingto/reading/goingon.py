"""Days on which somebody goes on speaking: “Ana Ruiz warned on Monday that the dam leaked. The wall was old, [she said].”

A report tells once when somebody spoke. What its words tell of another time than that of what they said before (a day, “earlier”, “has said”,
“a day after she said”) or of another occasion (“in an interview” after “told a rally”) is not taken along, nor what somebody only believes, which
is so on no day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accordingto.reading.acts import without
from accordingto.reading.claims import Draft, begin
from accordingto.reading.entities import Found
from accordingto.reading.layers import Timex
from accordingto.reading.saidwhen import BELIEF, NOT_DAYS
from accordingto.record import Quotation, SourceKind
from accordingto.spans import Cover, Range

FAR = 3  # sentences from what was said on a day to what its speaker goes on to say
PAST = 60  # days before a report; what somebody did longer ago is told as history
A_DAY = re.compile(r"\d{4}-(?:\d\d-\d\d|W\d\d)")
TOLD = re.compile(  # words of saying in the past, or that hang on another
    r"\b(?:said|told|wrote|spoke|went on|made (?:it )?clear|put it|held that|took aim|hit (?:out|back)|laid out|did not|didn['’]t|could not|\w{2,}(?:ed|ing))\b",
    re.I,
)
HANGING = re.compile(r"\w{2,}ing\b", re.I)
DEEDS = re.compile(  # what is done in words but not in those that are told
    r"\b(?:plan|intend|refus|agree|order|reject|decid|approv|vot|oppos|support|back|commit|mean|want|wish|hop|lik|prefer|sentenc|convict|rul|sue|charg|"
    r"indict|plead(?:ed|ing)?(?! for)|sign|adopt|aim|conclud|determin|recommend|realiz|learn|understand|recall|remember|hear|show|reveal|found|witness)\w*",
    re.I,
)
OTHERWISE = re.compile(  # right before a word of saying: it is of another time, or of none
    r"(?:\b(?:had|has|have|having|will|would|may|might|can|could|should|is|are|was|were|be|been|being|who|which|to|by|once|never|often|always|"
    r"repeatedly|earlier|previously|recently|before|long|later|since|already|initially|originally|first)|['’](?:d|s|ve|ll))\s+(?:\w+ly\s+|also\s+|not\s+|then\s+)*$",
    re.I,
)
EARLIER = re.compile(
    r"\b(?:earlier|previously|in the past|recently|repeatedly|last (?:week|month|year)|years? ago|at the time|in an earlier|(?<!minutes )(?<!hours )later|afterwards?|since then|"
    r"separate(?:ly)?|once(?! again)|formerly|in the meantime|meanwhile|the (?:next|following|same|previous) (?:day|week|month|year)|every|often|always|(?:days?|weeks?|months?|years?) (?:after|before))\b",
    re.I,
)
BEHIND = re.compile(
    r"\b(?:after|before|since|until|once)\s+(?:the\s)?$", re.I
)  # it tells only when else something was
OCCASION = re.compile(  # of its own: not “the meeting”
    r"\b(?:an?|another|his|her|their|its)\s+(?:(?!of\b|that\b)[\w’'-]+\s){0,3}?(?P<noun>interview|rally|speech|briefing|conference|address|meeting|"
    r"hearing|podcast|debate|summit)\b|\b(?P<show>on\s(?:(?:the\s)?[A-Z][\w.]+(?:['’]s?)?\s){1,3}[“\"])"
)
HEARER = re.compile(r"told\s+(?!reporters|journalists|the\s(?:media|press))\w")
OF_LIFE = re.compile(  # before a day: it is not that of what the sentence tells
    r"\b(?:who|whose|whom|which|since|until|till|will|would|starting|starts|begins|beginning|born|elected|appointed|named|coming|upcoming|than)\b[^;:]*$",
    re.I,
)


@dataclass(slots=True)
class Spoken:
    """What somebody last said on a day that is told, where that ends and on what occasion it was said: a noun for it, empty where none is told."""

    day: Timex
    end: int
    occasion: str = ""


def go_on(
    text: str,
    drafts: Sequence[Draft],
    times: Sequence[Timex],
    sentences: Sequence[Range],
    entities: Sequence[Found],
    today: date | None = None,
) -> None:
    """Give the day of what somebody said, or of where somebody spoke, to what they go on to say near by."""
    starts = [s.start for s in sentences]
    contents = [c for d in drafts for c in d.content]
    said = Cover(contents)
    told = [t for t in times if t.value and not NOT_DAYS.match(t.value) and not said.containing(t.at)]
    last: dict[int, Spoken] = {}
    for d in sorted((d for d in drafts if d.parent is None and d.source), key=begin):
        number = bisect_right(starts, begin(d)) - 1
        end = max(r.end for r in (d.source, d.cue, *d.content) if r)
        around = Range(sentences[number].start, max(end, sentences[number].end))
        words = without(text, around, [c for c in contents if c.overlaps(around)])
        if d.said_on is None:
            before = last.get(id(d.speaker)) or appeared(
                text, d, told, sentences[max(0, number - 1) : number + 1], entities, today
            )
            away = number - bisect_right(starts, before.end - 1) + 1 if before else FAR + 1
            if before is None or away > FAR:
                continue
            since = Range(min(before.end, around.start), around.end)
            if any(since.contains(t.at) and t.value != before.day.value for t in told):
                continue
            if elsewhere(before, words):
                last.pop(id(d.speaker), None)
                continue
            if not goes_on(text, d, words, away):
                continue
            d.said_on = before.day
        if A_DAY.match(d.said_on.value or ""):
            last[id(d.speaker)] = Spoken(d.said_on, end, occasion(words))
        else:
            last.pop(id(d.speaker), None)


def occasion(words: str) -> str:
    """The occasion that words outside of what is said tell of: “interview” of “said in an interview”, “told” where only who heard it is told."""
    found = OCCASION.search(words)
    if found:
        return found["noun"] or "show"
    return "told" if HEARER.search(words) else ""


def elsewhere(before: Spoken, words: str) -> bool:
    """Whether words tell of another occasion than that on which something was said before; what was said in some week may be from any."""
    here = occasion(words)
    if here in ("", "told", before.occasion):
        return False
    known = before.occasion and not (before.occasion == "told" and here in ("interview", "show"))
    return bool(known) or "W" in (before.day.value or "")


def appeared(
    text: str,
    draft: Draft,
    told: Sequence[Timex],
    near: Sequence[Range],
    entities: Sequence[Found],
    today: date | None,
) -> Spoken | None:
    """Where a speaker did something on the one day that a sentence just before tells, and where that sentence ends."""
    if draft.speaker.entity is None or draft.quotation is Quotation.INDIRECT:
        return None
    for around in near:
        days = [t for t in told if around.contains(t.at) and t.at.end < begin(draft)]
        if len(days) != 1 or not A_DAY.match(days[0].value or ""):
            continue
        day = days[0]
        off = (day.earliest - today).days if today is not None and day.earliest is not None else 0
        if not -PAST <= off <= 0 or OF_LIFE.search(text, around.start, day.at.start):
            continue
        if any(around.contains(m) for m, _ in entities[draft.speaker.entity].mentions):
            return Spoken(day, around.end)
    return None


def goes_on(text: str, draft: Draft, around: str, away: int) -> bool:
    """Whether a claim, some sentences behind what its speaker said, is said then too, as far as the words of the sentence `around` it tell."""
    if draft.cue is None:
        return True
    called = text[slice(*draft.cue)]
    before = text[max(0, draft.cue.start - 40) : draft.cue.start]
    if BELIEF.search(called) or DEEDS.match(called) or EARLIER.search(around) or OTHERWISE.search(before):
        return False
    if draft.source is not None and BEHIND.search(text, max(0, draft.source.start - 12), draft.source.start):
        return False
    if draft.speaker.kind is SourceKind.DOCUMENT:
        return True
    hanging = HANGING.match(called) is not None
    return TOLD.match(called) is not None and (not hanging or away == 0)
