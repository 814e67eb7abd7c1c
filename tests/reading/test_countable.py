"""Which numbers count something at all, and as of which day they do. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from accordingto.integrity import violations
from accordingto.reading.figures import FigureTables, FoundFigure, find_figures
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.record import Measure, Record
from accordingto.spans import Range

FIGURES, TIMES = FigureTables.load(), TimeTables.load()
PUBLISHED = date(2031, 3, 5)  # a Wednesday
Make = Callable[..., Layers]


def find(text: str, layers: Layers) -> tuple[FoundFigure, ...]:
    times = find_times(text, within=[Range(0, len(text))], published=PUBLISHED, tables=TIMES)
    return find_figures(text, layers, times, FIGURES)


def words(text: str, layers: Layers) -> list[str]:
    return [text[slice(*f.at)] for f in find(text, layers)]


@pytest.mark.parametrize(
    "text",
    [
        "The two countries signed a pact.",
        "Our two friendly peoples are at peace.",
        "The pact binds the two neighbouring states.",
        "Ostan and Kor said the two leaders would meet again.",
        "The two cabinet ministers met, as any given two Ostan member countries may.",
        "They met after 10 in the morning.",
        "The letter was sent on 29 February.",
        "Whoever saw him should contact police on 131 444.",
        "The plan reads: 1- a school, 2- a well, 3 – a road.",
    ],
)
def test_what_only_looks_like_a_count(text: str, layers: Make) -> None:
    assert words(text, layers(text, [], [])) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two countries left the union.", ["Two"]),
        ("The two ministers were arrested.", ["two"]),
        ("The two main parties of the north agreed.", ["two"]),
        ("The two women fled.", ["two"]),
        ("The three countries signed a pact.", ["three"]),
        ("They freed 10 in the evening raid.", ["10"]),
        ("The mayor counted on 131 444 votes.", ["131 444"]),
        ("He left 2 – perhaps 3 – boats.", ["2", "3"]),
    ],
)
def test_what_counts_all_the_same(text: str, wanted: list[str], layers: Make) -> None:
    assert words(text, layers(text, [], [])) == wanted


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("He was filmed by 9 NEWS in Kor.", "9 NEWS", "Organization"),
        ("She founded 50 Lanterns last May.", "50 Lanterns", "Organization"),
        ("They met at the 14 de Mayo in Kor.", "14 de Mayo", "Facility"),
        ("It fell in front of 12 West Mill Street.", "12 West Mill Street", "Facility"),
    ],
)
def test_a_name_may_begin_with_a_number(text: str, name: str, label: str, layers: Make) -> None:
    assert words(text, layers(text, [(name, label)], [])) == []


@pytest.mark.parametrize(
    ("text", "name", "label", "wanted"),
    [
        ("Gunmen killed 12 Freedonians.", "12 Freedonians", "Misc", ["12"]),
        ("Workers opened the 90MW Kor Dam.", "90MW Kor Dam", "Facility", ["90MW"]),
        ("Some 27 firms took part.", "27 firms", "Organization", ["Some 27"]),
    ],
)
def test_a_number_before_a_name_counts(
    text: str, name: str, label: str, wanted: list[str], layers: Make
) -> None:
    assert words(text, layers(text, [(name, label)], [])) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Profits fell to JD243.", [("JD243", 243, "JOD")]),
        ("Losses came to KD200 million.", [("KD200 million", 200000000, "KWD")]),
        ("It rose from SR24 million to SR26 million.", [("SR24 million", 24000000, "SAR"), ("SR26 million", 26000000, "SAR")]),
        ("The firm owes tens of billions of won.", [("tens of billions of won", None, "KRW")]),
        ("It came to KD200 million or $600 million.", [("KD200 million", 200000000, "KWD"), ("$600 million", 600000000, "USD")]),
        ("They paid Rs 5 million or $60,000.", [("Rs 5 million", 5000000, "rupee"), ("$60,000", 60000, "USD")]),
        ("The fine is AED500.", [("AED500", 500, "AED")]),
    ],
)  # fmt: skip
def test_currencies_written_on_digits(
    text: str, wanted: list[tuple[str, int | None, str]], layers: Make
) -> None:
    found = find(text, layers(text, [("JD243", "Misc")] if "JD243" in text else [], []))
    assert [(text[slice(*f.at)], f.best, f.unit) for f in found] == wanted
    assert {f.measure for f in found} == {Measure.MONEY}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police in Kor have arrested 23 men.", False),
        ("Police have already arrested 23 men.", True),
        ("Some 23 men have been arrested.", True),
        ("Since May police have detained 23 men.", True),
        ("The fever has killed 23 men.", True),
    ],
)
def test_who_has_arrested_some_keeps_no_running_toll(text: str, wanted: bool, layers: Make) -> None:
    (found,) = (f for f in find(text, layers(text, [], [])) if f.best == 23)
    assert found.cumulative is wanted


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said the 40 people who died were migrants, among whom were 27 Ostanis and 13 Korans.",
        "The wave killed 40 people, including 27 Ostanis and 13 Korans.",
    ],
)
def test_the_parts_of_a_toll_are_of_its_measure(text: str, layers: Make) -> None:
    found = find(text, layers(text, [], []))
    assert [(f.best, f.measure) for f in found] == [(n, Measure.KILLED) for n in (40, 27, 13)]


def test_what_befell_the_whole_is_told_right_behind_it(layers: Make) -> None:
    text = "A group said 30 of the 47 people who were arrested remained in prison."
    assert [(f.best, f.measure) for f in find(text, layers(text, [], []))] == [
        (30, Measure.DETAINED),
        (47, Measure.DETAINED),
    ]
    text = "Three of the 12 people who were on the bus died."
    assert [(f.best, f.measure) for f in find(text, layers(text, [], []))] == [
        (3, Measure.KILLED),
        (12, Measure.OTHER),
    ]


def test_a_later_figure_of_a_toll_counts_the_same(layers: Make) -> None:
    text = "At least nine people died in the blast in the old port of Kor, the mayor said, a figure later raised to 12."
    found = find(text, layers(text, [], []))
    assert [(f.best, f.measure) for f in found] == [(9, Measure.KILLED), (12, Measure.KILLED)]


def as_of(record: Record) -> list[tuple[float | None, str | None]]:
    days = {t.id: t.span.text for t in record.times}
    return [(f.best, days[f.as_of] if f.as_of else None) for f in record.figures]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("By Monday, 40 people had died.", [(40, "Monday")]),
        ("Some 350 boats had been lost by Monday.", [(350, "Monday")]),
        ("As of Monday, 12 people had been hurt.", [(12, "Monday")]),
        ("Until last Tuesday, the police registered 400 arrests.", [(400, "last Tuesday")]),
        ("The toll rose from 20 to 45 by Monday.", [(20, None), (45, "Monday")]),
        ("The debt of $35 million could rise to $110 million by 2040.", [(35000000, None), (110000000, None)]),
        ("Some 190 chiefs met, and asked the ministry to shut the office by Monday.", [(190, None)]),
        ("He heard nothing until Monday when he was handed 14 letters.", [(14, None)]),
        ("As of April 1, flights to 14 towns will resume.", [(14, None)]),
        ("He owed 600 crowns although his box held 200 crowns as of Monday.", [(600, None), (200, "Monday")]),
    ],
)  # fmt: skip
def test_a_number_is_as_of_the_day_up_to_which_it_counts(
    text: str, wanted: list[tuple[int, str | None]], reader: Reader
) -> None:
    assert as_of(reader.read(text, published=PUBLISHED)) == wanted


def test_a_duration_that_is_a_figure_is_no_time(reader: Reader) -> None:
    record = reader.read(
        "On Monday a court in Kor sentenced him to five years in prison. By Tuesday, 40 people had fled.",
        published=PUBLISHED,
    )
    assert violations(record) == ()
    assert [t.span.text for t in record.times] == ["Monday", "Tuesday"]
    assert [f.span.text for f in record.figures] == ["five years", "40"]
    days = {t.id: t.span.text for t in record.times}
    assert [days[e.time] for e in record.events if e.time][:1] == ["Monday"]
    assert [days[f.as_of] for f in record.figures if f.as_of] == ["Tuesday"]


def test_a_duration_that_places_an_event_stays_a_time(reader: Reader) -> None:
    record = reader.read("The siege was lifted after 11 months of war in Kor.", published=PUBLISHED)
    assert [t.value for t in record.times] == ["P11M"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("With 40 days until the vote, police in Kor held nine men.", ["P40D"]),
        ("The vote in Kor is three weeks away, the mayor said.", ["P3W"]),
        ("The raid on Kor, four decades on, was remembered by its people.", ["P4DE"]),
        ("During his six years in office, soldiers killed 40 people in Kor.", ["P6Y"]),
        ("In a span of two years, gunmen killed 30 people in Kor.", ["P2Y"]),
        ("Over the course of five days, gunmen killed 30 people in Kor.", ["P5D"]),
        ("He was freed, and two years down the road police held him in Kor.", ["P2Y"]),
        ("A court in Kor sent him to prison for six years on false charges.", []),
        ("The border lies five hours away, said the police in Kor.", []),
        ("During her three day visit, police in Kor held nine men.", []),
    ],
)
def test_words_around_a_duration_that_places_an_event(text: str, wanted: list[str], reader: Reader) -> None:
    record = reader.read(text, published=PUBLISHED)
    assert [t.value for t in record.times] == wanted
    lasting = [f.span.text for f in record.figures if f.measure is Measure.DURATION]
    assert bool(lasting) is not bool(wanted)


def test_each_of_two_deeds_counts_its_own(reader: Reader) -> None:
    text = "In the raid six children were rescued and 73 men were arrested in Oruro on Monday."
    record = reader.read(text, published=PUBLISHED)
    triggers = {e.id: e.trigger.text for e in record.events}
    assert [(f.best, f.measure, triggers.get(f.event or "")) for f in record.figures] == [
        (6, Measure.OTHER, None),
        (73, Measure.DETAINED, "arrested"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The No. 3 and No. 4 kilns in Kestrel were shut.", []),
        ("Blocks 5 and 6 were damaged.", []),
        ("Units 1, 2 and 3 at the plant were hit.", []),
        ("Blocks 5 metres wide fell on 6 boats.", ["5 metres", "6"]),
        ("In reactors 4 workers died.", ["4"]),
    ],
)
def test_numbers_of_things_named_together_count_nothing(text: str, wanted: list[str], layers: Make) -> None:
    assert words(text, layers(text, [], [])) == wanted
