"""RawReport → Document: the parts of a printed report, its date and its language.

House notes, credits, captions and datelines are parts of their own; only headline and body are
evidence. What a line is, is told by patterns in `data/parts.csv` and by where it stands; a note may end before its line does.
"""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache

import msgspec

from accordingto.errors import ReportError
from accordingto.intake.report import RawReport, day_of, flaw
from accordingto.reading.invisible import seen
from accordingto.reading.turns import is_transcript
from accordingto.reading.wirecopy import flowing
from accordingto.record import Document, Part, PartKind, document_id
from accordingto.spans import Range, trim
from accordingto.vocabularies import table

LINE = re.compile(r"\S[^\n]*")
STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = r"(?i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
DAY = rf"(?:{MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {MONTH}(?:,? (?:\d{{4}}|\d{{2}}))?)"
CAPITAL, SMALL = ("".join(filter(of_case, map(chr, range(0x1F00)))) for of_case in (str.isupper, str.islower))
PLACE = rf"[{CAPITAL}][{CAPITAL}'’.\-]+(?: [{CAPITAL}][{CAPITAL}'’.\-]+){{0,3}}"
NAME = rf"[{CAPITAL}][\w.'’-]+"
NAMES = rf"{NAME}(?: {NAME}){{0,3}}"
AGENCY = r" ?[(/][^()/\n]{2,40}[)/]"
DATELINE = re.compile(
    rf"(?:{PLACE}(?: ?,? {NAME}){{0,3}}(?: ?,? {DAY})?|{NAMES}(?: (?:&|and) {NAMES})?(?: ?, {NAMES})? ?, {DAY})"
    rf"(?:{AGENCY}(?:,? {DAY})?)?\s*(?:[—–]\s*|(?:--|-|:)\s+)"
    rf"|{NAME}(?: {NAME}){{0,3}}(?:, {NAME})?{AGENCY},? {DAY} ?[—–-]+ "
    rf"|[{CAPITAL}][{SMALL}]+(?:[ -][{CAPITAL}][{SMALL}]+){{0,2}} ?[—–-] (?=[{CAPITAL}])(?![^.—–\n]{{3,200}} [—–] [{SMALL}])"  # "Rustenburg – The"; no aside between dashes
    rf"|\((?:(?P<inside>{NAME}(?: {NAME}){{0,2}})|{NAME}(?: {NAME}){{0,2}}(?:, {NAME}(?: {NAME})?)?, {DAY})\) ?[—–-]+ (?=[{CAPITAL}“\"])"
    rf"|(?P<town>{NAME}(?: {NAME}){{0,2}})(?:, {NAME}(?: {NAME})?)?(?:{AGENCY})? ?[—–-]+ (?=[{CAPITAL}])"
)
SURE = re.compile(rf"[—–-]\s*$|[)/]\s*:\s*$|\b{DAY}\b")  # told as a dateline by its dash, agency or day
MEDIUM = re.compile(
    r"\b(?:Today|News|Times|Post|Herald|Tribune|Gazette|Daily|Journal|Chronicle|Observer|Telegraph|Press|Radio|TV|Online|Mail|Mirror)\b",
    re.I,
)
OUTLET = re.compile(r"\(([^()]{2,40})\)|/([^/]{2,40})/")
MARK = r"\s*[|·•,–—-]?\s*"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
ISO = r"(?P<iso>\d{4}-\d\d-\d\d)"
FULL_DATE = re.compile(
    rf"(?:(?P<m>{MONTH}) (?P<d>\d{{1,2}}),? (?P<y>\d{{4}})|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH}),? (?P<y2>\d{{4}}))"
)
DATED = re.compile(  # a line that tells place, outlet or author and the day: "MOSCOW, 4 March 2031", "By Iva Tamm | Meridian News | 4 March 2031"
    rf"(?P<by>[Bb]y {NAMES}{MARK})?(?:(?P<names>(?!{WEEKDAY}){NAMES}(?: ?, {NAMES})?){MARK})?(?:{WEEKDAY},? )?(?:{FULL_DATE.pattern}|{ISO})"
    rf"(?:{AGENCY})?(?:{MARK}(?P<behind>{NAMES}))?"
)
ENGLISH = frozenset(("the of and to in a that is was for on with said by from at as it has were").split())
HEADLINE_WORDS, HEADLINE_LENGTH = 22, 160
SIGNED = re.compile(  # whose brief ends here: “… in Kor."--Ana Ruiz.”
    rf"(?<=[.!?”\"])(?:--|—){NAME} (?:{NAME} ){{0,2}}{NAME}(?: and {NAME} {NAME})?\.?$"
)
CREDITED = 64  # characters at most of a line that tells whose picture stands there
PICTURED = re.compile(  # what is seen in the picture: one sentence in the present
    r"(?=[^“”\"]{20,320}$)[A-Z][^.]*(?:\.\w[^.]*)*?(?:\b(?:holds?|stands?|speaks?|hugs?|places?|lays?|walks?|gestures?|looks?|waits?|waves?|arrives?|"
    r"attends?|poses?|sits?|listens?|address(?:es)?|greets?|shakes?|carry|carries|leaves?|watch(?:es)?|gathers?|points?|prays?|react(?:s)?|shows?|"
    r"embraces?|kisses|inspects?|patrols?|march(?:es)?|rises?|(?:is|are) (?:seen|pictured|shown))\b|\((?:left|right|center|centre|[LRC])\))"
)
LONG_WORDS, LONG_LENGTH = 50, 320  # of a headline before a line that opens with a dateline
BETWEEN = 2  # lines behind it that are looked at: a credit may stand between
SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|No|Mt))(?<!\b(?:Mrs|Gen|Col|Sgt|Gov|Sen|Rep|Rev|Maj))"
    r"[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z\d])"
)
STILL_NOTE = re.compile(  # a sentence that goes on correcting a report
    r"\s*(?:It|He|She|They|That|This|These|Those|We) (?:is|are|was|were|has|have|had|did|does|do|regrets?|apologi[sz]es?)\b"
    r"|.*\b(?:(?i:version|headline|misspell\w*|misspelt|misstat\w+|misidenti\w+|misattribut\w+|misquot\w+|incorrect(?:ly)?|"
    r"erroneous(?:ly)?|mistakenly|corrected|amended|th(?:is|e) (?:story|article|post))\b)|.*, not\b[^,]*$"
)


