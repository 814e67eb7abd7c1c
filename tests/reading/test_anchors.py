from __future__ import annotations

import pytest

from accordingto.reading.located import Located
from accordingto.reading.places import PlaceFinder
from accordingto.record import Precision
from accordingto.spans import Range

FINDER = PlaceFinder()


def resolve(text: str, *names: str) -> list[Located]:
    """The places of names, each searched behind the one before."""
    spans, start = [], 0
    for name in names:
        start = text.index(name, start)
        spans.append(Range(start, start + len(name)))
        start += len(name)
    return FINDER.resolve(text, spans)


ZAF = " The court in Johannesburg, in Gauteng, heard it. Men from Pretoria and Durban were held in South Africa."


@pytest.mark.parametrize(
    ("text", "names", "country", "settled"),
    [
        ("Two girls were hurt near Memphis in the Zolkipark hall.", ["Memphis", "Zolkipark"], None, False),
        ("In Memphis, two girls were hurt at the Zolkipark hall.", ["Memphis", "Zolkipark"], "USA", True),
        ("Two girls were hurt at the Zolkipark hall in Memphis.", ["Zolkipark", "Memphis"], "USA", True),
        ("Two girls were hurt in Pretoria at the Zolkipark hall.", ["Pretoria", "Zolkipark"], "ZAF", True),
        ("Rain fell on Memphis. Two girls were hurt at Zolkipark.", ["Memphis", "Zolkipark"], "ZAF", False),
    ],
)
def test_an_unknown_place_is_near_no_town_abroad_that_nothing_ties_it_to(
    text: str, names: list[str], country: str | None, settled: bool
) -> None:
    text = text.replace("near Memphis", "beside Memphis") + ZAF
    more = ["Johannesburg", "Gauteng", "Pretoria", "Durban", "South Africa"]
    found = next(p for p in resolve(text, *names, *more) if p.name == "Zolkipark")
    assert (found.country, found.lat is not None) == (country, settled)


def test_the_mention_that_is_told_to_lie_somewhere_places_the_others() -> None:
    text = "Guards of Alto Sur died. Rain fell on Quito. A second blast hit Alto Sur (Guayaquil). Alto Sur burned."
    found = resolve(text, "Alto Sur", "Quito", "Alto Sur", "Guayaquil", "Alto Sur")
    assert {p.admin1 for p in found if p.name == "Alto Sur"} == {"Provincia del Guayas"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (
            "Farmers in the Northwest fled. In Kaduna and Zamfara two died, Nigerian police said.",
            "Northwest",
            "NGA",
        ),
        (
            "Shells fell on the East. In Kharkiv and Sumy two died, and in Russia and Belarus one.",
            "East",
            None,
        ),
        ("Rain fell on the East. In Thimphu two died.", "East", "BTN"),
    ],
)
def test_a_side_of_a_country_lies_in_no_other(text: str, name: str, country: str | None) -> None:
    others = [
        n for n in ("Kaduna", "Zamfara", "Kharkiv", "Sumy", "Russia", "Belarus", "Thimphu") if n in text
    ]
    found, *_ = resolve(text, name, *others)
    assert found.country == country
    assert found.precision is None


def test_a_region_of_the_land_is_known_by_its_side() -> None:
    text = "Rain fell on the Southwest. Two people died in Bobo-Dioulasso and Ouagadougou in Burkina Faso."
    found, *_ = resolve(text, "Southwest", "Bobo-Dioulasso", "Ouagadougou", "Burkina Faso")
    assert (found.country, found.precision) == ("BFA", Precision.ADMIN1)


def test_a_square_abroad_is_another_one() -> None:
    text = "Crowds filled the Plaza de la Revolución in Managua. Police in Managua and León said nothing in Nicaragua."
    found, *_ = resolve(text, "Plaza de la Revolución", "Managua", "Managua", "León", "Nicaragua")
    assert found.country == "NIC"
    text = "Crowds filled the Plaza de la Revolución in Havana, Cuban police said."
    found, *_ = resolve(text, "Plaza de la Revolución", "Havana")
    assert found.country == "CUB"


