"""What a number counts where that does not stand right behind it.

"Deaths: 29", "the number of suspected cases rose to 64", "bringing to 14 the number of guards killed this year",
"a crowd of 500", "spent millions".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.measures import (
    AT_LENGTH,
    MeasureTables,
    counted,
    decided,
    fate,
    is_held,
    is_plural,
    measure_before,
    measure_by_words,
)
from accordingto.reading.predicates import predicate
from accordingto.reading.rises import RISING
from accordingto.record import Measure
from accordingto.spans import Range

LONGEST = 60  # characters of a label
PLANNED = r"of (?:the|an?|its|their) (?:(?:[a-z]+ )?(?:target|goal) (?:of|to reach)|planned|targeted|intended)(?: (?:about|some|around|nearly|over))? "
OF_PLANNED = re.compile(rf"\b{PLANNED}$")
PART_OF_PLANNED = re.compile(
    rf" (?:out )?{PLANNED}"
)  # "12,000 of the planned 90,000 people", "out of a target of 600,000"
NUMBER_HERE = re.compile(r"(?:\d[\d,.]*\d|\d|[a-z]+)(?:[ -](?:hundred|thousand|million|billion))?", re.I)
SHORT = 3  # words of a label before a number that counts something itself: "Injured: 14 sailors"
LABEL = re.compile(
    r"(?:^|[.;,:(|•*·\n]|\s[–—-])\s*(?P<label>[A-Za-z][\w’'-]*(?: [A-Za-z][\w’'-]*){0,4}) ?(?P<mark>[:–—]|(?<=\s)-)\s*$"
)
PARTS = re.compile(r"[.;,:(|•*·\n–—-]\s*$")
TELLS = re.compile(
    r"\b(?:was|were|is|are|be|been|have|has|had|say|said|says|did|do|does|will|would|who|no|not|none|nobody|by)\b",
    re.I,
)
ENDED = re.compile(r"\s*(?:$|[.;,)(|\n])")  # behind the number: nothing that it counts itself
NUMBER_OF = re.compile(r"\b(?:numbers?|totals?|counts?|tally) of (?:(?:all|the|those|its) )*", re.I)
COMES_TO = re.compile(  # from what is counted to the number: "rose to", "stands at"
    r"(?:(?!, (?:and|but|while|as|after|when|because|so) )(?:[^.;:\d]|\.(?=\w))){0,120}?"
    r"\b(?:to|at|by|is|was|were|are|be|reach\w*|hits?|pass(?:ed|es|ing)|past|tops?|topp\w+|surpass\w*|exceed\w*) (?:[a-z]+ ){0,2}"
)
COMES = re.compile(
    rf"\b(?:{RISING}|stands?|stood|hits?|pass(?:ed|es)|tops?|exceeds?|surpasses|reach\w*|comes?|came|runs?)\b",
    re.I,
)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{3,6}|\.)?"
BY_DAY_OR_PLACE = re.compile(  # before a number that goes on with a count: "on Monday, 40 people died; on Tuesday, 12"
    r"(?:^|[.;:,(—–-]\s|\n|\b(?:and|but|while|then|with)\s)(?:"
    r"(?:[Ii]n|[Oo]n|[Aa]t|[Nn]ear|[Ii]nside|[Oo]utside|[Aa]round|[Aa]cross|[Dd]uring)\s(?:(?:the|early|late|mid|nearby|neighbou?ring|\w+ern) )*"
    r"[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|\d{1,4}|of|the))*"
    rf"|(?:[Bb]y|[Ss]ince|[Uu]ntil)\s(?:[A-Z]\w+day|{MONTH}(?: \d{{1,4}})?)"
    r"|(?:[Tt]his|[Ll]ast|[Nn]ext|(?:[Ii]n |[Oo]n )?[Tt]he (?:next|previous|following)) (?:year|month|week|day|night|morning|evening|spring|summer|autumn|winter|weekend|[A-Z]\w+)"
    r"|[Yy]esterday|[Tt]oday|[Oo]vernight), $"
)
TO_NUMBER_OF = re.compile(
    r",? (?:the|its|their) (?:\w+ )?(?:number|total|count|tally) of (?:(?:all|the|those) )*", re.I
)
BRINGS = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|rais(?:e[sd]?|ing)|t(?:ak(?:es|ing|en)|ook)|push(?:es|ed|ing)|lift(?:s|ed|ing)?)"
    r"(?P<toll>\s(?:(?:the|its|their|this year[’']s|\w+[’']s) [^.;:\d]{0,100}?\b(?:tolls?|numbers?|totals?|counts?|tally)|(?:(?:the|its|their|this year[’']s|\w+[’']s) (?:[^.;:\d]{0,100}? )?)?(?:losses|casualties|deaths|fatalities|dead))\b[^.;:\d]{0,100}?)? to (?:[a-z]+ ){0,2}$",
    re.I,
)

LOOSE = r"(?:(?:about|around|some|nearly|almost|roughly|over|up to|at least|more than|an estimated|estimated at|just) )*"
BODY = re.compile(
    r"\b(?:populations?|crowds?|audience|workforce|staff|membership|congregation|city|town|village|country|nation|community|delegation|"
    rf"army|garrison|flood|(?P<kin>father|mother|parent|dad|mum|mom)s?)(?: of| numbering) {LOOSE}$",
    re.I,
)
PAYING = re.compile(
    r"\b(?:spen(?:d|ds|t|ding)|pa(?:y|ys|id|ying)|cost(?:s|ing)?|rais(?:e|es|ed|ing)|donat(?:e|es|ed|ing)|invest(?:s|ed|ing)?|earn(?:s|ed|ing)?)"
    rf"(?: (?:him|her|them|us|it|(?:the|its|their) [a-z]+))? {LOOSE}$",
    re.I,
)
SUM = re.compile(r"(?:thousand|million|billion|trillion)s?$", re.I)
THEIR = re.compile(r"[^.;,]{0,12}\b(?:their|his|her)\b")  # "cost thousands their jobs"


def told_before(text: str, number: Range, room: Range) -> tuple[str | None, Measure] | None:
    """The unit and measure that the words before a bare number tell: "a crowd of 500", "father of three", "spent millions"."""
    start = max(room.start, number.start - LONGEST)
    if m := BODY.search(text, start, number.start):
        return "children" if m["kin"] else "people", Measure.OTHER
    if SUM.search(text, *number) and PAYING.search(text, start, number.start):
        return None if THEIR.match(text, number.end, room.end) else (None, Measure.MONEY)
    return None


def measured(
    text: str, number: Range, of: Range | None, room: Range, later: Sequence[int], tables: MeasureTables
) -> tuple[Measure | None, Range | None]:
    """The measure of a count and what it counts, `of` where that stands behind it; `room` and `later` as in `measure_by_words`."""
    if OF_PLANNED.search(text, max(room.start, number.start - LONGEST), number.start):
        return decided(text, of, tables) or Measure.OTHER, of
    if later and PART_OF_PLANNED.fullmatch(text, of.end if of else number.end, later[0]):
        whole = NUMBER_HERE.match(text, later[0], room.end)
        end = whole.end() if whole else later[0]
        planned, _ = counted(text, end, room.end, False, tables)
        of = of or planned
        said = planned or Range(end, end)
        return measure_by_words(text, Range(number.start, end), said, room, later[1:], tables), of
    counting = number_of(text, number, room, tables) if of is None else None
    if counting is not None:
        what, phrase = counting
        told = decided_by(text, what, phrase, tables)
        told = told or measure_by_words(text, number, None, room, later, tables)
        return told or measure_of_phrase(text, what, phrase, tables), what
    label = label_of(text, number, room)
    if label is None:
        return measure_by_words(text, number, of, room, later, tables), of
    told = measure_of_label(text, label, tables)
    if of is None and ENDED.match(text, number.end, room.end):
        thing = named(text, label, tables)
        if told is None and thing and not text[slice(*thing)].rsplit(None, 1)[-1].islower():
            thing = None  # "Lena Sanders: 46"
        return told or measure_by_words(text, number, None, room, later, tables), thing
    found = measure_by_words(text, number, of, room, later, tables)
    short = len(text[slice(*label)].split()) <= SHORT and told is not Measure.OTHER
    return found or (told if short else None), of


def label_of(text: str, number: Range, room: Range) -> Range | None:
    """The label right before a number: "Deaths: 29", "Displaced families – 4,500"."""
    start = max(room.start, number.start - LONGEST)
    if not text[start : number.start].rstrip().endswith((":", "-", "–", "—")):
        return None
    m = LABEL.search(text[start : number.start])
    if m is None or (m.start() == 0 and start > room.start) or TELLS.search(m["label"]):
        return None
    if m["mark"] != ":" and not ENDED.match(text, number.end, room.end):
        return None
    label = Range(start + m.start("label"), start + m.end("label"))
    lead = NUMBER_OF.match(text, *label)
    return Range(lead.end(), label.end) if lead else label


def has_label(text: str, number: Range, start: int, tables: MeasureTables) -> bool:
    """Whether a label that begins behind a mark after `start` tells what a number measures."""
    label = label_of(text, number, Range(start, min(len(text), number.end + LONGEST)))
    if label is None or not PARTS.search(text, start, label.start):
        return False
    return measure_of_label(text, label, tables) is not None


def named(text: str, phrase: Range, tables: MeasureTables) -> Range | None:
    """What a label or the phrase behind "the number of" names in the plural."""
    thing, _ = counted(text, phrase.start, phrase.end, False, tables)
    plural = thing and is_plural(text[thing.start : thing.end].rsplit(None, 1)[-1], tables.phrases["plural"])
    return thing if plural else None


def measure_of_label(text: str, label: Range, tables: MeasureTables) -> Measure | None:
    """The measure that a label tells by its noun ("Deaths", "Dead"), its verb ("Injured") or what it says of its noun ("People in need")."""
    words = text[label.start : label.end]
    thing = named(text, label, tables)
    if m := tables.noun.pattern.search(words):
        return (decided_by(text, thing, label, tables) if thing else None) or tables.noun.of(m)
    if thing and (told := decided_by(text, thing, label, tables)):
        return told
    if m := tables.before.pattern.search(f"{words} "):
        needs = tables.needs[(m.lastindex or 1) - 1]
        if needs is None or needs.match(f" {words.lower()}"):
            return measure_before(f"{words} ", 0, m, tables)
    return measure_of_phrase(text, thing or Range(label.start, label.start), label, tables)


def decided_by(text: str, thing: Range, phrase: Range, tables: MeasureTables) -> Measure | None:
    """The measure that the noun of a label or phrase decides: "Hostages", but not "Hostages killed"."""
    noun = decided(text, thing, tables)
    if noun is None or not is_held(text, thing, tables):
        return noun
    return fate(text, measure_of_phrase(text, thing, phrase, tables), phrase) or noun


def measure_of_phrase(text: str, thing: Range, phrase: Range, tables: MeasureTables) -> Measure | None:
    """The measure of what a phrase says of the thing in it ("families uprooted by mud"), else of its noun for persons ("refugees")."""
    if found := predicate(text, thing.end, phrase.end, (), tables.after):
        return found
    m = tables.person.pattern.search(text[thing.start : thing.end or phrase.end])
    return tables.person.of(m) if m else None


def number_of(text: str, number: Range, room: Range, tables: MeasureTables) -> tuple[Range, Range] | None:
    """What "the number of …" around a number says that it counts, and the whole phrase: "the number of cases rose to 64"."""
    after = TO_NUMBER_OF.match(text, number.end, room.end)
    if after:
        phrase = Range(after.end(), min(room.end, after.end() + AT_LENGTH))
        thing = named(text, phrase, tables)
        return (thing, phrase) if thing else None
    start = max(room.start, number.start - AT_LENGTH)
    for m in NUMBER_OF.finditer(text, start, number.start):
        verb = COMES.search(text, m.end(), number.start)
        phrase = Range(m.end(), verb.start() if verb else number.start)
        thing = named(text, phrase, tables)
        if thing is not None and COMES_TO.fullmatch(text, thing.end, number.start):
            return thing, phrase
    return None


def bringing(text: str, number: Range, room: Range) -> int | None:
    """Where the verb stands that brings a toll to a number: "bringing to 14 the number of guards killed", "raising the toll to 45"."""
    start = max(room.start, number.start - AT_LENGTH)
    m = BRINGS.search(text, start, number.start)
    if m is None or not (m["toll"] or TO_NUMBER_OF.match(text, number.end, room.end)):
        return None
    return m.start()
