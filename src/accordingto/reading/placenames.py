"""Which of the network's names are used as places: towns and regions nearly always, countries and capitals often not.

"Strikes on Israel" names a place, "Israel has ordered" a government, "U.S. officials" neither. What tells is the
words just before and after (`data/place_uses.csv`). Facilities are often labelled as organizations: a name that ends
in a word for a facility counts where a preposition of place or an attack stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accordingto.placefile import fold
from accordingto.reading import standing
from accordingto.reading.anchors import PHYSICAL
from accordingto.reading.gazetteer import Candidate
from accordingto.reading.lands import DIVISIONS, POSSESSIVE, SIDE
from accordingto.reading.layers import Layers, Name
from accordingto.reading.located import Located
from accordingto.reading.placeless import placeless, ships_of
from accordingto.reading.places import PlaceFinder
from accordingto.reading.placeuses import (
    PlaceUses,
    Use,
    attacked,
    beside_place,
    role_at,
    words_before,
    words_tell,
)
from accordingto.reading.toponyms import ENDING, Kind, kind_around, known, look_up
from accordingto.spans import Range

LABELS = frozenset({"Location", "Facility"})
TELLING = (Use.LOCATIVE, Use.ATTACK, Use.MOTION, Use.TARGET, Use.PART, Use.HOLDER)
DOUBT = 0.5  # a network's score below which it is not sure that an attacked "Person" is one
SIZEABLE = 100_000  # people of a town that a report may name without a word more
OTHERS = frozenset({"Organization", "Misc", "Product"})
OWNED = re.compile(r"^['’]s?\s+((?:[\w-]+\s+){0,5}[\w-]+)")
NOUN = re.compile(r"^\s+([a-z][\w-]*)")
CAPITAL = re.compile(r"(?:capital|city),\s+$")
FROM = re.compile(r"(?<![\w-])from\s+(?:the\s+)?$")
ONWARD = re.compile(r"^\s+(?:in)?to\s")
OFFERED = re.compile(
    r"(?:countries|nations|states|cities|towns|villages|communities|districts|provinces|regions|places|capitals)"
    r"(?:,?\s+(?:such as|including|like)|,|:|\s*[—–-])\s+(?:the\s+)?$"
)
UNDERGOES = re.compile(
    r"^(?:\s+(?:has\s+|have\s+|had\s+)?(?:seen|suffered|experienced|recorded|witnessed|endured|remains?|remained|lies|"
    r"borders|saw|suffers|experiences)\b|,\s+(?:the|a|an|one of)\s[^.,;]{0,25}\b(?:country|nation|state|kingdom)\b)"
)
HYPHEN = re.compile(r"^-[A-Za-z]")
LEADS = re.compile(r"(?<![\w-])(?:to|from)\s+$")
JOINED = re.compile(r"^(?:\s*\([^()]{1,16}\))?\s*(?:,|(and|or)|,\s*and|,\s*or|/)\s+(?:the\s+)?$")
OFFICE = re.compile(
    r"\b(?:president|minister|governor|mayor|chair\w*|secretary|leader|commander|chief|spokes\w+|director|premier|head|member|officer)"
    r"\s+(?:of|in|for|at)\s+(?:the\s+)?$"
)
MORE = re.compile(r",?\s+(?:and\s+|or\s+)?(?:the\s+)?[A-Z]")
ARRIVES = re.compile(r"^\s+(?:in)?to\s+(?:the\s+)?$")
OPENED = re.compile(r"\s+\(([^()]{2,})$")
SPLIT = re.compile(r",\s+|['’]s\s+")
SIDES = re.compile(rf"(?<![\w-])(?:{SIDE}\s+)+$")
KIND = re.compile(
    rf"^\s+(?:{DIVISIONS}|city|town|village|refugee camp|camp|peninsula|valley|border crossing)(?![\w-])"
)
AREA = re.compile(
    r"^\s+(?:areas?|sectors?|neighbou?rhoods?|suburbs?|quarters?|slums?|settlements?|islands?|townships?|enclaves?)(?![\w-])"
)
OWN_KIND = re.compile(rf"{ENDING.pattern}|{PHYSICAL.pattern}", re.I)
NEARBY = re.compile(r"(?<![\w-])(?:near|outside|around|inside|behind|opposite|beyond)\s+(?:the\s+)?$")
AT_SITE = re.compile(r"(?<![\w-])(?:on|to|from|of|by|at)\s+(?:the\s+)?$")
SHORTS = frozenset({"us", "uk", "eu", "un", "uae", "usa"})
FOLLOWS = frozenset(
    "and or but in on at to from of for with by as after before since until while when where which who that is are was were"
    " has have had will would can could may might must should said says say also did does do not only if than because though"
    " although around near during against amid among about above along within without under over into onto through throughout"
    " between beyond behind despite towards toward via yesterday today tonight tomorrow overnight early late last this next"
    " earlier later there here now then still just again ago so too even whose it they he she we a an the all both each every"
    " some no told left saw took began went came hit struck broke lost ran fell led held met sent shot killing wounding injuring"
    " including following according leaving".split()
)
VERBAL = ("ed", "ly")  # endings of a verb or adverb after a name


@dataclass(frozen=True, slots=True)
class Named:
    """A name that may be used as a place; `ruler` where it may stand for a government."""

    at: Range
    label: str
    candidates: tuple[Candidate, ...]
    ruler: bool


def find_places(
    text: str, layers: Layers, datelines: Sequence[Range], *, finder: PlaceFinder, uses: PlaceUses
) -> list[Located]:
    """The places of a document, in order; `datelines` are its stretches that tell where it was written."""
    names, around = find_place_names(text, layers, finder, uses, datelines)
    kept: list[Range] = []
    for at in names:
        if not kept or at.start >= kept[-1].end:
            kept.append(at)
    return finder.resolve(text, kept, around=around, datelines=datelines)


def find_place_names(
    text: str, layers: Layers, finder: PlaceFinder, uses: PlaceUses, datelines: Sequence[Range] = ()
) -> tuple[list[Range], list[Range]]:
    """The names that are used as places, and all place names (for the context), each in order."""
    hit = attacked_towns(text, layers, finder, uses)
    names = [
        n for name in layers.names for n in ([hit[name.at]] if name.at in hit else parts(text, name, finder))
    ]
    names = joined(text, names, finder)
    sources = {shrunk(text, a.source) for a in layers.attributions if a.source is not None}
    mixed = otherwise(text, layers) - {fold(text[slice(*at)]) for at in hit}
    out: list[Range] = []
    last: tuple[Range, bool] | None = None
    words = [text[slice(*w)].lower() for w in layers.words]
    ships = ships_of(text)
    for n in names:
        inherits = last is not None and JOINED.match(text[last[0].end : n.at.start])
        if n.label == "Person":
            good = True
        elif n.label in LABELS and fold(text[n.at.start : n.at.end]) in mixed and not n.ruler:
            noun = NOUN.match(text[n.at.end : n.at.end + 40])
            good = beside_place(text, n.at, uses) and stands_alone(noun)
        elif shrunk(text, n.at) in sources and not UNDERGOES.match(text[n.at.end : n.at.end + 60]):
            good = False
        elif (
            last is not None
            and inherits
            and (n.ruler or (last[1] and not n.candidates and listed(text, n, inherits, last[0])))
        ):
            good = last[1] or as_place(text, n, finder, uses)
        elif last is not None and last[1] and n.ruler and ARRIVES.match(text[last[0].end : n.at.start]):
            good = True
        else:
            good = used(text, n, finder, uses)
        site = good
        if n.label in LABELS or (n.candidates and n.label != "Person"):
            at = layers.words_in(n.at)
            signs = told(words, at, n, beside(text, n.at, uses), ruled=good)
            site = layers.standing.is_place(at, signs) if layers.standing else good
        seat = next_word_is_facility(text[n.at.end : n.at.end + 60], finder)  # "the U.N. headquarters"
        if not seat and placeless(text, n.at, n.candidates, uses, ships):
            good = site = False
        if good or text[n.at.start - 1 : n.at.start] != "(":  # "the Capital Territory (CT), Abuja"
            last = n.at, good
        if site:
            out.append(widened(text, n, finder))
    found = [Range(d.start + m.start(1), d.start + m.end(1)) for d in datelines if (m := dateline(text, d))]
    found = [at for at in found if not any(at.overlaps(o) for o in out)]
    return sorted({*out, *found}), [n.at for n in names if n.label == "Location"]


def beside(text: str, at: Range, uses: PlaceUses) -> list[str]:
    """What the words beside a name tell of its use, by the table."""
    around = [(f"{k} before", w) for k, w in enumerate(words_before(text, at.start, uses)[:2], 1)]
    if noun := NOUN.match(text[at.end : at.end + 40]):
        around.append(("behind", noun[1]))
    return [f"{use} {where}" for where, w in around for use in TELLING if uses.has(w, use)]


def told(words: Sequence[str], at: range, n: Named, beside: Sequence[str], *, ruled: bool) -> tuple[str, ...]:
    """The signs of a name by which it is weighed whether it is used as a place (see `standing`)."""
    own = standing.signs(words, at, n.label, ruled=ruled, ruler=n.ruler, known=bool(n.candidates))
    return (*own, *beside)


def listed(text: str, n: Named, joint: re.Match[str], before: Range) -> bool:
    """Whether an unknown name after a place is one more of a list: after "and", or a location with more to come.

    Not the holder of an office there: "the mayor of Moundou, Amin Tolba, and".
    """
    if joint[1] is None and OFFICE.search(text, max(0, before.start - 40), before.start):
        return False
    if n.label != "Location":
        return joint[1] is not None
    return "nd" in joint[0] or "or" in joint[0] or MORE.match(text, n.at.end) is not None


def parts(text: str, name: Name, finder: PlaceFinder) -> list[Named]:
    """A name as one or, "Zakho, Dohuk", as several places; none where its label is no place's."""
    if name.label not in LABELS | OTHERS:
        return []
    at = trimmed(text, name.at)
    body = text[at.start : at.end]
    if m := OPENED.search(body):  # "Mall del Sol (Loja", cut before its bracket ends
        first, second = Range(at.start, at.start + m.start()), Range(at.start + m.start(1), at.end)
        return [named(text, first, name.label, finder), named(text, second, "Location", finder)]
    if name.label == "Location" and SPLIT.search(body) and not known(body, finder.gazetteer):
        out, start = [], at.start
        for m in [*SPLIT.finditer(text, at.start, at.end), None]:
            end = m.start() if m else at.end
            if end > start:
                out.append(named(text, Range(start, end), name.label, finder))
            start = m.end() if m else end
        return out
    return [named(text, at, name.label, finder)]


