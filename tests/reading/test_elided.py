"""Whose words those are whose clause leaves its subject out. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.elided import interrupted
from accordingto.reading.reader import Reader
from accordingto.spans import Range


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("“It is a disgrace,” Karl Berg remarked, without elaborating as the interview wrapped.", "without elaborating", "Karl Berg"),
        ("Another meeting was called by the mayor but Karl Berg refused to attend it saying that the fund had no need of him.", "saying", "Karl Berg"),
        ("Karl Berg says in the spot titled \"Dangerous\", warning against letting in the refugees from Sylvania, pledging to \"bomb the camps\".", "pledging to", "Karl Berg"),
        ("Lys criticised Berg for saying the army had lost.", "saying", "Berg"),
        ("Karl Berg was rebuked by the court for claiming that the army had lost.", "claiming", "Karl Berg"),
        ("Ana Ruiz called on Karl Berg to apologize for accusing the judges of theft.", "accusing", "Karl Berg"),
        ("On Friday the council fined the mayor for accusing the judges of theft.", "accusing", "the mayor"),
        ("Kor Labs in their study showed that Karl Berg is likely to manage an early win against his rivals stating that no rerun is possible.", "stating", None),
        # whoever is told to do something, or thought to be something, says nothing
        ("The residents were ordered to leave, warning that the dam would break.", "warning", None),
        ("Fighters said to be loyal to the former president attacked a barracks.", "said", None),
    ],
)  # fmt: skip
def test_a_clause_without_a_subject_has_that_of_another(
    text: str, cue: str, source: str | None, reader: Reader
) -> None:
    record = reader.read(text)
    found = next(c for c in record.claims if c.cue and c.cue.text == cue)
    assert (found.source_span and found.source_span.text) == source


def test_what_somebody_is_fined_for_was_said_before(reader: Reader) -> None:
    record = reader.read(
        "On Friday the council fined the mayor for accusing the judges of theft.", published=date(2031, 3, 12)
    )
    assert [c.said_on for c in record.claims] == [None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("men - of whom Berg is one - while saying", True),
        ("Berg - a guard - while saying", False),
        ("Berg, a guard, while saying", False),
    ],
)
def test_a_subject_between_dashes_is_not_that_of_what_follows(text: str, wanted: bool) -> None:
    at, cue = text.index("Berg"), text.index("saying")
    assert interrupted(text, Range(at, at + 4), Range(cue, len(text))) is wanted
