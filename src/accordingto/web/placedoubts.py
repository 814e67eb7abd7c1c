"""Why an incident's place is doubtful: several are told, it isn't known on the map, its words fit it badly, or it is too wide for what happened."""

from __future__ import annotations

from typing import NamedTuple

from accordingto.ledger.incidents import Incident, IncidentPlace
from accordingto.ledger.names import name_key
from accordingto.record import Precision
from accordingto.web.words import alike_key, countries, country_of, sign

VAGUE = frozenset({"admin1", "country", "region"})
GROUND = frozenset(
    "strike bombing attack clash killing abuse destruction blockade deployment territory ceasefire evacuation_order protest".split()
)
"""Types of which it matters where on the ground they were; a meeting, a law or an invasion may well be of a whole country."""
TELLING = 4  # letters of a word from which it tells places apart


class Doubt(NamedTuple):
    """A doubt in words; of two the lower rank is the graver."""

    rank: int
    words: str


def place_doubt(i: Incident) -> Doubt | None:
    """Why an incident's place is doubtful; None where it isn't, where nothing finer is to be expected, or where there is none to judge."""
    if i.place is None:
        return None
    asserted = [v for v in i.fields["where"].values if v.stance == "asserts" and v.value]
    told = {str(v.value) for v in asserted}
    if len(told) > 1:
        return Doubt(0, f"The reports name {len(told)} places: {', '.join(sorted(told)[:4])}.")
    if i.place.precision is None:
        return Doubt(1, "It is known by its name only: no coordinates were found.")
    if i.place.precision not in VAGUE:
        return None
    roughly = f"Only roughly known: {sign('precision', i.place.precision).words}."
    words = [v.span.text for v in asserted if v.span]
    if words and not any(fits(w, i.place) for w in words):
        land = countries().get(i.place.country or "", i.place.country or "no country")
        return Doubt(2, f"“{words[0]}” is taken for a place in {land}. {roughly}")
    return Doubt(3, roughly) if i.type in GROUND else None


def fits(words: str, place: IncidentPlace) -> bool:
    """True for words that name the place: they share a word with its name, or end in a name of its country.

    A region that is told by its bare name may be wider than the country it is put in: “Africa”.
    """
    spoken = alike_key(words).split()
    land = country_of()
    if any(land.get(" ".join(spoken[n:])) == place.country is not None for n in range(len(spoken))):
        return True
    if place.precision == Precision.REGION and name_key(words) == name_key(place.name):
        return False
    return not parts(words).isdisjoint(parts(place.name))


def parts(name: str) -> set[str]:
    """The words of a name that tell it apart, without accents; all where none is long."""
    words = name_key(name).split()
    return {w for w in words if len(w) >= TELLING} or set(words)
