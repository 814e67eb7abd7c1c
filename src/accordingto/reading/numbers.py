"""Number words and digits: a pattern that finds them, and their value.

"4,000", "45 300", "2.5 million", "one hundred and twenty", "two dozen", "half a million", "three-quarters of a million",
"a million and a half", "2½ million", "10,00,000", "5bn".
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from accordingto.reading.tokens import lowered
from accordingto.spans import Range
from accordingto.vocabularies import table

Amount = int | float
MONTH_BEFORE = r"(?<!ary |rch |ril |May |une |uly |ust |ber |Jan |Feb |Mar |Apr |Jun |Jul |Aug |Sep |ept |Oct |Nov |Dec )"
SPACED = (  # "R120 000", "20 000", "45 300" but not "0800 123 456", "12 3456" or "On July 12 300 people"
    r"(?:(?:(?<=[$€£¥])|(?<=\b[RNP]))\d{1,3}(?: \d{3})+(?!\d)|\d{1,3}(?: 000)+(?!\d)"
    rf"|(?<!\d ){MONTH_BEFORE}[1-9]\d{{0,2}}(?: \d{{3}})+(?! ?\d))"
)
VULGAR = "½¼¾⅓⅔"
DIGITS = rf"(?:{SPACED}|\d{{1,3}}(?:,\d{{2,3}})+|\d{{1,3}}(?:[\u00a0\u202f\u2009]\d{{3}})+|\d+)(?:\.\d+|(?: and)? ?[{VULGAR}])?|[{VULGAR}]"
DECIMAL_COMMA = r"\d{1,3},\d{1,2}"  # "1,2 million": only before a scale
COMMA = re.compile(r"(?<![\d,.])(\d{1,3}),(\d{1,2})(?=[ -]?[a-z])")
ATTACHED = r"(?:kms?|kgs?|mm?|cm|ft|lbs?|mph|kph|MW|GW|pc|pct)"  # units written onto digits: "50km"
TOKEN = re.compile(rf"\d{{1,3}}(?: \d{{3}})+(?!\d)|{DIGITS}|[a-z]+")
SPACES = re.compile(r"[, \u00a0\u202f\u2009]")
COUNTED_NEXT = re.compile(  # "2.3m people", "1.2m displaced", "4.5m are in need"
    r" (?:[a-z]+ )?(?:people|children|men|women|[a-z]{2,}[^\Wsu]s)\b"
    r"| (?:are|were|have|had|has|who|others|more|live|face|need|fled|in need|displaced|killed|wounded|injured|reached|targeted|affected|"
    r"vaccinated|uprooted|homeless|hungry|of (?:them|whom|these|those|the \w+s))\b"
)
COUNTED_BEFORE = re.compile(  # "reached 2.3m", "targets 3.57m with food and 1.2m with shelter"
    r"\b(?:reach|displac|target|vaccinat|immuni[sz]|uproot|shelter|feed|fed\b|assist|aid|help|affect|infect|support|register|host|serv|kill)\w*"
    r"(?! (?:to|by)\b)(?:[^.;:]|\.(?=\d)){0,40}(?:\dm\b[^.;:]{0,30})?$",
    re.I,
)
MEASURED_NEXT = re.compile(  # "2.3m high"
    r" ?(?:\([\d.,]+ ?(?:f(?:ee|oo)?t|ya?r?ds|inches)\b|(?:high|wide|long|deep|tall|thick|away|apart|across|above|below|beneath|underground|ahead|behind|off|from|down|up|in (?:height|depth|width|length|diameter)|"
    r"north|south|east|west|waves?|walls?|fence|race|sprint|hurdles|freestyle|relay)\b)"
)
MEASURED_BEFORE = re.compile(
    r"\b(?:water|waves?|river|sea|lake|tide|snow|floods? (?:level|water)s?|floodwaters?|depth|height|width|length|level|walls?|tunnel|crater)\b",
    re.I,
)
AGE_IS = re.compile(
    r"\bage(?: of [^.;,]{1,40})? (?:of|is|was|were|stands at|stood at)(?: (?:about|around|just|only|over|under))? $",
    re.I,
)
ANOTHER_DEED = re.compile(  # "a fourth air raid": a place in a row of deeds
    r"\w+ (?:[\w-]+ )?(?:air ?)?(?:attack|strike|raid|bombing|bombardment|blast|explosion|assault|ambush|shelling|shooting|offensive|abduction|kidnapping|massacre|clash)\b"
)
ANOTHER = re.compile(r"\b(?:an?|yet another|another) $", re.I)
AND_HALF = re.compile(r" and a half$")  # "a million and a half"
PART_OF_SCALE = re.compile(
    r"(?:(?P<many>\w+)[- ])?(?P<part>[a-z]+?)s? of an? "
)  # "three-quarters of a million"


class NumberWord(msgspec.Struct, frozen=True):
    """One row of `number_words.csv`; `key` is group and word together."""

    key: str
    word: str
    group: Literal["unit", "tens", "scale", "short", "part", "ordinal"]
    value: int


@dataclass(frozen=True, slots=True)
class NumberTables:
    """The words of numbers by group; the pattern of a whole number; the pattern of the scale at its end."""

    words: dict[str, dict[str, int]]
    number: str
    scale: re.Pattern[str]

    @classmethod
    def load(cls, extra_dir: Path | None = None) -> NumberTables:
        """The package's table, extended by the user's own `number_words.csv`."""
        words: dict[str, dict[str, int]] = {}
        for row in table("number_words", NumberWord, extra_dir=extra_dir):
            words.setdefault(row.group, {})[row.word] = row.value
        ending = any_of(words["scale"] | words["short"])
        return cls(words, number_pattern(words), re.compile(rf"(?:[ -]?(?:{ending}))+$", re.I))

    def value(self, words: str) -> Amount:
        """The value of what `number` matched; 0 where it holds no number."""
        low = COMMA.sub(r"\1.\2", lowered(words))
        if (part_of := PART_OF_SCALE.match(low)) and part_of["part"] in self.words["part"]:
            many = self.words["unit"].get(part_of["many"] or "", 1)
            return whole(round(self.sum(low[part_of.end() :]) * many / self.words["part"][part_of["part"]]))
        more = AND_HALF.search(low)
        if more and (scale := self.scale.search(low[: more.start()])):
            return whole(self.sum(low[: more.start()]) + self.sum(scale[0]) / 2)
        return whole(self.sum(low))

    def sum(self, words: str) -> float:
        """The value of number words in small letters, none of them a part of a scale."""
        total = 0.0
        part = 0.0  # the last that a scale closed; a scale right after multiplies it ("1.5 lakh crore")
        now = 0.0
        scales = self.words["scale"] | self.words["short"]
        plain = self.words["unit"] | self.words["tens"]
        for token in TOKEN.findall(words):
            if token[0].isnumeric():
                now += written(SPACES.sub("", token))
            elif token in scales:
                if scales[token] < 1000:
                    now = (now or 1.0) * scales[token]
                elif now:
                    total, part, now = total + part, now * scales[token], 0.0
                else:
                    part = (part or 1.0) * scales[token]
            elif token in plain:
                now += plain[token]
            elif token in ("half", "quarter"):
                now += 0.5 if token == "half" else 0.25
        return total + part + now


def in_millions(text: str, start: int, at: Range) -> bool:
    """Whether "2.3m" counts millions rather than metres, by the words beside it; its clause begins at `start` or later."""
    if MEASURED_NEXT.match(text, at.end):
        return False
    if COUNTED_NEXT.match(text, at.end):
        return True
    before = text[max(start, at.start - 90) : at.start]
    return COUNTED_BEFORE.search(before) is not None and MEASURED_BEFORE.search(before) is None


def of_age(text: str, start: int, at: int) -> bool:
    """Whether a number is told as an age, perhaps a mean: "the average age of the miners was 29"; its clause begins at `start` or later."""
    return AGE_IS.search(text, max(start, at - 72), at) is not None


def one_more(text: str, at: int) -> bool:
    """Whether an ordinal counts one more rather than up to itself: "a third man was wounded", not "a 37th man has died"."""
    if not text[at].isalpha() or ANOTHER_DEED.match(text, at):
        return False
    return ANOTHER.search(text, max(0, at - 12), at) is not None


def written(digits: str) -> float:
    """The value of digits without spaces, perhaps with a fraction written as one sign at their end: "2½", "2and½"."""
    plain = digits.rstrip(VULGAR)
    return float(plain.removesuffix("and") or 0) + sum(unicodedata.numeric(c) for c in digits[len(plain) :])


def whole(value: float) -> Amount:
    """An int where the value is one, to six decimals; infinity where it is too high for a float."""
    if not math.isfinite(value):
        return math.inf
    value = round(value, 6)
    return int(value) if value == int(value) else value


def any_of(words: dict[str, int]) -> str:
    """An alternation of words, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def number_pattern(words: dict[str, dict[str, int]]) -> str:
    """The pattern of one number without edges; longest forms first."""
    small = any_of({w: v for w, v in words["unit"].items() if v < 10})
    few = any_of({w: v for w, v in words["unit"].items() if v < 20})
    plain = rf"(?:(?:{any_of(words['tens'])})(?:[- ](?:{small})\b)?|(?:{any_of(words['unit'])}))\b"
    scale = rf"(?:{any_of(words['scale'])})\b"
    short = rf"(?:{any_of(words['short'])})\b"
    parts = rf"(?:(?:{few}|an?)[- ])?(?:{any_of(words['part'])})s? of an? "
    some = rf"(?:(?:a )?half(?: a |-a-|[- ])|{parts}|an? )(?:{scale})(?:[- ]{scale})*"
    rest = rf"(?:(?: and |[- ]){plain}(?:[- ]{scale})*)*"
    worded = rf"(?:{plain}|an? (?={scale}))(?: and a half)?[- ]?{scale}(?:[- ]{scale})*{rest}"
    more = rf"(?: and a half\b(?! (?:{any_of(words['scale'])})\b))"
    digits = rf"{DECIMAL_COMMA}[- ]?{scale}(?:[- ]{scale})*|(?:{DIGITS})(?:[- ]?{scale}(?:[- ]{scale})*{more}?|{short}|(?!\w)|(?={ATTACHED}\b))"
    return rf"(?:{some}(?:{more}|{rest})|{worded}{more}?|{plain}(?: and a half\b)?|{digits})"
