"""What came of a promise or a refusal: kept or broken by a deed that a later report tells of whoever spoke.

The deed is the one that was promised only where its own word, or a word for the same kind of deed, stands in the promise, and
another word that tells something too: whom or what it was done to, or where. All else leaves it open.
"""

from __future__ import annotations

from collections.abc import Sequence

from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import IDLE, stem, telling_words
from accordingto.ledger.speakers import Speakers
from accordingto.record import Factuality, Record, Role, Struct

FAINT = frozenset(stem(w) for w in IDLE) | {"will", "shall", "must", "might", "even", "ever", "never"}
DONE = (Factuality.OCCURRED, Factuality.CLAIMED, Factuality.ONGOING)


class Deed(Struct, frozen=True):
    """An event told of an actor: done, or not done; `trigger` is its own word, `words` tell to whom, to what and where, `until` its last day."""

    key: str
    actor: str
    done: bool
    words: str
    date: str | None
    report: str
    document: str
    claims: tuple[str, ...]
    type: str = ""
    trigger: str = ""
    until: str | None = None


def deeds(record: Record, report: str, speakers: Speakers) -> tuple[Deed, ...]:
    """What actors did, and what the report says that they did not do."""
    published = record.document.published
    places = {p.id: p.span.text for p in record.places}
    last = {t.id: t.latest for t in record.times}
    out = []
    for v in record.events:
        done = v.factuality in DONE
        if not done and v.factuality is not Factuality.NEGATED:
            continue
        told = [p.span.text for p in v.participants if p.role is not Role.ACTOR]
        until = last.get(v.time or "")
        for p in v.participants:
            entity = speakers.entities.get(p.entity or "")
            if p.role is Role.ACTOR and entity is not None:
                out.append(
                    Deed(
                        key=speakers.id_of(entity),
                        actor=entity.name,
                        done=done,
                        words=" ".join((*told, places.get(v.place or "", ""))).strip(),
                        date=published.isoformat() if published else None,
                        report=report,
                        document=record.document.id,
                        claims=v.claims,
                        type=v.type,
                        trigger=v.trigger.text,
                        until=until.isoformat() if until else None,
                    )
                )
    return tuple(out)


def fate(what: Sequence[str], names: Sequence[str], since: str, deeds: Sequence[Deed]) -> Deed | None:
    """The last deed from the day `since` on that is the one spoken of in the words `what`; `names` of those concerned tell nothing."""
    own = frozenset().union(*(telling_words(n) for n in names)) | FAINT
    words = frozenset().union(*(telling_words(w) for w in what)) - own
    later = [d for d in deeds if (d.until or d.date or "") >= since and is_spoken_of(d, words)]
    return max(later, key=lambda d: (d.date or "", d.document, d.claims, d.done), default=None)


def is_spoken_of(deed: Deed, words: frozenset[str]) -> bool:
    """True where a deed's own word, or one for a deed of its type, is among the words, and something else that tells of it."""
    trigger, kinds = telling_words(deed.trigger), knowledge().kinds
    named = trigger & words or frozenset(w for w in words if kinds.get(w) == deed.type)
    return bool(named) and bool((telling_words(deed.words) & words) - trigger - named)
