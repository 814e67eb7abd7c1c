"""Quantities joined to each other: what one lacks (a unit, what it counts, what that measures) another gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from accordingto.reading.breakdowns import JOINED, LISTED, OPENED, SINGLE, led_to, listed, placed
from accordingto.reading.labels import bringing, has_label
from accordingto.reading.measures import PART_OF, WHO_WERE, MeasureTables, decided
from accordingto.reading.quantities import Form, Quantity
from accordingto.reading.rises import RISEN_TO, RISES, of_a_toll, revised, revised_later, risen_from
from accordingto.record import Measure
from accordingto.spans import Range

HARMED = frozenset((Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DETAINED, Measure.DISPLACED))
OF_THINGS = frozenset((Measure.WEAPONS, Measure.ATTACKS, Measure.OTHER))
OF_ONLY = re.compile(  # "13 of the 18 states", "13 of Freedonia's 18 states"
    r" (?:out )?of(?: (?:the|its|their|his|her|our|these|those|some|about|all|[\w-]+(?:[’']s|s[’'])))* "
)
OF_ITS_OWN = re.compile(
    r"\b(?:populations? of|(?:father|mother|parent|dad|mum|mom)s? of|put at|estimated at|number(?:s|ed|ing)?|worth|magnitude) $",
    re.I,
)
WHOLE = re.compile(r"\bof(?: the| its| their| those)? $", re.I)
COMPARED = re.compile(  # "214 died, compared with 130 a year before"
    r"[^.;:\d]{0,80}?,? \b(?:compared (?:with|to)|(?:as )?against|versus) (?:(?:about|some|just|only|around|the) )*"
)
OR_ELSE = re.compile(r"(?:,? (?:or|perhaps|possibly|maybe|even)(?: (?:even|perhaps|possibly|maybe))*| and)? ")
INSIDE = re.compile(r" (?:of|in|from|across|at) (?:(?:the|its|their|these|those) )?")
IN_WHAT = re.compile(  # between those counted and where: "30 people died in 12 villages", "40 were killed in five raids"
    r"(?: [^.;:,\d]{1,60})? (?:of|in|from|across|at|during|over) (?:(?:the|its|their|these|those) )?"
)
RESTORED = re.compile(  # of those evacuated, missing or held, "1,900 of them had returned"
    r" of (?:them|whom|these|those) (?:(?:have|had|has|were|was|are|later|since|already|now|been) )*(?:returned|gone (?:back|home)|went (?:back|home)|freed|released|rescued|found(?! dead))\b"
)
WHOEVER = re.compile(r"(?:people|persons|others|civilians)", re.I)
TOLL_BEFORE = re.compile(r"\b(?:tolls?|total|tally)\b[^.;\d]{0,60}\b(?:to|at|is|was|reached) $", re.I)
RETOLD = re.compile(  # how another puts a number told before: "a clinic spoke of 26", "the figure is closer to 30", "the army says 14"
    r"\b(?:(?:spoke|speaks|spoken|talked|talks) of|(?:figure|number|toll|total|tally) (?:is|was|may be|might be|could be)"
    r"(?: (?:in fact|actually|really))?(?: (?:closer|nearer)(?: to)?| more like)?|(?:raise|bring|lift|lower)(?:s|d|ed)? (?:the|this|that|its) (?:figure|number|total) to"
    r"|(?P<bare>says|said|counts|counted|recogni[sz]es|acknowledges|concedes|(?<!hospital )(?<!clinic )admits)(?: it was| only| just)?) $"
)
ALONE = re.compile(r"[”\"]?\s*(?:[.,;:)]|$|(?:and|but|while)\b)")
BACK = 2  # sentences to a number that is put otherwise
APPOSED = re.compile(r"(?:, (?:or )?| \()(?:only |just |barely )?")
COUNT_OF = re.compile(r"\b(?:number|total|count|tally) of\b|\bcasualties\b", re.I)
TO = re.compile(r"[^.;,]{0,40}\bto (?:(?:an?|the) )?")


@dataclass(frozen=True, slots=True)
class Draft:
    """A quantity on its way: its sentence, what it counts, what that measures (None: not told)."""

    quantity: Quantity
    sentence: int
    of: Range | None
    end: int
    measure: Measure | None
    per: str | None
    running: bool | None = None


def share_units(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Numbers that share the unit of the next one: "from 40 to 70 percent"."""
    out = list(drafts)
    for n, (now, following) in enumerate(pairwise(drafts)):
        unit = following.quantity.unit
        if (
            now.quantity.unit is None
            and unit is not None
            and unit.measure in (Measure.SHARE, Measure.DISTANCE, Measure.DURATION, Measure.AGE)
            and text[now.quantity.at.end : following.quantity.at.start] in (" to ", " and ", " or ")
        ):
            out[n] = replace(now, quantity=replace(now.quantity, unit=unit), measure=unit.measure)
    for n in range(1, len(out)):  # "boys aged 11, 13 and 14"
        last, now = out[n - 1], out[n]
        joint = text[last.quantity.at.end : now.quantity.at.start]
        if (
            last.measure is Measure.AGE
            and now.quantity.unit is None
            and (now.of is None or now.of.start < now.quantity.at.start)
            and last.quantity.core.end == last.quantity.at.end
            and joint in (" and ", " or ", ", ", ", and ")
        ):
            out[n] = replace(
                now, quantity=replace(now.quantity, unit=last.quantity.unit), measure=Measure.AGE
            )
    return out


