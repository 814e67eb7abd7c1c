"""To which body or country a person belongs: the one in the description, or beside the name, “Ana Ruiz of the Port Union”, “the Port Union's Ana Ruiz”.

A body in the words for somebody says that they are of it only where those words mean a member or an officer: a “Lake Party critic” is none, nor is a
victim of it, and a country or town before a noun tells of whom only an office rules or speaks for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordingto.reading.lexicon import Class, Lexicon
from accordingto.reading.tables import ReadingTables
from accordingto.record import EntityKind
from accordingto.spans import Range

if TYPE_CHECKING:
    from accordingto.reading.entities import Found

OF_BODY = re.compile(r"(?: (?:from|of)|, (?:from|of|with)) (?:the )?")  # behind a person's name
OWNED_BY = re.compile(r"['’]s? $")  # before a person's name
DONE = re.compile(r"\bto (?!the\b|an?\b)[a-z]+\s")  # “the first to run a camp in Freedonia”
AGAINST = (
    r"(?:suspect|victim|target|critic|opponent|rival|foe|enemy|immigrant|migrant|refugee|hostage|captive|prisoner|detainee|survivor|defector|deserter|"
    r"dissident|convert|special prosecutor|accuser|fugitive)s?"
)
NOT_THEIRS = re.compile(rf"(?:[ -](?!and )[a-z][\w’'-]*){{0,2}}? {AGAINST}\b")  # “AMIA bombing suspect”
BEFORE_IT = re.compile(rf"\b{AGAINST} (?:of|for|against|to) (?:the )?$", re.I)  # “a critic of the Lake Party”
BOUND = re.compile(r"[-–‑]\w")  # “-based”, “-born”, “-linked”
CASE = re.compile(r"\b(?:of|from|in|at|for|near|outside|inside|over|with)(?: the)?(?: [a-z]+)?$|,$")
OFFICE = re.compile(
    r"\.?(?:['’]s?)?(?:[ -][\w.’'-]+){0,4}?[ -](?:mayor|governor|gov|president|presidency|prime|premier|minister|ministry|senator|sen|rep|congress(?:wo)?man|"
    r"ambassador|envoy|consul|chancellor|king|queen|prince|princess|sultan|emir|ruler|monarch|secretary|commissioner|lawmaker|legislator|mp|deputy|"
    r"councill?or|diplomat|official|government|spokes\w+|representative|delegate|attorney|lady|leader|chief|commander|general|director|coach|captain|citizen)\b",
    re.I,
)
BEGINS = frozenset(
    "press sec cabinet deputy vice assistant".split()
)  # words of an office, taken for a name's last
ABBREVIATED = frozenset(("CS", "PS", "Sec", "Gen"))
SERVICE = re.compile(r"[ -](?:police|army|university|school|hospital|club|newspaper|fire|court)\b", re.I)


def affiliate(text: str, entities: Sequence[Found], tables: ReadingTables) -> None:
    """Give each person the body that stands in the description, or beside the name."""
    named = [
        (m, n) for n, e in enumerate(entities) if e.kind is EntityKind.ORGANIZATION for m, _ in e.mentions
    ]
    bodies, ends = {m.start: n for m, n in named}, {m.end: n for m, n in named}
    for entity in entities:
        if entity.kind is EntityKind.PERSON and entity.affiliation is None:
            behind = (OF_BODY.match(text, m.end) for m, _ in entity.mentions)
            entity.affiliation = next((bodies[m.end()] for m in behind if m and m.end() in bodies), None)
            before = (OWNED_BY.search(text, max(0, m.start - 3), m.start) for m, _ in entity.mentions)
            owners = (ends[m.start()] for m in before if m and m.start() in ends)
            entity.affiliation = next(owners, None) if entity.affiliation is None else entity.affiliation
        if entity.described is None:
            continue
        for number, other in enumerate(entities):
            if other.kind not in (EntityKind.ORGANIZATION, EntityKind.PLACE) or other is entity:
                continue
            place = other.kind is EntityKind.PLACE
            inside = [m for m, _ in other.mentions if entity.described.contains(m)]
            told = next((m for m in inside if theirs(text, m, entity.described, place=place)), None)
            body = number if told is None else whole(text, number, told, entities, tables)
            if told is None or body is None:
                continue
            entity.affiliation = body
            if not place:
                break


def theirs(text: str, at: Range, described: Range, *, place: bool) -> bool:
    """Whether a body or place in the words for somebody is the one they belong to."""
    before = text[described.start : at.start].rstrip()
    if BOUND.match(text, at.end) or NOT_THEIRS.match(text, at.end, described.end):
        return False
    if BEFORE_IT.search(text, described.start, at.start):
        return False
    if not place or CASE.search(before):
        return not place or DONE.search(before) is None
    service = SERVICE.match(text, at.end, described.end)
    return service is None and OFFICE.match(text, at.end, described.end) is not None


def whole(text: str, number: int, at: Range, entities: Sequence[Found], tables: ReadingTables) -> int | None:
    """The body that a mention names; where its last word begins a title, “Port Union Press Secretary”, the one that the words before it name.

    None where these are a people's or an office's alone: “Ruritanian Interior Minister”.
    """
    name = text[slice(*at)]
    if of_people(name, tables.actors) or name in ABBREVIATED or tables.titles.fullmatch(name):
        return None
    start = name.rfind(" ") + 1
    title = tables.titles.match(text, at.start + start) if start else None
    begun = name[start:].casefold() in BEGINS and text[at.end + 1 : at.end + 3].strip()[:1].isupper()
    if not start or not (begun or (title is not None and title.end() > at.end)):
        return number
    rest = name[:start].rstrip().casefold()
    return next((n for n, e in enumerate(entities) if rest in e.names), None)


def of_people(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is a people's or a country's word alone: “Ruritanian”."""
    items = lexicon.items(name)
    entry = items[0].entry if len(items) == 1 else None
    return entry is not None and entry.kind in (Class.DEMONYM, Class.PEOPLE)
