"""What a number counts and what that measures: the words of `measure_words.csv` and `figure_phrases.csv` at work.

A noun that decides ("missiles", "deaths") comes first, then a verb right before the number ("killed at least"),
then the first predicate of what is counted ("were killed", "died"), then a noun of persons ("refugees").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from accordingto.reading.predicates import (
    ADVERBS,
    FAR,
    GAP,
    Choice,
    Said,
    choice,
    predicate,
    said_of_part,
)
from accordingto.reading.tables import PersonNoun
from accordingto.record import Measure
from accordingto.spans import Range
from accordingto.vocabularies import compiled, table

FILE = "measure_words.csv"
NEAR = 90  # characters left of a number in which its verb stands
AT_LENGTH = 180  # characters left of a number in which a toll's noun stands: "the toll from … has climbed to"
GAP_WORDS = (
    r"(?:\s+(?:an?|the|another|further|additional|other|total|of|up|to|as|many|all|some|in|into|custody|their|its|his|her|"
    r"our|these|those|number|record|estimated|what|least|by|than|more|dead|\w+ly)){0,4}"
)
ALONGSIDE = (  # "killing a woman and her two sons", "killed himself and 12 others", "killed a man, 45, and two boys", "a soldier, 12 civilians"
    r"(?:(?:\s+(?:(?:an?|the|his|her|their|its)(?:\s[\w’'-]+){1,4}(?:,\s\d{1,3}(?=,))?|himself|herself|themselves),?){1,3}(?:\s+and|(?<=,)))?"
)
BE = r"(?:was|were|is|are|be|been|being|got|get)"
BEFORE_VERB = (  # between what makes a verb undone and the verb: "not yet been", "stopped all food"
    r"(?:\s(?:\w+ly|yet|even|also|now|soon|then|be|been|being|have|has|had|able|to|help|start|begin|all|any|its|their|the|"
    r"emergency|medical|humanitarian|food|cash)){0,4}"
)
STANDING = (
    r"(?=\s*(?:$|[,.;:)”\"\]—–(]|-\s|(?:in|on|by|when|after|at|during|since|as|over|from|and|or|this|last|while|near|across|"
    r"overnight|yesterday|today|so|with|within|before|amid|inside|outside|along|under|between|for|because|nationwide|"
    r"was|were|is|are|had|have|has|included?|"
    r"\w+day|during|there|here|every|each|per|a day)\b))"
)
PART_OF = re.compile(r" of (?:them|whom|these|those|which)\b")
WORD = re.compile(r"[\s(\[“\"'‘]*([A-Za-z](?:[\w’'-]|\.(?=\w))*)\.?")
OF = re.compile(r"[”’'\"]?\s+of(?:\s+(?:the|its|their|his|her|our|these|those|all|more))*(?=\s)")
MORE = re.compile(
    r"\s+(?:(?:other|more|additional|further|new|separate|different|such|head(?= of (?!state|the|gov)))\b(?:\s(?:of (?:the|its|their))\b)?)"
)
UNLOST = re.compile(  # "saved 40 lives", "risking 300 lives"
    r"\b(?:sav|risk|spar|protect|chang|improv|rebuil|transform|touch|affect)\w*(?: [^\s.;:]*[^\s.;:,]){0,5} $",
    re.I,
)
UNLOST_BEHIND = re.compile(r"(?: [\w’'-]+){0,2} (?:saved|spared|at (?:risk|stake)|on the line|changed)\b")
CASUALTIES = re.compile(  # "70 killed and wounded", "500 people were injured or killed": neither toll
    r"(?: (?:[a-z]+s|people|men|women|children|police))?(?: (?:were|was|are|have been|had been|has been|being|lay|left))?(?: \w+ly)?"
    r" (?:(?:dead|killed|slain) (?:and|or|and/or) (?:wounded|injured|hurt|maimed|missing)|(?:wounded|injured) (?:and|or|and/or) (?:dead|killed))"
    r"(?=\s*(?:$|[,.;:)”—–]|(?:in|on|at|by|since|during|from|after|when|as|over|among|across|this|last|near|and|were|was|have|had|has)\b))"
)
ARMED = re.compile(
    r"\b(?:soldiers|troops|forces|police|officers|policemen|marines|gunmen|fighters|militants|rebels|attackers|raiders|fans|tourists|"
    r"supporters|protesters|demonstrators|reporters|reinforcements)$",
    re.I,
)
LEFT = re.compile(r"\b(?:fle[ed]|displaced|uprooted|evacuated|homes?)\b", re.I)
BESIDES = re.compile(r"\bwith\b")
NOUNS = frozenset(
    "family ally assembly rally supply anomaly monopoly butterfly bully bed seed shed feed need deed".split()
)
TALKS = re.compile(r" of (?!ammunition|ammo|fire|artillery|shells|shots|bullets)")  # "five rounds of talks"
PARENT_OF = re.compile(
    r"\b(?:(?:grand|step)?(?:father|mother|parent)|dad|mum|mom)s? of (?:(?:the|his|her|their) )?$", re.I
)
WHO_WERE = re.compile(r" who (?:were|had been|have been)\b")
NONE_OF = re.compile(
    r"\b(?:none|neither|not (?:a single )?one|nobody|no one) (?:of|among) (?:(?:the|its|his|her|their|our|these|those) )?$",
    re.I,
)
HARMED = frozenset((Measure.KILLED, Measure.WOUNDED))
SPARED = re.compile(  # "threatened to kill 12 hostages", "12 hostages will be killed": not yet dead
    r"\b(?:to|will|would|could|may|might|must|not|never|without) (?:\w+ly )?(?:be |been )?(?:kill|execut|shoot|behead|murder|hang|die|harm)",
    re.I,
)
KEEPERS = re.compile(  # "the kidnappers of 12 hostages were killed": not the hostages
    r"\b(?!(?:dozens|scores|hundreds|thousands|tens|groups|numbers|lots|lives|bodies|remains|corpses|deaths|names)\b)[a-z]+s "
    r"(?:of|for) (?:(?:the|its|their) )?$",
    re.I,
)
THEMSELVES = re.compile(r" (?:who|whom|being|killed|slain|shot|murdered|executed|wounded|injured|hurt)\b")
HURT = re.compile(r"wound|injur|hurt|maim|burn|scald", re.I)
VERB_END = re.compile(r"\s(?:to|in|on|at|by|from|that|as|for|with|into|over|after|before)\b|[,.;]")
CALLING = re.compile(r" (?:on|for|that|to|a|an|the)\b")
INITIALS = re.compile(r"[A-Z]{2}")
HOME = r"(?: (?:from|of|in) (?:the )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)*)?"  # "a woman from Kharkiv, 60,"
ARTICLE = r"(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Aa]nother) (?:[\w-]+ ){0,2}"
NEXT_AGE = r"(?:, and |, or |, | and | or )"
LONGEST = 6  # words of a noun phrase


class MeasureWord(msgspec.Struct, frozen=True):
    """One row of `measure_words.csv`."""

    key: str
    pattern: str
    measure: Measure
    place: Literal["before", "participle", "after", "noun", "held", "person", "aged"]
    needs: str = ""


Around = Literal["caveat", "exclusion", "running", "rate", "name", "singular", "singular_before", "someone"]
Beside = Literal["placed_before", "placed_after", "stop", "state", "plural", "inherits", "undone", "aimed"]


class FigurePhrase(msgspec.Struct, frozen=True):
    """One row of `figure_phrases.csv`."""

    key: str
    pattern: str
    kind: Literal[Around, Beside]


@dataclass(frozen=True, slots=True)
class MeasureTables:
    """The patterns that tell what a figure measures, and the phrases around figures by kind.

    `noun` has the nouns that decide, `held` those of them for people who may be told to be dead. `one_aged` and `all_aged` stand before the age of one person and before those of several.
    """

    before: Choice
    needs: tuple[re.Pattern[str] | None, ...]
    after: Said
    noun: Choice
    held: Choice
    person: Choice
    aged: Choice
    one_aged: re.Pattern[str]
    all_aged: re.Pattern[str]
    phrases: dict[str, re.Pattern[str]]

    @classmethod
    def load(cls, extra_dir: Path | None = None) -> MeasureTables:
        """The package's tables, extended by the user's own.

        Raises:
            UserError: where a table of the user's is malformed.
        """
        rows = table("measure_words", MeasureWord, extra_dir=extra_dir)
        groups: dict[str, list[MeasureWord]] = {}
        for row in rows:
            compiled(row.pattern, FILE)
            groups.setdefault(row.place, []).append(row)
        kinds: dict[str, list[str]] = {}
        for phrase in table("figure_phrases", FigurePhrase, extra_dir=extra_dir):
            compiled(phrase.pattern, "figure_phrases.csv")
            kinds.setdefault(phrase.kind, []).append(phrase.pattern)
        nouns = {r.noun for r in table("person_nouns", PersonNoun, extra_dir=extra_dir)}
        plurals = {plural_of(n) for n in nouns} | {"people", "twins"}
        after = [(rf"(?:{p.pattern}){STANDING}", p.measure) for p in groups["participle"]]
        after += [
            (rf"{BE}{ADVERBS}\s+(?:{p.pattern})(?!\s+(?:a|the)\b)", p.measure) for p in groups["participle"]
        ]
        after += [(p.pattern, p.measure) for p in groups["after"]]
        held = [(p.pattern, p.measure) for p in groups["held"]]
        says = {k: phrase_pattern(k, v) for k, v in kinds.items()}
        return cls(
            before=choice(
                [(p.pattern, p.measure) for p in groups["before"]],
                end=rf"\b{ALONGSIDE}{GAP_WORDS}\s*[(“‘'\"]?$",
            ),
            needs=tuple(compiled(rf"\s{p.needs}", FILE) if p.needs else None for p in groups["before"]),
            after=Said(choice(after, end=r"(?!\w)"), says["undone"], says["aimed"]),
            noun=choice([*((p.pattern, p.measure) for p in groups["noun"]), *held], end=r"$"),
            held=choice(held, end=r"$"),
            person=choice([(p.pattern, p.measure) for p in groups["person"]], end=r"$"),
            one_aged=re.compile(rf"\b(?:(?:{any_word(nouns)}){HOME}, |{ARTICLE}(?:{any_word(nouns)}) \()$"),
            all_aged=re.compile(rf"\b(?:{any_word(plurals)}){HOME}(?:, | \()(?:\d{{1,3}}{NEXT_AGE})*$"),
            aged=choice([(p.pattern, p.measure) for p in groups["aged"]], end=r"$"),
            phrases=says,
        )

    def says(self, kind: str, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first phrase of a kind in a stretch."""
        return self.phrases[kind].search(text, max(0, start), max(0, end))


