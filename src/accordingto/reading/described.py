"""Whom a name or a description means as a source: a person's name at its head; a name of a body or a government; a head noun of
`data/source_nouns.csv`, joined with an earlier source of the same head where it is definite ("the official", "the ministry").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordingto.reading.ages import of_an_age
from accordingto.reading.antecedents import TITLED, Antecedents
from accordingto.reading.entities import Found, words_of
from accordingto.reading.layers import Layers
from accordingto.reading.offices import (
    NEAR_ONE,
    STAND_INS,
    bearer,
    called,
    entitled,
    of_another_rank,
    offices,
)
from accordingto.reading.pronouns import GOING_ON, HE_OR_SHE, tags
from accordingto.reading.sides import STATE
from accordingto.reading.sourcekinds import (
    ANOTHER,
    DETERMINERS,
    POINTING,
    TAIL,
    SourceKinds,
    head_end,
    plural,
    several,
)
from accordingto.reading.speakers import BODIES, Heard, Speaker, of_country, so_opened
from accordingto.reading.tables import ReadingTables
from accordingto.reading.whoranking import THOSE, Ranking
from accordingto.record import EntityKind, SourceKind
from accordingto.spans import Range

MEANT = {SourceKind.ANONYMOUS: EntityKind.PERSON, SourceKind.ORGANIZATION: EntityKind.ORGANIZATION}
AND_OTHERS = re.compile(r"\s(?:and|or)\s+(?:\w+\s+)?others?\b")
ONE = HE_OR_SHE | frozenset("who someone somebody one another".split())
ONE_OF = (("a",), ("an",), ("another",), ("one",))
SHARE_OF = re.compile(
    r"(?:only\s+)?(?:most|many|some|few|several|all|half|two|three|four|five|a few|both|no)\b", re.I
)
OF_SOME = re.compile(r"\s+of\s+(?:an?|another|one)\s")  # “the leader of a union”: not yet told of
ABBREVIATION = re.compile(r"\s?\([A-Z][\w.&-]*\)")  # "the Department of Health (DoH)"
LISTED = re.compile(
    rf"\s*(?:[,:—–]|--?)\s*{TITLED}"
)  # between people and the first of their names: “two doctors, Dr ”
ANY_BODY = frozenset("group organization organisation body".split())
HIS_OR_HER = frozenset(("his", "her"))
ANYONE = frozenset(
    "man woman boy girl teen teenager youth youngster citizen resident villager native national local widow widower".split()
)


AT_ONCE = frozenset(("official", "officer"))  # whom a report calls so right behind the name
IN_PARLIAMENT = "mp|lawmaker|legislator|parliamentarian|member parliament|member assembly"
IN_CONGRESS = "congressman|congresswoman|representative|rep|member congress|senator|sen|member senate|assemblyman|assemblywoman"
ROLES = {  # by a looser noun what somebody so called is told to be, by the words for it
    noun: tuple(frozenset(some.split()) for some in said.split("|"))
    for noun, said in {
        "mp": IN_PARLIAMENT,
        "parliamentarian": IN_PARLIAMENT,
        "lawmaker": f"{IN_PARLIAMENT}|{IN_CONGRESS}",
        "legislator": f"{IN_PARLIAMENT}|{IN_CONGRESS}",
        "senator": "senator|sen|member senate",
        "congressman": IN_CONGRESS,
        "congresswoman": IN_CONGRESS,
        "official": "minister|secretary|chief|director|commissioner|officer|mayor|governor|undersecretary|coordinator|administrator",
        "officer": "inspector|superintendent|commissioner|sheriff|sergeant|sgt|captain|capt|lieutenant|lt|detective|constable|police chief",
    }.items()
}


class Called(Heard):
    """The sources of one document that names and descriptions mean."""

    def __init__(self, text: str, entities: list[Found], tables: ReadingTables, layers: Layers) -> None:
        super().__init__(text, entities)
        self.tables, self.layers, self.turns = tables, layers, dict(layers.turns)
        self.nobody: Speaker | None = None
        self.sure: Speaker | None = None  # by a rule that the ranker does no better than
        self.called: dict[str, Speaker] = {}  # descriptions that found a person or body
        self.people = Antecedents(text, entities, layers, tables.actors)
        self.mentions = self.people.mentions
        self.kinds = SourceKinds(tables)
        self.ranking = Ranking(text, entities, self.people, layers, tables)

    def other_than(self, at: Range, head: str, number: int) -> bool:
        """Whether a description names the other side than an entity is on, or an office of another country."""
        opposed = self.ranking.sides.opposed(self.text[slice(*at)], number)
        return opposed or self.people.holds_abroad(at, head, number)

    # ------------------------------------------------------------------ names
    def named(self, at: Range) -> Speaker | None:
        """The source of a mention whose head is a name, or names that speak together."""
        if together := self.people.joint(at):
            return self.of_names([n for _, n in together], at)
        body = self.text[at.start : at.end]
        inside = [(m, n) for m, n in self.mentions if at.contains(m)]
        people = [(m, n) for m, n in inside if self.entities[n].kind is EntityKind.PERSON]
        head = at.start + head_end(body)
        listed = [(m, n) for m, n in people if m.start >= head]
        if (
            listed[1:]
            and LISTED.fullmatch(self.text, head, listed[0][0].start)
            and plural(words_of(self.text[at.start : head]))
        ):
            return self.of_names([n for _, n in listed], at)
        for m, n in people:
            owner = self.text[m.end : m.end + 2] in ("’s", "'s") and m.end + 2 < at.end - 1
            if (
                not owner
                and not several(body)
                and m.end >= head - 1
                and (m.start < head or entitled(self.text, at, head, m, self.tables))
            ):
                return self.of_entity(n, SourceKind.PERSON, at)
        for m, n in inside:
            entity = self.entities[n]
            before = self.text[at.start : m.start]
            behind = ABBREVIATION.match(self.text, m.end, at.end)
            whole = at.end <= m.end + 2 or behind or TAIL.match(self.text, m.end, at.end)
            if m.end > head and not whole:
                continue  # "a Lake Court of Appeal judge"
            rest = (before + self.text[m.end : head]).strip(" '’s").casefold()
            ends = abs(m.end - head) < 2 or (
                head == m.start - 2 and self.text[head] == "," and m.end >= at.end - 1
            )
            if entity.kind is EntityKind.GROUP and before.casefold() in ("a ", "an "):
                continue  # "a Hazara": one of them
            plain = rest in ("", "the", "a", "an") or (ends and self.kinds.apposed(before, entity))
            office = before.lower() == "the " and self.tables.titles.fullmatch(entity.name)
            if entity.kind is EntityKind.PERSON or office or not plain:
                continue
            return self.of_entity(n, self.kinds.of_entity(entity, words_of(before)), at)
        return None

    # ------------------------------------------------------------------ descriptions
    def described(self, at: Range, words: Sequence[str]) -> Speaker:
        """The source of a mention without a name at its head."""
        body = self.text[at.start : at.end]
        core = words_of(body[: head_end(body)]) or words
        owned = "s" in core[:-1] and core[0] not in DETERMINERS  # "Freedonia’s envoy"
        definite = owned or (bool(words) and words[0] in POINTING)
        head, meaning = core[-1] if core else "", frozenset(words) - DETERMINERS
        if words in THOSE:
            self.sure = self.fresh(at, words)
            return self.sure
        if definite and (teller := self.unnamed_teller(head, at)) is not None:
            self.sure = teller
            return teller
        kin = NEAR_ONE.search(body, 0, head_end(body)) is not None
        if definite and not kin and OF_SOME.match(body, head_end(body)):
            self.sure = so_opened(self.found, body) or self.fresh(at, words)
            return self.sure
        if ANOTHER.match(body):
            return so_opened(self.found, body) or self.fresh(at, words)
        if several(body):
            self.sure = next((s for s in self.found if s.several and s.words == meaning), None)
            self.sure = self.sure or self.fresh(at, words)
            return self.sure
        if head in ANY_BODY and words[0] in HIS_OR_HER:
            self.sure = self.body_of(next((s for s in self.heard(at)), None), at) or self.fresh(at, words)
            return self.sure
        if definite and body in self.called:
            return self.called[body]
        if (known := self.earlier(head, meaning, definite, at)) is not None:
            if definite and known.entity is not None:
                return self.called.setdefault(body, known)
            return known
        if (same := of_country(self.found, body, head, self.tables.actors)) is not None:
            return same
        if (number := of_an_age(self.people, at)) is not None:
            self.sure = self.of_entity(number, SourceKind.PERSON, at)
            return self.sure
        kind = self.kinds.sort(body, core, definite=definite, opens=self.people.opens(at))
        capital = any(at.contains(m) for m, _ in self.mentions)
        if definite and not capital and (means := self.meant(at, core, kind)) is not None:
            self.sure = means
            return means
        if definite and not owned and head in ANYONE and not self.people.new_before(head, at):
            since = next((p for p, s in reversed(self.recent) if p < at.start and s is not self.nobody), -1)
            if (new := self.people.introduced(head, at, since)) is not None:
                self.sure = self.called.setdefault(
                    body.casefold(), self.of_entity(new[1], SourceKind.PERSON, new[0])
                )
                return self.sure
        if definite and not owned and (holder := self.holding(at, core)) is not None:
            self.sure = holder
            return holder
        if core == ("the", head) and head in ANY_BODY and (told := self.body_just_heard(at)) is not None:
            self.sure = told
            return told
        stands_in = definite and core == ("the", head) and head in STAND_INS
        if stands_in and not self.people.told_before(head, at) and (last := self.spoke_last(at)):
            return last
        return self.fresh(at, words)

    def heard(self, at: Range) -> Iterator[Speaker]:
        """Who spoke before a mention, the last one first, in the report's own words."""
        before = (s for p, s in reversed(self.recent) if p < at.start and p not in self.inner)
        return (s for s in before if s is not self.nobody)

    def body_of(self, person: Speaker | None, at: Range) -> Speaker | None:
        """The body to which somebody belongs, for “her group”."""
        number = self.entities[person.entity].affiliation if person and person.entity is not None else None
        return None if number is None else self.of_entity(number, SourceKind.ORGANIZATION, at)

    def body_just_heard(self, at: Range) -> Speaker | None:
        """The body that spoke last, just before, for “the group” in a tag."""
        last = next(self.heard(at), None) if tags(self.text, at) else None
        body = last is not None and last.entity is not None and last.kind is SourceKind.ORGANIZATION
        return last if body and last is not None and self.topical(last, at) else None

    def unnamed_teller(self, head: str, at: Range) -> Speaker | None:
        """The one without a name who spoke last, for “the man” in a tag: “A shopkeeper said … ‘They took everything,’ the man said”; behind
        “the official added” whoever spoke last.
        """
        going_on = GOING_ON.match(self.text, at.end) is not None
        tagging = head in ANYONE and tags(self.text, at)
        if not (tagging or going_on) or self.people.quotation(at.start) is not None:
            return None
        last = next(self.heard(at), None)
        return (
            last if last is not None and last.one and last.of_sex(head) and self.topical(last, at) else None
        )

    def holding(self, at: Range, core: Sequence[str]) -> Speaker | None:
        """The one person named before who is told to be what a looser noun calls somebody, and spoke, for “the official” last of all:
        “Rosa Lima, a member of parliament, … the MP”. Nobody where such a one was brought in without a name.
        """
        head = core[-1] if core else ""
        noun = "officer" if tuple(core[-2:]) == ("police", "official") else head
        sorts = ROLES.get(noun, ())
        if not sorts or self.people.new_before(head, at):
            return None
        named = {
            n for m, n in self.mentions if m.start < at.start and self.entities[n].kind is EntityKind.PERSON
        }
        fit = [n for n in named if any(some <= offices(self.entities[n]) for some in sorts)]
        spoke = [s for p, s in self.recent if p < at.start and s is not self.nobody]
        heard = spoke[-1:] if noun in AT_ONCE else spoke
        if len(fit) != 1 or self.ranking.barred(at, core, fit[0]):
            return None
        return next((s for s in reversed(heard) if s.entity == fit[0]), None)

    def of_label(self, at: Range, words: Sequence[str]) -> Speaker:
        """The source of a turn's label without a name, which means nobody whom the turns alone name: “THE WITNESS: Captain Bello shot him.”"""
        label = f"{self.text[slice(*at)]}:"
        if label not in self.called:
            found = self.described(at, words)
            places = [m for m, n in self.mentions if n == found.entity]
            inside = places and all(any(said.contains(m) for said in self.turns.values()) for m in places)
            self.called[label] = self.fresh(at, words) if inside else found
        return self.called[label]

    def fresh(self, at: Range, words: Sequence[str]) -> Speaker:
        """A new source without a name."""
        body = self.text[slice(*at)]
        core = words_of(body[: head_end(body)]) or words
        owned = "s" in core[:-1] and core[0] not in DETERMINERS
        definite = owned or (bool(words) and words[0] in POINTING)
        kind = self.kinds.sort(body, core, definite=definite, opens=self.people.opens(at))
        names = [n for m, n in self.mentions if at.contains(m)]
        definite = definite or bool(names)
        head, meaning = core[-1] if core else "", frozenset(words) - DETERMINERS
        people = any(self.people.fits("", n) for n in names)
        one_of = self.one_of(at, words, core)
        kind = SourceKind.ANONYMOUS if one_of else kind
        joined = several(body) or (people and AND_OTHERS.search(body) is not None)
        if joined and self.kinds.of_noun(core) not in BODIES and people:
            kind = SourceKind.GROUP  # "the mayor and her deputy, Ana Ruiz", "Ana Ruiz and other doctors"
        known = definite and kind in BODIES
        somebody = not joined and self.kinds.somebody(body, core)
        told = somebody or one_of or head in ONE or self.kinds.of_noun(core) is not None
        person = told and kind is SourceKind.ANONYMOUS
        speaker = Speaker(kind, None, known, body, head, meaning, at, definite, joined, somebody, person)
        self.found.append(speaker)
        return speaker

    def one_of(self, at: Range, words: Sequence[str], core: Sequence[str]) -> bool:
        """Whether a description is of one of a people or a faith: “another Muslim”, “a Hazara”."""
        noun = "".join(self.text[slice(*at)][: head_end(self.text[slice(*at)])].split()[-1:])
        if (
            words[:1] not in ONE_OF
            or not noun.istitle()
            or self.kinds.of_noun(core) not in (None, SourceKind.GROUP)
        ):
            return False
        named = (n for m, n in self.mentions if at.contains(m) and self.text[slice(*m)] == noun)
        return all(self.entities[n].kind is EntityKind.GROUP for n in named)

    def spoke_last(self, at: Range) -> Speaker | None:
        """The person who spoke last, just before, or who else was named last in the paragraph."""
        last = next((s for _, s in reversed(self.recent) if s is not self.nobody), None)
        if last is not None:
            lay = last.entity is not None and self.ranking.laypeople.surely(last.entity)
            return last if last.kind is SourceKind.PERSON and not lay and self.topical(last, at) else None
        line = self.text.rfind("\n", 0, at.start)
        named = (
            (m, n)
            for m, n in reversed(self.mentions)
            if line < m.start < at.start and self.entities[n].kind is EntityKind.PERSON
        )
        return next((self.of_entity(n, SourceKind.PERSON, m) for m, n in named), None)

    def meant(self, at: Range, core: Sequence[str], kind: SourceKind) -> Speaker | None:
        """The person or body that the network's coreference chain of a description names: “the company”, “the spokesperson”."""
        chain = next(
            (c for p, c in self.layers.linked(at) if at.contains(p.head) and at.start == p.at.start), ()
        )
        sort = MEANT.get(kind)
        head = "".join(core[-1:])
        number = called(self.text, chain, self.mentions, self.entities, head, sort) if sort else None
        if number is None or self.ranking.barred(at, core, number):
            return None
        return self.of_entity(number, SourceKind.PERSON if sort is EntityKind.PERSON else kind, at)

    def demanding(self, at: Range, found: Speaker) -> Speaker:
        """The source of a demand, who is none that it names: another body that spoke, where “the group” would say what it itself must do."""
        body, sides = self.text[slice(*at)], self.ranking.sides
        urged = self.people.urged(at) if found.entity is not None else ()
        if found.entity not in urged or words_of(body[: head_end(body)])[-1] not in ANY_BODY:
            return found
        spoke = [(s, s.entity) for p, s in self.recent if p < at.start and s.kind is SourceKind.ORGANIZATION]
        others = (
            s for s, n in reversed(spoke) if n is not None and n not in urged and sides.of_entity(n) != STATE
        )
        return next(others, found)

    def earlier(self, head: str, meaning: frozenset[str], definite: bool, at: Range) -> Speaker | None:
        """The latest earlier source that this description can mean again."""
        known = [
            s
            for _, s in reversed(self.recent)
            if s.head == head
            and head
            and (meaning <= s.words or s.words <= meaning)
            and not other_share(self.text[slice(*at)], s.description or "")
            if not of_another_rank(head, meaning, s.words)
        ]
        if known:  # "the officials": those who spoke most, of them those who spoke last
            return max(known, key=known.count) if definite and meaning == {head} else known[0]
        if not definite:
            return None
        until = self.recent[-1][0] + 400 if self.recent else len(self.text)
        near = [
            x for x in reversed(self.mentions) if x[0].start <= until and not self.other_than(at, head, x[1])
        ]
        if meaning == {head}:  # "the army" is none whose name comes later
            near = [x for x in near if x[0] < at or self.entities[x[1]].kind is EntityKind.PERSON]
        number = bearer(self.text, near, self.entities, head, meaning, self.tables.actors)
        if number is None:
            return None
        kind = (
            SourceKind.PERSON if self.entities[number].kind is EntityKind.PERSON else SourceKind.ORGANIZATION
        )
        return self.of_entity(number, kind, next(m for m, n in near if n == number))


def other_share(one: str, other: str) -> bool:
    """Whether two descriptions tell of different shares of some people: “most lawmakers”, “only two lawmakers”."""
    found = [m[0].lower() for said in (one, other) if (m := SHARE_OF.match(said)) is not None]
    return len(found) == 2 and found[0] != found[1]
