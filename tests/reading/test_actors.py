from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from accordingto.errors import UserError
from accordingto.reading.actors import actor_of, actor_of_phrase, before_name
from accordingto.reading.assembly import assemble
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part
from accordingto.reading.lexicon import (
    BodyRow,
    DemonymRow,
    Lexicon,
    PeopleRow,
    SeatRow,
    tokens_of,
)
from accordingto.reading.tables import ReadingTables
from accordingto.record import Actor, Document, EntityKind, Factuality
from accordingto.spans import Range
from accordingto.vocabularies import CountryName, sector_codes, table


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Israeli soldiers", "ISR", "MIL"),
        ("the Sudanese army", "SDN", "MIL"),
        ("gunmen", None, "UAF"),
        ("three soldiers from Chad", "TCD", "MIL"),
        ("French troops in Mali", "FRA", "MIL"),
        ("troops in Mali", None, "MIL"),
        ("Gaza’s Ministry of Health", "PSE", "HLH"),
        ("the Hamas-run health ministry", "PSE", "HLH"),
        ("Hamas militants", "PSE", "REB"),
        ("Houthi forces", "YEM", "REB"),
        ("a spokesman for the Rapid Support Forces", "SDN", "REB"),
        ("Foreign Ministry spokeswoman Mira Sol", None, "GOV"),
        ("Ukrainian President Oleh Bondar", "UKR", "GOV"),
        ("Foreign Minister Israel Oz", None, "GOV"),
        ("European Commission President Ada Berg", None, "IGO"),
        ("the U.N.", None, "IGO"),
        ("U.N. rights chief Omar Turk", None, "IGO"),
        ("Unicef spokesman Tom Elder", None, "IGO"),
        ("Russian-installed officials", None, "GOV"),
        ("the U.S. and Britain", None, "GOV"),
        ("president of the World Bank", None, "IGO"),
        ("residents of Gaza", "PSE", "CVL"),
        ("dozens of Israeli hostages", "ISR", "CVL"),
        ("the governor of Russia's Belgorod region", "RUS", "GOV"),
        ("opposition lawmakers", None, "OPP"),
        ("a Reuters journalist", "GBR", "MED"),
        ("Dutch police", "NLD", "COP"),
        ("Filipino fishermen", "PHL", "LAB"),
        ("Chechen fighters", "RUS", "REB"),
        ("the Taliban government", "AFG", "GOV"),
        ("two Israelis", "ISR", None),
        ("former prime minister of Italy", "ITA", "ELI"),
        ("the U.S. ambassador to Israel", "USA", "GOV"),
        ("the Tatmadaw", "MMR", "MIL"),
        ("the presidential chief of staff", None, "GOV"),
        ("the White House chief of staff", "USA", "GOV"),
        ("the Chadian army’s chief of staff", "TCD", "MIL"),
        ("the chief of staff", None, "MIL"),
        ("chief of staff of the Chadian foreign ministry", "TCD", "GOV"),
        ("police spokesman Col.", None, "COP"),
        ("police commander Brig. Gen.", None, "COP"),
        ("military police commander Col.", None, "MIL"),
        ("president of the Chadian Rowing Association", "TCD", None),
        ("president of Chadian Rowing Association and Rosa Lima", "TCD", None),
        ("president of the Chadian Republic", "TCD", "GOV"),
        ("the Chinese Nationalist Party", "TWN", "PTY"),
    ],
)
def test_phrases(lexicon: Lexicon, phrase: str, country: str | None, sector: str | None) -> None:
    assert actor_of_phrase(phrase, lexicon) == Actor(country, sector)


@pytest.mark.parametrize(
    "name",
    [
        "Russia",
        "Iran",
        "Syria",
        "South Korea",
        "Ivory Coast",
        "DR Congo",
        "the U.S.",
        "Britain",
        "Burma",
        "Palestine",
    ],
)
def test_a_country_that_acts_is_its_government(lexicon: Lexicon, name: str) -> None:
    acting = actor_of_phrase(name, lexicon)
    assert acting is not None
    assert acting.country is not None
    assert acting.sector == "GOV"
    assert actor_of_phrase(name, lexicon, acts=False) == Actor(acting.country)


def test_a_part_of_a_country_is_no_government(lexicon: Lexicon) -> None:
    assert actor_of_phrase("Gaza", lexicon) == Actor("PSE")


@pytest.mark.parametrize(
    "phrase",
    [
        "an army base",
        "Israeli strikes",
        "Kurdish forces",
        "Azure Coast Army",
        "soldiers and police",
        "us",
        "Russia’s Security Council",
        "the old bridge",
        "",
        "Jabaliya",
        "South American",
        "Latin America",
        "Central American leaders",
        "North America",
        "president of Marigold Films",
    ],
)
def test_what_is_unknown_or_contradicts_itself_stays_open(lexicon: Lexicon, phrase: str) -> None:
    assert actor_of_phrase(phrase, lexicon) is None


