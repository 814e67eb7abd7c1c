from __future__ import annotations

import re
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import accordingto
from accordingto.errors import UserError
from accordingto.reading.anchors import beside_in_list
from accordingto.reading.gazetteer import Candidate
from accordingto.reading.layers import Layers
from accordingto.reading.located import Located
from accordingto.reading.placenames import find_places
from accordingto.reading.placeranking import choose, lesser
from accordingto.reading.places import PlaceFinder
from accordingto.reading.placeuses import PlaceUses
from accordingto.reading.reader import Reader
from accordingto.reading.toponyms import Kind, Toponym, look_up
from accordingto.record import Precision
from accordingto.spans import Range

FINDER = PlaceFinder()
USES = PlaceUses.load()


def at(text: str, words: str) -> Range:
    start = text.index(words)
    return Range(start, start + len(words))


def resolve(text: str, *names: str) -> list[Located]:
    return FINDER.resolve(text, [at(text, n) for n in names])


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("The store in Birmingham, Alabama, was looted.", "Birmingham", "USA", "Alabama"),
        ("The store in Birmingham was looted, British police said.", "Birmingham", "GBR", "England"),
        ("He was born in Córdoba, Argentina.", "Córdoba", "ARG", None),
        ("The ferry left Santiago de Cuba for Haiti.", "Santiago de Cuba", "CUB", None),
        ("Marchers reached Washington on Monday.", "Washington", "USA", None),
    ],
)
def test_the_context_decides(text: str, name: str, country: str, admin1: str | None) -> None:
    [found] = resolve(text, name)
    assert found.country == country
    if admin1 is not None:
        assert found.admin1 == admin1


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("TRIPOLI, Lebanon — A bomb went off in Tripoli.", "TRIPOLI", "LBN", None),
        ("LONDON, Ontario — Two people died in London, police said.", "LONDON", "CAN", "Ontario"),
        ("LONDON, ONTARIO (Coast Wire) — Two people died in London.", "LONDON", "CAN", "Ontario"),
        ("ALEXANDRIA, Va. — Two people died in Alexandria.", "ALEXANDRIA", "USA", "Virginia"),
        ("A bomb went off in Tripoli, in northern Lebanon. Tripoli was calm.", "Tripoli", "LBN", None),
        ("A bomb went off in the northern Lebanese city of Tripoli.", "Tripoli", "LBN", None),
        ("A bomb went off in Tripoli, the second-largest city in Lebanon.", "Tripoli", "LBN", None),
        ("Troops left Santiago, in the southern Philippines.", "Santiago", "PHL", None),
        ("Rain fell on Merida, in the west of Venezuela.", "Merida", "VEN", None),
        ("Rain fell on the Texas town of Paris.", "Paris", "USA", "Texas"),
        ("Rain fell on the Cauca town of Argelia.", "Argelia", "COL", "Departamento del Cauca"),
        ("Rain fell on the Lebanese port city of Tripoli.", "Tripoli", "LBN", None),
        ("Drones hit Lebanese city of Tripoli.", "Tripoli", "LBN", None),
        ("Rain fell on Tripoli, Lebanon’s second city.", "Tripoli", "LBN", None),
    ],
)
def test_what_is_said_to_hold_a_place_holds_it(
    text: str, name: str, country: str, admin1: str | None
) -> None:
    [found] = resolve(text, name)
    assert found.country == country
    assert found.precision is Precision.EXACT
    if admin1 is not None:
        assert found.admin1 == admin1


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Russian forces captured town of Pokrovsk.", "Pokrovsk", "UKR"),
        ("Russia captures town of Pokrovsk.", "Pokrovsk", "UKR"),
        ("The Russian troops take city of Pokrovsk.", "Pokrovsk", "UKR"),
        ("US strikes hit city of Tripoli.", "Tripoli", "LBY"),
        ("In London, Canada’s prime minister met the king.", "London", "GBR"),
        ("In Santiago, Cuba’s envoy met the president of Chile.", "Santiago", "CHL"),
    ],
)
def test_a_land_that_only_acts_beside_a_place_does_not_hold_it(text: str, name: str, country: str) -> None:
    [found] = resolve(text, name)
    assert found.country == country


def test_a_settlement_need_not_lie_in_the_land_of_its_settlers() -> None:
    text = "They left the Israeli settlement of Ariel."
    assert look_up(text, at(text, "Ariel"), FINDER.gazetteer).told == ()