def raised(
    text: str, drafts: Sequence[Draft], sentences: Sequence[Range], tables: MeasureTables
) -> list[Draft]:
    """Tolls that have risen: of "from 30 to 45" and "to 45 from 30" both are tolls, of "by two to 45" the first is what
    came on top.

    What rises is read as if the first number stood behind "to": "the death toll from the flood rose to".
    """
    out = list(drafts)
    for n, (last, now) in enumerate(pairwise(drafts), 1):
        joint = text[last.quantity.at.end : now.quantity.at.start]
        start = sentences[now.sentence].start
        if became_later(text, out[max(0, n - 2) : n + 1], sentences):
            out[n] = replace(now, measure=last.measure, of=now.of or last.of)
            continue
        if last.sentence != now.sentence or now.quantity.unit is not None:
            continue
        if now.measure is None and risen_from(text, start, last.quantity.at.start, joint):
            out[n] = fallen_back(now, out[n - 1])
            continue
        if last.quantity.unit is None and revised(text, start, last.quantity.at.start, joint):
            aside = of_a_toll(text, start, last.quantity.at.start)
            measure = out[n - 1].measure or now.measure or (Measure.KILLED if aside else None)
            out[n - 1] = replace(out[n - 1], measure=measure)
            out[n] = replace(now, measure=now.measure or measure, of=now.of or out[n - 1].of)
            continue
        by_share = (
            last.measure is Measure.SHARE and last.quantity.unit is not None
        )  # "fell by 20 per cent to 80"
        if (last.quantity.unit is not None and not by_share) or not TO.fullmatch(joint):
            continue
        lead = RISES.search(text, start, last.quantity.at.start)
        if lead is None:
            continue
        toll = tables.before.pattern.search(text[start : lead.start("way")] + "to ")
        if toll is None:
            continue
        measure = tables.before.of(toll)
        if by_share and now.measure is None:
            out[n] = replace(now, measure=measure)
        elif {last.measure, now.measure} <= {None, measure}:
            out[n - 1] = replace(out[n - 1], measure=measure, running=lead["way"].lower() == "from")
            out[n] = replace(now, measure=measure, running=True)
    return out


def became_later(text: str, drafts: Sequence[Draft], sentences: Sequence[Range]) -> bool:
    """Whether the last number tells what the only one of the sentence before became: "The toll was put at nine. It was later raised to 12"."""
    last, now = drafts[-2:]
    if now.measure is not None or now.quantity.unit is not None or last.quantity.unit is not None:
        return False
    alone = all(d.sentence < last.sentence for d in drafts[-3:-2])
    if last.sentence + 1 != now.sentence or not alone:
        return False
    lead = Range(sentences[now.sentence].start, now.quantity.at.start)
    return revised_later(text, sentences[last.sentence], lead)