def attacked_towns(text: str, layers: Layers, finder: PlaceFinder, uses: PlaceUses) -> dict[Range, Named]:
    """Towns that the network takes for people, by their stretches: one word, right behind "strike on" or "shelled".

    It must not be sure, and no one of the report have that name.
    """
    struck = {h.trigger.end for h in layers.happenings if h.type in ("strike", "bombing")}
    people = [(n, trimmed(text, n.at)) for n in layers.names if n.label == "Person"]
    named_so = {w for _, at in people if len(ws := fold(text[slice(*at)]).split()) > 1 for w in ws}
    named_so |= {fold(text[slice(*at)]) for n, at in people if n.score >= DOUBT}
    named_so |= {fold(text[slice(*shrunk(text, a.source))]) for a in layers.attributions if a.source}
    out = {}
    for n, at in people:
        body = text[slice(*at)]
        hit = at.start - 1 in struck or attacked(text, at, uses)
        if fold(body) in named_so or not body.isalpha() or not hit:
            continue
        found = named(text, at, n.label, finder)
        if any(c.is_settlement and c.own and c.population > SIZEABLE for c in found.candidates):
            out[n.at] = found
    return out


def named(text: str, at: Range, label: str, finder: PlaceFinder) -> Named:
    """A name with its candidates."""
    body = re.sub(r"^(?:the|The)\s+", "", text[at.start : at.end])
    found = look_up(text, at, finder.gazetteer, respell=False).candidates
    if body.isupper() and len(body) < 6 and not any(c.known for c in found):
        found = ()  # an acronym
    ruler = any(
        c.is_country or c.feature in ("CONT", "PCLH", "BLDG", "ZN") or (c.feature == "PPLC" and c.own)
        for c in found
    )
    return Named(at, label, found, ruler or fold(body) in SHORTS)