def test_a_dateline_tells_of_all_mentions_of_its_town() -> None:
    text = (
        "PARIS, Texas — A fire killed three people in Paris on Friday.\n\nThe city of Paris has one hospital."
    )
    spans = [at(text, "PARIS"), at(text, "Paris on"), at(text, "Paris has")]
    spans = [Range(s.start, s.start + 5) for s in spans]
    assert [(p.country, p.admin1) for p in FINDER.resolve(text, spans)] == [("USA", "Texas")] * 3


def test_towns_of_one_name_are_told_apart_where_the_report_does() -> None:
    text = "He flew from Tripoli, in western Libya, and landed near Tripoli, in northern Lebanon."
    spans = [Range(m, m + 7) for m in (text.index("Tripoli"), text.rindex("Tripoli"))]
    assert [p.country for p in FINDER.resolve(text, spans)] == ["LBY", "LBN"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("GENEVA - Twelve died in custody, the UN said. In [New York] the Council met.", "GENEVA", "CHE"),
        ("Negotiators met in Geneva on Monday. Activists in [Chicago] protested.", "Geneva", "CHE"),
        ("The offices in Geneva, [Vienna] and [New York] were attacked.", "Geneva", "CHE"),
        ("Marchers filled [Moscow], [London] and [New York]. One was held in Rome.", "Rome", "ITA"),
        ("Police in Rome arrested a man whom [Atlanta] wanted. [Athens] was calm.", "Rome", "ITA"),
        ("A man was arrested in Moscow, an [Idaho] senator said.", "Moscow", "RUS"),
        ("Negotiators met in Vienna. A [Virginia] congressman said that they failed.", "Vienna", "AUT"),
        ("Police in Naples arrested a banker from [Miami].", "Naples", "ITA"),
        ("Police in Geneva, [New York], said that a man was shot.", "Geneva", "USA"),
        ("Police in Rome, [Georgia], said that a man was shot.", "Rome", "USA"),
        ("Two students were killed in Moscow, [Idaho], police said.", "Moscow", "USA"),
        ("Floods hit [Syracuse], [Ithaca] and Geneva, the [New York] governor said.", "Geneva", "USA"),
        ("The council of [Columbus] met; officers from Dublin and [Westerville] came.", "Dublin", "USA"),
        ("Gunmen killed two in Tripoli. Lebanon sent soldiers from [Beirut].", "Tripoli", "LBN"),
    ],
)
def test_a_namesake_of_a_city_abroad_needs_more_than_one_name_of_its_land(
    text: str, name: str, country: str
) -> None:
    named = [m[1] for m in re.finditer(r"\[(.+?)\]", text)]
    found = resolve(re.sub(r"[\[\]]", "", text), name, *named)
    assert found[0].country == country


@pytest.mark.parametrize(
    ("text", "name", "division"),
    [
        (
            "In Cleveland, marchers of [Florida] met others of [Tampa], [Georgia] and [Texas].",
            "Cleveland",
            "Ohio",
        ),
        ("Marchers left Cleveland for [Raleigh], the [North Carolina] governor said.", "Cleveland", "Ohio"),
        ("A [Florida] senator spoke in Phoenix, and later in [Miami] and [Orlando].", "Phoenix", "Arizona"),
        ("Police in Cleveland, [Mississippi], said that a man was shot.", "Cleveland", "Mississippi"),
        (
            "The council of [Syracuse] met; officers from [Oswego] and Phoenix and [Fulton] came to [Liverpool].",
            "Phoenix",
            "New York",
        ),
    ],
)
def test_a_hamlet_with_the_name_of_a_city_of_its_country_needs_others_close_by(
    text: str, name: str, division: str
) -> None:
    named = [m[1] for m in re.finditer(r"\[(.+?)\]", text)]
    found = resolve(re.sub(r"[\[\]]", "", text), name, *named)
    assert found[0].admin1 == division


def test_a_village_is_lesser_than_a_country_of_its_name() -> None:
    candidates = look_up("Poland", Range(0, 6), FINDER.gazetteer).candidates
    villages = {c.country for c, small in zip(candidates, lesser(candidates), strict=True) if small}
    assert "USA" in villages
    assert "POL" not in villages


def test_the_next_of_a_list_holds_nothing() -> None:
    text = "Envoys of Tripoli, Lebanon and Egypt met."
    assert look_up(text, at(text, "Tripoli"), FINDER.gazetteer).told == ()
    text = "Envoys of Lebanon, Ohio and Jordan met."
    assert resolve(text, "Lebanon")[0].precision is Precision.COUNTRY


