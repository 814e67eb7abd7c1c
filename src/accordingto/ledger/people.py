"""Who may sign in to the desk: accounts with a role, and sessions that expire.

Passwords are kept as argon2id hashes, sessions as the SHA-256 of a token that only the browser holds.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Executable, select
from sqlalchemy.exc import OperationalError

from accordingto.errors import UserError
from accordingto.ledger import tables
from accordingto.ledger.session import Ledger
from accordingto.roles import Role

NAME = re.compile(r"[\w.@-]{1,60}")
SHORTEST, LONGEST = 10, 200  # characters of a password
FRESH_S = 60.0  # a session's last use is written at most so often
HASHER = PasswordHasher()
NOBODY = HASHER.hash(
    secrets.token_hex(16)
)  # verified where there is no such account, so that both take as long


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: Role
    active: bool
    made_at: str


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts, in seconds: unused, and at most."""

    idle_s: float
    longest_s: float


def accounts(ledger: Ledger) -> list[Account]:
    """All accounts by name."""
    t = tables.people
    with ledger.begin() as connection:
        rows = connection.execute(select(t.c.name, t.c.role, t.c.active, t.c.made_at).order_by(t.c.name))
        return [Account(r.name, Role(r.role), r.active, r.made_at) for r in rows]


def add_account(ledger: Ledger, name: str, *, role: Role, password: str) -> None:
    """Make an account.

    Raises:
        UserError: where the name is taken or odd, or the password too short.
    """
    if not NAME.fullmatch(name):
        raise UserError(f"{name!r} is no name for an account; use up to 60 letters, digits and . _ @ -.")
    secret = hashed(password)
    with ledger.write(silent=True) as connection:
        if connection.scalar(select(tables.people.c.name).where(tables.people.c.name == name)):
            raise UserError(f"There is an account {name} already; choose another name.")
        made = datetime.now(UTC).isoformat(timespec="seconds")
        row = {"name": name, "role": str(role), "secret": secret, "active": True, "made_at": made}
        connection.execute(tables.people.insert().values(**row))


def hashed(password: str) -> str:
    """A password as it is kept.

    Raises:
        UserError: where it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        other = "longer" if len(password) < SHORTEST else "shorter"
        raise UserError(f"A password has {SHORTEST} to {LONGEST} characters; choose a {other} one.")
    return HASHER.hash(password)


def change_account(
    ledger: Ledger,
    name: str,
    *,
    role: Role | None = None,
    password: str | None = None,
    active: bool | None = None,
) -> None:
    """Change an account; a new password or a closed account ends its sessions.

    Raises:
        UserError: where there is no such account, or the last admin would be gone.
    """
    changes: dict[str, object] = {}
    if role is not None:
        changes["role"] = str(role)
    if password is not None:
        changes["secret"] = hashed(password)
    if active is not None:
        changes["active"] = active
    t = tables.people
    with ledger.write(silent=True) as connection:
        keeps = (t.c.role == str(Role.ADMIN)) & t.c.active
        admins = set(connection.scalars(select(t.c.name).where(keeps)))
        if connection.scalar(select(t.c.name).where(t.c.name == name)) is None:
            raise UserError(f"There is no account {name}; `accordingto accounts list` shows them.")
        if changes:
            connection.execute(t.update().where(t.c.name == name).values(**changes))
        if admins == {name} and connection.scalar(select(t.c.name).where(keeps)) is None:
            raise UserError(f"{name} is the last admin; make another one first.")
        if password is not None or active is False:
            connection.execute(tables.sessions.delete().where(tables.sessions.c.who == name))


def sign_in(ledger: Ledger, name: str, password: str, now: float) -> str | None:
    """A new session's token; None where name and password don't fit."""
    t = tables.people
    with ledger.begin() as connection:
        row = connection.execute(select(t.c.secret, t.c.active).where(t.c.name == name)).first()
    try:
        HASHER.verify(row.secret if row else NOBODY, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return None
    if row is None or not row.active:
        return None
    token = secrets.token_urlsafe(32)
    with ledger.write(silent=True) as connection:
        values = {"token": digest(token), "who": name, "begun_at": now, "used_at": now}
        connection.execute(tables.sessions.insert().values(**values))
    return token


def digest(token: str) -> str:
    """A token as it is kept."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def signed_in(ledger: Ledger, token: str, now: float, lasting: Lasting) -> Account | None:
    """Whose session a token is; None where it is none, or expired."""
    s, p = tables.sessions, tables.people
    query = select(s.c.token, s.c.begun_at, s.c.used_at, p.c.name, p.c.role, p.c.active, p.c.made_at)
    with ledger.begin() as connection:
        row = connection.execute(query.join(p, p.c.name == s.c.who).where(s.c.token == digest(token))).first()
    if row is None or not row.active:
        return None
    if now - row.used_at > lasting.idle_s or now - row.begun_at > lasting.longest_s:
        write_if_free(ledger, s.delete().where(s.c.token == row.token))
        return None
    if now - row.used_at > FRESH_S:
        write_if_free(ledger, s.update().where(s.c.token == row.token).values(used_at=now))
    return Account(row.name, Role(row.role), row.active, row.made_at)


def write_if_free(ledger: Ledger, statement: Executable) -> None:
    """Write what the next request may write as well; where somebody else is writing, nobody waits for it."""
    with suppress(OperationalError), ledger.write(silent=True, patient=False) as connection:
        connection.execute(statement)


def sign_out(ledger: Ledger, token: str) -> None:
    """End a session."""
    with ledger.write(silent=True) as connection:
        connection.execute(tables.sessions.delete().where(tables.sessions.c.token == digest(token)))


def drop_expired(connection: Connection, now: float, lasting: Lasting) -> None:
    """Take out sessions that are over."""
    s = tables.sessions
    over = (s.c.used_at < now - lasting.idle_s) | (s.c.begun_at < now - lasting.longest_s)
    connection.execute(s.delete().where(over))
