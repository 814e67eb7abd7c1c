"""Speakers: the sources of a record, resolved so that the same named source is one in all reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from accordingto.ledger.accounts import main_place
from accordingto.ledger.bodies import OFFICES, body_key, is_any_state_s, of_state
from accordingto.ledger.names import name_key, tagged
from accordingto.ledger.spokesmen import SPOKES, body_of
from accordingto.record import Actor, Claim, Entity, EntityKind, PartKind, Record, Source, SourceKind

STATES_OWN = frozenset("government authorities military army police prosecution".split())
TAKEN_UP = STATES_OWN | frozenset(
    "group movement organization organisation party faction company firm agency alliance coalition union militia body court".split()
)


PRONOUN = re.compile(
    r"(?:s?he|it|they|we|I|you|who|which|that|this|these|those|him|her|them|us|one|some|others|many|most|few|several|all|both)",
    re.I,
)

MIDDLE = re.compile(
    r"^([^\W\d_][\w’'-]+) [^\W\d_]\. (?=[^\W\d_][\w’'-]+(?: (?:Jr|Sr)\b\.?)?(?:['’]s)?$)"
)  # “Iva [B.] Tamm”
SEAT = re.compile(r" \((?:[RDI](?:-[A-Z][\w. ]*)?|[A-Z][\w. ]*\.)\)$")  # “Iva Tamm [(R-Marda)]”


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: id across reports, name or description, kind, party (`ISR MIL`)."""

    id: str
    by: str | None
    kind: str
    named: bool
    party: str | None
    country: str | None = None
    sector: str | None = None
    reason: str | None = None
    entity: str | None = None


def party_of(actor: Actor | None) -> str | None:
    """Country and sector in one, as `USA GOV`; None where neither is known."""
    return " ".join(x for x in (actor.country, actor.sector) if x) or None if actor else None


def named_id(name: str) -> str:
    """The id of a named source in all reports, under whichever of its names the tables know; by its name alone.

    “Iva B. Tamm” and “Iva Tamm (D-Marda)” are Iva Tamm; “Iva Tamm Jr.” and “I.B. Tamm” are others.
    """
    return tagged("S", "named", body_key(MIDDLE.sub(r"\1 ", SEAT.sub("", name))))


def state_id(name: str, land: str | None, about: str | None, document: str) -> str:
    """The id of a body that every state has, “the Interior Ministry”: of its own country, else of that which its report is about
    (which proves no more than that it is the same in other reports about it), else of its report.
    """
    if land is not None:
        return tagged("S", "named", of_state(name, land))
    return tagged("S", "named", of_state(name, f"about {about}" if about else document))


def is_pronoun(words: str) -> bool:
    """True for words that name and describe nobody: “they”, “many”."""
    return PRONOUN.fullmatch(words) is not None


def is_bare(name: str, land: str | None = None) -> bool:
    """True for a noun that only takes up a body named before, “the group”: in another report it is another one. “The army” is
    none where its country, `land`, is known.
    """
    key = name_key(name)
    return key in TAKEN_UP and not (land and key in STATES_OWN)


class Speakers:
    """The speakers of one record, by source id; `outlet()` is the report in its own words."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.document = record.document
        self.entities = {e.id: e for e in record.entities}
        self.by_source = {s.id: self._resolve(s) for s in record.sources}

    def of(self, claim: Claim) -> Speaker:
        """The speaker of a claim."""
        return self.by_source[claim.source]

    def actor(self, entity: Entity) -> Actor | None:
        """An entity's own party, else that of the body it belongs to."""
        if entity.actor is not None:
            return entity.actor
        body = self.entities.get(entity.affiliation or "")
        return body.actor if body else None

    @cached_property
    def about(self) -> str | None:
        """The country that the report is mostly about."""
        main = main_place(self.record)
        return main.country if main else None

    def echoes(self) -> frozenset[str]:
        """The claims that a headline credits to somebody without a name, where a source of the report's body is heard too."""
        heads = [p for p in self.document.parts if p.kind is PartKind.HEADLINE]
        above = {c.id for c in self.record.claims if any(p.start <= c.start < p.end for p in heads)}
        if len(above) == len(self.record.claims):
            return frozenset()
        return frozenset(c.id for c in self.record.claims if c.id in above and not self.of(c).named)

    def speaks_for(self, speaker: Speaker) -> str | None:
        """The id of the body whose spokesman a speaker is, by the record's description of a person or by the words for whoever has no name."""
        entity = self.entities.get(speaker.entity or "")
        if entity is None:
            body = None if speaker.named else body_of(speaker.by or "")
            return named_id(body) if body else None
        if entity.kind is not EntityKind.PERSON or not SPOKES.search(entity.description or ""):
            return None
        known = self.entities.get(entity.affiliation or "")
        if known is not None:
            return self.id_of(known)
        body = body_of(entity.description or "")
        return named_id(body) if body else None

    def id_of(self, entity: Entity) -> str:
        """The id of an entity in all reports; of a body that every state has, with its country."""
        actor = self.actor(entity)
        if entity.kind is EntityKind.PERSON or (actor and actor.sector not in (*OFFICES, "HLH", None)):
            return named_id(entity.name)
        return self._id(entity.name, actor.country if actor else None)

    def _id(self, name: str, land: str | None = None) -> str:
        if is_any_state_s(name):
            return state_id(name, land, self.about, self.document.id)
        return named_id(name)

    def outlet(self) -> Speaker:
        """The report speaking for itself."""
        name = self.document.outlet
        known = tagged("S", "outlet", name_key(name)) if name else tagged("S", "report", self.document.id)
        return Speaker(known, name, SourceKind.REPORTER, bool(name), None)

    def _resolve(self, source: Source) -> Speaker:
        reason = source.anonymity_reason.text if source.anonymity_reason else None
        entity = self.entities.get(source.entity or "")
        if source.kind is SourceKind.REPORTER and entity is None:
            return self.outlet()
        if entity is None:
            return self._undescribed(source, reason)
        actor = self.actor(entity)
        return Speaker(
            id=self.id_of(entity),
            by=entity.name,
            kind=source.kind,
            named=source.named,
            party=party_of(actor),
            country=actor.country if actor else None,
            sector=actor.sector if actor else None,
            reason=reason,
            entity=entity.id,
        )

    def _undescribed(self, source: Source, reason: str | None) -> Speaker:
        """Sources without an entity: alike descriptions are one within a report, never across reports."""
        words = source.description
        if words and source.named:
            known = self._id(words)
        else:
            known = tagged("S", "anonymous", self.document.id, name_key(words) if words else source.id)
        return Speaker(known, words, source.kind, source.named, None, reason=reason)
