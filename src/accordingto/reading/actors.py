"""Who an entity or a noun phrase is as a party: a country and a sector, read from words by table.

A phrase's head noun or named body gives the sector; demonyms, country names and bodies before it, and what
follows "of", "for" or "from", give the country. What the words leave open stays `None`, and so does what they
contradict ("Israeli and Lebanese officials" have no one country; "soldiers and police" no one sector).
Method: the agent and actor dictionaries of CAMEO coders (TABARI, PETRARCH), cut down to noun phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from accordingto.reading.lexicon import Class, Item, Lexicon
from accordingto.record import Actor, EntityKind

# Words at which the core of a phrase ends; those of OWNERS lead to the body that someone belongs to.
OWNERS = frozenset("of for from at with".split())
COUNTRY_OWNERS = frozenset("of for from".split())
ENDS = OWNERS | frozenset(
    "in on to by near who whom which that where when while after before during inside outside over against "
    "about between among under along around through into is are was were has have had not including , ; : "
    '( ) “ ” " — –'.split()
)
JOINS = frozenset("and or &".split())
QUANTITIES = frozenset(
    "one two three four five six seven eight nine ten dozen dozens hundreds thousands scores some several many "
    "most all both few number group members others more than least at".split()
)
# Bodies with a country's name that are not the state's: "president of the Chadian Rowing Association".
ASSOCIATIONS = frozenset(
    "association club company chamber society university institute foundation corporation college academy confederation league network "
    "group federation union trust alliance".split()
)
# Named after a language, a people or a town abroad, they tell nothing of where they are: "Lake English School".
SCHOOLS = ("school", "schools")
FORMER = frozenset("former ex retired onetime".split())
SEEKING = frozenset(  # what is over is that they sought an office: "former candidate Senator Ruiz" is one
    "candidate nominee contender hopeful".split()
)
PARTICLES = frozenset("al el abu ibn bin ben van von der den de da di do dos du la le y".split())
# Words with a capital before "Army" or "Forces" that do not make it a name of its own.
PLAIN = frozenset(
    "national royal armed special joint central federal regional northern southern eastern western mechanized "
    "airborne mountain marine imperial supreme first second third fourth fifth home interior".split()
)
# Characters before a name in which its titles stand.
LEAD = 120
SENTENCE_END = re.compile(r"\b[a-z][\w’'-]*[.!?][”\"’')\]]*\s")  # “… 12 soldiers. ”, no “Gov. ”
SMALL_LAST = re.compile(r"(?:^|\s)([a-z]+)\s?$")
LED_ON = frozenset(("a", "an", "the", "of", "for"))  # a phrase before a name goes on with them
OFFICES = frozenset(("GOV", "LEG", "JUD"))
SERVICES = frozenset(("MIL", "COP", "SPY", "REB"))
YIELDING = frozenset(("GOV", "NGO", "REL"))
# Sectors that a noun before a head does not lend to it: a "children’s agency" is no civilian.
UNLENT = frozenset(("CVL", "ELI"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase as far as read; `weak`: a body's sector from elsewhere wins; `clash`: countries contradict."""

    country: str | None = None
    sector: str | None = None
    weak: bool = False
    clash: bool = False

    @property
    def actor(self) -> Actor | None:
        """The actor, `None` where nothing is known."""
        return Actor(self.country, self.sector) if self.country or self.sector else None


def actor_of_phrase(text: str, lexicon: Lexicon, *, acts: bool = True) -> Actor | None:
    """The party that a noun phrase names: "Israeli soldiers" is ISR, MIL; "gunmen" are UAF.

    `acts`: the phrase stands for someone who does something, so that a country or a capital alone means its
    government. `None` where the words tell neither country nor sector.
    """
    found = read_phrase(items_of(text, lexicon), acts=acts)
    return found.actor if found else None