def test_the_region_around_a_city_that_is_a_division_too_is_another() -> None:
    [found] = resolve("A refinery burned in Moscow region.", "Moscow region")
    assert found.name == "Moscow Oblast"


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Shells fell on the Kharkiv region.", "Kharkiv region", Precision.ADMIN1),
        ("Shells fell on Kyiv region.", "Kyiv region", Precision.ADMIN1),
        ("Rain fell on the Houston region.", "Houston region", Precision.EXACT),
        ("Shells fell on the region of Kharkiv.", "Kharkiv", Precision.ADMIN1),
        ("Shells fell on the city of Kharkiv.", "Kharkiv", Precision.EXACT),
        ("Shells fell on a district of Kharkiv.", "Kharkiv", Precision.EXACT),
        ("They watched Damascus state television.", "Damascus", Precision.EXACT),
        ("Shells hit Damascus’s state hospital.", "Damascus", Precision.EXACT),
        ("Shells hit Damascus state hospital.", "Damascus", Precision.EXACT),
        ("Shells hit Aleppo province.", "Aleppo", Precision.ADMIN1),
        ("Shells hit Kano state.", "Kano", Precision.ADMIN1),
        ("Rain fell on the Colombian town of Argelia.", "Argelia", Precision.EXACT),
        ("A Lebanon town was shelled.", "Lebanon", Precision.COUNTRY),
    ],
)
def test_a_word_for_a_division_leaves_no_town_and_one_for_a_town_no_country(
    text: str, name: str, precision: Precision
) -> None:
    [found] = resolve(text, name)
    assert found.precision is precision


def test_the_other_places_decide() -> None:
    text = "Shells hit Tripoli, Sidon and Beirut, Lebanese officers said."
    assert [p.country for p in resolve(text, "Tripoli", "Sidon", "Beirut")] == ["LBN"] * 3
    text = "Shells hit Tripoli, Misrata and Benghazi, Libyan officers said."
    assert [p.country for p in resolve(text, "Tripoli", "Misrata", "Benghazi")] == ["LBY"] * 3


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Rain fell on the town of Gulu.", "Gulu", Precision.EXACT),
        ("Rain fell on Kenya.", "Kenya", Precision.COUNTRY),
        ("Rain fell on northern Kenya.", "northern Kenya", Precision.REGION),
        ("Rain fell on the Black Sea.", "Black Sea", Precision.REGION),
        ("Rain fell on the Sahel.", "Sahel", Precision.REGION),
        ("Rain fell on Sindh province.", "Sindh province", Precision.ADMIN1),
        ("Rain fell on Henry County, Ohio.", "Henry County", Precision.ADMIN2),
        ("Rain fell on the Suez Canal and the Kremlin.", "Kremlin", Precision.EXACT),
    ],
)
def test_precision_says_what_the_coordinates_stand_for(text: str, name: str, precision: Precision) -> None:
    [found] = resolve(text, name)
    assert found.precision is precision


def test_a_facility_is_near_its_town_and_never_exact() -> None:
    text = "A drone hit the Hope Primary School in the town of Kaga-Bandoro, in the Central African Republic."
    school, town, _ = resolve(text, "Hope Primary School", "Kaga-Bandoro", "Central African Republic")
    assert (town.country, town.precision) == ("CAF", Precision.EXACT)
    assert (school.lat, school.lon, school.precision) == (town.lat, town.lon, Precision.NEAR)
    assert (school.geonameid, school.feature) == (None, "SCH")


def test_what_nothing_places_keeps_its_name_alone() -> None:
    [found] = resolve("They met at Qwxyz Hall.", "Qwxyz Hall")
    assert (found.name, found.country, found.lat, found.precision) == ("Qwxyz Hall", None, None, None)


def test_a_village_known_only_from_elsewhere_is_not_taken_for_it() -> None:
    text = "Farmers fled Coco after the raid near Bouar, in the Central African Republic, Central African troops said."
    village, *_ = resolve(text, "Coco", "Bouar", "Central African Republic")
    assert village.country == "CAF"


def test_words_around_a_toponym_tell_its_kind() -> None:
    gazetteer = FINDER.gazetteer
    for text, name, kind in (
        ("in Nakuru County today", "Nakuru", Kind.DIVISION),
        ("in the city of Nakuru today", "Nakuru", Kind.SETTLEMENT),
        ("in Nakuru today", "Nakuru", Kind.ANY),
        ("in the province of Herat", "Herat", Kind.DIVISION),
    ):
        assert look_up(text, at(text, name), gazetteer).kind is kind


