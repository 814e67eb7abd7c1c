"""Names to entities: mentions of one person, body or place joined over the document.

Joined are equal names, a surname and the full name it ends, an acronym and the name that it stands
after in brackets, a name with and without its article, and a body's name with and without what tells it
more fully ("Dockers' Union of Kyoto"). Descriptions and affiliations come from
appositions and titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from unicodedata import normalize

from accordingto.reading.appositions import apposition_before, apposition_behind, title_before
from accordingto.reading.belonging import affiliate
from accordingto.reading.layers import Layers, Name
from accordingto.reading.leadins import kin_of, lead_in, names_another
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.reading.saidnames import with_names
from accordingto.reading.spellings import (
    by_initials,
    letters,
    misspelt,
    one_country,
    one_group,
    one_letter,
    short_of,
)
from accordingto.reading.statebodies import abroad, of_one_state, seat_behind, with_owner
from accordingto.reading.tables import ReadingTables
from accordingto.record import EntityKind, MentionForm
from accordingto.spans import Range

KINDS = {
    "Person": EntityKind.PERSON,
    "Organization": EntityKind.ORGANIZATION,
    "Location": EntityKind.PLACE,
    "NORP": EntityKind.GROUP,
    "Facility": EntityKind.FACILITY,
    "Product": EntityKind.OTHER,
    "Misc": EntityKind.OTHER,
}
WORD = re.compile(r"[^\W_]+")
YEARS = re.compile(
    r"(?:1[5-9]|20)\d\d(?:[/–-]\d{2,4})?"
)  # no name, though it stands in one: "Budget Bill 2031/2032"
MARKS = re.compile("[\u0300-\u036f]")  # accents, parted from their letters
POSSESSIVE = re.compile(r"['’]s?$")
EDGE = re.compile(r"^([^“”\"]+)[”\"]$")  # a mark that the network took in: “Today"”
SEAT = re.compile(r" \([^()]*\)$")  # “Rosa Lima (R-S.C.)”
GIVEN = re.compile(r"\b(?:Sultan|(?P<any>King|Prince|Princess)) $")
ALIAS = re.compile(
    r",?\s+(?:\([^()\n]{1,40}\),?\s)?\(?(?:(?:who|which) (?:is|was) )?(?:(?:also|better|widely|commonly|popularly|formerly) )?"
    r"(?:known (?:simply |locally )?as|alias|a\.?k\.?a\.?|nicknamed|formerly)\s+(?:the\s)?[“\"‘']?$"
)
LONGEST_ALIAS = 90
SHORT = 8  # letters of a word in brackets that is short for a body's name
LONGEST_GIVEN = 10
FAMILY = re.compile(
    r"(?:[AaEe]l|[Bb]in|[Ii]bn)[- ][A-Z]|[A-Z][\w’'-]+, an? [a-z]"
)  # no sultan is called by his family's name
LAYMAN = re.compile(r"[A-Z][\w’'-]+, an? [a-z]")  # “Prince Okoro, a lawyer”
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
MORE_FULLY = re.compile(
    r"\W*(?:(?:of|for|and|(in))\b|&|[(\[]|(?:group|corps|society|movement|party|association|organi[sz]ation|company)$)",
    re.I,
)  # how a body's longer name goes on after the shorter one; not "United Nations Children's Fund" after "United Nations"
PARTY_SEAT = re.compile(
    r"(?<=[(\[,] |.[(\[])[DRI]-[A-Z][\w.]*(?: [A-Z][a-z]+)*\)?"
)  # "Sen. Rosa Lima (R-S.C.)"
ABROAD = re.compile(r"\b(?:to|at|in|from|with)(?: the)?$")  # "the Kenyan mission to the United Nations"
PART = re.compile(  # "the Ethics Committee of the Lake Party"
    r"\b(?:committee|board|wing|council|court|tribunal|office|branch|chapter|department|bureau|secretariat|commission|youth|parliament|"
    r"caucus|directorate|division|delegation)\b(?: [\w’'-]+){0,4}? of the$"
)
THIN = re.compile(r"(?:his|her|their|its)\s|[\w’'-]+$", re.I)  # a noun alone, or kin of somebody else
# before a title it tells less, or of another: “her successor, Minister Ana Ruiz”, “the mother of a soldier, Sgt. Petro Lys”
LESS = re.compile(r"(?:his|her|their|its)\s|.*\bof (?:an?|one|another)\s", re.I)


@dataclass(slots=True)
class Found:
    """An entity while it is being made; `mentions` in order, each with its form; `names` casefolded; `seat` the country in whose capital it sits; `shared` mentions
    by a name that others bear too, to be settled (`namesakes.settle`); `thin` where a noun without an office describes them until more is told; `aliases` names that no part of `name` makes.
    """

    kind: EntityKind
    name: str
    mentions: list[tuple[Range, MentionForm]]
    titles: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    description: str | None = None
    described: Range | None = None
    thin: bool = False
    affiliation: int | None = None
    seat: str | None = None
    shared: list[Range] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


def find_entities(
    text: str, layers: Layers, tables: ReadingTables, *, times: Sequence[Range] = ()
) -> list[Found]:
    """The entities that the names of a document make, in order of first mention; a name within `times` that is no body's or person's tells a time,
    and “R-S.C.” a member's party and state.
    """
    out: list[Found] = []
    alone: list[Found] = []  # whose kin of the same name are told of
    before = Range(0, 0)  # the name before
    for name in with_names(text, layers, tables):
        kind = KINDS.get(name.label)
        if kind is None or PARTY_SEAT.fullmatch(text, *name.at):
            continue
        bare = core(text, name, tables)
        if kind in (EntityKind.OTHER, EntityKind.PLACE) and YEARS.fullmatch(text, *bare):
            continue
        if bare.end <= bare.start or (kind is EntityKind.OTHER and any(t.contains(bare) for t in times)):
            continue
        body = kind is EntityKind.ORGANIZATION
        at = with_owner(text, bare, before, tables.actors) if body else bare
        before = bare
        named = text[at.start : at.end]
        if text.startswith(":", at.end) and text[at.start - 1] == "\n" and surname_of(named, out):
            kind = EntityKind.PERSON  # the label of a turn
        seat = seat_behind(text, at, tables.actors) if body else None
        near = kin_of(text, at.start) if kind is EntityKind.PERSON else None
        kin = [e for e in out if near and any(m.end == near for m, _ in e.mentions)]
        alone += kin
        known = next((e for e in alone if named.casefold() in e.names), None) or next(
            (
                e
                for e in reversed(out)
                if same(e, named, kind, tables.actors)
                and not any(e is k for k in kin)
                and not (seat and (e.seat not in (None, seat) or abroad(e.name, seat, tables.actors)))
            ),
            None,
        )
        known = known or acronym_owner(text, at, kind, out) or near_surname(named, kind, out)
        if known is None and (spelt := by_initials(named, kind, [(e.name, e.kind) for e in out])) is not None:
            known = out[spelt]
        if known is None and (known := alias_owner(text, at, kind, out)):
            known.aliases.append(named)
        if known is None:
            known = Found(kind, named, [])
            out.append(known)
        known.mentions.append((at, MentionForm.NAME))
        known.names.add(named.casefold())
        if named not in known.aliases:
            known.name = fuller(known.name, named, kind)
        known.seat = known.seat or seat
        if kind is EntityKind.PERSON and is_shared(named, out):
            known.shared.append(at)
        elif kind is EntityKind.PERSON:
            describe(text, at, known, tables, layers)
    joined = join_surnames(text, out)
    affiliate(text, joined, tables)
    return joined


def core(text: str, name: Name, tables: ReadingTables) -> Range:
    """A name without possessive ending, leading article, titles and honorifics; a title that is a given name here is part of it."""
    start, end = name.at
    body = EDGE.sub(r"\1", POSSESSIVE.sub("", text[start:end]))
    if name.label == "Person" and (seat := SEAT.search(body)):
        body = body[: seat.start()]
    end = start + len(body)
    if m := ARTICLE.match(body):
        start += m.end()
    if name.label == "Person":
        while (m := tables.titles.match(text, start, end)) and m.end() < end:
            start = m.end()
            while start < end and not text[start].isalnum():
                start += 1
        given = GIVEN.search(text, max(0, start - LONGEST_GIVEN), start)
        if given and (LAYMAN if given["any"] else FAMILY).match(text, start):
            start = given.start()
    return Range(start, end)


@lru_cache(4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, lower case, without marks and accents."""
    plain = name.casefold()
    if not plain.isascii():
        plain = MARKS.sub("", normalize("NFD", plain))
    return tuple(WORD.findall(plain))