def actor_of(
    name: str,
    lexicon: Lexicon,
    *,
    kind: EntityKind,
    description: str | None = None,
    phrases: Sequence[str] = (),
    affiliation: Actor | None = None,
    acts: bool = False,
    others: Sequence[str] = (),
) -> Actor | None:
    """An entity's actor, from its name, description, titles and nominal mentions (`phrases`), and affiliation.

    A person's name tells nothing; a body's name comes first. `affiliation` is the actor of the body that a
    person belongs to: it fills what the person's own words leave open, and where the two name different
    countries none stays. `acts`: the entity speaks or does something in the document. `others` are a body's other names, read where the
    first tells nothing.
    """
    if kind in (EntityKind.WEAPON, EntityKind.EVENT, EntityKind.OTHER):
        return None
    told = [r for p in (description, *phrases) if p and (r := read_phrase(items_of(p, lexicon), acts=False))]
    if kind is EntityKind.PERSON:
        return joined(told, affiliation)
    named = read_phrase(items_of(name, lexicon), acts=acts or kind is EntityKind.ORGANIZATION, named=True)
    if kind is EntityKind.PLACE:
        return named.actor if named else None
    if named is None or named.actor is None:
        more = (read_phrase(items_of(n, lexicon), acts=True, named=True) for n in others)
        named = next((r for r in more if r is not None and r.actor is not None), named)
    if named is not None and name.casefold().endswith(SCHOOLS):
        named = replace(named, country=None)
    return joined([named] if named else told, affiliation)


def items_of(text: str, lexicon: Lexicon) -> Sequence[Item]:
    """The matches of a phrase, in which a word that names a paper with "The" alone means it only by itself or with one of the press: not
    "the Independent Electoral Commission".
    """
    items = lexicon.items(text)
    articled = [i for i in items if i.entry is not None and i.entry.articled]
    press = (i.entry for i in items if i not in articled)
    if not articled or len(items) == 1 or any(e is not None and e.sector == "MED" for e in press):
        return items
    return tuple(replace(i, entry=None) if i in articled else i for i in items)


def before_name(line: str, lexicon: Lexicon, *, apposition: bool = False) -> str | None:
    """The noun phrase that leads to a person's name: "Ukraine's foreign minister" from the line before it.

    `line` is the text up to the name. With `apposition` the phrase may end in a comma, which is safe only
    where a comma follows the name too ("the army's spokesman, Ali Omar, said"). `None` without such a phrase.
    """
    line = line[-LEAD:]
    if ends := list(SENTENCE_END.finditer(line)):
        line = line[ends[-1].end() :]
    last = SMALL_LAST.search(line)
    if last is not None and last[1] not in LED_ON and not lexicon.may_end(last[1]):
        return None
    items = lexicon.items(line)
    if items and items[-1].key == "," and apposition:
        items = items[:-1]
    at = len(items)
    while at and leads(items, at - 1) and not others(items[at - 1 : at + 1]):
        at -= 1
    lead = items[at:]
    if not lead or not (lead[-1].possessive or any(i.entry and i.entry.kind is Class.WORD for i in lead)):
        return None
    return " ".join(t.text + ("’s" if t.possessive else "") for i in lead for t in i.tokens)


def others(pair: Sequence[Item]) -> bool:
    """Whether the first of two items are people whom a title in capitals behind does not lead on: “the refugees President Ruiz met”."""
    if len(pair) < 2 or pair[0].capital or not pair[1].capital or pair[0].possessive:
        return False
    entry = pair[0].entry
    return (
        entry is not None
        and entry.kind is Class.WORD
        and pair[0].key.endswith("s")
        and entry.key[-1][0] != pair[0].key
    )


def leads(items: Sequence[Item], at: int) -> bool:
    """Whether an item can stand in the phrase before a name."""
    item = items[at]
    if item.entry is not None:
        return True
    if item.key in ("of", "for"):
        before = items[at - 1].entry if at else None
        return before is not None and before.kind is Class.WORD
    return item.capital and item.key not in ENDS and item.key not in JOINS


def joined(told: Iterable[Reading], affiliation: Actor | None) -> Actor | None:
    """What several phrases on one party tell together: the first to tell wins, countries must agree."""
    countries: list[str] = []
    sector, weak, clash = None, True, False
    for reading in told:
        clash = clash or reading.clash
        if reading.country:
            countries.append(reading.country)
        if reading.sector and (sector is None or (weak and not reading.weak)):
            sector, weak = reading.sector, reading.weak
    if affiliation is not None:
        if affiliation.country:
            countries.append(affiliation.country)
        if affiliation.sector and weak:
            sector = affiliation.sector
    country = countries[0] if len(set(countries)) == 1 and not clash else None
    return Reading(country, sector).actor


