"""The grammar of time expressions: rules over the words of `data/time_words.csv`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from accordingto.reading.tokens import DIGIT, first_tokens
from accordingto.vocabularies import table

Calendar = Literal[
    "month", "weekday", "daypart", "season", "holiday", "remembered", "unit", "number", "ordinal"
]
Ahead = Literal["planned", "schedule", "schedule or noun", "scheduled"]
Behind = Literal["past"]
Needs = Collection[str] | tuple[Collection[str], ...]  # one of these words, or one of each of several sets


class TimeWord(msgspec.Struct, frozen=True):
    """One row of `time_words.csv`; `key` is group and word together, since a word may be in two groups."""

    key: str
    word: str
    group: Literal[Calendar, Ahead, Behind]
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the grammar; of each set of words in `needs` each match has one (`tokens`), so that most rules needn't be tried."""

    name: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]

    def may_match(self, words: set[str]) -> bool:
        """Whether a stretch with these words can hold a match."""
        return not any(some.isdisjoint(words) for some in self.needs)


@dataclass(frozen=True, slots=True)
class TimeTables:
    """The words of time expressions and the grammar made of them."""

    words: dict[str, dict[str, str]]
    rules: tuple[Rule, ...]
    schedule: re.Pattern[str]

    @classmethod
    def load(cls, extra_dir: Path | None = None) -> TimeTables:
        """The package's table, extended by the user's own `time_words.csv`."""
        words: dict[str, dict[str, str]] = {}
        for row in table("time_words", TimeWord, extra_dir=extra_dir):
            words.setdefault(row.group, {})[row.word] = row.value
        words["number"] = compounds(words["number"]) | words["number"]
        return cls(words, grammar(words), schedule(words))


def compounds(numbers: dict[str, str]) -> dict[str, str]:
    """The numbers made of a ten and a one: "seventy-four"."""
    ones = {w: int(v) for w, v in numbers.items() if v.isdigit() and 0 < int(v) < 10 and len(w) > 2}
    tens = {w: int(v) for w, v in numbers.items() if v.isdigit() and int(v) in range(20, 100, 10)}
    return {f"{ten}-{one}": str(n + m) for ten, n in tens.items() for one, m in ones.items()}


