"""MUC-4's role fillers from our events, without training on MUC: CEAF-REE by the definition of GRIT (Du et al. 2021).

The five roles are GRIT's: perpetrator (individual, organization), physical target, named victim, weapon, merged over
a message's incidents. A predicted entity is right where all its mentions are mentions of one gold entity, one predicted
entity to one gold entity; strings are compared in lower case, without punctuation and articles.
"""

from __future__ import annotations

import argparse
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from accordingto.reading.actors import actor_of_phrase
from accordingto.reading.lexicon import Lexicon
from accordingto.record import Entity, EntityKind, Event, Factuality, MentionForm, Participant, Record, Role
from benchmarks import corpora
from benchmarks.spans import Table

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
Fillers = dict[str, list[list[str]]]  # role → entities → mentions
PUNCTUATION = str.maketrans("", "", string.punctuation)
ARTICLES = re.compile(r"\b(a|an|the)\b")


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
def normal(mention: str) -> str:
    """A mention as GRIT compares it."""
    return " ".join(ARTICLES.sub(" ", mention.lower().translate(PUNCTUATION)).split())


def aligned(gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> int:
    """Predicted entities that are right, under the best alignment of one to one."""
    if not gold or not predicted:
        return 0
    golds = [{normal(m) for m in e} for e in gold]
    fits = np.array([[float({normal(m) for m in p} <= g) for p in predicted] for g in golds])
    return int(fits[linear_sum_assignment(-fits)].sum())


def score(pairs: Iterable[tuple[Fillers, Fillers]]) -> Table:
    """Gold and predicted fillers of many messages to the five roles' counts and their micro average."""
    out = Table()
    for gold, predicted in pairs:
        for role in ROLES:
            mine = [e for e in predicted.get(role, []) if e]
            row = len(gold[role]), len(mine), aligned(gold[role], mine)
            out[f"MUC-4 {role}"].add(*row)
            out["MUC-4, all five roles"].add(*row)
    return out


# ---------------------------------------------------------------------- from our events
WORDS = Path(__file__).parent / "muc_words.csv"
INCIDENTS = frozenset("attack bombing strike killing destruction detention abuse threat".split())
ABDUCTION = re.compile(r"kidnap|abduct|hostage|seiz|hijack|held|captive", re.I)
KILLERS = frozenset("REB MIL COP UAF CRM SPY".split())  # sectors of those who commit incidents
LEAD = re.compile(
    r"(?:the|an?|his|her|its|their|our|this|that|these|those|some|several|about|at least|other|any|two of the|"
    r"one of the|alleged|suspected|unidentified|presumed)\s+",
    re.I,
)
TAIL = re.compile(
    r"\s*(?:[,;:(\[]|\s--?\s|\s(?:who|whom|whose|which|that|where|when|while|in|at|on|from|near|with|for|to|"
    r"during|after|before|by|located|belonging|against|under|was|were|had|has|is|are)\s)",
    re.I,
)
AND = re.compile(r",?\s+and\s+|,\s+", re.I)
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
        for event in record.events:
            if not incident(event):
                continue
            for p in event.participants:
                for role, mention in self.fillers(record, event, p, people):
                    out[role].setdefault(normal(mention), [mention])
            for word in TOKEN.findall(event.trigger.text):
                if word.lower() in self._words["weapon"] - {"fire"}:
                    out["Weapon"].setdefault(normal(event.trigger.text), [event.trigger.text])
        return {r: list(distinct(list(found.values()))) for r, found in out.items()}

    def fillers(
        self, record: Record, event: Event, p: Participant, people: Mapping[str, Entity]
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
                    yield "Weapon", core(piece)
        elif p.role is Role.ACTOR:
            yield from self.perpetrators(text, named)
        elif p.role is Role.TARGET:
            yield from self.targets(text, named, event)

    def perpetrators(self, text: str, named: Sequence[Entity]) -> Iterator[tuple[str, str]]:
        """The individuals and organizations of an actor's phrase."""
        for e in named:
            if e.kind is EntityKind.ORGANIZATION:
                yield "PerpOrg", e.name
            elif e.kind is EntityKind.PERSON:
                yield "PerpInd", e.name
        for piece in AND.split(text):
            if self.kind(core(piece)) == "person" and not any(e.kind is EntityKind.PERSON for e in named):
                yield "PerpInd", core(piece)

    def targets(self, text: str, named: Sequence[Entity], event: Event) -> Iterator[tuple[str, str]]:
        """The named victims and the things of a target's phrase."""
        for e in named:
            if e.kind is EntityKind.PERSON:
                yield "Victim", e.name
        if event.type in ("killing", "detention", "threat", "abuse"):
            return
        for piece in AND.split(text):
            if self.kind(core(piece)) == "thing":
                yield "Target", core(piece)

    def kind(self, phrase: str) -> str | None:
        """What a phrase's head noun is: person, thing or weapon; None where neither table nor lexicon knows it."""
        words = TOKEN.findall(MADE_OF.split(phrase)[0].lower())
        if not words:
            return None
        for kind in ("person", "weapon", "thing"):
            if words[-1] in self._words[kind]:
                return kind
        party = actor_of_phrase(phrase, self._lexicon)
        return "person" if party is not None and party.sector else None


def incident(event: Event) -> bool:
    """Whether an event is what MUC-4 calls an incident: violence told of as deed or attempt."""
    if event.type not in INCIDENTS or event.factuality in (Factuality.NEGATED, Factuality.CONDITIONAL):
        return False
    return event.type != "detention" or ABDUCTION.search(event.trigger.text) is not None


def core(phrase: str) -> str:
    """A noun phrase without its determiner and what follows its head, but for "of …"."""
    phrase = phrase.strip(" \"'")
    while m := LEAD.match(phrase):
        phrase = phrase[m.end() :]
    m = TAIL.search(phrase, 1) if phrase else None
    return (phrase[: m.start()] if m else phrase).strip(" \"'.")


def distinct(entities: Sequence[list[str]]) -> Iterator[list[str]]:
    """Entities without those whose words another one has all ("guerrillas" beside "FMLN guerrillas")."""
    words = [frozenset(normal(e[0]).split()) for e in entities]
    for i, e in enumerate(entities):
        if words[i] and not any(words[i] < w for w in words):
            yield e


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--part", default="dev")
    args = ap.parse_args()


if __name__ == "__main__":
    main()
