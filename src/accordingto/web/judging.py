"""Forms of the desk → judgements in the ledger. Nobody's edit is lost: a form carries the version that it was made of.

Where somebody judged meanwhile, nothing is written and `Conflict` carries both sides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from accordingto.errors import UserError
from accordingto.ledger import tables
from accordingto.ledger.accounts import Account, Field
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.history import Standing, standing
from accordingto.ledger.judgements import (
    Judgement,
    Kind,
    Ready,
    about,
    account,
    judge,
    now,
    one,
    value_meant,
    value_set,
    withdrawn,
)
from accordingto.ledger.lists import home_of
from accordingto.ledger.session import begins
from accordingto.web.desk import Desk
from accordingto.web.formviews import ConflictPage
from accordingto.web.incidentpage import find_incident, judged_item
from accordingto.web.placing import place_given
from accordingto.web.words import day_words

LONGEST = 2000  # characters of a reason
VERSION = re.compile(r"[0-9]{1,18}")
MEANT = re.compile(
    r"(?:^|/incidents/)(I[0-9a-f]{1,16})(?!\w)"
)  # an id, its beginning, or an incident's address
ACTS = ("merge", "split", "wrong", "right", "value", "place", "review", "reject")


class Conflict(Exception):
    """Somebody judged meanwhile; `page` shows what was sent and what came before it."""

    def __init__(self, page: ConflictPage) -> None:
        super().__init__(page.title)
        self.page = page


class Known(Exception):
    """The same answer stands already, under the id `key`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def home(connection: Connection, key: str, anchor: str) -> str:
    """The incident that a form is about: by its id, else where its anchor's account is now.

    Raises:
        UserError: where neither is in the ledger any more.
    """
    t = tables.incidents.c
    if connection.scalar(select(t.id).where(t.id == key)):
        return key
    for at, incident in anchored(connection, [anchor.partition(":")[0]]):
        if at == anchor and incident:
            return incident
    if now := home_of(connection, key):
        return now
    find_incident(connection, key)
    return key


def judge_incident(desk: Desk, key: str, form: Mapping[str, str], who: str) -> tuple[str, str]:
    """Enter what a form judges; returns the judgement's id and the incident that it is about now.

    Raises:
        UserError: where the form says too little or something that can't be.
        Conflict: where somebody judged meanwhile.
        Unclear: where several places bear the name that it gives.
    """
    form = pointed_at(form)
    with desk.ledger.begin() as c:
        at = home(c, key, form.get("anchor", ""))
        held = standing(c, at)
        made = judgement(c, at, held, form, who, desk=desk)

    def unchanged(c: Connection) -> None:
        before = standing(c, home(c, key, form.get("anchor", "")))
        if str(before.version) != form.get("version", ""):
            raise Conflict(conflict(c, at, before, form, f"/incidents/{at}/judge"))

    return entered(desk, made, at, unchanged)


def pointed_at(form: Mapping[str, str]) -> Mapping[str, str]:
    """A form that points at a value of a field (`told`, as `killed:6`) as one that names the field and the value to strike out
    or to set (`right`); the right place is set as places are.
    """
    if "told" not in form:
        return form
    rest = {k: v for k, v in form.items() if k not in ("told", "right")}
    field, _, value = form["told"].partition(":")
    if form.get("act") == "value":
        value = form.get("right", "")
        if field == Field.WHERE:
            return rest | {"act": "place", "name": value}
    elif not value:
        raise UserError("Choose the value that is to be struck out.")
    return rest | {"field": field, "value": value}


def entered(desk: Desk, made: Judgement, at: str, ready: Ready) -> tuple[str, str]:
    """Enter a judgement and derive what follows; its id, and the incident that it is about now."""
    done = judge(desk.ledger, made, ready=ready, tables_dir=desk.settings.data_dir)
    bring_up_to_date(desk.ledger, tables_dir=desk.settings.data_dir)
    with desk.ledger.begin() as c:
        return done, home(c, at, made.subjects[0])


def seen_version(form: Mapping[str, str]) -> int:
    """The number of the last judgement that was there when a form was made."""
    given = form.get("version", "")
    return int(given) if VERSION.fullmatch(given) else 0


def conflict(
    connection: Connection, key: str, held: Standing, form: Mapping[str, str], again_url: str
) -> ConflictPage:
    """What was sent beside what came before it; `again_url` takes the form once more."""
    seen = seen_version(form)
    title = connection.scalar(select(tables.incidents.c.title).where(tables.incidents.c.id == key))
    shown = [(n, v) for n, v in form.items() if v and n not in ("csrf", "version", "anchor")]
    again = {**form, "version": str(held.version)}
    again.pop("csrf", None)
    return ConflictPage(
        title=title or key,
        incident_url=f"/incidents/{key}",
        mine=tuple(shown),
        theirs=tuple(judged_item(j, held.withdrawn) for n, j in held.judged if n > seen),
        again_url=again_url,
        again=tuple(again.items()),
    )


