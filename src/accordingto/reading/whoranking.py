"""Whom "he" or "the minister" means among those named or heard before: a log-linear ranker of candidates.

Features are those of the literature on pronouns and on quotations' speakers: how far off a candidate was told of last, whether as a subject,
how often, whether they spoke last (Lappin and Leass 1994; Muzny et al. 2017); for a description also how its words fit the candidate's
name, titles and what stands beside the name; and whom the rules of `sources` choose. Weights stand in `data/who_weights.csv`, fitted by
`python -m training.who` on claims of real reports.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from accordingto.reading import offices, owners
from accordingto.reading.antecedents import Antecedents
from accordingto.reading.entities import Found, words_of
from accordingto.reading.layers import Layers
from accordingto.reading.laypeople import Laypeople
from accordingto.reading.lemmas import endings
from accordingto.reading.pronouns import tags
from accordingto.reading.sides import Sides
from accordingto.reading.sourcekinds import PERSONAL, plural
from accordingto.reading.speakers import Speaker
from accordingto.reading.tables import ReadingTables
from accordingto.record import EntityKind, SourceKind
from accordingto.spans import Range

LOOKED_AT = 6  # mentions of a candidate whose surroundings are read
NEAREST = 8  # candidates of a kind by recency alone
NEARLY = 0.1  # by so much another must outweigh whom the rules choose
FAR = 4  # sentences; as far as any farther
KINDS = frozenset((EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP, EntityKind.PLACE))
WORD = re.compile(r"[^\W_]+")
THOSE = (("those",), ("these",))
OWNED = re.compile(r"[A-Za-z]{2}['’]s?\s")  # "the city's mayor"

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone a mention may mean: an entity, or a source without a name; neither is someone new. `called` is the name or description."""

    called: str
    entity: int | None = None
    speaker: Speaker | None = None

    @property
    def is_new(self) -> bool:
        """Whether it is someone not named or heard before."""
        return self.entity is None and self.speaker is None

    def is_(self, speaker: Speaker | None) -> bool:
        """Whether a source is this candidate."""
        if speaker is None:
            return False
        return speaker.entity == self.entity if self.entity is not None else speaker is self.speaker


@dataclass(frozen=True, slots=True)
class Asked:
    """A mention whose bearer is looked for.

    `core` are a description's words up to its head, `kind` is what its noun makes; `within` speaks the words that it stands in, `ruled` is
    whom the rules choose, None for someone new; `called` are the sources that the same words meant before.
    """

    at: Range
    words: tuple[str, ...]
    core: tuple[str, ...]
    kind: SourceKind | None
    within: Speaker | None
    ruled: Speaker | None
    called: Sequence[Speaker]

    @property
    def pronoun(self) -> bool:
        """Whether it is a pronoun."""
        return len(self.words) == 1


Choosing = Callable[[Asked, Sequence[Candidate], Sequence[Features]], int]


def best_of(weights: Mapping[str, tuple[float, float]]) -> Choosing:
    """The choice of the candidate whose features weigh most; the rules' own where it weighs nearly as much."""

    def choose(asked: Asked, candidates: Sequence[Candidate], rows: Sequence[Features]) -> int:
        column = 0 if asked.pronoun else 1
        nothing = (0.0, 0.0)
        scores = [sum(v * weights.get(f, nothing)[column] for f, v in row.items()) for row in rows]
        best = max(range(len(rows)), key=scores.__getitem__)
        ruled = next((k for k, r in enumerate(rows) if r.get("chosen by rule") or r.get("new by rule")), best)
        return ruled if scores[best] - scores[ruled] < NEARLY else best

    return choose