def test_a_camp_with_the_name_of_a_city_abroad_is_not_that_city() -> None:
    names = ["Johannesburg", "Gauteng", "Pretoria", "Durban", "South Africa"]
    found, *_ = resolve(f"Two girls died in Jackson squatter camp.{ZAF}", "Jackson", *names)
    assert (found.country, found.lat) == ("ZAF", None)
    found, *_ = resolve(f"Two girls died in Jackson.{ZAF}", "Jackson", *names)
    assert found.country == "USA"


def test_a_town_lies_in_a_land_that_the_report_is_about_where_one_there_is_as_large() -> None:
    text = "Marchers left Santa Cruz for La Paz and Oruro, in Bolivia."
    found, *_ = resolve(text, "Santa Cruz", "La Paz", "Oruro", "Bolivia")
    assert found.country == "BOL"


def test_an_island_lies_in_the_land_named_before_it() -> None:
    text = "Two divers died off the Colombian island of Baru near Cartagena."
    found, town = resolve(text, "Baru", "Cartagena")
    assert (found.country, found.lat) == ("COL", town.lat)


def test_two_villages_do_not_vouch_for_each_other_abroad() -> None:
    text = "Boats left Coco for Corazon. San Jose, Liberia and Limon were calm in Costa Rica, and so was Guanacaste."
    names = ["Coco", "Corazon", "San Jose", "Liberia", "Limon", "Costa Rica", "Guanacaste"]
    first, second, *_ = resolve(text, *names)
    assert {first.country, second.country} <= {"CRI", None}


@pytest.mark.parametrize(
    ("text", "name", "country", "feature"),
    [
        ("Rangers died in Virunga on Monday.", "Virunga", "COD", "PRK"),
        ("Rain fell on Mount Taranaki.", "Mount Taranaki", "NZL", "MT"),
        ("Shells hit Gossi again.", "Gossi", "MLI", "PPL"),
        ("They fled to Tawila.", "Tawila", "SDN", "PPL"),
        ("Rockets fell on Kiryat Shmona.", "Kiryat Shmona", "ISR", "PPL"),
    ],
)
def test_sites_that_the_file_lacks_are_known(text: str, name: str, country: str, feature: str) -> None:
    [found] = resolve(text, name)
    assert (found.country, found.feature) == (country, feature)
    assert found.lat is not None


@pytest.mark.parametrize(
    ("text", "names", "country", "settled"),
    [
        (  # another sentence's park or airfield holds nothing
            "Tourists came to Virunga National Park. Two men met at Zolki Station in the Congo.",
            ["Virunga National Park", "Zolki Station", "Congo"],
            "COD",
            False,
        ),
        (
            "Pilots flew from Entebbe Airport. A bomb burst at Zolki Station.",
            ["Entebbe Airport", "Zolki Station"],
            "UGA",
            False,
        ),
        (
            "Two men met in Goma. A bomb burst at Zolki Station.",
            ["Goma", "Zolki Station"],
            "COD",
            True,
        ),
        (  # a land that owns it
            "Crowds gathered in Kampala. Fires burned in Kenya's coastal Zolkipark.",
            ["Kampala", "Kenya", "Zolkipark"],
            "KEN",
            False,
        ),
        (
            "Two men met in Goma. She taught at Lakeside University's Zolki School for years, not in Chad.",
            ["Goma", "Zolki School", "Chad"],
            None,
            False,
        ),
        (
            "Two men met in Goma. She taught at Lakeside University's Zolki School for years.",
            ["Goma", "Zolki School"],
            "COD",
            False,
        ),
    ],
)
def test_another_sentences_facility_holds_nothing(
    text: str, names: list[str], country: str | None, settled: bool
) -> None:
    found = next(p for p in resolve(text, *names) if p.name.startswith("Zolki"))
    assert (found.country, found.lat is not None) == (country, settled)


def test_a_known_place_in_a_facilitys_own_name_holds_it_however_far_from_towns() -> None:
    text = "Guards left Pyongyang in North Korea. They returned to the Punggye-ri testing site."
    site = resolve(text, "Pyongyang", "North Korea", "Punggye-ri testing site")[-1]
    assert (site.country, site.lat) == ("PRK", pytest.approx(41.28, abs=0.1))
