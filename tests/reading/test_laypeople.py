"""Offices that nobody named holds, beside people who hold none. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


def speakers(reader: Reader, text: str) -> list[str | None]:
    """Who makes each claim of a text, by name or description."""
    record = reader.read(text)
    names = {e.id: e.name for e in record.entities}
    sources = {s.id: names.get(s.entity or "") or s.description for s in record.sources}
    return [sources[c.source] for c in record.claims]


@pytest.mark.parametrize("gap", [" ", "\n\n"])
@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Witness Pedro Salas said two boys were shot in Tumaco on Monday.", ["The minister said the officers had been suspended."]),
        ("Driver Emeka Udo said gunmen killed five passengers near Makurdi.", ["The governor said the army had been sent.", "The commissioner denied it."]),
        ("Dr. Lina Saad said soldiers had shot three patients in Nyala.", ["The general denied the accusation."]),
        ("Irina Sokol told the court that guards had beaten her in prison in Brest.", ["The prosecutor rejected the accusation.", "The judge ordered her release."]),
        ("Bashir Musa said the police had killed his brother in Kano.", ["The police commissioner said the man had been armed.", "The president ordered an inquiry."]),
        ("Halima Sani was abducted by gunmen in Zaria on Friday.", ["The governor said the police were searching.", "The commissioner said two suspects were held."]),
        ("Yusuf Hamdan, 44, said soldiers shot his neighbour in Nablus.", ["The colonel said the troops had come under fire."]),
        ("Engineer Karl Brandt said the dam had been bombed.", ["The mayor said nobody was hurt.", "The chancellor condemned the attack."]),
    ],
)  # fmt: skip
def test_an_office_is_none_of_who_is_told_to_hold_none(
    first: str, then: list[str], gap: str, reader: Reader
) -> None:
    said = speakers(reader, gap.join([first, *then]))[-len(then) :]
    assert [s.lower() for s in said if s] == [t.partition(" ")[0].lower() + " " + who(t) for t in then]


def who(sentence: str) -> str:
    """The subject of a sentence of the table above, in small letters and without its article."""
    words = sentence.lower().split()[1:]
    return " ".join(words[: 2 if words[0] == "police" else 1])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Emmanuel Macron flew to Tunis on Tuesday. The president urged both sides to stop the fighting.", ["Emmanuel Macron"]),
        ("Sen. Paul Harmon visited Odesa on Monday. The lawmaker said the aid would come. The senator said Russia had bombed a school.", ["Paul Harmon"] * 2),
        ("Dr. Samir Aswad treated the wounded in Rafah. The surgeon said 12 children had died.", ["Samir Aswad"]),
        ("Dr. Samir Aswad treated the wounded in Rafah. The doctor said 12 children had died.", ["Samir Aswad"]),
        ("Prime Minister Dr. Alemu Gena visited Gondar. The prime minister said the road was open.", ["Alemu Gena"]),
        ("President Ali Karim said his son had been killed by rebels. The president ordered an inquiry.", ["Ali Karim"] * 2),
    ],
)  # fmt: skip
def test_an_office_may_be_that_of_who_is_told_of_nothing_else(
    text: str, wanted: list[str], reader: Reader
) -> None:
    assert speakers(reader, text) == wanted


def test_who_was_meant_by_one_office_is_not_meant_by_another(reader: Reader) -> None:
    text = "Ana Prado arrived in Quito on Monday. The mayor said two men were shot. The prosecutor said they were armed."
    said = speakers(reader, text)
    assert said[0] == "Ana Prado"
    assert "The prosecutor" in said
    text = "Ana Prado arrived in Quito on Monday. The prime minister said two men were shot. The premier ordered an inquiry."
    assert len(set(speakers(reader, text))) == 1


def test_a_deed_of_an_office_is_not_done_by_who_holds_none(reader: Reader) -> None:
    record = reader.read(
        "Irina Sokol told the court that guards had beaten her in prison in Brest. The prosecutor rejected the accusation. "
        "The judge ordered her release."
    )
    doers = {p.span.text: p.entity for e in record.events for p in e.participants if p.role == "actor"}
    assert doers["The judge"] is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("President Ana Prado met General Luis Soto on Monday. The general said two men had died. The president said three had died.", ["Luis Soto", "Ana Prado"]),
        ("General Ana Prado met Colonel Luis Soto on Monday. The general said two men had died.", ["Ana Prado"]),
    ],
)  # fmt: skip
def test_an_office_is_that_of_who_is_told_to_hold_it(text: str, wanted: list[str], reader: Reader) -> None:
    assert speakers(reader, text) == wanted
