"""What words of change make of two numbers: "rose from 30 to 45", "up from 62", "the toll rose by two to 45"."""

from __future__ import annotations

import re

from accordingto.reading.numbers import Amount
from accordingto.spans import Range

NEAR = 96  # characters before a number in which what changes is told
RISING = r"(?:ris(?:e[sn]?|ing)|rose|(?:climb|gr[eo]w|increas|jump|mount|soar|surg|rais|revis|updat|f[ae]ll|drop|lower)\w*|correct(?:s|ed|ing))"
TOLL = r"(?:tolls?|deaths|fatalities|number of \w+)"
RISEN_BY = re.compile(
    rf"\b(?:{TOLL}\b[^.;,\d]{{0,60}}?\b{RISING}|{RISING}\b[^.;,\d]{{0,40}}?\b{TOLL})\b[^.;,\d]{{0,30}}? by (?:[a-z]+ ){{0,2}}$",
    re.I,
)
ARTICLES = r"(?:(?:an?|the|its|earlier|previous|initial) )*"
RISES = re.compile(rf"\b{RISING}\b[^.;,\d]{{0,60}}?\b(?P<way>from|by) {ARTICLES}$", re.I)
RISEN_TO = re.compile(rf"\b{RISING}\b[^.;,\d]{{0,60}}?\b(?:to|at) (?:[a-z]+ ){{0,2}}$", re.I)
SINCE = re.compile(rf"[^.;\d]{{0,40}}\bfrom {ARTICLES}$", re.I)
UP_FROM = re.compile(rf"[^.;\d]{{0,40}}\b(?:up|down) from {ARTICLES}$", re.I)
REVISED = re.compile(  # "corrected its earlier toll of 58 to 52"
    rf"\b(?:{RISING}|reduc(?:e[sd]?|ing)|cut|chang(?:e[sd]?|ing)) (?:the|its|their|his|her|this|that|an?(?! number)|[\w-]+[’']s)(?: (?!(?:about|over|at|for|in|on|that|of)\b)[\w’'-]+){{0,3}}? (?:{TOLL}|count|tally|figure|estimate|number)\b[^.;,\d]{{0,40}}? (?:of|at) {ARTICLES}$",
    re.I,
)
FIGURE = r"(?:figure|number|count|tally|estimate)"
CHANGES = r"(?:rais(?:e[sd]|ing)|revis(?:e[sd]|ing)|correct(?:s|ed|ing)|lower(?:s|ed|ing)|updat(?:e[sd]|ing)|reduc(?:e[sd]|ing)|cut|chang(?:e[sd]|ing)|amend(?:s|ed|ing))"
UP_TO = r"(?: (?:up|down|upwards?|downwards?|later|again|slightly|sharply))* to (?:[a-z]+ ){0,2}"
OTHER_SUBJECT = (  # "nine people were killed and the alert was raised to 3"
    r"\b(?:and|but|while|as|when|where|after|because|with) (?!(?:(?:has|had|have|was|were|later|since|then|now|it|that|this|which|who)\b|(?:the|that|this|its|their) (?:figure|estimate)\b))"
    r"(?:[\w’'-]+ ){1,6}?(?:was|were|been|being|is|are|be)\b"
)
REVISES = re.compile(  # "put it at 33 but revised it down to 30", "given as 58, was corrected to 52"
    rf"(?:(?!\b(?:tolls?|numbers?(?! that\b)|counts?|tally|total)\b|{OTHER_SUBJECT})[^.;\d]){{0,100}}?\b{CHANGES}(?: (?:it|that|this|them))?{UP_TO}",
    re.I,
)
LATER = re.compile(  # a sentence up to its number: "It was later raised to", "The ministry then revised the figure to"
    rf"(?:[^.;:\d]{{1,40}}, )?(?:(?:(?P<it>it|this|that)|(?:the|that|this|its) {FIGURE})(?: (?:was|has|had|been|later|since|then|soon|subsequently))+ {CHANGES}"
    rf"|[^.;:,\d]{{1,60}}? {CHANGES} (?:(?P<that>it|this|that)|(?:the|that|this|its|their) {FIGURE})){UP_TO}",
    re.I,
)
TOLL_ASIDE = re.compile(
    r"\b(?:death )?tolls?, (?:[a-z]+ ){0,4}(?:given|put|set|reported|announced) (?:as|at) $", re.I
)
PERCENT = re.compile(r"\s?(?:%|per ?cent\b|percentage\b)")
FROM = re.compile(r"\bfrom $", re.I)
WITHIN = r"(?:[^.;\n]|\.(?=\w))"  # a character of a clause: never across a full stop
LONG = 120  # characters between a toll's noun and its verb, where what the toll is of is told at length
COUNT = (
    r"(?:tolls?|(?:number|count|tally|total) of (?:the |those |people |civilians |persons |children |\w+ )?"
    r"(?:dead|deaths|fatalities|casualties|victims|killed|wounded|injured|missing|displaced)|deaths|fatalities)"
)
A_COUNT = re.compile(rf"\b{COUNT}\b", re.I)
COME_TO = rf"(?:{RISING}|reach(?:ed|es|ing)?|now at|(?:now )?(?:stands?|stood) at|(?:has|had) (?:hit|passed|topped|exceeded))"
HAS_RISEN = re.compile(
    rf"\b{COUNT}\b{WITHIN}{{0,{LONG}}}?\b{COME_TO}\b"
    rf"|\b(?:(?:rais|revis|updat|lower)(?:e[sd]?|ing)|put|brought)\b{WITHIN}{{0,60}}?\b{COUNT}\b{WITHIN}{{0,{LONG}}}?\b(?:to|at)(?= (?:[a-z]+ ){{0,2}}\d)",
    re.I,
)
NUMBER = r"(?:[a-z]+ ){0,3}?(?:\d[\d,.]*(?<![,.])|(?:one|two|thr|thir|fo|fif|six|seven|eigh|nine|ten|eleven|twel|twen|dozens?)[\w-]*)"
CHANGED_TOLL = re.compile(  # what a body does: “revised the death toll from the storm to 138 from 145”
    rf"\b(?:(?:revis|rais|lower|reduc|updat|increas)e?[ds]|cut) (?:(?:up|down)\w* )?(?P<toll>(?:the|its|their|his|her|an?) [^.;,\n]{{0,40}}?\b{COUNT}\b"
    rf"{WITHIN}{{0,{LONG}}}?\b(?:to|at) {NUMBER}(?:,? (?:(?:up|down) )?from {NUMBER})?)",
    re.I,
)
TO_NUMBER = re.compile(r"[^.;,\d]{0,40}")  # between a toll's verb and its number
OPENS = re.compile(
    r"(?:(?:but|and|by|on|as of|late|early|at|in) )*", re.I
)  # before a time that opens a sentence
LEADS = re.compile(r",?(?:(?!\b(?:and|as|when|after|but|while)\b)[^.;:,]){0,40}")  # from there to a toll
ANOTHER_CLAUSE = re.compile(
    r"[;:.“”]|\b(?:after|when|as|from|following|since|who|which|where|while|because|but)\b", re.I
)
CHANGED = re.compile(
    rf"\b(?:{RISING}|(?:mov|chang|shift|reduc|expand|extend|doubl)\w*|went|go(?:es|ing|ne)?|cut|up|down|sw[eo]ll\w*|shr[aiu]nk)\b[^.;\d]{{0,60}}$",
    re.I,
)
COUNTED = re.compile(
    r" (?:(?:[a-z]+ )?(?:people|children|men|women|[a-z]+s)|were|are|had|have|died|dead|killed|wounded|injured|missing)\b"
)