def any_word(words: set[str]) -> str:
    """A pattern of any of some words, in small letters or with a capital."""
    return "|".join(
        rf"[{w[0]}{w[0].upper()}]{re.escape(w[1:])}" for w in sorted(words, key=len, reverse=True)
    )


def plural_of(noun: str) -> str:
    """The plural of a noun for a person."""
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith("child"):
        return f"{noun}ren"
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:s|sh|ch|x)$", noun) else f"{noun}s"


def phrase_pattern(kind: str, patterns: list[str]) -> re.Pattern[str]:
    """The pattern of one kind of phrase, anchored as its kind needs."""
    body = "|".join(patterns)
    shapes = {
        "name": rf"(?<!\w)(?:{body})[\s-]?(?:\d+(?:, \d+)*(?:,? and |, ))?$",
        "someone": rf"\s+(?:{body})(?!\w)",
        "singular": rf"\s+(?:{body})(?!\w)",
        "singular_before": rf"(?<!\w)(?:{body})[\s-]?$",
        "placed_before": rf"(?<!\w)(?:{body})\s$",
        "placed_after": rf"\s+(?:{body})(?!\w)",
        "rate": rf"\s*(?:{body})(?!\w)(?!\s(?:ago|later|earlier|before|after))",
        "stop": rf"(?:{body})",
        "plural": rf"(?:{body})",
        "state": rf"(?:{body})",
        "inherits": rf"(?<!\w)(?:{body})[,\s]*$",
        "undone": rf"(?<!\w)(?:{body}){BEFORE_VERB}(?:\s[\w’-]+ or)?\s+$",
        "aimed": rf"(?<!\w)(?:{body}){BEFORE_VERB}(?:\s[\w’-]+ (?:and|or))?\s+$",
    }
    flags = 0 if kind == "name" else re.I
    return re.compile(shapes.get(kind, rf"(?<!\w)(?:{body})(?!\w)"), flags)


