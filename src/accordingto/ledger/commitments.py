"""Words that bind or threaten: warnings, promises, requests and refusals, with their repeats and what came of them.

Occasions of one commitment are claims by the same speaker, of the same kind, to the same addressee, in much the
same words. The outcome is proposed only from a deed that a later report tells of the same speaker in the
commitment's own words; else it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import msgspec

from accordingto.ledger.binding import binds
from accordingto.ledger.clustering import components
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import WORD, name_key, overlap, stem, tagged, telling_words
from accordingto.ledger.outcomes import Deed, fate
from accordingto.ledger.speakers import TAKEN_UP, Speakers, is_pronoun
from accordingto.reading.timevalues import bounds
from accordingto.record import Act, Claim, Participant, Record, Role, Struct

KINDS = {Act.WARN: "warning", Act.PROMISE: "promise", Act.REQUEST: "request", Act.REFUSE: "refusal"}
CONDITION = re.compile(
    r"[,;]?\s*\b((?:if|unless|provided(?: that)?|as long as|in case|on condition that|until)\b.+)$",
    re.I | re.S,
)
LEADING = re.compile(
    r"^\s*(?:that\b,?\s*)?((?:even\s+)?(?:if|unless|provided(?: that)?|as long as)\b[^,]+),\s*", re.I
)
ITSELF = re.compile(
    r"(?:(?:to|not|that|s?he|it|they|we|I|would|will|shall|soon|also|\w+ly)\s+|[’']ll\s+|“)*", re.I
)
TOLD_TO = re.compile(r"\s+(?:not|to|that|with|against|over|about)\b")
ARTICLE = re.compile(r"(?:(?:the|both)\s+)?", re.I)
WHERE = re.compile(r"\b(?:in|at|from|near|during|after|before|over)\b", re.I)
SUBJECT = re.compile(  # “that [the two sides] should stop”, “[the shops] to close”
    r"(?:that\s+)?(?P<who>(?:[\w’'.-]+\s+){1,7}?)(?:also\s+|both\s+|all\s+)?(?:should|must|ought|needs?\s+to|ha(?:s|ve)\s+to|(?:not\s+)?to)\s+(?!(?:not\s+)?be\b)",
    re.I,
)
WHOM_HEAD = re.compile(r"\s(?:of|in|from|at|for|on|with|who|that)\s")
MANY = frozenset(  # stems of words for those who can be asked
    "people world countr nation state side part communit faction institut school compan bank media lead rival student parent "
    "ministr ministry parliament council court cabinet".split()
)
ALIKE = 0.34  # share of telling words from which two occasions are one commitment
UNDATED = "9999"
DONE = 2  # telling words that a deed shares with a commitment


class Occasion(Struct, frozen=True):
    """One time that a commitment was spoken."""

    date: str | None
    report: str
    claim: str


class Spoken(Struct, frozen=True):
    """One claim that commits, with what groups it; `key` is speaker, kind and addressee."""

    key: str
    kind: str
    speaker: str | None
    speaker_key: str
    addressee: str | None
    what: str
    condition: str | None
    date: str | None
    report: str
    document: str
    claim: str


class Commitment(Struct, frozen=True):
    """One commitment with all its occasions, oldest first."""

    id: str
    kind: str
    speaker: str | None
    addressee: str | None
    what: str
    condition: str | None
    occasions: tuple[Occasion, ...]
    outcome: str = "open"
    outcome_claims: tuple[Occasion, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


def spoken(record: Record, report: str, speakers: Speakers) -> tuple[Spoken, ...]:
    """The warnings, promises, requests and refusals of a record, but for requests not to be named."""
    out = []
    published = record.document.published
    for c in record.claims:
        if c.act not in KINDS or not binds(record, c):
            continue
        speaker = speakers.of(c)
        if speaker.by is None or is_pronoun(speaker.by):
            continue  # “a plan to attack”: whose, nobody says
        to = addressee(record, c, speaker.by)
        what, condition = parted(" ".join(" ".join(s.text for s in c.content).split()))
        day = c.said_on.value if c.said_on else published.isoformat() if published else None
        kind = KINDS[c.act]
        out.append(
            Spoken(
                key=tagged("K", speaker.id, kind, name_key(to or "")),
                kind=kind,
                speaker=speaker.by,
                speaker_key=speaker.id,
                addressee=to,
                what=what,
                condition=condition,
                date=day,
                report=report,
                document=record.document.id,
                claim=c.id,
            )
        )
    return tuple(out)


def days_of(value: str | None) -> tuple[str, str] | None:
    """The first and last day that a day, week, month or year stands for, ISO; None where it tells none."""
    first, last = bounds(value)
    return (first.isoformat(), last.isoformat()) if first and last else None


def first_day(value: str | None) -> str:
    """The first day that a value stands for; after all days where it tells none."""
    return (days_of(value) or (UNDATED,))[0]


def parted(content: str) -> tuple[str, str | None]:
    """What is bound, and the condition that the words set."""
    leading = LEADING.match(content)
    if leading:
        return content[leading.end() :], leading.group(1)
    trailing = CONDITION.search(content)
    if trailing and trailing.start() > 0:
        return content[: trailing.start()], trailing.group(1)
    return content, None


def addressee(record: Record, claim: Claim, speaker: str | None) -> str | None:
    """Who is warned, asked or promised: whom the commitment's own words name, else who is to get what is promised.

    Never the recipient of another's deed that it is about: “warned Aland not to send shells to Belmar”.
    """
    if claim.cue is None:
        return None
    found = bound_with(record, claim) or named_behind(record, claim, speaker) or who_is_to(record, claim)
    if found is None and claim.act in (Act.PROMISE, Act.REFUSE):
        text = record.document.text
        first = min(s.start for s in claim.content)
        own = (v for v in record.events if v.trigger.start >= first and claim.id in v.claims)
        got = (p for v in own if ITSELF.fullmatch(text, first, v.trigger.start) for p in v.participants)
        found = next((told for p in got if p.role is Role.RECIPIENT and (told := called(record, p))), None)
    return found if found != speaker else None


def called(record: Record, part: Participant) -> str | None:
    """A participant's name, else its words; None for a pronoun."""
    names = {e.id: e.name for e in record.entities}
    told = names.get(part.entity or "", part.span.text)
    return None if is_pronoun(told) else told


