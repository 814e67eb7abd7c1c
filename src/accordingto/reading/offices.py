"""Who bears an office or is a body that a description names: “the prime minister”, “Freedonia’s foreign minister”; whose an office is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence

from accordingto.reading.actors import ENDS, JOINS, LEAD, actor_of_phrase, before_name, read_phrase
from accordingto.reading.entities import Found, words_of
from accordingto.reading.layers import Phrase
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.reading.sourcekinds import DETERMINERS
from accordingto.record import EntityKind
from accordingto.spans import Range

SHORT = re.compile(r"(?:[Tt]he )?([A-Z]{2,5})")
LINKED = re.compile(r"\b(?:of|in|from|for|with|at|on|by|to|against)\s")
CLAUSES = re.compile(r"\b(?:who|which|that|and)\s|,")
PREPOSED = re.compile(f"{LINKED.pattern}|{CLAUSES.pattern}")
STOP = re.compile(r"[.!?\n]")
CIRCUMSTANCE = re.compile(
    r"\b(?:from|with|at|near|who|which|that|by|to|about|including|against|representing|on|in (?:an?|court))\b"
)
NEAR_ONE = re.compile(
    r"\b(?:mother|father|parent|wife|husband|widow|widower|spouse|partner|son|daughter|child|brother|sister|sibling|uncle|aunt|cousin|"
    r"nephew|niece|grand(?:mother|father|parent|son|daughter|child)|step\w+|fianc[ée]e?|boyfriend|girlfriend|relative|family|famil(?:y member|ies)|"
    r"children|wives|kin|friend|neighbou?r|acquaintance|colleague|classmate|flatmate|roommate)s?$",
    re.I,
)
OF_ONE = re.compile(
    r"\s+of\s+(the|a|an|one|another|his|her|their|this|that)\s+(?!family,)(?:(?!and\b)[\w’'-]+\s+){0,4}"
    r"(?!children,|men,|women,|people,)([\w’'-]*[^\Ws]),$",
    re.I,
)
OF_RANK = re.compile(r"\s+(?:(?:acting|former|then|retired|the)\s+)?")
LEADING = 24  # characters before a name in which an office may stand
BESIDE = 40  # characters behind a name in which its bearer is described
NATIONAL = (Class.DEMONYM, Class.COUNTRY)
BEFORE, BEHIND = 70, 90  # characters beside a name in which its bearer's office may be told
EDGE = re.compile(r"[.!?][\s”\"]|[\n“”\"]")  # of a sentence or quotation
LINK = re.compile(
    r"\s+(of|in|at|for)\s+(?:(?!(?:said|says|told|who|which|that|and|to|\w+ed)\b)[a-z’'-]+\s+){0,4}"
)
OF_BODY = re.compile(r"\s+(?:of|for|at)\s+")
TO_NAME = re.compile(
    r"(?:\s+(?:of|in|at|for)(?:(?:\s+(?:the|of|and|[A-Z][\w’'-]*))+|\s+[^,.;]{1,50},))?,?\s+"
)
FROM_NAME = re.compile(r"(?:,|\s+(?:who\s+)?(?:is|was|as)\b|\s+\()\s*(?:[\w’'-]+\s+){0,5}")
FEW_WORDS = re.compile(r"(?:[\w’'.-]+\s+){0,4}$")

ANY_OFFICE = frozenset(
    "official lawmaker leader chief head commander father sister".split()
)  # that many hold who are else called
HONORS = frozenset("mr mrs ms miss dr sir dame lord lady madam".split())  # that tell of no office
VOWELS = frozenset("aeiou")
ALIKE = tuple(  # offices that go by several words
    frozenset(words.split())
    for words in (
        "judge justice magistrate",
        "representative rep congressman congresswoman assemblyman assemblywoman mp",
        "spokesman spokeswoman spokesperson",
        "chairman chairwoman chairperson chair",
        "premier prime",
        "minister secretary",
        "king queen prince princess emir sultan monarch",
        "prosecutor attorney",
        "sheikh imam mullah ayatollah",
        "bishop archbishop cardinal reverend rev father",
    )
)
PLAIN = 3  # words of a description that says no more than an office

SORT = "sort of body"
OWN_SORT = frozenset(("party", "union"))  # nouns of bodies that no sector tells apart, yet are no other's

Belonging = dict[str, set[str]]  # sorts of owners, and those told of each sort


def bearer(
    text: str,
    mentions: Iterable[tuple[Range, int]],
    entities: Sequence[Found],
    head: str,
    meaning: Collection[str],
    lexicon: Lexicon,
) -> int | None:
    """The number of the first of some mentions' entities whose office or name ends in a head and has all words of a description.

    Words for a country may be missing in the office where its bearer is of that country, or the only one with such an office.
    """
    words = set(meaning) - {head, "s"}
    for at, number in mentions:
        entity = entities[number]
        name = words_of(entity.name)
        if entity.kind is EntityKind.ORGANIZATION and head in name[-1:] and words <= set(name):
            return number
        office = offices(entity)
        short = any(cut_short(word, head) for t in entity.titles for word in words_of(t)[-1:])
        if not (short or head in heads(entity)) or ("former" in office and "former" not in words):
            continue
        extra = words - office
        if not extra:
            return number
        nations = [i.entry for w in extra for i in lexicon.items(w.capitalize())]
        if not all(e is not None and e.kind in NATIONAL for e in nations):
            continue
        told = nations_in(entity.description or "", lexicon)
        if told and not told & {e.country for e in nations if e is not None}:
            continue  # "the president of Ghana" is not that of Togo
        lead = before_name(text[max(text.rfind("\n", 0, at.start) + 1, at.start - LEAD) : at.start], lexicon)
        theirs = actor_of_phrase(lead, lexicon) if lead else None
        if theirs is not None and theirs.country:
            if all(e is not None and e.country == theirs.country for e in nations):
                return number
        elif sum(head in o and "former" not in o for o in map(offices, entities)) == 1:
            return number
    return None


def called(
    text: str,
    chain: Sequence[Phrase],
    mentions: Sequence[tuple[Range, int]],
    entities: Sequence[Found],
    head: str,
    sort: EntityKind,
) -> int | None:
    """The number of the entity of a sort that a coreference chain names; a person only where it alone is so called nearby."""
    names = [
        (p, m, n)
        for p in chain
        for m, n in mentions
        if p.at.contains(m)
        and (m.contains(p.head) or (m.end == p.at.end and text[m.start - 1 : m.start] == " "))
        and entities[n].kind is sort
        and not PREPOSED.search(text, p.at.start, m.start)
    ]
    if sort is EntityKind.PERSON:
        told = any(head in beside(text, p.at) for p, _, _ in names) or any(
            q.at.contains(m) and text[slice(*q.head)].lower() == head for q in chain for _, m, _ in names
        )
        if not told or len({n for _, _, n in names}) != 1:
            return None
    return max((n for _, _, n in names), key=lambda n: len(words_of(entities[n].name)), default=None)


def entitled(text: str, at: Range, head: int, name: int, titles: re.Pattern[str]) -> bool:
    """Whether a name far behind a head is that of its bearer: “Secretary of State Ana Ruiz”, “the envoy for peace, Ana Ruiz”.

    Behind somebody's kin or friend it is more likely that of the one whose they are, “the widow of a miner, Petro Lys”, unless an office
    (`titles`) says enough of whom: “the wife of the president, Ana Lys”.
    """
    between = untitled(text[head:name].rstrip(), titles)
    if between.endswith(","):
        whose = OF_ONE.match(between) if NEAR_ONE.search(text, at.start, head) else None
        return whose is None or (whose[1].lower() == "the" and titles.fullmatch(whose[2].title()) is not None)
    words = words_of(between)
    office = text[at.start].isupper() and words_of(text[at.start : head])[0] not in DETERMINERS
    return office and words[-1:] not in (("of",), ("for",)) and not CIRCUMSTANCE.search(between)


def untitled(between: str, titles: re.Pattern[str]) -> str:
    """The words before a name without the title that stands right before it behind a comma: “for the army, Col.”."""
    comma = between.rfind(",") + 1
    found = OF_RANK.match(between, comma)
    start = found.end() if found else comma
    while comma and (title := titles.match(between, start)):
        start = title.end()
        while start < len(between) and not between[start].isalnum():
            start += 1
    return between[:comma] if comma and start == len(between) else between


def beside(text: str, at: Range) -> tuple[str, ...]:
    """The words of a phrase and of what stands around it in its sentence."""
    before = STOP.split(text[max(0, at.start - LEADING) : at.start])[-1]
    after = STOP.split(text[at.end : at.end + BESIDE])[0]
    return words_of(f"{before} {text[at.start : at.end]} {after}")


def offices(entity: Found) -> set[str]:
    """The words of a person's titles and description."""
    if entity.kind is not EntityKind.PERSON:
        return set()
    return set(words_of(" ".join([*entity.titles, entity.description or ""])))


