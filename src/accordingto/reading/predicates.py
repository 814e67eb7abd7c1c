"""What is said of those counted behind them, and whether it is said to have been done: "were killed", "have not been vaccinated".

A verb of aid that is negated tells who lacks it ("could not reach 90,000 people"), one that is only aimed at or to come
("needs funds to feed") counts nobody reached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accordingto.record import Measure
from accordingto.spans import Range

FAR = 160  # characters right of what is counted in which its predicate stands
GAP = 60  # characters between what is counted and its predicate
ADVERBS = r"(?:\s+(?:\w+ly|also|still|now|said|believed|thought|known|feared|confirmed|already|all|later|then|so|far|to|have|been|be|badly|shot|either)){0,4}"
CUT = re.compile(
    r";|\s[—–]\s|\b(?:but|while|whereas|after|before|because|although|though|since|when|where|whose|if|unless|and then|as)\b"
)
INSERT = re.compile(
    r",?\s*\(?(?:including|among (?:them|whom)|of (?:whom|them|which)|most of|mostly|half of|many of|at least|(?:an? |the )?(?:\w+ )?(?:majority|number|third|quarter) of)\b"
)
INSERTION = re.compile(  # "37 people (15 of them women) were killed", "37 people — 15 of them women — were", "a boy, 4, was"
    r"\([^()]{1,120}\)|(?<=\s)(?P<dash>[—–]|--?)\s[^;.—–]{1,120}?\s(?P=dash)(?=\s)|—[^;.—]{1,120}—"
    r"|, (?:aged )?\d{1,3}(?:(?:, | and )\d{1,3})*,(?=\s)"
)
AT_ONCE = re.compile(rf"(?:\s+(?:have|had|has|may|might|could|later))?{ADVERBS}\s+")
OF_ONE = re.compile(r"(?:was|is|has)\b|fleeing$", re.I)
AND_ONE = re.compile(r"\band (?:an?|one|his|her|the)\b")  # "Two soldiers watched and a boy was killed"
RESUMES = re.compile(r",\s(?P<aux>(?:(?:have|had|has|are|is|were|was)\s)?)")
RESUMED = re.compile(r"[,)]\s(?=(?:was|were|have|has|had|are|is|died|fled|remain|got|lost|need)\b)")
RESUMED_PLAIN = re.compile(  # "nine soldiers including a captain were killed"
    r"(?<!\bwho)(?<!\bthat)(?<!\bwhich)[,)]?\s(?=(?:was|were|have|has|had|are|is|died|fled|remain|got|lost|need)\b)"
)
CLOSED = re.compile(
    r"[^,]*|,\s*|,[^,]*,\s*(?:which |who )?"
)  # nothing, or a whole insertion, between the two
NOTHING = re.compile(r"\b(?:no|little|neither)\b", re.I)  # "have received no aid"
RELATIVE = re.compile(r"\b(?:who|whom|which)\b")
PLACED = re.compile(r"(?:in|on|at|from|of|near|aboard|inside|outside|with|among|across|around)\b")
OF_SOMEONE = re.compile(r"\b(?:an?|his|her)\s+(?:[\w’'-]+\s*){1,2}$")
ACTING = re.compile(  # what is counted does something to someone: "Thousands attended the funeral of a boy killed on Monday"
    r"\s+(?:\w+ly\s+)?(?:\w+ed|took|held|met|saw|bore|led|said)\s+(?:the|an?|their|his|her|its|those|these|for)\s",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A pattern of alternatives, each with its measure."""

    pattern: re.Pattern[str]
    measures: tuple[Measure, ...]

    def of(self, m: re.Match[str]) -> Measure:
        """The measure of a match."""
        return self.measures[(m.lastindex or 1) - 1]


