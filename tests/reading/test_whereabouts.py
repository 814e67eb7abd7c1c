"""Where the people and things are that a report counts."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The shelling killed five people in Rafah and three in Khan Younis, medics said.",
            ["Rafah", "Khan Younis"],
        ),
        ("In Goma, 12 people were killed in clashes, police said.", ["Goma"]),
        ("At least 20 people were killed in an air strike on Idlib, rescuers said.", ["Idlib"]),
        ("Some 300 residents of Goma fled to Bukavu, aid workers said.", ["Goma"]),
        ("In the town of Beni, 40 houses burnt down.", ["Beni"]),
        (
            "Twelve people died in Herat, 11 in Kunduz, and six in Baghlan, where 200 homes were destroyed.",
            ["Herat", "Kunduz", "Baghlan", "Baghlan"],
        ),
        ("Eight people drowned in Dadu, five in Sukkur and two in Larkana.", ["Dadu", "Sukkur", "Larkana"]),
        (
            "The storms killed 14 in Texas, six in Oklahoma and three in Kansas.",
            ["Texas", "Oklahoma", "Kansas"],
        ),
        ("The quake killed 11 in Hatay and 4 in Adana.", ["Hatay", "Adana"]),
        ("The raids left 25 dead in Goma, 13 in Bukavu.", ["Goma", "Bukavu"]),
        ("Four people were killed in Kharkiv and two more near Izium.", ["Kharkiv", "Izium"]),
        ("Doctors were treating 14 in hospital in Goma.", ["Goma"]),
    ],
)
def test_a_figure_has_the_place_that_its_words_give(reader: Reader, text: str, wanted: list[str]) -> None:
    record = reader.read(text)
    places = {p.id: p.span.text for p in record.places}
    assert [places[f.place] for f in record.figures if f.place] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The ministry in Khartoum said nine people died.",
        "The convoy drove 60 kilometres from Kassala.",
        "Twelve people from Kano were freed, the governor said.",
        "Clashes killed 25 in the past week in Goma.",
    ],
)
def test_where_somebody_speaks_or_comes_from_is_not_where_the_counted_are(reader: Reader, text: str) -> None:
    assert all(f.place is None for f in reader.read(text).figures)


def test_a_place_between_two_numbers_of_one_noun_is_the_first_ones(reader: Reader) -> None:
    record = reader.read("Eight people drowned in Dadu, and five on Monday.")
    assert [f.place is None for f in record.figures] == [False, True]