def trimmed(text: str, at: Range) -> Range:
    """A name without its possessive ending."""
    return Range(at.start, at.start + len(POSSESSIVE.sub("", text[at.start : at.end])))


def shrunk(text: str, at: Range) -> Range:
    """A span without article and possessive ending."""
    m = re.match(r"(?:the|The)\s+", text[at.start : at.end])
    return trimmed(text, Range(at.start + (m.end() if m else 0), at.end))


def joined(text: str, names: Sequence[Named], finder: PlaceFinder) -> list[Named]:
    """Names with "Congo (Kinshasa)" and "Bosnia and Herzegovina" made one."""
    out: list[Named] = []
    for n in names:
        before = out[-1] if out else None
        between = text[before.at.end : n.at.start] if before else ""
        closed = between == " (" and text[n.at.end : n.at.end + 1] == ")"
        if before and (closed or between == " and "):
            whole = Range(before.at.start, n.at.end + closed)
            if finder.gazetteer.candidates(text[whole.start : whole.end]):
                out[-1] = named(text, whole, before.label, finder)
                continue
        if before is None or not before.at.overlaps(n.at):
            out.append(n)
    return out


def otherwise(text: str, layers: Layers) -> set[str]:
    """The names that stand elsewhere in the document for a person, a body or a people."""
    spans = [trimmed(text, n.at) for n in layers.names if n.label in ("Person", "Organization", "NORP")]
    return {fold(text[at.start : at.end]) for at in spans}


