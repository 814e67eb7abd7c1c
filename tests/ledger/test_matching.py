from __future__ import annotations

import itertools
from datetime import date

import msgspec
import pytest
from tests.ledger.builder import Story, strike

from accordingto.ledger.accounts import Account, Count, Location
from accordingto.ledger.blocking import blocks
from accordingto.ledger.differences import differing
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.matching import compare
from accordingto.ledger.names import name_key
from accordingto.ledger.nearness import near, relation, where
from accordingto.ledger.observing import find_sites, observe
from accordingto.record import Precision


def one(story: Story) -> Account:
    [account] = observe(story.record(), story.raw.name, knowledge())
    return account


def meet(a: Account, b: Account) -> bool:
    mine, theirs = {k.key: k.open for k in blocks(a)}, {k.key: k.open for k in blocks(b)}
    return any(mine[k] or theirs[k] for k in mine.keys() & theirs.keys())


FIRST = one(
    strike(
        "A strike on a school in Marda killed four people on Monday.",
        day=("Monday", "2031-03-03"),
        target="a school",
        killed=("four", 4),
    )
)

SAME = {
    "other words, same day, place, toll": strike(
        "Four died on Monday when a missile strike hit the girls' school at Marda.",
        day=("Monday", "2031-03-03"),
        target="the girls' school",
        killed=("Four", 4),
        outlet="Other",
    ),
    "a risen toll and a neighbouring place name, told a day later": strike(
        "The toll of Monday's strike on the school in Old Marda rose to nine.",
        published="2031-03-05",
        day=("Monday", "2031-03-03"),
        place="Old Marda",
        target="the school",
        killed=("nine", 9),
    ),
    "the province alone": strike(
        "Rif Province buried its dead after Monday's strike on a school that killed four.",
        published="2031-03-05",
        day=("Monday", "2031-03-03"),
        place="Rif Province",
        target="a school",
        killed=("four", 4),
    ),
    "a killing, the means not told": strike(
        "Four pupils were killed in a school in Marda on Monday.",
        day=("Monday", "2031-03-03"),
        type="killing",
        trigger="killed",
        target="a school",
        killed=("Four", 4),
    ),
    "a follow-up without a date": strike(
        "Families of Marda mourned after the strike on the school that killed four.",
        target="the school",
        killed=("four", 4),
    ),
    "an anniversary piece": strike(
        "Three years after the strike on a school in Marda that killed four, nothing is rebuilt.",
        published="2034-03-03",
        day=("Three years after", "2031-03-03"),
        target="a school",
        killed=("four", 4),
    ),
}
OTHER = {
    "another town the same day": strike(
        "A strike on a school in Tel Rif killed four people on Monday.",
        day=("Monday", "2031-03-03"),
        place="Tel Rif",
        target="a school",
        killed=("four", 4),
    ),
    "a hospital the same night": strike(
        "A strike on a hospital in Marda killed two people on Monday.",
        day=("Monday", "2031-03-03"),
        target="a hospital",
        killed=("two", 2),
    ),
    "a later like attack in the same town": strike(
        "A strike on a school in Marda killed four people on Thursday.",
        published="2031-03-07",
        day=("Thursday", "2031-03-06"),
        target="a school",
        killed=("four", 4),
    ),
    "another country": strike(
        "A strike on a school in Belmar killed four people on Monday.",
        day=("Monday", "2031-03-03"),
        place="Belmar",
        target="a school",
        killed=("four", 4),
    ),
    "another thing": strike(
        "A meeting in Marda on Monday about a school.",
        day=("Monday", "2031-03-03"),
        type="meeting",
        trigger="meeting",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_one_incident(name: str) -> None:
    other = one(SAME[name])
    match = compare(FIRST, other)
    assert match.is_match, match
    assert compare(other, FIRST) == match
    assert meet(FIRST, other)


@pytest.mark.parametrize("name", OTHER)
def test_two_incidents(name: str) -> None:
    other = one(OTHER[name])
    match = compare(FIRST, other)
    assert not match.is_match, match
    assert compare(other, FIRST) == match


def test_the_sentence_explains() -> None:
    reason = compare(FIRST, one(SAME["other words, same day, place, toll"])).reason
    assert reason.startswith("both strike, same day, both in Marda, same school, both killed 4")
    assert compare(FIRST, one(OTHER["another town the same day"])).reason == "119 km apart"


def test_two_schools_in_one_night_stay_apart() -> None:
    story = Story(
        "Strikes hit the Halima School and, at midnight, a strike hit Badr School in Marda on Monday."
    )
    day, town = story.time("Monday", "2031-03-03"), story.place("Marda")
    story.event("strike", "Strikes", target="the Halima School", on=day, place=town)
    story.event("strike", "strike", target="Badr School", on=day, place=town)
    a, b = observe(story.record(), "x", knowledge())
    assert compare(a, b).reason == "halima school and badr school are two"
    other = one(
        strike(
            "A strike on Badr School in Marda on Monday.", day=("Monday", "2031-03-03"), target="Badr School"
        )
    )
    assert not compare(a, other).is_match
    assert compare(b, other).is_match


def test_no_distance_is_told_as_none() -> None:
    spot = Location("Marda", "XAA", 10.0, 40.0, precision=Precision.EXACT)
    assert [near(away, spot, spot).words for away in (0.0, 0.6)] == ["in the same spot", "0.6 km apart"]


def test_near_places_of_other_reports_say_how_far() -> None:
    reason = compare(FIRST, one(SAME["a risen toll and a neighbouring place name, told a day later"])).reason
    assert "4.0 km apart" in reason
    assert "both killed 4, later 9" in reason


def test_blocks_keep_far_things_from_being_compared() -> None:
    for a, b in itertools.combinations([one(s) for s in OTHER.values()], 2):
        assert not (meet(a, b) and a.family != b.family)
    assert not meet(FIRST, one(OTHER["another country"]))


def test_the_planned_is_not_the_done() -> None:
    story = Story("A strike on Marda is planned for Monday.")
    story.event(
        "strike",
        "strike",
        on=story.time("Monday", "2031-03-03"),
        place=story.place("Marda"),
        factuality="planned",
    )
    assert compare(FIRST, one(story)).score == 0


def test_what_a_report_only_denies_is_not_what_it_tells() -> None:
    story = Story(
        "An accident sank a ferry off Marda on Monday. The owner denied that an accident hit it before."
    )
    monday = story.time("Monday", "2031-03-03")
    denied = story.claim("The owner", "denied", "that an accident hit it before", act="deny")
    place = story.place("Marda")
    story.event("accident", "accident", on=monday, place=place)
    story.event("accident", "accident#2", on=monday, place=place, factuality="denied", claims=(denied,))
    sunk, before = observe(story.record(), story.raw.name, knowledge())
    assert compare(sunk, before).score == 0
    assert "denial" in compare(sunk, before).reason


def test_a_word_that_names_another_family_may_be_meant() -> None:
    text = "A strike on the Halima School in Marda on Monday."
    told = {"day": ("Monday", "2031-03-03"), "target": "the Halima School"}
    raid, walkout = (one(strike(text, type=t, **told)) for t in ("strike", "protest"))  # type: ignore[arg-type]
    assert set(walkout.kin) == {"protest", "violence"}
    assert meet(raid, walkout)
    assert compare(raid, walkout).is_match


def test_one_spelling_of_two_places() -> None:
    here = Location("Ariha", "XAA", 35.8, 36.6, 1, Precision.NEAR, told="Ariha")
    there = Location("Jericho", "XBB", 31.9, 35.4, 2, Precision.NEAR, told="Ariha")
    assert relation(here, there).name == "same name in two countries"
    same_land = msgspec.structs.replace(there, country="XAA")
    assert relation(here, same_land).name == "same place"
    assert relation(here, msgspec.structs.replace(there, told="Jericho")).name == "two countries"


@pytest.mark.parametrize(
    ("words", "sites"),
    [
        ("a ferry terminal", ()),
        ("the bus station in Marda", ("station",)),
        ("the port, ships and a school bus", ("port", "ship", "bus")),
        ("a boat full of miners", ("ship",)),
        ("a tanker carrying oil", ("ship",)),
        ("the Marda ferry", ("ship",)),
        ("an airport terminal", ("airport",)),
        ("a nurse accused of poisoning a clinic's well", ()),
    ],
)
def test_a_noun_that_only_describes_another_is_no_site(words: str, sites: tuple[str, ...]) -> None:
    assert find_sites([words], knowledge())[0] == sites


def test_who_is_arrested_was_not_abducted() -> None:
    def later(words: str, trigger: str) -> Account:
        told = {"target": "two men", "type": "detention", "trigger": trigger}
        return one(strike(f"In Marda two men were {words} a school.", published="2031-03-12", **told))

    told = {"target": "a school", "type": "detention", "trigger": "abducted"}
    first = one(
        strike("Pupils were abducted on Monday from a school in Marda.", day=("Monday", "2031-03-03"), **told)
    )  # type: ignore[arg-type]
    assert compare(first, later("kidnapped from", "kidnapped")).is_match
    assert not compare(first, later("arrested over pupils taken from", "arrested")).is_match


def test_a_curfew_is_no_killing() -> None:
    held = {"day": ("Monday", "2031-03-03")}
    killing = one(
        strike("A student was killed in Marda on Monday.", type="killing", trigger="killed", **held)
    )  # type: ignore[arg-type]
    curfew = one(strike("A curfew came over Marda on Monday.", type="repression", trigger="curfew", **held))  # type: ignore[arg-type]
    crackdown = one(
        strike("A crackdown came in Marda on Monday.", type="repression", trigger="crackdown", **held)
    )  # type: ignore[arg-type]
    assert compare(killing, curfew).score == 0
    assert compare(killing, crackdown).score > 0


def test_a_named_person_is_detained_once() -> None:
    def held(words: str, published: str) -> Account:
        s = Story(f"{words} Ana Belmonte.", published)
        s.entity("Ana Belmonte", "person")
        s.event("detention", words.split()[-1], target="Ana Belmonte")
        return one(s)

    found = compare(held("Police detained", "2031-03-04"), held("Agents arrested", "2031-03-06"))
    assert found.is_match
    assert "of the same person (Ana Belmonte)" in found.reason


def war(trigger: str = "war", place: str | None = None, published: str = "2031-03-04") -> Account:
    s = Story(f"Aland heard in Marda that the {trigger} had not ended.", published, outlet=published)
    s.place("Marda")
    return one_of(s, trigger, s.place(place) if place else None)


def one_of(s: Story, trigger: str, place: str | None) -> Account:
    s.event("invasion", trigger, place=place)
    return one(s)


def test_the_war_is_no_single_deed_in_it() -> None:
    seized = Story("Rebels seized Marda on Monday.", "2031-03-04", outlet="Other")
    seized.event("territory", "seized", on=seized.time("Monday", "2031-03-03"), place=seized.place("Marda"))
    for deed in (one(seized), FIRST, war("incursion", "Marda", "2031-03-05")):
        assert compare(war(), deed).reason == "one is a whole war"
        assert not compare(deed, war()).is_match
    assert compare(war(), war(published="2031-03-05")).is_match


def spot(
    name: str, lat: float, lon: float, number: int, precision: Precision, *, of: str = "", told: str = ""
) -> Location:
    return Location(name, "XAA", lat, lon, number, precision, admin1=of or None, told=told or name)


NORTH = spot("Dune State", 10, 40, 11, Precision.ADMIN1)
BORDERING = spot("Rift State", 11, 41, 12, Precision.ADMIN1)
FAR_SOUTH = spot("Delta State", 5, 40, 13, Precision.ADMIN1)
LAND = spot("Aland", 9, 41, 14, Precision.COUNTRY)
TOWN = spot("Harun", 11.3, 41.2, 15, Precision.NEAR, of="Dune State")


def on_monday(place: Location | None, killed: int, **changes: object) -> Account:
    account = one(
        strike(
            f"A strike killed {killed} people in Marda on Monday.",
            outlet=f"{place.name if place else ''} {killed}",
            day=("Monday", "2031-03-03"),
            killed=(str(killed), killed),
        )
    )
    names = (name_key(place.name),) if place else ()
    changes = {"place": place, "names": names, "lands": (), **changes}
    return msgspec.structs.replace(account, **changes)


@pytest.mark.parametrize("other", [BORDERING, FAR_SOUTH])
def test_two_provinces_are_two_deeds(other: Location) -> None:
    assert not compare(on_monday(NORTH, 12), on_monday(other, 9)).is_match


@pytest.mark.parametrize(
    "other",
    [
        TOWN,
        LAND,
        msgspec.structs.replace(NORTH, geonameid=21),
        msgspec.structs.replace(NORTH, name="Dun State", geonameid=22, told="Dun"),
        msgspec.structs.replace(BORDERING, told="Dune State"),
    ],
)
def test_a_province_with_its_town_its_country_and_its_other_spelling(other: Location) -> None:
    assert compare(on_monday(NORTH, 12), on_monday(other, 9)).is_match


def test_a_province_that_is_lent_parts_nothing() -> None:
    told, lent = on_monday(NORTH, 12), on_monday(FAR_SOUTH, 12, lent_place=True)
    assert compare(told, lent).is_match


def test_a_town_lies_in_one_province() -> None:
    away = msgspec.structs.replace(TOWN, lat=12.0, admin1="Rift State")
    assert relation(NORTH, away).name == "two provinces"
    assert relation(NORTH, msgspec.structs.replace(away, admin1="Dune State")).name == "inside"


def unknown(name: str) -> Location:
    return Location(name, told=name)


@pytest.mark.parametrize(
    ("there", "lands"),
    [
        (unknown("Masra Til"), ()),
        (spot("Harun", 11.3, 41.2, 15, Precision.NEAR), ("XAA",)),
    ],
)
def test_two_names_that_no_gazetteer_knows_are_two_places(there: Location, lands: tuple[str, ...]) -> None:
    assert not compare(on_monday(unknown("Dabar Qoro"), 12), on_monday(there, 9, lands=lands)).is_match


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({}, {"place": unknown("Dabarqora")}),  # another spelling
        ({}, {"place": NORTH}),  # its province, for all one knows
        ({"lands": ("XAA",)}, {"place": TOWN, "lands": ("XAA",)}),  # its town
        ({"names": ("dabar qoro", "masra til")}, {}),  # one report names both
        ({"sites": ("market",)}, {"sites": ("market",)}),
        ({"lent_place": True}, {}),
    ],
)
def test_a_name_that_no_gazetteer_knows_may_lie_there(
    here: dict[str, object], there: dict[str, object]
) -> None:
    a = on_monday(unknown("Dabar Qoro"), 12, **here)
    assert compare(a, on_monday(**{"place": unknown("Masra Til"), "killed": 9, **there})).is_match


