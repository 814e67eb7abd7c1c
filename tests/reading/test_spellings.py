"""Names written in two ways. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.lexicon import Lexicon
from accordingto.reading.spellings import by_initials, one_country
from accordingto.record import EntityKind

LEXICON = Lexicon.load()
BODY, PLACE = EntityKind.ORGANIZATION, EntityKind.PLACE


@pytest.mark.parametrize(
    ("name", "kind", "known", "found"),
    [
        ("HCAC", BODY, [("Harbour Commission Against Corruption", BODY)], 0),
        ("HBC", BODY, [("Port Union", BODY), ("House of Baltic Commerce", BODY)], 1),
        ("H.B.C.", BODY, [("House of Baltic Commerce", BODY)], 0),
        ("House of Baltic Commerce", BODY, [("HBC", BODY)], 0),
        ("House of Baltic Commerce", BODY, [("House of Baltic Crafts", BODY)], None),
        ("HBC", BODY, [("House of Baltic Commerce", BODY), ("House of Baltic Crafts", BODY)], None),
        ("HC", BODY, [("Harbour Commission", BODY)], None),
        ("UP", PLACE, [("Uttar Pradesh", PLACE)], 0),
        ("UP", PLACE, [("Union Party", BODY)], None),
        ("Ana Ruiz", EntityKind.PERSON, [("AR", EntityKind.PERSON)], None),
    ],
)
def test_initials_spell_the_one_name(
    name: str, kind: EntityKind, known: list[tuple[str, EntityKind]], found: int | None
) -> None:
    assert by_initials(name, kind, known) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("U.S.", "United States", True),
        ("Britain", "UK", True),
        ("Iran", "Iraq", False),
        ("Wales", "UK", False),
        ("Russia", "Soviet Union", False),
        ("Taiwan", "Republic of China", False),
        ("Narnia", "Narnia", False),
    ],
)
def test_countries_have_several_names(one: str, other: str, same: bool) -> None:
    assert one_country(one, other, LEXICON) is same
