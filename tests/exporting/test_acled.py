from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.ledger.builder import Story
from tests.ledger.test_incidents import incident

from accordingto.exporting.acled import export, time_precision
from accordingto.ledger.exports import Exported


def rows(*stories: Story) -> list[dict[str, str]]:
    return list(csv.DictReader("".join(export(Exported(incident(s), ()) for s in stories)).splitlines()))


def raid(place: str, kind: str = "strike", factuality: str = "occurred") -> Story:
    s = Story(f"A strike on {place}.")
    s.event(kind, "strike", place=s.place(place), factuality=factuality)
    return s


@pytest.mark.parametrize(("place", "code"), [("Marda", "2"), ("Rif Province", "3"), ("Aland", "")])
def test_places_have_the_precision_of_the_coded_view(place: str, code: str) -> None:
    [row] = rows(raid(place))
    assert row["geo_precision"] == code


@pytest.mark.parametrize(
    ("last", "code"),
    [("2031-03-01", 1), ("2031-03-02", 2), ("2031-03-07", 2), ("2031-03-08", 3), ("2031-12-31", None)],
)
def test_time_precision_goes_by_length(last: str, code: int | None) -> None:
    assert time_precision("2031-03-01", last) == code


def test_what_nobody_asserts_is_no_row() -> None:
    kept = rows(*(raid("Marda", factuality=f) for f in ("planned", "possible", "conditional", "occurred")))
    assert len(kept) == 1


def test_types_of_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "event_types.csv").write_text(
        "code,what,acled_event,acled_sub_event\nkite,kites,Riots,Mob violence\n"
    )
    monkeypatch.setenv("ACCORDINGTO_DATA_DIR", str(tmp_path))
    [row] = rows(raid("Marda", "kite"))
    assert (row["event_type"], row["sub_event_type"]) == ("Riots", "Mob violence")
