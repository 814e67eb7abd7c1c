"""Where a time expression stands, and whether the words around it look ahead or back."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from accordingto.reading.timevalues import ago, moved
from accordingto.reading.tokens import lowered
from accordingto.spans import Range

AHEAD = re.compile(
    r"\b(?:will|shall|is to|are to|(?:plan|aim|intend|hope)s? to|planned (?:for|from|between|on)|(?:is|are) planned to|projected|scheduled|due (?:to (?!(?:an?|the|this|his|her|its|their)\b)|(?:on|in|next|by|this|at|for|back|before|later)\b)|(?:is|are|falls?) due|set (?:to|for)|slated|upcoming|"
    r"expected to|ahead of|would be held|would be [a-z]+ed(?= on\b)|to be held|is expected|are expected|(?:is|are) likely to|’ll|'ll|going to|deadline|delayed|postponed)\b",
    re.I,
)
TO_DO = re.compile(r"(?:(?P<before>[\w’'.&-]+),? )?(?P<who>[\w’'.&-]+) to (?P<verb>[A-Za-z-]+)(?=[ ,])")
NOT_WHO = re.compile(  # "forced to close", "thousands gather to bury", "how to vote", "a plot to strike"
    r".*ed|fails?|refuses?|continues?|manages?|helps?|rush(?:es)?|races?|go(?:es)?|comes?|gathers?|meets?|returns?|"
    r"flees?|fly|flies|rall(?:y|ies)|turns?|uses?|it|them|him|her|us|back|how|enough|way|plots?|bid|attempts?|efforts?|what|"
    r"first|last|was|were|had|has|have",
    re.I,
)
DEADLINE = re.compile(
    r"\b(?:(?P<by>by|no later than)|before)(?: (?:the )?(?:(?:end|middle|start|beginning|close) of|early|mid|late))?(?: the)? $",
    re.I,
)
COMMITS = re.compile(
    r"(?<!had )\b(?:promis(?:es?|ed|ing)|vow(?:s|ed|ing)?|pledg(?:es?|ed|ing)|threaten(?:s|ed|ing)?|agree(?:s|d|ing)?|call(?:s|ed|ing)? for|"
    r"commit(?:s|ted|ting)?|order(?:ed|ing)|demand(?:ed|ing)|urg(?:es|ed|ing)|plan(?:s|ned|ning)? to|unless|must(?! have\b))\b",
    re.I,
)
PROMISED = re.compile(  # right before a month: "agreed to hold talks in", "planned to free the hostages in"
    r"(?<!had )\b(?:promis(?:es?|ed|ing)|vow(?:s|ed|ing)?|pledg(?:es?|ed|ing)|threaten(?:s|ed|ing)?|agree(?:s|d|ing)?|plan(?:s|ned|ning)?|"
    r"offer(?:s|ed|ing)?|hop(?:es?|ed|ing)|intend(?:s|ed|ing)?) to (?!(?:plead|pay|compensat|investigat|apologi|answer|testif|review|look)[a-z]*\b)[a-z]+(?P<what>(?: (?!(?:who|whom|which|that|after|since|before|when|where|"
    r"because|over|held|killed|taken|made|said|was|were|had|did)\b)[\w’'-]+){0,8}?) in $",
    re.I,
)
PLANS = re.compile(  # right before a month: "pledged elections in", "announced a summit in the capital in"
    r"(?<!had )\b(?:promis(?:es?|ed|ing)|pledg(?:es?|ed|ing)|offer(?:s|ed|ing)?|propos(?:es?|ed|ing)|announc(?:es?|ed|ing)|"
    r"call(?:s|ed|ing)? for) (?:[\w’'-]+ ){0,3}?(?:elections?|polls|vote|referendum|talks|summit|conference|meeting|exercises|drills|visit)"
    r"(?P<what>(?: [\w’'-]+){0,4}?) (?:in|for) $",
    re.I,
)
THAT = re.compile(r"\b(?:that|that same|the same) $", re.I)  # "in August 1995 …, and that November"
OF_THAT = re.compile(r",? of (?:that|the same) year\b")  # "May 13 of that year"
DAY_FIRST = re.compile(r"(?<![\d/.])(?:1[3-9]|2\d|3[01])([/.])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d\d)(?![\d/])")
STATED = re.compile(r",? (?:is|was|will|would|had|has|may|might|could)\b")  # "said that March was warm"
FUTURE = re.compile(r"\b(?:will|shall|would)\b(?! have\b)|[’']ll\b", re.I)
HAS_BEEN = re.compile(r"\b(?:had|was|were|did)\b", re.I)
THEN = re.compile(r"\b(?:ago|last|earlier|previous(?:ly)?|yesterday|year|(?:19|20)\d\d)\b", re.I)
FAR = 8  # months ahead, over the turn of a year, from which a missed deadline is as likely meant
CAPITAL = re.compile(r"\b[A-Z][a-z]+\b")
HEADLINE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
LONGEST = {"W": 7, "M": 31, "Q": 92, "Y": 366}  # days
NEAR = 60  # characters between a verb of schedules and its time
MEANWHILE = re.compile(
    r"\b(?:as|while|when|where|who|which|because)\b", re.I
)  # another clause: "talks begin as six die"
LONGEST_DEED = 80  # characters from a verb to the day of its deed, at most
UNTIL = re.compile(r"\b(?:until|till)\s+$", re.I)
VERBAL = re.compile(
    r"\b(?!(?:from|until|till|through|the|end|middle|start)\b)[a-z]{3,}\b"
)  # not "From March through"
TO_THE_END = re.compile(r"\b(?:until|till|through|up to)(?: the)? $", re.I)
CLAUSE = re.compile(r"[;:“”\"—–]|, ")
WAS = re.compile(r"\b(?:was|were|had|did)\b", re.I)
LASTS = re.compile(
    r"\b(?:is|are|has been|have been|remains?|stays?|runs?|lasts?|holds?|continues?|goes|go|will|shall)\b",
    re.I,
)
EXTENDED = re.compile(  # what lasts from now on though the verb is a past one
    r"\b(?:extended|prolonged|renewed|postponed|delayed|adjourned|suspended|banned|barred|closed|shut)(?: [\w’'-]+){0,3} (?:until|till|through|up to)(?: the)? $",
    re.I,
)
WAS_TO = re.compile(
    r"\b(?:was|were|had been) (?:due|scheduled|set|supposed|expected|meant|planned|to)\b[^.;:]*$", re.I
)
INSTEAD = re.compile(r"[^.;:]{0,40}?\bbut\b", re.I)  # "was due on Monday but fled"
ANEW = re.compile(r"\b(?:and|but)\b", re.I)  # another verb begins
OPENING = re.compile(r"\W*(?:\w+ )?$")  # "On", at the sentence's beginning
MAY_COME = re.compile(
    r"\b(?:(?:may|might|could|would|should)\b(?! have\b)|(?:expect|hope|aim|plan|want)s?\b)", re.I
)
AGREED = re.compile(  # "agreed to a truce from", "a ceasefire starting"
    r"\b(?:agree[ds]?|announc(?:e[ds]?|ing)|sign(?:s|ed)?|declar(?:e[ds]?|ing)|accept(?:s|ed)?|order(?:s|ed)?|impos(?:e[ds]?|ing)|truce|"
    r"cease-?fire|curfew|lockdown|ban)(?P<gap>[^.;:,]{0,50}?) (?:from|starting|beginning|effective|as of)(?: from| on)? $",
    re.I,
)
ENTERED = re.compile(r"\b(?:entered|went into|been (?:in|under)) (?:an? |the )?$", re.I)
UNTIL_THEN = re.compile(r",? [^.;:]{0,40}?\b(?:has|had|have|was|were)\b")  # "until Thursday he had refused"
AT_ONCE = re.compile(r",? ")  # from a day to what is told of it: "At a rally on Sunday, he will"
RIGHT_BEHIND = re.compile(r" (?P<verb>[a-z]+)\b(?! (?:by|to)\b)")
AWAITED = re.compile(  # right before a month: "once the agency takes over in", "until the army leaves in"
    r"\b(?:once|when|until|till|as soon as) (?P<clause>[^.;:,“”]{1,60}?\b(?:takes?|leaves?|ends?|begins?|starts?|opens?|expires?|steps?|"
    r"meets?|goes|go|comes?|becomes?|assumes?|retires?|holds?|arrives?|returns?|launch(?:es)?|hosts?|resumes?|convenes?|visits?|moves?|is|are)\b"
    r"[^.;:,“”]{0,80}?) (?:in|at the (?:start|end|beginning) of) $",
    re.I,
)
APPOINTED = re.compile(  # right before a day or month: "adjourned to", "in custody until", "ordered to appear in court on", "Sentencing is on"
    r"\b(?:(?:adjourned|postponed|deferred|put off|put back|pushed back|rescheduled)(?: (?!from\b)[\w’'-]+){0,3} (?:to|until|till)"
    r"|(?:remanded|in custody|in jail)(?: [\w’'-]+){0,4} (?:until|till)(?:(?: [\w’'-]+){1,3} on)?"
    r"|(?:asked|ordered|summoned|directed|told|due|required|bailed|notices?|summons|must)(?: [\w’'-]+){0,4}? (?:to )?(?:appear|report|return|attend|surrender|stand trial)\b"
    r"[^.;:,“”]{0,50} (?:on|by|in)"
    r"|(?:hearing|sentencing|trial|verdict|vote|election|funeral)s? (?:is|are)(?: set)? (?:on|for)) $",
    re.I,
)
OF_CLAUSE = re.compile(r"\b(?:which|that|who)\b", re.I)
SAID_ON = re.compile(
    r"\b(?:said|says|told|announced|reported|added)\b[^.;:“”]{0,40}? on (?P<day>[A-Z][a-z]+day)\b"
)
OVER_NEXT = re.compile(r"\b(?:over|within|during|in) $", re.I)
DAY_TOLD = re.compile(r"\b(?:[A-Z][a-z]+day|yesterday|today)\b")
FIRST_VERB = re.compile(
    r"(?:(?!\b(?:\w+ed|said|was|were|had|has|have|did|that|which|who|told|met|left|began|saw|took|means|shows|comes|follows|marks|remains?)\b)[^.;:\"“”]){0,110}?\b(?:will|shall|is to|are to|is set|are set|is due|are due|(?:is|are) likely to|(?:has|have) (?:[\w’'-]+ ){1,4}(?:scheduled|planned))\b",
    re.I,
)
NUMBER_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?|(?<![\d,.])\d{1,2}(?![\d,.])")
BY_REPORT = r"according to (?:[\w’'-]+ ){0,3}(?:reports?|statements?|letters?|documents?|articles?|interviews?|briefings?|posts?)"
BACK = re.compile(
    rf"\b(?:{BY_REPORT}|said|started|began|told|was|were|had|did|killed|ago|announced|after|since)\b", re.I
)
PAST_DEED = re.compile(  # right before a time: "arrested in Kor on", "captured by rebels late on"; not "for", which plans
    r"\b(?P<verb>[a-z]+)(?P<more>(?: (?:again|here|there|together|early|late|dead|alive|home|back)| (?:in|at|near|outside|from|during|by|with|along|off|after) "
    r"(?:(?!\b(?:will|shall|would|can|could|may|might|should|must|is|are|be)\b)[^.;:,]){1,50}?){0,2}),? (?:(?:early|late) )?(?:(?:on|in) )?$"
)
WHO_DID = re.compile(r"\b(?:who|which|that)(?: had)?(?: [a-z]+ly)? (?P<verb>[a-z]+)\b[^.;:,]{0,60}$")
ED = re.compile(r"[a-z]{2,}(?<!e)ed|agreed|freed|guaranteed|decreed")
NOT_YET = frozenset(
    "scheduled planned set due slated expected postponed delayed projected proposed intended hoped hundred".split()
)
TO_BE = re.compile(r"\b(?:be|get|have|being|to) (?:[a-z]+ly )?(?:[a-z]+(?:,| and| or) )?$")
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
    """What a resolver knows where it stands: the words around, publication date, last date seen.

    `until` and `since` are the other end of a range, or the last of a list, which lends its year; `headline` whether
    the line is one; `told` the first and last days of all times before, in order; `dated` the years of the days (month and day) that the
    report tells with one and the same year.
    """

    text: str
    sentence: Range
    published: date | None
    last: date | None
    words: dict[str, dict[str, str]]
    schedule: re.Pattern[str]
    headline: bool = False
    until: date | None = None
    since: date | None = None
    told: Sequence[tuple[date, date]] = ()
    dated: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def as_many(self, at: int) -> str | None:
        """How many "as many" before a unit are: "the third attack on two posts in as many months", else the number told last in the sentence."""
        before = lowered(self.text[self.sentence.start : at])
        if not before.endswith(" as "):
            return None
        told = NUMBER_WORD.findall(before)[::-1]
        ranks = (self.words["ordinal"].get(w, "") for w in told if w not in ("first", "last"))
        counts = (self.words["number"].get(w, w) for w in told)
        return next((n for n in (*ranks, *counts) if n.isdigit() and n != "0"), None)

    def spoken_of(self, unit: str, *, that: bool = False) -> tuple[date, date] | None:
        """The time told last from which a unit counts: "the year before" from a year, a month or a day; "the week before" from a day.

        With `that` a unit is another than that of the day of publication, where one is told, and a week may lie in a month.
        """
        longest = LONGEST["M" if that and unit == "W" else unit] if unit in LONGEST else 1
        told = [(first, last) for first, last in self.told if (last - first).days < longest]
        if self.published and not self.ahead and self.tells_of_the_past():
            told = [t for t in told if t[0] <= self.published] or told
        now = ago(self.published, 0, unit) if self.published and that and longest > 1 else None
        other = [t for t in told if ago(t[1], 0, unit) != now]
        return next(reversed(other or told), None)

    def with_weekday(self, year: int, month: int, day: int, said: str) -> int:
        """A year, or the only one next to that of publication in which a day falls on the weekday that is `said`: "Monday, July 18"."""
        wanted = int(self.words["weekday"][lowered(said)])
        near = [self.published.year + n for n in (-1, 0, 1)] if self.published else []
        fits = [
            y
            for y in {year, *near}
            if day <= monthrange(y, month)[1] and date(y, month, day).isoweekday() == wanted
        ]
        return fits[0] if len(fits) == 1 else year

    def year_spoken_of(self, at: Range) -> int | None:
        """The year of the time told last where a day or month is said to be of it: "that November"."""
        that = THAT.search(self.text[self.sentence.start : at.start])
        of_that = OF_THAT.match(self.text, at.end) is not None
        that_one = that and not STATED.match(self.text, at.end)
        return self.told[-1][1].year if self.told and (of_that or that_one) else None

    @property
    def day_first(self) -> bool:
        """Whether the report writes a date in digits that can only have its day before its month."""
        return DAY_FIRST.search(self.text) is not None

    def tells_of_the_past(self) -> bool:
        """Whether the sentence has a verb in its past form."""
        words = lowered(self.text[self.sentence.start : self.sentence.end]).split()
        return any(w in ("was", "were") or self.past(w) for w in words) and "planned" not in words

    def from_now(self, at: int) -> bool:
        """Whether "the next year" is the one from now on: "is expected over the next year"; not "over the next year he fought"."""
        return (
            OVER_NEXT.search(self.text, self.sentence.start, at) is not None and not self.tells_of_the_past()
        )

    def said_day(self, after: int, unit: str) -> date | None:
        """The day from which "a day earlier" counts where the sentence tells only behind it when it was said: "…, he said on Wednesday"."""
        said = SAID_ON.search(self.text, after, self.sentence.end)
        if (
            unit != "D"
            or said is None
            or self.published is None
            or DAY_TOLD.search(self.text, self.sentence.start, after)
        ):
            return None
        number = self.words["weekday"].get(lowered(said["day"]))
        back = (self.published.isoweekday() - int(number)) % 7 if number else None
        return None if back is None else moved(self.published, -back)

    def counted_from(self, after: int, unit: str) -> date | None:
        """The day from which an expression that ends at `after` counts: that of the words which tell it, else the one told last."""
        return self.said_day(after, unit) or self.base(unit)

    def base(self, unit: str) -> date | None:
        """The day from which "a year earlier" counts."""
        told = self.spoken_of(unit)
        return told[1] if told else self.published

    @property
    def ahead(self) -> bool:
        """Whether the sentence looks ahead."""
        return bool(AHEAD.search(self.text, self.sentence.start, self.sentence.end))

    def to_come(self, at: Range) -> bool:
        """Whether a date stands in a sentence that looks ahead and is not told of as past."""
        before = self.text[self.sentence.start : at.start]
        return (
            (self.ahead and not self.over(at))
            or self.scheduled(before) >= 0
            or (self.published is not None and self.promised(before))
        )

    def may_come(self, at: Range) -> bool:
        """Whether a quarter is one of what will or may be."""
        return self.ahead or MAY_COME.search(self.text, self.sentence.start, at.start) is not None

    def lasting(self, before: str) -> bool:
        """Whether the words right before a month tell what goes on until it, from now on: "runs until", "was extended through"."""
        if not TO_THE_END.search(before):
            return False
        clause = CLAUSE.split(before)[-1]
        if EXTENDED.search(clause):
            return True
        if WAS.search(clause) or not VERBAL.search(clause):
            return False
        return LASTS.search(clause) is not None or not any(self.past(w) for w in lowered(clause).split())

    def promised(self, before: str) -> bool:
        """Whether the words right before a month tell what somebody undertook to do in it: "pledged to deliver tanks in"."""
        m = PROMISED.search(before) or PLANS.search(before)
        if m is None or THEN.search(before):
            return False
        return not any(self.past(w) for w in m["what"].split())

    def binds(self, before: str) -> bool:
        """Whether the words before a time make it a deadline that is still to come: "promised to leave by", "would pay before"."""
        by = DEADLINE.search(before)
        cues = (COMMITS, FUTURE) if by and by["by"] else (COMMITS,)
        told = max((m.end() for cue in cues for m in cue.finditer(before)), default=-1) if by else -1
        return told >= 0 and HAS_BEEN.search(before, told) is None

    def due(self, at: Range, month: int, day: int | None) -> int | None:
        """The year of a deadline without one: the first such day from when it was set; None where there is none or it may be over."""
        before = self.text[self.sentence.start : at.start]
        if self.published is None or not self.binds(before) or THEN.search(before):
            return None
        months = self.words["month"]
        now = self.published.month
        told = [int(months[w]) for w in map(lowered, CAPITAL.findall(before)) if w in months]
        if told:
            return self.published.year + (month < told[-1]) if told[-1] <= now else None
        passed = (month, day or 31) < (now, self.published.day)
        return None if passed and month + 12 - now > FAR else self.published.year + passed

    def scheduled(self, before: str) -> int:
        """Where the words before a time say what is scheduled for it: "talks resume on", a headline's "envoys to meet on"; else -1."""
        near = max(0, len(before) - NEAR)
        found = max((m.end() for m in self.schedule.finditer(before) if m.end() >= near), default=-1)
        if self.headline:
            found = max((m.end() for m in TO_DO.finditer(before) if self.planned(m)), default=found)
        other = BACK.search(before, max(found, 0)) or MEANWHILE.search(before, max(found, 0))
        return -1 if other else found

    def planned(self, m: re.Match[str]) -> bool:
        """Whether a headline's "to" and verb tell what somebody is going to do, not why or how they do something."""
        who, before = m["who"], m["before"] or ""
        if lowered(m["verb"]) not in self.words["planned"] or NOT_WHO.fullmatch(who):
            return False
        if before.endswith(("'s", "’s", "s'", "s’")) or not before.endswith("s"):
            return True
        if before.islower():  # "heat leads schools to close", "army uses drones to strike"
            return False
        small = who.islower() or m["verb"][0].isupper()
        return not small or who.endswith(("s", ")"))  # but not "thousands march to demand"

    def over(self, at: Range) -> bool:
        """Whether the words beside a date tell of what has been, whatever the rest of the sentence looks ahead to."""
        before = OVER.search(self.text[max(self.sentence.start, at.start - 40) : at.start])
        done = self.done(self.text[self.sentence.start : at.start])
        return bool(before or done or BEFALLEN.match(self.text, at.end, self.sentence.end))

    def done(self, before: str) -> bool:
        """Whether the words before a day tell a deed of it that is over, whatever else is to come: "those captured on", "who fled on"."""
        if self.scheduled(before) >= 0:
            return False
        near, ahead = before[-LONGEST_DEED:], AHEAD.search(before) is not None
        told = [m for m in PAST_DEED.finditer(near) if not TO_BE.search(near, 0, m.start())]
        told = [
            m for m in told if not (ahead and m["more"])
        ]  # "will meet those displaced by floods on Sunday"
        told += [] if ahead else WHO_DID.finditer(near)
        return any(self.past(m["verb"]) for m in told)

    def past(self, verb: str) -> bool:
        """Whether a word is the past form of a verb that doesn't tell of plans."""
        return verb not in NOT_YET and (verb in self.words.get("past", ()) or ED.fullmatch(verb) is not None)

    def ahead_of(self, at: Range) -> bool:
        """Whether the words before an expression look ahead rather than back; "until Friday" does."""
        before = self.text[self.sentence.start : at.start]
        until = UNTIL.search(before) and not UNTIL_THEN.match(self.text, at.end, self.sentence.end)
        if until or self.binds(before) or self.agreed(before) or self.appointed(at):
            return True
        behind = RIGHT_BEHIND.match(self.text, at.end, self.sentence.end)
        if behind and self.past(behind["verb"]) and not before.endswith("for "):
            return False  # "the mayor, who will leave in May, on Monday opened a bridge"
        instead = WAS_TO.search(before) and INSTEAD.match(self.text, at.end, self.sentence.end)
        if instead or self.done(before):
            return False
        future = max((m.end() for m in AHEAD.finditer(before)), default=-1)
        future = max(future, self.scheduled(before))
        past = max((m.end() for m in BACK.finditer(before)), default=-1)
        if future < 0 and past < 0:  # "On Saturday, for its part, the choir will sing"
            verb = FIRST_VERB.match(self.text, at.end, self.sentence.end)
            if verb is None or OPENING.fullmatch(before) is not None:
                return verb is not None
            first = AT_ONCE.match(verb[0])
            apart = "," in verb[0][first.end() if first and not self.cut_short() else 0 :]
            return not apart and not ANEW.search(verb[0])
        return future > past

    def cut_short(self) -> bool:
        """Whether the sentence is known only from the end of a quotation on."""
        return self.text[: self.sentence.start].rstrip().endswith("”")

    def awaited(self, before: str) -> bool:
        """Whether the words right before a month tell what waits for it: "once the agency takes over in"."""
        m = AWAITED.search(before)
        return m is not None and not any(self.past(w) for w in before.split()[-12:] if w.islower())

    def appointed(self, at: Range) -> bool:
        """Whether the words right before a day or month call somebody or put something off to it: "ordered to appear in court on"."""
        told = APPOINTED.search(self.text[self.sentence.start : at.start])
        return told is not None and not INSTEAD.match(self.text, at.end, self.sentence.end)

    def agreed(self, before: str) -> bool:
        """Whether the words before a day tell what was agreed or ordered from it on: "agreed to a truce from"."""
        found = (m for m in AGREED.finditer(before) if not ENTERED.search(before, 0, m.start()))
        gaps = (m["gap"] for m in found)
        return any(not OF_CLAUSE.search(g) and not any(self.past(w) for w in g.split()) for g in gaps)
