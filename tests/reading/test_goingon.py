from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.reader import Reader

FIRST = "Mayor Ana Ruiz warned on Monday that the dam in Kestrel leaked."


def days(reader: Reader, text: str) -> list[str | None]:
    record = reader.read(text, published=date(2031, 3, 7))
    return [c.said_on and c.said_on.value for c in record.claims if c.parent is None]


@pytest.mark.parametrize(
    ("then", "day"),
    [
        ("The wall was old, she said.", "2031-03-03"),
        ("She added that 40 families had left.", "2031-03-03"),
        ("“Nobody looks after it,” Ruiz said.", "2031-03-03"),
        ("Engineers were at work. The council was told. Ruiz called for more money.", "2031-03-03"),
        ("She had said that the wall would hold.", None),
        ("Earlier, she said that the wall would hold.", None),
        ("Ruiz has repeatedly said that the wall would hold.", None),
        ("She believes that the wall will hold.", None),
        ("On Tuesday the wall fell. Ruiz said that nobody was hurt.", None),
        (
            "“The wall is old,” Ruiz said during a visit with many of the engineers from Bor and Kestrel to the high banks of the river last year.",
            None,
        ),
        ("The vote came two days after the mayor condemned the owners.", None),
        ("The owners left town once Ruiz condemned them.", None),
        ("The owner, Karl Berg, said that the wall was new.", None),
    ],
)
def test_what_a_speaker_goes_on_to_say_is_of_the_same_day(then: str, day: str | None, reader: Reader) -> None:
    first, *_, last = days(reader, f"{FIRST} {then}")
    assert (first, last) == ("2031-03-03", day)


def test_what_is_far_off_is_of_no_known_day(reader: Reader) -> None:
    between = "The dam is old. It is made of stone. It was built by hand. It is 40 metres high."
    assert days(reader, f"{FIRST} {between} Ruiz said that fish live there.")[-1] is None


@pytest.mark.parametrize(
    ("scene", "day"),
    [
        ("Mayor Ana Ruiz visited the dam on Monday.", "2031-03-03"),
        ("Mayor Ana Ruiz, who was elected in January, visited the dam.", None),
        ("Mayor Ana Ruiz will visit the dam on 12 March.", None),
        ("Mayor Ana Ruiz spoke on Monday and met the owners on Tuesday.", None),
    ],
)
def test_a_speaker_is_quoted_from_the_day_of_the_scene(scene: str, day: str | None, reader: Reader) -> None:
    assert days(reader, f"{scene} “The wall is old,” Ruiz said.")[-1] == day


@pytest.mark.parametrize(
    ("first", "then", "day"),
    [
        ("Ana Ruiz told a meeting on Monday that the dam leaked.", "Ruiz said in her interview that it would fall.", None),
        ("Ana Ruiz told Karl Berg of Radio Kor on Monday that the dam leaked.", "“It is old,” Ruiz said during a rally in Bor.", None),
        ("Ana Ruiz said last week that the dam leaked.", "“It is old,” Ruiz said on Radio Kor’s “Open Door”.", None),
        ("Ana Ruiz told a meeting on Monday that the dam leaked.", "At the meeting she said that it would fall.", "2031-03-03"),
        ("Ana Ruiz told Radio Kor on Monday that the dam leaked.", "Ruiz said in an interview that it would fall.", "2031-03-03"),
        ("Ana Ruiz said on Monday that the dam leaked.", "Ruiz said in an interview that it would fall.", "2031-03-03"),
    ],
)  # fmt: skip
def test_what_is_said_on_another_occasion_is_of_no_known_day(
    first: str, then: str, day: str | None, reader: Reader
) -> None:
    assert days(reader, f"{first} {then}")[-1] == day


def test_what_somebody_did_long_ago_is_no_scene(reader: Reader) -> None:
    scene = "Mayor Ana Ruiz visited the dam on 12 March 2019."
    assert days(reader, f"{scene} “The wall is old,” Ruiz said.")[-1] is None


def test_the_part_of_a_day_is_not_told(reader: Reader) -> None:
    assert days(reader, "Mayor Ana Ruiz said on Monday evening that the dam in Kestrel leaked.") == [
        "2031-03-03"
    ]