def grammar(words: dict[str, dict[str, str]]) -> tuple[Rule, ...]:
    """The rules; of those that match at one place the longest match counts."""

    def any_of(group: str) -> str:
        return alternatives(words[group])

    def first(group: str) -> frozenset[str]:
        return first_tokens(words[group])

    ones = first("unit")
    units = frozenset(u + s for u in ones for s in ("", "s"))
    month, weekday, part = any_of("month"), any_of("weekday"), any_of("daypart")
    season, number, holiday = any_of("season"), any_of("number"), any_of("holiday")
    unit = "|".join(words["unit"])
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,4}(?:\.\d+)?|(?:\d{1,3}|(?<!and ))½"
    count = (
        rf"(?P<n>{digits}|(?:{number}) hundred|{number}|a (?:few|couple(?: of)?)|couple of)"
        r"(?P<half_more>[ -]and[ -]a[ -]half)?"
    )
    counted = {DIGIT, "couple", *first("number")}
    sides = "past|last|next|coming|previous|recent|first|final"
    roughly = r"(?:(?:about|around|nearly|almost|more than|less than|over|at least|roughly|some|just over|just under) )?"
    year = r"(?P<y>(?:1[5-9]|20|21)\d\d)"
    day = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
    edge = r"(?:(?P<edge>(?:the )?(?:very )?(?:early|late|mid|middle|beginning|start|end|first half|second half|last days|first days|turn)(?:[- ](?:of )?(?:the )?| in )))?"
    near = r"(?:(?P<near>this|last|next|this past|this coming) )?"
    when = r"(?: (?:of )?(?P<which>this|last|next) year)?"
    others = (
        r"(?:(?:, ?\d{1,2}(?:st|nd|rd|th)?)*,? (?P<joint>and|or|to|through|until|till) (?:the )?| ?[-–] ?)"
    )
    until = r"(?P<until>\d{1,2})(?:st|nd|rd|th)?"
    dayname = rf"(?:(?P<wd>{weekday}),? (?:the )?)?"
    no_date = "".join(f"(?<!{re.escape(m)} )" for m in words["month"])  # not the 5 of "Feb. 5-6 p.m."
    tail = rf"(?: (?P<part>{part}))?"
    rules: list[tuple[str, str, Needs]] = [
        (
            "days",
            rf"{dayname}(?P<m>{month}) {day}{others}{until}\b(?![.,:]?\d|%| ?[ap]\.?m\b)(?:,? {year})?{when}",
            (first("month"), {DIGIT}),
        ),
        (
            "days",
            rf"{dayname}{day}{others}(?:(?:{weekday}),? )?{until}(?: of)? (?P<m>{month})(?! \d{{1,2}}\b)(?:,? {year})?{when}",
            (first("month"), {DIGIT}),
        ),
        (
            "days",
            rf"(?P<m>{month})(?: {day})? ?[-–/] ?(?P<to>{month})(?: {until}\b(?!:))?(?:,? {year})?{when}",
            first("month"),
        ),
        (
            "days",
            rf"{day} (?P<m>{month}) ?[-–/] ?{until} (?P<to>{month})(?:,? {year})?{when}",
            (first("month"), {DIGIT}),
        ),
        (
            "date",
            rf"{edge}{near}{dayname}(?P<m>{month})(?: |(?<=\.)){day}(?:-\d{{1,2}})?\b(?:(?:,? |,|(?<=[tdh])\. ){year})?{when}{tail}",
            (first("month"), {DIGIT}),
        ),
        (
            "date",
            rf"{edge}{near}{dayname}{day}(?: of)? (?P<m>{month})(?:,? {year})?{when}{tail}",
            (first("month"), {DIGIT}),
        ),
        (
            "date",
            rf"the (?P<part>{part}) of {dayname}(?P<m>{month}) {day}(?:,? {year})?",
            (first("month"), {DIGIT}),
        ),
        (
            "date",
            rf"the (?P<part>{part}) of {dayname}{day} (?P<m>{month})(?:,? {year})?",
            (first("month"), {DIGIT}),
        ),
        (
            "iso",
            r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
            r"(?:T(?P<clock>(?:[01]\d|2[0-4]):[0-5]\d)(?::\d\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
            {DIGIT},
        ),
        ("slash", r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d\d)", {DIGIT}),
        ("slash", r"(?P<d>\d{1,2})(?P<sep>[.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)", {DIGIT}),
        (
            "month",
            rf"{edge}(?:(?P<which>this|last|next|this past) )?(?P<m>{month})(?:,? (?:of )?{year})?(?: (?:of )?(?P<after>this|last|next) year)?",
            first("month"),
        ),
        (
            "weekday",
            rf"(?:(?P<which>this|last|next|this past|this coming|the following) )?(?P<wd>{weekday}){tail}(?: (?P<off>last|next) week)?",
            first("weekday"),
        ),
        ("weekday", rf"the (?P<part>{part}) of (?P<wd>{weekday})", first("weekday")),
        ("weekday", rf"(?:early|late)(?: on)? (?P<wd>{weekday}){tail}", first("weekday")),
        (
            "hours",
            rf"(?:the )?(?P<time>early|small|wee|late)(?: morning)? hours (?:of|on) (?P<wd>{weekday})(?: morning)?",
            {"hours"},
        ),
        (
            "deictic",
            rf"(?:(?:early|late|earlier|later) )?(?P<word>the day before yesterday|the day after tomorrow|the (?P<late>night|evening) before last|today|tonight|yesterday|tomorrow|overnight){tail}",
            "today tonight yesterday tomorrow overnight night evening".split(),
        ),
        (
            "daypart",
            rf"(?:(?:early|late|earlier|later) )?(?P<which>last|this|that|the same|the previous|the next|the) (?P<part>{part})",
            first("daypart"),
        ),
        (
            "related",
            rf"(?:(?P<edge>earlier|later|early|late|beginning|end|the end of|the beginning of|the start of|mid) )?(?P<which>this past|this coming|this|last|next|past|previous|coming|the past|the last|the previous|the coming|the next|that same|that|the same|the following|the) (?!second\b)(?P<u>{unit}|weekend|quarter|{season})",
            {*ones, "weekend", "quarter", *first("season")},
        ),
        (
            "same",
            rf"the same (?P<u>{unit}|quarter|period|time) (?:(?:of |in )?(?:the )?last year|a year (?:ago|earlier|before)|the year before)",
            {"same"},
        ),
        ("whole", rf"the (?:entire|whole|full) (?P<u>{unit})", "entire whole full".split()),
        (
            "before",
            r"the (?P<u>day|week|month|year) (?P<way>before last|after next|before|after|previous|prior)",
            "before after previous prior".split(),
        ),
        ("inday", r"(?:early|late|earlier|later) in the day", {"day"}),
        (
            "fiscal",
            rf"{edge}(?:the |(?P<which>this|last|next) )?(?:fiscal|financial) year(?: {year})?",
            "fiscal financial".split(),
        ),
        ("holiday", rf"(?:(?P<which>this|last|next) )?(?P<day>{holiday})(?:,? {year})?", first("holiday")),
        (
            "ago",
            rf"{roughly}{count}[ -](?P<u>{unit})s? (?P<way>ago|earlier|later|before|afterward|afterwards|from now|hence)",
            (units, "ago earlier later before afterward afterwards from hence".split()),
        ),
        ("weekday", rf"(?P<n>\d|{number}) (?P<wd>{weekday})s ago", {"ago"}),
        (
            "span",
            rf"(?:the )?(?P<side>{sides})(?: {count})? (?P<u>{unit})s",
            (units - ones, sides.split("|")),
        ),
        (
            "span",
            rf"{roughly}{count}[ -](?:(?:consecutive|straight|successive|full) )?(?P<u>{unit})s?\b(?!-old| old| of age)",
            (units, counted),
        ),
        ("span", rf"{roughly}(?P<n>{number}) (?P<u>{unit})s?(?P<half_more> and a half)", {"half"}),
        ("span", rf"{roughly}half an? (?P<half>{unit})", {"half"}),
        (
            "plural",
            r"(?P<u>days|weeks|months|years|decades|centuries|hours|nights)",
            "days weeks months years decades centuries hours nights".split(),
        ),
        ("decade", r"(?:the )?(?:(?:early|late|mid)[- ])?(?P<y>(?:1[5-9]|20)\d)0s", {DIGIT}),
        ("decade", r"(?:the )?(?:(?:early|late|mid)[- ])?['’](?P<short>[2-9])0s", {DIGIT}),
        (
            "season",
            rf"(?:(?P<which>this|last|next|the) )?(?P<s>{season})(?: (?:of )?{year}(?:[-–/]\d{{2,4}})?)?",
            first("season"),
        ),
        (
            "quarter",
            rf"the (?P<q>first|second|third|fourth|last|final) quarter(?: of {year}| of (?P<which>this|last) year)?",
            {"quarter"},
        ),
        (
            "quarter",
            r"(?P<q>first|second|third|fourth)-quarter(?= (?:results?|earnings|profits?|loss(?:es)?|sales|figures))",
            {"quarter"},
        ),
        ("clock", r"(?P<h>[0-2]\d)(?P<min>[0-5]\d) (?P<zone>GMT|UTC)", {DIGIT}),
        (
            "clock",
            rf"(?:{no_date}(?P<since>\d{{1,2}})(?:[:.](?P<smin>\d\d))?(?:[-–]| to ))?"
            r"(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))? ?(?P<half>a\.m\.?|p\.m\.?|am\b|pm\b|AM\b|PM\b)(?: (?P<zone>GMT|UTC))?",
            {DIGIT},
        ),
        ("clock", r"(?P<h>\d{1,2}):(?P<min>\d\d)(?: ?(?:(?P<zone>GMT|UTC)|hours|hrs|local time))?", {DIGIT}),
        ("clock", rf"(?P<word>\d{{1,2}}|{number}) o['’]clock(?: (?:in the|at) (?P<part>{part}))?", {"clock"}),
        ("clock", r"(?P<noon>noon|midday|midnight)", "noon midday midnight".split()),
        ("year", rf"{edge}(?:the year )?{year}(?:(?P<joint>[-–/])(?P<until>\d\d(?:\d\d)?))?", {DIGIT}),
        (
            "every",
            rf"(?:every|each) (?:other )?(?:(?P<wd>{weekday})|(?P<u>{unit})|(?P<part>{part}))",
            "every each".split(),
        ),
    ]
    return tuple(
        Rule(name, re.compile(rf"(?<![\w/-])(?:(?<!\d[.,])|(?!\d)){body}(?![\w/])", re.I), sets(needs))
        for name, body, needs in rules
    )