def test_a_count_told_alike_says_more_than_two_unknown_names() -> None:
    pair = on_monday(unknown("Dabar Qoro"), 12), on_monday(unknown("Masra Til"), 12)
    assert "two unknown places" not in {s.name for s in differing(*pair)}


def test_a_water_with_and_without_the_word_for_it() -> None:
    river = msgspec.structs.replace(LAND, name="Sanda River", precision=Precision.REGION, told="Sanda River")
    assert relation(unknown("the Sanda"), river).name == "same place"
    assert relation(unknown("the Sanda"), unknown("Sanda Bridge")).name != "elsewhere"
    assert relation(Location("Chad", "TCD", told="Chad"), unknown("Lake Chad")).name != "same large area"
    near_town = on_monday(TOWN, 12, names=("harun", "sanda river"))
    assert where(near_town, on_monday(unknown("the Sanda"), 25))[0].name == "place told in the report"
    other = on_monday(TOWN, 12, names=("harun", "dabar qoro"))  # some other event's place
    assert where(other, on_monday(unknown("Dabar Qoro"), 25))[0].name == "elsewhere"


@pytest.mark.parametrize(
    "changes",
    [
        {"latest": date(2031, 3, 9)},
        {"sites": ("church", "clinic")},
    ],
)
def test_a_sum_of_several_attacks_is_none_of_them(changes: dict[str, object]) -> None:
    single = on_monday(TOWN, 7)
    counts = (*single.counts, Count("attacks", 2, 2, 2))
    whole = on_monday(TOWN, 11, counts=counts, **changes)
    assert compare(single, whole).score == 0
    again = on_monday(TOWN, 12, counts=counts)  # tells the two as one deed, too
    assert compare(again, whole).score > 0


def test_two_strikes_on_one_market_are_one_deed() -> None:
    single = on_monday(TOWN, 12, sites=("market",))
    both = on_monday(TOWN, 12, sites=("market",), counts=(*single.counts, Count("attacks", 2, 2, 2)))
    assert compare(single, both).is_match