def counted(text: str, at: int, end: int, single: bool, tables: MeasureTables) -> tuple[Range | None, int]:
    """What is counted after a number that ends at `at`, and where the search for its predicate begins."""
    start = at
    if more := MORE.match(text, start, end):
        start = more.end()
    if of := OF.match(text, start, end):
        start = of.end()
    words: list[Range] = []
    stop, plural = tables.phrases["stop"], tables.phrases["plural"]
    place = start
    while len(words) < LONGEST and (m := WORD.match(text, place, end)):
        capitals = len(m[1]) > 1 and m[1].isupper()  # "US troops" is not "us"
        if (
            not capitals
            and stop.fullmatch(m[1])
            and (words or not describes(text, m.end(1), end, bool(of), tables, m[1]))
        ):
            break
        if not words and single and m[1].endswith("ed") and VERB_END.match(text, m.end(1)):
            break  # "one appeared to be"
        if not words and single and m[1] == "remains":
            break  # "a fourth remains missing"
        if words and single and m[1].endswith(("ly", "ed")) and m[1].lower() not in NOUNS:
            break
        if words and single and m[1].endswith("ing") and CALLING.match(text, m.end(1)):
            break  # "a four-hour conference calling on"
        if words and not text[place : m.start(1)].isspace():
            break
        words.append(Range(*m.span(1)))
        place = m.end() if "." in m[1] else m.end(1)
    last = -1
    for n, word in enumerate(words):
        if is_plural(text[word.start : word.end], plural):
            last = n
        elif last >= 0:
            break
    if last < 0 and single:
        last = min(len(words), 3) - 1
    if last < 0 and len(words) == 1 and text[words[0].start].isupper() and text[words[0].end - 2] not in "'’":
        last = 0  # a people's name without an s
    if last < 0:
        return None, start if more else at
    return Range(words[0].start, words[last].end), words[last].end


