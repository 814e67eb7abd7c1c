from __future__ import annotations

from datetime import date

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.accounts import Account
from accordingto.ledger.days import shifted
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.observing import observe
from accordingto.record import Act

PUBLISHED = "2031-03-05"  # a Wednesday


def accounts(story: Story) -> list[Account]:
    return list(observe(story.record(), "r", knowledge()))


def day(a: Account) -> str | None:
    return str(a.earliest) if a.dated else None


CLOCKS = (
    "10:35 p.m.|22:30|22:30:15|10.30pm|0630 GMT|06:30 GMT+3|2230 local time|10 pm|five or 6 o'clock".split(
        "|"
    )
)


@pytest.mark.parametrize("words", [*CLOCKS, "the same night", "that day", "midnight"])
def test_a_clock_time_read_as_the_day_of_the_report_tells_no_day(words: str) -> None:
    s = Story(f"A strike hit Marda, witnesses said; it was {words}.", PUBLISHED)
    s.event("strike", "strike", on=s.time(words, PUBLISHED), place=s.place("Marda"))
    assert [day(a) for a in accounts(s)] == [None]


@pytest.mark.parametrize(
    "words", ["5 March", "05.03.2031", "05.03.31", "2031-03-05T22:30", "22:30 today", "the 5th"]
)
def test_a_day_beside_or_like_a_clock_time_is_one(words: str) -> None:
    s = Story(f"A strike hit Marda, witnesses said; it was {words}.", PUBLISHED)
    s.event("strike", "strike", on=s.time(words, PUBLISHED), place=s.place("Marda"))
    assert [day(a) for a in accounts(s)] == [PUBLISHED]


@pytest.mark.parametrize("words", ["10:35 p.m.", "22:35"])
def test_a_clock_time_takes_the_day_beside_it(words: str) -> None:
    s = Story(f"A missile hit Marda at {words} on 3 March.", PUBLISHED)
    clock = s.time(words, PUBLISHED)
    s.time("3 March", "2031-03-03")
    s.event("strike", "missile", on=clock, place=s.place("Marda"))
    assert [day(a) for a in accounts(s)] == ["2031-03-03"]


@pytest.mark.parametrize(
    ("words", "told"),
    [("The same day", "2031-03-03"), ("That night", "2031-03-03"), ("At 22:30", None), ("Later that day", "2031-03-03")],
)  # fmt: skip
def test_the_same_day_is_the_day_that_was_told_last(words: str, told: str | None) -> None:
    s = Story(f"Shells hit Marda on Monday. {words} a raid began in Tel Rif.", PUBLISHED)
    s.event("strike", "Shells", on=s.time("Monday", "2031-03-03"), place=s.place("Marda"))
    s.event("attack", "raid", on=s.time(words, PUBLISHED), place=s.place("Tel Rif"))
    first, second = accounts(s)
    assert (day(first), day(second)) == ("2031-03-03", told)


def test_the_same_day_as_the_report_s_is_told_where_it_was_told_before() -> None:
    s = Story("Jets bombed Marda on Wednesday. The same day a drone hit Tel Rif.", PUBLISHED)
    s.event("strike", "bombed", on=s.time("Wednesday", PUBLISHED), place=s.place("Marda"))
    s.event("strike", "hit", on=s.time("The same day", PUBLISHED), place=s.place("Tel Rif"))
    assert [day(a) for a in accounts(s)] == [PUBLISHED, PUBLISHED]


def test_the_same_day_as_a_denial_tells_no_day() -> None:
    s = Story("The army denied on Monday that it had shelled Marda. The same day a raid began.", PUBLISHED)
    s.time("Monday", "2031-03-03")
    s.claim("The army", "denied", "that it had shelled Marda", act=Act.DENY)
    s.event("attack", "raid", on=s.time("The same day", PUBLISHED))
    assert [day(a) for a in accounts(s)] == [None]


def test_the_day_up_to_which_the_dead_are_counted_is_not_that_of_the_war() -> None:
    s = Story("The clinic said the war had killed at least 2,100 people as of Thursday.", "2031-03-07")
    s.event("invasion", "war", on=s.time("Thursday", "2031-03-06"))
    assert [day(a) for a in accounts(s)] == [None]


def test_what_has_happened_lies_not_after_its_report() -> None:
    s = Story("The sides exchanged prisoners at the weekend. A meeting is to be held on Friday.", PUBLISHED)
    s.event("release", "exchanged", on=s.time("the weekend", "2031-03-08", "2031-03-09"))
    s.event("meeting", "meeting", on=s.time("Friday", "2031-03-07"), factuality="planned")
    assert [day(a) for a in accounts(s)] == ["2031-03-01", "2031-03-07"]


