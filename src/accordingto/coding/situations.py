"""What the rules of a codebook see of an event, and the tables of those rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from accordingto.errors import UserError
from accordingto.record import Actor, EntityKind, Event, Factuality, Participant, Record, Role
from accordingto.spans import Span
from accordingto.vocabularies import EventType, SectorCode, VagueNumber, event_types, sector_codes, table


class PhraseActor(Protocol):
    """Reads a bare noun phrase ("gunmen") as an actor; `reading.actors.actor_of_phrase` with its lexicon is one."""

    def __call__(self, text: str, /, *, acts: bool) -> Actor | None:
        """The actor of a phrase; `acts`: it does something, so that a country alone means its government."""


# Words before the trigger that belong to it ("drone strike"), and those after it that name the means.
BEFORE = re.compile(r"(?:[\w’'-]+[ -]){1,2}$")
MEANS = re.compile(r" (?:by|with|using|from)(?: [\w’'-]+){1,4}")
DONE = frozenset((Factuality.OCCURRED, Factuality.CLAIMED, Factuality.DENIED, Factuality.ONGOING))
SIDES = frozenset(("state", "armed", "civilian", "fighters", "foreign", "unknown"))


class Rule(msgspec.Struct, frozen=True):
    """What all rows of rules share: conditions, of which empty ones hold always."""

    rule: str
    type: str
    event: str
    actor: str = ""
    target: str = ""
    words: str = ""
    people: str = ""


class AcledRule(Rule, frozen=True):
    """One row of `acled_rules.csv`."""

    sub_event: str | None = None
    flag: str | None = None


class PloverRule(Rule, frozen=True):
    """One row of `plover_rules.csv`."""

    mode: str | None = None
    context: str = ""


class PloverEvent(msgspec.Struct, frozen=True):
    """One row of `plover_events.csv`."""

    event: str
    quad: int


class PartPopulation(msgspec.Struct, frozen=True):
    """One row of `part_populations.csv`."""

    word: str
    part: str


RuleRow = TypeVar("RuleRow", bound=Rule)


@dataclass(frozen=True, slots=True)
class Situation:
    """An event as the rules see it.

    `actors` and `targets` hold sector codes and sides (`state`, `armed`, `civilian`), `fighters` for those of
    any side who carry arms, `foreign` for a state's actor outside its own country, `unknown` where nothing is
    known; `words` are the trigger, what stands before
    it and the means; `people` the words for actors and targets; all in lower case.
    """

    type: str
    actors: frozenset[str]
    targets: frozenset[str]
    words: str
    people: str


@dataclass(frozen=True, slots=True)
class Codebooks:
    """The tables of the coded views."""

    types: dict[str, EventType]
    sectors: dict[str, SectorCode]
    acled: tuple[AcledRule, ...]
    plover: tuple[PloverRule, ...]
    vague: dict[str, int]
    parts: frozenset[str]
    quads: dict[str, int]

    @classmethod
    def load(cls, extra_dir: str | Path | None = None) -> Codebooks:
        """The package's tables, extended by the user's own in `extra_dir`.

        Raises:
            UserError: where a table is malformed.
        """
        extra_dir = Path(extra_dir) if extra_dir is not None else None
        types = {t.code: t for t in event_types(extra_dir)}
        sectors = {s.code: s for s in sector_codes(extra_dir)}
        return cls(
            types=types,
            sectors=sectors,
            acled=rules("acled_rules", AcledRule, types, sectors, extra_dir),
            plover=rules("plover_rules", PloverRule, types, sectors, extra_dir),
            vague={
                v.words: v.best
                for v in table("vague_numbers", VagueNumber, extra_dir=extra_dir)
                if v.view == "acled" and v.best is not None
            },
            parts=frozenset(r.word for r in table("part_populations", PartPopulation, extra_dir=extra_dir)),
            quads={e.event: e.quad for e in table("plover_events", PloverEvent, extra_dir=extra_dir)},
        )


@cache
def default_codebooks() -> Codebooks:
    """The package's own tables."""
    return Codebooks.load()