def bound_with(record: Record, claim: Claim) -> str | None:
    """Whom the event of the commitment itself names, before what is bound or as its first words: “urged [both sides] to stop”."""
    cue, starts = claim.cue, {s.start for s in claim.content}
    if cue is None:
        return None
    for v in record.events:
        if v.trigger.start < cue.end and cue.start < v.trigger.end:
            for p in v.participants:
                inside = any(s.start < p.span.start < s.end for s in claim.content)
                first = p.span.start in starts and TOLD_TO.match(record.document.text, p.span.end)
                outside = p.span.start not in starts and not inside
                if p.role in (Role.RECIPIENT, Role.TARGET) and (first or outside):
                    return called(record, p)
    return None


def named_behind(record: Record, claim: Claim, speaker: str | None) -> str | None:
    """The first name between a cue and what is bound, or with which that begins: “asked [the Red Cross] to visit”."""
    cue, text = claim.cue, record.document.text
    after = [s.start for s in claim.content if cue and s.start >= cue.end]
    if cue is None or not after:
        return None
    begin = min(after)
    found = [
        (m.start, e.name)
        for e in record.entities
        for m in e.mentions
        if cue.end <= m.start
        and (m.start < begin or (ARTICLE.fullmatch(text, begin, m.start) and TOLD_TO.match(text, m.end)))
        and not WHERE.search(text, cue.end, m.start)
        and e.name != speaker
        and e.kind in ("person", "organization", "place", "group")
    ]
    return min(found)[1] if found else None


def who_is_to(record: Record, claim: Claim) -> str | None:
    """Who is to do what is asked, by the subject of its words: “[the two sides] should talk”; only those who can be asked."""
    first = min(claim.content, key=lambda s: s.start)
    found = SUBJECT.match(record.document.text, first.start, first.end) if claim.act is Act.REQUEST else None
    if found is None or is_pronoun(found["who"].strip()):
        return None
    at, words = found.span("who"), found["who"].strip()
    named = [
        e.name
        for e in record.entities
        for m in e.mentions
        if at[0] <= m.start
        and WHOM_HEAD.search(record.document.text, at[0], m.start) is None
        and m.end == at[0] + len(words)
        and e.kind in ("person", "organization", "group", "place")
    ]
    head = stem(WORD.findall(WHOM_HEAD.split(words, maxsplit=1)[0] or words)[-1].casefold())
    asked = head in MANY or head in {stem(w) for w in TAKEN_UP} or knowledge().is_person(head)
    return named[-1] if named else words if asked else None


def commitments(said: Iterable[Spoken], done: Iterable[Deed] = ()) -> list[Commitment]:
    """Commitments from all that was spoken; independent of order. `done` are deeds of the speakers."""
    ordered = sorted(said, key=lambda s: (s.key, first_day(s.date), s.document, s.claim))
    acts: dict[str, list[Deed]] = {}
    for d in done:
        acts.setdefault(d.key, []).append(d)
    out = []
    for _, group in groupby(ordered, key=lambda s: s.key):
        rows = list(group)
        words = [telling_words(s.what) for s in rows]
        links = [
            (i, j)
            for i in range(len(rows))
            for j in range(i)
            if overlap(words[i], words[j]) >= ALIKE or name_key(rows[i].what) == name_key(rows[j].what)
        ]
        for part in components(range(len(rows)), links):
            out.append(commitment([rows[i] for i in part], acts.get(rows[0].speaker_key, [])))
    return out


def commitment(rows: Sequence[Spoken], acts: Sequence[Deed]) -> Commitment:
    """One commitment from its occasions and its speaker's deeds."""
    first = rows[0]
    outcome, shown = outcome_of(rows, acts)
    return Commitment(
        id=tagged("K", first.key, first.document, first.claim),
        kind=first.kind,
        speaker=first.speaker,
        addressee=first.addressee,
        what=first.what,
        condition=next((r.condition for r in rows if r.condition), None),
        occasions=tuple(Occasion(r.date, r.report, r.claim) for r in rows),
        outcome=outcome,
        outcome_claims=shown,
    )


def outcome_of(rows: Sequence[Spoken], acts: Sequence[Deed]) -> tuple[str, tuple[Occasion, ...]]:
    """Kept or broken by a later deed that was spoken of; open else. Requests and warnings ask for others' deeds."""
    if rows[0].kind not in ("promise", "refusal"):
        return "open", ()
    documents = {r.document for r in rows}
    deed = fate(
        [r.what for r in rows],
        [n for r in rows for n in (r.speaker, r.addressee) if n],
        min(first_day(r.date) for r in rows),
        [d for d in acts if d.document not in documents],
    )
    if deed is None:
        return "open", ()
    kept = deed.done if rows[0].kind == "promise" else not deed.done
    return "kept" if kept else "broken", tuple(
        Occasion(deed.date, deed.report, c) for c in deed.claims or ("",)
    )