def heads(entity: Found) -> set[str]:
    """The nouns of a person's titles and description that say what they are: not “military” of “a spokesman for the military”."""
    if entity.kind is not EntityKind.PERSON:
        return set()
    described = LINKED.split(entity.description or "", maxsplit=1)[0]
    parts = map(words_of, [*entity.titles, *CLAUSES.split(described)])
    return {p[-1] for p in parts if p}


def holds_another(
    entity: Found, said: Sequence[str], told: Iterable[Collection[str]], titles: re.Pattern[str]
) -> bool:
    """Whether a report tells what a person is and nothing of the office that a description names: “Maria Paz, a farmer” is no governor.

    `told` are the words of the person's names, titles and description and those beside; a title may be cut short among them ("Gen.").
    """
    head = said[-1]
    office = len(said) <= PLAIN and head not in ANY_OFFICE and titles.fullmatch(head.title())
    if entity.kind is not EntityKind.PERSON or not office:
        return False
    known = entity.description or any(t.rstrip(".").lower() not in HONORS for t in entity.titles)
    words = next((w for w in ALIKE if head in w), {head})
    return bool(known) and not any(w in words or cut_short(w, head) for some in told for w in some)


def cut_short(word: str, title: str) -> bool:
    """Whether a word is short for a title: "gen" or "sgt"."""
    if not 2 <= len(word) <= 5 or word[0] != title[:1] or word in HONORS:
        return False
    return title.startswith(word) or (
        not VOWELS.intersection(word) and re.match(".*".join(word), title) is not None
    )