def risen_by(m: re.Match[str]) -> bool:
    """Whether what looks like a range is a toll's increase and what it has come to: "the toll rose by two to 45"."""
    before = m.string[max(0, m.start() - NEAR) : m.start()]
    return RISEN_BY.search(before) is not None and PERCENT.match(m.string, m.end()) is None


def two_states(m: re.Match[str], low: Amount, high: Amount) -> bool:
    """Whether "from 20 to 40" tells what was and what came of it, or two years, rather than a range of things counted."""
    text, start = m.string, m.start()
    if " to " in m[0] and REVISED.search(text, max(0, start - NEAR), start):
        return True
    if not FROM.search(text, max(0, start - 5), start) or text[m.end("from") : m.start("to")].strip() != "to":
        return False
    changed = CHANGED.search(text, max(0, start - NEAR), start)
    return changed is not None or low >= high or COUNTED.match(text, m.end()) is None


def revised(text: str, start: int, number: int, joint: str) -> bool:
    """Whether the second of two numbers is what the first was changed to: "put at 33 but revised down to 30", "its toll of 58 to 52"."""
    if REVISES.fullmatch(joint):
        return True
    return joint.strip() == "to" and REVISED.search(text, start, number) is not None


def revised_later(text: str, before: Range, lead: Range) -> bool:
    """Whether a sentence up to its number says what the number told in the sentence before became: "It was later raised to".

    "It" is the toll only where that sentence names one.
    """
    m = LATER.fullmatch(text, *lead)
    return m is not None and (not (m["it"] or m["that"]) or A_COUNT.search(text, *before) is not None)


def of_a_toll(text: str, start: int, number: int) -> bool:
    """Whether a number stands behind a toll that it is told of in passing: "the toll, initially given as 58"."""
    return TOLL_ASIDE.search(text, max(start, number - NEAR), number) is not None


def risen_from(text: str, start: int, number: int, joint: str) -> bool:
    """Whether the second of two numbers is what the first has risen from: "rose to 62 on Wednesday from 48", "71, up from 62".

    `start` is where their sentence begins, `number` where the first does; `joint` is what stands between the two.
    """
    if UP_FROM.fullmatch(joint):
        return True
    return SINCE.fullmatch(joint) is not None and RISEN_TO.search(text, start, number) is not None


def rises(text: str, around: Range) -> list[Range]:
    """Where a sentence tells that a toll has risen, each from the toll's noun to its verb: "the death toll … rose"."""
    return [Range(*m.span()) for m in HAS_RISEN.finditer(text, *around)]


def day_of_rise(text: str, around: Range, at: Range) -> bool:
    """Whether a time tells when a toll had come so far: "rose to 45 on Wednesday", "On Tuesday the death toll reached 31".

    A time between the noun and the verb belongs to what the toll is of, one behind "after" to what is told there.
    """
    for rise in rises(text, around):
        if rise.end <= at.start and not ANOTHER_CLAUSE.search(text, rise.end, at.start):
            return True
        if OPENS.fullmatch(text, around.start, at.start) and LEADS.fullmatch(text, at.end, rise.start):
            return True
    return False


def rising(text: str, around: Range, number: Range) -> bool:
    """Whether a number is what a toll of its sentence has come to: it stands right behind the toll's verb."""
    return any(
        TO_NUMBER.fullmatch(text, rise.end, number.start)
        and not ANOTHER_CLAUSE.search(text, rise.end, number.start)
        for rise in rises(text, around)
    )
