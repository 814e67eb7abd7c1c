from __future__ import annotations

from pathlib import Path

import pytest

from accordingto.intake.report import RawReport
from accordingto.intake.sources import load
from accordingto.reading.document import document
from accordingto.reading.reader import Reader
from accordingto.record import Record

MARK = "This report is invented; it is a sample for accordingto."


@pytest.fixture(scope="session")
def records(reader: Reader) -> dict[str, Record]:
    raw = list(load([Path(__file__).parent.parent / "samples"]))
    assert all(isinstance(r, RawReport) for r in raw)
    return {
        Path(r.name).name: x for r, x in zip(raw, reader.stream(raw), strict=True) if isinstance(x, Record)
    }


def test_each_sample_has_date_outlet_headline_and_mark(samples: Path) -> None:
    raw = list(load([samples]))
    assert len(raw) == 13
    for report in raw:
        assert MARK in report.text
        doc = document(report)
        assert doc.published is not None, report.name
        assert doc.outlet, report.name
        assert doc.title, report.name
        assert [p.kind for p in doc.parts][-1] == "boilerplate"


def acts(record: Record) -> dict[str, list[str]]:
    sources = {s.id: s for s in record.sources}
    names = {e.id: e.name for e in record.entities}
    out: dict[str, list[str]] = {}
    for c in record.claims:
        source = sources[c.source]
        who = names.get(source.entity or "") or source.description or ""
        out.setdefault(str(c.act), []).append(who)
    return out


def test_the_strike_keeps_its_rival_accounts(records: dict[str, Record]) -> None:
    found = acts(records["01_depot_strike.txt"])
    assert "Yonas Kebede" in found["deny"]
    assert "Eastern Command" in found["silent"]
    assert any("ambulance service" in w for w in found["assert"])


def test_the_shipment_is_claimed_denied_and_not_confirmed(records: dict[str, Record]) -> None:
    record = records["06_shipment_denied.txt"]
    found = acts(record)
    assert "Belarus" in found["deny"]
    assert found["decline"]
    anonymous = [s for s in record.sources if s.kind == "anonymous"]
    assert any(s.anonymity_reason and "intelligence" in s.anonymity_reason.text for s in anonymous)


def test_a_record_does_not_depend_on_the_reports_beside_it(
    records: dict[str, Record], reader: Reader
) -> None:
    for record in list(records.values())[:4]:
        d = record.document
        assert reader.read(d.text, title=d.title, published=d.published, outlet=d.outlet) == record