def read_phrase(
    items: Sequence[Item], *, acts: bool, tail: bool = False, named: bool = False
) -> Reading | None:
    """Read a phrase: its core, then the body that follows "of", "for", "from", "at" or "with".

    `tail`: it follows such a word itself; `named`: it is a body's name, which ends in its head.
    """
    core = first_core(items)
    cut = len(core)
    link, rest = items[cut].key if cut < len(items) else "", items[cut + 1 :]
    if not core:
        return None
    below = read_phrase(rest, acts=False, tail=True) if link in OWNERS and rest else None
    if all(i.entry is None and (i.key in QUANTITIES or i.key.isdigit()) for i in core):
        return below if link in OWNERS else None
    parts = split(core)
    places = [
        None if p is not parts[-1] and adjective(p) else head_of(p, tail=tail, named=named) for p in parts
    ]
    heads = [(p, h) for p, h in zip(parts, places, strict=True) if h is not None]
    if not heads or (places[-1] is None and not all(i.capital for i in parts[-1])):
        return None
    read = [read_core(p[:h], p[h], acts=acts and all(len(q) == 1 for q in parts)) for p, h in heads]
    before = [i for p, h in zip(parts[:-1], places, strict=False) if h is None for i in p]
    got = together([r for r in read if r is not None], before)
    if got and got.weak and got.sector in YIELDING and link in OWNERS and rest:
        presided = split(first_core(rest))[0][-1:]
        if below is None or (below.sector is None and any(i.key in ASSOCIATIONS for i in presided)):
            got = replace(got, sector=None)  # the president of a body that no table has
    return beyond(got, heads[-1][0][heads[-1][1]], below, link) if got else None


def first_core(items: Sequence[Item]) -> Sequence[Item]:
    """The items up to the end of the first core."""
    cut = next((n for n, i in enumerate(items) if i.entry is None and i.key in ENDS), len(items))
    return items[:cut]


def split(core: Sequence[Item]) -> list[list[Item]]:
    """The coordinated parts of a core."""
    parts: list[list[Item]] = [[]]
    for item in core:
        if item.entry is None and item.key in JOINS:
            parts.append([])
        else:
            parts[-1].append(item)
    return [p for p in parts if p] or [[]]


def adjective(part: Sequence[Item]) -> bool:
    """Whether a part is a demonym alone that goes with a later head: "Israeli and …"."""
    entry = part[-1].entry
    if entry is None or entry.kind not in (Class.DEMONYM, Class.PEOPLE) or len(part) > 1:
        return False
    return part[-1].tokens[-1].key == entry.key[-1][0]


def head_of(part: Sequence[Item], *, tail: bool, named: bool) -> int | None:
    """Where a part's head stands: its last item, a title before a name, or what a participle follows."""
    for n, item in enumerate(part):
        loose = item.entry is None and not item.capital and item.key.endswith(("ed", "ing"))
        if loose and any(i.entry and i.entry.kind is Class.WORD for i in part[:n]):
            part = part[:n]
            break
    if not part:
        return None
    last = part[-1]
    if not named and (title := title_of(part)) is not None:
        return title
    if last.entry is not None and not (last.entry.kind is Class.DEMONYM and last.possessive):
        return len(part) - 1
    if named:
        return None
    for n in range(len(part) - 1, -1, -1):
        entry = part[n].entry
        if entry is not None and (entry.kind is Class.WORD or tail):
            return n
        if not part[n].capital and part[n].key not in PARTICLES:
            return None
    return None


def title_of(part: Sequence[Item]) -> int | None:
    """Where a title stands before a name whose last word is in the tables too: "spokesman James Elder"."""
    last = part[-1].entry
    if last is None or last.kind is Class.BODY or not part[-1].capital or len(part) < 3:
        return None
    first = len(part) - 1
    while first and part[first - 1].entry is None and part[first - 1].capital:
        first -= 1
    before = part[first - 1].entry if 0 < first < len(part) - 1 else None
    return first - 1 if before is not None and before.kind is Class.WORD else None


