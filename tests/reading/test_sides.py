"""Bodies of the state are no rebels. All reports are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordingto.reading.entities import Found
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.reader import Reader
from accordingto.reading.sides import Sides
from accordingto.reading.tables import ReadingTables
from accordingto.record import EntityKind, MentionForm
from accordingto.spans import Range

TABLES = ReadingTables.load()


def speakers(reader: Reader, text: str) -> list[str | None]:
    record = reader.read(text)
    sources = {s.id: s for s in record.sources}
    names = {e.id: e.name for e in record.entities}
    return [names.get(sources[c.source].entity or "", sources[c.source].description) for c in record.claims]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The paramilitary Desert Shield Forces said that they would not withdraw. The army urged them to leave.",
            "Desert Shield Forces",
            "The army",
        ),
        (
            "The Desert Shield Forces said that they would not withdraw. The army urged them to leave.",
            "Desert Shield Forces",
            "The army",
        ),
        (
            "The rebel group Umoja Front said it had not fired. The army rejected the accusation as a lie.",
            "Umoja Front",
            "The army",
        ),
        (
            "The newspaper El Dia said that the army lied. The army said that the paper lied.",
            "El Dia",
            "The army",
        ),
        (
            "The Azar Brigades, an armed group, said that it would fight on. The military accused it of hiding.",
            "Azar Brigades",
            "The military",
        ),
    ],
)
def test_the_army_is_not_whom_the_report_calls_rebels(
    text: str, first: str, second: str, reader: Reader
) -> None:
    assert speakers(reader, text) == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "The Sudanese Armed Forces said they had taken the bridge. The army urged residents to leave.",
        "The Kenya Defence Forces said that two soldiers died. The military told them to wait.",
        "The Ministry of Defence said that it would reply. The ministry told them to leave.",
        "The rebel group Umoja Front said it had not fired. The group rejected the accusation as a lie.",
    ],
)
def test_a_body_is_still_meant_by_its_noun(text: str, reader: Reader) -> None:
    first, second = speakers(reader, text)
    assert first == second


@pytest.mark.parametrize(
    ("told", "name", "said", "opposed"),
    [
        ("The rebel group Umoja Front fired.", "Umoja Front", "The army", True),
        ("The rebel group Umoja Front fired.", "Umoja Front", "The police", True),
        ("The rebel group Umoja Front fired.", "Umoja Front", "The government", True),
        ("The rebel group Umoja Front fired.", "Umoja Front", "The rebels", False),
        ("The rebel group Umoja Front fired.", "Umoja Front", "The group", False),
        ("Azar insurgents fired.", "Azar", "The military", True),
        ("The paramilitary Azar Corps fired.", "Azar Corps", "The forces", False),
        ("The Azar Corps fired.", "Azar Corps", "The army", False),
        ("The Sudanese Armed Forces fired.", "Sudanese Armed Forces", "The rebels", True),
        ("The Sudanese Armed Forces fired.", "Sudanese Armed Forces", "The army", False),
        ("The rebel National Liberation Army fired.", "National Liberation Army", "The army", True),
        ("The rebel National Liberation Army fired.", "National Liberation Army", "The rebels", False),
        ("The National Liberation Army fired.", "National Liberation Army", "The guerrillas", False),
        ("The Kachin Independence Army fired.", "Kachin Independence Army", "The ethnic army", False),
        ("The Azar Corps, the rebels said, fled.", "Azar Corps", "The army", False),
    ],
)
def test_whom_a_description_cannot_mean(told: str, name: str, said: str, opposed: bool) -> None:
    at = Range(told.index(name), told.index(name) + len(name))
    entity = Found(EntityKind.ORGANIZATION, name, [(at, MentionForm.NAME)])
    assert Sides(told, {0: [at]}, [entity], TABLES.actors).opposed(said, 0) is opposed


def test_a_sector_of_the_users_own_has_its_side(tmp_path: Path) -> None:
    (tmp_path / "sector_codes.csv").write_text(
        "code,what,plover,side,fighters\nVIG,vigilantes,UAF,armed,true\n"
    )
    (tmp_path / "sectors.csv").write_text("word,sector,weight\nnight watch,VIG,\n")
    sides = Sides("", {}, [], Lexicon.load(tmp_path))
    assert sides.apart("The night watch", "The army")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Separatists said that they had killed nine soldiers, and the army said it lost two men. The Lakeland Freedom Army claimed both raids.",
            ["Separatists", "the army", "Lakeland Freedom Army"],
        ),
        (
            "The Lakeland Freedom Army said that it had won. The army said that it lost two men. The military said it rained.",
            ["Lakeland Freedom Army", "The army", "The military"],
        ),
        (
            "The Ghanaian Army said that it had won. The army said that it lost two men.",
            ["Ghanaian Army", "Ghanaian Army"],
        ),
    ],
)
def test_the_army_is_a_countrys_and_none_that_is_named_later(
    text: str, wanted: list[str], reader: Reader
) -> None:
    assert speakers(reader, text) == wanted
