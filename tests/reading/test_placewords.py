"""Which named place “the city” or “the country” means. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.reader import Reader


def where(reader: Reader, text: str, trigger: str) -> str | None:
    record = reader.read(text, published=date(2031, 3, 5))
    names = {p.id: p.name for p in record.places}
    event = next(e for e in record.events if e.trigger.text.startswith(trigger))
    return names.get(event.place or "")


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        (
            "Ecuador's prisons are full. President Lena Orth visited Quito on Monday. Since February there have been a dozen massacres "
            "in the country, and 40 inmates died.",
            "massacres",
            "Ecuador",
        ),
        ("QUITO – Police shot dead three men in the city on Monday.", "shot", "Quito"),
        (
            "Rebels took the airport in Goma on Sunday. The army fell back. By Monday, looters were attacking shops in the city.",
            "attacking",
            "Goma",
        ),
        (
            "The minister visited Cairo. Sudan is at war. On Tuesday police arrested nine people across the country, medics said.",
            "arrested",
            "Sudan",
        ),
        (
            "Yukon's health service is short of nurses. In May an attack on nurses was reported in the territory.",
            "attack",
            "Yukon",
        ),
        ("Rebels left Goma on Sunday, and troops attacked shops there on Monday.", "attacked", "Goma"),
        (
            "Rebels left Goma on Sunday. On Monday an air strike hit the town, witnesses said.",
            "strike",
            "Goma",
        ),
    ],
)
def test_words_for_a_place_mean_the_last_of_their_sort(
    reader: Reader, text: str, trigger: str, place: str
) -> None:
    assert where(reader, text, trigger) == place


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        # a name behind it, an office, another country's, no city told of before
        (
            "Rebels took the airport in Goma. On Monday looters attacked shops in the city of Bukavu.",
            "attacked",
            "Bukavu",
        ),
        (
            "The president of Sudan is ill. Fighters attacked shops in the city, witnesses said.",
            "attacked",
            None,
        ),
        (
            "Envoys of Egypt, Sudan and Chad met in Cairo. Minister Ana Ruiz of Peru said that attacks had hit farmers in the country.",
            "attacks",
            None,
        ),
        (
            "Chad's army rules the south. Thousands are protesting against lawlessness in the country, residents said.",
            "protesting",
            None,
        ),
    ],
)
def test_words_that_leave_it_open_mean_none(
    reader: Reader, text: str, trigger: str, place: str | None
) -> None:
    assert where(reader, text, trigger) == place