def test_a_list_of_provinces_has_no_towns() -> None:
    for text in (
        "Rain fell on the provinces of Lopburi, Surin and Trang.",
        "Rain fell on Lopburi, Surin and Trang provinces.",
    ):
        found = resolve(text, "Lopburi", "Surin", "Trang")
        assert {(p.country, p.feature) for p in found} == {("THA", "ADM1")}


def test_a_town_in_a_list_does_not_stand_in_the_next() -> None:
    text = "Rain fell on Udon Thani, Hat Yai, Surin and Trat in Thailand."
    assert [p.precision for p in resolve(text, "Udon Thani", "Hat Yai")] == [Precision.EXACT] * 2


def test_a_city_that_is_called_one_is_no_division() -> None:
    [found] = resolve("Boats burned in the port city of Chittagong.", "Chittagong")
    assert (found.name, found.precision) == ("Chattogram", Precision.EXACT)
    [found] = resolve("Troops left Jenin in the West Bank.", "Jenin")
    assert (found.feature, found.precision) == ("PPL", Precision.EXACT)
    [found] = resolve("Rain fell on Penang.", "Penang")
    assert found.precision is Precision.ADMIN1


def test_an_embassy_stands_where_the_report_says() -> None:
    found, _ = resolve("Guards left the Kenyan embassy in Kampala.", "Kenyan embassy", "Kampala")
    assert (found.country, found.precision) == ("UGA", Precision.NEAR)


def test_a_word_of_a_facility_is_no_town_far_from_all_others() -> None:
    text = "They met at the Gulu Hotel in Kampala, north of Entebbe."
    far, _, _ = resolve(text, "Gulu Hotel", "Kampala", "Entebbe")
    assert far.lat is not None
    assert far.lat < 1


def test_an_unknown_place_is_not_near_the_next_of_its_list() -> None:
    text = "Raids hit the town of Vantor Bel, Sarun camp and the city of Hebron in the West Bank."
    camp, _ = resolve(text, "Sarun camp", "Hebron")
    assert (camp.country, camp.precision) == ("PSE", Precision.REGION)


def test_a_headline_in_capitals_is_no_list_and_takes_no_time() -> None:
    text = "KHARKIV MARKET HIT AGAIN, OFFICIALS SAY TOLL"
    begun = time.thread_time()
    assert not beside_in_list(f"{text} rises Sarun", Range(0, 7), Range(len(text) + 7, len(text) + 12))
    assert time.thread_time() - begun < 1


def test_thousands_of_names_need_little_memory() -> None:
    name = Candidate(1, "Sarun", "KHM", None, None, 12.0, 105.0, 900, "PPL")
    found = [
        Toponym(Range(9 * n, 9 * n + 5), f"Sarun {n}", tuple(replace(name, key=k) for k in range(1, 5)))
        for n in range(1000)
    ]
    tracemalloc.start()
    chosen = choose(found, Counter(), FINDER.weights)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert None not in chosen
    assert peak < 150_000_000


def test_an_unknown_island_is_near_no_town() -> None:
    text = "They flew from Durban to the Velmo Islands."
    _, island = resolve(text, "Durban", "Velmo Islands")
    assert (island.country, island.precision) == ("ZAF", Precision.REGION)


def test_a_people_before_a_region_tells_which() -> None:
    [found] = resolve("Snow closed the roads of Iraqi Kurdistan.", "Kurdistan")
    assert (found.name, found.country) == ("Iraqi Kurdistan", "IRQ")


def test_other_spellings_are_tried_last() -> None:
    text = "The convoy reached Mekelleh on foot, Ethiopian doctors said."
    found = look_up(text, at(text, "Mekelleh"), FINDER.gazetteer)
    assert any(c.country == "ETH" for c in found.candidates)
    assert look_up(text, at(text, "Mekelleh"), FINDER.gazetteer, respell=False).candidates == ()


def places(text: str, layers: Layers) -> list[str]:
    return [text[p.at.start : p.at.end] for p in find_places(text, layers, (), finder=FINDER, uses=USES)]


