"""What an older ledger's incidents lack beside their bodies, filled in from these: spots, digests, codes of meaning."""

from __future__ import annotations

import zlib

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from accordingto.ledger import tables
from accordingto.ledger.digests import digest

AT_ONCE = 1000  # incidents whose bodies are held in memory
SIGNS = bytes(b"01"[0 < n < 128] for n in range(256))  # a signed byte as the digit of its code


class StoredPlace(msgspec.Struct):
    """Where a stored incident was."""

    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


class StoredIncident(msgspec.Struct):
    """The place of a stored incident; the rest of it is passed over."""

    place: StoredPlace | None = None


def fill_spots(connection: Connection) -> None:
    """Where each incident was."""
    t, last = tables.incidents, ""
    decode = msgspec.json.Decoder(StoredIncident).decode
    while rows := connection.execute(
        select(t.c.id, t.c.body).where(t.c.id > last).order_by(t.c.id).limit(AT_ONCE)
    ).all():
        found = [(r.id, decode(zlib.decompress(r.body)).place) for r in rows]
        for key, place in found:
            if place is not None and place.lat is not None:
                spot = {"lat": place.lat, "lon": place.lon, "precision": place.precision}
                connection.execute(t.update().where(t.c.id == key).values(spot))
        last = rows[-1].id


def fill_digests(connection: Connection) -> None:
    """What lists show of each incident."""
    t, last = tables.incidents, ""
    while rows := connection.execute(
        select(t.c.id, t.c.body).where(t.c.id > last).order_by(t.c.id).limit(AT_ONCE)
    ).all():
        made = [{"of": r.id, "made": digest(zlib.decompress(r.body))} for r in rows]
        chosen = t.update().where(t.c.id == bindparam("of"))
        connection.execute(chosen.values(digest=bindparam("made")), made)
        last = rows[-1].id


def fill_codes(connection: Connection) -> None:
    """Pages of incidents' codes with all that belongs there."""
    m, t = tables.incident_meanings, tables.meaning_pages
    for page in list(connection.scalars(select(t.c.page).where(t.c.kind == "incident"))):
        query = select(m.c.incident, m.c.body).where(func.substr(m.c.incident, 1, 3) == f"I{page:02x}")
        rows = sorted(connection.execute(query), key=lambda row: str(row.incident))
        members = b"".join(row.incident.encode().ljust(17, b"\0") for row in rows)
        codes = b"".join(int(row.body.translate(SIGNS), 2).to_bytes(48, "big") for row in rows)
        values = {"members": members, "codes": codes, "stamp": zlib.crc32(codes, zlib.crc32(members))}
        connection.execute(t.update().where((t.c.kind == "incident") & (t.c.page == page)).values(**values))
