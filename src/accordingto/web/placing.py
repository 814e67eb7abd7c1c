"""Where a place lies that a person names: as the form says, else as the gazetteer has the name.

Whoever corrects a place knows its name and seldom its degrees. Where several places bear the name and none is far larger
than the rest, or it lies in another country than the form says, `Unclear` carries the page that asks which one is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from accordingto.errors import UserError
from accordingto.ledger.accounts import Location
from accordingto.ledger.incidents import IncidentPlace
from accordingto.placefile import fold
from accordingto.reading.gazetteer import Candidate, degrees
from accordingto.reading.located import precision
from accordingto.record import Precision
from accordingto.web.formviews import PlaceChoice, WhichPlacePage
from accordingto.web.words import alike_key, countries, country_of, sign

CODE = 3  # letters of a country's code
BY_NAME = "none"  # what a form gives for the precision of a place that is known by its name only
FAR_LARGER = 10  # times as many people as any other of the name: the one that is meant
OFFERED = 12  # places of one name to choose from
NEAR = 0.5  # degrees within which a district and the town it is named after are one
NUMBERED = 12  # digits of a GeoNames id, at most
Find = Callable[[str], Sequence[Candidate]]
"""All places that bear a name, the largest first."""


class Unclear(Exception):
    """Several places may be meant; `page` asks which."""

    def __init__(self, page: WhichPlacePage) -> None:
        super().__init__(page.name)
        self.page = page


def place_given(form: Mapping[str, str], before: IncidentPlace | None, find: Find, at: str) -> Location:
    """The place that a form gives for the incident `at`, which was `before`; the ledger judges whether there can be such a place.

    Coordinates of the place of before are none of a place with another name.

    Raises:
        UserError: where its coordinates or its precision are none, or a country is given by its name.
        Unclear: where several places may be meant.
    """
    name = " ".join(form.get("name", "").split())[:200]
    country = code_given(form.get("country", ""))
    told = form.get("precision", "")
    if told and told != BY_NAME and told not in list(Precision):
        raise UserError(f"{told[:20]!r} is no precision; it is one of {', '.join(Precision)}.")
    exact = Precision(told) if told and told != BY_NAME else None
    lat, lon = coordinates(form)
    renamed = before is None or alike_key(before.name) != alike_key(name)
    left = before is not None and renamed and (lat, lon) == (before.lat, before.lon)
    if (lat, lon) != (None, None) and not left:
        admin1 = form.get("admin1", "")[:200] or None
        return Location(name, country, lat, lon, numbered(form), exact or Precision.NEAR, admin1)
    if told == BY_NAME or not name:
        return Location(name, country)
    same_land = before is not None and country in (before.country, None)
    found, named = looked_up(name, find)
    if before and not renamed and same_land and (exact or not found):
        return as_before(before, exact)
    fitting = [c for c in found if c.country == country] if country and not same_land else found
    chosen = meant(fitting) if renamed or not same_land else only(found)
    if chosen and country in (None, chosen.country):
        return located(named, chosen)
    if found:
        raise Unclear(which(form, at, name, country, found))
    return Location(name, country)


def as_before(before: IncidentPlace, exact: Precision | None) -> Location:
    """The same place, known more or less exactly."""
    had = Precision(before.precision) if before.precision else None
    known = (exact or had) if before.lat is not None else None
    return Location(before.name, before.country, before.lat, before.lon, before.geonameid, known)


def code_given(country: str) -> str | None:
    """The code of a country that a form gives; None where it gives none.

    Raises:
        UserError: where it is given by its name; tells the code.
    """
    country = country.strip()
    if len(country) > CODE and (code := country_of().get(alike_key(country))):
        raise UserError(f"A country is given by its three-letter code; that of {country} is {code}.")
    return (country.upper() if len(country) <= CODE else country) or None


def coordinates(form: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Latitude and longitude as a form gives them.

    Raises:
        UserError: where they are no numbers.
    """
    try:
        lat, lon = (float(form[k]) if form.get(k, "").strip() else None for k in ("lat", "lon"))
    except ValueError:
        raise UserError("Coordinates are decimal degrees, such as 9.6 and 41.87.") from None
    return lat, lon


def numbered(form: Mapping[str, str]) -> int | None:
    """The GeoNames id that a form gives."""
    told = form.get("geonameid", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= NUMBERED else None


def looked_up(name: str, find: Find) -> tuple[list[Candidate], str]:
    """The places that bear a name, without districts that are named after a town there; and the name.

    What stands after a comma (“Tampa, Florida”) narrows them, where nothing bears the whole.
    """
    found, named = list(find(name)), name
    head, comma, rest = name.partition(",")
    if not found and comma and head.strip():
        named = head.strip()
        within = {fold(x) for x in rest.split(",") if x.strip()}
        found = [
            c
            for c in find(named)
            if within <= {fold(x) for x in (c.admin1, c.country, countries().get(c.country or "")) if x}
        ]
    found = [c for c in found if c.own] or found
    towns = [c for c in found if c.is_settlement]
    return [
        c for c in found if c.is_settlement or c.lat is None or not any(degrees(c, t) < NEAR for t in towns)
    ], named


def meant(found: Sequence[Candidate]) -> Candidate | None:
    """The one that is meant where only its name is given: the only one, or one that is far larger than all others."""
    ranked = sorted(found, key=lambda c: -c.population)
    if len(ranked) > 1 and ranked[0].population < FAR_LARGER * max(1, ranked[1].population):
        return None
    return ranked[0] if ranked else None


def only(found: Sequence[Candidate]) -> Candidate | None:
    """The only one; None where there are several, as where somebody gives the name again that stands there."""
    return found[0] if len(found) == 1 else None


def located(name: str, c: Candidate) -> Location:
    """A place of the gazetteer under the name that somebody gave it."""
    exact = precision(c, part=False) if c.lat is not None else None
    admin1 = c.name if c.feature == "ADM1" else c.admin1
    return Location(name, c.country, c.lat, c.lon, c.geonameid, exact, admin1)


def which(
    form: Mapping[str, str], at: str, name: str, country: str | None, found: Sequence[Candidate]
) -> WhichPlacePage:
    """The page that asks which of several places is meant; each answer is the form again, with the place filled in."""
    sent = {k: v for k, v in form.items() if k not in ("csrf", "lat", "lon", "geonameid", "precision")}
    ranked = sorted(found, key=lambda c: (c.country != country, -c.population))[:OFFERED]
    choices = [PlaceChoice(described(c), tuple((sent | filled(located(name, c))).items())) for c in ranked]
    land = countries().get(country or "", country)
    by_name = f"None of these: {', '.join(x for x in (name, land) if x)}, {sign('precision', 'none').words}"
    choices.append(PlaceChoice(by_name, tuple((sent | {"precision": BY_NAME}).items())))
    return WhichPlacePage(name, f"/incidents/{at}", f"/incidents/{at}/judge", tuple(choices))


def described(c: Candidate) -> str:
    """A place of the gazetteer as one tells it from others: its division, its country, how many live there."""
    parts = (c.name, c.admin1 if c.admin1 != c.name else None, countries().get(c.country or "", c.country))
    people = f"{c.population:,} people" if c.population else None
    rough = None if c.is_settlement else sign("precision", precision(c, part=False)).words
    more = ", ".join(x for x in (rough, people) if x)
    return ", ".join(x for x in parts if x) + (f" ({more})" if more else "")


def filled(place: Location) -> dict[str, str]:
    """A place as the fields of a form."""
    given = {
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "admin1": place.admin1,
        "precision": place.precision or BY_NAME,
    }
    return {k: str(v) for k, v in given.items() if v is not None}