@pytest.mark.parametrize(
    ("text", "name", "used"),
    [
        ("Two men were held in Chad on Monday.", "Chad", True),
        ("Strikes on Chad went on.", "Chad", True),
        ("Planes bombed Chad again.", "Chad", True),
        ("The rebels crossed from Chad into Niger.", "Chad", True),
        ("The largest hospital in all of Chad burned.", "Chad", False),
        ("Chad’s eastern provinces were quiet.", "Chad", True),
        ("Chad’s government was quiet.", "Chad", False),
        ("Chad has ordered its envoys home.", "Chad", False),
        ("The talks between Chad and Niger failed.", "Chad", False),
        ("A Chad-backed group took the town.", "Chad", False),
        ("Chad’s apparent reluctance grew.", "Chad", False),
        ("Its policy toward Chad is new.", "Chad", False),
        ("They marched toward Chad.", "Chad", True),
        ("They closed the border with Chad.", "Chad", True),
        ("Sanctions on Chad were lifted.", "Chad", False),
        ("The U.S. officials left.", "U.S.", False),
        ("Crowds marched in the capital, N’Djamena.", "N’Djamena", True),
        ("Abéché was quiet.", "Abéché", True),
    ],
)
def test_governments_are_no_places(layers: Callable[..., Layers], text: str, name: str, used: bool) -> None:
    assert places(text, layers(text, [(name, "Location")], [])) == ([name] if used else [])


def test_a_speaker_is_no_place(layers: Callable[..., Layers]) -> None:
    text = "Abéché denied the charge."
    seen = layers(text, [("Abéché", "Location")], [("Abéché", "denied", "the charge")])
    assert places(text, seen) == []


def doubted(layers: Layers, score: float) -> Layers:
    return replace(layers, names=tuple(replace(n, score=score) for n in layers.names))


@pytest.mark.parametrize(
    ("text", "names", "score", "used"),
    [
        ("A strike on Tyre killed nine people.", ["Tyre"], 0.1, ["Tyre"]),
        ("Airstrikes on Sidon went on.", ["Sidon"], 0.1, ["Sidon"]),
        ("The shelling of Tyre went on.", ["Tyre"], 0.1, ["Tyre"]),
        ("An attack on Tyre was foiled. Crowds left Tyre.", ["Tyre"], 0.1, ["Tyre"]),
        ("An attack on Tyre was foiled.", ["Tyre"], 0.9, []),
        ("An attack on Tyre was foiled. Anna Tyre was unhurt.", ["Tyre", "Anna Tyre"], 0.1, []),
        ("An attack on Hernandez was foiled.", ["Hernandez"], 0.1, []),
        ("A letter on Tyre was found.", ["Tyre"], 0.1, []),
    ],
)
def test_an_attacked_town_is_a_place_though_it_looks_like_a_person(
    layers: Callable[..., Layers], text: str, names: list[str], score: float, used: list[str]
) -> None:
    seen = doubted(layers(text, [(n, "Person") for n in names], []), score)
    assert places(text, seen) == used


def test_an_attacked_speaker_is_no_town(layers: Callable[..., Layers]) -> None:
    text = "An attack on Tyre was foiled. Tyre denied the charge."
    seen = layers(text, [("Tyre", "Person")], [("Tyre#2", "denied", "the charge")])
    assert places(text, doubted(seen, 0.1)) == []


def test_names_are_widened_split_and_joined_in_lists(layers: Callable[..., Layers]) -> None:
    text = "Fighting spread in eastern Chad, near Adré, Ouaddaï, and in Niger and Mali."
    names = [(n, "Location") for n in ("Chad", "Adré, Ouaddaï", "Niger", "Mali")]
    assert places(text, layers(text, names, [])) == ["eastern Chad", "Adré", "Ouaddaï", "Niger", "Mali"]


@pytest.mark.parametrize(
    ("text", "names", "used"),
    [
        ("Boats sank near Velmo during the night.", ["Velmo"], ["Velmo"]),
        ("A blast in Velmo killed ten.", ["Velmo"], ["Velmo"]),
        ("He sold Velmo shoes in Velmo stores.", ["Velmo"], []),
        ("A truck fell near Velmo culvert.", ["Velmo"], ["Velmo"]),
        ("Boats lay off the Velmo Islands.", ["Velmo Islands"], ["Velmo Islands"]),
        ("It drove the clans out of Chad.", ["Chad"], ["Chad"]),
        ("They met in the Velmo area of the city.", ["Velmo"], ["Velmo"]),
        ("Police went to remote Velmo Township.", ["Velmo Township"], ["Velmo Township"]),
        ("Floods hit villages including Abu Velmo, Dersim Hal, Katovo, and Melkor.",
         ["Abu Velmo", "Dersim Hal", "Katovo", "Melkor"], ["Abu Velmo", "Dersim Hal", "Katovo", "Melkor"]),
        ("They met their ally in Chad, Velmo.", ["Chad", "Velmo"], ["Chad"]),
        ("They marched in the Capital Zone (CZ), N’Djamena, on Monday.",
         ["Capital Zone", "CZ", "N’Djamena"], ["Capital Zone", "N’Djamena"]),
        ("They flew to Bosnia and Herzegovina.", ["Bosnia", "Herzegovina"], ["Bosnia and Herzegovina"]),
    ],
)  # fmt: skip
def test_names_that_no_table_knows(
    layers: Callable[..., Layers], text: str, names: list[str], used: list[str]
) -> None:
    assert places(text, layers(text, [(n, "Location") for n in names], [])) == used