def read_core(before: Sequence[Item], head: Item, *, acts: bool) -> Reading | None:
    """Read one part of a core: its head and what stands before it."""
    entry = head.entry
    assert entry is not None
    countries = countries_of(before)
    people = any(i.entry is not None and i.entry.kind is Class.PEOPLE for i in before)
    if entry.kind is Class.BODY:
        if entry.sector == "IGO" and countries:
            return None
        countries |= {entry.country} if entry.country else set()
        return settled(countries, entry.sector)
    if entry.kind in (Class.COUNTRY, Class.DEMONYM):
        countries |= {entry.country} if entry.country else set()
        state = acts and entry.kind is Class.COUNTRY and entry.whole and entry.country
        return settled(countries, "GOV" if state else None)
    if entry.kind is Class.SEAT:
        return Reading(entry.country, entry.sector) if acts else None
    if entry.kind is Class.PEOPLE:
        return settled(countries, None)
    sector, weak = entry.sector, entry.weak or entry.through
    if weak and (owner := sector_before(before, words=entry.through or sector in YIELDING)):
        sector, weak = owner, False
    elif weak and sector == "MIL" and sector_before(before, words=True) == "COP":
        sector, weak = "COP", False  # a police commander with a rank
    if people and sector in ("GOV", "MIL"):
        sector = None
    if sector == "MIL" and head.capital and own_name(before):
        return None
    seeking = max((n for n, i in enumerate(before) if i.key in SEEKING), default=-1)
    if any(i.key in FORMER for i in before[seeking + 1 :]):
        sector = "ELI" if sector in OFFICES else None if sector in SERVICES else sector
    return replace(settled(countries, sector), weak=weak)


def countries_of(items: Iterable[Item]) -> set[str]:
    """The countries that words before a head name."""
    return {i.entry.country for i in items if i.entry is not None and i.entry.country}


def sector_before(items: Sequence[Item], *, words: bool) -> str | None:
    """The sector of the nearest body (or, with `words`, head noun) before a head."""
    for item in reversed(items):
        entry = item.entry
        if entry is None or entry.sector is None:
            continue
        if entry.kind is Class.BODY or (entry.kind is Class.SEAT and entry.whole):
            return entry.sector
        if words and entry.kind is Class.WORD and entry.sector not in UNLENT:
            return entry.sector
    return None


def own_name(before: Iterable[Item]) -> bool:
    """Whether "Army" or "Forces" ends a name that no table has: "Azure Coast Liberation Army"."""
    return any(
        i.entry is None and i.capital and not i.key[0].isdigit() and i.key not in PLAIN for i in before
    )


def settled(countries: set[str], sector: str | None) -> Reading:
    """A reading of the countries found; more than one is a clash."""
    one = next(iter(countries)) if len(countries) == 1 else None
    return Reading(one, sector, clash=len(countries) > 1)


def together(read: Sequence[Reading], before: Iterable[Item]) -> Reading | None:
    """Coordinated parts as one reading: equal sectors or none, one country or none."""
    if not read:
        return None
    countries = countries_of(before) | {r.country for r in read if r.country}
    sectors = {r.sector for r in read}
    merged = settled(countries, read[0].sector if len(sectors) == 1 else None)
    if any(r.clash for r in read):
        merged = replace(merged, country=None, clash=True)
    return replace(merged, weak=all(r.weak for r in read))


def beyond(got: Reading, head: Item, below: Reading | None, link: str) -> Reading:
    """Add what the owner after "of" tells: all of it to a weak head, only a country to another."""
    assert head.entry is not None
    if below is None:
        return got
    if got.weak and head.entry.kind is Class.WORD:
        countries = {c for c in (got.country, below.country) if c}
        sector = below.sector or got.sector
        if got.clash or below.clash or len(countries) > 1:
            return Reading(None, sector, weak=below.weak, clash=True)
        return Reading(got.country or below.country, sector, weak=below.sector is None or below.weak)
    if link in COUNTRY_OWNERS and got.country is None and not got.clash and head.entry.kind is Class.WORD:
        return replace(got, country=below.country, clash=below.clash)
    return got