def judgement(
    connection: Connection, key: str, held: Standing, form: Mapping[str, str], who: str, *, desk: Desk
) -> Judgement:
    """The judgement that a form makes; the desk knows the places of a name and the user's own types.

    Raises:
        UserError: where it says too little or something that can't be.
        Unclear: where several places bear the name that it gives.
    """
    act = form.get("act", "")
    if act not in ACTS:
        raise UserError(f"{act[:20]!r} is nothing that can be judged; choose one of {', '.join(ACTS)}.")
    why = form.get("why", "").strip()[:LONGEST]
    if not why:
        raise UserError("Say why: a judgement needs its grounds.")
    members = sorted((a for _, a in held.accounts.values()), key=lambda a: a.order)
    if not members:
        raise UserError("This incident has no account any more; search for it.")
    main = members[0].key
    if act == "merge":
        subjects, told = joined(connection, key, held, form.get("other", ""), who)
        return Judgement(Kind.SAME, subjects, who, why, now(), value=told)
    if act == "split":
        event = form.get("event", "")
        parted = apart(members, event)
        unopposed(held, Kind.SAME, {event}, set(parted[1:]), who=who, last_holds=True)
        return Judgement(Kind.NOT_SAME, parted, who, why, now())
    if act in ("wrong", "right"):
        field, given = form.get("field", ""), form.get("value", "").strip()
        value = value_meant(connection, main, field, given)
        return Judgement(Kind(act), (main,), who, why, now(), field=field, value=value)
    if act == "value":
        field = form.get("field", "")
        value = value_set(field, form.get("value", ""), desk.settings.data_dir)
        return Judgement(Kind.VALUE, (main,), who, why, now(), field=field, value=value)
    if act == "place":
        place = place_given(form, find_incident(connection, key).place, desk.places, key)
        return Judgement(Kind.PLACE, (main,), who, why, now(), place=place)
    if act == "reject":
        return Judgement(Kind.REJECT, (main,), who, why, now())
    return Judgement(Kind.REVIEW, (main,), who, why, now(), review=form.get("review", ""))


