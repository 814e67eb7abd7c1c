"""MUC-4's role fillers, from our events and by a head trained on MUC: CEAF-REE as GRIT defines it (Du et al. 2021).

The five roles are GRIT's: perpetrator (individual, organization), physical target, named victim, weapon, merged over
a message's incidents. A predicted entity is right where all its mentions are mentions of one gold entity, one predicted
entity to one gold entity; strings are compared in lower case, without punctuation and articles.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment
from training.fillers import Head, look, short
from training.fillerstrings import ROLES
from training.mucstrings import core, normal

from accordingto.reading.actors import actor_of_phrase
from accordingto.reading.eventlinks import ROLES as PARTS
from accordingto.reading.eventparts import filled, tidy
from accordingto.reading.events import EventTables
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.reader import Reader, Trace
from accordingto.reading.whom import Mentioned, entity_of
from accordingto.record import (
    Entity,
    EntityKind,
    Event,
    Factuality,
    Mention,
    MentionForm,
    Participant,
    Record,
    Role,
)
from accordingto.spans import span
from benchmarks import corpora
from benchmarks.spans import Table

Fillers = dict[str, list[list[str]]]  # role → entities → mentions


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the corpus: its text from the dateline on, its day, its role fillers."""

    id: str
    text: str
    body: int
    published: date | None
    fillers: Fillers


def messages(folder: Path, part: str) -> Iterator[Message]:
    """The messages of one part ("train" or "dev"), in order."""
    for x in corpora.lines(folder / f"corpora/muc4/{part}.jsonl.gz"):
        fillers = {r: [[m["mention"] for m in e] for e in x["role_fillers"][r]] for r in ROLES}
        day = date.fromisoformat(x["date"]) if x["date"] else None
        yield Message(x["id"], x["text"], x["body_start"], day, fillers)