def rules(
    name: str,
    row: type[RuleRow],
    types: dict[str, EventType],
    sectors: dict[str, SectorCode],
    extra_dir: Path | None,
) -> tuple[RuleRow, ...]:
    """A table of rules, the user's own before the package's, so that they decide first; patterns checked.

    Raises:
        UserError: where a type, side, sector or pattern is wrong.
    """
    shipped = {r.rule for r in table(name, row)}
    rows = table(name, row, extra_dir=extra_dir)
    for r in rows:
        wrong = set(r.type.split("|")) - set(types)
        wrong |= {s for c in (r.actor, r.target) if c for s in c.split("|")} - SIDES - set(sectors)
        if wrong:
            raise UserError(f"{name}.csv, rule {r.rule!r}: unknown {sorted(wrong)}; correct that cell.")
        for pattern in (r.words, r.people):
            try:
                re.compile(pattern)
            except re.error as error:
                raise UserError(
                    f"{name}.csv, rule {r.rule!r}: {pattern!r} is no regular expression ({error}); correct it."
                ) from error
    return tuple(sorted(rows, key=lambda r: r.rule in shipped))


def first_fit(rows: Sequence[RuleRow], seen: Situation) -> RuleRow | None:
    """The first rule whose conditions all hold."""
    return next((r for r in rows if fits(r, seen)), None)


def fits(rule: Rule, seen: Situation) -> bool:
    """Whether all of a rule's conditions hold."""
    return (
        seen.type in rule.type.split("|")
        and (not rule.actor or not seen.actors.isdisjoint(rule.actor.split("|")))
        and (not rule.target or not seen.targets.isdisjoint(rule.target.split("|")))
        and (not rule.words or re.search(rule.words, seen.words) is not None)
        and (not rule.people or re.search(rule.people, seen.people) is not None)
    )


def situation(record: Record, event: Event, books: Codebooks, actor_of: PhraseActor | None) -> Situation:
    """What the rules see of one event."""
    acting, hit = sides(event)
    place = next((p for p in record.places if p.id == event.place), None)
    doers = [a for p in acting if (a := party(record, p, actor_of))]
    struck = [a for p in hit if (a := party(record, p, actor_of))]
    instruments = [p.span.text for p in event.participants if p.role is Role.INSTRUMENT]
    return Situation(
        type=event.type,
        actors=marks(doers, books, place.country if place else None),
        targets=marks(struck, books, None),
        words=" ".join([around(record.document.text, event.trigger), *instruments]).casefold(),
        people=" ".join(p.span.text for p in (*acting, *hit)).casefold(),
    )


def sides(event: Event) -> tuple[list[Participant], list[Participant]]:
    """Who does and who suffers an event; of several who only fight, the first stands against the others."""
    acting = [p for p in event.participants if p.role is Role.ACTOR]
    hit = [p for p in event.participants if p.role in (Role.TARGET, Role.RECIPIENT)]
    if not hit and event.type == "clash" and len(acting) > 1:
        return acting[:1], acting[1:]
    return acting, hit


def party(record: Record, participant: Participant, actor_of: PhraseActor | None) -> Actor | None:
    """A participant's actor: its words' own first ("Russian forces"), then its entity's.

    A country, or a people's name, that acts stands for its state.
    """
    entity = next((e for e in record.entities if e.id == participant.entity), None)
    told = actor_of(participant.span.text, acts=participant.role is Role.ACTOR) if actor_of else None
    known = entity.actor if entity is not None else None
    if entity is not None and known is not None and known.country and not known.sector:
        whole = entity.kind is EntityKind.PLACE
        adjective = entity.kind is EntityKind.GROUP and not participant.span.text.endswith("s")
        if participant.role is Role.ACTOR and (whole or adjective):
            known = Actor(known.country, "GOV")
    country = (told and told.country) or (known and known.country) or None
    sector = (told and told.sector) or (known and known.sector) or None
    return Actor(country, sector) if country or sector else None


def marks(actors: Iterable[Actor], books: Codebooks, place: str | None) -> frozenset[str]:
    """The sectors and sides of some actors."""
    out: set[str] = set()
    for actor in actors:
        code = books.sectors.get(actor.sector or "")
        if code is None:
            continue
        out |= {code.code, code.side, "fighters" if code.fighters else ""} - {""}
        if code.side == "state" and actor.country and place and actor.country != place:
            out.add("foreign")
    return frozenset(out or {"unknown"})


def around(text: str, trigger: Span) -> str:
    """The trigger with up to two words before it and the means after it."""
    before = BEFORE.search(text, max(0, trigger.start - 40), trigger.start)
    after = MEANS.match(text, trigger.end)
    return f"{before[0] if before else ''}{trigger.text}{after[0] if after else ''}"
