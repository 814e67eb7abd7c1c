from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto.reading.layers import Timex
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.record import TimeType
from accordingto.spans import Range

TABLES = TimeTables.load()
FRIDAY = date(2031, 3, 7)


def find(text: str, published: date | None = FRIDAY) -> tuple[Timex, ...]:
    return find_times(text, within=[Range(0, len(text))], published=published, tables=TABLES)


def by_line(text: str, published: date) -> tuple[Timex, ...]:
    lines = [Range(text.index(x), text.index(x) + len(x)) for x in text.split("\n") if x]
    return find_times(text, within=lines, published=published, tables=TABLES)


CASES = [
    ("A reporter arrested on Monday will stand trial.", "Monday", "2031-03-03"),
    ("The bodies of the men shot dead on Sunday will be buried.", "Sunday", "2031-03-02"),
    ("The bridge destroyed on Sunday will be rebuilt.", "Sunday", "2031-03-02"),
    ("The envoy who met rebels on Monday will fly home.", "Monday", "2031-03-03"),
    ("Soldiers captured by rebels in Kor on Monday will be tried.", "Monday", "2031-03-03"),
    ("The court will hear the men shot on Monday.", "Monday", "2031-03-03"),
    ("The president elected in May will speak.", "May", "2030-05"),
    ("A law passed in December will be contested.", "December", "2030-12"),
    ("The men will be tried and sentenced on Monday.", "Monday", "2031-03-10"),
    ("The disputed vote in Kor on Sunday will go on.", "Sunday", "2031-03-09"),
    ("Talks scheduled in Kor on Sunday will go on.", "Sunday", "2031-03-09"),
    ("The bridge paid for by Freedonia opens on Sunday.", "Sunday", "2031-03-09"),
    ("The minister will meet people displaced by floods on Sunday.", "Sunday", "2031-03-09"),
    ("He will proceed on Monday.", "Monday", "2031-03-10"),
    ("The agency aims to reach all villages by 30 June.", "30 June", "2031-06-30"),
    ("A round, from 3 to 9 June, aims to reach the north.", "3 to 9 June", "2031-06-03/2031-06-09"),
    ("The next round is planned from 10 to 14 July.", "10 to 14 July", "2031-07-10/2031-07-14"),
    ("Projected figures for June–August show a rise.", "June–August", "2031-06/2031-08"),
    (
        "Last Sunday's vote was disputed. Police fired at 10 p.m. on the bridge.",
        "10 p.m.",
        "2031-03-07T22:00",
    ),
    ("Rallies follow Monday's vote. They began at 9 p.m. in Kor.", "9 p.m.", "2031-03-07T21:00"),
    ("Monday's attack killed two. A gunman came at 9 p.m. by car.", "9 p.m.", "2031-03-03T21:00"),
    ("He left after Monday's vote at 9 p.m. by car.", "9 p.m.", "2031-03-03T21:00"),
    ("The rebels held the town for three days before troops retook it.", "three days", "P3D"),
    ("On Saturday, for its part, the choir will sing.", "Saturday", "2031-03-08"),
    ("On Sunday, officials agreed that talks will go on.", "Sunday", "2031-03-02"),
    ("It burned down in the early hours of Sunday.", "the early hours of Sunday", "2031-03-02TMO"),
    ("By 9a.m on Tuesday, it stood. On Thursday it burned.", "9a.m", "2031-03-04T09:00"),
    ("On Monday he left. He was back around 7 pm on Wednesday.", "7 pm", "2031-03-05T19:00"),
    ("On Monday he left. He was back at 3 p.m. local time, and slept.", "3 p.m.", "2031-03-03T15:00"),
    ("It is kept every year on 2 February. On this day, families bring flowers.", "this day", "2031-02-02"),
    ("They trained in the winter of 2028-2029.", "the winter of 2028-2029", "2028-WI"),
    ("Some fled during the June riot.", "June", "2030-06"),
    ("They left the summer heat.", "the summer", "2031-SU"),
    ("The market stays shut until Monday.", "until Monday"[6:], "2031-03-10"),
    ("Sales fell short of the same month last year.", "the same month last year", "2030-03"),
    ("They lost more than in the year previous.", "the year previous", "2030"),
    ("It was calm for the entire week.", "the entire week", "2031-W10"),
    ("The wind turned late in the day.", "late in the day", "2031-03-07"),
    ("They met over the weekend.", "the weekend", "2031-W09-WE"),
    ("The choir will sing over the weekend.", "the weekend", "2031-W10-WE"),
    ("They met this past weekend.", "this past weekend", "2031-W09-WE"),
    ("It was sold two quarters ago.", "two quarters ago", "2030-Q3"),
    ("It rose in the same quarter last year.", "the same quarter last year", "2030-Q1"),
    ("On Sept. 7 the court will rule.", "Sept. 7", "2031-09-07"),
    ("Aug. 5 is the deadline.", "Aug. 5", "2031-08-05"),
    ("The vote, on Aug. 5, is expected to be close.", "Aug. 5", "2031-08-05"),
    ("A vote is scheduled by Gov. Ruiz for August 5.", "August 5", "2031-08-05"),
    ("The war began on Aug. 5. Mali will vote.", "Aug. 5", "2030-08-05"),
    ("The war that began on Aug. 5 will end.", "Aug. 5", "2030-08-05"),
    ("The Aug. 5 attack on Gao will not be forgotten.", "Aug. 5", "2030-08-05"),
    ("The raid on Aug. 5 killed six, and Mali will vote.", "Aug. 5", "2030-08-05"),
    ("He was arrested last March.", "last March", "2030-03"),
    ("It struck at 12:30 a.m. on Thursday.", "12:30 a.m.", "2031-03-06T00:30"),
    ("It struck at 12 p.m. sharp.", "12 p.m.", "2031-03-07T12:00"),
    ("It struck at 2031-02-11T05:30.", "2031-02-11T05:30", "2031-02-11T05:30"),
    ("It struck at 2031-02-11T05:30:10Z.", "2031-02-11T05:30:10Z", "2031-02-11T05:30Z"),
    ("It fell in 2029-09.", "2029-09", "2029-09"),
    ("It fell in 1998-02.", "1998-02", "1998-02"),
    ("It fell in 1999-00.", "1999-00", "1999/2000"),
    ("It fell in 2014–16.", "2014–16", "2014/2016"),
    ("It fell in 2024-2011.", "2024-2011", "2024"),
    ("A raid on FRİDAY failed, like that of Frıday.", "FRİDAY", "2031-03-07"),
    ("They left in Aprıl and April 2024.", "Aprıl", "2030-04"),
    ("The daily dies away on 14 March.", "14 March", "2031-03-14"),
    ("The daily died away on 14 April.", "14 April", "2030-04-14"),
    ("They marched on Christmas Eve.", "Christmas Eve", "2030-12-24"),
    ("At the beginning of the fiscal year it rose.", "the beginning of the fiscal year", "FY2031"),
    ("Aid fell in the fiscal year 2029.", "the fiscal year 2029", "FY2029"),
    ("It shrank for two consecutive quarters.", "two consecutive quarters", "P2Q"),
    ("It rose in the last quarter.", "the last quarter", "2030-Q4"),
    ("It rose in the third quarter.", "the third quarter", "2030-Q3"),
    ("The boat sank at 0410 UTC.", "0410 UTC", "2031-03-07T04:10Z"),
    ("They held their Autumn meetings.", "Autumn", "2031-FA"),
    ("It happened on Friday.", "Friday", "2031-03-07"),
    ("It happened on Thursday.", "Thursday", "2031-03-06"),
    ("It happened on Saturday.", "Saturday", "2031-03-01"),
    ("The court will meet on Monday.", "Monday", "2031-03-10"),
    ("A vote is scheduled for Wednesday.", "Wednesday", "2031-03-12"),
    ("They leave next Tuesday.", "next Tuesday", "2031-03-11"),
    ("They left last Friday.", "last Friday", "2031-02-28"),
    ("Shells fell on Thursday night.", "Thursday night", "2031-03-06TNI"),
    ("It rained on Thursday morning.", "Thursday morning", "2031-03-06TMO"),
    ("He came yesterday.", "yesterday", "2031-03-06"),
    ("He comes tomorrow.", "tomorrow", "2031-03-08"),
    ("He spoke today.", "today", "2031-03-07"),
    ("Shelling resumed overnight.", "overnight", "2031-03-06TNI"),
    ("They fled last night.", "last night", "2031-03-06TNI"),
    ("They met this morning.", "this morning", "2031-03-07TMO"),
    ("It was signed on March 3, 2029.", "March 3, 2029", "2029-03-03"),
    ("It was signed on 3 March 2029.", "3 March 2029", "2029-03-03"),
    ("It was signed on Sept. 9, 2028.", "Sept. 9, 2028", "2028-09-09"),
    ("The Oct. 7 attacks shook them.", "Oct. 7", "2030-10-07"),
    ("It began on January 15.", "January 15", "2031-01-15"),
    ("It began on the 2nd; on February 2nd it ended.", "February 2nd", "2031-02-02"),
    ("The talks will open on March 20.", "March 20", "2031-03-20"),
    ("It started in February.", "February", "2031-02"),
    ("It started in March.", "March", "2031-03"),
    ("It started in June.", "June", "2030-06"),
    ("It started in May 2027.", "May 2027", "2027-05"),
    ("In November last year it fell.", "November last year", "2030-11"),
    ("It opened on 5 January this year.", "5 January this year", "2031-01-05"),
    ("Early Wednesday, rain fell.", "Early Wednesday", "2031-03-05"),
    ("On Monday, March 3, they met.", "Monday, March 3", "2031-03-03"),
    ("They met this week.", "this week", "2031-W10"),
    ("They met earlier this week.", "earlier this week", "2031-W10"),
    ("He said this past week that it was over.", "this past week", "2031-W10"),
    ("They met last week.", "last week", "2031-W09"),
    ("They meet next week.", "next week", "2031-W11"),
    ("It fell last month.", "last month", "2031-02"),
    ("It fell earlier this month.", "earlier this month", "2031-03"),
    ("It fell last year.", "last year", "2030"),
    ("It ends next year.", "next year", "2032"),
    ("Prices rose earlier this year.", "earlier this year", "2031"),
    ("It happened two weeks ago.", "two weeks ago", "2031-W08"),
    ("It happened three days ago.", "three days ago", "2031-03-04"),
    ("It happened two months ago.", "two months ago", "2031-01"),
    ("It happened three years ago.", "three years ago", "2028"),
    ("It happened a year ago.", "a year ago", "2030"),
    ("It happened a decade ago.", "a decade ago", "202"),
    ("It lasted 11 months.", "11 months", "P11M"),
    ("It lasted two weeks.", "two weeks", "P2W"),
    ("It lasted six hours.", "six hours", "PT6H"),
    ("It lasted several days.", "several days", "PXD"),
    ("It lasted a few years.", "a few years", "PXY"),
    ("In recent months it grew.", "recent months", "PXM"),
    ("Over the past three years it grew.", "the past three years", "P3Y"),
    ("In the coming days it may end.", "the coming days", "PXD"),
    ("For decades they waited.", "decades", "PXDE"),
    ("After months of talks they met.", "months", "PXM"),
    ("In the 1990s they fled.", "the 1990s", "199"),
    ("It was built in 1979.", "1979", "1979"),
    ("Since 2024 it has stood.", "2024", "2024"),
    ("It fell in early 2029.", "early 2029", "2029"),
    ("In the summer of 2024 it fell.", "the summer of 2024", "2024-SU"),
    ("They met in the second quarter of 2030.", "the second quarter of 2030", "2030-Q2"),
    ("It struck at 3 p.m. sharp.", "3 p.m.", "2031-03-07T15:00"),
    ("It struck at 14:30 local time.", "14:30 local time", "2031-03-07T14:30"),
    ("It struck at noon.", "noon", "2031-03-07T12:00"),
    ("On 2031-02-11 it struck.", "2031-02-11", "2031-02-11"),
    ("On 2/11/2031 it struck.", "2/11/2031", "2031-02-11"),
    ("They met on March 1. The next day they left.", "The next day", "2031-03-02"),
    ("They met on March 1. They left two days later.", "two days later", "2031-03-03"),
    ("On the morning of July 18, 2029 it burned.", "the morning of July 18, 2029", "2029-07-18TMO"),
    ("It shrank by the end of the month.", "the end of the month", "2031-03"),
    ("They met this weekend.", "this weekend", "2031-W09-WE"),
    ("They met last summer.", "last summer", "2030-SU"),
    ("It took half a year.", "half a year", "P6M"),
    ("It began late last year.", "late last year", "2030"),
]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The two sides agreed to hold talks in June, envoys said.", "2031-06"),
        ("Norway pledged to deliver tanks in May.", "2031-05"),
        ("The army plans to leave in December.", "2031-12"),
        ("The minister had promised to quit in May.", "2030-05"),
        ("The firm agreed to pay families of workers killed in May.", "2030-05"),
    ],
)
def test_what_somebody_undertakes_lies_ahead(text: str, value: str) -> None:
    assert [t.value for t in find(text, date(2031, 3, 9))] == [value]