def same(entity: Found, name: str, kind: EntityKind, bodies: Lexicon) -> bool:
    """Whether a name, read later, is one more name of `entity`."""
    if name.casefold() in entity.names:
        return entity.kind is kind or {entity.kind, kind} <= {
            EntityKind.ORGANIZATION,
            EntityKind.PLACE,
            EntityKind.FACILITY,
            EntityKind.OTHER,
        }
    if entity.kind is not kind:
        return False
    mine, theirs = words_of(name), words_of(entity.name)
    if not mine or not theirs:
        return False
    if kind is EntityKind.PERSON:
        return any(one_person(mine, words_of(n)) for n in (entity.name, *entity.aliases))
    if kind is EntityKind.PLACE:
        return one_country(name, entity.name, bodies)
    if kind is EntityKind.ORGANIZATION:
        if one_group(name, entity.name):
            return True
        short, long = sorted((name, entity.name), key=lambda n: len(words_of(n)))
        return one_body(short, long, bodies) or (mine[-1] == theirs[-1] and of_one_state(short, long, bodies))
    return False


def one_person(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names tell one person: one is part of the other, or they differ in a letter."""
    if part_of(mine, theirs) or misspelt(mine, theirs):
        return True
    return len(mine) > len(theirs) and part_of(theirs, mine)


def one_body(short: str, long: str, bodies: Lexicon) -> bool:
    """Whether a longer name tells the body `short` more fully, rather than another one that is named after it."""
    mine, words = words_of(short), words_of(long)
    if len(mine) < 2:
        return False
    if mine == words:
        return True
    edges = [m.span() for m in WORD.finditer(long.casefold())]
    if words[-len(mine) :] == mine:
        before = long.casefold()[: edges[-len(mine)][0]].rstrip()
        return ABROAD.search(before) is None and PART.search(before) is None
    if words[: len(mine)] != mine:
        return False
    more = MORE_FULLY.match(long.casefold(), edges[len(mine) - 1][1])
    if more is None or more[1] is None:
        return more is not None
    known = bodies.items(short)
    return not (len(known) == 1 and known[0].entry is not None and known[0].entry.kind is Class.BODY)


def part_of(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `short` is a surname, or first name and surname, of the person `long`."""
    if len(short) == 1:
        middle = len(long) == 4 and short[0] == long[1] and first_name(short[0])  # “Carmen Ho Ka-man”
        within = (len(short[0]) > 3 and short[0] in long) or middle
        return short[0] == long[-1] or (
            len(long) > 1 and (within or (short[0] == long[0] and first_name(short[0])))
        )
    it = iter(long)
    return all(any(initial(w, x) for x in it) for w in short)


def is_shared(name: str, known: Sequence[Found]) -> bool:
    """Whether a word alone is part of the full names of several persons."""
    word = words_of(name)
    if len(word) != 1:
        return False
    full = (words_of(e.name) for e in known if e.kind is EntityKind.PERSON)
    return sum(len(w) > 1 and part_of(word, w) for w in full) > 1


def surname_of(name: str, known: Sequence[Found]) -> bool:
    """Whether a name is the surname of somebody known."""
    return any(e.kind is EntityKind.PERSON and words_of(e.name)[-1:] == words_of(name) for e in known)


BESIDE_IT = re.compile(r"[.;:)]|$|, (?!(?:and|or)\b|[A-Z])")  # behind an apposition that is no item of a list
PARTICLES = frozenset("al el de del da di du la le van von bin ibn abu ben san st mr dr ms".split())


def first_name(word: str) -> bool:
    """Whether a short word that begins a name can stand for it, as family names that come first do: “Kim”, “Xi”."""
    return len(word) > 1 and word not in PARTICLES


def initial(word: str, other: str) -> bool:
    """Equal words, or a letter that begins the other word."""
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])