def describes(text: str, at: int, end: int, of: bool, tables: MeasureTables, word: str) -> bool:
    """Whether a word that may end the phrase opens it: "14 wounded people", "half of the dead"."""
    if not tables.phrases["state"].fullmatch(word):
        return False
    after = WORD.match(text, at, end)
    return of or bool(
        after and text[at : after.start(1)] == " " and is_plural(after[1], tables.phrases["plural"])
    )


def is_plural(word: str, irregular: re.Pattern[str]) -> bool:
    """Whether a word looks like a plural noun."""
    if INITIALS.match(word):
        return word[-1] == "s" and word[-2] not in "’'"  # "MPs", not "NEWS"
    low = word.lower()
    if irregular.fullmatch(low):
        return True
    endings = ("ss", "us", "’s", "'s") if word[0].isupper() else ("ss", "us", "is", "’s", "'s")
    return low.endswith("s") and len(low) > 3 and not low.endswith(endings)


def measure_by_words(
    text: str, number: Range, of: Range | None, room: Range, later: Sequence[int], tables: MeasureTables
) -> Measure | None:
    """The measure of a count; `room` is its sentence, `later` where the next quantities begin that are no ages."""
    lead = max(room.start, number.start - NEAR)
    if PARENT_OF.search(text, lead, number.start) and not (of is not None and suffered(text, of, tables)):
        return Measure.OTHER
    noun = decided(text, of, tables)
    if of is None or noun is None:
        return told_of(text, number, of, room, later, tables)
    if not is_held(text, of, tables):
        return noun
    if KEEPERS.search(text, lead, number.start) and not THEMSELVES.match(text, of.end):
        return noun
    told = told_of(text, number, of, room, later, tables)
    if told not in HARMED and number.start == room.start and later and text[of.end : later[0]] == " and ":
        told = predicate(text, later[0], room.end, later[1:], tables.after)  # "Two hostages and a guard died"
    if SPARED.search(text, max(lead, number.start - 32), number.start) or SPARED.search(
        text, of.end, min(room.end, of.end + 32)
    ):
        return noun
    return fate(text, told, Range(lead, of.end + GAP)) or noun


