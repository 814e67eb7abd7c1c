"""The words and symbols of the desk, from `data/signs.csv`; names of countries; days and numbers in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from accordingto.ledger.choices import SignRow
from accordingto.ledger.commitments import days_of
from accordingto.ledger.wording import span_words
from accordingto.pages.map import KILOMETRES
from accordingto.pages.view import ACT_WORDS, deed
from accordingto.record import Act, Claim, Precision
from accordingto.vocabularies import CountryName, table
from accordingto.web.parts import PlaceView, Sign


@cache
def signs() -> dict[str, Sign]:
    """The table, by key."""
    return {r.key: Sign(r.key.partition(":")[2], r.words, r.symbol) for r in table("signs", SignRow)}


def sign(family: str, value: str | None) -> Sign:
    """The words and symbol of a value; the value itself where the table lacks it."""
    known = signs().get(f"{family}:{value}")
    return known or Sign(value or "", (value or "").replace("_", " "), "")


WORDED = ("act", "field", "value", "review", "precision", "answer")  # what forms send as a key of the table


def form_words(sent: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a form sent, as people read it: each field's label and its value in words; what only machines read is left out."""
    labels = ((signs().get(f"form:{name}"), name, value) for name, value in sent)
    return [
        (label.words, sign(name, value).words if name in WORDED else value)
        for label, name, value in labels
        if label
    ]


FAMILIES = (
    ("state", "Accounts of a field, and of an incident"),
    ("stance", "What one source does with a value"),
    ("standing", "How one count stands to later ones"),
    ("grading", "Grading of an incident, a proposal after Airwars’ ladder"),
)


def legend() -> tuple[tuple[str, tuple[tuple[Sign, str], ...]], ...]:
    """What the signs mean, by family."""
    held = signs()
    return tuple(
        (
            words,
            tuple(
                (s, held[f"meaning:{key}"].words)
                for key, s in held.items()
                if key.startswith(f"{family}:") and f"meaning:{key}" in held
            ),
        )
        for family, words in FAMILIES
    )


def act_sign(act: Act | str) -> Sign:
    """What a speaker does by speaking, in words."""
    word, symbol = ACT_WORDS[Act(act)]
    return Sign(str(act), word, symbol)


def claim_sign(claim: Claim) -> Sign:
    """What the speaker of a claim does by it, in words."""
    word, symbol = deed(claim)
    return Sign(str(claim.act), word, symbol)


@cache
def country_of() -> dict[str, str]:
    """The alpha-3 code of each name of a country."""
    rows = table("country_names", CountryName)
    return {alike_key(r.name): r.country for r in rows if r.country and not r.part}


FEWEST = 4  # letters of a country's name; shorter ones are abbreviations


@cache
def countries() -> dict[str, str]:
    """Names of countries by alpha-3 code: of each the usual one by the table, else the shortest that is no abbreviation."""
    names: dict[str, list[tuple[bool, bool, int, str]]] = {}
    for row in table("country_names", CountryName):
        if row.country and not row.part:
            short = len(row.name) < FEWEST or "." in row.name
            names.setdefault(row.country, []).append((not row.usual, short, len(row.name), row.name))
    return {code: min(held)[-1] for code, held in names.items()}


def type_words(type_: str) -> str:
    """An event's type in words."""
    return type_.replace("_", " ")


ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)


def alike_key(name: str) -> str:
    """What two spellings of a name share: neither capitals nor an article tell them apart."""
    found = ARTICLE.match(name)
    return name[found.end() if found else 0 :].casefold()


def distinct(names: Iterable[str]) -> list[str]:
    """Names each once, as first spelled."""
    held: dict[str, str] = {}
    for name in names:
        held.setdefault(alike_key(name), name)
    return list(held.values())


def day_words(iso: str | None) -> str:
    """`6 September 2024`; a month or a week in words, too; what is none of these comes back as it is."""
    try:
        day = date.fromisoformat(iso or "") if len(iso or "") == len("2031-03-04") else None
    except ValueError:
        day = None
    if day is None:
        window = days_of(iso)
        return span_words(*window) if window else iso or "undated"
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=4096)
def place_view(
    name: str,
    country: str | None,
    lat: float | None,
    lon: float | None,
    precision: str | None,
) -> PlaceView:
    """A place with the area that its coordinates stand for; a country has no other name beside its own."""
    known = precision if precision in list(Precision) and lat is not None and lon is not None else None
    is_country = country is not None and country_of().get(alike_key(name)) == country
    return PlaceView(
        name=name,
        country=country,
        country_name=name if is_country else countries().get(country or ""),
        lat=lat,
        lon=lon,
        precision=precision,
        precision_words=sign("precision", known or "none").words,
        radius_m=int(KILOMETRES[Precision(known)] * 1000) if known else None,
    )
