"""Speakers: the sources of a record, resolved so that the same named source is one in all reports."""

from __future__ import annotations

from dataclasses import dataclass

from accordingto.ledger.bodies import body_key
from accordingto.ledger.names import name_key, tagged
from accordingto.record import Actor, Claim, Document, Entity, Record, Source, SourceKind

TAKEN_UP = frozenset(
    "group movement organization organisation party faction company firm agency alliance coalition union militia body".split()
)


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
    """The id of a named source in all reports, under whichever of its names the tables know; by its name alone."""
    return tagged("S", "named", body_key(name))


def is_bare(name: str) -> bool:
    """True for a noun that only takes up a body named before, “the group”: in another report it is another one."""
    return name_key(name) in TAKEN_UP


class Speakers:
    """The speakers of one record, by source id; `outlet()` is the report in its own words."""

    def __init__(self, record: Record) -> None:
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
            return self._undescribed(source, self.document, reason)
        actor = self.actor(entity)
        return Speaker(
            id=named_id(entity.name),
            by=entity.name,
            kind=source.kind,
            named=source.named,
            party=party_of(actor),
            country=actor.country if actor else None,
            sector=actor.sector if actor else None,
            reason=reason,
            entity=entity.id,
        )

    @staticmethod
    def _undescribed(source: Source, document: Document, reason: str | None) -> Speaker:
        """Sources without an entity: alike descriptions are one within a report, never across reports."""
        words = source.description
        if words and source.named:
            known = named_id(words)
        else:
            known = tagged("S", "anonymous", document.id, name_key(words) if words else source.id)
        return Speaker(known, words, source.kind, source.named, None, reason=reason)
