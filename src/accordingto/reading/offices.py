"""Who bears an office or is a body that a description names: “the prime minister”, “Freedonia’s foreign minister”."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from accordingto.reading.actors import LEAD, actor_of_phrase, before_name
from accordingto.reading.entities import Found, words_of
from accordingto.reading.layers import Phrase
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.owners import NATIONAL, nations_in
from accordingto.reading.sourcekinds import DETERMINERS, plural
from accordingto.reading.tables import ReadingTables
from accordingto.record import EntityKind, SourceKind
from accordingto.spans import Range

SHORT = re.compile(r"(?:[Tt]he )?([A-Z]{2,5})")
LINKED = re.compile(r"\b(?:of|in|from|for|with|at|on|by|to|against)\s")
CLAUSES = re.compile(r"\b(?:who|which|that|and)\s|,")
PREPOSED = re.compile(f"{LINKED.pattern}|{CLAUSES.pattern}")
OWNER = re.compile(r"([^\W_]+)(?:['’]s|(?<=s)['’])\s")
WHOSE = re.compile(r"\b(?:of|for|to|from|with|at|by|under)\s+(?:(?:the|an?|his|her|their|its)\s+|(?=[A-Z]))")
STOP = re.compile(r"[.!?\n]")
CIRCUMSTANCE = re.compile(
    r"\b(?:from|with|at|near|who|whom|whose|which|where|when|while|that|by|to|about|including|against|representing|on|in (?:an?|court))\b"
)
SENT = re.compile(r"\s+to\s")  # behind an envoy: to whom
SENDS = re.compile(r"(?:ambassador|envoy|consul|commissioner)$", re.I)
OF_WHAT = re.compile(r"\s+of\s+[a-z]+")  # “the master of ceremonies Ana Ruiz”
OF_ANOTHER = frozenset(
    "late former then slain ousted jailed detained exiled missing".split()
)  # “the lawyer of the late Ana Ruiz”
ENDING = re.compile(r"\W?(?:\s(?:him|her)self)?")  # of a mention behind the name
BEFORE_NAME = re.compile(r"([\w-]*)\W*$")
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
SHORT_RANK = re.compile(r"(?:[A-Z]{2,4}\b|[A-Z]\w{1,5}\.)(?!\w)")  # “DSP”, “Engr.”
COUNTRYS = re.compile(r"(?:[A-Z][\w.-]*\s){0,2}[A-Z][\w.-]*['’]s?(?!\w)")
LEADING = 24  # characters before a name in which an office may stand
BESIDE = 40  # characters behind a name in which its bearer is described

ANY_OFFICE = frozenset(
    "official lawmaker leader chief head commander father sister".split()
)  # that many hold who are else called
STAND_INS = frozenset("official politician lawmaker legislator parliamentarian diplomat".split())
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
UNDER = frozenset(("deputy", "vice", "assistant"))
ONE_HOLDS = frozenset(  # offices that nobody bears who is under their holder
    "president governor mayor premier chancellor chairman chairwoman chairperson chair speaker sheriff secretary".split()
)
NAMED_IN_FULL = frozenset(
    "minister chief director".split()
)  # the same, but a deputy minister is often called “the minister”
PLAIN = 3  # words of a description that says no more than an office


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
        if ranks_apart(entity, head, meaning):
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


def entitled(text: str, at: Range, head: int, name: Range, tables: ReadingTables) -> bool:
    """Whether a name far behind a head is that of its bearer: “Secretary of State Ana Ruiz”, “the envoy for peace, Ana Ruiz”.

    Behind an article it is only where the head tells of one person and the word before the name of none: not “the nephew of author Ana Ruiz”.
    Behind somebody's kin or friend it is more likely that of the one whose they are, “the widow of a miner, Petro Lys”, unless an office
    (`titles`) says enough of whom: “the wife of the president, Ana Lys”. Of several people no one is it: “critics such as Ana Ruiz”.
    """
    said = words_of(text[at.start : head])
    if plural(said):
        return False
    between = untitled(text[head : name.start].rstrip(), tables.titles)
    kin = NEAR_ONE.search(text, at.start, head)
    if between.endswith(","):
        whose = OF_ONE.match(between) if kin else None
        return whose is None or (
            whose[1].lower() == "the" and tables.titles.fullmatch(whose[2].title()) is not None
        )
    found = BEFORE_NAME.search(between)
    last = found[1] if found else ""
    if last.lower() in ("of", "for"):
        return False
    if (
        between.startswith(",") and between[1:].strip() == last and last.islower()
    ):  # “her lawyer, advocate Ana Ruiz”
        return not kin and is_person(last, tables)
    if OF_WHAT.fullmatch(between) and not kin and is_person(said[-1], tables) and not is_person(last, tables):
        return True
    if sent := SENT.match(between) if SENDS.search(text, at.start, head) else None:
        between = between[sent.end() :]
    if CIRCUMSTANCE.search(between):
        return False
    if said[0] not in DETERMINERS:
        return text[at.start].isupper()
    if kin or "," in between or last in OF_ANOTHER:
        return False
    return (
        ENDING.fullmatch(text, name.end, at.end) is not None
        and is_person(said[-1], tables)
        and not is_person(last, tables)
    )


def is_person(word: str, tables: ReadingTables) -> bool:
    """Whether a word is an office or another noun for one person."""
    word = word.lower()
    told = tables.nouns.get(word) is SourceKind.ANONYMOUS or word in tables.persons
    return told or tables.titles.fullmatch(word.title()) is not None


def untitled(between: str, titles: re.Pattern[str]) -> str:
    """The words before a name without the title, rank or country that stands right before it behind a comma: “for the army, Col.”."""
    comma = between.rfind(",") + 1
    found = OF_RANK.match(between, comma)
    start = found.end() if found else comma
    while comma and (title := first_match((COUNTRYS, titles, SHORT_RANK), between, start)):
        start = title.end()
        while start < len(between) and not between[start].isalnum():
            start += 1
    return between[:comma] if comma and start == len(between) else between


def first_match(patterns: Iterable[re.Pattern[str]], text: str, start: int) -> re.Match[str] | None:
    """What the first pattern that fits there finds at a place."""
    return next((m for p in patterns if (m := p.match(text, start))), None)


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
    return {p[-1] for p in told_of(entity)}


def told_of(entity: Found) -> list[tuple[str, ...]]:
    """The words of each of a person's titles and of what the description says they are."""
    if entity.kind is not EntityKind.PERSON:
        return []
    described = LINKED.split(entity.description or "", maxsplit=1)[0]
    return [p for p in map(words_of, [*entity.titles, *CLAUSES.split(described)]) if p]


