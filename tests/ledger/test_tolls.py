from __future__ import annotations

import random

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.speakers import Speakers
from accordingto.ledger.tolls import TollPoint, calls_home, toll_points, tolls
from accordingto.record import Place, Precision


def told(words: str, number: int, day: str, outlet: str = "Coast Wire", low: int | None = None) -> Story:
    s = Story(
        f"{words} people have been killed in Marda since November, the health office said. Its figures do not "
        "distinguish between civilians and fighters.",
        published=day,
        outlet=outlet,
    )
    c = s.claim("the health office", "said", f"{words} people have been killed in Marda since November")
    s.time("November", "2030-11-01", "2030-11-30")
    s.figure(
        words, number, claims=(c,), cumulative=True, place=s.place("Marda"), low=low,
        caveat="Its figures do not distinguish between civilians and fighters.",
    )  # fmt: skip
    return s


def points(*stories: Story) -> list[TollPoint]:
    return [p for s in stories for p in toll_points(s.record(), s.raw.name, Speakers(s.record()))]


STORIES = [
    told("More than 2,100", 2100, "2031-03-04", low=2101),
    told("More than 2,100", 2100, "2031-03-04", outlet="Harbour Post", low=2101),
    told("2,160", 2160, "2031-03-06"),
]


def test_one_series_of_one_authority() -> None:
    [toll] = tolls(points(*STORIES))
    assert (toll.authority, toll.measure, toll.population, toll.since) == (
        "the health office",
        "killed",
        None,
        "2030-11-01",
    )
    assert toll.place is not None
    assert toll.place.name == "Marda"
    assert [(e.as_of, e.low, e.best, e.comparator) for e in toll.series] == [
        ("2031-03-04", 2101, 2100, "more than"),
        ("2031-03-06", 2160, 2160, None),
    ]
    assert toll.series[0].caveats == ("Its figures do not distinguish between civilians and fighters.",)


def test_order_makes_no_difference() -> None:
    rows = points(*STORIES)
    for seed in range(10):
        mixed = rows[:]
        random.Random(seed).shuffle(mixed)
        assert tolls(mixed) == tolls(rows)


def test_an_incidents_own_count_is_no_toll() -> None:
    s = Story("A strike killed six.")
    s.figure("six", 6, event=s.event("strike", "strike"))
    assert points(s) == []


@pytest.mark.parametrize(
    ("words", "running"),
    [
        ("Marda lost over 60 dead and wounded in the hills", False),
        ("Marda lost over 60 dead in the hills", True),
        ("A raid killed 60 in Marda in 2029", False),
        ("War, which began in 2029, has killed 60 in Marda", True),
        ("War has killed 60 in Marda since 2029", True),
        ("Floods killed 60 in Marda in 2031", True),
        ("It is 80 years since a raid that began in Marda killed 60", False),
    ],
)
def test_what_was_over_long_ago_and_the_wounded_are_no_toll(words: str, running: bool) -> None:
    s = Story(f"{words}, the clinic said.")
    s.place("Marda")
    for year in ("2029", "2031"):
        if year in words:
            s.time(year, f"{year}-01-01", f"{year}-12-31")
    c = s.claim("the clinic", "said", words)
    s.figure("60", 60, claims=(c,), cumulative=True)
    assert bool(points(s)) == running


def test_a_deed_is_no_people() -> None:
    s = Story("There were 24 arrests in Marda so far, the clinic said.")
    c = s.claim("the clinic", "said", "There were 24 arrests in Marda so far")
    s.figure("24", 24, "detained", claims=(c,), cumulative=True, place=s.place("Marda"), of="arrests")
    assert [p.population for p in points(s)] == [None]


def test_json() -> None:
    row = tolls(points(STORIES[0]))[0].to_dict()
    assert list(row) == ["id", "authority", "measure", "population", "place", "since", "series"]
    assert list(row["series"][0]) == [
        "as_of",
        "low",
        "best",
        "high",
        "comparator",
        "caveats",
        "report",
        "claim",
    ]


def of_the_war(text: str, number: str, count: int, town: str | None, day: str) -> Story:
    s = Story(text, published=day, outlet=f"Wire {count}")
    words = text.partition(" said ")[2].partition(".")[0]
    c = s.claim("The Aland health ministry", "said", words, party="XAA GOV")
    if town:
        s.place(town)
    s.figure(number, count, claims=(c,), cumulative=True)
    return s


def test_a_toll_of_a_war_is_of_its_authoritys_country_wherever_else_a_bus_crashed() -> None:
    said = "The Aland health ministry said {} people had been killed"
    stories = [
        of_the_war(f"{said.format('12,300')} in the country since the war began. Ships reached Marda.", "12,300", 12300, "Marda", "2031-03-04"),
        of_the_war(f"{said.format('12,412')} since the war began.", "12,412", 12412, "Aland", "2031-03-08"),
        of_the_war(f"{said.format('12,500')} since the war began. A bus crashed in Tel Rif.", "12,500", 12500, "Tel Rif", "2031-03-12"),
    ]  # fmt: skip
    [toll] = tolls(points(*stories))
    assert [e.best for e in toll.series] == [12300, 12412, 12500]
    assert toll.place is not None
    assert toll.place.country == "XAA"


def test_a_toll_is_of_its_events_place() -> None:
    s = Story("A boat sank off Marda. The agency said that 28,000 people have died in Belmar since 2014.")
    s.place("Marda")
    c = s.claim("The agency", "said", "that 28,000 people have died in Belmar since 2014")
    v = s.event("death", "died", place=s.place("Belmar"), claims=(c,))
    s.figure("28,000", 28000, event=v, claims=(c,), cumulative=True)
    [point] = points(s)
    assert point.place is not None
    assert point.place.name == "Belmar"


