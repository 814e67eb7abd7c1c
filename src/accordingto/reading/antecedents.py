"""Which person named before a pronoun or a description it can mean, by where and how the names stand.

Subjects come before other names (Grosz, Joshi and Weinstein 1995), and whom a quotation talks about isn't who talks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from accordingto.reading.afternames import without_apposition
from accordingto.reading.constituents import head_among
from accordingto.reading.entities import Found, words_of
from accordingto.reading.layers import Layers, Phrase
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.offices import heads, short_title
from accordingto.reading.owners import Owners
from accordingto.reading.pronouns import (
    FEMALE,
    HE,
    MALE,
    SHE,
    by_words,
    sentence_start,
    sex_fits,
    sex_of,
    tags,
    untitled,
)
from accordingto.reading.sourcekinds import TAIL
from accordingto.record import EntityKind
from accordingto.spans import Range

QUOTATION = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")
CAPITAL = r"[^\W\d_a-z][\w.’'-]*\s+"
TITLED = rf"(?:(?:[Tt]he|[Aa]n?|[Ff]ormer|[Tt]hen|[Aa]cting)\s+){{0,2}}(?:{CAPITAL}(?:of\s+{CAPITAL})?)*"
TITLES = re.compile(TITLED)
NEXT_NAME = re.compile(rf"(?:\s*,\s*(and\s+)?|\s+(and)\s+){TITLED}")  # from one name of a list to another
DEMANDED = re.compile(
    r"\s+(?:\w+ly\s+)?(?:must|should|ought to|needs? to|ha(?:s|ve) to)\b(?!\s+(?:not\s+)?be\b)"
)
OUGHT = re.compile(r"\s+(?:must|should|ought to)\b(?!\s+(?:not\s+)?(?:be|have)\b)")
HANGING = re.compile(
    r"(?<=\w)(?<!\bof)\s+(?:who|whom|which|that)(?:\s+(?:in|on|at|by|since|after|before|during|had|has|have|also|later|then|once|\w+ly|\d+|[A-Z]\w+))*$"
)
SUBJECTLESS = re.compile(  # right before its subject: “after meeting Ana Ruiz, ”
    r"(?:^|(?<=[,;:“\"]\s)|(?<=[“\"])|(?<=[.?!]\s))(?:(?:after|before|while|when|by|on|since|upon|despite|without)\s+)?"
    r"(?:[a-z]+ly\s+)?(?!during|according|including|following|regarding|concerning)[a-z]{2,}ing\s[^,.;:“”\"\n]*,\s$",
    re.I | re.M,
)
MARKS = re.compile(r"[“”\"]")
WORD = re.compile(r"[^\W\d_]+")
PEOPLE = {
    "male": frozenset(("man", "men", "boy", "boys")),
    "female": frozenset(("woman", "women", "girl", "girls")),
}
OBJECTS = frozenset(("it", "them", "him", "her"))
LOOKED_AT = 6  # mentions of a person beside which an office is looked for
OWNED = re.compile(r"['’]s?\s")
SURE = 3  # pronouns by which a person's sex is known
FARTHEST = 800  # characters between a name and what means it
FARTHEST_SUBJECT = 24  # characters of titles between a sentence's start and its subject's name


class Antecedents:
    """The names of one document; a person is given as a mention and a number of `entities`."""

    def __init__(
        self, text: str, entities: Sequence[Found], layers: Layers, lexicon: Lexicon | None = None
    ) -> None:
        self.text, self.entities, self.layers = text, entities, layers
        self.mentions = sorted((at, n) for n, e in enumerate(entities) for at, _ in e.mentions)
        self.named: dict[Range, set[int]] = {}
        self.objects: dict[Range, set[int]] = {}
        self.chains: dict[int, set[int]] = {}  # by where a chain begins
        self.owners = Owners(text, self.mentions, entities, lexicon) if lexicon is not None else None
        self.lands: dict[tuple[Range, str], set[str]] = {}  # by a phrase and its head
        self.held: dict[tuple[int, str], set[str]] = {}  # the countries of a person's offices, by a head
        self.told: dict[Range, tuple[str, set[str]]] = {}  # by the pronoun
        self.sexes: dict[int, str | None] = {}
        self.quotations = [Range(*m.span()) for m in QUOTATION.finditer(text)]

    def nearest(self, word: str, at: Range) -> tuple[Range, int] | None:
        """The person named last before a pronoun that can mean them."""
        near = ((m, n) for m, n in reversed(self.mentions) if m.start < at.start and self.fits(word, n))
        return next((x for x in near if not self.only_quoted(x[0], at)), None)

    def fits(self, word: str, number: int) -> bool:
        """Whether a pronoun or noun can mean an entity as a person."""
        entity = self.entities[number]
        return entity.kind is EntityKind.PERSON and sex_fits(word, self.sex(number))

    def sex(self, number: int) -> str | None:
        """Whether a person is female or male by titles and names, else by the pronouns that the network's chains join with the name and no other."""
        if number not in self.sexes:
            entity, alone = self.entities[number], self.alone(number)
            told = sex_of(entity, given=self.given(entity))
            chained = (
                self.by_chains(number, alone=alone) if not told or (alone and untitled(entity)) else None
            )
            barred = chained is not None and told is not None and self.others_of(chained)
            self.sexes[number] = told if barred else chained or told
        return self.sexes[number]

    def note(self, word: str, number: int | None) -> None:
        """Keeps that a pronoun in a tag meant a person of whom nothing else tells the sex, so that no other pronoun means the same one."""
        if number is not None and self.sex(number) is None:
            self.sexes[number] = "male" if word in HE else "female" if word in SHE else None

    def alone(self, number: int) -> bool:
        """Whether nobody else is named in the document."""
        return all(n == number or e.kind is not EntityKind.PERSON for n, e in enumerate(self.entities))

    def others_of(self, sex: str) -> bool:
        """Whether the text tells of a man or of a woman by a noun, whom a pronoun may mean."""
        return any(by_words(FEMALE, MALE, w) == sex or w in PEOPLE[sex] for w in WORD.findall(self.text))

    def given(self, entity: Found) -> bool:
        """Whether somebody's only name is a given one, as far as the document tells: nobody has it for a surname, no word in capitals stands before it."""
        name = entity.name
        if " " in name or entity.titles:
            return False
        surnames = {e.name.split()[-1] for e in self.entities if " " in e.name}
        return name not in surnames and not re.search(
            rf"[a-z,;]\s+[A-Z][\w’'-]*\s+{re.escape(name)}\b", self.text
        )

    def by_chains(self, number: int, *, alone: bool) -> str | None:
        """The sex that the pronouns of a person's chains tell, where several do, or one of somebody alone, and none speaks against it."""
        heads = [m for m, n in self.mentions if n == number]
        chains = {c[0].head: c for m in heads for p, c in self.layers.linked(m) if m.contains(p.head)}
        said = [self.text[slice(*p.head)].lower() for c in chains.values() for p in c]
        she, he = (sum(w in words for w in said) for words in (SHE, HE))
        if min(she, he) or max(she, he) < (1 if alone else SURE):
            return None
        return "female" if she else "male"

    def opens(self, at: Range) -> bool:
        """Whether a sentence or a quotation in it begins at a mention, so that its first capital tells nothing."""
        i = bisect_left(self.layers.sentences, at.start + 1, key=lambda s: s.start) - 1
        start = self.layers.sentences[i].start if i >= 0 else at.start
        return not self.text[start : at.start].strip("“”\"‘’'—–- ")

    def joint(self, at: Range) -> list[tuple[Range, int]]:
        """The names with which a source begins, where they are a list that nothing follows but what describes it: “Freedonia, the Netherlands and Sylvania, which …”.

        None of them alone is the source. Between them stand commas, “and”, articles and titles in capitals.
        """
        out: list[tuple[Range, int]] = []
        both = False
        for m, n in self.mentions[self.first(at.start) : self.first(at.end)]:
            if not out:
                if not TITLES.fullmatch(self.text, at.start, m.start):
                    return []
            elif (between := NEXT_NAME.fullmatch(self.text, out[-1][0].end, m.start)) is None:
                break
            else:
                both = both or between[1] is not None or between[2] is not None
            out.append((m, n))
        end = out[-1][0].end if out else at.start
        behind = self.text[end : at.end].lstrip(" '’”")
        whole = behind[:1] in ("", *",(;:—–") or TAIL.match(self.text, end, at.end)
        return out if both and whole else []

    def bare(self, at: Range) -> Range:
        """A source without the office that follows a person's name, “Ana Ruiz, head of the port”, or a clause cut short: “the man who in 1997”."""
        if hanging := HANGING.search(self.text, at.start, at.end):
            return Range(at.start, hanging.start())
        people = [m for m, n in self.mentions if self.entities[n].kind is EntityKind.PERSON]
        return without_apposition(self.text, at, people)

    def chained(self, word: str, at: Range) -> int | None:
        """The person whom the network's coreference chain of a pronoun names, where it names just one that fits."""
        if at not in self.named:
            self.named[at] = {n for n in self.in_chain(at) if self.entities[n].kind is EntityKind.PERSON}
        found = self.named[at]
        fits = [n for n in found if self.fits(word, n)]
        return fits[0] if len(found) == 1 and fits else None

    def in_chain(self, at: Range) -> set[int]:
        """The entities that the network's coreference chain of a description names."""
        chain = next((c for p, c in self.layers.linked(at) if at.contains(p.head)), ())
        if not chain:
            return set()
        key = chain[0].head.start
        if key not in self.chains:
            self.chains[key] = {
                n
                for p in chain
                for m, n in self.mentions[self.first(p.at.start) : self.first(p.head.start + 1)]
                if p.at.contains(m) and m.contains(p.head)
            }
        found = self.chains[key]
        head, land = self.told_last(chain, at)
        return {n for n in found if not self.abroad(land, head, n)} if land else found

    def of_another_land(self, at: Range, number: int) -> bool:
        """Whether a pronoun's chain told last of an office of another country than that of which a person holds one."""
        if at not in self.told:
            chain = next((c for p, c in self.layers.linked(at) if at.contains(p.head)), ())
            self.told[at] = self.told_last(chain, at)
        head, land = self.told[at]
        return self.abroad(land, head, number)

    def holds_abroad(self, at: Range, head: str, number: int) -> bool:
        """Whether a description names an office of another country than that of which a person holds one."""
        return bool(head) and self.abroad(self.land_of(at, head), head, number)

    def told_last(self, chain: Sequence[Phrase], at: Range) -> tuple[str, set[str]]:
        """The office and countries that a chain told last up to a mention, before it came to somebody's name; none without."""
        for p in reversed([p for p in chain if p.at.start <= at.start]):
            head = self.text[slice(*p.head)].lower()
            if land := self.land_of(p.at, head):
                return head, land
            inside = self.mentions[self.first(p.at.start) : self.first(p.at.end)]
            if any(self.entities[n].kind is EntityKind.PERSON for _, n in inside):
                break
        return "", set()

    def land_of(self, at: Range, head: str) -> set[str]:
        """The countries of which a phrase with a head names an office: “Freedonia’s minister”, “the president of Freedonia”."""
        owners, key = self.owners, (at, head)
        if key not in self.lands:
            self.lands[key] = owners.lands(owners.of_phrase(at, head), head) if owners is not None else set()
        return self.lands[key]

    def abroad(self, land: set[str], head: str, number: int) -> bool:
        """Whether a person is told to hold an office, that with a head or another, of none of some countries but of others."""
        entity, owners, key = self.entities[number], self.owners, (number, head)
        if not land or owners is None or entity.kind is not EntityKind.PERSON:
            return False
        if key not in self.held:
            places = sorted(m for m, _ in entity.mentions)[:LOOKED_AT]
            self.held[key] = {
                c
                for word in heads(entity) | {head}
                for c in owners.lands(owners.of_bearer(places, word, len(self.text)), word)
            }
        return bool(told := self.held[key]) and not told & land

    def addressed(self, at: Range) -> set[int]:
        """The entities that the chain of a pronoun names which a mention's verb has for its object: “the army urged them”, “accused it”."""
        if at not in self.objects:
            self.objects[at] = {n for o in self.pronoun_objects(at) for n in self.in_chain(o)}
        return self.objects[at]

    def so_named(self, at: Range) -> int | None:
        """The entity with just this name, in the very letters."""
        said = self.text[slice(*at)]
        return next((n for m, n in self.mentions if self.text[slice(*m)] == said), None)

    def shortly_called(self, at: Range) -> int | None:
        """The person whom an office in capitals means, “the SP”, or a surname that the network took for no name: “Lima urges calm”."""
        said = self.text[slice(*at)]
        words = words_of(said)
        if len(words) == 1 and said.istitle() and not re.search(rf"\b{re.escape(said.lower())}\b", self.text):
            names = {n: words_of(e.name) for n, e in enumerate(self.entities) if e.kind is EntityKind.PERSON}
            bearers = [n for n, name in names.items() if len(name) > 1 and name[-1:] == words]
            if len(bearers) == 1 and not any(m.overlaps(at) for m, _ in self.mentions):
                return bearers[0]
        return short_title(self.text, said, self.mentions, self.entities)

    def urged(self, at: Range, demand: re.Pattern[str] = DEMANDED) -> set[int]:
        """The entities of whom what a mention says demands something: “Hamas must free them, the group said”."""
        said = [
            c for a in self.layers.attributions if a.source and a.source.start == at.start for c in a.content
        ]
        told = (x for c in said for x in self.mentions[self.first(c.start) : self.first(c.end)])
        return {n for m, n in told if demand.match(self.text, m.end, max(c.end for c in said))}

    def told_of(self, at: Range, *, first: bool = False, owners: bool = False) -> set[int]:
        """The persons who are named in what a mention says, quoted or behind it (“Ana Ruiz wept, she said” may be her own), up to the ends of its
        quotation, or with whom it begins; none in brackets, where a speaker may stand; as an owner alone ("Kalu’s boat") if asked for. Also who should
        do something by it: “Ana Ruiz must resign, he said”.
        """
        told = (
            c for a in self.layers.attributions if a.source and a.source.start == at.start for c in a.content
        )
        said = [c for c in told if c.start > at.start or self.quotation(c.start) is not None]
        whole = said + [q for c in said if (q := self.quotation(c.start)) is not None and not q.contains(at)]
        return (
            {
                n
                for c in whole
                for m, n in self.mentions[self.first(c.start) : self.first(c.end)]
                if self.entities[n].kind is EntityKind.PERSON
                and self.text[m.start - 1] not in "[("
                and (owners or not OWNED.match(self.text, m.end))
                and (not first or m.start <= c.start + 1)
            }
            | (set() if first else self.urged(at, OUGHT))
            | self.beside(at)
        )

    def beside(self, at: Range) -> set[int]:
        """The persons named in a clause without a subject that a mention is to have for its own: “After meeting Ana Ruiz, she said …”."""
        clause = SUBJECTLESS.search(self.text, sentence_start(self.text, at.start), at.start)
        if clause is None:
            return set()
        inside = self.mentions[self.first(clause.start()) : self.first(at.start)]
        return {n for _, n in inside if self.entities[n].kind is EntityKind.PERSON}

    def pronoun_objects(self, at: Range) -> list[Range]:
        """The pronouns that are objects of the verb of which a mention is the subject."""
        syntax, words, inside = self.layers.syntax, self.layers.words, self.layers.words_in(at)
        if syntax is None or not syntax.labels or not inside:
            return []
        subject = head_among(inside, syntax)
        verb = int(syntax.heads[subject])
        if syntax.relation(subject) != "nsubj" or verb < inside.stop:
            return []
        return [
            words[w]
            for w in range(verb + 1, min(verb + 3, len(words)))
            if syntax.heads[w] == verb
            and syntax.relation(w) in ("obj", "iobj")
            and self.text[slice(*words[w])] in OBJECTS
        ]

    def first(self, start: int) -> int:
        """The number of the first mention that begins at a character or behind it."""
        return bisect_left(self.mentions, (Range(start, 0), 0))

    def subject(self, word: str, at: Range) -> tuple[Range, int] | None:
        """The person with whom the sentence of a pronoun begins, where the pronoun can mean them."""
        start = sentence_start(self.text, at.start)
        near = ((m, n) for m, n in self.mentions if start <= m.start and m.end < at.start)
        first = next((x for x in near if not self.only_quoted(x[0], at)), None)
        if first is None or first[0].start - start > FARTHEST_SUBJECT:
            return None
        return first if self.fits(word, first[1]) else None

    def introduced(self, word: str, at: Range, since: int) -> tuple[Range, int] | None:
        """The person of whom the report itself tells between `since`, the last speaker's word, and a pronoun or description.

        That is the last subject of a main clause outside of quotations; nobody where the sentence of `at` names somebody that fits.
        """
        start, tagging = sentence_start(self.text, at.start), tags(self.text, at)
        for m, n in reversed(self.mentions):
            if m.start <= max(since, at.start - FARTHEST):
                return None
            if m.start < at.start and self.fits(word, n) and not self.only_quoted(m, at):
                if m.start >= start and not tagging:
                    return None
                if m.start < start and self.leads(m):
                    return m, n
        return None

    def new_before(self, head: str, at: Range) -> bool:
        """Whether somebody unnamed was brought in as such a person before: "a young man", not "Ana Ruiz, a young senator"."""
        brought = rf"\b(?:an?|another|other|one|two)\s+(?:[\w’'-]+\s+){{0,3}}{head}\b"
        named = [e.described for e in self.entities if e.described is not None]
        found = (Range(*m.span()) for m in re.finditer(brought, self.text[: at.start], re.I))
        return any(not any(d.overlaps(m) for d in named) for m in found)

    def told_before(self, head: str, at: Range) -> bool:
        """Whether a description's noun stands anywhere before it, so that somebody else may be meant."""
        return head in self.text[: at.start].lower()

    def leads(self, mention: Range) -> bool:
        """Whether a name is the subject of its sentence's main verb."""
        syntax = self.layers.syntax
        if syntax is None:
            return False
        inside = self.layers.words_in(mention)
        for w in inside:
            head = int(syntax.heads[w])
            if head not in inside and syntax.relation(w) == "nsubj":
                return int(syntax.heads[head]) == head or syntax.relation(head) == "conj"
        return False

    def only_quoted(self, mention: Range, at: Range) -> bool:
        """Whether a name stands in a quotation that ends before `at`: who is talked about there isn't who talks."""
        quotation = self.quotation(mention.start)
        return quotation is not None and quotation.contains(mention) and quotation.end <= at.start

    def quoter(self, at: Range) -> Range | None:
        """The source of the narrowest words around a mention that are in quotation marks of their own."""
        holding = (
            (c, a.source)
            for a in (*self.layers.attributions, *self.layers.inner)
            for c in a.content
            if a.source and c.contains(at) and MARKS.search(self.text, max(0, c.start - 2), at.start)
        )
        return min(holding, key=lambda x: x[0].end - x[0].start, default=(at, None))[1]

    def quotation(self, place: int) -> Range | None:
        """The quotation in which a character stands."""
        i = bisect_left(self.quotations, place + 1, key=lambda q: q.start) - 1
        return self.quotations[i] if i >= 0 and place < self.quotations[i].end else None

    def heard_with(self, place: int, entity: int | None, at: Range) -> bool:
        """Whether the quoted words of a paragraph tell, before a mention there, of somebody with a place or a name."""
        line = self.text.rfind("\n", 0, at.start)
        names = (m.start for m, n in self.mentions if n == entity and m < at)
        return any(p > line and self.quotation(p) is not None for p in (place, *names))
