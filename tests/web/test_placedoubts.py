"""Which places are asked about, and in which order."""

from __future__ import annotations

import pytest
from tests.ledger.builder import PLACES, strike
from tests.web import stage

from accordingto.ledger.incidents import IncidentPlace
from accordingto.ledger.session import Ledger
from accordingto.record import Precision
from accordingto.web import reviewqueue
from accordingto.web.placedoubts import fits

KENYA = IncidentPlace("Kenya", "KEN", 1.0, 38.0, precision=Precision.COUNTRY)
PROVINCE = IncidentPlace("Departamento del Rífo", "COL", 1.0, 38.0, precision=Precision.ADMIN1)


@pytest.mark.parametrize(
    ("words", "place", "fit"),
    [
        ("Kenya", KENYA, True),
        ("northern Kenya", KENYA, True),
        ("US", IncidentPlace("United States", "USA", 1.0, 2.0, precision=Precision.COUNTRY), True),
        ("the west of the continent", KENYA, False),
        ("Rifo province", PROVINCE, True),
        ("the High Bench", PROVINCE, False),
        ("Africa", IncidentPlace("Africa", "CMR", 1.0, 2.0, precision=Precision.REGION), False),
        ("southern Marda", IncidentPlace("Marda", "XAA", 1.0, 2.0, precision=Precision.REGION), True),
    ],
)
def test_words_fit_a_place_by_its_name_or_its_country(words: str, place: IncidentPlace, fit: bool) -> None:
    assert fits(words, place) is fit


def test_a_wide_place_is_asked_about_only_where_the_ground_matters(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PLACES, "Dorn Valley", (9, "XAA", None, None, None))
    for n, (type_, trigger, place) in enumerate(
        (("politics", "voted", "Aland"), ("protest", "rallied", "Aland"), ("meeting", "met", "Dorn Valley"))
    ):
        text = f"Dockers {trigger} in {place} on {10 + n} March."
        day = (f"{10 + n} March", f"2031-03-{10 + n}")
        stage.put(
            book,
            strike(text, published="2031-03-20", day=day, place=place, type=type_, trigger=trigger),
        )
    with book.begin() as c:
        asked = [(i.type, i.place.name) for i, _ in reviewqueue.doubts(c).place if i.place]
    assert asked == [("meeting", "Dorn Valley"), ("protest", "Aland"), ("protest", "Rif Province")]