def test_a_named_facility_with_a_preposition(layers: Callable[..., Layers]) -> None:
    text = "Crowds gathered on the Unity Obelisk. The Unity Obelisk fund paid."
    assert places(text, layers(text, [("Unity Obelisk", "Facility")], [])) == ["Unity Obelisk"]


def test_facilities_under_other_labels(layers: Callable[..., Layers]) -> None:
    text = "Six people died at Liberty Hospital in Abéché. She is a professor at Adam Barka University."
    names = [
        ("Liberty Hospital", "Organization"),
        ("Abéché", "Location"),
        ("Adam Barka University", "Organization"),
    ]
    assert places(text, layers(text, names, [])) == ["Liberty Hospital", "Abéché"]


def test_a_court_is_a_place_where_one_appears_and_none_where_it_rules(layers: Callable[..., Layers]) -> None:
    text = "She appeared in the Moundou District Court. The order of the Sarh District Court was read."
    names = [("Moundou District Court", "Organization"), ("Sarh District Court", "Organization")]
    assert places(text, layers(text, names, [])) == ["Moundou District Court"]


def test_an_acronym_and_a_planet_are_no_places(layers: Callable[..., Layers]) -> None:
    text = "They said on KAN that the Earth was warm."
    assert places(text, layers(text, [("KAN", "Location"), ("Earth", "Location")], [])) == []


def test_a_malformed_table_of_uses_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "place_uses.csv").write_text("word,uses\nnear,beside\n")
    with pytest.raises(UserError, match="beside"):
        PlaceUses.load(tmp_path)


def test_spans_are_resolved_in_the_order_given() -> None:
    text = "From Gulu to Kampala."
    spans = [at(text, "Kampala"), at(text, "Gulu")]
    found = accordingto.resolve_places(text, spans)
    assert [(p.id, p.span.text, p.country) for p in found] == [
        ("P1", "Kampala", "UGA"),
        ("P2", "Gulu", "UGA"),
    ]
    with pytest.raises(UserError, match="outside"):
        accordingto.resolve_places(text, [(3, 400)])


def test_the_reader_fills_the_places() -> None:
    text = (
        "Flood in Quelimane\n\nQUELIMANE, Mozambique, 4 March 2031 (Coast Wire) — The river broke its banks in Zambezia "
        "province on Tuesday, the mayor said.\n"
    )
    record = accordingto.read(text)
    assert {p.country for p in record.places} == {"MOZ"}
    assert record.places[0].span.text == "Quelimane"
    assert all(p.id == f"P{n}" for n, p in enumerate(record.places, 1))


def test_a_facility_in_turkish_capitals_has_its_feature() -> None:
    assert FINDER.feature_of("GAO HOSPİTAL") == FINDER.feature_of("Gao Hospital") == "HSP"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("GENEVA — Fighting in Um Barun on Sunday killed 40 people.", "Um Barun", None),
        ("KABUL, Afghanistan — A flood swept through Dara-e-Pashm.", "Dara-e-Pashm", "AFG"),
        ("JAKARTA — A landslide hit Batu Merapi, Indonesian officials said.", "Batu Merapi", "IDN"),
        ("JAKARTA — A landslide hit Batu Merapi.", "Batu Merapi", "IDN"),
        ("GENEVA — Fighting in Um Barun killed 40 people. Sudan is at war.", "Um Barun", "SDN"),
        ("NAIROBI — Ethiopian doctors said that fighting hit Um Barun.", "Um Barun", None),
    ],
)
def test_an_unknown_village_is_not_put_where_the_report_was_written(
    text: str, name: str, country: str | None
) -> None:
    head = Range(0, text.index("—") + 1)
    known = [at(text, n) for n in ("GENEVA", "KABUL", "JAKARTA", "NAIROBI", name, "Sudan") if n in text]
    found = FINDER.resolve(text, known, datelines=[head])
    village = next(f for f in found if f.name == name)
    assert village.country == country
    assert village.precision in (None, Precision.COUNTRY)