def of_money(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Shares, those apposed to a sum of money told as no running toll: "has given 2.1 million euros, a fifth of what is needed"."""
    out = list(drafts)
    for n, (last, now) in enumerate(pairwise(drafts), 1):
        apposed = APPOSED.fullmatch(text, last.quantity.at.end, now.quantity.at.start)
        if apposed and last.measure is Measure.MONEY and now.measure is Measure.SHARE:
            out[n] = replace(now, running=False)
    return out


def fallen_back(now: Draft, last: Draft) -> Draft:
    """What a number was before it rose, with the measure, unit and thing counted of what it has risen to."""
    quantity = replace(now.quantity, unit=last.quantity.unit)
    return replace(now, quantity=quantity, of=now.of or last.of, measure=last.measure, running=last.running)


def inherited(text: str, drafts: Sequence[Draft], tables: MeasureTables) -> list[Draft]:
    """Drafts that lack what they count or measure take it from the figure they are joined to.

    "10 civilians and 5 soldiers were killed", "killed 20 people, including 6 children", "20 more", "of those, 36",
    "three of the seven hostages".
    """
    out = broken_down(text, parted(text, drafts, tables))
    whole = 0  # the last that is no part of one before: "20 people, including 6 children, and 9 more"
    for n in range(1, len(out)):
        last, now = out[n - 1], out[n]
        if (other := retold(text, out[:n], now)) is not None:
            out[n] = replace(now, measure=other.measure, of=other.of)
            whole = n
            continue
        if (
            now.quantity.unit is not None
            or last.quantity.unit is not None
            or last.sentence + 1 < now.sentence
        ):
            whole = n
            continue
        part = PART_OF.match(text, now.quantity.at.end) or tables.says(
            "inherits", text, last.end, now.quantity.at.start
        )
        lender = out[whole] if out[whole].sentence == last.sentence else last
        if part and part[0].lower().startswith("put"):
            lender = put_otherwise(text, out[:n])
        out[n] = lent(text, now, last, lender, bool(part), tables)
        within = INSIDE.fullmatch(text, last.end, now.quantity.at.start)  # "residents of five villages"
        whole = (
            whole if part or (within and last.of is not None and last.of.start >= last.quantity.at.end) else n
        )
    for n in range(len(out) - 2, -1, -1):
        out[n] = lent_back(text, out[n], out[n + 1], tables)
    return out


def retold(text: str, before: Sequence[Draft], now: Draft) -> Draft | None:
    """The toll told before, two sentences back at most, that a number alone puts otherwise: "a clinic spoke of 26"; None for any other."""
    if now.measure or now.of or now.quantity.unit or not ALONE.match(text, now.quantity.at.end):
        return None
    start = now.quantity.at.start
    if (how := RETOLD.search(text, max(0, start - 48), start)) is None:
        return None
    lender = put_otherwise(text, before)
    if lender.measure not in HARMED or now.sentence - lender.sentence not in range(BACK + 1):
        return None
    if "\n" in text[lender.end : start] and how["bare"]:
        return None
    return lender


def put_otherwise(text: str, before: Sequence[Draft]) -> Draft:
    """Which number someone else puts otherwise: of "30 people died in 12 villages; the police put the number at nine" the 30."""
    n = len(before) - 1
    while n and before[n - 1].sentence == before[n].sentence and not before[n - 1].quantity.unit:
        if not IN_WHAT.fullmatch(text, before[n - 1].end, before[n].quantity.at.start):
            break
        n -= 1
    return before[n]


def brought(text: str, drafts: Sequence[Draft], sentences: Sequence[Range]) -> list[Draft]:
    """Tolls that run on because something brings them there: "two guards were shot, bringing to 14 the number of guards killed".

    What is told before the verb is one incident's, not the toll.
    """
    out = list(drafts)
    for n, now in enumerate(drafts):
        room = sentences[now.sentence]
        verb = bringing(text, now.quantity.at, room) if now.quantity.unit is None else None
        if verb is None:
            continue
        before = [k for k in range(n) if drafts[k].sentence == now.sentence and drafts[k].end <= verb]
        added = (drafts[k].measure for k in before if not drafts[k].quantity.unit)
        own = COUNT_OF.search(text, verb, now.quantity.at.start)  # "the number of cases to 81"
        measure = now.measure or (None if own else next((m for m in added if m), None))
        if measure is None:
            continue
        out[n] = replace(now, measure=measure, running=True)
        for k in before:
            out[k] = out[k] if out[k].running is not None else replace(out[k], running=False)
    return out


def lent(text: str, now: Draft, last: Draft, lender: Draft, part: bool, tables: MeasureTables) -> Draft:
    """A draft with what the one before gives: its measure where joined, what it counts (or `lender` does)."""
    joined = part or (last.sentence == now.sentence and goes_on_with(text, now, last))
    thing = decided(text, lender.of if part else last.of, tables)
    measure, of = now.measure, now.of
    restored = RESTORED.match(text, now.quantity.at.end) is not None
    if measure is None and joined and (of is None or thing is None) and not restored:
        measure = lender.measure if part else last.measure
    near = (part or last.sentence == now.sentence) and not OF_ITS_OWN.search(
        text, max(0, now.quantity.at.start - 24), now.quantity.at.start
    )
    alike = thing not in OF_THINGS or measure in (None, thing)
    if measure is not None and toll_of_its_own(text, now, lender):
        alike = False
    if of is None and has_label(text, now.quantity.at, last.end, tables):
        alike = False
    if not part and own_noun(text, now, lender, tables):
        alike = False
    if of is None and near and alike and last.quantity.form is not Form.ORDINAL:
        of = lender.of
        if measure is None and thing is Measure.DETAINED:  # "freed 181 detainees and the other side 137"
            measure = thing
    return replace(now, measure=measure, of=of)


def goes_on_with(text: str, now: Draft, last: Draft) -> bool:
    """Whether a number goes on with the list of the one before, or is what that is compared with."""
    joint = text[last.end : now.quantity.at.start]
    nouns = [text[d.of.start : d.of.end] if d.of else None for d in (now, last)]
    same = nouns[0] is None or nouns[0] == nouns[1]
    return listed(text, joint, now.end, counts=now.of is not None) or (
        same and COMPARED.fullmatch(joint) is not None
    )


def own_noun(text: str, now: Draft, lender: Draft, tables: MeasureTables) -> bool:
    """Whether a word for what befell people is all that names them, and so takes no noun of a number that befell nobody: of "has
    600 beds and received 47 wounded" the 47 are no beds; of "12 people were killed and 30 injured" the 30 are people.
    """
    if now.measure not in HARMED or lender.measure in HARMED or lender.of is None:
        return False
    if WHOEVER.fullmatch(text, *lender.of):
        return False
    return tables.phrases["state"].match(text, now.quantity.at.end + 1) is not None


def lent_back(text: str, now: Draft, following: Draft, tables: MeasureTables) -> Draft:
    """A draft with the measure of the one that follows: "10 civilians and 5 soldiers were killed"."""
    apart = now.sentence != following.sentence or following.quantity.unit is not None
    if now.measure is not None or apart:
        return now
    joint = text[now.end : following.quantity.at.start]
    start = now.quantity.at.start
    alike = (
        now.of is None and OR_ELSE.fullmatch(joint) and not RISEN_TO.search(text, max(0, start - 96), start)
    )
    if decided(text, following.of, tables) and not alike:
        return now  # "the total rose to 64, with 29 deaths"
    if WHOLE.search(text, max(0, start - 12), start) or PART_OF.match(text, following.quantity.at.end):
        return now
    return replace(now, measure=following.measure) if JOINED.fullmatch(joint) else now


def toll_of_its_own(text: str, now: Draft, lender: Draft) -> bool:
    """Whether a toll does not count those told before it: "two guards were shot, bringing the toll to 45"."""
    start = max(0, now.quantity.at.start - 90)
    if lender.of is None or WHOEVER.fullmatch(text, *lender.of):
        return False
    return TOLL_BEFORE.search(text, start, now.quantity.at.start) is not None


def parted(text: str, drafts: Sequence[Draft], tables: MeasureTables) -> list[Draft]:
    """Parts of a counted whole: what is said of "three of the seven hostages" is said of the three."""
    out = list(drafts)
    for n in range(1, len(out)):
        part, of = out[n - 1], out[n]
        joint = text[part.quantity.at.end : of.quantity.at.start]
        if part.sentence != of.sentence or of.quantity.unit is not None or not OF_ONLY.fullmatch(joint):
            continue
        told = part.measure if part.quantity.unit else part.measure or of.measure
        out[n - 1] = replace(part, measure=told, of=of.of)
        if not befallen(text, of.end, tables):
            out[n] = replace(of, measure=decided(text, of.of, tables))
    return out


def befallen(text: str, end: int, tables: MeasureTables) -> bool:
    """Whether what befell those counted stands right behind them: "half of the 90 wounded", "3 of the 20 people who were arrested"."""
    who = WHO_WERE.match(text, end)
    return tables.phrases["state"].match(text, (who.end() if who else end) + 1) is not None


def broken_down(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Parts that a whole is broken down into: "killed 12 people: two women and ten men", "12 people were killed, two women and ten men"."""
    out = list(drafts)
    for n in range(len(out) - 1):
        for k in parts_after(text, out, n):
            out[k] = replace(out[k], measure=out[n].measure)
    return out


def parts_after(text: str, drafts: Sequence[Draft], whole: int) -> range:
    """Which drafts after a whole are its parts: a list that a colon, bracket or dash opens, or that adds up to it."""
    total = drafts[whole].quantity
    if drafts[whole].measure is None or total.unit is not None:
        return range(0)
    last = first = whole + 1
    while last < len(drafts) and may_be_part(text, drafts, last, whole):
        last += 1
    joint = text[drafts[whole].end : drafts[first].quantity.at.start]
    added = sum(d.quantity.best or 0 for d in drafts[first:last])
    most = total.best or total.high
    opened = OPENED.fullmatch(joint) and (most is None or added <= most)
    summed = last - first > 1 and added == total.best and LISTED.fullmatch(joint)
    by_place = most is not None and added <= most and led_to(joint)
    by_place = by_place and all(placed(text, d.end) for d in drafts[first:last])
    return range(first, last) if opened or summed or by_place else range(0)


def may_be_part(text: str, drafts: Sequence[Draft], n: int, whole: int) -> bool:
    """Whether a draft lacks a measure and goes on with a list of parts, or begins one."""
    now, last = drafts[n], drafts[n - 1]
    lacks = now.measure is None and now.quantity.unit is None
    if (
        not lacks
        or not (now.of is not None or placed(text, now.end))
        or now.sentence != drafts[whole].sentence
    ):
        return False
    joint = SINGLE.sub("", text[last.end : now.quantity.at.start])
    return n == whole + 1 or listed(text, joint, now.end, counts=now.of is not None)