class Pattern(msgspec.Struct, frozen=True):
    """One row of `data/parts.csv`.

    `ends` tells where the part ends: empty, with its line; `match`, with what the pattern matched; `sentences`, with the last of the
    sentences that go on correcting a report.
    """

    pattern: str
    kind: str
    ends: str = ""


@cache
def patterns() -> tuple[tuple[re.Pattern[str], PartKind, str], ...]:
    """The package's line patterns, compiled once, each with its part's kind and end."""
    return tuple((re.compile(r.pattern, re.I), PartKind(r.kind), r.ends) for r in table("parts", Pattern))


def nowhere(name: str) -> bool:
    """That a name is no town's, where nobody knows the towns."""
    return False


def document(raw: RawReport, *, is_town: Callable[[str], bool] = nowhere) -> Document:
    """The document of a report that came in."""
    return document_of(
        raw.text,
        title=raw.title,
        published=raw.published,
        url=raw.url,
        outlet=raw.outlet,
        headline_first=raw.headline_first,
        is_town=is_town,
    )


def document_of(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    url: str | None = None,
    outlet: str | None = None,
    headline_first: bool | None = None,
    is_town: Callable[[str], bool] = nowhere,
) -> Document:
    """The document of a text, which stays unchanged.

    `is_town` says whether a name is a town's: one in capitals with a colon behind it opens a report as its dateline only then.
    `headline_first` says whether the first line is the headline; None decides by its shape. Without
    `published` the date comes from a dateline or date line that has day, month and year, else it is open;
    without `outlet` a dateline's agency in brackets stands for it.

    Raises:
        ReportError: where the text holds half a character or NUL, which no file and database can keep, `published` is no day, or another field is no text.
    """
    name = title if isinstance(title, str) and title else "text"
    for field, value in (("title", title), ("url", url), ("outlet", outlet)):
        if value is not None and (why := flaw(field, value)):
            raise ReportError("text", why)
    published = day_of(published, name)
    if why := flaw("text", text):
        raise ReportError(name, why)
    shown = seen(text)
    flow = flowing(shown.text)
    parts = find_parts(flow, title, headline_first, is_town)
    head = next((shown.text[p.start : p.end] for p in parts if p.kind is PartKind.HEADLINE), None)
    if published is None:
        dates = (full_date(shown.text[p.start : p.end]) for p in parts if tells_day(p, shown.text))
        published = next((d for d in dates if d), None)
    if outlet is None:
        found = (OUTLET.search(shown.text, *at) for at in datelines(flow, parts))
        outlet = next((m[1] or m[2] for m in found if m), None) or outlet_told(shown.text, parts)
    title = title or head
    return Document(
        id=document_id(text, title, published),
        text=text,
        title=title,
        url=url,
        outlet=outlet,
        published=published,
        language=language(text),
        parts=tuple(Part(p.kind, *shown.as_given(Range(p.start, p.end))) for p in parts),
    )