@pytest.mark.parametrize("name", ["Kart-e-Now mosque", "Kart-e-Dalan"])
def test_a_facility_or_quarter_is_near_the_town_of_the_dateline(name: str) -> None:
    text = "KABUL — A bomb hit Kart-e-Now mosque in the Kart-e-Dalan neighborhood."
    [_, found] = FINDER.resolve(text, [at(text, "KABUL"), at(text, name)], datelines=[Range(0, 7)])
    assert (found.country, found.precision) == ("AFG", Precision.NEAR)


def test_places_of_a_dateline_are_no_anchors_in_a_whole_report(reader: Reader) -> None:
    text = "GENEVA — Fighting in Um Barun on Sunday killed 40 people, officials said."
    [geneva, village] = reader.read(text).places
    assert (geneva.country, village.country, village.lat) == ("CHE", None, None)


NEIGHBOUR = "\n\nIn neighbouring Kenya, gunmen killed nine in Garissa. They also raided Qoftu-Wey."


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (f"MOGADISHU, Aug 11 — A bomb went off in Mawqur-Yare.{NEIGHBOUR}", "Mawqur-Yare", "SOM"),
        (f"MOGADISHU — The Somali army left Mawqur-Yare.{NEIGHBOUR}", "Mawqur-Yare", "SOM"),
        (f"MOGADISHU — A bomb went off in Mawqur-Yare.{NEIGHBOUR}", "Qoftu-Wey", "KEN"),
        (
            "BAMAKO, March 18 — Gunmen raided Tesso-Mu.\n\nIn neighbouring Niger, they hit Tillaberi.",
            "Tesso-Mu",
            "MLI",
        ),
        ("A bomb went off in Mogadishu. In Kenya, gunmen raided Qoftu-Wey.", "Qoftu-Wey", "KEN"),
        (
            "Floods hit Mali. In Mali’s north, Tesso-Mu is dry. Niger and Niger’s army wait.",
            "Tesso-Mu",
            "MLI",
        ),
    ],
)
def test_a_village_lies_in_no_country_of_which_the_report_tells_only_later(
    text: str, name: str, country: str
) -> None:
    head = [Range(0, text.index("—") + 1)] if "—" in text else []
    places = ("MOGADISHU", "BAMAKO", "Mogadishu", "Kenya", "Garissa", "Mali", "Niger", "Tillaberi", name)
    found = FINDER.resolve(text, [at(text, n) for n in places if n in text], datelines=head)
    village = next(f for f in found if f.name == name)
    assert village.country == country
    assert (village.lat, village.lon) == (None, None) or village.precision is Precision.NEAR


def test_a_village_of_which_only_the_country_is_known_has_no_coordinates() -> None:
    [village, mali] = resolve("Gunmen raided Tesso-Mu in Mali.", "Tesso-Mu", "Mali")
    assert (village.country, village.lat, village.lon, village.precision) == ("MLI", None, None, None)
    assert mali.precision is Precision.COUNTRY