def told_of(
    text: str, number: Range, of: Range | None, room: Range, later: Sequence[int], tables: MeasureTables
) -> Measure | None:
    """What is told of those counted: by a verb before the number, by a predicate, else by a noun for persons."""
    person = tables.person.pattern.search(text[of.start : of.end]) if of is not None else None
    if NONE_OF.search(text, max(room.start, number.start - NEAR), number.start):
        return tables.person.of(person) if person else Measure.OTHER  # what is said of them is said of nobody
    start = of.end if of is not None else number.end
    if CASUALTIES.match(text, number.end) or CASUALTIES.match(text, start):
        return Measure.OTHER
    lead = max(room.start, number.start - AT_LENGTH)
    if m := tables.before.pattern.search(text, lead, number.start):
        needs = tables.needs[(m.lastindex or 1) - 1]
        apart = m[0].endswith(", ") and (
            of is None or predicate(text, start, room.end, later, tables.after) is not None
        )
        if not apart and (needs is None or needs.match(text, number.end, room.end)):
            return measure_before(text, lead, m, tables)
    if of is None and (part := PART_OF.match(text, start)):
        return said_of_part(text, part.end(), room.end, tables.after)
    if found := predicate(text, start, room.end, later, tables.after):
        came = found is Measure.DISPLACED and of is not None and ARMED.search(text, of.start, of.end)
        return Measure.OTHER if came and not LEFT.search(text, start, start + FAR) else found
    return tables.person.of(person) if person else None


def measure_before(text: str, start: int, m: re.Match[str], tables: MeasureTables) -> Measure:
    """The measure of a verb before a number, with what the words from `start` on make of it: "could not reach 90,000"."""
    told = tables.before.of(m)
    return tables.after.aid(text, start, m) if told is Measure.REACHED else told


def fate(text: str, told: Measure | None, around: Range) -> Measure | None:
    """Whether those held are told to be dead or hurt; who is only taken to a hospital may be well."""
    hurt = told is Measure.WOUNDED and HURT.search(text, *around) is not None
    return told if told is Measure.KILLED or hurt else None


def is_held(text: str, of: Range, tables: MeasureTables) -> bool:
    """Whether those counted are hostages, detainees and the like."""
    return tables.held.pattern.search(text[of.start : of.end]) is not None


def suffered(text: str, of: Range, tables: MeasureTables) -> bool:
    """Whether what befell them stands right behind those counted: "the father of two boys killed at Bara"."""
    after = of.end + 1
    return bool(tables.phrases["state"].match(text, after) or WHO_WERE.match(text, of.end))


def measure_of_rank(
    text: str, number: Range, of: Range | None, room: Range, later: Sequence[int], tables: MeasureTables
) -> Measure | None:
    """The measure of a place in a count: its noun's ("the fifth attack") or predicate's ("the 37th to die")."""
    start = of.end if of is not None else number.end
    noun = decided(text, of, tables)
    if of is None or noun is None or is_held(text, of, tables):
        other = BESIDES.search(text, start, room.end)  # "the second prize with her aides jailed"
        told = predicate(text, start, other.start() if other else room.end, later, tables.after)
        return told if noun is None else fate(text, told, Range(start, start + GAP)) or noun
    return noun


def decided(text: str, of: Range | None, tables: MeasureTables) -> Measure | None:
    """The measure that the noun of what is counted decides, whatever is said of it."""
    m = tables.noun.pattern.search(text[of.start : of.end]) if of else None
    if of is None or m is None or (m[0].lower().startswith("round") and TALKS.match(text, of.end)):
        return None
    if m[0].lower() == "lives" and (
        UNLOST.search(text, max(0, of.start - NEAR), of.start) or UNLOST_BEHIND.match(text, of.end)
    ):
        return Measure.OTHER
    return tables.noun.of(m)
