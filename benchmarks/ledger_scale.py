"""How a ledger grows: synthetic records in, incidents out, lists asked.

Records are made from templates of invented reports by changed dates, places, figures and outlets: about three reports an
incident, one in ten a near-copy of another, one in ten without a place of its own, ten claims a report, eight of them by one of 1,000
witnesses in each town. Run
`python -m benchmarks.ledger_scale --records 100000 [--url URL]`; prints one line a figure, seconds of the clock and of this
process's processor. A ledger given by `--url` stays; one that holds so many records already is not filled again. `--only` does some of
enter, derive, rebuild, more, ask.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from accordingto.intake.report import RawReport
from accordingto.ledger import tables
from accordingto.ledger.deriving import bring_up_to_date, rebuild
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import Filter, commitments, contested, incident, incidents, sources, tolls
from accordingto.ledger.queries import ClaimFilter, claims
from accordingto.ledger.searching import best_matches
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.reading.document import document
from accordingto.record import (
    Act,
    Actor,
    Claim,
    Entity,
    EntityKind,
    Event,
    Factuality,
    Figure,
    Measure,
    Mention,
    MentionForm,
    Participant,
    Place,
    Precision,
    Quotation,
    Record,
    Role,
    Source,
    SourceKind,
    Time,
    TimeType,
)
from accordingto.spans import Span, span

SITES = ("school", "hospital", "market", "bridge", "depot", "mosque", "camp", "bakery")
TYPES = ("strike", "attack", "bombing", "clash", "protest", "meeting", "detention", "aid")
STATES = ("contested", "single-source", "agreed", "fair", "weak", "machine")
START = date(2029, 1, 1)


def town(number: int) -> Place:
    """An invented town: 400 in 8 countries, at least some 25 km from one another."""
    lat, lon = 5 + (number % 20) * 0.31, 10 + (number // 20) * 0.33
    name = f"Town{number:03d}"
    return Place(
        "P1",
        Span(0, 0, name),
        name,
        1000 + number,
        f"X{number // 50:02d}",
        None,
        lat,
        lon,
        "PPL",
        Precision.NEAR,
        0.9,
    )


def report(number: int, rng: random.Random, claims: int = 2) -> tuple[RawReport, Record]:
    """One report of incident `number // 3` with so many claims; what the incident is follows from its number alone."""
    happening = random.Random(number // 3)
    where, type_, site = town(happening.randrange(400)), happening.choice(TYPES), happening.choice(SITES)
    day = START + timedelta(days=happening.randrange(700))
    killed = happening.randrange(1, 40) + rng.choice((0, 0, 0, 2))
    published = day + timedelta(days=rng.randrange(3))
    wire = number % 10 > 7  # two in ten; where both tell of one incident they are one story
    words = happening if wire else rng
    extra = " ".join(f"w{words.randrange(5000)}" for _ in range(40))
    text = (
        f"The {type_} at a {site} in {where.name} on {day:%d %B} killed {killed} people, the health office of "
        f"{where.name} said. The army of {where.name} denied that it was responsible. {extra}"
    )
    more = [  # of one town, yet with hardly a run of five words in common: real reports repeat no third of themselves
        f"Witness {n} of {where.name} said that w{words.randrange(5000)} was loud w{words.randrange(5000)}."
        for n in words.sample(range(1000), max(0, claims - 2))
    ]
    outlet = f"Outlet {rng.randrange(60)}"
    text = " ".join(
        [text, *more, f"{outlet} printed this as number {number}."]
    )  # the same bytes would be one report
    raw = RawReport(f"r{number}", text, text.encode(), "text/plain", published=published, outlet=outlet)
    doc = document(raw)
    at = lambda words: span(doc.text, (doc.text.index(words), doc.text.index(words) + len(words)))  # noqa: E731
    names = (f"the health office of {where.name}", f"The army of {where.name}")
    entities = tuple(
        Entity(
            f"E{n}", name, EntityKind.ORGANIZATION, None, None, Actor(where.country, sector),
            (Mention(*at(name).range, name, MentionForm.NAME),),
        )
        for n, (name, sector) in enumerate(zip(names, ("HLH", "MIL"), strict=True), 1)
    )  # fmt: skip
    people = (Participant(Role.TARGET, None, at(f"a {site}")),)
    figure = at(f"{killed} people")
    made = Record(
        doc,
        entities,
        (
            *(Source(f"S{n}", SourceKind.ORGANIZATION, f"E{n}", True) for n in (1, 2)),
            *(Source(f"S{n}", SourceKind.ANONYMOUS, None, False, m[: m.index(" said")]) for n, m in enumerate(more, 3)),
        ),
        (
            Claim(
                "C1", "S1", at(names[0]), at("said"), (at(text[: text.index(", the health")]),), Quotation.INDIRECT,
                Act.ASSERT, about=("V1", "F1"),
            ),
            Claim("C2", "S2", at(names[1]), at("denied"), (at("that it was responsible"),), Quotation.INDIRECT, Act.DENY),
            *(
                Claim(f"C{n}", f"S{n}", at(m[: m.index(" said")]), None, (at(m[m.index("that ") : -1]),), Quotation.INDIRECT, Act.ASSERT)
                for n, m in enumerate(more, 3)
            ),
        ),
        (Event("V1", type_, at(type_), people, "T1", None if number % 10 == 4 else "P1", Factuality.CLAIMED, ("C1",)),),
        (Figure("F1", figure, killed, killed, killed, Measure.KILLED, "people", event="V1", claims=("C1",)),),
        (Time("T1", at(f"{day:%d %B}"), TimeType.DATE, day.isoformat(), day, day),),
        (Place("P1", at(where.name), *(getattr(where, f) for f in Place.__struct_fields__[2:])),),
    )  # fmt: skip
    return raw, made


def reports(count: int, claims: int = 2) -> Iterator[tuple[RawReport, Record]]:
    """All reports, in an order that mixes incidents."""
    rng = random.Random(7)
    numbers = list(range(count))
    rng.shuffle(numbers)
    return (report(n, rng, claims) for n in numbers)


def timed(what: Callable[[], object]) -> float:
    begin = time.perf_counter()
    what()
    return time.perf_counter() - begin


def ask(book: Ledger, count: int) -> None:
    """Median and 95th percentile of lists and pages."""
    rng = random.Random(5)
    keys = [i.id for i in incidents(book, Filter(limit=200))]
    names = lambda: town(rng.randrange(400)).name  # noqa: E731

    def best(words: str) -> list[int]:
        with book.begin() as connection:
            return best_matches(connection, words, 50)

    asked: dict[str, Callable[[], object]] = {
        "incident": lambda: incident(book, rng.choice(keys)),
        "incidents, first 50": lambda: list(incidents(book, Filter(limit=50))),
        "incidents of a month": lambda: list(
            incidents(book, Filter(since="2029-06-01", until="2029-06-30", limit=50))
        ),
        "incidents of a place": lambda: list(incidents(book, Filter(place=names(), limit=50))),
        "contested, first 50": lambda: list(contested(book, Filter(limit=50))),
        "incidents of a source": lambda: list(incidents(book, Filter(source=f"army of {names()}", limit=50))),
        "incidents of a type": lambda: list(incidents(book, Filter(type=rng.choice(TYPES), limit=50))),
        "incidents of a state": lambda: list(incidents(book, Filter(state=rng.choice(STATES), limit=50))),
        "claims, first 50": lambda: list(claims(book, ClaimFilter(limit=50))),
        "claims of a source": lambda: list(claims(book, ClaimFilter(source=names(), limit=50))),
        "claims of a witness": lambda: list(
            claims(book, ClaimFilter(source=f"Witness {rng.randrange(1000)} of {names()}", limit=50))
        ),
        "claims of the army": lambda: list(claims(book, ClaimFilter(source="the army", limit=50))),
        "claims that deny": lambda: list(claims(book, ClaimFilter(act="deny", limit=50))),
        "claims of a month": lambda: list(
            claims(book, ClaimFilter(since="2029-06-01", until="2029-06-30", limit=50))
        ),
        "claims on incidents": lambda: list(
            claims(book, ClaimFilter(incidents=Filter(place=names()), limit=50))
        ),
        "search": lambda: list(claims(book, ClaimFilter(text=f"{names()} killed", limit=50))),
        "search by meaning's words": lambda: best(f"{names()} responsible"),
        "sources, first 50": lambda: sources(book, Filter(limit=50)),
        "sources by name": lambda: sources(book, Filter(source=names(), limit=50)),
        "sources of a country": lambda: sources(book, Filter(place=f"X0{rng.randrange(8)}", limit=50)),
        "unnamed sources": lambda: sources(book, Filter(type="anonymous", limit=50)),
        "tolls": lambda: tolls(book, Filter(limit=50)),
        "tolls by name": lambda: tolls(book, Filter(source=names(), limit=50)),
        "commitments": lambda: commitments(book, Filter(limit=50)),
        "commitments by name": lambda: commitments(book, Filter(source=names(), limit=50)),
    }
    for name, query in asked.items():
        query()
        cpu = time.process_time()
        spent = sorted(timed(query) * 1000 for _ in range(count))
        cpu = (time.process_time() - cpu) * 1000 / count
        print(
            f"{name:<24} median {statistics.median(spent):7.1f} ms   p95 {spent[int(count * 0.95)]:7.1f} ms   "
            f"own processor {cpu:6.1f} ms",
            flush=True,
        )


STAGES = ("enter", "derive", "rebuild", "more", "ask")


def filled(book: Ledger, count: int, claims: int) -> None:
    """Enter the reports that lack, and tell how long each half took."""
    with book.begin() as connection:
        held = connection.scalar(select(func.count()).select_from(tables.reports)) or 0
    halves, worked = [0.0, 0.0], [0.0, 0.0]
    for n, (raw, record) in enumerate(reports(count, claims)):
        if n >= held:
            cpu = time.process_time()
            halves[2 * n // count] += timed(partial(enter, book, report=raw, record=record, model="m"))
            worked[2 * n // count] += time.process_time() - cpu
    print(
        f"enter                    {count - held} reports; first half {halves[0]:.1f} s (cpu {worked[0]:.1f}), "
        f"second {halves[1]:.1f} s (cpu {worked[1]:.1f})",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--url")
    parser.add_argument("--claims", type=int, default=10, help="claims a record")
    parser.add_argument("--asks", type=int, default=20)
    parser.add_argument("--only", nargs="*", choices=STAGES, default=STAGES)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(given.url or Path(folder) / "scale.db") as book,
    ):
        if "enter" in given.only:
            filled(book, given.records, given.claims)
        if "derive" in given.only:
            print(f"derive                   {timed(lambda: bring_up_to_date(book)):.1f} s", flush=True)
        if "rebuild" in given.only:
            print(f"rebuild                  {timed(lambda: rebuild(book)):.1f} s", flush=True)
        if "more" in given.only:
            raw, record = report(given.records + 1, random.Random(time.time()), given.claims)
            enter(book, report=raw, record=record, model="m")
            print(
                f"derive one more          {timed(lambda: bring_up_to_date(book)) * 1000:.0f} ms", flush=True
            )
        if "ask" in given.only:
            with book.begin() as connection:
                held = [
                    connection.scalar(select(func.count()).select_from(t))
                    for t in (tables.reports, tables.claims, tables.incidents, tables.names, tables.groups)
                ]
            print("reports, claims, incidents, names, groups:", *held)
            ask(book, given.asks)


if __name__ == "__main__":
    main()