@pytest.mark.parametrize(
    ("text", "ruler", "country"),
    [
        ("Khartoum rejected the demand. Shells fell on Um Dukhaira-Gar.", "Khartoum", "SDN"),
        ("Islamabad denied it. Two men were shot in Um Dukhaira-Gar.", "Islamabad", "PAK"),
        ("Norway struck Um Dukhaira-Gar.", "Norway", None),
    ],
)
def test_a_government_lends_a_village_no_more_than_its_country(
    text: str, ruler: str, country: str | None
) -> None:
    [village] = FINDER.resolve(text, [at(text, "Um Dukhaira-Gar")], around=[at(text, ruler)])
    assert (village.country, village.admin1, village.lat, village.precision) == (country, None, None, None)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (
            "Hackers linked to China struck on Tuesday. They hit desks at Schirkamp airport.",
            "Schirkamp airport",
            None,
        ),
        (
            "Two men spied for Iran, a court said. They were arrested at Memmingen airport.",
            "Memmingen airport",
            None,
        ),
        ("Iran condemned the raid. Agents arrested a man at Tegel airport.", "Tegel airport", None),
        (
            "Greek police arrested two British men in Piraeus. A third was held at Gatmore airport.",
            "Gatmore airport",
            None,
        ),
        ("A bomb exploded at Kabul airport.", "Kabul airport", "AFG"),
        ("In Germany, two men were arrested at Memmingen airport.", "Memmingen airport", "DEU"),
        ("A shell hit Goma on Monday. Two people died at Ndosho hospital.", "Ndosho hospital", "COD"),
        ("The army shelled El Fasher. Fighters stormed Zamzam airport.", "Zamzam airport", "SDN"),
        ("Soldiers shot two men near Mubambiro, 20 km from Goma.", "Mubambiro", "COD"),
        ("In Sudan, the army bombed Wad Hamid hospital on Monday.", "Wad Hamid hospital", "SDN"),
    ],
)
def test_no_government_lends_a_facility_its_country(
    text: str, name: str, country: str | None, reader: Reader
) -> None:
    found = {p.span.text: p.country for p in reader.read(text).places}
    assert found[name] == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("A bus fell into a gorge near Betanzos, Bolivian police said.", "Betanzos", "BOL"),
        ("A bus fell into a gorge near Betanzos, Spanish police said.", "Betanzos", "ESP"),
        ("A Bolivian drowned at Betanzos in Galicia, Spanish police said.", "Betanzos", "ESP"),
        ("Venezuelan envoys met in Barcelona on Friday. The Spanish hosts left early.", "Barcelona", "ESP"),
    ],
)
def test_a_small_town_is_its_namesake_in_the_land_that_a_report_tells_of(
    text: str, name: str, country: str
) -> None:
    assert resolve(text, name)[0].country == country


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Bali", "IDN", -8.4, 115.2),
        ("Central America", None, 14, -87),
        ("Great Lakes region", None, 0, 31),
        ("Mount Lebanon", "LBN", 34, 35.9),
        ("Long Island", "USA", 40.8, -73.3),
        ("West Coast", "USA", 40, -122),
        ("Nile", None, 24, 32.9),
        ("Northern Europe", None, 61.7, 2.9),
    ],
)
def test_a_known_region_is_no_namesake_far_away(
    name: str, country: str | None, lat: float, lon: float
) -> None:
    [found] = resolve(f"A conference was held in {name} on Monday.", name)
    assert found.country == country
    assert (found.lat, found.lon) == pytest.approx((lat, lon), abs=3)


def test_the_belt_and_road_is_no_place(reader: Reader) -> None:
    text = "Freedonia left the Belt and Road Initiative. The Belt and Road reaches Mesoamerica."
    assert [p.name for p in reader.read(text).places if p.name != "Freedonia"] == ["Mesoamerica"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The blast hit Smith and Jones roads in Durban.", ("Smith", "Jones roads")),
        ("The blast hit Smith and Jones roads in Durban.", ("Smith", "Jones")),
        (
            "A man was shot at the corner of Heidelberg and Marlow Street in Durban.",
            ("Heidelberg", "Marlow Street"),
        ),
    ],
)
def test_streets_named_together_are_no_towns(text: str, names: tuple[str, ...]) -> None:
    found = resolve(text, *names, "Durban")
    assert [(p.country, p.precision) for p in found[:-1]] == [("ZAF", Precision.NEAR)] * 2
    assert {p.lat for p in found} == {found[-1].lat}


def test_roads_between_cities_and_rivers_of_a_citys_short_name() -> None:
    lagos, abuja = resolve("Troops blocked the Lagos and Abuja roads.", "Lagos", "Abuja")
    assert lagos.precision is abuja.precision is Precision.EXACT
    tana, _ = resolve("Two men drowned in the Tana and Galana rivers in Kenya.", "Tana", "Galana")
    assert tana.country != "MDG"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("China will pay for the Mindanao Railway, Chinese officials said.", "Mindanao Railway", "PHL"),
        ("China sent students to King’s College London.", "King’s College London", "GBR"),
        ("In China, police closed the Mindanao Hotel.", "Mindanao Hotel", "CHN"),
    ],
)
def test_a_facility_far_from_the_lands_of_a_report_may_tell_its_own(
    text: str, name: str, country: str
) -> None:
    [found, _] = resolve(text, name, "China")
    assert (found.country, found.geonameid) == (country, None)


def test_a_small_town_lends_no_name_to_a_large_division() -> None:
    province, _ = resolve("Protests shook Chiriquí on Monday, police in Panama said.", "Chiriquí", "Panama")
    assert province.precision is Precision.ADMIN1


def test_a_site_stands_at_the_town_behind_its_name() -> None:
    text = "Crews left the Lake College of New York at Purchase on Monday."
    site, town = resolve(text, "Lake College of New York", "Purchase")
    assert (site.lat, site.lon, site.precision) == (town.lat, town.lon, Precision.NEAR)