def find_parts(
    text: str, title: str | None, headline_first: bool | None, is_town: Callable[[str], bool] = nowhere
) -> list[Part]:
    """The parts of a text as it is seen, in order; they never overlap and cover every line that holds anything.

    A headline comes first, or behind notes alone.
    """
    waiting = deque(trim(text, Range(*m.span())) for m in LINE.finditer(text))
    parts: list[Part] = []
    body_begun = False
    while waiting:
        at = waiting.popleft()
        line = text[slice(*at)]
        opening = not parts or (headline_first is None and all(p.kind is PartKind.EDITOR_NOTE for p in parts))
        long = opening and headline_first is None and is_long_headline(line)
        after = [text[slice(*w)] for w in itertools.islice(waiting, BETWEEN)] if long else []
        led = any(dateline_end(each, text, is_town) is not None for each in after)
        dated = opening and bool(waiting) and headline_first is None and is_dated(line, is_town, headed=False)
        if led or (opening and not dated and is_headline(line, bool(waiting), title, headline_first)):
            parts.append(Part(PartKind.HEADLINE, *at))
            continue
        kind, end = told(line)
        if kind is PartKind.BODY and parts and is_credit(parts[-1]) and PICTURED.match(line):
            kind = PartKind.CAPTION
        elif kind is PartKind.BODY and (signed := SIGNED.search(line, max(0, len(line) - CREDITED))):
            end = signed.start()
        if kind is PartKind.BODY and not body_begun and is_dated(line, is_town, headed=bool(parts)):
            kind, end = PartKind.DATELINE, len(line)
        if end < len(line):
            waiting.appendleft(trim(text, Range(at.start + end, at.end)))
            at = Range(at.start, at.start + end)
        if kind in (PartKind.BYLINE, PartKind.DATELINE) and body_begun and len(waiting) > 2:
            kind = PartKind.BODY if len(line) > 80 and not STOP.search(line) else kind
        if kind is PartKind.BODY and not body_begun:
            body_begun = True
            if (length := dateline_end(line, text, is_town)) is not None:
                end = at.start + length
                opens = PartKind.BYLINE if names_outlet(line[:length], is_town) else PartKind.DATELINE
                parts.append(Part(opens, *trim(text, Range(at.start, end))))
                at = trim(text, Range(end, at.end))
        parts.append(Part(kind, *at))
    return parts


def is_credit(part: Part) -> bool:
    """Whether a part only tells whose picture stands there."""
    return part.kind is PartKind.CAPTION and part.end - part.start <= CREDITED


def dateline_end(line: str, text: str, is_town: Callable[[str], bool]) -> int | None:
    """Where the dateline ends that opens a line of a text; None where none does. The label of a speaker is none."""
    m = DATELINE.match(line)
    if m is None or m.end() == len(line):
        return None
    if named := m["town"] or m["inside"]:
        return m.end() if is_town(named) else None
    town = re.split(r"[,:(/]", m[0])[0].strip()
    return m.end() if SURE.search(m[0]) or (is_town(town) and not is_transcript(text)) else None


def is_dated(line: str, is_town: Callable[[str], bool], *, headed: bool) -> bool:
    """Whether a line of its own tells the day of a report, with its place, outlet or author: whose name anyone may have behind a headline, and a known town or a word
    for media must tell of at the opening.
    """
    m = DATED.fullmatch(line)
    if m is None or full_date(line) is None:
        return False
    names = ", ".join(n for n in (m["names"], m["behind"]) if n)
    if headed or m["by"] or not names:
        return True
    town = names.split(",")[0].strip()
    return MEDIUM.search(names) is not None or is_town(town) or is_town(town.title())


def names_outlet(opening: str, is_town: Callable[[str], bool]) -> bool:
    """Whether what stands before a dash is the outlet's name and no town's: "TODAY HONDURAS –"."""
    name = re.split(r"[,:(/–—-]", opening)[0].strip()
    return " " in name and MEDIUM.search(name) is not None and not is_town(name)


def told(line: str) -> tuple[PartKind, int]:
    """What a line begins with, and where that ends."""
    for pattern, kind, ends in patterns():
        if m := pattern.match(line):
            if ends == "match":
                return kind, m.end()
            return kind, note_end(line, m.end()) if ends == "sentences" else len(line)
    return PartKind.BODY, len(line)