def test_the_day_of_a_denial_is_not_that_of_the_deed() -> None:
    s = Story("The army denied on Wednesday that it had shelled Marda.", PUBLISHED)
    when = s.time("Wednesday", PUBLISHED)
    c = s.claim("The army", "denied", "that it had shelled Marda", act=Act.DENY)
    s.event("strike", "shelled", on=when, place=s.place("Marda"), factuality="denied", claims=(c,))
    (found,) = accounts(s)
    assert day(found) is None
    assert not [x for x in found.statements if x.field == "when"]


def test_a_day_of_another_sentence_is_that_of_what_was_told_before() -> None:
    s = Story("Shells hit Marda on Monday. Later a raid began in Tel Rif.", PUBLISHED)
    monday = s.time("Monday", "2031-03-03")
    s.event("strike", "Shells", on=monday, place=s.place("Marda"))
    s.event("attack", "raid", on=monday, place=s.place("Tel Rif"))
    first, second = accounts(s)
    assert (day(first), first.lent_day) == ("2031-03-03", False)
    assert day(second) is None
    assert [str(d) for d in second.before or ()] == ["2031-03-03", "2031-03-03"]


def test_an_initial_ends_no_sentence() -> None:
    s = Story("Nine died at St. Anne's in Marda on Monday, and the raid lasted an hour.", PUBLISHED)
    s.event("attack", "raid", on=s.time("Monday", "2031-03-03"), place=s.place("Marda"))
    assert [day(a) for a in accounts(s)] == ["2031-03-03"]


def test_days_stay_within_the_calendar() -> None:
    assert shifted(date(2031, 3, 1), -1) == date(2031, 2, 28)
    assert shifted(date.min, -3) == date.min
    assert shifted(date.max, 3) == date.max


@pytest.mark.parametrize(
    "words", ["up from 412 a month ago", "down from twelve a month ago", "compared with 412 a month ago"]
)
def test_the_time_of_a_count_that_another_is_compared_with_is_not_the_event_s(words: str) -> None:
    s = Story(f"The number killed in Marda has reached 455, {words}.", PUBLISHED)
    month = s.time("a month ago", "2031-02-01", "2031-02-28")
    s.event("killing", "killed", on=month, place=s.place("Marda"))
    assert [day(a) for a in accounts(s)] == [None]


def test_a_count_that_is_up_from_another_keeps_its_own_day() -> None:
    s = Story("Gunmen killed 29 people in Marda on Monday, up from 12 a week ago.", PUBLISHED)
    s.event("killing", "killed", on=s.time("Monday", "2031-03-03"), place=s.place("Marda"))
    s.time("a week ago", "2031-02-26")
    assert [day(a) for a in accounts(s)] == ["2031-03-03"]


@pytest.mark.parametrize(
    ("text", "trigger", "time", "own"),
    [
        ("A nurse hurt in the Tel Rif raid died on 3 March.", "raid", "3 March", False),
        ("A nurse hurt in the raid on 3 March died.", "raid", "3 March", True),
        ("The raid in Tel Rif was carried out on 3 March.", "raid", "3 March", True),
        ("The hearing on the blast at Marda was opened on 3 March.", "blast", "3 March", False),
        ("The hearing on the blast of 3 March was opened.", "blast", "3 March", True),
        ("On 3 March, a day after a paper reported a delivery of guns, it closed.", "delivery", "a day after", False),
        ("On 3 March, a day after a delivery of guns, it closed.", "delivery", "a day after", True),
        ("Four rifles of the kind shipped through Marda had been found on 3 March.", "shipped", "3 March", False),
        ("Four rifles were shipped through Marda, and had been paid for on 3 March.", "shipped", "3 March", True),
        ("Rebels abducted two nurses who were on leave on 3 March.", "abducted", "3 March", True),
    ],
)  # fmt: skip
def test_the_day_of_another_verb_is_not_the_event_s(text: str, trigger: str, time: str, own: bool) -> None:
    s = Story(text, PUBLISHED)
    s.event("attack", trigger, on=s.time(time, "2031-03-03"))
    assert [day(a) for a in accounts(s)] == ["2031-03-03" if own else None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was the worst flood this year.", None),
        ("The Ana burst its banks on Monday in the second flood this year.", "2031-03-03"),
        ("The protest this year was the army's idea, like each flood this year.", "2031-01-01"),
    ],
)
def test_the_year_in_which_a_thing_is_the_worst_is_no_day(text: str, found: str | None) -> None:
    s = Story(text, PUBLISHED)
    if "Monday" in text:
        s.time("Monday", "2031-03-03")
    year = s.time("this year" + ("#2" if text.count("this year") > 1 else ""), "2031-01-01", "2031-12-31")
    s.event("disaster", "flood", on=year)
    assert [day(a) for a in accounts(s)] == [found]
