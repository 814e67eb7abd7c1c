"""A place as it was found: where the name stands, what it means, and what its coordinates stand for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from accordingto.reading.gazetteer import Candidate
from accordingto.reading.placeranking import kilometres
from accordingto.reading.toponyms import Toponym
from accordingto.record import Precision
from accordingto.spans import Range

SMALL = frozenset(
    "AIRP AIRB AIRF BLDG BDG BRKS CMPRF CST DAM HSP HSTS HTL MFG MILB MSQE NVB PAL PRN PRT PS PSN SQR ST MT RSRT PASS VLC CH MUS SHRN TMPL STDM OILF GASF MN CMTY FLLS TNL".split()
)


@dataclass(frozen=True, slots=True)
class Located:
    """A place name and what it means; all but `at` and `name` None where that is not known.

    `country` is ISO 3166-1 alpha-3, `feature` a GeoNames code, `score` the ranker's share of belief.
    """

    at: Range
    name: str
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    precision: Precision | None = None
    score: float | None = None


Placed = dict[Range, Located]


def located(toponym: Toponym, candidate: Candidate, score: float) -> Located:
    """A chosen candidate as a place."""
    return Located(
        at=toponym.at,
        name=candidate.name,
        geonameid=candidate.geonameid,
        country=candidate.country,
        admin1=candidate.name if candidate.feature == "ADM1" else candidate.admin1,
        lat=candidate.lat,
        lon=candidate.lon,
        feature=candidate.feature,
        precision=precision(candidate, toponym.part) if candidate.lat is not None else None,
        score=round(score, 3),
    )


def precision(candidate: Candidate, part: bool) -> Precision:
    """What a candidate's coordinates stand for; `part` for a part of it ("northern Gaza")."""
    if part and not candidate.is_settlement:
        return Precision.REGION
    if candidate.is_country:
        return Precision.COUNTRY
    if candidate.is_division:
        return Precision.ADMIN1 if candidate.feature == "ADM1" else Precision.ADMIN2
    if candidate.is_settlement:
        return Precision.NEAR if part else Precision.EXACT
    return Precision.EXACT if candidate.feature in SMALL else Precision.REGION


def land_alone(found: Located) -> Located:
    """A place's country without more: its middle is no place where anything happened."""
    return replace(found, geonameid=None, admin1=None, lat=None, lon=None, precision=None)


def distance(a: Located, b: Located) -> float:
    """Kilometres between two places that have coordinates."""
    return kilometres(a.lat or 0.0, a.lon or 0.0, b.lat or 0.0, b.lon or 0.0)