# ---------------------------------------------------------------------- the score
def aligned(gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> int:
    """Predicted entities that are right, under the best alignment of one to one."""
    if not gold or not predicted:
        return 0
    golds = [{normal(m) for m in e} for e in gold]
    fits = np.array([[float({normal(m) for m in p} <= g) for p in predicted] for g in golds])
    return int(fits[linear_sum_assignment(-fits)].sum())


def score(pairs: Iterable[tuple[Fillers, Fillers]], name: str = "MUC-4") -> Table:
    """Gold and predicted fillers of many messages to the five roles' counts and their micro average."""
    out = Table()
    for gold, predicted in pairs:
        for role in ROLES:
            mine = [e for e in predicted.get(role, []) if e]
            row = len(gold[role]), len(mine), aligned(gold[role], mine)
            out[f"{name} {role}"].add(*row)
            out[f"{name}, all five roles"].add(*row)
    return out


# ---------------------------------------------------------------------- from our events
WORDS = Path(__file__).parent / "muc_words.csv"
INCIDENTS = frozenset("attack bombing strike killing destruction detention abuse threat".split())
ABDUCTION = re.compile(r"kidnap|abduct|hostage|seiz|hijack|held|captive", re.I)
KILLERS = frozenset("REB MIL COP UAF CRM SPY".split())  # sectors of those who commit incidents
AND = re.compile(r",?\s+and\s+|,\s+", re.I)
NUMBER = re.compile(
    r"^(?:\d[\d,.]*|another|one|two|three|four|five|six|seven|eight|nine|ten|many|numerous|dozens of)\s+",
    re.I,
)
RESPONSIBLE = re.compile(r"\bresponsib|\bclaimed?\b.{0,30}\b(?:attack|bomb|murder|kidnap)", re.I)
FIGHTING = r"(?:guerrillas?|rebels?|terrorists?|commandos?|fighters|gunmen|hitmen|assassins|subversives|columns?|units?)"
FIGHTERS = re.compile(rf"[\])\"']*\s+(?:\w+\s+)?{FIGHTING}\b", re.I)
OF_FIGHTERS = re.compile(rf"\b{FIGHTING}\s+(?:\w+\s+)?(?:of|from)\s+(?:the\s+)?[\"']?$", re.I)
TOKEN = re.compile(r"[\w'’-]+")
MADE_OF = re.compile(r"\s+of\s+", re.I)


def words_of_kind() -> dict[str, frozenset[str]]:
    """The head nouns of `muc_words.csv` by kind."""
    rows = [x.split(",") for x in WORDS.read_text(encoding="utf-8").splitlines() if x[0] != "#"][1:]
    return {k: frozenset(w for w, kind in rows if kind == k) for k in ("weapon", "thing", "person")}


class FromEvents:
    """The role fillers that a record's events give, by their types and roles and by the head nouns of their participants."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = words_of_kind()

    def __call__(self, record: Record) -> Fillers:
        """One mention an entity, each entity once; nothing where no incident is told."""
        out: dict[str, dict[str, list[str]]] = {r: {} for r in ROLES}
        people = {e.id: e for e in record.entities}
        told = [e for e in record.events if incident(e) and not self.battle(e)]
        for event in told:
            hit = {p.span.range for p in event.participants if p.role is Role.TARGET}
            for p in event.participants:
                if p.role is Role.ACTOR and any(p.span.range.overlaps(h) for h in hit):
                    continue
                for role, mention in self.fillers(event, p, people):
                    out[role].setdefault(normal(mention), [mention])
            for mention in self.weapons(record.document.text, event):
                out["Weapon"].setdefault(normal(mention), [mention])
        for name in self.claimants(record, people) if told else ():
            out["PerpOrg"].setdefault(normal(name), [name])
        for victim in out["Victim"]:  # who is hit is taken for the doer now and then
            out["PerpInd"].pop(victim, None)
        return {r: list(distinct(list(found.values()))) for r, found in out.items()}

    def battle(self, event: Event) -> bool:
        """Whether fighters are what an event is aimed at: war, no incident."""
        aims = [p.span.text for p in event.participants if p.role is Role.TARGET]
        parties = [actor_of_phrase(" ".join(a.split()), self._lexicon) for a in aims]
        return (
            any(p is not None and p.sector in ("MIL", "REB") for p in parties) and event.type != "detention"
        )

    def fillers(
        self, event: Event, p: Participant, people: Mapping[str, Entity]
    ) -> Iterator[tuple[str, str]]:
        """Role and mention of what one participant gives."""
        inside = [
            (m.start, e)
            for e in people.values()
            for m in e.mentions
            if m.form is MentionForm.NAME and p.span.start <= m.start and m.end <= p.span.end
        ]
        named = [e for _, e in sorted(inside, key=lambda x: x[0])]
        if p.entity and p.role is not Role.INSTRUMENT and not named:  # a pronoun or a description
            named = [people[p.entity]] if people[p.entity].kind is EntityKind.PERSON else []
        text = " ".join(p.span.text.split())
        if p.role is Role.INSTRUMENT:
            for piece in AND.split(text):
                if self.kind(core(piece)) == "weapon":
                    yield "Weapon", NUMBER.sub("", core(piece))
        elif p.role is Role.ACTOR:
            yield from self.perpetrators(text, named, event)
        elif p.role is Role.TARGET:
            yield from self.targets(text, named, event)

    def weapons(self, text: str, event: Event) -> Iterator[str]:
        """The weapons that an incident's trigger names: "car bomb" of "car bomb attack"."""
        words = TOKEN.findall(event.trigger.text)
        for n, word in enumerate(words):
            if word.lower() in self._words["weapon"]:
                yield NUMBER.sub("", " ".join(words[: n + 1]))
                break

    def claimants(self, record: Record, people: Mapping[str, Entity]) -> Iterator[str]:
        """The organizations that take responsibility, or are blamed, and armed groups that are known as such."""
        speakers = {s.id: s.entity for s in record.sources}
        for c in record.claims:
            said = " ".join(x.text for x in c.content) + " " + (c.cue.text if c.cue else "")
            speaker = people.get(speakers[c.source] or "")
            taken = RESPONSIBLE.search(said) is not None
            if taken and speaker is not None and speaker.kind is EntityKind.ORGANIZATION and armed(speaker):
                yield speaker.name
        text = record.document.text
        for e in people.values():
            if (
                e.kind is EntityKind.ORGANIZATION
                and armed(e)
                and any(has_fighters(text, m) for m in e.mentions)
            ):
                yield e.name

    def perpetrators(self, text: str, named: Sequence[Entity], event: Event) -> Iterator[tuple[str, str]]:
        """The individuals and organizations of an actor's phrase; a state's forces only where they kill or seize."""
        party = actor_of_phrase(text, self._lexicon)
        states = party is not None and party.sector not in (None, "REB", "UAF", "CRM")
        if states and (party.sector not in KILLERS or event.type not in ("killing", "detention", "abuse")):
            return
        alone = any(normal(e.name) == normal(core(text)) for e in named)
        for e in named:
            if e.kind is EntityKind.ORGANIZATION and armed(e):
                yield "PerpOrg", e.name
            elif e.kind is EntityKind.PERSON:
                yield "PerpInd", e.name
        for piece in AND.split(text):
            if (
                not alone
                and self.kind(core(piece)) == "person"
                and not any(e.kind is EntityKind.PERSON for e in named)
            ):
                yield "PerpInd", core(piece)

    def targets(self, text: str, named: Sequence[Entity], event: Event) -> Iterator[tuple[str, str]]:
        """The named victims and the things of a target's phrase."""
        for e in named:
            if e.kind is EntityKind.PERSON:
                yield "Victim", e.name
        if event.type in ("killing", "detention", "threat", "abuse"):
            return
        for piece in AND.split(text):
            party = actor_of_phrase(core(piece), self._lexicon)
            fighting = party is not None and party.sector in ("MIL", "COP", "REB")
            if self.kind(core(piece)) == "thing" and not fighting:
                yield "Target", core(NUMBER.sub("", core(piece)))

    def kind(self, phrase: str) -> str | None:
        """What a phrase's head noun is: person, thing or weapon; None where neither table nor lexicon knows it."""
        words = TOKEN.findall(MADE_OF.split(phrase)[0].lower())
        if not words:
            return None
        for kind in ("person", "weapon", "thing"):
            if words[-1] in self._words[kind]:
                return kind
        party = actor_of_phrase(phrase, self._lexicon)
        return "person" if party is not None and party.sector in KILLERS else None


def has_fighters(text: str, name: Mention) -> bool:
    """Whether a name is said to have fighters: "Red Front guerrillas", "members of the Red Front"."""
    after = FIGHTERS.match(text, name.end)
    return after is not None or OF_FIGHTERS.search(text[max(0, name.start - 40) : name.start]) is not None


def armed(entity: Entity) -> bool:
    """Whether a body may be one that fights: none that is known to be something else."""
    return entity.actor is None or entity.actor.sector in (None, *KILLERS)


def incident(event: Event) -> bool:
    """Whether an event is what MUC-4 calls an incident: violence told of as deed or attempt."""
    if event.type not in INCIDENTS or event.factuality in (Factuality.NEGATED, Factuality.CONDITIONAL):
        return False
    return event.type != "detention" or ABDUCTION.search(event.trigger.text) is not None


def distinct(entities: Sequence[list[str]]) -> Iterator[list[str]]:
    """Entities without those whose words another one has all ("guerrillas" beside "FMLN guerrillas")."""
    words = [frozenset(normal(e[0]).split()) for e in entities]
    for i, e in enumerate(entities):
        letters = len(words[i]) == 1 and any(
            short(normal(e[0]), normal(o[0])) for o in entities if o is not e
        )
        if words[i] and not letters and not any(words[i] < w for w in words):
            yield e


def mentions(seen: Trace, tables: EventTables) -> tuple[Event, ...]:
    """The record's events one by one as they are mentioned: each mention with all its participants."""
    text, people = seen.record.document.text, Mentioned(seen.record.entities)
    told = [tidy(text, filled(h, tables.roles), tables.instruments) for h in seen.layers.happenings]
    return tuple(
        Event(
            id=f"V{n}",
            type=h.type,
            trigger=span(text, h.trigger),
            participants=tuple(
                Participant(PARTS[p.role], entity_of(text, p.at, seen.layers, people), span(text, p.at))
                for p in h.parts
                if p.role in PARTS
            ),
            factuality=h.factuality,
        )
        for n, h in enumerate(told, 1)
    )


def one_by_one(seen: Trace, tables: EventTables) -> Record:
    """The record with its events as they are mentioned."""
    return msgspec.structs.replace(seen.record, events=mentions(seen, tables))


def tables(reader: Reader, folder: Path, part: str = "dev") -> dict[str, Table]:
    """The scores without training on MUC and, where `training.muc` has written one for this network, with the head."""
    untrained, event_tables = FromEvents(Lexicon.load()), EventTables.load()
    head = Head.load(reader.model)
    rules: list[tuple[Fillers, Fillers]] = []
    learned: list[tuple[Fillers, Fillers]] = []
    for message in messages(folder, part):
        seen = reader.trace(message.text, published=message.published)
        told = untrained(one_by_one(seen, event_tables))
        rules.append((message.fillers, told))
        if head is not None:
            view = look(message.text, seen.layers, seen.scores, reader.network.decoder, told)
            learned.append((message.fillers, head.fillers(view)))
    return {"from our events, untrained": score(rules)} | (
        {"with a head trained on the train part": score(learned, "MUC-4 trained")} if learned else {}
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--part", default="dev")
    ap.add_argument("--model", type=Path, default=None)
    args = ap.parse_args()
    for title, table in tables(Reader(args.model), corpora.shared_folder(), args.part).items():
        print(title)
        for name, c in table.rows.items():
            print(f"  {name:28} P {c.precision:.1f} R {c.recall:.1f} F1 {c.f1:.1f} of {c.gold}")


if __name__ == "__main__":
    main()