def test_a_christmas_market_is_no_day() -> None:
    assert not find("A car ploughed into a Christmas market in Berlin.")


@pytest.mark.parametrize(("text", "words", "value"), CASES, ids=[c[1] for c in CASES])
def test_expressions_and_values(text: str, words: str, value: str) -> None:
    found = {text[t.at.start : t.at.end]: t.value for t in find(text)}
    assert found.get(words) == value, found


@pytest.mark.parametrize(
    "text",
    [
        "She may leave.",
        "A 26-year-old woman spoke.",
        "He is 11 years old.",
        "They march daily.",
        "About 2000 people came.",
        "Now it is over.",
        "He paid $2020 for it.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert [t for t in find(text) if t.type in (TimeType.DATE, TimeType.TIME)] == []


@pytest.mark.parametrize(
    "text",
    [
        "A 12-hour curfew began.",  # how long a curfew is, not when
        "A second wave of shells fell.",
        "They drop 300 bombs a month on it.",
        "She must report to them three times a week.",
        "Nobody knows to this day.",
        "A question by June Harlow was read out.",
        "The ‘Sunday Herald’ wrote of it.",
        "She spoke in the early hours after the raid.",
        "It was a weeks-long war and a day-long walk.",
        "She ended a three day trip.",
        "At the end of the day, it is a job.",
        "A quarter of a million people fled Goma.",
        "Three quarters of the houses burned.",
        "A quarter million people fled Goma.",
    ],
)
def test_what_is_no_time_of_any_kind(text: str) -> None:
    assert find(text) == ()


THURSDAY = date(2031, 11, 13)
LATER = [
    ("Ada to visit Port Lume on Monday\n\nIt rained.", "Monday", "2031-11-17"),
    ("Rhea's teachers to strike on Saturday\n\nIt rained.", "Saturday", "2031-11-15"),
    ("Rhea, Lume to hold talks in Ost on Saturday\n\nIt rained.", "Saturday", "2031-11-15"),
    ("Health workers in Ost to strike on Saturday\n\nIt rained.", "Saturday", "2031-11-15"),
    ("Envoys to Meet in Ost on Saturday\n\nIt rained.", "Saturday", "2031-11-15"),
    ("Talks resume on Monday, envoy says\n\nIt rained.", "Monday", "2031-11-17"),
    ("Talks between Rhea and Lume begin Monday in Ost.", "Monday", "2031-11-17"),
    ("Leaders meet in Ost on Sunday.", "Sunday", "2031-11-16"),
    ("The truce takes effect on Sunday at dawn.", "Sunday", "2031-11-16"),
    ("The truce, agreed to last month, expires on Sunday.", "Sunday", "2031-11-16"),
    ("Talks resume on Dec. 3.", "Dec. 3", "2031-12-03"),
    ("The truce expires on Jan. 19.", "Jan. 19", "2032-01-19"),
    ("A ruling is due next month, and the court meets on Dec. 1.", "Dec. 1", "2031-12-01"),
    ("The report is due Saturday.", "Saturday", "2031-11-15"),
]
EARLIER = [
    ("Thousands march to demand peace on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Crowds gather to mark a death on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Shops forced to close on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Heat leads schools to close on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Lume uses drones to strike Ost on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Man held over plot to strike Ost on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Ada was to visit Ost on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Talks begin in Ost as shelling kills six on Saturday.", "Saturday", "2031-11-08"),
    ("Rebels close in on Ost on Saturday.", "Saturday", "2031-11-08"),
    ("Troops return to Ost on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Strike leaves six dead on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Lume resumes strikes on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("Gunman opens fire at Ost on Saturday\n\nIt rained.", "Saturday", "2031-11-08"),
    ("She went to visit Ost on Saturday.", "Saturday", "2031-11-08"),
    ("The start on Saturday was slow.", "Saturday", "2031-11-08"),
    ("Talks did not resume on Saturday.", "Saturday", "2031-11-08"),
    ("Talks resume in Ost after a raid killed six on Saturday.", "Saturday", "2031-11-08"),
    ("Dues are low due to a raid on Dec. 3.", "Dec. 3", "2030-12-03"),
]


@pytest.mark.parametrize(
    ("text", "words", "value"), [*LATER, *EARLIER], ids=[c[0][:30] for c in [*LATER, *EARLIER]]
)
def test_what_is_scheduled_lies_ahead(text: str, words: str, value: str) -> None:
    found = {text[t.at.start : t.at.end]: t.value for t in by_line(text, THURSDAY)}
    assert found.get(words) == value, found


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("She was held for 1,340 days.", "1,340 days", "P1340D"),
        ("She was freed after 1,000 days.", "1,000 days", "P1000D"),
        ("She was held for 2.5 years.", "2.5 years", "P2.5Y"),
        ("She was held for 2½ years.", "2½ years", "P2.5Y"),
        ("She was held for two and a half years.", "two and a half years", "P2.5Y"),
        ("She was held for a year and a half.", "a year and a half", "P1.5Y"),
        ("She was held for two hundred days.", "two hundred days", "P200D"),
        ("She was freed two and a half years ago.", "two and a half years ago", "2029"),
        ("It was built 10,000 years ago.", "10,000 years ago", None),
        ("He was killed on 23/4/2030.", "23/4/2030", "2030-04-23"),
        ("He was killed on 4/3/2030.", "4/3/2030", "2030-04-03"),
        ("He was killed on 14.05.2030.", "14.05.2030", "2030-05-14"),
        ("He was killed on 05.14.2030.", "05.14.2030", "2030-05-14"),
    ],
)
def test_numbers_are_read_whole(text: str, words: str, value: str | None) -> None:
    assert [(text[t.at.start : t.at.end], t.value) for t in find(text, THURSDAY)] == [(words, value)]


def stamps(text: str) -> list[str | None]:
    return [t.value for t in by_line(text, FRIDAY) if t.type is TimeType.TIME]


def test_the_stamps_of_a_live_report_are_of_the_day_of_publication() -> None:
    text = "18:20 Talks enter a second round.\nThey began yesterday.\n17:45 Two killed.\n• 6.10 a.m. One was hurt.\n01:02 Yesterday it was calm."
    times = [f"2031-03-07T{hour}" for hour in ("18:20", "17:45", "06:10", "01:02")]
    assert stamps(text) == times


def test_the_stamps_below_a_day_are_of_that_day() -> None:
    text = (
        "How it went\nTuesday, March 4\n08:15 A raid began yesterday.\n09:00 on Wednesday\n10:30 It was over."
    )
    assert stamps(text) == ["2031-03-04T08:15", "2031-03-05T09:00", "2031-03-04T10:30"]


def test_an_hour_within_a_sentence_is_of_the_day_spoken_of() -> None:
    assert stamps("On Monday he left.\nHe was back at 18:20 and slept.") == ["2031-03-03T18:20"]


def test_without_a_publication_date_relative_times_stay_open() -> None:
    found = find("On Friday he said that it began on March 3, 2029, two weeks ago.", None)
    assert [t.value for t in found] == [None, "2029-03-03", None]


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Prices rose this winter.", date(2031, 1, 15), "2030-WI"),
        ("Prices rose last winter.", date(2031, 1, 15), "2029-WI"),
        ("Prices rose this winter.", date(2031, 12, 15), "2031-WI"),
        ("Shells fell over the weekend.", date(2031, 3, 3), "2031-W09-WE"),
        ("Shells fell over the weekend.", date(2031, 3, 8), "2031-W10-WE"),
        ("Shells fell last weekend.", date(2031, 3, 3), "2031-W09-WE"),
        ("He left last June.", date(2031, 9, 3), "2031-06"),
        ("On Jan. 15 the court will rule.", date(2031, 9, 3), "2032-01-15"),
        ("The vote on Oct. 5 was postponed.", date(2031, 9, 3), "2031-10-05"),
    ],
)
def test_the_day_of_publication_tells_what_is_past(text: str, published: date, value: str) -> None:
    assert [t.value for t in find(text, published)] == [value]


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Norland promised to send ten boats by June 30.", date(2031, 1, 10), "2031-06-30"),
        ("The league said that it would pay the families by the end of June.", date(2031, 5, 20), "2031-06"),
        ("A vote will be held by November 15.", date(2031, 3, 10), "2031-11-15"),
        ("They threatened to strike unless the army left by January 15.", date(2031, 11, 10), "2032-01-15"),
        ("The mayor agreed to leave before December.", date(2031, 2, 3), "2031-12"),
        ("Freedonia vowed to reopen the port by Christmas.", date(2031, 2, 3), "2031-12-25"),
        ("It will be built by March.", date(2031, 9, 3), "2032-03"),
        ("They vowed to leave by Friday.", date(2031, 3, 5), "2031-03-07"),
        ("The mayor had promised to open it by April 5.", date(2031, 4, 6), "2031-04-05"),
        ("The mayor had promised to open it by December 5.", date(2031, 1, 6), "2030-12-05"),
        ("The mayor promised to open it by April 5 but has not.", date(2031, 5, 20), "2031-04-05"),
        ("The toll would have risen by December.", date(2031, 1, 6), "2030-12"),
        ("The town, which will vote soon, had grown by December.", date(2031, 3, 6), "2030-12"),
        ("They agreed that sales had fallen by December.", date(2031, 1, 6), "2030-12"),
        ("New orders fell by December.", date(2031, 1, 6), "2030-12"),
        ("Last year it promised to pay by December.", date(2031, 1, 6), "2030-12"),
        ("The town will never be what it was before Oct. 7.", date(2031, 1, 6), "2030-10-07"),
    ],
)
def test_a_deadline_is_the_next_such_day(text: str, published: date, value: str) -> None:
    assert [t.value for t in find(text, published)][-1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It promised on May 3 to send boats by December 1.", "2031-12-01"),
        ("It promised on May 3 to send boats by May 5.", "2031-05-05"),
        ("In January it promised to send boats by March 1.", "2031-03-01"),
        ("In November it promised to send boats by December 1.", "2030-12-01"),
    ],
)
def test_a_deadline_counts_from_the_day_it_was_set(text: str, value: str) -> None:
    assert [t.value for t in find(text, date(2031, 5, 9))][-1] == value