def ranks_apart(entity: Found, head: str, said: Collection[str]) -> bool:
    """Whether a person is told to be under the holder of an office that a description names, or its holder where that names one under it."""
    told = [p for p in told_of(entity) if p[-1] == head]
    return bool(told) and all(of_another_rank(head, said, p) for p in told)


def of_another_rank(head: str, one: Collection[str], other: Collection[str]) -> bool:
    """Whether of two descriptions with a head only one is of somebody under an office's holder: “the governor”, “the deputy governor”."""
    if UNDER.isdisjoint(one) is UNDER.isdisjoint(other):
        return False
    holder = one if UNDER.isdisjoint(one) else other
    return head in ONE_HOLDS or (head in NAMED_IN_FULL and bool(set(holder) - DETERMINERS - {head}))


class Others:
    """The nouns that tell only whose or whom for each person of a document is: “governor” of “the governor’s aide” and of “an aide to the governor”."""

    def __init__(self, entities: Sequence[Found]) -> None:
        self.entities = entities
        people = (e.name for e in entities if e.kind is EntityKind.PERSON)
        self.names = frozenset(w for name in people for w in words_of(name))
        self._known: dict[int, set[str]] = {}

    def of(self, number: int) -> set[str]:
        """Those of one entity; names may follow such a noun: “a spokesman for President Ali Camara”."""
        if number not in self._known:
            self._known[number] = set(self._told(self.entities[number])) - heads(self.entities[number])
        return self._known[number]

    def _told(self, entity: Found) -> Iterator[str]:
        if entity.kind is not EntityKind.PERSON:
            return
        for told in (*entity.titles, entity.description or ""):
            yield from map(str.lower, OWNER.findall(told))
            for part in WHOSE.split(told)[1:]:
                words = words_of(PREPOSED.split(part, maxsplit=1)[0])
                yield from [w for w in words if w not in self.names][-1:]


def is_office(head: str, titles: re.Pattern[str]) -> bool:
    """Whether a noun is an office of its own, of which one is told: “minister”, not “official” or “doctor”."""
    return head not in ANY_OFFICE | HONORS and head != "doctor" and bool(titles.fullmatch(head.title()))


def alike(head: str) -> Collection[str]:
    """An office with the other words that it goes by."""
    return next((w for w in ALIKE if head in w), {head})


def holds_another(
    entity: Found,
    said: Sequence[str],
    told: Iterable[Collection[str]],
    titles: re.Pattern[str],
    *,
    lay: bool = False,
) -> bool:
    """Whether a report tells what a person is and nothing of the office that a description names: “Maria Paz, a farmer” is no governor.

    `told` are the words of the person's names, titles and description and those beside; a title may be cut short among them ("Gen.").
    `lay`: the person is told to hold no such office in other ways.
    """
    head = said[-1]
    office = (lay or len(said) <= PLAIN) and is_office(head, titles)
    if entity.kind is not EntityKind.PERSON or not (office or (lay and head in STAND_INS)):
        return False
    known = lay or entity.description or any(t.rstrip(".").lower() not in HONORS for t in entity.titles)
    words = alike(head)
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

    `said` is the description with its article. A body's name before a person's is no office: "the head of WHO Ann Fox".
    """
    found = SHORT.fullmatch(said)
    if found is None:
        return None
    before = re.compile(rf"(?:\({found[1]}\),?|(?<!\bof )(?<!\bof the )\b{found[1]}) $")
    named = list(mentions)
    bodies = {at.end for at, n in named if entities[n].kind is EntityKind.ORGANIZATION}
    bearers = {
        n
        for at, n in named
        if entities[n].kind is EntityKind.PERSON
        and before.search(text, max(0, at.start - LEADING), at.start)
        and bodies.isdisjoint(range(max(0, at.start - 3), at.start))
    }
    return bearers.pop() if len(bearers) == 1 else None
