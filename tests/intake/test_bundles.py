from __future__ import annotations

import pytest

from accordingto.intake.bundles import is_headline, split

FIRST = (
    "Governor Opens New Clinic in Northern Province\n"
    "The governor opened a clinic on Monday, officials said. "
    + "It has forty beds and two doctors. "
    * 9
    + "\n"
    "Ana Ruiz contributed reporting."
)
SECOND = (
    "Fishermen Block Harbor Over Fuel Prices in Beira\n"
    "Fishermen blocked the harbor on Tuesday to protest fuel prices, the port said. "
    + "Boats stood idle. "
    * 20
)


def test_two_reports_with_nothing_but_headlines_between() -> None:
    text = FIRST + "\n" + SECOND
    assert split(text) == [(0, len(FIRST) + 1, False), (len(FIRST) + 1, len(text), True)]


def test_three_reports() -> None:
    assert len(split("\n".join([FIRST, SECOND, FIRST]))) == 3


def test_ruled_lines_part_reports() -> None:
    text = FIRST.split("\n", 1)[1] + "\n***\n" + SECOND.split("\n", 1)[1]
    assert len(split(text)) == 2


LONG = "The governor said that the road was open. " * 9
SHORT = "Shelling killed one man in Sumy, police said."


def parted(text: str) -> list[str]:
    return [text[a:b].strip() for a, b, _ in split(text)]


def test_a_short_report_between_stars_costs_no_other_its_own() -> None:
    assert parted(f"{LONG}\n***\n{SHORT}\n***\n{LONG}") == [LONG.strip(), SHORT, LONG.strip()]
    assert parted(f"{SHORT}\n\n*****\n\n{SHORT}") == [SHORT, SHORT]


@pytest.mark.parametrize(
    "note",
    [
        "Ends",
        "By Ana Ruiz and Tom Odhiambo in Nairobi.",
        "Morning bulletin",
        "Additional reporting by Ana Ruiz in Nairobi and agencies.",
        "(Reporting by Ana Ruiz; editing by Tom Odhiambo in Nairobi.)",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Sign up to our newsletter for more of these stories.",
    ],
)
def test_what_is_no_sentence_between_stars_is_no_report_and_not_lost(note: str) -> None:
    assert [note in p for p in parted(f"{LONG}\n***\n{LONG}\n***\n{note}")] == [False, True]
    assert [note in p for p in parted(f"{note}\n***\n{LONG}\n***\n{LONG}")] == [True, False]


@pytest.mark.parametrize("rule", ["---", "___", "* * *", "==="])
def test_other_ruled_lines_part_long_reports_alone(rule: str) -> None:
    assert len(parted(f"{LONG}\n{rule}\n{LONG}")) == 2
    assert len(parted(f"{LONG}\n{rule}\n{SHORT}\n{rule}\n{LONG}")) == 1
    assert parted(f"{LONG}\n{rule}\n{SHORT}\n***\n{SHORT}")[1:] == [SHORT]


@pytest.mark.parametrize(
    "line",
    ["A Long Road", "What comes next", "THE LONG ROAD BACK TO THE COAST AGAIN", "He said that it was over."],
)
def test_crossheads_and_sentences_do_not_split(line: str) -> None:
    assert (
        len(split(FIRST + "\n" + line + "\n" + "The clinic stands by the river and is open to all. " * 8))
        == 1
    )


def test_one_report_is_whole() -> None:
    assert split(FIRST) == [(0, len(FIRST), False)]


def test_a_credit_is_no_headline() -> None:
    assert not is_headline(
        "Reporting by Ana Ruiz and Tom Odhiambo in Nairobi", "The clinic stands here. " * 9
    )