def test_contradictions_leave_one_field_open(lexicon: Lexicon) -> None:
    assert actor_of_phrase("Israeli and Palestinian officials", lexicon) == Actor(None, "GOV")
    assert actor_of_phrase("Israeli soldiers and police", lexicon) == Actor("ISR", None)
    assert actor_of_phrase("Iran-backed militia", lexicon) == Actor(None, "UAF")
    assert actor_of_phrase("survivors of the Russian attack", lexicon) == Actor(None, "CVL")


def test_seats_count_only_where_they_act(lexicon: Lexicon) -> None:
    assert actor_of("Washington", lexicon, kind=EntityKind.PLACE, acts=True) == Actor("USA", "GOV")
    assert actor_of("Washington", lexicon, kind=EntityKind.PLACE) is None
    assert actor_of("Kremlin", lexicon, kind=EntityKind.ORGANIZATION) == Actor("RUS", "GOV")
    assert actor_of_phrase("a Kremlin spokesman", lexicon) == Actor("RUS", "GOV")


def test_persons_by_description_titles_and_body(lexicon: Lexicon) -> None:
    person = EntityKind.PERSON
    assert actor_of("Chad Jordan", lexicon, kind=person) is None
    assert actor_of("Ana Ruiz", lexicon, kind=person, phrases=["Colonel"]) == Actor(None, "MIL")
    body = Actor("SDN", "MIL")
    assert actor_of("Ana Ruiz", lexicon, kind=person, description="a spokeswoman", affiliation=body) == body
    doctor = actor_of(
        "Ana Ruiz", lexicon, kind=person, description="a doctor", affiliation=Actor(None, "NGO")
    )
    assert doctor == Actor(None, "HLH")
    torn = actor_of("Ana Ruiz", lexicon, kind=person, description="a Peruvian general", affiliation=body)
    assert torn == Actor(None, "MIL")


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("The Guardian", "GBR", "MED"),
        ("a Guardian journalist", "GBR", "MED"),
        ("the New South Wales government", "AUS", "GOV"),
    ],
)
def test_a_papers_short_name(lexicon: Lexicon, phrase: str, country: str, sector: str) -> None:
    assert actor_of_phrase(phrase, lexicon) == Actor(country, sector)


@pytest.mark.parametrize(
    ("name", "country"), [("Independent Harbour Commission", None), ("Guardian Council of Iran", "IRN")]
)
def test_a_papers_short_name_within_anothers(lexicon: Lexicon, name: str, country: str | None) -> None:
    actor = actor_of(name, lexicon, kind=EntityKind.ORGANIZATION)
    assert (actor.country if actor else None) == country
    assert actor is None or actor.sector != "MED"


def test_a_body_is_known_by_its_other_names(lexicon: Lexicon) -> None:
    body = EntityKind.ORGANIZATION
    assert actor_of("Lake Fellowship", lexicon, kind=body, others=["WHO"]) == actor_of(
        "WHO", lexicon, kind=body
    )

    lake = actor_of("International Fellowship Secretariat", lexicon, kind=body, others=["ILO"])
    assert lake == Actor(None, "IGO")


@pytest.mark.parametrize("name", ["Our Lake English School", "Delhi Private School", "Bay Indian Schools"])
def test_a_school_may_be_named_after_another_country(lexicon: Lexicon, name: str) -> None:
    assert actor_of(name, lexicon, kind=EntityKind.ORGANIZATION) == Actor(None, "EDU")


@pytest.mark.parametrize("name", [b.name for b in table("actors", BodyRow) if "'s " in b.name])
def test_a_bodys_name_may_hold_a_possessive(lexicon: Lexicon, name: str) -> None:
    for written in (name, name.replace("'", "’")):
        [item] = lexicon.items(written)
        assert item.entry is not None
    assert len(lexicon.items(name.replace("'s ", "'s own ").replace(" ", "'s ", 1))) > 1


def test_a_liberation_army_is_no_paper(lexicon: Lexicon) -> None:
    body = EntityKind.ORGANIZATION
    assert actor_of("People’s Liberation Army", lexicon, kind=body) == Actor("CHN", "MIL")
    assert actor_of("Liberation Committee", lexicon, kind=body) is None
    assert actor_of("Libération", lexicon, kind=body) == Actor("FRA", "MED")
    assert actor_of_phrase("a Libération journalist", lexicon) == Actor("FRA", "MED")


def test_who_sought_an_office_may_hold_another(lexicon: Lexicon) -> None:
    seeking = actor_of_phrase("former presidential candidate Senator", lexicon)
    assert seeking == Actor(None, "LEG")
    assert actor_of_phrase("former Senator", lexicon) == Actor(None, "ELI")


def test_a_bodys_name_ends_in_its_head(lexicon: Lexicon) -> None:
    body = EntityKind.ORGANIZATION
    assert actor_of("Army Museum", lexicon, kind=body) is None
    assert actor_of("Children’s Agency", lexicon, kind=body) is None
    assert actor_of("Peruvian Coast Guard", lexicon, kind=body) == Actor("PER", "MIL")