def used(text: str, n: Named, finder: PlaceFinder, uses: PlaceUses) -> bool:
    """Whether a name is used as a place."""
    body, after = text[n.at.start : n.at.end], text[n.at.end : n.at.end + 60]
    facility = finder.facility.search(body) is not None or next_word_is_facility(after, finder)
    noun = NOUN.match(after)
    if noun and uses.has(noun[1], Use.HOLDER) and not next_word_is_facility(after, finder):
        return False
    if n.label == "Facility":
        before = text[max(0, n.at.start - 12) : n.at.start]
        return (
            facility or bool(n.candidates) or beside_place(text, n.at, uses) or bool(AT_SITE.search(before))
        )
    if n.label in OTHERS:
        if facility:
            return beside_place(text, n.at, uses) and not role_at(text, n.at, uses)
        return any(c.known for c in n.candidates) and (
            as_place(text, n, finder, uses) if n.ruler else not holder(after, uses)
        )
    if n.ruler:
        return as_place(text, n, finder, uses)
    if n.candidates or facility or KIND.match(after) or AREA.match(after) or OWN_KIND.search(body):
        return not holder(after, uses)
    acronym = body.isupper() and len(body) < 6
    before = text[max(0, n.at.start - 40) : n.at.start]
    if kind_around(text, n.at) is not Kind.ANY or OFFERED.search(before):
        return True
    if NEARBY.search(before) and not acronym:
        return True  # "near Velmo culvert"
    beside = beside_place(text, n.at, uses) or LEADS.search(before)
    return bool(beside) and not acronym and stands_alone(noun)


def stands_alone(noun: re.Match[str] | None) -> bool:
    """Whether the word after a name is no noun that the name describes."""
    return noun is None or noun[1] in FOLLOWS or noun[1].endswith(VERBAL)


def as_place(text: str, n: Named, finder: PlaceFinder, uses: PlaceUses) -> bool:
    """Whether the name of a country or capital is used as a place."""
    after = text[n.at.end : n.at.end + 60]
    body = fold(text[n.at.start : n.at.end])
    if HYPHEN.match(after) or text[max(0, n.at.start - 1) : n.at.start] in ("-", "–"):
        return False
    if body in SHORTS and (m := NOUN.match(after)) and m[1] not in FOLLOWS:
        return False
    if SIDES.search(text[max(0, n.at.start - 30) : n.at.start]):
        return True
    if m := OWNED.match(after):
        owned = m[1].split()
        return not holds(owned, uses)
    if OFFERED.search(text[max(0, n.at.start - 40) : n.at.start]) or UNDERGOES.match(after):
        return True
    if kind_around(text, n.at) is not Kind.ANY:
        return True
    if FROM.search(text[max(0, n.at.start - 10) : n.at.start]) and ONWARD.match(after):
        return True
    if CAPITAL.search(text[max(0, n.at.start - 12) : n.at.start]):
        return True
    return words_tell(words_before(text, n.at.start, uses), uses)


def holder(after: str, uses: PlaceUses) -> bool:
    """Whether an institution is owned by what stands before: "Gaza's Ministry of Health"."""
    m = OWNED.match(after)
    return m is not None and holds(m[1].split(), uses)


def holds(owned: Sequence[str], uses: PlaceUses) -> bool:
    """Whether the words after a possessive name an institution or what a government does or has in mind."""
    end = next((i for i, w in enumerate(owned) if w in FOLLOWS), len(owned))
    return any(uses.has(w, Use.HOLDER) or uses.has(w, Use.ACT) for w in owned[:end])


def next_word_is_facility(after: str, finder: PlaceFinder) -> bool:
    """Whether a word for a facility follows in small letters: "Amr Ibn al-As school"."""
    m = re.match(r"\s", after)
    f = finder.facility.match(after, 1) if m else None
    return f is not None and f[0][0].islower()


def widened(text: str, n: Named, finder: PlaceFinder) -> Range:
    """A name with the words that belong to it: "northern Gaza", "Dohuk province", "Amr Ibn al-As school"."""
    start, end = n.at
    if (m := SIDES.search(text[max(0, start - 30) : start])) and n.label == "Location":
        start -= len(m[0])
    after = text[end : end + 40]
    if (m := KIND.match(after)) or (
        next_word_is_facility(after, finder) and not finder.facility.search(text[start:end])
        and (m := finder.facility.match(after, 1))
    ):  # fmt: skip
        end += m.end()
    return Range(start, end)


def dateline(text: str, at: Range) -> re.Match[str] | None:
    """The city of a dateline."""
    return re.match(r"\s*((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*)*)", text[at.start : at.end])