def short_title(
    text: str, said: str, mentions: Iterable[tuple[Range, int]], entities: Sequence[Found]
) -> int | None:
    """The number of the one person before whose name an office in capitals stands: "the SP" after "Superintendent (SP) Ana Ruiz".

    `said` is the description with its article.
    """
    found = SHORT.fullmatch(said)
    if found is None:
        return None
    before = re.compile(rf"(?:\({found[1]}\),?|\b{found[1]}) $")
    bearers = {
        n
        for at, n in mentions
        if entities[n].kind is EntityKind.PERSON and before.search(text, max(0, at.start - LEADING), at.start)
    }
    return bearers.pop() if len(bearers) == 1 else None


class Owners:
    """Which country, place or body an office or institution of one document belongs to: “the governor of Gao”, “the German minister”.

    What it belongs to is kept apart from where it is and what it is for: a country's envoy for another one is not that one's envoy.
    """

    def __init__(
        self,
        text: str,
        mentions: Sequence[tuple[Range, int]],
        entities: Sequence[Found],
        lexicon: Lexicon,
    ) -> None:
        self.text, self.mentions, self.entities, self.lexicon = text, mentions, entities, lexicon

    def of_phrase(self, at: Range, head: str) -> Belonging:
        """What a description belongs to, by the names before and behind its head."""
        found = bounded(head).search(self.text, *at)
        if found is None:
            return {}
        return gathered((*self.ahead(at.start, found.start()), *self.behind(found.end(), at.end)))

    def of_bearer(self, names: Iterable[Range], head: str, until: int) -> Belonging:
        """What the office with a head belongs to that is told beside any of a person's names, none of it behind `until`."""
        return gathered(told for name in names for told in self.told_beside(name, bounded(head), until))

    def told_beside(self, name: Range, head: re.Pattern[str], until: int) -> Iterator[tuple[str, str]]:
        """The owners of an office that is told right before a name or right behind it."""
        text = self.text
        first = max(0, name.start - BEFORE)
        first += max((m.end() for m in EDGE.finditer(text[first : name.start])), default=0)
        last = min(until, name.end + BEHIND)
        edge = EDGE.search(text, name.end, last)
        last = edge.start() if edge else last
        for m in head.finditer(text, first, name.start):
            if TO_NAME.fullmatch(text, m.end(), name.start):
                start = FEW_WORDS.search(text, first, m.start())
                yield from self.ahead(start.start() if start else m.start(), m.start())
                yield from self.behind(m.end(), name.start)
                yield from self.behind(name.end, last)
        after = head.search(text, name.end, last)
        if after and FROM_NAME.fullmatch(text, name.end, after.start()):
            yield from self.ahead(name.end, after.start())
            yield from self.behind(after.end(), last)

    def ahead(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """The owners among the words before a head."""
        words = self.text[start:end]
        yield from (("country of", c) for c in nations_in(words, self.lexicon))
        yield from ((SORT, word) for word in sort_of(words, self.lexicon))
        for m, n in self.mentions[self.first(start) : self.first(end)]:
            if m.end <= end and self.entities[n].kind is not EntityKind.PERSON:
                yield from self.owner(m, n, "of")

    def behind(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """The owner that is joined to a head by “of”, “in” or “for”."""
        if noun := OF_BODY.match(self.text, start, end):
            yield from ((SORT, word) for word in sort_of(self.text[noun.end() : end], self.lexicon))
        link = LINK.match(self.text, start, end)
        if link is None:
            return
        number = self.first(link.end(1))
        for m, n in self.mentions[number : number + 1]:
            if m.start <= link.end() and m.end <= end:
                yield from self.owner(m, n, "in" if link[1] == "at" else link[1])

    def first(self, start: int) -> int:
        """The number of the first mention that begins at a character or behind it."""
        return bisect_left(self.mentions, (Range(start, 0), 0))

    def owner(self, name: Range, number: int, link: str) -> Iterator[tuple[str, str]]:
        """A name as an owner: its sort, and the country or entity that it is."""
        words = self.text[slice(*name)]
        items, nations = self.lexicon.items(words), nations_in(words, self.lexicon)
        kind = self.entities[number].kind
        unknown = all(i.entry is None for i in items) and words.istitle() and len(items) == 1
        if len(items) == 1 and nations:
            yield from ((f"country {link}", country) for country in nations)
        elif kind in (EntityKind.ORGANIZATION, EntityKind.GROUP) and not unknown:
            words = " ".join(sorted(own_words(words_of(self.entities[number].name))))
            yield "body in" if link == "in" else "body", words
        elif link != "for" or kind is EntityKind.PLACE:  # a single name there is most often that of a place
            yield "place for" if link == "for" else "place", str(number)


def nations_in(text: str, lexicon: Lexicon) -> set[str]:
    """The countries that a text names, or whose people it names."""
    entries = (i.entry for i in lexicon.items(text))
    return {e.country for e in entries if e is not None and e.kind in NATIONAL and e.country}


def sort_of(text: str, lexicon: Lexicon) -> set[str]:
    """What sort of body a text begins with: its sector and its words, of which bodies of one sort share some; “the agency” may be any.

    A noun that many bodies share tells its sort only with another word: “the port authority”.
    """
    items = lexicon.items(text)
    core = items[: next((n for n, i in enumerate(items) if i.entry is None and i.key in ENDS), len(items))]
    words = own_words(t.key for i in core for t in i.tokens)
    found = read_phrase(core, acts=False) if core else None
    if found is not None and found.sector and (not found.weak or len(words) > 1):
        return words | {found.sector}
    return words if core and core[-1].key in OWN_SORT else set()


def own_words(words: Iterable[str]) -> set[str]:
    """The words of a body's name that tell it from others, in whatever order: “Interior Ministry”, “Ministry of the Interior”."""
    return {w for w in words if w not in ENDS and w not in JOINS and w != "the"}


def bounded(word: str) -> re.Pattern[str]:
    """A word as it stands in a text, in whatever case."""
    return re.compile(rf"\b{re.escape(word)}\b", re.I)


def gathered(told: Iterable[tuple[str, str]]) -> Belonging:
    """Owners by their sort."""
    out: Belonging = {}
    for sort, owner in told:
        out.setdefault(sort, set()).add(owner)
    return out


def shared(one: Belonging, other: Belonging) -> bool:
    """Whether two belong to the same country, place or body; bodies of the same sort may be two."""
    return any(one[sort] & other[sort] for sort in (one.keys() & other.keys()) - {SORT})


def elsewhere(one: Belonging, other: Belonging) -> bool:
    """Whether two differ in an owner of a sort that both tell: the governors of Gao and Kidal, spokesmen for the army and the police."""
    return any(not one[sort] & other[sort] for sort in one.keys() & other.keys())
