"""How ACLED would code an incident: the rules of `coding` on what its accounts say together.

An incident keeps each account's words for what happened, for whoever did it and for whom it hit, so that the rules see it
as they see an event. Accounts that fit different rules are told apart: what they don't agree on stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from accordingto.coding.acled import AcledCode, acled_code
from accordingto.coding.situations import Codebooks, Situation, marks
from accordingto.ledger.contest import FieldState, FieldValue, State
from accordingto.ledger.incidents import Incident
from accordingto.reading.actors import actor_of_phrase
from accordingto.reading.lexicon import Lexicon
from accordingto.record import Actor

UNKNOWN = frozenset({"unknown"})
PEACEFUL = "Strategic developments"
RIOTS = {"Mob violence": "Political violence", "Violent demonstration": "Demonstrations"}
DISAGREE = "the accounts would be coded differently"


@dataclass(frozen=True, slots=True)
class Coded:
    """An incident's types; `None` where the accounts would be coded differently, or don't tell."""

    disorder_type: str | None
    event_type: str | None
    sub_event_type: str | None
    rule: str
    flag: str | None


@dataclass(frozen=True, slots=True)
class Parties:
    """Who the names and words of an incident are; `told` maps speakers to the party that the reports know them by."""

    lexicon: Lexicon
    told: Mapping[str, Actor]

    def of(self, value: FieldValue, *, acts: bool) -> Actor | None:
        """The actor of a value: its words' own first, then its name's, then what is known of it as a speaker."""
        name = str(value.value)
        read = (value.span.text if value.span else name, name)
        found = [a for text in read if (a := actor_of_phrase(text, self.lexicon, acts=acts))]
        found += [self.told[name]] if name in self.told else []
        country = next((a.country for a in found if a.country), None)
        sector = next((a.sector for a in found if a.sector), None)
        return Actor(country, sector) if found else None


def coded(incident: Incident, books: Codebooks, lexicon: Lexicon) -> Coded | None:
    """The types that an incident gets; `None` where ACLED codes no such thing."""
    found = [c for s in situations(incident, books, lexicon) if (c := acled_code(s, books))]
    if not found:
        return None
    kept = telling(found)
    events = {c.event_type for c in kept}
    types = {(c.event_type, c.sub_event_type) for c in kept}
    disorders = {disorder(incident.type, c, books) for c in kept}
    flags = [c.rule.flag for c in kept if c.rule and c.rule.flag]
    if len(types) > 1:
        flags = [f"{DISAGREE}: {' or '.join(dict.fromkeys(c.sub_event_type or c.event_type for c in kept))}"]
    return Coded(
        disorder_type=one(disorders),
        event_type=one(events),
        sub_event_type=one({sub for _, sub in types}),
        rule=" | ".join(dict.fromkeys(c.name for c in kept)),
        flag=" | ".join(dict.fromkeys(flags)) or None,
    )


def one(values: Iterable[str | None]) -> str | None:
    """The only value; `None` where there are several."""
    few = set(values)
    return few.pop() if len(few) == 1 else None


def telling(found: Sequence[AcledCode]) -> list[AcledCode]:
    """The codes without those of accounts that only tell less than others.

    A rule that went by words ("shelled") outdoes one that looked at nothing ("weapon not stated") and one that looked at
    the parties alone; but what was a fight to one account and none to another stays open.
    """
    worded = [c for c in found if c.rule and c.rule.words]
    return [c for c in found if c in worded or not any(outdoes(w, c) for w in worded)]


def outdoes(worded: AcledCode, other: AcledCode) -> bool:
    """Whether a code that went by words tells the same thing as another, more closely."""
    bare = other.rule is None or not (other.rule.actor or other.rule.target or other.rule.people)
    return bare or (worded.event_type == PEACEFUL) == (other.event_type == PEACEFUL)


def disorder(type: str, code: AcledCode, books: Codebooks) -> str | None:
    """ACLED's disorder type: that of the event type where no rule decided, else that of the types of its kind."""
    if code.rule is None:
        return books.types[type].acled_disorder or None
    if code.event_type == "Riots":
        return RIOTS.get(code.sub_event_type or "")
    return one({t.acled_disorder for t in books.types.values() if t.acled_event == code.event_type} - {""})


def situations(incident: Incident, books: Codebooks, lexicon: Lexicon) -> list[Situation]:
    """What the rules see of an incident: one situation for each word for it, each account of who did it, and each of whom it hit."""
    fields = incident.fields
    voices = {v.by: v.party for f in fields.values() for v in f.values if v.by and v.party}
    people = Parties(lexicon, {by: actor_in(party, books) for by, party in voices.items()})
    country = incident.place.country if incident.place else None
    doers, struck = fields["actor"], fields["target"]
    tools = [str(v.value) for v in asserted(fields["instrument"])]
    who = " ".join(str(v.value) for f in (doers, struck) for v in asserted(f)).casefold()
    acting = apart(doers)
    hit = apart(struck) if struck.state is State.CONTESTED else [asserted(struck)]

    def doing(values: Sequence[FieldValue]) -> frozenset[str]:
        return marks([a for v in values if (a := people.of(v, acts=True))], books, country)

    def suffering(values: Sequence[FieldValue]) -> frozenset[str]:
        return marks([a for v in values if (a := people.of(v, acts=False))], books, None)

    if incident.type == "clash" and not any(hit):
        seen = {(doing(group[:1]), suffering(group[1:])) for group in acting}
    else:
        seen = set(product({doing(group) for group in acting}, {suffering(group) for group in hit}))
    actors, targets = known({a for a, _ in seen}), known({t for _, t in seen})
    pairs = {(a, t) for a, t in seen if a in actors and t in targets} or seen
    return [
        Situation(incident.type, a, t, " ".join([word, *tools]).casefold(), who)
        for word in words_for(fields)
        for a, t in sorted(pairs, key=lambda pair: (sorted(pair[0]), sorted(pair[1])))
    ]


def asserted(field: FieldState) -> list[FieldValue]:
    """The values that somebody asserts."""
    return [v for v in field.values if v.stance == "asserts" and v.value is not None]


def apart(field: FieldState) -> list[list[FieldValue]]:
    """The asserted values by who gives them in which report; one empty account where nobody gives any."""
    voices: dict[tuple[str, str | None], list[FieldValue]] = {}
    for v in asserted(field):
        voices.setdefault((v.report, v.by), []).append(v)
    return list(voices.values()) or [[]]


def known(parties: set[frozenset[str]]) -> set[frozenset[str]]:
    """The parties of those accounts that tell any; of all where none does."""
    return parties - {UNKNOWN} or parties


def words_for(fields: Mapping[str, FieldState]) -> list[str]:
    """The accounts' words for what happened, counts of people left out; an empty one where there are none."""
    counted = {(v.report, v.span) for name in ("killed", "wounded") for v in fields[name].values}
    told = (v for v in asserted(fields["happened"]) if v.span and (v.report, v.span) not in counted)
    return list(dict.fromkeys(v.span.text for v in told if v.span)) or [""]


def actor_in(party: str, books: Codebooks) -> Actor:
    """An actor from a party as the ledger writes it: `USA GOV`, `USA` or `NGO`."""
    codes = party.split()
    sector = next((c for c in codes[-1:] if c in books.sectors), None)
    return Actor(next((c for c in codes if c != sector), None), sector)
