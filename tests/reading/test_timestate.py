"""Whether the words around a time look ahead or back."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.spans import Range

TABLES = TimeTables.load()
FRIDAY, SUNDAY = date(2031, 3, 7), date(2031, 3, 9)


def value(text: str, words: str, published: date = FRIDAY) -> str | None:
    found = find_times(text, within=[Range(0, len(text))], published=published, tables=TABLES)
    return next(t.value for t in found if text[slice(*t.at)] == words)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Police arrested the editor on Tuesday and will charge him on Friday.", "Tuesday", "2031-03-04"),
        ("Ministers signed the treaty on Monday and will submit it in Kor.", "Monday", "2031-03-03"),
        ("The truce took effect on Monday and will run until Friday.", "Monday", "2031-03-03"),
        ("A curfew came into force on Monday and will last a week.", "Monday", "2031-03-03"),
        ("The truce took effect on Tuesday but is due to expire.", "Tuesday", "2031-03-04"),
        ("The envoy flew to Doha on Wednesday and will meet rebels.", "Wednesday", "2031-03-05"),
        ("The editor was arrested on Monday and will appear in court.", "Monday", "2031-03-03"),
        ("He was due to stand trial on Wednesday but fled to Kor.", "Wednesday", "2031-03-05"),
        ("The vote was to be held on Sunday but was cancelled.", "Sunday", "2031-03-02"),
        ("On Saturday and Sunday the choir will sing.", "Saturday", "2031-03-08"),
        ("On Saturday, for its part, the choir will sing.", "Saturday", "2031-03-08"),
        ("The trial is due to open on Monday.", "Monday", "2031-03-10"),
        ("He is due to stand trial on Wednesday but may flee.", "Wednesday", "2031-03-12"),
        ("The minister will meet those displaced by floods on Sunday.", "Sunday", "2031-03-09"),
    ],
)
def test_a_deed_that_is_done_stays_done_beside_one_to_come(text: str, day: str, expected: str) -> None:
    assert value(text, day) == expected


@pytest.mark.parametrize(
    ("text", "month", "expected"),
    [
        ("The curfew runs until April.", "April", "2031-04"),
        ("Some 40,000 face hunger through December.", "December", "2031-12"),
        ("Schools remain closed until December.", "December", "2031-12"),
        ("Visas run until October.", "October", "2031-10"),
        ("The programme is funded through December.", "December", "2031-12"),
        ("The mandate runs until the end of June.", "the end of June", "2031-06"),
        ("Rations last through mid-April.", "mid-April", "2031-04"),
        ("The mandate expires in December.", "December", "2031-12"),
        ("Some 40,000 will face hunger through January.", "January", "2032-01"),
        ("Her sentence runs until 1 December.", "1 December", "2031-12-01"),
        ("The sanctions lapse on 31 October.", "31 October", "2031-10-31"),
        ("The truce was extended until June.", "June", "2031-06"),
        ("Fighting raged until June.", "June", "2030-06"),
        ("Thousands were displaced through December.", "December", "2030-12"),
        ("The siege lasted until December.", "December", "2030-12"),
        ("Rebels held the town until 1 December.", "1 December", "2030-12-01"),
        (
            "From September through December, rebels held the town.",
            "September through December",
            "2030-09/2030-12",
        ),
        ("Through the end of November, the fund had raised little.", "the end of November", "2030-11"),
        ("The opposition called for elections by September.", "September", "2031-09"),
        ("The junta condemned the attack and pledged elections in June.", "June", "2031-06"),
        ("He offered talks in April.", "April", "2031-04"),
        ("The envoy announced a summit in April.", "April", "2031-04"),
        ("The vote in June was rigged.", "June", "2030-06"),
        ("He said that it had condemned the attack in June.", "June", "2030-06"),
    ],
)
def test_a_month_until_which_something_lasts_is_to_come(text: str, month: str, expected: str) -> None:
    assert value(text, month) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Missiles may be delivered in the second quarter.", "the second quarter", "2031-Q2"),
        ("Officials expect elections in the third quarter.", "the third quarter", "2031-Q3"),
        ("Deliveries should begin in the third quarter.", "the third quarter", "2031-Q3"),
        ("Exports fell in the fourth quarter.", "the fourth quarter", "2030-Q4"),
        ("Missiles could have been sent in the fourth quarter.", "the fourth quarter", "2030-Q4"),
    ],
)
def test_a_quarter_of_what_may_come(text: str, words: str, expected: str) -> None:
    assert value(text, words) == expected


@pytest.mark.parametrize("what", ["second quarter", "second half", "second week", "second day"])
def test_the_second_of_something_is_no_second(what: str) -> None:
    text = f"The verdict is expected before the end of the {what}."
    found = find_times(text, within=[Range(0, len(text))], published=FRIDAY, tables=TABLES)
    assert not any(t.value == "PT1S" for t in found)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "Police arrested the editor on Tuesday. The trial is due to open on Monday. Ministers condemned the arrest the same day.",
            "the same day",
            "2031-03-04",
        ),
        (
            "The truce holds until Saturday. Fighting broke out in Kor on Monday. Two died that day.",
            "that day",
            "2031-03-03",
        ),
        ("The trial will open on Monday. A march is planned the same day.", "the same day", "2031-03-10"),
        ("The trial will open on Monday. A march will be held the same day.", "the same day", "2031-03-10"),
    ],
)
def test_the_same_day_of_a_deed_is_none_to_come(text: str, words: str, expected: str) -> None:
    assert value(text, words) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        (
            "The army and the rebels agreed to a truce in Taiz from Monday, the envoy said on Sunday.",
            "Monday",
            "2031-03-10",
        ),
        ("A ceasefire starting Wednesday was announced.", "Wednesday", "2031-03-12"),
        ("The governor declared a curfew in Kor from Monday.", "Monday", "2031-03-10"),
        ("A truce that held from Monday broke down.", "Monday", "2031-03-03"),
        ("The town has been under fire from Monday.", "Monday", "2031-03-03"),
        ("The rebels broke the truce, which was agreed on Monday.", "Monday", "2031-03-03"),
    ],
)
def test_what_is_agreed_from_a_day_is_to_come(text: str, day: str, expected: str) -> None:
    assert value(text, day, SUNDAY) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "A strike killed six people a day earlier, the ministry said on Wednesday.",
            "a day earlier",
            "2031-03-04",
        ),
        ("Rebels freed him the day before, his family said on Tuesday.", "the day before", "2031-03-03"),
        ("The ministry said on Wednesday that it had begun a day earlier.", "a day earlier", "2031-03-04"),
        ("A strike killed six people a day earlier, the ministry said.", "a day earlier", "2031-03-06"),
    ],
)
def test_a_day_earlier_counts_from_the_day_of_the_words(text: str, words: str, expected: str) -> None:
    assert value(text, words) == expected