def test_sentences_that_are_known_tell_what_looks_ahead() -> None:
    text = "A vote is due in, say, the dep. Rosa Lima runs for August 5. It will rain."
    cut = text.index(" It will")
    found = [
        find_times(text, within=[Range(0, len(text))], published=FRIDAY, tables=TABLES, sentences=known)
        for known in ([Range(0, cut), Range(cut + 1, len(text))], [Range(0, 31), Range(32, cut)])
    ]
    assert [t.value for (t,) in found] == ["2031-08-05", "2030-08-05"]


def test_a_span_of_years_has_bounds() -> None:
    (years,) = find("It fell in 2014–16.")
    assert (years.earliest, years.latest) == (date(2014, 1, 1), date(2016, 12, 31))


def test_bounds() -> None:
    week, month, day = find("This week, in February, on Thursday.")
    assert (week.earliest, week.latest) == (date(2031, 3, 3), date(2031, 3, 9))
    assert (month.earliest, month.latest) == (date(2031, 2, 1), date(2031, 2, 28))
    assert day.earliest == day.latest == date(2031, 3, 6)


def test_only_the_given_stretches_are_read() -> None:
    text = "Monday. Tuesday."
    found = find_times(text, within=[Range(8, 16)], published=FRIDAY, tables=TABLES)
    assert [text[t.at.start : t.at.end] for t in found] == ["Tuesday"]