@pytest.mark.parametrize(
    "words",
    [
        "has risen from 62 to 87",
        "rose to 87 on Monday from 62",
        "climbed to 87, up from 62",
        "was revised, after the storm that struck the hills and the towns behind them, to 87 from 62",
        "was lowered to 87, down from 62",
        "stands at 87, revised down from 62",
    ],
)
def test_what_a_toll_was_before_is_no_point_of_the_day(words: str) -> None:
    s = Story(f"The toll in Marda {words}.")
    s.place("Marda")
    for number in (62, 87):
        s.figure(f"{number}", number, cumulative=True)
    assert [p.best for p in points(s)] == [87]


def test_what_somebody_denies_is_no_count_of_his() -> None:
    s = Story("Aland denied that 4,000 people had been killed.")
    c = s.claim("Aland", "denied", "that 4,000 people had been killed", act="deny")
    s.figure("4,000", 4000, claims=(c,), cumulative=True)
    assert points(s) == []


def test_what_a_foiled_attack_would_have_cost_is_no_toll() -> None:
    s = Story("Police said they foiled a bombing that would have killed 40 people.")
    c = s.claim("Police", "said", "they foiled a bombing that would have killed 40 people")
    v = s.event("bombing", "bombing", factuality="negated", claims=(c,))
    s.figure("40", 40, event=v, claims=(c,), cumulative=True)
    assert points(s) == []


def fled(since: str, first: str) -> Story:
    said = f"9,000 people have fled the town since {since}"
    s = Story(f"Rebels seized Marda in Aland. {said}, the agency said.", published="2031-03-10")
    c = s.claim("the agency", "said", said)
    s.time(since, first)
    s.place("Marda")
    s.place("Aland")
    s.figure("9,000", 9000, "displaced", claims=(c,), cumulative=True)
    return s


@pytest.mark.parametrize(
    ("since", "first", "where"), [("Saturday", "2031-03-08", "Marda"), ("2029", "2029-01-01", "Aland")]
)
def test_a_count_since_a_day_of_this_week_is_of_the_town(since: str, first: str, where: str) -> None:
    [point] = points(fled(since, first))
    assert point.place is not None
    assert (point.place.name == "Marda") == (where == "Marda")
    assert point.place.country == "XAA"


def test_the_dead_of_a_war_are_a_toll_of_its_country_in_whatever_words() -> None:
    stories = []
    for town, number, count, day in (("Marda", "2,100", 2100, "04"), ("Tel Rif", "2,160", 2160, "09")):
        s = Story(f"A bus crashed in {town}. The clinic said the war had killed at least {number} people.", f"2031-03-{day}")  # fmt: skip
        s.place(town)
        c = s.claim("The clinic", "said", f"the war had killed at least {number} people")
        s.figure(number, count, event=s.event("invasion", "war", claims=(c,)), claims=(c,))
        stories.append(s)
    [toll] = tolls(points(*stories))
    assert [e.best for e in toll.series] == [2100, 2160]
    assert toll.place is not None
    assert toll.place.country == "XAA"
    assert toll.place.lat is None


def test_those_who_died_last_are_no_earlier_toll() -> None:
    s = Story("The toll of the strike on Marda has risen to 19 after five of the wounded died.")
    v = s.event("strike", "strike", place=s.place("Marda"))
    for words, number in (("19", 19), ("five", 5)):
        s.figure(words, number, event=v, cumulative=True)
    assert [p.best for p in points(s)] == [19]


def test_children_counted_apart_have_a_toll_of_their_own() -> None:
    s = Story("2,100 people have been killed in Marda since November, including 700 children.")
    s.place("Marda")
    s.figure("2,100", 2100, cumulative=True)
    s.figure("700", 700, cumulative=True, of="children")
    assert sorted(p.best or 0 for p in points(s)) == [700, 2100]


def beside_a_strike(who: str) -> Story:
    s = Story(
        f"A bomb fell on Marda. Its dead join the 9,000 people killed in ten months of war, {who} said. Aland is shut."
    )
    c = s.claim(who, "said", "the 9,000 people killed in ten months of war")
    v = s.event("strike", "fell", place=s.place("Marda"))
    s.place("Aland")
    s.figure("9,000", 9000, event=v, claims=(c,), cumulative=True)
    return s


@pytest.mark.parametrize(
    ("who", "place"), [("the Alander health office", "Aland"), ("the Aland health office", "Aland")]
)
def test_a_toll_of_a_war_is_not_of_the_strike_told_before_it(who: str, place: str) -> None:
    [point] = points(beside_a_strike(who))
    assert point.place is not None
    assert point.place.name == place


def test_a_word_for_a_people_is_no_other_country_s() -> None:
    s = Story("Niger shut its border.")
    s.parts["P"].append(
        Place("P1", s.at("Niger"), "Niger", 9, "NER", None, 10.0, 40.0, "PCLI", Precision.COUNTRY, 0.9)
    )
    [place] = s.record().places
    assert not calls_home("the Nigerian army", place)
    assert calls_home("the army of Niger", place)


def test_a_share_is_no_toll() -> None:
    s = Story("So far about half of the children in Marda had been reached, the health office said.")
    c = s.claim("the health office", "said", "So far about half of the children in Marda had been reached")
    s.figure("half", 50, "share", claims=(c,), cumulative=True, place=s.place("Marda"))
    assert points(s) == []