def joined(
    connection: Connection, key: str, held: Standing, other: str, who: str
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """All accounts of an incident and of the one to merge it with, which, being judged the same, stay together; and what the history
    tells of the other: its title, and how many of these accounts, the last ones, are its own.

    Raises:
        UserError: where there is no other incident of that id, or somebody judged them apart.
    """
    given = meant(connection, other.strip())
    if given == key:
        raise UserError("An incident can't be merged with itself; give another one's id.")
    title = find_incident(connection, given).title
    mine = sorted((a for _, a in held.accounts.values()), key=lambda a: a.order)
    theirs = sorted((a for _, a in standing(connection, given).accounts.values()), key=lambda a: a.order)
    unopposed(held, Kind.NOT_SAME, {a.key for a in mine}, {a.key for a in theirs}, who=who, last_holds=False)
    return tuple(a.key for a in (*mine, *theirs)), {"title": title, "accounts": len(theirs)}


def meant(connection: Connection, given: str) -> str:
    """The id of the incident that somebody gives: by its id, one that it had, the id's beginning, or the address of its page.

    Raises:
        UserError: where several ids begin so, or it is none of these.
    """
    found = MEANT.search(given)
    if found is None:
        raise UserError(
            f"{given[:40]!r} is no incident; give its id, the id's beginning or its page's address."
        )
    t = tables.incidents.c
    ids = list(connection.scalars(select(t.id).where(begins(connection, t.id, found[1])).limit(2)))
    if len(ids) > 1:
        raise UserError(f"Several incidents begin with {found[1]}; give more of the id.")
    return str(ids[0]) if ids else home_of(connection, found[1]) or found[1]


class Opposed(UserError):
    """The opposite was judged; `judgement` is the one to take back first."""

    def __init__(self, j: Judgement, who: str) -> None:
        by, what = "You" if j.who == who else j.who, "one" if j.kind is Kind.SAME else "apart"
        day = day_words(j.made_at[:10])
        super().__init__(
            f"{by} judged these to be {what} on {day} (“{j.why}”); take that back first, or leave it."
        )
        self.judgement = j


def unopposed(
    held: Standing, kind: Kind, some: set[str], others: set[str], *, who: str, last_holds: bool
) -> None:
    """Nobody has judged the opposite between these accounts; where a person's own last word holds, nobody but `who`.

    Raises:
        Opposed: where somebody has.
    """
    for _, j in held.judged:
        if j.kind is kind and not (last_holds and j.who == who) and j.key not in held.withdrawn:
            first, rest = j.subjects[0], set(j.subjects[1:])
            if (first in some and rest & others) or (first in others and rest & some):
                raise Opposed(j, who)


def apart(members: list[Account], event: str) -> tuple[str, ...]:
    """The account that is split off, and all others.

    Raises:
        UserError: where it isn't in the incident, or is all of it.
    """
    if event not in {a.key for a in members}:
        raise UserError("That account is not in this incident any more; reload the page.")
    rest = tuple(a.key for a in members if a.key != event)
    if not rest:
        raise UserError("It is the incident's only account; reject the incident instead.")
    return (event, *rest)


def undo(desk: Desk, key: str, who: str, why: str = "taken back") -> str | None:
    """Withdraw a judgement; returns the incident that it was about, None where that is gone.

    Raises:
        UserError: where there is none, or it is withdrawn already.
    """
    with desk.ledger.begin() as c:
        held = one(c, key)
        if key in withdrawn(c):
            raise UserError(f"{key} is withdrawn already.")
    judge(desk.ledger, Judgement(Kind.WITHDRAW, (), who, why, now(), withdraws=key))
    bring_up_to_date(desk.ledger, tables_dir=desk.settings.data_dir)
    with desk.ledger.begin() as c:
        rows = anchored(c, [s.partition(":")[0] for s in held.subjects])
    return next((incident for k, incident in rows if k == held.subjects[0]), None)


def anchored(connection: Connection, documents: list[str]) -> list[tuple[str, str | None]]:
    """Anchors of the accounts of some documents, with the incidents that they are in."""
    a = tables.accounts.c
    rows = connection.execute(select(a.body, a.incident).where(a.document.in_(documents)))
    return [(account(r.body).key, r.incident) for r in rows]


def answer(desk: Desk, item: str, form: Mapping[str, str], who: str) -> tuple[str, str]:
    """Answer a question of the review queue with `y` or `n`; the judgement's id and its incident.

    The same answer sent twice is one: the first one's id is given again.

    Raises:
        UserError: where there is no such question any more, or another person has judged the opposite.
        Conflict: where another person judged meanwhile.
    """
    kind, _, rest = item.partition("~")
    yes = form.get("answer") == "y"
    if form.get("answer") not in ("y", "n"):
        raise UserError("Answer yes or no (y or n).")
    why = form.get("why", "").strip()[:LONGEST] or "answered in the review queue"
    with desk.ledger.begin() as c:
        if kind in ("merge", "apart"):
            pair = tuple(rest.split("~"))
            at = next((i for k, i in anchored(c, [pair[0].partition(":")[0]]) if k == pair[0]), None)
            if at is None or len(pair) != 2:
                raise UserError("These accounts are no longer in the ledger; reload the queue.")
            made = Judgement(Kind.SAME if yes else Kind.NOT_SAME, pair, who, why, now())
            opposite = Kind.NOT_SAME if yes else Kind.SAME
            unopposed(standing(c, at), opposite, {pair[0]}, {pair[1]}, who=who, last_holds=True)
        elif kind in ("place", "figure"):
            at, _, field = rest.partition("~")
            made = about_field(c, at, field or "where", who, why, yes=yes)
        else:
            raise UserError("There is no such question; reload the queue.")

    seen = seen_version(form)

    def unchanged(c: Connection) -> None:
        if known := given_before(c, made, seen):
            raise Known(known)
        held = standing(c, at)
        if any(n > seen and j.who != who for n, j in held.judged):
            raise Conflict(conflict(c, at, held, form, "/review"))

    try:
        return entered(desk, made, at, unchanged)
    except Known as known:
        with desk.ledger.begin() as c:
            return known.key, home(c, at, made.subjects[0])


def given_before(connection: Connection, made: Judgement, seen: int) -> str | None:
    """The id of the same answer by the same person that still stands; None where there is none.

    After a value was judged wrong another one leads, so an answer newer than the form (`seen`) is the same whatever its
    value: the question was.
    """
    documents = sorted({s.partition(":")[0] for s in made.subjects})
    held = about(connection, documents)
    gone = {j.withdraws for _, j in held}
    found = None
    for n, j in held:
        same = (j.subjects, j.who, j.field) == (made.subjects, made.who, made.field) and j.key not in gone
        if same and j.kind is made.kind and (n > seen or j.value == made.value):
            found = found or j.key
        elif same and {j.kind, made.kind} == {Kind.SAME, Kind.NOT_SAME}:
            found = None  # answered otherwise since
    return found


def about_field(connection: Connection, key: str, field: str, who: str, why: str, *, yes: bool) -> Judgement:
    """A field's leading value judged right or wrong.

    Raises:
        UserError: where the incident or the value is gone.
    """
    i = find_incident(connection, key)
    members = [a for _, a in standing(connection, key).accounts.values()]
    if field not in list(Field) or not members:
        raise UserError("There is no such question; reload the queue.")
    held = i.fields[field]
    if field == "where":
        value: Any = i.place.name if i.place else None
    else:
        value = held.best if held.best is not None else next((v.value for v in held.values), None)
    main = min(members, key=lambda a: a.order).key
    return Judgement(Kind.RIGHT if yes else Kind.WRONG, (main,), who, why, now(), field=field, value=value)