class Ranking:
    """The candidates of one document and their features."""

    def __init__(
        self,
        text: str,
        entities: Sequence[Found],
        people: Antecedents,
        layers: Layers,
        tables: ReadingTables,
    ) -> None:
        self.text, self.entities, self.people, self.tables = text, entities, people, tables
        self.owners = owners.Owners(text, people.mentions, entities, tables.actors)
        self.starts = [s.start for s in layers.sentences]
        self.lines = [m.end() for m in re.finditer(r"\n+", text)]
        self.of: dict[int, list[Range]] = {}
        for at, n in people.mentions:
            self.of.setdefault(n, []).append(at)
        self.sides = Sides(text, self.of, entities, tables.actors)
        self.others = offices.Others(entities)
        self.laypeople = Laypeople(text, people, self.of, layers, tables)
        self._words: dict[int, tuple[frozenset[str], frozenset[str], list[tuple[int, frozenset[str]]]]] = {}

    def candidates(self, asked: Asked, recent: Sequence[tuple[int, Speaker]]) -> list[Candidate]:
        """Who may be meant: those told of last, those whose words fit, the sources without a name, and, for a description, someone new."""
        start = asked.at.start
        told: dict[int, int] = {}
        for n, places in self.of.items():
            if self.may(asked, n) and (i := bisect_left(places, (start,))):
                told[n] = places[i - 1].start
        for place, s in recent:
            if place < start and s.entity is not None and self.may(asked, s.entity):
                told[s.entity] = max(place, told.get(s.entity, -1))
        late = sorted(told, key=lambda n: -told[n])
        if asked.pronoun:
            chosen = late[:NEAREST]
        else:
            own = set(asked.core)
            chosen = [n for n in late if any(own & some for some in self.words(n, start))]
            for kind in (EntityKind.PERSON, EntityKind.ORGANIZATION):
                near = [n for n in late if self.entities[n].kind is kind][: NEAREST // 2]
                chosen += [n for n in near if n not in chosen]
        if asked.ruled is not None and asked.ruled.entity is not None and asked.ruled.entity not in chosen:
            chosen.append(asked.ruled.entity)
        out = [Candidate(self.entities[n].name, entity=n) for n in chosen]
        for place, s in recent:
            if place < start and s.unnamed and self.may_be(s, asked) and not any(c.speaker is s for c in out):
                out.append(Candidate(s.description or "", speaker=s))
        return out if asked.pronoun else self.of_the_same(asked, out)

    def may_be(self, s: Speaker, asked: Asked) -> bool:
        """Whether a source without a name can be meant at all."""
        someone, called = s.kind is SourceKind.ANONYMOUS, s.description or ""
        if asked.pronoun or offices.of_another_rank(s.head, asked.core, s.words):
            return asked.pronoun and s.one and s.of_sex(asked.words[0])
        return someone or not self.sides.apart(self.text[slice(*asked.at)], called)

    def of_the_same(self, asked: Asked, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates for a description without those who hold its office elsewhere, and, unless the rules choose one who holds it of
        the same place, someone new.
        """
        new = Candidate(self.text[slice(*asked.at)])
        head = asked.core[-1] if asked.core else ""
        owned = self.owners.of_phrase(asked.at, head) if head else {}
        if not owned:
            return [*candidates, new]
        kept, sure = [], False
        for c in candidates:
            theirs, ruled = self.belonging(c, head, asked.at.start), c.is_(asked.ruled)
            other = owners.elsewhere(owned, theirs)
            if ruled or not other:
                kept.append(c)
            sure = sure or (ruled and not other and owners.shared(owned, theirs))
        return kept if sure else [*kept, new]

    def belonging(self, c: Candidate, head: str, before: int) -> owners.Belonging:
        """What a candidate's office with a head belongs to, as far as the text before a place tells."""
        if c.entity is not None:
            names = [m for m in self.of.get(c.entity, ()) if m.end <= before]
            if self.entities[c.entity].kind is not EntityKind.PERSON:
                return self.owners.of_phrase(names[0], head) if names else {}
            return self.owners.of_bearer(names[:LOOKED_AT], head, before)
        first = c.speaker.first if c.speaker is not None else None
        return self.owners.of_phrase(first, head) if first is not None else {}

    def may(self, asked: Asked, number: int) -> bool:
        """Whether an entity can be meant at all."""
        entity = self.entities[number]
        if asked.pronoun:
            fits = self.people.fits(asked.words[0], number)
            return fits and not self.people.of_another_land(asked.at, number)
        if entity.kind is EntityKind.PERSON and (plural(asked.core) or asked.core in THOSE):
            return False
        chosen = asked.ruled is not None and asked.ruled.entity == number
        told = self.words(number, asked.at.start) if asked.core and not chosen else ()
        if told and self.laypeople.hold_another(number, asked.core, told, asked.at.start):
            return False
        return entity.kind in KINDS and not self.barred(asked.at, asked.core, number)

    def barred(self, at: Range, core: Sequence[str], number: int) -> bool:
        """Whether a description cannot mean an entity: it is on the other side, or whom the person is only for or under, or, where its name
        lacks the head, what its own verb is done to, or the office is another country's.
        """
        head = core[-1] if core else ""
        ranks = offices.ranks_apart(self.entities[number], head, core)
        if ranks or head in self.others.of(number) or self.people.holds_abroad(at, head, number):
            return True
        addressed = number in self.people.addressed(at) and head not in self.words(number, at.start)[0]
        return addressed or self.sides.opposed(self.text[slice(*at)], number)

    def words(self, number: int, before: int) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The words of an entity's names, of its titles and description, and of what stands beside its first mentions, all before a place."""
        if number not in self._words:
            entity, windows = self.entities[number], []
            for m in self.of.get(number, ())[:LOOKED_AT]:
                left = owners.EDGE.split(self.text[max(0, m.start - owners.BEFORE) : m.start])[-1]
                right = owners.EDGE.split(self.text[m.end : m.end + owners.BEHIND])[0]
                windows.append((m.end + len(right), frozenset(words_of(f"{left} {right}"))))
            described = frozenset(words_of(" ".join([entity.description or "", *entity.titles])))
            self._words[number] = frozenset(words_of(entity.name)), described, windows
        name, described, windows = self._words[number]
        beside: frozenset[str] = frozenset().union(*(w for end, w in windows if end <= before))
        return name, described, beside

    def alone(self, number: int, before: int) -> bool:
        """Whether no other entity of its kind is named before a place."""
        kind = self.entities[number].kind
        return not any(
            n != number and self.entities[n].kind is kind and places[0].start < before
            for n, places in self.of.items()
        )

    def rows(
        self, asked: Asked, candidates: Sequence[Candidate], recent: Sequence[tuple[int, Speaker]]
    ) -> list[Features]:
        """The features of each candidate."""
        return [*map(Around(self, asked, [x for x in recent if x[0] < asked.at.start]).features, candidates)]

    def sentence(self, place: int) -> int:
        """Its number."""
        return bisect_right(self.starts, place)


def before(places: Sequence[Range], start: int) -> Sequence[Range]:
    """Those of some places, in order, that begin before one."""
    return places[: bisect_left(places, (start,))]


class Around:
    """What is the same for all candidates of one mention."""

    def __init__(self, ranking: Ranking, asked: Asked, recent: Sequence[tuple[int, Speaker]]) -> None:
        self.ranking, self.asked, self.recent = ranking, asked, recent
        late = sorted(recent, key=lambda x: -x[0])
        self.order = list({id(s): s for _, s in late if s.words or s.entity is not None}.values())
        self.tagging = tags(ranking.text, asked.at)
        self.head = asked.core[-1] if asked.core else ""
        self.plural = plural(asked.core)
        body = ranking.text[slice(*asked.at)]
        self.owned = OWNED.search(body) is not None
        own = frozenset(asked.core[1:])
        self.heard = any(s.entity is None and s.head == self.head and own <= s.words for _, s in recent)
        self.personal = self.head in ranking.tables.persons or PERSONAL.search(self.head) is not None
        self.capitals = {w.lower() for w in WORD.findall(body)[1:] if w[0].isupper()}

    @cached_property
    def chained(self) -> set[int]:
        """The entities that the network's coreference chain of the mention names."""
        if self.asked.pronoun:
            found = self.ranking.people.chained(self.asked.words[0], self.asked.at)
            return set() if found is None else {found}
        return self.ranking.people.in_chain(self.asked.at)

    def features(self, c: Candidate) -> Features:
        """The features of one candidate; numbers other than 0 alone."""
        if c.is_new:
            return self.of_new()
        out: Features = {"chosen by rule": float(c.is_(self.asked.ruled))}
        said = [p for p, s in self.recent if c.is_(s)]
        named = before(self.ranking.of.get(c.entity, ()), self.asked.at.start) if c.entity is not None else []
        places = {m.start for m in named} if said else set()
        last = max([m.start for m in named[-1:]] + said, default=0)
        away = self.ranking.sentence(self.asked.at.start) - self.ranking.sentence(last)
        lines = bisect_right(self.ranking.lines, self.asked.at.start) - bisect_right(self.ranking.lines, last)
        rank = next((k for k, s in enumerate(self.order) if c.is_(s)), None)
        out |= {
            f"{min(away, FAR)} sentences before": 1.0,
            "sentences": math.log1p(away),
            f"{min(lines, 2)} paragraphs before": 1.0,
            "mentions": math.log1p(len(named) + len([p for p in said if p not in places])),
            "spoke": float(rank is not None),
            "spoke last": float(rank == 0),
            "spoke last but one": float(rank == 1),
            "told of last as speaking": float(bool(said) and max(said) >= last),
            "speaks these words": float(c.is_(self.asked.within)),
            "so called before": float(any(c.is_(s) for s in self.asked.called)),
        }
        if named:
            out |= self.of_place(c, named)
        if self.asked.pronoun:
            out["spoke last, in a tag"] = out["spoke last"] * self.tagging
            out["same sentence, in a tag"] = float(away == 0 and self.tagging)
            out["spoke last, same paragraph"] = out["spoke last"] * float(lines == 0)
            out["subject, sentence before"] = out.get("subject", 0.0) * float(away == 1)
            out["nearest and spoke last"] = out.get("nearest", 0.0) * out["spoke last"]
        else:
            out |= self.of_words(c)
            if c.entity is not None:
                out |= self.of_kind(c.entity, out)
        if c.entity is not None and self.chained:
            out["in its chain" if c.entity in self.chained else "another in its chain"] = 1.0
        out[f"a {self.ranking.entities[c.entity].kind.value}" if c.entity is not None else "unnamed"] = 1.0
        return {k: v for k, v in out.items() if v}

    def of_place(self, c: Candidate, named: Sequence[Range]) -> Features:
        """Features of how and where a name stood last."""
        ranking, last = self.ranking, named[-1]
        people, kind = ranking.people, ranking.entities[c.entity or 0].kind
        first = bisect_right(people.mentions, (last, len(ranking.entities)))
        behind = {
            n
            for m, n in people.mentions[first : bisect_left(people.mentions, (self.asked.at, -1))]
            if n != c.entity and ranking.entities[n].kind is kind
        }
        return {
            "subject": float(people.leads(last)),
            "only quoted": float(people.only_quoted(last, self.asked.at)),
            "named early": float(named[0].start < len(ranking.text) * 0.1),
            "nearest": float(not behind),
            "others since": math.log1p(len(behind)),
        }

    def of_words(self, c: Candidate) -> Features:
        """Features of how a description's words fit a candidate."""
        own = frozenset(self.asked.core[1:])
        kind = "unnamed" if c.entity is None else self.ranking.entities[c.entity].kind.value
        out: Features = {f"{self.asked.kind} as {kind}": 1.0}
        if c.speaker is not None:
            out["same head"] = float(c.speaker.head == self.head)
            out["words heard"] = len(own & c.speaker.words) / max(1, len(own))
            out["all words heard"] = float(own <= c.speaker.words)
        if c.entity is None:
            return out
        name, described, beside = self.ranking.words(c.entity, self.asked.at.start)
        if self.heard:  # by a name there may stand the unnamed one, who is called so
            beside = frozenset()
        heads = [h for h in endings(self.head) if h]
        told = any(h in beside or h in described or h in name for h in heads)
        return out | {
            "head among titles": float(any(h in described for h in heads)),
            "head in name": float(any(h in name for h in heads)),
            "head beside name": float(any(h in beside for h in heads)),
            "words told": len(own & (described | name)) / max(1, len(own)),
            "words beside": len(own & (beside | described | name)) / max(1, len(own)) if told else 0.0,
            "all words beside": float(told and own <= beside | described | name),
            "not the unnamed one so called": float(self.heard),
            "capitals in name": float(bool(self.capitals) and self.capitals <= name),
            "its acronym": float(self.acronym(c.entity)),
            f"{'of a person' if self.personal else 'of no person'} as {kind}": 1.0,
            f"owned, as {kind}": float(self.owned),
            f"more behind its head, as {kind}": float(len(self.asked.words) > len(self.asked.core)),
        }

    def of_kind(self, number: int, told: Mapping[str, float]) -> Features:
        """Features of a name's place among those of its kind, for this kind of description: "the company" and the one company named so far."""
        kind = self.ranking.entities[number].kind
        fit = f"{self.asked.kind} as {kind.value}"
        out = {f"{place}, {fit}": 1.0 for place in ("nearest", "named early", "subject") if told.get(place)}
        if self.ranking.alone(number, self.asked.at.start):
            out[f"alone, {fit}"] = 1.0
        return out

    def acronym(self, number: int) -> bool:
        """Whether the description holds the initials of a name."""
        words = WORD.findall(self.ranking.entities[number].name)
        initials = {"".join(w[0] for w in words).upper(), "".join(w[0] for w in words if w[0].isupper())}
        said = WORD.findall(self.ranking.text[slice(*self.asked.at)])
        return any(len(w) > 1 and w.isupper() and w in initials for w in said)

    def of_new(self) -> Features:
        """Features of someone not heard or named before."""
        a, text = self.asked, self.ranking.text
        before = re.search(rf"\b{re.escape(self.head)}\b", text[: a.at.start], re.I) if self.head else None
        out = {
            "new": 1.0,
            "new by rule": float(a.ruled is None),
            f"new {a.kind}": 1.0,
            "new noun": float(before is None),
            "new, words": min(len(a.words), 8) / 8,
            "new, with more behind its head": float(len(a.words) > len(a.core)),
            "new, with a capital": float(bool(self.capitals)),
            "new, plural": float(self.plural),
            "new, of a person": float(self.personal),
            "new, owned": float(self.owned),
            "new, not the unnamed one so called": float(self.heard),
        }
        return {k: v for k, v in out.items() if v}