@dataclass(frozen=True, slots=True)
class Said:
    """Predicates with their measures, and the words before a verb that tell that it was not done or was only to be done."""

    choice: Choice
    undone: re.Pattern[str]
    aimed: re.Pattern[str]

    def measure(self, text: str, start: int, m: re.Match[str]) -> Measure:
        """The measure of a predicate, with what the words from `start` on make of it; who "was not killed" is often the denied dead."""
        told = self.choice.of(m)
        if told is Measure.REACHED:
            return self.aid(text, start, m)
        alive = told is not Measure.KILLED and self.undone.search(text, start, m.start())
        return Measure.OTHER if alive else told

    def aid(self, text: str, start: int, verb: re.Match[str]) -> Measure:
        """What a verb of aid measures: who was reached, who lacks it, or who is only to get it."""
        if self.undone.search(text, start, verb.start()) or NOTHING.search(verb[0]):
            return Measure.IN_NEED
        return Measure.OTHER if self.aimed.search(text, start, verb.start()) else Measure.REACHED


def choice(rows: list[tuple[str, Measure]], *, end: str) -> Choice:
    """One pattern of many rows; groups inside a row don't capture."""
    body = "|".join("(" + re.sub(r"(?<!\\)\((?!\?)", "(?:", p) + ")" for p, _ in rows)
    return Choice(re.compile(rf"(?<![\w-])(?:{body}){end}", re.I), tuple(m for _, m in rows))


def said_of_part(text: str, start: int, end: int, said: Said) -> Measure | None:
    """The measure of a verb right behind "of whom" or "of them": "four of whom later died"."""
    m = said.choice.pattern.search(text, start, min(end, start + GAP))
    return said.choice.of(m) if m and AT_ONCE.fullmatch(text, start, m.start()) else None


def predicate(text: str, start: int, end: int, later: Sequence[int], said: Said) -> Measure | None:
    """The measure that the first predicate after what is counted sets, behind what brackets, dashes or ages insert before it."""
    after = text[start : min(end, start + 2 * FAR)]
    inserted = [Range(start + m.start(), start + m.end()) for m in INSERTION.finditer(after)]
    if inserted:
        outside = [n for n in later if not any(i.start <= n < i.end for i in inserted)]
        plain = INSERTION.sub("", after)
        places = [n - start - sum(i.end - i.start for i in inserted if i.end <= n) for n in outside]
        if found := first_predicate(plain, 0, len(plain), places, said):
            return found
    return first_predicate(text, start, end, later, said)


def first_predicate(text: str, start: int, end: int, later: Sequence[int], said: Said) -> Measure | None:
    """The measure of the first predicate in a stretch; `later` is where the next quantities begin that are no ages."""
    limit = min(end, start + FAR)
    following = later[0] if later else end
    if text.startswith(",", start):  # "1.9 million people, or 85 percent of them, have fled"
        for comma in RESUMES.finditer(text, start + 1, limit):
            for place in {comma.end(), comma.start("aux")}:
                if m := said.choice.pattern.match(text, place):
                    return said.choice.of(m)
    if insert := INSERT.match(text, start, limit):
        resumes = RESUMED_PLAIN if insert[0].strip() == "including" else RESUMED
        resumed = resumes.search(text, insert.end(), limit)
        if resumed is None:
            return None
        start = resumed.end()
    else:
        limit = min(limit, following)
    if cut := CUT.search(text, start, limit):
        limit = cut.start()
    m = said.choice.pattern.search(text, start, limit)
    if m is not None and limit == following < end and not text[m.end() : limit].strip():
        return None  # it has an object: "injured 310"
    if m and OF_ONE.match(m[0]) and AND_ONE.search(text, start, m.start()):
        return None
    if m is None or m.start() - start > GAP or not CLOSED.fullmatch(text, start, m.start()):
        return None
    return said.measure(text, start, m) if is_own(text[start : m.start()]) else None


def is_own(between: str) -> bool:
    """Whether a predicate behind these words is of what is counted before them, not of someone in between: "attended the funeral of a boy who was"."""
    head = between[: relative.start()].strip(" ,(") if (relative := RELATIVE.search(between)) else ""
    return not ACTING.match(between) and (
        not head or (PLACED.match(head) is not None and not OF_SOMEONE.search(head))
    )