def sets(needs: Needs) -> tuple[frozenset[str], ...]:
    """What a rule needs, as the sets of which it needs a word each."""
    return tuple(map(frozenset, needs)) if isinstance(needs, tuple) else (frozenset(needs),)


def schedule(words: dict[str, dict[str, str]]) -> re.Pattern[str]:
    """Verbs whose simple present tells what is to come: "talks resume on Monday", "the truce expires on Jan. 19".

    A plain form that may be a noun counts after a plural alone: "leaders meet", but not "the start"; a verb that may have an
    object counts without one: "the army resumes strikes on Monday" may be told of the Monday that has been.
    """
    verbs, nouns, whole = words["schedule"], words["schedule or noun"], words["scheduled"]
    begun = r"(?<!\bto )(?<!\bnot )(?<!n[’']t )\b"
    alone = r"(?= (?:on|in(?! on\b)|at|from|with|by|next|this|again|anew|there|here|for|under|early|late|between)\b|,? $)"
    forms = [
        rf"{begun}(?:{alternatives([*verbs, *verbs.values(), *nouns.values()])})\b{alone}",
        rf"(?<=s )(?:{alternatives(nouns)})\b{alone}",
        rf"{begun}(?:{alternatives([*whole, *whole.values()])})\b",
    ]
    return re.compile("|".join(forms), re.I)


def alternatives(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))