def acronym_owner(text: str, at: Range, kind: EntityKind, out: list[Found]) -> Found | None:
    """The entity just before the brackets that `at` stands in, "World Food Programme (WFP)", or before the comma: "…, UNICEF, said".

    In brackets a short name of a body may be in small letters, too: "Union for Hope (Unes)".
    """
    before = text[max(0, at.start - 3) : at.start]
    short = text[at.start : at.end]
    if before.endswith(", ") and len(short) > 2 and short.isupper() and BESIDE_IT.match(text, at.end):
        whole = next((e for e in reversed(out) if any(m.end == at.start - 2 for m, _ in e.mentions)), None)
        mine = whole is not None and len(words_of(whole.name)) > 2 and whole.name[0] == short[0]
        return whole if mine else None
    capitals = short.replace(".", "").isupper()
    word = kind is EntityKind.ORGANIZATION and short.istitle() and short.isalpha() and len(short) <= SHORT
    if not before.rstrip().endswith(("(", "[")) or not (capitals or word) or not out:
        return None
    place = max(text.rfind("(", 0, at.start), text.rfind("[", 0, at.start))
    near = [e for e in out if any(0 <= place - m.end <= 2 for m, _ in e.mentions)]
    near = near if capitals else [e for e in near if e.kind is kind and named_in_short(short, e.name)]
    return near[-1] if near else None


