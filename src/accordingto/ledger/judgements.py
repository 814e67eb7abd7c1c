"""What people judge: appended, withdrawn, never overwritten; it outlives every re-reading.

A judgement is anchored in a document's text (trigger offsets and type), not in ids that a newer model may give
otherwise: after a re-reading it holds for the event whose trigger overlaps the anchor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from accordingto.errors import UserError
from accordingto.ledger import chain, tables
from accordingto.ledger.accounts import Account, Field, Location, Value
from accordingto.ledger.choices import types_of
from accordingto.ledger.corrections import Correction, value_given
from accordingto.ledger.entries import mark
from accordingto.ledger.incidents import Ruling
from accordingto.ledger.names import tagged
from accordingto.ledger.session import Ledger
from accordingto.ledger.wording import meant, words_of
from accordingto.record import Struct
from accordingto.vocabularies import CountryCode, table


class Kind(StrEnum):
    """What a person may judge."""

    SAME = "same"
    NOT_SAME = "not-same"
    WRONG = "wrong"
    RIGHT = "right"
    PLACE = "place"
    VALUE = "value"
    REVIEW = "review"
    REJECT = "reject"
    WITHDRAW = "withdraw"


REVIEWS = ("machine", "assigned", "reviewed", "second-reviewed", "final")
MOST = 12  # values that a refusal names
ANCHOR = re.compile(r"(?P<document>[^:]+):(?P<start>\d+)-(?P<end>\d+):(?P<type>.+)")


class Judgement(Struct, frozen=True):
    """One judgement. `subjects` are anchors of accounts (`Account.key`)."""

    kind: Kind
    subjects: tuple[str, ...]
    who: str
    why: str
    made_at: str
    field: str | None = None
    value: Any = None
    place: Location | None = None
    review: str | None = None
    withdraws: str | None = None

    @property
    def key(self) -> str:
        """Its id."""
        return tagged("J", msgspec.json.encode(self).decode())


Ready = Callable[[Connection], None]
"""Asked within the transaction, before a judgement is written; raises where it must not be."""


def judge(
    ledger: Ledger, judgement: Judgement, *, ready: Ready | None = None, tables_dir: Path | None = None
) -> str:
    """Append a judgement, mark what it touches to be derived again; returns its id. `tables_dir`: of the user's own types.

    Raises:
        UserError: where it says too little, repeats a withdrawal, or breaks the order of reviews.
    """
    with ledger.write() as connection:
        if ready:
            ready(connection)
        check(connection, judgement, tables_dir)
        body = msgspec.json.encode(judgement)
        made = connection.execute(
            tables.judgements.insert().values(
                key=judgement.key,
                kind=str(judgement.kind),
                who=judgement.who,
                why=judgement.why,
                made_at=judgement.made_at,
                withdraws=judgement.withdraws,
                body=body.decode(),
            )
        )
        chain.append(connection, "judgement", judgement.key, body)
        subjects = judgement.subjects
        if judgement.withdraws:
            subjects = one(connection, judgement.withdraws).subjects
        documents = sorted({s.partition(":")[0] for s in subjects})
        assert made.inserted_primary_key is not None
        number = made.inserted_primary_key[0]
        if documents:
            rows = [{"document": d, "judgement": number} for d in documents]
            connection.execute(tables.judged.insert(), rows)
        t = tables.reports
        mark(connection, connection.scalars(select(t.c.id).where(t.c.document.in_(documents))))
    return judgement.key


def check(connection: Connection, j: Judgement, tables_dir: Path | None = None) -> None:
    """Whether a judgement may be entered.

    Raises:
        UserError: where it may not; says why and what to do.
    """
    if not j.who.strip() or not j.why.strip():
        raise UserError("A judgement needs who judges and why; give --who and --why.")
    if j.kind in (Kind.SAME, Kind.NOT_SAME) and len(set(j.subjects)) < 2:
        raise UserError(
            f"{j.kind} needs two different incidents or events; give both. One text in two files tells one event."
        )
    if j.kind is Kind.WITHDRAW:
        if j.withdraws is None or one(connection, j.withdraws).kind is Kind.WITHDRAW:
            raise UserError("Only a judgement that is no withdrawal can be withdrawn; give its id (J…).")
        if j.withdraws in withdrawn(connection):
            raise UserError(f"{j.withdraws} is withdrawn already.")
    elif not j.subjects:
        raise UserError(f"{j.kind} needs an incident (I…) or an event (REPORT:V1); give one.")
    if j.kind in (Kind.WRONG, Kind.RIGHT):
        value_meant(connection, j.subjects[0], j.field or "", str(j.value))
    if j.kind is Kind.VALUE and j.value != value_set(j.field or "", str(j.value), tables_dir):
        raise UserError(f"{j.value!r} is not how a value of {j.field} is kept.")
    if j.kind is Kind.PLACE:
        check_place(connection, j)
    if j.kind is Kind.REVIEW:
        check_review(connection, j)


def value_meant(connection: Connection, anchor: str, field: str, named: str) -> Value:
    """The value of an incident's field that a person names, as it is stored.

    Raises:
        UserError: where there is no such field, or no account gives such a value; names those that accounts give.
    """
    if field not in list(Field):
        raise UserError(f"There is no field {field!r}; the fields are {', '.join(Field)}.")
    accounts = accounts_with(connection, anchor)
    held = [s for a in accounts for s in a.statements if s.field == field]
    places = {a.place.name for a in accounts if a.place} if field == Field.WHERE else set()
    try:
        return named if named in places else meant(named, held)
    except LookupError:
        given = list(dict.fromkeys(words_of(s) for s in held if s.value is not None))
        they = f"they give {', '.join(given[:MOST])}" if given else "they give no value of it"
        raise UserError(f"No account of it gives {named[:60]!r} for {field}; {they}.") from None


def value_set(field: str, given: str, tables_dir: Path | None = None) -> str | int:
    """The value that a person gives for a field, as it is kept; types are the package's and those of the user's own tables.

    Raises:
        UserError: where it is none, or the field can't be set.
    """
    return value_given(field, given, types_of("incidents", extra_dir=tables_dir))


def check_place(connection: Connection, j: Judgement) -> None:
    """A place has a name, coordinates both or neither, and a country that there is.

    Raises:
        UserError: where it hasn't.
    """
    p = j.place
    if p is None or not p.name.strip():
        raise UserError("Give the place's name.")
    if (p.lat is None) != (p.lon is None) or not (-90 <= (p.lat or 0) <= 90 and -180 <= (p.lon or 0) <= 180):
        raise UserError("Give latitude (-90 to 90) and longitude (-180 to 180), both or neither.")
    if p.country is None or p.country in {c.alpha3 for c in table("country_codes", CountryCode)}:
        return
    told = {a.place.country for a in accounts_with(connection, j.subjects[0]) if a.place}
    if p.country not in told:  # a gazetteer of one's own may have its own codes
        raise UserError(
            f"There is no country {p.country[:20]!r}; a country is its three-letter code, such as ETH."
        )


def accounts_with(connection: Connection, anchor: str) -> list[Account]:
    """The accounts of the incident that an anchor leads to; none where no account has it."""
    t = tables.accounts.c
    query = select(t.body, t.incident).order_by(t.id)
    rows = connection.execute(query.where(t.document == anchor.partition(":")[0])).all()
    here = [account(r.body) for r in rows]
    found = find(anchor, here)
    if found is None:
        return []
    home = rows[found].incident
    if home is None:
        return [here[found]]
    return [account(b) for b in connection.scalars(query.with_only_columns(t.body).where(t.incident == home))]


def account(body: bytes) -> Account:
    """A stored account."""
    return msgspec.msgpack.decode(body, type=Account)


def check_review(connection: Connection, j: Judgement) -> None:
    """Reviews go in order, and the second is by another person.

    Raises:
        UserError: where they don't.
    """
    if j.review not in REVIEWS:
        raise UserError(f"{j.review!r} is no review state; the states are {', '.join(REVIEWS)}.")
    before = [
        x
        for x in active(connection)
        if x.kind in (Kind.REVIEW, Kind.REJECT) and set(x.subjects) & set(j.subjects)
    ]
    now = before[-1].review if before else "machine"
    if j.review == "second-reviewed":
        if now != "reviewed":
            raise UserError(f"It is {now}, and only what is reviewed can be second-reviewed.")
        if before[-1].who == j.who:
            raise UserError("The second review must be by another person than the first.")
    if j.review == "final" and now != "second-reviewed":
        raise UserError(f"It is {now}, and only what is second-reviewed can be final.")


def one(connection: Connection, key: str) -> Judgement:
    """A judgement by its id.

    Raises:
        UserError: where there is none.
    """
    body = connection.scalar(select(tables.judgements.c.body).where(tables.judgements.c.key == key))
    if body is None:
        raise UserError(f"There is no judgement {key} in this ledger; `accordingto judge list` shows them.")
    return msgspec.json.decode(body, type=Judgement)


def every(connection: Connection) -> list[Judgement]:
    """All judgements and withdrawals, oldest first."""
    rows = connection.scalars(select(tables.judgements.c.body).order_by(tables.judgements.c.id))
    return [msgspec.json.decode(body, type=Judgement) for body in rows]


def about(connection: Connection, documents: Sequence[str]) -> list[tuple[int, Judgement]]:
    """Judgements and withdrawals about some documents, oldest first, each with its number in the ledger."""
    j, d = tables.judgements, tables.judged
    numbers = select(d.c.judgement).where(d.c.document.in_(documents))
    query = select(j.c.id, j.c.body).where(j.c.id.in_(numbers)).order_by(j.c.id)
    return [(r.id, msgspec.json.decode(r.body, type=Judgement)) for r in connection.execute(query)]


def withdrawn(connection: Connection) -> frozenset[str]:
    """Ids of the withdrawn."""
    t = tables.judgements
    return frozenset(k for k in connection.scalars(select(t.c.withdraws)) if k is not None)


def active(connection: Connection) -> list[Judgement]:
    """The judgements in force, oldest first."""
    gone = withdrawn(connection)
    return [j for j in every(connection) if j.kind is not Kind.WITHDRAW and j.key not in gone]


def now() -> str:
    """The moment, as judgements carry it."""
    return datetime.now(UTC).isoformat()


def find(anchor: str, accounts: Sequence[Account]) -> int | None:
    """The position of the account that an anchor means: its own, else one whose trigger overlaps it.

    `accounts` are those of the anchor's document.
    """
    exact = next((n for n, a in enumerate(accounts) if a.key == anchor), None)
    if exact is not None:
        return exact
    wanted = ANCHOR.fullmatch(anchor)
    if wanted is None:
        return None
    start, end = int(wanted["start"]), int(wanted["end"])
    for n, a in enumerate(accounts):
        mine = ANCHOR.fullmatch(a.key)
        if mine and int(mine["start"]) < end and start < int(mine["end"]):
            return n
    return None


def ruling(judged: Iterable[Judgement], member: Mapping[str, object]) -> Ruling:
    """What the judgements about one incident come to; `member`: the anchors that lead into it."""
    wrong: list[tuple[str, Any]] = []
    corrected: dict[tuple[str, str], Correction] = {}

    def correct(field: str, value: str | int, who: str) -> None:
        corrected.pop((field, who), None)  # so that the last word stands last
        corrected[field, who] = Correction(field, value, who)

    place: Location | None = None
    review = "machine"
    for j in judged:
        if not any(s in member for s in j.subjects):
            continue
        if j.kind is Kind.WRONG and j.field:
            wrong.append((j.field, j.value))
        elif j.kind is Kind.VALUE and j.field:
            correct(j.field, j.value, j.who)
        elif j.kind is Kind.PLACE and j.place:
            place = j.place
            correct(Field.WHERE, j.place.name, j.who)
        elif j.kind is Kind.REVIEW and j.review:
            review = j.review
        elif j.kind is Kind.REJECT:
            review = "rejected"
    return Ruling(tuple(wrong), place, review, tuple(corrected.values()))