def note_end(line: str, known: int) -> int:
    """Where the note ends with which a line begins: behind the last sentence that still corrects a report; `known` is surely of it."""
    stops = [*(m.end() for m in SENTENCE_END.finditer(line, known)), len(line)]
    for end, after in itertools.pairwise(stops):
        if not STILL_NOTE.match(line, end, after):
            return end
    return len(line)


def is_headline(line: str, goes_on: bool, title: str | None, headline_first: bool | None) -> bool:
    """Whether a line that may be the headline is; `goes_on`: more lines follow."""
    if headline_first is not None:
        return headline_first
    if title and line.casefold() == " ".join(seen(title).text.split()).casefold():
        return True
    short = len(line) <= HEADLINE_LENGTH and len(line.split()) <= HEADLINE_WORDS
    return short and goes_on and not STOP.search(line) and told(line)[0] is PartKind.BODY


def is_long_headline(line: str) -> bool:
    """Whether a line may be a headline though it is long, a sentence without a stop, or though it ends with one."""
    words, brief = len(line.split()), len(line) <= HEADLINE_LENGTH
    short = len(line) <= LONG_LENGTH and words <= (HEADLINE_WORDS if STOP.search(line) else LONG_WORDS)
    return short and (brief or not STOP.search(line)) and told(line)[0] is PartKind.BODY


def full_date(text: str) -> date | None:
    """The first date with day, month and year in a dateline, an ISO date too; None where there is none."""
    if (iso := re.search(ISO, text)) is not None:
        with suppress(ValueError):
            return date.fromisoformat(iso[0])
    for m in FULL_DATE.finditer(text):
        month = (m["m"] or m["m2"])[:3].lower()
        try:
            return date(int(m["y"] or m["y2"]), MONTHS.index(month) + 1, int(m["d"] or m["d2"]))
        except ValueError:
            continue
    return None


def language(text: str) -> str:
    """`en`, or `und` (ISO 639-2: undetermined) where a longer text has next to no English small words."""
    words = re.findall(r"[^\W\d_]+", text[:4000].lower())
    if len(words) < 40:
        return "en"
    return "en" if sum(w in ENGLISH for w in words) >= 0.08 * len(words) else "und"


def as_seen(document: Document) -> Document:
    """A document as it is read: without what nobody sees of its text (see `invisible`); itself where that changes nothing."""
    shown = seen(document.text)
    if shown.text == document.text:
        return document
    places = [(p.kind, shown.of_given(Range(p.start, p.end))) for p in document.parts]
    parts = tuple(Part(kind, *at) for kind, at in places if at.start < at.end)
    return msgspec.structs.replace(document, text=shown.text, parts=parts)


def headlines(document: Document) -> tuple[Range, ...]:
    """The stretches that are headlines."""
    return tuple(Range(p.start, p.end) for p in document.parts if p.kind is PartKind.HEADLINE)


def evidence(document: Document) -> tuple[Range, ...]:
    """The stretches that later stages read: headline and body, in order."""
    used = (PartKind.HEADLINE, PartKind.BODY)
    return tuple(Range(p.start, p.end) for p in document.parts if p.kind in used)


def tells_day(part: Part, text: str) -> bool:
    """Whether the day of a report may stand in a part: a dateline, or a credit that is a dated line."""
    credit = part.kind is PartKind.BYLINE and DATED.fullmatch(text, part.start, part.end) is not None
    return credit or part.kind is PartKind.DATELINE


def outlet_told(text: str, parts: Sequence[Part]) -> str | None:
    """The outlet that a line with the day names: “Meridian News, 4 March 2031”."""
    lines = (DATED.fullmatch(text, p.start, p.end) for p in parts if tells_day(p, text))
    names = (n for m in lines if m for n in (m["names"], m["behind"]) if n)
    return next((n for n in names if MEDIUM.search(n)), None)


def datelines(text: str, parts: Sequence[Part]) -> tuple[Range, ...]:
    """The openings of first paragraphs, and lines beside a headline, that tell where a report was written; a line that holds a date alone,
    or an outlet's name or an author's with it, tells no place.

    `text` has flowing lines.
    """
    found = (Range(p.start, p.end) for p in parts if p.kind is PartKind.DATELINE)
    return tuple(
        at for at in found if text[at.end :].partition("\n")[0].strip() or tells_place(text[slice(*at)])
    )


def tells_place(line: str) -> bool:
    """Whether a line with the day tells a place: its first name has a comma behind it and is none of a medium's or an author's."""
    m = DATED.fullmatch(line)
    if m is None or m["by"] or not m["names"] or MEDIUM.search(m["names"]):
        return False
    return "," in line[: m.end("names") + 2]
