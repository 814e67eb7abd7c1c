"""The two seed reports of the shared folder, read whole: each fact that a reader of them would ask for is held.

Which words carry a fact may differ from one network to the next; whose word it is and its numbers may not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from accordingto.reading.reader import Reader
from accordingto.record import Act, Claim, Event, Factuality, Figure, Measure, Record, Role

SEEDS = Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")) / "gold/dev"
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the shared folder with the seed reports is not there"
)


def read(reader: Reader, name: str) -> Record:
    return reader.read((SEEDS / f"{name}.txt").read_text(encoding="utf-8"), published=date(2024, 9, 7))


@pytest.fixture(scope="module")
def missiles(reader: Reader) -> Record:
    return read(reader, "seed-iran-missiles")


@pytest.fixture(scope="module")
def schools(reader: Reader) -> Record:
    return read(reader, "seed-gaza-schools")


def speaker(record: Record, claim: Claim) -> str:
    """Who says it, by name or description."""
    source = next(s for s in record.sources if s.id == claim.source)
    entity = next((e for e in record.entities if e.id == source.entity), None)
    return (entity.name if entity else source.description) or ""


def told(claim: Claim) -> str:
    return " … ".join(c.text for c in claim.content)


def claims(record: Record, who: str, act: Act | None = None) -> list[Claim]:
    return [c for c in record.claims if who in speaker(record, c) and act in (None, c.act)]


def carrying(record: Record, item: Event | Figure) -> Iterator[Claim]:
    return (c for c in record.claims if c.id in item.claims)


def events(record: Record, *kinds: str) -> list[Event]:
    return [e for e in record.events if e.type in kinds]


def part(event: Event, role: Role) -> str:
    return " / ".join(p.span.text for p in event.participants if p.role is role)


def names(record: Record, event: Event, role: Role) -> list[str]:
    told = {e.id: e.name for e in record.entities}
    return [told[p.entity] for p in event.participants if p.role is role and p.entity]


def figure(record: Record, words: str) -> Figure:
    return next(f for f in record.figures if f.span.text == words)


def test_the_shipment_is_claimed_denied_and_not_confirmed(missiles: Record) -> None:
    shipment = next(
        e
        for e in events(missiles, "arms_transfer")
        if "Iran" in part(e, Role.ACTOR) and "Russia" in part(e, Role.RECIPIENT)
    )
    held = list(carrying(missiles, shipment))
    kinds = {s.id: s.kind.value for s in missiles.sources}
    assert shipment.factuality is Factuality.DENIED
    assert any("officials" in speaker(missiles, c) and kinds[c.source] == "anonymous" for c in held)
    assert any(c.act is Act.CONFIRM for c in held)
    assert any(speaker(missiles, c) == "Iran" and c.act is Act.DENY for c in held)
    assert any("Savett" in speaker(missiles, c) and c.act is Act.DECLINE for c in held)
    assert any("Wall Street Journal" in speaker(missiles, c) for c in held)


def test_the_bombs_are_zelenskys_number(missiles: Record) -> None:
    bombs = figure(missiles, "4,000")
    assert (bombs.best, bombs.per, bombs.measure) == (4000, "month", Measure.WEAPONS)
    assert [speaker(missiles, c) for c in carrying(missiles, bombs)] == ["Volodymyr Zelensky"]


def test_the_warnings_of_march_and_july(missiles: Record) -> None:
    march = claims(missiles, "Group of 7", Act.WARN)
    assert [c.said_on.value for c in march if c.said_on] == ["2024-03"]
    said_on = {c.said_on.value for c in missiles.claims if c.act is Act.WARN and c.said_on}
    assert {"2024-03", "2024-07"} <= said_on


def test_the_requests_are_refused(missiles: Record) -> None:
    refusal = next(c for c in claims(missiles, "Biden", Act.REFUSE))
    request = next(c for c in claims(missiles, "Zelensky", Act.REQUEST) if "missiles" in told(c))
    assert request.parent == refusal.id
    assert any("Biden" in part(e, Role.ACTOR) for e in events(missiles, "rejection"))


def test_the_strikes_have_tolls_of_their_own(schools: Record) -> None:
    four, three, twenty = (figure(schools, w) for w in ("four", "three", "20"))
    first, second = (next(e for e in schools.events if e.id == f.event) for f in (four, three))
    assert first.id != second.id
    assert second.id == twenty.event
    assert {first.type, second.type} == {"strike"}
    assert "Halimah al-Saadiyah" in part(first, Role.TARGET)
    assert "Amr Ibn al-As" in part(second, Role.TARGET)
    assert (four.measure, three.measure, twenty.measure) == (Measure.KILLED, Measure.KILLED, Measure.WOUNDED)
    assert "rescue" in speaker(schools, next(carrying(schools, four)))
    assert "medics" in speaker(schools, next(carrying(schools, three)))


def test_the_military_leaves_the_dead_unsaid(schools: Record) -> None:
    silence = claims(schools, "military", Act.SILENT)
    assert any("killed" in told(c) for c in silence)


def test_the_toll_keeps_its_caveat(schools: Record) -> None:
    toll = figure(schools, "more than 40,000")
    assert (toll.low, toll.measure, toll.cumulative) == (40001, Measure.KILLED, True)
    assert any("do not distinguish" in c.text for c in toll.caveats)
    assert all("health authorities" in speaker(schools, c) for c in carrying(schools, toll))
    assert toll.claims


def test_the_named_woman(schools: Record) -> None:
    age = next(f for f in schools.figures if f.measure is Measure.AGE)
    assert age.best == 26
    assert age.of is not None
    assert "Eygi" in age.of.text
    blamed = [c for c in claims(schools, "family", Act.ACCUSE) if "killing" in told(c) or "death" in told(c)]
    assert any("Israeli soldiers" in told(c) for c in blamed)
    assert any("Israeli military shooter" in told(c) for c in claims(schools, "video"))
    own = next(e for e in events(schools, "killing") if "Aysenur Ezgi Eygi" in names(schools, e, Role.TARGET))
    assert (
        len([e for e in events(schools, "killing") if "Eygi" in " ".join(names(schools, e, Role.TARGET))])
        == 1
    )
    assert not [e for e in events(schools, "death") if "Eygi" in " ".join(names(schools, e, Role.TARGET))]
    assert "Palestinians" not in part(own, Role.TARGET)  # the war's running toll is another event
    inquiry = next(e for e in events(schools, "investigation") if "Israeli military" in part(e, Role.ACTOR))
    assert "Eygi" in part(inquiry, Role.TARGET)
    assert inquiry.factuality is Factuality.ONGOING


def test_the_vaccinated_are_about_half(schools: Record) -> None:
    reached, half = figure(schools, "around 350,000"), figure(schools, "about half")
    assert (reached.best, reached.measure) == (350000, Measure.REACHED)
    assert (half.best, half.measure) == (50, Measure.SHARE)
    tellers = {speaker(schools, c) for f in (reached, half) for c in carrying(schools, f)}
    assert len(tellers) == 1  # by its long name with the short one after a comma, and by the short one alone
    assert tellers < {"UNICEF", "United Nation’s Children Agency"}


def test_the_37th_child(schools: Record) -> None:
    child = figure(schools, "37th")
    assert (child.best, child.ordinal, child.measure) == (37, True, Measure.KILLED)
    assert any("media" in speaker(schools, c) for c in carrying(schools, child))
    doubt = claims(schools, "Health Ministry", Act.UNCERTAIN)
    assert any("death" in told(c) for c in doubt)


def test_the_malnourished_are_an_estimate(schools: Record) -> None:
    children = figure(schools, "more than 50,000")
    assert (children.low, children.measure) == (50001, Measure.IN_NEED)
    assert {c.act for c in carrying(schools, children)} == {Act.ESTIMATE}
