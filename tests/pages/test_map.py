from __future__ import annotations

import pytest

from accordingto.pages.map import HEIGHT, WIDTH, City, map_of, nice
from accordingto.reading.document import document_of
from accordingto.record import Event, Place, Precision, Record
from accordingto.spans import span

TEXT = "Kutum and Nyala in Darfur, Sudan."


def record(*places: tuple[str, float | None, float | None, Precision]) -> Record:
    at = lambda w: span(TEXT, (TEXT.index(w), TEXT.index(w) + len(w)))  # noqa: E731
    return Record(
        document_of(TEXT, headline_first=False),
        places=tuple(
            Place(f"P{n}", at(name), name, lat=lat, lon=lon, precision=precision)
            for n, (name, lat, lon, precision) in enumerate(places, 1)
        ),
        events=(Event("V1", "attack", at("Kutum"), place="P1"),),
    )


def ground(south: float, north: float, west: float, east: float) -> list[City]:
    cities = [("El Fasher", 13.6, 25.35, 500_000), ("Far away", 60.0, 60.0, 9_000_000)]
    return [c for c in cities if south <= c[1] <= north and west <= c[2] <= east]


def test_a_place_is_as_wide_as_it_is_uncertain() -> None:
    drawn = map_of(
        record(
            ("Kutum", 14.2, 24.66, Precision.EXACT),
            ("Nyala", 12.05, 24.88, Precision.NEAR),
            ("Darfur", 13.0, 24.0, Precision.REGION),
            ("Sudan", 15.0, 30.0, Precision.COUNTRY),
        ),
        ground,
    )
    assert drawn is not None
    assert [a.name for a in drawn.areas] == ["Darfur", "Nyala", "Kutum"]
    assert [a.vague for a in drawn.areas] == [True, False, False]
    assert drawn.areas[0].r > drawn.areas[1].r
    assert drawn.areas[2].events == 1
    assert "Kutum: exact, 1 events" in [a.title for a in drawn.areas]
    assert all(0 <= a.x <= WIDTH and 0 <= a.y <= HEIGHT for a in drawn.areas)
    assert [d.name for d in drawn.dots] == ["El Fasher"]
    kutum, nyala = drawn.areas[2], drawn.areas[1]
    assert kutum.y < nyala.y  # north is up


def test_a_country_alone_is_drawn_and_nothing_is_nothing() -> None:
    alone = map_of(record(("Sudan", 15.0, 30.0, Precision.COUNTRY)), ground)
    assert alone is not None
    assert [a.name for a in alone.areas] == ["Sudan"]
    assert map_of(record(("Sudan", None, None, Precision.COUNTRY)), ground) is None


@pytest.mark.parametrize(("length", "shown"), [(0.4, 1), (7, 5), (99, 50), (2600, 2000)])
def test_the_bar_has_a_round_length(length: float, shown: int) -> None:
    assert nice(length) == shown