WORDS = st.sampled_from(
    (
        "the on in last next this Monday March 3 2031 1990s night ago two weeks months before after "
        "of May 31 , . 9:75 99 years past early end day a few \n said will FRİDAY Aprıl ſecond 1999-00 2024-2011 quarter"
    ).split()
)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=30).map(" ".join)), st.none() | st.dates())
def test_any_text_gives_sound_times(text: str, published: date | None) -> None:
    at = 0
    for t in find(text, published):
        assert at <= t.at.start < t.at.end <= len(text)
        assert t.earliest is None or t.latest is None or t.earliest <= t.latest
        at = t.at.end


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("An earthquake hit Kor in October 2023. That month, 480 people died.", "That month", "2023-10"),
        ("Two were killed in 2019. Elections were held that year.", "that year", "2019"),
        ("A raid came on 4 May 2029. Elections were held that year.", "that year", "2029"),
        ("The raid was in April 2029. Nine died that week.", "that week", "2029-04"),
        ("The raid was on 4 April 2029. Nine died that week.", "that week", "2029-W14"),
        (
            "Rebels took Kor in October 2023, the U.N. said on Monday. 300 died that month.",
            "that month",
            "2023-10",
        ),
        ("Rebels took Kor on Monday. They will leave the same week.", "the same week", "2031-W10"),
        ("It rained on Monday. Nine died that week.", "that week", "2031-W10"),
        ("In 2029, 40 were killed, up from 19 the previous year.", "the previous year", "2028"),
        ("In 2025, 40 were killed, up from 19 the year before.", "the year before", "2024"),
        ("Rebels took Kor in October 2023. Two years later, they left.", "Two years later", "2025"),
        (
            "In 2029 exports fell 5%, from 3% a year earlier, and costs rose 6%, from 2% a year before.",
            "a year before",
            "2028",
        ),
        (
            "Since 2019, prices have doubled. On 4 May 2029 rain fell. That month, nine died.",
            "That month",
            "2029-05",
        ),
    ],
)
def test_that_month_is_the_one_told_before(text: str, words: str, value: str) -> None:
    start = text.index(words)
    assert [t.value for t in find(text) if t.at.start == start] == [value]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They were freed the day before yesterday.", [("the day before yesterday", "2031-03-05")]),
        ("They will meet the day after tomorrow.", [("the day after tomorrow", "2031-03-09")]),
        ("They fled the night before last.", [("the night before last", "2031-03-05TNI")]),
        ("It rained the week before last.", [("the week before last", "2031-W08")]),
        ("Two Sundays ago it rained.", [("Two Sundays ago", "2031-02-23")]),
        ("Two Fridays ago it rained.", [("Two Fridays ago", "2031-02-21")]),
        (
            "It burst at 9:15 p.m. local time (1815 GMT) on Tuesday.",
            [("9:15 p.m.", "2031-03-04T21:15"), ("1815 GMT", "2031-03-04T18:15Z"), ("Tuesday", "2031-03-04")],
        ),
        (
            "It burst at 1815 GMT (9:15 p.m.) on Tuesday.",
            [("1815 GMT", "2031-03-04T18:15Z"), ("9:15 p.m.", "2031-03-04T21:15"), ("Tuesday", "2031-03-04")],
        ),
        (
            "They ran from 7 a.m. to 6 p.m. on Tuesday.",
            [("7 a.m.", "2031-03-04T07:00"), ("6 p.m.", "2031-03-04T18:00"), ("Tuesday", "2031-03-04")],
        ),
        (
            "It shook at 6 a.m. GMT on Monday.",
            [("6 a.m. GMT", "2031-03-03T06:00Z"), ("Monday", "2031-03-03")],
        ),
        (
            "It opened from 2-3 p.m. on Tuesday.",
            [("2-3 p.m.", "2031-03-04T14:00/2031-03-04T15:00"), ("Tuesday", "2031-03-04")],
        ),
        (
            "It opened 11-2 p.m. on Tuesday.",
            [("11-2 p.m.", "2031-03-04T11:00/2031-03-04T14:00"), ("Tuesday", "2031-03-04")],
        ),
        ("It was the third raid in as many months.", [("many months", "P3M")]),
        ("It was the third raid on 12 posts in as many weeks.", [("many weeks", "P3W")]),
        ("It was the fifth raid in as many days.", [("many days", "P5D")]),
        ("The first raid killed two men in as many days.", [("many days", "P2D")]),
        ("It killed two men in as many days.", [("many days", "P2D")]),
        ("It was gone for many months.", [("many months", "PXM")]),
    ],
)
def test_days_and_hours_told_with_others(text: str, told: list[tuple[str, str]]) -> None:
    assert [(text[t.at.start : t.at.end], t.value) for t in find(text)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Fighters bombed the town in August 1995, and a deal ended the war that November.",
            ["1995-08", "1995-11"],
        ),
        ("The law was passed in June 2019. That same October it was struck down.", ["2019-06", "2019-10"]),
        ("He said in May 2019 that October was warm.", ["2019-05", "2030-10"]),
    ],
)
def test_that_month_is_of_the_year_told_last(text: str, told: list[str]) -> None:
    assert [t.value for t in find(text)] == told


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He has been held since last July 18.", "last July 18", "2030-07-18"),
        ("He left last January 3.", "last January 3", "2031-01-03"),
        ("It will open next April 4.", "next April 4", "2031-04-04"),
        ("It closed last Monday, March 3.", "last Monday, March 3", "2031-03-03"),
        ("Seventy-four years ago the mill burned.", "Seventy-four years ago", "1957"),
        ("She spent thirty-one days in a cell.", "thirty-one days", "P31D"),
        ("Clinics will get more money once the agency takes over in September.", "September", "2031-09"),
        ("The curfew stays until the army leaves in August.", "August", "2031-08"),
        ("The plant closed when the owner left in September.", "September", "2030-09"),
    ],
)
def test_days_near_and_far(text: str, words: str, value: str) -> None:
    found = {text[t.at.start : t.at.end]: t.value for t in find(text)}
    assert found.get(words) == value, found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The firm will raise wages, according to a report on Tuesday by a union.", "2031-03-04"),
        ("According to a report on Tuesday by the union, workers will strike.", "2031-03-04"),
        ("The judge, who will retire soon, on Monday dismissed the case.", "2031-03-03"),
        ("And until Monday, the mayor had refused to answer.", "2031-03-03"),
        ("The town entered a lockdown from Monday, in which nobody may leave.", "2031-03-03"),
        ("Monday’s rise means those who rent will have to pay more.", "2031-03-03"),
        ("At a rally on Sunday, he will speak to farmers.", "2031-03-09"),
        ("At a rally on Sunday the mayor will speak.", "2031-03-09"),
        ("The shops stay shut until Monday.", "2031-03-10"),
        ("Talks planned for Monday collapsed.", "2031-03-10"),
        ("The sides agreed to a lockdown from Monday.", "2031-03-10"),
        ("On Monday, for its part, the choir will sing.", "2031-03-10"),
    ],
)
def test_a_week_ahead_only_for_what_is_to_come(text: str, value: str) -> None:
    assert [t.value for t in find(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "She told USA TODAY that nobody came.",
        "He was a host at Ostan Today before that.",
        "TODAY OSTAN reported that nobody came.",
        "She told This Week in Kor that nobody came.",
        "The youth of today want work.",
        "In today’s world that is hard.",
        "Even today, people go hungry there.",
        "The share of nurses fell from 1:9 to 1:15 there.",
        "Children under 13 years of age were sent home.",
        "She earned 900 yuan (US$130) a day.",
        "Another 10 million a week listen to it.",
    ],
)
def test_names_ratios_and_these_times_are_no_times(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Today, the mayor spoke to farmers.", "2031-03-07"),
        ("Three Killed in Kor Today", "2031-03-07"),
        ("The toll as of today is 12.", "2031-03-07"),
        ("She spoke of today’s raid.", "2031-03-07"),
        ("This Week in Kor, two bridges fell.", "2031-W10"),
        ("It fell at 1:15 on them.", "2031-03-07T01:15"),
        ("He came back a week later.", "2031-W11"),
    ],
)
def test_plain_days_stay_times(text: str, value: str) -> None:
    assert [t.value for t in find(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The vote is on Monday, July 14.", "2031-07-14"),  # no Monday in 2030
        ("The raid was on Sunday, July 14.", "2030-07-14"),
        ("The raid was on Tuesday, July 14.", "2030-07-14"),  # in none of three years
        ("The raid was on Friday, January 3.", "2031-01-03"),
    ],
)
def test_a_weekday_tells_the_year_of_its_day(text: str, value: str) -> None:
    assert [t.value for t in find(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "It was banned under the Arms Trade Act, 2002.",
        "It was banned under the Press Rules 2009.",
        "He was charged under the Fair Trade (Goods) Act 2011.",
        "He was charged under PRTA, 2002.",
    ],
)
def test_the_year_of_a_law_is_no_time(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The law of 2002 was passed.", ["2002"]),
        ("The war began in 2019. On May 13 of that year they fled.", ["2019", "2019-05-13", "2019"]),
        ("He came on 4/6/2022 and left on 27/08/2022.", ["2022-06-04", "2022-08-27"]),
        ("He came on 4/6/2022 and left on 8/27/2022.", ["2022-04-06", "2022-08-27"]),
    ],
)
def test_years_and_days_told_elsewhere(text: str, values: list[str]) -> None:
    assert [t.value for t in find(text)] == values


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He fled two or three weeks ago.", "two or three weeks ago", "2031-W07/2031-W08"),
        ("Two to three days ago he fled.", "Two to three days ago", "2031-03-04/2031-03-05"),
        ("It will be over within five to 10 years.", "five to 10 years", "PXY"),
        ("He lost by 12 to 2 weeks ago.", "2 weeks ago", "2031-W08"),
        ("The bus stops in 1939 Street. Today, 900 are expected over the next year.", "the next year", "P1Y"),
        ("The ship came in 1939. Over the next year he fought on.", "the next year", "1940"),
        ("The suspect is likely to appear in court Wednesday.", "Wednesday", "2031-03-12"),
        ("On Tuesday, the mayor has a speech scheduled in Kor.", "Tuesday", "2031-03-11"),
    ],
)
def test_ranges_and_what_lies_ahead(text: str, words: str, value: str) -> None:
    found = {text[t.at.start : t.at.end]: t.value for t in find(text)}
    assert found[words] == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Many people watched the film 13 Hours in the square.", []),
        ("She told “60 Minutes” that nothing would change there.", []),
        ("Two Held For 13 Hours", ["13 Hours"]),
        ("She holds multiple rallies a day in the valley.", []),
    ],
)
def test_titles_and_rates_are_no_times(text: str, words: list[str]) -> None:
    assert [text[t.at.start : t.at.end] for t in find(text)] == words