def named_in_short(short: str, name: str) -> bool:
    """Whether a word can be short for a name of several words: it begins as the name does."""
    return " " in name and short[0] == name[0] and short.casefold() not in words_of(name)


def alias_owner(text: str, at: Range, kind: EntityKind, out: Sequence[Found]) -> Found | None:
    """The entity before an alias: “Ana Ruiz, better known as La Paloma”."""
    found = ALIAS.search(text, max(0, at.start - LONGEST_ALIAS), at.start)
    if found is None:
        return None
    return next(
        (e for e in out if e.kind is kind and any(m.end == found.start() for m, _ in e.mentions)), None
    )


def near_surname(name: str, kind: EntityKind, out: Sequence[Found]) -> Found | None:
    """The one person whose surname a word alone is but for a letter."""
    words = words_of(name)
    if kind is not EntityKind.PERSON or len(words) != 1:
        return None
    near = [
        e
        for e in out
        if e.kind is kind and len(words_of(e.name)) > 1 and one_letter(words_of(e.name)[-1], words[0])
    ]
    return near[0] if len(near) == 1 else None


def fuller(a: str, b: str, kind: EntityKind) -> str:
    """The fuller of two names: more words, then more letters; capitals alone count least. Of a place's the first where words tell nothing, no solemn one."""
    if kind is EntityKind.PERSON:
        return max(a, b, key=lambda n: (len(words_of(n)), not n.isupper(), len(n)))
    if kind is EntityKind.PLACE and (short := short_of(a, b)) is not None:
        return short
    if kind is EntityKind.PLACE and (letters(a) or letters(b)) and a.casefold() != b.casefold():
        return max(a, b, key=told_words)
    return max(a, b, key=lambda n: (told_words(n), not n.isupper(), len(n)))


def told_words(name: str) -> int:
    """How many words a name has; one where it is letters alone: “U.S.”."""
    return 1 if letters(name) else len(words_of(name))


def join_surnames(text: str, out: list[Found]) -> list[Found]:
    """Join persons named by surname before their full name came (headlines)."""
    kept: list[Found] = []
    for entity in out:
        owner, ends = None, {m.end for m, _ in entity.mentions}
        if entity.kind is EntityKind.PERSON and len(words_of(entity.name)) == 1:
            owner = next(
                (
                    e
                    for e in out
                    if e is not entity
                    and e.kind is EntityKind.PERSON
                    and len(words_of(e.name)) > 1
                    and words_of(e.name)[-1] == words_of(entity.name)[0]
                    and not any(kin_of(text, m.start) in ends for m, _ in e.mentions)
                ),
                None,
            )
        if owner is None:
            kept.append(entity)
            continue
        owner.mentions = sorted([*owner.mentions, *entity.mentions])
        owner.titles += entity.titles
        owner.shared += entity.shared
        owner.names |= entity.names
        if owner.described is None or (owner.thin and entity.described and not entity.thin):
            owner.description, owner.described, owner.thin = entity.description, entity.described, entity.thin
    return sorted(kept, key=lambda e: e.mentions[0][0])


def describe(text: str, at: Range, entity: Found, tables: ReadingTables, layers: Layers) -> None:
    """Note a person's titles before this mention and the apposition after it or before it."""
    people = (n.at.end for n in layers.names if n.label == "Person" and n.at.end <= at.start)
    since = max(people, default=0)
    if (title := title_before(text, at.start, tables, since=since)) and title not in entity.titles:
        entity.titles.append(title)
    if entity.description is None or entity.thin:
        whole = Range(text.rfind(title, 0, at.start), at.end) if title else at
        place = apposition_behind(text, at, tables, layers)
        if place is not None and names_another(text, place, tables, layers):
            place = None
        place = place or apposition_before(text, whole, layers, tables)
        if place and title and place.end < at.start and LESS.match(text, *place):
            place = None
        thin = place is None and title is None
        if place is None and not (title and title.rstrip(".") in tables.honorifics):
            place = lead_in(text, at, title, layers, tables, since=since)
        thin = thin and place is not None and THIN.match(text, *place) is not None
        if place is not None and not (entity.thin and thin):
            entity.description, entity.described, entity.thin = text[slice(*place)], place, thin
