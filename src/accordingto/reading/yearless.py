"""Which year a day or month is of that is told without one: "on June 14", "in November", "the Sept. 11 attacks".

It is the last such day up to the publication, unless the report tells that day with its year elsewhere, the day is one that everybody
knows by its attack, or the words look ahead.
"""

from __future__ import annotations

import re
from datetime import date

from accordingto.reading.timestate import BEFALLEN, State
from accordingto.reading.tokens import lowered
from accordingto.spans import Range

SOON = 14  # days ahead: such a day of last year would be told with its year
LONG_AGO = (
    230  # days: who tells of what was that long ago says "last November", unless its verb stands right there
)
VOTE = r"(?:primar(?:y|ies)|caucus(?:es)?|elections?|conventions?|contests?|runoffs?|referendums?|ballots?)"
HELD_ON = re.compile(
    rf"\b{VOTE}(?:,| (?:in|on|of|is|are)(?: on)?)? $|\b(?:deadline|hearing|vote|summit)s? (?:is|are) (?:on )?$",
    re.I,
)
OF_DAY = re.compile(
    rf"(?:[’']s?)? (?:[\w-]+ ){{0,2}}?{VOTE}\b(?! (?:was|were|had|did|saw|left|gave|\w+ed)\b)", re.I
)
HAS_BEEN = re.compile(
    r"\b(?:was|were|had|did|won|lost|held|beat|swept|took|came|went|voted|since|after|following|ago|last|earlier|from|results?|outcome)\b",
    re.I,
)
MAY_BE = re.compile(  # "must back her in", "a chance of winning in"
    r"\b(?:will|would|shall|can|could|must|(?-i:may)|might|should|(?:needs?|has|have|hopes?|wants?|plans?) to|let[’']s|chances? of)\b"
    r"(?! (?:have|later|go on|not|soon|only|often|see|hear)\b)(?P<gap>[^.;:“”—]{0,80})$",
    re.I,
)
BEFORE_IT = re.compile(  # "led the field before the caucuses in"
    rf"\b(?:before|ahead of|until|till|entering|for|through) (?:the |its |their )?(?:[\w-]+ ){{0,3}}{VOTE},? (?:in |on )?$",
    re.I,
)
YEARLY = re.compile(
    r"\b(?:every year|each year|annual(?:ly)?|yearly|anniversar(?:y|ies)|mark(?:s|ed|ing)?|commemorat\w+|celebrat\w+)\b",
    re.I,
)
OTHER_CLAUSE = re.compile(r"\b(?:who|which|that|when|where|while|because|as|than)\b", re.I)
CLAUSE = re.compile(r"[;:“”—]| -+ |, (?!$)")
ISSUE = re.compile(r" (?:issue|edition|cover)s?\b")
ISSUED = 2  # months by which a magazine may be dated ahead
DEED = re.compile(
    r",? (?:[\w’'-]+ )?(?:attacks?|assaults?|raids?|bombings?|shootings?|massacres?|hijack(?:ing|er)s|riots?|insurrection|coup)\b"
)
ONE = re.compile(r",? attack\b")  # of those that came later on such a day, too


def year_of(m: re.Match[str], s: State, month: int, day: int | None) -> int | None:
    """The year that is named, or the one that makes the date nearest in the right direction."""
    g, at = m.groupdict(), Range(*m.span())
    if g.get("y"):
        return int(g["y"])
    if s.until is not None:
        return s.until.year - ((month, day or 1) > (s.until.month, s.until.day))
    if s.since is not None:
        return s.since.year + ((month, day or 31) < (s.since.month, s.since.day))
    if (near := lowered(g.get("near") or "")) and s.published and "year" not in lowered(m.group()):
        here, now = (month, day or 1), (s.published.month, s.published.day)
        if near in ("last", "this past"):  # "last July 18": the last such day
            return s.published.year - (here >= now)
        if near in ("next", "this coming"):
            return s.published.year + (here <= now)
    if spoken := s.year_spoken_of(at):
        return spoken
    if s.published is None:
        return None
    if which := lowered(g.get("which") or g.get("after") or ""):
        if "year" in lowered(m.group()):
            return s.published.year + {"last": -1, "next": 1}.get(which, 0)
        if which == "last":
            return s.published.year - (month >= s.published.month)
        if which == "next":
            return s.published.year + (month <= s.published.month)
    if day and (known := known_year(s, s.published, at, month, day)):
        return known
    if due := s.due(at, month, day):
        return due
    here, before = (month, day or 1), s.text[s.sentence.start : m.start()]
    now = (s.published.month, s.published.day if day else 1)
    lasting = s.lasting(before)
    if here > now:
        soon = day is not None and 31 * (month - now[0]) + day - now[1] <= SOON
        told = (
            lasting or s.scheduled(before) >= 0 or (day is None and (s.promised(before) or s.awaited(before)))
        )
        to_come = month - now[0] <= 7 and (s.to_come(at) or s.appointed(at))
        ahead = soon or told or which == "this" or to_come or comes(s, s.published, at, month, day)
        return s.published.year - (not ahead)
    again = lasting or (s.ahead_of(at) and month + 12 - now[0] <= 6)
    again = again or (here < now and comes(s, s.published, at, month, day))
    return s.published.year + (here < now and again)


def known_year(s: State, published: date, at: Range, month: int, day: int) -> int | None:
    """The year of a day that the report tells with its year elsewhere, or that is known by its attack ("the Sept. 11 attacks"); None for
    others, and for one near the day of publication or of what is to come, which may be an anniversary.
    """
    told, deed = s.dated.get((month, day)), DEED.match(s.text, at.end) is not None
    if told and (deed or not (s.ahead_of(at) or YEARLY.search(s.text, *s.sentence))):
        away = abs((date(published.year, month, min(day, 28)) - published).days)
        return told if deed or min(away, 365 - away) > SOON else None
    year = s.words.get("remembered", {}).get(f"{month:02d}-{day:02d}")
    if told or year is None or not deed or ONE.match(s.text, at.end):
        return None
    return int(year) if date(int(year), month, day) <= published else None


def comes(s: State, published: date, at: Range, month: int, day: int | None) -> bool:
    """Whether a day or month of which the last one is long ago is the coming one: that of a vote, of what may or must be then, or one of a
    coming month of which the report tells a day.
    """
    ahead = (date(published.year, month, min(day or 28, 28)) - published).days % 365
    before = s.text[s.sentence.start : at.start]
    if ISSUE.match(s.text, at.end, s.sentence.end) and day is None:
        return ahead <= 31 * ISSUED
    if ahead > 365 - LONG_AGO or BEFALLEN.match(s.text, at.end, s.sentence.end):
        return False
    clause = CLAUSE.split(before)[-1]
    if OF_DAY.match(s.text, at.end, s.sentence.end) or BEFORE_IT.search(clause):
        return not HAS_BEEN.search(clause)
    coming = day and any(first > published and first.month == month == last.month for first, last in s.told)
    if coming:
        return not any(s.past(w) for w in clause.split())
    if HELD_ON.search(clause):
        return not tells_past(s, clause)
    told = MAY_BE.search(clause)
    return told is not None and not OTHER_CLAUSE.search(told["gap"]) and not tells_past(s, told["gap"])


def tells_past(s: State, words: str) -> bool:
    """Whether words tell of what has been."""
    return HAS_BEEN.search(words) is not None or any(s.past(w) for w in words.split())
