"""Whom an age or the number of children means. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.ages import of_an_age
from accordingto.reading.antecedents import Antecedents
from accordingto.reading.entities import find_entities
from accordingto.reading.layers import Layers
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range

TABLES = ReadingTables.load()


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("Omar Aziz, 44, lost his house. The army left, the 44-year-old said.", ["Omar Aziz"], "Omar Aziz"),
        ("Omar Aziz (44) met Lina Saad, 30. The army left, the 30-year-old said.", ["Omar Aziz", "Lina Saad"], "Lina Saad"),
        ("The 44-year-old farmer Omar Aziz met Lina Saad. The army left, the 44-year-old said.", ["Omar Aziz", "Lina Saad"], "Omar Aziz"),
        ("Omar Aziz lost his house. The army left, the 68-year-old said.", ["Omar Aziz"], "Omar Aziz"),
        ("Omar Aziz lost his house. The army left, the father of five said.", ["Omar Aziz"], "Omar Aziz"),
        ("Mrs Lina Saad lost her house. The army left, the father of five said.", ["Lina Saad"], None),
        ("Omar Aziz, 44, lost his house. The army left, the 68-year-old said.", ["Omar Aziz"], None),
        ("Omar Aziz met Lina Saad. The army left, the 68-year-old said.", ["Omar Aziz", "Lina Saad"], None),
        ("Omar Aziz saw a 68-year-old man. The army left, the 68-year-old said.", ["Omar Aziz"], None),
        ("Omar Aziz spoke of a man, 68, who had fled. The army left, the 68-year-old said.", ["Omar Aziz"], None),
        ("Omar Aziz said a tall man was shot on Monday. The army left, the father of three said.", ["Omar Aziz"], None),
        ("Omar Aziz, a tall man, lost his house. The army left, the father of three said.", ["Omar Aziz"], "Omar Aziz"),
        ("The army left, the 68-year-old said of Omar Aziz.", ["Omar Aziz"], None),
        ("Omar Aziz lost his house. The army left, the father of the bride said.", ["Omar Aziz"], None),
        ("Omar Aziz lost his house. The army left, the farmer said.", ["Omar Aziz"], None),
    ],
)  # fmt: skip
def test_an_age_means_of_whom_it_is_told_or_the_only_one(
    text: str, names: list[str], wanted: str | None, layers: Callable[..., Layers]
) -> None:
    seen = layers(text, [(n, "Person") for n in names], [])
    found = find_entities(text, seen, TABLES)
    start = text.index("left, ") + len("left, ")
    number = of_an_age(Antecedents(text, found, seen), Range(start, text.index(" said", start)))
    assert (None if number is None else found[number].name) == wanted