def test_states_of_a_union_are_not_the_united_ones(lexicon: Lexicon) -> None:
    assert actor_of("Lake Member States", lexicon, kind=EntityKind.ORGANIZATION) is None


def test_things_are_no_parties(lexicon: Lexicon) -> None:
    assert actor_of("Russian missile", lexicon, kind=EntityKind.WEAPON) is None
    assert actor_of("Israel", lexicon, kind=EntityKind.EVENT) is None


@pytest.mark.parametrize(
    ("line", "apposition", "lead"),
    [
        ("He met Israeli military spokesman ", False, "Israeli military spokesman"),
        ("On Monday, Ukraine’s foreign minister, ", True, "Ukraine’s foreign minister"),
        ("After talks with the Russian president, ", False, None),
        ("In Russia ", False, None),
        ("The guns killed 12 soldiers. ", False, None),
        ("They held “the rebels.” ", False, None),
        ("The Syrian refugees President ", False, "President"),
        ("", False, None),
    ],
)
def test_the_phrase_before_a_name(lexicon: Lexicon, line: str, apposition: bool, lead: str | None) -> None:
    assert before_name(line, lexicon, apposition=apposition) == lead


def test_tokens_know_owners_and_hyphens() -> None:
    tokens = tokens_of("the Israelis’ Iran-backed foe's")
    assert [t.key for t in tokens] == ["israelis", "iran", "backed", "foe"]
    assert [t.possessive for t in tokens] == [True, False, False, True]
    assert [bool(t.compound) for t in tokens] == [False, True, True, False]


def test_a_users_table_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("name,country,sector\nTamarisk Front,TCD,REB\nHamas,PSE,GOV\n")
    own = Lexicon.load(tmp_path)
    assert actor_of_phrase("Tamarisk Front fighters", own) == Actor("TCD", "REB")
    assert actor_of_phrase("Hamas", own) == Actor("PSE", "GOV")


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("actors", "name,sector\nTamarisk Front,WAR\n", "WAR"),
        ("sectors", "word,sector,weight\nposse,CRM,some\n", "some"),
    ],
)
def test_a_wrong_sector_or_weight_is_named(tmp_path: Path, file: str, text: str, says: str) -> None:
    (tmp_path / f"{file}.csv").write_text(text)
    with pytest.raises(UserError, match=says):
        Lexicon.load(tmp_path)


def test_every_code_of_the_tables_is_known() -> None:
    sectors = {s.code for s in sector_codes()}
    rows: list[msgspec.Struct] = []
    for name, row in (
        ("actors", BodyRow),
        ("country_names", CountryName),
        ("demonyms", DemonymRow),
        ("seats", SeatRow),
    ):
        rows += table(name, row)
    countries = {c.country for c in table("country_names", CountryName)}
    assert {r.country for r in rows} - countries == set()  # type: ignore[attr-defined]
    assert {r.sector for r in rows if isinstance(r, BodyRow | SeatRow)} - sectors == {None}
    assert all(c is None or (len(c) == 3 and c.isupper()) for c in countries)
    assert len(table("actors", BodyRow)) >= 400
    assert len(table("peoples", PeopleRow)) > 50


def test_records_carry_actors(layers: Callable[..., Layers]) -> None:
    text = (
        "Ukraine’s foreign minister, Olena Marchuk, said that Russia had struck the port. "
        "Moscow denied the attack. President Ivan Petrov of Bulgaria was silent. A train for Paris left on time."
    )
    found = layers(
        text,
        [
            ("Ukraine", "Location"),
            ("Olena Marchuk", "Person"),
            ("Russia", "Location"),
            ("Moscow", "Location"),
            ("Ivan Petrov", "Person"),
            ("Paris", "Location"),
        ],
        [("Olena Marchuk", "said", "that Russia had struck the port"), ("Moscow", "denied", "the attack")],
    )
    record = assemble(Document("d", text), found, (), ReadingTables.load())
    actors = {e.name: e.actor for e in record.entities}
    assert actors["Olena Marchuk"] == Actor("UKR", "GOV")
    assert actors["Moscow"] == Actor("RUS", "GOV")
    assert actors["Russia"] == Actor("RUS")
    assert actors["Ivan Petrov"] == Actor("BGR", "GOV")
    assert actors["Paris"] is None


def test_a_country_that_does_something_is_its_government(layers: Callable[..., Layers]) -> None:
    text = "Freedom fades. On Friday Iran shelled Iraq."
    found = layers(text, [("Iran", "Location"), ("Iraq", "Location")], [])
    at = Range(text.index("shelled"), text.index(" Iraq"))
    parts = (Part("actor", Range(25, 29), 1.0), Part("target", Range(38, 42), 1.0))
    event = FoundEvent("strike", at, (at,), parts, Factuality.OCCURRED)
    record = assemble(Document("d", text), found, (), ReadingTables.load(), events=[event])
    assert [e.actor for e in record.entities] == [Actor("IRN", "GOV"), Actor("IRQ")]
