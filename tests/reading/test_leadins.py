"""The phrase before a person's name as its description. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader
from accordingto.record import Entity, Record


def named(record: Record, name: str) -> Entity:
    return next(e for e in record.entities if e.name == name)


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("The court acquitted former president Mavis Torland on Monday.", "Mavis Torland", "former president"),
        ("“We wait,” said then chief minister H D Ramo.", "H D Ramo", "then chief minister"),
        ("Interior and Safety Minister Jon Pekka resigned.", "Jon Pekka", "Interior and Safety Minister"),
        ("Israel's defense minister Yoel Gantz spoke.", "Yoel Gantz", "Israel's defense minister"),
        ("Ali met U.S. Secretary of State Tony Blink.", "Tony Blink", "U.S. Secretary of State"),
        ("Then-President Ada Kohl fell ill.", "Ada Kohl", "Then-President"),
        ("Then President Ola Berg left.", "Ola Berg", "President"),
        ("In Kyiv President Orlo Zel said so.", "Orlo Zel", "President"),
        ("Ruiz told reporters that President Lima was ill.", "Lima", "President"),
        ("The bus driver Mahbub Rano fled.", "Mahbub Rano", "bus driver"),
        ("The Mapuche writer Pedro Cayo wept.", "Pedro Cayo", "Mapuche writer"),
        ("Her husband Luis Soto wept.", "Luis Soto", "Her husband"),
        ("Ana Ruiz’s lawyer Luis Soto wept.", "Luis Soto", "Ana Ruiz’s lawyer"),
        ("Lawyers Ana Ruiz and Luis Soto wept.", "Ana Ruiz", None),
        ("Social Aid and Home Safety Minister Jon Pekka resigned.", "Jon Pekka", "Social Aid and Home Safety Minister"),
        ("It pleased Torland spokesman Luis Soto.", "Luis Soto", "Torland spokesman"),
        ("Artist Zeya Mor was freed. Zeya Mor, a poet from Kyiv, wept.", "Zeya Mor", "a poet from Kyiv"),
        ("He met his sister Zeya Mor on Monday. Later Zeya Mor, a poet from Kyiv, wept.", "Zeya Mor", "a poet from Kyiv"),
        ("The bus driver Zeya Mor fled. Zeya Mor, a poet from Kyiv, wept.", "Zeya Mor", "bus driver"),
    ],
)  # fmt: skip
def test_what_leads_to_a_name_describes_it(
    text: str, name: str, description: str | None, reader: Reader
) -> None:
    assert named(reader.read(text), name).description == description


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Rebecca Woods from the Bogal Land Council was a farmer.", "Bogal Land Council"),
        ("Rebecca Woods met with the Bogal Land Council.", None),
        ("KPRC president D K Sundar said the march was over.", "KPRC"),
        ("Beijing-based shipping expert Lin Tao said it was late.", None),
        ("UNICEF critic Lin Tao said it was late.", None),
        ("Lin Tao, a critic of UNICEF, said it was late.", None),
        ("Lin Tao, a doctor at UNICEF, said it was late.", "UNICEF"),
        ("UNICEF Press Secretary Lin Tao said it was late.", "UNICEF"),
        ("UNICEF official Lin Tao said it was late.", "UNICEF"),
        ("Lin Tao, a Beijing writer, said it was late.", None),
        ("Lin Tao, a survivor from Beijing, said it was late.", "Beijing"),
        ("Lin Tao, the U.S. President, said it was late.", "U.S."),
        ("Beijing Mayor Lin Tao said it was late.", "Beijing"),
        ("Beijing police chief Lin Tao said it was late.", None),
        ("Lin Tao, the French ambassador to Peru, said it was late.", None),
    ],
)
def test_a_body_before_the_office_is_the_bearers(text: str, body: str | None, reader: Reader) -> None:
    record = reader.read(text)
    person = next(e for e in record.entities if e.kind.value == "person")
    assert next((e.name for e in record.entities if e.id == person.affiliation), None) == body


def test_who_held_an_office_is_of_no_government(reader: Reader) -> None:
    actor = named(reader.read("The court acquitted former president Mavis Torland."), "Mavis Torland").actor
    assert actor is not None
    assert actor.sector == "ELI"
